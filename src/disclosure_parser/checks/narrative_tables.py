"""Rules between narrative and tables 文表勾稽: a sentence against the statement it describes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from disclosure_parser.checks.compare import compare_sums
from disclosure_parser.checks.lines import Node, money
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Operand, Outcome, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import judged, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.checks.tables import Printed, class_stem, plain, title_of
from disclosure_parser.document import fold_text
from disclosure_parser.language.items import PhasedAmount
from disclosure_parser.language.values import BaseKind, Phase, ValueState
from disclosure_parser.sections.model import Line
from disclosure_parser.statements import Statement, TwoSided
from disclosure_parser.statements.kinds import GovernmentFundStatement, StateCapitalStatement

#: Concepts that templates use for one another: 收入总计 for 本年收入合计 in the central form.
_ALIKE = (
    ("balance.total", "revenue.total", "expenditure.total"),
    (
        "balance.fiscal_appropriation",
        "revenue.fiscal_appropriation",
        "expenditure.fiscal_appropriation",
    ),
    ("revenue.total", "revenue.current", "balance.total"),
    ("expenditure.total", "expenditure.current", "balance.total"),
    ("revenue.current", "revenue.total", "balance.total"),
    ("expenditure.current", "expenditure.total", "balance.total"),
)
_TOTALS = re.compile(
    r"revenue\.(?:total|current)|expenditure\.(?:total|current|basic\w*|project|personnel|public"
    r"|general_budget|fiscal_appropriation|government_fund|state_capital|reserve)|balance\.\w+"
)
_SOURCES = re.compile(r"revenue\.(?!total|current)\w+")
_TOPICS = re.compile(r"three_public\.(?!fleet|reception_)\w+|operating_funds\.total|outlays\.\w+")
_FUND_WORDS = (
    ("政府性基金", "government_fund"),
    ("国有资本", "state_capital"),
    ("一般公共", "general_budget"),
    ("财政拨款", "fiscal_appropriation"),
)
_SECTION_FUNDS = {
    "government_fund": "government_fund",
    "state_capital": "state_capital",
    "general_budget": "general_budget",
    "fiscal_appropriation": "fiscal_appropriation",
}
#: The funds of a table that also holds those of no fund, and of one fund.
_BOTH = ("", "fiscal_appropriation")
#: Sections about something else: a total printed there is that of another thing.
_OTHER_SUBJECTS = {
    "three_public",
    "operating_funds",
    "procurement",
    "state_assets",
    "performance",
    "performance_overall",
    "performance_projects",
    "glossary",
    "duties",
    "organisation",
    "staff",
    "work_plan",
    "transfers",
}
#: Sections about expenditure, and what it divides into.
_SPENDING = {"expenditure", "basic_expenditure", "project_expenditure"}
_PARTS = {"expenditure.project", "expenditure.basic", "expenditure.public", "expenditure.personnel"}
#: Sections about all money of the agency.
_EMPTY: dict[str, type[Statement]] = {
    "expenditure.government_fund": GovernmentFundStatement,
    "expenditure.state_capital": StateCapitalStatement,
}
_ITEM = len("2010201")
#: Classes 类 of the functional and of the economic classification.
_CLASSES = ("expenditure.function_class", "expenditure.economic_class")
_ALL_MONEY = {"overall", "revenue", "expenditure"}
#: Concepts of the whole budget even where their sentence stands in a fund's section.
_OF_ALL = {"three_public.total", "operating_funds.total"}


@rule("X01", "文字中的总额与表中一致", "Totals of the narrative are those of the tables")
def totals(subject: Subject, rule: Rule) -> Iterator[Result]:
    """文字总额 = 表中总额: revenue, expenditure, basic and project expenditure, by fund.

    The figure of the same concept, phase and year in any statement; it is wrong only where no
    statement prints it. A figure that stands in a section of another subject is not judged; one
    that the tables print for another thing is a warning. Source: 部门预决算公开 (narrative keyed
    to the tables), every template.
    """
    yield from _compare(subject, rule, _TOTALS)


@rule("X02", "文字中的收入来源与表中一致", "Sources of revenue are those of the tables")
def sources(subject: Subject, rule: Rule) -> Iterator[Result]:
    """文字收入来源 = 表中收入来源: 财政拨款收入, 事业收入, 其他收入 …, phase and year alike.

    Source: 情况说明 二、收入 (公开02). Every template.
    """
    yield from _compare(subject, rule, _SOURCES)


@rule("X03", "文字中的“三公”、机关运行经费与表中一致", "Topics are those of the tables")
def topics(subject: Subject, rule: Rule) -> Iterator[Result]:
    """文字“三公”各项、机关运行经费、会议费、培训费 = 表中各项, of the same phase and year.

    Source: 情况说明 七、“三公” (公开07). Every template.
    """
    yield from _compare(subject, rule, _TOPICS)


@rule("X06", "文字所称没有的与表中数字不矛盾", "What is said to be none has no figure")
def none(subject: Subject, rule: Rule) -> Iterator[Result]:
    """文字称无 ⇒ 表中无数字: what the narrative or a note says is none (本部门无“三公”经费预算) has
    no figure but zero in the statements, of the same phase and year.

    Source: the declarations of 部门预决算公开 (无政府性基金预算), every template.
    """
    for node in subject.nodes:
        said = next((a for a in node.line.amounts if a.amount.state is ValueState.NIL), None)
        if said is None or not node.line.concept or node.line.within:
            continue
        phase, year = said.phase or subject.own_phase, said.year or node.line.year
        printed = subject.figures.get(node.line.concept, phase, year)
        figures = [found.operand for found in printed if found.operand.value]
        if not printed:
            continue
        amount = said.amount
        left = Operand(
            name=node.name,
            text=amount.text,
            value=Decimal(0),
            step=Decimal(0),
            anchor=amount.anchor,
        )
        right = figures[:1] or [printed[0].operand]
        comparison = compare_sums([left], right)
        formula = f"{node.name}: 无 = 表中同项"
        yield judged(rule, comparison, [left], right, formula, section=node.section, tail=False)


@rule("X08", "表为空表的资金在文字中也无数字", "A fund whose table is empty has no figure")
def empty(subject: Subject, rule: Rule) -> Iterator[Result]:
    """空表 ⇒ 文字 = 0: the narrative gives no expenditure of a fund whose statement, on its page,
    prints no figure (政府性基金预算支出表: 本表无数据).

    Source: the declarations of 部门预决算公开, every template.
    """
    for concept, kind in _EMPTY.items():
        tables = [s for s in subject.statements if isinstance(s, kind)]
        if not tables or not all(table.empty for table in tables):
            continue
        for node in subject.by_concept.get(concept, ()):
            phased = _own(subject, node)
            operand = money(node.name, phased.amount) if phased is not None else None
            if operand is None or node.line.year != subject.report.identity.fiscal_year:
                continue
            title = tables[0].title
            nothing = Operand(
                name=title_of(tables[0]),
                text="空表",
                value=Decimal(0),
                step=Decimal(0),
                anchor=title.anchor if title is not None else None,
            )
            comparison = compare_sums([operand], [nothing])
            formula = f"{node.name} = 空表"
            yield judged(
                rule, comparison, [operand], [nothing], formula, section=node.section, tail=False
            )


@rule("X04", "文字中的类款项金额与表中科目一致", "Items 项 are the rows of their name")
def items(subject: Subject, rule: Rule) -> Iterator[Result]:
    """…（类）…（款）…（项）N万元 = the row of that name, by the names of its 类 and 款; where a
    code is printed (2080505…N万元) the row of that code.

    Source: 情况说明 五（三）(公开05). Wrong only where rows of that name are printed and none has
    the amount; where no table of the same money prints them, only if it is more than in a table of
    all money.
    """
    if subject.is_government:
        yield unevaluable(rule, say("many_levels"))
        return
    for node in subject.by_concept.get("expenditure.function_item", ()):
        phased = _own(subject, node)
        operand = money(node.name, phased.amount) if phased is not None else None
        item, found = _item_rows(subject, node.line)
        if operand is None or not found:
            continue
        formula = f"{node.name} = 表中{item}"
        result = _nearest(subject, rule, node, operand, found, formula)
        less = result.outcome is Outcome.MISMATCH and (result.difference or 0) < 0
        if less and not _of_same_money(node, found):
            # The table holds other money, too: less of it is no contradiction, more would be.
            what = "同一资金的报表"
            reason = say("operand_missing", what=what)
            yield unevaluable(rule, reason, formula, left=[operand], section=node.section)
        else:
            yield result


@rule("X05", "文字中的类级金额与表中科目一致", "Classes 类 are the rows of their name")
def classes(subject: Subject, rule: Rule) -> Iterator[Result]:
    """…支出（类）N万元 = the row of that class, in any statement of the same phase and year.

    Source: 情况说明 三、支出 and 五（二）结构 (公开03, 04, 05). Every template. Wrong only where
    rows of that name are printed and none has the amount.
    """
    if subject.is_government:
        yield unevaluable(rule, say("many_levels"))
        return
    nodes = [n for concept in _CLASSES for n in subject.by_concept.get(concept, ())]
    for node in nodes:
        phased = _own(subject, node)
        operand = money(node.name, phased.amount) if phased is not None else None
        if phased is None or operand is None or phased.base is not None:
            continue
        year = phased.year if phased.year is not None else node.line.year
        if year not in (None, subject.report.identity.fiscal_year):
            continue
        found = subject.lookup.classes(node.line.name, subject.own_phase)
        # Basic expenditure is told apart by economic classes in its own tables alone.
        basic = node.kind == "basic_expenditure" and node.line.concept == _CLASSES[1] and found
        if basic or _of_same_money(node, found):
            yield _nearest(subject, rule, node, operand, found, f"{node.name} = 表中同类")


def _item_rows(subject: Subject, line: Line) -> tuple[str, list[Printed]]:
    """The rows of 项 that the code or the names of a line mean, and which of them it was."""
    place = line.classification
    if place is None:
        return "", []
    if len(place.code) == _ITEM:
        return place.code, subject.lookup.coded(place.code)
    if place.item_name is None:
        return "", []
    class_, group, item = (
        fold_text(name.text) if name is not None else ""
        for name in (place.class_name, place.group_name, place.item_name)
    )
    found = [
        printed
        for (its_class, its_group, _), printed in subject.lookup.named(item)
        if not group or its_group == plain(group)
        if not class_ or class_stem(its_class) == class_stem(class_)
    ]
    return item, found


# -- parts -------------------------------------------------------------------------------------


def _compare(subject: Subject, rule: Rule, concepts: re.Pattern[str]) -> Iterator[Result]:
    """Compare the amounts of lines with the figures of statements of the same concept."""
    if subject.is_government:
        yield unevaluable(rule, say("many_levels"))
        return
    for node in subject.nodes:
        if not concepts.fullmatch(node.line.concept):
            continue
        for phased in node.line.amounts:
            operand = money(node.name, phased.amount)
            year = phased.year if phased.year is not None else node.line.year
            phase = phased.phase or subject.own_phase
            if operand is None or year is None or phased.base is not None:
                continue
            fund = _fund(node)
            phases = _phases(node, phase)
            found = [
                printed
                for name in _names(node.line.concept)
                for its_phase in phases
                for printed in subject.figures.get(name, its_phase, year)
                if not fund or printed.statement.funds == fund
            ]
            formula = f"{node.name} = 表中同项"
            other = node.kind in _OTHER_SUBJECTS and not _TOPICS.fullmatch(node.line.concept)
            if found and (other or _of_a_part(node)):
                yield unevaluable(
                    rule, say("other_thing"), formula, left=[operand], section=node.section
                )
            elif found:
                result = _nearest(subject, rule, node, operand, found, formula)
                wider = _holds_carryover(node, found) or _of_more_money(node, operand, found)
                if result.outcome is Outcome.MISMATCH and wider:
                    reason = say("operand_missing", what="全口径总表")
                    result = unevaluable(
                        rule, reason, formula, left=[operand], section=node.section
                    )
                yield result


def _phases(node: Node, phase: Phase) -> tuple[Phase, ...]:
    """The phases of the figures that an amount is held to: 预算数 is that of the whole year, too,
    where the words do not say 年初."""
    line = node.line
    bases = {change.base for change in line.changes} | {done.base for done in line.completions}
    opening = BaseKind.OPENING_BUDGET in bases or "年初" in line.label.text
    return (phase,) if phase is not Phase.APPROVED or opening else (phase, Phase.ADJUSTED)


def _of_a_part(node: Node) -> bool:
    """Whether a source of money is that of a part of the expenditure only (项目支出9万元，包括：
    本年财政拨款8万元、事业收入1万元)."""
    concept = node.line.concept
    if concept.startswith("revenue."):
        return node.kind in _SPENDING
    name = concept.partition(".")[2]
    of_fund = any(name == fund for _, fund in _FUND_WORDS)
    return of_fund and any(whole.line.concept in _PARTS for whole in node.wholes())


def _of_more_money(node: Node, operand: Operand, found: Sequence[Printed]) -> bool:
    """Whether a figure of all money stands against tables of one fund only, and above them."""
    limited = all(each.statement.funds for each in found) and not _fund(node)
    above = operand.value > max(each.operand.value for each in found)
    return node.kind in _ALL_MONEY and limited and above


def _holds_carryover(node: Node, found: Iterable[Printed]) -> bool:
    """Whether a total of both sides stands against tables of one side only, which leave out what
    is carried over."""
    balance = node.line.concept.startswith("balance.")
    return balance and not any(isinstance(each.statement, TwoSided) for each in found)


def _fund(node: Node) -> str:
    """Whose money a line of a concept without a fund speaks of, ``""`` for all."""
    name = node.line.concept.partition(".")[2]
    if any(fund in name for _, fund in _FUND_WORDS) or node.line.concept in _OF_ALL:
        # The concept says it itself (expenditure.general_budget).
        return ""
    current: Node | None = node
    while current is not None:
        words = fold_text(current.name)
        for word, fund in _FUND_WORDS:
            if word in words:
                return fund
        current = current.whole
    return _SECTION_FUNDS.get(node.kind, "")


def _of_same_money(node: Node, found: Iterable[Printed]) -> bool:
    """Whether a table of the money that a line speaks of is among those that print its name: only
    such a table can prove a figure wrong, while any may prove it right."""
    fund = _fund_of_whole(node)
    return any(printed.statement.funds in (fund, _BOTH[bool(fund)]) for printed in found)


def _fund_of_whole(node: Node) -> str:
    """Whose money a class is spent from: what its wholes or its section say."""
    for whole in node.wholes():
        for word, fund in _FUND_WORDS:
            if fund in whole.line.concept or word in fold_text(whole.name):
                return fund
    return _SECTION_FUNDS.get(node.kind, "")


def _names(concept: str) -> tuple[str, ...]:
    """The concepts under which tables may print a figure of the narrative."""
    return next((group for group in _ALIKE if concept == group[0]), (concept,))


def _nearest(
    subject: Subject, rule: Rule, node: Node, operand: Operand, found: list[Printed], formula: str
) -> Result:
    """The comparison with the statement that is nearest."""
    comparisons = [(printed, compare_sums([operand], [printed.operand])) for printed in found]
    printed, comparison = min(comparisons, key=lambda pair: abs(pair[1].difference))
    # A concept that names its fund is plain; only a short label may mean another thing.
    plain_name = any(fund in node.line.concept for _, fund in _FUND_WORDS)
    other = None if plain_name else subject.figures.of_amount(operand)
    lowered = None
    if other is not None:
        lowered = (Level.WARNING, say("printed_elsewhere", what=other.operand.name))
    if subject.is_several:
        lowered = (Level.WARNING, say("several_entities"))
    return judged(
        rule,
        comparison,
        [operand],
        [printed.operand],
        formula,
        section=node.section,
        table=printed.statement.block,
        lowered=lowered,
    )


def _own(subject: Subject, node: Node) -> PhasedAmount | None:
    """The amount of a line in the report's own phase."""
    return node.amount(subject.own_phase) or node.amount(None)
