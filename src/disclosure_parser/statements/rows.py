"""Rows of a statement: one record for each list that a printed row holds an entry of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from attrs import frozen

from disclosure_parser.document import Cell, Quote, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.language.numbering import read_mark
from disclosure_parser.language.values import ValueState
from disclosure_parser.outline.headers import compact
from disclosure_parser.outline.model import TableView
from disclosure_parser.statements.columns import Layout
from disclosure_parser.statements.hierarchy import (
    LONGEST_NAME,
    LaneState,
    code_parent,
    label_of,
    name_parent,
    over_lanes,
    role_of,
    step_columns,
    stepped,
)
from disclosure_parser.statements.model import (
    ColumnRole,
    Flow,
    Lane,
    Other,
    PrintedCode,
    Row,
    RowRole,
    StatementColumn,
    Value,
)
from disclosure_parser.statements.names import (
    counted_unit,
    functional_class,
    name_concept,
)
from disclosure_parser.statements.printed_codes import is_code, leading_code, look_up, read_code
from disclosure_parser.statements.row_cells import RowCells
from disclosure_parser.statements.totals import CARRIED

_TOTAL_LABEL = re.compile(r"[^\W\d_]{0,8}[合总小共]计")
_SUM = re.compile(r"(?:支出|收入)?(?:合计|小计|总计)")
_GENERIC = re.compile(r"小计|合计")


@frozen(kw_only=True)
class ReadRows:
    """The rows of a table, and the printed cells that belong to none."""

    rows: tuple[Row, ...]
    others: tuple[Quote, ...]


def read_rows(
    view: TableView,
    grid: Grid,
    layout: Layout,
    fiscal_year: int | None,
    totals: Mapping[Flow | None, str],
    concepts: str = "",
) -> ReadRows:
    """The records of the body rows, lane by lane in each printed row.

    ``totals`` are the concepts of the total rows by the side of their lane; ``concepts`` is what
    the concepts of other rows begin with, where names are names of things and not of concepts.
    """
    reader = _Reader(view, grid, layout, fiscal_year, totals, concepts)
    for row in view.body_rows:
        reader.take(row)
    rows = stepped(reader.rows, *reader.steps) if reader.steps is not None else reader.rows
    rows = over_lanes(rows)
    return ReadRows(rows=look_up(rows, layout.lanes, fiscal_year), others=tuple(reader.others))


class _Reader:
    def __init__(
        self,
        view: TableView,
        grid: Grid,
        layout: Layout,
        fiscal_year: int | None,
        totals: Mapping[Flow | None, str],
        concepts: str,
    ) -> None:
        self.totals = totals
        self.concepts = concepts
        #: In a list of things: the column of the things, and those of the levels above them.
        self.steps = step_columns(layout.columns) if concepts else None
        self.view = view
        self.grid = grid
        self.cells = RowCells(view, grid, layout)
        self.layout = layout
        self.year = fiscal_year
        self.rows: list[Row] = []
        self.others: list[Quote] = []
        self.states = [LaneState() for _ in layout.lanes]
        self.header = {
            (row, cell.column)
            for row in set(view.body_rows) & set(view.header_rows)
            for cell in grid.printed(row)
            if cell.column < len(view.columns)
            and compact(cell.text) in view.columns[cell.column].path
        }
        self.lane_columns = [
            [column for column in layout.columns if column.lane == lane.index]
            for lane in layout.lanes
        ]
        self.labelled = any(c.role is ColumnRole.NAME for c in layout.columns)

    def take(self, row: int) -> None:
        """Take the records of one printed row."""
        for lane, columns in zip(self.layout.lanes, self.lane_columns, strict=True):
            cells = [
                (
                    column,
                    [
                        c
                        for c in self.cells.printed(row, column)
                        if (row, c.column) not in self.header
                    ],
                )
                for column in columns
            ]
            printed = [(column, cell) for column, own in cells for cell in own if cell.text.strip()]
            if not printed:
                continue
            if all(column.role is ColumnRole.SERIAL for column, _ in printed):
                self.others.extend(self.cells.quote(cell) for _, cell in printed)
                continue
            self._record(row, lane, columns, cells)

    def _record(
        self,
        row: int,
        lane: Lane,
        columns: Sequence[StatementColumn],
        cells: list[tuple[StatementColumn, list[Cell]]],
    ) -> None:
        parts: list[tuple[int, Quote]] = []
        names: list[Cell] = []
        strays: list[Cell] = []
        others: list[Other] = []
        serial: Quote | None = None
        values: list[Value] = []
        position = 0
        for column, own in cells:
            if column.role is ColumnRole.CODE:
                for cell in own:
                    text = fold_text(cell.text)
                    place = position + cell.column - column.index
                    if is_code(text, first=place == 0):
                        parts.append((place, self.cells.quote(cell)))
                    elif text:
                        strays.append(cell)
                position += column.span
            elif column.role is ColumnRole.NAME:
                names.extend(cell for cell in own if cell.text.strip())
            elif column.role is ColumnRole.SERIAL:
                for cell in own:
                    text = fold_text(cell.text)
                    if text and not text.isdigit():
                        strays.append(cell)
                    elif text and serial is None:
                        serial = self.cells.quote(cell)
                    elif text:
                        # A second column of 行次 in one lane.
                        others.append(Other(column=cell.column, text=self.cells.quote(cell)))
            elif column.role is ColumnRole.TEXT:
                others.extend(
                    Other(column=cell.column, text=self.cells.quote(cell))
                    for cell in own
                    if cell.text.strip()
                )
            else:
                self.cells.value(column, own, values, others)
        group: Quote | None = None
        if not names and not parts:
            names = self._misplaced(row, values)
        if not names and strays:
            # 合计 stands in whichever label cell comes first.
            names = [strays.pop(0)]
        elif not names and (covering := self._covering(row, columns)):
            names = covering
        elif not names and not parts and (beside := self._beside(row, lane, values)):
            names = beside
        elif not names and others:
            first = self._innermost(others)
            others.remove(first)
            names = [c for _, own in cells for c in own if c.column == first.column]
        if names and names[-1].column_span > 1:
            values.extend(self.cells.shared(row, columns, names[-1]))
        others.extend(Other(column=cell.column, text=self.cells.quote(cell)) for cell in strays)
        if len(names) > 1:
            group = self.cells.quote(names[0])
            others.extend(Other(column=c.column, text=self.cells.quote(c)) for c in names[1:-1])
        name = self.cells.quote(names[-1]) if names else None
        indent = _indent(names[-1]) if names else 0
        if names and len(self._name_columns(columns)) > 1:
            group = self._group(row, lane, columns, names, group)
        self._finish(row, lane, name, group, parts, serial, values, others, indent)

    def _innermost(self, others: Sequence[Other]) -> Other:
        """The words that name a row without a thing: of the lowest level that has a name."""
        levels = self.steps[1] if self.steps is not None else ()
        named = [
            o for o in others if o.column in levels and not _SUM.fullmatch(fold_text(o.text.text))
        ]
        return named[-1] if named else others[0]

    def _name_columns(self, columns: Sequence[StatementColumn]) -> list[int]:
        return [
            index
            for c in columns
            if c.role is ColumnRole.NAME
            for index in range(c.index, c.index + c.span)
        ]

    def _group(
        self,
        row: int,
        lane: Lane,
        columns: Sequence[StatementColumn],
        names: Sequence[Cell],
        printed: Quote | None,
    ) -> Quote | None:
        """The group of a stepped name: printed beside it, reaching down, or of the rows above."""
        state = self.states[lane.index]
        indexes = self._name_columns(columns)
        if printed is not None:
            state.group = printed
            return printed
        if names[-1].column == indexes[0]:
            state.group = None
            return None
        for index in indexes:
            if index >= names[-1].column:
                break
            cell = self.grid.cell(row, index)
            if cell is not None and cell.row < row and cell.text.strip():
                state.group = self.cells.quote(cell)
        return state.group

    def _covering(self, row: int, columns: Sequence[StatementColumn]) -> list[Cell]:
        """The label of an earlier lane that reaches over this lane's names: both have it."""
        for column in columns:
            if column.role is ColumnRole.NAME:
                cell = self.grid.cell(row, column.index)
                if (
                    cell is not None
                    and cell.row == row
                    and cell.column < columns[0].index
                    and cell.text.strip()
                ):
                    return [cell]
        return []

    def _misplaced(self, row: int, values: list[Value]) -> list[Cell]:
        """The label of a total that stands in a column of amounts, taken out of its values."""
        for index, value in enumerate(values):
            amount = value.amount
            if amount is not None and _TOTAL_LABEL.fullmatch(fold_text(amount.text)):
                cell = self.grid.cell(row, value.column)
                if cell is not None:
                    del values[index]
                    return [cell]
        return []

    def _beside(self, row: int, lane: Lane, values: Sequence[Value]) -> list[Cell]:
        """The label of the lane before, of the same side, that has no value of its own: without
        rulings a total in the middle of two lanes (公用经费合计 | | 9.00) stands in the first."""
        last = self.rows[-1] if self.rows else None
        if last is None or last.row != row or last.lane != lane.index - 1 or last.name is None:
            return []
        flows = {one.flow for one in self.layout.lanes if one.index in {last.lane, lane.index}}
        empty = all(value.state is ValueState.BLANK for value in last.values)
        told = any(value.state is ValueState.NUMBER for value in values)
        if len(flows) > 1 or last.code is not None or not empty or not told:
            return []
        anchor = last.name.anchor
        cell = self.grid.cell(row, anchor.column) if anchor.column is not None else None
        return [cell] if cell is not None else []

    def _finish(
        self,
        row: int,
        lane: Lane,
        name: Quote | None,
        group: Quote | None,
        parts: list[tuple[int, Quote]],
        serial: Quote | None,
        values: list[Value],
        others: list[Other],
        indent: int,
    ) -> None:
        if name is None and not parts and not others and not values:
            return
        state = self.states[lane.index]
        folded = fold_text(name.text) if name is not None else ""
        code = read_code(parts, state, name) if parts else None
        if code is None and name is not None and not self.concepts:
            code = leading_code(name, state)
        named = self.labelled or name is not None
        role = role_of(folded, coded=code is not None, named=named)
        index = len(self.rows)
        parent: int | None = None
        if code is not None:
            parent = code_parent(code.code, index, state)
            if code.code[0].isalpha():
                # Codes of things bought say nothing of the sums in the table.
                parent = state.subtotal
        elif role in {RowRole.ITEM, RowRole.SUBSET}:
            role, parent = name_parent(folded, role, index, indent, state)
        if group is not None:
            key = fold_text(group.text)
            if parent is None and role in {RowRole.ITEM, RowRole.SUBSET}:
                parent = state.groups.get(key)
            elif role is RowRole.SUBTOTAL:
                state.groups[key] = index
        if role is RowRole.SUBTOTAL and read_mark(folded) is not None:
            # （一）支出合计: numbered like the rows it sums.
            _, parent = name_parent(folded, RowRole.ITEM, index, indent, state)
        elif role in {RowRole.TOTAL, RowRole.SUBTOTAL}:
            state.subtotal = index if role is RowRole.SUBTOTAL else None
            state.whole = state.plain = state.under = state.marked_indent = None
        counted = self.cells.counted(values, others, folded, self._counted_above(parent))
        self.rows.append(
            Row(
                row=row,
                lane=lane.index,
                role=role,
                name=name,
                group=group,
                code=code,
                serial=serial,
                parent=parent,
                concept=self._concept(folded, group, role, code, lane, parent, counted),
                implied=self._implied(folded, role, code, lane),
                values=counted,
                others=tuple(others),
            )
        )

    def _counted_above(self, parent: int | None) -> str | None:
        """The unit of what the row above counts (车辆数合计（辆） over the kinds of vehicles)."""
        if parent is None:
            return None
        row = self.rows[parent]
        name = fold_text(row.name.text) if row.name is not None else ""
        unit = counted_unit(name[-LONGEST_NAME:])
        return unit or None

    def _concept(
        self,
        folded: str,
        group: Quote | None,
        role: RowRole,
        code: PrintedCode | None,
        lane: Lane,
        parent: int | None,
        values: Sequence[Value],
    ) -> str:
        """The concept of a row's name; a coded row is told by its code."""
        if code is not None or len(folded) > LONGEST_NAME:
            return ""
        if role is RowRole.TOTAL:
            return self.totals.get(lane.flow, "")
        if role is RowRole.SUBTOTAL and group is not None and _GENERIC.fullmatch(folded):
            folded = fold_text(group.text)
        label = label_of(folded)
        if parent is not None and _SUM.fullmatch(label):
            return self.rows[parent].concept
        counted = bool(values) and all(value.quantity is not None for value in values)
        concept = name_concept(label, lane.flow, self.year, self.concepts, counted=counted)
        above = self.rows[parent].concept if parent is not None else ""
        same = above == concept and not concept.endswith("_class")
        if above in CARRIED or (same and role is not RowRole.SUBTOTAL):
            # 公共财政拨款 below the 小计 of 一般公共预算资金 is a part of it, not the same again; a
            # fund below 年初结转和结余 is none of this year's.
            return ""
        own = concept == self.totals.get(lane.flow) and concept.partition(".")[0] in set(Flow)
        # 旅游发展基金支出 in a fund's table is an item of it, not its total.
        return "" if own and role is not RowRole.SUBTOTAL else concept

    def _implied(self, folded: str, role: RowRole, code: PrintedCode | None, lane: Lane) -> str:
        if code is not None or role is not RowRole.ITEM or lane.flow is not Flow.EXPENDITURE:
            return ""
        if len(folded) > LONGEST_NAME:
            return ""
        return functional_class(label_of(folded), self.year)


def _indent(cell: Cell) -> int:
    return cell.indent or len(cell.text) - len(cell.text.lstrip())
