"""Facts: what every printed figure becomes, and what is no figure."""

from __future__ import annotations

import time
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from disclosure_parser import Fact, Measure, parse
from disclosure_parser.document import Block
from disclosure_parser.identity import Scope
from disclosure_parser.language.values import BaseKind, Direction, Phase, ValueState
from tests.conftest import CORPUS, corpus_reports
from tests.export.build import report, table


def _table_facts(*blocks: str | Block) -> list[Fact]:
    return [fact for fact in report("一、收支总体情况", *blocks).facts() if fact.table is not None]


def test_a_sentence() -> None:
    made = report(
        "一、收支总体情况",
        "收入合计100.50万元，较上年预算增加4.00万元，增长4.15%，主要原因是新增项目。",
        "二、机关运行经费情况",
        "机关运行经费12.30万元。",
    )
    total, change, percent = [fact for fact in made.facts() if fact.section == "1"]
    assert (total.measure, total.number, total.unit) == ("amount", Decimal("100.50"), "万元")
    assert total.yuan == 1005000
    assert (total.concept, total.concept_name) == ("revenue.total", "收入总计")
    assert (total.entity, total.scope) == ("南岭市档案馆", Scope.DEPARTMENT)
    assert (total.year, total.phase) == (2024, Phase.APPROVED), "the report's, as no words say it"
    assert (change.measure, change.direction) == ("change", Direction.INCREASE)
    assert (change.base, change.base_year) == (BaseKind.PRIOR_BUDGET, 2023)
    assert (percent.measure, percent.number, percent.unit) == (
        "change_percent",
        Decimal("4.15"),
        "%",
    )
    assert percent.yuan is None
    assert [made.text_of(fact.anchor) for fact in (total, change, percent)] == [
        "100.50万元",
        "4.00万元",
        "4.15%",
    ]


def test_the_figure_of_last_year_is_not_this_years() -> None:
    made = report("一、“三公”经费情况", "公务接待费2.00万元，较上年预算2.08万元减少0.08万元。")
    years = {fact.text: (fact.year, fact.phase) for fact in made.facts()}
    assert years["2.00万元"] == (2024, Phase.APPROVED)
    assert years["2.08万元"] == (2023, Phase.APPROVED)
    made = report("一、“三公”经费情况", "公务接待费由上年的8.60万元增加到9.00万元。")
    years = {fact.text: (fact.year, fact.phase) for fact in made.facts()}
    assert years["8.60万元"] == (2023, None), "the words do not say which of last year's figures"
    assert years["9.00万元"] == (2024, Phase.APPROVED)


def test_figures_that_explain_say_so() -> None:
    made = report(
        "一、收支总体情况", "收入合计5万元，比上年减少1万元，主要原因是差旅费减少1.2万元。"
    )
    within = {fact.text: fact.within for fact in made.facts()}
    assert within == {"5万元": "", "1万元": "", "1.2万元": "reason"}


def test_codes_and_running_numbers_are_no_figures() -> None:
    facts = _table_facts(
        "单位：万元",
        table(
            ("序号", "科目编码", "科目名称", "年度", "合计", "基本支出"),
            ("1", "201", "一般公共服务支出", "2024", "1,000.00", "-"),
            ("2", "2010601", "行政运行", "2024", "5", ""),
            ("3", "2010602", "一般行政管理事务", "2024", "无", "0"),
        ),
    )
    assert [(f.text, f.state, f.code, f.label) for f in facts] == [
        ("1,000.00", "number", "201", "一般公共服务支出"),
        ("-", "dash", "201", "一般公共服务支出"),
        ("5", "number", "2010601", "行政运行"),
        ("无", "nil", "2010602", "一般行政管理事务"),
        ("0", "number", "2010602", "一般行政管理事务"),
    ]
    assert facts[0].yuan == 10_000_000
    assert facts[1].number is None
    assert {f.measure for f in facts} == {Measure.AMOUNT}


