"""One table in all the ways it may be ruled: it is read as if every cell were."""

from __future__ import annotations

import pytest

from disclosure_parser.document import Paragraph, Table
from tests.readers.pdf_files import Mark, Rule, Sheet, Text
from tests.readers.test_pdf_tables import read, rows, tables

SIZE = 9.0
PITCH = 20.0
TOP = 120.0

#: A header cell: first and last column, first and last row, text.
Head = tuple[int, int, int, int, str]

ONE_LEVEL: tuple[list[float], list[Head], list[list[str]]] = (
    [50, 110, 270, 350, 430, 510],
    [
        (0, 0, 0, 0, "科目编码"),
        (1, 1, 0, 0, "科目名称"),
        (2, 2, 0, 0, "合计"),
        (3, 3, 0, 0, "基本支出"),
        (4, 4, 0, 0, "项目支出"),
    ],
    [
        ["", "合计", "1,558.60", "1,234.50", "324.10"],
        ["201", "一般公共服务支出", "1,238.60", "1,234.50", "4.10"],
        ["20106", "财政事务", "1,238.60", "1,234.50", "4.10"],
        ["2010601", "行政运行", "1,234.50", "1,234.50", ""],
        ["205", "教育支出", "320.00", "", "320.00"],
    ],
)
TWO_LEVELS: tuple[list[float], list[Head], list[list[str]]] = (
    [50, 110, 250, 310, 370, 430, 490, 550],
    [
        (0, 1, 0, 0, "项目"),
        (0, 0, 1, 1, "科目编码"),
        (1, 1, 1, 1, "科目名称"),
        (2, 2, 0, 1, "年初结转"),
        (3, 3, 0, 1, "本年收入"),
        (4, 6, 0, 0, "本年支出"),
        (4, 4, 1, 1, "小计"),
        (5, 5, 1, 1, "基本支出"),
        (6, 6, 1, 1, "项目支出"),
    ],
    [
        ["212", "城乡社区支出", "9.93", "22.65", "18.28", "12.49", "5.79"],
        ["21208", "国有土地收入安排的支出", "9.93", "22.65", "18.28", "12.49", "5.79"],
        ["2120801", "征地补偿支出", "4.44", "11.21", "8.41", "7.41", "1.00"],
        ["2120803", "城市建设支出", "5.49", "11.44", "9.87", "5.08", "4.79"],
    ],
)
TWO_LANES: tuple[list[float], list[Head], list[list[str]]] = (
    [50, 190, 260, 420, 500],
    [
        (0, 1, 0, 0, "收入"),
        (2, 3, 0, 0, "支出"),
        (0, 0, 1, 1, "项目"),
        (1, 1, 1, 1, "预算数"),
        (2, 2, 1, 1, "项目"),
        (3, 3, 1, 1, "预算数"),
    ],
    [
        ["一、一般公共预算", "764.24", "一、一般公共服务支出", "1,959.89"],
        ["二、政府性基金", "390.13", "二、外交支出", ""],
        ["三、事业收入", "745.54", "三、教育支出", "3.90"],
        ["本年收入合计", "1,899.91", "本年支出合计", "1,963.79"],
    ],
)
#: One row of figures, and a column in which none is printed.
EMPTY_COLUMN: tuple[list[float], list[Head], list[list[str]]] = (
    [50, 110, 180, 240, 310, 380, 450, 530],
    [
        (0, 0, 0, 1, "合计"),
        (1, 1, 0, 1, "因公出国费"),
        (2, 2, 0, 1, "接待费"),
        (3, 5, 0, 0, "公务用车购置及运行费"),
        (3, 3, 1, 1, "小计"),
        (4, 4, 1, 1, "购置费"),
        (5, 5, 1, 1, "运行费"),
        (6, 6, 0, 1, "机关运行经费"),
    ],
    [["6.40", "0.00", "0.00", "6.40", "", "6.40", "0.00"]],
)
FORMS = {
    "one level": ONE_LEVEL,
    "two levels": TWO_LEVELS,
    "two lanes": TWO_LANES,
    "empty": EMPTY_COLUMN,
}
STYLES = ("ruled", "none", "across", "three lines", "frame", "down", "ledger", "framed body")


