"""Rules within the narrative 文字内部勾稽: shares, rates, percentages and the words for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from disclosure_parser.catalogue.concepts import find_concept
from disclosure_parser.checks.compare import compare_percent, compare_sums
from disclosure_parser.checks.lines import (
    Node,
    is_prior,
    money,
    other_scope,
    percentage,
)
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Message, Operand, Outcome, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import judged, likeliest, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.document import Paragraph, fold_text
from disclosure_parser.language.items import PhasedAmount, Share
from disclosure_parser.language.values import Phase

#: Totals of which a report has one: a share in another section may name them.
_TOTALS = {
    "revenue.total",
    "revenue.current",
    "expenditure.total",
    "expenditure.current",
    "three_public.total",
    "procurement.total",
}
_QUALIFIERS = re.compile("一般公共|财政拨款|基金|国有资本|专户|上年|结转")
#: So many parts of which all shares but one fit are a list.
_LISTED = 2
#: So many other shares of a whole are asked whether they fit it.
_ENOUGH = 8


@rule("N10", "占比等于部分除以总额", "A share is the part divided by the whole")
def shares(subject: Subject, rule: Rule) -> Iterator[Result]:
    """占比 = 部分 ÷ 总额 × 100%.

    Source: the meaning of 占比; 情况说明 of every template. The whole is the one named
    (占本年支出合计的…) or the one that 其中 divides. A share of an unnamed whole counts as wrong
    only where another part's share fits that whole, or where it is the only part of a whole that
    is no part itself: prose also prints shares of a larger whole. A share of an implied whole
    that few others confirm is a warning.
    """
    for node in subject.nodes:
        for share in node.line.shares:
            phased = _beside(node, share.value.anchor.block, share.value.anchor.start)
            percent = percentage(f"{node.name}占比", share.value)
            part = money(node.name, phased.amount) if phased is not None else None
            if phased is None or part is None or percent is None:
                continue
            wholes = list(_wholes(subject, node, share, phased.phase))
            formula = f"{node.name}占比 = {node.name} ÷ 总额"
            if not wholes:
                yield unevaluable(
                    rule, say("whole_unknown"), formula, left=[percent, part], section=node.section
                )
                continue
            judgements = [(whole, compare_percent(percent, part, whole)) for whole in wholes]
            fitting = [(w, c) for w, c in judgements if c and c.outcome is not Outcome.MISMATCH]
            whole, comparison = (fitting or judgements)[0]
            formula = f"{node.name}占比 = {node.name} ÷ {whole.name}"
            if comparison is None:
                yield unevaluable(rule, say("base_zero"), formula, section=node.section)
            elif not fitting and not _is_whole_of_share(node, share, wholes):
                yield unevaluable(rule, say("whole_not_named"), formula, section=node.section)
            else:
                yield judged(
                    rule,
                    comparison,
                    [percent],
                    [part, whole],
                    formula,
                    unit="%",
                    section=node.section,
                    lowered=_implied(node, share),
                )


@rule("N09", "各项占比之和为100%", "The shares of all parts add up to 100 %")
def shares_add_up(subject: Subject, rule: Rule) -> Iterator[Result]:
    """Σ 占比 = 100% where the parts of a whole, as printed, add up to it.

    Source: the meaning of 占比; structure sections (支出决算结构情况) of every template.
    """
    for node in subject.nodes:
        whole = node.amount()
        parts = [part for part in node.parts if part.line.shares and part.line.amounts]
        if whole is None or len(parts) < 2 or len(parts) != len(node.parts):
            continue
        total = money(node.name, whole.amount)
        amounts = [money(part.name, part.line.amounts[0].amount) for part in parts]
        percents = [percentage(f"{part.name}占比", part.line.shares[-1].value) for part in parts]
        if total is None or None in amounts or None in percents:
            continue
        right = [percent for percent in percents if percent is not None]
        terms = [amount for amount in amounts if amount is not None]
        if compare_sums([total], terms).outcome is Outcome.MISMATCH:
            continue
        hundred = Operand(name="100%", text="100%", value=Decimal(100), step=Decimal(0))
        formula = "100% = " + " + ".join(operand.name for operand in right)
        yield judged(
            rule,
            compare_sums([hundred], right),
            [hundred],
            right,
            formula,
            unit="%",
            section=node.section,
        )


@rule("N24", "同句各项占比的总额一致", "The shares of one sentence are of one whole")
def shares_of_a_list(subject: Subject, rule: Rule) -> Iterator[Result]:
    """占比 = 部分 ÷ Σ 各部分, where a sentence lists parts with their shares and names no whole
    (出国2.68万元，占19.23%；用车7.42万元，占53.23%；接待3.84万元，占27.54%).

    Source: the meaning of 占比. Judged where all shares of the list but one fit the sum of the
    parts. Every template.
    """
    for nodes in _share_lists(subject):
        pairs = []
        for node in nodes:
            share = node.line.shares[0]
            phased = _beside(node, share.value.anchor.block, share.value.anchor.start)
            percent = percentage(f"{node.name}占比", share.value)
            part = money(node.name, phased.amount) if phased is not None else None
            if percent is not None and part is not None and part.value:
                pairs.append((percent, part))
        if len(pairs) < len([n for n in nodes if not _is_nothing(n)]) or len(pairs) < _LISTED:
            continue
        parts = [part for _, part in pairs]
        whole = Operand(
            name="Σ 各部分",
            text=" + ".join(part.text for part in parts),
            value=sum((part.value for part in parts), Decimal(0)),
            step=sum((part.step for part in parts), Decimal(0)),
            anchor=parts[0].anchor,
        )
        judgements = [(pair, compare_percent(*pair, whole)) for pair in pairs]
        known = [(pair, found) for pair, found in judgements if found is not None]
        wrong = [each for each in known if each[1].outcome is Outcome.MISMATCH]
        if len(wrong) > 1 or not known:
            continue  # shares of a larger whole
        (percent, part), comparison = (wrong or known)[0]
        formula = f"{percent.name} = {part.name} ÷ Σ {len(parts)}项"
        section = nodes[0].section
        yield judged(rule, comparison, [percent], [part, whole], formula, unit="%", section=section)


@rule("N21", "增减率等于两年之差除以上年数", "A change in percent follows from the two years")
def percent_of_years(subject: Subject, rule: Rule) -> Iterator[Result]:
    """增减率 = (本年数 − 上年数) ÷ 上年数 × 100%, where no 增减额 is printed.

    Source: the meaning of 增长率 (2023年执行数8万元，2024年预算9万元，增长12.5%). Of several
    figures of an item, one pair that fits is enough. Every template.
    """
    for node in subject.nodes:
        for change in node.line.changes:
            if change.amount is not None or change.percent is None or change.base is None:
                continue
            if not change.base.value.startswith("prior") or other_scope(subject.report, change):
                continue
            amounts = [each for each in node.line.amounts if not each.amount.doubt]
            priors = [each for each in amounts if is_prior(node, each, change)]
            own = [a for a in amounts if a.base is None and a.year in {None, node.line.year}]
            percent = percentage(f"{node.name}增减率", change.percent)
            formula = f"{node.name}增减率 = (本年数 − 上年数) ÷ 上年数"
            results = []
            for one, other in product(own, priors):
                current, prior = money("本年数", one.amount), money("上年数", other.amount)
                if percent is None or current is None or prior is None:
                    continue
                delta = Operand(
                    name="增减额",
                    text=f"{current.text} − {prior.text}",
                    value=current.value - prior.value,
                    step=current.step + prior.step,
                    anchor=current.anchor,
                    doubt=change.doubt,
                )
                comparison = compare_percent(percent, delta, prior)
                if comparison is not None:
                    sides = [percent], [delta, prior]
                    results.append(
                        judged(rule, comparison, *sides, formula, unit="%", section=node.section)
                    )
            yield from likeliest(results)


# -- figures ---------------------------------------------------------------------------------


def _is_nothing(node: Node) -> bool:
    """Whether a part of a list is zero: it may print no share of its own."""
    return all(not phased.amount.yuan for phased in node.line.amounts)


def _share_lists(subject: Subject) -> Iterator[list[Node]]:
    """The lines of a sentence that print a share of a whole that is not named."""
    found: dict[tuple[int, int], list[Node]] = {}
    for node in subject.nodes:
        shares = node.line.shares
        if len(shares) == 1 and node.line.amounts and not node.line.within:
            block = shares[0].value.anchor.block
            paragraph = subject.report.document.blocks[block]
            text = paragraph.text if isinstance(paragraph, Paragraph) else ""
            sentence = text.count("。", 0, shares[0].value.anchor.start)
            found.setdefault((block, sentence), []).append(node)
    return (nodes for nodes in found.values() if len(nodes) >= _LISTED)


def _beside(node: Node, block: int, start: int) -> PhasedAmount | None:
    """The last amount of a line that is printed before a position of its paragraph."""
    before = [
        phased
        for phased in node.line.amounts
        if phased.amount.anchor.block == block and phased.amount.anchor.start < start
    ]
    return max(before, key=lambda phased: phased.amount.anchor.start) if before else None


def _wholes(subject: Subject, node: Node, share: Share, phase: Phase | None) -> Iterator[Operand]:
    """What a share may be a share of: the wholes it stands in, then the one that it names."""
    for whole in node.wholes():
        phased = whole.amount(phase) or whole.amount()
        operand = money(whole.name, phased.amount) if phased is not None else None
        if operand is not None and (share.of is None or phase is None or whole is node.whole):
            yield operand
    words = share.of.text if share.of is not None else ""
    concept = find_concept(fold_text(words)) if words else ""
    named = [
        operand
        for other in (subject.by_concept.get(concept, ()) if concept else ())
        if other is not node
        if other.section == node.section or concept in _TOTALS
        if concept == "three_public.total" or _qualifiers(other.name) == _qualifiers(words)
        if (phased := other.amount(phase) or other.amount(None)) is not None
        if (operand := money(other.name, phased.amount)) is not None
    ]
    if not named and concept in _TOTALS:
        fiscal = subject.report.identity.fiscal_year
        found = subject.figures.get(concept, phase or subject.own_phase, fiscal)
        named = [printed.operand for printed in found]
    if len({operand.value for operand in named}) == 1:
        yield named[0]


def _qualifiers(words: str) -> frozenset[str]:
    """The words that make a total another one: whose money, which year."""
    return frozenset(_QUALIFIERS.findall(fold_text(words)))


def _is_whole_of_share(node: Node, share: Share, wholes: list[Operand]) -> bool:
    """Whether what a share was held to is surely what it is a share of: the whole that it names,
    or else the 其中 whole of its line."""
    if share.of is not None:
        words = fold_text(share.of.text)
        named = any(words in fold_text(w.name) or fold_text(w.name) in words for w in wholes)
        return named or bool(find_concept(words))
    if node.whole is None:
        return False
    others = [part for part in node.whole.parts if part is not node and part.line.shares]
    if not others:
        return node.whole.whole is None and not node.whole.line.shares
    return any(_share_fits(part, node.whole) for part in others[:_ENOUGH])


def _share_fits(part: Node, whole: Node) -> bool:
    share = part.line.shares[0]
    phased = _beside(part, share.value.anchor.block, share.value.anchor.start)
    total = whole.amount(phased.phase) or whole.amount() if phased is not None else None
    if phased is None or total is None:
        return False
    operands = (
        percentage("", share.value),
        money("", phased.amount),
        money("", total.amount),
    )
    percent, amount, of = operands
    if percent is None or amount is None or of is None:
        return False
    comparison = compare_percent(percent, amount, of)
    return comparison is not None and comparison.outcome is not Outcome.MISMATCH


def _implied(node: Node, share: Share) -> tuple[Level, Message] | None:
    """A lower level for a share whose whole is not named and which few others confirm."""
    if share.of is not None or node.whole is None:
        return None
    others = [part for part in node.whole.parts if part is not node and part.line.shares]
    fitting = sum(_share_fits(part, node.whole) for part in others[:_ENOUGH])
    return None if fitting > 1 else (Level.WARNING, say("whole_implied"))
