"""Facts of tables: those of the cells that no record has read, and of any cell by its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from attrs import evolve

from disclosure_parser.document import Anchor, Cell, fold_text
from disclosure_parser.facts.columns import Role, digits_of, is_name_header
from disclosure_parser.facts.headings import is_counted, read_words
from disclosure_parser.facts.layout import Spot, TableContext, Tables
from disclosure_parser.facts.model import Fact, Measure
from disclosure_parser.identity import Identity, Scope
from disclosure_parser.language.cells import read_amount, read_quantity, split_target
from disclosure_parser.language.units import find_unit_declaration, unit_of
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
from disclosure_parser.statements.names import says_worth

_AGENCY_LABEL = re.compile(r"^[^:]{0,12}:|^\[?\d{3,}\]?")
_NO_NAME = re.compile(
    r"(?:其中:?)?(?:金额|小计|合计|总计|数额|.{0,4}(?:预算|决算|执行|完成)数?|20\d\d年.{0,6}数?)(?:\(.*\))?"
)
_IDENTIFIER = re.compile(r"(?:编码|代码|编号|号码|电话|账号|邮编)(?:\(.*\))?:?$")
_DIGIT = re.compile(r"\d")
#: A figure that can be no code.
_NO_CODE = re.compile(r"-?\d{1,3}(?:,?\d{3})*\.\d{2,6}")
_MONEY_MEASURES = {Measure.AMOUNT, Measure.CHANGE, Measure.UNIT_PRICE}
#: Measures that belong to a phase of the budget cycle.
_PHASED = _MONEY_MEASURES | {Measure.COMPLETION, Measure.CHANGE_PERCENT, Measure.SHARE}


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
    role, row = context.roles[cell.column], cell.row
    text = cell.text.strip()
    astray = role is Role.CODE and _NO_CODE.fullmatch(fold_text(text)) is not None
    if not text or (role in {Role.CODE, Role.SERIAL, Role.OTHER} and not astray):
        return None
    anchor = Anchor(
        block=context.view.block, start=0, end=len(cell.text), row=cell.row, column=cell.column
    )
    spot = tables.spot_of(context, cell.row, cell.column)
    if row < context.first and spot.row and _IDENTIFIER.search(fold_text(spot.row[-1])):
        return None  # 项目编码 | 4205002500: a key of the form, no figure
    value, measure, operator = _value(context, spot, cell, anchor)
    if value.state is ValueState.BLANK:
        return None
    among_words = role is Role.LABEL or row < context.first
    if among_words and not _figure_among_words(context, cell, value):
        return None
    if value.state is ValueState.TEXT and not _DIGIT.search(text):
        return None
    if astray:
        # The last row of a text form, whose merged cells have lost their width.
        value = evolve(value, doubt=value.doubt or "stands in a column of codes")
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
        if not says_worth("".join(spot.column)):
            measure, unit = label.measure, label.unit
    elif measure is Measure.QUANTITY and not unit and label.measure is Measure.QUANTITY:
        unit = label.unit
    own_unit = context.measure(cell.row) if header_unit is None else ""
    if unit_of(own_unit) is not None:
        measure = None if measure is Measure.QUANTITY else measure
    elif own_unit and (measure is Measure.QUANTITY or (measure is None and not context.counts)):
        # What things are counted in (台) says nothing of the money in the same row.
        measure, unit = Measure.QUANTITY, own_unit
    counted = context.view.counted
    if measure is None and counted is not None and context.view.unit is None:
        measure, unit = Measure.QUANTITY, counted.text
    if measure in {Measure.TARGET, Measure.RESULT}:
        operator, number, printed, state = split_target(cell.text)
        quantity = Quantity(
            state=state, text=cell.text.strip(), anchor=anchor, number=number, unit=printed
        )
        return quantity, measure, operator
    money_unit, origin = _money_unit(context, spot, cell.row, header_unit)
    amount = read_amount(cell.text, anchor, money_unit, origin)
    if measure is Measure.QUANTITY and amount.unit_origin is not UnitOrigin.BESIDE:
        return read_quantity(cell.text, anchor, unit), measure, None
    if measure is not None and measure not in _MONEY_MEASURES and measure is not Measure.QUANTITY:
        return read_quantity(cell.text, anchor, unit), measure, None
    if amount.state is ValueState.TEXT:
        # ``12.5%`` or ``3辆`` under a header that says nothing of it.
        quantity = read_quantity(cell.text, anchor)
        if quantity.state is ValueState.NUMBER and is_counted(quantity.unit):
            percent = quantity.unit in {"%", "‰"}
            return quantity, Measure.PERCENT if percent else Measure.QUANTITY, None
    if measure is None and amount.unit is None and amount.state is ValueState.NUMBER:
        known = words.money or label.money or context.title_words.money
        if not known:
            return read_quantity(cell.text, anchor), Measure.QUANTITY, None
    return amount, measure if measure in _MONEY_MEASURES else Measure.AMOUNT, None


def _money_unit(
    context: TableContext, spot: Spot, row: int, header: Unit | None
) -> tuple[Unit | None, UnitOrigin | None]:
    if header is not None:
        return header, UnitOrigin.HEADER
    own = unit_of(context.measure(row))
    if own is not None:
        return own, UnitOrigin.BESIDE
    for label in reversed(spot.row):
        found = find_unit_declaration(fold_text(label))
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
    phase: Phase | None = None,
) -> Fact | None:
    """The fact of a value in a table cell, ``None`` if it was told before.

    ``phase`` is what the record knows; else the column and the title say it.
    """
    if not tables.once(value.anchor, measure):
        return None
    words = spot.words
    entity, scope = entity_of(spot.view, identity)
    year = words.year or spot.title.year or stock_year or identity.fiscal_year
    phase = phase or words.phase  # the rest is for measures that have a phase
    if measure in _PHASED and not spot.stock and stock_year is None:
        phase = phase or spot.title.phase
        if measure is Measure.COMPLETION:
            phase = Phase.EXECUTED
        if phase is None and year == identity.fiscal_year:
            phase = default_phase(identity)
    amount = value if isinstance(value, Amount) else None
    return Fact(
        measure=measure,
        state=value.state,
        text=value.text,
        anchor=value.anchor,
        number=value.number,
        upper=upper_of(value),
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
        table_title=spot.table_title,
        row=spot.row,
        column=spot.column,
        doubt=value.doubt,
    )


def _label(spot: Spot, anchor: Anchor, given: str) -> str:
    """What names a cell: the name of its object if that stands to its left, else its row."""
    last = spot.row[-1] if spot.row else _column_name(spot.column)
    if not given or not last or anchor.row is None or anchor.column is None:
        return given or last
    return given if given in spot.context.left_of(anchor.row, anchor.column) else last


def _column_name(path: tuple[str, ...]) -> str:
    """What the header names where a row has no label: its lowest level that is a thing."""
    named = [level for level in path if not _NO_NAME.fullmatch(fold_text(level))]
    return named[-1] if named else (path[-1] if path else "")


def upper_of(value: Amount | Quantity) -> Decimal | None:
    """The upper end of a range, ``None`` for a single number."""
    return value.upper if isinstance(value, Quantity) else None


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
