"""Figures: what a number measures, by the words before it, and which item it belongs to."""

from __future__ import annotations

import re

from attrs import evolve

from disclosure_parser.language import phrases
from disclosure_parser.language.adding import parts_are_whole
from disclosure_parser.language.drafts import Draft, Scope, Workspace
from disclosure_parser.language.items import Completion, PhasedAmount, Share
from disclosure_parser.language.mentions import Mention, MentionKind
from disclosure_parser.language.naming import AVERAGE, Name, same_thing
from disclosure_parser.language.phrases import Base
from disclosure_parser.language.values import BaseKind, Phase

_SHARE = re.compile(r"占(?P<of>[^,。;]*?)(?:的)?(?:比重|比例|比|总额)?(?:分别)?(?:为|达到|达|约)?$")
_COMPLETION = re.compile(
    r"(?:完成(?P<what>[^,。;]*?)的|为(?P<of>(?:年初|全年|调整|年度?)?预算(?:安排)?(?:数)?)的|完成(?P<budget>(?:年初|全年|调整|年度)?预算(?:数)?)(?:为)?"
    r"|(?:完成率|执行率|完成比例|预算完成率)(?:为|达到|达|是)?|完成)$"
)
_ALLOTTED = re.compile(r"(?:安排|投入|下达|拨付|统筹|筹措|落实|争取)?(?:资金|专项资金|补助资金)?")
_FOR_WHAT = re.compile(
    r"(?:用于|支持|保障|推进|推动|实施|落实|加强|促进|开展|解决|补充|发展|提升|完善|加快)[^,。;:]{2,30}"
)
_BUDGET = re.compile(r"(?:年初|全年|调整|年度)?预算数?")
# The noun that a count counts, where it stands behind the number (4部车辆).
_COUNTED = re.compile(r"(?!以上|以下|以内|左右|及以上|的|为|是)[^\W\d_]{2,16}(?=[,。;、()]|$)")
_COUNT_LABEL = re.compile(r"(?:数量|保有量|拥有量|[人个次户台辆批]数)$")
_JOINT = re.compile(r"收[^支]*支.*(?:总计|合计|预算)$|^收支.*(?:总计|总预算)")
_COMPLETED_PART = re.compile(
    r"完成(?P<what>(?:年初|全年|调整|年度)?预算(?:数)?)(?:为)?(?:[^,。;%]|,(?=\d)){1,24}的$"
)
_PRIOR_LABEL = re.compile(
    r"(?:上年|去年|上一年)(?:度|同期)?(?:预算|决算|执行|完成)?(?:数|金额)?(?:为|是)?"
)
_SIDES = re.compile("收入|支出")
_FROM = re.compile(r"[由从](?P<base>[^,。;]{0,10}?)(?:的)?$")
#: ``与上年2.08万元相比减少``
_COMPARED = re.compile("相比较?,?|比较,?")
_DIRECTLY = re.compile(r"(?:的|数|为|预算数?|决算数?|执行数?)*")
#: ``较上年减少1万元的培训费2万元``: a name with its own figure follows the change.
_OF_THE_NEXT = re.compile(r"的(?![^,。;:]*原因)[^,。;:、\d]{2,12}\d")


def read_figure(work: Workspace, mention: Mention, left: tuple[int, int], scope: Scope) -> None:
    """Give a number to its item: amount, change, share, completion or count.

    ``left`` is the stretch of the clause before the number, back to the previous one.
    """
    if mention.kind is MentionKind.PERCENT:
        _percent(work, mention, left, scope)
    elif mention.kind is MentionKind.COUNT:
        _count(work, mention, left, scope)
    else:
        _money(work, mention, left, scope)


