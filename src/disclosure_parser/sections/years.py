"""Years of lines: what 上年 means, and headings that look back to an earlier year."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import evolve

from disclosure_parser.document import fold_text
from disclosure_parser.language.items import PhasedAmount
from disclosure_parser.language.values import BaseKind, Change
from disclosure_parser.outline.model import Section


def dated_amount(amount: PhasedAmount, year: int | None, *, executed: bool) -> PhasedAmount:
    """The figure of a base without a year is of the year before the thing's own, or of that year
    where the base is its budget (支出决算9万元，比年初预算8万元增加1万元).

    ``executed`` says that the thing has a figure of its execution: a budget is not compared with
    itself.
    """
    if amount.base is None or year is None:
        return amount
    if amount.year == year and executed:
        return evolve(amount, base=_SAME_YEAR.get(amount.base, amount.base))
    if amount.year is not None:
        return amount
    return evolve(amount, year=year if amount.base in _OWN_BUDGETS else year - 1)


def dated_change(change: Change, year: int | None, *, executed: bool) -> Change:
    """上年 and 同比 mean the year before the thing's own; 比2031年年初预算减少 in the accounts of
    2031 (``executed``) is against the budget of the same year."""
    if change.base is None or year is None:
        return change
    if change.base_year == year and executed:
        return evolve(change, base=_SAME_YEAR.get(change.base, change.base))
    undated = change.base_year is None and change.base not in _UNDATED
    return evolve(change, base_year=year - 1) if undated else change


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
_OWN_BUDGETS = {BaseKind.OPENING_BUDGET, BaseKind.ADJUSTED_BUDGET, BaseKind.BUDGET}
_UNDATED = {BaseKind.EARLIER_PERIOD, *_OWN_BUDGETS}
#: A budget named with its year is the own one where that is the thing's year.
_SAME_YEAR = {
    BaseKind.PRIOR_BUDGET: BaseKind.BUDGET,
    BaseKind.PRIOR_OPENING_BUDGET: BaseKind.OPENING_BUDGET,
    BaseKind.PRIOR_ADJUSTED_BUDGET: BaseKind.ADJUSTED_BUDGET,
}
