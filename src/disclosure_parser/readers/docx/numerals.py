"""The number formats of Word's automatic numbering 自动编号: a count as it is printed."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
#: Word prints letters up to thirty times; more is no numbering.
_LETTERS = 780


def _grouped(value: int, digits: str, units: str, groups: str, *, bare_ten: bool) -> str:
    """A number in words: ``digits`` from zero, ``units`` 十百千, ``groups`` 万亿.

    ``bare_ten`` leaves out the one before the first ten: 十一, not 一十一.
    """
    if value == 0:
        return digits[0]
    text = ""
    zero = False
    for group in range((len(str(value)) - 1) // 4, -1, -1):
        number = value // 10_000**group % 10_000
        for place in (3, 2, 1, 0):
            digit = number // 10**place % 10
            if digit == 0:
                zero = bool(text)
                continue
            if zero:
                text += digits[0]
                zero = False
            text += digits[digit] + (units[place - 1] if place else "")
        if number and group:
            text += groups[group - 1]
    if bare_ten and text.startswith(digits[1] + units[0]):
        return text[1:]
    return text


def _counting(value: int) -> str:
    """一 … 九十九, above that digit by digit with a round zero."""
    if value < 100:
        return _grouped(value, _DIGITS, "十百千", "万亿", bare_ten=True)
    return _positional(value).replace("〇", "○")


def _thousands(value: int) -> str:
    return _grouped(value, "零" + _DIGITS[1:], "十百千", "万亿", bare_ten=True)


def _japanese(value: int) -> str:
    text = _grouped(value, "\0" + _DIGITS[1:], "十百千", "万億", bare_ten=True).replace("\0", "")
    for unit in "百千":  # 百, not 一百
        text = text.replace("一" + unit, unit)
    return text or "〇"


def _positional(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _roman(value: int) -> str:
    if not 0 < value < 5000:
        return str(value)
    text = ""
    for number, letters in _ROMAN:
        count, value = divmod(value, number)
        text += letters * count
    return text


def _letters(value: int) -> str:
    if not 0 < value <= _LETTERS:
        return str(value)
    return chr(ord("a") + (value - 1) % 26) * (1 + (value - 1) // 26)


def _full_width(value: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(value))


def _listed(first: str, count: int) -> Callable[[int], str]:
    """Characters that follow each other in Unicode, then plain numbers."""
    return lambda value: chr(ord(first) + value - 1) if 0 < value <= count else str(value)


def _named(names: str) -> Callable[[int], str]:
    return lambda value: names[value - 1] if 0 < value <= len(names) else str(value)


def _circled(value: int) -> str:
    for first, last, start in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= value <= last:
            return chr(ord(start) + value - first)
    return str(value)


def _sexagenary(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if 0 < value <= 60 else str(value)


def _ordinal(value: int) -> str:
    teen = value // 10 % 10 == 1
    return f"{value}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _listed("⑴", 20),
    "decimalEnclosedFullstop": _listed("⒈", 20),
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": _ordinal,
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands,
    "japaneseCounting": _japanese,
    "koreanCounting": _thousands,
    "ideographDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "taiwaneseDigital": lambda value: _positional(value).replace("〇", "○"),
    "chineseLegalSimplified": lambda value: _grouped(
        value, _LEGAL_SIMPLIFIED, "拾佰仟", "万亿", bare_ten=False
    ),
    "ideographLegalTraditional": lambda value: _grouped(
        value, _LEGAL_TRADITIONAL, "拾佰仟", "萬億", bare_ten=False
    ),
    "ideographTraditional": _named(_STEMS),
    "ideographZodiac": _named(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _listed("㊀", 10),
    "none": lambda _: "",
}


def known(form: str) -> bool:
    """Whether :func:`printed` prints this ``numFmt`` as Word does."""
    return form in _FORMS


def printed(value: int, form: str) -> str:
    """A count as ``numFmt`` prints it; a format that is not known prints plain digits."""
    if value < 0:
        return str(value)
    return _FORMS.get(form, str)(value)
