"""Read the statements of a document: one for each table that is text of the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from attrs import evolve, fields, has

from disclosure_parser.document import (
    Anchor,
    Cell,
    Diagnostic,
    Document,
    Quote,
    Role,
    Severity,
    Table,
    fold_text,
)
from disclosure_parser.document.grid import Grid
from disclosure_parser.identity import ReportKind
from disclosure_parser.language.values import Phase, ValueState
from disclosure_parser.outline.headers import compact
from disclosure_parser.outline.model import TableView
from disclosure_parser.sections import procurement, project_form
from disclosure_parser.statements.columns import lay_out
from disclosure_parser.statements.kinds import (
    CLASSES,
    AssetHoldings,
    FiscalAppropriationSummary,
    PerformanceTargets,
    ProcurementStatement,
    ThreePublicStatement,
    UnitList,
    UnknownTable,
)
from disclosure_parser.statements.model import (
    Flow,
    Row,
    Statement,
    StatementColumn,
)
from disclosure_parser.statements.recognition import recognise
from disclosure_parser.statements.rows import read_rows
from disclosure_parser.statements.totals import (
    parts_of_three_public,
    total_concepts,
    totals_of_sides,
    totals_of_this_year,
    without_wider_totals,
)

#: The table itself is said to be empty; or only that there is nothing to report.
_SAYS_EMPTY = re.compile(
    r"(?:[本此该]|以上|上述)表(?:格)?(?:为空|为零|无数据|无内容|无金额|系空|均为空)|空表|无数据|没有数据"
)
_SAYS_NONE = re.compile(
    r"(?:无|没有|未安排|未发生|不涉及|不存在|未使用)[^。;]{0,40}?"
    r"(?:收支|支出|收入|预算|决算|经费|拨款|项目|数据|情况|业务|资金|采购)"
)
#: 预算数为“三公”经费全年预算数，反映按规定程序调整后的预算数
_TELLS_ADJUSTED = re.compile(
    r"预算数[^,。;]{0,6}(?:为|是|指|系)[^,。;]{0,20}?(?:全年|调整后的?)预算"
)
_NIL_ALONE = re.compile(r"\(?(?:无|本表无|空|不涉及)\)?[。.]?")
#: Families whose rows are named by concepts of the budget.
_NAMED_BY_CONCEPT = {"summary", "revenue", "expenditure", "three_public", "assets"}
_FUNDS = (
    ("government_fund", re.compile("基金")),
    ("state_capital", re.compile("国有资本")),
    ("special_account", re.compile("专户")),
    ("general_budget", re.compile("一般公共|公共财政|公共预算")),
    ("fiscal_appropriation", re.compile("财政(?:预算)?(?:拨款|补助)")),
)


def read_statements(
    document: Document,
    views: Iterable[TableView],
    *,
    fiscal_year: int | None,
    kind: ReportKind | None,
) -> tuple[Statement, ...]:
    """The statements of a document in reading order, unknown tables among them.

    ``fiscal_year`` and ``kind`` are those of the report, ``None`` where it does not tell them.
    """
    statements: list[Statement] = []
    block, grid = -1, None
    for view in views:
        table = document.blocks[view.block]
        if not isinstance(table, Table) or table.role is not Role.TEXT:
            continue
        if grid is None or view.block != block:
            block, grid = view.block, Grid(table)
        statements.append(_read(view, grid, fiscal_year, kind))
    return totals_of_this_year(statements)


def statement_diagnostics(statements: Iterable[Statement]) -> Iterator[Diagnostic]:
    """What about the statements does not fit, and which tables were not recognised."""
    for statement in statements:
        anchor = next(_places(statement), None)
        if isinstance(statement, UnknownTable):
            yield Diagnostic(
                code="statements.unknown",
                message=f"a table was not recognised: {statement.basis}",
                severity=Severity.NOTE,
                anchor=anchor,
            )
        for doubt in statement.doubts:
            # A missing title that the header makes up for is no contradiction.
            settled = statement.basis == "header" and statement.title is None
            yield Diagnostic(
                code="statements.doubt",
                message=doubt,
                severity=Severity.NOTE if settled else Severity.WARNING,
                anchor=anchor,
            )


def _places(statement: Statement) -> Iterator[Anchor]:
    """Where a table stands: its title, else what is printed in it, else its captions."""
    if statement.title is not None:
        yield statement.title.anchor
    yield from anchors(statement)
    captions = (statement.label, statement.agency, statement.period, statement.unit_quote)
    for quote in (*captions, *statement.notes):
        if quote is not None:
            yield quote.anchor


def read_statement(
    document: Document, view: TableView, *, fiscal_year: int | None, kind: ReportKind | None
) -> Statement:
    """The statement of one table.

    Raises:
        TypeError: the view's block is not a table.
    """
    table = document.blocks[view.block]
    if not isinstance(table, Table):
        raise TypeError(f"block {view.block} is a paragraph, not a table")
    return _read(view, Grid(table), fiscal_year, kind)


def _read(
    view: TableView,
    grid: Grid,
    fiscal_year: int | None,
    report: ReportKind | None,
) -> Statement:
    found = recognise(view, grid)
    kind = found.kind
    named = kind.id if kind is not None else "unknown"
    made = CLASSES[named]
    title = fold_text(view.title.text) if view.title is not None else ""
    funds = _funds(title, kind.funds if kind is not None else "")
    # What an agency has on a day is no budget, and of the year of that day.
    stock = made is AssetHoldings
    layout = lay_out(view, grid, kind, fiscal_year, _title_flow(title))
    # Names of projects, things and units are no concepts, whatever words they hold.
    concepts = "" if kind is not None and kind.family in _NAMED_BY_CONCEPT else "procurement."
    phase = None if stock else _phase(title, report)
    totals = total_concepts(named, funds, phase)
    read = read_rows(view, grid, layout, fiscal_year, totals, concepts)
    extra: dict[str, Any] = {}
    others = list(read.others)
    rows = read.rows
    if made is ThreePublicStatement:
        rows = parts_of_three_public(without_wider_totals(rows, layout.columns))
    if made is FiscalAppropriationSummary:
        rows = totals_of_sides(rows, layout.lanes)
    if made is ProcurementStatement:
        extra["table"] = procurement.read_table(view, grid)
    if made is PerformanceTargets:
        targets = project_form.read_table(view, grid)
        extra["targets"] = targets
        reached = {(anchor.row, anchor.column) for anchor in _anchors_in(targets)}
        cells = [*others, *(quote for row in rows for quote in _quotes(row))]
        others = [q for q in cells if (q.anchor.row, q.anchor.column) not in reached]
        rows = ()
    empty = _empty(made, rows, view)
    valued = any(value.state is ValueState.NUMBER for row in rows for value in row.values)
    declared = _declared_empty(view, rows, others, valued=valued)
    doubts = found.doubts
    if declared is not None and valued and _SAYS_EMPTY.search(fold_text(declared.text)):
        doubts = (*doubts, f"{declared.text!r} says the table is empty, but values are printed")
    return made(
        kind=named,
        block=view.block,
        basis=found.basis,
        title=view.title,
        label=view.label,
        agency=view.agency,
        agency_code=view.agency_code,
        period=view.period,
        unit=view.unit,
        unit_quote=view.unit_quote,
        phase=phase,
        year=_year(title, fiscal_year, view.period if stock else None),
        funds=funds,
        pages=_pages(view, grid),
        lanes=layout.lanes,
        columns=_phased_by_notes(layout.columns, view.notes),
        rows=rows,
        notes=view.notes,
        others=tuple(others),
        empty=empty,
        declared_empty=declared,
        doubts=doubts,
        **extra,
    )


def _phased_by_notes(
    columns: tuple[StatementColumn, ...], notes: Iterable[Quote]
) -> tuple[StatementColumn, ...]:
    """The columns of 预算数 with the phase that a note gives them, unless their header does."""
    if not any(_TELLS_ADJUSTED.search(fold_text(note.text)) for note in notes):
        return columns
    return tuple(
        evolve(column, phase=Phase.ADJUSTED)
        if column.phase is Phase.APPROVED and not any("年初" in level for level in column.path)
        else column
        for column in columns
    )


def _quotes(row: Row) -> Iterator[Quote]:
    """All printed words of a row, where its table is not read as rows."""
    if row.group is not None and row.group.anchor.row == row.row:
        yield row.group
    if row.code is not None:
        yield from row.code.parts
    if row.name is not None:
        yield row.name
    yield from (other.text for other in row.others)
    for value in row.values:
        held = value.amount or value.quantity
        if held is not None and held.state is not ValueState.BLANK:
            yield Quote(text=held.text, anchor=held.anchor)


def _phase(title: str, report: ReportKind | None) -> Phase | None:
    words = re.sub(r"(?:一般公共|公共财政|政府性基金|国有资本经营|公共)预算", "", title)
    final, budget = "决算" in words, "预算" in words
    if re.search(r"(?:执行|完成)情况|执行表", title):
        return Phase.EXECUTED
    if final != budget:
        return Phase.EXECUTED if final else Phase.APPROVED
    if report is None:
        return None
    return Phase.EXECUTED if report is ReportKind.FINAL else Phase.APPROVED


def _year(title: str, fiscal_year: int | None, day: Quote | None) -> int | None:
    """The year of a day (截止时间：2019.12.31), else that of the title, else the report's."""
    dated = re.search(r"(?<!\d)(20\d\d)(?!\d)", fold_text(day.text)) if day is not None else None
    printed = dated or re.search(r"(20\d\d)年", title)
    return int(printed[1]) if printed else fiscal_year


