"""Contents lists and page furniture."""

from __future__ import annotations

from attrs import evolve

from disclosure_parser import outline
from disclosure_parser.catalogue import load
from disclosure_parser.document import Document, Paragraph, Role
from disclosure_parser.outline import Outline
from tests.outline.builders import FIGURES, build, centred, codes, document, tree

BODY = """
第一部分 部门概况
一、主要职责
管理水利。
二、机构设置
1个单位。
第二部分 部门预算情况说明
一、收支预算总体情况说明
收支10万元。
第三部分 名词解释
1.基本支出：指日常支出。
"""
LISTED = [
    "第一部分 部门概况",
    "一、主要职责",
    "二、机构设置",
    "第二部分 部门预算情况说明",
    "第三部分 名词解释",
]


def contents_of(found: Outline) -> list[str]:
    return [
        block.text
        for block in found.document.blocks
        if isinstance(block, Paragraph) and block.role is Role.CONTENTS
    ]


def test_a_bare_list_below_its_heading() -> None:
    found = build("目  录", *LISTED, BODY)
    assert contents_of(found) == ["目  录", *LISTED]
    assert len(found.sections) == 3


def test_dot_leaders_page_numbers_and_field_residue() -> None:
    for tail in (" ............ 3", "……………… 3", "\t3", " PAGEREF _Toc25831 \\h 3"):
        listed = [line + tail for line in LISTED]
        found = build("目录", *listed, BODY)
        assert contents_of(found) == ["目录", *listed], tail
        assert tree(found)[0] == "第一部分部门概况 <overview>"


def test_a_list_without_a_heading() -> None:
    found = build(*LISTED, BODY)
    assert contents_of(found) == LISTED


def test_a_wrapped_line_of_the_list_goes_on_the_line_before() -> None:
    long = "第二部分 云川县水资源和水土保持局2023年度部门决算"
    found = build(
        "目录",
        "第一部分 部门概况",
        "一、主要职责",
        long,
        "情况说明",
        "第三部分 名词解释",
        "第一部分 部门概况\n一、主要职责\n管理。",
        centred("云川县水资源和水土保持局2023年度部门决算情况说明"),
        "一、收入决算情况说明\n收入1万元。",
        "第三部分 名词解释\n1.基本支出：指支出。",
    )
    assert len(contents_of(found)) == 6
    assert [s.kind for s in found.sections] == ["overview", "narrative", "glossary"]
    # The number that the text lacks is in the list: nothing is missing.
    assert codes(found) == []


def test_the_list_tells_headings_without_numbers() -> None:
    found = build(
        "目录\n一、部门主要职能\n二、部门机构设置\n三、部门预算表",
        "1. 收支预算总表\n2. 收入预算总表",
        "四、其他相关情况说明",
        "云川县水利局（部门）主要职能\n一、管理水库\n二、管理渠道",
        "云川县水利局机构设置\n1. 水利局本部。",
        "收支预算总表",
        FIGURES,
        "收入预算总表",
        FIGURES,
        "其他相关情况说明\n一、“三公”经费预算情况说明\n0万元。",
    )
    assert tree(found) == [
        "云川县水利局（部门）主要职能 <duties>",
        "云川县水利局机构设置 <organisation>",
        "部门预算表 <tables>",
        ".收支预算总表 <statement>",
        ".收入预算总表 <statement>",
        "其他相关情况说明 <other>",
        ".一、“三公”经费预算情况说明 <three_public>",
    ]
    part = found.sections[2]
    assert part.heading is None
    assert "contents list" in part.basis


def test_short_sections_are_no_contents_list() -> None:
    found = build("一、主要职责\n无\n二、机构设置\n无\n三、政府采购情况\n无\n四、名词解释\n无")
    assert contents_of(found) == []
    assert len(found.sections) == 4


def test_a_heading_of_contents_with_no_list_below_it() -> None:
    """A page whose list was a field: the first headings of the text are no list."""
    found = build(
        "目录\n第一部分 水务局概况\n一、主要职责\n水务局负责本县的供水和排水。\n"
        "二、机构设置\n内设3个科室。\n第二部分 名词解释\n无。"
    )
    assert [s.title for s in found.sections] == ["水务局概况", "名词解释"]
    assert [s.title for s in found.sections[0].children] == ["主要职责", "机构设置"]


def test_the_word_alone_is_no_list() -> None:
    found = build("一、主要职责\n编制权责清单目录。\n二、机构设置\n1个。")
    assert contents_of(found) == []


def test_lines_the_reader_has_told_are_the_plan() -> None:
    listed: Document = document("一、部门主要职能\n二、其他有关内容")
    blocks = tuple(evolve(block, role=Role.CONTENTS) for block in listed.blocks)
    text = document("部门主要职能\n管理水利。\n其他有关内容\n无。")
    found = outline.build(evolve(text, blocks=blocks + text.blocks), load())
    assert [s.title for s in found.sections] == ["部门主要职能", "其他有关内容"]


def test_a_contents_list_in_a_table() -> None:
    rows = (("第一部分 部门概况", "1"), ("第二部分 名词解释", "9"))
    found = build("目录", rows, "第一部分 部门概况\n一、主要职责\n管理。\n第二部分 名词解释\n无。")
    assert found.document.blocks[1].role is Role.CONTENTS
    assert found.views == ()


def test_page_numbers_that_count_up() -> None:
    found = build("一、主要职责\n1\n管理水利。\n2\n二、机构设置\n3\n1个。\n4")
    assert [b.role for b in found.document.blocks].count(Role.FURNITURE) == 4


def test_a_number_on_its_own_line_is_text() -> None:
    found = build("一、主要职责\n管理水利。\n二、机构设置\n编制\n15\n人")
    assert all(block.role is Role.TEXT for block in found.document.blocks)


def test_the_text_may_word_its_first_heading_otherwise() -> None:
    found = build(
        "目录\n一、单位概况\n二、收支情况\n三、名词解释",
        "一、部门（单位）基本情况\n（一）主要职责\n管理。",
        "二、收支情况\n1万元。\n三、名词解释\n无。",
    )
    assert [s.title for s in found.sections] == ["部门（单位）基本情况", "收支情况", "名词解释"]
    assert len(contents_of(found)) == 4


def test_a_file_of_tables_with_a_list_of_them() -> None:
    found = build(
        "目 录\n序号 报表名称\n一、 收支预算总表\n二、 收入预算总表\n三、 政府采购支出预算表",
        centred("收支预算总表"),
        FIGURES,
        centred("收入预算总表"),
        FIGURES,
        # Worded otherwise than in the list.
        centred("2018年政府采购预算表"),
        FIGURES,
    )
    assert tree(found) == [
        "收支预算总表 <statement>",
        "收入预算总表 <statement>",
        "2018年政府采购预算表 <statement>",
    ]
    assert [len(s.blocks) for s in found.sections] == [1, 1, 1]
