"""Numbers and dates as a sheet prints them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_parser.readers.workbook.formats import general, number_text, text_as

MONEY = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("number", "code", "printed"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (1234.56, "General", "1234.56"),
        (-3.0, "General", "-3"),
        (0.0, "General", "0"),
        (10 / 3, "General", "3.333333333"),
        (123456789012.34, "General", "123456789012.34"),
        (1e15, "General", "1000000000000000"),
        (0.00001234, "General", "0.00001234"),
        (1178.825, "0.00", "1178.83"),
        (1.005, "0.00", "1.01"),
        (2.675, "#,##0.00", "2.68"),
        (1234567.8, "#,##0.00", "1,234,567.80"),
        (1234567.8, "#,##0.00_ ", "1,234,567.80"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        (-1234.5, "#,##0.00_);[Red]\\(#,##0.00\\)", "(1,234.50)"),
        (-1234.5, "#,##0.00;[红色]-#,##0.00", "-1,234.50"),
        (0, MONEY, "-"),
        (12.3, MONEY, "12.30"),
        (-12.3, MONEY, "-12.30"),
        (0.123, "0%", "12%"),
        (0.12345, "0.00%", "12.35%"),
        (-0.004, "0.0", "0.0"),
        (5, "000", "005"),
        (2080501, "0_ ", "2080501"),
        (1.5, "#.##", "1.5"),
        (0.5, "#.00", ".50"),
        (1234567, "#,##0,", "1,235"),
        (12345, '0.0,"千元"', "12.3千元"),
        (0, "#,##0;-#,##0;", ""),
        (7, ";;;", ""),
        (5, '[>=1]0"台";"无"', "5台"),
        (0, '[>=1]0"台";"无"', "无"),
        (12, "[$¥-804]#,##0.00", "¥12.00"),
        (3, "@", "3"),
        (3.5, "G/通用格式", "3.5"),
        (0.5, "# ?/?", "0.5"),
        (45351, "yyyy/m/d", "2024/2/29"),
        (45351, 'yyyy"年"m"月"d"日"', "2024年2月29日"),
        (45351, "[$-804]yyyy\\年mm\\月;@", "2024年02月"),
        (45351, '[DBNum1][$-804]yyyy"年"m"月"', "二〇二四年二月"),
        (45351.75, "h:mm", "18:00"),
        (45351.75, "yyyy-mm-dd hh:mm:ss", "2024-02-29 18:00:00"),
        (45351.5, "上午/下午h时mm分", "下午12时00分"),
        (1.5, "[h]:mm", "36:00"),
        (59, "yyyy/m/d", "1900/2/28"),
        (61, "yyyy/m/d", "1900/3/1"),
        (-5, "yyyy/m/d", "-5"),
    ],
)
def test_numbers(number: float, code: str, printed: str) -> None:
    assert number_text(float(number), code) == printed


def test_the_calendar_of_1904() -> None:
    assert number_text(0, "yyyy-mm-dd", epoch_1904=True) == "1904-01-01"


@pytest.mark.parametrize(
    ("text", "code", "printed"),
    [
        ("012", "@", "012"),
        ("甲", "General", "甲"),
        ("甲", '0.00;-0.00;0;@"类"', "甲类"),
        ("甲", "0;0;0;", ""),
    ],
)
def test_texts(text: str, code: str, printed: str) -> None:
    assert text_as(text, code) == printed


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_money_is_printed_as_it_is_meant(amount: Decimal) -> None:
    meant = f"{amount:,.2f}"
    printed = number_text(float(amount), "#,##0.00")
    assert printed in (meant, meant.removeprefix("-") if amount == 0 else meant)
    assert Decimal(number_text(float(amount), "General")) == amount


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_general_prints_no_exponent(number: float) -> None:
    assert Decimal(number_text(number, "General")).is_finite()
    assert "E" not in number_text(number, "General")


@given(st.floats(), st.text(max_size=30))
def test_any_format_prints_something_or_nothing(number: float, code: str) -> None:
    assert isinstance(number_text(number, code), str)


def test_general_of_a_decimal() -> None:
    assert general(Decimal("100.10")) == "100.1"
