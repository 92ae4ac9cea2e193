"""The section tree: what is a heading, and what stands under what."""

from __future__ import annotations

import pytest

from disclosure_parser.document import Paragraph, Role, Style
from tests.outline.builders import (
    FIGURES,
    build,
    centred,
    codes,
    document,
    section,
    styled,
    table,
    tree,
)


def test_a_title_of_two_topics_is_of_the_kind_above_its_subsections() -> None:
    found = build(
        """
第一部分 部门概况
一、主要职责及机构设置
（一）主要职责
管理全市水库。
（二）机构设置
内设4个科室。
二、人员情况
30人。
第二部分 名词解释
无。
"""
    )
    assert tree(found)[:4] == [
        "第一部分部门概况 <overview>",
        ".一、主要职责及机构设置 <overview>",
        "..（一）主要职责 <duties>",
        "..（二）机构设置 <organisation>",
    ]


def test_a_title_of_two_topics_without_subsections_keeps_its_kind() -> None:
    found = build(
        """
第一部分 部门概况
一、主要职责及机构设置
管理全市水库。内设4个科室。
二、人员情况
30人。
第二部分 名词解释
无。
"""
    )
    assert tree(found)[1] == ".一、主要职责及机构设置 <duties>"


def test_parts_inside_a_numbered_section_nest() -> None:
    found = build(
        """
一、部门职责及机构设置情况
1.部门职责
负责全县水利工作。
2.机构设置
设有1个单位。
二、预算绩效信息
第一部分 部门整体绩效目标
（一）部门工作活动总体绩效目标
保证供水。
（二）实现年度发展规划目标的保障措施
加强管理。
第二部分 预算项目绩效目标
1.水库维修经费绩效信息表
2.渠道清淤经费绩效信息表
三、政府采购预算情况
无。
"""
    )
    assert tree(found) == [
        "一、部门职责及机构设置情况 <overview>",
        ".1.部门职责 <duties>",
        ".2.机构设置 <organisation>",
        "二、预算绩效信息 <performance>",
        ".第一部分部门整体绩效目标 <performance_overall>",
        "..（一）部门工作活动总体绩效目标 <performance_goals>",
        "..（二）实现年度发展规划目标的保障措施 <performance_safeguards>",
        ".第二部分预算项目绩效目标 <performance_projects>",
        "..1.水库维修经费绩效信息表 <performance_project>",
        "..2.渠道清淤经费绩效信息表 <performance_project>",
        "三、政府采购预算情况 <procurement>",
    ]
    assert [s.id for root in found.sections for s in root.walk()][:5] == [
        "1",
        "1.1",
        "1.2",
        "2",
        "2.1",
    ]
    assert not found.diagnostics


def test_numbers_run_on_across_parts() -> None:
    found = build(
        """
第一部分 部门概况
一、部门主要职责
管理气象工作。
二、部门工作任务
做好预报。
第二部分 部门预算情况说明
三、收支预算总体情况
收支各10万元。
四、机关运行经费安排情况
5万元。
第三部分 其他说明情况
五、政府采购情况
无。
"""
    )
    assert [len(s.children) for s in found.sections] == [2, 2, 1]
    assert [s.ordinal for root in found.sections for s in root.children] == [1, 2, 3, 4, 5]
    assert codes(found) == []


def test_parts_after_a_preface_are_the_top() -> None:
    found = build(
        """
一、基本情况
根据要求公开。
第一部分 部门概况
一、主要职责
管理。
二、机构设置
1个。
第二部分 部门预算情况说明
一、收支预算总体情况
100万元。
"""
    )
    assert [s.number for s in found.sections] == ["一、", "第一部分", "第二部分"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("一、主要职责\n管理。\n二、机构设置\n1个。\n四、机关运行经费\n1万元。", "outline.gap"),
        ("一、主要职责\n管理。\n一、机构设置\n1个。\n二、机关运行经费\n1万元。", "outline.restart"),
        ("一、主要职责\n管理。\n二、机构设置\n1个。\n二、名词解释\n无。", "outline.duplicate"),
    ],
)
def test_slips_in_numbers_are_said_and_lose_no_section(text: str, code: str) -> None:
    found = build(text)
    assert codes(found) == [code]
    assert len(found.sections) == 3
    anchor = found.diagnostics[0].anchor
    assert anchor is not None
    assert found.document.text_of(anchor) in text


def test_a_number_printed_twice_ends_a_section_of_lists() -> None:
    found = build(
        """
一、部门职责
（一）管理水利；
（二）管理渔业。
一、机构设置情况
1个单位。
二、政府采购情况
无。
"""
    )
    assert [s.kind for s in found.sections] == ["duties", "organisation", "procurement"]


