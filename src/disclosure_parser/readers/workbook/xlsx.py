"""Workbooks in the zip format: shared strings, number formats and sheets, read from their XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from disclosure_parser.document import Place, Severity
from disclosure_parser.errors import (
    CorruptDocumentError,
    LimitExceededError,
    UnsupportedFormatError,
)
from disclosure_parser.readers.base import Input
from disclosure_parser.readers.docx.package import Log, Package
from disclosure_parser.readers.workbook.formats import BUILT_IN, GENERAL, number_text, text_as
from disclosure_parser.readers.workbook.model import (
    LAST_COLUMN,
    LAST_ROW,
    CellStyle,
    Printed,
    Sheet,
    cell_name,
)

if TYPE_CHECKING:
    from lxml import etree

_SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = ("1", "true", "on")
_CENTRED = ("center", "centerContinuous")
#: The name of a sheet, a row and a column of it.
Where = tuple[str, int, int]


class WorkbookLog(Log):
    """The diagnostics of a workbook; those of its package get the workbook's name."""

    def add(
        self,
        code: str,
        message: str,
        severity: Severity = Severity.WARNING,
        place: Place | None = None,
    ) -> None:
        super().add(code.replace("docx.", "workbook.", 1), message, severity, place)


class Workbook:
    """An opened workbook.

    Raises:
        CorruptDocumentError, EncryptedDocumentError, LimitExceededError, UnsupportedFormatError:
            as :func:`disclosure_parser.readers.workbook.read_xlsx`.
    """

    def __init__(self, source: Input) -> None:
        self.log = WorkbookLog()
        self._source = source
        self._package = Package(source, self.log)
        main = self._package.main
        if main == "word/document.xml":  # what a package without a main part is taken for
            main = "xl/workbook.xml"
        if main.endswith(".bin"):
            raise UnsupportedFormatError(f"{source.name}: a binary workbook (.xlsb) is not read")
        self._root = self._package.part(main)
        if self._root.tag != _SPREADSHEET + "workbook":
            raise CorruptDocumentError(f"{source.name}: no workbook in the package")
        self._relations = self._package.relations(main)
        properties = self._root.find(_SPREADSHEET + "workbookPr")
        self._epoch_1904 = properties is not None and properties.get("date1904") in _TRUE
        self._styles = list(_styles(self._single("styles")))
        self._strings = list(_strings(self._single("sharedStrings")))
        self._cells = 0
        self._characters = 0

    def sheets(self) -> Iterator[Sheet]:
        """The sheets in their order; charts and macro sheets are named and passed over."""
        for element in self._root.iterfind(f"{_SPREADSHEET}sheets/{_SPREADSHEET}sheet"):
            name = element.get("name", "")
            relation = self._relations.get(element.get(_RELATION, ""))
            if relation is None or relation.part is None:
                self.log.add("workbook.sheet", f"sheet {name} is not in the file", Severity.ERROR)
                continue
            if relation.kind != "worksheet":
                self.log.add("workbook.sheet", f"sheet {name} is a {relation.kind}; it is not read")
                continue
            root = self._package.optional(relation.part)
            if root is not None:
                self._drawings(name, relation.part)
                yield self._sheet(name, element.get("state", "visible") != "visible", root)

    def _single(self, kind: str) -> etree._Element | None:
        for relation in self._relations.values():
            if relation.kind == kind and relation.part:
                return self._package.optional(relation.part)
        return None

    def _drawings(self, name: str, part: str) -> None:
        kinds = {relation.kind for relation in self._package.relations(part).values()}
        if "comments" in kinds:
            message = f"sheet {name}: comments are not read"
            self.log.add("workbook.comments", message, Severity.NOTE, Place(part=name))
        if "drawing" in kinds:
            self.log.add(
                "workbook.drawing",
                f"sheet {name}: pictures, charts and text boxes on it are not read",
                place=Place(part=name),
            )

    def _sheet(self, name: str, hidden: bool, root: etree._Element) -> Sheet:
        sheet = Sheet(name, hidden)
        view = root.find(f"{_SPREADSHEET}sheetViews/{_SPREADSHEET}sheetView")
        zeros = view is None or view.get("showZeros", "1") in _TRUE
        for column in root.iterfind(f"{_SPREADSHEET}cols/{_SPREADSHEET}col"):
            width = column.get("width")
            if column.get("hidden") in _TRUE or width in ("0", "0.0"):
                first, last = _integer(column.get("min"), 1), _integer(column.get("max"), 1)
                sheet.hidden_columns.append((first - 1, last - 1))
        row = -1
        for element in root.iterfind(f"{_SPREADSHEET}sheetData/{_SPREADSHEET}row"):
            row = _integer(element.get("r"), row + 2) - 1
            if not 0 <= row <= LAST_ROW:
                raise CorruptDocumentError(f"{self._source.name}: row {row + 1} of sheet {name}")
            if element.get("hidden") in _TRUE or element.get("ht") in ("0", "0.0"):
                sheet.hidden_rows.add(row)
            self._row(element, row, sheet, zeros=zeros)
        for merged in root.iterfind(f"{_SPREADSHEET}mergeCells/{_SPREADSHEET}mergeCell"):
            ends = [_reference(end) for end in merged.get("ref", "").split(":")]
            if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
                (top, left), (bottom, right) = ends[0], ends[1]
                sheet.merged.append((top, left, max(bottom, top), max(right, left)))
        return sheet

    def _row(self, element: etree._Element, row: int, sheet: Sheet, *, zeros: bool) -> None:
        column = -1
        for cell in element.iterchildren(_SPREADSHEET + "c"):
            place = _reference(cell.get("r", ""))
            column = column + 1 if place is None else place[1]
            if column > LAST_COLUMN:
                raise CorruptDocumentError(f"{self._source.name}: a cell beyond the last column")
            if not len(cell):
                continue  # only formatted
            style = self._style(cell)
            text = self._text(cell, style, (sheet.name, row, column))
            if not zeros and _is_zero(cell):
                text = ""
            self._cells += 1
            self._characters += len(text)
            if self._cells > self._source.limits.cells:
                raise LimitExceededError(f"more than {self._source.limits.cells} cells")
            if self._characters > self._source.limits.characters:
                raise LimitExceededError(
                    f"more than {self._source.limits.characters} characters of text"
                )
            if text:
                sheet.cells[row, column] = Printed(
                    text=text,
                    bold=style.bold,
                    centred=style.centred,
                    size=style.size,
                    indent=style.indent,
                )

    def _style(self, cell: etree._Element) -> CellStyle:
        index = _integer(cell.get("s"), 0)
        return self._styles[index] if index < len(self._styles) else CellStyle()

    def _text(self, cell: etree._Element, style: CellStyle, where: Where) -> str:
        kind = cell.get("t", "n")
        value = cell.find(_SPREADSHEET + "v")
        stored = (value.text or "") if value is not None else ""
        if kind == "inlineStr":
            inline = cell.find(_SPREADSHEET + "is")
            return text_as(_rich(inline), style.code) if inline is not None else ""
        if value is None or not stored:
            if cell.find(_SPREADSHEET + "f") is not None and kind != "str":
                message = "a formula without a stored result; nothing is calculated"
                self._say("formula", message, where, Severity.ERROR)
            return ""
        if kind == "s":
            index = _integer(stored, -1)
            if 0 <= index < len(self._strings):
                return text_as(self._strings[index], style.code)
            self._say("string", f"text {stored} is missing", where, Severity.ERROR)
            return ""
        if kind in ("str", "d"):
            return text_as(_unescaped(stored), style.code)
        if kind == "e":
            self._say("error", f"prints the error {stored}", where)
            return stored
        if kind == "b":
            return "TRUE" if stored in _TRUE else "FALSE"
        return self._number(stored, style, where)

    def _number(self, stored: str, style: CellStyle, where: Where) -> str:
        try:
            number = float(stored)
        except ValueError:
            self._say("number", f"{stored!r} is no number", where)
            return stored
        text = number_text(number, style.code, epoch_1904=self._epoch_1904)
        if not text and number:
            message = f"{stored} is stored, but its format prints nothing"
            self._say("unprinted", message, where, Severity.NOTE)
        return text

    def _say(
        self, code: str, message: str, where: Where, severity: Severity = Severity.WARNING
    ) -> None:
        name, row, column = where
        place = Place(part=name, cell=cell_name(row, column))
        self.log.add(f"workbook.{code}", f"{place}: {message}", severity, place)


