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
