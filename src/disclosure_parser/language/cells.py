"""Values of table cells: amounts, quantities, performance targets.

A cell holds one value and nothing else, so the whole cell must read as one number; anything
more, and anything malformed, is ``TEXT`` with the doubt named, never a guess.
"""

from __future__ import annotations

import re
from decimal import Decimal

from attrs import frozen

from disclosure_parser.document import Anchor, fold_text
from disclosure_parser.language.phrases import find_operator
from disclosure_parser.language.units import unit_of
from disclosure_parser.language.values import (
    Amount,
    Operator,
    Quantity,
    Unit,
    UnitOrigin,
    ValueState,
    in_yuan,
)

_WHOLE = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*|0)"
#: The common cell, read without folding.
_PLAIN = re.compile(rf"-?{_WHOLE}(?:\.[0-9]+)?")
_STRICT = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_SIGNED = re.compile(
    r"(?P<open>\()?(?P<sign>[-+–△▲])?(?P<currency>[¥￥])?(?P<digits>[0-9][0-9,.]*)(?P<rest>.*)",
    re.DOTALL,
)
_DASH = re.compile(r"[-—–─―_/\\]+")
_NIL = re.compile(
    r"\(?(?:无|没有|暂无|空|空白|空表|(?:本|此)表(?:为空(?:表)?|无数据)|不涉及|未安排|N/A"
    r"|无(?:此项|数据|内容|此项(?:支出|目|内容|业务)|相关(?:支出|内容|数据|项目)))\)?[。.]?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"[0-9.,%]+[万亿]?\D{0,4}?[-—–~～至][0-9.]+")
_SCALED = re.compile(r"(?P<scale>[万亿])(?!元|美元|欧元|港元|日元|英镑)")
_POWERS = {"万": 4, "亿": 8}
# A unit of a quantity is a short run of words; with a digit or a full stop it is a phrase.
_UNIT_TEXT = re.compile(r"[^\d。;:,()=<>≥≤]{1,12}|[^\d。;:,()=<>≥≤%]{1,6}\([^\d()]{1,4}\)")
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}年|[0-9]{1,2}月(?:[0-9]|底|前|末|份|$)|.*[0-9年月](?:底|末|前|日)"
)
_BOUND_AFTER = re.compile(r"(?:\(含\)|含)?(?=及?以[上下内]$)")
_WITHIN_TIME = re.compile(r"(?<=[年月天日时钟周])之?内$")
_INCLUSIVE = re.compile(r"\(含[^()]{0,6}\)$")
_OPERATORS = {"=": Operator.EQ, "==": Operator.EQ, "等于": Operator.EQ, "最多": Operator.LE}
#: Longer runs of digits are codes run together or broken print, not amounts.
_MAX_DIGITS = 18


@frozen
class _Number:
    """The number that a folded text reads as, or why it does not."""

    value: Decimal | None
    rest: str = ""
    doubt: str | None = None


def read_amount(
    text: str,
    anchor: Anchor,
    unit: Unit | None = None,
    unit_origin: UnitOrigin | None = None,
) -> Amount:
    """The amount of money that a table cell holds.

    ``anchor`` is the whole cell; ``unit`` is the unit of its column or table and gives way to a
    unit printed in the cell. The state is ``TEXT`` for whatever is not exactly one number, and
    ``doubt`` then says what was wrong where there were digits.
    """
    if _PLAIN.fullmatch(text) and len(text) <= _MAX_DIGITS:
        number = Decimal(text.replace(",", ""))
        return Amount(
            state=ValueState.NUMBER,
            text=text,
            anchor=anchor,
            number=number,
            unit=unit,
            unit_origin=unit_origin if unit else None,
            yuan=in_yuan(number, unit),
        )
    text, anchor = _trimmed(text, anchor)
    folded = fold_text(text)
    state = _state(folded)
    if state is not ValueState.NUMBER:
        return Amount(state=state, text=text, anchor=anchor)
    read = _number(folded, text)
    value, doubt = read.value, read.doubt
    if value is not None and read.rest:
        printed = unit_of(read.rest)
        if printed is None:
            value, doubt = None, _rest_doubt(read.rest)
        else:
            unit, unit_origin = printed, UnitOrigin.BESIDE
    if value is None:
        return Amount(state=ValueState.TEXT, text=text, anchor=anchor, doubt=doubt)
    return Amount(
        state=ValueState.NUMBER,
        text=text,
        anchor=anchor,
        number=value,
        unit=unit,
        unit_origin=unit_origin if unit else None,
        yuan=in_yuan(value, unit),
        doubt=doubt,
    )


def read_quantity(text: str, anchor: Anchor, unit: str = "") -> Quantity:
    """The number of things, share or score that a table cell holds.

    ``unit`` is the unit of the column (``辆``, ``%``); a unit printed in the cell overrides it.
    ``1.2万`` is 12000.
    """
    text, anchor = _trimmed(text, anchor)
    folded = fold_text(text)
    state = _state(folded)
    if state is not ValueState.NUMBER:
        return Quantity(state=state, text=text, anchor=anchor)
    value, printed, doubt = _measured(folded, text)
    if value is None:
        return Quantity(state=ValueState.TEXT, text=text, anchor=anchor, doubt=doubt)
    return Quantity(
        state=ValueState.NUMBER,
        text=text,
        anchor=anchor,
        number=value,
        unit=printed or unit,
        doubt=doubt,
    )


