"""How recognised characters become those of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("rapidocr", reason="the extra 'ocr' is not installed")

from disclosure_parser.readers.ocr.pages import _shared


@given(st.lists(st.floats(1, 500), max_size=40))
def test_heights_near_each_other_are_one(heights: list[float]) -> None:
    shared = _shared(heights)
    assert len(shared) == len(heights)
    assert set(shared) <= set(heights)
    for before, after in zip(heights, shared, strict=True):
        assert abs(before - after) <= 0.18 * after + 1e-9
