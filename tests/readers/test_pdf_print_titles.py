"""Titles, captions and headers that each page prints again, captions at the foot, watermarks."""

from __future__ import annotations

from disclosure_parser.language.values import Unit
from disclosure_parser.parsing import parse
from disclosure_parser.readers.base import Input, Limits
from disclosure_parser.readers.pdf import read_pdf
from tests.readers.pdf_files import Mark, Sheet, Text, grid, pdf
from tests.readers.test_pdf_tables import read, rows, tables, texts

XS = [72.0, 172.0, 320.0, 420.0]
HEAD = ["科目编码", "科目名称", "合计"]
BODY = [
    ["201", "一般公共服务支出", "12.50"],
    ["20101", "人大事务", "12.50"],
    ["205", "教育支出", "7.00"],
    ["20502", "普通教育", "7.00"],
    ["208", "社会保障支出", "3.00"],
    ["210", "卫生健康支出", "2.00"],
]


def page(body: list[list[str]], title: str = "支出预算表", agency: str = "某县财政局") -> Sheet:
    ys = [100.0 + 22 * n for n in range(len(body) + 2)]
    marks: list[Mark] = [
        Text(200, 60, title),
        Text(72, 90, f"编制部门：{agency}"),
        Text(360, 90, "单位：万元"),
    ]
    return Sheet(marks=[*marks, *grid(XS, ys, [HEAD, *body])])


def test_what_a_workbook_prints_on_each_page_is_one_table() -> None:
    made = read(page(BODY[:2]), page(BODY[2:4]), page(BODY[4:]))
    (table,) = tables(made)
    assert [row for row in rows(table) if row != HEAD] == BODY
    assert texts(made) == ["支出预算表", "编制部门：某县财政局\t单位：万元"]


def test_the_same_title_over_other_things_begins_another_table() -> None:
    assert len(tables(read(page(BODY[:2]), page(BODY[:2])))) == 2
    assert len(tables(read(page(BODY[:2]), page(BODY[2:4], agency="某县教育局")))) == 2
    assert len(tables(read(page(BODY[:2]), page(BODY[2:4], title="收入预算表")))) == 2


def test_a_caption_at_the_foot_of_a_page_is_that_of_the_table_above() -> None:
    ys = [100.0 + 22 * n for n in range(len(BODY) + 2)]
    table = grid(XS, ys, [HEAD, *BODY])
    foot = [Text(72, ys[-1] + 16, "编制部门：某县财政局"), Text(360, ys[-1] + 16, "单位：万元")]
    data = pdf([Sheet(marks=[Text(200, 60, "支出预算表"), *table, *foot])])
    report = parse(data, name="own.pdf")
    assert report.tables[0].unit is Unit.TEN_THOUSAND


def test_a_watermark_over_a_table_is_none_of_it() -> None:
    ys = [100.0 + 22 * n for n in range(len(BODY) + 2)]
    marks: list[Mark] = grid(XS, ys, [HEAD, *BODY])
    skewed = Text(120, 200, "某县财政局2024", size=40, turn=45)
    large = Text(90, 180, "内部资料", size=60)
    for mark in (skewed, large):
        made = read_pdf(
            Input(data=pdf([Sheet(marks=[*marks, mark])]), name="own.pdf", limits=Limits())
        )
        (table,) = tables(made)
        assert rows(table) == [HEAD, *BODY]
