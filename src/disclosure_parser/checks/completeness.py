"""Completeness 公开完整性: which of the required items a report discloses.

The items are those that 财预〔2016〕143号 asks for and that transparency surveys score: sections,
statements, 款 and 项 of the classifications, the items of “三公”, reasons. What a file cannot hold
because the rest of the disclosure is another file (tables apart from the text) is not applicable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import evolve

from disclosure_parser.catalogue.codes import Domain
from disclosure_parser.checks.lines import Node
from disclosure_parser.checks.model import Disclosed, Presence
from disclosure_parser.checks.subject import Subject
from disclosure_parser.document import Anchor
from disclosure_parser.identity import Scope
from disclosure_parser.language.values import Direction, ValueState
from disclosure_parser.statements import (
    BasicExpenditure,
    ExpenditureStatement,
    FiscalAppropriationExpenditure,
    FiscalAppropriationSummary,
    GeneralBudgetExpenditure,
    GovernmentFundStatement,
    RevenueExpenditureSummary,
    RevenueStatement,
    StateCapitalStatement,
    Statement,
    ThreePublicStatement,
    UnitList,
    UnknownTable,
)

Kinds = tuple[type[Statement], ...]

#: The tables of 部门预决算公开, each with those that stand for it in some templates.
STATEMENTS: tuple[tuple[str, str, str, Kinds], ...] = (
    ("summary", "收支总表", "revenue and expenditure summary", (RevenueExpenditureSummary,)),
    ("revenue", "收入总表", "revenue statement", (RevenueStatement,)),
    ("expenditure", "支出总表", "expenditure statement", (ExpenditureStatement,)),
    (
        "fiscal_summary",
        "财政拨款收支总表",
        "fiscal appropriation summary",
        (FiscalAppropriationSummary, FiscalAppropriationExpenditure),
    ),
    (
        "general_budget",
        "一般公共预算支出表",
        "general budget expenditure",
        (GeneralBudgetExpenditure, FiscalAppropriationExpenditure),
    ),
    ("basic", "一般公共预算基本支出表", "basic expenditure", (BasicExpenditure,)),
    ("three_public", "“三公”经费支出表", "three public expenses", (ThreePublicStatement,)),
    ("government_fund", "政府性基金预算支出表", "government funds", (GovernmentFundStatement,)),
    ("state_capital", "国有资本经营预算支出表", "state capital", (StateCapitalStatement,)),
)
#: The tables of the central form (中央高校).
CENTRAL = {"summary", "revenue", "expenditure", "fiscal_summary"}
#: 国有资本经营预算 is asked for since about this year.
_STATE_CAPITAL_SINCE = 2020

#: The topics that the narrative has to speak of, by section kind or by concept.
TOPICS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("部门职责", "duties", ("duties", "overview")),
    ("机构设置", "organisation", ("organisation", "staff", "overview")),
    ("收支情况", "revenue and expenditure", ("overall", "revenue", "expenditure", "basis")),
    ("“三公”经费", "three public expenses", ("three_public",)),
    ("机关运行经费", "operating funds", ("operating_funds",)),
    ("政府采购", "procurement", ("procurement",)),
    ("国有资产", "state assets", ("state_assets",)),
    (
        "预算绩效",
        "performance",
        ("performance", "performance_overall", "performance_projects"),
    ),
    ("名词解释", "glossary", ("glossary",)),
)
#: Topics that the central form does not ask for.
_NOT_CENTRAL = {"three_public", "operating_funds", "procurement", "state_assets"}
_EXPENSES = (
    ("three_public.overseas", "因公出国（境）费", "overseas travel"),
    ("three_public.vehicle_purchase", "公务用车购置费", "vehicle purchase"),
    ("three_public.vehicle_operation", "公务用车运行维护费", "vehicle operation"),
    ("three_public.reception", "公务接待费", "official reception"),
)
_FUND_WORDS = {
    GovernmentFundStatement: "基金",
    StateCapitalStatement: "国有资本",
    ThreePublicStatement: "三公",
}


def disclosed(subject: Subject) -> tuple[Disclosed, ...]:
    """The required items and whether the report has them; none for a government's report."""
    if subject.report.identity.scope is Scope.GOVERNMENT:
        return ()
    return (*_topics(subject), *_statements(subject), *_details(subject), *_reasons(subject))


