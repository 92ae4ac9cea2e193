"""Which concept a printed label names, and labels that name none."""

from __future__ import annotations

import pytest

from disclosure_parser.catalogue.concepts import find_concept


@pytest.mark.parametrize(
    "label",
    [
        "收支总计",
        "收、支总计",
        "收入总计、支出",
        "收入总计和支出总计",
        "总收入、总支出",
        "收入和支出预算总额",
        "收入支出总预算",
        "收入决算、支出决算总计",
        "本年收入、支出",
    ],
)
def test_both_sides_at_once_are_the_balance(label: str) -> None:
    assert find_concept(label) == "balance.total"


@pytest.mark.parametrize(
    "label", ["事业收入和经营支出", "收入、基本支出", "收入和其他支出", "收入与支出结余"]
)
def test_two_other_things_are_not(label: str) -> None:
    assert find_concept(label) != "balance.total"
