"""Figures of statements: which concept a cell is of, and what it is a part of."""

from __future__ import annotations

import pytest

from disclosure_parser.catalogue.concepts import find_concept
from disclosure_parser.identity import ReportKind
from disclosure_parser.language.values import Phase
from disclosure_parser.statements import RowRole, Statement, statement_facts
from tests.statements.tables import read, read_one


def told(statement: Statement) -> list[tuple[str, str, str]]:
    """Concept, whole and text of all figures."""
    return [(f.concept, f.whole, f.value.text) for f in statement_facts(statement)]


def wholes(statement: Statement) -> list[str]:
    return [figure.whole for figure in statement_facts(statement)]


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        ("财政拨款基本支出预算表", "expenditure.basic_fiscal_appropriation"),
        ("一般公共预算基本支出预算表", "expenditure.basic_general_budget"),
        ("基本支出预算表", "expenditure.basic"),
        ("一般公共预算机关运行经费支出预算表", "operating_funds.total"),
    ],
)
def test_rows_are_parts_of_the_total_of_their_own_table(title: str, whole: str) -> None:
    statement = read_one(
        title,
        """
科目编码 | 科目名称 | 金额
合计 | < | 8.00
302 | 商品和服务支出 | 8.00
30201 | 办公费 | 8.00
""",
    )
    concepts = [concept for concept, _, _ in told(statement)]
    assert concepts[0] == whole
    assert wholes(statement) == ["", whole, whole]


def test_the_column_of_basic_expenditure_is_that_of_the_fund() -> None:
    statement = read_one(
        "一般公共预算支出预算表",
        """
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
合计 | < | 8.00 | 5.00 | 3.00
205 | 教育支出 | 8.00 | 5.00 | 3.00
""",
    )
    assert [(concept, whole) for concept, whole, _ in told(statement)[:3]] == [
        ("expenditure.general_budget", ""),
        ("expenditure.basic_general_budget", "expenditure.general_budget"),
        ("expenditure.project", "expenditure.general_budget"),
    ]
    assert wholes(statement)[3:] == [
        "expenditure.general_budget",
        "expenditure.basic_general_budget",
        "expenditure.project",
    ]


def test_a_table_of_one_fund_by_function_keeps_the_fund_as_whole() -> None:
    statement = read_one(
        "一般公共预算支出预算表",
        "科目编码 | 科目名称 | 金额\n205 | 教育支出 | 8.00\n",
    )
    assert wholes(statement) == ["expenditure.general_budget"]


@pytest.mark.parametrize(
    ("title", "codes", "concepts"),
    [
        ("支出总表", ("205", "20502", "2050201"), ("class", "group", "item")),
        ("政府性基金预算支出表", ("212", "21208", "2120801"), ("class", "group", "item")),
    ],
)
def test_levels_of_the_functional_classification_are_concepts_of_their_own(
    title: str, codes: tuple[str, ...], concepts: tuple[str, ...]
) -> None:
    body = "".join(f"{code} | 某科目 | 8.00\n" for code in codes)
    statement = read_one(title, "功能分类科目编码 | 科目名称 | 合计\n" + body)
    assert [concept for concept, _, _ in told(statement)] == [
        f"expenditure.function_{level}" for level in concepts
    ]


def test_levels_of_the_economic_classification_are_concepts_of_their_own() -> None:
    statement = read_one(
        "基本支出预算表",
        "科目编码 | 科目名称 | 金额\n302 | 商品和服务支出 | 8.00\n30201 | 办公费 | 8.00\n",
    )
    assert [concept for concept, _, _ in told(statement)] == [
        "expenditure.economic_class",
        "expenditure.economic_group",
    ]


@pytest.mark.parametrize(
    ("label", "concept"),
    [
        ("教育支出(类)", "expenditure.function_class"),
        ("普通教育(款)", "expenditure.function_group"),
        ("教育支出(类)普通教育(款)", "expenditure.function_group"),
        ("教育支出(类)普通教育(款)高等教育(项)", "expenditure.function_item"),
        ("商品和服务支出(类)", "expenditure.economic_class"),
        ("办公费(款)", "expenditure.economic_group"),
    ],
)
def test_labels_name_the_innermost_level(label: str, concept: str) -> None:
    assert find_concept(label, "expenditure") == concept


def test_the_sum_of_three_public_and_meetings_is_not_that_of_three_public() -> None:
    by_column = read_one(
        "“三公”经费、会议费、培训费支出预算表",
        """
合计 | “三公”经费 | < | 会议费 | 培训费
^ | 小计 | 公务接待费 | ^ | ^
9.00 | 2.00 | 2.00 | 3.00 | 4.00
""",
    )
    by_row = read_one(
        "“三公”经费、会议费、培训费支出预算表",
        "项目 | 金额\n合计 | 9.00\n公务接待费 | 2.00\n会议费 | 3.00\n培训费 | 4.00\n",
    )
    for statement in (by_column, by_row):
        assert [row.concept for row in statement.rows if row.role is RowRole.TOTAL] == [""]
        assert ("", "", "9.00") in told(statement)
    assert ("three_public.total", "", "2.00") in told(by_column)


