"""Rules between tables 表间勾稽: the same figure in several statements of one report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_parser.checks.compare import compare_most, compare_sums
from disclosure_parser.checks.lines import money
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Message, Operand, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import judged, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.checks.tables import Printed, Sheet, printed_name
from disclosure_parser.language.values import Phase
from disclosure_parser.statements import (
    BasicExpenditure,
    ExpenditureStatement,
    FiscalAppropriationExpenditure,
    FiscalAppropriationSummary,
    Flow,
    GeneralBudgetExpenditure,
    GovernmentFundStatement,
    OperatingFundsStatement,
    ProjectExpenditure,
    RevenueExpenditureSummary,
    RevenueStatement,
    Row,
    RowRole,
    StateCapitalStatement,
    Statement,
    TwoSided,
)

#: Totals that mean one thing wherever they are printed.
_SAME = (
    "revenue.current",
    "expenditure.current",
    "revenue.fiscal_appropriation",
    "revenue.business",
    "revenue.operation",
    "revenue.superior_subsidy",
    "revenue.affiliated",
    "revenue.other",
    "expenditure.basic",
    "expenditure.project",
    "expenditure.basic_general_budget",
    "expenditure.basic_fiscal_appropriation",
    "expenditure.general_budget",
    "expenditure.government_fund",
    "expenditure.state_capital",
    "operating_funds.total",
)
_COLUMNS = ("total", "expenditure.basic", "expenditure.project")
_SIDES: dict[type[Statement], str] = {
    RevenueStatement: "revenue",
    ExpenditureStatement: "expenditure",
}
_FUND_TABLES: tuple[tuple[type[Statement], str], ...] = (
    (GeneralBudgetExpenditure, "general_budget"),
    (GovernmentFundStatement, "government_fund"),
    (StateCapitalStatement, "state_capital"),
)


@rule("Z01", "各表同一总额一致", "A total is the same in every table")
def totals(subject: Subject, rule: Rule) -> Iterator[Result]:
    """表A总额 = 表B总额 for totals that two statements print of the same phase and year.

    公开01 本年收入合计 = 公开02 合计; 01 本年支出合计 = 03 合计; 04 一般公共预算 = 05 合计;
    05 基本支出 = 06 合计. Budgets alike (B1–B8): 收支总表, 收入总表, 支出总表, 财政拨款收支总表,
    一般公共预算支出表; and the four tables of the central form. Source: 部门预决算报表表间关系.
    """
    if subject.is_government or subject.is_several:
        yield unevaluable(rule, _levels(subject))
        return
    for concept in _SAME:
        groups: dict[tuple[Phase | None, int | None, str], list[Printed]] = {}
        for (phase, year), found in subject.figures.of_concept(concept).items():
            for printed in found:
                if _of_a_part(printed.statement, concept):
                    continue
                if printed.row.role is RowRole.TOTAL or concept.startswith("revenue."):
                    fund = _fund(printed.statement, concept)
                    groups.setdefault((phase, year, fund), []).append(printed)
        carrying = {s.block for s in subject.sheets if _spends_carried(s)}
        for found in groups.values():
            yield from _equal(rule, [p for p in found if p.statement.block not in carrying])
    yield from _wholes(subject, rule)


@rule("Z02", "收支总表的科目与支出表一致", "Classes are the same in summary and detail")
def classes(subject: Subject, rule: Rule) -> Iterator[Result]:
    """收支总表 支出各类 = 支出总表 类级各行 (公开01 = 公开03; 公开04 各基金 = 05, 08, 09), class
    by class.

    Source: 部门预决算报表表间关系 (B2, F2). Every template whose summary lists 类 and whose
    detail has codes.
    """
    if subject.is_government or subject.is_several:
        yield unevaluable(rule, _levels(subject))
        return
    for sheet in subject.sheets:
        statement = sheet.statement
        if isinstance(statement, RevenueExpenditureSummary):
            details = [s for s in subject.sheets if type(s.statement) is ExpenditureStatement]
            yield from _classes(rule, sheet, "total", details)
        elif isinstance(statement, FiscalAppropriationSummary):
            for kind, fund in _FUND_TABLES:
                details = [s for s in subject.sheets if isinstance(s.statement, kind)]
                yield from _classes(rule, sheet, f"expenditure.{fund}", details, _carries(sheet))


@rule("Z03", "部分资金的科目不大于全部资金", "A code of one fund does not exceed that of all funds")
def codes(subject: Subject, rule: Rule) -> Iterator[Result]:
    """科目 (合计, 基本, 项目) of one fund ≤ the same 科目 of all funds (公开05 ≤ 公开03).

    Source: 一般公共预算支出表 and 财政拨款支出表 are parts of 支出总表. Every template.
    """
    if subject.is_government or subject.is_several:
        yield unevaluable(rule, _levels(subject))
        return
    wholes = [s for s in subject.sheets if type(s.statement) is ExpenditureStatement]
    kinds = (GeneralBudgetExpenditure, GovernmentFundStatement, StateCapitalStatement)
    for sheet in subject.sheets:
        if not isinstance(sheet.statement, (*kinds, FiscalAppropriationExpenditure)):
            continue
        for row in sheet.statement.rows:
            if row.code is None or row.role is not RowRole.ITEM:
                continue
            for meaning in _COLUMNS:
                part = sheet.amount(row, meaning)
                for whole in wholes if part is not None else ():
                    if part is not None:
                        yield from _at_most(rule, sheet, part, whole, row.code.code, meaning)


@rule("Z04", "财政拨款收支总表与各基金表一致", "Each fund of the summary equals its own table")
def funds(subject: Subject, rule: Rule) -> Iterator[Result]:
    """公开04 基金收入 = 公开08 本年收入; 04 国资收入 = 09 本年收入; 年初, 年末结转 alike (F10).

    Source: 部门决算报表表间关系. Final accounts of every template; a fund of which one of the two
    tables prints nothing is not compared: blank is not zero.
    """
    if subject.is_government or subject.is_several:
        yield unevaluable(rule, _levels(subject))
        return
    summaries = [s for s in subject.sheets if isinstance(s.statement, FiscalAppropriationSummary)]
    for kind, fund in _FUND_TABLES[1:]:
        for detail in (s for s in subject.sheets if isinstance(s.statement, kind)):
            total = next((r for r in detail.statement.rows if r.role is RowRole.TOTAL), None)
            right = detail.amount(total, "revenue.current") if total is not None else None
            for summary in summaries:
                left = _source(summary, fund)
                if left is None or right is None or not _comparable(summary, detail):
                    continue
                formula = f"{left.name} = {right.name}"
                comparison = compare_sums([left], [right])
                yield judged(rule, comparison, [left], [right], formula, table=summary.block)


@rule(
    "Z05",
    "财政拨款在收支总表与财政拨款总表中一致",
    "The appropriation is the same in both summaries",
    level=Level.WARNING,
)
def appropriation(subject: Subject, rule: Rule) -> Iterator[Result]:
    """收支总表 一般公共预算、政府性基金、国有资本经营收入 = 财政拨款收支总表 同项 (公开01 =
    公开04).

    Source: 部门预决算报表表间关系. Every template with both summaries; some count 上年结转 into
    one of them, so that a difference is a warning.
    """
    if subject.is_government or subject.is_several:
        yield unevaluable(rule, _levels(subject))
        return
    parts = [s for s in subject.sheets if isinstance(s.statement, FiscalAppropriationSummary)]
    wholes = [s for s in subject.sheets if isinstance(s.statement, RevenueExpenditureSummary)]
    for whole in wholes:
        for part in parts:
            if not _comparable(whole, part):
                continue
            for _, fund in _FUND_TABLES:
                left, right = _source(whole, fund), _source(part, fund)
                if left is not None and right is not None:
                    formula = f"{left.name} = {right.name}"
                    comparison = compare_sums([left], [right])
                    yield judged(rule, comparison, [left], [right], formula, table=whole.block)


# -- parts -------------------------------------------------------------------------------------


def _levels(subject: Subject) -> Message:
    """Why tables are not compared with each other."""
    return say("many_levels" if subject.is_government else "several_entities")


def _equal(rule: Rule, found: list[Printed]) -> Iterator[Result]:
    """Compare the first statement's figure with those of the other statements."""
    if not found:
        return
    first = found[0]
    seen = {first.statement.block}
    for other in found[1:]:
        if other.statement.block in seen:
            continue
        seen.add(other.statement.block)
        formula = f"{first.operand.name} = {other.operand.name}"
        yield judged(
            rule,
            compare_sums([first.operand], [other.operand]),
            [first.operand],
            [other.operand],
            formula,
            table=first.statement.block,
        )


