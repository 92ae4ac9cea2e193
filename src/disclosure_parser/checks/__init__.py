"""Reconciliation 勾稽: what of a report agrees, what does not, what could not be checked."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from disclosure_parser.checks.model import (
    CheckReport,
    Finding,
    Level,
    Operand,
    Outcome,
    Result,
)
from disclosure_parser.checks.registry import Rule, rule, rules
from disclosure_parser.checks.subject import Subject
from disclosure_parser.report import Report

__all__ = [
    "CheckReport",
    "Finding",
    "Level",
    "Operand",
    "Outcome",
    "Result",
    "Rule",
    "check",
    "rule",
    "rules",
]


def check(report: Report) -> CheckReport:
    """Apply every rule to a report.

    A rule that finds nothing to speak of is in the ledger as not applicable.
    """
    subject = Subject(report)
    ledger: list[Result] = []
    for known in rules():
        results = list(known.apply(subject))
        if not results:
            nothing = "本报告无此内容: the report has nothing that the rule speaks of"
            results.append(
                Result(
                    rule=known.id,
                    outcome=Outcome.NOT_APPLICABLE,
                    level=known.level,
                    formula=known.title,
                    reason=nothing,
                )
            )
        ledger.extend(results)
    findings = tuple(
        Finding(id=_finding_id(result), result=result)
        for result in ledger
        if result.outcome is Outcome.MISMATCH
    )
    counts = Counter(result.outcome.value for result in ledger)
    return CheckReport(findings=findings, ledger=tuple(ledger), counts=dict(sorted(counts.items())))


def _finding_id(result: Result) -> str:
    """A name that only what is printed decides: rule, operands and their places."""
    parts = [result.rule, result.formula, str(result.anchor)]
    parts.extend(f"{o.name}={o.text}@{o.anchor}" for o in result.operands)
    return f"{result.rule}-{sha256('|'.join(parts).encode()).hexdigest()[:10]}"
