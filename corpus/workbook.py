"""The tables of a report as an Excel workbook, a sheet each, as agencies publish them.

What stands above a table (title, label, unit) is in the rows above it, the note in the row below.
Numbers are numbers with the format that prints them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import xlsxwriter

from corpus.source import Cell, Grid, Page, Para, Report

#: A fixed date, so that the same report gives the same bytes.
_DATE = datetime(2024, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")
#: A number that is none: a code, with the zeros it begins with.
_CODE = re.compile(r"0\d+|\d{3}(?:\d\d){0,2}")


def render(report: Report) -> bytes:
    """The workbook."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.set_properties({"created": _DATE})
    for number, (above, grid, below) in enumerate(_tables(report), 1):
        sheet = book.add_worksheet(f"表{number}")
        for row, para in enumerate(above):
            sheet.write_string(row, grid.columns - 1 if para.style == "right" else 0, para.printed)
        for cell in grid.cells:
            _write(book, sheet, cell, len(above))
        for row, para in enumerate(below):
            sheet.write_string(len(above) + grid.rows + row, 0, para.printed)
    book.close()
    return data.getvalue()


def _tables(report: Report) -> Iterator[tuple[list[Para], Grid, list[Para]]]:
    """Each table with the lines above and below it."""
    above: list[Para] = []
    last: tuple[list[Para], Grid, list[Para]] | None = None
    for block in report.blocks:
        if isinstance(block, Grid):
            if last is not None:
                yield last
            last, above = (above, block, []), []
        elif isinstance(block, Page):
            continue
        elif isinstance(block, Para) and block.printed:
            if last is not None and not above and block.style == "small":
                last[2].append(block)
            elif block.level or block.style == "right":
                above = [*(above if block.style == "right" else []), block]
            else:
                above = []
    if last is not None:
        yield last


def _write(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, cell: Cell, first: int
) -> None:
    row, column = cell.row + first, cell.column
    number = _NUMBER.fullmatch(cell.text)
    value: str | float = cell.text
    form = None
    if number is not None and not _CODE.fullmatch(cell.text):
        places = f".{'0' * len(number[1])}" if number[1] else ""
        form = book.add_format({"num_format": f"{'#,##' if ',' in cell.text else ''}0{places}"})
        value = float(cell.text.replace(",", ""))
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, "", form)
    if isinstance(value, float):
        sheet.write_number(row, column, value, form)
    elif value:
        sheet.write_string(row, column, value)
