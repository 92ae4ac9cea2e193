"""A story of a document as a tree: paragraphs, and tables of rows of cells of paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field

from disclosure_parser.errors import LimitExceededError
from disclosure_parser.readers.base import Limits
from disclosure_parser.readers.docx.styles import Form
from disclosure_parser.readers.legacy_word.grid import CellEnds, cells_of
from disclosure_parser.readers.legacy_word.styles import Position, Styles
from disclosure_parser.readers.legacy_word.text import Text

_PARAGRAPH_END, _CELL_END, _SECTION_END = "\r", "\x07", "\x0c"


@define
class Piece:
    """A paragraph: its characters without the end mark, and its properties."""

    start: int
    end: int
    form: Form


@define
class Row:
    """A row: its cells and what they hold; ``mark`` is the position of its end mark."""

    cells: list[list[Piece | Table]] = field(factory=list)
    ends: list[CellEnds] = field(factory=list)
    mark: int = -1


@define
class Table:
    """A table as it is read; its last row is open until its end mark is found."""

    rows: list[Row] = field(factory=list)
    row: Row = field(factory=Row)
    cell: list[Piece | Table] = field(factory=list)

    def end_cell(self) -> None:
        """End the open cell."""
        self.row.cells.append(self.cell)
        self.cell = []

    def end_row(self, styles: Styles, properties: bytes, mark: int) -> None:
        """End the open row by its mark, which may be lost (``mark`` is -1)."""
        if self.cell:
            self.end_cell()
        if self.row.cells:
            modifiers = styles.row(properties) if properties else []
            self.row.ends = cells_of(modifiers, len(self.row.cells))
            self.row.mark = mark
            self.rows.append(self.row)
        self.row = Row()


def read_story(
    text: Text, styles: Styles, start: int, end: int, sections: frozenset[int], limits: Limits
) -> list[Piece | Table]:
    """The tree of a story between two positions; ``sections`` are where sections end.

    Raises:
        LimitExceededError: more paragraphs or deeper tables than the limits allow.
    """
    found: list[Piece | Table] = []
    open_tables: list[Table] = []
    most = limits.paragraphs + limits.cells
    for count, (first, last, mark) in enumerate(_paragraphs(text, start, end, sections)):
        properties = text.paragraph(last)
        form, position = styles.paragraph(properties)
        level = _level(position, mark)
        if level > limits.depth:
            raise LimitExceededError(f"tables are nested deeper than {limits.depth}")
        if count > most:
            raise LimitExceededError("more paragraphs than the limits allow")
        _move_to(level, found, open_tables, styles)
        if not level:
            found.append(Piece(first, last, form))
            continue
        table = open_tables[-1]
        ends_row = position.row_end
        if not ends_row:
            table.cell.append(Piece(first, last, form))
        if ends_row:
            table.end_row(styles, properties, last)
        elif mark == _CELL_END or (position.cell_end and level > 1):
            table.end_cell()
    _move_to(0, found, open_tables, styles)
    return found


def _level(position: Position, mark: str) -> int:
    """How deep in tables a paragraph stands; the mark of a cell says that it does."""
    return max(position.depth, 1) if mark == _CELL_END else max(position.depth, 0)


def _move_to(
    level: int, found: list[Piece | Table], open_tables: list[Table], styles: Styles
) -> None:
    """Open or close tables until as many are open as a paragraph stands in."""
    while len(open_tables) > level:
        table = open_tables.pop()
        table.end_row(styles, b"", -1)
    while len(open_tables) < level:
        table = Table()
        (open_tables[-1].cell if open_tables else found).append(table)
        open_tables.append(table)


def _paragraphs(
    text: Text, start: int, end: int, sections: frozenset[int]
) -> Iterator[tuple[int, int, str]]:
    """The paragraphs: where they begin, where their end mark stands, and the mark."""
    units = text.units
    end = min(end, len(units))
    first = start
    for position in range(start, end):
        mark = units[position]
        if mark in (_PARAGRAPH_END, _CELL_END) or (
            mark == _SECTION_END and position + 1 in sections
        ):
            yield first, position, mark
            first = position + 1
    if first < end:
        yield first, end - 1 if units[end - 1] == _SECTION_END else end, _PARAGRAPH_END
