"""Lines and paragraphs of PDF pages: what runs on, what begins anew, what is no text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from disclosure_parser.document import Document, Paragraph, Role
from disclosure_parser.readers.base import Input, Limits
from disclosure_parser.readers.pdf import read_pdf
from tests.readers.pdf_files import Mark, Raw, Sheet, Text, paragraph, pdf


def read(*sheets: Sheet, mapped: bool = True) -> Document:
    return read_pdf(Input(data=pdf(sheets, mapped=mapped), name="test.pdf", limits=Limits()))


def texts(document: Document, role: Role = Role.TEXT) -> list[str]:
    return [block.text for _, block in document.paragraphs(role)]


#: Lines of 38 characters reach from edge to edge (72 to 528 points at 12 points).
FULL = "本年收入预算总计一千二百三十四万元，其中一般公共预算财政拨款收入一千二百万元"
assert len(FULL) == 38


def prose(y: float, end: str, lines: int = 2) -> list[Mark]:
    """A paragraph: an indented line, full lines, and its end."""
    first = FULL[2:]
    return paragraph(72, y, [first, *[FULL] * (lines - 1), end])


def body(y: float = 100) -> list[Mark]:
    """Enough running text for its edges to be known."""
    return [*prose(y, "其余为事业收入。"), *prose(y + 80, "与上年持平。")]


def test_lines_run_on_to_the_end_of_the_paragraph() -> None:
    assert texts(read(Sheet(marks=body()))) == [
        FULL[2:] + FULL + "其余为事业收入。",
        FULL[2:] + FULL + "与上年持平。",
    ]


def test_every_line_of_a_paragraph_keeps_its_place() -> None:
    document = read(Sheet(marks=body()))
    block = document.blocks[0]
    assert isinstance(block, Paragraph)
    pieces = [block.text[part.start : part.end] for part in block.fragments]
    assert pieces == [FULL[2:], FULL, "其余为事业收入。"]
    boxes = [part.place.box for part in block.fragments]
    assert boxes[0] is not None
    assert boxes[0][0] == pytest.approx(96, abs=0.5)
    assert [part.place.page for part in block.fragments] == [1, 1, 1]


def test_a_paragraph_runs_over_the_page_end_past_the_page_number() -> None:
    first = [*body(), *prose(700, "")[:2], Text(290, 810, "- 1 -", 9)]
    second = [Text(72, 80, "另有上年结转。"), *body(120), Text(290, 810, "- 2 -", 9)]
    document = read(Sheet(marks=first), Sheet(marks=second))
    assert FULL[2:] + FULL + "另有上年结转。" in texts(document)
    assert texts(document, Role.FURNITURE) == ["- 1 -", "- 2 -"]


def test_an_amount_and_its_unit_meet_over_the_line_end() -> None:
    line = "本年收入预算总计一千二百三十四万元，使用非财政拨款结余一共59,972.79 万"
    marks = [*body(), *paragraph(72, 300, [line, "元，与上年持平。"])]
    assert texts(read(Sheet(marks=marks)))[-1] == line + "元，与上年持平。"


@pytest.mark.parametrize(
    "heading",
    [
        "一、部门概况",
        "（二）收入预算情况说明",
        "第二部分 部门预算表",
        "3.政府采购情况",
    ],
)
def test_a_heading_stays_a_paragraph_of_its_own(heading: str) -> None:
    marks = [*body(), Text(96, 270, heading), *prose(290, "其余为事业收入。")]
    assert texts(read(Sheet(marks=marks)))[2] == heading


def test_numbered_items_with_full_lines_are_apart() -> None:
    first, second = "1." + FULL[3:], "2." + FULL[3:]
    marks = [*body(), *paragraph(72, 270, [first, FULL]), *paragraph(72, 310, [second, "无。"])]
    assert texts(read(Sheet(marks=marks)))[2:] == [first + FULL, second + "无。"]


def test_a_centred_title_is_told_by_its_style() -> None:
    marks = [Text(228, 60, "部门预算收支总表", 18, bold=True), *body()]
    block = read(Sheet(marks=marks)).blocks[0]
    assert isinstance(block, Paragraph)
    assert (block.text, block.style.centred, block.style.bold) == ("部门预算收支总表", True, True)
    assert block.style.size == pytest.approx(18)


def test_running_text_is_not_centred() -> None:
    blocks = read(Sheet(marks=body())).blocks
    assert not any(isinstance(block, Paragraph) and block.style.centred for block in blocks)


def test_lines_of_a_contents_list_stay_apart() -> None:
    lines = [
        f"{number}、部门概况{'.' * 60}{page}" for number, page in zip("一二三", "357", strict=True)
    ]
    marks = [Text(72, 100 + 20 * index, line) for index, line in enumerate(lines)]
    assert texts(read(Sheet(marks=marks))) == lines


def test_spread_text_keeps_its_characters_together() -> None:
    document = read(Sheet(marks=[Text(72, 100, "收入1234.56万元", gap=1.5)]))
    assert texts(document) == ["收入1234.56万元"]


def test_digits_off_the_baseline_stay_in_their_line() -> None:
    marks = [Text(72, 100, "比"), Text(84, 98, "2023"), Text(108, 100, "年增加")]
    assert texts(read(Sheet(marks=marks))) == ["比2023年增加"]


def test_the_number_of_a_note_does_not_become_part_of_a_figure() -> None:
    marks = [Text(72, 100, "预算287.50"), Text(132, 96, "1", 6), Text(135, 100, "万元")]
    assert texts(read(Sheet(marks=marks))) == ["预算287.50 1万元"]


@pytest.mark.parametrize("number", ["─ {} ─", "- {} -", "{}", "第 {} 页", "第 {} 页 共 20 页"])
def test_page_numbers_are_furniture(number: str) -> None:
    sheets = [
        Sheet(marks=[*body(130), Text(280, 815, number.format(page), 9)]) for page in range(1, 4)
    ]
    document = read(*sheets)
    assert texts(document, Role.FURNITURE) == [number.format(page) for page in range(1, 4)]


def test_running_heads_are_furniture_but_labels_of_tables_are_not() -> None:
    sheets = [
        Sheet(
            marks=[
                Text(200, 40, "某某局部门预算", 9),
                Text(430, 90, f"公开0{page + 1}表"),
                *body(130),
            ]
        )
        for page in range(1, 5)
    ]
    document = read(*sheets)
    assert texts(document, Role.FURNITURE) == ["某某局部门预算"] * 4
    assert [text for text in texts(document) if text.startswith("公开")] == [
        f"公开0{page + 1}表" for page in range(1, 5)
    ]


def test_a_watermark_is_furniture() -> None:
    document = read(Sheet(marks=[Text(100, 400, "内部资料", 60, turn=45), *body()]))
    assert texts(document, Role.FURNITURE) == ["内部资料"]
    assert len(texts(document)) == 2


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("offset", [(0.0, 0.0), (-30.0, 55.0)])
def test_the_rotation_of_the_page_and_its_corner_do_not_matter(
    rotate: int, offset: tuple[float, float]
) -> None:
    document = read(Sheet(marks=body(), rotate=rotate, offset=offset))
    assert texts(document) == texts(read(Sheet(marks=body())))


def test_boxes_are_measured_from_the_corner_of_the_crop_box() -> None:
    sheet = Sheet(marks=[Text(172, 200, "一、概况")], crop=(100, 0, 595, 742))
    block = read(sheet).blocks[0]
    assert isinstance(block, Paragraph)
    box = block.fragments[0].place.box
    assert box == pytest.approx((72, 89.44, 120, 101.44), abs=0.1)


def test_text_off_the_page_or_clipped_away_is_hidden() -> None:
    clipped: list[Mark] = [
        Raw("q 0 542 595 300 re W n"),
        Text(72, 200, "可见的文字。"),
        Text(72, 400, "被裁掉的文字。"),
        Text(72, 900, "页面之外的文字。"),
        Raw("Q"),
    ]
    document = read(Sheet(marks=clipped))
    assert texts(document) == ["可见的文字。"]
    assert texts(document, Role.HIDDEN) == ["被裁掉的文字。", "页面之外的文字。"]


def test_glyphs_without_a_unicode_value_are_reported() -> None:
    document = read(Sheet(marks=[Text(72, 100, "部门概况")]), mapped=False)
    assert [item.code for item in document.diagnostics] == ["pdf.unmapped"]
    assert "部" not in "".join(texts(document))


def test_radicals_are_kept_as_printed() -> None:
    assert texts(read(Sheet(marks=[Text(72, 100, "部⻔⻋辆⼀")]))) == ["部⻔⻋辆⼀"]


def test_labels_of_a_pie_chart_are_apart_from_the_text() -> None:
    slices: list[Mark] = [
        Raw(
            f"1 0 0 rg 300 300 m {300 + dx} {300 + dy} {320 + dx} {310 + dy} {dx * 2 + 300} 300 c f"
        )
        for dx, dy in ((60, 60), (-60, 60), (-60, -60), (60, -60))
    ]
    marks = [*slices, Text(280, 545, "54.96%"), Text(330, 530, "33.19%"), *body(60)]
    document = read(Sheet(marks=marks))
    assert texts(document, Role.CHART) == ["33.19%", "54.96%"]
    assert len(texts(document)) == 2


def test_text_under_a_round_seal_is_text() -> None:
    seal: list[Mark] = [
        Raw(
            f"1 0 0 rg 300 300 m {300 + dx} {300 + dy} {320 + dx} {310 + dy} {dx * 2 + 300} 300 c f"
        )
        for dx, dy in ((60, 60), (-60, 60), (-60, -60), (60, -60))
    ]
    marks = [*body(60), *seal, Text(280, 530, "某某市财政局"), Text(280, 552, "2024年2月1日")]
    document = read(Sheet(marks=marks))
    assert texts(document)[-2:] == ["某某市财政局", "2024年2月1日"]
    assert texts(document, Role.CHART) == []


def test_two_columns_are_read_one_after_the_other() -> None:
    def column(x: float, name: str) -> Sequence[Mark]:
        return [
            Text(x, 100 + 18 * line, f"{name}栏第{line}行的文字在这里继续写下去", 10)
            for line in range(8)
        ]

    found = texts(read(Sheet(marks=[*column(72, "左"), *column(320, "右")])))
    joined = "".join(found)
    assert joined.index("左栏第7行") < joined.index("右栏第0行")
