"""What holds for the outline of any document."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_parser import outline
from disclosure_parser.catalogue import load
from disclosure_parser.document import Block, Document, Paragraph, Role, Style, Table
from disclosure_parser.outline import Outline
from tests.conftest import corpus_reports, real_reports
from tests.outline.builders import document, table

MARKS = (
    *(
        "第一部分 ",
        "第二部分",
        "一、",
        "二、",
        "三、",
        "十一、",
        "（一）",
        "（二）",
        "1.",
        "2、",
        "3．",
    ),
    *("（1）", "①", "一是", "第一条 ", "", "", "目录", "A.", "1)", "【", "附件1：", "表1 "),
)
TITLES = (
    *("部门概况", "主要职责", "机构设置情况", "部门预算表", "名词解释", "预算绩效信息", "收支总表"),
    *(
        "管理水利。",
        "收入预算总计12.5万元。包括：",
        "情况说明",
        "其他需说明的事项",
        "",
        "】",
        "合计",
    ),
    *(
        "单位：万元",
        "注：本表为空表。",
        "科普经费绩效信息表",
        "基本支出：指日常支出。",
        "12",
        "- 3 -",
    ),
)
lines = st.builds(
    Paragraph,
    text=st.builds(
        lambda m, t, tail: m + t + tail,
        st.sampled_from(MARKS),
        st.sampled_from(TITLES),
        st.sampled_from(("", "。", "：", "........3", " \n")),
    ),
    role=st.sampled_from((*[Role.TEXT] * 8, Role.CONTENTS, Role.FURNITURE, Role.NOTE)),
    style=st.builds(
        Style,
        outline_level=st.one_of(st.none(), st.none(), st.none(), st.integers(1, 4)),
        centred=st.booleans(),
    ),
)
cells = st.sampled_from(
    (*TITLES, "绩效目标", "一级指标", "二级指标", "指标值", "12.50", "-", "收入", "项目")
)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=7
    ).map(table)
)
documents = st.lists(st.one_of(lines, lines, lines, tables), max_size=30).map(
    lambda blocks: document(*blocks)
)


def check(found: Outline, before: Document) -> None:
    """Every block stands in one place, ids are paths, anchors are printed, nothing is lost."""
    places: Counter[int] = Counter(found.front)
    headings: set[int] = set()
    for number, root in enumerate(found.sections, start=1):
        assert root.id == str(number)
        for section in root.walk():
            places.update(section.blocks)
            assert [c.id for c in section.children] == [
                f"{section.id}.{i}" for i in range(1, len(section.children) + 1)
            ]
            assert list(section.blocks) == sorted(section.blocks)
            assert section.kind or section.basis
            if section.heading is not None:
                headings.add(section.heading.block)
                assert found.document.text_of(section.heading).strip()
    assert not places or max(places.values()) == 1
    for index, block in enumerate(found.document.blocks):
        held = index in places or index in headings
        assert held is (block.role is Role.TEXT), (index, block)
    text_tables = [
        i
        for i, b in enumerate(found.document.blocks)
        if isinstance(b, Table) and b.role is Role.TEXT
    ]
    assert [view.block for view in found.views] == text_tables
    assert characters(found.document) == characters(before)


def characters(found: Document) -> Counter[str]:
    counts: Counter[str] = Counter()
    for block in found.blocks:
        for text in texts(block):
            counts.update("".join(text.split()))
    return counts


def texts(block: Block) -> list[str]:
    return [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]


@given(documents)
@settings(max_examples=300, deadline=None)
def test_any_document(before: Document) -> None:
    check(outline.build(before, load()), before)


@given(documents)
@settings(max_examples=60, deadline=None)
def test_the_same_document_gives_the_same_outline(before: Document) -> None:
    first = outline.build(before, load())
    assert outline.build(before, load()) == first
    # What is told apart once stays so.
    again = outline.build(first.document, load())
    assert [v.block for v in again.views] == [v.block for v in first.views]


@pytest.mark.parametrize("path", corpus_reports(), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_corpus_reports(path):  # type: ignore[no-untyped-def]
    from disclosure_parser.readers import Limits, read_document

    before = read_document(path, limits=Limits())
    check(outline.build(before, load()), before)


@pytest.mark.real
@pytest.mark.parametrize("path", real_reports(), ids=lambda p: p.name)
def test_published_reports(path):  # type: ignore[no-untyped-def]
    from disclosure_parser.errors import UnsupportedFormatError
    from disclosure_parser.readers import Limits, read_document

    try:
        before = read_document(path, limits=Limits())
    except UnsupportedFormatError as error:
        pytest.skip(str(error))
    check(outline.build(before, load()), before)
