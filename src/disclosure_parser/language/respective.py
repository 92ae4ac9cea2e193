"""Respective lists 分别: one figure for each of several things named before.

``收入、支出分别为1、2万元`` lists amounts, ``较上年分别增加1万元、2万元`` and
``占比分别为10%、20%`` what is said of the items before.
"""

from __future__ import annotations

import re

from attrs import evolve

from disclosure_parser.document import Quote
from disclosure_parser.language import phrases
from disclosure_parser.language.clauses import Token, TokenKind
from disclosure_parser.language.declarations import THING
from disclosure_parser.language.drafts import Draft, Scope, Workspace
from disclosure_parser.language.items import Share
from disclosure_parser.language.mentions import Mention, MentionKind

#: ``收、支总计``: the two sides in short.
_FLOW = re.compile(r"[收支](?:入|出)?(?:总计|合计)?$")
_FLOWS = {"收": "收入", "支": "支出"}
_EACH = re.compile(r"^(?P<names>[^,。;:]+?[、和与][^,。;:]+?)均(?:为|是)?$")
_RESPECTIVE = re.compile(r"^(?P<names>.+?[、和与及,].+?)(?:各|分别)(?:为|是)?$")


def list_names(work: Workspace, start: int, figures: list[Mention]) -> list[tuple[int, int]] | None:
    """Labels of a respective list (A、B分别为1、2万元), one for each figure."""
    if len(figures) < 2:
        return None
    match = _RESPECTIVE.match(work.text[start : figures[0].start])
    if match is None:
        return None
    for separators in ("、", "、和与及,"):
        names = _split(match["names"], start, separators)
        if len(names) == len(figures):
            return names
    work.doubt = "names and figures of a list differ in number"
    return None


def names_of_each(work: Workspace, start: int, figures: list[Mention]) -> list[tuple[int, int]]:
    """The names that share one amount: ``经营支出、上缴上级支出均为0万元``; empty if none do."""
    if len(figures) != 1 or figures[0].kind is not MentionKind.MONEY:
        return []
    match = _EACH.match(work.text[start : figures[0].start])
    if match is None:
        return []
    names = _split(match["names"], start, "、和与")
    # ``收、支总计均为9万元`` is one thing.
    return names if all(THING.search(work.text[slice(*name)]) for name in names) else []


def read_list(
    work: Workspace,
    start: int,
    tokens: list[Token],
    index: int,
    figures: list[Mention],
    scope: Scope,
) -> int | None:
    """One change or share for each of the items before: ``较上年分别增加10万元、20万元``."""
    first = figures[0].start
    share = phrases.RESPECTIVE_SHARE.search(work.text, start, first)
    change = None if share else phrases.RESPECTIVE_CHANGE.search(work.text, start, first)
    opening = share or change
    if opening is None or scope.current is None:
        return None
    base = phrases.find_base(work.text, start, first)
    named = start, min(opening.start(), base.start if base is not None else first)
    own = _named(work, named, scope) if work.has_name(*named) else None
    if own is not None and not own:
        return None
    if base is not None:
        scope.base = scope.last_base = base
    listed, end = _listed_figures(work, tokens, index - 1)
    items = own or [d for d in work.drafts if d.within == scope.within and d.amounts]
    if own is None and len(scope.respective) == len(listed):
        # ``较上年分别增加1万元、2万元，分别增长10%、20%``: of the same items.
        items = scope.respective
    doubt = None
    if len(items) < len(listed) or (change and base is None and scope.base is None):
        doubt = "figures listed for the items before: which is whose"
    items = items[-len(listed) :] if len(items) >= len(listed) else items * len(listed)
    scope.respective = items
    verb = change["verb"] if change is not None else ""
    position = opening.start()
    for draft, mention in zip(items, listed, strict=False):
        if share is not None:
            value = work.as_quantity(mention)
            value = evolve(value, doubt=value.doubt or doubt)
            draft.shares.append(Share(value=value, of=_share_of(work, share)))
            continue
        word = phrases.CHANGE_WORD.search(work.text, position, mention.start)
        verb = word["verb"] if word is not None else verb
        direction = phrases.direction_of(verb)
        interval = (mention.start, mention.end)
        work.add_change(draft, interval, direction, scope.base, mention)
        if doubt:
            draft.changes[-1] = evolve(draft.changes[-1], doubt=doubt)
        position = mention.end
    return end


def _named(work: Workspace, names: tuple[int, int], scope: Scope) -> list[Draft]:
    """The items that names before a list mean (收、支总计 are 收入总计 and 支出总计); empty if one
    of them is not known."""
    found: list[Draft] = []
    for name in _split(work.text[slice(*names)], names[0], "、和与"):
        words = work.name(*name).text
        flow = _FLOW.match(words)
        for draft in reversed(work.drafts):
            same = draft.name.startswith(_FLOWS[flow[0][0]]) if flow else draft.name == words
            if same and draft.within == scope.within and draft.amounts:
                found.append(draft)
                break
        else:
            return []
    return found


def _share_of(work: Workspace, share: re.Match[str]) -> Quote | None:
    group = "of" if share["of"] else "whole"
    return work.passage.quote(*share.span(group)) if share[group] else None


def _listed_figures(work: Workspace, tokens: list[Token], number: int) -> tuple[list[Mention], int]:
    """The figures of a list joined by 、 and 和, and where it ends."""
    found: list[Mention] = []
    end = tokens[number].end
    for position in range(number, len(tokens)):
        token = tokens[position]
        if token.kind is TokenKind.COMMA and work.text[token.start] == "、":
            continue
        if token.kind is not TokenKind.SEGMENT:
            break
        figures = work.clauses.mentions(token.start, token.end)
        if not figures or (position > number and tokens[position - 1].kind is not TokenKind.COMMA):
            break
        found.extend(figures)
        end = token.end
    return found, end


def _split(names: str, start: int, separators: str) -> list[tuple[int, int]]:
    """The intervals of names that separators part, the first beginning at ``start``."""
    found: list[tuple[int, int]] = []
    position = start
    for piece in re.split(f"([{separators}])", names):
        if piece and piece not in separators:
            found.append((position, position + len(piece)))
        position += len(piece)
    return found
