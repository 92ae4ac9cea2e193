"""Attribute values of WordprocessingML: switches, whole numbers, measures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_parser.readers.docx.names import VAL

if TYPE_CHECKING:
    from lxml import etree

_OFF = frozenset(("0", "false", "off", "none"))
_DIGITS = 15
_MEASURE = re.compile(r"\s*([-+]?\d{1,15}(?:\.\d{1,15})?)\s*(pt|cm|mm|in|pc|pi)?\s*", re.ASCII)
#: Twentieths of a point per unit; a bare number counts twentieths already.
_TWIPS = {"": 1.0, "pt": 20.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": 144 / 2.54}
_TWIPS.update(pc=240.0, pi=240.0)


def child(element: etree._Element, tag: str) -> etree._Element | None:
    """The first child with a tag.

    Properties are the first child of what they belong to. A look at that one takes a fraction of
    a search.
    """
    count = len(element)
    if count:
        first = element[0]
        if first.tag == tag:
            return first
        if count > 1:
            return next(element.iterchildren(tag), None)
    return None


def switched(element: etree._Element) -> bool:
    """Whether a switch (``<w:b/>``, ``<w:vanish w:val="0"/>``) is on."""
    return element.get(VAL, "1").lower() not in _OFF


def twips(text: str | None) -> float | None:
    """A measure in twentieths of a point; ``None`` where there is none to read."""
    match = _MEASURE.fullmatch(text or "")
    return float(match[1]) * _TWIPS[match[2] or ""] if match else None


def integer(text: str | None) -> int | None:
    """A whole number of at most fifteen digits; ``None`` where there is none to read."""
    text = text or ""
    if text.isdecimal() and text.isascii() and len(text) <= _DIGITS:
        return int(text)
    match = _MEASURE.fullmatch(text)
    return int(float(match[1])) if match and not match[2] else None
