"""Rules within the narrative 文字内部勾稽: changes against their figures, items against totals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from attrs import evolve

from disclosure_parser.checks.compare import compare_sums
from disclosure_parser.checks.lines import Node, is_level, money, signed
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Operand, Outcome, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import doubts, judged, lowest, remark, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.language.items import PhasedAmount
from disclosure_parser.language.values import Change, Phase

#: The fund totals that 项 of the same section add up to.
_FUNDS = (
    "expenditure.general_budget",
    "expenditure.fiscal_appropriation",
    "expenditure.government_fund",
    "expenditure.state_capital",
)


@rule("N15", "上年数等于本年数减增减额", "The prior figure is this year's less the change")
def prior(subject: Subject, rule: Rule) -> Iterator[Result]:
    """上年数 = 本年数 − 增减额, where a sentence prints all three (较上年2.08万元减少0.5万元).

    Source: the meaning of 增减额. Every template. Where several figures of an earlier year are
    printed, one that fits is enough.
    """
    for node in subject.nodes:
        for change in node.line.changes:
            if change.base is None or not change.base.value.startswith("prior"):
                continue
            phased = node.amount(Phase.EXECUTED) or node.amount()
            delta = signed(f"{node.name}增减额", change)
            priors = [p for p in node.line.amounts if _is_prior(node, p, change)]
            current = money(node.name, phased.amount) if phased is not None else None
            if current is None or delta is None or phased in priors or not priors:
                continue
            formula = f"{node.name}上年数 = 本年数 − 增减额"
            results = []
            for each in priors:
                left = money(f"{node.name}上年数", each.amount)
                if left is None:
                    continue
                right = [current, delta]
                comparison = compare_sums([left], right, [1, -1])
                results.append(
                    judged(rule, comparison, [left], right, formula, section=node.section)
                )
            if results:
                fitting = [r for r in results if r.outcome is not Outcome.MISMATCH]
                yield (fitting or results)[0]


@rule("N16", "持平与增减额不矛盾", "What is said to be level prints no change", level=Level.WARNING)
def level(subject: Subject, rule: Rule) -> Iterator[Result]:
    """持平 ⇒ 增减额 = 0; 增加/减少 ⇒ 增减额 > 0: the word carries the sign, the figure none.

    Source: the meaning of 持平. Every template.
    """
    for node in subject.nodes:
        for change in node.line.changes:
            amount = money(f"{node.name}增减额", change.amount) if change.amount else None
            if amount is None or change.direction is None:
                continue
            if is_level(change):
                wrong, message = amount.value != 0, say("level_but_changed")
            else:
                wrong, message = amount.value < 0, say("negative_change")
            doubtful = doubts([evolve(amount, doubt=amount.doubt or change.doubt)])
            grade, reason = lowest((rule.level, None), doubtful)
            result = remark(
                rule,
                wrong=wrong,
                formula=f"{node.name}: {subject.report.text_of(change.anchor)[:60]}",
                anchor=change.anchor,
                message=message,
                reason=reason,
                level=grade,
                section=node.section,
            )
            yield evolve(result, left=(amount,), unit="元")


@rule("N17", "各项之和等于该预算支出总额", "The items 项 add up to the expenditure of their fund")
def items(subject: Subject, rule: Rule) -> Iterator[Result]:
    """一般公共预算财政拨款支出 = Σ 项 (…（类）…（款）…（项）), of one section and phase.

    Source: 情况说明 五（三）具体情况. A section may name only the main items: a smaller sum is
    compared only where the section prints as many items as the table of the fund has rows of 项.
    """
    if subject.is_government:
        yield unevaluable(rule, say("many_levels"))
        return
    found: dict[str, list[Node]] = {}
    for node in subject.by_concept.get("expenditure.function_item", ()):
        found.setdefault(node.section, []).append(node)
    rows = {
        sum(row.code is not None and row.code.level == "项" for row in sheet.statement.rows)
        for sheet in subject.sheets
    }
    for section, nodes in found.items():
        totals = [n for c in _FUNDS for n in subject.by_concept.get(c, ()) if n.section == section]
        for phase in (Phase.APPROVED, Phase.EXECUTED):
            phases = (phase, None) if phase is subject.own_phase else (phase,)
            parts = [_of(node, *phases) for node in nodes]
            terms = [part for part in parts if part is not None]
            wholes = [o for node in totals if (o := _of(node, *phases)) is not None and o.value]
            if not wholes or len(terms) < 2:
                continue
            comparisons = [(whole, compare_sums([whole], terms)) for whole in wholes]
            whole, comparison = min(comparisons, key=lambda pair: abs(pair[1].difference))
            formula = f"{whole.name} = Σ {len(terms)}项"
            complete = phase is subject.own_phase and len(terms) == len(nodes) in rows
            if (
                comparison.outcome is Outcome.MISMATCH
                and comparison.difference > 0
                and not complete
            ):
                reason = say("may_be_incomplete")
                yield unevaluable(rule, reason, formula, left=[whole], section=section)
                continue
            unsure = None if complete else (Level.WARNING, say("parts_unsure"))
            yield judged(rule, comparison, [whole], terms, formula, section=section, lowered=unsure)


@rule(
    "N18",
    "总额的增减额等于各项增减额之和",
    "The change of a whole is the sum of its parts' changes",
)
def changes(subject: Subject, rule: Rule) -> Iterator[Result]:
    """Δ总额 = Σ Δ各项, with signs, on one kind of base, 持平 being zero.

    Source: follows from the sum in both years. Compared only where the changes close, or where the
    amounts of the same parts add up to the whole; else 其中 may have left something out. “三公” is
    N08. Every template.
    """
    for node in subject.nodes:
        change = node.line.change
        if change is None or not node.parts or node.line.concept.startswith("three_public."):
            continue
        whole = signed(f"{node.name}增减额", change)
        deltas = [_delta(part, change) for part in node.parts if part.line.changes]
        operands = [delta for delta in deltas if delta is not None]
        if whole is None or len(operands) < 2:
            continue
        formula = f"{whole.name} = " + " + ".join(operand.name for operand in operands)
        comparison = compare_sums([whole], operands)
        if comparison.outcome is Outcome.MISMATCH and not _adds_up(node, len(operands)):
            reason = say("may_be_incomplete")
            yield unevaluable(rule, reason, formula, left=[whole], section=node.section)
            continue
        yield judged(rule, comparison, [whole], operands, formula, section=node.section)


# -- figures ---------------------------------------------------------------------------------


def _is_prior(node: Node, phased: PhasedAmount, change: Change) -> bool:
    """Whether an amount of a line is the figure that a change is measured against."""
    if phased.base is not None:
        return phased.base is change.base
    year = node.line.year
    return phased.year is not None and year is not None and phased.year == year - 1


def _of(node: Node, *phases: Phase | None) -> Operand | None:
    for phase in phases:
        phased = node.amount(phase)
        if phased is not None and phased.base is None:
            return money(node.name, phased.amount)
    return None


def _delta(part: Node, change: Change) -> Operand | None:
    own = part.line.change
    if own is None or own.base is not change.base:
        return None
    return signed(f"{part.name}增减额", own)


def _adds_up(node: Node, count: int) -> bool:
    """Whether the amounts of a line's parts, all of which print a change, add up to its own."""
    whole = _of(node, Phase.APPROVED, Phase.EXECUTED, None)
    terms = [_of(part, Phase.APPROVED, Phase.EXECUTED, None) for part in node.parts]
    operands = [term for term in terms if term is not None]
    if whole is None or len(operands) != len(node.parts) or count != len(operands):
        return False
    if not sum((abs(operand.value) for operand in operands), Decimal(0)):
        return False
    return compare_sums([whole], operands).outcome is not Outcome.MISMATCH
