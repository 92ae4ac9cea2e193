"""Columns have a meaning by their words, in whatever order they stand."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_parser.identity import ReportKind
from disclosure_parser.language.values import Phase, Unit
from disclosure_parser.statements import ThreePublicStatement, statement_facts
from disclosure_parser.statements.meanings import column_meaning
from tests.statements.tables import read, read_one


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("合计",), "total"),
        (("支出预算", "合计"), "total"),
        (("收入", "决算数"), "total"),
        (("2024年预算数",), "total"),
        (("基本支出",), "expenditure.basic"),
        (("本年支出", "项目支出", "小计"), "expenditure.project"),
        (("本年支出", "项目支出", "其中:基本建设资金支出"), "expenditure.basic_construction"),
        (("事业收入", "金额"), "revenue.business"),
        (("事业收入", "其中:教育收费"), "revenue.tuition"),
        (("上缴上级支出",), "expenditure.to_superior"),
        (("对附属单位补助支出",), "expenditure.to_affiliated"),
        (("单位预留机动经费",), "expenditure.reserve"),
        (("结转下年资金",), "expenditure.carry_forward"),
        (("年初结转和结余",), "opening"),
        (("年末结转和结余",), "closing"),
        (("三公经费预算数", "合计"), "three_public.total"),
        (("三公经费", "公务用车购置及运行维护费", "小计"), "three_public.vehicles"),
        (("三公经费", "公务用车购置及运行维护费", "购置费"), "three_public.vehicle_purchase"),
        (("公务用车购置及运行费", "运行费", "预算数"), "three_public.vehicle_operation"),
        (("支出", "政府性基金预算财政拨款"), "funds.government_fund"),
        (("一般公共预算支出", "合计"), "total"),
        (("比上年增减", "金额"), "change"),
        (("占比(%)",), "share"),
        (("某种没有见过的列",), ""),
        ((), ""),
    ],
)
def test_header_words_have_a_meaning(path: tuple[str, ...], expected: str) -> None:
    assert column_meaning(path)[0] == expected


PARTS = {
    "因公出国（境）费": ("1.00", "three_public.overseas"),
    "公务接待费": ("2.00", "three_public.reception"),
    "公务用车运行维护费": ("3.00", "three_public.vehicle_operation"),
    "会议费": ("4.00", "outlays.meetings"),
}


@pytest.mark.parametrize("order", list(itertools.permutations(PARTS))[::5])
def test_the_order_of_columns_does_not_matter(order: tuple[str, ...]) -> None:
    statement = read_one(
        "“三公”经费支出表",
        " | ".join(order) + "\n" + " | ".join(PARTS[name][0] for name in order) + "\n",
    )
    assert isinstance(statement, ThreePublicStatement)
    for printed, concept in PARTS.values():
        amount = statement.get(concept)
        assert amount is not None
        assert amount.number == Decimal(printed)


@pytest.mark.parametrize(
    "body",
    [
        # Interleaved 预算数 and 决算数, and one block after the other.
        "合计 | < | 公务接待费 | <\n预算数 | 决算数 | 预算数 | 决算数\n5.00 | 4.00 | 3.00 | 2.00\n",
        "预算数 | < | 决算数 | <\n合计 | 公务接待费 | 合计 | 公务接待费\n"
        "5.00 | 3.00 | 4.00 | 2.00\n",
        "项目 | 预算数 | 决算数\n合计 | 5.00 | 4.00\n公务接待费 | 3.00 | 2.00\n",
    ],
)
def test_budget_and_final_figures_are_told_apart(body: str) -> None:
    statement = read_one("“三公”经费支出决算表", body, kind=ReportKind.FINAL)
    assert isinstance(statement, ThreePublicStatement)
    for concept, phase, expected in (
        ("three_public.total", Phase.APPROVED, "5.00"),
        ("three_public.total", Phase.EXECUTED, "4.00"),
        ("three_public.reception", Phase.APPROVED, "3.00"),
        ("three_public.reception", None, "2.00"),
    ):
        amount = statement.get(concept, phase)
        assert amount is not None
        assert amount.number == Decimal(expected)


@pytest.mark.parametrize(
    ("note", "phase"),
    [
        (
            "注：预算数为全年预算数，反映按规定程序调整后的预算数；决算数为实际支出。",
            Phase.ADJUSTED,
        ),
        ("注：预算数为年初部门预算批复数，全年预算另见附表。", Phase.APPROVED),
        ("注：出国费用按批准的团组列示，预算数与批复一致。", Phase.APPROVED),
    ],
)
def test_a_note_tells_which_budget_is_meant(note: str, phase: Phase) -> None:
    (statement,) = read(
        "“三公”经费支出决算表",
        "项目 | 预算数 | 决算数\n合计 | 5.00 | 4.00\n公务接待费 | 3.00 | 2.00\n",
        note,
        kind=ReportKind.FINAL,
    )
    assert [column.phase for column in statement.columns[1:]] == [phase, Phase.EXECUTED]
    assert [quote.text for quote in statement.notes] == [note]


def test_a_sum_with_other_outlays_is_not_that_of_the_three() -> None:
    statement = read_one(
        "“三公”经费、会议费、培训费支出预算表",
        "合计 | “三公”经费 | < | 会议费\n^ | 小计 | 公务接待费 | ^\n9.00 | 5.00 | 5.00 | 4.00\n",
    )
    assert isinstance(statement, ThreePublicStatement)
    total = statement.get("three_public.total")
    assert total is not None
    assert total.number == Decimal("5.00")
    by_text = {figure.value.text: figure.concept for figure in statement_facts(statement)}
    assert by_text["9.00"] == ""


def test_years_of_columns() -> None:
    statement = read_one(
        "“三公”经费预算表",
        """
