"""A table is known by title, header and row names, whatever the order of its columns."""

from __future__ import annotations

import pytest

from disclosure_parser.identity import ReportKind
from disclosure_parser.language.values import Phase
from disclosure_parser.statements import (
    BasicExpenditure,
    ExpenditureStatement,
    FiscalAppropriationExpenditure,
    FiscalAppropriationSummary,
    GeneralBudgetExpenditure,
    GovernmentFundStatement,
    NewAssets,
    OperatingFundsStatement,
    PerformanceTargets,
    ProcurementStatement,
    ProjectExpenditure,
    RevenueExpenditureSummary,
    RevenueStatement,
    StateCapitalStatement,
    Statement,
    ThreePublicStatement,
    Transfers,
    UnitList,
    UnknownTable,
    statement_diagnostics,
)
from tests.statements.tables import read_one

SUMMARY = """
收入 | < | 支出 | <
项目 | 预算数 | 项目 | 预算数
一、财政拨款收入 | 12.00 | 一、教育支出 | 12.00
收入总计 | 12.00 | 支出总计 | 12.00
"""
FUNCTIONAL = """
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
205 | 教育支出 | 12.00 | 10.00 | 2.00
合计 | < | 12.00 | 10.00 | 2.00
"""
ECONOMIC = """
科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费
301 | 工资福利支出 | 12.00 | 12.00 |
"""
REVENUE = """
科目编码 | 科目名称 | 合计 | 财政拨款收入 | 事业收入 | 其他收入
205 | 教育支出 | 12.00 | 10.00 | 2.00 |
"""
THREE_PUBLIC = """
合计 | 因公出国（境）费 | 公务接待费 | 公务用车购置及运行费 | < | <
^ | ^ | ^ | 小计 | 购置费 | 运行费
6.00 | 1.00 | 2.00 | 3.00 | | 3.00
"""
THREE_PUBLIC_ROWS = """
项目 | 2023年决算数 | 2024年预算数
因公出国（境）费 | 1.00 | 1.00
公务接待费 | 1.00 | 1.00
公务用车购置及运行费 | 1.00 | 1.00
"""


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("部门收支总表", SUMMARY, RevenueExpenditureSummary),
        ("2024年某某局收支预算总表", SUMMARY, RevenueExpenditureSummary),
        ("收支总体情况表", SUMMARY, RevenueExpenditureSummary),
        ("财政拨款收支预算总表", SUMMARY, FiscalAppropriationSummary),
        ("收入总表", REVENUE, RevenueStatement),
        ("部门收入总体情况表", REVENUE, RevenueStatement),
        ("支出总表", FUNCTIONAL, ExpenditureStatement),
        ("财政拨款支出预算表", FUNCTIONAL, FiscalAppropriationExpenditure),
        ("一般公共预算支出表", FUNCTIONAL, GeneralBudgetExpenditure),
        ("一般公共预算财政拨款支出决算表", FUNCTIONAL, GeneralBudgetExpenditure),
        ("一般公共预算基本支出表", ECONOMIC, BasicExpenditure),
        ("财政拨款基本支出预算表（经济科目）", ECONOMIC, BasicExpenditure),
        ("一般公共预算机关运行经费支出表", ECONOMIC, OperatingFundsStatement),
        ("政府性基金预算支出表", FUNCTIONAL, GovernmentFundStatement),
        ("国有资本经营预算支出表", FUNCTIONAL, StateCapitalStatement),
        ("一般公共预算“三公”经费支出表", THREE_PUBLIC, ThreePublicStatement),
    ],
)
def test_title_and_header_tell_the_kind(title: str, body: str, expected: type[Statement]) -> None:
    statement = read_one(title, "单位：万元", body)
    assert type(statement) is expected
    assert statement.doubts == ()
    assert statement.title is not None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (SUMMARY, RevenueExpenditureSummary),
        (REVENUE, RevenueStatement),
        (ECONOMIC, BasicExpenditure),
        (THREE_PUBLIC, ThreePublicStatement),
        (THREE_PUBLIC_ROWS, ThreePublicStatement),
        ("序号 | 资产名称 | 数量 | 单价 | 金额\n1 | 台式计算机 | 2 | 0.50 | 1.00\n", NewAssets),
        ("一级指标 | 二级指标 | 三级指标 | 指标值 | 分值\n产出指标 | 数量指标 | 次数 | ≥2次 | 10\n",
         PerformanceTargets),
        ("采购品目 | 数量 | 单价 | 金额\n台式计算机 | 2 | 0.50 | 1.00\n", ProcurementStatement),
        ("单位名称 | 单位性质\n某某局 | 行政\n某某中心 | 事业\n", UnitList),
    ],
)  # fmt: skip
def test_a_missing_title_leaves_it_to_the_header(body: str, expected: type[Statement]) -> None:
    statement = read_one(body)
    assert type(statement) is expected
    assert statement.basis == "header"
    assert statement.doubts


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("项目支出表", "项目名称 | 金额\n某某工作经费 | 1.00\n", ProjectExpenditure),
        ("省对下转移支付预算表", "地区 | 金额\n某某市 | 1.00\n", Transfers),
    ],
)
def test_titles_alone_tell_lists(title: str, body: str, expected: type[Statement]) -> None:
    assert type(read_one(title, body)) is expected


