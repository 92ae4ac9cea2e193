"""Sections of one fund: their totals are the fund's."""

from __future__ import annotations

import pytest

from tests.sections.support import report


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        (
            "四、财政拨款收入支出决算总体情况说明",
            "2023年度财政拨款收入总计530.00万元，支出总计540.00万元。",
            {
                "530.00万元": ("balance.fiscal_appropriation", ""),
                "540.00万元": ("balance.fiscal_appropriation", ""),
            },
        ),
        (
            "八、政府性基金预算财政拨款收入支出决算情况说明",
            "年初结转和结余1万元，本年收入100万元，本年支出99万元，年末结转和结余2万元。",
            {
                "1万元": ("revenue.carryover", "revenue.government_fund"),
                "100万元": ("revenue.government_fund", ""),
                "99万元": ("expenditure.government_fund", ""),
                "2万元": ("expenditure.carry_forward", "expenditure.government_fund"),
            },
        ),
        (
            "二、收入决算情况说明",
            "2023年度收入合计520.00万元，其中：其他收入20.00万元。",
            {
                "520.00万元": ("revenue.current", ""),
                "20.00万元": ("revenue.other", "revenue.current"),
            },
        ),
        (
            "二、收入预算情况说明",
            "2023年收入合计520.00万元。",
            {"520.00万元": ("revenue.total", "")},
        ),
        # The agency's own totals stay its own.
        (
            "一、收入支出决算总体情况说明",
            "2023年度收入总计530.00万元，支出总计540.00万元。",
            {"530.00万元": ("revenue.total", ""), "540.00万元": ("expenditure.total", "")},
        ),
    ],
)
def test_totals_of_a_section_are_those_of_its_fund(
    heading: str, text: str, expected: dict[str, tuple[str, str]]
) -> None:
    facts = report(heading, text).facts()
    assert {f.text: (f.concept, f.whole) for f in facts} == expected
