"""Numbering marks 序号: 第一部分, 一、, （一）, 1., （1）, ①, 第一条 and their relatives.

The grammar only reads marks; what a mark means (heading, list item, contents line) is decided
by whoever sees its surroundings.
"""

from __future__ import annotations

import re
from enum import StrEnum

from attrs import frozen

from disclosure_parser.language.numerals import CHINESE_DIGITS, chinese_number


class MarkFamily(StrEnum):
    """The form of a mark. Two marks of one family can be siblings; rank is not implied."""

    PART = "第一部分"
    CHAPTER = "第一章"
    ARTICLE = "第一条"
    CHINESE = "一、"
    CHINESE_BRACKETED = "（一）"
    ARABIC = "1."
    ARABIC_BRACKETED = "（1）"
    ARABIC_HALF = "1）"
    DECIMAL = "1.1"
    CIRCLED = "①"
    WORD = "一是"
    LETTER = "A."
    ROMAN = "Ⅰ."


@frozen
class Mark:
    """A numbering mark at the start of a folded text: family, ordinal, where its title starts."""

    family: MarkFamily
    ordinal: int
    end: int


_CN = f"[{CHINESE_DIGITS}]{{1,5}}"
_NUMBER = rf"(?:{_CN}|\d{{1,3}})"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PATTERN = re.compile(
    rf"""
      第(?P<part>{_NUMBER})(?:大?部分|部份)[:、.,]?
    | 第(?P<chapter>{_NUMBER})[章节篇][:、.,]?
    | 第(?P<article>{_NUMBER})条[:、.,]?
    | \((?P<chinese_bracketed>{_CN})\)[、.]?
    | (?P<word>[一二三四五六七八九十]{{1,2}})是(?!否)
    | (?P<chinese>{_CN})(?:[、.]|,(?=\D))
    | (?P<chinese_half>{_CN})\)(?=\D)
    | \((?P<arabic_bracketed>\d{{1,3}})\)[、.]?
    | (?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})
      (?=[、\s]|[^\W\d_a-zA-Z%万亿元个家人次辆台套倍])[、.]?
    | (?P<arabic>\d{{1,3}})(?:、|\.(?!\d|$)|\.(?=(?:19|20)\d\d年)|,(?=[^\W\d_]))
    | (?P<arabic_half>\d{{1,3}})\)(?=\D)
    | (?P<circled>[{_CIRCLED}])[、.]?
    | (?P<roman>[{_ROMAN}])[、.]?
    | (?P<letter>[A-Za-z])[、.](?![0-9A-Za-z.])
    """,
    re.VERBOSE,
)
_FAMILIES = {family.name.lower(): family for family in MarkFamily}
# ``一）``: a bracketed mark that lost its first bracket.
_FAMILIES["chinese_half"] = MarkFamily.CHINESE_BRACKETED


def read_mark(folded: str, position: int = 0) -> Mark | None:
    """The numbering mark that stands at ``position`` of a folded text, if any does.

    A decimal number (``1.5万元``), a year (``2020年``) or a date is not a mark.
    """
    match = _PATTERN.match(folded, position)
    if match is None or match.lastgroup is None:
        return None
    return Mark(_FAMILIES[match.lastgroup], _ordinal(match.group(match.lastgroup)), match.end())


def _ordinal(text: str) -> int:
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    if text in _ROMAN:
        return _ROMAN.index(text) + 1
    if text.isascii() and text.isalpha():
        return ord(text.lower()) - ord("a") + 1
    if text[0].isdigit():
        return int(text.rsplit(".", 1)[-1])
    return chinese_number(text) or 0
