"""Views of tables: captions, header, column numbers, notes, emptiness."""

from __future__ import annotations

import pytest

from disclosure_parser.document import Cell, Document, Table, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.language.values import Unit
from disclosure_parser.outline.captions import read_caption
from disclosure_parser.outline.model import TableView
from disclosure_parser.outline.tables import column_index, row_label, view_block, view_table
from tests.outline.builders import FIGURES, build, document, table

SPANNED = Table(
    cells=(
        Cell(row=0, column=0, text="项目", column_span=2),
        Cell(row=0, column=2, text="支出预算", column_span=2),
        Cell(row=1, column=0, text="科目编码"),
        Cell(row=1, column=1, text="科目名称"),
        Cell(row=1, column=2, text="合计"),
        Cell(row=1, column=3, text="项目支出"),
        Cell(row=2, column=0, text="栏次", column_span=2),
        Cell(row=2, column=2, text="1"),
        Cell(row=2, column=3, text="2"),
        Cell(row=3, column=0, text="201"),
        Cell(row=3, column=1, text="一般公共服务支出"),
        Cell(row=3, column=2, text="5.00"),
        Cell(row=3, column=3, text=""),
        Cell(row=4, column=0, text="注：本表反映支出情况。", column_span=4),
    ),
    rows=5,
    columns=4,
)


def view_of(*parts: str | object) -> TableView:
    before: Document = document(*parts)  # type: ignore[arg-type]
    return view_table(before, next(index for index, _ in before.tables()))


def test_captions_above_a_table() -> None:
    view = view_of("公开01表", "收支预算总表", "部门：云川县水利局\t2024年度\t单位：万元", FIGURES)
    assert view.title is not None
    assert view.label is not None
    assert view.agency is not None
    assert view.period is not None
    assert (view.title.text, view.label.text) == ("收支预算总表", "公开01表")
    assert (view.agency.text, view.period.text) == ("云川县水利局", "2024年度")
    assert view.unit is Unit.TEN_THOUSAND
    assert view.caption_rows == ()


def test_captions_in_the_first_rows() -> None:
    view = view_of((("412 云川县水利局", "单位：元"), *FIGURES))
    assert view.agency is not None
    assert (view.agency.text, view.agency_code) == ("云川县水利局", "412")
    assert view.unit is Unit.YUAN
    assert view.caption_rows == (0,)
    assert view.header_rows == (1,)
    assert view.body_rows == (2, 3)


def test_the_code_of_the_agency_in_a_cell_of_its_own() -> None:
    captions = ("部门名称：云川县水利局", "部门编码：412001", "单位：万元")
    view = view_of("收支预算总表", (captions, ("项目", "预算数", "备注"), ("合计", "1.00", "")))
    assert view.agency is not None
    assert (view.agency.text, view.agency_code) == ("云川县水利局", "412001")


def test_each_table_has_its_own_unit() -> None:
    before = document("收入预算表\n单位：元", FIGURES, "“三公”经费预算表\n单位：万元", FIGURES)
    assert [view_table(before, i).unit for i, _ in before.tables()] == [
        Unit.YUAN,
        Unit.TEN_THOUSAND,
    ]


def test_units_that_contradict_each_other_declare_none() -> None:
    view = view_of("收支预算总表", "单位：元\t单位：万元", FIGURES)
    assert view.unit is None
    assert view.unit_quote is not None


def test_the_caption_of_the_table_before_is_not_taken() -> None:
    before = document("收入预算表\n单位：元", FIGURES, FIGURES)
    second = view_table(before, 3)
    assert second.title is None
    assert second.unit is None


@pytest.mark.parametrize(
    "line",
    [
        "本表单位为万元，详见说明。",
        "收支情况如下表",
        "第一部分 概况",
        "2024年预算收入12.50万元",
        "市人大代表",
        "",
    ],
)
def test_text_is_no_caption(line: str) -> None:
    found = read_caption(fold_text(line))
    assert found is None or not found.firm