def _money(work: Workspace, mention: Mention, left: tuple[int, int], scope: Scope) -> None:
    """Give an amount to its item: a level, a change, the figure of the base."""
    text = work.text[slice(*left)]
    current = work.current(scope)
    if current is not None and text in {"至", "到"} and current.changes:
        # ``增加2.3万元至15.8万元``.
        _add_level(work, current, mention, left)
    elif phrases.LEVEL_BEFORE.search(text) and not phrases.CHANGE_NOUN.search(text):
        _level(work, mention, left, scope)
    elif change := (
        phrases.CHANGE_BEFORE.search(text)
        or phrases.COMPARED_BEFORE.search(text)
        or phrases.MORE_OR_LESS.search(text)
    ):
        _change(work, mention, left, change, scope)
    elif _is_prior(work, mention, left):
        _prior(work, mention, left, scope)
    elif mention.kind is MentionKind.BARE and _counts(work, left, scope):
        _count(work, mention, left, scope)
    elif verb := phrases.VERB_FIRST.match(work.text[slice(*work.label(*left))]):
        _verb_first(work, mention, left, verb, scope)
    else:
        read_amount(work, mention, left, scope)


#: What stands between a name and its amount, and says the phase.
_PLANNED = re.compile("预算安排")


def _counts(work: Workspace, left: tuple[int, int], scope: Scope) -> bool:
    """Whether a bare number is a count: its label says so, or the whole it is a part of does."""
    if _COUNT_LABEL.search(work.text[slice(*work.label(*left))]):
        return True
    parent = scope.wholes[-1] if scope.wholes else scope.parent
    whole = work.drafts[parent] if parent is not None else None
    return whole is not None and whole.quantity is not None and not whole.amounts


def read_amount(work: Workspace, mention: Mention, left: tuple[int, int], scope: Scope) -> None:
    amount = work.as_amount(mention)
    completed = re.search(r"完成(?:年初|全年|调整|年度)?预算(?:数)?$", work.text[left[0] : left[1]])
    draft = work.current(scope)
    start, end = work.label(*left)
    name = work.name(start, end)
    if name.generic and draft is None:
        draft = work.titled(scope)
    prior = _PRIOR_LABEL.fullmatch(work.text, start, end)
    if prior is not None and draft is not None:
        # ``接待费3万元，上年2万元，增加1万元``.
        kind = phrases.prior_kind(prior.group())
        label = work.passage.quote(start, end)
        draft.amounts.append(PhasedAmount(amount=amount, label=label, base=kind))
        scope.base = scope.last_base = Base(kind, None, start, end)
        draft.end = mention.end
        return
    if completed and draft is not None:
        kind = phrases.same_year_kind(completed.group())
        phase = Phase.ADJUSTED if kind is BaseKind.ADJUSTED_BUDGET else Phase.APPROVED
        label = work.passage.quote(left[0] + completed.start() + 2, left[1])
        draft.amounts.append(PhasedAmount(amount=amount, label=label, phase=phase))
        draft.end = mention.end
        return
    again = draft is not None and name.generic and not _contradicts(name.text, draft.name)
    if again and draft is not None and not _is_allotted(work, draft, (start, end), mention, scope):
        draft.amounts.append(
            PhasedAmount(
                amount=amount,
                label=work.passage.quote(start, end),
                phase=name.phase,
                year=name.year,
            )
        )
        draft.end = mention.end
        return
    label = work.passage.quote(start, end)
    if name.generic and _ALLOTTED.fullmatch(work.text, start, end):
        purpose = _FOR_WHAT.match(work.text, mention.end)
        if purpose is not None:
            start, end = purpose.span()
    elif scope.lead is not None and (
        name.generic or _summed_up(name, draft) or work.text[scope.lead[1] - 1] == "的"
    ):
        # ``小学教育（2050202），决算数为…``, ``由中小企业供应商成交的，采购金额…``
        start = scope.lead[0]
        end = scope.lead[1] if name.generic or _summed_up(name, draft) else end
    before = scope.current, scope.outer
    planned = name.phase is None and _PLANNED.search(work.text, end, left[1]) is not None
    draft = work.new(start, end, scope)
    if not draft.name:
        amount = evolve(amount, doubt=amount.doubt or "nothing printed names the amount")
    draft.amounts.append(
        PhasedAmount(
            amount=amount,
            label=label,
            phase=Phase.APPROVED if planned else name.phase,
            year=name.year or scope.sentence_year or scope.year,
        )
    )
    draft.end = mention.end
    if before[0] is not None and AVERAGE.search(work.text, start, end):
        # ``接待费9万元，人均93元，比上年减少1万元``: what follows is of the thing itself.
        scope.current, scope.outer = before


