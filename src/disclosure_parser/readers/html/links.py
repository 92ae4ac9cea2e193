"""Attachments 附件 of a page: files that it links, frames or hands to a viewer; never fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from attrs import frozen

from disclosure_parser.readers.html.drafts import collapse
from disclosure_parser.readers.html.tags import line_of, name_of, text_of

if TYPE_CHECKING:
    from lxml import etree

_SUFFIX = r"\.(?:pdf|docx?|wps|xlsx?|et|pptx?|ofd|zip|rar|7z|csv|txt|rtf|odt|ods|tiff?)"
_FILE = re.compile(rf"{_SUFFIX}(?![\w.])", re.IGNORECASE)
_NAMED = re.compile(rf"{_SUFFIX}\s*$", re.IGNORECASE)
_DOWNLOAD = re.compile(r"download|attach|fileid=|附件下载", re.IGNORECASE)
#: A file that a script hands to a viewer on the page.
_SCRIPTED = re.compile(rf"""["']([^"'\s<>]{{1,400}}?{_SUFFIX})(?:[?#][^"'\s<>]*)?["']""", re.I)
_FRAMES = ("iframe", "frame", "embed", "object")
#: Links to the parts of an article that is spread over several pages.
_NEXT = re.compile(r"\s*(?:下一页|后一页|next(?: page)?)\s*[>»]*\s*", re.IGNORECASE)
_PAGED = re.compile(r"createPageHTML\(\s*['\"]?(\d{1,4})")
_LONGEST = 300
_SCRIPT = 100_000


@frozen(kw_only=True)
class Link:
    """A file or page that the page refers to: its words, its address, how it is shown.

    ``way`` is ``link`` (for people to follow), ``frame`` or ``viewer`` (shown on the page).
    """

    words: str
    address: str
    way: str
    line: int | None = None

    def __str__(self) -> str:
        named = f"{self.words} " if self.words and self.words != self.address else ""
        return f"{named}<{self.address}>"


def attachments(body: etree._Element) -> Iterator[Link]:
    """The files that a page refers to, each once."""
    seen: set[str] = set()
    for link in _all(body):
        key = unquote(link.address)
        if key not in seen:
            seen.add(key)
            yield link


def is_attachment(address: str, words: str) -> bool:
    """Whether a link leads to a file and not to a page."""
    plain = unquote(address.split("#")[0])
    return bool(
        _FILE.search(plain) or _NAMED.search(words) or (words and _DOWNLOAD.search(plain))
    ) and not plain.lower().startswith(("javascript:", "mailto:"))


def continued(body: etree._Element) -> bool:
    """Whether the page says that its text goes on on another page."""
    for element in body.iter("a", "script"):
        if name_of(element) == "script":
            paged = _PAGED.search((element.text or "")[:_SCRIPT])
            if paged and int(paged[1]) > 1:
                return True
        elif element.get("href", "#") != "#" and _NEXT.fullmatch(text_of(element)[:40]):
            return True
    return False


def _all(body: etree._Element) -> Iterator[Link]:
    for element in body.iter("a", "script", *_FRAMES):
        tag = name_of(element)
        line = line_of(element)
        if tag == "a":
            address = (element.get("href") or "").strip()[:_LONGEST]
            words = collapse(text_of(element)[:_LONGEST])
            if address and is_attachment(address, words):
                yield Link(words=words, address=address, way="link", line=line)
        elif tag == "script":
            for found in _SCRIPTED.finditer((element.text or "")[:_SCRIPT]):
                yield Link(words="", address=found[1], way="viewer", line=line)
        else:
            address = (element.get("src") or element.get("data") or "").strip()[:_LONGEST]
            if address and not address.startswith(("javascript:", "about:")):
                words = collapse((element.get("title") or element.get("name") or "")[:80])
                yield Link(words=words, address=address, way="frame", line=line)
