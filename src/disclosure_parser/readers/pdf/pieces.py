"""Lines of tables without rulings in pieces, and the columns that the pieces stand in.

A piece is what a cell may hold of a line: a run of characters up to a gap as wide as columns
have, or up to a number that any gap sets apart (764.24 一、一般公共服务支出).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from attrs import field, frozen

from disclosure_parser.document import fold_text
from disclosure_parser.readers.pdf.lines import COLUMN_SPACE, Line, Row
from disclosure_parser.readers.pdf.page import Char

AMOUNT = re.compile(r"[-−+(]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?\)?\Z|[-—–]{1,2}\Z")
SURE_AMOUNT = re.compile(r"[-−+(]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)%?\)?\Z")
_CODE = re.compile(r"\d{2,7}\Z")
#: Headers of a single character: 类 | 款 | 项.
LEVELS = set("类款项")
_LEADING_AMOUNT = re.compile(
    r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d\d(?=[一二三四五六七八九十]{1,3}、|[（(])"
)
#: What goes on about the number before it.
_UNIT = re.compile(r"(?:[万亿千百]|元|%)")
# Gaps in font sizes: between words, between words of two headers, beside a code.
_WORD_GAP = 0.15
_HEADER_GAP = 0.45
_CODE_GAP = 0.8

#: The reach of a column or a piece in x.
Reach = tuple[float, float]


@frozen(kw_only=True)
class Piece:
    """A part of a line that one cell may hold."""

    x0: float
    x1: float
    text: str
    chars: tuple[Char, ...]

    @property
    def middle(self) -> float:
        """The middle of the piece in x."""
        return (self.x0 + self.x1) / 2

    @property
    def is_amount(self) -> bool:
        """Whether the piece is a number or a dash, and nothing else."""
        return AMOUNT.match(self.text) is not None

    @property
    def is_sure(self) -> bool:
        """Whether the piece is a number in the shape of an amount (1,234 or 12.5)."""
        return SURE_AMOUNT.match(self.text) is not None


@frozen(kw_only=True)
class Printed:
    """A line with its pieces."""

    line: Line
    pieces: tuple[Piece, ...] = field(factory=tuple)

    @property
    def amounts(self) -> int:
        """How many of the pieces are amounts."""
        return sum(piece.is_amount for piece in self.pieces)

    @property
    def is_numbering(self) -> bool:
        """Whether the figures are 1, 2, 3 …: the numbers of columns 栏次, in their middle."""
        numbers = [piece.text for piece in self.pieces if piece.text.isdigit()]
        counted = [str(int(numbers[0]) + n) for n in range(len(numbers))] if numbers else []
        return bool(numbers) and len(numbers) == self.amounts and numbers == counted

    @property
    def is_core(self) -> bool:
        """Whether the line is a row with figures beside something else."""
        return len(self.pieces) > 1 and self.amounts > 0


def printed(line: Line, row: Row, *, header: Sequence[Reach] | None = None) -> Printed:
    """A line in pieces; in a header over the columns ``header``, words of some length stand
    nearer to each other."""
    if line.turn:
        return Printed(line=line)
    pieces: list[list[Char]] = []
    for word in _words(row.chars):
        if pieces and not _apart(pieces[-1], word, header=header):
            pieces[-1] = pieces[-1] + word
        else:
            pieces.append(word)
    return Printed(line=line, pieces=tuple(map(_piece, pieces)))


def _words(chars: Sequence[Char]) -> list[list[Char]]:
    words = [[chars[0]]]
    for before, after in pairwise(chars):
        if after.x0 - before.x1 >= _WORD_GAP * max(before.size, after.size):
            words.append([after])
        else:
            words[-1].append(after)
    return [part for word in words for part in _split(word)]


def _split(word: list[Char]) -> list[list[Char]]:
    """A word in which the next cell begins right behind an amount: 764.24一、教育支出."""
    text = "".join(char.text for char in word)
    amount = _LEADING_AMOUNT.match(text) if len(text) == len(word) else None
    return [word[: amount.end()], word[amount.end() :]] if amount is not None else [word]


def _apart(
    before: Sequence[Char], after: Sequence[Char], *, header: Sequence[Reach] | None
) -> bool:
    """Whether two words of a line are two pieces."""
    gap = (after[0].x0 - before[-1].x1) / max(before[-1].size, after[0].size, 1.0)
    if gap >= COLUMN_SPACE:
        return True
    texts = [_text(before), _text(after)]
    if header is not None and gap >= _HEADER_GAP:
        return min(map(len, texts)) > 1 or set(texts) <= LEVELS
    if header and min(map(len, texts)) > 1:
        # Headers that fill their cells: 基本支出 项目支出, each over a column of its own.
        one, other = (over(_piece(word), header) for word in (before, after))
        return bool(one) and bool(other) and one[-1] < other[0]
    if _UNIT.match(texts[1]):
        return False
    if any(map(SURE_AMOUNT.match, texts)):
        return True
    return gap >= _CODE_GAP and any(map(_CODE.match, texts))


def _text(chars: Sequence[Char]) -> str:
    return fold_text("".join(char.text for char in chars))


def _piece(chars: Sequence[Char]) -> Piece:
    return Piece(
        x0=min(char.x0 for char in chars),
        x1=max(char.x1 for char in chars),
        text=_text(chars),
        chars=tuple(chars),
    )


class Wide(Protocol):
    """What reaches from one place in x to another."""

    @property
    def x0(self) -> float: ...

    @property
    def x1(self) -> float: ...


def meet(one: Wide, other: Wide) -> bool:
    """Whether two things stand, in part, above each other."""
    return one.x0 < other.x1 and one.x1 > other.x0


def over(piece: Piece, columns: Sequence[Reach]) -> list[int]:
    """The columns that a piece stands over."""
    return [index for index, (x0, x1) in enumerate(columns) if piece.x0 < x1 and piece.x1 > x0]


def nearest(piece: Piece, columns: Sequence[Reach]) -> int:
    """The column whose middle is nearest to that of a piece."""
    return min(range(len(columns)), key=lambda index: abs(sum(columns[index]) / 2 - piece.middle))


def columns_of(rows: Sequence[Sequence[Piece]]) -> list[Reach]:
    """The columns that the pieces of rows stand in, from left to right.

    Two pieces of a row are of two columns. The rows with most pieces come first; a piece over
    several columns (合计 over code and name) makes none.
    """
    columns: list[Reach] = []
    ordered = sorted(rows, key=len, reverse=True)
    for _ in range(2):
        for row in ordered:
            _part(columns, row)
            for piece in row:
                where = over(piece, columns)
                if not where:
                    columns.append((piece.x0, piece.x1))
                    columns.sort()
                elif len(where) == 1:
                    x0, x1 = columns[where[0]]
                    columns[where[0]] = min(x0, piece.x0), max(x1, piece.x1)
        columns = _reaches(columns, ordered)
    return _labels_joined(columns, rows)


def _labels_joined(columns: list[Reach], rows: Sequence[Sequence[Piece]]) -> list[Reach]:
    """The columns, two of labels that no row prints both made one: 合计 stands in the middle of
    the cell whose labels begin at its left side."""
    held: list[set[int]] = [set() for _ in columns]
    worded = [True] * len(columns)
    for number, row in enumerate(rows):
        for piece in row:
            where = over(piece, columns)
            for column in where:
                worded[column] &= not piece.is_amount
                # A long label reaches over the place of 合计 as well.
                if len(where) == 1:
                    held[column].add(number)
    joined: list[Reach] = []
    for place, reach in enumerate(columns):
        words = place > 0 and worded[place - 1] and worded[place]
        if words and not held[place - 1] & held[place]:
            joined[-1] = joined[-1][0], reach[1]
            held[place] |= held[place - 1]
        else:
            joined.append(reach)
    return joined


def _part(columns: list[Reach], row: Sequence[Piece]) -> None:
    """Part a column that two pieces of a row stand in."""
    for before, after in pairwise(row):
        one, other = over(before, columns), over(after, columns)
        if len(one) == 1 and one == other:
            columns[one[0] : one[0] + 1] = [(before.x0, before.x1), (after.x0, after.x1)]


def _reaches(columns: Sequence[Reach], rows: Sequence[Sequence[Piece]]) -> list[Reach]:
    """The reach of the columns by the pieces that stand in one alone."""
    found: dict[int, Reach] = {}
    for row in rows:
        for piece in row:
            where = over(piece, columns)
            if len(where) == 1:
                x0, x1 = found.get(where[0], (piece.x0, piece.x1))
                found[where[0]] = min(x0, piece.x0), max(x1, piece.x1)
    return sorted(found.values())


def borders(columns: Sequence[Reach]) -> list[float]:
    """The sides of the columns: the middle of the white space between them."""
    inner = [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]
    return [columns[0][0] - 2.0, *inner, columns[-1][1] + 2.0]
