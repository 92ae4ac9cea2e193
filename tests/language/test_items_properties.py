"""What holds of every amount in every printed form, and of any text at all."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_parser.language.values import Direction, Unit, UnitOrigin, ValueState
from tests.language.support import items, quotes

UNITS = {
    "元": Unit.YUAN,
    "万元": Unit.TEN_THOUSAND,
    "亿元": Unit.HUNDRED_MILLION,
    "千元": Unit.THOUSAND,
}
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
NUMBERS = st.builds(
    lambda value, places: value.quantize(Decimal(1).scaleb(-places)),
    st.decimals(min_value=0, max_value=10**9, allow_nan=False, places=6),
    st.integers(0, 6),
)


@st.composite
def printed_amounts(draw: st.DrawFn) -> tuple[str, Decimal, Unit]:
    """A printed amount, its number and unit."""
    number = draw(NUMBERS)
    word = draw(st.sampled_from(sorted(UNITS)))
    text = format(number, draw(st.sampled_from([",f", "f"])))
    if draw(st.booleans()):
        text = text.translate(WIDE)
    # Justification and soft wraps put spaces around the number and inside the unit.
    space = draw(st.sampled_from(["", " ", "\u3000", "\n", "\u00a0", "\u200b"]))
    text = f"{space}{text}{space}{space.join(word)}"
    return text, number, UNITS[word]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("会议费", "。"),
        ("会议费支出决算为", "。"),
        ("2031年度会议费预算", "，比上年持平。"),
        ("其中：会议费", "，培训费2万元。"),
        ("（二）会议费共计", "；"),
        ("会议费安排", "（其中：场租1万元）。"),
        ("会议费", ""),
        ("会议费（30215）", "，占5%。"),
    ],
)
@given(printed_amounts())
def test_an_amount_reads_back_from_any_carrier(
    before: str, after: str, amount: tuple[str, Decimal, Unit]
) -> None:
    text, number, unit = amount
    first = items(before + text + after)[0]
    read = first.amounts[0].amount
    assert "会议费" in first.name
    assert (str(read.number), read.unit) == (str(number), unit)
    assert (read.state, read.unit_origin) == (ValueState.NUMBER, UnitOrigin.BESIDE)
    assert read.yuan == number * unit.factor
    assert read.text == text.strip("\u200b").strip()
    assert read.doubt is None
    assert not first.changes or first.changes[0].amount is None


@pytest.mark.parametrize(
    ("verb", "direction"),
    [("增加", Direction.INCREASE), ("减少", Direction.DECREASE), ("压减", Direction.DECREASE)],
)
@given(printed_amounts())
def test_a_change_reads_back(
    verb: str, direction: Direction, amount: tuple[str, Decimal, Unit]
) -> None:
    text, number, unit = amount
    (item,) = items(f"会议费8万元，较上年{verb}{text}，主要原因是会议变化。")
    (change,) = item.changes
    assert change.direction is direction
    assert change.amount is not None
    assert (str(change.amount.number), change.amount.unit) == (str(number), unit)
    assert change.amount.yuan == number * unit.factor
    impossible = direction is Direction.INCREASE and change.amount.yuan > 80_000
    assert (change.doubt is not None) is impossible  # no more can be added than there is
    assert [str(a.amount.number) for a in item.amounts] == ["8"]


@given(NUMBERS, NUMBERS)
def test_two_numbers_of_a_list_share_the_unit(first: Decimal, second: Decimal) -> None:
    found = items(f"收入、支出分别为{first}万元和{second}万元。")
    assert [(i.name, str(i.amounts[0].amount.number)) for i in found] == [
        ("收入", str(first)),
        ("支出", str(second)),
    ]


@given(printed_amounts(), st.integers(2, 8))
def test_digits_torn_apart_are_never_sure(amount: tuple[str, Decimal, Unit], at: int) -> None:
    number, unit = amount[1], amount[2]
    digits = str(number)
    at = min(at, len(digits) - 1)
    if not (at > 0 and digits[at - 1].isdigit() and digits[at].isdigit()):
        return
    torn = f"会议费{digits[:at]} {digits[at:]}{unit.value}。"
    for item in items(torn):
        for phased in item.amounts:
            assert phased.amount.doubt or phased.amount.number == number


PROSE = st.lists(
    st.sampled_from(
        [
            *"，。；：、（）()“”％%\n 　",
            "其中：",
            "其中",
            "包括",
            "分别为",
            "各是",
            "合计",
            "总计",
            "收入",
            "支出",
            "会议费",
            "公务接待费",
            "（项）",
            "（类）",
            "较上年",
            "比2030年预算",
            "与上年相比",
            "增加",
            "减少",
            "下降",
            "增长",
            "持平",
            "无变化",
            "主要原因是",
            "主要用于",
            "一是",
            "二是",
            "占",
            "完成预算的",
            "完成",
            "决算数小于预算数",
            "2031年",
            "12.5",
            "1,234.56",
            "万元",
            "元",
            "万",
            "个",
            "人次",
            "0",
            "XX",
            "-",
            "—",
            "不超过",
            "以上",
            "单价",
            "无",
            "没有",
            "预算",
            "决算",
            "１２",
            "\u200b",
            "①",
            "〔2031〕15号",
            "和",
            "及",
            "由",
        ]
    ),
    max_size=24,
).map("".join)


@given(st.one_of(PROSE, st.text(max_size=60)))
def test_any_text_can_be_read_and_every_quote_is_printed_there(text: str) -> None:
    found = items(text)
    for position, item in enumerate(found):
        assert item.parent is None or 0 <= item.parent < position
        assert 0 <= item.anchor.start <= item.anchor.end <= len(text)
        for quote in quotes(item):
            assert text[quote.anchor.start : quote.anchor.end] == quote.text


@given(PROSE)
def test_every_number_that_is_read_is_printed(text: str) -> None:
    for item in items(text):
        for phased in item.amounts:
            amount = phased.amount
            if amount.number is not None:
                assert amount.state is ValueState.NUMBER
                assert amount.unit is None or amount.yuan == amount.number * amount.unit.factor
            else:
                assert amount.yuan is None


@given(PROSE)
def test_reading_is_the_same_every_time(text: str) -> None:
    assert items(text) == items(text)


@pytest.mark.parametrize(
    "unit",
    [
        "会议费1万元，",
        "其中：会议费1万元，",
        "甲（乙1万元",
        "（",
        "分别为1、",
        "较上年增加1万元，",
        "占收入的5%，",
        "主要用于会议1万元；",
        "主要原因是会议增加1万元，",
        "（主要原因是会议1万元",
        "无收入，",
    ],
)
def test_a_long_paragraph_is_read_in_bounded_time(unit: str) -> None:
    text = unit * 2_000
    start = time.process_time()
    items(text)
    assert time.process_time() - start < 20
