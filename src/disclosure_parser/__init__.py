"""Chinese agency budget and final-accounts disclosures as typed records.

>>> import disclosure_parser
>>> report = disclosure_parser.parse("report.pdf")  # doctest: +SKIP
>>> report.identity.agency, report.identity.fiscal_year  # doctest: +SKIP

Everything named here is loaded when it is first used, so that importing the package costs next
to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from disclosure_parser import dataset as dataset
    from disclosure_parser.batch.many import Outcome, parse_many
    from disclosure_parser.errors import (
        CatalogueError,
        CorruptDocumentError,
        DisclosureError,
        EmptyDocumentError,
        EncryptedDocumentError,
        InternalError,
        LimitExceededError,
        MixedDisclosureError,
        SchemaError,
        SourceError,
        UnsupportedFormatError,
    )
    from disclosure_parser.export.json import from_json, to_json
    from disclosure_parser.export.schema import json_schema
    from disclosure_parser.facts import Fact, Measure
    from disclosure_parser.joining import parse_disclosure
    from disclosure_parser.parsing import parse, parse_document
    from disclosure_parser.readers.base import Limits
    from disclosure_parser.report import Report
    from disclosure_parser.sections.registry import Extractor, register, unregister

__version__ = "0.1.0"

_HOMES = {
    "batch.many": ("parse_many", "Outcome"),
    "parsing": ("parse", "parse_document"),
    "joining": ("parse_disclosure",),
    "report": ("Report",),
    "facts": ("Fact", "Measure"),
    "readers.base": ("Limits",),
    "export.json": ("to_json", "from_json"),
    "export.schema": ("json_schema",),
    "sections.registry": ("Extractor", "register", "unregister"),
    "errors": (
        "CatalogueError",
        "CorruptDocumentError",
        "DisclosureError",
        "EmptyDocumentError",
        "EncryptedDocumentError",
        "InternalError",
        "LimitExceededError",
        "MixedDisclosureError",
        "SchemaError",
        "SourceError",
        "UnsupportedFormatError",
    ),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "CatalogueError",
    "CorruptDocumentError",
    "DisclosureError",
    "EmptyDocumentError",
    "EncryptedDocumentError",
    "Extractor",
    "Fact",
    "InternalError",
    "LimitExceededError",
    "Limits",
    "Measure",
    "MixedDisclosureError",
    "Outcome",
    "Report",
    "SchemaError",
    "SourceError",
    "UnsupportedFormatError",
    "__version__",
    "from_json",
    "json_schema",
    "parse",
    "parse_disclosure",
    "parse_document",
    "parse_many",
    "register",
    "to_json",
    "unregister",
]


def __getattr__(name: str) -> Any:
    if name == "dataset":
        return import_module(f"{__name__}.dataset")
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
