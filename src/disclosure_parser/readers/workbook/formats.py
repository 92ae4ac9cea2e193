"""Number formats 数字格式: a stored number as the sheet prints it.

A workbook stores binary floating-point numbers and prints decimals. The decimal meant is the
shortest one that names the stored number in the fifteen digits that spreadsheets keep, so
0.1 + 0.2 is 0.3. A format then rounds it half up, as it is printed, so a printed figure may be
rounder than the stored one: it is the printed figure that was disclosed. The format ``General``
prints up to ten digits where there are decimals, but at least two decimals; a column that is too
narrow would print less, or ``####``, which is not followed.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from attrs import frozen

from disclosure_parser.readers.workbook.dates import Tokens, date_text

GENERAL = "General"
#: Digits that spreadsheets keep, and those that General prints beside a point.
_DIGITS = 15
_GENERAL_DIGITS = 10
_LEAST_DECIMALS = 2
_MOST_DECIMALS = 30
_EXACT = Context(prec=_DIGITS, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
_LONGEST_CODE = 255
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<exponent>E[+-])|(?P<ampm>上午/下午|AM/PM|A/P)"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|aaaa?|e+|b+|g+)|(?P<digit>[0#?])|(?P<mark>[.,%@/])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-\]]*)(?:-.*)?")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)

#: What the numbers of built-in formats stand for, with those of the Chinese edition.
BUILT_IN: dict[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '"¥"* #,##0;"¥"* -#,##0;"¥"* "-";@',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '"¥"* #,##0.00;"¥"* -#,##0.00;"¥"* "-"??;@', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip


@frozen
class Section:
    """One of the up to four parts of a format, with the condition that chooses it."""

    tokens: Tokens
    condition: tuple[str, Decimal] | None

    @property
    def is_date(self) -> bool:
        return any(kind in ("date", "ampm", "elapsed") for kind, _ in self.tokens)

    @property
    def digits(self) -> bool:
        return any(kind == "digit" for kind, _ in self.tokens)


def decimal_of(number: float) -> Decimal:
    """The shortest decimal that names a stored number, of at most fifteen digits."""
    return _EXACT.plus(Decimal(repr(number)))


def number_text(number: float, code: str, *, epoch_1904: bool = False) -> str:
    """A number as a format prints it; white space that only aligns is left out.

    A format that cannot be followed prints the number as General does.
    """
    value = decimal_of(number)
    if not value.is_finite():
        return str(number)
    sections = parse_format(code)
    section, negate = _choose(sections, value)
    if section is None:
        return ""
    if section.is_date:
        text = date_text(number, section.tokens, epoch_1904=epoch_1904)
        return general(value) if text is None else text
    return _fill(section.tokens, abs(value) if negate else value)


def text_as(text: str, code: str) -> str:
    """A text as a format prints it: its fourth part, if it has one, may add to it."""
    sections = parse_format(code)
    with_text = [s for s in sections if any(kind == "mark" and t == "@" for kind, t in s.tokens)]
    if not with_text:
        # A fourth part without @ prints its own words, or nothing at all.
        return (
            "".join(t for kind, t in sections[3].tokens if kind == "text") if sections[3:] else text
        )
    return "".join(
        text if kind == "mark" and piece == "@" else piece if kind == "text" else ""
        for kind, piece in with_text[-1].tokens
    )


def general(value: Decimal) -> str:
    """A number as General prints it."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or value == value.to_integral_value():
        return f"{value.to_integral_value():f}"
    whole = max(value.adjusted() + 1, 1)
    decimals = max(_GENERAL_DIGITS - whole, _LEAST_DECIMALS)
    if value.adjusted() < -4:
        return f"{_WIDE.normalize(value):f}"
    if -exponent > decimals:
        value = value.quantize(Decimal(1).scaleb(-decimals), context=_WIDE)
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