def _summed_up(name: Name, draft: Draft | None) -> bool:
    """``维持机关运行的经费，合计9万元``: the sum of what the clause before names."""
    return draft is None and name.text in {"合计", "共计", "总计"}


def _is_allotted(
    work: Workspace,
    draft: Draft,
    label: tuple[int, int],
    mention: Mention,
    scope: Scope,
) -> bool:
    """``卫生健康支出67万元。安排1万元支持…``: not the current thing's amount but an allotment,
    named by what it is for."""
    if not (draft.amounts or draft.quantity) or not _ALLOTTED.fullmatch(work.text, *label):
        return False
    part = bool(scope.wholes) and work.drafts[scope.wholes[-1]] is draft
    fresh = work.text[label[0] - 1 : label[0]] in {"。", ";", ""}
    allotted = work.text[draft.label[0] : draft.label[0] + 2] in {"支持", "用于", "保障"}
    unnamed = label[0] == label[1]
    apart = part or allotted or (fresh and not unnamed)
    return apart and _FOR_WHAT.match(work.text, mention.end) is not None


def _contradicts(flow: str, name: str) -> bool:
    """``收入决算1万元，支出决算2万元``: the word is no phase of the item but the other side."""
    sides = {side for side in ("收入", "支出") if side in flow}
    return bool(sides) and not any(side in name for side in sides) and bool(_SIDES.search(name))


def _is_prior(work: Workspace, mention: Mention, left: tuple[int, int]) -> bool:
    """Whether a figure is that of the base: ``较上年2.08万元减少``, ``由8.6万元增加到``, ``与上年
    2.08万元相比减少``."""
    compared = _COMPARED.match(work.text, mention.end)
    behind = compared.end() if compared is not None else mention.end
    if not phrases.CHANGE_WORD.match(work.text, behind):
        return _FROM.search(work.text[slice(*left)]) is not None and bool(
            phrases.CHANGE_WORD.search(work.text, mention.end, mention.end + 4)
        )
    base = phrases.find_base(work.text, *left)
    if base is not None:
        return _DIRECTLY.fullmatch(work.text, base.end, left[1]) is not None
    return _FROM.search(work.text[slice(*left)]) is not None


def _prior(work: Workspace, mention: Mention, left: tuple[int, int], scope: Scope) -> None:
    """A figure of the base itself; the item is named before the base, or is the current one."""
    base = phrases.find_base(work.text, *left)
    source = _FROM.search(work.text[slice(*left)])
    if base is not None:
        scope.base = scope.last_base = base
        start = base.start
    else:
        start = left[0] + source.start() if source is not None else left[1]
    current = work.current(scope)
    if not work.has_name(left[0], start):
        current = _listed_whole(work, current, scope, compared=True) or current
    else:
        name = work.name(*work.label(left[0], start))
        if current is None or not (name.generic or same_thing(name.text, current.name)):
            current = work.new(left[0], start, scope)
    if current is None:
        read_amount(work, mention, left, scope)
        return
    current.amounts.append(
        PhasedAmount(
            amount=work.as_amount(mention),
            label=work.passage.quote(start, left[1]),
            year=base.year if base is not None else None,
            base=base.kind if base is not None else BaseKind.PRIOR_YEAR,
        )
    )
    current.end = mention.end


def _level(work: Workspace, mention: Mention, left: tuple[int, int], scope: Scope) -> None:
    """``由8.6万元增加到9.9万元``: the new level of the item named before, or of the current one."""
    verb = phrases.CHANGE_WORD.search(work.text, *left)
    end = verb.start() if verb is not None else left[1]
    draft = subject_of(work, left[0], end, phrases.find_base(work.text, *left), scope)
    if draft is None:
        draft = work.new(left[0], end, scope)
    _add_level(work, draft, mention, left)


def _add_level(work: Workspace, draft: Draft, mention: Mention, left: tuple[int, int]) -> None:
    amount = PhasedAmount(amount=work.as_amount(mention), label=work.passage.quote(*left))
    # The item's own figure stands before that of the base.
    draft.amounts.insert(0, amount)
    draft.end = mention.end


