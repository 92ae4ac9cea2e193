"""Rules of disclosure 公开内容: what has to be published is there, or it is said why not."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_parser.checks.model import Level, Outcome, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import remark, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.identity import ReportKind, Scope
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

#: The tables of 部门预决算公开, each with those that stand for it in some templates.
REQUIRED_TABLES: tuple[tuple[str, tuple[type[Statement], ...]], ...] = (
    ("收支总表", (RevenueExpenditureSummary,)),
    ("收入总表", (RevenueStatement,)),
    ("支出总表", (ExpenditureStatement,)),
    ("财政拨款收支总表", (FiscalAppropriationSummary, FiscalAppropriationExpenditure)),
    ("一般公共预算支出表", (GeneralBudgetExpenditure, FiscalAppropriationExpenditure)),
    ("一般公共预算基本支出表", (BasicExpenditure,)),
    ("“三公”经费支出表", (ThreePublicStatement,)),
    ("政府性基金预算支出表", (GovernmentFundStatement,)),
    ("国有资本经营预算支出表", (StateCapitalStatement,)),
)
#: The topics that the narrative has to speak of, by section kind.
REQUIRED_TOPICS = (
    ("部门职责", ("duties",)),
    ("机构设置", ("organisation", "staff")),
    ("“三公”经费", ("three_public",)),
    ("机关运行经费", ("operating_funds",)),
    ("政府采购", ("procurement",)),
    ("国有资产", ("state_assets",)),
    ("预算绩效", ("performance", "performance_overall", "performance_projects")),
    ("名词解释", ("glossary",)),
)


@rule("D01", "应公开的报表齐全", level=Level.WARNING)
def tables(subject: Subject, rule: Rule) -> Iterator[Result]:
    """The tables that 财预〔2016〕143号 asks for are there; an empty one counts.

    A file without any statement is the narrative of a disclosure whose tables are another file.
    国有资本经营预算 is asked for since about 2019. A government's report has other tables.
    """
    if subject.report.identity.scope is Scope.GOVERNMENT:
        return
    statements = [s for s in subject.statements if not isinstance(s, UnknownTable | UnitList)]
    kinds = {type(s) for s in statements}
    known = [kind for _, group in REQUIRED_TABLES for kind in group]
    if sum(kind in known for kind in kinds) < 3:
        yield unevaluable(
            rule, "报表另行公开: the statements are not in this file", "应公开的报表齐全"
        )
        return
    year = subject.report.identity.fiscal_year
    for name, group in REQUIRED_TABLES:
        if group == (StateCapitalStatement,) and (year is None or year < 2020):
            continue
        missing = not kinds & set(group)
        yield remark(
            rule,
            wrong=missing,
            formula=f"公开{name}",
            message="未见此表" if missing else "",
        )


@rule("D02", "空表有说明", level=Level.WARNING)
def empty_tables(subject: Subject, rule: Rule) -> Iterator[Result]:
    """A table without figures is explained: in a note, or in the text (无…财政拨款收支)."""
    told = " ".join(
        node.line.name
        for node in subject.nodes
        if any(a.amount.state is ValueState.NIL for a in node.line.amounts)
    )
    for statement in subject.statements:
        if not statement.empty or isinstance(statement, UnknownTable | UnitList):
            continue
        title = statement.title.text if statement.title is not None else statement.kind
        explained = statement.declared_empty is not None or _speaks_of(told, statement)
        yield remark(
            rule,
            wrong=not explained,
            formula=f"《{title}》为空表并有说明",
            anchor=statement.title.anchor if statement.title is not None else None,
            text="" if explained else "空表未说明",
            table=statement.block,
        )


@rule("D03", "应说明的事项齐全", level=Level.NOTE)
def topics(subject: Subject, rule: Rule) -> Iterator[Result]:
    """The narrative speaks of 职责, 机构, “三公”, 机关运行经费, 采购, 资产, 绩效 and 名词."""
    if subject.report.identity.scope is Scope.GOVERNMENT:
        return
    kinds = {section.kind for section in subject.report.walk()}
    if len(kinds) < 3:
        yield unevaluable(rule, "文字说明另行公开: the narrative is not in this file", rule.title)
        return
    spoken = " ".join(node.line.concept for node in subject.nodes)
    for name, group in REQUIRED_TOPICS:
        missing = not kinds & set(group) and group[0] not in spoken
        yield remark(
            rule, wrong=missing, formula=f"说明{name}", message="未见此项" if missing else ""
        )


@rule("D04", "“三公”经费增减有原因", level=Level.NOTE)
def reasons(subject: Subject, rule: Rule) -> Iterator[Result]:
    """Each of the three public expenses that changed against last year prints a reason.

    A whole may leave the reason to its parts.
    """
    for node in subject.nodes:
        change = node.line.change
        if not node.line.concept.startswith("three_public.") or change is None:
            continue
        moved = (
            change.amount is not None
            and change.amount.number not in (None, 0)
            and change.direction is not Direction.NONE
        )
        prior = change.base is not None and change.base.value.startswith("prior")
        if not moved or not prior:
            continue
        given = node.line.explanation is not None or any(
            part.line.explanation is not None for part in node.parts
        )
        inherited = node.whole is not None and node.whole.line.explanation is not None
        yield remark(
            rule,
            wrong=not given and not inherited,
            formula=f"{node.name}增减原因",
            anchor=change.anchor,
            text="" if given or inherited else "未说明原因",
            section=node.section,
        )


@rule("D05", "报告年度、单位、种类可辨", level=Level.NOTE)
def identity(subject: Subject, rule: Rule) -> Iterator[Result]:
    """The report says whose it is, for which year, and whether it is a budget or final accounts."""
    told = subject.report.identity
    kinds = {ReportKind.BUDGET: "预算", ReportKind.FINAL: "决算"}
    for name, value in (
        ("单位", told.agency),
        ("年度", told.fiscal_year),
        ("种类", kinds.get(told.kind) if told.kind is not None else None),
    ):
        yield Result(
            rule=rule.id,
            outcome=Outcome.OK if value is not None else Outcome.MISMATCH,
            level=rule.level,
            formula=f"标明{name}",
            message="" if value is not None else "未标明",
        )


_FUND_WORDS = {
    GovernmentFundStatement: "基金",
    StateCapitalStatement: "国有资本",
    ThreePublicStatement: "三公",
}


def _speaks_of(told: str, statement: Statement) -> bool:
    """Whether the text declares that what a table would hold is none."""
    word = next((w for kind, w in _FUND_WORDS.items() if isinstance(statement, kind)), None)
    return word is not None and word in told
