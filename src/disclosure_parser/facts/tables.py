"""Figures of tables: where a cell stands, and the facts of the cells that no record reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from disclosure_parser.document import Anchor, Cell, Table, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.facts.columns import (
    Role,
    column_roles,
    digits_of,
    is_name_header,
    names_rows,
)
from disclosure_parser.facts.headings import Words, read_words
from disclosure_parser.facts.model import Fact, Measure
from disclosure_parser.identity import Identity, Scope
from disclosure_parser.language.cells import read_amount, read_quantity, split_target
from disclosure_parser.language.units import find_unit_declaration
from disclosure_parser.language.values import (
    Amount,
    Direction,
    Operator,
    Phase,
    Quantity,
    Unit,
    UnitOrigin,
    ValueState,
)
from disclosure_parser.outline.model import TableView

if TYPE_CHECKING:
    from disclosure_parser.report import Report

_LABEL_CODE = re.compile(r"[\[(]?(?P<code>[2-5]\d{2}(?:\d{2}){0,2})[\])]?(?=[^\W\d_])")
_UNIT_AFTER = re.compile(r"[万亿千百元个台套年月日人辆平批次名家]")
_AGENCY_LABEL = re.compile(r"^[^:]{0,12}:|^\[?\d{3,}\]?")
_TOTAL = re.compile(r"(?:合计|总计|小计|共计)$")
_DIGIT = re.compile(r"\d")
_MONEY_MEASURES = {Measure.AMOUNT, Measure.CHANGE, Measure.UNIT_PRICE}
#: Measures that belong to a phase of the budget cycle.
_PHASED = _MONEY_MEASURES | {Measure.COMPLETION, Measure.CHANGE_PERCENT, Measure.SHARE}

Key = tuple[int, int, int]


@frozen(kw_only=True)
class Spot:
    """Where a cell stands: labels of its row, header path, code, and what its table says."""

    view: TableView
    row: tuple[str, ...]
    column: tuple[str, ...]
    code: str
    words: Words
    title: Words
    section: str
    stock: bool
    context: TableContext


class TableContext:
    """One table (one view) with what its columns hold."""

    def __init__(self, view: TableView, grid: Grid, fiscal_year: int | None) -> None:
        self.view = view
        self.grid = grid
        self.roles = column_roles(view, grid)
        self.paths: list[tuple[str, ...]] = [()] * grid.columns
        self.units: list[Unit | None] = [None] * grid.columns
        for column in view.columns:
            if column.index < grid.columns:
                self.paths[column.index] = column.path
                self.units[column.index] = column.unit
        self.words = [read_words(path, fiscal_year) for path in self.paths]
        self.groups = [self._group(column) for column in range(grid.columns)]
        title = [view.title.text] if view.title is not None else []
        self.title_words = read_words(title, fiscal_year)
        self._labels: dict[tuple[int, tuple[int, ...]], tuple[tuple[str, ...], str]] = {}

    def _group(self, column: int) -> tuple[int, ...]:
        """The columns that name the rows of a figure column: the nearest run to its left."""
        roles = self.roles
        end = column - 1
        while end >= 0 and roles[end] is not Role.LABEL:
            end -= 1
        start = end
        while start > 0 and roles[start - 1] is not Role.FIGURE:
            start -= 1
        return tuple(range(start, end + 1)) if end >= 0 else ()

    def labels(self, row: int, column: int) -> tuple[tuple[str, ...], str]:
        """The labels of a cell's row, outermost first, and the row's code."""
        group = self.groups[column] if self.roles[column] is Role.FIGURE else ()
        if not group:
            return self._nearest(row, column), ""
        key = (row, group)
        if key not in self._labels:
            self._labels[key] = self._read_labels(row, group)
        return self._labels[key]

    def _read_labels(self, row: int, group: tuple[int, ...]) -> tuple[tuple[str, ...], str]:
        texts: list[str] = []
        codes: list[str] = []
        last: Cell | None = None
        for column in group:
            cell = self.grid.cell(row, column)
            if cell is None or cell is last or not cell.text.strip():
                continue
            last = cell
            role = self.roles[column]
            digits = digits_of(cell) if role is Role.CODE else ""
            if digits:
                codes.append(digits)
            elif role is Role.LABEL and not names_rows(self.paths[column]):
                continue
            elif role is Role.LABEL or not _DIGIT.search(cell.text):
                texts.append("".join(cell.text.split()))
        code = _joined_code(codes)
        if not texts and not code:
            texts = self._total(row, group[0])
        if not code and texts:
            match = _LABEL_CODE.match(fold_text(texts[-1]))
            if match and not _UNIT_AFTER.match(fold_text(texts[-1]), match.end()):
                code = match["code"]
        return tuple(texts), code

    def _total(self, row: int, end: int) -> list[str]:
        """The word for a total, which stands in the first column whatever that is for."""
        for column in range(end):
            cell = self.grid.cell(row, column)
            text = "".join(cell.text.split()) if cell is not None else ""
            if text:
                return [text] if _TOTAL.search(text) else []
        return []

    def left_of(self, row: int, column: int) -> set[str]:
        """The texts to the left of a cell in its row."""
        cells = (cell for cell in self.grid.row(row) if cell.column < column)
        return {"".join(cell.text.split()) for cell in cells}

    def _nearest(self, row: int, column: int) -> tuple[str, ...]:
        """The nearest words to the left in the row: keys of a form."""
        for left in range(column - 1, -1, -1):
            cell = self.grid.cell(row, left)
            if cell is None or not cell.text.strip():
                continue
            text = "".join(cell.text.split())
            if not _DIGIT.search(text) or len(text) > 12:
                return (text,)
        return ()


class Tables:
    """The tables of a report, laid out once, and which of their cells records have read."""

    def __init__(self, report: Report) -> None:
        self.fiscal_year = report.identity.fiscal_year
        self.contexts: list[TableContext] = []
        self.consumed: set[Key] = set()
        self.seen: set[tuple[object, ...]] = set()
        self._by_row: dict[tuple[int, int], TableContext] = {}
        self._sections: dict[int, str] = {}
        self._kinds: dict[str, str] = {}
        for section in report.walk():
            self._kinds[section.id] = section.kind
            for block in section.blocks:
                self._sections[block] = section.id
        grids: dict[int, Grid] = {}
        blocks = report.document.blocks
        for view in report.tables:
            if view.block >= len(blocks):
                raise LookupError("the report holds no document: its tables cannot be read")
            table = blocks[view.block]
            if not isinstance(table, Table):
                raise LookupError(f"block {view.block} is no table")
            if view.block not in grids:
                grids[view.block] = Grid(table)
            context = TableContext(view, grids[view.block], self.fiscal_year)
            self.contexts.append(context)
            for row in view.body_rows:
                self._by_row[view.block, row] = context

    def kind_of(self, section: str) -> str:
        """The kind of a section id."""
        return self._kinds.get(section, "")

    def spot(self, anchor: Anchor) -> Spot | None:
        """Where the cell under an anchor stands, ``None`` for text outside the tables' bodies."""
        if anchor.row is None or anchor.column is None:
            return None
        context = self._by_row.get((anchor.block, anchor.row))
        if context is None or anchor.column >= context.grid.columns:
            return None
        return self.spot_of(context, anchor.row, anchor.column)

    def spot_of(self, context: TableContext, row: int, column: int) -> Spot:
        """Where a cell of a table stands."""
        labels, code = context.labels(row, column)
        section = self._sections.get(context.view.block, "")
        return Spot(
            view=context.view,
            row=labels,
            column=context.paths[column],
            code=code,
            words=context.words[column],
            title=context.title_words,
            section=section,
            stock=self.kind_of(section) == "state_assets",
            context=context,
        )

    def once(self, anchor: Anchor, measure: Measure, label: object = None) -> bool:
        """Whether a figure is told for the first time."""
        key = (anchor, measure, label)
        if key in self.seen:
            return False
        self.seen.add(key)
        return True


