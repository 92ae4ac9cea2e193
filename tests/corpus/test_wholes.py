"""What a figure is a part of."""

from __future__ import annotations

import pytest
from corpus.build import ROOT

from tests.corpus.looking import parsed

ITEMS = ("overseas", "vehicles", "reception")


@pytest.mark.parametrize("name", ["final-accounts", "unit-final-accounts", "hebei-budget"])
def test_the_items_of_the_three_public_expenses_are_parts_of_their_total(name: str) -> None:
    """Items in a list are no parts of the item that the sentence before it names first."""
    wholes = {
        fact.whole
        for fact in parsed(ROOT / name / "report.docx").facts()
        if fact.concept in {f"three_public.{item}" for item in ITEMS}
        and fact.measure == "amount"
        and fact.table is None
    }
    assert wholes == {"three_public.total"}


def test_a_side_that_the_sentence_announces() -> None:
    """收入包括：…一般公共预算拨款…；支出包括：…: the grant is revenue there."""
    facts = parsed(ROOT / "national-budget" / "report.docx").facts()
    found = {
        fact.concept
        for fact in facts
        if fact.label == "一般公共预算拨款" and fact.record == "RevenueExpenditure"
    }
    assert found == {"revenue.general_budget"}
