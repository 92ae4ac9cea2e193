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

from disclosure_parser.language import phrases
from disclosure_parser.language.adding import NESTING, added_up, close_named, parts_are_whole
from disclosure_parser.language.clauses import Token, TokenKind
from disclosure_parser.language.declarations import declare_nil
from disclosure_parser.language.drafts import Scope, Workspace
from disclosure_parser.language.explanations import explained, explanation_end
from disclosure_parser.language.figures import read_amount, read_figure, subject_of
from disclosure_parser.language.items import Item
from disclosure_parser.language.mentions import Mention, MentionKind
from disclosure_parser.language.naming import leading_year
from disclosure_parser.language.numbering import read_mark
from disclosure_parser.language.passage import Passage
from disclosure_parser.language.respective import list_names, names_of_each, read_list
from disclosure_parser.language.values import BaseKind, Direction

#: Explanations inside explanations are read down to this depth; prose has one or two.
_DEEPEST = 2
_OF_A_CHANGE = re.compile(r"上年|去年|上一年|20\d\d年|[增减]|提高|上升|下降|降低")
_LISTED = re.compile(r"[:,]?(?:以下|如下|下列)")
#: A clause that says nothing but what the sentence compares with.
_OPENING = re.compile(r"(?:与|较|比|同)[^,。;]{2,14}?(?:相比较?|比较|比)")
_AGGREGATE = re.compile(r"(?:加上|再加|减去|扣除|(?:收入|支出|收支)?(?:总计|合计|共计))")
#: A short sentence that a passage begins with: ``1、公务接待费。预算2万元…``.
_TITLE = re.compile(r"(?P<title>[^,。;:]{2,30})[。:](?=.)")
#: A clause that says of a thing what it is.
_IS = re.compile(r"^(?P<what>[^,。;:]{3,20}?)(?:主要)?(?:为|是|系|来自|来源于)[^,。;:]{2,}$")
_WHOLE = re.compile(r"^(?P<whole>[^,。;]{2,40}?)(?:中|里)$")


def read_items(passage: Passage, topic: str = "", *, is_thing: bool = True) -> tuple[Item, ...]:
    """The items of a passage, in printed order.

    ``topic`` names what the passage speaks of where its own first clause does not. If it is a
    thing, it also stands for words that name none (2031年预算数).
    """
    return _Reader(Workspace(passage, topic, is_thing=is_thing)).read()


#: A reason of the difference between a budget and its execution.
_AGAINST_BUDGET = re.compile(
    r"决算数?[^,。;]{0,6}(?:大于|小于|高于|低于|超过?|等于)[^,。;]{0,6}预算|预决算差异|完成(?:年初)?预算"
)


