"""Small helpers over the rows of a table view, shared by the extractors that read tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure_parser.document import Anchor, Cell, Quote, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.language.cells import read_amount, read_quantity
from disclosure_parser.language.values import Amount, Quantity, Unit, UnitOrigin
from disclosure_parser.outline.model import TableView


def find_column(view: TableView, pattern: str, *, exclude: str = "") -> int | None:
    """The first column whose folded header path (levels joined by ``>``) matches."""
    for column in view.columns:
        path = fold_text(">".join(column.path))
        if re.search(pattern, path) and not (exclude and re.search(exclude, path)):
            return column.index
    return None


def cell_anchor(view: TableView, grid: Grid, row: int, column: int) -> Anchor | None:
    """The anchor of the cell that covers a grid position."""
    cell = grid.cell(row, column)
    return _anchor_of(view, cell) if cell is not None else None


def _anchor_of(view: TableView, cell: Cell) -> Anchor:
    return Anchor(block=view.block, start=0, end=len(cell.text), row=cell.row, column=cell.column)


def cell_quote(view: TableView, grid: Grid, row: int, column: int | None) -> Quote | None:
    """The printed text of a cell, ``None`` for no column or an empty cell."""
    if column is None:
        return None
    cell = grid.cell(row, column)
    if cell is None or not cell.text.strip():
        return None
    return Quote(text=cell.text, anchor=_anchor_of(view, cell))


def unit_of_column(view: TableView, column: int) -> tuple[Unit | None, UnitOrigin | None]:
    """The monetary unit in force for a column: its header's, else the table's."""
    for candidate in view.columns:
        if candidate.index == column and candidate.unit is not None:
            return candidate.unit, UnitOrigin.HEADER
    return view.unit, UnitOrigin.CAPTION if view.unit is not None else None


def cell_amount(
    view: TableView, grid: Grid, row: int, column: int | None, unit: Unit | None = None
) -> Amount | None:
    """The amount in a cell with the unit in force; ``None`` where there is no such cell.

    ``unit`` is one that the row prints in another cell.
    """
    if column is None:
        return None
    anchor = cell_anchor(view, grid, row, column)
    if anchor is None:
        return None
    in_force = (unit, UnitOrigin.BESIDE) if unit is not None else unit_of_column(view, column)
    return read_amount(grid.text(row, column), anchor, *in_force)


def cell_quantity(view: TableView, grid: Grid, row: int, column: int | None) -> Quantity | None:
    """The quantity in a cell; ``None`` where there is no such cell."""
    if column is None:
        return None
    anchor = cell_anchor(view, grid, row, column)
    if anchor is None:
        return None
    return read_quantity(grid.text(row, column), anchor)


def filled_rows(view: TableView, grid: Grid) -> Iterator[int]:
    """The body rows in which anything is printed."""
    for row in view.body_rows:
        if any(cell.text.strip() for cell in grid.row(row)):
            yield row
