"""Figures that were recognised in pictures: none of them is sure, and each says what speaks for it.

A recognised digit may be wrong and look as well as a right one. Every figure that stands in a
picture is therefore doubtful, whatever the confidence, so that a rule that it takes part in never
gives an error. What the report's own identities say of it is added: sums of its table, the
narrative against the table. A closed identity does not make it sure (a column that was read wrong
as a whole closes, too), and nothing is corrected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar, cast

import attrs
from attrs import evolve

from disclosure_parser.checks import check
from disclosure_parser.checks.model import CheckReport, Outcome
from disclosure_parser.document import Anchor
from disclosure_parser.facts import Fact
from disclosure_parser.language.values import Amount, Quantity
from disclosure_parser.report import Report

T = TypeVar("T")
Value = Amount | Quantity

_MARK = "recognised in a picture"


def with_doubts(report: Report) -> Report:
    """The report with every figure of a picture marked; others stay as they are.

    ``doubt`` reads ``recognised in a picture, confidence 0.987; agrees: T02, X01`` (or ``disagrees:
    T01``), before what else is doubted of the figure.
    """
    marked = _marked(report, lambda anchor: _confidence(report, anchor))
    said = _said(check(marked))

    def told(anchor: Anchor) -> str | None:
        mark = _confidence(report, anchor)
        return None if mark is None else "; ".join((mark, *said.get(_cell(anchor), ())))

    return _marked(report, told)


def marked_facts(report: Report, facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts of a report with the marks of its figures; a cell that no record holds is read
    anew from its table and has none yet."""
    marks: dict[object, str] = {}

    def keep(value: Value) -> Value:
        if value.doubt and value.doubt.startswith(_MARK):
            marks[_cell(value.anchor)] = value.doubt
        return value

    _mapped((report.records, report.statements), keep)
    for fact in facts:
        if fact.doubt and fact.doubt.startswith(_MARK):
            yield fact
            continue
        mark = marks.get(_cell(fact.anchor)) or _confidence(report, fact.anchor)
        if mark is not None and fact.doubt and not mark.endswith(fact.doubt):
            mark = f"{mark}; {fact.doubt}"
        yield fact if mark is None else evolve(fact, doubt=mark)


def _marked(report: Report, told: Callable[[Anchor], str | None]) -> Report:
    def mark(value: Value) -> Value:
        words = told(value.anchor)
        if words is None:
            return value
        return evolve(value, doubt=f"{words}; {value.doubt}" if value.doubt else words)

    return evolve(
        report,
        records=tuple(_mapped(record, mark) for record in report.records),
        statements=tuple(_mapped(statement, mark) for statement in report.statements),
    )


def _confidence(report: Report, anchor: Anchor) -> str | None:
    sure = report.document.confidence(anchor)
    return None if sure is None else f"{_MARK}, confidence {sure}"


def _said(result: CheckReport) -> dict[object, tuple[str, ...]]:
    """What the rules say of the figures that they compared, by where these stand."""
    agrees: dict[object, set[str]] = defaultdict(set)
    disagrees: dict[object, set[str]] = defaultdict(set)
    for one in result.ledger:
        operands = (*one.left, *one.right)
        if len(operands) < 2 or one.outcome not in _COMPARED:
            continue
        found = disagrees if one.outcome is Outcome.MISMATCH else agrees
        for operand in operands:
            if operand.anchor is not None:
                found[_cell(operand.anchor)].add(one.rule)
    return {
        place: tuple(
            f"{word}: {', '.join(sorted(rules))}"
            for word, rules in (("agrees", agrees[place]), ("disagrees", disagrees[place]))
            if rules
        )
        for place in {*agrees, *disagrees}
    }


_COMPARED = {Outcome.OK, Outcome.ROUNDING, Outcome.MISMATCH}


def _cell(anchor: Anchor) -> object:
    """Where a figure stands: its cell, or its first character in a paragraph."""
    return anchor.block, anchor.row, anchor.column, anchor.start if anchor.row is None else 0


def _mapped(value: T, mark: Callable[[Value], Value]) -> T:
    """An object with the amounts and quantities inside it replaced, at any depth."""
    if isinstance(value, Amount | Quantity):
        return cast(T, mark(value))
    if isinstance(value, tuple):
        parts = tuple(_mapped(part, mark) for part in value)
        return cast(
            T, parts if any(a is not b for a, b in zip(parts, value, strict=True)) else value
        )
    kind: Any = type(value)
    if not attrs.has(kind) or isinstance(value, Anchor):
        return value
    changes: dict[str, Any] = {}
    for field in attrs.fields(kind):
        if field.init:
            before = getattr(value, field.name)
            after = _mapped(before, mark)
            if after is not before:
                changes[field.alias] = after
    return evolve(cast(Any, value), **changes) if changes else value
