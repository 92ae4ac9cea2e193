"""What a page of a PDF is to the reader: characters, rulings, pictures.

This is the whole interface between the program that parses the file and everything that reads
lines, paragraphs and tables from a page. Coordinates are points from the page's top left corner
in the reading orientation, y growing downwards.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from attrs import frozen

Box = tuple[float, float, float, float]

#: The ``turn`` of skewed text (watermarks across the page).
SKEWED = -1

#: What a glyph without a Unicode value is given as.
UNMAPPED = "\ufffd"


# A page has thousands of characters and rulings; named tuples are the cheapest frozen records.
class Char(NamedTuple):
    """A printed character: its advance box on the baseline.

    ``baseline`` is the height of the text origin. ``turn`` is the number of quarter turns
    clockwise by which the character stands turned on the page, or :data:`SKEWED`; the
    coordinates of a turned character are those of the page turned back by as much (see
    :func:`unturn`). ``text`` is usually one character; a ligature has more. ``bold`` is a hint
    from the font's name or from how it is painted.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    font: str
    turn: int = 0
    bold: bool = False


class Edge(NamedTuple):
    """A horizontal or vertical ruling: ``at`` is its y or x, ``start`` and ``end`` its reach."""

    at: float
    start: float
    end: float


@frozen(kw_only=True)
class Page:
    """A page: its number (1-based), size in points, and what is printed on it.

    ``horizontal`` and ``vertical`` are rulings (lines, thin rectangles, sides of boxes),
    ``fills`` the boxes of filled rectangles, ``curves`` those of paths with round parts (pie
    slices), ``images`` those of pictures. ``hidden`` characters are in the file but clipped away.
    ``doubtful`` is the number of pieces of text that the parser may have passed over.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    hidden: tuple[Char, ...] = ()
    horizontal: tuple[Edge, ...] = ()
    vertical: tuple[Edge, ...] = ()
    fills: tuple[Box, ...] = ()
    curves: tuple[Box, ...] = ()
    images: tuple[Box, ...] = ()
    doubtful: int = 0

    @property
    def unmapped(self) -> int:
        """The number of glyphs without a Unicode value."""
        return "".join(map(itemgetter(0), self.chars)).count(UNMAPPED)


class PageTooLargeError(Exception):
    """More is painted on a page than any printed page holds. Never leaves the reader."""


@frozen(kw_only=True)
class PageFailure:
    """A page that could not be read, and why."""

    number: int
    reason: str


_BOLD = re.compile(r"bold|black|heavy|(?<!ya)hei(?!ght)|黑", re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_bold_name(font: str) -> bool:
    """Whether the name of a font says that it is bold (黑体 counts: it marks headings)."""
    return _BOLD.search(font) is not None


def turn_point(x: float, y: float, turn: int, width: float, height: float) -> tuple[float, float]:
    """A point of a page of ``width`` and ``height`` after the page is turned back by ``turn``."""
    if turn == 1:
        return y, width - x
    if turn == 2:
        return width - x, height - y
    if turn == 3:
        return height - y, x
    return x, y


def turn_box(box: Box, turn: int, width: float, height: float) -> Box:
    """A box of a page of ``width`` and ``height`` after the page is turned back by ``turn``."""
    if turn not in (1, 2, 3):
        return box
    xa, ya = turn_point(box[0], box[1], turn, width, height)
    xb, yb = turn_point(box[2], box[3], turn, width, height)
    return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def unturn(box: Box, turn: int, page: Page) -> Box:
    """The box on the page of a box in the frame of text that stands turned by ``turn``."""
    if turn not in (1, 2, 3):
        return box
    sideways = turn != 2
    width, height = (page.height, page.width) if sideways else (page.width, page.height)
    return turn_box(box, 4 - turn, width, height)
