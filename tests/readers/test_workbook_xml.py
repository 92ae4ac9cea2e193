"""Workbooks as one XML file."""

from __future__ import annotations

import pytest

from disclosure_parser.document import Role
from disclosure_parser.errors import CorruptDocumentError, DisclosureError
from tests.readers.workbook_files import codes_of, lines_of, read, tables, texts

BOOK = """<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Styles>
  <Style ss:ID="Default" ss:Name="Normal"><Font ss:Size="11"/></Style>
  <Style ss:ID="t"><Alignment ss:Horizontal="Center"/><Font ss:Bold="1" ss:Size="18"/></Style>
  <Style ss:ID="m"><NumberFormat ss:Format="Standard"/></Style>
  <Style ss:ID="d"><NumberFormat ss:Format="yyyy/m/d"/></Style>
 </Styles>
 <Worksheet ss:Name="Sheet1"><Table>
  <Column ss:Index="4" ss:Hidden="1"/>
  <Row><Cell ss:MergeAcross="2" ss:StyleID="t"><Data ss:Type="String">收入预算表</Data></Cell></Row>
  <Row ss:Index="3"><Cell ss:Index="3"><Data ss:Type="String">单位：万元</Data></Cell></Row>
  <Row><Cell ss:MergeDown="1"><Data ss:Type="String">科目</Data></Cell>
   <Cell ss:MergeAcross="1"><Data ss:Type="String">金额</Data></Cell></Row>
  <Row><Cell ss:Index="2"><Data ss:Type="String">上年</Data></Cell>
   <Cell><Data ss:Type="String">本年</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">办公费</Data></Cell>
   <Cell ss:StyleID="m"><Data ss:Type="Number">1234.5</Data></Cell>
   <Cell><Data ss:Type="Number">0.30000000000000004</Data></Cell>
   <Cell><Data ss:Type="String">密</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">日期</Data></Cell>
   <Cell ss:StyleID="d"><Data ss:Type="DateTime">2024-02-29T00:00:00.000</Data></Cell>
   <Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell></Row>
 </Table></Worksheet>
 <Worksheet ss:Name="底稿"><Table>
  <Row><Cell><Data ss:Type="String">不公开</Data></Cell></Row></Table>
  <x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_cells_lines_and_what_is_hidden(encoding: str) -> None:
    document = read(BOOK.format(encoding=encoding).encode(encoding), "表.xls")
    assert document.source.format == "xml-workbook"
    assert texts(document) == ["收入预算表", "单位：万元"]
    (table,) = tables(document)
    assert lines_of(table) == [
        ["科目", "金额"], ["上年", "本年"], ["办公费", "1,234.50", "0.3"],
        ["日期", "2024/2/29", "#DIV/0!"],
    ]  # fmt: skip
    assert {(c.text, c.row_span, c.column_span) for c in table.cells if c.row == 0} == {
        ("科目", 2, 1),
        ("金额", 1, 2),
    }
    assert texts(document, Role.HIDDEN) == ["密", "底稿", "不公开"]
    assert codes_of(document) == {"workbook.error", "workbook.hidden"}


@pytest.mark.parametrize("change", [("</Workbook>", ""), ("<Workbook", "<!DOCTYPE x>\n<Workbook")])
def test_damaged_files(change: tuple[str, str]) -> None:
    with pytest.raises(CorruptDocumentError):
        read(BOOK.format(encoding="utf-8").replace(*change).encode(), "表.xls")


def test_any_part_of_it_gives_an_error_of_ours() -> None:
    data = BOOK.format(encoding="utf-8").encode()
    for size in range(0, len(data) - 20, 61):
        with pytest.raises(DisclosureError):
            read(data[:size], "表.xls")


def test_a_truncated_legacy_file_is_damaged_not_unknown() -> None:
    with pytest.raises(CorruptDocumentError, match="OLE"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "报告.doc")
