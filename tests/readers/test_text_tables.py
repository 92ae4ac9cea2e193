"""Tables in plain text: forms a, b and c, and the spans that these have lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from corpus.source import Cell, Grid, load

from disclosure_parser.document import Document, Table
from disclosure_parser.readers import Limits, read_document

CORPUS = Path(__file__).parents[2] / "corpus"
FORMS = sorted(CORPUS.glob("*/report.?.txt"))


def read(text: str) -> Document:
    return read_document(text.encode(), limits=Limits())


def only_table(text: str) -> Table:
    (table,) = [table for _, table in read(text).tables()]
    return table


def spans(table: Table, row: int) -> list[tuple[str, int, int, int]]:
    return [(c.text, c.column, c.row_span, c.column_span) for c in table.cells if c.row == row]


def form_a(*rows: str) -> str:
    cells = ["".join(f"\t{cell}\n" for cell in row.split("|")) for row in rows]
    return "\n".join(cells) + "\n\n"


def form_b(*rows: str) -> str:
    return "".join("\t" + row.replace("|", "\t") + "\n" for row in rows) + "\n"


def test_forms_a_and_b_give_equal_tables() -> None:
    tables = []
    for form in "ab":
        document = read_document(CORPUS / f"hebei-budget/report.{form}.txt", limits=Limits())
        tables.append(
            [
                [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]
                for _, table in document.tables()
            ]
        )
    assert len(tables[0]) == 8
    assert tables[0] == tables[1]


@pytest.mark.parametrize("path", FORMS, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_corpus_tables_have_their_true_cells(path: Path) -> None:
    """All but these come back: spans of body cells whose covered positions are blank cells like
    any other, where the two captions of one row part, and rows that are said to be unsure."""
    grids = [b for b in load(path.parent).blocks if isinstance(b, Grid)]
    document = read_document(path, limits=Limits())
    unsure = {d.anchor.block for d in document.diagnostics if d.anchor is not None}
    blocks = [block for block, _ in document.tables()]
    tables = [t for _, t in document.tables()]
    assert [(t.rows, t.columns) for t in tables] == [(g.rows, g.columns) for g in grids]
    for block, grid, table in zip(blocks, grids, tables, strict=True):
        found = {(c.row, c.column): c for c in table.cells}
        for cell in grid.cells:
            if cell.row == 0 and len(grid.row_cells(0)) == 2 and grid.columns > 3:
                continue
            short = len(grid.row_cells(cell.row)) < grid.columns
            if cell.row >= grid.header and short and block in unsure:
                continue
            ours = found[cell.row, cell.column]
            text = cell.text.replace("\n", "") if path.name.endswith("c.txt") else cell.text
            assert ours.text == text
            if cell.row < grid.header and not _is_goal_label(cell):
                assert (ours.row_span, ours.column_span) == (cell.rows, cell.columns)


def _is_goal_label(cell: Cell) -> bool:
    """A label beside several goals: it stands above the header, its rows are body rows."""
    return (
        cell.row == 0
        and cell.column == 0
        and cell.rows > 1
        and cell.columns == 1
        and ("目标" in cell.text)
    )


@pytest.mark.parametrize("form", [form_a, form_b])
def test_captions_with_a_tab_above_a_table_are_no_row_of_it(form: Callable[..., str]) -> None:
    rows = ("科目编码|科目名称|合计", "301|工资福利支出|640.4", "302|商品和服务支出|128.0")
    document = read("支出预算表\n部门：石门乡政府\t单位：万元\n" + form(*rows))
    (table,) = [table for _, table in document.tables()]
    assert [cell.text for cell in table.cells] == [cell for row in rows for cell in row.split("|")]
    assert [block.text for _, block in document.paragraphs()][1] == "部门：石门乡政府\t单位：万元"


def test_two_level_header_of_an_indicator_table() -> None:
    rows = (
        "甲项目绩效表",
        "总目标|目标1|修缮三处旧闸",
        "一级|二级|三级|描述|指标值|依据",
        "||||符号|值|单位|",
        "产出|数量|修缮|旧闸|>=|3.00|处|计划",
        "|质量|合格|验收|=|100.00|%|",
    )
    for text in (form_a(*rows), form_b(*rows)):
        table = only_table(text)
        assert table.spans_inferred
        assert spans(table, 0) == [("甲项目绩效表", 0, 1, 8)]
        assert spans(table, 1)[-1] == ("修缮三处旧闸", 2, 1, 6)
        assert spans(table, 2)[3:] == [("描述", 3, 2, 1), ("指标值", 4, 1, 3), ("依据", 7, 2, 1)]
        assert [s[1] for s in spans(table, 3)] == [4, 5, 6]
        assert spans(table, 5)[0] == ("", 0, 1, 1)


def test_three_level_header() -> None:
    table = only_table(
        form_a("来源|品名|金额", "项目|资金||合计|拨款|其他", "||||一般|基金|", "甲|1|乙|2|1|1|0")
    )
    assert spans(table, 0) == [("来源", 0, 1, 2), ("品名", 2, 3, 1), ("金额", 3, 1, 4)]
    assert spans(table, 1)[2:] == [("合计", 3, 2, 1), ("拨款", 4, 1, 2), ("其他", 6, 2, 1)]


def test_repeated_names_part_two_spanning_neighbours() -> None:
    table = only_table(form_b("项目|上年|本年", "|数量|金额|数量|金额", "甲|1|2|3|4"))
    assert spans(table, 0) == [("项目", 0, 2, 1), ("上年", 1, 1, 2), ("本年", 3, 1, 2)]


def test_neighbours_that_cannot_be_parted_are_said_to_be_unsure() -> None:
    document = read(form_b("项目|上年|本年", "|甲数|乙数|丙数|丁数|戊数", "子|1|2|3|4|5"))
    assert [d.code for d in document.diagnostics] == ["text.spans_unsure"]
    assert document.diagnostics[0].place is not None
    assert document.diagnostics[0].place.line == 1


def test_two_lanes_are_parted_where_their_names_begin_again() -> None:
    table = only_table(
        form_a("收入|支出", "项目|金额|项目|合计|一般", "甲|1.50|乙|2.00|3", "丙|4|丁|5|6")
    )
    assert spans(table, 0) == [("收入", 0, 1, 2), ("支出", 2, 1, 3)]
    table = only_table(form_a("收入|支出", "来源|金额|用途|金额", "甲|1.50|乙|2", "丙|4|丁|5"))
    assert spans(table, 0) == [("收入", 0, 1, 2), ("支出", 2, 1, 2)]


def test_two_header_cells_share_out_labels_and_figures() -> None:
    table = only_table(
        form_a("项目|预算", "编码|名称|合计|基本", "类|款|||", "208|05|甲|9.50|8", "208||乙|7|6")
    )
    assert spans(table, 0) == [("项目", 0, 1, 3), ("预算", 3, 1, 2)]
    assert spans(table, 1)[:2] == [("编码", 0, 1, 2), ("名称", 2, 2, 1)]


def test_two_header_cells_over_lanes_of_other_names_are_unsure() -> None:
    document = read(form_a("收入|支出", "来源|金额|用途|数额", "甲|1.50|乙|2", "丙|4|丁|5"))
    assert [d.code for d in document.diagnostics] == ["text.spans_unsure"]


def test_the_label_of_a_total_takes_the_columns_without_figures() -> None:
    table = only_table(
        form_b("编码|名称|合计|基本", "208|甲|9|8", "210|乙|7|6", "合计|16|14", "212|丙|1|")
    )
    assert spans(table, 3) == [("合计", 0, 1, 2), ("16", 2, 1, 1), ("14", 3, 1, 1)]


def test_captions_above_a_header_share_out_nothing() -> None:
    table = only_table(form_a("编制部门：甲局|单位：万元", "项目|数量|价值", "房屋|3|1.5"))
    assert spans(table, 0) == [("编制部门：甲局", 0, 1, 1), ("单位：万元", 1, 1, 2)]


def test_a_short_row_of_figures_is_unsure_and_keeps_its_cells() -> None:
    document = read(form_a("甲|乙|丙|丁", "子|1|2|3", "丑|4|5", "寅|6|7|8"))
    (table,) = [table for _, table in document.tables()]
    assert spans(table, 2) == [("丑", 0, 1, 1), ("4", 1, 1, 1), ("5", 2, 1, 1)]
    assert [d.code for d in document.diagnostics] == ["text.spans_unsure"]


def test_a_body_row_is_no_header_level() -> None:
    """Blanks and figures below a shorter row would fit a second level by their number."""
    table = only_table(form_b("项目|数量|备注", "|1|2|", "甲|3|4|乙", "丙|5|6|丁"))
    assert all(cell.row_span == 1 for cell in table.cells)


def test_rows_of_equal_width_have_no_lost_spans() -> None:
    table = only_table(form_a("单位|性质|规格", "||", "甲局|行政|正处", "乙站|事业|正科"))
    assert not table.spans_inferred
    assert len(table.cells) == 12


def test_grid_form_merges_blank_header_positions() -> None:
    table = only_table(
        "项目\t\t支出\t\t\t备注\n编码\t名称\t合计\t拨款\t\t\n\t\t\t一般\t基金\t\n1\t甲\t3\t2\t1\t\n"
    )
    assert spans(table, 0) == [("项目", 0, 1, 2), ("支出", 2, 1, 3), ("备注", 5, 3, 1)]
    assert spans(table, 1)[2:] == [("合计", 2, 2, 1), ("拨款", 3, 1, 2)]


def test_grid_form_with_one_header_row_merges_nothing() -> None:
    table = only_table("项目\t金额\t\n甲\t1\t2\n乙\t3\t4\n")
    assert not table.spans_inferred


def test_cells_with_several_paragraphs() -> None:
    table = only_table(
        "见表。\n\t名称\n\t内容\n\n\t甲\n\t第一段\n第二段\n\n\t乙\n\t末段一\n末段二\n\n\n后文。\n"
    )
    assert [c.text for c in table.cells[2:]] == ["甲", "第一段\n第二段", "乙", "末段一\n末段二"]
    table = only_table("\t名称\t内容\t备注\n\t甲\t第一段\n第二段\t乙\n\n")
    assert [c.text for c in table.cells[3:]] == ["甲", "第一段\n第二段", "乙"]


@pytest.mark.parametrize("table", ["\t名称\n\t数\n\n\t甲\n\t1\n", "\t名称\t数\n\t甲\t1\n"])
def test_text_right_after_a_table_is_not_in_it(table: str) -> None:
    document = read(table + "二、其他说明\n本部门无。\n")
    assert [b.text for _, b in document.paragraphs()] == ["二、其他说明", "本部门无。"]


def test_titles_between_tables_of_one_width_part_them() -> None:
    one = "单位：甲\t\t万元\n项目\t数\t额\n乙\t1\t2\n"
    document = read(f"表一\n{one}表二\n{one}")
    assert [b.text for _, b in document.paragraphs()] == ["表一", "表二"]
    assert [t.rows for _, t in document.tables()] == [3, 3]
    cut = only_table("项目\t金额\t备注\n一、支出\n甲\t1\t无\n合计\t1\n")
    assert [c.text for c in cut.cells][3] == "一、支出"
    assert cut.rows == 4


def test_notes_after_the_last_figure_are_not_in_its_cell() -> None:
    for table in (form_b("项目|数", "甲|1"), form_a("项目|数", "甲|1")):
        document = read(table.rstrip("\n") + "\n注：以上为万元。\n\n\n后文\n")
        assert [b.text for _, b in document.paragraphs()] == ["注：以上为万元。", "后文"]


def test_rows_of_counts_are_no_contents() -> None:
    assert only_table("收入\t100\n支出\t200\n").rows == 2


def test_text_between_two_tables_is_in_neither() -> None:
    tables = (
        form_a("名称|数", "甲|1").rstrip("\n") + "\n六、采购\n见下表。\n" + form_a("乙|2", "丙|3")
    )
    document = read(tables)
    assert [b.text for _, b in document.paragraphs()] == ["六、采购", "见下表。"]
    assert [t.rows for _, t in document.tables()] == [2, 2]


@pytest.mark.parametrize(
    "text",
    [
        "七、资产\n\t年末资产410.05万元(详见下表)，共4部车辆。\n固定资产占用情况表\n",
        "\t一、概况\n\t本部门负责水务。\n\t二、预算\n\t收入10万元。\n",
        "\t本部门负责水务。\n\n\t下设两站。\n\n",
        "1.\t办公室\n2.\t规划科\n",
        "①\t起草规划\n②\t组织实施\n",
        "一、概况\t1\n二、预算\t3\n三、决算\t3\n",
        "\t一、概况\t1\n\t二、预算\t3\n",
        "编制单位：甲局\t单位：万元\n说明如下。\n",
    ],
)
def test_tabs_that_make_no_table(text: str) -> None:
    document = read(text)
    assert not list(document.tables())
    assert [b.text for _, b in document.paragraphs()] == [
        line.removeprefix("\t") for line in text.splitlines() if line
    ]


def test_indented_text_before_a_table_stays_out_of_it() -> None:
    text = "七、资产\n\t资产共4部车辆。\n占用情况表\n\n" + form_a("项目|数量", "车辆|4")
    document = read(text)
    (table,) = [table for _, table in document.tables()]
    assert [b.text for _, b in document.paragraphs()] == text.replace("\t", "").split("\n")[:3]
    assert (table.rows, table.columns) == (2, 2)


def test_a_page_break_ends_no_table() -> None:
    table = only_table("\t名称\n\t数\n\n\f\t甲\n\t1\n\n\f\n\t乙\n\t2\n\n\n")
    assert table.rows == 3
