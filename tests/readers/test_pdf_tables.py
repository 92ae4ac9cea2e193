"""Tables of PDF pages: rulings of all kinds, spans, page ends, and what is no table."""

from __future__ import annotations

import pytest

from disclosure_parser.document import Document, Paragraph, Role, Table
from disclosure_parser.document.grid import Grid
from disclosure_parser.readers.base import Input, Limits
from disclosure_parser.readers.pdf import read_pdf
from tests.readers.pdf_files import Fill, Mark, Rule, Sheet, Text, entries, grid, pdf

ROWS = [
    ["项目", "本年预算", "上年预算"],
    ["一、基本支出", "1,234.50", "1,100.00"],
    ["二、项目支出", "320.00", "98.70"],
    ["合计", "1,554.50", "1,198.70"],
]
XS, YS = [72.0, 250.0, 350.0, 450.0], [200.0, 222.0, 244.0, 266.0, 288.0]


def read(*sheets: Sheet) -> Document:
    return read_pdf(Input(data=pdf(sheets), name="test.pdf", limits=Limits()))


def tables(document: Document) -> list[Table]:
    return [table for _, table in document.tables()]


def rows(table: Table) -> list[list[str]]:
    dense = Grid(table)
    return [
        [dense.text(row, column) for column in range(table.columns)] for row in range(table.rows)
    ]


def texts(document: Document, role: Role = Role.TEXT) -> list[str]:
    return [block.text for _, block in document.paragraphs(role)]


def _across(left: float = XS[0], right: float = XS[-1]) -> list[Mark]:
    return [Rule(left, y, right, y) for y in YS]


def _down(xs: list[float] = XS) -> list[Mark]:
    return [Rule(x, YS[0], x, YS[-1]) for x in xs]


DRAWN: dict[str, list[Mark]] = {
    "rulings": [*_across(), *_down()],
    "double rulings": [
        *_across(),
        *_down(),
        *[Rule(XS[0], y + 1.5, XS[-1], y + 1.5) for y in YS],
    ],
    "thin rectangles": [
        *[Fill(XS[0], y, XS[-1], y + 0.7) for y in YS],
        *[Fill(x, YS[0], x + 0.7, YS[-1]) for x in XS],
    ],
    "short dashes": [
        *[Rule(x, y, x + 3, y) for y in YS for x in range(72, 450, 5)],
        *[Rule(x, y, x, y + 3) for x in XS for y in range(200, 288, 5)],
    ],
    "a ruling a cell": [
        mark
        for row in range(4)
        for column in range(3)
        for mark in (
            Rule(XS[column], YS[row], XS[column + 1], YS[row]),
            Rule(XS[column], YS[row + 1], XS[column + 1], YS[row + 1]),
            Rule(XS[column], YS[row], XS[column], YS[row + 1]),
            Rule(XS[column + 1], YS[row], XS[column + 1], YS[row + 1]),
        )
    ],
    "open sides": [*_across(), *_down(XS[1:-1])],
    "backgrounds": [
        Fill(XS[column] + 0.5, YS[row] + 0.5, XS[column + 1] - 0.5, YS[row + 1] - 0.5)
        for row in range(4)
        for column in range(3)
    ],
    "horizontal rulings": _across(),
    "three rulings": [Rule(XS[0], y, XS[-1], y) for y in (YS[0], YS[1], YS[-1])],
    "nothing": [],
}


@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN.keys())
def test_the_same_table_however_it_is_drawn(drawn: list[Mark]) -> None:
    marks = [Text(200, 150, "收支预算总表", 16), Text(390, 185, "单位：万元", 10)]
    document = read(Sheet(marks=[*marks, *drawn, *entries(XS, YS, ROWS)]))
    (table,) = tables(document)
    assert rows(table) == ROWS
    assert texts(document) == ["收支预算总表", "单位：万元"]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_table_on_a_rotated_page(rotate: int) -> None:
    (table,) = tables(read(Sheet(marks=grid(XS, YS, ROWS), rotate=rotate)))
    assert rows(table) == ROWS


