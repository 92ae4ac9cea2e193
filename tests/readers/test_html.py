"""Web pages: what is the report on them, what is the page around it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_parser.document import Document, Paragraph, Role, Table
from disclosure_parser.errors import DisclosureError, EmptyDocumentError, LimitExceededError
from disclosure_parser.readers import read_document
from disclosure_parser.readers.base import Limits

SENTENCE = "二〇二四年部门收入预算为一千二百三十四万元，比上年增加五十六万元。"
NAVIGATION = "".join(f'<li><a href="/list{n}.html">政务栏目{n}</a></li>' for n in range(6))
SITE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>
<script>var hidden = "脚本里的字";</script><style>p {{ color: red }}</style></head><body>
<div class="x1"><ul>{nav}</ul></div>
<div class="x2"><div>当前位置：<a href="/">首页</a> &gt; <a href="/y">预算公开</a></div>
<div class="x3"><span>{title}</span></div>
<div>发布时间：2024-02-01 来源：财务科 【字体：大 中 小】</div>
<div class="x4">{content}</div></div>
<div class="x5"><p>版权所有：某某市人民政府办公室 网站标识码：0000000000</p></div></body></html>"""


def read(page: str | bytes, limits: Limits | None = None) -> Document:
    data = page.encode() if isinstance(page, str) else page
    return read_document(data, limits=limits or Limits())


def site(content: str, title: str = "某某局二〇二四年部门预算") -> Document:
    return read(SITE.format(title=title, nav=NAVIGATION, content=content))


def texts(document: Document, role: Role = Role.TEXT) -> list[str]:
    return [block.text for _, block in document.paragraphs(role)]


def only_table(document: Document) -> Table:
    (found,) = [table for _, table in document.tables()]
    return found


def codes(document: Document) -> set[str]:
    return {found.code for found in document.diagnostics}


def test_the_report_is_told_from_the_site() -> None:
    document = site(f"<p>一、收支情况</p><p>{SENTENCE}</p>")
    assert texts(document) == ["某某局二〇二四年部门预算", "一、收支情况", SENTENCE]
    furniture = " ".join(texts(document, Role.FURNITURE))
    for word in ("政务栏目3", "当前位置", "发布时间", "版权所有"):
        assert word in furniture
    assert "脚本里的字" not in furniture
    assert "html.shell" not in codes(document)


@pytest.mark.parametrize(
    "line",
    [
        "打印机购置经费", "适老化改造项目", "无障碍设施建设", "收藏品征集支出",
        "相关信息系统运维",
        "技术支持服务费", "搜索引擎服务", "来源于财政拨款的收入", "2024年1月1日起执行",
        "首页设计费",
    ],
)  # fmt: skip
def test_lines_that_begin_like_those_of_a_site_are_text(line: str) -> None:
    assert line in texts(site(f"<p>{SENTENCE}</p><p>{line}</p><p>{SENTENCE}</p>"))


@pytest.mark.parametrize(
    "line",
    [
        "【打印】【关闭】", "打印本页 关闭窗口", "首页 > 财政 > 预算",
        "2024-02-08 10:11 来源：财务科",
        "上一篇：无", "扫一扫在手机打开当前页", "浏览次数：12", "您当前所在位置：首页",
    ],
)  # fmt: skip
def test_lines_of_a_site_are_none(line: str) -> None:
    assert line not in texts(site(f"<p>{SENTENCE}</p><p>{line}</p><p>{SENTENCE}</p>"))


def test_how_a_site_files_a_document_is_no_statement() -> None:
    filed = (
        "<table><tr><td>索引号</td><td>0001/2024-1</td></tr>"
        "<tr><td>成文日期</td><td>2024年2月1日</td></tr></table>"
    )
    document = site(f"{filed}<p>{SENTENCE}</p>")
    assert only_table(document).role is Role.FURNITURE


def test_links_within_the_page_are_its_contents() -> None:
    document = site(f'<p><a href="#1">第一部分 概况</a></p><a name=1></a><p>{SENTENCE}</p>')
    assert "第一部分 概况" in texts(document)


