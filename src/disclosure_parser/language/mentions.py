"""Number mentions in prose: what is money, a share, a count, a threshold, and what is none.

The scanner looks at a folded text once and gives every number that is printed as a value, from
left to right, without interpreting what it measures. Years, dates, document numbers, codes,
ordinals and numbers that are part of a name are not values and are not given.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from attrs import evolve, frozen

from disclosure_parser.language.numerals import CHINESE_DIGITS, chinese_number
from disclosure_parser.language.values import Unit


class MentionKind(StrEnum):
    """What a number is by its unit and its immediate surroundings."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    #: A bound that defines a class of things, not a figure: 单价20万元以上.
    THRESHOLD = "threshold"
    #: A number without any unit, where the words announce a figure.
    BARE = "bare"
    #: A monetary unit whose number is missing (支出万元) or a placeholder (XX万元).
    MISSING = "missing"


@frozen
class Mention:
    """A number in a folded text. ``number`` is ``None`` where it is missing or a range."""

    kind: MentionKind
    start: int
    end: int
    number: Decimal | None
    unit: Unit | None = None
    unit_text: str = ""
    doubt: str | None = None


_COUNTERS = (
    "人次|批次|台次|场次|辆次|户次|平方公里|平方米|平方千米|立方米|千瓦时|公里|千米|公顷|公斤|千克|"
    "台\\(套\\)|台/套|台、套|套\\(台\\)|个百分点|小时|分钟|学时|课时|个工作日|工作日|个月|"
    "个|家|名|人(?![大均民社])|辆|台|套|件|张|把|次|项|篇|处|所|场|期(?![间末初])|部(?!门)|间|栋|座|"
    "条|份|种|门|科|户|例|头|只|株|块|面|颗|批|组|团|起|宗|分|米|亩|吨|倍|届|级|类|册|本(?![年级部单])|"
    "幅|站|点|根|盏|支(?![出付])|枚|对(?=[,。;、)]|$)|片|集|款|卷|箱|"
    "笔|层(?![次面级])|街道|镇|乡|村|县|市|区|省|班|周岁|岁|周年|天|公分|度|KVA|kVA|KW|kW|GB|TB|MB|兆"
)
#: What a price is for: 元/人, 万元/台 are rates, no amounts.
_PER = "平方米|人次|人|年|月|天|台|辆|套|件|户|亩|次|个|吨|公里|份|张|生|学期"
#: A name in quotation marks that begins with a number (“15分钟生活圈”): no figure.
_QUOTED_NAME = re.compile(r"\"[^\",。;]{3,20}\"")
#: What makes the number before it an amount: a number in the shape of a date or a code is one.
_MONEY = "[余多十百千万亿]{0,3}元"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?"
_SCAN = re.compile(
    rf"""
      (?P<skip>
          (?:19|20)\d\d年(?:度)?(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?(?:[-—至](?:19|20)?\d{{2,4}}年)?
        | (?:19|20)\d\d[./-](?:0?[1-9]|1[0-2])(?:[./-]\d{{1,2}})?(?!\d|{_MONEY}|[万亿%]|{_COUNTERS})
        | \d{{1,2}}月(?:\d{{1,2}}日)?
        | [〔\[(](?:19|20)\d\d[〕\])]\d*号?
        | 第\d+
        | \d+号
        | (?<=\()\d+(?:类|款|项)(?=\))
        | (?:\d{{3}}类|0\d[款项])(?=[^\d,。;]{{0,8}}\()
        | \(\d{{3}}(?:\d\d){{0,2}}\)
        | (?:公开|财决|财预|附表|表|附件)[:]?\d+(?:表|(?![\d.,]|{_MONEY}|{_COUNTERS}))
        | [A-Za-z]\d[\dA-Za-z.]*(?![\dA-Za-z.,]|{_MONEY}|%)
        | \d+[A-Za-z]{{2,}}[\dA-Za-z]*(?<![a-z]W)
        | [A-Za-z]\w{{0,24}}-\d+
      )
    | (?P<range>(?:{_NUMBER})(?:\s?[-—–~至]|(?:%|千元|百万元|[万亿]?元)[-—–~])\s?(?:{_NUMBER})
        (?P<range_unit>%|千元|百万元|[万亿]?元|{_COUNTERS}))
    | (?P<number>[-–+△▲]?(?:{_NUMBER}))(?P<point>\.(?=[万亿]?元))?
      (?:
          (?P<rate>[万亿]?元/(?:{_PER}))
        | (?P<money>亿元|万元|千元|百万元|元(?![旦件素宵年月器/]))
        | (?P<about>[余多](?:亿|万|千)?元|[万亿][余多]元)
        | (?P<worded>[千十]万元|[万亿]\d+[千百]?万?元)
        | (?P<percent>%|个百分点|百分点|‰)
        | (?P<scaled>[万亿余多]{{1,2}}(?=(?:余|多)?(?:{_COUNTERS}|册|字|吨)))(?:余|多)?
          (?P<scaled_unit>{_COUNTERS}|字)
        | (?P<short>[万亿](?![\w]|元)|[万亿](?=左右|以上|以下|以内|[较比与同和占]|其中|用于|主要))
        | (?P<count>余|多)?(?P<counter>{_COUNTERS})
        | (?P<foreign>[万亿]?(?:美元|欧元|港元|港币|日元|英镑))
        |
      )
    | 百分之(?P<cn_percent>[{CHINESE_DIGITS}点]{{1,20}})
    | (?P<placeholder>[XxＸ×*_]{{2,12}}|[xX×](?=万元|%|元)|[-—]{{1,4}}(?=%))
      (?P<placeholder_unit>亿元|万元|元|%)
    | (?<=[出入算计为额费少加款达产排])(?P<missing>亿元|万元)(?=[,。;、)]|$)
    | (?<=[共计有为设辖属含置])(?P<cn_number>[{CHINESE_DIGITS}]{{1,4}})
      (?P<cn_counter>家|个(?!人|别|性|体|月|百分点)|名|辆|台)
    | (?<![几数统第每万亿{CHINESE_DIGITS}])
      (?P<cn_money>[一二两三四五六七八九壹贰叁肆伍陆柒捌玖十拾][{CHINESE_DIGITS}]{{0,7}})
      (?P<cn_money_unit>亿元|万元)
    """,
    re.VERBOSE,
)
_THRESHOLD_AFTER = re.compile(
    r"(?:\((?:不)?含[^()]{0,12}\)|含)?(?:及|\(含\))?(?:以上|以下|以内|以外|起(?!草|步))"
)
_THRESHOLD_BEFORE = re.compile(
    r"(?:单价|单位价值|单台价值|单件价值|采购限额|限额标准|以上不足|起点|标准为)(?:在|为|达到|达)?$"
)
_INCLUDED = re.compile(r"\)以[上下]")
# A bound on an amount (控制在20万元以内) is a figure, but not the amount itself.
_BOUND_BEFORE = re.compile(r"(?:控制在|不超过|不高于|不多于|不低于|不少于|至少|最多)$")
_BOUND_AFTER = re.compile(r"(?:\(含\))?以内(?!的)")
_JOINS = re.compile(r"[0-9A-Za-z)%]")
_SIGN_BEFORE = " ,:(为是增减少加额达率幅了共计"
_DIRECTION_BEFORE = re.compile(r"(?:增加|减少|增长|下降|上升|降低)$")
_BROKEN_THOUSANDS = re.compile(r"(?<![\d.各是为别])\d+,$")
_TWO_OR_ONE = re.compile(r"分别(?:为|是)?$")
_UNITS = {
    "元": Unit.YUAN,
    "千元": Unit.THOUSAND,
    "万元": Unit.TEN_THOUSAND,
    "万": Unit.TEN_THOUSAND,
    "百万元": Unit.MILLION,
    "亿元": Unit.HUNDRED_MILLION,
    "亿": Unit.HUNDRED_MILLION,
}
_SCALES = {"万": 10_000, "亿": 100_000_000}
_BARE_BEFORE = re.compile(
    r"(?:[为是达共计]|各是|分别|增加|减少|增长|下降|总计|合计|上年|上年度|预算数?|决算数?|支出|[,、]|\d[和与及])$"
)
_BARE_AFTER = re.compile(r"(?=[,。;、)]|$|减少|增加|增长|下降|[和与及]\d)")
#: Longer runs of digits are codes run together or broken print, not figures.
_MAX_DIGITS = 18