def test_items_of_a_list_are_no_headings() -> None:
    found = build(
        """
一、主要职责
（一）贯彻落实法律法规
（二）承担水资源保护工作
（三）完成其他工作
二、年度主要工作任务
一、做好防汛工作
1.加强值班。
2.检修设备。
二、抓好项目建设
三、机关运行经费
1万元。
四、名词解释
1.财政拨款收入：指财政拨款。
2.基本支出
指日常支出。
①人员经费：指工资。
"""
    )
    assert [s.title for root in found.sections for s in root.walk()] == [
        "主要职责",
        "年度主要工作任务",
        "机关运行经费",
        "名词解释",
    ]
    assert not found.diagnostics


@pytest.mark.parametrize(
    "line",
    [
        "（一）基本支出预算80万元。",
        "（一）公共安全（类）检察（款）行政运行（项）",
        "一是收入增加。",
        "（一）收入比上年增加5%，主要原因是项目增加。",
        "2020年1月1日起执行",
        "1.5万元",
    ],
)
def test_figures_and_sentences_are_no_headings(line: str) -> None:
    found = build(f"一、收支预算总体情况\n{line}\n二、政府采购情况\n无。")
    assert len(found.sections) == 2
    assert not found.sections[0].children
    assert found.sections[0].blocks == (1,)


def test_a_run_in_heading_keeps_its_text() -> None:
    found = build(
        """
一、其他重要事项的情况说明
（一）机关运行经费安排情况说明。2025年机关运行经费10万元。
（二）政府采购安排情况说明。2025年政府采购5万元。
"""
    )
    first, second = found.sections[0].children
    assert (first.kind, second.kind) == ("operating_funds", "procurement")
    assert first.blocks == (1,)
    assert first.heading is not None
    text = found.document.blocks[1].text  # type: ignore[union-attr]
    assert text[first.heading.end :] == "2025年机关运行经费10万元。"
    assert first.title == "机关运行经费安排情况说明"


def test_a_title_that_runs_into_its_amount() -> None:
    found = build(
        """
一、收支预算总体情况说明
（一）收入预算总计 24.50 万元。包括：
1.财政拨款收入预算总计24.50万元。
（二）支出预算总计 24.50 万元。包括：
"""
    )
    assert tree(found)[1:] == [".（一）收入预算总计 <revenue>", ".（二）支出预算总计 <expenditure>"]
    heading = found.sections[0].children[0].heading
    assert heading is not None
    assert found.document.text_of(heading) == "（一）收入预算总计"


def test_a_heading_behind_its_table_gets_it() -> None:
    form = (("一级指标", "二级指标", "指标值"), ("产出指标", "数量指标", "≥3次"))
    found = build(
        "第一部分 预算项目绩效目标\n1.防汛经费绩效信息表",
        form,
        "2.水质监测经费绩效信息表",
        form,
        form,
        "3.河道管护经费绩效信息表\n4.抗旱经费绩效信息表",
        form,
    )
    projects = found.sections[0].children
    assert [s.blocks for s in projects] == [(2,), (4,), (5,), (8,)]
    assert "table is printed before the heading" in projects[2].basis
    assert codes(found) == ["outline.table_before_heading"]


def test_two_tables_of_one_project_stay_together() -> None:
    form = (("一级指标", "二级指标", "指标值"), ("产出指标", "数量指标", "≥3次"))
    found = build("一、项目绩效目标表\n（一）防汛经费", form, form, "（二）抗旱经费", form)
    assert [len(s.blocks) for s in found.sections[0].children] == [2, 1]
    assert not found.diagnostics


def test_a_heading_in_the_first_row_of_a_table() -> None:
    rows = (
        ("1.防汛经费绩效信息表", ""),
        ("一级指标", "二级指标"),
        ("产出指标", "数量指标"),
        ("效果指标", "社会效益指标"),
    )
    found = build("一、预算项目绩效目标", rows, "2.抗旱经费绩效信息表", FIGURES)
    first, second = found.sections[0].children
    assert first.title == "防汛经费绩效信息表"
    assert first.heading is not None
    assert (first.heading.row, first.heading.column) == (0, 0)
    assert first.blocks == (1,)
    assert second.blocks == (3,)


def test_headings_broken_over_two_lines() -> None:
    found = build(
        """
第一部分
部门概况
一、
主要职责
管理水利。
第二部分 云川县水资源和水土保持局2023年度部门决算
情况说明
一、收入支出决算总体情况说明
收支10万元。
"""
    )
    assert [s.title for s in found.sections] == [
        "部门概况",
        "云川县水资源和水土保持局2023年度部门决算情况说明",
    ]
    assert found.sections[0].children[0].title == "主要职责"
    heading = found.sections[1].heading
    assert heading is not None
    assert found.document.text_of(heading).startswith("第二部分")


def test_a_short_line_below_a_heading_is_text() -> None:
    found = build("一、政府采购情况\n无\n二、国有资产情况\n没有国有资产")
    assert [s.blocks for s in found.sections] == [(1,), (3,)]


