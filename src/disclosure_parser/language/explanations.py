"""Explanations 原因, 用途: where one ends, and which item it explains."""

from __future__ import annotations

import re

from disclosure_parser.language import phrases
from disclosure_parser.language.clauses import Token, TokenKind
from disclosure_parser.language.declarations import NIL, THING
from disclosure_parser.language.drafts import Draft, Scope, Workspace
from disclosure_parser.language.mentions import MentionKind
from disclosure_parser.language.naming import PHASE_WORDS
from disclosure_parser.language.phrases import Base

#: A clause that states something of the thing itself again, after a reason (False) or a use (True).
_STATES_ANEW = {
    False: re.compile(r"(?:完成|为)(?:年初|全年|调整|年度)?预算数?的"),
    True: re.compile(
        r"(?:完成|为)(?:年初|全年|调整|年度)?预算数?的|(?:与|较|比)(?:20\d\d年|上年|去年)[^,。;]*\d"
    ),
}
#: ``…的主要原因是严格标准，与上年相比减少0.5万元``: of the thing whose change against its budget is
#: explained, no part of the reason.
_AGAINST_LAST_YEAR = re.compile(
    r"(?:与|较|比|同)(?:20\d\d年度?|上年度?|去年|上一年度?)(?:决算|执行|支出)?数?(?:相比较?|比较)?"
    rf"{phrases.CHANGE_WORD.pattern}(?:了|约)?\d"
)
_NEXT_POINT = re.compile(r"[二三四五六七八九]是")


def explanation_end(
    work: Workspace,
    start: int,
    tokens: list[Token],
    index: int,
    other: re.Pattern[str],
    *,
    restated: bool = False,
) -> int:
    """Where a reason or use ends: the sentence, a semicolon (not inside 一是…；二是…), the
    其中 that goes on with figures, the ``other`` kind of explanation, or the next item that
    has its own. ``restated`` says that a change against last year is that of the thing itself."""
    enumerated = False
    for number in range(index - 1, len(tokens)):
        token = tokens[number]
        inside = work.text[max(start, token.start) : token.end]
        if token.kind is TokenKind.SEGMENT:
            head = inside.lstrip()
            enumerated = enumerated or bool(phrases.ENUMERATED.match(head))
            if number >= index and _STATES_ANEW[other is phrases.REASON_CUE].match(head):
                return _before(tokens, number)
            if number >= index and restated and _AGAINST_LAST_YEAR.match(head):
                return _before(tokens, number)
            if number >= index and (
                _opens_parts(work, token)
                or other.match(head)
                or _has_own_reason(work, tokens, number)
            ):
                return _before(tokens, number)
        elif token.kind is TokenKind.GROUP and inside.startswith("其中"):
            return token.start - 1
        if token.kind is TokenKind.STOP and enumerated and _goes_on(work, tokens, number):
            continue
        may_end = token.kind is TokenKind.SEMICOLON and not enumerated
        if token.kind is TokenKind.STOP or (may_end and _states(work, tokens, number)):
            return token.start
    return tokens[-1].end


def _goes_on(work: Workspace, tokens: list[Token], number: int) -> bool:
    """Whether the sentence after a full stop goes on with the enumeration (一是…。二是…。)."""
    following = tokens[number + 1] if number + 1 < len(tokens) else None
    return following is not None and _NEXT_POINT.match(work.text, following.start) is not None


def _has_own_reason(work: Workspace, tokens: list[Token], number: int) -> bool:
    """``…，项目支出增加22万元，主要原因是…``: an item that changed and is explained it"""
    token = tokens[number]
    figures = work.clauses.mentions(token.start, token.end)
    if not figures or figures[0].kind is not MentionKind.MONEY:
        return False
    before = work.text[token.start : figures[0].start]
    change = phrases.CHANGE_BEFORE.search(before)
    if change is None or not THING.search(before[: change.start()]):
        return False
    for following in tokens[number + 1 :]:
        if following.kind is TokenKind.STOP:
            return False
        if following.kind is TokenKind.SEGMENT:
            return phrases.REASON_CUE.match(work.text, following.start) is not None
    return False


def _states(work: Workspace, tokens: list[Token], number: int) -> bool:
    """Whether a figure, or that one is unchanged or none, comes before the sentence ends."""
    for token in tokens[number + 1 :]:
        if token.kind is TokenKind.STOP:
            return False
        inside = (token.start, token.end)
        if (
            work.clauses.mentions(*inside)
            or phrases.UNCHANGED.search(work.text, *inside)
            or NIL.search(work.text, *inside)
        ):
            return True
    return False


def _opens_parts(work: Workspace, token: Token) -> bool:
    """Whether a segment inside an explanation is a 其中 that goes on with amounts."""
    inside = work.text[token.start : token.end].lstrip()
    if not inside.startswith("其中"):
        return False
    if inside in {"其中", "其中包括"}:
        return True
    figures = work.clauses.mentions(token.start, token.end)
    return bool(figures) and figures[0].kind is MentionKind.MONEY


def _before(tokens: list[Token], number: int) -> int:
    """The end of what stands before a token, without the comma between."""
    while number > 0 and tokens[number - 1].kind in {TokenKind.COMMA, TokenKind.SEMICOLON}:
        number -= 1
    return tokens[number].start


def explained(work: Workspace, subject: tuple[int, int], scope: Scope) -> Draft | None:
    """The item that a reason explains: the one its subject names, else the current one."""
    words = work.text[subject[0] : subject[1]]
    compared = re.search(
        r"(?:决算|实际|支出|本年|预算)数?(?P<verb>大于|小于|高于|低于)(?P<what>.*预算)", words
    )
    if compared:
        both = re.match(r"\((?:大于|小于|高于|低于)\)", words[compared.end("verb") :])
        draft = work.current(scope)
        whole = subject[0], subject[0] + compared.start()
        if draft is None and work.has_name(*whole):
            # ``“三公”经费支出决算数小于预算数的主要原因是…``, before any figure.
            draft = work.new(*whole, scope)
        if draft is not None:
            work.add_change(
                draft,
                subject,
                None if both else phrases.direction_of(compared["verb"]),
                Base(phrases.same_year_kind(compared["what"]), None, *subject),
            )
        return draft
    change = phrases.CHANGE_WORD.search(words)
    core = words[: change.start()] if change else words
    base = phrases.find_base(work.text, *subject)
    apart = change is None and base is not None and work.has_name(subject[0], base.start)
    if apart and base is not None:
        # ``其他收入与上年相比差异较大的原因``: what comes before the base is explained.
        core = words[: base.start - subject[0]]
    name = work.name(subject[0], subject[0] + len(core)).text
    if len(name) >= 3 and name not in PHASE_WORDS:
        named = work.named(name, scope)
        if named is not None:
            return named
        if apart:
            return work.new(subject[0], subject[0] + len(core), scope)
        if change and not re.match(r"较|与|比", name):
            draft = work.new(subject[0], subject[0] + len(core), scope)
            direction = phrases.direction_of(change["verb"])
            work.add_change(draft, subject, direction, scope.base)
            return draft
    current = work.current(scope)
    last = work.drafts[-1] if work.drafts else None
    if (
        last is not None
        and last.within == scope.within
        and (current is None or not current.changes)
        and any(c.reason is None for c in last.changes)
    ):
        # ``A 1万元。其中，B 2万元，增加3万元。主要原因是…``: what changed is explained.
        return last
    return current