def test_short_lines_beside_a_table_stay_with_it() -> None:
    rows = "".join(f"<tr><td>科目{n}</td><td>{n}.50</td></tr>" for n in range(40))
    document = site(
        f"<p>收入总表</p><p>单位：万元</p><div><table>{rows}</table></div><p>注：无</p>"
    )
    assert texts(document)[-3:] == ["收入总表", "单位：万元", "注：无"]
    assert only_table(document).role is Role.TEXT


def test_title_is_text_once() -> None:
    with_heading = site(f"<h1>某某局二〇二四年部门预算</h1><p>{SENTENCE}</p>")
    assert texts(with_heading).count("某某局二〇二四年部门预算") == 1
    # A page that prints no title has only the one in its head.
    bare = read(f"<html><head><title>某某局部门决算-某某网</title></head><p>{SENTENCE}</p></html>")
    assert texts(bare) == ["某某局部门决算-某某网", SENTENCE]


def test_title_set_apart_within_a_line() -> None:
    title = "某某局二〇二四年部门预算"
    document = site(
        f"<div>某某日报讯 <font>{title}</font> <font>本报记者</font></div><p>{SENTENCE}</p>"
    )
    assert texts(document)[-4:] == ["某某日报讯", title, "本报记者", SENTENCE]


def test_spans_and_groups_of_a_table() -> None:
    table = only_table(
        site(
            "<table><tfoot><tr><td>合计<td>3<td>4</tfoot>"
            "<thead><tr><th rowspan=2>科目</th><th colspan=2>金额</th></tr>"
            "<tr><th>上年</th><th>本年</th></tr></thead>"
            "<tbody><tr><td>办公费</td><td>1</td><td>2</td></tr><tr></tr></tbody></table>"
        )
    )
    assert (table.rows, table.columns) == (4, 3)
    cells = {(c.row, c.column): (c.text, c.row_span, c.column_span) for c in table.cells}
    assert cells[0, 0] == ("科目", 2, 1)
    assert cells[0, 1] == ("金额", 1, 2)
    assert cells[1, 2] == ("本年", 1, 1)
    assert cells[3, 0] == ("合计", 1, 1)


def test_hidden_rows_are_kept_apart_and_shorten_spans() -> None:
    document = site(
        "<table><tr><td rowspan=3>甲</td><td>1</td></tr>"
        '<tr style="display:none"><td>密</td></tr><tr><td>2</td></tr>'
        "<tr><td>乙</td><td>3</td></tr></table>"
    )
    table = only_table(document)
    assert [(c.row, c.column, c.row_span, c.text) for c in table.cells] == [
        (0, 0, 2, "甲"), (0, 1, 1, "1"), (1, 1, 1, "2"), (2, 0, 1, "乙"), (2, 1, 1, "3"),
    ]  # fmt: skip
    assert texts(document, Role.HIDDEN) == ["密"]


def test_layout_tables_are_no_tables() -> None:
    paragraphs = "".join(f"<p>{SENTENCE}{n}</p>" for n in range(12))
    document = read(
        f"<html><table><tr><td><a href=a>栏目一</a><br><a href=b>栏目二</a></td><td>{paragraphs}"
        "<table><tr><td>科目</td><td>数</td></tr><tr><td>甲</td><td>1</td></tr>"
        "<tr><td>乙</td><td>2</td></tr></table></td></tr></table></html>"
    )
    assert len(texts(document)) == 12
    assert only_table(document).rows == 3
    assert texts(document, Role.FURNITURE) == ["栏目一", "栏目二"]


def test_a_table_in_a_cell_of_data_stands_in_it() -> None:
    rows = "".join(f"<tr><td>科目{n}的名称</td><td>{n}</td></tr>" for n in range(9))
    document = site(
        f"<table>{rows}<tr><td>附<table><tr><td>a</td><td>1</td></tr>"
        "<tr><td>b</td><td>2</td></tr></table>完</td><td>9</td></tr></table>"
    )
    (outer_index, outer), (_, inner) = document.tables()
    assert inner.container is not None
    assert (inner.container.block, inner.container.row, inner.container.start) == (
        outer_index,
        9,
        1,
    )
    assert next(c.text for c in outer.cells if (c.row, c.column) == (9, 0)) == "附\n完"


