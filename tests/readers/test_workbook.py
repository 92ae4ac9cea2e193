"""Workbooks: sheets, merged and hidden cells, lines around the tables, stored results."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from disclosure_parser.document import Role
from disclosure_parser.errors import (
    CorruptDocumentError,
    DisclosureError,
    EmptyDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
    UnsupportedFormatError,
)
from disclosure_parser.readers.base import Limits
from tests.readers.ole_files import ole
from tests.readers.workbook_files import (
    SOFFICE,
    Raw,
    Value,
    codes_of,
    converted,
    lines_of,
    read,
    sheet,
    tables,
    texts,
    xlsx,
)

MONEY = "#,##0.00"
ROWS: list[list[Value]] = [
    ["公开01表"],
    ["某某局收入预算总表"],
    ["编制单位：某某局", None, "单位：万元"],
    ["科目", "金额", None],
    [None, "上年", "本年"],
    ["办公费", (1234.5, MONEY), (0.1 + 0.2, "General")],
    ["合计", (0, MONEY), None],
    ["注：本表无其他事项。"],
]
MERGED = ["A2:C2", "A4:A5", "B4:C4", "A8:C8"]


def test_lines_and_table_of_a_sheet() -> None:
    document = read(xlsx({"Sheet1": sheet(ROWS, merged=MERGED)}))
    assert texts(document) == [
        "公开01表", "某某局收入预算总表", "编制单位：某某局", "单位：万元", "注：本表无其他事项。",
    ]  # fmt: skip
    assert texts(document, Role.FURNITURE) == ["Sheet1"]
    (table,) = tables(document)
    assert lines_of(table) == [
        ["科目", "金额"], ["上年", "本年"], ["办公费", "1,234.50", "0.3"], ["合计", "0.00", ""],
    ]  # fmt: skip
    spans = {c.text: (c.row_span, c.column_span) for c in table.cells if c.row < 2}
    assert spans == {"科目": (2, 1), "金额": (1, 2), "上年": (1, 1), "本年": (1, 1)}
    place = next(c for c in table.cells if c.text == "0.3").fragments[0].place
    assert (place.part, place.cell) == ("Sheet1", "C6")
    assert str(place) == "Sheet1, C6"


def test_a_named_sheet_without_lines_is_titled_by_its_name() -> None:
    rows: list[list[Value]] = [["科目", "金额"], ["甲", 1], ["乙", 2]]
    document = read(xlsx({"三公经费表": sheet(rows), "Sheet2": sheet(rows)}))
    assert texts(document) == ["三公经费表"]
    assert texts(document, Role.FURNITURE) == ["Sheet2"]
    assert len(tables(document)) == 2


def test_several_tables_in_a_sheet() -> None:
    one: list[list[Value]] = [
        ["表一 收入表"], ["科目", "金额"], ["甲", 1], ["乙", 2], [],
        ["表二 支出表"], ["单位：元"], ["科目", "金额"], ["丙", 3], [],
    ]  # fmt: skip
    document = read(xlsx({"x": sheet(one)}))
    assert [lines_of(table)[-1] for table in tables(document)] == [["乙", "2"], ["丙", "3"]]
    assert [text for text in texts(document) if text != "x"] == [
        "表一 收入表",
        "表二 支出表",
        "单位：元",
    ]


def test_a_row_with_one_filled_cell_does_not_end_a_table() -> None:
    rows: list[list[Value]] = [
        ["科目", "金额"], ["一、本级", None], ["甲", 1], ["二、下级"], ["乙", 2], [], ["丙", None],
    ]  # fmt: skip
    (table,) = tables(read(xlsx({"x": sheet(rows)})))
    assert table.rows == 7
    assert [cell.text for cell in table.cells if cell.row == 3] == ["二、下级", ""]


def test_hidden_sheets_rows_and_columns_are_not_printed() -> None:
    rows: list[list[Value]] = [
        ["科目", "密级", "金额"], ["甲", "秘", 1], ["乙", "密", 2], ["丙", "机", 3],
    ]  # fmt: skip
    document = read(
        xlsx(
            {
                "表": sheet(rows, hidden_rows=[3], hidden_columns=[2], merged=["C2:C3"]),
                "底稿": sheet(rows),
            },
            hidden=["底稿"],
        )
    )
    shown, hidden = tables(document)
    assert lines_of(shown) == [["科目", "金额"], ["甲", "1"], ["丙", "3"]]
    assert hidden.role is Role.HIDDEN
    kept = " ".join(texts(document, Role.HIDDEN))
    assert all(word in kept for word in ("密级", "秘", "乙", "底稿"))
    assert {found.code for found in document.diagnostics} == {"workbook.hidden"}


def test_zeros_that_a_sheet_does_not_show() -> None:
    rows: list[list[Value]] = [["甲", "乙"], [0, (0, MONEY)], [1, 2]]
    (table,) = tables(read(xlsx({"x": sheet(rows, show_zeros=False)})))
    assert lines_of(table)[-2:] == [["", ""], ["1", "2"]] or lines_of(table) == [
        ["甲", "乙"],
        ["1", "2"],
    ]


def test_stored_results_texts_and_errors() -> None:
    rows: list[list[Value]] = [
        ["项", "值"],
        [Raw('<c r="@"><f>1+1</f><v>2</v></c>'), Raw('<c r="@"><f>A9*2</f></c>')],
        [Raw('<c r="@" t="str"><f>"a"</f><v>甲_x000D_</v></c>'),
         Raw('<c r="@" t="e"><v>#REF!</v></c>')],
        [Raw('<c r="@" t="b"><v>1</v></c>'), "00123"],
        [Raw('<c r="@" t="inlineStr"><is><r><t>红</t></r><r><t>字</t></r>'
             "<rPh><t>hong</t></rPh></is></c>"), Raw('<c r="@" t="s"><v>99</v></c>')],
    ]  # fmt: skip
    document = read(xlsx({"x": sheet(rows)}))
    (table,) = tables(document)
    assert lines_of(table) == [
        ["项", "值"], ["2", ""], ["甲", "#REF!"], ["TRUE", "00123"], ["红字", ""],
    ]  # fmt: skip
    assert {"workbook.formula", "workbook.error", "workbook.string"} <= codes_of(document)
    formula = next(f for f in document.diagnostics if f.code == "workbook.formula")
    assert formula.place is not None
    assert formula.place.cell == "B2"


def test_a_value_that_its_format_hides_is_said() -> None:
    rows: list[list[Value]] = [["甲", "乙"], [(5, ";;;"), 1]]
    document = read(xlsx({"x": sheet(rows)}))
    assert "workbook.unprinted" in codes_of(document)


def test_far_cells_and_wide_merges_cost_nothing() -> None:
    rows: list[list[Value]] = [["标题"], ["甲", "乙"], [1, Raw('<c r="XFD3"><v>2</v></c>')]]
    spans = ["A1:XFD1", "A2:A1048576", "B2:XFD2"]
    (table,) = tables(read(xlsx({"x": sheet(rows, merged=spans)})))
    assert table.rows * table.columns < 20
    with pytest.raises(LimitExceededError):
        read(xlsx({"x": sheet([[1] * 300] * 300, merged=["A1:KN300"] * 99)}))


def test_a_sheet_of_holes_is_refused() -> None:
    cells = [[Raw(f'<c r="{"".join(c)}{n}"><v>1</v></c>') for c in ("A", "B")] for n in range(1, 9)]
    rows: list[list[Value]] = [list(row) for row in cells]
    with pytest.raises(LimitExceededError):
        read(xlsx({"x": sheet(rows)}), limits=Limits(cells=10))


def test_empty_and_damaged_workbooks() -> None:
    with pytest.raises(EmptyDocumentError):
        read(xlsx({"x": sheet([])}))
    whole = xlsx({"Sheet1": sheet(ROWS, merged=MERGED)})
    for size in range(100, len(whole), 97):
        with pytest.raises(DisclosureError):
            read(whole[:size])
    with pytest.raises(CorruptDocumentError, match="workbook"):
        read(xlsx({"x": sheet(ROWS)}, extra={"xl/workbook.xml": "<x/>"}))
    with pytest.raises(CorruptDocumentError):
        read(xlsx({"x": sheet(ROWS)}, extra={"xl/workbook.xml": "<!DOCTYPE x><x/>"}))


def test_a_lost_sheet_costs_only_itself() -> None:
    data = xlsx({"a": sheet(ROWS), "b": sheet(ROWS)}, extra={"xl/worksheets/sheet1.xml": "<cut"})
    document = read(data)
    assert len(tables(document)) == 1
    assert "workbook.part" in codes_of(document)


def test_binary_workbooks_are_refused_by_name() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.bin", b"x")
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/>'
            "</Relationships>",
        )
    with pytest.raises(UnsupportedFormatError, match="xlsb"):
        read(stream.getvalue())


def test_a_bomb_is_refused() -> None:
    with pytest.raises(LimitExceededError):
        read(xlsx({"x": sheet(ROWS)}, extra={"xl/sharedStrings.xml": "<a>" + " " * 50_000_000}))


def legacy_book() -> bytes:
    """Sheets like those above as a legacy workbook."""
    xlwt = pytest.importorskip("xlwt", reason="needs xlwt to write a legacy workbook")
    pytest.importorskip("xlrd", reason="needs the extra xls")
    book = xlwt.Workbook(encoding="utf-8")
    first = book.add_sheet("Sheet1")
    first.write(0, 0, "公开01表")
    first.write_merge(
        1, 1, 0, 2, "某某局收入预算总表", xlwt.easyxf("font: bold on; align: horiz center")
    )
    first.write(2, 2, "单位：万元")
    first.write_merge(3, 4, 0, 0, "科目")
    first.write_merge(3, 3, 1, 2, "金额")
    first.write(4, 1, "上年")
    first.write(4, 2, "本年")
    for row, (name, number, code, other) in enumerate(
        [("办公费", 1234.5, MONEY, 0.1 + 0.2), ("日期", 45351, "yyyy/m/d", True), ("密", 5, "0", 6),
         ("合计", 0, MONEY, xlwt.Formula("1/0"))],
        start=5,
    ):  # fmt: skip
        first.write(row, 0, name)
        first.write(row, 1, number, xlwt.easyxf(num_format_str=code))
        first.write(row, 2, other)
    first.row(7).hidden = True
    draft = book.add_sheet("底稿")
    draft.visibility = 1
    draft.write(0, 0, "不公开")
    stream = io.BytesIO()
    book.save(stream)
    return bytes(stream.getvalue())


def test_legacy_cells() -> None:
    document = read(legacy_book(), "表.xls")
    assert document.source.format == "xls"
    assert texts(document) == ["公开01表", "某某局收入预算总表", "单位：万元"]
    title = next(block for _, block in document.paragraphs() if "总表" in block.text)
    assert title.style.bold
    assert title.style.centred
    (table,) = tables(document)
    assert lines_of(table)[:4] == [
        ["科目", "金额"], ["上年", "本年"], ["办公费", "1,234.50", "0.3"],
        ["日期", "2024/2/29", "TRUE"],
    ]  # fmt: skip
    assert lines_of(table)[4][:2] == ["合计", "0.00"]
    assert texts(document, Role.HIDDEN) == ["密\t5\t6", "底稿", "不公开"]


def test_cells_are_kept_where_formats_are_damaged() -> None:
    data = bytearray(legacy_book())
    # A record of blank cells that only have a format, with a column that it cannot have.
    at = data.find(bytes.fromhex("be000a00"))
    assert at > 0
    data[at + 6] = 156
    document = read(bytes(data))
    assert "workbook.formats" in codes_of(document)
    cells = [cell.text for table in tables(document) for cell in table.cells]
    assert {"办公费", "1234.5", "2024/2/29"} <= set(cells)


def test_damaged_legacy_workbooks() -> None:
    legacy = legacy_book()
    rng = random.Random(7)
    for _ in range(200):
        data = bytearray(legacy)
        for _ in range(rng.randrange(1, 30)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            read(bytes(data[: rng.choice((len(data), rng.randrange(512, len(data))))]))
        except DisclosureError:
            continue


def test_an_encrypted_legacy_workbook_is_said() -> None:
    pytest.importorskip("xlrd", reason="needs the extra xls")
    # The record that begins a workbook, and the one that says it is encrypted.
    begin = bytes.fromhex("0908100000060500bb0dcc07c100000006030000")
    locked = begin + bytes.fromhex("2f003600010001000100") + bytes(48) + bytes.fromhex("0a000000")
    with pytest.raises(EncryptedDocumentError, match="password"):
        read(ole({"Workbook": locked}))


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
def test_what_libreoffice_writes(tmp_path: Path) -> None:
    data = xlsx({"Sheet1": sheet(ROWS, merged=MERGED)})
    expected = [lines_of(table) for table in tables(read(data))]
    for suffix in ("xls", "xlsx"):
        path = converted(data, ".xlsx", suffix, tmp_path)
        if not path.exists():
            pytest.skip("this LibreOffice has no Calc")
        assert [lines_of(table) for table in tables(read(path.read_bytes()))] == expected
