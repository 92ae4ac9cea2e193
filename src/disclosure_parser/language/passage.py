"""A passage: one printed text (paragraph or cell) in folded form, able to quote itself."""

from __future__ import annotations

from attrs import frozen

from disclosure_parser.document import Anchor, Folded, Quote, fold


@frozen
class Passage:
    """A folded text with the anchor of the printed text it came from.

    Offsets given to :meth:`anchor` and :meth:`quote` are folded offsets; what comes back
    addresses the print.
    """

    folded: Folded
    base: Anchor

    @classmethod
    def of(cls, printed: str, base: Anchor) -> Passage:
        """The passage of a whole printed paragraph or cell text, or of its part under ``base``."""
        if base.start or base.end != len(printed):
            printed = printed[base.start : base.end]
        return cls(fold(printed), base)

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    def anchor(self, start: int, end: int) -> Anchor:
        """The anchor of a folded interval."""
        first, last = self.folded.span(start, end)
        return self.base.at(self.base.start + first, self.base.start + last)

    def quote(self, start: int, end: int) -> Quote:
        """The printed text of a folded interval, with its anchor; outer white space left out."""
        text = self.folded.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Quote(text=self.folded.printed_text(start, end), anchor=self.anchor(start, end))
