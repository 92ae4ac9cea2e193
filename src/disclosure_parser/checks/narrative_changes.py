"""Rules within the narrative 文字内部勾稽: changes against their figures, items against totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrs import evolve

from disclosure_parser.checks.comparable import before
from disclosure_parser.checks.compare import compare_most, compare_percent, compare_sums
from disclosure_parser.checks.lines import (
    OWN_BUDGETS,
    Node,
    is_level,
    is_prior,
    lists_of,
    money,
    of_phase,
    other_scope,
    percentage,
    signed,
)
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Message, Operand, Outcome, Result
from disclosure_parser.checks.narrative import USES
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import (
    doubts,
    judged,
    likeliest,
    lowest,
    missing,
    remark,
    unevaluable,
)
from disclosure_parser.checks.subject import Subject
from disclosure_parser.document import Paragraph
from disclosure_parser.language.items import PhasedAmount
from disclosure_parser.language.values import Change, Direction, Phase

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)")
#: Words for which way a change goes; both together (增加（减少）) are residue, not a contradiction.
_WAYS = re.compile("增加|增长|上升|提高|减少|下降|降低")


@rule(
    "N12", "增减率等于增减额除以上年数", "A change in percent is the change over the prior figure"
)
def change_percent(subject: Subject, rule: Rule) -> Iterator[Result]:
    """增减率 = 增减额 ÷ (本年数 − 增减额) × 100%: the prior figure follows from the current one.

    Source: the meaning of 增长率. Only where amount, change and percentage are printed of one item,
    with an earlier year or the same year's budget as base. Every template.
    """
    for node in subject.nodes:
        for change in node.line.changes:
            if change.amount is None or change.percent is None or change.base is None:
                continue
            if change.base in OWN_BUDGETS:
                phased = node.executed(subject.own_phase)
            elif change.base.value.startswith("prior"):
                phased = _stated(subject, node)
            else:
                continue
            current = money(node.name, phased.amount) if phased is not None else None
            delta = signed(f"{node.name}增减额", change)
            percent = percentage(f"{node.name}增减率", change.percent)
            formula = f"{node.name}增减率 = 增减额 ÷ (本年数 − 增减额)"
            if _of_earlier_year(subject, node):
                reason = say("operand_missing", what="本年数")
                yield unevaluable(rule, reason, formula, section=node.section)
                continue
            if other_scope(subject.report, change):
                yield unevaluable(rule, say("other_scope"), formula, section=node.section)
                continue
            if current is None or delta is None or percent is None:
                reason = missing({"本年数": current, "增减额": delta, "增减率": percent})
                yield unevaluable(rule, reason, formula, section=node.section)
                continue
            prior = evolve(
                before(current, delta),
                name="上年数",
                text=f"{current.text} {'−' if delta.value >= 0 else '+'} {delta.text}",
                doubt=current.doubt or delta.doubt or change.doubt,
            )
            comparison = compare_percent(percent, delta, prior)
            if comparison is None:
                yield unevaluable(rule, say("base_zero"), formula, section=node.section)
                continue
            others = _lines_before(subject, node)
            if comparison.outcome is Outcome.MISMATCH and _fits(others, percent, delta):
                # 预算9万元，其中A 5万元、B 4万元，比上年增加1万元，增长12.5%
                yield unevaluable(rule, say("other_thing"), formula, section=node.section)
                continue
            yield judged(
                rule,
                comparison,
                [percent],
                [delta, prior],
                formula,
                unit="%",
                section=node.section,
                message=_explained(percent, delta, current),
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
            priors = [p for p in node.line.amounts if is_prior(node, p, change)]
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
            yield from likeliest(results)


@rule("N19", "增加额不大于本年数", "An increase does not exceed the figure", level=Level.WARNING)
def not_negative(subject: Subject, rule: Rule) -> Iterator[Result]:
    """增加额 ≤ 本年数: the prior figure that follows (本年数 − 增加额) is not below zero.

    Source: 预算数, 决算数 ≥ 0 (财决01表 核实性公式). For increases against an earlier year. Every
    template.
    """
    for node in subject.nodes:
        for change in node.line.changes:
            if change.base is None or not change.base.value.startswith("prior"):
                continue
            if change.direction is not Direction.INCREASE or _of_earlier_year(subject, node):
                continue
            phased = node.amount(Phase.EXECUTED) or node.amount()
            current = money(node.name, phased.amount) if phased is not None else None
            delta = signed(f"{node.name}增加额", change)
            if current is None or delta is None or other_scope(subject.report, change):
                continue
            if delta.doubt in _CONTENT_DOUBTS:
                delta = evolve(delta, doubt=None)
            yield judged(
                rule,
                compare_most(delta, current),
                [delta],
                [current],
                f"{delta.name} ≤ {current.name}",
                section=node.section,
                message=say("prior_negative"),
                tail=False,
            )


@rule("N16", "增减用语与数额不矛盾", "The words of a change do not contradict each other")
def level(subject: Subject, rule: Rule) -> Iterator[Result]:
    """持平 ⇒ 增减额 = 0; 增加/减少 ⇒ 增减额 > 0; 增加N ⇒ 增长N%, 减少N ⇒ 下降N%.

    Source: the meaning of the words: the word carries the sign, the figure none, and the amount and
    the percentage of one change go the same way (else an error; the others are warnings). Every
    template.
    """
    for node in subject.nodes:
        for change in node.line.changes:
            amount = money(f"{node.name}增减额", change.amount) if change.amount else None
            if amount is None or change.direction is None:
                continue
            if _contradicts(subject, change):
                wrong, message = True, say("two_directions")
            elif is_level(change):
                wrong, message = amount.value != 0, say("level_but_changed")
            else:
                wrong, message = amount.value < 0, say("negative_change")
            own = None if change.doubt in _CONTENT_DOUBTS else change.doubt
            doubtful = doubts([evolve(amount, doubt=amount.doubt or own)])
            plain = rule.level if message.code == "two_directions" else Level.WARNING
            grade, reason = lowest((plain, None), doubtful)
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
        if node.line.concept != "three_public.total":
            for parts in lists_of(node):
                yield from _list_changes(subject, rule, node, parts)
    yield from _section_changes(subject, rule)


def _list_changes(
    subject: Subject, rule: Rule, node: Node, parts: Sequence[Node]
) -> Iterator[Result]:
    """Compare the change of a whole with those of one list of its parts."""
    change = node.line.change
    whole = signed(f"{node.name}增减额", change) if change is not None else None
    if change is None or whole is None:
        return
    deltas = [_delta(part, change) for part in parts if part.line.changes]
    operands = [delta for delta in deltas if delta is not None]
    if len(operands) < 2:
        return
    formula = f"{whole.name} = " + " + ".join(operand.name for operand in operands)
    scopes = [other_scope(subject.report, c) for c in (change, *map(_own_change, parts)) if c]
    if any(scopes):
        # 同口径 of some changes and not of others: the bases are not of one scope.
        yield unevaluable(rule, say("other_scope"), formula, section=node.section)
        return
    comparison = compare_sums([whole], operands)
    complete = _adds_up(node, parts, len(operands)) or _is_division(parts)
    if comparison.outcome is Outcome.MISMATCH and not complete:
        reason = say("may_be_incomplete")
        yield unevaluable(rule, reason, formula, left=[whole], section=node.section)
        return
    yield judged(rule, comparison, [whole], operands, formula, section=node.section)


def _section_changes(subject: Subject, rule: Rule) -> Iterator[Result]:
    """Δ预算 = Δ基本支出 + Δ项目支出 where a section states the change of the budget by itself."""
    for node in (n for c in _BUDGETS for n in subject.by_concept.get(c, ())):
        change = node.line.change
        whole = signed(f"{node.name}增减额", change) if change is not None else None
        if change is None or whole is None or any(part.line.changes for part in node.parts):
            continue
        parts = [
            part
            for concept in USES
            for part in subject.by_concept.get(concept, ())
            if part.section == node.section
        ]
        operands = [delta for part in parts if (delta := _delta(part, change)) is not None]
        basic = [part for part in parts if part.line.concept in USES[:2]]
        if len(basic) == len(_DIVISIONS[0]) and len(operands) == len(parts):
            formula = f"{whole.name} = " + " + ".join(operand.name for operand in operands)
            comparison = compare_sums([whole], operands)
            lowered = (Level.WARNING, say("parts_unsure"))
            yield judged(
                rule,
                comparison,
                [whole],
                operands,
                formula,
                section=node.section,
                lowered=lowered,
            )


def _stated(subject: Subject, node: Node) -> PhasedAmount | None:
    """The amount of a line; of a joint change (收支总计各增加1万元) that of both sides if alike."""
    own = node.amount(Phase.EXECUTED) or node.amount()
    if own is not None or node.line.concept != "balance.total":
        return own
    sides = [
        side.amount(Phase.EXECUTED) or side.amount()
        for concept in ("revenue.total", "expenditure.total")
        for side in subject.by_concept.get(concept, ())
        if side.section == node.section and side.line.amounts
    ]
    figures = [side for side in sides if side is not None]
    alike = len({figure.amount.yuan for figure in figures}) == 1
    return figures[0] if len(figures) == 2 and alike else None


def _lines_before(subject: Subject, node: Node) -> list[Node]:
    """The lines without a change of their own that the same paragraph prints before a line."""
    place = node.line.label.anchor
    return [
        other
        for other in subject.nodes
        if other.line.label.anchor.block == place.block
        and other.line.label.anchor.start < place.start
        and not other.line.changes
    ]


def _fits(nodes: Sequence[Node], percent: Operand, delta: Operand) -> bool:
    """Whether a change fits one of the lines before: the words do not tell of which it is."""
    for node in nodes:
        for phased in node.line.amounts:
            current = money(node.name, phased.amount)
            if current is None:
                continue
            comparison = compare_percent(percent, delta, before(current, delta))
            if comparison is not None and comparison.outcome is not Outcome.MISMATCH:
                return True
    return False


# -- figures ---------------------------------------------------------------------------------


def _contradicts(subject: Subject, change: Change) -> bool:
    """Whether the words before the amount and before the percentage go opposite ways."""
    amount, percent = change.amount, change.percent
    if amount is None or percent is None or amount.number is None or percent.number is None:
        return False
    if amount.anchor.block != percent.anchor.block or percent.number <= 0 or amount.number <= 0:
        return False
    if change.anchor.row is not None or amount.anchor.end > percent.anchor.start:
        return False
    block = subject.report.document.blocks[amount.anchor.block]
    if not isinstance(block, Paragraph):
        return False
    before = _WAYS.findall(block.text, max(0, change.anchor.start), amount.anchor.start)
    between = _WAYS.findall(block.text, amount.anchor.end, percent.anchor.start)
    if len(between) != 1 or not before or "(" in between[0]:
        return False
    return _is_up(before[-1]) != _is_up(between[0])


def _is_up(word: str) -> bool:
    return word in ("增加", "增长", "上升", "提高")


def _own_change(part: Node) -> Change | None:
    return part.line.change


def _delta(part: Node, change: Change) -> Operand | None:
    own = part.line.change
    if own is None or own.base is not change.base:
        return None
    return signed(f"{part.name}增减额", own)


#: Doubts of the reader that are the very contradiction a rule looks for.
_CONTENT_DOUBTS = {
    "amount and percentage differ in direction",
    "an increase larger than the amount",
}
_BUDGETS = ("budget.total", "balance.total", "expenditure.total", "expenditure.current")
_DIVISIONS = (
    {"expenditure.basic", "expenditure.project"},
    {"expenditure.personnel", "expenditure.public"},
    {"three_public.vehicle_purchase", "three_public.vehicle_operation"},
)


def _is_division(parts: Sequence[Node]) -> bool:
    """Whether parts divide their whole by definition, and each prints its change."""
    return [p.line.concept for p in parts if p.line.changes] == [
        p.line.concept for p in parts
    ] and {p.line.concept for p in parts} in _DIVISIONS


def _adds_up(node: Node, parts: Sequence[Node], count: int) -> bool:
    """Whether the amounts of a line's parts, all of which print a change, add up to its own."""
    whole = of_phase(node, Phase.APPROVED, Phase.EXECUTED, None)
    terms = [of_phase(part, Phase.APPROVED, Phase.EXECUTED, None) for part in parts]
    operands = [term for term in terms if term is not None]
    if whole is None or len(operands) != len(parts) or count != len(operands):
        return False
    if not sum((abs(operand.value) for operand in operands), Decimal(0)):
        return False
    return compare_sums([whole], operands).outcome is not Outcome.MISMATCH


def _of_earlier_year(subject: Subject, node: Node) -> bool:
    """Whether a label names an earlier year only: what it states is no figure of this year."""
    fiscal = subject.report.identity.fiscal_year
    years = [int(year) for year in _YEAR.findall(node.name)]
    return fiscal is not None and bool(years) and max(years) < fiscal


def _explained(percent: Operand, delta: Operand, current: Operand) -> Message | None:
    """The usual slips that explain a percentage: the other direction, the wrong denominator."""
    opposite = evolve(current, value=current.value + delta.value, step=current.step + delta.step)
    for whole, code in ((opposite, "opposite_direction"), (current, "percent_of_current")):
        comparison = compare_percent(percent, delta, whole)
        if comparison is not None and comparison.outcome is not Outcome.MISMATCH:
            return say(code)
    return None