def _verb_first(
    work: Workspace,
    mention: Mention,
    left: tuple[int, int],
    verb: re.Match[str],
    scope: Scope,
) -> None:
    """``压减会议费5万元``: a change of the thing, or a figure of what is spent more on it."""
    start, end = work.label(*left)
    draft = work.new(start + verb.start("name"), end, scope)
    direction = phrases.direction_of(verb["verb"])
    work.add_change(draft, (start, mention.end), direction, scope.base, mention)
    doubt = draft.changes[-1].doubt or "the verb stands before the name: change or own figure"
    draft.changes[-1] = evolve(draft.changes[-1], doubt=doubt)


def _change(
    work: Workspace, mention: Mention, left: tuple[int, int], match: re.Match[str], scope: Scope
) -> None:
    base = phrases.find_base(work.text, *left)
    if base is not None:
        scope.base = base
        scope.last_base = base
    compared = _COMPARED.match(work.text, *left)
    start, subject_end = compared.end() if compared else left[0], left[0] + match.start()
    draft = subject_of(work, start, subject_end, base, scope)
    if draft is None:
        # ``项目支出增加，较上年增加9万元``: the clause before names what changed.
        label = _before_change(work, scope.lead) if scope.lead else (left[0], subject_end)
        draft = work.titled(scope) or work.new(*label, scope)
        if base is not None and draft.label == work.label(base.start, base.end):
            # ``与上年相比增加9万元``: the passage's topic changed, not the base.
            draft.name, draft.year = work.topic, scope.year
    if draft.within == scope.within:
        # What follows (增长5%) goes on about the thing that this clause names.
        scope.current = next(i for i, known in enumerate(work.drafts) if known is draft)
    alone = not draft.amounts and not draft.changes
    other = match.groupdict().get("other")
    work.add_change(
        draft,
        (left[0], mention.end),
        None if other else phrases.direction_of(match["verb"]),
        scope.base or (scope.last_base if alone else None),
        mention,
    )
    if other:
        doubt = f"both directions printed: {match['verb']}{other}"
        draft.changes[-1] = evolve(draft.changes[-1], doubt=doubt)
    elif _OF_THE_NEXT.match(work.text, mention.end):
        doubt = "the name that follows may be what changed"
        draft.changes[-1] = evolve(draft.changes[-1], doubt=draft.changes[-1].doubt or doubt)


def _before_change(work: Workspace, lead: tuple[int, int]) -> tuple[int, int]:
    base = phrases.find_base(work.text, *lead)
    if base is not None and work.has_name(lead[0], base.start):
        return lead[0], base.start
    verb = phrases.CHANGE_WORD.search(work.text, *lead)
    return (lead[0], verb.start()) if verb and verb.start() > lead[0] else lead


def subject_of(
    work: Workspace, start: int, end: int, base: Base | None, scope: Scope
) -> Draft | None:
    """The item whose change a clause tells: named before the verb, or the current one."""
    if base is not None:
        # The base phrase divides the clause: the subject stands before or after it.
        before, after = (start, base.start), (base.end, end)
        start, end = after if work.has_name(*after) else before
    current = work.current(scope)
    if not work.has_name(start, end):
        return _listed_whole(work, current, scope, compared=base is not None) or current
    name = work.name(*work.label(start, end))
    if current is not None and name.generic and name.year not in {None, current.year}:
        # ``2030年执行数5万元，2031年预算比2030年执行数增加1万元``: the same thing, another year.
        return _of_year(work, current, name.year, scope) or _again(work, start, end, current, scope)
    if current is not None and (name.generic or same_thing(name.text, current.name)):
        return current
    for draft in reversed(work.drafts):
        if draft.within == scope.within and name.text == draft.name:
            return draft
    if current is not None and _JOINT.search(name.text) and not _both_sides(work):
        return current
    return work.new(start, end, scope)


def _of_year(work: Workspace, like: Draft, year: int | None, scope: Scope) -> Draft | None:
    """The item of the same name that is of a year; one whose words name no year, if none is."""
    if like.year is None:
        return like
    alike = [d for d in work.drafts if d.within == scope.within and same_thing(d.name, like.name)]
    return next((d for d in reversed(alike) if d.year == year), None)


def _again(work: Workspace, start: int, end: int, like: Draft, scope: Scope) -> Draft:
    draft = work.new(start, end, scope)
    draft.name = like.name
    return draft


