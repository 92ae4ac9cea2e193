"""Rows of facts."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from disclosure_parser.catalogue.codes import Domain
from disclosure_parser.dataset.cells import Row, factor, path, where
from disclosure_parser.facts import Fact
from disclosure_parser.language.values import decimals_of
from disclosure_parser.report import Report
from disclosure_parser.statements.model import Flow

#: What the ids of concepts begin with, and the side of the budget that they stand on.
_FLOWS = {
    "revenue": Flow.REVENUE,
    "expenditure": Flow.EXPENDITURE,
    "three_public": Flow.EXPENDITURE,
    "operating_funds": Flow.EXPENDITURE,
    "outlays": Flow.EXPENDITURE,
    "procurement": Flow.EXPENDITURE,
}
_Place = tuple[int, int | None, int | None]


@frozen
class _Cell:
    """What the statement of a cell says: the list of its row's code, the side of its lane."""

    domain: Domain | None = None
    flow: Flow | None = None


def fact_rows(report: Report) -> Iterator[Row]:
    """A row for each fact, in the order of :meth:`~disclosure_parser.report.Report.facts`.

    Raises:
        LookupError: the report was written without its document.
    """
    cells = _cells(report)
    for number, fact in enumerate(report.facts(), 1):
        yield _row(report, number, fact, cells)


def _row(report: Report, number: int, fact: Fact, cells: dict[_Place, _Cell]) -> Row:
    anchor = fact.anchor
    cell = cells.get((anchor.block, anchor.row, anchor.column), _Cell())
    return {
        "report": report.document.source.sha256,
        "fact": number,
        "entity": fact.entity,
        "scope": fact.scope,
        "year": fact.year,
        "phase": fact.phase,
        # A revenue table by functions (收入决算表) has concepts of expenditure.
        "flow": cell.flow or _FLOWS.get(fact.concept.partition(".")[0]),
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
        "code_domain": cell.domain if fact.code else None,
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


def _cells(report: Report) -> dict[_Place, _Cell]:
    """What the statements say of their cells."""
    found: dict[_Place, _Cell] = {}
    for statement in report.statements:
        flows = {lane.index: lane.flow for lane in statement.lanes}
        for row in statement.rows:
            domain = row.code.domain if row.code is not None else None
            for value in row.values:
                held = value.amount or value.quantity
                if held is not None:
                    place = (held.anchor.block, held.anchor.row, held.anchor.column)
                    cell = _Cell(domain, flows.get(row.lane))
                    # One figure for two lanes (收支总计) is on neither side.
                    shared = found.get(place, cell).flow is not cell.flow
                    found[place] = _Cell(domain) if shared else cell
    return found
