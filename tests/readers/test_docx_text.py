"""Paragraphs: what is printed, what is only in the file, and what each is called."""

from __future__ import annotations

import pytest

from disclosure_parser.document import Place, Role, Severity
from tests.readers.docx_files import (
    begin,
    box,
    code,
    codes,
    docx,
    end,
    first,
    p,
    r,
    read,
    separate,
    tables,
    tbl,
    tc,
    texts,
    tr,
)

_DELETED = '<w:del w:id="1"><w:r><w:delText>100</w:delText></w:r></w:del>'
_MARK_DELETED = "<w:rPr><w:del w:id='9'/></w:rPr>"


def style(name: str, content: str = "", kind: str = "paragraph", base: str = "") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{based}{content}'
        "</w:style>"
    )


def test_paragraphs_in_order_with_their_places() -> None:
    document = read(docx(p("一") + p() + p("二") + tbl(tr("a")) + p("三")))
    assert texts(document) == ["一", "二", "三"]
    _, second, _, third = document.blocks
    assert second.fragments[0].place == Place(part="document", item=3)  # type: ignore[union-attr]
    assert third.fragments[0].place == Place(part="document", item=5)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("xml", "printed"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/></w:r>", "a\tb\nc\n"),
        ("<w:r><w:t>2024</w:t><w:noBreakHyphen/><w:t>01</w:t></w:r>", "2024-01"),
        ('<w:r><w:br w:type="page"/><w:t>第二部分</w:t></w:r>', "第二部分"),
        ('<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>', "a\nb"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t></w:r>', "≥95%"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="0052"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="宋体" w:char="2460"/></w:r>', "①"),
        ('<w:hyperlink r:id="x"><w:r><w:t>附件</w:t></w:r></w:hyperlink>', "附件"),
        ("<w:smartTag><w:smartTag><w:r><w:t>北京</w:t></w:r></w:smartTag></w:smartTag>", "北京"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>甲</w:t></w:r></w:sdtContent></w:sdt>", "甲"),
        (
            "<w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:moveTo><w:r><w:t>移</w:t></w:r></w:moveTo>",
            "增移",
        ),
        ("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>", "a+b"),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r>"
            "</m:den></m:f></m:oMath>",
            "1/2",
        ),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r>"
            "</m:den></m:f></m:oMath>",
            "(a+b)/2",
        ),
        (
            "<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r>"
            "</m:sup></m:sSup></m:oMath>",
            "10^4",
        ),
        ("<w:unknown><w:r><w:t>留</w:t></w:r></w:unknown>", "留"),
        ("<w:r><w:t>a\n b</w:t></w:r>", "a  b"),
    ],
)
def test_inline_content(xml: str, printed: str) -> None:
    assert texts(read(docx(p(xml)))) == [printed]


def test_revisions() -> None:
    document = read(docx(p("收入", _DELETED, "<w:ins><w:r><w:t>200</w:t></w:r></w:ins>", "万元")))
    assert texts(document) == ["收入200万元"]
    assert texts(document, Role.HIDDEN) == ["100"]