def _of_same_year(base: BaseKind | None) -> bool:
    """Whether a change is one against a budget of the same year."""
    return base is None or base in (
        BaseKind.BUDGET,
        BaseKind.OPENING_BUDGET,
        BaseKind.ADJUSTED_BUDGET,
    )


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
                if self._text.startswith("基数", token.start):
                    continue  # ``增长0%（基数为0，不可比）``: no figure of the report
                self._group(
                    token.start,
                    token.end,
                    Scope(
                        parent=self._whole_of_group(scope),
                        within=scope.within,
                        year=scope.year,
                        depth=scope.depth,
                    ),
                )
            elif token.kind is TokenKind.COLON:
                self._colon(tokens, index - 1, scope)
            elif token.kind is TokenKind.SEMICOLON:
                # ``与上年相比，A增加1万元；B减少2万元``: compared with one base.
                scope.base, scope.lead = scope.opening_base, None
                if (
                    len(scope.wholes) > 1
                    or scope.named_whole
                    or added_up(self._work, scope, token.end)
                ):
                    scope.wholes.pop()
                scope.parted = scope.wholes[-1] if scope.wholes else None
                scope.named_whole = False
            elif token.kind is TokenKind.STOP:
                close_named(self._work, scope)
                scope.base = scope.opening_base = scope.lead = scope.sentence_year = None
                if scope.wholes:
                    scope.current = scope.outer
                scope.wholes.clear()
                scope.named_whole = False
                scope.listed = 0
                scope.respective = []

        close_named(self._work, scope)

    def _whole_of_group(self, scope: Scope) -> int | None:
        """The item that a parenthesised group gives the parts of: things are no parts of a score.

        ``自评项目39个，平均得分96.5分（其中，评级为“优”的38个）``
        """
        whole = scope.current if scope.current is not None else scope.parent
        if scope.current is None or not self._is_score(scope.current):
            return whole
        before = range(scope.current - 1, -1, -1)
        counted = (i for i in before if self._work.drafts[i].quantity and not self._is_score(i))
        return next(counted, whole)

    def _is_score(self, index: int) -> bool:
        quantity = self._work.drafts[index].quantity
        return quantity is not None and quantity.unit == "分"

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
        nesting = NESTING.match(text[start:end])
        if nesting:
            if scope.listed and index > 1 and tokens[index - 2].kind is TokenKind.SEMICOLON:
                # ``总额9万元：A 4万元、B 5万元；其中C 3万元``: a part of the total, not of B.
                scope.current = scope.wholes.pop()
                scope.listed -= 1
            whole = scope.outer if not scope.wholes and scope.outer is not None else scope.current
            again = (
                scope.after_semicolon and bool(scope.wholes) and parts_are_whole(self._work, scope)
            )
            # ``…。主要包括：A 1万元``: of which thing before the full stop, the words do not tell.
            apart = nesting.group().startswith("主要") and (
                index < 2 or tokens[index - 2].kind is TokenKind.STOP
            )
            # ``总额9万元，其中A 4万元、B 5万元；其中C 3万元``: a part of the total by other lights.
            if whole is not None and not again and not apart:
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
        told = read_list(self._work, start, tokens, index, figures, scope)
        if told is not None:
            return told
        if index > 1 and tokens[index - 2].kind is TokenKind.GROUP and figures[0].start == start:
            # ``会议费减少（下降5%）0.5万元``: nothing but the bracket stands before the figure.
            self._work.doubt = "behind a bracket: what it is a figure of"
        position = start
        names = list_names(self._work, start, figures)
        each = names_of_each(self._work, start, figures)
        for number, mention in enumerate(figures):
            left = (position, mention.start)
            if each:
                for name in each:
                    read_amount(self._work, mention, name, scope)
            elif self._counts_whole(figures, number, position):
                # ``占本年项目6个的100%``: the share is of the things counted.
                current = scope.current
                share = self._text.rindex("占", position, mention.start)
                read_figure(self._work, mention, (share + 1, mention.start), scope)
                scope.current, position = current, share
                continue
            elif names is not None and number < len(names):
                read = read_figure if mention.kind is MentionKind.COUNT else read_amount
                read(self._work, mention, names[number], scope)
            else:
                read_figure(self._work, mention, left, scope)
            position = mention.end
        self._work.doubt = None
        scope.lead = None
        self._without_figures(position, end, scope, trailing=True)
        return end

    def _counts_whole(self, figures: list[Mention], number: int, position: int) -> bool:
        """Whether a count says how many there are of what the next percentage is a share of."""
        mention = figures[number]
        following = figures[number + 1] if number + 1 < len(figures) else None
        return (
            following is not None
            and mention.kind is MentionKind.COUNT
            and following.kind is MentionKind.PERCENT
            and self._text[mention.end : following.start] == "的"
            and "占" in self._text[position : mention.start]
        )

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
        hinted = phrases.REASON_WORDS.search(text, start, end)
        reason = phrases.REASON.search(text, start, end) if hinted else None
        cue = reason.end("subject") if reason is not None else end
        if reason is not None and reason.start() <= first_figure < cue:
            # ``基本支出增加62万元主要原因是…``: the comma between is missing.
            self._segment(Token(TokenKind.SEGMENT, start, cue), tokens, index, scope)
            start, first_figure = cue, end
            reason = phrases.REASON.search(text, start, end)
        purpose = phrases.PURPOSE.search(text, start, end)
        if reason and reason.group().endswith(("主要为", "主要是")):
            # ``接待费5万元，主要为国内接待`` tells what it is, not why it changed.
            current = self._work.current(scope)
            if current is None or not current.changes:
                what = reason.group().endswith("主要是") and current is not None
                purpose = reason if what and reason.start() == start else purpose
                reason = None
        if reason and reason.start() <= first_figure:
            # A colon after 主要原因 ends the segment; the reason is what follows it.
            stop = explanation_end(
                self._work,
                reason.end(),
                tokens,
                index,
                phrases.PURPOSE_CUE,
                restated=self._is_open(reason, scope),
            )
            self._reason(reason, start, stop, scope)
            return stop
        if purpose and purpose.start() <= first_figure:
            if purpose.start() > start + 1:
                self._without_figures(start, purpose.start(), scope)
            if _LISTED.match(text, purpose.end()):
                # ``主要用于以下方面：…``: not a use, the parts follow.
                if scope.current is not None:
                    scope.wholes.append(scope.current)
                return end
            stop = explanation_end(self._work, purpose.end(), tokens, index, phrases.REASON_CUE)
            body = (self._skip_colon(purpose.end()), stop)
            target = self._work.current(scope)
            if target is not None and target.purpose is None:
                target.purpose = self._work.passage.quote(*body)
                target.end = stop
            self._inside(body, scope, "purpose")
            return stop
        return None

    def _is_open(self, reason: re.Match[str], scope: Scope) -> bool:
        """Whether the change of the current item against last year is not told before a reason."""
        current = self._work.current(scope)
        if current is None or not (current.amounts or current.completions):
            return False
        told = any(not _of_same_year(change.base) for change in current.changes)
        return not told and _OF_A_CHANGE.search(reason.group()) is None

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
        draft = explained(self._work, subject, scope)
        quote = self._work.passage.quote(*body) if body[1] > body[0] else None
        if draft is not None:
            draft.end = max(draft.end, stop)
            unexplained = [n for n, c in enumerate(draft.changes) if c.reason is None]
            if _AGAINST_BUDGET.search(self._text, match.start(), match.end()):
                # ``决算数小于预算数的主要原因是…`` is no reason of the change against last year.
                unexplained = [n for n in unexplained if _of_same_year(draft.changes[n].base)]
            if unexplained and quote is not None:
                for n in unexplained:
                    draft.changes[n] = evolve(draft.changes[n], reason=quote)
            elif draft.reason is None and quote is not None:
                draft.reason = quote
            elif quote is None and draft.reason is None:
                draft.reason = self._work.passage.quote(match.end(), match.end())
        self._inside(body, scope, "reason")

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
            if _OPENING.fullmatch(text):
                scope.opening_base = base
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
        if not trailing and declare_nil(self._work, start, end, scope):
            return
        what = _IS.match(text) if not trailing and not scope.wholes else None
        known = self._work.named(what["what"], scope) if what is not None else None
        if what is not None and known is not None and known.name == what["what"]:
            # ``…，其他收入3万元。事业收入为课后服务收入，较上年增加1万元``: of what it names first.
            scope.current = next(i for i, d in enumerate(self._work.drafts) if d is known)
        year = leading_year(text)
        if year is not None:
            scope.year, scope.sentence_year = year, None
        whole = _WHOLE.match(text)
        if whole and not trailing:
            interval = start + whole.start("whole"), start + whole.end("whole")
            scope.named_whole = self._work.open_whole(*interval, scope) and len(scope.wholes) == 1
            if scope.named_whole:
                scope.named = scope.wholes[-1], len(self._work.drafts)
        elif not trailing and re.search(r"\((?:项|款|类)\)\"?$", text):
            # ``…（类）…（款）…（项）。``: the next figures are about this item.
            self._work.heading = (start, end)
            scope.current = None
