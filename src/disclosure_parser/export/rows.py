"""Facts as rows of text, for CSV and JSON Lines: the columns of the dataset's table of facts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

from disclosure_parser.dataset.cells import Cell
from disclosure_parser.dataset.fact_rows import fact_rows as rows_of_facts
from disclosure_parser.export.csvs import csv_line, safe
from disclosure_parser.report import Report


def fact_rows(report: Report) -> Iterator[dict[str, str | None]]:
    """A row per fact, always with the same keys in the same order; ``None`` for what is not told.

    The keys are ``source`` and the columns of the table ``facts`` (docs/dataset-schema.md).
    Numbers stay strings with their printed decimals.
    """
    source = report.document.source.name
    for row in rows_of_facts(report):
        yield {"source": source, **{name: _text(value) for name, value in row.items()}}


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


def _text(value: Cell) -> str | None:
    if isinstance(value, Decimal):
        return format(value, "f")
    return None if value is None else str(value)
