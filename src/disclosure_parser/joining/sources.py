"""The documents of files, folders and archives that make a disclosure."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from disclosure_parser.batch.archives import items
from disclosure_parser.batch.listing import listed
from disclosure_parser.batch.opening import Opener
from disclosure_parser.document import Document
from disclosure_parser.errors import DisclosureError, SourceError
from disclosure_parser.readers import read_document
from disclosure_parser.readers.base import Limits

Source = str | os.PathLike[str] | tuple[str, bytes]
#: What of an archive's or a folder's account is no file of the disclosure.
_PASSED = {"skipped", "archive"}


def documents(sources: Iterable[Source], limits: Limits) -> Iterator[Document | DisclosureError]:
    """The document of each file, or why there is none; the same content only once."""
    seen: set[str] = set()
    opener = Opener(limits)
    for source in sources:
        if isinstance(source, tuple):
            name, data = source
            yield _document(name, data, limits)
            continue
        for one in listed((os.fspath(source),)):
            if one.item.failure is not None:
                if one.item.failure.code not in _PASSED:
                    yield SourceError(one.item.failure.message)
                continue
            for item in items(one.item.path, one.item.label, limits):
                if item.failure is not None:
                    if item.failure.code not in _PASSED:
                        yield SourceError(item.failure.message)
                elif item.sha256 not in seen:
                    seen.add(item.sha256 or "")
                    yield _document(item.label, opener.read(item), limits)


def _document(name: str, data: bytes, limits: Limits) -> Document | DisclosureError:
    try:
        return read_document(data, limits=limits, name=name)
    except DisclosureError as error:
        return error
