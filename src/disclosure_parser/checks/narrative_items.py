"""Rules within the narrative 文字内部分项: items against their total, and one item twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from disclosure_parser.checks.compare import compare_sums
from disclosure_parser.checks.lines import NAMED_ONCE, Node, lists_of, money, of_phase, whole_of
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Operand, Outcome, Result
from disclosure_parser.checks.narrative import BASIC, USES
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import judged, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.language.values import Phase

#: So many sources, or classes, are taken for a whole list.
_LISTED = 3
#: Levels of the functional classification whose items are added up.
_LEVELS = {"expenditure.function_class", "expenditure.function_group"}
#: The fund totals that 项 of the same section add up to.
_FUNDS = (
    "expenditure.general_budget",
    "expenditure.fiscal_appropriation",
    "expenditure.government_fund",
    "expenditure.state_capital",
)


@rule("N01", "其中各项之和不超过总额", "The parts of a whole do not exceed it")
def parts_at_most(subject: Subject, rule: Rule) -> Iterator[Result]:
    """总额 ≥ Σ 其中各项: the amounts that a sentence introduces by 其中 do not exceed the whole.

    Source: the meaning of 其中; 收入 = Σ 各来源, 支出 = Σ 各类. 其中 need not list every part, so
    a smaller sum is no mistake; of a list of three sources or classes and more it is a warning.
    Parts of parts are not added. Parts of which it is not sure that they stand side by side give
    a warning only. Every template.
    """
    for node in subject.nodes:
        for parts in lists_of(node):
            if not _partitioned(node, parts):
                yield from _at_most(subject, rule, node, parts)


def _at_most(subject: Subject, rule: Rule, node: Node, parts: list[Node]) -> Iterator[Result]:
    """Compare a whole with one list of its parts."""
    whole = whole_of(node, parts, subject.own_phase)
    if whole is None or len(parts) < 2:
        return
    total = money(node.name, whole.amount)
    pairs = [(part.name, part.amount(whole.phase) or part.amount(None)) for part in parts]
    terms = [money(name, phased.amount) for name, phased in pairs if phased is not None]
    operands = [term for term in terms if term is not None]
    names = [operand.name for operand in operands]
    if total is None or len(operands) < 2 or len(set(names)) < len(names):
        return
    # 总计9万元，其中A 8万元、B 1万元。其中：C 3万元: behind the parts, a part by other lights.
    closed = (n for n in range(2, len(operands)) if _sum(operands[:n]) == total.value)
    operands = operands[: next(closed, len(operands))]
    names = [operand.name for operand in operands]
    comparison = compare_sums([total], operands)
    formula = f"{node.name} ≥ " + " + ".join(names)
    smaller = comparison.outcome is Outcome.MISMATCH and comparison.difference > 0
    listed = _alike(node, parts) and len(operands) >= _LISTED
    if smaller and not listed:
        reason = say("may_be_incomplete")
        yield unevaluable(rule, reason, formula, left=[total], section=node.section)
        return
    lowered = None if _alike(node, parts) else (Level.WARNING, say("parts_unsure"))
    if smaller:
        lowered = (Level.WARNING, say("may_be_incomplete"))
    yield judged(
        rule,
        comparison,
        [total],
        operands,
        formula,
        section=node.section,
        lowered=lowered,
    )


def _sum(operands: Iterable[Operand]) -> Decimal:
    return sum((operand.value for operand in operands), Decimal(0))


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
            parts = [of_phase(node, *phases) for node in nodes]
            # What is said twice of one item is one figure.
            said = {(part.name, part.value): part for part in parts if part is not None}
            terms = list(said.values())
            wholes = [
                o for node in totals if (o := of_phase(node, *phases)) is not None and o.value
            ]
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
    "N20",
    "同一事项同一年度的数额前后一致",
    "One item has one figure for a year",
    level=Level.WARNING,
)
def one_figure(subject: Subject, rule: Rule) -> Iterator[Result]:
    """本年数 = 本年数, where the words on one item print its figure of the report's year and phase
    twice (“…（项）”60.00万元。…2024年预算安排62.00万元).

    Source: a figure is one. Only items of a classification, whose words name them in full, the
    “三公” items and 机关运行经费 of one section, and figures that are no base of a change. Every
    template.
    """
    yield from _said_twice(subject, rule)
    for node in subject.nodes:
        if not node.line.concept.startswith("expenditure.function_"):
            continue
        own = [
            money(node.name, phased.amount)
            for phased in node.line.amounts
            if phased.base is None
            and (phased.year or node.line.year) == subject.report.identity.fiscal_year
            and (phased.phase or subject.own_phase) is subject.own_phase
        ]
        figures = [figure for figure in own if figure is not None]
        for other in figures[1:]:
            comparison = compare_sums([figures[0]], [other])
            formula = f"{node.name} = {node.name}"
            yield judged(
                rule, comparison, [figures[0]], [other], formula, section=node.section, tail=False
            )


def _said_twice(subject: Subject, rule: Rule) -> Iterator[Result]:
    """One thing that a section names twice ((一)总体 and (二)具体) with its figure."""
    year = subject.report.identity.fiscal_year
    found: dict[tuple[str, str], Operand] = {}
    for node in subject.nodes:
        if node.line.concept not in NAMED_ONCE or node.line.within:
            continue
        phased = of_phase(node, subject.own_phase, None)
        if phased is None or node.line.year not in (None, year):
            continue
        first = found.setdefault((node.section, node.line.concept), phased)
        if first is not phased:
            yield judged(
                rule,
                compare_sums([first], [phased]),
                [first],
                [phased],
                f"{first.name} = {phased.name}",
                section=node.section,
                tail=False,
            )


def _partitioned(node: Node, parts: list[Node]) -> bool:
    """Whether a rule of its own compares the whole with these parts."""
    concepts = {part.line.concept for part in parts}
    return (
        set(USES[:2]) <= concepts
        or set(BASIC) <= concepts
        or node.line.concept in ("three_public.total", "three_public.vehicles")
        or (node.line.concept == "procurement.total" and "procurement.goods" in concepts)
        # 收支总计 is the whole of both sides: its parts are not one sum.
        or node.line.concept.startswith("balance.")
    )


def _alike(node: Node, parts: list[Node]) -> bool:
    """Whether the parts of a line are surely its only level: all sources, or all of one class."""
    concepts = [part.line.concept for part in parts if part.line.amounts]
    if any(part.parts for part in parts) or "" in concepts:
        return False
    if all(concept.startswith("revenue.") for concept in concepts):
        # 一般公共预算 beside 财政拨款: the one is a part of the other.
        inner = {"revenue.general_budget", "revenue.government_fund", "revenue.state_capital"}
        sources = set(concepts)
        nested = "revenue.fiscal_appropriation" in sources and bool(sources & inner)
        return not nested and len(sources) == len(concepts) and _is_flow(node, "revenue.")
    one_level = len(set(concepts)) == 1 and set(concepts) <= _LEVELS
    return one_level and _is_flow(node, "expenditure.")


def _is_flow(node: Node, side: str) -> bool:
    return node.line.concept.startswith(side) or node.line.concept == "budget.total"
