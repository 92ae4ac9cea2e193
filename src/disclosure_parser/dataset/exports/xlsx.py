"""An Excel workbook: a sheet for each table, and one that says what is in it.

A sheet holds 1,048,576 rows: a longer table goes on in further sheets. A cell holds 32,767
characters: a longer text is cut, ends in ``[…]``, and the first sheet counts such cells. Excel
keeps 15 digits of a number: one with more is written as text. Codes are text, so that they keep
their zeros, and no text is taken for a formula or a link.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define

from disclosure_parser.dataset.errors import DatasetError, needed
from disclosure_parser.dataset.exports.rows import Value, plain, rows
from disclosure_parser.dataset.model import SCHEMA
from disclosure_parser.dataset.reading import Dataset, Frames

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

#: Rows of a sheet, the names of the columns included.
MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767
_CUT = "[…]"
_DIGITS = 15


@define
class _Written:
    """What became of a table."""

    sheets: int = 0
    rows: int = 0
    cut: int = 0


def write(dataset: Dataset, path: Path, *, most_rows: int = MOST_ROWS) -> None:
    """One workbook with every table.

    Raises:
        DatasetError: the workbook cannot be written.
        MissingLibraryError: XlsxWriter is not installed.
    """
    library = needed("xlsxwriter", "writing Excel workbooks", "xlsx")
    workbook = library.Workbook(
        path,
        {
            # A row is written out when the next begins: memory does not grow with the table.
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    try:
        about = workbook.add_worksheet("about")
        written = {
            name: _write(workbook, dataset[name], most_rows=most_rows) for name in dataset.names
        }
        _describe(about, dataset, written)
        workbook.close()
    except library.exceptions.XlsxWriterException as error:
        raise DatasetError(f"Excel: {error}") from error


def _write(workbook: Workbook, frames: Frames, *, most_rows: int) -> _Written:
    written = _Written()
    sheet: Worksheet | None = None
    line = 0
    for row in rows(frames):
        if sheet is None or line == most_rows:
            sheet, line = _sheet(workbook, frames, written), 1
        for column, value in enumerate(row):
            _put(sheet, line, column, value, written)
        line += 1
        written.rows += 1
    if sheet is None:
        _sheet(workbook, frames, written)
    return written


def _sheet(workbook: Workbook, frames: Frames, written: _Written) -> Worksheet:
    """The next sheet of a table, with the names of the columns."""
    written.sheets += 1
    name = frames.table.name
    number = f" ({written.sheets})" if written.sheets > 1 else ""
    sheet = workbook.add_worksheet(f"{name}{number}")
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(frames.table.names):
        sheet.write_string(0, column, title)
    return sheet


def _put(sheet: Worksheet, row: int, column: int, value: Value, written: _Written) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, (int, Decimal)):
        text = plain(Decimal(value))
        if len(text.lstrip("-").replace(".", "").strip("0")) > _DIGITS:
            sheet.write_string(row, column, text)
        else:
            sheet.write_number(row, column, float(value))
    else:
        if len(value) > _MOST_CHARACTERS:
            value = value[: _MOST_CHARACTERS - len(_CUT)] + _CUT
            written.cut += 1
        sheet.write_string(row, column, value)


def _describe(sheet: Worksheet, dataset: Dataset, written: dict[str, _Written]) -> None:
    for row, line in enumerate(_lines(dataset, written)):
        for column, value in enumerate(line):
            sheet.write(row, column, value)


def _lines(dataset: Dataset, written: dict[str, _Written]) -> Iterator[tuple[str | int, ...]]:
    yield "schema", SCHEMA
    yield "parser", str(dataset.about.get("parser", ""))
    yield ()
    yield "table", "表", "rows", "sheets", "texts cut at 32,767 characters"
    for name, one in written.items():
        yield name, dataset[name].table.zh, one.rows, one.sheets, one.cut
    yield ()
    yield "table", "column", "说明", "meaning"
    for name in written:
        for column in dataset[name].table.columns:
            yield name, column.name, column.zh, column.en
