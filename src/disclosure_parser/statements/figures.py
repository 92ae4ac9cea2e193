"""Figures of statements by concept, so that they stand beside those of the narrative."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve, frozen

from disclosure_parser.catalogue.codes import Domain
from disclosure_parser.document import fold_text
from disclosure_parser.language.values import Amount, Phase, Quantity, ValueState
from disclosure_parser.statements.kinds import (
    AssetHoldings,
    BasicExpenditure,
    NewAssets,
    OperatingFundsStatement,
    ProcurementStatement,
    ProjectExpenditure,
    PurchasedServicesStatement,
    ThreePublicStatement,
    Transfers,
)
from disclosure_parser.statements.meanings import column_meaning
from disclosure_parser.statements.model import (
    Flow,
    PrintedCode,
    Row,
    RowRole,
    Statement,
    StatementColumn,
)
from disclosure_parser.statements.totals import THREE_PUBLIC_PARTS, total_concepts


@frozen(kw_only=True)
class Figure:
    """A printed value of a statement with what it is of.

    ``concept`` is the catalogue's concept id, ``""`` where row and column name none; ``whole``
    the concept it is a part of (the column of a coded row, the fund of a fund's table).
    ``row`` and ``column`` are the index in the statement's rows and the grid index. ``stock`` says
    that it is of a day (资产占用情况) and of no budget: it has no phase. ``of_row`` says that the
    row's name is the year. A change or a share (增减额, 占比) is no figure of a concept;
    ``measured`` is the concept that it is the change or the share of.
    """

    concept: str
    whole: str
    value: Amount | Quantity
    phase: Phase | None
    year: int | None
    row: int
    column: int
    code: PrintedCode | None = None
    stock: bool = False
    of_row: bool = False
    measured: str = ""


#: Columns that are computed from others, or that are no amount of the row.
_DERIVED = {"change", "share", "quantity", "unit_price"}
_MEASURED = {"change", "share"}
_RELATION = re.compile(
    r"(?:增减|增长|增加|减少|变动|变化|差额|占比|比重|比例|占)(?:额|数|率|情况)?"
)
#: Lists of things: projects, purchases, assets, transfers.
_LISTS = (
    ProcurementStatement,
    PurchasedServicesStatement,
    ProjectExpenditure,
    NewAssets,
    AssetHoldings,
    Transfers,
)
_CURRENT = {
    "revenue.total": "revenue.current",
    "expenditure.total": "expenditure.current",
}
_YEAR_ROW = re.compile(r"(?P<year>20\d\d)年?度?(?:预算|决算|执行)?数?")
_LEVELS = {"类": "class", "款": "group", "项": "item"}
_BALANCES = {
    "opening": "revenue.carryover",
    "closing": "expenditure.carry_forward",
}
_BASIC = {
    "general_budget": "expenditure.basic_general_budget",
    "fiscal_appropriation": "expenditure.basic_fiscal_appropriation",
}


def statement_facts(statement: Statement) -> Iterator[Figure]:
    """The figures of a statement in reading order, blank cells left out.

    Every printed value is given, those of unknown columns with the concept ``""``.
    """
    columns = {column.index: column for column in statement.columns}
    shared: set[tuple[int, int | None, int | None]] = set()
    for index, row in enumerate(statement.rows):
        for value in row.values:
            column = columns.get(value.column)
            held = value.amount or value.quantity
            if column is None or held is None or held.state is ValueState.BLANK:
                continue
            # A total whose label reaches over two lanes is one printed figure.
            place = (held.anchor.block, held.anchor.row, held.anchor.column)
            if place in shared:
                continue
            shared.add(place)
            concept, whole = _concept(statement, row, column)
            yield Figure(
                concept=concept,
                whole=whole if whole != concept else "",
                value=held,
                phase=column.phase or (statement.phase if value.amount is not None else None),
                year=column.year or year_of_row(row) or statement.year,
                row=index,
                column=value.column,
                code=row.code,
                of_row=column.year is None and year_of_row(row) is not None,
                stock=isinstance(statement, AssetHoldings),
                measured=_measured(statement, row, column),
            )


def _measured(statement: Statement, row: Row, column: StatementColumn) -> str:
    """What a change or a share is of: the total of its row, unless its header names a part."""
    if column.meaning not in _MEASURED:
        return ""
    for level in column.path:
        thing = _RELATION.sub("", fold_text(level))
        if column_meaning([thing])[0] not in {"", "total", *_MEASURED}:
            return ""
    return _concept(statement, row, evolve(column, meaning="total"))[0]


def _concept(statement: Statement, row: Row, column: StatementColumn) -> tuple[str, str]:
    """Concept and whole of a value by its row and its column."""
    meaning = column.meaning
    if meaning == "quantity" and isinstance(statement, AssetHoldings):
        return row.concept, _above(statement, row)
    if not meaning or meaning in _DERIVED:
        return "", ""
    if meaning.startswith("carryover."):
        return "", "revenue.carryover"
    fund = _whole(statement, row)
    if isinstance(statement, _LISTS):
        # Sources of what is bought are no revenue of the agency: parts of the list's own total.
        if meaning == "total":
            own = _own_total(statement) if row.concept and row.code is None else ""
            return row.concept, _above(statement, row) or own
        if meaning.startswith("procurement.") and row.role is RowRole.TOTAL:
            return meaning, _own_total(statement)
        return "", _own_total(statement)
    if isinstance(statement, ThreePublicStatement):
        fund = THREE_PUBLIC_PARTS.get(meaning if "." in meaning else row.concept, fund)
    elif meaning == "total" and row.role is not RowRole.TOTAL:
        fund = _above(statement, row) or fund
    if row.role is RowRole.TOTAL:
        if meaning == "total":
            return _this_year(row.concept, column), ""
        if meaning in _BALANCES:
            return _BALANCES[meaning], fund
        if column.subset and len(column.path) > 1:
            # 事业收入 › 其中：教育收费
            above = column_meaning([fold_text(level) for level in column.path[:-1]])[0]
            return meaning, above if "." in above else fund
        if row.concept == "balance.fiscal_appropriation":
            # With what is carried forward it is more than the fund's expenditure.
            return "", row.concept
        if meaning == "expenditure.basic":
            return _BASIC.get(statement.funds, meaning), fund
        if meaning.startswith(("revenue.current", "expenditure.current")) and statement.funds:
            return f"{meaning.partition('.')[0]}.{statement.funds}", ""
        return meaning, fund
    own = _code_concept(row, _flow(statement, row)) or row.concept
    if meaning == "total":
        return own, fund
    if year_of_row(row) is not None:
        # The rows are years (2023年, 2024年): the column says the thing.
        return meaning, fund
    if row.code is None and not row.concept and isinstance(statement, ThreePublicStatement):
        # A row of one unit: the column says the thing, for that unit only.
        return "", meaning
    return own, _BASIC.get(statement.funds, meaning) if meaning == "expenditure.basic" else meaning


def _this_year(concept: str, column: StatementColumn) -> str:
    """The total of a table whose column says 本年收入合计 leaves out what was carried over."""
    if column.path and fold_text(column.path[-1]).startswith("本年"):
        return _CURRENT.get(concept, concept)
    return concept


def year_of_row(row: Row) -> int | None:
    """The year that a row is of where its name is nothing but a year (2023年预算数)."""
    match = _YEAR_ROW.fullmatch(fold_text(row.name.text)) if row.name is not None else None
    return int(match["year"]) if match is not None else None


def _above(statement: Statement, row: Row) -> str:
    """The concept of the row that a row without a code is a part of, if that is one thing."""
    if row.code is not None or row.parent is None:
        return ""
    above = statement.rows[row.parent]
    # Many rows are a class; which one, the concept does not say.
    return "" if above.code is not None or above.concept.endswith("_class") else above.concept


def _own_total(statement: Statement) -> str:
    return next((row.concept for row in statement.rows if row.role is RowRole.TOTAL), "")


def _whole(statement: Statement, row: Row) -> str:
    """What the rows of a table are parts of: its own total, or the fund that it shows."""
    flow = _flow(statement, row)
    if isinstance(statement, BasicExpenditure | OperatingFundsStatement):
        return total_concepts(statement.kind, statement.funds).get(flow, "")
    side = flow or Flow.EXPENDITURE
    return f"{side.value}.{statement.funds}" if statement.funds else ""


def _flow(statement: Statement, row: Row) -> Flow | None:
    return next((lane.flow for lane in statement.lanes if lane.index == row.lane), None)


def _code_concept(row: Row, flow: Flow | None) -> str:
    """类, 款 and 项 are concepts of their own: each level adds up to the whole by itself.

    A table of revenue has the revenue for each function.
    """
    if row.code is None:
        return ""
    level = _LEVELS.get(row.code.level, "")
    if row.code.domain is Domain.FUNCTIONAL and level:
        return f"{(flow or Flow.EXPENDITURE).value}.function_{level}"
    if row.code.domain in {Domain.ECONOMIC, Domain.GOVERNMENT_ECONOMIC} and level:
        return f"expenditure.economic_{level}"
    return ""
