"""The ``check`` command: findings, the ledger and completeness for reading, or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from disclosure_parser.checks import (
    CheckReport,
    Finding,
    Level,
    Operand,
    Outcome,
    Presence,
    check,
    check_across,
    rules,
)
from disclosure_parser.checks.registry import FAMILIES
from disclosure_parser.cli.running import Run, shown, write_bytes, write_text
from disclosure_parser.export.checks import CheckedReports, checked, checks_to_json
from disclosure_parser.identity import ReportKind, Scope
from disclosure_parser.report import Report

#: The exit code where a finding is at least as serious as ``--fail-on``.
FOUND = 3
_ORDER = (Level.ERROR, Level.WARNING, Level.NOTE)
_WORDS = {
    "error": ("错误", "error"),
    "warning": ("疑点", "warning"),
    "note": ("提示", "note"),
    "ok": ("相符", "ok"),
    "rounding": ("尾差", "rounding"),
    "mismatch": ("不符", "mismatch"),
    "not_applicable": ("不适用", "not applicable"),
    "not_evaluable": ("无法判断", "not evaluable"),
    "yes": ("已公开", "disclosed"),
    "declared_none": ("空表并有说明", "empty, explained"),
    "empty": ("空表未说明", "empty, not explained"),
    "no": ("未见", "not found"),
    "formula": ("公式", "formula"),
    "left": ("左方", "left"),
    "right": ("右方", "right"),
    "printed": ("原文", "printed"),
    "difference": ("差额", "difference"),
    "tolerance": ("容差", "tolerance"),
    "message": ("说明", "message"),
    "reason": ("理由", "because"),
    "summary": ("汇总", "summary"),
    "complete": ("公开完整性", "completeness"),
    "ledger": ("规则台账", "ledger"),
    "across": ("跨报告", "across the reports"),
    "none": ("未发现不符", "nothing found"),
    "section": ("事项", "sections"),
    "statement": ("报表", "statements"),
    "detail": ("细目", "details"),
    "reasons": ("原因", "reasons"),
    "budget": ("预算", "budget"),
    "final": ("决算", "final accounts"),
    "department": ("部门", "department"),
    "unit": ("单位", "unit"),
    "own_level": ("本级", "own level"),
    "government": ("政府", "government"),
    "region": ("全地区", "region"),
}
#: So many operands of a side are printed; a sum of hundreds of rows is no reading.
_SHOWN = 12


class Page:
    """What the command prints, in a language (``zh`` or ``en``)."""

    def __init__(self, language: str, *, ledger: bool = False, complete: bool = False) -> None:
        self._language = language
        self._ledger = ledger
        self._complete = complete

    def word(self, code: str) -> str:
        """The word of a code."""
        return _WORDS[code][self._language == "en"]

    def report(self, name: str, report: Report, result: CheckReport) -> Iterator[str]:
        """The page of a report: what it is, its findings, the summary."""
        identity = report.identity
        kind = self.word(identity.kind.value) if isinstance(identity.kind, ReportKind) else ""
        scope = self.word(identity.scope.value) if isinstance(identity.scope, Scope) else ""
        year = str(identity.fiscal_year or "")
        told = " ".join(part for part in (identity.agency or "", year, kind, scope) if part)
        yield f"{name}: {told or '?'}\n"
        yield from self.result(result, [name])

    def result(self, result: CheckReport, names: Sequence[str]) -> Iterator[str]:
        """Findings, most serious first, then the summary and what was asked for besides."""
        for finding in sorted(result.findings, key=lambda f: _ORDER.index(f.level)):
            yield from self._finding(finding, names)
        yield f"  {self.word('summary')}: {self._summary(result)}\n"
        if result.disclosed:
            yield from self._disclosed(result)
        if self._ledger:
            yield from self._lines(result)
        yield "\n"

    def _finding(self, finding: Finding, names: Sequence[str]) -> Iterator[str]:
        result = finding.result
        titles = {rule.id: rule.name(self._language) for rule in rules()}
        title = titles.get(finding.rule, "")
        yield f"  [{self.word(finding.level.value)}] {finding.id} {title}\n"
        yield self._line("formula", result.formula)
        places = iter(finding.places)
        for side, operands in (("left", result.left), ("right", result.right)):
            for number, operand in enumerate(operands):
                place = next(places, "")
                if number < _SHOWN:
                    yield self._line(side, self._operand(operand, place, names))
            if len(operands) > _SHOWN:
                yield self._line(side, f"… (+{len(operands) - _SHOWN})")
        if result.printed:
            place = finding.places[0] if finding.places and not result.operands else ""
            yield self._line("printed", f"“{_flat(result.printed)}”{_bracketed(place)}")
        if result.difference is not None:
            off = f"{_number(result.difference, result.unit)} {result.unit}".rstrip()
            allowed = f"{_number(result.tolerance or Decimal(0), result.unit)} {result.unit}"
            yield self._line("difference", f"{off} ({self.word('tolerance')} {allowed.rstrip()})")
        if result.message is not None:
            yield self._line("message", result.message.text(self._language))
        if result.reason is not None:
            yield self._line("reason", result.reason.text(self._language))

    def _operand(self, operand: Operand, place: str, names: Sequence[str]) -> str:
        where = place
        if len(names) > 1:
            where = ", ".join(part for part in (names[operand.report], place) if part)
        return f"{_flat(operand.name)} “{_flat(operand.text)}”{_bracketed(where)}"

    def _line(self, word: str, text: str) -> str:
        return f"      {self.word(word)}: {_flat(text)}\n"

    def _summary(self, result: CheckReport) -> str:
        if not result.findings:
            levels = self.word("none")
        else:
            levels = ", ".join(
                f"{self.word(level.value)} {len(result.of_level(level))}" for level in _ORDER
            )
        counts = result.counts
        outcomes = ", ".join(
            f"{self.word(outcome.value)} {counts.get(outcome.value, 0)}" for outcome in Outcome
        )
        return f"{levels}; {outcomes}"

    def _disclosed(self, result: CheckReport) -> Iterator[str]:
        asked = [d for d in result.disclosed if d.presence is not Presence.NOT_APPLICABLE]
        there = [d for d in asked if d.presence in (Presence.YES, Presence.DECLARED_NONE)]
        missing = [d for d in asked if d not in there]
        names = "、".join(d.en if self._language == "en" else d.zh for d in missing)
        tail = f"; {self.word('no')}: {names}" if missing else ""
        yield f"  {self.word('complete')}: {len(there)}/{len(asked)}{tail}\n"
        if not self._complete:
            return
        for item in result.disclosed:
            group = self.word("reasons" if item.group == "reason" else item.group)
            name = item.en if self._language == "en" else item.zh
            yield f"      {group} | {name} | {self.word(item.presence.value)}\n"

    def _lines(self, result: CheckReport) -> Iterator[str]:
        """The ledger: every rule with the number of its outcomes, and why it could not judge."""
        yield f"  {self.word('ledger')}:\n"
        for rule in rules():
            results = result.of_rule(rule.id)
            if not results:
                continue
            counts = {o: sum(r.outcome is o for r in results) for o in Outcome}
            told = ", ".join(f"{self.word(o.value)} {n}" for o, n in counts.items() if n)
            yield f"      {rule.id} {rule.name(self._language)}: {told}\n"
            reasons = dict.fromkeys(
                r.reason.text(self._language)
                for r in results
                if r.reason is not None and r.outcome is not Outcome.MISMATCH
            )
            for reason in reasons:
                yield f"          {_flat(reason)}\n"


def run_check(
    files: Sequence[str],
    *,
    language: str,
    as_json: bool,
    fail_on: Level | None,
    ledger: bool,
    complete: bool,
    together: bool = False,
) -> int:
    """Check files and print what is found; the exit code."""
    run, page = Run(), Page(language, ledger=ledger, complete=complete)
    done: list[tuple[str, Report, CheckReport]] = []
    for name, report in run.reports(files, together=together):
        with run.guard(name):
            result = check(report)
            done.append((shown(name), report, result))
            if not as_json:
                write_text(page.report(shown(name), report, result))
    across = None
    with run.guard("check"):
        if len(done) > 1:
            across = check_across([report for _, report, _ in done])
        if as_json:
            reports = tuple(checked(report, result) for _, report, result in done)
            write_bytes(checks_to_json(CheckedReports(reports=reports, across=across)) + b"\n")
        elif across is not None:
            write_text([f"{page.word('across')}:\n"])
            write_text(page.result(across, [name for name, _, _ in done]))
    if run.code:
        return run.code
    results = [result for _, _, result in done] + ([across] if across is not None else [])
    return FOUND if any(_fails(result, fail_on) for result in results) else 0


def print_rules(language: str) -> None:
    """Print the rules: family by family, id, level and title."""
    page, family = Page(language), ""
    lines: list[str] = []
    for rule in rules():
        if rule.family != family:
            family = rule.family
            names = FAMILIES.get(family, (family, family))
            lines.append(f"{names[language == 'en']}\n")
        lines.append(f"  {rule.id} [{page.word(rule.level.value)}] {rule.name(language)}\n")
        lines.extend(f"      {line}".rstrip() + "\n" for line in rule.doc.splitlines())
    write_text(lines)


def _fails(result: CheckReport, fail_on: Level | None) -> bool:
    if fail_on is None:
        return False
    serious = _ORDER[: _ORDER.index(fail_on) + 1]
    return any(finding.level in serious for finding in result.findings)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _bracketed(place: str) -> str:
    return f" ({place})" if place else ""


def _number(value: Decimal, unit: str) -> str:
    """A difference for reading: two decimals of money, three significant ones of a ratio."""
    if unit == "%":
        return f"{value:.4f}"
    return f"{value:,.2f}" if unit else f"{value.normalize():f}"
