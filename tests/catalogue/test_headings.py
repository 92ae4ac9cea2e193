"""The heading catalogue: kinds by title, the files it is read from, and what a user's file adds."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_parser.catalogue import load
from disclosure_parser.catalogue.titles import bare_core, core, is_label
from disclosure_parser.document import fold_text
from disclosure_parser.errors import CatalogueError, DisclosureError
from tests.outline.builders import FIGURES, build, tree

TITLES = [
    ("部门职责及机构设置情况", "", "overview"),
    ("云川县水利局概况", "", "overview"),
    ("单位 主要职责", "overview", "duties"),
    ("部门机构设置和所属单位情况", "overview", "organisation"),
    ("人员编制及实有情况", "overview", "staff"),
    ("2020年部门工作任务", "overview", "work_plan"),
    ("2021年度部门决算表", "", "tables"),
    ("部门预算情况和重要事项说明", "", "narrative"),
    ("关于2022年收支总表的说明", "narrative", "overall"),
    ("收入支出决算总体情况说明", "narrative", "overall"),
    ("关于收入总体情况表的说明", "narrative", "revenue"),
    ("支出决算情况说明", "narrative", "expenditure"),
    ("财政拨款收入支出决算总体情况说明", "narrative", "fiscal_appropriation"),
    ("一般公共预算财政拨款支出决算情况说明", "narrative", "general_budget"),
    ("一般公共预算财政拨款基本支出决算情况说明", "narrative", "basic_expenditure"),
    ("预算收支比上年增减变化情况", "overall", "yoy_change"),
    ("机构运行经费", "", "operating_funds"),
    ("财政拨款“三公”经费预算情况及增减变化原因", "", "three_public"),
    ("一般公共预算“三公”经费、会议费、培训费支出预算情况说明", "narrative", "three_public"),
    ("一般性支出情况说明", "other", "general_outlays"),
    ("绩效预算信息", "", "performance"),
    ("部门整体绩效目标", "performance", "performance_overall"),
    ("科协部门职责分项绩效目标情况说明", "performance_overall", "performance_duties"),
    ("项目绩效目标表", "", "performance_projects"),
    ("防汛经费绩效信息表", "performance_projects", "performance_project"),
    ("政府采购支出预算情况说明", "narrative", "procurement"),
    ("政府购买服务情况", "other", "purchased_services"),
    ("国有资产占有使用及资产购置情况说明", "", "state_assets"),
    ("政府性基金预算财政拨款收入支出决算情况说明", "narrative", "government_fund"),
    ("国有资本经营预算财政拨款支出决算情况说明", "narrative", "state_capital"),
    ("专业性名词解释", "", "glossary"),
    ("关于空表的说明", "other", "empty_tables"),
    ("其他需要说明的事项", "", "other"),
    ("收入支出决算总表", "tables", "statement"),
    ("部门預算編製說明", "", "basis"),
    ("道路维修专项经费情况说明", "", "project_text"),
    ("重点工作概述", "overview", "work_plan"),
    ("主要工作措施", "overview", "work_plan"),
    ("机构、人员构成情况", "overview", "staff"),
    ("单位预算编制基本情况", "overview", "organisation"),
    ("部门财务收入情况", "narrative", "revenue"),
    ("年度部门收入总计情况分析", "narrative", "revenue"),
    ("支出概况", "narrative", "expenditure"),
    ("关于项目支出表的说明", "narrative", "expenditure"),
    ("其他公开信息", "narrative", "other"),
    ("预算公开联系方式及信息反馈渠道", "", "contact"),
    ("其他有关说明", "narrative", "other"),
]


@pytest.mark.parametrize(("title", "parent", "kind"), TITLES)
def test_kind_of_a_title(title: str, parent: str, kind: str) -> None:
    match = load().match(core(fold_text(title)), parent)
    assert match is not None
    assert match.kind.id == kind
    assert match.basis


@pytest.mark.parametrize(
    "title",
    [
        "负责全县的水利工作",
        "内设办公室等五个科室",
        "二〇二〇年二月",
        "人民代表",
        "云川县水利局",
        "概述性的意见和建议书",
        "财务收入分析系统",
        "农村供水项目支出情况说明",
        "其他信息系统",
        "密切联系群众的方式",
        "",
    ],
)
def test_other_words_are_of_no_kind(title: str) -> None:
    assert load().match(core(fold_text(title))) is None


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("云川县水利局2023年度部门决算情况说明", "部门决算情况说明"),
        ("“三公”经费预算", "三公经费预算"),
        ("2021年部门预算的情况说明（公开稿）", "部门预算的情况说明"),
        ("公开01表收支总表", "收支总表"),
        ("基本支出表--人员经费（工资福利支出）", "基本支出表"),
        ("项目支出绩效--自评", "项目支出绩效--自评"),
        ("政府采购预算", "政府采购预算"),
        ("会议费", "会议费"),
    ],
)
def test_core_of_a_title(title: str, wanted: str) -> None:
    assert core(fold_text(title)) == wanted


def test_bare_core_and_labels() -> None:
    assert bare_core("部门机构设置") == "机构设置"
    assert bare_core("部门") == "部门"
    assert is_label("公开01表")
    assert not is_label("收支总表")


def test_the_built_in_catalogue_is_read_once() -> None:
    assert load() is load()
    assert {f.name for f in load().families} >= {"hebei", "national", "jiangsu", "shanghai"}


def test_relative_topics_keep_to_the_topic_above() -> None:
    found = build(
        "一、“三公”经费支出情况说明\n（一）支出决算总体情况\n0万元。\n"
        "二、一般公共预算支出情况说明\n（一）支出决算总体情况\n9万元。"
    )
    assert [s.children[0].kind for s in found.sections] == ["", "expenditure"]


@pytest.fixture
def extra(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.toml"
    path.write_text(
        """