@lru_cache(maxsize=4096)
def parse_format(code: str) -> tuple[Section, ...]:
    """The parts of a format; never none."""
    sections: list[Section] = []
    tokens: list[tuple[str, str]] = []
    condition: tuple[str, Decimal] | None = None
    for match in _TOKEN.finditer(code[:_LONGEST_CODE]):
        kind = match.lastgroup
        piece = match[kind] if kind else ""
        if kind == "other" and piece == ";":
            sections.append(Section(tuple(tokens), condition))
            tokens, condition = [], None
        elif kind == "bracket":
            found = _CONDITION.fullmatch(piece.strip())
            currency = _CURRENCY.fullmatch(piece)
            if found:
                condition = found[1], Decimal(found[2])
            elif currency and currency[1]:
                tokens.append(("text", currency[1]))
            elif _ELAPSED.fullmatch(piece):
                tokens.append(("elapsed", piece.lower()))
            elif piece.upper().startswith("DBNUM"):
                tokens.append(("chinese", piece[5:6]))
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(("text", piece))
        elif kind:
            tokens.append((kind, piece if kind in ("mark", "digit", "ampm") else piece.lower()))
    sections.append(Section(tuple(tokens), condition))
    return tuple(sections)


def _choose(sections: tuple[Section, ...], value: Decimal) -> tuple[Section | None, bool]:
    """The part that prints a number, and whether it prints it without its sign."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _holds(section.condition, value):
                # A part for negative numbers alone says the sign itself.
                negative = section.condition is not None and section.condition[0] in ("<", "<=")
                return section, value < 0 and negative
        return None, False
    if len(numeric) == 1 or value > 0 or (value == 0 and len(numeric) < 3):
        return numeric[0], False
    return (numeric[1], True) if value < 0 else (numeric[2], False)


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    sign, bound = condition
    return {
        "<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound,
        "=": value == bound, "<>": value != bound,
    }[sign]  # fmt: skip


def _fill(tokens: Tokens, value: Decimal) -> str:
    """The tokens with a number in their digit places."""
    kinds = [kind for kind, _ in tokens]
    marks = [piece for kind, piece in tokens if kind == "mark"]
    if not tokens:
        return ""
    if "general" in kinds or ("@" in marks and "digit" not in kinds):
        printed = general(value)
        return "".join(
            printed if kind == "general" or piece == "@" else piece if kind == "text" else ""
            for kind, piece in tokens
        ).strip()
    if "digit" not in kinds:
        # A part of words only, such as "-" for a zero.
        text = "".join(p for k, p in tokens if k == "text" or (k == "mark" and p in ",/.%"))
        return text.strip()
    if "exponent" in kinds or "/" in marks:
        return general(value)
    return _fill_digits(tokens, value)


def _fill_digits(tokens: Tokens, value: Decimal) -> str:
    first = next(i for i, (kind, _) in enumerate(tokens) if kind == "digit")
    last = max(i for i, (kind, _) in enumerate(tokens) if kind == "digit")
    number = [(k, p) for k, p in tokens[first : last + 1] if k in ("digit", "mark")]
    # Commas behind the last digit divide by a thousand each; inside they group.
    scaled = 0
    for kind, piece in tokens[last + 1 :]:
        if kind != "mark" or piece != ",":
            break
        scaled += 1
    percent = sum(kind == "mark" and piece == "%" for kind, piece in tokens)
    value = value.scaleb(2 * percent - 3 * scaled, context=_WIDE)
    point = next((i for i, (_, p) in enumerate(number) if p == "."), len(number))
    places = [p for _, p in number[point + 1 :] if p in "0#?"][:_MOST_DECIMALS]
    grouped = any(p == "," for _, p in number[:point])
    least = sum(p in "0" for _, p in number[:point])
    sign, whole, decimals = _digits(value, len(places))
    while decimals and places[len(decimals) - 1] != "0" and decimals.endswith("0"):
        decimals = decimals[:-1]
    whole = "" if whole == "0" and not least else whole.rjust(least, "0")
    if grouped:
        whole = f"{int(whole or 0):,}".rjust(len(whole), "0") if whole else ""
    body = whole + ("." + decimals if decimals or (point < len(number) and not places) else "")
    # Words between the digits (###-####) are rare; they follow the number here.
    inside = "".join(p for k, p in tokens[first : last + 1] if k == "text")
    before = _around(tokens[:first])
    after = _around(tokens[last + 1 :])
    return (sign + before + body + inside + after).strip()


def _digits(value: Decimal, places: int) -> tuple[str, str, str]:
    """The sign, the whole digits and the decimals of a number rounded to ``places``."""
    rounded = value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
    sign = "-" if rounded < 0 else ""
    whole, _, decimals = f"{abs(rounded):f}".partition(".")
    return sign, whole, decimals


def _around(tokens: Tokens) -> str:
    return "".join(p for k, p in tokens if k == "text" or (k == "mark" and p in "%/"))
