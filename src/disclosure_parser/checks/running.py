"""Running the rules over a report, or over several; making findings of what does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import permutations

from attrs import evolve

from disclosure_parser.checks.completeness import disclosed
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import CheckReport, Finding, Level, Outcome, Result
from disclosure_parser.checks.registry import Rule, rules
from disclosure_parser.checks.results import lowest, not_applicable, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.document import Anchor, fold_text
from disclosure_parser.report import Report

#: From so many mismatches in one table, and so large a part of what was compared, the reading of
#: the table is doubted rather than the table.
_MANY, _PART = 3, 3
#: Families that judge how the figures of a table stand to each other and to others.
_READINGS = {"within_tables", "within_balances", "within_lists", "between_tables"}


def check(report: Report) -> CheckReport:
    """Apply every rule to a report.

    A rule that finds nothing to speak of is in the ledger as not applicable.
    """
    subject = Subject(report)
    ledger: list[Result] = []
    for known in rules():
        reason = say("needs_several" if known.pair is not None else "nothing_of_it")
        results = _results(known, known.apply(subject)) or [not_applicable(known, reason)]
        ledger.extend(_doubted(known, results))
    return CheckReport(
        findings=tuple(_findings(ledger, [report])),
        ledger=tuple(ledger),
        disclosed=disclosed(subject),
    )


def check_across(reports: Sequence[Report]) -> CheckReport:
    """Apply the rules across reports to every two of them.

    ``Operand.report`` and ``Result.report`` say which report (its place in ``reports``) an
    anchor belongs to.
    """
    subjects = [Subject(report) for report in reports]
    ledger: list[Result] = []
    for known in rules():
        if known.pair is None:
            continue
        results = [
            result
            for first, second in permutations(range(len(subjects)), 2)
            for result in _results(
                known, known.apply_pair(subjects[first], subjects[second], (first, second))
            )
        ]
        ledger.extend(results or [not_applicable(known, say("no_pair"))])
    return CheckReport(findings=tuple(_findings(ledger, reports)), ledger=tuple(ledger))


def _results(rule: Rule, results: Iterator[Result]) -> list[Result]:
    """The results of a rule, of anybody's; one that fails costs only itself, and says so."""
    found: list[Result] = []
    try:
        found.extend(results)
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        found.append(unevaluable(rule, say("rule_failed", what=what)))
    return found


def _doubted(rule: Rule, results: Sequence[Result]) -> Iterator[Result]:
    """Errors of a rule in a table most of which does not add up become warnings.

    A table printed with one wrong figure breaks a few identities; one read with shifted columns
    breaks most of them.
    """
    compared: Counter[int | None] = Counter()
    wrong: Counter[int | None] = Counter()
    for result in results:
        compared[result.table] += result.outcome is not Outcome.NOT_EVALUABLE
        wrong[result.table] += result.outcome is Outcome.MISMATCH
    for result in results:
        table = result.table
        many = wrong[table] >= _MANY and wrong[table] * _PART >= compared[table]
        if rule.family in _READINGS and table is not None and many:
            level, reason = lowest(
                (result.level, result.reason), (Level.WARNING, say("many_in_table"))
            )
            result = evolve(result, level=level, reason=reason)
        yield result


def _findings(ledger: Iterable[Result], reports: Sequence[Report]) -> Iterator[Finding]:
    """The findings of a ledger, each with an id that only what is printed decides.

    The id is made of the rule, the formula and the printed figures, not of their places: the
    same finding has the same id in the Word and in the PDF file of a report. Findings that are
    printed alike are numbered.
    """
    seen: Counter[str] = Counter()
    for result in ledger:
        if result.outcome is not Outcome.MISMATCH:
            continue
        parts = [result.rule, result.formula, result.printed]
        parts.extend(f"{operand.name}={operand.text}" for operand in result.operands)
        text = "|".join("".join(fold_text(part).split()) for part in parts)
        name = f"{result.rule}-{sha256(text.encode('utf-8', 'replace')).hexdigest()[:10]}"
        seen[name] += 1
        number = f"-{seen[name]}" if seen[name] > 1 else ""
        yield Finding(id=f"{name}{number}", result=result, places=_places(result, reports))


def _places(result: Result, reports: Sequence[Report]) -> tuple[str, ...]:
    """Where the operands of a result are printed, else where its words are."""
    anchors = [(operand.anchor, operand.report) for operand in result.operands]
    return tuple(_place(a, reports[i]) for a, i in anchors or [(result.anchor, result.report)])


def _place(anchor: Anchor | None, report: Report) -> str:
    if anchor is None:
        return ""
    try:
        places = report.places(anchor)
    except LookupError:
        # The report was read without its document.
        return ""
    return str(places[0]) if places else ""