def test_a_year_in_brackets_is_no_code_of_an_agency() -> None:
    found = read_caption(fold_text("（2031年度）项目名称：校舍加固"))
    assert found is None or (found.agency, found.code) == (None, None)


def test_header_paths_numbers_and_notes() -> None:
    view = view_of("支出预算表\n单位：万元", SPANNED)
    assert [column.path for column in view.columns] == [
        ("项目", "科目编码"),
        ("项目", "科目名称"),
        ("支出预算", "合计"),
        ("支出预算", "项目支出"),
    ]
    assert view.header_rows == (0, 1)
    assert view.number_rows == (2,)
    assert view.body_rows == (3,)
    assert view.note_rows == (4,)
    assert [note.text for note in view.notes] == ["注：本表反映支出情况。"]
    assert column_index(view, "支出预算", "合计") == 2
    assert column_index(view, "基金") is None
    assert row_label(Grid(SPANNED), 3) == "201"


def test_a_unit_in_the_header() -> None:
    view = view_of((("项目", "数量", "价值（金额单位：万元）"), ("车辆", "4", "78.90")))
    assert view.unit is None
    assert [column.unit for column in view.columns] == [None, None, Unit.TEN_THOUSAND]


def test_a_row_of_codes_is_no_row_of_column_numbers() -> None:
    view = view_of((("类", "款", "项", "金额"), ("201", "06", "01", "5.00"), ("", "", "", "")))
    assert view.number_rows == ()
    assert 1 in view.body_rows


def test_column_numbers_below_a_header_that_has_lost_its_spans() -> None:
    """An empty table of a text form: no figure tells where the header ends, the 栏次 do."""
    view = view_of(
        (
            ("项目", "本年支出"),
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
            ("栏次", "1", "2", "3"),
            ("合计", "", "", ""),
        )
    )
    assert view.number_rows == (2,)
    assert view.header_rows == (0, 1)
    assert view.body_rows == (3,)
    assert view.empty


def test_column_numbers_beside_the_levels_of_codes() -> None:
    view = view_of(
        (
            (
                "支出功能分类科目编码",
                "支出功能分类科目编码",
                "支出功能分类科目编码",
                "科目名称",
                "合计",
                "基本支出",
            ),
            ("类", "款", "项", "栏次", "1", "2"),
            ("", "", "", "合计", "9.00", "5.00"),
            ("201", "06", "01", "行政运行", "9.00", "5.00"),
        )
    )
    assert view.number_rows == (1,)
    assert view.body_rows == (2, 3)


def test_the_header_printed_again_on_a_new_page() -> None:
    rows = (("科目", "金额"), ("甲", "1.00"), ("科目", "金额"), ("乙", "2.00"))
    view = view_of(rows)
    assert view.header_rows == (0, 2)
    assert view.body_rows == (1, 3)


def test_notes_below_a_table() -> None:
    view = view_of("支出表", FIGURES, "注：1.含上年结转。\n2.不含基金。\n二、说明")
    assert [note.text for note in view.notes] == ["注：1.含上年结转。", "2.不含基金。"]
    # A line of the template between two notes.
    lines = "注：1.含上年结转。\n没有基金收支的，说明如下：\n说明：本表无数据。\n二、说明："
    notes = [note.text for note in view_of("支出表", FIGURES, lines).notes]
    assert notes == ["注：1.含上年结转。", "说明：本表无数据。"]


@pytest.mark.parametrize(
    ("body", "empty"),
    [
        ([("合计", "")], True),
        ([("合计", "——")], True),
        ([("201", ""), ("合计", "")], True),
        ([("合计", "0")], False),
        ([("合计", "0.00")], False),
        ([("合计", "3.50")], False),
    ],
)
def test_emptiness(body: list[tuple[str, str]], empty: bool) -> None:
    assert view_of("政府性基金预算支出表", (("科目", "支出金额"), *body)).empty is empty