def has_statements(subject: Subject) -> bool:
    """Whether the statutory tables are in this file at all."""
    known = {kind for _, _, _, kinds in STATEMENTS for kind in kinds}
    return len({type(s) for s in subject.statements} & known) >= 3


def has_narrative(subject: Subject) -> bool:
    """Whether the narrative is in this file at all."""
    return len({section.kind for section in subject.report.walk()} - {"", "statement"}) >= 3


def explained(subject: Subject, statement: Statement) -> bool:
    """Whether it is said, at an empty table or in the text, that there is nothing to print."""
    if statement.declared_empty is not None:
        return True
    word = next((w for kind, w in _FUND_WORDS.items() if isinstance(statement, kind)), None)
    return word is not None and any(
        word in node.line.name
        for node in subject.nodes
        if any(a.amount.state is ValueState.NIL for a in node.line.amounts)
    )


def prior_changes(subject: Subject, prefix: str) -> Iterator[tuple[Node, Anchor, bool]]:
    """The lines of a concept that changed against an earlier year, and whether they say why.

    A whole may leave the reason to its parts, a part to its whole; a total of both sides to the
    sides, which its section tells below.
    """
    reasoned = {n.section for n in subject.nodes if n.line.explanation is not None}
    for node in subject.nodes:
        change = node.line.change
        if not node.line.concept.startswith(prefix) or change is None or change.amount is None:
            continue
        moved = change.amount.number not in (None, 0) and change.direction is not Direction.NONE
        if not moved or change.base is None or not change.base.value.startswith("prior"):
            continue
        inherited = node.whole is not None and node.whole.line.explanation is not None
        below = node.line.concept.startswith("balance.") and node.section in reasoned
        yield node, change.anchor, inherited or below or _explains(node, set())


def _explains(node: Node, seen: set[int]) -> bool:
    """Whether a line or one of its parts, down to the innermost, prints a reason."""
    if id(node) in seen:
        return False
    seen.add(id(node))
    return node.line.explanation is not None or any(_explains(part, seen) for part in node.parts)


# -- groups ----------------------------------------------------------------------------------


def _topics(subject: Subject) -> Iterator[Disclosed]:
    places: dict[str, Anchor | None] = {}
    for section in subject.report.walk():
        places.setdefault(section.kind, section.heading)
    narrative = has_narrative(subject)
    for zh, en, kinds in TOPICS:
        found = [kind for kind in kinds if kind in places]
        spoken = [n for c in subject.by_concept if c.startswith(kinds) for n in _of(subject, c)]
        anchor = places[found[0]] if found else None
        if anchor is None and spoken:
            anchor = spoken[0].line.label.anchor
        central = _is_central(subject) and kinds[0] in _NOT_CENTRAL
        yield Disclosed(
            group="section",
            id=kinds[0],
            zh=zh,
            en=en,
            presence=_presence(bool(found or spoken), narrative and not central),
            anchor=anchor,
        )


def _statements(subject: Subject) -> Iterator[Disclosed]:
    here = has_statements(subject)
    year = subject.report.identity.fiscal_year
    for name, zh, en, kinds in STATEMENTS:
        found = [s for s in subject.statements if isinstance(s, kinds)]
        asked = here and (name in CENTRAL or not _is_central(subject))
        if name == "state_capital" and (year is None or year < _STATE_CAPITAL_SINCE):
            asked = False
        presence = _presence(bool(found), asked)
        if found and all(s.empty for s in found):
            told = any(explained(subject, s) for s in found)
            presence = Presence.DECLARED_NONE if told else Presence.EMPTY
        title = next((s.title for s in found if s.title is not None), None)
        yield Disclosed(
            group="statement",
            id=name,
            zh=zh,
            en=en,
            presence=presence,
            anchor=title.anchor if title is not None else None,
        )