项目 | 2023年预算数 | 2024年预算数 | 增减额
公务接待费 | 3.00 | 2.00 | -1.00
因公出国（境）费 | 1.00 | 1.00 | 0
公务用车运行费 | 1.00 | 1.00 | 0
""",
    )
    assert isinstance(statement, ThreePublicStatement)
    amount = statement.get("three_public.reception")
    assert amount is not None
    assert amount.number == Decimal("2.00")
    assert [c.year for c in statement.columns[1:3]] == [2023, 2024]
    assert statement.columns[3].meaning == "change"


def test_units_belong_to_their_table() -> None:
    first, second = read(
        "支出总表",
        "单位：元",
        "科目名称 | 合计\n教育支出 | 120000\n",
        "“三公”经费预算表",
        "单位：万元",
        "合计 | 公务接待费\n2.00 | 2.00\n",
    )
    assert (first.unit, second.unit) == (Unit.YUAN, Unit.TEN_THOUSAND)
    yuan = [figure.value.yuan for s in (first, second) for figure in statement_facts(s)]  # type: ignore[union-attr]
    assert yuan == [Decimal("120000"), Decimal("20000.00"), Decimal("20000.00")]


def test_extra_columns_are_kept_with_their_header() -> None:
    statement = read_one(
        "支出总表", "科目名称 | 合计 | 某种没有见过的列 | 备注\n教育支出 | 12.00 | 7.00 | 见附注\n"
    )
    column = statement.columns[2]
    assert column.path == ("某种没有见过的列",)
    assert column.meaning == ""
    value = statement.rows[0].value(2)
    assert value is not None
    assert value.amount is not None
    assert value.amount.number == Decimal("7.00")
    assert [other.text.text for other in statement.rows[0].others] == ["见附注"]


@given(st.lists(st.text(max_size=8), max_size=4))
def test_any_header_has_an_answer(path: list[str]) -> None:
    meaning, subset = column_meaning(path)
    assert isinstance(meaning, str)
    assert isinstance(subset, bool)