def test_codes_in_three_columns() -> None:
    facts = _table_facts(
        "单位：元",
        table(
            ("功能分类科目编码", "<", "<", "科目名称", "合计"),
            ("类", "款", "项", "", ""),
            ("201", "", "", "一般公共服务支出", "7"),
            ("201", "06", "", "财政事务", "8"),
            ("201", "06", "01", "行政运行", "9"),
        ),
    )
    assert [(f.code, f.number) for f in facts] == [
        ("201", Decimal(7)),
        ("20106", Decimal(8)),
        ("2010601", Decimal(9)),
    ]


def test_two_lanes_have_labels_of_their_own() -> None:
    facts = _table_facts(
        "单位：万元",
        table(
            ("收入", "<", "支出", "<"),
            ("项目", "预算数", "项目", "预算数"),
            ("一、财政拨款", "10", "一、教育支出", "4"),
            ("1、基金", "2", "", ""),
            ("总计", "12", "总计", "12"),
        ),
    )
    assert [(f.label, f.text, f.column[0]) for f in facts] == [
        ("一、财政拨款", "10", "收入"),
        ("一、教育支出", "4", "支出"),
        ("1、基金", "2", "收入"),
        ("总计", "12", "收入"),
        ("总计", "12", "支出"),
    ]


def test_what_the_header_and_the_label_measure() -> None:
    facts = _table_facts(
        "单位：万元",
        table(
            ("项目", "年初预算数", "决算数", "完成预算的%", "上年决算数", "比上年增减额", "增减%"),
            ("公务接待费", "10.00", "9.00", "90.00", "9.50", "-0.50", "-5.26"),
            ("公务用车保有量（辆）", "3", "3", "", "", "", ""),
        ),
    )
    told = [(f.measure, f.text, f.phase, f.year, f.direction) for f in facts]
    assert told == [
        ("amount", "10.00", Phase.APPROVED, 2024, None),
        ("amount", "9.00", Phase.EXECUTED, 2024, None),
        ("completion", "90.00", Phase.EXECUTED, 2024, None),
        ("amount", "9.50", Phase.EXECUTED, 2023, None),
        ("change", "-0.50", Phase.APPROVED, 2024, Direction.DECREASE),
        ("change_percent", "-5.26", Phase.APPROVED, 2024, Direction.DECREASE),
        ("quantity", "3", Phase.APPROVED, 2024, None),
        ("quantity", "3", Phase.EXECUTED, 2024, None),
    ]
    assert facts[-1].unit == "辆"
    assert facts[-1].yuan is None, "vehicles are no money, whatever the caption says"


def test_the_worth_of_things_is_money_whatever_their_row_counts() -> None:
    facts = _table_facts(
        "国有资产占用情况表",
        "单位：万元",
        table(
            ("项目", "期初数", "<", "期末数", "<"),
            ("项目", "数量", "价值", "数量", "价值"),
            ("车辆（辆）", "3", "60.50", "2", "41.00"),
            ("单价50万元以上设备（台/套）", "1", "59.50", "1", "52.00"),
        ),
    )
    ended = facts[0].year
    assert ended is not None
    assert [(f.measure.value, f.text, f.unit, f.year) for f in facts] == [
        ("quantity", "3", "辆", ended),
        ("amount", "60.50", "万元", ended),
        ("quantity", "2", "辆", ended + 1),
        ("amount", "41.00", "万元", ended + 1),
        ("quantity", "1", "台/套", ended),
        ("amount", "59.50", "万元", ended),
        ("quantity", "1", "台/套", ended + 1),
        ("amount", "52.00", "万元", ended + 1),
    ]


def test_a_caption_may_declare_the_unit_of_things() -> None:
    facts = _table_facts(
        "车辆构成情况表",
        "单位：辆",
        table(("合计", "机要通信用车", "其他用车"), ("13", "1", "12")),
    )
    assert {(f.measure.value, f.unit, f.table_title) for f in facts} == {
        ("quantity", "辆", "车辆构成情况表")
    }


