"""Chinese numerals: structure numbers 一、…, counts 共三家, percentages 百分之十二点五."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_parser.language.numerals import chinese_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0),
        ("〇", 0),
        ("一", 1),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("廿三", 23),
        ("卅", 30),
        ("一百", 100),
        ("一百零三", 103),
        ("一百一十", 110),
        ("三百二十一", 321),
        ("一千零五十", 1050),
        ("两千零二十四", 2024),
        ("二〇二四", 2024),
        ("二零二四", 2024),
        ("壹佰贰拾叁", 123),
        ("一万", 10_000),
        ("十万零五百", 100_500),
        ("三亿五千万", 350_000_000),
        ("一亿零五十", 100_000_050),
        ("一万亿", 10**12),
    ],
)
def test_numerals(text: str, value: int) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    "text", ["", "个", "一个", "十二家", "点", "万", "亿", "一二十", "十十", "12"]
)
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert chinese_number(text) is None


_DIGITS = "零一二三四五六七八九"


def _printed(value: int) -> str:
    """The numeral as it is written (below ten thousand), the oracle of the property."""
    if value == 0:
        return "零"
    text = ""
    for name, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = value // size % 10
        if digit:
            text += _DIGITS[digit] + name
        elif text and value % size and not text.endswith("零"):
            text += "零"
    return text


@given(st.integers(0, 9999))
def test_every_written_number_reads_back(value: int) -> None:
    assert chinese_number(_printed(value)) == value


@given(st.integers(10, 19))
def test_ten_may_stand_without_one(value: int) -> None:
    assert chinese_number(_printed(value).removeprefix("一")) == value


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_scales_add_up(high: int, low: int) -> None:
    assert chinese_number(f"{_printed(high)}亿{_printed(low)}万") == high * 10**8 + low * 10**4


@given(st.text(alphabet="零一二十百千万亿两廿卅〇个", max_size=12))
def test_any_text_has_a_value_or_none(text: str) -> None:
    value = chinese_number(text)
    assert value is None or value >= 0
