"""Facts 数据事实: every printed figure of a report, flat, one row per figure and measure.

Sources, in this order: the lines of the records (narrative), the values that records read from
tables, and every other figure of every table. A printed figure gives one fact per measure: a
cell that a record has read is not read again, and a figure that two records share is told once.
Where a table is a known statement, its figures have the concepts of their rows and columns.

A blank cell gives no fact; a dash and a word for none (无) do, each with its state. What stands
where a number is expected and cannot be read as one gives a fact of state ``text`` with the
doubt named. Codes, running numbers (序号, 行次, 栏次) and years are no figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from disclosure_parser.facts.layout import Tables
from disclosure_parser.facts.levels import with_levels
from disclosure_parser.facts.model import Fact, Measure
from disclosure_parser.facts.records import form_facts, record_facts
from disclosure_parser.facts.statements import StatementFigures
from disclosure_parser.facts.tables import table_facts
from disclosure_parser.language.values import ValueState
from disclosure_parser.statements import PerformanceTargets

if TYPE_CHECKING:
    from disclosure_parser.report import Report

__all__ = ["Fact", "Measure", "facts_of"]


def _contradicted(facts: list[Fact]) -> list[Fact]:
    """The facts, those that say that something is none in doubt where a figure of it is printed."""
    printed = {
        (fact.concept, fact.year, fact.phase, fact.scope)
        for fact in facts
        if fact.concept and fact.number and fact.measure is Measure.AMOUNT and not fact.whole
    }
    return [
        evolve(fact, doubt=fact.doubt or "a figure of it is printed")
        if fact.state is ValueState.NIL
        and (fact.concept, fact.year, fact.phase, fact.scope) in printed
        else fact
        for fact in facts
    ]


def facts_of(report: Report) -> tuple[Fact, ...]:
    """All facts of a report in reading order of the records, then of the other table cells.

    Raises:
        LookupError: the report was written without its document (``document=False``), so its
            tables cannot be read again.
    """
    tables = Tables(report)
    known = StatementFigures(report.statements)
    facts: list[Fact] = []
    for record in report.records:
        facts.extend(record_facts(record, report.identity, tables))
    for statement in report.statements:
        if isinstance(statement, PerformanceTargets) and statement.targets is not None:
            facts.extend(form_facts(statement.targets, report.identity, tables))
    facts.extend(table_facts(report.identity, tables))
    levelled = with_levels(facts, report.identity, report.sections)
    told = _contradicted([known.told(fact) for fact in levelled])
    if report.document.recognised:
        from disclosure_parser.recognised import marked_facts

        told = list(marked_facts(report, told))
    return tuple(told)