def test_a_form_with_its_goals_above_the_header() -> None:
    form = (
        ("绩效目标", "目标1", "完成任务", ""),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "次数", "≥4"),
    )
    view = view_of(form)
    assert view.header_rows == (1,)
    assert view.body_rows == (0, 2)
    assert [column.path[-1] for column in view.columns] == list(form[1])


def test_two_forms_joined_into_one_table_are_two() -> None:
    header = ("一级指标", "二级指标", "指标值")
    rows = (
        ("绩效目标", "目标1", "修好水库"),
        header,
        ("产出指标", "数量指标", "≥4座"),
        ("绩效目标", "目标1", "清好渠道"),
        header,
        ("产出指标", "数量指标", "≥9公里"),
    )
    views = view_block(document(rows), 0)
    assert [view.body_rows for view in views] == [(0, 2), (3, 5)]
    # The same goal above the same header is a form that goes on after a page end.
    again = (*rows[:3], rows[0], *rows[4:])
    assert len(view_block(document(again), 0)) == 1


def test_a_list_of_tables_is_one_table() -> None:
    rows = (
        ("序号", "内容", "是否空表", "理由"),
        ("表1", "2024年收支总表", "否", ""),
        ("表2", "2024年收入总表", "否", ""),
        ("表3", "2024年政府性基金收支表", "是", "无此项收支"),
    )
    views = view_block(document("2024年部门预算公开报表", rows), 1)
    assert [view.caption_rows for view in views] == [()]
    # A table that begins below another in the same block is one of its own, with rows.
    two = (*FIGURES, ("表2", "2024年收入总表"), ("项目", "金额"), ("一、事业收入", "3.00"))
    assert len(view_block(document("2024年收支总表", two), 1)) == 2


def test_a_title_with_its_part_behind_a_dash() -> None:
    found = build(
        "第二部分 部门预算表\n一般公共预算基本支出表--公用经费\n单位：万元",
        FIGURES,
        "一般公共预算基本支出表--人员经费（工资福利支出）\n单位：万元",
        FIGURES,
    )
    assert [s.title for s in found.sections[0].children] == [
        "一般公共预算基本支出表--公用经费",
        "一般公共预算基本支出表--人员经费（工资福利支出）",
    ]
    # A label with a number behind the dash is no title.
    assert (caption := read_caption("表-1")) is None or caption.title is None


@pytest.mark.parametrize(
    "line", ["表1《收支预算总表》", "附表2：《收支预算总表》", "《收支预算总表》"]
)
def test_a_title_in_book_marks(line: str) -> None:
    view = view_table(document(line, "单位：万元", FIGURES), 2)
    assert view.title is not None
    assert view.title.text.strip("《》") == "收支预算总表"


@pytest.mark.parametrize(
    "line", ["详见《收支预算总表》", "《收支预算总表》和《收入总表》", "《预算法》"]
)
def test_a_table_named_in_book_marks_is_no_title(line: str) -> None:
    assert view_table(document(line, FIGURES), 1).title is None


def test_names_of_columns_are_no_form() -> None:
    header = ("单位名称", "项目代码", "项目名称", "科目编码", "科目名称", "金额")
    row = ("水利局", "532528210000000017001", "人员工资", "2130301", "行政运行", "1100000.00")
    assert view_of((header, row)).header_rows == (0,)
    short = (("单位名称", "项目名称", "合计", "上年结转"), ("局本级", "堤防维护", "9.00", "1.00"))
    assert view_of(short).header_rows == (0,)
    form = ("单位名称", "水利局", "项目名称", "堤防维护", "资金来源", "财政拨款")
    assert view_of((form, ("金额", "1.00", "", "", "", ""))).header_rows == ()


def test_a_paragraph_is_no_table() -> None:
    with pytest.raises(TypeError, match="block 0"):
        view_table(document("收支预算总表"), 0)


def test_a_table_of_nothing() -> None:
    view = view_of(table((("",), ("",))))
    assert view.empty
    assert view.title is None
