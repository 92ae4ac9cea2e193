"""Tables that go on over the end of a page: one table, whose cells keep page and box.

A table goes on where it is the last thing on its page and the first on the next (furniture
aside) and the columns stand at the same places.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from disclosure_parser.document import Cell, Table
from disclosure_parser.readers.pdf.cells import CellPart, TablePart

#: Points by which the rulings of one column may differ from page to page.
_SAME = 3.0


def goes_on(before: TablePart, after: TablePart) -> bool:
    """Whether the columns of two parts on consecutive pages are the same."""
    if after.page != before.page + 1:
        return False
    if abs(before.xs[0] - after.xs[0]) > _SAME or abs(before.xs[-1] - after.xs[-1]) > _SAME:
        return False
    few, many = sorted((before.xs, after.xs), key=len)
    # A part may lack the rulings of columns that are merged in all its rows.
    return all(any(abs(x - other) <= _SAME for other in many) for x in few)


@frozen(kw_only=True)
class Continued:
    """A table over its pages; ``doubtful`` are the (row, column) of cells that a page end may
    have cut."""

    table: Table
    doubtful: tuple[tuple[int, int], ...] = ()


def joined_table(parts: Sequence[TablePart]) -> Continued:
    """One table from its parts: the columns are those of all parts together."""
    xs = _columns(parts)
    cells: list[Cell] = []
    doubtful: list[tuple[int, int]] = []
    first = 0
    for number, part in enumerate(parts):
        places = [_nearest(xs, x) for x in part.xs]
        for cell in part.cells:
            column = places[cell.column]
            cells.append(
                Cell(
                    row=first + cell.row,
                    column=column,
                    row_span=cell.row_span,
                    column_span=places[cell.column + cell.column_span] - column,
                    text=cell.text,
                    fragments=cell.fragments,
                )
            )
            if number + 1 < len(parts) and _may_go_on(cell, part):
                doubtful.append((first + cell.row, column))
        first += len(part.ys) - 1
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Continued(
        table=Table(cells=tuple(cells), rows=first, columns=len(xs) - 1),
        doubtful=tuple(doubtful),
    )


def _may_go_on(cell: CellPart, part: TablePart) -> bool:
    return cell.full and cell.row + cell.row_span == len(part.ys) - 1


def _columns(parts: Sequence[TablePart]) -> list[float]:
    xs: list[float] = []
    for x in sorted(x for part in parts for x in part.xs):
        if not xs or x - xs[-1] > _SAME:
            xs.append(x)
    return xs


def _nearest(xs: Sequence[float], x: float) -> int:
    return min(range(len(xs)), key=lambda index: abs(xs[index] - x))