def _joined_code(codes: list[str]) -> str:
    """The code of a row: 201 | 06 | 01 is 2010601, 201 | 20106 | 2010601 as well."""
    if not codes:
        return ""
    if len(codes[0]) == 3 and all(len(code) == 2 for code in codes[1:]):
        return "".join(codes)
    return max(codes, key=len)


def table_facts(identity: Identity, tables: Tables) -> Iterator[Fact]:
    """The facts of all cells with figures that no record has read."""
    for context in tables.contexts:
        for row in context.view.body_rows:
            for cell in context.grid.printed(row):
                if (context.view.block, row, cell.column) in tables.consumed:
                    continue
                fact = _cell_fact(identity, tables, context, cell)
                if fact is not None:
                    yield fact


def _cell_fact(
    identity: Identity, tables: Tables, context: TableContext, cell: Cell
) -> Fact | None:
    role = context.roles[cell.column]
    text = cell.text.strip()
    if not text or role in {Role.CODE, Role.SERIAL, Role.OTHER}:
        return None
    anchor = Anchor(
        block=context.view.block, start=0, end=len(cell.text), row=cell.row, column=cell.column
    )
    spot = tables.spot_of(context, cell.row, cell.column)
    value, measure, operator = _value(context, spot, cell, anchor)
    if role is Role.LABEL and not _figure_among_words(context, cell, value):
        return None
    if value.state is ValueState.BLANK:
        return None
    if value.state is ValueState.TEXT and (not _DIGIT.search(text) or role is Role.LABEL):
        return None
    return table_fact(
        identity, tables, spot, value, measure, operator=operator, section=spot.section
    )


