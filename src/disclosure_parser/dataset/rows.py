"""Rows of all tables from a report: what a worker makes, and every export follows.

Printed words are given with runs of white space as one space, printed figures as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from disclosure_parser.dataset.cells import Row, printed, where
from disclosure_parser.dataset.fact_rows import fact_rows
from disclosure_parser.dataset.record_rows import (
    asset_rows,
    indicator_rows,
    procurement_fund_rows,
    procurement_rows,
)
from disclosure_parser.dataset.statement_rows import statement_rows, table_rows
from disclosure_parser.document import Paragraph, Role, Severity
from disclosure_parser.report import Report

if TYPE_CHECKING:
    from disclosure_parser.checks.model import CheckReport, Operand
    from disclosure_parser.outline.model import Section

#: Columns of ``reports`` that count the rows of the table of that name.
_COUNTED = ("sections", "facts", "diagnostics", "findings")


def tables_of(report: Report, check: CheckReport | None = None) -> dict[str, Iterable[Row]]:
    """The rows of a report by table, made as they are taken; all tables but ``reports`` and
    ``files``, and ``findings`` and ``operands`` only with a check.

    Raises:
        LookupError: when rows are taken, and the report was written without its document.
    """
    tables = {name: make(report) for name, make in _OF_REPORT.items()}
    if check is not None:
        tables |= {"findings": _findings(report, check), "operands": _operands(report, check)}
    return tables


def report_row(report: Report, counts: Mapping[str, int]) -> Row:
    """The row of ``reports``; ``counts`` are the numbers of rows of the other tables."""
    identity = report.identity
    where_it_is = report.whereabouts()
    division = where_it_is.division
    unread = sum(d.severity is Severity.ERROR for d in report.diagnostics)
    return {
        "report": report.document.source.sha256,
        "source": report.document.source.name,
        "format": report.document.source.format,
        "status": "partial" if unread else "complete",
        "agency": identity.agency,
        "unit_code": identity.unit_code,
        "fiscal_year": identity.fiscal_year,
        "kind": identity.kind,
        "scope": identity.scope,
        "title": printed(identity.title),
        "level": where_it_is.level,
        "division": division.code if division is not None else None,
        "division_name": division.name if division is not None else None,
        "division_candidates": " ".join(entry.code for entry in where_it_is.candidates) or None,
        "division_basis": where_it_is.basis or None,
        "family": report.family or None,
        "records": len(report.records),
        "statements": len(report.statements),
        "unread": unread,
        **{name: counts.get(name) for name in _COUNTED},
    }


def _sections(report: Report) -> Iterator[Row]:
    pairs = (pair for root in report.sections for pair in _walk(root, None, 1))
    for position, (section, parent, depth) in enumerate(pairs, 1):
        yield {
            "report": report.document.source.sha256,
            "section": section.id,
            "parent": parent,
            "position": position,
            "depth": depth,
            "number": section.number or None,
            "title": section.title or None,
            "kind": section.kind or None,
            "basis": section.basis or None,
            "ordinal": section.ordinal,
            "text": _text(report, section),
            **where(report, section.heading),
        }


def _walk(
    section: Section, parent: str | None, depth: int
) -> Iterator[tuple[Section, str | None, int]]:
    yield section, parent, depth
    for child in section.children:
        yield from _walk(child, section.id, depth + 1)


def _text(report: Report, section: Section) -> str | None:
    """The paragraphs of a section itself, a line each; what follows the heading in its block."""
    lines = []
    for index in section.blocks:
        block = report.document.blocks[index]
        if isinstance(block, Paragraph) and block.role is Role.TEXT:
            heading = section.heading
            start = heading.end if heading is not None and heading.block == index else 0
            lines.append(block.text[start:])
    return "\n".join(lines) or None


def _diagnostics(report: Report) -> Iterator[Row]:
    for number, found in enumerate(report.diagnostics, 1):
        at = where(report, found.anchor)
        if found.place is not None:
            at["place"] = str(found.place)
        yield {
            "report": report.document.source.sha256,
            "diagnostic": number,
            "code": found.code,
            "severity": found.severity,
            "message": found.message,
            **at,
        }


def _findings(report: Report, check: CheckReport) -> Iterator[Row]:
    for found in check.findings:
        result = found.result
        anchor = result.anchor
        if anchor is None:
            anchor = next((o.anchor for o in result.operands if o.anchor is not None), None)
        message, reason = result.message, result.reason
        yield {
            "report": report.document.source.sha256,
            "finding": found.id,
            "rule": result.rule,
            "level": result.level,
            "outcome": result.outcome,
            "formula": result.formula or None,
            "message_zh": message.zh if message is not None else None,
            "message_en": message.en if message is not None else None,
            "reason_zh": reason.zh if reason is not None else None,
            "reason_en": reason.en if reason is not None else None,
            # Written in full: differences of ratios have more digits than any fixed decimal.
            "difference": format(result.difference, "f") if result.difference is not None else None,
            "tolerance": format(result.tolerance, "f") if result.tolerance is not None else None,
            "unit": result.unit or None,
            "printed": result.printed or None,
            "section": result.section or None,
            "table_block": result.table,
            **where(report, anchor),
        }


def _operands(report: Report, check: CheckReport) -> Iterator[Row]:
    for found in check.findings:
        sides: list[tuple[str, Operand]] = [("left", one) for one in found.result.left]
        sides += [("right", one) for one in found.result.right]
        for number, (side, operand) in enumerate(sides, 1):
            yield {
                "report": report.document.source.sha256,
                "finding": found.id,
                "operand": number,
                "side": side,
                "name": operand.name or None,
                "text": operand.text or None,
                "value": operand.value,
                "doubt": operand.doubt,
                **where(report, operand.anchor),
            }


_OF_REPORT: dict[str, Callable[[Report], Iterable[Row]]] = {
    "sections": _sections,
    "facts": fact_rows,
    "statements": statement_rows,
    "tables": table_rows,
    "indicators": indicator_rows,
    "procurement": procurement_rows,
    "procurement_funds": procurement_fund_rows,
    "assets": asset_rows,
    "diagnostics": _diagnostics,
}
