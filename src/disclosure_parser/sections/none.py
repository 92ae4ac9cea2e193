"""Sections that say no more than that there is none of what they are about: 无。 本表数为零。"""

from __future__ import annotations

import re

from disclosure_parser.catalogue.concepts import Flow
from disclosure_parser.document import Quote, fold_text
from disclosure_parser.language.items import PhasedAmount
from disclosure_parser.language.passage import Passage
from disclosure_parser.language.values import Amount, Phase, ValueState
from disclosure_parser.outline.model import Section
from disclosure_parser.sections.model import Line

_NONE = re.compile(
    r"(?:20\d\d年度?|(?:本|当|该)年度?)?(?:(?:我|本)(?:部门|单位|局|院|校|中心))?"
    r"(?:(?:本|此|该)(?:表(?:数|数据|金额|内容)?|项(?:业务|内容)?))?(?:均|全部)?"
    r"(?P<word>无|没有|为零|为0|为空|不涉及|未安排(?=预算|支出|。?$)|未发生)"
    r"(?:此项|该项|相关|任何)?(?:预算|支出|收入|收支|资金|业务|内容|数据|情况|安排|[和、])*[。.]?"
)
#: What sections of a kind are about, where they need not name it.
_ABOUT = {
    "three_public": "three_public.total",
    "operating_funds": "operating_funds.total",
    "procurement": "procurement.total",
}
_FUNDS = {"government_fund", "state_capital"}


def declared_none(passage: Passage, section: Section, year: int | None) -> Line | None:
    """The line of a paragraph that only says that there is none, named by its heading."""
    if section.heading is None:
        return None
    found = _NONE.fullmatch(passage.text)
    title = fold_text(section.title)
    concept = _ABOUT.get(section.kind, "")
    if section.kind in _FUNDS:
        revenue = "收入" in title and "支出" not in title
        concept = f"{Flow.REVENUE if revenue else Flow.EXPENDITURE}.{section.kind}"
    if found is None or not concept:
        return None
    said = passage.quote(*found.span("word"))
    label = Quote(text=section.title, anchor=section.heading)
    amount = Amount(state=ValueState.NIL, text=said.text, anchor=said.anchor)
    phase = Phase.APPROVED if found["word"].startswith("未安排") else None
    return Line(
        concept=concept,
        label=label,
        name=title,
        year=year,
        amounts=(PhasedAmount(amount=amount, label=label, phase=phase),),
    )