@pytest.mark.parametrize("label", ["栏次", "**", "*"])
def test_column_numbers_are_no_figures(label: str) -> None:
    facts = _table_facts(
        "单位：万元",
        table(
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
            (label, label, "1", "2", "3"),
            ("201", "一般公共服务支出", "9.00", "5.00", "4.00"),
        ),
    )
    assert [f.text for f in facts] == ["9.00", "5.00", "4.00"]


def test_labels_and_figures_that_span_grid_columns() -> None:
    facts = _table_facts(
        "单位：万元",
        table(
            ("预算科目", "<", "<", "预算数", "<", "完成数", "<", "占预算(%)", "<"),
            ("本年收入合计", "<", "<", "200", "<", "100", "<", "50.0", "<"),
            ("一、税收收入", "<", "<", "80", "<", "60", "<", "75.0", "<"),
        ),
    )
    assert [(f.label, f.measure, f.text) for f in facts] == [
        ("本年收入合计", "amount", "200"),
        ("本年收入合计", "amount", "100"),
        ("本年收入合计", "completion", "50.0"),
        ("一、税收收入", "amount", "80"),
        ("一、税收收入", "amount", "60"),
        ("一、税收收入", "completion", "75.0"),
    ]


def test_a_row_without_a_label_is_named_by_its_columns() -> None:
    facts = _table_facts(
        "单位：万元",
        table(
            ("“三公”经费", "<", "公务接待费", "<"),
            ("预算数", "决算数", "预算数", "决算数"),
            ("3.00", "2.00", "1.00", "0.50"),
        ),
    )
    assert [f.label for f in facts] == ["“三公”经费"] * 2 + ["公务接待费"] * 2
    assert [f.phase for f in facts] == [Phase.APPROVED, Phase.EXECUTED] * 2


def test_what_cannot_be_read_is_said_to_be_in_doubt() -> None:
    facts = _table_facts(
        "单位：万元",
        table(("项目", "金额"), ("甲项目", "1,23.4"), ("乙项目", "5"), ("丙项目", "6")),
    )
    assert [(f.text, f.state, f.number) for f in facts] == [
        ("1,23.4", ValueState.TEXT, None),
        ("5", ValueState.NUMBER, 5),
        ("6", ValueState.NUMBER, 6),
    ]
    assert facts[0].doubt


def test_a_number_without_a_unit_has_no_value_in_yuan() -> None:
    (fact,) = _table_facts(table(("项目", "预算数"), ("甲项目", "5.00")))
    assert (fact.measure, str(fact.number), fact.unit, fact.yuan) == ("amount", "5.00", "", None)


@pytest.mark.parametrize(
    "rows",
    [
        (("序号", "单位名称", "备注"), ("1", "某某局本级", "行政"), ("2", "某某中心", "事业")),
        (("项目", "说明"), ("甲项目", "见2023年文件第5条"), ("乙项目", "依据3号文")),
        (("年度", "负责人", "联系电话"), ("2024", "张三", "88886666")),
    ],
)
def test_tables_without_figures_give_none(rows: tuple[tuple[str, ...], ...]) -> None:
    assert _table_facts("单位：万元", table(*rows)) == []


def _key(path: Path) -> dict[str, Any]:
    return tomllib.loads((path.parent / "facts.toml").read_text("utf-8"))


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", corpus_reports(), ids=_name)
def test_every_fact_stands_where_it_says_and_is_told_once(path: Path) -> None:
    made = parse(path)
    facts = made.facts()
    for fact in facts:
        assert made.text_of(fact.anchor).strip() == fact.text.strip()
        assert made.places(fact.anchor)
    numbers = Counter((f.anchor, f.measure) for f in facts if f.state is ValueState.NUMBER)
    assert [key for key, count in numbers.items() if count > 1] == []


