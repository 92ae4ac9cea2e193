"""Pages printed in two columns 双栏: the left one is read before the right one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from disclosure_parser.readers.pdf.lines import Line
from disclosure_parser.readers.pdf.page import Box, Char

# Lines that show the columns, their share of the page's lines, characters of text on each side.
_LEAST_LINES = 6
_SHARE = 0.6
_LEAST_TEXT = 8


@frozen(kw_only=True)
class Columns:
    """Where the white strip between two columns lies, and from where to where they go down."""

    gutter: float
    top: float
    bottom: float

    def sides(self, chars: Iterable[Char]) -> tuple[list[Char], list[Char]]:
        """The characters left of the strip, with all above and below the columns; and right."""
        left: list[Char] = []
        right: list[Char] = []
        for char in chars:
            inside = char.turn == 0 and self.top < char.baseline < self.bottom
            (right if inside and char.x0 > self.gutter else left).append(char)
        return left, right

    def order(self, box: Box) -> tuple[int, float]:
        """The place of something on the page in the order of reading."""
        middle = (box[1] + box[3]) / 2
        if middle < self.top:
            return 0, middle
        if middle > self.bottom:
            return 3, middle
        return (2 if box[0] > self.gutter else 1), middle


def find_columns(lines: Sequence[Line]) -> Columns | None:
    """The two columns of a page, if most of its lines have running text on both sides of a strip.

    A table is no columns: its parts are short or numbers.
    """
    double = [line for line in lines if _is_double(line)]
    if len(double) < _LEAST_LINES or len(double) < _SHARE * len(lines):
        return None
    start = max(line.segments[0].x1 for line in double)
    end = min(line.segments[1].x0 for line in double)
    if end - start < double[0].size:
        return None
    gutter = (start + end) / 2
    if any(
        line.x0 < gutter < line.x1
        for line in lines
        if line not in double and _between(line, double)
    ):
        return None
    return Columns(
        gutter=gutter,
        top=min(line.box[1] for line in double),
        bottom=max(line.box[3] for line in double),
    )


def _between(line: Line, double: Sequence[Line]) -> bool:
    return double[0].baseline < line.baseline < double[-1].baseline


def _is_double(line: Line) -> bool:
    return (
        line.turn == 0
        and len(line.segments) == 2
        and all(
            part.end - part.start >= _LEAST_TEXT and not line.text[part.start : part.end].isascii()
            for part in line.segments
        )
    )
