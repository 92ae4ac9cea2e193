"""Rules within the narrative 文字内部勾稽: wholes and their parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from disclosure_parser.catalogue.concepts import concept_name
from disclosure_parser.checks.compare import compare_sums
from disclosure_parser.checks.lines import Node, is_level, money, signed, whole_of
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Operand, Outcome, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import judged, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.language.values import Phase

#: Parts that may stand beside basic and project expenditure; what is not printed is not added.
USES = (
    "expenditure.basic",
    "expenditure.project",
    "expenditure.reserve",
    "expenditure.operation",
    "expenditure.to_superior",
    "expenditure.to_affiliated",
    "expenditure.surplus_distribution",
    "expenditure.carry_forward",
)
BASIC = ("expenditure.personnel", "expenditure.public")
_THREE = ("three_public.overseas", "three_public.vehicles", "three_public.reception")
_VEHICLES = ("three_public.vehicle_purchase", "three_public.vehicle_operation")
_KINDS = ("procurement.goods", "procurement.works", "procurement.services")
_FLOWS = ("revenue.total", "expenditure.total", "balance.total")
_IN = ("revenue.current", "revenue.non_fiscal_surplus", "revenue.carryover")
_OUT = (
    "expenditure.current",
    "expenditure.surplus_distribution",
    "expenditure.carry_forward",
)


@rule("N02", "收入总计等于支出总计", "Total revenue equals total expenditure")
def both_sides(subject: Subject, rule: Rule) -> Iterator[Result]:
    """收入总计 = 支出总计 (= 收支总计), as printed in one section or, alone, in the whole
    narrative.

    Source: 部门预算收支平衡 (收支总表). The central form says 收入总计 for 本年收入合计, so that
    its sections are compared by N05; where the label does not say 总计, or neither figure is a
    total of the tables, a difference is a warning.
    """
    if subject.is_government or subject.report.family == "central-university":
        return
    anchored = {
        printed.operand.value
        for concept in ("revenue.total", "expenditure.total", "balance.total")
        for found in subject.figures.of_concept(concept).values()
        for printed in found
    }
    carried = _by_section(subject, (*_IN, *_OUT))
    for section, nodes in _by_section(subject, _FLOWS).items():
        if section in carried:
            continue
        found = [(node, o) for node in nodes if (o := _figure(subject, node)) is not None]
        sides = {node.line.concept: (node, o) for node, o in reversed(found)}
        if len(sides) < 2:
            continue
        (first, left), *others = sides.values()
        for other, right in others:
            formula = f"{first.name} = {other.name}"
            named = all("总" in node.name for node in (first, other))
            exact = named and (not anchored or bool({left.value, right.value} & anchored))
            yield judged(
                rule,
                compare_sums([left], [right]),
                [left],
                [right],
                formula,
                section=section,
                lowered=None if exact else (Level.WARNING, say("other_thing")),
            )


@rule("N03", "支出等于基本支出、项目支出等之和", "Expenditure is basic plus project expenditure")
def expenditure_parts(subject: Subject, rule: Rule) -> Iterator[Result]:
    """支出合计 = 基本支出 + 项目支出 (+ 单位预留机动经费, 经营支出, 上缴上级, 对附属单位补助,
    结转下年).

    Source: 部门预决算报表 支出总表 / 支出决算表 (公开03), row 合计. Holds in every template for
    parts that one sentence or list prints under one whole.
    """
    for node in subject.nodes:
        if node.line.concept.startswith("expenditure."):
            yield from _partition(subject, rule, node, USES, needed=USES[:2])


@rule(
    "N04", "基本支出等于人员经费与公用经费之和", "Basic expenditure is personnel plus public costs"
)
def basic_parts(subject: Subject, rule: Rule) -> Iterator[Result]:
    """基本支出 = 人员经费 + 公用经费.

    Source: 部门预算支出经济分类 (人员经费 = 301 + 303, 公用经费 = 302 + 310 …). Every template.
    """
    for node in subject.nodes:
        if node.line.concept.startswith("expenditure.basic"):
            yield from _partition(subject, rule, node, BASIC, needed=BASIC)


@rule("N05", "本年收入加结转结余等于本年支出加结转下年", "Revenue and carry-over equal their uses")
def carried(subject: Subject, rule: Rule) -> Iterator[Result]:
    """本年收入 + 使用非财政拨款结余 + 上年结转 = 本年支出 + 结余分配 + 结转下年 (= 收支总计).

    Source: 收支总表 of the central form; 公开01. Each side also equals the 收支总计 that the
    sentence prints. Holds where one section prints both sides; a part that is not printed counts
    as none only if the other parts close.
    """
    if subject.is_government:
        return
    for section, nodes in _by_section(subject, (*_IN, *_OUT, "balance.total")).items():
        found: dict[str, Operand] = {}
        for node in nodes:
            figure = _figure(subject, node)
            if figure is not None and (node.whole is None or _within_balance(node)):
                found.setdefault(node.line.concept, figure)
        if "revenue.current" not in found or "expenditure.current" not in found:
            continue
        sides = [[found[c] for c in side if c in found] for side in (_IN, _OUT)]
        if len(sides[0]) + len(sides[1]) < 3:
            continue
        left, right = sides
        formula = " + ".join(o.name for o in left) + " = " + " + ".join(o.name for o in right)
        # Most agencies distribute no surplus and print none.
        whole = all(c in found for c in (*_IN, "expenditure.carry_forward"))
        unsure = (Level.WARNING, say("may_be_incomplete"))
        comparison = compare_sums(left, right)
        yield judged(
            rule,
            comparison,
            left,
            right,
            formula,
            section=section,
            lowered=None if whole else unsure,
        )
        total = found.get("balance.total")
        if total is None or comparison.outcome is Outcome.MISMATCH:
            continue
        for side in sides:
            formula = f"{total.name} = " + " + ".join(operand.name for operand in side)
            yield judged(rule, compare_sums([total], side), [total], side, formula, section=section)


@rule("N06", "“三公”经费等于三项之和", "The three public expenses add up")
def three_public_parts(subject: Subject, rule: Rule) -> Iterator[Result]:
    """“三公”经费 = 因公出国（境）费 + 公务用车购置及运行维护费 + 公务接待费.

    Source: 财政拨款“三公”经费支出表 (公开07). Every template; amounts of one phase are added. Where
    公务用车购置费 and 公务用车运行维护费 stand without their sum, they take its place.
    """
    yield from _section_partition(subject, rule, "three_public.total", _THREE)


@rule("N07", "公务用车费等于购置费与运行维护费之和", "Vehicle costs are purchase plus operation")
def vehicle_parts(subject: Subject, rule: Rule) -> Iterator[Result]:
    """公务用车购置及运行维护费 = 公务用车购置费 + 公务用车运行维护费.

    Source: 财政拨款“三公”经费支出表 (公开07). Every template; amounts of one phase are added.
    """
    yield from _section_partition(subject, rule, "three_public.vehicles", _VEHICLES)


@rule("N08", "“三公”经费增减额等于各项增减额之和", "Changes of the three public expenses add up")
def three_public_changes(subject: Subject, rule: Rule) -> Iterator[Result]:
    """“三公”经费增减额 = 因公出国（境）费增减额 + 公务用车增减额 + 公务接待费增减额.

    Source: follows from N06 in both years. Changes are added with their sign and only against one
    kind of base; 持平 is a change of zero. Every template that prints the changes of all parts.
    """
    for section, nodes in _by_section(subject, ("three_public.total", *_THREE, *_VEHICLES)).items():
        first = {node.line.concept: node for node in reversed(nodes)}
        total = first.get("three_public.total")
        # 公务用车 may print its figure and leave the change to its two costs.
        told = {name for name, node in first.items() if node.line.change is not None}
        parts = [first.get(name) for name in _parts_printed(told, _THREE)]
        change = total.line.change if total is not None else None
        if total is None or change is None or (change.amount is None and not is_level(change)):
            continue
        whole = signed(total.name, change)
        formula = f"{total.name} 增减额 = " + " + ".join(n.name for n in parts if n is not None)
        changes = [n.line.change if n is not None else None for n in parts]
        operands = [
            signed(n.name, c)
            for n, c in zip(parts, changes, strict=True)
            if n is not None and c is not None and c.base is change.base
        ]
        right = [operand for operand in operands if operand is not None]
        if whole is None or len(right) < len(parts):
            yield unevaluable(rule, say("base_differs"), formula, section=section)
            continue
        yield judged(rule, compare_sums([whole], right), [whole], right, formula, section=section)


@rule("N11", "政府采购等于货物、工程、服务之和", "Procurement is goods plus works plus services")
def procurement_parts(subject: Subject, rule: Rule) -> Iterator[Result]:
    """政府采购总额 = 货物 + 工程 + 服务; a kind that is not printed may be there.

    Source: 政府采购法 art. 2. Every template. Where only two of the three are read, a larger total
    is not judged.
    """
    for node in subject.by_concept.get("procurement.total", ()):
        found = {part.line.concept for part in node.parts}
        for result in _partition(subject, rule, node, _KINDS, needed=()):
            positive = result.difference is not None and result.difference > 0
            if result.outcome is Outcome.MISMATCH and positive and not set(_KINDS) <= found:
                missing = [c for c in _KINDS if c not in found]
                reason = say("operand_missing", what="、".join(map(concept_name, missing)))
                yield unevaluable(
                    rule, reason, result.formula, left=result.left, section=result.section
                )
            else:
                yield result


# -- parts -------------------------------------------------------------------------------------


def _partition(
    subject: Subject,
    rule: Rule,
    node: Node,
    concepts: tuple[str, ...],
    *,
    needed: tuple[str, ...],
) -> Iterator[Result]:
    """Compare a whole with those of its 其中 parts that make it up."""
    parts = [part for part in node.parts if part.line.concept in concepts]
    if not any(part.line.amounts for part in parts):
        # A list of changes only.
        return
    found = {part.line.concept for part in parts}
    if len(parts) < 2 or not set(needed) <= found:
        return
    whole = whole_of(node, parts, subject.own_phase)
    total = money(node.name, whole.amount) if whole is not None else None
    terms = [
        (part, money(part.name, phased.amount) if phased is not None else None)
        for part in parts
        for phased in [part.amount(whole.phase if whole else None) or part.amount()]
    ]
    operands = [term for _, term in terms if term is not None]
    formula = f"{node.name} = " + " + ".join(part.name for part in parts)
    if total is None or len(operands) < len(parts):
        missing = ([] if total is not None else [node.name]) + [
            part.name for part, term in terms if term is None
        ]
        reason = say("operand_missing", what="、".join(missing))
        yield unevaluable(rule, reason, formula, section=node.section)
        return
    comparison = compare_sums([total], operands)
    repeated = len(found) < len(parts)
    yield judged(
        rule,
        comparison,
        [total],
        operands,
        formula,
        section=node.section,
        lowered=(Level.WARNING, say("parts_unsure")) if repeated else None,
    )


def _section_partition(
    subject: Subject, rule: Rule, whole: str, parts: tuple[str, ...]
) -> Iterator[Result]:
    """Compare a whole with its parts in one section, phase by phase."""
    sections: dict[str, dict[str, list[Node]]] = {}
    for concept in dict.fromkeys((whole, *parts, *_VEHICLES)):
        for node in subject.by_concept.get(concept, ()):
            if node.line.amounts:
                sections.setdefault(node.section, {}).setdefault(concept, []).append(node)
    for section, nodes in sections.items():
        concepts = _parts_printed(nodes, parts)
        if whole not in nodes or not any(concept in nodes for concept in concepts):
            continue
        formula = f"{nodes[whole][0].name} = " + " + ".join(
            nodes[concept][0].name for concept in concepts if concept in nodes
        )
        missing = [concept for concept in concepts if concept not in nodes]
        if missing:
            reason = say("operand_missing", what="、".join(map(concept_name, missing)))
            yield unevaluable(rule, reason, formula, section=section)
            continue
        compared = False
        for phase in (Phase.APPROVED, Phase.ADJUSTED, Phase.EXECUTED):
            # Figures printed without a phase are of the report's own.
            phases = (phase, None) if phase is subject.own_phase else (phase,)
            figures = [_one(nodes[concept], phases) for concept in (whole, *concepts)]
            if any(figure is None for figure in figures):
                continue
            compared = True
            operands = [figure for figure in figures if figure is not None]
            comparison = compare_sums(operands[:1], operands[1:])
            yield judged(rule, comparison, operands[:1], operands[1:], formula, section=section)
        if not compared:
            what = " / ".join(nodes[concept][0].name for concept in (whole, *concepts))
            yield unevaluable(rule, say("operand_ambiguous", what=what), formula, section=section)


def _parts_printed(found: Collection[str], parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a whole; the two vehicle costs for their sum where only they are printed."""
    if "three_public.vehicles" in found or not set(_VEHICLES) <= set(found):
        return parts
    return tuple(
        each
        for part in parts
        for each in (_VEHICLES if part == "three_public.vehicles" else (part,))
    )


def _one(nodes: list[Node], phases: Sequence[Phase | None]) -> Operand | None:
    """The amount of the first of the phases; where several differ, none is taken."""
    for phase in phases:
        amounts = [
            operand
            for node in nodes
            for phased in node.line.amounts
            if phased.phase is phase and phased.base is None
            if phased.year is None or phased.year == node.line.year
            if (operand := money(node.name, phased.amount)) is not None
        ]
        if amounts:
            return amounts[0] if len({a.value for a in amounts}) == 1 else None
    return None


def _by_section(subject: Subject, concepts: Sequence[str]) -> dict[str, list[Node]]:
    """The lines of some concepts by section, in printed order."""
    found: dict[str, list[Node]] = {}
    for node in subject.nodes:
        if node.line.concept in concepts and node.line.quantity is None:
            found.setdefault(node.section, []).append(node)
    return found


def _figure(subject: Subject, node: Node) -> Operand | None:
    """The amount of a line in the report's own phase."""
    phased = node.amount(subject.own_phase, None)
    return money(node.name, phased.amount) if phased is not None else None


def _within_balance(node: Node) -> bool:
    return node.whole is not None and node.whole.line.concept == "balance.total"
