"""Rules of codes 科目编码: the printed name belongs to the printed code."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import SequenceMatcher

from disclosure_parser.catalogue.codes import (
    Agreement,
    Domain,
    Edition,
    guess_edition,
    of_domain,
    procurement,
)
from disclosure_parser.catalogue.codes.entries import name_key
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Message, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import lowest, remark, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.document import Quote, fold_text
from disclosure_parser.statements import PrintedCode, ProcurementStatement, Row, Statement
from disclosure_parser.statements.model import ColumnRole, StatementColumn

#: Fiscal years whose lists are known in full: economic items since their present meaning, the
#: functional list in the edition of 2025. In other years codes may have been renumbered.
_LISTS = (range(2019, 2100), range(2024, 2027))
#: Names of which so much is shared are two wordings of one.
_ALIKE = 0.7
#: The last year in which codes of both editions of the procurement catalogue were printed.
_BOTH_EDITIONS = 2023


@rule("C01", "科目名称与科目编码相符", "The name belongs to the code")
def names(subject: Subject, rule: Rule) -> Iterator[Result]:
    """科目名称 = 该年度政府收支分类科目中该编码的名称.

    Source: 财政部 政府收支分类科目 of the report's year; every template with codes. A name that is
    another code's is an error, one that is no code's a warning (wording differs between editions
    and places), a former name a note and named as such. The list is the one of the table's domain;
    a code that it does not hold is not judged. A name that stands beside its code one row away may
    have slipped in reading: a warning.
    """
    year = subject.report.identity.fiscal_year
    seen: set[tuple[str, str]] = set()
    for statement in subject.statements:
        coded = [
            row
            for row in statement.rows
            if row.code is not None and row.name is not None and not _of_projects(statement, row)
        ]
        for place, row in enumerate(coded):
            if row.code is None or row.name is None:
                continue
            key = (row.code.code, row.name.text)
            if key not in seen:
                seen.add(key)
                near = coded[max(0, place - 1) : place + 2]
                beside = {r.code.code for r in near if r.code is not None and r is not row}
                yield _judged(rule, statement, row, row.code, year, beside)


@rule("C02", "同一编码名称一致", "One code has one name", level=Level.WARNING)
def consistent(subject: Subject, rule: Rule) -> Iterator[Result]:
    """名称(表A, 编码) = 名称(表B, 编码): one code has one name in all tables of a report.

    Source: 政府收支分类科目. Every template; white space and brackets do not count.
    """
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for statement in subject.statements:
        for row in statement.rows:
            if row.code is None or row.name is None or _of_projects(statement, row):
                continue
            names = found.setdefault((row.code.domain.value, row.code.code), {})
            names.setdefault(name_key(row.name.text), row)
    for (_, code), names in found.items():
        rows = list(names.values())
        first = rows[0].name
        if first is None:
            continue
        yield remark(
            rule,
            wrong=len(rows) > 1,
            formula=f"{code}: " + " / ".join(r.name.text.strip() for r in rows if r.name),
            anchor=rows[-1].name.anchor if rows[-1].name is not None else first.anchor,
            printed=rows[-1].name.text if rows[-1].name is not None else first.text,
        )


@rule(
    "C03",
    "采购品目名称与品目编码相符",
    "The item belongs to its catalogue code",
    level=Level.WARNING,
)
def purchases(subject: Subject, rule: Rule) -> Iterator[Result]:
    """采购品目名称 = 品目编码在其版本目录中的名称 (政府采购品目分类目录 2013 / 2022).

    Source: 财库〔2022〕31号 and the catalogue of 2013. The edition is told by the length of the
    code, then by the name; where only the year tells it the code is judged from 2024 on.
    采购物品名称 is often the thing itself and not its class, so that another name is a note
    unless the catalogue knows that name under another code of the same edition.
    """
    year = subject.report.identity.fiscal_year
    for statement in subject.statements:
        if not isinstance(statement, ProcurementStatement) or statement.table is None:
            continue
        for row in statement.table.rows:
            if row.code is None or row.item is None or not fold_text(row.code.text).strip():
                continue
            yield _purchase(rule, statement, row.code, row.item, year)


# -- parts -------------------------------------------------------------------------------------


def _of_projects(statement: Statement, row: Row) -> bool:
    """Whether the names beside the codes are those of projects (科目编码 | 项目名称)."""
    headers = (c.path[-1] for c in statement.columns if _names(c, row) and c.path)
    return any(fold_text(header).endswith("项目名称") for header in headers)


def _names(column: StatementColumn, row: Row) -> bool:
    return column.lane == row.lane and column.role is ColumnRole.NAME


def _judged(
    rule: Rule,
    statement: Statement,
    row: Row,
    code: PrintedCode,
    year: int | None,
    beside: Collection[str],
) -> Result:
    assert row.name is not None
    name = "".join(row.name.text.split())
    formula = f"{code.code} {name}"
    wrong = code.agreement not in (Agreement.SAME, Agreement.VARIANT)
    others = [entry.code for entry in of_domain(code.domain, year).find(name)] if wrong else []
    if code.agreement is Agreement.UNKNOWN:
        near = [other for other in others if other[:3] == code.code[:3]]
        if not near or len(code.code) < 5:
            return unevaluable(
                rule, say("code_unknown"), formula, table=statement.block, anchor=row.name.anchor
            )
        others = near
    level, reason = lowest((rule.level, None), _lowered(code, name, others, year, beside))
    known = {"number": code.code, "name": code.official or ""}
    message = say("official_name", **known)
    if code.agreement is Agreement.UNKNOWN:
        message = say("name_only", others=", ".join(others[:3]), number=code.code)
    elif others:
        message = say("name_of", others=", ".join(others[:3]), **known)
    return remark(
        rule,
        wrong=wrong,
        formula=formula,
        anchor=row.name.anchor,
        printed=name,
        message=message,
        reason=reason,
        level=level,
        table=statement.block,
    )


def _is_wording(code: PrintedCode, name: str) -> bool:
    """Whether a name is close to its code's: another wording, or the one of another edition."""
    official = name_key(code.official or "")
    return SequenceMatcher(None, name_key(name), official).ratio() >= _ALIKE