def test_merged_cells_have_spans() -> None:
    marks = [
        *_across(),
        Rule(XS[0], YS[0], XS[0], YS[-1]),
        Rule(XS[1], YS[0], XS[1], YS[-1]),
        Rule(XS[2], YS[1], XS[2], YS[-1]),
        Rule(XS[3], YS[0], XS[3], YS[-1]),
        Text(260, 216, "财政拨款", 10),
        Text(80, 216, "项目", 10),
    ]
    (table,) = tables(read(Sheet(marks=marks)))
    spans = {cell.text: (cell.column, cell.column_span) for cell in table.cells if cell.text}
    assert spans == {"项目": (0, 1), "财政拨款": (1, 2)}


def test_a_broken_label_is_one_word_and_a_column_of_characters_too() -> None:
    marks = [
        *grid([72, 100, 172, 300], [200, 300, 340], [["", "", "指标值"], ["", "", "95%"]]),
        *[Text(80, 220 + 14 * index, char, 10) for index, char in enumerate("年度目标")],
        Text(104, 240, "七、文化旅游体", 10),
        Text(104, 254, "育支出", 10),
    ]
    (table,) = tables(read(Sheet(marks=marks)))
    assert rows(table)[0] == ["年度目标", "七、文化旅游体育支出", "指标值"]


def test_a_number_set_off_its_label_stays_in_its_row() -> None:
    marks = [*_across(), *_down(), *entries(XS, YS, [[row[0], "", ""] for row in ROWS])]
    marks += [Text(255, y - 12, row[1], 10) for y, row in zip(YS[1:], ROWS, strict=True)]
    (table,) = tables(read(Sheet(marks=marks)))
    assert [row[:2] for row in rows(table)] == [row[:2] for row in ROWS]


def test_a_number_that_runs_over_its_ruling_is_whole_and_reported() -> None:
    marks = [
        *grid([72, 150, 170, 300], [200, 220, 240], [["项目", "", "上年"], ["合计", "", ""]]),
        Text(152, 234, "1,234,567.89", 10),
    ]
    document = read(Sheet(marks=marks))
    assert "1,234,567.89" in {cell.text for cell in tables(document)[0].cells}
    assert [item.code for item in document.diagnostics] == ["pdf.overflow"]


@pytest.mark.parametrize(
    ("width", "lines", "text"),
    [
        (48.0, ["1,234,56", "7.89"], "1,234,567.89"),
        (48.0, ["1,234.56", "1,100.00"], "1,234.56\n1,100.00"),
        (48.0, ["3", "5"], "3\n5"),
        (120.0, ["201", "20101"], "201\n20101"),
    ],
)
def test_numbers_above_each_other_in_a_cell(width: float, lines: list[str], text: str) -> None:
    marks = grid([72, 72 + width, 300], [200, 250, 270], [["", "项目"], ["合计", ""]])
    marks += [Text(76, 216 + 14 * index, line, 10) for index, line in enumerate(lines)]
    document = read(Sheet(marks=marks))
    assert tables(document)[0].cells[0].text == text
    assert [item.code for item in document.diagnostics] == ["pdf.cut_number"] * ("\n" not in text)


def test_numbers_in_neighbouring_cells_are_not_one_run() -> None:
    marks = grid([72, 90, 108, 300], [200, 220, 240], [["类", "款", "名称"], ["", "", "行政运行"]])
    marks += [Text(73, 234, "201", 11), Text(91, 234, "06", 11)]
    (table,) = tables(read(Sheet(marks=marks)))
    assert rows(table)[1] == ["201", "06", "行政运行"]


def test_labels_set_in_are_indented_and_centred_ones_are_not() -> None:
    labels = [
        ("一、教育支出", 0),
        ("小学教育", 2),
        ("高中教育", 2),
        ("二、科学支出", 0),
        ("三、其他", 0),
    ]
    ys = [200.0 + 22 * index for index in range(len(labels) + 2)]
    marks = grid([72, 250, 350], ys, [["", ""]] * (len(labels) + 1))
    for y, (label, depth) in zip(ys[1:], labels, strict=False):
        marks += [Text(76 + 10 * depth, y - 6, label, 10), Text(300, y - 6, "1.00", 10)]
    marks.append(Text(151, ys[-1] - 6, "合计", 10))
    (table,) = tables(read(Sheet(marks=marks)))
    found = {cell.text: cell.indent for cell in table.cells if cell.column == 0}
    assert found == {**dict(labels), "合计": 0}
    assert not any(cell.indent for cell in table.cells if cell.column == 1)


