"""Number mentions: what is money, a share, a count, a threshold, and what is no figure at all."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_parser.document import fold, fold_text
from disclosure_parser.language.mentions import Mention, MentionKind, scan
from disclosure_parser.language.values import Unit

MONEY, PERCENT, COUNT = MentionKind.MONEY, MentionKind.PERCENT, MentionKind.COUNT


def _found(printed: str) -> list[str]:
    """The mentions, short: kind, number and unit; ``?`` marks a doubt."""
    return [
        f"{m.kind.value} {m.number}{m.unit_text}{'?' if m.doubt else ''}"
        for m in scan(fold_text(printed))
    ]


def _one(printed: str) -> Mention:
    found = scan(fold_text(printed))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("printed", "number", "unit"),
    [
        ("支出12.5万元。", "12.5", Unit.TEN_THOUSAND),
        ("支出12.50 万 元。", "12.50", Unit.TEN_THOUSAND),
        ("支出１２．５万元", "12.5", Unit.TEN_THOUSAND),
        ("支出1,234,567.89元", "1234567.89", Unit.YUAN),
        ("支出1，234，567．89元", "1234567.89", Unit.YUAN),
        ("支出12.3456亿元", "12.3456", Unit.HUNDRED_MILLION),
        ("支出3000千元", "3000", Unit.THOUSAND),
        ("支出1.5百万元", "1.5", Unit.MILLION),
        ("支出1.2万。", "1.2", Unit.TEN_THOUSAND),
        ("支出1720.00万（其中", "1720.00", Unit.TEN_THOUSAND),
        ("支出1.2万比上年减少", "1.2", Unit.TEN_THOUSAND),
        ("支出0元", "0", Unit.YUAN),
        ("支出0.00万元", "0.00", Unit.TEN_THOUSAND),
        ("2031年支出2031万元", "2031", Unit.TEN_THOUSAND),
        ("2031支出5万元", "5", Unit.TEN_THOUSAND),
        ("财预〔2031〕15号下达5万元", "5", Unit.TEN_THOUSAND),
        ("截至2031年12月31日5万元", "5", Unit.TEN_THOUSAND),
        ("2031.12.31余额5万元", "5", Unit.TEN_THOUSAND),
        ("1-6月支出5万元", "5", Unit.TEN_THOUSAND),
        ("第1季度支出5万元", "5", Unit.TEN_THOUSAND),
        ("小学教育（2050202）88.5万元", "88.5", Unit.TEN_THOUSAND),
        ("（204类）司法（06款）行政运行（01项）72.67万元", "72.67", Unit.TEN_THOUSAND),
        ("资产账面价值为120万元", "120", Unit.TEN_THOUSAND),
        ("5G网络5万元", "5", Unit.TEN_THOUSAND),
        ("K12教育3万元", "3", Unit.TEN_THOUSAND),
        ("2031.56万元", "2031.56", Unit.TEN_THOUSAND),
        # In the shape of a month, but with a unit of money.
        ("支出2031.01千元", "2031.01", Unit.THOUSAND),
        ("支出2031.01百万元", "2031.01", Unit.MILLION),
        ("支出2031.01元", "2031.01", Unit.YUAN),
        ("十二万元", "12", Unit.TEN_THOUSAND),
        ("三百二十万元", "320", Unit.TEN_THOUSAND),
        ("人民币5万元整", "5", Unit.TEN_THOUSAND),
        ("增加-5万元", "-5", Unit.TEN_THOUSAND),
        ("结余-5.50万元", "-5.50", Unit.TEN_THOUSAND),
    ],
)
def test_money(printed: str, number: str, unit: Unit) -> None:
    mention = _one(printed)
    assert mention.kind is MONEY
    assert mention.number is not None
    assert (str(mention.number), mention.unit) == (number, unit)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("占12.5%", "12.5"),
        ("占12.5％", "12.5"),
        ("占 12.5 %", "12.5"),
        ("占100.00%", "100.00"),
        ("失业率3.5‰", "3.5"),
        ("提高2个百分点", "2"),
        ("增长百分之十二点五", "12.5"),
        ("增长百分之五点零五", "5.05"),
        ("增长百分之零", "0"),
    ],
)
def test_percentages(printed: str, number: str) -> None:
    mention = _one(printed)
    assert (mention.kind, str(mention.number)) == (PERCENT, number)
    assert mention.doubt is None


def test_per_mille_keeps_its_sign() -> None:
    assert _one("失业率3.5‰").unit_text == "‰"


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("团组0个、0人次", ["count 0个", "count 0人次"]),
        ("2批次26人次", ["count 2批次", "count 26人次"]),
        ("车辆54辆", ["count 54辆"]),
        ("设备69台（套）", ["count 69台(套)"]),
        ("设备12台、套", ["count 12台、套"]),
        ("编制338名", ["count 338名"]),
        ("面积1,234.56平方米", ["count 1234.56平方米"]),
        ("共三家", ["count 3家"]),
        ("下设十二个科室", ["count 12个"]),
        ("1万人次", ["count 10000人次"]),
        ("1.5万人次", ["count 15000.0人次"]),
        ("完成重点项目12项（省级3项）", ["count 12项", "count 3项"]),
        ("发表3篇论文", ["count 3篇"]),
        ("人大代表32名", ["count 32名"]),
        ("2031.10平方米", ["count 2031.10平方米"]),
        ("A4纸3箱", ["count 3箱"]),
        ("贷款12笔，主楼7层", ["count 12笔", "count 7层"]),
    ],
)
def test_counts(printed: str, found: list[str]) -> None:
    assert _found(printed) == found


@pytest.mark.parametrize(
    "printed",
    [
        "5元/人",
        "300元/平方米",
        "2.5万元/人",
        "5万元/辆",
        "5万元/年",
        "1.5美元",
        "3万美元",
        "2万欧元",
        "5万港币",
    ],
)
def test_rates_and_foreign_money_are_no_amounts(printed: str) -> None:
    mention = _one(printed)
    assert mention.kind is COUNT
    assert mention.unit is None


@pytest.mark.parametrize(
    "printed",
    [
        "单价20万元以上的设备",
        "单价 50 万元以上的通用设备",
        "单价100万元（含）以上的设备",
        "单位价值100万元及以上",
        "200万元以上的项目",
        "限额标准50万元以下",
        "50万元以内的项目",
        "标准为50元",
    ],
)
def test_thresholds(printed: str) -> None:
    assert _one(printed).kind is MentionKind.THRESHOLD


@pytest.mark.parametrize(
    "printed", ["控制在20万元以内", "不超过30万元", "预算15万元以内", "至少5万元"]
)
def test_a_bound_is_a_figure_with_a_doubt(printed: str) -> None:
    mention = _one(printed)
    assert mention.kind is MONEY
    assert mention.number is not None
    assert mention.doubt == "a bound, not the amount itself"


@pytest.mark.parametrize(
    "printed",
    ["15万余元", "15余万元", "15多万元", "1500余元", "4万多人", "1500余人"],
)
def test_an_approximate_number_says_so(printed: str) -> None:
    mention = _one(printed)
    assert mention.number is not None
    assert mention.doubt == "approximate"


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("接待费3-5千元", MONEY),
        ("5-8万元", MONEY),
        ("2—3万元", MONEY),
        ("2～3万元", MONEY),
        ("2至3万元", MONEY),
        ("2万元-3万元", MONEY),
        ("5%-10%", PERCENT),
        ("5-10%", PERCENT),
        ("3-5个", COUNT),
    ],
)
def test_a_range_has_no_number(printed: str, kind: MentionKind) -> None:
    mention = _one(printed)
    assert (mention.kind, mention.number, mention.doubt) == (kind, None, "range")


@pytest.mark.parametrize(
    ("printed", "doubt"),
    [
        ("会议费万元，", "number missing"),
        ("会议费 万元，", "number missing"),
        ("增加 万元。", "number missing"),
        ("会议费XX万元", "placeholder"),
        ("会议费X万元", "placeholder"),
        ("会议费**万元", "placeholder"),
        ("增长××%", "placeholder"),
        ("完成--%", "placeholder"),
    ],
)
def test_a_missing_number_is_not_nothing(printed: str, doubt: str) -> None:
    mention = _one(printed)
    assert (mention.number, mention.doubt) == (None, doubt)


@pytest.mark.parametrize(
    "printed",
    [
        "2031年度部门预算",
        "2031年1月2日",
        "2031-12-31",
        "2021-2025年",
        "2021年至2025年",
        "财预〔2031〕15号",
        "财预[2031]15号文",
        "（2031）15号",
        "第3条第2款",
        "第2031号",
        "公开05表",
        "附件3",
        "表2",
        "12月",
        "2050202小学教育",
        "小学教育（2050202）",
        "行政运行（01项）",
        "“十四五”规划",
        "第一批",
        "12345热线",
        "GB2312",
        "A4纸",
        "COVID-19防控",
        "5元旦",
        "三家单位",
        "单位：千元",
        "几十万元",
        "",
    ],
)
def test_what_is_no_figure(printed: str) -> None:
    assert scan(fold_text(printed)) == ()


@pytest.mark.parametrize(
    "printed",
    [
        # Each of these would be wrong if it were given as the number that stands there.
        ".5万元",
        "5.万元",
        "5..5万元",
        "1.2.3万元",
        "1 234.5万元",
        "1 2 3万元",
        "12,3 45.00元",
        "5 0%",
        "1,23万元",
        "12,34.56万元",
        "1234,567元",
        "0,123元",
        "01.5万元",
        "收入-5万元",
        "收入–5万元",
        "减少-5万元",
        "增加-5万元",
        "△5万元",
        "7万7千元",
        "3亿5千万元",
        "1234567890123456789元",
        "分别为825，143.91万元",
        "A5万元，B6.7万元",
    ],
)
def test_a_broken_number_is_never_sure(printed: str) -> None:
    found = [m for m in scan(fold_text(printed)) if m.kind in {MONEY, PERCENT}]
    assert found
    assert all(m.doubt for m in found)


def test_a_malformed_number_takes_in_its_digits() -> None:
    folded = fold_text("基本支出12,34.56万元")
    assert [folded[m.start : m.end] for m in scan(folded)] == ["12,34.56万元"]


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("各是825.49，843.91万元", ["825.49", "843.91"]),
        ("各是2031.56，2143.91万元", ["2031.56", "2143.91"]),
        ("各是4125，1143.91万元", ["4125", "1143.91"]),
        ("分别为1.5、2.5、3.5万元", ["1.5", "2.5", "3.5"]),
        ("分别为1.5、2.5和3.5万元", ["1.5", "2.5", "3.5"]),
        ("分别为1.5万元、2.5万元", ["1.5", "2.5"]),
        ("分别为1,234.5、2,345.6万元", ["1234.5", "2345.6"]),
    ],
)
def test_a_respective_list_shares_its_unit(printed: str, numbers: list[str]) -> None:
    found = scan(fold_text(printed))
    assert [str(m.number) for m in found] == numbers
    assert {m.unit for m in found} == {Unit.TEN_THOUSAND}
    assert not any(m.doubt for m in found)


def test_a_list_of_percentages_shares_its_sign() -> None:
    found = scan(fold_text("分别增长5、6和7%"))
    assert [(m.kind, str(m.number)) for m in found] == [(PERCENT, n) for n in "567"]


def test_equal_totals_with_thousands_commas_are_one_number() -> None:
    mention = _one("收、支总计各为1,234.56万元")
    assert (mention.number, mention.doubt) == (Decimal("1234.56"), None)


@pytest.mark.parametrize(
    ("printed", "number"),
    [("较上年2.08减少", "2.08"), ("拨款支出预算为0。", "0"), ("增长13.95，", "13.95")],
)
def test_a_bare_number_where_words_announce_a_figure(printed: str, number: str) -> None:
    mention = _one(printed)
    assert (mention.kind, str(mention.number), mention.unit) == (MentionKind.BARE, number, None)


FIGURES = st.text(
    alphabet="0123456789０１.,，．-—%％ 万亿元千百余多个人次台（）"
    "年月日号第增加减少分别为各是和与、。X至",
    max_size=40,
)


@given(st.one_of(FIGURES, st.text(max_size=40)))
def test_mentions_are_in_order_and_lie_in_the_text(printed: str) -> None:
    folded = fold(printed)
    position = 0
    for mention in scan(folded.text):
        assert position <= mention.start < mention.end <= len(folded.text)
        position = mention.end
        if mention.kind is MONEY:
            assert mention.unit is not None
        if mention.number is None:
            assert mention.doubt


@given(FIGURES)
def test_a_sure_number_is_printed_digit_by_digit(printed: str) -> None:
    folded = fold_text(printed)
    for mention in scan(folded):
        if mention.kind is not MONEY or mention.doubt or mention.number is None:
            continue
        text = folded[mention.start : mention.end]
        if any(c.isascii() and c.isdigit() for c in text):
            digits = "".join(c for c in text if c.isascii() and (c.isdigit() or c in ".-"))
            assert Decimal(digits) == mention.number
            # No digit, decimal point or comma of the same number is left outside.
            before = folded[: mention.start]
            assert not before.endswith(".")
            assert not (before[-1:].isascii() and before[-1:].isdigit())


@pytest.mark.parametrize("unit", ["a", "x", "*", "1", "1,", "A1-", "1-", "(", "A和", "1.", "万"])
def test_scanning_is_linear(unit: str) -> None:
    text = (unit * 60_000)[:60_000]
    start = time.process_time()
    scan(text)
    assert time.process_time() - start < 5
