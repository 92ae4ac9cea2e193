"""Sections about one fund or one side: what their 本年收入, 合计 and 总计 are of."""

from __future__ import annotations

import re

from attrs import evolve

from disclosure_parser.sections.model import Line

_FUNDS = {"fiscal_appropriation", "government_fund", "state_capital"}
#: 收入总计 of the fiscal appropriation: with what was carried over, the total of both sides.
_BOTH_SIDES = re.compile(r"(?:收入|支出)总计")
_BARE = re.compile(r"(?:本年)?(?:收入|支出)")
_TOTALS = {"revenue.total", "expenditure.total"}
_SIDES = {"revenue", "expenditure"}
_CURRENT = {"revenue.current", "expenditure.current"}
_BALANCES = {
    "revenue.carryover": "revenue",
    "expenditure.carry_forward": "expenditure",
}


def of_section(line: Line, kind: str, title: str = "") -> Line:
    """A line of a section of ``kind`` with a folded ``title`` as one of what the section is about.

    Source: 财政拨款收入支出决算总表 (公开04), 政府性基金预算财政拨款收入支出决算表 (公开08):
    the sections that explain them say 本年收入 and 收入总计 for those of the fund. Those that
    explain 收入决算表 and 支出决算表 (公开02, 03) say 收入合计 for 本年收入合计.
    """
    if kind in _SIDES and "决算" in title and line.concept == f"{kind}.total":
        return evolve(line, concept=f"{kind}.current") if line.name.endswith("合计") else line
    if kind not in _FUNDS or line.within:
        return line
    if kind == "fiscal_appropriation" and _BOTH_SIDES.fullmatch(line.name) and not line.whole:
        return evolve(line, concept="balance.fiscal_appropriation")
    if _BARE.fullmatch(line.name) and line.concept in _TOTALS:
        # ``政府性基金预算财政拨款收入20万元，支出20万元``
        return evolve(line, concept=f"{line.concept.partition('.')[0]}.{kind}")
    side = line.concept.partition(".")[0]
    if line.concept in _CURRENT:
        return evolve(line, concept=f"{side}.{kind}")
    if line.concept in _BALANCES and line.whole in {"", f"{side}.current"}:
        return evolve(line, whole=f"{side}.{kind}", whole_at=None)
    return line