def _funds(title: str, default: str) -> str:
    if default:
        return default
    named = [fund for fund, pattern in _FUNDS if pattern.search(title)]
    # 财政拨款（含一般公共预算和政府性基金预算）: the appropriation, not one of its funds.
    whole = "fiscal_appropriation" in named and len(named) > 2
    return "fiscal_appropriation" if whole else (named[0] if named else "")


def _title_flow(title: str) -> Flow | None:
    """The side of the budget that a title says, ``None`` where it says neither or both."""
    revenue, expenditure = "收入" in title, "支出" in title
    if revenue == expenditure:
        return None
    return Flow.REVENUE if revenue else Flow.EXPENDITURE


def _pages(view: TableView, grid: Grid) -> tuple[int, ...]:
    """The pages that the table's printed cells stand on."""
    pages = {
        fragment.place.page
        for row in (*view.header_rows, *view.body_rows)
        for cell in grid.printed(row)
        for fragment in cell.fragments
        if fragment.place.page is not None
    }
    return tuple(sorted(pages))


def _empty(made: type[Statement], rows: tuple[Row, ...], view: TableView) -> bool:
    """Whether no value is printed; a dash is a value printed, 无 and a blank are none."""
    if made in {UnitList, UnknownTable, PerformanceTargets}:
        return view.empty
    for row in rows:
        for value in row.values:
            if value.state in {ValueState.NUMBER, ValueState.DASH}:
                return False
            held = value.amount or value.quantity
            if held is not None and held.state is ValueState.TEXT and held.doubt:
                return False
    return True