def _width(text: str) -> float:
    return sum(SIZE / 2 if c.isascii() else SIZE for c in text)


def drawn(form: tuple[list[float], list[Head], list[list[str]]], style: str) -> list[Mark]:
    xs, heads, body = form
    depth = max(head[3] for head in heads) + 1
    ys = [TOP + PITCH * n for n in range(depth + len(body) + 1)]
    marks: list[Mark] = []
    for first, last, top, bottom, text in heads:
        middle = (xs[first] + xs[last + 1]) / 2
        base = (ys[top] + ys[bottom + 1]) / 2 + 0.35 * SIZE
        marks.append(Text(middle - _width(text) / 2, base, text, size=SIZE))
        if style in {"ruled", "ledger", "framed body"}:
            marks += [
                Rule(xs[first], ys[top], xs[last + 1], ys[top]),
                Rule(xs[first], ys[bottom + 1], xs[last + 1], ys[bottom + 1]),
                Rule(xs[first], ys[top], xs[first], ys[bottom + 1]),
                Rule(xs[last + 1], ys[top], xs[last + 1], ys[bottom + 1]),
            ]
    for number, row in enumerate(body):
        base = ys[depth + number] + PITCH / 2 + 0.35 * SIZE
        for column, text in enumerate(row):
            if not text:
                continue
            right = text[-1].isdigit() and "." in text
            x = xs[column + 1] - 2 - _width(text) if right else xs[column] + 2
            marks.append(Text(x, base, text, size=SIZE))
    full = ys[depth:] if style in {"ruled", "across"} else [ys[depth], ys[-1]]
    if style == "across":
        full = ys[:1] + full
    if style in {"three lines", "frame", "down"}:
        full = [ys[0], ys[depth], ys[-1]] if style == "three lines" else [ys[0], ys[-1]]
    if style != "none":
        marks += [Rule(xs[0], y, xs[-1], y) for y in full]
    if style in {"frame", "framed body"}:
        marks += [Rule(x, ys[0], x, ys[-1]) for x in (xs[0], xs[-1])]
    if style in {"ruled", "down", "ledger"}:
        start = ys[0] if style == "down" else ys[depth]
        marks += [Rule(x, start, x, ys[-1]) for x in xs]
    return marks


def one(marks: list[Mark]) -> Table:
    (table,) = tables(read(Sheet(marks=marks)))
    return table


@pytest.mark.parametrize("style", STYLES[1:])
@pytest.mark.parametrize("name", FORMS)
def test_a_table_is_read_alike_however_it_is_ruled(name: str, style: str) -> None:
    form = FORMS[name]
    if style == "down" and name in {"two levels", "two lanes", "empty"}:
        pytest.skip("rulings through a header that spans columns show no such header")
    ruled, other = one(drawn(form, "ruled")), one(drawn(form, style))
    assert rows(other) == rows(ruled)
    spans = {(c.row, c.column, c.row_span, c.column_span) for c in ruled.cells if c.text}
    assert {(c.row, c.column, c.row_span, c.column_span) for c in other.cells if c.text} == spans


@pytest.mark.parametrize("style", ["none", "across"])
def test_a_label_that_is_broken_belongs_to_the_row_beside_it(style: str) -> None:
    marks = [
        m for m in drawn(ONE_LEVEL, style) if not (isinstance(m, Text) and m.text == "行政运行")
    ]
    base = next(m.y for m in marks if isinstance(m, Text) and m.text == "2010601")
    marks += [
        Text(112, base - 5, "机关事业单位基本养老保险", size=SIZE),
        Text(112, base + 5, "缴费支出", size=SIZE),
    ]
    found = rows(one(marks))
    assert ["2010601", "机关事业单位基本养老保险缴费支出", "1,234.50", "1,234.50", ""] in [
        ["".join(text.split()) for text in row] for row in found
    ]


