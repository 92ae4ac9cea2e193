"""Heading or item of a list: what a line with a numbering mark is.

It is decided by the form of the line (a title, or a sentence), the catalogue, the lines beside it
with the same form of mark, and the section it would stand in: some hold lists, some nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure_parser.catalogue import Match
from disclosure_parser.language.numbering import MarkFamily
from disclosure_parser.outline.growth import TOP_FORMS, Growth
from disclosure_parser.outline.lines import Form, Line
from disclosure_parser.outline.node import Node

#: Forms whose marks number lists unless the style or the contents list says otherwise.
_LIST_FORMS = frozenset(
    {
        MarkFamily.WORD,
        MarkFamily.CIRCLED,
        MarkFamily.LETTER,
        MarkFamily.ARABIC_HALF,
        MarkFamily.ROMAN,
        MarkFamily.ARTICLE,
    }
)
#: Forms of numbered titles behind which a colon may stand (二、收入预算：…).
_COLON_FORMS = frozenset({MarkFamily.CHINESE, MarkFamily.CHINESE_BRACKETED, MarkFamily.ARABIC})
#: How a title ends that a full stop may follow; sentences end otherwise.
_TITLE_END = re.compile(r"(?:情况|说明|概况|解释|目标|职责|职能|设置|构成|事项|绩效|信息|表)$")
#: Folded characters of a title that the catalogue does not know.
_SHORT = 30
_SHORT_RUN_IN = 20
#: Folded characters of a title that is the name of a project.
_PROJECT = 60


class Deciding:
    """Tells headings from items of lists, given the sections that are open."""

    def __init__(self, growth: Growth) -> None:
        self._growth = growth

    def is_heading(self, line: Line) -> bool:
        """Whether a line with a mark is a heading."""
        assert line.mark is not None
        if not line.titled:
            return False
        family, ordinal = line.mark.family, line.mark.ordinal
        if family in TOP_FORMS:
            return line.form is Form.TITLE or self._growth.known(line) is not None
        # A style alone makes no heading of a sentence: lists are set in heading styles too.
        set_as_heading = line.level is not None and line.stop in ("", ":")
        if line.form is Form.TITLE and (set_as_heading or self._growth.planned(line) is not None):
            return True
        if family in _LIST_FORMS:
            return False
        goes_on = [n for n in self._growth.open if n.family is family and n.ordinal + 1 == ordinal]
        item = ordinal > 1 and self._growth.top.lists.get(family) == ordinal - 1
        if self._growth.top.closed or self._growth.top.holds_lists:
            return self._ends_list(line, goes_on, item=item)
        known = self._growth.known(line)
        if item and not (goes_on and self._names_topic(line, known)):
            return False
        if line.form is Form.RUN_IN:
            return self._runs_in(line, known, goes_on)
        if known is not None and _reads_as_title(line, known):
            return family is not MarkFamily.ARABIC_BRACKETED or bool(goes_on) or ordinal == 1
        if family is MarkFamily.ARABIC_BRACKETED:
            return False
        if goes_on and self._like_sibling(line, goes_on[-1]):
            return True
        if not self._looks_like_title(line):
            return False
        if goes_on:
            return True
        if ordinal == 1:
            named_after = self._growth.top.kind is not None and self._growth.top.kind.child != ""
            return named_after or self._has_sibling(line)
        return self._growth.last.get(family) == ordinal - 1

    def _ends_list(self, line: Line, goes_on: Sequence[Node], *, item: bool) -> bool:
        """Whether a line in a section of lists is the heading of the next section."""
        if line.mark is None:
            return False
        known = self._growth.known(line)
        if line.form is Form.RUN_IN:
            # Only behind a heading of the same make: （一）职能职责。… （二）单位构成。…
            before = goes_on[-1].line if goes_on else None
            alike = before is not None and before.form is Form.RUN_IN
            return alike and not item and self._runs_in(line, known, goes_on)
        if known is not None and not _reads_as_title(line, known):
            return False
        same = [n for n in self._growth.open if n.family is line.family]
        if item:
            return bool(goes_on) and self._names_topic(line, known)
        if goes_on:
            return known is not None or self._looks_like_title(line)
        if known is None:
            return False
        if any(n.ordinal <= line.mark.ordinal for n in same):
            # A number left out or printed twice: the title says that the section ends.
            return True
        inside = self._growth.catalogue.match(line.core, self._growth.top.known_kind)
        return (
            not self._growth.top.closed
            and line.mark.ordinal == 1
            and inside is not None
            and inside.exact
            and self._has_sibling(line)
        )

    def _runs_in(self, line: Line, known: Match | None, goes_on: Sequence[Node]) -> bool:
        """Whether a title with text behind it in the same paragraph is a heading."""
        text = line.passage.text
        rest = text[line.end + len(line.stop) :]
        if "," in line.title or rest.startswith(("指", "是指", "反映", "是")):
            return False
        if not line.stop:
            return known is not None
        if line.stop == ":":
            return known is not None and known.exact and line.family in _COLON_FORMS
        if line.stop != "。" or self._growth.catalogue.verbs.match(line.title):
            return False
        ended = self._growth.catalogue.endings.search(line.title) is not None
        if known is not None:
            return ended or known.exact
        return ended and len(line.title) <= _SHORT_RUN_IN and (bool(goes_on) or _ordinal(line) == 1)

    def _looks_like_title(self, line: Line) -> bool:
        """Whether a line the catalogue does not know reads like a title, not like a sentence."""
        longest = _PROJECT if self._may_name_projects() else _SHORT
        title = line.title
        return (
            line.form is Form.TITLE
            and line.stop == ""
            and 2 <= len(title) <= longest
            and "," not in title
            and not self._growth.catalogue.verbs.match(title)
        )

    def _like_sibling(self, line: Line, sibling: Node) -> bool:
        """Whether a title ends with a full stop as the heading before it does."""
        return (
            line.stop == "。"
            and sibling.line is not None
            and sibling.line.stop == "。"
            and len(line.title) <= _SHORT_RUN_IN
            and "," not in line.title
            and not self._growth.catalogue.verbs.match(line.title)
        )

    def _may_name_projects(self) -> bool:
        return any(node.kind is not None and node.kind.child for node in self._growth.open)

    def _has_sibling(self, line: Line) -> bool:
        """Whether the next line with the same form of mark is number two and a title as well."""
        assert line.mark is not None
        other = self._growth.next_of(line.mark.family)
        if other is None or other.mark is None or other.mark.ordinal != 2:
            return False
        if self._growth.comes_before(TOP_FORMS, other):
            return False
        return self._looks_like_title(other) or (
            other.form is Form.TITLE and self._growth.known(other) is not None
        )

    def _names_topic(self, line: Line, known: Match | None) -> bool:
        """Whether a line that could go on a list as well names a topic, and nothing to be done."""
        verbs = self._growth.catalogue.verbs
        return known is not None and (known.exact or not verbs.match(line.title))

    def note_item(self, line: Line) -> None:
        """Remember the number of a list's item in the open section."""
        assert line.mark is not None
        lists = self._growth.top.lists
        family = line.mark.family
        families = list(lists)
        if family in families:
            # The lists inside the item before end with it.
            for inner in families[families.index(family) + 1 :]:
                del lists[inner]
        lists[family] = line.mark.ordinal


def _reads_as_title(line: Line, known: Match) -> bool:
    """Whether a line of the catalogue's words is a title, even with a full stop behind it."""
    return known.exact or line.stop in ("", ":") or _TITLE_END.search(line.title) is not None


def _ordinal(line: Line) -> int:
    return line.mark.ordinal if line.mark else 0