def _lowered(
    code: PrintedCode,
    name: str,
    others: Collection[str],
    year: int | None,
    beside: Collection[str],
) -> tuple[Level, Message | None] | None:
    """Why a name that is not its code's is less than an error."""
    if code.agreement is Agreement.OTHER_YEAR:
        return Level.NOTE, say("former_name")
    if code.doubt:
        return Level.NOTE, say("code_doubtful")
    if code.agreement is Agreement.UNKNOWN:
        return Level.WARNING, say("code_unknown")
    if not others and _is_wording(code, name):
        return Level.NOTE, say("other_wording")
    known = _LISTS[code.domain is Domain.FUNCTIONAL]
    if not others and code.domain is Domain.FUNCTIONAL and year not in known:
        return Level.NOTE, say("old_list")
    if not others:
        return Level.WARNING, None
    if set(others) & set(beside):
        return Level.WARNING, say("row_shift")
    if year not in known:
        return Level.WARNING, say("old_list")
    return None


def _purchase(
    rule: Rule, statement: Statement, code: Quote, item: Quote, year: int | None
) -> Result:
    printed, name = fold_text(code.text).strip(), "".join(item.text.split())
    formula = f"{printed} {name}"
    guess = guess_edition(printed, name, year)
    sure = guess.sure or (year or 0) > _BOTH_EDITIONS
    if not sure or guess.entry is None:
        # The name alone: it is in the catalogue of the year, and never under such a code.
        edition = Edition.E2022 if (year or 0) > _BOTH_EDITIONS else Edition.E2013
        known_as = [e.code for e in procurement(edition).find(name)] if year else []
        if known_as and year != _BOTH_EDITIONS and not any(_related(c, printed) for c in known_as):
            return remark(
                rule,
                wrong=True,
                formula=formula,
                anchor=item.anchor,
                printed=name,
                message=say("name_only", number=printed, others=", ".join(known_as[:3])),
                table=statement.block,
            )
    if guess.entry is None or guess.edition is None or not sure:
        return unevaluable(
            rule, say("edition_unknown"), formula, table=statement.block, anchor=code.anchor
        )
    catalogue = procurement(guess.edition)
    agreement = catalogue.agreement(guess.entry.code, name)
    wrong = agreement is Agreement.DIFFERENT
    # The name of a class above or below is the thing itself, said more or less exactly.
    others = [
        entry.code
        for entry in (catalogue.find(name) if wrong else ())
        if not _related(entry.code, guess.entry.code)
    ]
    known = {"number": printed, "name": guess.entry.name}
    return remark(
        rule,
        wrong=wrong,
        formula=formula,
        anchor=item.anchor,
        printed=name,
        message=say("name_of", others=", ".join(others[:3]), **known)
        if others
        else say("official_name", **known),
        level=rule.level if others else Level.NOTE,
        table=statement.block,
    )


def _related(one: str, other: str) -> bool:
    """Whether one code of the catalogue stands above the other."""
    first, second = (code.rstrip("0") for code in (one, other))
    return first.startswith(second) or second.startswith(first)
