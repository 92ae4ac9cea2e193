"""Facts as rows: one flat row of text per fact, for CSV and JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from disclosure_parser.export.csvs import csv_line, safe
from disclosure_parser.facts import Fact
from disclosure_parser.report import Report

PATH_SEPARATOR = " › "


def fact_rows(report: Report) -> Iterator[dict[str, str | None]]:
    """A row per fact, always with the same keys in the same order; ``None`` for what is not told.

    Numbers stay strings with their printed decimals; ``row`` and ``column`` are joined by `` › ``;
    ``place`` is where the figure is printed (page, line …) and the last columns are its anchor.
    """
    for fact in report.facts():
        yield _row(report, fact)


def _row(report: Report, fact: Fact) -> dict[str, str | None]:
    places = report.places(fact.anchor)
    return {
        "source": report.document.source.name,
        "entity": fact.entity,
        "scope": fact.scope,
        "year": _text(fact.year),
        "phase": fact.phase,
        "concept": fact.concept or None,
        "concept_name": fact.concept_name or None,
        "label": fact.label,
        "whole": fact.whole or None,
        "measure": fact.measure,
        "direction": fact.direction,
        "base": fact.base,
        "base_year": _text(fact.base_year),
        "base_text": fact.base_text or None,
        "operator": fact.operator,
        "state": fact.state,
        "number": _text(fact.number),
        "upper": _text(fact.upper),
        "unit": fact.unit or None,
        "yuan": format(fact.yuan, "f") if fact.yuan is not None else None,
        "text": fact.text,
        "code": fact.code or None,
        "code_edition": fact.code_edition or None,
        "section": fact.section or None,
        "record": fact.record or None,
        "table": _text(fact.table),
        "table_title": fact.table_title or None,
        "row": PATH_SEPARATOR.join(fact.row) or None,
        "column": PATH_SEPARATOR.join(fact.column) or None,
        "within": fact.within or None,
        "doubt": fact.doubt,
        "place": str(places[0]) if places else None,
        "block": str(fact.anchor.block),
        "start": str(fact.anchor.start),
        "end": str(fact.anchor.end),
        "cell_row": _text(fact.anchor.row),
        "cell_column": _text(fact.anchor.column),
    }


def facts_csv(report: Report, *, header: bool = True, spreadsheet: bool = False) -> Iterator[str]:
    """The facts as lines of CSV; ``spreadsheet`` guards words that a program would calculate."""
    first = header
    for row in fact_rows(report):
        if first:
            yield csv_line(row)
            first = False
        cells = ["" if value is None else str(value) for value in row.values()]
        yield csv_line([safe(cell) for cell in cells] if spreadsheet else cells)


def facts_jsonl(report: Report) -> Iterator[str]:
    """The facts as JSON Lines; what is not told is left out."""
    for row in fact_rows(report):
        known = {key: value for key, value in row.items() if value is not None}
        yield json.dumps(known, ensure_ascii=False) + "\n"


def _text(value: object) -> str | None:
    return None if value is None else str(value)
