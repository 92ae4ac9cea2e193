"""Declarations that something is none: ``无政府性基金预算支出``, ``国有资本经营预算：无``.

What is none stands behind the word (无政府性基金预算支出) or, where only a general word stands
there, before it (公务用车购置费均无预算安排). A general word alone (年初未安排预算) speaks of the
section, unless the passage has spoken of figures: then it is a remark on them.
"""

from __future__ import annotations

import re

from disclosure_parser.language.drafts import Draft, Scope, Workspace
from disclosure_parser.language.items import PhasedAmount
from disclosure_parser.language.values import Amount, Phase, Quantity, ValueState

#: A word that ends the name of a thing with figures.
THING = re.compile(r"(?:支出|收入|经费|费|资金|预算|拨款)$")
_SUBJECT = re.compile(r"(?:支出|收入|经费|费用?|资金|预算|拨款)(?:\([^()]*\))?$")
_NIL_ITEM = re.compile(
    r"(?P<what>[^,。;:]{2,40}?)(?:[:为]?(?:无|没有)|无(?:此项|该项)(?:支出|收入|业务|内容|安排)?)"
)
NIL = re.compile(
    r"(?:(?<![法效])(?<!严禁)(?<!杜绝)(?<!防止)(?<!禁止)无|没有|未安排|不涉及|未发生)"
    r"(?P<what>[^,。;、]{0,40}?(?:收入|支出|预算|经费|拨款|决算|资金|收支)[^,。;、]{0,10})(?=[,。;、]|$)"
)
_NIL_THINGS = re.compile(
    r"(?:(?:本|我)?(?:部门|单位|局|院|校|中心)|截[至止][^,。;]{4,14}日)?"
    r"(?P<word>无|没有)(?P<what>(?:公务)?(?:车辆|用车)"
    r"|(?:单价|单位价值|价值|大型)[^,。;、]{0,24}?设备(?:\([^()]*\))?)$"
)
# A clause that ends in 的 is a condition (无…的，仍保留本表), not a declaration.
_NIL_SILENT = re.compile(
    r"(?:无|没有)(?:增减|变化|变动)|此项|科目|无法|关系|结余|的(?:部门|单位|地区)?$"
)
_GENERAL = re.compile(
    r"(?:(?:本|当|该|全)年度?|年初|相关|任何|财政|拨款|专项)*"
    r"(?:预算|支出|收入|收支|资金|经费|费用|拨款|[和及与])+(?:安排|支出|编制|发生|计划|数|情况)*"
)
#: What stands between the thing and the word for none.
_BETWEEN = re.compile(
    r"(?:用|也|均|都|全部|暂|尚|则|同样|20\d\d年度?|(?:本|当|今|该|全)年度?|方面)+$"
)
_SIDE = re.compile(r"支出|收入")
_LIST = re.compile(r"以及|[、和及与]")
#: Words that a part of a list must have more of to be the name of a thing.
_WORDS = re.compile(r"预算|支出|收入|收支|资金|经费|费用?|拨款|安排|的|财政|本年|当年")


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
    found = _no_things(work, start, end, scope)
    for nil in NIL.finditer(work.text, start, end):
        what, word = nil.span("what"), (nil.start(), nil.start("what"))
        if _GENERAL.fullmatch(work.text, *what):
            before = _things(work.text, start, nil.start())
            if not before and work.drafts:
                continue
            things = before or [what]
        else:
            things = _parts(work.text, *what)
        side = _SIDE.search(work.text, *things[-1])
        for thing in things:
            draft = _nil(work, thing, word, scope)
            if side is not None and not _SIDE.search(work.text, *thing):
                # 政府性基金预算和国有资本经营预算拨款安排的支出: of both it is the expenditure.
                draft.name += side.group()
        found = True
    return found


def _no_things(work: Workspace, start: int, end: int, scope: Scope) -> bool:
    """``无车辆，无单价100万元以上设备``: things that are counted, and none of them."""
    found = _NIL_THINGS.match(work.text, start, end)
    if found is None:
        return False
    draft = work.new(*found.span("what"), scope)
    said = work.passage.quote(found.start("word"), found.end("word"))
    draft.quantity = Quantity(state=ValueState.NIL, text=said.text, anchor=said.anchor)
    return True


def _things(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The things before a word for none: 因公出国（境）费、公务用车购置费均 (无预算安排)."""
    between = _BETWEEN.search(text, start, end)
    things = _parts(text, start, between.start() if between else end)
    return things if all(_SUBJECT.search(text, *thing) for thing in things) else []


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a list of things; the whole if some part is no name (收入和支出)."""
    edges = [start]
    for joint in _LIST.finditer(text, start, end):
        edges += joint.span()
    edges.append(end)
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    named = all(len(_WORDS.sub("", text[first:last])) > 1 for first, last in parts)
    return parts if named else [(start, end)]


def _nil(work: Workspace, what: tuple[int, int], word: tuple[int, int], scope: Scope) -> Draft:
    draft = work.new(*what, scope)
    said = work.passage.quote(*word)
    draft.amounts.append(
        PhasedAmount(
            amount=Amount(state=ValueState.NIL, text=said.text, anchor=said.anchor),
            label=work.passage.quote(*what),
            phase=Phase.APPROVED if _is_planned(work.text, *word) else None,
        )
    )
    return draft


def _is_planned(text: str, start: int, end: int) -> bool:
    """Whether a word for none speaks of the plan: 未安排…预算, 年初无…, whatever was spent then."""
    return text[start:end] == "未安排" or text[:start].endswith("年初")
