"""Rules within one table 表内勾稽: economic classes, and balances carried over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrs import evolve

from disclosure_parser.catalogue.concepts import concept_name, find_concept
from disclosure_parser.checks.compare import compare_percent, compare_sums
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Operand, Outcome, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import judged, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.checks.tables import Sheet, cell, row_name
from disclosure_parser.document import fold_text
from disclosure_parser.statements import (
    AssetHoldings,
    BasicExpenditure,
    FiscalAppropriationSummary,
    Row,
    RowRole,
    StatementColumn,
)

#: This year and last year.
_BOTH = 2
_SINCE = 2018
#: Classes 类 of the economic classification by what they pay for.
_ECONOMIC = {
    "expenditure.personnel": ("301", "303"),
    "expenditure.public": ("302", "307", "309", "310", "311", "312", "399"),
}
_FUNDS = ("general_budget", "government_fund", "state_capital")


@rule(
    "T09",
    "人员经费与公用经费按经济分类划分",
    "Personnel and public costs follow the economic classes",
    level=Level.WARNING,
)
def economic_classes(subject: Subject, rule: Rule) -> Iterator[Result]:
    """人员经费 = 301 + 303, 公用经费 = 302 + 310 (+ 307, 309 … 399), class by class.

    Source: 支出经济分类科目 since 2018; 一般公共预算基本支出表, 公开06表. Some places count
    single items otherwise (30239 as 人员经费), so that a difference is a warning.
    """
    for sheet in subject.sheets:
        statement = sheet.statement
        if not isinstance(statement, BasicExpenditure) or (statement.year or 0) < _SINCE:
            continue
        for concept, classes in _ECONOMIC.items():
            yield from _economic_column(rule, sheet, concept, classes)
            yield from _economic_total(rule, sheet, concept, classes)


@rule("T10", "年末结转等于年初结转加收入减支出", "Closing balance is opening plus in less out")
def fund_carried(subject: Subject, rule: Rule) -> Iterator[Result]:
    """年末结转和结余 = 年初结转和结余 + 本年收入 − 本年支出, row by row and fund by fund.

    Source: 公开08, 公开09 (by columns); 公开04, each fund (年初, 收入, 支出 and 年末 of
    一般公共预算, 政府性基金, 国有资本经营). Final accounts of every template.
    """
    for sheet in subject.sheets:
        yield from _carried_by_columns(rule, sheet)
        if isinstance(sheet.statement, FiscalAppropriationSummary):
            yield from _carried_by_rows(rule, sheet)


@rule(
    "T11",
    "资产总额等于各类资产之和",
    "Total assets are the sum of their kinds",
    level=Level.WARNING,
)
def assets(subject: Subject, rule: Rule) -> Iterator[Result]:
    """资产总额 = 房屋 + 车辆 + 大型设备 + 其他固定资产 (value, not pieces); 其中 is not added.

    Source: 固定资产占用情况表 (河北). Some places leave out what is no fixed asset, so that a
    difference is a warning.
    """
    for sheet in subject.sheets:
        if not isinstance(sheet.statement, AssetHoldings):
            continue
        rows = [r for r in sheet.statement.rows if r.role is RowRole.ITEM and r.parent is None]
        total = next((row for row in rows if row.concept == "assets.total"), None)
        others = [row for row in rows if row is not total]
        for column in sheet.columns.get(total.lane, ()) if total is not None else ():
            whole = cell(total, column) if total is not None else None
            parts = [operand for row in others if (operand := cell(row, column)) is not None]
            if whole is None or len(parts) < 2:
                continue
            formula = f"{whole.name} = Σ {len(parts)}行"
            comparison = compare_sums([whole], parts)
            yield judged(rule, comparison, [whole], parts, formula, table=sheet.block)


@rule("T12", "增减列等于两年之差", "The columns of change follow from the two years")
def change_columns(subject: Subject, rule: Rule) -> Iterator[Result]:
    """增减额 = 本年数 − 上年数; 增减% = 增减额 ÷ 上年数 × 100, row by row.

    Source: 一般公共预算支出表 and “三公”经费 with a column for last year (国家格式). Every template
    that prints both years.
    """
    for sheet in subject.sheets:
        changes = [c for c in sheet.statement.columns if c.meaning == "change"]
        totals = sheet.statement.columns_of("total")
        for change in changes:
            years = {c.year or sheet.statement.year: c for c in totals if c.lane == change.lane}
            if len(years) != _BOTH or None in years:
                continue
            prior, current = (years[year] for year in sorted(years, key=lambda y: y or 0))
            for row in sheet.lanes.get(change.lane, ()):
                yield from _changed(rule, sheet, row, (change, prior, current))


# -- helpers -----------------------------------------------------------------------------------


def _changed(
    rule: Rule, sheet: Sheet, row: Row, columns: tuple[StatementColumn, ...]
) -> Iterator[Result]:
    """Compare a change, as an amount or in percent, with the figures of the two years."""
    header, prior_column, current_column = columns
    prior, current = cell(row, prior_column), cell(row, current_column)
    value = row.value(header.index)
    held = (value.amount or value.quantity) if value is not None else None
    if held is None or prior is None or current is None:
        return
    name = f"{row_name(row)}: {header.path[-1] if header.path else '增减'}"
    if not any(sign in "".join(header.path) for sign in ("%", "％", "率", "幅度")):
        left = cell(row, header)
        if left is not None:
            comparison = compare_sums([left], [current, prior], [1, -1])
            formula = f"{name} = 本年数 − 上年数"
            yield judged(rule, comparison, [left], [current, prior], formula, table=sheet.block)
    elif held.number is not None:
        percent = Operand(
            name=name,
            text=held.text,
            value=held.number,
            step=Decimal(1).scaleb(-(held.decimals or 0)),
            anchor=held.anchor,
            doubt=held.doubt,
        )
        delta = evolve(
            current,
            name="增减额",
            value=current.value - prior.value,
            step=current.step + prior.step,
        )
        compared = compare_percent(percent, delta, prior)
        if compared is not None:
            right, formula = [delta, prior], f"{name} = 增减额 ÷ 上年数"
            yield judged(rule, compared, [percent], right, formula, unit="%", table=sheet.block)


def _economic_column(
    rule: Rule, sheet: Sheet, concept: str, classes: Sequence[str]
) -> Iterator[Result]:
    """Where the table has a column for the kind of cost: classes of it stand there in full."""
    if not sheet.statement.columns_of(concept):
        return
    for code in classes:
        for row in sheet.by_code.get(code, ()):
            total, part = sheet.amount(row), sheet.amount(row, concept)
            if total is None or (part is None and not total.value):
                continue
            formula = f"{code}: {row_name(row)} = {concept_name(concept)}"
            if part is None:
                part = evolve(total, name=concept_name(concept), text="", value=Decimal(0))
            comparison = compare_sums([total], [part])
            yield judged(rule, comparison, [total], [part], formula, table=sheet.block)


def _economic_total(
    rule: Rule, sheet: Sheet, concept: str, classes: Sequence[str]
) -> Iterator[Result]:
    """Where the table has a total row for the kind of cost: it is the sum of the classes."""
    parts = [
        operand
        for code in classes
        for row in sheet.by_code.get(code, ())
        if (operand := sheet.amount(row)) is not None
    ]
    for row in sheet.statement.rows:
        if row.concept != concept or row.role is RowRole.ITEM or not parts:
            continue
        total = sheet.amount(row)
        if total is not None:
            formula = f"{row_name(row)} = " + " + ".join(operand.name for operand in parts)
            comparison = compare_sums([total], parts)
            yield judged(rule, comparison, [total], parts, formula, table=sheet.block)


def _carried_by_columns(rule: Rule, sheet: Sheet) -> Iterator[Result]:
    """The columns 年初, 本年收入, 本年支出 and 年末 of one row."""
    statement = sheet.statement
    if not (statement.columns_of("opening") and statement.columns_of("closing")):
        return
    for row in statement.rows:
        found = [sheet.amount(row, meaning) for meaning in ("opening", "closing")]
        flows = [
            next((o for m in names if (o := sheet.amount(row, m)) is not None), None)
            for names in (("revenue.current", "revenue.total"), ("expenditure.current", "total"))
        ]
        yield from _carried(rule, sheet, row_name(row), (found[0], *flows, found[1]))


def _carried_by_rows(rule: Rule, sheet: Sheet) -> Iterator[Result]:
    """The rows of one fund in 公开04: 年初 and 收入 on the left, 支出 and 年末 on the right."""
    statement = sheet.statement
    for fund in _FUNDS:
        meaning = f"expenditure.{fund}"
        if not statement.columns_of(meaning):
            continue
        spent = closing = None
        for row in statement.rows:
            if row.concept == "expenditure.current":
                spent = spent or sheet.amount(row, meaning)
            if row.concept == "expenditure.carry_forward":
                closing = closing or sheet.amount(row, meaning)
        received = _first(sheet, f"revenue.{fund}")
        opening = _opening(sheet, fund)
        yield from _carried(rule, sheet, fund, (opening, received, spent, closing))


def _opening(sheet: Sheet, fund: str) -> Operand | None:
    """The opening balance of a fund: the row of its name under 年初财政拨款结转和结余."""
    rows = sheet.statement.rows
    for index, row in enumerate(rows):
        if row.concept != "revenue.carryover":
            continue
        for child in sheet.children.get(index, ()):
            if (
                child.name is not None
                and find_concept(fold_text(child.name.text), flow="revenue") == f"revenue.{fund}"
            ):
                return sheet.amount(child)
    return None


def _first(sheet: Sheet, concept: str) -> Operand | None:
    rows = (r for r in sheet.statement.rows if r.concept == concept and r.parent is None)
    found = (sheet.amount(row) for row in rows)
    return next((operand for operand in found if operand is not None), None)


def _carried(
    rule: Rule, sheet: Sheet, name: str, balance: Sequence[Operand | None]
) -> Iterator[Result]:
    """Compare opening + received − spent with closing; a blank one counts as none if one closes.

    Blank is not zero: only where the printed figures alone do not close is it said which are
    missing.
    """
    opening, received, spent, closing = balance
    printed = [operand for operand in balance if operand is not None and operand.value]
    if len(printed) < 2:
        return
    formula = f"{name}: 年初 + 收入 − 支出 = 年末"
    left = [operand for operand in (closing,) if operand is not None]
    right = [(o, sign) for o, sign in ((opening, 1), (received, 1), (spent, -1)) if o is not None]
    nothing = Operand(name="年末", text="", value=Decimal(0), step=Decimal(0))
    comparison = compare_sums(left or [nothing], [o for o, _ in right], [s for _, s in right])
    if comparison.outcome is Outcome.MISMATCH and any(operand is None for operand in balance):
        names = ("年初结转和结余", "收入", "支出", "年末结转和结余")
        what = "、".join(n for n, o in zip(names, balance, strict=True) if o is None)
        reason = say("operand_missing", what=what)
        yield unevaluable(rule, reason, formula, table=sheet.block)
        return
    yield judged(
        rule, comparison, left or [nothing], [o for o, _ in right], formula, table=sheet.block
    )