def test_lines_looks_and_numbers() -> None:
    document = site(
        f"<p><b>一、概况</b></p><p align=center><font size=5>标题行</font></p>{SENTENCE}<br>"
        f"&nbsp;&nbsp;第二行<ol start=3><li>{SENTENCE}</li></ol>"
        "<h2>合计<br>说明</h2><pre>甲  1\n乙  2</pre>"
    )
    by_text = {block.text: block for _, block in document.paragraphs()}
    assert by_text["一、概况"].style.bold
    assert by_text["标题行"].style.centred
    assert by_text["标题行"].style.size == 18.0
    assert "\xa0\xa0第二行" in by_text
    item = by_text["3. " + SENTENCE]
    assert item.generated == 3
    assert item.fragments[0].start == 3
    assert by_text["合计\n说明"].style.outline_level == 2
    assert {"甲  1", "乙  2"} <= set(by_text)


def test_deleted_text_is_not_printed() -> None:
    document = site(f"<p>收入<del>100.00</del><ins>200.00</ins>万元</p><p>{SENTENCE}</p>")
    assert "收入200.00万元" in texts(document)
    assert texts(document, Role.HIDDEN) == ["100.00"]


def test_cells_keep_lines_and_places() -> None:
    document = site(
        "<table><tr><td>项目</td><td>金额\n  数</td></tr>\n"
        "<tr><td>甲<br>乙</td><td>1</td></tr><tr><td><p>丙</p><p>丁</p></td><td>2</td></tr></table>"
    )
    index, table = next(iter(document.tables()))
    assert [c.text for c in table.cells] == ["项目", "金额 数", "甲\n乙", "1", "丙\n丁", "2"]
    places = [fragment.place for c in table.cells for fragment in c.fragments]
    assert all(place.part == "page" and place.line for place in places)
    assert index > 0


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_declared_charset(declared: str) -> None:
    page = f'<html><head><meta http-equiv=x content="text/html; charset={declared}"></head>'
    document = read(f"{page}<p>{SENTENCE}镕</p></html>".encode("gb18030"))
    assert texts(document) == [SENTENCE + "镕"]
    assert document.source.encoding == "gb18030"
    assert not any(code.startswith("html.charset") for code in codes(document))


