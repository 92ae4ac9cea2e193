"""Chinese and Arabic numerals 中文数字."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
    "俩": 2,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
#: Characters that a Chinese numeral is written with, for use inside a character class.
CHINESE_DIGITS = "零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟廿卅"


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral such as ``十二``, ``一百零三``, ``二〇二〇``, ``廿三``.

    ``None`` for anything that is not one.
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not text:
        return None
    if all(c in _DIGITS for c in text):
        value = 0
        for c in text:
            value = value * 10 + _DIGITS[c]
        return value
    total = section = digit = 0
    scale = ceiling = 10**13
    for c in text:
        if c in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[c]
        elif c in _UNITS and _UNITS[c] < ceiling:
            ceiling = _UNITS[c]
            section += (digit or 1) * ceiling
            digit = 0
        elif c in _LARGE and (section + digit or total):
            # 三亿五千万: a smaller scale adds; 一万亿: a larger one scales what stands before.
            if _LARGE[c] < scale:
                total += (section + digit) * _LARGE[c]
            else:
                total = (total + section + digit) * _LARGE[c]
            scale = _LARGE[c]
            section = digit = 0
            ceiling = 10**13
        else:
            return None
    return total + section + digit
