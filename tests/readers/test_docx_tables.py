"""Tables: spans, merges, ragged rows, nesting, what is not printed."""

from __future__ import annotations

import pytest

from disclosure_parser.document import Cell, Role
from disclosure_parser.document.grid import Grid
from tests.readers.docx_files import (
    box,
    codes,
    docx,
    p,
    r,
    read,
    tables,
    tbl,
    tc,
    texts,
    tr,
)

RESTART = '<w:vMerge w:val="restart"/>'
CONTINUE = "<w:vMerge/>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def shape(cell: Cell) -> tuple[int, int, int, int, str]:
    return cell.row, cell.column, cell.row_span, cell.column_span, cell.text


def only(body: str) -> list[tuple[int, int, int, int, str]]:
    (table,) = tables(read(docx(body)))
    return [shape(cell) for cell in table.cells]


def test_spans_over_columns_and_rows() -> None:
    body = tbl(
        tr(tc("项目", properties=RESTART), tc("收入", properties=span(2))),
        tr(tc(properties=CONTINUE), tc("拨款"), tc("其他")),
        tr("合计", "1", "2"),
    )
    assert only(body) == [
        (0, 0, 2, 1, "项目"),
        (0, 1, 1, 2, "收入"),
        (1, 1, 1, 1, "拨款"),
        (1, 2, 1, 1, "其他"),
        (2, 0, 1, 1, "合计"),
        (2, 1, 1, 1, "1"),
        (2, 2, 1, 1, "2"),
    ]
    (table,) = tables(read(docx(body)))
    assert (table.rows, table.columns) == (3, 3)


def test_a_cell_that_spans_both_ways() -> None:
    body = tbl(
        tr(tc("甲", properties=span(2) + RESTART), "a"),
        tr(tc(properties=span(2) + CONTINUE), "b"),
        tr("c", "d", "e"),
    )
    assert only(body)[0] == (0, 0, 2, 2, "甲")