def test_a_label_that_stands_in_the_middle_by_chance_is_indented_like_the_others() -> None:
    labels = ["一、教育支出", "小学", "高级中学教育支出", "二、科学支出", "三、其他"]
    depths = [0, 1, 1, 0, 0]
    ys = [200.0 + 22 * index for index in range(len(labels) + 1)]
    # From 86 to 166: as far from the left side of the cell as from the right one.
    marks = grid([72, 180, 280], ys, [["", ""]] * len(labels))
    for y, label, depth in zip(ys[1:], labels, depths, strict=True):
        marks += [Text(76 + 10 * depth, y - 6, label, 10), Text(240, y - 6, "1.00", 10)]
    (table,) = tables(read(Sheet(marks=marks)))
    found = {cell.text: cell.indent for cell in table.cells if cell.column == 0}
    assert found == dict(zip(labels, depths, strict=True))


def test_tables_side_by_side_and_below_each_other() -> None:
    left = grid([60, 120, 180], [200, 220, 240], [["左", "1.00"], ["甲", "2.00"]])
    right = grid([300, 360, 420], [200, 220, 240], [["右", "3.00"], ["乙", "4.00"]])
    below = grid([60, 120, 180], [300, 320, 340], [["下", "5.00"], ["丙", "6.00"]])
    found = [rows(table)[0][0] for table in tables(read(Sheet(marks=[*left, *right, *below])))]
    assert found == ["左", "右", "下"]


def _page(table: list[list[str]], top: float, *, above: str = "", page: int = 1) -> Sheet:
    ys = [top + 22 * index for index in range(len(table) + 1)]
    marks: list[Mark] = [*grid(XS, ys, table), Text(290, 815, str(page), 9)]
    if above:
        marks.append(Text(72, top - 20, above))
    return Sheet(marks=marks)


def test_a_table_goes_on_over_the_page_end() -> None:
    document = read(_page(ROWS[:3], 720), _page(ROWS[3:], 72, page=2))
    (table,) = tables(document)
    assert rows(table) == ROWS
    pages = {cell.text: cell.fragments[0].place.page for cell in table.cells}
    assert (pages["项目"], pages["合计"]) == (1, 2)


def test_a_header_printed_again_stays_in_the_table() -> None:
    document = read(_page(ROWS[:2], 740), _page([ROWS[0], *ROWS[2:]], 72, page=2))
    (table,) = tables(document)
    assert rows(table) == [ROWS[0], ROWS[1], ROWS[0], *ROWS[2:]]


def test_a_title_between_parts_begins_another_table() -> None:
    document = read(_page(ROWS[:3], 720), _page(ROWS[3:], 110, above="二、支出预算表", page=2))
    assert [table.rows for table in tables(document)] == [3, 1]


def test_other_columns_begin_another_table() -> None:
    other = Sheet(
        marks=grid([72, 160, 230, 290, 450], [72, 94, 116], [["甲", "乙", "丙", "丁"]] * 2)
    )
    assert len(tables(read(_page(ROWS, 700), other))) == 2


def test_the_same_form_filled_in_again_is_another_table() -> None:
    first = [
        ["绩效目标", "目标一", "甲"],
        ["一级指标", "二级指标", "指标值"],
        ["产出", "数量", "5"],
    ]
    second = [["绩效目标", "目标二", "乙"], *first[1:]]
    assert len(tables(read(_page(first, 730), _page(second, 72, page=2)))) == 2


@pytest.mark.parametrize(("title", "count"), [("支出决算表（续表）", 1), ("支出决算表（二）", 2)])
def test_captions_printed_again_over_the_rest_of_a_table(title: str, count: int) -> None:
    xs = [72.0, 160.0, 284.0]
    head = ["科目", "金额"]
    first = grid(xs, [740.0, 762.0, 784.0], [head, ["节水", "12.50"]])
    second = [
        Text(150, 60, title),
        Text(72, 80, "单位：万元"),
        *grid(xs, [90.0, 112.0, 134.0], [head, ["检测", "7.00"]]),
    ]
    made = read(Sheet(marks=first), Sheet(marks=second))
    assert len(tables(made)) == count
    if count == 1:
        assert rows(tables(made)[0])[-1] == ["检测", "7.00"]
        aside = [b.text for b in made.blocks if isinstance(b, Paragraph)]
        assert aside == [title, "单位：万元"], "what is set aside is not lost"


