"""Rules of disclosure 公开内容: what has to be published is there, or it is said why not."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_parser.checks.completeness import (
    disclosed,
    explained,
    has_narrative,
    has_statements,
    prior_changes,
)
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Presence, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import remark, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.checks.tables import title_of
from disclosure_parser.identity import ReportKind
from disclosure_parser.statements import UnitList, UnknownTable


@rule("D01", "应公开的报表齐全", "The required statements are there", level=Level.WARNING)
def tables(subject: Subject, rule: Rule) -> Iterator[Result]:
    """应公开报表 ⊆ 已公开报表; an empty table counts.

    Source: 财预〔2016〕143号 地方预决算公开操作规程. Nine tables in the national form,
    国有资本经营预算 since about 2020; four in the central form of universities. A file without
    statements is the narrative of a disclosure whose tables are another file. A government's
    report has others.
    """
    if subject.is_government:
        return
    if not has_statements(subject):
        yield unevaluable(rule, say("tables_elsewhere"))
        return
    yield from _required(subject, rule, "statement", "公开")


@rule("D02", "空表有说明", "Empty tables are explained", level=Level.WARNING)
def empty_tables(subject: Subject, rule: Rule) -> Iterator[Result]:
    """空表 ⇒ 有说明: a table without figures is explained, in a note or in the text.

    Source: 财预〔2016〕143号 (无收支的须公开空表并说明). Every template.
    """
    for statement in subject.statements:
        if not statement.empty or isinstance(statement, UnknownTable | UnitList):
            continue
        yield remark(
            rule,
            wrong=not explained(subject, statement),
            formula=f"《{title_of(statement)}》为空表并有说明",
            anchor=statement.title.anchor if statement.title is not None else None,
            message=say("not_explained"),
            table=statement.block,
        )


@rule("D03", "应说明的事项齐全", "The required topics are spoken of", level=Level.NOTE)
def topics(subject: Subject, rule: Rule) -> Iterator[Result]:
    """应说明事项 ⊆ 已说明事项: 职责, 机构, 收支, “三公”, 机关运行经费, 采购, 资产, 绩效, 名词.

    Source: 财预〔2016〕143号 地方预决算公开操作规程; the central form of universities asks for
    fewer. A file of tables alone is not judged.
    """
    if subject.is_government:
        return
    if not has_narrative(subject):
        yield unevaluable(rule, say("narrative_elsewhere"))
        return
    yield from _required(subject, rule, "section", "说明")


@rule(
    "D04", "“三公”经费增减有原因", "Changes of the three expenses have a reason", level=Level.NOTE
)
def reasons(subject: Subject, rule: Rule) -> Iterator[Result]:
    """增减额 ≠ 0 ⇒ 有原因: each of the three public expenses that changed prints why.

    Source: 财预〔2016〕143号 (说明增减变化原因). Every template. A whole may leave the reason to
    its parts, a part to its whole.
    """
    for node, anchor, told in prior_changes(subject, "three_public."):
        yield remark(
            rule,
            wrong=not told,
            formula=f"{node.name}增减原因",
            anchor=anchor,
            message=say("no_reason"),
            section=node.section,
        )


@rule("D05", "报告年度、单位、种类可辨", "The report says what it is", level=Level.NOTE)
def identity(subject: Subject, rule: Rule) -> Iterator[Result]:
    """单位, 年度, 种类 ⊆ 已标明: the report says whose it is, of which year, budget or accounts.

    Source: 财预〔2016〕143号. Every template.
    """
    told = subject.report.identity
    kinds = {ReportKind.BUDGET: "预算", ReportKind.FINAL: "决算"}
    for name, value in (
        ("单位", told.agency),
        ("年度", told.fiscal_year),
        ("种类", kinds.get(told.kind) if told.kind is not None else None),
    ):
        yield remark(
            rule,
            wrong=value is None,
            formula=f"标明{name}",
            message=say("not_published", what=name),
        )


def _required(subject: Subject, rule: Rule, group: str, verb: str) -> Iterator[Result]:
    """A result for each required item of a group that the report gives occasion for."""
    for item in disclosed(subject):
        if item.group != group or item.presence is Presence.NOT_APPLICABLE:
            continue
        yield remark(
            rule,
            wrong=item.presence is Presence.NO,
            formula=f"{verb}{item.zh}",
            anchor=item.anchor,
            message=say("not_published", what=item.zh),
        )