def test_the_old_way_of_merging_sideways() -> None:
    body = tbl(
        tr(tc("甲", properties='<w:hMerge w:val="restart"/>'), tc(properties="<w:hMerge/>"), "乙"),
        tr("a", "b", "c"),
    )
    assert only(body)[:2] == [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙")]


def test_a_continuation_of_nothing_is_a_cell() -> None:
    body = tbl(
        tr(tc("甲", properties=CONTINUE), "a"),
        tr(tc("乙", properties=CONTINUE), tc("b", properties="<w:hMerge/>")),
        tr("丙", tc("c", properties=CONTINUE)),
    )
    # The first continues nothing, and so begins; the second goes on with it.
    document = read(docx(body))
    assert [shape(cell) for cell in tables(document)[0].cells] == [
        (0, 0, 2, 1, "甲"),
        (0, 1, 1, 1, "a"),
        (1, 1, 1, 1, "b"),
        (2, 0, 1, 1, "丙"),
        (2, 1, 1, 1, "c"),
    ]
    assert texts(document, Role.HIDDEN) == ["乙"]


def test_a_continuation_of_another_width_is_a_cell() -> None:
    body = tbl(
        tr(tc("甲", properties=RESTART + span(2)), "a"),
        tr(tc("乙", properties=CONTINUE), "b", "c"),
    )
    assert [cell[4] for cell in only(body)] == ["甲", "a", "乙", "b", "c"]


def test_text_under_a_merge_is_kept_and_told() -> None:
    body = tbl(tr(tc("甲", properties=RESTART), "a"), tr(tc("藏", properties=CONTINUE), "b"))
    document = read(docx(body))
    assert texts(document, Role.HIDDEN) == ["藏"]
    assert codes(document) == ["docx.merged"]
    quiet = tbl(tr(tc("甲", properties=RESTART), "a"), tr(tc(properties=CONTINUE), "b"))
    assert codes(read(docx(quiet))) == []


def test_left_out_columns_and_ragged_rows() -> None:
    body = tbl(
        tr("a", "b", "c"),
        tr("d", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        tr("e"),
    )
    (table,) = tables(read(docx(body)))
    assert (table.rows, table.columns) == (3, 3)
    grid = Grid(table)
    assert [[grid.text(row, column) for column in range(3)] for row in range(3)] == [
        ["a", "b", "c"],
        ["", "d", ""],
        ["e", "", ""],
    ]
    assert grid.cell(1, 0) is None


def test_columns_that_no_cell_tells_apart_are_one() -> None:
    assert only(tbl(tr(tc("甲", properties=span(7)), tc("乙", properties=span(3))))) == [
        (0, 0, 1, 1, "甲"),
        (0, 1, 1, 1, "乙"),
    ]


@pytest.mark.parametrize("value", ["1000000000", "999999999999999999999", "-4", "0", "x", ""])
def test_spans_of_nonsense(value: str) -> None:
    body = tbl(tr(tc("甲", properties=f'<w:gridSpan w:val="{value}"/>'), "乙"), tr("a", "b", "c"))
    (table,) = tables(read(docx(body)))
    assert table.columns <= 5
    assert [cell.text for cell in table.cells] == ["甲", "乙", "a", "b", "c"]


def test_paragraphs_of_a_cell() -> None:
    body = tbl(tr(tc("", "甲", "", "乙", ""), tc(p("a", "<w:r><w:br/></w:r>", "b")), tc()))
    assert [cell[4] for cell in only(body)] == ["甲\n\n乙", "a\nb", ""]


def test_rows_and_cells_in_controls() -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    body = tbl(
        control(tr("a", "b")),
        f"<w:customXml>{tr('c', 'd')}</w:customXml>",
        f"<w:tr>{control(tc('e'))}{control(tc(control(p('f'))))}</w:tr>",
    )
    assert [cell[4] for cell in only(control(body))] == ["a", "b", "c", "d", "e", "f"]


def test_deleted_and_hidden_rows_and_cells() -> None:
    body = tbl(
        tr(tc("甲", properties=RESTART), "a"),
        tr(tc(properties=CONTINUE), "删", properties="<w:del/>"),
        tr(tc(properties=CONTINUE), tc("c"), tc("格", properties="<w:cellDel/>")),
        tr("藏", properties="<w:hidden/>"),
        tr("d", "e", properties="<w:ins/>"),
    )
    document = read(docx(body))
    assert [shape(cell) for cell in tables(document)[0].cells] == [
        (0, 0, 2, 1, "甲"),
        (0, 1, 1, 1, "a"),
        (1, 1, 1, 1, "c"),
        (2, 0, 1, 1, "d"),
        (2, 1, 1, 1, "e"),
    ]
    assert sorted(texts(document, Role.HIDDEN)) == ["删", "格", "藏"]


def test_a_deleted_table_leaves_no_table() -> None:
    document = read(
        docx(p("前") + tbl(tr(tc("删", tbl(tr("内"))), properties="<w:del/>")) + p("后"))
    )
    assert tables(document) == []
    assert texts(document) == ["前", "后"]
    assert texts(document, Role.HIDDEN) == ["删", "内"]


def test_nested_tables() -> None:
    inner = tbl(tr("内一", "内二"))
    document = read(docx(tbl(tr("外", tc("前", inner, "后"))) + tbl(tr("第二"))))
    outer, nested, second = tables(document)
    assert [cell.text for cell in outer.cells] == ["外", "前\n后"]
    assert [cell.text for cell in nested.cells] == ["内一", "内二"]
    assert nested.container is not None
    assert (nested.container.block, nested.container.row, nested.container.column) == (0, 0, 1)
    assert document.text_of(nested.container.at(0, nested.container.start)) == "前"
    assert outer.container is None
    assert second.container is None


def test_a_table_without_rows_moves_no_container() -> None:
    outer, nested = tables(read(docx(tbl() + tbl(tr(tc(p("外")), tc(tbl(tr(tc(p("内"))))))))))
    assert [cell.text for cell in nested.cells] == ["内"]
    assert nested.container is not None
    assert (nested.container.block, nested.container.column) == (0, 1)
    assert outer.cells[0].text == "外"


def test_the_container_knows_columns_as_they_are_counted() -> None:
    body = tbl(tr(tc("宽", properties=span(9)), tc(tbl(tr("内")))))
    outer, nested = tables(read(docx(body)))
    assert nested.container is not None
    assert nested.container.column == outer.cells[1].column == 1


def test_two_tables_side_by_side_stay_two() -> None:
    assert len(tables(read(docx(tbl(tr("a")) + tbl(tr("b")))))) == 2


def test_what_hangs_on_a_cell_follows_the_table() -> None:
    body = tbl(tr(tc(p("甲", r("密", "<w:vanish/>"), box("框"))), "乙")) + p("后")
    document = read(docx(body))
    assert [block.role for block in document.blocks] == [
        Role.TEXT, Role.HIDDEN, Role.TEXT, Role.TEXT,
    ]  # fmt: skip
    assert texts(document) == ["框", "后"]
    assert tables(document)[0].cells[0].text == "甲"


def _indent(properties: str, size: int = 21) -> int:
    content = p(r("工资", f'<w:sz w:val="{size}"/>'), properties=properties)
    (table,) = tables(read(docx(tbl(tr(tc(content))))))
    return table.cells[0].indent


@pytest.mark.parametrize(
    ("properties", "indent"),
    [
        ("", 0),
        ('<w:ind w:leftChars="200" w:left="420"/>', 2),
        ('<w:ind w:firstLineChars="100" w:firstLine="210"/>', 1),
        ('<w:ind w:left="420"/>', 2),
        ('<w:ind w:left="420" w:firstLine="210"/>', 3),
        ('<w:ind w:left="420" w:hanging="420"/>', 0),
        ('<w:ind w:start="21pt"/>', 2),
        ('<w:ind w:left="420"/><w:jc w:val="center"/>', 0),
        ('<w:ind w:left="-420"/>', 0),
        ('<w:ind w:left="99999999999"/>', 100),
    ],
)
def test_indentation_in_characters(properties: str, indent: int) -> None:
    assert _indent(properties) == indent


def test_stray_elements_in_a_table_are_not_lost() -> None:
    body = f"<w:tbl>{p('游离')}<w:tr>{p('行内')}{tc('格')}</w:tr></w:tbl>"
    document = read(docx(body))
    assert [cell.text for cell in tables(document)[0].cells] == ["格"]
    assert sorted(texts(document)) == ["游离", "行内"]
