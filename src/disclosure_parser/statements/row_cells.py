"""The cells of a printed row: what stands in a column, and the values in it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from disclosure_parser.document import Anchor, Cell, Quote, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.language.cells import read_amount, read_quantity
from disclosure_parser.language.units import unit_of
from disclosure_parser.language.values import Unit, UnitOrigin
from disclosure_parser.outline.model import TableView
from disclosure_parser.statements.columns import Layout
from disclosure_parser.statements.hierarchy import LONGEST_NAME
from disclosure_parser.statements.model import ColumnRole, Other, StatementColumn, Value
from disclosure_parser.statements.names import counted_unit, heads_units, is_counter, says_worth

#: Columns whose figures are in no unit of the row's.
_NO_UNIT = {"change", "share", "unit_price"}


class RowCells:
    """Reads the cells of a table's rows by the columns of its layout."""

    def __init__(self, view: TableView, grid: Grid, layout: Layout) -> None:
        self.view = view
        self.grid = grid
        self.layout = layout
        self.columns = {column.index: column for column in layout.columns}

    def printed(self, row: int, column: StatementColumn) -> list[Cell]:
        """The cells that begin at a row and in a column's grid columns."""
        found = []
        for index in range(column.index, column.index + column.span):
            cell = self.grid.cell(row, index)
            if cell is not None and cell.row == row and cell.column == index:
                found.append(cell)
        return found

    def quote(self, cell: Cell) -> Quote:
        text = cell.text
        lead = len(text) - len(text.lstrip())
        stripped = text.strip()
        anchor = Anchor(
            block=self.view.block,
            start=lead,
            end=lead + len(stripped),
            row=cell.row,
            column=cell.column,
        )
        return Quote(text=stripped, anchor=anchor)

    def _anchor(self, cell: Cell) -> Anchor:
        return Anchor(
            block=self.view.block, start=0, end=len(cell.text), row=cell.row, column=cell.column
        )

    def shared(self, row: int, columns: Sequence[StatementColumn], name: Cell) -> list[Value]:
        """The values of the lane where a label ends, for a lane whose amounts it covers."""
        end = name.column + name.column_span
        covered = [
            c for c in columns if c.role is ColumnRole.AMOUNT and name.column < c.index < end
        ]
        after = [c for c in self.layout.columns if c.index >= end and c.role is ColumnRole.AMOUNT]
        shared: list[Value] = []
        for column in covered:
            for other in after:
                if other.lane == after[0].lane != column.lane and other.meaning == column.meaning:
                    found: list[Value] = []
                    self.value(other, self.printed(row, other), found, [])
                    shared.extend(evolve(value, column=column.index) for value in found)
                    break
        return shared

    def value(
        self,
        column: StatementColumn,
        cells: list[Cell],
        values: list[Value],
        others: list[Other],
    ) -> None:
        printed = [cell for cell in cells if cell.text.strip()] or cells[:1]
        for cell in printed[1:]:
            others.append(Other(column=cell.column, text=self.quote(cell)))
        for cell in printed[:1]:
            anchor = self._anchor(cell)
            if column.role is ColumnRole.QUANTITY:
                counted = self.view.counted.text if self.view.counted is not None else ""
                quantity = read_quantity(cell.text, anchor, counted)
                values.append(Value(column=column.index, quantity=quantity))
                continue
            unit, origin = self._unit(column)
            values.append(
                Value(column=column.index, amount=read_amount(cell.text, anchor, unit, origin))
            )

    def _unit(self, column: StatementColumn) -> tuple[Unit | None, UnitOrigin | None]:
        if column.unit is not None:
            return column.unit, UnitOrigin.HEADER
        unit = self.view.unit
        return unit, UnitOrigin.CAPTION if unit is not None else None

    def counted(
        self, values: Sequence[Value], others: Sequence[Other], folded: str, above: str | None
    ) -> tuple[Value, ...]:
        """The values of a row in the unit that it prints itself, in a column (计量单位: 辆, 万元)
        or behind its name (公务用车保有量（辆）): numbers of things are no money.

        ``above`` is the unit of the things that the row is a part of, ``None`` if those are money.
        """
        word = self._measure(others)
        unit = unit_of(word)
        if unit is not None or is_counter(word):
            counts = any(c.role is ColumnRole.QUANTITY for c in self.layout.columns)
            return tuple(self._measured(value, unit or word, counts) for value in values)
        named = counted_unit(folded[-LONGEST_NAME:])
        named = above if named is None else named
        return tuple(values) if named is None else tuple(self._named(v, named) for v in values)

    def _measure(self, others: Sequence[Other]) -> str:
        """What a row prints in the column of units of measurement."""
        for other in others:
            column = self.columns.get(other.column)
            if column is not None and heads_units(column.path):
                return fold_text(other.text.text)
        return ""

    def _measured(self, value: Value, unit: Unit | str, counts: bool) -> Value:
        """``counts`` says that the table counts things in columns apart from its money: what
        they are counted in says nothing of the money in the same row (数量, 单价, 金额)."""
        column = self.columns[value.column]
        held = value.amount or value.quantity
        money = value.amount is not None and counts
        if held is None or money or column.meaning in _NO_UNIT or column.unit is not None:
            return value
        if isinstance(unit, Unit):
            amount = read_amount(held.text, held.anchor, unit, UnitOrigin.BESIDE)
            return Value(column=value.column, amount=amount)
        quantity = read_quantity(held.text, held.anchor, unit)
        return Value(column=value.column, quantity=quantity)

    def _named(self, value: Value, unit: str) -> Value:
        held = value.amount or value.quantity
        column = self.columns[value.column]
        money = column.role is ColumnRole.AMOUNT and column.unit is not None
        if held is None or money or says_worth("".join(column.path)):
            return value
        return Value(column=value.column, quantity=read_quantity(held.text, held.anchor, unit))