def test_moved_text_is_printed_where_it_went() -> None:
    moved = "<w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom>"
    document = read(docx(p("乙", moved) + p("<w:moveTo><w:r><w:t>甲</w:t></w:r></w:moveTo>")))
    assert texts(document) == ["乙", "甲"]
    assert texts(document, Role.HIDDEN) == ["甲"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    document = read(
        docx(
            p("前", properties=_MARK_DELETED) + p("中", properties=_MARK_DELETED) + p("后") + p("x")
        )
    )
    assert texts(document) == ["前中后", "x"]


def test_a_deleted_mark_before_a_table_joins_nothing() -> None:
    document = read(docx(p("前", properties=_MARK_DELETED) + tbl(tr("a")) + p("后")))
    assert texts(document) == ["前", "后"]


def test_an_inserted_mark_joins_nothing() -> None:
    inserted = "<w:rPr><w:ins w:id='9'/></w:rPr>"
    assert texts(read(docx(p("前", properties=inserted) + p("后")))) == ["前", "后"]


def test_hidden_text_by_run_character_style_and_paragraph_style() -> None:
    styles = (
        style("Secret", "<w:rPr><w:vanish/></w:rPr>", "character")
        + style("Child", kind="character", base="Secret")
        + style("Draft", "<w:rPr><w:vanish/></w:rPr>")
    )
    body = (
        p("一", r("甲", "<w:vanish/>"), r("乙", '<w:rStyle w:val="Child"/>'), "二")
        + p(r("丙", '<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>'))
        + p("丁", properties='<w:pStyle w:val="Draft"/>')
        # Where both styles hide, Word shows.
        + p(r("戊", '<w:rStyle w:val="Secret"/>'), properties='<w:pStyle w:val="Draft"/>')
        + p(r("己", "<w:webHidden/>"))
    )
    document = read(docx(body, styles=styles))
    assert "".join(texts(document)) == "一二丙戊己"
    assert texts(document, Role.HIDDEN) == ["甲乙", "丁"]


def test_a_style_separator_joins_a_heading_with_its_text() -> None:
    mark = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    assert texts(read(docx(p("一、收入。", properties=mark) + p("共10万元。")))) == [
        "一、收入。共10万元。"
    ]


def test_field_codes_and_results() -> None:
    body = (
        p(begin(), code(" TC 第一部分 \\f A "), code("\\l 1 "), end(), "第一部分")
        + p("第", begin(), code(" PAGEREF _Toc1 \\h "), separate(), r("3"), end(), "页")
        + p('<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>')
    )
    document = read(docx(body))
    assert texts(document) == ["第一部分", "第3页", "9"]
    assert texts(document, Role.FIELD) == [
        " TC 第一部分 \\f A \\l 1 ",
        " PAGEREF _Toc1 \\h ",
        " NUMPAGES ",
    ]


def test_a_result_inside_a_field_code_is_not_printed() -> None:
    inner = begin() + code(" PAGE ") + separate() + r("7") + end()
    document = read(
        docx(p(begin(), code(" IF "), inner, code(" = 1 "), separate(), r("是"), end()))
    )
    assert texts(document) == ["是"]
    assert "".join(texts(document, Role.FIELD)) == " IF  PAGE 7 = 1 "


@pytest.mark.parametrize(
    "broken",
    [
        p(begin(), code(" TOC "), "正文") + p("更多"),
        p(begin(), code(" TOC "), separate(), "正文") + p("更多"),
        p("正文", end()) + p("更多"),
        p(begin(), "正文") + p("更多", end()),
        p("正文", separate()) + p("更多"),
    ],
)
def test_lost_field_marks_do_not_swallow_the_text(broken: str) -> None:
    document = read(docx(broken))
    assert texts(document) == ["正文", "更多"]
    assert codes(document) == ["docx.field_marks"]


def test_a_field_whose_print_is_not_in_the_file_is_told() -> None:
    document = read(docx(p("第", begin(), code(" EQ \\o\\ac(○,1) "), end(), "条")))
    assert codes(document) == ["docx.field"]
    assert codes(read(docx(p("第", begin(), code(" TC x "), end(), "条")))) == []


def test_a_contents_field_reaches_over_its_paragraphs() -> None:
    tab = "<w:r><w:tab/></w:r>"
    body = (
        p("目录")
        + p(begin(), code(' TOC \\o "1-3" '), separate(), "一、收入", tab, "1")
        + p("二、支出", tab, "2")
        + p(end(), "正文")
    )
    document = read(docx(body))
    assert texts(document, Role.CONTENTS) == ["一、收入\t1", "二、支出\t2"]
    assert texts(document) == ["目录", "正文"]


@pytest.mark.parametrize("name", ["toc 1", "TOC 2", "TOC Heading", "目录 1", "WPSOffice手动目录 1"])
def test_contents_by_style(name: str) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="x"><w:name w:val="{name}"/></w:style>'
    named = '<w:pStyle w:val="x"/>'
    document = read(
        docx(p("一、收入 1", properties=named) + p("收入。", properties=named), styles=styles)
    )
    assert texts(document, Role.CONTENTS) == ["一、收入 1"]
    assert texts(document) == ["收入。"]


def test_contents_in_the_control_that_word_keeps_them_in() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    inner = p("目录") + p(begin(), code(" TOC "), separate(), "一 1", end()) + p("后记")
    control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    document = read(docx(control + p("正文")))
    assert texts(document, Role.CONTENTS) == ["目录", "一 1"]
    assert texts(document) == ["后记", "正文"]
    other = control.replace("Table of Contents", "Cover Pages").replace(" TOC ", " REF ")
    assert texts(read(docx(other))) == ["目录", "一 1", "后记"]


def test_text_boxes_once_and_after_their_paragraph() -> None:
    document = read(docx(p("前", box("框一", "框二"), "后") + p("下")))
    assert texts(document) == ["前后", "框一", "框二", "下"]
    assert document.blocks[1].fragments[0].place.part == "textbox"  # type: ignore[union-attr]


def test_an_old_text_box_and_a_fallback_without_choice() -> None:
    old = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>旧</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    fallback = f"<mc:Fallback>{r('备')}</mc:Fallback>"
    alone = f"<w:r><mc:AlternateContent>{fallback}</mc:AlternateContent></w:r>"
    assert texts(read(docx(p("甲", old) + p(alone)))) == ["甲", "旧", "备"]


def test_alternatives_between_paragraphs() -> None:
    def alternate(*kinds: str) -> str:
        inner = "".join(f"<mc:{kind}>{p(kind)}</mc:{kind}>" for kind in kinds)
        return f"<mc:AlternateContent>{inner}</mc:AlternateContent>"

    body = alternate("Choice", "Fallback") + alternate("Fallback") + alternate() + p("后")
    assert texts(read(docx(body))) == ["Choice", "Fallback", "后"]


def test_floating_labels_of_a_drawn_chart() -> None:
    document = read(docx(p("如图：", box("财政拨款"), box("55.0%"))))
    assert texts(document) == ["如图："]
    assert texts(document, Role.CHART) == ["财政拨款", "55.0%"]


@pytest.mark.parametrize(
    "boxes",
    [(box("某某局"), box("2024年度部门决算")), (box("55.0%"),), (box("占55.0%。"), box("55.0%"))],
)
def test_boxes_that_are_no_labels(boxes: tuple[str, ...]) -> None:
    assert texts(read(docx(p(*boxes))), Role.CHART) == []


def test_a_table_in_a_text_box() -> None:
    document = read(docx(p(box(tbl(tr("甲", "乙"))))))
    assert [cell.text for cell in tables(document)[0].cells] == ["甲", "乙"]


def test_ruby_keeps_the_reading_apart() -> None:
    ruby = (
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>shui</w:t></w:r></w:rt><w:rubyBase><w:r>"
        "<w:t>税</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    document = read(docx(p("房产", ruby, "收")))
    assert texts(document) == ["房产税收"]
    assert texts(document, Role.NOTE) == ["shui"]


def test_notes_headers_and_footers() -> None:
    note = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>——</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="1">{p("脚注")}{tbl(tr("注表"))}</w:footnote>'
    )
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    document = read(
        docx(
            p("正文", reference),
            header1=f"<w:hdr xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>{p('页眉')}</w:hdr>",
            footnotes=note,
            endnotes=f'<w:endnote w:id="2">{p("尾注")}</w:endnote>',
        )
    )
    roles = [(block.role, getattr(block, "text", "")) for block in document.blocks]
    assert roles == [
        (Role.TEXT, "正文"),
        (Role.NOTE, "脚注"),
        (Role.NOTE, ""),
        (Role.NOTE, "尾注"),
        (Role.FURNITURE, "页眉"),
    ]
    assert document.blocks[1].fragments[0].place.part == "footnotes"  # type: ignore[union-attr]
    assert document.blocks[4].fragments[0].place.part == "header1"  # type: ignore[union-attr]


def test_comments_are_told() -> None:
    document = read(docx(p("正文"), comments=f'<w:comment w:id="1">{p("此处待核")}</w:comment>'))
    assert texts(document) == ["正文"]
    assert [(d.code, d.severity) for d in document.diagnostics] == [
        ("docx.comments", Severity.NOTE)
    ]


def test_pictures_objects_and_foreign_parts_are_told() -> None:
    picture = "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"
    document = read(docx(p("正文", picture)))
    assert codes(document) == []
    assert codes(read(docx(p("正文") + p(picture)))) == ["docx.picture"]
    assert codes(read(docx(tbl(tr(tc(p(picture)), "甲"))))) == ["docx.picture"]
    assert codes(read(docx(p("甲") + p("<w:r><w:object><o:OLEObject/></w:object></w:r>")))) == [
        "docx.object"
    ]
    chunk = read(docx(p("甲") + '<w:altChunk r:id="rId9"/>')).diagnostics
    assert [(d.code, d.severity) for d in chunk] == [("docx.missing", Severity.ERROR)]


def test_chart_labels_and_watermarks() -> None:
    chart = "<w:r><w:drawing><c:chart r:id='chart1'/></w:drawing></w:r>"
    content = (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:title><a:p><a:r>'
        "<a:t>收入</a:t></a:r><a:r><a:t>结构</a:t></a:r></a:p></c:title><c:v>财政拨款</c:v>"
        "<c:v>55.1</c:v></c:chartSpace>"
    )
    watermark = '<w:r><w:pict><v:shape><v:textpath string="草稿"/></v:shape></w:pict></w:r>'
    document = read(docx(p("如图", chart) + p("甲", watermark), chart1=content))
    assert texts(document) == ["如图", "甲"]
    assert texts(document, Role.CHART) == ["收入结构\n财政拨款\n55.1", "草稿"]
    assert codes(read(docx(p("如图", chart)))) == ["docx.graphic"]


def test_looks() -> None:
    styles = (
        "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='21'/></w:rPr></w:rPrDefault>"
        "</w:docDefaults>"
        + style("heading 2", "<w:pPr><w:jc w:val='center'/></w:pPr><w:rPr><w:b/></w:rPr>")
        + style("Sub", "<w:rPr><w:sz w:val='32'/></w:rPr>", base="heading 2")
        + style("Outlined", "<w:pPr><w:outlineLvl w:val='2'/></w:pPr>")
    )

    def look(properties: str, *content: str) -> tuple[int | None, bool, bool, float | None]:
        found = first(read(docx(p(*content, properties=properties), styles=styles))).style
        return found.outline_level, found.bold, found.centred, found.size

    assert look("", "甲") == (None, False, False, 10.5)
    assert look('<w:pStyle w:val="heading 2"/>', "甲") == (2, True, True, 10.5)
    assert look('<w:pStyle w:val="Sub"/><w:jc w:val="left"/>', "甲") == (2, True, False, 16)
    assert look('<w:pStyle w:val="Outlined"/>', "甲") == (3, False, False, 10.5)
    assert look('<w:pStyle w:val="Outlined"/><w:outlineLvl w:val="9"/>', "甲")[0] is None
    assert look("", r("甲", "<w:b/>"), " ", r("乙", "<w:b/>"))[1]
    assert not look("", r("甲", "<w:b/>"), "乙")[1]
    assert look("", r("标题文字", '<w:sz w:val="44"/>'), "注")[3] == 22


def test_a_heading_style_that_the_file_does_not_describe() -> None:
    document = read(docx(p("甲", properties='<w:pStyle w:val="Heading1"/>')))
    assert first(document).style.outline_level == 1
    assert (
        first(read(docx(p("甲", properties='<w:pStyle w:val="x1"/>')))).style.outline_level is None
    )