@pytest.mark.parametrize(
    ("declared", "real"), [("gb2312", "utf-8"), ("utf-8", "gb18030"), ("iso-8859-1", "gb18030")]
)
def test_a_charset_that_the_bytes_contradict_is_said(declared: str, real: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><p>{SENTENCE * 3}</p></html>'
    document = read(page.encode(real))
    assert texts(document) == [SENTENCE * 3]
    assert "html.charset" in codes(document)


def test_a_shell_lists_its_attachments_and_fetches_nothing() -> None:
    document = site(
        '<p><a href="/files/2024.pdf">二〇二四年部门预算.pdf</a></p>'
        '<script>show("/local/决算.pdf", "100%")</script><iframe src="view.jsp?id=1"></iframe>'
    )
    (shell,) = [found for found in document.diagnostics if found.code == "html.shell"]
    for part in ("/files/2024.pdf", "/local/决算.pdf", "view.jsp?id=1"):
        assert part in shell.message
    assert "二〇二四年部门预算.pdf" in texts(document)


def test_a_report_with_an_attachment_is_no_shell() -> None:
    document = site(f'{SENTENCE * 6}<a href="a.xlsx">附件.xlsx</a><a href="b.html">相关</a>')
    assert codes(document) == {"html.attachment"}


def test_a_report_that_a_script_would_show_is_read() -> None:
    rows = "".join(f"<tr><td>科目{n}</td><td>{n}.5</td></tr>" for n in range(5))
    inside = f"<p>一、收支</p><p>{SENTENCE * 9}</p><table>{rows}</table>"
    document = site(f'<div style="display: none">{inside}</div>')
    assert "一、收支" in texts(document)
    assert only_table(document).rows == 5
    assert "html.revealed" in codes(document)
    beside = site(f'<div style="display: none">{inside}</div><p>{SENTENCE}</p>')
    assert "一、收支" in texts(beside, Role.HIDDEN)
    assert not list(beside.tables())
    assert "html.revealed" not in codes(beside)


def test_pictures_in_the_text_are_said() -> None:
    document = site(
        f'{SENTENCE * 6}<p><img src="/up/收支总表.png" alt="表一"></p>'
        f'<p><img src="icon.gif" width=16>{SENTENCE}</p>'
    )
    (said,) = [found for found in document.diagnostics if found.code == "html.picture"]
    assert "收支总表.png" in said.message


def test_text_that_goes_on_on_another_page_is_said() -> None:
    more = site(f'<p>{SENTENCE * 6}</p><div><a href="t_1.html">下一页</a></div>')
    assert "html.continued" in codes(more)
    assert "html.continued" not in codes(site(f"<p>{SENTENCE * 6}下一页</p>"))


MHT = (
    b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"=_b\"\r\n\r\n"
    b"--=_b\r\nContent-Type: text/html; charset=gb2312\r\n"
    b"Content-Transfer-Encoding: base64\r\nContent-Location: file:///C:/x/report.htm\r\n\r\n"
    b"%s\r\n--=_b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"AAAA\r\n--=_b--\r\n"
)  # fmt: skip


def test_web_archive() -> None:
    import base64

    page = f"<html><p>{SENTENCE}</p></html>".encode("gb18030")
    document = read(MHT % base64.encodebytes(page))
    assert document.source.format == "mht"
    assert texts(document) == [SENTENCE]
    (place,) = {f.place for _, block in document.paragraphs() for f in block.fragments}
    assert place.part == "report.htm"


def test_a_workbook_that_is_a_page_is_read_as_that() -> None:
    page = "<html><table><tr><td>甲</td><td x:num='1234.5678'>1,234.57</td></tr></table></html>"
    document = read_document(page.encode(), limits=Limits(), name="table.xls")
    assert codes(document) >= {"source.mislabelled"}
    assert [cell.text for cell in only_table(document).cells] == ["甲", "1,234.57"]


@pytest.mark.parametrize(
    ("page", "error"),
    [
        (b"<html></html>", EmptyDocumentError),
        (b"<html><body>" + b"<div>" * 5_000 + b"x", LimitExceededError),
        (b"<html><body>" + b"<table><tr><td>a" * 100, LimitExceededError),
        (b"<html>" + b"<p>x" * 6_000_000, LimitExceededError),
    ],
)
def test_bad_pages(page: bytes, error: type[DisclosureError]) -> None:
    with pytest.raises(error):
        read(page)


def test_spans_cannot_be_bombs() -> None:
    cells = "<td rowspan=65000 colspan=1000>1</td>" * 500
    with pytest.raises(LimitExceededError):
        read(f"<html><table>{f'<tr>{cells}</tr>' * 30}</table></html>")


PIECES = st.sampled_from(
    ["<table>", "</table>", "<tr>", "<td>", "<td rowspan=2>", "<td colspan=2>", "</td>", "<p>",
     "甲", "1.5", "<b>", "</b>", "<br>", "<ol><li>", "</ol>", "<!-- x -->", "&nbsp;", "一、", " ",
     "<a href=x.pdf>y</a>", "<img src=a>", "<div style='display:none'>", "</div>", "<script>",
     "</script>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_soup_gives_cells_that_do_not_overlap(pieces: list[str]) -> None:
    try:
        document = read("<html><body>" + "".join(pieces))
    except EmptyDocumentError:
        return
    for _, table in document.tables():
        taken = [
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        ]
        assert len(taken) == len(set(taken))
        assert all(row < table.rows and column < table.columns for row, column in taken)
        assert list(table.cells) == sorted(table.cells, key=lambda c: (c.row, c.column))
    for block in document.blocks:
        assert isinstance(block, Table) or (isinstance(block, Paragraph) and block.text)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_document_or_an_error_of_ours(data: bytes) -> None:
    try:
        read(b"<html>" + data)
    except DisclosureError:
        return