@pytest.mark.parametrize("path", corpus_reports(), ids=_name)
def test_the_cells_of_the_answer_key_are_facts(path: Path) -> None:
    key = _key(path)
    facts = parse(path).facts()
    printed = Counter((f.code or f.label, f.text.strip()) for f in facts if f.table is not None)
    for cell in key.get("cells", ()):
        if cell["value"] and "row" in cell:
            row = "".join(cell["row"].split())
            assert printed[row, cell["value"]], f"{row} {cell['value']}"


@pytest.mark.parametrize(
    "folder", sorted({p.parent for p in corpus_reports()}), ids=lambda p: p.name
)
def test_all_forms_of_a_report_have_the_same_facts(folder: Path) -> None:
    first, *others = [p for p in corpus_reports() if p.parent == folder]

    def told(path: Path) -> Counter[tuple[object, ...]]:
        return Counter(
            (f.measure, f.state, f.number, f.unit, f.yuan, f.concept, f.year, f.phase, f.direction)
            for f in parse(path).facts()
        )

    expected = told(first)
    for other in others:
        assert told(other) == expected, other.name


def test_facts_take_time_in_proportion() -> None:
    def seconds(rows: int) -> float:
        body = [(f"项目{n}", f"{n}.00", f"{n}.50") for n in range(rows)]
        made = report("一、收支", "单位：万元", table(("项目", "预算数", "决算数"), *body))
        start = time.perf_counter()
        assert len(made.facts()) == 2 * rows
        return time.perf_counter() - start

    seconds(50)
    assert min(seconds(2000) for _ in range(2)) < 40 * max(
        min(seconds(200) for _ in range(2)), 1e-3
    )


def test_the_corpus_is_there() -> None:
    assert len(list(CORPUS.glob("*/facts.toml"))) >= 4


def test_rows_of_years_and_a_column_without_figures() -> None:
    facts = _table_facts(
        "财政拨款（含一般公共预算和政府性基金预算）“三公”经费支出表",
        "单位：万元",
        table(
            ("年度", "“三公”经费总额", "因公出国（境）费", "公务接待费"),
            ("2030年", "3.00", "", "3.00"),
            ("2031年", "2.00", "", "2.00"),
        ),
    )
    assert [(f.year, f.concept, f.row, f.text) for f in facts] == [
        (2030, "three_public.total", ("2030年",), "3.00"),
        (2030, "three_public.reception", ("2030年",), "3.00"),
        (2031, "three_public.total", ("2031年",), "2.00"),
        (2031, "three_public.reception", ("2031年",), "2.00"),
    ]
    assert {f.whole for f in facts} == {"expenditure.fiscal_appropriation", "three_public.total"}


def test_a_label_beside_the_first_of_several_rows_is_that_of_all() -> None:
    facts = _table_facts(
        "政府采购支出预算表",
        "单位：万元",
        table(
            ("采购品目大类", "专项名称", "经济科目", "采购物品名称", "采购组织形式", "总计"),
            ("合计", "", "", "", "", "15.00"),
            ("一、货物A", "", "", "", "", "15.00"),
            ("", "装备费", "办公设备购置", "", "", "12.00"),
            ("", "", "", "台式计算机", "集中采购", "12.00"),
            ("", "", "专用设备购置", "", "", "3.00"),
            ("", "", "", "显微镜", "分散采购", "3.00"),
        ),
    )
    project = ("一、货物A", "装备费")
    assert [(f.label, f.row) for f in facts] == [
        ("合计", ("合计",)),
        ("一、货物A", ("一、货物A",)),
        ("办公设备购置", (*project, "办公设备购置")),
        ("台式计算机", (*project, "办公设备购置", "台式计算机")),
        ("专用设备购置", (*project, "专用设备购置")),
        ("显微镜", (*project, "专用设备购置", "显微镜")),
    ]


