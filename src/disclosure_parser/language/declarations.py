"""Declarations that something is none: ``无政府性基金预算支出``, ``国有资本经营预算：无``."""

from __future__ import annotations

import re

from disclosure_parser.language.drafts import Scope, Workspace
from disclosure_parser.language.items import PhasedAmount
from disclosure_parser.language.values import Amount, ValueState

#: A word that ends the name of a thing with figures.
THING = re.compile(r"(?:支出|收入|经费|费|资金|预算|拨款)$")
_NIL_ITEM = re.compile(
    r"(?P<what>[^,。;:]{2,40}?)(?:[:为]?(?:无|没有)|无(?:此项|该项)(?:支出|收入|业务|内容|安排)?)"
)
NIL = re.compile(
    r"(?:(?<![法效])(?<!严禁)(?<!杜绝)(?<!防止)(?<!禁止)无|没有|未安排|不涉及|未发生)"
    r"(?P<what>[^,。;、]{0,40}?(?:收入|支出|预算|经费|拨款|决算|资金|收支)[^,。;、]{0,10})(?=[,。;、]|$)"
)
# A clause that ends in 的 is a condition (无…的，仍保留本表), not a declaration.
_NIL_SILENT = re.compile(
    r"(?:无|没有)(?:增减|变化|变动)|此项|科目|无法|关系|结余|的(?:部门|单位|地区)?$"
)


def declare_nil(work: Workspace, start: int, end: int, scope: Scope) -> bool:
    """``无政府性基金预算收入和支出``: the thing is named and said to be none."""
    title = work.title
    first = title[0] if title is not None and title[1] == start - 1 else start
    item = _NIL_ITEM.fullmatch(work.text, first, end)
    if item is not None and THING.search(item["what"]):
        # ``政府性基金预算：无``, ``国有资本经营预算无此项支出``.
        _nil(work, item.span("what"), (item.end("what"), end), scope)
        return True
    if _NIL_SILENT.search(work.text, start, end):
        return False
    found = False
    for nil in NIL.finditer(work.text, start, end):
        _nil(work, (nil.start("what"), nil.end()), (nil.start(), nil.start("what")), scope)
        found = True
    return found


def _nil(work: Workspace, what: tuple[int, int], word: tuple[int, int], scope: Scope) -> None:
    draft = work.new(*what, scope)
    said = work.passage.quote(*word)
    draft.amounts.append(
        PhasedAmount(
            amount=Amount(state=ValueState.NIL, text=said.text, anchor=said.anchor),
            label=work.passage.quote(*what),
        )
    )
