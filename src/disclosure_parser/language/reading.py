"""Reading a passage of prose into items.

The passage is divided into clauses (``clauses``), each clause's figures are told apart by the
words before them (amount, change, share, completion, count), and each figure joins the item it
speaks of: the one named in its own clause, or the current one. 其中 makes the following items
parts of the current one until the sentence ends; a parenthesised group belongs to the item
before it.
"""

from __future__ import annotations

import re

from attrs import evolve

from disclosure_parser.document import Quote
from disclosure_parser.language import phrases
from disclosure_parser.language.clauses import Token, TokenKind
from disclosure_parser.language.drafts import Draft, Scope, Workspace
from disclosure_parser.language.figures import read_amount, read_figure, subject_of
from disclosure_parser.language.items import Item, PhasedAmount, Share
from disclosure_parser.language.mentions import Mention, MentionKind
from disclosure_parser.language.naming import PHASE_WORDS, leading_year
from disclosure_parser.language.numbering import read_mark
from disclosure_parser.language.passage import Passage
from disclosure_parser.language.phrases import Base
from disclosure_parser.language.values import Amount, Direction, ValueState

#: Explanations inside explanations are read down to this depth; prose has one or two.
_DEEPEST = 2
_LISTED = re.compile(r"[:,]?(?:以下|如下|下列)")
_THING = re.compile(r"(?:支出|收入|经费|费|资金|预算|拨款)$")
_NESTING = re.compile(r"^(?:其中|其中包括|包括)[:,]?")
_AGGREGATE = re.compile(r"(?:加上|再加|减去|扣除|(?:收入|支出|收支)?(?:总计|合计|共计))")
#: A short sentence that a passage begins with: ``1、公务接待费。预算2万元…``.
_TITLE = re.compile(r"(?P<title>[^,。;:]{2,30})[。:](?=.)")
_NIL_ITEM = re.compile(
    r"(?P<what>[^,。;:]{2,40}?)(?:[:为]?(?:无|没有)|无(?:此项|该项)(?:支出|收入|业务|内容|安排)?)"
)
_WHOLE = re.compile(r"^(?P<whole>[^,。;]{2,40}?)(?:中|里)$")
_RESPECTIVE = re.compile(r"^(?P<names>.+?[、和与,].+?)(?:各|分别)(?:为|是)?$")
_NIL = re.compile(
    r"(?:(?<!法)无|没有|未安排|不涉及|未发生)"
    r"(?P<what>[^,。;、]{0,40}?(?:收入|支出|预算|经费|拨款|决算|资金|收支)[^,。;、]{0,10})(?=[,。;、]|$)"
)
# A clause that ends in 的 is a condition (无…的，仍保留本表), not a declaration.
_NIL_SILENT = re.compile(r"(?:无|没有)(?:增减|变化|变动)|此项|科目|无法|关系|结余|的$")


def read_items(passage: Passage, topic: str = "") -> tuple[Item, ...]:
    """The items of a passage, in printed order.

    ``topic`` names what the passage speaks of where its own first clause does not.
    """
    return _Reader(Workspace(passage, topic)).read()