def _wholes(subject: Subject, rule: Rule) -> Iterator[Result]:
    """收入总表, 支出总表 合计 = that of the summary: the year's own, or with carry-over."""
    for sheet in subject.sheets:
        statement = sheet.statement
        side = _SIDES.get(type(statement))
        total = next((r for r in statement.rows if r.concept == f"{side}.total"), None)
        left = sheet.amount(total) if total is not None and side is not None else None
        if left is None:
            continue
        found = [
            printed
            for concept in (f"{side}.current", f"{side}.total", "balance.total")
            for printed in subject.figures.get(concept, statement.phase, statement.year)
            if isinstance(printed.statement, RevenueExpenditureSummary)
        ]
        if found:
            pairs = [
                (printed.operand, compare_sums([left], [printed.operand])) for printed in found
            ]
            right, comparison = min(pairs, key=lambda pair: abs(pair[1].difference))
            formula = f"{left.name} = {right.name}"
            yield judged(rule, comparison, [left], [right], formula, table=sheet.block)


def _classes(
    rule: Rule, summary: Sheet, meaning: str, details: Sequence[Sheet], carries: bool = False
) -> Iterator[Result]:
    """Compare the classes of a summary with the rows of their code.

    ``carries`` says that the summary of a budget spends what was carried over, which the table
    of the year's appropriation leaves out.
    """
    statement = summary.statement
    rows = statement.side(Flow.EXPENDITURE) if isinstance(statement, TwoSided) else ()
    for row in rows:
        code = row.code.code if row.code is not None else row.implied
        left = summary.amount(row, meaning) if code else None
        for detail in details if left is not None else ():
            if left is None or not _comparable(summary, detail):
                continue
            for other in detail.by_code.get(code, ()):
                right = _spent(detail, other)
                if right is not None:
                    formula = f"{left.name} = {right.name}"
                    comparison = compare_sums([left], [right])
                    if carries and comparison.difference > 0:
                        reason = say("may_be_incomplete")
                        yield unevaluable(rule, reason, formula, table=summary.block)
                        continue
                    yield judged(rule, comparison, [left], [right], formula, table=summary.block)


