"""Rules of identity 身份一致: year, agency and kind are the same wherever they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure_parser.checks.model import Level, Outcome, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import remark, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.document import Diagnostic, fold_text
from disclosure_parser.identity import ReportKind, Scope
from disclosure_parser.language.values import Change

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_BUDGET_TABLE = re.compile(r"预算表|预算总表|预算收支")


@rule("I01", "标题、表头与报告年度一致", level=Level.WARNING)
def years(subject: Subject, rule: Rule) -> Iterator[Result]:
    """The year in headings and table titles is the fiscal year of the report.

    A title that compares two years (执行情况与…草案) names both by right.
    """
    yield from _told(subject, rule, "identity.year_conflict", "年度一致")


@rule("I02", "表头、文字与报告单位一致", level=Level.WARNING)
def agencies(subject: Subject, rule: Rule) -> Iterator[Result]:
    """The agency in captions, headings and the announcing sentence is the report's own.

    A name that contains the other (a department and its office) is the same.
    """
    yield from _told(subject, rule, "identity.agency_conflict", "单位一致")


@rule("I03", "比较基数的年度早于本年度")
def base_years(subject: Subject, rule: Rule) -> Iterator[Result]:
    """A figure is compared with an earlier year: 比2026年预算 in a budget for 2026 is a slip.

    For bases whose year is printed; 年初预算 and 全年预算 of the same year are no earlier base.
    """
    fiscal = subject.report.identity.fiscal_year
    for node in subject.nodes:
        for change in node.line.changes:
            printed = _printed_year(change)
            if printed is None or change.base is None or not change.base.value.startswith("prior"):
                continue
            if fiscal is None:
                yield unevaluable(rule, "报告年度未知", "比较年度 < 本年度", section=node.section)
                continue
            yield remark(
                rule,
                wrong=printed >= fiscal,
                formula=f"{node.name}: 比较年度 {printed} < 本年度 {fiscal}",
                anchor=change.base_text.anchor if change.base_text is not None else change.anchor,
                text=change.base_text.text if change.base_text is not None else "",
                section=node.section,
            )


@rule("I04", "预算、决算名称不混用", level=Level.WARNING)
def kinds(subject: Subject, rule: Rule) -> Iterator[Result]:
    """The tables of final accounts are titled 决算, those of a budget are not.

    …预算财政拨款收入支出决算表 names a fund, not the kind. A government's report holds both.
    """
    identity = subject.report.identity
    if identity.kind is None or identity.scope is Scope.GOVERNMENT:
        return
    for statement in subject.statements:
        if statement.title is None:
            continue
        title = fold_text(statement.title.text)
        final = "决算" in title
        wrong = (
            final
            if identity.kind is ReportKind.BUDGET
            else not final and _BUDGET_TABLE.search(title) is not None
        )
        yield remark(
            rule,
            wrong=wrong,
            formula=f"《{statement.title.text}》与报告种类一致",
            anchor=statement.title.anchor,
            text=statement.title.text,
            table=statement.block,
        )


# -- parts -------------------------------------------------------------------------------------


def _told(subject: Subject, rule: Rule, code: str, formula: str) -> Iterator[Result]:
    """What the reading of the identity found to disagree."""
    identity = subject.report.identity
    if identity.agency is None and identity.fiscal_year is None:
        yield unevaluable(rule, "身份未知: neither agency nor year was told", formula)
        return
    conflicts = [d for d in subject.report.diagnostics if d.code == code and not _is_note(d)]
    for conflict in conflicts:
        text = subject.report.text_of(conflict.anchor) if conflict.anchor is not None else ""
        yield remark(
            rule,
            wrong=True,
            formula=formula,
            anchor=conflict.anchor,
            text=text,
            message=conflict.message,
        )
    if not conflicts:
        yield Result(rule=rule.id, outcome=Outcome.OK, level=rule.level, formula=formula)


def _is_note(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity.value == "note"


def _printed_year(change: Change) -> int | None:
    match = _YEAR.search(change.base_text.text) if change.base_text is not None else None
    return int(match.group(1)) if match else None