def _figure_among_words(context: TableContext, cell: Cell, value: Amount | Quantity) -> bool:
    """Whether a cell in a column of words is a figure: a number that is no code and no name."""
    if value.state is not ValueState.NUMBER:
        return False
    bare = digits_of(cell) or value.text.strip().isdigit()
    return not (bare and (is_name_header(context.paths[cell.column]) or cell.column == 0))


def _value(
    context: TableContext, spot: Spot, cell: Cell, anchor: Anchor
) -> tuple[Amount | Quantity, Measure, Operator | None]:
    """The value of a cell by what its header and its label say."""
    words = spot.words
    label = read_words(spot.row[-1:], None)
    header_unit = context.units[cell.column]
    measure, unit = words.measure, words.unit
    # A label (保有量（辆）) tells the unit of its row where the header declares none.
    if measure is None and header_unit is None and label.measure is not None:
        measure, unit = label.measure, label.unit
    if measure is Measure.TARGET:
        operator, number, printed, state = split_target(cell.text)
        quantity = Quantity(
            state=state, text=cell.text.strip(), anchor=anchor, number=number, unit=printed
        )
        return quantity, measure, operator
    money_unit, origin = _money_unit(context, spot, header_unit)
    amount = read_amount(cell.text, anchor, money_unit, origin)
    if measure is Measure.QUANTITY and amount.unit_origin is not UnitOrigin.BESIDE:
        return read_quantity(cell.text, anchor, unit), measure, None
    if measure is not None and measure not in _MONEY_MEASURES and measure is not Measure.QUANTITY:
        return read_quantity(cell.text, anchor, unit), measure, None
    if amount.state is ValueState.TEXT:
        # ``12.5%`` or ``3辆`` under a header that says nothing of it.
        quantity = read_quantity(cell.text, anchor)
        if quantity.state is ValueState.NUMBER and quantity.unit:
            percent = quantity.unit in {"%", "‰"}
            return quantity, Measure.PERCENT if percent else Measure.QUANTITY, None
    if measure is None and amount.unit is None and amount.state is ValueState.NUMBER:
        known = words.money or label.money or context.title_words.money
        if not known:
            return read_quantity(cell.text, anchor), Measure.QUANTITY, None
    return amount, measure if measure in _MONEY_MEASURES else Measure.AMOUNT, None