def _both_sides(work: Workspace) -> bool:
    """Whether revenue and expenditure were named apart: a change of both (收支总计各增加1万元) is
    neither's."""
    named = [draft.name for draft in work.drafts if draft.amounts]
    return all(any(name.startswith(side) for name in named) for side in ("收入", "支出"))


def _listed_whole(
    work: Workspace, current: Draft | None, scope: Scope, *, compared: bool
) -> Draft | None:
    """``收入9万元，其中A 9万元、B 0万元，较上年增加1万元``: what follows a list joined by 、 is
    about the whole; so is what is ``compared`` with a base behind parts that add up."""
    text = work.text
    if current is None or not scope.wholes or text[current.end : current.end + 1] != ",":
        return None
    whole = work.drafts[scope.wholes[-1]]
    parts = [draft for draft in work.drafts if draft.parent == scope.wholes[-1]]
    told = any(draft.changes for draft in (whole, *parts))
    closed = compared and not told and parts_are_whole(work, scope)
    if current.changes or (text[current.label[0] - 1] != "、" and not closed):
        return None
    scope.current = scope.wholes.pop()
    return whole


def _percent(work: Workspace, mention: Mention, left: tuple[int, int], scope: Scope) -> None:
    start, end = left
    text = work.text[start:end]
    change = phrases.CHANGE_BEFORE.search(text)
    if change:
        _change(work, mention, left, change, scope)
        return
    if text == "(" and work.text.startswith(")", mention.end):
        current = work.current(scope)
        last = current.changes[-1] if current is not None and current.changes else None
        if current is not None and last is not None and last.percent is None:
            # ``减少0.2万元（1.33%）``: the percentage of the change before.
            work.add_change(current, (start, mention.end), last.direction, None, mention)
            return
    part = _COMPLETED_PART.search(work.text, max(0, start - 40), end) if text == "的" else None
    completion = part or _COMPLETION.search(text)
    share = None if completion else _SHARE.search(text)
    found = completion or share
    named = max(start, found.start() if part else start + found.start()) if found else start
    draft = subject_of(work, start, named, None, scope) if found else None
    if found is None or draft is None:
        _count(work, mention, left, scope)
        return
    value = work.as_quantity(mention)
    draft.end = mention.end
    if completion:
        said = completion.groupdict()
        what = completion["what"] or said.get("budget") or said.get("of") or ""
        kind = phrases.same_year_kind(what) if "预算" in what else None
        if kind is None and draft.amounts and draft.amounts[-1].phase is Phase.ADJUSTED:
            kind = BaseKind.ADJUSTED_BUDGET
        draft.completions.append(Completion(value=value, base=kind))
    elif share:
        whole = (start + share.start("of"), start + share.end("of"))
        what = work.text[slice(*whole)]
        if _BUDGET.fullmatch(what):
            # ``占预算的95%`` is a completion rate.
            kind = phrases.same_year_kind(what)
            draft.completions.append(Completion(value=value, base=kind))
        else:
            of = work.passage.quote(*whole) if what else None
            draft.shares.append(Share(value=value, of=of))


def _count(work: Workspace, mention: Mention, left: tuple[int, int], scope: Scope) -> None:
    start, end = work.label(*left)
    again = work.text[start:end] in {"", "累计", "共", "合计", "计"}
    if again and work.drafts and scope.current is not None:
        # ``2批次、26人次``, ``团组2个、累计9人次``: a second count of the same thing.
        start, end = work.drafts[scope.current].label
    whole = work.drafts[scope.wholes[-1]].quantity if scope.wholes else None
    if scope.after_semicolon and whole is not None and whole.unit != mention.unit_text:
        # ``车辆5辆，其中：…2辆；设备1台``: the semicolon ends the parts, another unit is no part.
        scope.wholes.pop()
    draft = work.new(start, end, scope)
    draft.quantity = work.as_quantity(mention)
    counted = _COUNTED.match(work.text, mention.end)
    if counted and mention.kind is MentionKind.COUNT:
        draft.counted = work.passage.quote(*counted.span())
    draft.operator = phrases.find_operator(work.text, mention.start, mention.end)
    draft.end = mention.end
