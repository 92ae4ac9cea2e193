"""Automatic numbering: the numbers that Word prints and the file does not hold."""

from __future__ import annotations

import pytest

from disclosure_parser.readers.docx.numerals import printed
from tests.readers.docx_files import (
    box,
    codes,
    docx,
    first,
    p,
    r,
    read,
    tables,
    tbl,
    tc,
    texts,
    tr,
)


def level(
    index: int,
    form: str = "decimal",
    text: str | None = None,
    suffix: str = "nothing",
    more: str = "",
) -> str:
    text = f"%{index + 1}." if text is None else text
    start = "" if "<w:start " in more else '<w:start w:val="1"/>'
    return (
        f'<w:lvl w:ilvl="{index}">{start}<w:numFmt w:val="{form}"/>{more}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(*levels: str, key: int = 0, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{more}{"".join(levels)}</w:abstractNum>'


def num(key: int = 1, of: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def item(text: str, index: int | None = 0, key: int = 1, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    ilvl = "" if index is None else f'<w:ilvl w:val="{index}"/>'
    return p(text, properties=f'{named}<w:numPr>{ilvl}<w:numId w:val="{key}"/></w:numPr>')


def numbered(body: str, numbering: str, styles: str = "") -> list[str]:
    return texts(read(docx(body, numbering=numbering, styles=styles)))


HEADINGS = abstract(
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4"),
)


def test_the_ladder_of_chinese_headings() -> None:
    steps = [0, 1, 2, 2, 3, 1, 2, 0, 1]
    body = "".join(item("甲", step) for step in steps)
    assert numbered(body, HEADINGS + num()) == [
        f"{mark}甲"
        for mark in ("一、", "（一）", "1.", "2.", "①", "（二）", "1.", "二、", "（一）")
    ]


def test_the_generated_characters_have_no_place() -> None:
    document = read(docx(item("收入", 1), numbering=HEADINGS + num()))
    paragraph = first(document)
    assert (paragraph.text, paragraph.generated) == ("（一）收入", 3)
    assert [(f.start, f.end) for f in paragraph.fragments] == [(3, 5)]


@pytest.mark.parametrize(
    ("suffix", "text"), [("tab", "1.\t甲"), ("space", "1. 甲"), ("nothing", "1.甲")]
)
def test_what_parts_number_and_text(suffix: str, text: str) -> None:
    assert numbered(item("甲"), abstract(level(0, suffix=suffix)) + num()) == [text]


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalZero", 12, "12"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 2, "b"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 11, "十一"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCounting", 101, "一○一"),
        ("chineseCountingThousand", 11, "十一"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1001, "一千零一"),
        ("chineseCountingThousand", 10010, "一万零一十"),
        ("taiwaneseCounting", 15, "十五"),
        ("japaneseCounting", 100, "百"),
        ("japaneseCounting", 121, "百二十一"),
        ("chineseLegalSimplified", 1, "壹"),
        ("chineseLegalSimplified", 25, "贰拾伍"),
        ("ideographLegalTraditional", 6, "陸"),
        ("ideographTraditional", 1, "甲"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("ideographDigital", 10, "一〇"),
        ("none", 5, ""),
        ("upperRoman", 100000, "100000"),
        ("decimal", -3, "-3"),
    ],
)
def test_number_formats(form: str, value: int, text: str) -> None:
    assert printed(value, form) == text


def test_an_unknown_format_prints_digits_and_is_told() -> None:
    document = read(docx(item("甲"), numbering=abstract(level(0, "thaiCounting")) + num()))
    assert texts(document) == ["1.甲"]
    assert codes(document) == ["docx.number_format"]


def test_several_places_and_legal_numbers() -> None:
    numbering = abstract(
        level(0, "chineseCounting", "第%1章"),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "%1.%2.%3", more="<w:isLgl/>"),
    )
    body = item("甲", 0) + item("乙", 1) + item("丙", 2) + item("丁", 2)
    assert numbered(body, numbering + num()) == ["第一章甲", "一.1乙", "1.1.1丙", "1.1.2丁"]


def test_a_higher_level_that_is_left_out_counts_as_begun() -> None:
    numbering = abstract(level(0), level(1, text="%1.%2")) + num()
    assert numbered(item("甲", 1) + item("乙", 0), numbering) == ["1.1甲", "2.乙"]


def test_restarts() -> None:
    never = abstract(level(0), level(1, text="%2)", more='<w:lvlRestart w:val="0"/>')) + num()
    body = item("甲") + item("乙", 1) + item("丙") + item("丁", 1)
    assert numbered(body, never) == ["1.甲", "1)乙", "2.丙", "2)丁"]
    first_only = abstract(
        level(0), level(1, text="%2)"), level(2, text="(%3)", more='<w:lvlRestart w:val="1"/>')
    )
    body = (
        item("a")
        + item("b", 1)
        + item("c", 2)
        + item("d", 1)
        + item("e", 2)
        + item("f")
        + item("g", 2)
    )
    assert numbered(body, first_only + num()) == [
        "1.a", "1)b", "(1)c", "2)d", "(2)e", "2.f", "(1)g",
    ]  # fmt: skip


