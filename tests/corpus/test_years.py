"""Assets stand for the end of the year before; purchases are planned for the report's own."""

from __future__ import annotations

import pytest
from corpus.build import ROOT

from tests.corpus.looking import parsed, plain


@pytest.mark.parametrize(
    ("path", "label", "year"),
    [
        ("shanghai-like-budget/report.pdf", "机要通信用车", 2023),
        ("shanghai-like-budget/report.pdf", "2024年部门预算安排购置车辆", 2024),
        ("national-budget/report.docx", "应急保障用车", 2022),
        ("national-budget/report.docx", "2023年部门预算安排购置车辆", 2023),
        ("flat-narrative-budget/report.docx", "一般公务用车", 2017),
        ("flat-narrative-budget/report.docx", "2018年一般公共预算安排购置车辆", 2018),
    ],
)
def test_year_of_a_count_of_assets(path: str, label: str, year: int) -> None:
    facts = [f for f in parsed(ROOT / path).facts() if plain(f.label).endswith(plain(label))]
    assert {fact.year for fact in facts} == {year}