[family]
name = "harbour"
label = "港务系统"
top = "第一章"
sections = ["duties", "dredging", "glossary"]

[kinds.dredging]
label = "航道疏浚"
aliases = ["航道疏浚概要"]
patterns = ['疏浚']
weight = 8

[kinds.duties]
aliases = ["本港务的由来与使命"]
""",
        encoding="utf-8",
    )
    return path


def test_a_users_file_adds_kinds_aliases_and_a_family(extra: Path) -> None:
    found = build(
        "第一章 本港务的由来与使命\n管理航道。\n第二章 航道疏浚概要\n一、进度\n二、费用\n"
        "第三章 名词解释\n1.疏浚：指挖泥。",
        catalogue=load(extra),
    )
    assert tree(found) == [
        "第一章本港务的由来与使命 <duties>",
        "第二章航道疏浚概要 <dredging>",
        ".一、进度 <>",
        ".二、费用 <>",
        "第三章名词解释 <glossary>",
    ]
    assert found.family == "harbour"
    # The built-in catalogue knows nothing of it.
    assert load().match("航道疏浚概要") is None
    assert load().kind("dredging") is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[kinds.new]\naliases = []", "kinds.new.label"),
        ("[kinds.duties]\naliases = 3", "kinds.duties.aliases"),
        ("[kinds.duties]\npatterns = ['(']", "kinds.duties.patterns"),
        ("[kinds.duties]\ncolour = 'red'", "kinds.duties.colour"),
        ("[kinds.duties]\nleaf = 1", "kinds.duties.leaf"),
        ("[kinds.duties]\nweight = 'high'", "kinds.duties.weight"),
        ("[kinds.duties]\nparents = ['nowhere']", "kinds.duties.parents"),
        ("[kinds.'X Y']\nlabel = 'x'", "kinds.X Y"),
        ("[family]\nname = 'Harbour!'\nlabel = 'x'", "family.name"),
        ("[family]\nname = 'harbour'", "family.label"),
        ("[family]\nname = 'harbour'\nlabel = 'x'\nsections = ['nowhere']", "family.sections"),
        ("[kind.duties]\nlabel = 'x'", "kind"),
        ("kinds = 3", "kinds"),
        ("[kinds", "TOML"),
    ],
)
def test_a_bad_file_is_named_with_its_key(tmp_path: Path, text: str, key: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"bad\.toml") as caught:
        load(path)
    assert key in str(caught.value)
    assert isinstance(caught.value, DisclosureError)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"missing\.toml"):
        load(tmp_path / "missing.toml")


def test_families_are_told_by_structure() -> None:
    national = build(
        "第一部分 部门概况\n一、主要职责\n管理。\n第二部分 部门预算表\n一、收支总表",
        FIGURES,
        "第三部分 部门预算情况说明\n一、收支预算总体情况\n1万元。\n第四部分 名词解释\n无。",
    )
    assert national.family == "national"
    assert build("一、主要职责\n管理。\n二、机构设置\n1个。").family == ""


def test_users_patterns_know_scripts_and_cannot_hold_up_a_parse(tmp_path: Path) -> None:
    path = tmp_path / "slow.toml"
    path.write_text(
        '[kinds.irrigation]\nlabel = "灌区"\npatterns = ["^\\\\p{Han}+灌区(?:a|aa)+情况$"]\n',
        "utf-8",
    )
    catalogue = load(path)
    found = catalogue.match("青溪灌区aa情况")
    assert found is not None
    assert found.kind.id == "irrigation"
    with pytest.raises(CatalogueError, match=r"slow\.toml: kinds\.irrigation\.patterns.*too long"):
        catalogue.match("青溪灌区" + "a" * 60 + "乙情况")