def test_headings_without_a_number() -> None:
    found = build(
        """
云川县水利局2024年部门预算
根据要求公开。
一、主要职责
管理水利。
""",
        "【政府采购情况】",
        "无。",
        centred("名词解释"),
        "（一）基本支出：指日常支出。",
        "【机关运行经费】",
        "指日常公用经费。",
    )
    assert tree(found) == [
        "一、主要职责 <duties>",
        "政府采购情况 <procurement>",
        "名词解释 <glossary>",
    ]
    assert found.front == (0, 1)


def test_the_title_of_the_report_is_no_heading() -> None:
    found = build(
        centred("云川县水利局"),
        centred("2024年部门预算信息公开情况说明"),
        "一、主要职责\n管理水利。",
    )
    assert [s.title for s in found.sections] == ["主要职责"]
    assert found.front == (0, 1)


def test_heading_styles_tell_headings_the_catalogue_does_not_know() -> None:
    found = build(
        styled("一、概况", 1),
        styled("（一）水库群的由来", 2),
        "建于1958年。",
        styled("沿革", 2),
        "无。",
        styled("二、展望", 1),
        "继续。",
    )
    assert [(s.id, s.title) for root in found.sections for s in root.walk()] == [
        ("1", "概况"),
        ("1.1", "水库群的由来"),
        ("1.2", "沿革"),
        ("2", "展望"),
    ]
    unknown = section(found, "水库群的由来")
    assert unknown.kind == ""
    assert unknown.basis


def test_tables_behind_the_text_are_a_part_of_their_own() -> None:
    titled = (("附表1", ""), ("2024年收支总表", ""), ("单位：万元", ""), *FIGURES)
    other = (("附表2", ""), ("2024年支出总表", ""), ("单位：万元", ""), *FIGURES)
    found = build("一、预算执行重点工作\n抓好收入。", titled, other)
    assert [s.kind for s in found.sections] == ["government_policy", "tables"]
    assert found.sections[1].heading is None
    assert len(found.sections[1].blocks) == 2


def test_one_table_in_the_text_stays_in_its_section() -> None:
    found = build("一、政府采购情况\n见下表。\n政府采购预算表\n单位：万元", FIGURES)
    assert [s.kind for s in found.sections] == ["procurement"]
    assert found.sections[0].blocks == (1, 2, 3, 4)


def test_notes_between_tables_behind_the_text_are_of_the_tables() -> None:
    note = "注：本表反映部门本年度的收支情况，金额单位转换时可能存在尾差。"
    parts = ("第一部分 部门概况\n一、主要职责\n管理。\n第二部分 名词解释\n1.基本支出：指支出。",)
    tables = (
        "收入支出决算总表\n单位：万元",
        FIGURES,
        note,
        "支出决算表\n单位：万元",
        FIGURES,
        note,
    )
    assert tree(build(*parts, *tables))[-2:] == ["第二部分名词解释 <glossary>", " <tables>"]
    # A sentence between them is text of the section.
    said = (*tables[:2], "以上为2020年度的总体情况。", *tables[3:5], "以上为支出情况。")
    assert tree(build(*parts, *said))[-1] == "第二部分名词解释 <glossary>"


def test_each_table_of_the_part_with_tables_is_a_section() -> None:
    found = build(
        "第一部分 部门预算表\n公开01表",
        centred("收支总表"),
        "单位：万元",
        FIGURES,
        "公开02表",
        centred("收入总表"),
        "单位：万元",
        FIGURES,
        "第二部分 名词解释\n一、基本支出：指日常支出。",
    )
    assert tree(found) == [
        "第一部分部门预算表 <tables>",
        ".收支总表 <statement>",
        ".收入总表 <statement>",
        "第二部分名词解释 <glossary>",
    ]
    # The label above the title belongs to the table, not to the one before.
    assert [s.blocks for s in found.sections[0].children] == [(1, 3, 4), (5, 7, 8)]


def test_a_title_printed_again_below_its_heading_is_no_second_section() -> None:
    found = build(
        "第一部分 部门决算表\n一、收入支出决算总表",
        centred("收入支出决算总表"),
        FIGURES,
        "二、收入决算表",
        centred("收入决算表"),
        FIGURES,
    )
    assert [s.title for s in found.sections[0].children] == ["收入支出决算总表", "收入决算表"]


def test_numbered_paragraphs_below_the_text_of_a_project() -> None:
    project = "一、项目概述\n修路。\n二、立项依据\n有文件。\n三、实施主体\n路政科\n"
    found = build(
        centred("道路维修专项经费情况说明"), project, centred("桥梁检测专项经费情况说明"), project
    )
    assert [s.kind for s in found.sections] == ["project_text", "project_text"]
    assert [len(s.children) for s in found.sections] == [3, 3]
    assert not found.diagnostics


