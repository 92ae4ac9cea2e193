"""Legacy workbooks, read by xlrd: pure Python, with number formats and hidden rows."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from disclosure_parser.document import Place, Severity
from disclosure_parser.errors import (
    CorruptDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
)
from disclosure_parser.readers.base import Input
from disclosure_parser.readers.docx.package import Log
from disclosure_parser.readers.workbook.formats import BUILT_IN, GENERAL, number_text, text_as
from disclosure_parser.readers.workbook.model import Printed, Sheet, cell_name

if TYPE_CHECKING:
    import xlrd

_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5
_CENTRED = (2, 6)
_BOLD_WEIGHT = 600


def read_book(source: Input) -> tuple[list[Sheet], Log]:
    """The sheets of a workbook; see :func:`disclosure_parser.readers.workbook.read_xls`."""
    log = Log()
    formatted = True
    try:
        book = _open(source, formatted=True)
    except CorruptDocumentError:
        # The formats of a file may be damaged where its cells are not.
        book, formatted = _open(source, formatted=False), False
        log.add(
            "workbook.formats",
            "the number formats, merged cells and hidden rows of the workbook cannot be read: its "
            "numbers are given as they are stored",
        )
    return _Book(book, source, log, formatted=formatted).sheets(), log


def _open(source: Input, *, formatted: bool) -> xlrd.Book:
    import xlrd

    try:
        return xlrd.open_workbook(
            file_contents=source.data,
            formatting_info=formatted,
            ragged_rows=True,
            logfile=io.StringIO(),
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise EncryptedDocumentError(
                f"{source.name}: the Excel workbook needs a password"
            ) from error
        raise CorruptDocumentError(f"{source.name}: {error}") from error
    except MemoryError:
        raise
    except Exception as error:  # xlrd raises anything on damaged files
        raise CorruptDocumentError(
            f"{source.name}: this legacy Excel workbook is damaged: {type(error).__name__}: {error}"
        ) from error


class _Book:
    def __init__(self, book: xlrd.Book, source: Input, log: Log, *, formatted: bool) -> None:
        self._book = book
        self._formatted = formatted
        self._limits = source.limits
        self._log = log
        self._cells = 0
        self._characters = 0

    def sheets(self) -> list[Sheet]:
        return [self._sheet(sheet) for sheet in self._book.sheets()]

    def _sheet(self, given: Any) -> Sheet:
        sheet = Sheet(given.name, given.visibility != 0)
        zeros = bool(getattr(given, "show_zero_values", 1))
        sheet.hidden_rows = {row for row, info in given.rowinfo_map.items() if _hides(info)}
        sheet.hidden_columns = [
            (column, column) for column, info in given.colinfo_map.items() if info.hidden
        ]
        for row in range(given.nrows):
            kinds, values = given.row_types(row), given.row_values(row)
            for column, kind in enumerate(kinds):
                if kind in (_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR):
                    self._cell(sheet, given, row, column, kind, values[column], zeros)
        for top, bottom, left, right in given.merged_cells:
            if bottom > top and right > left:
                sheet.merged.append((top, left, bottom - 1, right - 1))
        return sheet

    def _cell(
        self, sheet: Sheet, given: Any, row: int, column: int, kind: int, value: Any, zeros: bool
    ) -> None:
        form = self._form(given.cell_xf_index(row, column)) if self._formatted else None
        place = Place(part=sheet.name, cell=cell_name(row, column))
        code = self._code(form) if form is not None or kind != _DATE else "yyyy/m/d"
        if kind == _TEXT:
            text = text_as(str(value).replace("\r\n", "\n").replace("\r", "\n"), code)
        elif kind == _BOOLEAN:
            text = "TRUE" if value else "FALSE"
        elif kind == _ERROR:
            text = _error(value)
            self._log.add("workbook.error", f"{place}: prints the error {text}", place=place)
        else:
            shown = zeros or value != 0
            text = (
                number_text(float(value), code, epoch_1904=self._book.datemode == 1)
                if shown
                else ""
            )
            if not text and value:
                self._log.add(
                    "workbook.unprinted",
                    f"{place}: {value!r} is stored, but its format prints nothing",
                    Severity.NOTE,
                    place,
                )
        self._cells += 1
        self._characters += len(text)
        if self._cells > self._limits.cells or self._characters > self._limits.characters:
            raise LimitExceededError("more cells or characters than the limits allow")
        if text:
            sheet.cells[row, column] = self._printed(text, form)

    def _form(self, index: int | None) -> Any:
        forms = self._book.xf_list
        return forms[index] if index is not None and 0 <= index < len(forms) else None

    def _code(self, form: Any) -> str:
        found = self._book.format_map.get(form.format_key) if form is not None else None
        code = found.format_str if found is not None else None
        # Of the built-in formats xlrd names only those of every edition.
        return code or (BUILT_IN.get(form.format_key, GENERAL) if form is not None else GENERAL)

    def _printed(self, text: str, form: Any) -> Printed:
        if form is None:
            return Printed(text=text)
        fonts = self._book.font_list
        font = fonts[form.font_index] if 0 <= form.font_index < len(fonts) else None
        alignment = form.alignment
        return Printed(
            text=text,
            bold=font is not None and bool(font.bold or font.weight >= _BOLD_WEIGHT),
            size=font.height / 20 if font is not None and font.height else None,
            centred=alignment is not None and alignment.hor_align in _CENTRED,
            indent=min(alignment.indent_level or 0, 100) if alignment is not None else 0,
        )


def _hides(info: Any) -> bool:
    return bool(info.hidden or info.height == 0)


def _error(code: Any) -> str:
    import xlrd

    return str(xlrd.error_text_from_code.get(code, f"#{code}"))
