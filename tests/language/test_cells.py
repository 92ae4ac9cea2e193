"""Table cells: five states, one number or none, and targets of performance tables."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_parser.document import Anchor
from disclosure_parser.language.cells import read_amount, read_quantity, split_target
from disclosure_parser.language.values import (
    Amount,
    Operator,
    Unit,
    UnitOrigin,
    ValueState,
)
from tests.language.support import anchor

NUMBER, BLANK, DASH = ValueState.NUMBER, ValueState.BLANK, ValueState.DASH
NIL, TEXT = ValueState.NIL, ValueState.TEXT


def _amount(text: str) -> Amount:
    return read_amount(text, anchor(text), Unit.TEN_THOUSAND, UnitOrigin.CAPTION)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", BLANK),
        ("  ", BLANK),
        ("\u3000\n", BLANK),
        ("-", DASH),
        ("－", DASH),
        ("−", DASH),
        ("—", DASH),
        ("——", DASH),
        ("--", DASH),
        ("– –", DASH),
        ("/", DASH),
        ("无", NIL),
        ("（无）", NIL),
        ("无。", NIL),
        ("空表", NIL),
        ("无此项", NIL),
        ("没有", NIL),
        ("不涉及", NIL),
        ("N/A", NIL),
        ("文字描述", TEXT),
        ("XX", TEXT),
        ("……", TEXT),
        ("#REF!", TEXT),
        ("无锡市青溪镇", TEXT),
        ("0", NUMBER),
        ("0.00", NUMBER),
    ],
)
def test_states(text: str, state: ValueState) -> None:
    amount = _amount(text)
    assert amount.state is state
    assert (amount.number is None) == (state is not NUMBER)
    assert (amount.yuan is None) == (state is not NUMBER)
    assert read_quantity(text, anchor(text)).state is state


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234.56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1，234.56", "1234.56"),
        ("１，２３４．５６", "1234.56"),
        (" 1,234.50\u3000", "1234.50"),
        ("12,345,678", "12345678"),
        ("'123.45", "123.45"),
        ("‘123", "123"),
        ("-5.5", "-5.5"),
        ("−5.5", "-5.5"),
        ("－5.5", "-5.5"),
        ("–5.5", "-5.5"),
        ("- 5.5", "-5.5"),
        ("△5.5", "-5.5"),
        ("▲5.5", "-5.5"),
        ("(123.45)", "-123.45"),
        ("（1,234.56）", "-1234.56"),
        ("+5", "5"),
        ("1,234\u200b.56", "1234.56"),
        ("123\n.45", "123.45"),
        ("0.000000", "0.000000"),
    ],
)
def test_one_number_is_read_with_its_decimals(text: str, number: str) -> None:
    amount = _amount(text)
    assert (amount.state, str(amount.number), amount.doubt) == (NUMBER, number, None)
    assert (amount.unit, amount.unit_origin) == (Unit.TEN_THOUSAND, UnitOrigin.CAPTION)
    assert amount.yuan == Decimal(number) * 10_000


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("5万元", "5", Unit.TEN_THOUSAND),
        ("5.0 万 元", "5.0", Unit.TEN_THOUSAND),
        ("1,234.56元", "1234.56", Unit.YUAN),
        ("1.2万", "1.2", Unit.TEN_THOUSAND),
        ("0.5亿元", "0.5", Unit.HUNDRED_MILLION),
        ("（5元）", "-5", Unit.YUAN),
        ("-1,234.50元", "-1234.50", Unit.YUAN),
    ],
)
def test_a_unit_in_the_cell_wins(text: str, number: str, unit: Unit) -> None:
    amount = _amount(text)
    assert (str(amount.number), amount.unit) == (number, unit)
    assert amount.unit_origin is UnitOrigin.BESIDE
    assert amount.yuan == Decimal(number) * unit.factor


@pytest.mark.parametrize(
    "text",
    [
        "1 2",
        "12 34",
        "1 234.56",
        "1\u00a0234.56",
        "1 234 567.89",
        "123\n456",
        "5\n6",
        "1234,56",
        "12,34",
        "1,2345",
        "1,234,5",
        "1.234,56",
        "1.2.3",
        ".5",
        "5.",
        "1e5",
        "1.23E+05",
        "5/6",
        "5-6",
        "5%",
        "3‰",
        "5人",
        "2031年",
        "第3页",
        "合计5",
        "约5",
        "≥5",
        "=5",
        "5（含）",
        "5*",
        "5①",
        "①",
        "$5",
        "l23,456",
        "1O0",
        "(-5)",
        "（1,234.56",
        "1,234.56）",
        "5元6角",
        "——5",
        "#DIV/0!",
        "12345678901234567890",
        "5美元",
        "5万美元",
        "5元/人",
    ],
)
def test_what_is_not_exactly_one_number_is_text_with_its_doubt(text: str) -> None:
    amount = _amount(text)
    assert (amount.state, amount.number, amount.yuan) == (TEXT, None, None)
    assert amount.doubt
    assert amount.text == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("06", "6"),
        ("00", "0"),
        ("(1)", "-1"),
        ("(12)", "-12"),
        ("￥5", "5"),
        ("1,2\n34.56", "1234.56"),
    ],
)
def test_a_number_that_may_be_none_is_doubted(text: str, number: str) -> None:
    amount = _amount(text)
    assert (amount.state, str(amount.number)) == (NUMBER, number)
    assert amount.doubt


def test_without_a_unit_there_is_no_value_in_yuan() -> None:
    amount = read_amount("5.00", anchor("5.00"))
    assert (amount.number, amount.unit, amount.unit_origin) == (Decimal("5.00"), None, None)
    assert amount.yuan is None
    assert amount.decimals == 2


def test_the_anchor_leaves_outer_space_outside() -> None:
    text = "\u3000 1,234.5 \n"
    amount = read_amount(text, Anchor(block=3, row=2, column=1, start=0, end=len(text)))
    assert text[amount.anchor.start : amount.anchor.end] == amount.text == "1,234.5"
    assert (amount.anchor.row, amount.anchor.column) == (2, 1)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("54", "54", "辆"),
        ("54辆", "54", "辆"),
        ("3台", "3", "台"),
        ("1.2万", "12000", "辆"),
        ("1.2万人次", "12000", "人次"),
        ("12万平方米", "120000", "平方米"),
        ("95.5%", "95.5", "%"),
        ("0.5‰", "0.5", "‰"),
        ("1,234人", "1234", "人"),
        ("69台（套）", "69", "台(套)"),
    ],
)
def test_quantities(text: str, number: str, unit: str) -> None:
    quantity = read_quantity(text, anchor(text), "辆")
    assert (str(quantity.number), quantity.unit, quantity.doubt) == (number, unit, None)


@pytest.mark.parametrize("text", ["2-3个", "1—2所", "80%-90%", "3批次26人次", "7×24小时", "1:1"])
def test_two_numbers_are_no_quantity(text: str) -> None:
    quantity = read_quantity(text, anchor(text))
    assert (quantity.state, quantity.number) == (TEXT, None)
    assert quantity.doubt


@pytest.mark.parametrize(
    ("text", "operator", "number", "unit"),
    [
        ("≥32 台、件、套", Operator.GE, "32", "台、件、套"),
        ("≥90%", Operator.GE, "90", "%"),
        ("≧90%", Operator.GE, "90", "%"),
        ("≥９０％", Operator.GE, "90", "%"),
        ("≥\n95%", Operator.GE, "95", "%"),
        (" ≥ 100 % ", Operator.GE, "100", "%"),
        (">=3", Operator.GE, "3", ""),
        ("不低于90%", Operator.GE, "90", "%"),
        ("不少于3次", Operator.GE, "3", "次"),
        ("达到90%", Operator.GE, "90", "%"),
        ("大于等于90", Operator.GE, "90", ""),
        ("90%以上", Operator.GE, "90", "%"),
        ("90%及以上", Operator.GE, "90", "%"),
        ("95%(含)以上", Operator.GE, "95", "%"),
        ("≥95%（含）", Operator.GE, "95", "%"),
        ("≥2个（含2个）", Operator.GE, "2", "个"),
        ("≤3", Operator.LE, "3", ""),
        ("⩽3", Operator.LE, "3", ""),
        ("不超过5万元", Operator.LE, "5", "万元"),
        ("100万元以内", Operator.LE, "100", "万元"),
        ("最多5次", Operator.LE, "5", "次"),
        ("5以下", Operator.LE, "5", ""),
        ("30分钟内", Operator.LE, "30", "分钟"),
        ("5个工作日内", Operator.LE, "5", "个工作日"),
        ("＞5", Operator.GT, "5", ""),
        ("小于5%", Operator.LT, "5", "%"),
        ("=100%", Operator.EQ, "100", "%"),
        ("＝100％", Operator.EQ, "100", "%"),
        ("等于1", Operator.EQ, "1", ""),
        ("100%", None, "100", "%"),
        ("3", None, "3", ""),
        ("-5", None, "-5", ""),
        ("≥-5", Operator.GE, "-5", ""),
        ("1.2万", None, "12000", ""),
        ("≥1.2万人次", Operator.GE, "12000", "人次"),
        ("≥1,234人", Operator.GE, "1234", "人"),
        ("1500元/人", None, "1500", "元/人"),
        ("≥3次/年", Operator.GE, "3", "次/年"),
        ("≤0.5‰", Operator.LE, "0.5", "‰"),
        ("3年", None, "3", "年"),
        ("1.5亿元", None, "1.5", "亿元"),
    ],
)
def test_targets(text: str, operator: Operator | None, number: str, unit: str) -> None:
    assert split_target(text) == (operator, Decimal(number), unit, NUMBER)
    assert str(split_target(text)[1]) == number


@pytest.mark.parametrize(
    "text",
    [
        "显著提升",
        "2-3个",
        "1—2所",
        "80%~90%",
        "2031年12月底前",
        "12月底前",
        "2031年",
        "2031.12.31",
        "2031-12-31",
        "≥80%且≤90%",
        "80%≤X≤90%",
        "7×24小时",
        "1:1",
        "前3名",
        "全省前10",
        "提高5%",
        "约50%",
        "≥10 0%",
        "3批次26人次",
        "≥AA",
        "PM2.5≤35",
    ],
)
def test_a_target_in_words_stays_words(text: str) -> None:
    assert split_target(text) == (None, None, text, TEXT)


@pytest.mark.parametrize("text", ["文字描述", "文 字描述", "定性", "定性指标"])
def test_a_qualitative_target_says_so(text: str) -> None:
    assert split_target(text) == (Operator.TEXT, None, "", TEXT)


@pytest.mark.parametrize(
    ("text", "operator", "state"),
    [
        ("", None, BLANK),
        ("≥", Operator.GE, BLANK),
        ("=", Operator.EQ, BLANK),
        ("——", None, DASH),
        ("无", None, NIL),
    ],
)
def test_empty_targets(text: str, operator: Operator | None, state: ValueState) -> None:
    assert split_target(text) == (operator, None, "", state)


ODD = st.text(
    alphabet=st.sampled_from(
        "0123456789.,，．-－—−（）()△%％ \n'≥≤=万亿元个人次年月日含以上内无XＸ①²٣"
    ),
    max_size=16,
)


@given(st.one_of(ODD, st.text(max_size=20)))
def test_no_cell_raises_and_only_numbers_have_values(text: str) -> None:
    amount = _amount(text)
    assert (amount.state is NUMBER) == (amount.number is not None) == (amount.yuan is not None)
    assert text[amount.anchor.start : amount.anchor.end] == amount.text
    quantity = read_quantity(text, anchor(text))
    assert (quantity.state is NUMBER) == (quantity.number is not None)
    operator, number, _, state = split_target(text)
    assert (state is NUMBER) == (number is not None)
    assert (operator is Operator.TEXT) <= (state is TEXT)


@given(
    st.decimals(min_value=0, max_value=10**10, allow_nan=False, places=4),
    st.integers(0, 4),
    st.sampled_from(["{}", "{:,}", " {:,} ", "'{}"]),
    st.sampled_from(list(Unit)),
)
def test_a_printed_number_reads_back_exactly(
    value: Decimal, places: int, form: str, unit: Unit
) -> None:
    number = value.quantize(Decimal(1).scaleb(-places))
    text = form.format(number)
    amount = read_amount(text, anchor(text), unit, UnitOrigin.HEADER)
    assert str(amount.number) == str(number)
    assert amount.yuan == number * unit.factor
    assert amount.doubt is None
    negative = read_amount(f"-{text.strip()}".replace("-'", "-"), anchor(text), unit)
    assert negative.number == -number
