"""Clauses: where a folded passage divides, which parentheses open a group, which are words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum

from attrs import frozen

from disclosure_parser.language.mentions import Mention, MentionKind


class TokenKind(Enum):
    """What a token of the clause structure is."""

    SEGMENT = "segment"
    #: ``,`` and ``、`` after a figure.
    COMMA = ","
    SEMICOLON = ";"
    STOP = "。"
    COLON = ":"
    GROUP = "group"


@frozen
class Token:
    """A stretch of text between two boundaries, a boundary, or a parenthesised group."""

    kind: TokenKind
    start: int
    end: int


_BOUNDARY = re.compile(r"[,。;:!?\n、()]")
#: Brackets opened (or never closed) deeper than this divide nothing: no report nests so.
_MAX_NESTING = 12
_KINDS = {
    ",": TokenKind.COMMA,
    "、": TokenKind.COMMA,
    ";": TokenKind.SEMICOLON,
    "。": TokenKind.STOP,
    "!": TokenKind.STOP,
    "?": TokenKind.STOP,
    "\n": TokenKind.STOP,
    ":": TokenKind.COLON,
}


def _brackets(text: str) -> tuple[dict[int, int], set[int]]:
    """The closing bracket of every opening one that has one, and those nested too deep."""
    closings: dict[int, int] = {}
    too_deep: set[int] = set()
    opened: list[int] = []
    for match in re.finditer(r"[()]", text):
        if match.group() == "(":
            if len(opened) >= _MAX_NESTING:
                too_deep.add(match.start())
            opened.append(match.start())
        elif opened:
            closings[opened.pop()] = match.start()
    return closings, too_deep


class Clauses:
    """Divides a folded text with the help of its number mentions."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self._closings, self._too_deep = _brackets(text)

    def mentions(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie in an interval."""
        first = bisect_right(self._starts, start - 1)
        return [
            m for m in self._mentions[first : bisect_right(self._starts, end - 1)] if m.end <= end
        ]

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens of an interval; a group's inside is not divided."""
        tokens: list[Token] = []
        position = segment = start
        while True:
            match = _BOUNDARY.search(self._text, position, end)
            if match is None:
                break
            at = match.start()
            position = at + 1
            character = match.group()
            if self._inside_mention(at):
                continue
            if character == "(":
                close = self.closing(at, end)
                if not self._opens_group(at, close):
                    # Words in brackets (因公出国(境)费): skip them whole, they divide nothing.
                    position = close + 1 if close < end else position
                    continue
                self._segment(tokens, segment, at)
                tokens.append(Token(TokenKind.GROUP, at + 1, close))
                position = segment = min(close + 1, end)
                continue
            if character == ")" or (character == "、" and not self._after_mention(segment, at)):
                continue
            self._segment(tokens, segment, at)
            tokens.append(Token(_KINDS[character], at, at + 1))
            segment = position
        self._segment(tokens, segment, end)
        return tokens

    def closing(self, opening: int, end: int) -> int:
        """The offset of the bracket that closes ``opening``, or ``end`` where none does."""
        return min(self._closings.get(opening, end), end)

    def _opens_group(self, opening: int, close: int) -> bool:
        if opening in self._too_deep:
            return False
        inside = self._text[opening + 1 : close]
        if inside.startswith("其中"):
            return True
        return any(
            mention.kind is not MentionKind.THRESHOLD
            for mention in self.mentions(opening + 1, close)
        )

    def _inside_mention(self, at: int) -> bool:
        """Whether ``at`` lies inside a figure, or between two figures of a list (A,B万元)."""
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return False
        end = self._mentions[index].end
        following = self._starts[index + 1] if index + 1 < len(self._starts) else -1
        return end > at or (end == at and following == at + 1)

    def _after_mention(self, segment: int, at: int) -> bool:
        """Whether a mention stands between the segment's start and ``at``."""
        index = bisect_right(self._starts, at) - 1
        return index >= 0 and self._mentions[index].start >= segment

    @staticmethod
    def _segment(tokens: list[Token], start: int, end: int) -> None:
        if end > start:
            tokens.append(Token(TokenKind.SEGMENT, start, end))
