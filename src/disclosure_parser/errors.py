"""The errors of this library.

Every error that leaves :func:`disclosure_parser.parse` is a :class:`DisclosureError`. Each
class also derives from the built-in that a caller would expect, so ``except ValueError`` around
a batch keeps working. The message says what was wrong and where.
"""

from __future__ import annotations


class DisclosureError(Exception):
    """Root of the library's errors."""

    #: Stable machine name of the error, used in accounts of many files.
    code: str = "error"


class SourceError(DisclosureError, OSError):
    """The source could not be opened or read (missing file, a folder, no permission)."""

    code = "source"


class UnsupportedFormatError(DisclosureError, ValueError):
    """The content is of a format that no installed reader reads."""

    code = "unsupported_format"


class CorruptDocumentError(DisclosureError, ValueError):
    """The content is of a known format but damaged, truncated or malformed."""

    code = "corrupt"


class EncryptedDocumentError(DisclosureError, ValueError):
    """The document needs a password to be read."""

    code = "encrypted"


class LimitExceededError(DisclosureError, ValueError):
    """The document is larger than a bound set for safety (bytes, pages, cells, nesting)."""

    code = "limit"


class EmptyDocumentError(DisclosureError, ValueError):
    """The source holds no text at all."""

    code = "empty"


class MixedDisclosureError(DisclosureError, ValueError):
    """Files that were given as one disclosure are of different agencies, years or kinds."""

    code = "mixed"


class SchemaError(DisclosureError, ValueError):
    """JSON that is not a report of the schema version this library reads."""

    code = "schema"


class CatalogueError(DisclosureError, ValueError):
    """A template family (TOML) or an extension that cannot be used."""

    code = "catalogue"


class InternalError(DisclosureError, RuntimeError):
    """The library failed on the content in a way it does not know: a defect worth reporting."""

    code = "internal"
