"""The collector of cyclic garbage is as it was after a parse."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from disclosure_parser import DisclosureError, parse
from disclosure_parser.collector import rarely_collecting


@pytest.fixture(autouse=True)
def _usual() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_the_setting_is_restored_by_the_outermost_block() -> None:
    gc.set_threshold(700, 10, 10)
    with rarely_collecting():
        rare = gc.get_threshold()
        with rarely_collecting():
            assert gc.get_threshold() == rare
        assert gc.get_threshold() == rare
    assert rare[0] > 700
    assert gc.get_threshold() == (700, 10, 10)


@pytest.mark.parametrize("first", [0, 1_000_000])
def test_a_collector_that_is_off_or_rarer_is_left_alone(first: int) -> None:
    gc.set_threshold(first, 10, 10)
    with rarely_collecting():
        assert gc.get_threshold()[0] == first


def test_a_parse_that_fails_restores_it() -> None:
    gc.set_threshold(700, 10, 10)
    with pytest.raises(DisclosureError):
        parse(b"%PDF-1.7 and no more", name="cut.pdf")
    assert gc.get_threshold() == (700, 10, 10)
