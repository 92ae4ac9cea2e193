"""Sections about one fund: their 本年收入 and 总计 are the fund's, not the agency's."""

from __future__ import annotations

import re

from attrs import evolve

from disclosure_parser.sections.model import Line

_FUNDS = {"fiscal_appropriation", "government_fund", "state_capital"}
#: 收入总计 of the fiscal appropriation: with what was carried over, the total of both sides.
_BOTH_SIDES = re.compile(r"(?:收入|支出)总计")
_CURRENT = {"revenue.current", "expenditure.current"}
_BALANCES = {
    "revenue.carryover": "revenue",
    "expenditure.carry_forward": "expenditure",
}


def of_fund(line: Line, kind: str) -> Line:
    """A line of a section of ``kind`` as one of the section's fund.

    Source: 财政拨款收入支出决算总表 (公开04), 政府性基金预算财政拨款收入支出决算表 (公开08):
    the sections that explain them say 本年收入 and 收入总计 for those of the fund.
    """
    if kind not in _FUNDS or line.within:
        return line
    if kind == "fiscal_appropriation" and _BOTH_SIDES.fullmatch(line.name) and not line.whole:
        return evolve(line, concept="balance.fiscal_appropriation")
    side = line.concept.partition(".")[0]
    if line.concept in _CURRENT:
        return evolve(line, concept=f"{side}.{kind}")
    if line.concept in _BALANCES and line.whole in {"", f"{side}.current"}:
        return evolve(line, whole=f"{side}.{kind}", whole_at=None)
    return line
