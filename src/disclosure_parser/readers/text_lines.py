"""Lines of a plain text, each with its place."""

from __future__ import annotations

import re
from typing import NamedTuple

_ENDS = re.compile("\r\n|[\n\r]")
#: Breaks inside a line: manual line breaks, page breaks, Unicode line and paragraph separators.
_INNER = re.compile("[\x0b\x0c\x85\u2028\u2029]")


class Line(NamedTuple):
    """A stretch of text between two breaks: 1-based line, 0-based offset in it.

    ``tabs`` counts its tabs, ``leads`` says that it begins with one; ``blank`` lines hold white
    space at most, and no tab.
    """

    text: str
    number: int
    offset: int
    tabs: int
    leads: bool
    blank: bool


def split_lines(text: str) -> list[Line]:
    """All lines of a text, empty ones too. Time is linear in the text.

    A page break or another break inside a line makes further lines with the same number; pieces
    without text between such breaks are none, so that a page break ends no table.
    """
    lines: list[Line] = []
    inner = _INNER.search(text) is not None
    pieces = _ENDS.split(text) if "\r" in text else text.split("\n")
    for number, piece in enumerate(pieces, start=1):
        if inner and _INNER.search(piece):
            lines.extend(_inner_lines(piece, number))
        else:
            lines.append(_line(piece, number, 0))
    return lines


def _line(text: str, number: int, offset: int) -> Line:
    tabs = text.count("\t")
    if tabs:
        return Line(text, number, offset, tabs, text[0] == "\t", False)
    return Line(text, number, offset, 0, False, not text or text.isspace())


def _inner_lines(piece: str, number: int) -> list[Line]:
    found = []
    start = 0
    for match in (*_INNER.finditer(piece), None):
        end = match.start() if match else len(piece)
        text = piece[start:end]
        if text and (not text.isspace() or "\t" in text):
            found.append(_line(text, number, start))
        start = match.end() if match else end
    return found
