"""Monetary units 金额单位 and how they are declared: 单位：万元, （万元）, 金额单位：人民币元."""

from __future__ import annotations

import re

from disclosure_parser.language.values import Unit

#: ``万`` and ``亿`` stand for the unit where money is meant.
_WORDS = {unit.value: unit for unit in Unit} | {"万": Unit.TEN_THOUSAND, "亿": Unit.HUNDRED_MILLION}
_FULL = "亿元|百万元|万元|千元|元"
# What may follow a declared unit when the line's spaces are folded away: 单位:元编制部门:….
# A name that begins with the character is no unit (单位:元氏县…).
# Two units side by side (元、万元) declare none.
_END = (
    r"(?![、,/(](?:百?万|亿|千)?元)"
    r"(?=$|[^\w/每]|_|编制|填报|编报|部门|单位|金额|预算|决算|公开|截[止至]|日期|时间|年度|第\d|共\d"
    r"|制表|币种|20\d\d)"
)
_WITH = r"(?:[^\W\d_元]{1,4}[、,/])?(?:人民币)?"
_DECLARATION = re.compile(
    rf"""
      \(?(?:金额|货币|计量|计价|记账|数据|币值)?单位(?:均|统一|都)?(?:是|为)?:?
        (?:{_WITH}(?P<word>{_FULL}|[万亿])|\((?:人民币)?(?P<inner>{_FULL}|[万亿])\)){_END}
        (?:\(人民币\)|[、,]%)?\)?
    | \((?:人民币|金额:?)?(?P<bracketed>{_FULL})(?:[、,]%)?\)
    | (?:金额|人民币):(?P<short>{_FULL}){_END}
    | [以按](?P<base>{_FULL})为(?:计量|计算|金额)?单位
    """,
    re.VERBOSE,
)


def unit_of(word: str) -> Unit | None:
    """The monetary unit that a folded word names (``万元``, ``万``, ``人民币元``), if it is one."""
    return _WORDS.get(word.removeprefix("人民币"))


def find_unit_declaration(folded: str, start: int = 0) -> tuple[Unit, int, int] | None:
    """The first declaration of a monetary unit in a folded text, and its interval.

    Units of other things (计量单位：台, 单位：人) and names of agencies (单位：某某局) are none.
    """
    if "元" not in folded and "单位" not in folded:
        return None
    match = _DECLARATION.search(folded, start)
    if match is None:
        return None
    word = next(group for group in match.groups() if group)
    first, last = match.span()
    # A bracket that the declaration shares with other words is not part of it.
    if folded[first] == "(" and folded[last - 1] != ")":
        first += 1
    elif folded[last - 1] == ")" and folded[first:last].count("(") < folded[first:last].count(")"):
        last -= 1
    return _WORDS[word], first, last