def _details(subject: Subject) -> Iterator[Disclosed]:
    here = has_statements(subject)
    for name, zh, en, domain, level in (
        ("function_item", "功能分类到项级", "function to 项", Domain.FUNCTIONAL, "项"),
        ("economic_item", "经济分类到款级", "economic to 款", Domain.ECONOMIC, "款"),
    ):
        anchor = _coded(subject, domain, level)
        asked = here and not (name == "economic_item" and _is_central(subject))
        yield _detail(name, zh, en, anchor, asked)
    narrative = (has_narrative(subject) or here) and not _is_central(subject)
    tables = [s for s in subject.statements if isinstance(s, ThreePublicStatement)]
    nothing = bool(tables) and all(s.empty and explained(subject, s) for s in tables)
    for concept, zh, en in _EXPENSES:
        detail = _detail(concept, zh, en, _printed(subject, concept), narrative)
        if nothing and detail.presence is Presence.NO:
            # What is said of the three together holds for each.
            detail = evolve(detail, presence=Presence.DECLARED_NONE)
        yield detail
    for concept, zh, en in (
        ("procurement.goods", "采购货物", "goods"),
        ("procurement.works", "采购工程", "works"),
        ("procurement.services", "采购服务", "services"),
    ):
        asked = bool(subject.by_concept.get("procurement.total")) and not _is_central(subject)
        yield _detail(concept, zh, en, _printed(subject, concept), asked)


def _reasons(subject: Subject) -> Iterator[Disclosed]:
    for name, zh, en, prefix in (
        ("three_public", "“三公”经费增减原因", "why the three expenses changed", "three_public."),
        ("operating_funds", "机关运行经费增减原因", "why operating funds changed", "operating_f"),
        ("balance", "收支增减原因", "why totals changed", "balance."),
    ):
        changes = list(prior_changes(subject, prefix))
        presence = Presence.NOT_APPLICABLE
        if changes:
            presence = Presence.YES if all(told for _, _, told in changes) else Presence.NO
        anchor = changes[0][1] if changes else None
        yield Disclosed(group="reason", id=name, zh=zh, en=en, presence=presence, anchor=anchor)
    empty = [
        s for s in subject.statements if s.empty and not isinstance(s, UnknownTable | UnitList)
    ]
    presence = Presence.NOT_APPLICABLE
    if empty:
        told = all(explained(subject, s) for s in empty)
        presence = Presence.YES if told else Presence.NO
    yield Disclosed(
        group="reason",
        id="empty_tables",
        zh="空表说明",
        en="why tables are empty",
        presence=presence,
    )


# -- helpers ---------------------------------------------------------------------------------


def _is_central(subject: Subject) -> bool:
    return subject.report.family == "central-university"


def _of(subject: Subject, concept: str) -> Iterator[Node]:
    return (n for n in subject.by_concept[concept] if n.line.amounts or n.line.quantity)


def _presence(found: bool, asked: bool) -> Presence:
    if found:
        return Presence.YES
    return Presence.NO if asked else Presence.NOT_APPLICABLE


def _detail(name: str, zh: str, en: str, anchor: Anchor | None, asked: bool) -> Disclosed:
    presence = _presence(anchor is not None, asked)
    return Disclosed(group="detail", id=name, zh=zh, en=en, presence=presence, anchor=anchor)


def _coded(subject: Subject, domain: Domain, level: str) -> Anchor | None:
    """Where a code of a level of a classification is printed with an amount."""
    wanted: Callable[[Statement], bool] = lambda s: not s.empty  # noqa: E731
    for statement in filter(wanted, subject.statements):
        for row in statement.rows:
            if row.code is not None and row.code.domain is domain and row.code.level == level:
                return row.code.parts[0].anchor if row.code.parts else None
    return None


def _printed(subject: Subject, concept: str) -> Anchor | None:
    """Where a figure (or a word for none) of a concept is printed, in the text or in a table."""
    for node in subject.by_concept.get(concept, ()):
        if node.line.amounts:
            return node.line.amounts[0].amount.anchor
    for found in subject.figures.of_concept(concept).values():
        return found[0].operand.anchor
    return None