def test_a_row_cut_by_the_page_end_is_one_row() -> None:
    cut = "用于开展全市节水宣传和"
    xs, ys = [72.0, 160.0, 284.0, 450.0], [740.0, 762.0, 784.0]
    first = grid(xs, ys, [["项目", "内容", "金额"], ["节水宣传", cut, "12.50"]])
    second = grid(xs, [72.0, 94.0, 116.0], [["", "水质检测", ""], ["合计", "", "12.50"]])
    (table,) = tables(read(Sheet(marks=first), Sheet(marks=second)))
    assert rows(table) == [
        ["项目", "内容", "金额"],
        ["节水宣传", cut + "水质检测", "12.50"],
        ["合计", "", "12.50"],
    ]
    cell = next(cell for cell in table.cells if cell.text.startswith(cut))
    assert [part.place.page for part in cell.fragments] == [1, 2]


def test_numbers_cut_by_the_page_end_are_whole() -> None:
    xs, ys = [72.0, 160.0, 204.0, 248.0, 292.0], [740.0, 762.0, 784.0]
    upper = ["合计", "20,000,0", "9,956.", "12.5"]
    first = grid(xs, ys, [["项目", "甲", "乙", "丙"], upper])
    second = grid(xs, [72.0, 94.0], [["", "00.00", "00", "0"]])
    made = read(Sheet(marks=first), Sheet(marks=second))
    (table,) = tables(made)
    assert rows(table)[1:] == [["合计", "20,000,000.00", "9,956.00", "12.50"]]
    told = [d for d in made.diagnostics if d.code == "pdf.cut_number" and d.anchor is not None]
    assert [(d.anchor.row, d.anchor.column) for d in told if d.anchor] == [(1, 1), (1, 2), (1, 3)]


def test_numbers_that_are_whole_by_themselves_stay_two_over_the_page_end() -> None:
    xs = [72.0, 160.0, 204.0, 248.0]
    first = grid(xs, [762.0, 784.0], [["合计", "12", "12.5"]])
    second = grid(xs, [72.0, 94.0], [["", "34", "0"]])
    (table,) = tables(read(Sheet(marks=first), Sheet(marks=second)))
    assert rows(table) == [["合计", "12", "12.5"], ["", "34", "0"]]


def test_a_header_cut_by_the_page_end_keeps_its_levels() -> None:
    xs = [72.0, 160.0, 196.0, 232.0, 268.0, 340.0]
    first = [
        *[Rule(72, y, 340, y) for y in (740, 762)],
        *[Rule(x, 740, x, 762) for x in (72, 160, 268, 340)],
        *entries(xs, [740, 762], [["合计", "公务用车购置费及运", "", "", "公务接待费"]]),
    ]
    second = [
        *[Rule(72, y, 340, y) for y in (72, 116, 138)],
        Rule(160, 94, 268, 94),
        *[Rule(x, 72, x, 138) for x in (72, 160, 268, 340)],
        *[Rule(x, 94, x, 138) for x in (196, 232)],
        *entries(
            xs,
            [72, 94, 116, 138],
            [
                ["", "行费", "", "", ""],
                ["", "小计", "购置费", "运行费", ""],
                ["9.10", "6.00", "2.00", "4.00", "3.10"],
            ],
        ),
    ]
    (table,) = tables(read(Sheet(marks=first), Sheet(marks=second)))
    spans = {cell.text: (cell.row, cell.row_span, cell.column_span) for cell in table.cells}
    assert spans["公务用车购置费及运行费"] == (0, 1, 3)
    assert spans["合计"] == spans["公务接待费"] == (0, 2, 1)
    assert spans["小计"] == (1, 1, 1)
    assert spans["9.10"] == (2, 1, 1)
    assert table.rows == 3


@pytest.mark.parametrize(
    ("upper", "lower", "joined"),
    [("项目资金（万", "元）", True), ("项目资金（元）", "合计（元）", False)],
)
def test_a_bracket_opened_above_the_page_end_is_closed_below(
    upper: str, lower: str, joined: bool
) -> None:
    xs = [72.0, 146.0, 240.0, 320.0]
    first = grid(xs, [762.0, 784.0], [[upper, "", "预算数"]])
    second = [
        *[Rule(72, y, 320, y) for y in (72, 116)],
        Rule(146, 94, 320, 94),
        *[Rule(x, 72, x, 116) for x in xs],
        *entries(xs, [72, 94, 116], [[lower, "总额", "8.00"], ["", "其他", "1.00"]]),
    ]
    (table,) = tables(read(Sheet(marks=first), Sheet(marks=second)))
    spans = {cell.text: (cell.row, cell.row_span) for cell in table.cells}
    if joined:
        assert spans[upper + lower] == (0, 3)
    else:
        assert (spans[upper], spans[lower]) == ((0, 1), (1, 2))