def _declared_empty(
    view: TableView, rows: tuple[Row, ...], others: Iterable[Quote], *, valued: bool
) -> Quote | None:
    """The sentence in or below the table that says it is empty; where the rows are ``valued``,
    that there is nothing to report does not say so."""
    inside = [quote for row in rows for quote in _quotes(row)]
    for quote in (*view.notes, *inside, *others):
        folded = fold_text(quote.text)
        if _SAYS_EMPTY.search(folded):
            return quote
        if not valued and (_SAYS_NONE.search(folded) or _NIL_ALONE.fullmatch(folded)):
            return quote
    return None


def unread_cells(statement: Statement, view: TableView, grid: Grid) -> list[Cell]:
    """The printed body cells that cannot be reached from a statement: none, if all is well."""
    reached = {(anchor.row, anchor.column) for anchor in anchors(statement)}
    header = set(view.header_rows)
    return [
        cell
        for row in view.body_rows
        for cell in grid.printed(row)
        if cell.text.strip()
        and (cell.row, cell.column) not in reached
        and not (
            row in header
            and cell.column < len(view.columns)
            and compact(cell.text) in view.columns[cell.column].path
        )
    ]


def anchors(statement: Statement) -> Iterator[Anchor]:
    """The anchors of all printed cells that a statement holds."""
    for name in ("rows", "others"):
        yield from _anchors_in(getattr(statement, name))
    if isinstance(statement, PerformanceTargets):
        yield from _anchors_in(statement.targets)


def _anchors_in(value: object) -> Iterator[Anchor]:
    """The anchors of all quotes and values in a record, found through its fields."""
    if isinstance(value, Anchor):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _anchors_in(each)
    else:
        made: Any = type(value)
        for name in _field_names(made):
            yield from _anchors_in(getattr(value, name))


@cache
def _field_names(made: type) -> tuple[str, ...]:
    """The names of a record's fields; none for what is no record."""
    return tuple(attribute.name for attribute in fields(made)) if has(made) else ()