def _spends_carried(sheet: Sheet) -> bool:
    """Whether a fund's total in a budget's summary includes what was carried over."""
    return isinstance(sheet.statement, FiscalAppropriationSummary) and _carries(sheet)


def _carries(sheet: Sheet) -> bool:
    """Whether a budget's summary prints money carried over from the year before."""
    found = (
        sheet.amount(row) for row in sheet.statement.rows if row.concept == "revenue.carryover"
    )
    budget = sheet.statement.phase is not Phase.EXECUTED
    return budget and any(operand is not None and operand.value for operand in found)


def _spent(sheet: Sheet, row: Row) -> Operand | None:
    """The expenditure of a row: its total, or 本年支出 beside 年初 and 年末."""
    return sheet.amount(row) or sheet.amount(row, "expenditure.current")


def _source(sheet: Sheet, fund: str) -> Operand | None:
    """The revenue of a fund that a summary prints."""
    for row in sheet.statement.rows:
        if row.concept == f"revenue.{fund}" and row.role is RowRole.ITEM and row.parent is None:
            amount = sheet.statement.amount(row)
            name = printed_name(sheet.statement, row, "")
            return money(name, amount) if amount is not None else None
    return None


def _comparable(one: Sheet, other: Sheet) -> bool:
    """Whether two tables are of the same year and phase."""
    first, second = one.statement, other.statement
    return (first.phase, first.year) == (second.phase, second.year)


def _at_most(
    rule: Rule, sheet: Sheet, part: Operand, whole: Sheet, code: str, meaning: str
) -> Iterator[Result]:
    rows = whole.by_code.get(code, ()) if _comparable(whole, sheet) else ()
    # A code of several rows (one for each unit) is in none of them as a whole.
    total = whole.amount(rows[0], meaning) if len(rows) == 1 else None
    if total is not None:
        formula = f"{part.name} ≤ {total.name}"
        yield judged(rule, compare_most(part, total), [part], [total], formula, table=sheet.block)


def _of_a_part(statement: Statement, concept: str) -> bool:
    """Whether a table is of one part of expenditure only: its column of a fund (基本支出表 ›
    一般公共预算) is not all that the fund spends."""
    part = isinstance(statement, BasicExpenditure | ProjectExpenditure | OperatingFundsStatement)
    return part and concept in {f"expenditure.{fund}" for _, fund in _FUND_TABLES}


def _fund(statement: Statement, concept: str) -> str:
    """The fund that limits a total, where its concept does not say it."""
    fund = statement.funds
    return "" if fund and fund in concept else fund