def scan(text: str) -> tuple[Mention, ...]:
    """All number mentions of a folded text, from left to right, not overlapping."""
    found: list[Mention] = []
    for match in _SCAN.finditer(text):
        mention = _mention(text, match)
        if mention is not None:
            # A malformed number takes in the digits before it.
            while found and found[-1].end > mention.start:
                found.pop()
            found.append(mention)
    return _respective(text, found)


def _mention(text: str, match: re.Match[str]) -> Mention | None:
    kind = match.lastgroup
    if kind == "skip" or kind is None:
        return None
    start, end = match.span()
    if match["range"]:
        unit = _UNITS.get(match["range_unit"])
        what = (
            MentionKind.MONEY
            if unit
            else MentionKind.PERCENT
            if match["range_unit"] == "%"
            else MentionKind.COUNT
        )
        return Mention(what, start, end, None, unit, match["range_unit"], "range")
    if match["cn_percent"]:
        value = _chinese_decimal(match["cn_percent"])
        if value is None:
            return None
        return Mention(MentionKind.PERCENT, start, end, value, None, "%")
    if match["placeholder"]:
        unit = _UNITS.get(match["placeholder_unit"])
        what = MentionKind.PERCENT if unit is None else MentionKind.MISSING
        return Mention(what, start, end, None, unit, match["placeholder_unit"], "placeholder")
    if match["missing"]:
        unit = _UNITS[match["missing"]]
        return Mention(MentionKind.MISSING, start, end, None, unit, "", "number missing")
    if match["cn_number"]:
        count = chinese_number(match["cn_number"])
        if count is None:
            return None
        return Mention(MentionKind.COUNT, start, end, Decimal(count), None, match["cn_counter"])
    if match["cn_money"]:
        value = _chinese_decimal(match["cn_money"])
        return _money(text, (start, end), value, match["cn_money_unit"], None) if value else None
    return _arabic(text, match)


