"""Rows of facts."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_parser.catalogue.codes import Domain
from disclosure_parser.catalogue.concepts import Flow
from disclosure_parser.dataset.cells import Row, factor, path, where
from disclosure_parser.facts import Fact
from disclosure_parser.language.values import decimals_of
from disclosure_parser.report import Report

#: What the ids of concepts begin with, and the side of the budget that they stand on.
_FLOWS = {
    "revenue": Flow.REVENUE,
    "expenditure": Flow.EXPENDITURE,
    "three_public": Flow.EXPENDITURE,
    "operating_funds": Flow.EXPENDITURE,
    "outlays": Flow.EXPENDITURE,
    "procurement": Flow.EXPENDITURE,
}
_Cell = tuple[int, int | None, int | None]


def fact_rows(report: Report) -> Iterator[Row]:
    """A row for each fact, in the order of :meth:`~disclosure_parser.report.Report.facts`.

    Raises:
        LookupError: the report was written without its document.
    """
    domains = _domains(report)
    for number, fact in enumerate(report.facts(), 1):
        yield _row(report, number, fact, domains)


def _row(report: Report, number: int, fact: Fact, domains: dict[_Cell, Domain]) -> Row:
    anchor = fact.anchor
    domain = domains.get((anchor.block, anchor.row, anchor.column)) if fact.code else None
    return {
        "report": report.document.source.sha256,
        "fact": number,
        "entity": fact.entity,
        "scope": fact.scope,
        "year": fact.year,
        "phase": fact.phase,
        "flow": _FLOWS.get(fact.concept.partition(".")[0]),
        "concept": fact.concept or None,
        "concept_name": fact.concept_name or None,
        "label": fact.label or None,
        "whole": fact.whole or None,
        "measure": fact.measure,
        "direction": fact.direction,
        "base": fact.base,
        "base_year": fact.base_year,
        "base_text": fact.base_text or None,
        "reason": fact.reason or None,
        "operator": fact.operator,
        "state": fact.state,
        "number": fact.number,
        "decimals": decimals_of(fact.number),
        "upper": fact.upper,
        "unit": fact.unit or None,
        "factor": factor(fact.unit) if fact.yuan is not None else None,
        "yuan": fact.yuan,
        "text": fact.text,
        "code": fact.code or None,
        "code_domain": domain,
        "code_edition": fact.code_edition or None,
        "section": fact.section or None,
        "record": fact.record or None,
        "table_block": fact.table,
        "table_title": fact.table_title or None,
        "row_path": path(fact.row),
        "column_path": path(fact.column),
        "within": fact.within or None,
        "doubt": fact.doubt,
        **where(report, anchor),
    }


def _domains(report: Report) -> dict[_Cell, Domain]:
    """The list that the code of a row belongs to, by the cells of the row's values."""
    found: dict[_Cell, Domain] = {}
    for statement in report.statements:
        for row in statement.rows:
            if row.code is None:
                continue
            for value in row.values:
                held = value.amount or value.quantity
                if held is not None:
                    anchor = held.anchor
                    found[anchor.block, anchor.row, anchor.column] = row.code.domain
    return found
