"""Sentences whose figure is not the amount of the thing they name, in the report's own year.

A fact that says so without a doubt is wrong data for whoever uses it.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure_parser.facts.model import Measure
from tests.sections.support import report

CONCEPTS = {
    "three_public.reception",
    "three_public.vehicle_operation",
    "outlays.meetings",
    "outlays.training",
}


def _sure(text: str) -> set[tuple[str, Decimal]]:
    """The sure amounts of the year of a paragraph."""
    found = report("四、“三公”经费情况", "“三公”经费按规定安排。", text)
    return {
        (fact.concept, fact.number)
        for fact in found.facts()
        if fact.measure is Measure.AMOUNT
        and fact.concept in CONCEPTS
        and fact.number is not None
        and fact.year == 2031
        and not fact.doubt
        and not fact.within
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2030年公务接待费3万元。", "3"),
        ("公务接待费5万元，2030年3万元。", "3"),
        ("公务接待费比上年增加3万元。", "3"),
        ("公务接待费不超过3万元。", "3"),
        ("公务接待费约3万元。", "3"),
        ("公务接待费3-5万元。", "3"),
        ("主要原因是压减公务接待费3万元。", "3"),
        ("办公费主要用于公务接待费3万元。", "3"),
        ("公务接待费占3%。", "3"),
        ("国内公务接待3批次。", "3"),
        # Other years.
        ("上年公务接待费3万元。", "3"),
        ("上年公务接待费支出3万元，本年5万元。", "3"),
        ("与上年公务接待费3万元相比增加1万元。", "3"),
        ("公务接待费较上年3万元减少0.5万元。", "3"),
        # From … to …
        ("公务接待费由3万元增加到9.9万元。", "3"),
        # Several things at once.
        ("会议费和培训费共计3万元。", "3"),
        ("会议费、公务接待费合计3万元。", "3"),
        # Changes.
        ("公务接待费、公务用车运行维护费分别为9万元、5万元，较上年分别减少1万元、3万元。", "3"),
        ("压减公务接待费3万元。", "3"),
        ("减少的公务接待费3万元用于培训。", "3"),
        ("取消公务接待费3万元。", "3"),
        ("公务接待费比上年预算数多3万元。", "3"),
        ("公务接待费追加3万元。", "3"),
        # Parts and others.
        ("不含公务接待费3万元。", "3"),
        ("除公务接待费3万元外，其余5万元。", "3"),
        ("公务接待费结余3万元。", "3"),
        ("公务接待费上年结转3万元。", "3"),
        ("公务接待费人均3万元。", "3"),
        ("公务接待费控制数3万元。", "3"),
    ],
)
def test_no_sure_amount_of_the_year(text: str, number: str) -> None:
    assert not {value for _, value in _sure(text)} & {Decimal(number)}


@pytest.mark.parametrize(
    "text",
    [
        "公务接待费3万元。",
        "2031年公务接待费预算3万元。",
        "公务接待费支出3万元，较上年减少1万元。",
        "其中：公务接待费3万元，占35%。",
        "公务接待费3万元，2030年5万元。",
        "公务接待费安排3万元。",
        "公务接待费共计3万元。",
    ],
)
def test_a_plain_amount_is_sure(text: str) -> None:
    assert _sure(text) == {("three_public.reception", Decimal(3))}