def test_lists_of_one_description_count_on_unless_they_begin_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(level(0)) + num(1) + num(2) + num(3, more=anew)
    body = (
        item("a", key=1) + item("b", key=2) + item("c", key=3) + item("d", key=3) + item("e", key=1)
    )
    assert numbered(body, numbering) == ["1.a", "2.b", "1.c", "2.d", "3.e"]


def test_a_list_may_describe_a_level_itself() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    numbering = abstract(level(0)) + num(1) + num(2, more=own)
    assert numbered(item("a") + item("b", key=2), numbering) == ["1.a", "B)b"]


def test_starts() -> None:
    later = abstract(level(0, "chineseCounting", "%1、", more='<w:start w:val="3"/>')) + num()
    assert numbered(item("甲") + item("乙"), later) == ["三、甲", "四、乙"]


def _style(name: str, properties: str, base: str = "", kind: str = "paragraph") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def _listed(num_id: int, index: int | None = None) -> str:
    ilvl = "" if index is None else f'<w:ilvl w:val="{index}"/>'
    return f'<w:numPr>{ilvl}<w:numId w:val="{num_id}"/></w:numPr>'


def test_numbers_from_styles() -> None:
    numbering = abstract(
        level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="H1"/>'),
        level(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="H2"/>'),
    )
    styles = (
        _style("H1", _listed(1))
        + _style("H2", _listed(1))
        + _style("H2child", "", base="H2")
        + _style("Plain", _listed(0), base="H1")
    )
    body = "".join(
        p(text, properties=f'<w:pStyle w:val="{style}"/>')
        for text, style in (("a", "H1"), ("b", "H2"), ("c", "H2child"), ("d", "Plain"), ("e", "H1"))
    )
    assert numbered(body, numbering + num(), styles) == [
        "一、a",
        "（一）b",
        "（二）c",
        "d",
        "二、e",
    ]


def test_a_paragraph_takes_its_number_away() -> None:
    styles = _style("H1", _listed(1))
    body = p("a", properties='<w:pStyle w:val="H1"/>') + item("b", 0, 0, "H1")
    assert numbered(body, abstract(level(0)) + num(), styles) == ["1.a", "b"]


def test_numbering_styles_stand_between() -> None:
    numbering = (
        abstract(key=0, more='<w:numStyleLink w:val="L"/>')
        + abstract(level(0, "chineseCounting", "%1、"), key=1, more='<w:styleLink w:val="L"/>')
        + num(1, 0)
        + num(2, 1)
    )
    styles = _style("L", _listed(2), kind="numbering")
    assert numbered(item("甲") + item("乙", key=2), numbering, styles) == ["一、甲", "二、乙"]
    # Without the style the description that claims the link is taken.
    assert numbered(item("甲"), numbering) == ["一、甲"]


def test_numbering_styles_that_name_each_other_print_nothing() -> None:
    numbering = (
        abstract(key=0, more='<w:numStyleLink w:val="A"/>')
        + abstract(key=1, more='<w:numStyleLink w:val="B"/>')
        + num(1, 0)
        + num(2, 1)
    )
    styles = _style("A", _listed(2), kind="numbering") + _style("B", _listed(1), kind="numbering")
    document = read(docx(item("甲"), numbering=numbering, styles=styles))
    assert texts(document) == ["甲"]
    assert codes(document) == ["docx.numbering"]


def test_bullets() -> None:
    fonts = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    numbering = abstract(level(0, "bullet", "\uf06c", more=fonts), level(1, "bullet", "–")) + num()
    assert numbered(item("甲") + item("乙", 1), numbering) == ["●甲", "–乙"]


def test_a_custom_format_with_a_fallback() -> None:
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:suff w:val="space"/>'
        '<w:lvlText w:val="%1"/></w:lvl>'
    )
    assert numbered(item("甲"), abstract(custom) + num()) == ["001 甲"]


def test_numbers_in_cells_and_boxes_count_in_order() -> None:
    body = item("甲") + tbl(tr(tc(item("")), tc(item("乙"), item("丙")))) + p("文", box(item("丁")))
    document = read(docx(body, numbering=abstract(level(0)) + num()))
    cells = tables(document)[0].cells
    assert [cell.text for cell in cells] == ["2.", "3.乙\n4.丙"]
    assert [(f.start, f.end) for f in cells[1].fragments] == [(2, 3), (6, 7)]
    assert texts(document) == ["1.甲", "文", "5.丁"]


def test_what_does_not_count() -> None:
    gone = p(
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>",
        properties=f"{_listed(1)}<w:rPr><w:del/></w:rPr>",
    )
    hidden = p(r("密", "<w:vanish/>"), properties=f"{_listed(1)}<w:rPr><w:vanish/></w:rPr>")
    row = tbl(tr(tc(item("删")), properties="<w:del/>"))
    body = item("甲") + gone + item("乙") + hidden + row + item("丙")
    assert numbered(body, abstract(level(0)) + num()) == ["1.甲", "2.乙", "3.丙"]


def test_a_list_that_is_not_described_is_told() -> None:
    document = read(docx(item("甲", key=7)))
    assert texts(document) == ["甲"]
    assert codes(document) == ["docx.numbering"]
    assert codes(read(docx(item("甲", key=0)))) == []


def test_nonsense_values() -> None:
    numbering = abstract(level(0)) + num()
    bad = p("甲", properties='<w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr>')
    deep = item("乙", 99)
    assert numbered(bad + deep, numbering) == ["1.甲", "乙"]
