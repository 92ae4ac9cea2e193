"""The dense grid of a table: which cell covers a position."""

from __future__ import annotations

from disclosure_parser.document.model import Cell, Table
from disclosure_parser.errors import LimitExceededError

#: Grid positions of one table above which it is not laid out: spans are numbers in the source,
#: and a few bytes can claim any size.
MAX_POSITIONS = 4_000_000


class Grid:
    """A table laid out once: every lookup after that is one list access.

    Spans that reach over the table's edge are cut there. Where a source claims a position twice,
    the cell that comes first keeps it.

    Raises:
        LimitExceededError: the table claims more than :data:`MAX_POSITIONS` positions.
    """

    __slots__ = ("_positions", "_printed", "columns", "rows", "table")

    def __init__(self, table: Table) -> None:
        rows, columns = table.rows, table.columns
        if rows * columns > MAX_POSITIONS:
            raise LimitExceededError(f"a table of {rows} rows and {columns} columns is too large")
        self.table = table
        self.rows = rows
        self.columns = columns
        positions: list[Cell | None] = [None] * (rows * columns)
        printed: list[list[Cell]] = [[] for _ in range(rows)]
        for cell in table.cells:
            row, column = cell.row, cell.column
            if not (0 <= row < rows and 0 <= column < columns):
                continue
            printed[row].append(cell)
            start = row * columns + column
            if cell.row_span == 1 and cell.column_span == 1:
                if positions[start] is None:
                    positions[start] = cell
                continue
            width = min(cell.column_span, columns - column)
            for first in range(start, start + min(cell.row_span, rows - row) * columns, columns):
                for position in range(first, first + width):
                    if positions[position] is None:
                        positions[position] = cell
        self._positions = positions
        self._printed = printed

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell that covers a position; ``None`` for a hole and outside the table."""
        if 0 <= row < self.rows and 0 <= column < self.columns:
            return self._positions[row * self.columns + column]
        return None

    def text(self, row: int, column: int) -> str:
        """The printed text at a position, ``""`` for a hole and outside the table."""
        cell = self.cell(row, column)
        return "" if cell is None else cell.text

    def row(self, row: int) -> tuple[Cell, ...]:
        """The distinct cells that cover a row, from left to right."""
        found: list[Cell] = []
        last = None
        for cell in self._positions[row * self.columns : (row + 1) * self.columns]:
            if cell is not None and cell is not last:
                found.append(cell)
            last = cell
        return tuple(found)

    def printed(self, row: int) -> list[Cell]:
        """The cells that begin in a row (not those that reach into it), from left to right."""
        return self._printed[row]
