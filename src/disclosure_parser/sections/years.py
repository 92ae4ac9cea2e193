"""Years of lines: what 上年 means, and headings that look back to an earlier year."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import evolve

from disclosure_parser.document import fold_text
from disclosure_parser.language.items import PhasedAmount
from disclosure_parser.language.values import BaseKind, Change
from disclosure_parser.outline.model import Section


def dated_amount(amount: PhasedAmount, year: int | None) -> PhasedAmount:
    """The figure of a base without a year is of the year before the thing's own."""
    if amount.base is None or amount.year is not None or year is None:
        return amount
    return evolve(amount, year=year - 1)


def dated_change(change: Change, year: int | None) -> Change:
    """上年 and 同比 mean the year before the thing's own."""
    undated = change.base_year is None and change.base is not None
    if undated and year is not None and change.base not in _UNDATED:
        return evolve(change, base_year=year - 1)
    return change


def years_of_sections(sections: Iterable[Section], fiscal_year: int | None) -> dict[str, int]:
    """The years of sections, by id, whose heading says that they look back: 2025年预算执行情况 in
    a report on the budget of 2026. What stands under such a heading is of that year."""
    found: dict[str, int] = {}

    def note(section: Section, above: int | None) -> None:
        years = set(_LOOKING_BACK.findall(fold_text(section.title)))
        year = int(years.pop()) if len(years) == 1 else above
        told = {int(y) for y in _YEAR.findall(fold_text(section.title))}
        if year is not None and told and told != {year}:
            year = None
        if year is not None and fiscal_year is not None and year < fiscal_year:
            found[section.id] = year
        for child in section.children:
            note(child, year)

    for section in sections:
        note(section, None)
    return found


_YEAR = re.compile(r"(20\d\d)年")
_LOOKING_BACK = re.compile(r"(20\d\d)年(?!.*草案)(?=.*(?:执行|完成|决算|收支)情况)")
_UNDATED = {
    BaseKind.EARLIER_PERIOD,
    BaseKind.OPENING_BUDGET,
    BaseKind.ADJUSTED_BUDGET,
    BaseKind.BUDGET,
}