def test_furniture_belongs_to_no_section() -> None:
    found = build("一、主要职责\n- 1 -\n管理。\n- 2 -\n二、机构设置\n1个。")
    roles = [block.role for block in found.document.blocks]
    assert roles.count(Role.FURNITURE) == 2
    assert [s.blocks for s in found.sections] == [(2,), (5,)]


def test_an_empty_document() -> None:
    found = build("")
    assert found.sections == ()
    assert found.front == (0,)
    assert document("") == found.document


def test_a_table_alone() -> None:
    found = build(table(FIGURES))
    assert found.sections == ()
    assert found.front == (0,)
    assert len(found.views) == 1


def test_the_title_of_a_table_broken_before_its_last_word() -> None:
    form = (("一级指标", "二级指标", "指标值"), ("产出指标", "数量指标", "≥3次"))
    found = build(
        "一、项目绩效目标表\n（一）灌区节水改造专项",
        "灌区节水改造和量水设施建设专项（二期）项目",
        "绩效目标表\n（2024年度）",
        form,
        "（二）抗旱经费",
        form,
    )
    title = found.views[0].title
    assert title is not None
    assert title.text == "灌区节水改造和量水设施建设专项（二期）项目绩效目标表"


def test_the_agency_above_a_title_is_no_part_of_it() -> None:
    found = build("一、收支情况\n云川县水资源和水土保持管理局\n情况表\n单位：万元", FIGURES)
    title = found.views[0].title
    assert title is not None
    assert title.text == "情况表"


def test_numbers_set_apart_by_a_space_alone() -> None:
    found = build("一 主要职责\n管理水利。\n二　机构设置\n一个单位。\n三 机关运行经费\n1万元。")
    assert tree(found) == [
        "一主要职责 <duties>",
        "二机构设置 <organisation>",
        "三机关运行经费 <operating_funds>",
    ]


def test_words_that_begin_with_a_numeral_are_no_heading() -> None:
    found = build("一、机构设置\n一个中心\n三所学校\n二、名词解释\n无。")
    assert [s.blocks for s in found.sections] == [(1, 2), (4,)]


def test_a_bold_topic_without_a_number() -> None:
    bold = Style(bold=True)
    found = build(
        "一、其他重要事项的情况说明",
        Paragraph(text="机关运行经费支出情况", style=bold),
        "10万元。",
        Paragraph(text="政府采购支出情况", style=bold),
        "无。",
        "二、名词解释",
        Paragraph(text="机关运行经费", style=bold),
        "指日常公用经费。",
    )
    assert tree(found) == [
        "一、其他重要事项的情况说明 <other>",
        ".机关运行经费支出情况 <operating_funds>",
        ".政府采购支出情况 <procurement>",
        "二、名词解释 <glossary>",
    ]


def test_a_part_is_there_once() -> None:
    found = build("一、单位概况\n（一）主要职责\n管理。\n基本情况\n1个单位。\n二、名词解释\n无。")
    assert [s.title for s in found.sections] == ["单位概况", "名词解释"]


def test_an_annex_behind_a_colon() -> None:
    found = build(
        "一、主要职责\n管理。\n二、其他需说明的事项\n无。\n附件：\n1.收支总表\n2.收入总表\n情况如下："
    )
    assert tree(found)[2:] == [
        "附件 <annex>",
        ".1.收支总表 <statement>",
        ".2.收入总表 <statement>",
    ]


def test_a_sentence_of_the_catalogues_words_is_no_heading() -> None:
    found = build(
        "一、相关口径说明\n（一）基本支出中人员经费包括工资福利支出。\n"
        "（二）机关运行经费包括办公费和差旅费支出；\n二、收支预算总体情况。\n1万元。"
    )
    assert [s.title for root in found.sections for s in root.walk()] == [
        "相关口径说明",
        "收支预算总体情况",
    ]


def test_run_in_headings_of_short_sections() -> None:
    found = build(
        "一、单位基本情况\n（一）职能职责。统计局负责统计。\n（二）单位构成。只有本级。\n二、名词解释\n无。"
    )
    assert [child.kind for child in found.sections[0].children] == ["duties", "organisation"]
    duties = build(
        "一、主要职责\n（一）综合协调。负责综合。\n（二）人员管理。负责人事。\n二、名词解释\n无。"
    )
    assert not duties.sections[0].children


def test_a_heading_style_makes_no_heading_of_a_sentence() -> None:
    found = build(
        styled("一、主要职责", 1),
        styled("（一）完成交办的其他任务。", 2),
        styled("（二）管理渔业；", 2),
        styled("二、机构设置", 1),
        "1个。",
    )
    assert [s.title for root in found.sections for s in root.walk()] == ["主要职责", "机构设置"]
    assert found.sections[0].blocks == (1, 2)