def _is_zero(cell: etree._Element) -> bool:
    if cell.get("t", "n") != "n":
        return False
    value = cell.find(_SPREADSHEET + "v")
    try:
        return value is not None and float(value.text or "1") == 0
    except ValueError:
        return False


def _styles(root: etree._Element | None) -> Iterator[CellStyle]:
    if root is None:
        return
    codes = dict(BUILT_IN)
    for item in root.iterfind(f"{_SPREADSHEET}numFmts/{_SPREADSHEET}numFmt"):
        codes[_integer(item.get("numFmtId"), -1)] = item.get("formatCode", GENERAL)
    fonts = [_font(font) for font in root.iterfind(f"{_SPREADSHEET}fonts/{_SPREADSHEET}font")]
    for item in root.iterfind(f"{_SPREADSHEET}cellXfs/{_SPREADSHEET}xf"):
        font = _integer(item.get("fontId"), 0)
        bold, size = fonts[font] if font < len(fonts) else (False, None)
        alignment = item.find(_SPREADSHEET + "alignment")
        horizontal = "" if alignment is None else alignment.get("horizontal", "")
        yield CellStyle(
            code=codes.get(_integer(item.get("numFmtId"), 0), GENERAL),
            bold=bold,
            size=size,
            centred=horizontal in _CENTRED,
            indent=0 if alignment is None else min(_integer(alignment.get("indent"), 0), 100),
        )


def _font(element: etree._Element) -> tuple[bool, float | None]:
    bold = element.find(_SPREADSHEET + "b")
    size = element.find(_SPREADSHEET + "sz")
    try:
        points = float(size.get("val", "")) if size is not None else None
    except ValueError:
        points = None
    return bold is not None and bold.get("val", "1") in _TRUE, points


def _strings(root: etree._Element | None) -> Iterator[str]:
    if root is not None:
        for item in root.iterchildren(_SPREADSHEET + "si"):
            yield _rich(item)


def _rich(item: etree._Element) -> str:
    """The text of a string, whose runs may differ in look; readings of characters left out."""
    pieces = [
        element.text or ""
        for child in item
        if child.tag != _SPREADSHEET + "rPh"
        for element in child.iter(_SPREADSHEET + "t")
    ]
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: _character(match[1]), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character(code: str) -> str:
    number = int(code, 16)
    return "" if 0xD800 <= number < 0xE000 or number < 9 else chr(number)


def _reference(text: str) -> tuple[int, int] | None:
    found = _REFERENCE.fullmatch(text)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _integer(text: str | None, default: int) -> int:
    if text and text.isascii() and text.isdecimal() and len(text) < 10:
        return int(text)
    return default
