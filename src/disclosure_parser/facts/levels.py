"""Whose figures a government's report prints 级次: the region's, its own level's, a zone's.

A report on the budget of a government speaks of 全市 (all levels of the region together), of 市本级
(the government's own level) and of zones with a budget of their own (高新区), often under headings
with the same words. What is nearest to a figure tells: the title of its table, its own label, the
headings above it, the title of the report. Where nothing does, the scope stays 政府.

Source: 预算法 arts. 3 and 4 (一级政府一级预算; 总预算 = 本级预算 + 汇总的下一级总预算).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from attrs import evolve, frozen

from disclosure_parser.document import fold_text
from disclosure_parser.facts.model import Fact
from disclosure_parser.identity import Identity, Scope
from disclosure_parser.outline.model import Section

_KINDS = "省市县区州盟旗"
_KIND = re.compile(f"[{_KINDS}](?=[^{_KINDS}]*$)")
_YEAR = r"(?:关于)?(?:20\d\d年度?)?"
_ZONE = re.compile(
    rf"{_YEAR}(?P<name>[\u4e00-\u9fff]{{1,12}}?(?:开发区|高新区|经开区|新区|管理区|园区|示范区|度假区))"
    r"(?:20\d\d年度?)?(?:预算|一般公共|政府性|国有资本|社会保险|社保|收入|支出|收支)"
)


@frozen
class _Level:
    scope: Scope
    #: A zone with a budget of its own; ``None`` for the report's own region.
    zone: str | None = None


@frozen
class _Words:
    """What names the levels of a government of one kind (省, 市 …)."""

    whole: re.Pattern[str]
    own: re.Pattern[str]
    #: The beginning of a label: what a thing is for or from (支持市级…) is not whose it is.
    label: re.Pattern[str]


@cache
def _words(kind: str) -> _Words:
    return _Words(
        whole=re.compile(f"全[{kind}]"),
        own=re.compile(f"[{kind}](?:本级|级(?!以[上下]))|^{_YEAR}本级"),
        label=re.compile(f"{_YEAR}(?:全[{kind}]|[{kind}]?本级|[{kind}]级(?!以[上下]))"),
    )


def with_levels(
    facts: Iterable[Fact], identity: Identity, sections: Iterable[Section]
) -> Iterator[Fact]:
    """The facts of a government's report with the level that each is of; others as they are."""
    if identity.scope is not Scope.GOVERNMENT:
        yield from facts
        return
    kind = _KIND.search(identity.agency or "")
    words = _words(kind[0] if kind is not None else _KINDS)
    said = identity.title.text if identity.title is not None else ""
    # A line that goes on (…市本级预算和 / 市总预算草案的报告) may name the other level as well.
    title = _level(said, words) if not said.endswith(("和", "与", "及", "、")) else None
    levels = dict(_of_blocks(sections, words, title))
    for fact in facts:
        level = (
            _level(fact.table_title, words)
            or _level(fact.label, words, only=words.label)
            or levels.get(fact.anchor.block, title)
        )
        if level is None or fact.entity != identity.agency:
            yield fact
        else:
            yield evolve(fact, scope=level.scope, entity=level.zone or fact.entity)


def _of_blocks(
    sections: Iterable[Section], words: _Words, above: _Level | None
) -> Iterator[tuple[int, _Level | None]]:
    """The level of each block, by the headings above it."""
    for section in sections:
        level = _level(section.title, words) or above
        yield from ((block, level) for block in section.blocks)
        yield from _of_blocks(section.children, words, level)


def _level(printed: str, words: _Words, only: re.Pattern[str] | None = None) -> _Level | None:
    """The level that a text, or the part ``only`` at its beginning, names; ``None`` where it names
    none, or several (全市和市本级)."""
    text = fold_text(printed)
    zone = _ZONE.match(text)
    if zone is not None:
        return _Level(Scope.GOVERNMENT, zone["name"])
    if only is not None:
        part = only.match(text)
        text = part[0] if part is not None else ""
    whole, own = words.whole.search(text), words.own.search(text)
    if (whole is None) == (own is None):
        return None
    return _Level(Scope.REGION if whole else Scope.OWN_LEVEL)