class _Reader:
    def __init__(self, work: Workspace) -> None:
        self._work = work
        self._text = work.text

    def read(self) -> tuple[Item, ...]:
        mark = read_mark(self._text)
        start = mark.end if mark else 0
        title = _TITLE.match(self._text, start)
        if title is not None and not self._work.clauses.mentions(*title.span("title")):
            self._work.title = title.span("title")
        self._group(start, len(self._text), Scope(parent=None, within=""))
        return self._work.items()

    # -- structure ------------------------------------------------------------------------

    def _group(self, start: int, end: int, scope: Scope) -> None:
        tokens = self._work.clauses.tokens(start, end)
        index = 0
        while index < len(tokens):
            token = tokens[index]
            index += 1
            if token.kind is TokenKind.SEGMENT:
                scope.after_semicolon = index > 1 and tokens[index - 2].kind is TokenKind.SEMICOLON
                skip_to = self._segment(token, tokens, index, scope)
                while index < len(tokens) and tokens[index].start < skip_to:
                    index += 1
            elif token.kind is TokenKind.GROUP:
                self._group(
                    token.start,
                    token.end,
                    Scope(
                        parent=scope.current if scope.current is not None else scope.parent,
                        within=scope.within,
                        year=scope.year,
                        depth=scope.depth,
                    ),
                )
            elif token.kind is TokenKind.COLON:
                self._colon(tokens, index - 1, scope)
            elif token.kind is TokenKind.SEMICOLON:
                scope.base = scope.lead = None
                if len(scope.wholes) > 1 or scope.named_whole:
                    scope.wholes.pop()
                scope.named_whole = False
            elif token.kind is TokenKind.STOP:
                scope.base = scope.lead = None
                if scope.wholes:
                    scope.current = scope.outer
                scope.wholes.clear()
                scope.named_whole = False
                scope.listed = 0

    def _colon(self, tokens: list[Token], index: int, scope: Scope) -> None:
        """``总额9万元：A 4万元、B 5万元``: a colon after a figure opens its parts."""
        if index == 0 or index + 1 >= len(tokens) or scope.current is None:
            return
        before, after = tokens[index - 1], tokens[index + 1]
        figures = self._work.clauses.mentions(before.start, before.end)
        if (
            before.kind is TokenKind.SEGMENT
            and figures
            and figures[-1].end == before.end
            and after.kind is TokenKind.SEGMENT
            and self._work.clauses.mentions(after.start, after.end)
        ):
            scope.wholes.append(scope.current)
            scope.listed += 1

    def _segment(self, token: Token, tokens: list[Token], index: int, scope: Scope) -> int:
        """Read one segment; returns the offset up to which the passage has been consumed."""
        text, start, end = self._text, token.start, token.end
        nesting = _NESTING.match(text[start:end])
        if nesting:
            if scope.listed and index > 1 and tokens[index - 2].kind is TokenKind.SEMICOLON:
                # ``总额9万元：A 4万元、B 5万元；其中C 3万元``: a part of the total, not of B.
                scope.current = scope.wholes.pop()
                scope.listed -= 1
            whole = scope.outer if not scope.wholes and scope.outer is not None else scope.current
            if whole is not None:
                scope.wholes.append(whole)
            start += nesting.end()
        elif _AGGREGATE.match(text, start, end):
            # ``其中：A 1万元，B 2万元，合计3万元``: no part of it.
            scope.wholes.clear()
        if start >= end:
            return end
        told = self._explanation(start, end, tokens, index, scope)
        if told is not None:
            return told
        mentions = self._work.clauses.mentions(start, end)
        figures = [m for m in mentions if m.kind is not MentionKind.THRESHOLD]
        if not figures:
            scope.lead = (scope.lead[0] if scope.lead else start, end)
            self._without_figures(start, end, scope)
            return end
        told = self._respective(start, tokens, index, figures, scope)
        if told is not None:
            return told
        position = start
        names = self._respective_names(start, figures)
        for number, mention in enumerate(figures):
            left = (position, mention.start)
            if names is not None and number < len(names):
                read_amount(self._work, mention, names[number], scope)
            else:
                read_figure(self._work, mention, left, scope)
            position = mention.end
        self._work.doubt = None
        scope.lead = None
        self._without_figures(position, end, scope, trailing=True)
        return end

    # -- reasons and uses -----------------------------------------------------------------

    def _explanation(
        self, start: int, end: int, tokens: list[Token], index: int, scope: Scope
    ) -> int | None:
        """A reason (主要原因是…) or use (主要用于…) that this segment opens, if it does."""
        if scope.depth >= _DEEPEST:
            return None
        text = self._text
        last = self._work.clauses.mentions(start, end)
        first_figure = last[0].start if last else end
        reason = phrases.REASON.search(text, start, end)
        cue = reason.end("subject") if reason is not None else end
        if reason is not None and reason.start() <= first_figure < cue:
            # ``基本支出增加62万元主要原因是…``: the comma between is missing.
            self._segment(Token(TokenKind.SEGMENT, start, cue), tokens, index, scope)
            start, first_figure = cue, end
            reason = phrases.REASON.search(text, start, end)
        if reason and reason.group().endswith("主要为"):
            # ``接待费5万元，主要为国内接待`` tells what it is, not why it changed.
            current = self._work.current(scope)
            reason = reason if current is not None and current.changes else None
        if reason and reason.start() <= first_figure:
            # A colon after 主要原因 ends the segment; the reason is what follows it.
            stop = self._explanation_end(reason.end(), tokens, index, phrases.PURPOSE_CUE)
            self._reason(reason, start, stop, scope)
            return stop
        purpose = phrases.PURPOSE.search(text, start, end)
        if purpose and purpose.start() <= first_figure:
            if purpose.start() > start + 1:
                self._without_figures(start, purpose.start(), scope)
            if _LISTED.match(text, purpose.end()):
                # ``主要用于以下方面：…``: not a use, the parts follow.
                if scope.current is not None:
                    scope.wholes.append(scope.current)
                return end
            stop = self._explanation_end(purpose.end(), tokens, index, phrases.REASON_CUE)
            body = (self._skip_colon(purpose.end()), stop)
            target = self._work.current(scope)
            if target is not None and target.purpose is None:
                target.purpose = self._work.passage.quote(*body)
                target.end = stop
            self._inside(body, scope, "purpose")
            return stop
        return None

    def _explanation_end(
        self, start: int, tokens: list[Token], index: int, other: re.Pattern[str]
    ) -> int:
        """Where a reason or use ends: the sentence, a semicolon (not inside 一是…；二是…), the
        其中 that goes on with figures, the ``other`` kind of explanation, or the next item that
        has its own."""
        enumerated = False
        for number in range(index - 1, len(tokens)):
            token = tokens[number]
            inside = self._text[max(start, token.start) : token.end]
            if token.kind is TokenKind.SEGMENT:
                head = inside.lstrip()
                enumerated = enumerated or bool(phrases.ENUMERATED.match(head))
                if number >= index and (
                    self._opens_parts(token)
                    or other.match(head)
                    or self._has_own_reason(tokens, number)
                ):
                    return self._before(tokens, number)
            elif token.kind is TokenKind.GROUP and inside.startswith("其中"):
                return token.start - 1
            may_end = token.kind is TokenKind.SEMICOLON and not enumerated
            if token.kind is TokenKind.STOP or (may_end and self._states(tokens, number)):
                return token.start
        return tokens[-1].end

    def _has_own_reason(self, tokens: list[Token], number: int) -> bool:
        """``…，项目支出增加22万元，主要原因是…``: an item that changed and is explained itself."""
        token = tokens[number]
        figures = self._work.clauses.mentions(token.start, token.end)
        if not figures or figures[0].kind is not MentionKind.MONEY:
            return False
        before = self._text[token.start : figures[0].start]
        change = phrases.CHANGE_BEFORE.search(before)
        if change is None or not _THING.search(before[: change.start()]):
            return False
        for following in tokens[number + 1 :]:
            if following.kind is TokenKind.STOP:
                return False
            if following.kind is TokenKind.SEGMENT:
                return phrases.REASON_CUE.match(self._text, following.start) is not None
        return False

    def _states(self, tokens: list[Token], number: int) -> bool:
        """Whether a figure, or that one is unchanged or none, comes before the sentence ends."""
        for token in tokens[number + 1 :]:
            if token.kind is TokenKind.STOP:
                return False
            inside = (token.start, token.end)
            if (
                self._work.clauses.mentions(*inside)
                or phrases.UNCHANGED.search(self._text, *inside)
                or _NIL.search(self._text, *inside)
            ):
                return True
        return False

    def _opens_parts(self, token: Token) -> bool:
        """Whether a segment inside an explanation is a 其中 that goes on with amounts."""
        inside = self._text[token.start : token.end].lstrip()
        if not inside.startswith("其中"):
            return False
        if inside in {"其中", "其中包括"}:
            return True
        figures = self._work.clauses.mentions(token.start, token.end)
        return bool(figures) and figures[0].kind is MentionKind.MONEY

    @staticmethod
    def _before(tokens: list[Token], number: int) -> int:
        """The end of what stands before a token, without the comma between."""
        while number > 0 and tokens[number - 1].kind in {TokenKind.COMMA, TokenKind.SEMICOLON}:
            number -= 1
        return tokens[number].start

    def _skip_colon(self, position: int) -> int:
        while position < len(self._text) and self._text[position] in ":,":
            position += 1
        return position

    def _reason(self, match: re.Match[str], start: int, stop: int, scope: Scope) -> None:
        body = (self._skip_colon(match.end()), stop)
        subject = (match.start("subject"), match.end("subject"))
        before = (start, match.start())
        if before[1] > before[0] + 1:
            self._without_figures(*before, scope)
        draft = self._reason_target(subject, scope)
        quote = self._work.passage.quote(*body) if body[1] > body[0] else None
        if draft is not None:
            draft.end = max(draft.end, stop)
            unexplained = [n for n, c in enumerate(draft.changes) if c.reason is None]
            if unexplained and quote is not None:
                for n in unexplained:
                    draft.changes[n] = evolve(draft.changes[n], reason=quote)
            elif draft.reason is None and quote is not None:
                draft.reason = quote
            elif quote is None and draft.reason is None:
                draft.reason = self._work.passage.quote(match.end(), match.end())
        self._inside(body, scope, "reason")

    def _reason_target(self, subject: tuple[int, int], scope: Scope) -> Draft | None:
        """The item that a reason explains: the one its subject names, else the current one."""
        words = self._text[subject[0] : subject[1]]
        compared = re.search(
            r"(?:决算|实际|支出|本年|预算)数?(?P<verb>大于|小于|高于|低于)(?P<what>.*预算)", words
        )
        if compared:
            draft = self._work.current(scope)
            whole = subject[0], subject[0] + compared.start()
            if draft is None and self._work.has_name(*whole):
                # ``“三公”经费支出决算数小于预算数的主要原因是…``, before any figure.
                draft = self._work.new(*whole, scope)
            if draft is not None:
                self._work.add_change(
                    draft,
                    subject,
                    phrases.direction_of(compared["verb"]),
                    Base(phrases.same_year_kind(compared["what"]), None, *subject),
                )
            return draft
        change = phrases.CHANGE_WORD.search(words)
        core = words[: change.start()] if change else words
        name = self._work.name(subject[0], subject[0] + len(core)).text
        if len(name) >= 3 and name not in PHASE_WORDS:
            named = self._work.named(name, scope)
            if named is not None:
                return named
            if change and not re.match(r"较|与|比", name):
                draft = self._work.new(subject[0], subject[0] + len(core), scope)
                direction = phrases.direction_of(change["verb"])
                self._work.add_change(draft, subject, direction, scope.base)
                return draft
        current = self._work.current(scope)
        last = self._work.drafts[-1] if self._work.drafts else None
        if (
            last is not None
            and last.within == scope.within
            and (current is None or not current.changes)
            and any(c.reason is None for c in last.changes)
        ):
            # ``A 1万元。其中，B 2万元，增加3万元。主要原因是…``: what changed is explained.
            return last
        return current

    def _inside(self, body: tuple[int, int], scope: Scope, within: str) -> None:
        """Figures inside a reason or use are printed figures too: read them apart."""
        if self._work.clauses.mentions(*body):
            inner = Scope(
                parent=scope.current,
                within=scope.within or within,
                year=scope.year,
                depth=scope.depth + 1,
            )
            self._group(*body, inner)

    def _without_figures(
        self, start: int, end: int, scope: Scope, *, trailing: bool = False
    ) -> None:
        """A clause without numbers: a year, a base, 持平, a whole (…中), nothing of interest."""
        text = self._text[start:end]
        if not text.strip():
            return
        base = phrases.find_base(self._text, start, end)
        if base is not None:
            scope.base = base
            scope.last_base = base
        unchanged = phrases.UNCHANGED.search(text)
        if unchanged and (base is not None or scope.base is not None or scope.current is not None):
            if (
                base is None
                and scope.base is None
                and not re.fullmatch(
                    r"[^,]{0,6}(?:基本)?(?:持平|无变化|没有变化|无增减变化|不变|一致)", text
                )
            ):
                return
            draft = subject_of(self._work, start, start + unchanged.start(), base, scope)
            if draft is not None:
                self._work.add_change(draft, (start, end), Direction.NONE, scope.base)
            return
        if not trailing and self._declared_nil(start, end, scope):
            return
        year = leading_year(text)
        if year is not None:
            scope.year = year
        whole = _WHOLE.match(text)
        if whole and not trailing:
            interval = start + whole.start("whole"), start + whole.end("whole")
            scope.named_whole = self._work.open_whole(*interval, scope) and len(scope.wholes) == 1
        elif not trailing and re.search(r"\((?:项|款|类)\)\"?$", text):
            # ``…（类）…（款）…（项）。``: the next figures are about this item.
            self._work.heading = (start, end)
            scope.current = None

    def _declared_nil(self, start: int, end: int, scope: Scope) -> bool:
        """``无政府性基金预算收入和支出``: the thing is named and said to be none."""
        found = False
        title = self._work.title
        first = title[0] if title is not None and title[1] == start - 1 else start
        item = _NIL_ITEM.fullmatch(self._text, first, end)
        if item is not None and _THING.search(item["what"]):
            # ``政府性基金预算：无``, ``国有资本经营预算无此项支出``.
            self._nil(item.span("what"), (item.end("what"), end), scope)
            return True
        if _NIL_SILENT.search(self._text, start, end):
            return found
        for nil in _NIL.finditer(self._text, start, end):
            self._nil((nil.start("what"), nil.end()), (nil.start(), nil.start("what")), scope)
            found = True
        return found

    def _nil(self, what: tuple[int, int], word: tuple[int, int], scope: Scope) -> None:
        draft = self._work.new(*what, scope)
        said = self._work.passage.quote(*word)
        draft.amounts.append(
            PhasedAmount(
                amount=Amount(state=ValueState.NIL, text=said.text, anchor=said.anchor),
                label=self._work.passage.quote(*what),
            )
        )

    def _respective_names(self, start: int, figures: list[Mention]) -> list[tuple[int, int]] | None:
        """Labels of a respective list (A、B分别为1、2万元), one for each figure."""
        if len(figures) < 2:
            return None
        match = _RESPECTIVE.match(self._text[start : figures[0].start])
        if match is None:
            return None
        for separators in ("、", "、和与,"):
            names = _split(match["names"], start, separators)
            if len(names) == len(figures):
                return names
        self._work.doubt = "names and figures of a list differ in number"
        return None

    def _respective(
        self, start: int, tokens: list[Token], index: int, figures: list[Mention], scope: Scope
    ) -> int | None:
        """One change or share for each of the items before: ``较上年分别增加10万元、20万元``."""
        first = figures[0].start
        share = phrases.RESPECTIVE_SHARE.search(self._text, start, first)
        change = None if share else phrases.RESPECTIVE_CHANGE.search(self._text, start, first)
        opening = share or change
        if opening is None or scope.current is None:
            return None
        base = phrases.find_base(self._text, start, first)
        if self._work.has_name(start, base.start if base is not None else opening.start()):
            return None
        if base is not None:
            scope.base = scope.last_base = base
        listed, end = self._listed_figures(tokens, index - 1)
        items = [d for d in self._work.drafts if d.within == scope.within and d.amounts]
        doubt = None
        if len(items) < len(listed) or (change and base is None and scope.base is None):
            doubt = "figures listed for the items before: which is whose"
        items = items[-len(listed) :] if len(items) >= len(listed) else items * len(listed)
        verb = change["verb"] if change is not None else ""
        position = opening.start()
        for draft, mention in zip(items, listed, strict=False):
            if share is not None:
                value = self._work.as_quantity(mention)
                value = evolve(value, doubt=value.doubt or doubt)
                draft.shares.append(Share(value=value, of=self._share_of(share)))
                continue
            word = phrases.CHANGE_WORD.search(self._text, position, mention.start)
            verb = word["verb"] if word is not None else verb
            direction = phrases.direction_of(verb)
            interval = (mention.start, mention.end)
            self._work.add_change(draft, interval, direction, scope.base, mention)
            if doubt:
                draft.changes[-1] = evolve(draft.changes[-1], doubt=doubt)
            position = mention.end
        return end

    def _share_of(self, share: re.Match[str]) -> Quote | None:
        group = "of" if share["of"] else "whole"
        return self._work.passage.quote(*share.span(group)) if share[group] else None

    def _listed_figures(self, tokens: list[Token], number: int) -> tuple[list[Mention], int]:
        """The figures of a list joined by 、 and 和, and where it ends."""
        found: list[Mention] = []
        end = tokens[number].end
        for position in range(number, len(tokens)):
            token = tokens[position]
            if token.kind is TokenKind.COMMA and self._text[token.start] == "、":
                continue
            if token.kind is not TokenKind.SEGMENT:
                break
            figures = self._work.clauses.mentions(token.start, token.end)
            if not figures or (
                position > number and tokens[position - 1].kind is not TokenKind.COMMA
            ):
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
