"""Rules within the narrative 文字内部勾稽: wholes and their parts."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_parser.checks.compare import compare_sums
from disclosure_parser.checks.lines import Node, is_level, money, signed
from disclosure_parser.checks.model import Operand, Outcome, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import judged, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.language.values import Phase

#: Parts that may stand beside basic and project expenditure; what is not printed is not added.
_USES = (
    "expenditure.basic",
    "expenditure.project",
    "expenditure.reserve",
    "expenditure.operation",
    "expenditure.to_superior",
    "expenditure.to_affiliated",
)


@rule("N03", "支出等于基本支出、项目支出等之和")
def expenditure_parts(subject: Subject, rule: Rule) -> Iterator[Result]:
    """支出合计 = 基本支出 + 项目支出 (+ 单位预留机动经费, 经营支出, 上缴上级, 对附属单位补助).

    Source: 部门预决算报表 支出总表 / 支出决算表, row 合计. Holds in every template for parts that
    one sentence or list prints under one whole.
    """
    for node in subject.nodes:
        if node.line.concept.startswith("expenditure."):
            yield from _partition(rule, node, _USES, needed=_USES[:2])


@rule("N04", "基本支出等于人员经费与公用经费之和")
def basic_parts(subject: Subject, rule: Rule) -> Iterator[Result]:
    """基本支出 = 人员经费 + 公用经费.

    Source: 部门预算支出经济分类 (人员经费 = 301 + 303, 公用经费 = 302 + 310 …). Every template.
    """
    parts = ("expenditure.personnel", "expenditure.public")
    for node in subject.nodes:
        if node.line.concept.startswith("expenditure.basic"):
            yield from _partition(rule, node, parts, needed=parts)


@rule("N06", "“三公”经费等于三项之和")
def three_public_parts(subject: Subject, rule: Rule) -> Iterator[Result]:
    """“三公”经费 = 因公出国（境）费 + 公务用车购置及运行维护费 + 公务接待费.

    Source: 财政拨款“三公”经费支出表. Every template; amounts of one phase are added.
    """
    parts = ("three_public.overseas", "three_public.vehicles", "three_public.reception")
    yield from _section_partition(subject, rule, "three_public.total", parts)


@rule("N07", "公务用车购置及运行维护费等于购置费与运行维护费之和")
def vehicle_parts(subject: Subject, rule: Rule) -> Iterator[Result]:
    """公务用车购置及运行维护费 = 公务用车购置费 + 公务用车运行维护费.

    Source: 财政拨款“三公”经费支出表. Every template; amounts of one phase are added.
    """
    parts = ("three_public.vehicle_purchase", "three_public.vehicle_operation")
    yield from _section_partition(subject, rule, "three_public.vehicles", parts)


@rule("N08", "“三公”经费增减额等于各项增减额之和")
def three_public_changes(subject: Subject, rule: Rule) -> Iterator[Result]:
    """“三公”经费增减额 = 因公出国（境）费增减额 + 公务用车增减额 + 公务接待费增减额.

    Changes are added with their sign and only against one kind of base; 持平 is a change of zero.
    """
    names = ("three_public.overseas", "three_public.vehicles", "three_public.reception")
    by_section: dict[str, list[Node]] = {}
    for node in subject.nodes:
        if node.line.concept.startswith("three_public.") and node.line.quantity is None:
            by_section.setdefault(node.section, []).append(node)
    for section, nodes in by_section.items():
        total = next((n for n in nodes if n.line.concept == "three_public.total"), None)
        parts = [next((n for n in nodes if n.line.concept == name), None) for name in names]
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
        if whole is None or len(operands) < len(names) or None in operands:
            reason = "增减额不全或比较基数不同: not every part prints its change on that base"
            yield unevaluable(rule, reason, formula, section=section)
            continue
        right = [operand for operand in operands if operand is not None]
        yield judged(rule, compare_sums([whole], right), [whole], right, formula, section=section)


@rule("N11", "政府采购等于货物、工程、服务之和")
def procurement_parts(subject: Subject, rule: Rule) -> Iterator[Result]:
    """政府采购总额 = 货物 + 工程 + 服务; a kind that is not printed counts as none.

    Source: 政府采购法 art. 2. Every template.
    """
    parts = ("procurement.goods", "procurement.works", "procurement.services")
    for node in subject.nodes:
        if node.line.concept == "procurement.total":
            yield from _partition(rule, node, parts, needed=())


@rule("N01", "其中各项之和不超过总额")
def parts_at_most(subject: Subject, rule: Rule) -> Iterator[Result]:
    """总额 ≥ Σ 其中各项: the amounts that a sentence introduces by 其中 do not exceed the whole.

    其中 need not list every part, so a smaller sum is no mistake. Parts of parts are not added.
    """
    for node in subject.nodes:
        whole = node.amount()
        if whole is None or len(node.parts) < 2 or _partitioned(node):
            continue
        total = money(node.name, whole.amount)
        pairs = [(part.name, part.amount(whole.phase) or part.amount(None)) for part in node.parts]
        terms = [money(name, phased.amount) for name, phased in pairs if phased is not None]
        operands = [term for term in terms if term is not None]
        names = [operand.name for operand in operands]
        if total is None or len(operands) < 2 or len(set(names)) < len(names):
            continue
        comparison = compare_sums([total], operands)
        outcome = comparison.outcome
        formula = f"{node.name} ≥ " + " + ".join(names)
        result = judged(rule, comparison, [total], operands, formula, section=node.section)
        if outcome is Outcome.MISMATCH and comparison.difference > 0:
            yield unevaluable(
                rule, "其中未必列全: the parts may be incomplete", formula, section=node.section
            )
        else:
            yield result


# -- parts -------------------------------------------------------------------------------------


def _partition(
    rule: Rule, node: Node, concepts: tuple[str, ...], *, needed: tuple[str, ...]
) -> Iterator[Result]:
    """Compare a whole with those of its 其中 parts that make it up."""
    parts = [part for part in node.parts if part.line.concept in concepts]
    found = {part.line.concept for part in parts}
    if len(parts) < 2 or not set(needed) <= found:
        return
    whole = node.amount()
    total = money(node.name, whole.amount) if whole is not None else None
    terms = [
        money(part.name, phased.amount)
        for part in parts
        if (phased := part.amount(whole.phase if whole else None) or part.amount()) is not None
    ]
    operands = [term for term in terms if term is not None]
    formula = f"{node.name} = " + " + ".join(part.name for part in parts)
    if total is None or len(operands) < len(parts):
        yield unevaluable(rule, "缺金额: an amount is not printed", formula, section=node.section)
        return
    comparison = compare_sums([total], operands)
    yield judged(rule, comparison, [total], operands, formula, section=node.section)


def _section_partition(
    subject: Subject, rule: Rule, whole: str, concepts: tuple[str, ...]
) -> Iterator[Result]:
    """Compare a whole with its parts in one section, phase by phase."""
    sections: dict[str, dict[str, list[Node]]] = {}
    for node in subject.nodes:
        if node.line.concept in (whole, *concepts) and node.line.amounts:
            sections.setdefault(node.section, {}).setdefault(node.line.concept, []).append(node)
    for section, nodes in sections.items():
        if whole not in nodes or not any(concept in nodes for concept in concepts):
            continue
        formula = f"{nodes[whole][0].name} = " + " + ".join(
            nodes[concept][0].name for concept in concepts if concept in nodes
        )
        if any(concept not in nodes for concept in concepts):
            missing = "缺一项金额: a part is not printed in the section"
            yield unevaluable(rule, missing, formula, section=section)
            continue
        for phase in (Phase.APPROVED, Phase.ADJUSTED, Phase.EXECUTED, None):
            figures = [_one(nodes[concept], phase) for concept in (whole, *concepts)]
            if any(figure is None for figure in figures):
                continue
            operands = [figure for figure in figures if figure is not None]
            comparison = compare_sums(operands[:1], operands[1:])
            yield judged(rule, comparison, operands[:1], operands[1:], formula, section=section)
            break


def _one(nodes: list[Node], phase: Phase | None) -> Operand | None:
    """The amount of a phase; where several differ, none is taken."""
    amounts = [
        operand
        for node in nodes
        for phased in node.line.amounts
        if phased.phase is phase and (phased.year is None or phased.year == node.line.year)
        if (operand := money(node.name, phased.amount)) is not None
    ]
    return amounts[0] if amounts and len({a.value for a in amounts}) == 1 else None


def _partitioned(node: Node) -> bool:
    """Whether a rule of its own compares the whole with these parts."""
    concepts = {part.line.concept for part in node.parts}
    return (
        set(_USES[:2]) <= concepts
        or {"expenditure.personnel", "expenditure.public"} <= concepts
        or node.line.concept in ("three_public.total", "three_public.vehicles")
        or (node.line.concept == "procurement.total" and "procurement.goods" in concepts)
        # 收支总计 is the whole of both sides: its parts are not one sum.
        or node.line.concept.startswith("balance.")
    )
