"""Figures: what a number measures, by the words before it, and which item it belongs to."""

from __future__ import annotations

import re

from attrs import evolve

from disclosure_parser.language import phrases
from disclosure_parser.language.drafts import Draft, Scope, Workspace
from disclosure_parser.language.items import Completion, PhasedAmount, Share
from disclosure_parser.language.mentions import Mention, MentionKind
from disclosure_parser.language.naming import same_thing
from disclosure_parser.language.phrases import Base
from disclosure_parser.language.values import BaseKind, Phase

_SHARE = re.compile(r"占(?P<of>[^,。;]*?)(?:的)?(?:比重|比例|比|总额)?(?:分别)?(?:为|达到|达|约)?$")
_COMPLETION = re.compile(
    r"(?:完成(?P<what>[^,。;]*?)的|(?:完成率|执行率|完成比例|预算完成率)(?:为|达到|达|是)?|完成)$"
)
_BUDGET = re.compile(r"(?:年初|全年|调整|年度)?预算数?")
# The noun that a count counts, where it stands behind the number (4部车辆).
_COUNTED = re.compile(r"(?!以上|以下|以内|左右|及以上|的|为|是)[^\W\d_]{2,16}(?=[,。;、()]|$)")
_COUNT_LABEL = re.compile(r"(?:数量|保有量|拥有量|[人个次户台辆批]数)$")
_JOINT = re.compile(r"[收支].*各$|^(?:收入|支出|收支).*(?:总计|总预算)")


def read_figure(work: Workspace, mention: Mention, left: tuple[int, int], scope: Scope) -> None:
    """Give a number to its item: amount, change, share, completion or count.

    ``left`` is the stretch of the clause before the number, back to the previous one.
    """
    text = work.text[left[0] : left[1]]
    if mention.kind is MentionKind.PERCENT:
        _percent(work, mention, left, scope)
    elif mention.kind is MentionKind.COUNT:
        _count(work, mention, left, scope)
    else:
        change = phrases.CHANGE_BEFORE.search(text) or phrases.COMPARED_BEFORE.search(text)
        if change:
            _change(work, mention, left, change, scope)
        elif mention.kind is MentionKind.BARE and phrases.CHANGE_WORD.match(work.text, mention.end):
            _prior(work, mention, left, scope)
        elif mention.kind is MentionKind.BARE and _counts(work, left, scope):
            _count(work, mention, left, scope)
        else:
            read_amount(work, mention, left, scope)


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
    if completed and draft is not None:
        kind = phrases.same_year_kind(completed.group())
        phase = Phase.ADJUSTED if kind is BaseKind.ADJUSTED_BUDGET else Phase.APPROVED
        label = work.passage.quote(left[0] + completed.start() + 2, left[1])
        draft.amounts.append(PhasedAmount(amount=amount, label=label, phase=phase))
        draft.end = mention.end
        return
    start, end = work.label(*left)
    name = work.name(start, end)
    if name.generic and draft is not None:
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
    if scope.lead is not None and (name.generic or work.text[scope.lead[1] - 1] == "的"):
        # ``小学教育（2050202），决算数为…``, ``由中小企业供应商成交的，采购金额…``
        start = scope.lead[0]
        end = scope.lead[1] if name.generic else end
    draft = work.new(start, end, scope)
    if not draft.name:
        amount = evolve(amount, doubt=amount.doubt or "nothing printed names the amount")
    draft.amounts.append(
        PhasedAmount(
            amount=amount,
            label=label,
            phase=name.phase,
            year=name.year if name.year is not None else scope.year,
        )
    )
    draft.end = mention.end


def _prior(work: Workspace, mention: Mention, left: tuple[int, int], scope: Scope) -> None:
    """``较上年2.08减少…``: a bare figure of the base itself."""
    base = phrases.find_base(work.text, *left)
    draft = work.current(scope)
    if base is None or draft is None:
        read_amount(work, mention, left, scope)
        return
    scope.base = base
    draft.amounts.append(
        PhasedAmount(
            amount=work.as_amount(mention),
            label=work.passage.quote(base.start, base.end),
            year=base.year,
        )
    )


def _change(
    work: Workspace, mention: Mention, left: tuple[int, int], match: re.Match[str], scope: Scope
) -> None:
    base = phrases.find_base(work.text, *left)
    if base is not None:
        scope.base = base
        scope.last_base = base
    subject_end = left[0] + match.start()
    draft = subject_of(work, left[0], subject_end, base, scope)
    if draft is None:
        # ``项目支出增加，较上年增加9万元``: the clause before names what changed.
        label = _before_change(work, scope.lead) if scope.lead else (left[0], subject_end)
        draft = work.new(*label, scope)
    alone = not draft.amounts and not draft.changes
    work.add_change(
        draft,
        (left[0], mention.end),
        phrases.direction_of(match["verb"]),
        scope.base or (scope.last_base if alone else None),
        mention,
    )
    other = match.groupdict().get("other")
    if other:
        doubt = f"both directions printed: {match['verb']}{other}"
        draft.changes[-1] = evolve(draft.changes[-1], doubt=doubt)


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
        return current
    name = work.name(*work.label(start, end))
    if current is not None and (name.generic or same_thing(name.text, current.name)):
        return current
    for draft in reversed(work.drafts):
        if draft.within == scope.within and name.text == draft.name:
            return draft
    if current is not None and _JOINT.search(name.text):
        return current
    return work.new(start, end, scope)


def _percent(work: Workspace, mention: Mention, left: tuple[int, int], scope: Scope) -> None:
    start, end = left
    text = work.text[start:end]
    change = phrases.CHANGE_BEFORE.search(text)
    if change:
        _change(work, mention, left, change, scope)
        return
    completion = _COMPLETION.search(text)
    share = None if completion else _SHARE.search(text)
    found = completion or share
    draft = subject_of(work, start, start + found.start(), None, scope) if found else None
    if found is None or draft is None:
        _count(work, mention, left, scope)
        return
    value = work.as_quantity(mention)
    draft.end = mention.end
    if completion:
        what = completion["what"] or ""
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
    draft = work.new(start, end, scope)
    draft.quantity = work.as_quantity(mention)
    counted = _COUNTED.match(work.text, mention.end)
    if counted and mention.kind is MentionKind.COUNT:
        draft.counted = work.passage.quote(*counted.span())
    draft.operator = phrases.find_operator(work.text, mention.start, mention.end)
    draft.end = mention.end