def _arabic(text: str, match: re.Match[str]) -> Mention | None:
    start, end = match.span()
    printed = match["number"].replace("–", "-")
    if printed[0] in "-+" and start and _JOINS.match(text[start - 1]):
        # A dash between two numbers or Latin words joins them; it is not a sign.
        printed, start = printed[1:], start + 1
    number: Decimal | None = Decimal(printed.replace(",", "").lstrip("△▲"))
    doubt = _number_doubt(text, start, printed)
    if printed[0] in "△▲" and number is not None:
        number, doubt = -number, doubt or "a triangle before the number: negative, or a mark"
    if match["point"]:
        doubt = doubt or "a decimal point without decimals"
    if (
        _TWO_OR_ONE.search(text, max(0, start - 3), start)
        and printed.count(",") == 1
        and text[end : end + 1] not in set(",、和与及")
    ):
        doubt = doubt or "a thousands separator, or a comma between two numbers"
    broken = _BROKEN_THOUSANDS.search(text, max(0, start - 24), start)
    if broken:
        # ``1,23.4``: neither a thousands separator nor a list of numbers with decimals.
        number, start = None, broken.start()
        doubt = "malformed thousands separator"
    unit_text = match["money"] or match["short"]
    if unit_text:
        return _money(text, (start, end), number, unit_text, doubt)
    if match["about"]:
        unit_text = re.sub("[余多]", "", match["about"])
        return _money(text, (start, end), number, unit_text, doubt or "approximate")
    if match["worded"]:
        unit_text = "万元" if match["worded"].endswith("万元") else "元"
        return _money(text, (start, end), None, unit_text, "a number partly in words")
    if match["rate"]:
        return Mention(MentionKind.COUNT, start, end, number, None, match["rate"], doubt)
    if match["percent"]:
        return Mention(MentionKind.PERCENT, start, end, number, None, match["percent"], doubt)
    if match["foreign"]:
        return Mention(MentionKind.COUNT, start, end, number, None, match["foreign"], doubt)
    if match["scaled_unit"]:
        scale = Decimal(_SCALES.get(match["scaled"][0], 1))
        about = doubt or ("approximate" if "余" in match[0] or "多" in match[0] else None)
        value = number * scale if number is not None else None
        return Mention(MentionKind.COUNT, start, end, value, None, match["scaled_unit"], about)
    if match["counter"]:
        named = _QUOTED_NAME.match(text, start - 1) if start else None
        if named is not None and named.end() > end + 1:
            return None
        about = doubt or ("approximate" if match["count"] else None)
        kind = MentionKind.COUNT
        if _THRESHOLD_AFTER.match(text, end) and _THRESHOLD_BEFORE.search(
            text, max(0, start - 8), start
        ):
            kind = MentionKind.THRESHOLD
        return Mention(kind, start, end, number, None, match["counter"], about)
    if _BARE_AFTER.match(text, end) and _BARE_BEFORE.search(text, max(0, start - 4), start):
        if re.fullmatch(r"(?:19|20)\d\d", printed):
            return None
        return Mention(MentionKind.BARE, start, end, number, None, "", doubt)
    return None