def test_a_new_row_after_the_page_end_is_not_taken_for_a_rest() -> None:
    xs = [72.0, 160.0, 284.0, 450.0]
    first = grid(xs, [740.0, 762.0, 784.0], [["项目", "内容", "金额"], ["节水", "宣传", "12.50"]])
    second = grid(xs, [72.0, 94.0], [["", "检测", "7.00"]])
    (table,) = tables(read(Sheet(marks=first), Sheet(marks=second)))
    assert rows(table)[1:] == [["节水", "宣传", "12.50"], ["", "检测", "7.00"]]


@pytest.mark.parametrize(
    "marks",
    [
        # A frame around running text.
        [
            *[Rule(60, y, 500, y) for y in (90, 160)],
            *[Rule(x, 90, x, 160) for x in (60, 500)],
            Text(72, 110, "本框内是一段说明文字，不是表格，也不应当成表格来读。"),
        ],
        # Lines of a contents list whose page numbers stand in a column.
        [
            mark
            for index in range(5)
            for mark in (
                Text(72, 100 + 20 * index, f"{'一二三四五'[index]}、部门概况"),
                Text(500, 100 + 20 * index, str(index + 3)),
            )
        ],
        # A line under a heading.
        [Text(72, 100, "一、部门概况"), Rule(72, 104, 500, 104)],
        # Sentences with wide gaps and amounts.
        [
            mark
            for index in range(3)
            for mark in (
                Text(72, 100 + 20 * index, "本年收入预算总计各增加"),
                Text(250 + 9 * index, 100 + 20 * index, "1463.8 万元，增长百分之八。"),
            )
        ],
    ],
    ids=["frame", "contents", "underline", "gaps"],
)
def test_what_is_no_table_stays_text(marks: list[Mark]) -> None:
    document = read(Sheet(marks=marks))
    assert tables(document) == []
    assert texts(document)


def test_frames_that_touch_at_their_corners_are_a_drawing() -> None:
    marks: list[Mark] = []
    for index, label in enumerate(["财政拨款", "事业收入", "其他收入"]):
        x0, x1 = 72 + 100 * index, 172 + 100 * index
        y0 = 200 + 20 * (index % 2)
        marks += [Rule(x0, y, x1, y) for y in (y0, y0 + 20)]
        marks += [Rule(x, y0, x, y0 + 20) for x in (x0, x1)]
        marks.append(Text(x0 + 4, y0 + 14, label, 10))
    document = read(Sheet(marks=marks))
    assert tables(document) == []
    assert sorted("".join(texts(document, Role.CHART)).split("\t")) != []
    assert texts(document) == []


def test_a_label_printed_downwards_does_not_go_on_in_another_label() -> None:
    """年度总体目标 above the page end, 绩效指标 below it: both printed two characters a line."""
    xs = [72.0, 100.0, 200.0, 300.0]
    first: list[Mark] = [
        *[Rule(72, y, 300, y) for y in (700, 784)],
        *[Rule(x, 700, x, 784) for x in (72, 100, 300)],
        *[Text(75, 715 + 14 * n, text) for n, text in enumerate(("年度", "总体", "目标"))],
        Text(110, 720, "完成监测点建设三处。"),
    ]
    second: list[Mark] = [
        *[Rule(72, y, 300, y) for y in (72, 128)],
        Rule(100, 100, 300, 100),
        *[Rule(x, 72, x, 128) for x in xs],
        *[Text(75, 88 + 14 * n, text) for n, text in enumerate(("绩效", "指标"))],
        *[Text(x + 4, 88, text) for x, text in ((100, "一级指标"), (200, "指标值"))],
        *[Text(x + 4, 116, text) for x, text in ((100, "产出指标"), (200, "3处"))],
    ]
    texts = [
        cell.text
        for table in tables(read(Sheet(marks=first), Sheet(marks=second)))
        for cell in table.cells
    ]
    assert "年度总体目标" in texts
    assert "绩效指标" in texts