def test_the_sum_of_the_three_alone_is_that_of_three_public() -> None:
    statement = read_one(
        "“三公”经费支出预算表",
        "项目 | 金额\n合计 | 6.00\n因公出国（境）费 | 4.00\n公务接待费 | 2.00\n",
    )
    assert told(statement)[0] == ("three_public.total", "", "6.00")


@pytest.mark.parametrize(
    ("carried", "revenue", "expenditure"),
    [
        ("", "revenue.fiscal_appropriation", "expenditure.fiscal_appropriation"),
        ("0.00", "revenue.fiscal_appropriation", "expenditure.fiscal_appropriation"),
        ("2.00", "balance.fiscal_appropriation", "expenditure.fiscal_appropriation"),
    ],
)
def test_totals_of_fiscal_appropriation_are_those_of_their_side(
    carried: str, revenue: str, expenditure: str
) -> None:
    statement = read_one(
        "财政拨款收支预算总表",
        f"""
收入 | < | 支出 | <
项目 | 预算数 | 项目 | 预算数
一、一般公共预算 | 8.00 | 一、基本支出 | 8.00
上年结转 | {carried} | |
收入合计 | 8.00 | 支出合计 | 8.00
""",
    )
    totals = [row.concept for row in statement.rows if row.role is RowRole.TOTAL]
    assert totals == [revenue, expenditure]


def test_a_total_that_names_no_side_is_that_of_both() -> None:
    statement = read_one(
        "财政拨款收支预算总表",
        """
收入 | < | 支出 | <
项目 | 预算数 | 项目 | 预算数
一、一般公共预算 | 8.00 | 一、基本支出 | 8.00
总计 | 8.00 | 总计 | 8.00
""",
    )
    totals = {row.concept for row in statement.rows if row.role is RowRole.TOTAL}
    assert totals == {"balance.fiscal_appropriation"}


def test_a_child_is_not_the_same_again_as_its_subtotal() -> None:
    statement = read_one(
        "收入预算总表",
        """
项目名称 | < | 金额
收入总计 | < | 20.00
一般公共预算资金 | 小计 | 12.00
^ | 公共财政拨款（补助）资金 | 12.00
其他资金 | 小计 | 8.00
^ | 其他收入 | 5.00
^ | 事业收入 | 3.00
""",
    )
    assert told(statement) == [
        ("revenue.total", "", "20.00"),
        ("revenue.general_budget", "", "12.00"),
        ("", "revenue.general_budget", "12.00"),
        ("revenue.other", "", "8.00"),
        ("", "revenue.other", "5.00"),
        ("revenue.business", "revenue.other", "3.00"),
    ]


def test_numbered_parts_have_the_row_above_as_whole() -> None:
    statement = read_one(
        "收支总表",
        """
收入 | < | 支出 | <
项目 | 预算数 | 项目 | 预算数
一、财政拨款收入 | 10.00 | 一、教育支出 | 13.00
1.一般公共预算 | 10.00 | |
二、事业收入 | 3.00 | |
收入总计 | 13.00 | 支出总计 | 13.00
""",
    )
    assert ("revenue.general_budget", "revenue.fiscal_appropriation", "10.00") in told(statement)
    assert ("revenue.business", "", "3.00") in told(statement)


def test_funds_of_what_was_carried_over_are_none_of_this_year() -> None:
    statement = read_one(
        "财政拨款收入支出决算总表",
        """
收入 | < | 支出 | <
项目 | 决算数 | 项目 | 决算数
一、一般公共预算财政拨款 | 10.00 | 一、教育支出 | 13.00
年初财政拨款结转和结余 | 3.00 | |
一、一般公共预算财政拨款 | 3.00 | |
总计 | 13.00 | 总计 | 13.00
""",
    )
    of_fund = [text for concept, _, text in told(statement) if concept == "revenue.general_budget"]
    assert of_fund == ["10.00"]
    assert ("", "revenue.carryover", "3.00") in told(statement)


def test_assets_are_stocks_of_the_day_of_their_caption() -> None:
    statement = read_one(
        "固定资产占用情况表",
        "编制部门：某某局    截止时间：2023.12.31    单位：万元",
        """
项目 | 数量 | 价值（金额单位：万元）
资产总额 | —— | 40.00
1、房屋（平方米） | 300 | 30.00
其中：办公用房（平方米） | 200 | 20.00
2、车辆（台、辆） | 4 | 7.00
3、其他固定资产 | | 3.00
""",
        year=2024,
    )
    assert (statement.phase, statement.year) == (None, 2023)
    figures = list(statement_facts(statement))
    assert {(f.phase, f.year, f.stock) for f in figures} == {(None, 2023, True)}
    assert told(statement) == [
        ("assets.total", "", "——"),
        ("assets.total", "", "40.00"),
        ("assets.buildings", "", "300"),
        ("assets.buildings", "", "30.00"),
        ("", "assets.buildings", "200"),
        ("", "assets.buildings", "20.00"),
        ("assets.vehicles", "", "4"),
        ("assets.vehicles", "", "7.00"),
        ("", "", "3.00"),
    ]


