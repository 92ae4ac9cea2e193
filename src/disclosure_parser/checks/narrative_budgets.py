"""Rules within the narrative 文字内部预决算: final accounts against the same year's budget."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from attrs import evolve

from disclosure_parser.checks.compare import compare_percent, compare_sums
from disclosure_parser.checks.lines import OWN_BUDGETS, Node, money, other_scope, percentage, signed
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Operand, Outcome, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import (
    doubts,
    judged,
    likeliest,
    lowest,
    missing,
    unevaluable,
)
from disclosure_parser.checks.subject import Subject
from disclosure_parser.language.values import BaseKind, Direction, Phase

_WORDS = {Direction.INCREASE: 1, Direction.DECREASE: -1, Direction.NONE: 0}
#: Bases that say which budget they are.
_PLAIN = (BaseKind.OPENING_BUDGET, BaseKind.ADJUSTED_BUDGET)


@rule("N13", "完成率等于决算数除以预算数", "A completion rate is final over budget")
def completion(subject: Subject, rule: Rule) -> Iterator[Result]:
    """完成率 = 决算数 ÷ 预算数 × 100%, the budget being the one named (年初预算, 全年预算).

    Source: 部门决算公开 (情况说明 五、七). A completion rate of a budget of zero is no ratio:
    that is a finding of its own. Final accounts of every template.
    """
    for node in subject.nodes:
        for rate in node.line.completions:
            budget = next(iter(node.budgets(rate.base or BaseKind.BUDGET)), None)
            executed = node.executed(subject.own_phase)
            percent = percentage(f"{node.name}完成率", rate.value)
            name = budget.label.text if budget is not None else "预算数"
            formula = f"{node.name}完成率 = 决算数 ÷ {name}"
            done = money(f"{node.name}决算数", executed.amount) if executed is not None else None
            planned = money(f"{node.name}预算数", budget.amount) if budget is not None else None
            if percent is None or done is None or planned is None:
                reason = missing({"完成率": percent, "决算数": done, "预算数": planned})
                yield unevaluable(rule, reason, formula, section=node.section)
                continue
            comparison = compare_percent(percent, done, planned)
            other = node.amount(Phase.APPROVED)
            if rate.base not in _PLAIN and other is not None and other is not budget:
                # 预算 may mean either of the two that are printed.
                opening = money(f"{node.name}预算数", other.amount)
                again = compare_percent(percent, done, opening) if opening is not None else None
                if opening is not None and again and again.outcome is not Outcome.MISMATCH:
                    planned, comparison = opening, again
            if comparison is None:
                yield _rate_of_zero(rule, node, percent, done, planned, formula)
                continue
            yield judged(
                rule,
                comparison,
                [percent],
                [done, planned],
                formula,
                unit="%",
                section=node.section,
            )


@rule("N14", "大于小于与数额一致", "Greater or smaller agrees with the figures")
def direction(subject: Subject, rule: Rule) -> Iterator[Result]:
    """决算数大于预算数 ⇒ 决算数 > 预算数 (小于, 等于, 持平 alike): the word agrees with the
    figures.

    Source: 部门决算公开 (决算数大于预算数的主要原因). For changes against a budget of the same
    year whose two figures are printed.
    """
    for node in subject.nodes:
        for change in node.line.changes:
            if change.base not in OWN_BUDGETS or change.direction is None:
                continue
            executed = node.executed(subject.own_phase)
            left = money(f"{node.name}决算数", executed.amount) if executed is not None else None
            budgets = [
                operand
                for phased in node.budgets(change.base)
                if (operand := money(f"{node.name}预算数", phased.amount)) is not None
            ]
            if left is None or not budgets:
                continue
            word = _WORDS[change.direction]
            # 预算数 may mean either of the two that are printed.
            right = next((b for b in budgets if _sign(left, b) == word), budgets[0])
            agrees = _sign(left, right) == word
            text = subject.report.text_of(change.anchor)
            doubtful = doubts([evolve(left, doubt=left.doubt or change.doubt), right])
            yield Result(
                rule=rule.id,
                outcome=Outcome.OK if agrees else Outcome.MISMATCH,
                level=Level.NOTE if doubtful else rule.level,
                formula=f"{node.name}: “{text}”",
                left=(left,),
                right=(right,),
                difference=left.value - right.value,
                tolerance=Decimal(0),
                unit="元",
                reason=doubtful[1] if doubtful and not agrees else None,
                section=node.section,
            )


@rule("N23", "增减额等于决算数减预算数", "A change against the budget is final less budget")
def against_budget(subject: Subject, rule: Rule) -> Iterator[Result]:
    """增减额 = 决算数 − 预算数, that of the same year (比年初预算240万元增加4万元).

    Source: 部门决算公开 (情况说明 五、七). Of 预算数 either budget that is printed may be meant:
    one that fits is enough. Final accounts of every template.
    """
    for node in subject.nodes:
        for change in node.line.changes:
            executed = node.executed(subject.own_phase)
            delta = signed(f"{node.name}增减额", change)
            done = money(f"{node.name}决算数", executed.amount) if executed is not None else None
            if change.base not in OWN_BUDGETS or change.amount is None:
                continue
            if delta is None or done is None or other_scope(subject.report, change):
                continue
            formula = f"{node.name}增减额 = 决算数 − 预算数"
            results = []
            for phased in node.budgets(change.base):
                planned = money(f"{node.name}预算数", phased.amount)
                if planned is None:
                    continue
                right = [done, planned]
                comparison = compare_sums([delta], right, [1, -1])
                results.append(
                    judged(rule, comparison, [delta], right, formula, section=node.section)
                )
            yield from likeliest(results)


# -- figures ---------------------------------------------------------------------------------


def _sign(left: Operand, right: Operand) -> int:
    return (left.value > right.value) - (left.value < right.value)


def _rate_of_zero(
    rule: Rule, node: Node, percent: Operand, done: Operand, planned: Operand, formula: str
) -> Result:
    """A completion rate of a budget of zero: wrong unless it is zero of zero."""
    harmless = percent.value == 0 and done.value == 0
    adjusted = node.amount(Phase.ADJUSTED)
    message = say("rate_of_zero")
    if adjusted is not None:
        other = money("全年预算数", adjusted.amount)
        again = compare_percent(percent, done, other) if other is not None else None
        if again is not None and again.outcome is not Outcome.MISMATCH:
            message = say("rate_of_zero_adjusted")
    doubtful = doubts([percent, done, planned])
    level, reason = lowest((rule.level, None), doubtful)
    return Result(
        rule=rule.id,
        outcome=Outcome.NOT_EVALUABLE if harmless else Outcome.MISMATCH,
        level=level,
        formula=formula,
        left=(percent,),
        right=(done, planned),
        unit="%",
        message=None if harmless else message,
        reason=say("base_zero") if harmless else reason,
        section=node.section,
    )
