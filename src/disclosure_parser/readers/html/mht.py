"""Web archives (MHT): a page and its parts in one MIME message."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import Message

from disclosure_parser.document import Document
from disclosure_parser.errors import CorruptDocumentError, LimitExceededError
from disclosure_parser.readers.base import Input
from disclosure_parser.readers.html.reader import Page, read_pages
from disclosure_parser.readers.html.walk import base_name

#: Parts of an archive; a page with many pictures has some hundreds.
_PARTS = 5_000
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


def read_archive(source: Input) -> Document:
    """See :func:`disclosure_parser.readers.html.read_mht`."""
    if source.data.count(b"\n--") > 4 * _PARTS:
        raise LimitExceededError(f"{source.name}: more than {_PARTS} parts")
    message = email.message_from_bytes(source.data, policy=email.policy.compat32)
    pages = list(_pages(message))
    if not pages:
        raise CorruptDocumentError(f"{source.name}: there is no page in this web archive")
    return read_pages(source, "mht", pages)


def _pages(message: Message) -> Iterator[Page]:
    for part in message.walk():
        if part.get_content_type() not in _PAGE_TYPES:
            continue
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes) or not data.strip():
            continue
        charset = part.get_content_charset()
        where = str(part.get("Content-Location") or "")[:300]
        yield Page(data=data, charset=charset, part=base_name(where) or "page")
