"""Where a heading with a number stands: under what, and whether its number follows.

Levels come from nesting: a form of mark that is open already goes on at its level, a new one opens
a level below. Numbers may run on across the parts of a report; gaps, numbers printed twice and
numbers that start again are said, and the section is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_parser.language.numbering import MarkFamily
from disclosure_parser.outline.growth import TOP_FORMS, Growth
from disclosure_parser.outline.lines import Line
from disclosure_parser.outline.node import Node, mark_text

#: The usual order of the forms, asked only where nesting leaves a question open.
_RANKS = (
    MarkFamily.PART,
    MarkFamily.CHAPTER,
    MarkFamily.CHINESE,
    MarkFamily.CHINESE_BRACKETED,
    MarkFamily.ARABIC,
    MarkFamily.DECIMAL,
)


class Placing:
    """Opens the sections of numbered headings."""

    def __init__(self, growth: Growth) -> None:
        self._growth = growth

    def place(self, line: Line) -> None:
        """Open the section of a heading with a mark."""
        assert line.mark is not None
        family, ordinal = line.mark.family, line.mark.ordinal
        same = [n for n in self._growth.open if n.family is family]
        following = [n for n in same if n.ordinal + 1 == ordinal]
        entry = self._growth.planned(line)
        if following:
            parent = following[-1].parent
        elif not same:
            parent = self._below(line)
            if ordinal != 1 and self._growth.last.get(family) != ordinal - 1:
                self._growth.say("gap", line, "no number comes before it")
        elif ordinal == 1:
            parent = self._restart(line, same)
        else:
            lower = [n for n in same if n.ordinal < ordinal]
            before = lower[-1] if lower else same[-1]
            parent = before.parent
            if lower and self._growth.last.get(family) == ordinal - 1:
                pass
            elif lower:
                self._growth.say("gap", line, f"{_number(before)} is followed by this number")
            elif any(n.ordinal == ordinal for n in same):
                self._growth.say("duplicate", line, f"{_number(before)} stands before it already")
            else:
                self._growth.say("restart", line, f"{_number(before)} stands before it")
        self._growth.add(line, parent, entry)
        self._growth.last[family] = ordinal

    def _below(self, line: Line) -> Node | None:
        """The section that a form of mark not open yet opens a level under."""
        growth = self._growth
        if not growth.open or line.mark is None:
            return None
        family = line.mark.family
        root = growth.open[0]
        if family in TOP_FORMS and root.family not in TOP_FORMS:
            return None if self._starts_over(root) else growth.top
        rank = _rank(family)
        if rank <= _rank(MarkFamily.CHINESE) or line.mark.ordinal > 1:
            # Not the first of its level: the level is one that was left, not a new one below.
            for node in reversed(growth.open):
                if node.family is None or _rank(node.family) < rank:
                    return node
        return None if rank <= _rank(MarkFamily.CHINESE) else growth.top

    def _starts_over(self, root: Node) -> bool:
        """Whether the numbers of the first section's form begin again after this line."""
        if root.family is None:
            return True
        other = self._growth.next_of(root.family)
        if other is None or other.mark is None:
            return root.ordinal <= 1
        return other.mark.ordinal == 1 and root.ordinal <= 2

    def _restart(self, line: Line, same: Sequence[Node]) -> Node | None:
        """Where number one stands whose form is open already."""
        top, last = self._growth.top, same[-1]
        if len(same) == 1:
            # Right below a heading, or in a section without a number: a level of its own.
            if top.bare and (top.family is not line.family or top.kind is not None):
                return top
            if top is not last and top.family is None:
                return top
        self._growth.say("restart", line, f"{_number(last)} stands before it")
        return last.parent


def _rank(family: MarkFamily) -> int:
    return _RANKS.index(family) if family in _RANKS else len(_RANKS)


def _number(node: Node) -> str:
    return mark_text(node.line) if node.line else ""