def test_the_level_above_goes_down_to_the_total_and_no_further() -> None:
    facts = _table_facts(
        "单位：万元",
        table(
            ("单位名称", "项目名称", "金额"),
            ("甲中心", "修缮", "4.00"),
            ("", "设备", "1.00"),
            ("", "合计", "5.00"),
        ),
    )
    assert [f.row for f in facts] == [("甲中心", "修缮"), ("甲中心", "设备"), ("合计",)]


def test_assets_have_the_year_of_their_day_and_no_phase_wherever_the_table_stands() -> None:
    facts = _table_facts(
        "固定资产占用情况表",
        "编制部门：某某局    截止时间：2023.12.31    单位：万元",
        table(
            ("项目", "数量", "价值（金额单位：万元）"),
            ("资产总额", "——", "40.00"),
            ("1、房屋（平方米）", "300", "30.00"),
            ("2、车辆（台、辆）", "4", "7.00"),
            ("3、其他固定资产", "", "3.00"),
        ),
    )
    assert {(fact.year, fact.phase) for fact in facts} == {(2023, None)}
    assert [(fact.concept, fact.text) for fact in facts if fact.measure == "amount"] == [
        ("assets.total", "40.00"),
        ("assets.buildings", "30.00"),
        ("assets.vehicles", "7.00"),
        ("", "3.00"),
    ]


@pytest.mark.parametrize(
    ("heading", "tables", "title"),
    [
        ("一、宣传经费绩效信息表", 1, "宣传经费绩效信息表"),
        ("一、收支总体情况", 1, ""),
        # One heading over two tables is the title of neither.
        ("一、宣传经费绩效信息表", 2, ""),
    ],
)
def test_a_heading_over_one_table_alone_is_its_title(heading: str, tables: int, title: str) -> None:
    one = table(("项目", "预算数"), ("甲项目", "5.00"), ("乙项目", "6.00"))
    blocks: list[str | Block] = [
        one,
        "上表为第一部分，下表为第二部分，各部分金额不得重复计算。",
        one,
    ]
    made = report(heading, "各项目的安排如下。", *blocks[: 2 * tables - 1])
    assert {fact.table_title for fact in made.facts() if fact.table is not None} == {title}


def test_the_first_level_of_indicators_goes_down_to_the_next() -> None:
    made = report(
        "一、宣传经费绩效目标表",
        table(
            ("一级指标", "二级指标", "三级指标", "指标值"),
            ("产出指标", "质量指标", "合格率", "≥90%"),
            ("", "数量指标", "培训次数", "≥3次"),
            ("效果指标", "社会效益指标", "受益人数", "≥500人"),
            ("", "满意度指标", "学员满意度", "≥95%"),
        ),
    )
    facts = [fact for fact in made.facts() if fact.table is not None]
    assert [fact.row[:2] for fact in facts] == [
        ("产出指标", "质量指标"),
        ("产出指标", "数量指标"),
        ("效果指标", "社会效益指标"),
        ("效果指标", "满意度指标"),
    ]


def test_a_note_below_a_table_tells_the_phase_of_its_budgets() -> None:
    rows = (
        ("项目", "预算数", "决算数"),
        ("“三公”经费合计", "9.00", "8.00"),
        ("公务接待费", "9.00", "8.00"),
    )
    made = report(
        "七、“三公”经费支出决算情况",
        "“三公”经费支出预算为9.00万元，支出决算为8.00万元。",
        "“三公”经费支出决算表",
        "单位：万元",
        table(*rows),
        "注：预算数为全年预算数，反映按规定程序调整后的预算数。",
    )
    phases = {
        (fact.text, fact.phase) for fact in made.facts() if fact.concept == "three_public.total"
    }
    assert phases == {
        ("9.00", Phase.ADJUSTED),
        ("9.00万元", Phase.ADJUSTED),
        ("8.00", Phase.EXECUTED),
        ("8.00万元", Phase.EXECUTED),
    }