def split_target(text: str) -> tuple[Operator | None, Decimal | None, str, ValueState]:
    """A performance target 指标值 in its parts: operator, number, unit text, state.

    ``≥32 台、件、套`` gives ``(GE, 32, "台、件、套", NUMBER)``; an operator alone has the state
    ``BLANK``. In the state ``TEXT`` there is no number, and the words (``显著``, ``2-3个``) stand
    where the unit would; ``文字描述`` and ``定性`` are the operator for words.
    """
    folded = fold_text(text)
    if folded in {"文字描述", "定性", "定性指标", "定性描述"}:
        return Operator.TEXT, None, "", ValueState.TEXT
    state = _state(folded)
    if state is not ValueState.NUMBER:
        bare = _operator(folded)
        if bare is not None:
            return bare, None, "", ValueState.BLANK
        return None, None, text.strip() if state is ValueState.TEXT else "", state
    start = next((i for i, c in enumerate(folded) if c.isascii() and c.isdigit()), 0)
    if start and folded[start - 1] in "-–" and _operator(folded[: start - 1]) is not None:
        start -= 1
    operator = None
    body = folded
    if start and folded[:start] != "-":
        operator, body = _operator(folded[:start]), folded[start:]
        if operator is None:
            return None, None, text.strip(), ValueState.TEXT
    if operator in {Operator.GE, Operator.LE}:
        body = _INCLUSIVE.sub("", body)
    bound, within = _BOUND_AFTER.search(body), _WITHIN_TIME.search(body)
    if within:
        operator, body = operator or Operator.LE, body[: within.start()]
    elif bound:
        operator = operator or find_operator(body, bound.end(), bound.end())
        body = body[: bound.start()]
    value, unit, _ = (None, "", "") if _DATE.match(body) else _measured(body, text)
    if value is None:
        return None, None, text.strip(), ValueState.TEXT
    return operator, value, unit, ValueState.NUMBER


def _operator(words: str) -> Operator | None:
    """The operator that words are, if they are nothing else."""
    if words in _OPERATORS:
        return _OPERATORS[words]
    found = find_operator(words, len(words), len(words))
    # The words say more than the operator if they still say it without their first character.
    if found is not None and find_operator(words[1:], len(words) - 1, len(words) - 1) is found:
        return None
    return found


def _state(folded: str) -> ValueState:
    """The state by the look of a folded cell; ``NUMBER`` where there is a digit to read."""
    if not folded:
        return ValueState.BLANK
    if _DASH.fullmatch(folded):
        return ValueState.DASH
    if any(c.isdigit() for c in folded):
        return ValueState.NUMBER
    return ValueState.NIL if _NIL.fullmatch(folded) else ValueState.TEXT


def _measured(folded: str, text: str) -> tuple[Decimal | None, str, str | None]:
    """Number, unit text and doubt of a folded quantity."""
    if _RANGE.match(folded):
        return None, "", "a range, not one number"
    read = _number(folded, text)
    value, rest = read.value, read.rest
    if value is None:
        return None, "", read.doubt
    scaled = _SCALED.match(rest)
    if scaled:
        value = value.scaleb(_POWERS[scaled["scale"]])
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and exponent > 0:
            value = value.quantize(Decimal(1))
        rest = rest[1:]
    if rest and not _UNIT_TEXT.fullmatch(rest):
        return None, "", _rest_doubt(rest)
    return value, rest, read.doubt


def _number(folded: str, text: str) -> _Number:
    """Read the number at the start of a folded text, with its sign forms."""
    folded = folded.removeprefix("'")
    match = _SIGNED.match(folded)
    if match is None:
        return _Number(None, doubt="words before the number")
    digits, rest = match["digits"], match["rest"]
    doubt = None
    if rest.startswith(" "):
        joined = _joined(digits + rest, text)
        if joined is None:
            return _Number(None, doubt="a space between digits: one number or two")
        digits, rest, doubt = joined, "", "a number broken over two lines"
    if not _STRICT.fullmatch(digits):
        return _Number(None, doubt="a malformed number")
    plain = digits.replace(",", "")
    if len(plain) > _MAX_DIGITS:
        return _Number(None, doubt="too many digits for one number")
    if len(plain) > 1 and plain[0] == "0" and plain[1] != ".":
        doubt = "a leading zero"
    negative = match["sign"] in {"-", "–", "△", "▲"}
    if match["open"]:
        # Accounting brackets close after the number or after its unit.
        if ")" not in rest or match["sign"]:
            return _Number(None, doubt="brackets around part of the number")
        inner, _, outer = rest.partition(")")
        if inner and outer:
            return _Number(None, doubt="words around the number")
        rest, negative = inner or outer, True
        if not rest and len(plain) < 3:
            doubt = doubt or "a number in brackets: negative, or a list mark"
    if match["currency"]:
        doubt = doubt or "a currency sign in the cell"
    value = Decimal(plain)
    return _Number(-value if negative else value, rest, doubt)


def _joined(folded: str, text: str) -> str | None:
    """Digits that a line end broke, where the thousands separators prove what belongs together."""
    pieces = folded.split(" ")
    if len(pieces) != 2 or "\n" not in text.strip() or "," not in folded:
        return None
    whole = "".join(pieces)
    proven = _STRICT.fullmatch(whole) and not all(_STRICT.fullmatch(piece) for piece in pieces)
    return whole if proven else None


def _rest_doubt(rest: str) -> str:
    if rest in {"%", "‰"}:
        return "a percentage, not an amount"
    return "more than one number" if any(c.isdigit() for c in rest) else "words after the number"


def _trimmed(text: str, anchor: Anchor) -> tuple[str, Anchor]:
    """Text without outer white space, and the anchor of what is left."""
    stripped = text.strip()
    if len(stripped) == len(text):
        return text, anchor
    lead = len(text) - len(text.lstrip())
    start = anchor.start + lead
    return stripped, anchor.at(start, start + len(stripped))
