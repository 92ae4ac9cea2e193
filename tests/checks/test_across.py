"""Rules across reports: two that agree, two that do not, two that are not compared."""

from __future__ import annotations

import pytest

from disclosure_parser.checks import Level, Outcome, check, check_across
from disclosure_parser.report import Report
from tests.checks.building import three
from tests.checks.support import BUDGET, FINAL, grid, report

LAST = "东江省统计局2023年度部门预算"
LAST_FINAL = "东江省统计局2023年度部门决算"
UNIT = "东江省统计局（本级）2024年度单位预算"
OTHER = "西江市水务局2023年度部门预算"


def _budget(amount: str, title: str = BUDGET) -> Report:
    return report(*three(f"“三公”经费预算{amount}万元。"), title=title)


def _accounts(amount: str) -> Report:
    text = f"“三公”经费支出年初预算为{amount}万元，支出决算为5.00万元。"
    return report(*three(text), title=FINAL)


def _this(change: str) -> Report:
    return report(*three(f"“三公”经费预算6.00万元，比上年预算增加{change}万元，主要是业务增加。"))


def _balance(opening: str, closing: str, title: str) -> Report:
    table = grid(
        "收入支出决算总表",
        "收入 | < | 支出 | <",
        "项目 | 决算数 | 项目 | 决算数",
        "本年收入合计 | 10.00 | 本年支出合计 | 10.00",
        f"年初结转和结余 | {opening} | 年末结转和结余 | {closing}",
        "总计 | 15.00 | 总计 | 15.00",
    )
    return report(table, title=title)


#: Two reports that agree, two that do not.
PAIRS: dict[str, tuple[tuple[Report, Report], tuple[Report, Report]]] = {
    "A01": (
        (_budget("6.00"), _accounts("6.00")),
        (_budget("6.00"), _accounts("6.50")),
    ),
    "A02": (
        (_budget("5.00", LAST), _this("1.00")),
        (_budget("5.50", LAST), _this("1.00")),
    ),
    "A03": (
        (_balance("5.00", "5.00", LAST_FINAL), _balance("5.00", "4.00", FINAL)),
        (_balance("5.00", "5.00", LAST_FINAL), _balance("7.00", "4.00", FINAL)),
    ),
    "A04": (
        (_budget("6.00"), _budget("4.00", UNIT)),
        (_budget("6.00"), _budget("8.00", UNIT)),
    ),
}


@pytest.mark.parametrize("rule", PAIRS)
def test_passes(rule: str) -> None:
    found = [r.outcome for r in check_across(PAIRS[rule][0]).of_rule(rule)]
    assert found
    assert set(found) <= {Outcome.OK, Outcome.ROUNDING}


@pytest.mark.parametrize("rule", PAIRS)
def test_fails_and_says_which_report(rule: str) -> None:
    found = check_across(PAIRS[rule][1])
    result = next(f.result for f in found.findings if f.rule == rule)
    assert result.level is Level.WARNING
    assert {operand.report for operand in result.operands} == {0, 1}


@pytest.mark.parametrize("rule", PAIRS)
def test_other_agencies_are_not_compared(rule: str) -> None:
    found = check_across((_budget("5.00", OTHER), _this("1.00"))).of_rule(rule)
    assert [result.outcome for result in found] == [Outcome.NOT_APPLICABLE]


@pytest.mark.parametrize("rule", PAIRS)
def test_one_report_alone_says_so(rule: str) -> None:
    (result,) = check(_this("1.00")).of_rule(rule)
    assert result.outcome is Outcome.NOT_APPLICABLE
    assert result.reason is not None
    assert result.reason.code == "needs_several"


def test_base_kinds_are_not_mixed() -> None:
    """A change against last year's execution says nothing of last year's budget."""
    this = report(*three("“三公”经费预算6.00万元，比上年预算执行数增加1.00万元。"))
    found = check_across((_budget("5.50", LAST), this)).of_rule("A02")
    assert [result.outcome for result in found] == [Outcome.NOT_APPLICABLE]
