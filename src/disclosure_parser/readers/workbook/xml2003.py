"""Workbooks as one XML file (Excel 2003 XML), which disclosure systems export under ``.xls``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import evolve

from disclosure_parser.document import Place, Severity
from disclosure_parser.errors import CorruptDocumentError, LimitExceededError
from disclosure_parser.readers.base import Input
from disclosure_parser.readers.docx.package import Log
from disclosure_parser.readers.html.decoding import decode_page
from disclosure_parser.readers.workbook.formats import GENERAL, number_text, text_as
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

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_EPOCH = datetime(1899, 12, 30)
_TAGS_PER_CELL = 10
_NAMED = {
    "General Number": GENERAL, "General": GENERAL, "Fixed": "0.00", "Standard": "#,##0.00",
    "Percent": "0.00%", "Short Date": "yyyy/m/d", "General Date": "yyyy/m/d h:mm",
    "Long Date": 'yyyy"年"m"月"d"日"', "Medium Date": "yyyy/m/d", "Short Time": "h:mm",
}  # fmt: skip


class XmlWorkbook:
    """An opened workbook.

    Raises:
        CorruptDocumentError: no well-formed workbook, or one that declares a document type.
        LimitExceededError: more tags than the limits allow.
    """

    def __init__(self, source: Input) -> None:
        self.log = Log()
        self._source = source
        self._root = _parse(source)
        self._styles = dict(_styles(self._root))
        self._cells = 0
        self._characters = 0

    def sheets(self) -> Iterator[Sheet]:
        """The sheets in their order."""
        for element in self._root.iterchildren(_SS + "Worksheet"):
            visible = element.findtext(f"{_X}WorksheetOptions/{_X}Visible", "SheetVisible")
            sheet = Sheet(element.get(_SS + "Name", ""), visible != "SheetVisible")
            zeros = element.find(f"{_X}WorksheetOptions/{_X}DoNotDisplayZeros") is None
            for table in element.iterchildren(_SS + "Table"):
                self._table(table, sheet, zeros=zeros)
            yield sheet

    def _table(self, table: etree._Element, sheet: Sheet, *, zeros: bool) -> None:
        column = row = -1
        for item in table:
            if item.tag == _SS + "Column":
                column = _integer(item, "Index", column + 2) - 1
                last = column + _integer(item, "Span", 0)
                if item.get(_SS + "Hidden") == "1":
                    sheet.hidden_columns.append((column, last))
                column = last
            elif item.tag == _SS + "Row":
                row = _integer(item, "Index", row + 2) - 1
                if not 0 <= row <= LAST_ROW:
                    raise CorruptDocumentError(f"{self._source.name}: row {row + 1}")
                if item.get(_SS + "Hidden") == "1":
                    sheet.hidden_rows.add(row)
                self._row(item, row, sheet, zeros=zeros)
                row += _integer(item, "Span", 0)

    def _row(self, element: etree._Element, row: int, sheet: Sheet, *, zeros: bool) -> None:
        column = -1
        for cell in element.iterchildren(_SS + "Cell"):
            column = _integer(cell, "Index", column + 2) - 1
            if not 0 <= column <= LAST_COLUMN:
                raise CorruptDocumentError(f"{self._source.name}: a cell beyond the last column")
            across, down = _integer(cell, "MergeAcross", 0), _integer(cell, "MergeDown", 0)
            style = self._styles.get(cell.get(_SS + "StyleID", "Default"), CellStyle())
            text = self._text(
                cell, style, Place(part=sheet.name, cell=cell_name(row, column)), zeros
            )
            self._cells += 1
            self._characters += len(text)
            limits = self._source.limits
            if self._cells > limits.cells or self._characters > limits.characters:
                raise LimitExceededError("more cells or characters than the limits allow")
            if text:
                sheet.cells[row, column] = Printed(
                    text=text,
                    bold=style.bold,
                    size=style.size,
                    centred=style.centred,
                    indent=style.indent,
                )
            if across or down:
                sheet.merged.append((row, column, row + down, column + across))
            column += across

    def _text(self, cell: etree._Element, style: CellStyle, place: Place, zeros: bool) -> str:
        data = cell.find(_SS + "Data")
        if data is None:
            return ""
        stored = "".join(str(text) for text in data.itertext())
        kind = data.get(_SS + "Type", "String")
        if kind == "Number":
            try:
                number = float(stored)
            except ValueError:
                self.log.add("workbook.number", f"{place}: {stored!r} is no number", place=place)
                return stored
            return number_text(number, style.code) if number or zeros else ""
        if kind == "DateTime":
            serial = _serial(stored)
            return stored if serial is None else number_text(serial, style.code)
        if kind == "Boolean":
            return "TRUE" if stored.strip() == "1" else "FALSE"
        if kind == "Error":
            self.log.add("workbook.error", f"{place}: prints the error {stored}", place=place)
            return stored
        if not stored and cell.get(_SS + "Formula"):
            self.log.add(
                "workbook.formula",
                f"{place}: a formula without a stored result; nothing is calculated",
                Severity.ERROR,
                place,
            )
        return text_as(stored.replace("\r\n", "\n").replace("\r", "\n"), style.code)


def _parse(source: Input) -> etree._Element:
    from lxml import etree

    text = decode_page(source.data, source.name).text
    if text.count("<") > source.limits.cells * _TAGS_PER_CELL:
        raise LimitExceededError(f"{source.name}: more tags than the limits allow")
    if "<!DOCTYPE" in text:
        raise CorruptDocumentError(f"{source.name} declares a document type; it is not expanded")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    data = _DECLARATION.sub("", text.lstrip("\ufeff")).encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise CorruptDocumentError(f"{source.name}: {error}") from error
    if root.tag != _SS + "Workbook":
        raise CorruptDocumentError(f"{source.name}: no workbook in this XML file")
    return root


def _styles(root: etree._Element) -> Iterator[tuple[str, CellStyle]]:
    found: dict[str, CellStyle] = {}
    for element in root.iterfind(f"{_SS}Styles/{_SS}Style"):
        style = found.get(element.get(_SS + "Parent", "Default"), CellStyle())
        form = element.find(_SS + "NumberFormat")
        if form is not None:
            code = form.get(_SS + "Format", GENERAL)
            style = evolve(style, code=_NAMED.get(code, code))
        font = element.find(_SS + "Font")
        if font is not None:
            size = font.get(_SS + "Size", "")
            points = float(size) if size.isascii() and size.isdecimal() else style.size
            style = evolve(style, bold=font.get(_SS + "Bold") == "1", size=points)
        alignment = element.find(_SS + "Alignment")
        if alignment is not None:
            centred = alignment.get(_SS + "Horizontal", "").startswith("Center")
            indent = min(_integer(alignment, "Indent", 0), 100)
            style = evolve(style, centred=centred, indent=indent)
        key = element.get(_SS + "ID", "")
        found[key] = style
        yield key, style


def _serial(text: str) -> float | None:
    """A date as the number of days that a workbook would store."""
    try:
        return (datetime.fromisoformat(text.strip()) - _EPOCH).total_seconds() / 86_400
    except (ValueError, TypeError, OverflowError):
        return None


def _integer(element: etree._Element, name: str, default: int) -> int:
    text = element.get(_SS + name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else default
