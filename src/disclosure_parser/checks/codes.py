"""Rules of codes 科目编码: the printed name belongs to the printed code."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from disclosure_parser.catalogue.codes import Agreement, of_domain
from disclosure_parser.catalogue.codes.entries import name_key
from disclosure_parser.checks.model import Level, Outcome, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import remark, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.statements import PrintedCode, Row, Statement


@rule("C01", "科目名称与科目编码相符")
def names(subject: Subject, rule: Rule) -> Iterator[Result]:
    """The name printed beside a code is its name in the year's list 政府收支分类科目.

    A name that is another code's is an error, one that is no code's a warning (wording differs
    between editions and places), a former name a note. The list is the one of the table's domain
    and the report's year; a code that it does not hold is not judged.
    """
    year = subject.report.identity.fiscal_year
    seen: set[tuple[str, str]] = set()
    for statement in subject.statements:
        for row in statement.rows:
            if row.code is None or row.name is None:
                continue
            key = (row.code.code, row.name.text)
            if key not in seen:
                seen.add(key)
                yield _judged(rule, statement, row, row.code, year)


@rule("C02", "同一编码名称一致", level=Level.WARNING)
def consistent(subject: Subject, rule: Rule) -> Iterator[Result]:
    """One code has one name in all tables of a report; white space and brackets do not count."""
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for statement in subject.statements:
        for row in statement.rows:
            if row.code is not None and row.name is not None:
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
            text=rows[-1].name.text if rows[-1].name is not None else first.text,
        )


# -- parts -------------------------------------------------------------------------------------


def _judged(
    rule: Rule, statement: Statement, row: Row, code: PrintedCode, year: int | None
) -> Result:
    assert row.name is not None
    name = row.name.text.strip()
    formula = f"{code.code} {name}"
    if code.agreement is Agreement.UNKNOWN:
        reason = "编码不在科目表中: the code is not in the list"
        return unevaluable(rule, reason, formula, table=statement.block)
    result = remark(
        rule,
        wrong=code.agreement not in (Agreement.SAME, Agreement.VARIANT),
        formula=formula,
        anchor=row.name.anchor,
        text=name,
        message=f"{code.code}: {code.official}" if code.official else "",
        table=statement.block,
    )
    if result.outcome is not Outcome.MISMATCH:
        return result
    if code.agreement is Agreement.OTHER_YEAR:
        return evolve(result, level=Level.NOTE, reason="旧名称: the name of another year")
    others = [entry.code for entry in of_domain(code.domain, year).find(name)]
    if code.doubt:
        return evolve(result, level=Level.NOTE, reason=code.doubt)
    if others:
        return evolve(result, reason=f"该名称的编码是 {', '.join(others[:3])}")
    return evolve(result, level=Level.WARNING)