def test_what_is_bought_is_no_stock() -> None:
    statement = read_one(
        "新增资产配置表", "资产名称 | 数量 | 单价 | 金额\n打印机 | 2 | 0.50 | 1.00\n", year=2024
    )
    assert (statement.phase, statement.year) == (Phase.APPROVED, 2024)
    assert not any(figure.stock for figure in statement_facts(statement))


def test_a_change_is_of_the_total_of_its_row_unless_its_header_names_a_part() -> None:
    statement = read_one(
        "一般公共预算支出预算表",
        """
科目名称 | 2023年执行数 | 2024年预算数 | < | < | 增减额 | 其中：项目支出增减额
^ | ^ | 合计 | 基本支出 | 项目支出 | ^ | ^
合计 | 7.00 | 8.00 | 5.00 | 3.00 | 1.00 | 0.40
""",
        year=2024,
    )
    figures = {figure.value.text: figure for figure in statement_facts(statement)}
    assert (figures["1.00"].concept, figures["1.00"].measured) == ("", "expenditure.general_budget")
    assert figures["0.40"].measured == ""
    assert {figures[text].measured for text in ("7.00", "8.00", "5.00", "3.00")} == {""}


def test_parts_of_vehicles_and_reception_behind_one_word_of_parts() -> None:
    statement = read_one(
        "“三公”经费支出决算表",
        """
项目 | 决算数
“三公”经费合计 | 20.00
1.因公出国（境）费 | 6.00
2.公务用车购置及运行维护费 | 8.00
其中：公务用车购置费 | 3.00
公务用车运行维护费 | 5.00
3.公务接待费 | 6.00
其中：国内接待费 | 5.00
国（境）外接待费 | 1.00
""",
    )
    parents = [
        statement.rows[row.parent].concept if row.parent is not None else ""
        for row in statement.rows
    ]
    vehicles, reception = "three_public.vehicles", "three_public.reception"
    assert parents[3:] == [vehicles, vehicles, "", reception, reception]
    assert wholes(statement)[-2:] == [reception, reception]


def test_a_table_of_purchases_by_kind() -> None:
    statement = read_one(
        "政府采购支出情况表",
        """
项目 | 采购预算数 | 采购决算数
合计 | 9.00 | 8.00
政府采购货物支出 | 4.00 | 3.00
政府采购服务支出 | 5.00 | 5.00
""",
    )
    assert told(statement)[:4] == [
        ("procurement.total", "", "9.00"),
        ("procurement.total", "", "8.00"),
        ("procurement.goods", "procurement.total", "4.00"),
        ("procurement.goods", "procurement.total", "3.00"),
    ]


def test_a_table_of_one_side_has_this_years_total_where_the_summary_says_so() -> None:
    summary = """
收入 | < | 支出 | <
项目 | 预算数 | 项目 | 预算数
本年收入合计 | 8.00 | 本年支出合计 | 9.00
上年结转 | 3.00 | 结转下年 | 2.00
收入总计 | 11.00 | 支出总计 | 11.00
"""
    of_year = "科目名称 | 合计\n教育支出 | 9.00\n合计 | 9.00\n"
    of_all = "科目名称 | 合计\n教育支出 | 11.00\n合计 | 11.00\n"
    unit = "单位：万元"
    tables = ("支出预算表", unit, of_year, "收入预算表", unit, of_all)
    _, *found = read("收支总表", unit, summary, *tables)
    totals = [one.total_row() for one in found]
    assert [row.concept for row in totals if row] == ["expenditure.current", "revenue.total"]
    alone = [one.total_row() for one in read(*tables)]
    assert [row.concept for row in alone if row] == ["expenditure.total", "revenue.total"]


def test_a_column_of_a_part_is_of_the_column_above_it() -> None:
    statement = read_one(
        "收入预算表",
        """
科目名称 | 合计 | 财政拨款收入 | 事业收入 | <
^ | ^ | ^ | 金额 | 其中：教育收费
合计 | 9.00 | 5.00 | 4.00 | 1.00
""",
    )
    figures = {figure.value.text: figure for figure in statement_facts(statement)}
    assert figures["4.00"].concept == figures["1.00"].whole == "revenue.business"


def test_revenue_by_function_is_no_expenditure() -> None:
    body = """
科目编码 | 科目名称 | 合计 | 财政拨款收入
205 | 教育支出 | 9.00 | 8.00
合计 | < | 9.00 | 8.00
"""
    statement = read_one("收入决算表", body, kind=ReportKind.FINAL)
    found = {figure.value.text: figure.concept for figure in statement_facts(statement)}
    assert found["9.00"] in {"revenue.current", "revenue.total"}
    first = next(iter(statement_facts(statement)))
    assert first.concept == "revenue.function_class"
    spent = read_one("支出决算表", body.replace("财政拨款收入", "基本支出"), kind=ReportKind.FINAL)
    assert next(iter(statement_facts(spent))).concept == "expenditure.function_class"