def test_a_list_of_projects_may_have_sources_of_money_for_columns() -> None:
    body = "项目名称 | 合计 | 财政拨款 | 事业收入 | 其他收入\n河道治理 | 4 | 2 | 1 | 1\n"
    assert type(read_one("项目支出表", body)) is ProjectExpenditure
    coded = (
        "科目编码 | 科目名称 | 合计 | 财政拨款 | 事业收入 | 其他收入\n201 | 公共 | 4 | 2 | 1 | 1\n"
    )
    assert type(read_one("项目支出表", coded)) is RevenueStatement


def test_a_title_that_begins_with_what_templates_leave_out() -> None:
    body = "序号 | 科目编码 | 科目名称 | 预算数 | 备注\n1 | 30201 | 办公费 | 3.00 |\n"
    assert type(read_one("机关运行经费表", body)) is OperatingFundsStatement


def test_dashes_do_not_contradict_that_a_table_is_empty() -> None:
    body = "科目编码 | 科目名称 | 合计\n合计 | < | {}\n说明：本表为空表。 | < | <\n"
    assert not read_one("政府性基金预算支出表", body.format("-")).doubts
    assert read_one("政府性基金预算支出表", body.format("5.00")).doubts


def test_a_title_that_the_header_contradicts_is_said() -> None:
    statement = read_one(
        "收入决算表", "单位：万元", FUNCTIONAL.replace("合计 |", "本年支出合计 |", 1)
    )
    assert type(statement) is ExpenditureStatement
    assert "收入决算表" in statement.doubts[0]


def test_a_title_whose_header_fits_nothing_leaves_the_table_unknown() -> None:
    statement = read_one("收支总表", "姓名 | 电话\n张三 | 12345678\n")
    assert type(statement) is UnknownTable
    assert statement.doubts


@pytest.mark.parametrize(
    "body",
    [
        "姓名 | 职务\n张三 | 科长\n",
        "会议室 | 面积（平方米）\n第一会议室 | 120\n",
        "科目编码 | 科目名称 | 金额\n205 | 教育支出 | 12.00\n",
    ],
)
def test_tables_of_no_known_kind_stay_tables(body: str) -> None:
    statement = read_one(body)
    assert type(statement) is UnknownTable
    assert statement.header
    assert statement.labels
    assert statement.basis


def test_a_fund_table_of_two_sides_keeps_its_title() -> None:
    statement = read_one("政府性基金收支表", SUMMARY)
    assert type(statement) is GovernmentFundStatement
    assert statement.doubts == ()
    assert len(statement.lanes) == 2


@pytest.mark.parametrize(
    ("title", "kind", "expected"),
    [
        ("支出决算表", ReportKind.BUDGET, Phase.EXECUTED),
        ("支出预算表", ReportKind.FINAL, Phase.APPROVED),
        ("支出总表", ReportKind.FINAL, Phase.EXECUTED),
        ("一般公共预算支出表", ReportKind.FINAL, Phase.EXECUTED),
        ("支出总表", None, None),
    ],
)
def test_phase_of_title_and_report(
    title: str, kind: ReportKind | None, expected: Phase | None
) -> None:
    assert read_one(title, FUNCTIONAL, kind=kind).phase is expected


def test_what_is_said_of_a_table_without_a_title_names_its_place() -> None:
    statement = read_one(
        """
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 培训次数 | ≥3次
效果指标 | 满意度指标 | 学员满意度 | ≥90%
"""
    )
    assert isinstance(statement, PerformanceTargets)
    found = [d for d in statement_diagnostics((statement,)) if d.code == "statements.doubt"]
    assert [d.anchor.block if d.anchor else None for d in found] == [statement.block]
    assert all(d.anchor is not None and d.anchor.row is not None for d in found)
