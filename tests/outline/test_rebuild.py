"""Splitting and joining blocks: nothing lost, every anchor still right."""

from __future__ import annotations

import pytest
from attrs import evolve

from disclosure_parser import outline
from disclosure_parser.catalogue import load
from disclosure_parser.document import (
    Anchor,
    Cell,
    Diagnostic,
    Document,
    Fragment,
    Paragraph,
    Place,
    Table,
)
from disclosure_parser.outline.rebuild import with_joined, with_split
from tests.outline.builders import FIGURES, build, document, table

TWO = (
    ("收入预算表", ""),
    ("单位：万元", ""),
    *FIGURES,
    ("支出预算表", ""),
    ("单位：元", ""),
    *FIGURES,
)


def printed(found: Document) -> list[str]:
    texts: list[str] = []
    for block in found.blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        else:
            texts.extend(cell.text for cell in block.cells)
    return texts


def test_two_tables_in_one_block_are_split() -> None:
    before = document("一、部门预算表", TWO, "二、名词解释")
    anchor = Anchor(block=1, start=0, end=2, row=7, column=1)
    said = Diagnostic(code="text.test", message="a cell", anchor=anchor)
    before = evolve(before, diagnostics=(said,))
    found = outline.build(before, load())
    first, second = (b for b in found.document.blocks if isinstance(b, Table))
    assert (first.rows, second.rows) == (5, 5)
    assert [v.title.text for v in found.views if v.title] == ["收入预算表", "支出预算表"]
    assert [str(v.unit) for v in found.views] == ["万元", "元"]
    moved = found.document.diagnostics[0].anchor
    assert moved is not None
    assert (moved.block, moved.row) == (2, 2)
    assert found.document.text_of(moved) == before.text_of(anchor)
    assert printed(found.document) == printed(before)


def test_one_table_with_a_subtotal_is_not_split() -> None:
    rows = (*FIGURES, ("单位小计", "3.00"), ("三、其他收入", "1.00"), ("合计", "4.00"))
    found = build("一、部门预算表\n收支预算总表", rows)
    assert len([b for b in found.document.blocks if isinstance(b, Table)]) == 1


def test_a_span_over_the_seam_is_cut_there() -> None:
    cells = (
        Cell(row=0, column=0, text="甲", row_span=2),
        Cell(row=0, column=1, text="乙"),
        Cell(row=1, column=1, text="丙"),
    )
    block = Table(cells=cells, rows=2, columns=2)
    nested = evolve(table(FIGURES), container=Anchor(block=0, start=0, end=1, row=1, column=1))
    found = with_split(document(block, nested), {0: (1,)})
    first, second, third = found.blocks
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    assert isinstance(third, Table)
    assert first.cells[0].row_span == 1
    assert [c.text for c in second.cells] == ["丙"]
    assert third.container == Anchor(block=1, start=0, end=1, row=0, column=1)


@pytest.mark.parametrize("between", ["", "\n"])
def test_joined_lines_keep_their_places(between: str) -> None:
    lines = tuple(
        Paragraph(
            text=text, fragments=(Fragment(start=0, end=len(text), place=Place(line=number)),)
        )
        for number, text in enumerate(("第一部分", "部门概况", "正文。"), start=1)
    )
    before = document(*lines)
    said = Diagnostic(code="text.test", message="", anchor=Anchor(block=1, start=2, end=4))
    found = with_joined(evolve(before, diagnostics=(said,)), {0: (1, between)})
    joined = found.blocks[0]
    assert isinstance(joined, Paragraph)
    assert joined.text == f"第一部分{between}部门概况"
    anchor = found.diagnostics[0].anchor
    assert anchor is not None
    assert found.text_of(anchor) == "概况"
    assert [place.line for place in found.places(anchor)] == [2]
    assert len(found.blocks) == 2


def test_nothing_to_do_gives_the_same_document() -> None:
    before = document("一、主要职责\n管理。")
    assert with_split(before, {}) is before
    assert with_joined(before, {}) is before


def lines_of(*texts: str) -> Paragraph:
    """A paragraph that a reader has joined from lines on pages of their own."""
    fragments = []
    position = 0
    for page, text in enumerate(texts, start=1):
        place = Place(page=page)
        fragments.append(Fragment(start=position, end=position + len(text), place=place))
        position += len(text)
    return Paragraph(text="".join(texts), fragments=tuple(fragments))


def test_a_heading_joined_to_the_text_before_it_is_cut_out() -> None:
    joined = lines_of("没有国有资产。", "第二部分 名词解释", "一、基本支出：指支出。")
    before = document("第一部分 其他重要事项\n一、国有资产情况", joined)
    said = Diagnostic(code="text.test", message="", anchor=Anchor(block=2, start=12, end=16))
    found = outline.build(evolve(before, diagnostics=(said,)), load())
    assert [s.title for s in found.sections] == ["其他重要事项", "名词解释"]
    assert [s.blocks for s in found.sections] == [(), (4,)]
    moved = found.document.diagnostics[0].anchor
    assert moved is not None
    assert moved.block == 3
    assert found.document.text_of(moved) == "名词解释"
    assert [place.page for place in found.document.places(moved)] == [2]
    assert "".join(printed(found.document)) == "".join(printed(before))


@pytest.mark.parametrize(
    "texts",
    [
        ("按照部门职责分工，我局在", "一、主要职责中承担防汛。"),
        ("支出包括人员经费、公用经费和其他，见", "二、某某工作"),
        ("根据预算法", "第二部分的规定执行。"),
    ],
)
def test_lines_of_running_text_are_not_cut(texts: tuple[str, ...]) -> None:
    found = build("一、主要职责", lines_of(*texts), "二、机构设置\n1个。")
    assert len(found.sections) == 2
    assert found.sections[0].blocks == (1,)