def test_a_page_that_goes_on_is_read_into_the_columns_of_the_first() -> None:
    xs, heads, body = ONE_LEVEL
    shorter = [[code, name[:4], a and "9.00", b and "9.00", ""] for code, name, a, b, _ in body]
    sheets = [
        Sheet(marks=drawn(ONE_LEVEL, "none")),
        Sheet(marks=drawn((xs, heads, shorter), "none")),
    ]
    (table,) = tables(read(*sheets))
    assert table.columns == len(xs) - 1
    assert rows(table)[-1] == ["205", "教育支出", "9.00", "", ""]


def test_one_row_of_figures_below_as_many_headers_is_a_table() -> None:
    names = ["合计", "因公出国费", "公务用车购置费", "公务用车运行费", "公务接待费"]
    xs = [50.0, 140.0, 240.0, 340.0, 440.0, 540.0]
    heads: list[Head] = [(i, i, 0, 0, name) for i, name in enumerate(names)]
    figures = [["80.45", "19.83", "29.48", "27.89", "3.25"]]
    assert rows(one(drawn((xs, heads, figures), "none"))) == [names, *figures]


def test_two_rows_below_headers_of_all_columns_are_a_table() -> None:
    xs, heads, body = ONE_LEVEL
    form = xs, heads, body[:2]
    assert rows(one(drawn(form, "none"))) == rows(one(drawn(form, "ruled")))


def test_sums_that_are_printed_out_are_no_table() -> None:
    marks: list[Mark] = []
    for number, sums in enumerate(("5.00 + 2.00 = 7.00", "4.00 + 3.00 = 7.00", "7.00 = 7.00 =")):
        marks.append(Text(60, 100 + 16 * number, "收入总计", size=SIZE))
        for place, text in enumerate(("=", *sums.split())):
            marks.append(Text(160 + 50 * place, 100 + 16 * number, text, size=SIZE))
    assert tables(read(Sheet(marks=marks))) == []


def test_two_figures_in_a_cell_are_no_rows() -> None:
    xs, ys = [50.0, 150.0, 250.0, 350.0], [100.0, 160.0, 220.0]
    marks: list[Mark] = [Rule(xs[0], y, xs[-1], y) for y in ys]
    marks += [Rule(x, ys[0], x, ys[-1]) for x in xs]
    for top in ys[:-1]:
        marks.append(Text(55, top + 35, "公务接待费", size=SIZE))
        for x in xs[1:-1]:
            marks += [
                Text(x + 5, top + 22, "12.50", size=SIZE),
                Text(x + 5, top + 48, "8.30", size=SIZE),
            ]
    assert one(marks).rows == 2


@pytest.mark.parametrize("style", ["none", "across", "three lines"])
@pytest.mark.parametrize("gap", [16.0, 30.0])
def test_a_heading_and_a_sentence_below_a_table_are_no_rows(style: str, gap: float) -> None:
    marks = drawn(ONE_LEVEL, style)
    base = max(mark.y for mark in marks if isinstance(mark, Text)) + gap
    marks += [
        Text(50, base, "三、政府采购支出情况说明", size=SIZE),
        Text(68, base + 16, "2024年度支出", size=SIZE),
        Text(126, base + 16, "86.40", size=SIZE),
        Text(153, base + 16, "万元，比上年减少", size=SIZE),
        Text(230, base + 16, "5.20", size=SIZE),
        Text(253, base + 16, "万元。", size=SIZE),
        Rule(50, base + 20, 510, base + 20),
    ]
    document = read(Sheet(marks=marks))
    (table,) = tables(document)
    assert rows(table)[-1] == ["205", "教育支出", "320.00", "", "320.00"]
    text = "".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    assert "三、政府采购支出情况说明" in text
    assert "86.40万元，比上年减少5.20万元。" in "".join(text.split())