def _money_unit(
    context: TableContext, spot: Spot, header: Unit | None
) -> tuple[Unit | None, UnitOrigin | None]:
    if header is not None:
        return header, UnitOrigin.HEADER
    found = find_unit_declaration(fold_text(spot.row[-1])) if spot.row else None
    if found is not None:
        return found[0], UnitOrigin.LABEL
    unit = context.view.unit
    return unit, UnitOrigin.CAPTION if unit is not None else None


def table_fact(
    identity: Identity,
    tables: Tables,
    spot: Spot,
    value: Amount | Quantity,
    measure: Measure,
    *,
    section: str,
    record: str = "",
    label: str = "",
    concept: str = "",
    concept_name: str = "",
    operator: Operator | None = None,
    stock_year: int | None = None,
) -> Fact | None:
    """The fact of a value in a table cell, ``None`` if it was told before."""
    if not tables.once(value.anchor, measure):
        return None
    words = spot.words
    entity, scope = entity_of(spot.view, identity)
    year = words.year or spot.title.year or stock_year or identity.fiscal_year
    phase = None
    if measure in _PHASED and not spot.stock and stock_year is None:
        phase = words.phase or spot.title.phase
        if phase is None and year == identity.fiscal_year:
            phase = default_phase(identity)
    amount = value if isinstance(value, Amount) else None
    return Fact(
        measure=measure,
        state=value.state,
        text=value.text,
        anchor=value.anchor,
        number=value.number,
        unit=unit_text(value),
        yuan=amount.yuan if amount is not None else None,
        operator=operator,
        concept=concept,
        concept_name=concept_name,
        label=_label(spot, anchor=value.anchor, given=label),
        entity=entity,
        scope=scope,
        year=year,
        phase=phase,
        direction=_direction(value, measure),
        base=words.base,
        base_year=words.base_year,
        code=spot.code,
        section=section,
        record=record,
        table=spot.view.block,
        table_title=spot.view.title.text if spot.view.title is not None else "",
        row=spot.row,
        column=spot.column,
        doubt=value.doubt,
    )


def _label(spot: Spot, anchor: Anchor, given: str) -> str:
    """What names a cell: the name of its object if that stands to its left, else its row."""
    last = spot.row[-1] if spot.row else ""
    if not given or not last or anchor.row is None or anchor.column is None:
        return given or last
    return given if given in spot.context.left_of(anchor.row, anchor.column) else last


def unit_text(value: Amount | Quantity) -> str:
    """The unit of a value as words."""
    if isinstance(value, Quantity):
        return value.unit
    return value.unit.value if value.unit is not None else ""


def default_phase(identity: Identity) -> Phase | None:
    """The phase that the kind of a report says, where the words do not say it themselves."""
    if identity.kind is None:
        return None
    return Phase.APPROVED if identity.kind.value == "budget" else Phase.EXECUTED


def entity_of(view: TableView, identity: Identity) -> tuple[str | None, Scope | None]:
    """Whose figures a table holds: the agency of its caption, else the report's."""
    if view.agency is None:
        return identity.agency, identity.scope
    name = _AGENCY_LABEL.sub("", fold_text(view.agency.text)).strip()
    name = _AGENCY_LABEL.sub("", name)
    own = fold_text(identity.agency) if identity.agency else ""
    if not name or (own and (own in name or name in own)):
        return identity.agency, identity.scope
    return name, None


def _direction(value: Amount | Quantity, measure: Measure) -> Direction | None:
    """The direction of a change that a signed number in a column of changes says."""
    if measure not in {Measure.CHANGE, Measure.CHANGE_PERCENT} or value.number is None:
        return None
    if value.number == 0:
        return Direction.NONE
    return Direction.INCREASE if value.number > 0 else Direction.DECREASE