def _money(
    text: str, interval: tuple[int, int], number: Decimal | None, unit: str, doubt: str | None
) -> Mention:
    """A monetary figure, or the bound of a class of things (单价20万元以上)."""
    start, end = interval
    kind = MentionKind.MONEY
    before = max(0, start - 8)
    if _BOUND_BEFORE.search(text, before, start) or (
        _BOUND_AFTER.match(text, end) and not _THRESHOLD_BEFORE.search(text, before, start)
    ):
        doubt = doubt or "a bound, not the amount itself"
    elif (
        _THRESHOLD_AFTER.match(text, end)
        or _THRESHOLD_BEFORE.search(text, before, start)
        # ``1,000万元(含1,000万元)以上``: the bound is said again.
        or (text.endswith("(含", 0, start) and _INCLUDED.match(text, end))
    ):
        kind = MentionKind.THRESHOLD
    return Mention(kind, start, end, number, _UNITS[unit], unit, doubt)


def _number_doubt(text: str, start: int, printed: str) -> str | None:
    """Why a run of digits may not be the number it looks like."""
    if printed[0] == "-" and _DIRECTION_BEFORE.search(text, max(0, start - 2), start):
        return "a sign after a word of direction"
    if printed[0] in "-+" and start and text[start - 1] not in _SIGN_BEFORE:
        return "a dash between a word and a number: a sign or a separator"
    if start and text[start - 1] == ".":
        return "a decimal point before the digits"
    if sum(c.isdigit() for c in printed) > _MAX_DIGITS:
        return "too many digits for one number"
    if start >= 2 and text[start - 1] == " " and text[start - 2].isdigit():
        return "digits before a space: one number or two"
    if start and (text[start - 1].isascii() and text[start - 1].isalpha()):
        return "a letter directly before the digits"
    if len(printed) > 1 and printed[0] == "0" and printed[1] != ".":
        return "leading zero"
    return None


def _chinese_decimal(text: str) -> Decimal | None:
    whole, _, fraction = text.partition("点")
    value = chinese_number(whole)
    if value is None:
        return None
    if not fraction:
        return Decimal(value)
    digits = chinese_number(fraction)
    return Decimal(f"{value}.{digits:0{len(fraction)}d}") if digits is not None else None


def _respective(text: str, found: list[Mention]) -> tuple[Mention, ...]:
    """Give the unit of a list's last number to the bare numbers before it (各是A,B万元)."""
    for index in range(len(found) - 2, -1, -1):
        here, after = found[index], found[index + 1]
        if (
            here.kind is MentionKind.BARE
            and after.kind in {MentionKind.MONEY, MentionKind.PERCENT}
            and text[here.end : after.start] in {",", "、", "和", "与", "及"}
        ):
            found[index] = evolve(
                after,
                start=here.start,
                end=here.end,
                number=here.number,
                unit_text="" if after.unit else after.unit_text,
                doubt=here.doubt,
            )
    return tuple(found)
