"""Rules between tables 表间勾稽: the same figure in several statements of one report."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_parser.checks.compare import compare_most, compare_sums
from disclosure_parser.checks.lines import money
from disclosure_parser.checks.model import Operand, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import MANY_LEVELS, judged, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.checks.tables import Printed, printed_figures, printed_name
from disclosure_parser.language.values import Phase
from disclosure_parser.statements import (
    ExpenditureStatement,
    Flow,
    RevenueExpenditureSummary,
    RevenueStatement,
    RowRole,
    Statement,
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


@rule("Z01", "各表同一总额一致")
def totals(subject: Subject, rule: Rule) -> Iterator[Result]:
    """表A总额 = 表B总额 for totals that two statements print of the same phase and year.

    公开01 本年收入合计 = 公开02 合计; 01 本年支出合计 = 03 合计; 04 一般公共预算 = 05 合计;
    05 基本支出 = 06 合计. Budgets alike (收支总表, 收入总表, 支出总表, 一般公共预算支出表 …).
    """
    if subject.is_government:
        yield unevaluable(rule, MANY_LEVELS, rule.title)
        return
    figures = printed_figures(subject.statements)
    for concept in _SAME:
        groups: dict[tuple[Phase | None, int | None, str], list[Printed]] = {}
        for (name, phase, year), found in figures.items():
            for printed in found:
                total = printed.row.role is RowRole.TOTAL or concept.startswith("revenue.")
                if name == concept and total:
                    fund = _fund(printed.statement, concept)
                    groups.setdefault((phase, year, fund), []).append(printed)
        for found in groups.values():
            yield from _equal(rule, found)


@rule("Z02", "收支总表的科目与支出表一致")
def classes(subject: Subject, rule: Rule) -> Iterator[Result]:
    """收支总表 支出各类 = 支出总表 类级各行 (公开01 = 公开03), class by class."""
    if subject.is_government:
        yield unevaluable(rule, MANY_LEVELS, rule.title)
        return
    summaries = [s for s in subject.statements if isinstance(s, RevenueExpenditureSummary)]
    details = [s for s in subject.statements if type(s) is ExpenditureStatement]
    for summary in summaries:
        for row in summary.side(Flow.EXPENDITURE):
            code = row.code.code if row.code is not None else row.implied
            amount = summary.amount(row)
            if not code or amount is None:
                continue
            left = money(printed_name(summary, row, None), amount)
            for detail in details:
                if (detail.phase, detail.year) != (summary.phase, summary.year):
                    continue
                for other in detail.find(code):
                    printed = detail.amount(other)
                    right = (
                        money(printed_name(detail, other, None), printed)
                        if printed is not None
                        else None
                    )
                    if left is not None and right is not None:
                        formula = f"{left.name} = {right.name}"
                        comparison = compare_sums([left], [right])
                        yield judged(
                            rule, comparison, [left], [right], formula, table=summary.block
                        )


@rule("Z03", "同一科目在各表中一致")
def codes(subject: Subject, rule: Rule) -> Iterator[Result]:
    """科目(合计, 基本, 项目) of one fund is the same in every table of that fund; of one fund it is
    no more than of all funds (一般公共预算支出表 ≤ 支出总表).
    """
    if subject.is_government:
        yield unevaluable(rule, MANY_LEVELS, rule.title)
        return
    statements = [s for s in subject.statements if s.funds or type(s) is ExpenditureStatement]
    whole = [s for s in statements if type(s) is ExpenditureStatement]
    for statement in statements:
        if type(statement) is ExpenditureStatement or isinstance(statement, RevenueStatement):
            continue
        for row in statement.rows:
            if row.code is None or row.role is not RowRole.ITEM:
                continue
            for meaning in _COLUMNS:
                amount = statement.amount(row, meaning)
                part = (
                    money(printed_name(statement, row, None), amount)
                    if amount is not None
                    else None
                )
                if part is None:
                    continue
                for other in whole:
                    yield from _at_most(rule, statement, part, other, row.code.code, meaning)


# -- parts -------------------------------------------------------------------------------------


def _equal(rule: Rule, found: list[Printed]) -> Iterator[Result]:
    """Compare the first statement's figure with those of the other statements."""
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


def _at_most(
    rule: Rule, statement: Statement, part: Operand, whole: Statement, code: str, meaning: str
) -> Iterator[Result]:
    if (whole.phase, whole.year) != (statement.phase, statement.year):
        return
    for row in whole.find(code):
        amount = whole.amount(row, meaning)
        total = money(printed_name(whole, row, None), amount) if amount is not None else None
        if total is None:
            continue
        formula = f"{part.name} ≤ {total.name}"
        yield judged(
            rule, compare_most(part, total), [part], [total], formula, table=statement.block
        )


def _fund(statement: Statement, concept: str) -> str:
    """The fund that limits a total, where its concept does not say it."""
    fund = statement.funds
    return "" if fund and fund in concept else fund
