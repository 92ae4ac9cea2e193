"""Headings without a number: told by the contents list, their style, or the catalogue."""

from __future__ import annotations

from disclosure_parser.catalogue import Match
from disclosure_parser.outline.growth import Growth
from disclosure_parser.outline.lines import Form, Line
from disclosure_parser.outline.node import Node

#: Folded characters of a title that only the catalogue knows.
_LONGEST = 40
_REPORT_WORDS = ("预算", "决算", "收支", "公开")


class Unnumbered:
    """Opens the sections of headings without a number."""

    def __init__(self, growth: Growth) -> None:
        self._growth = growth

    def place(self, line: Line, *, titles_table: bool) -> bool:
        """Open the section of a heading without a mark. Gives whether the line is one.

        ``titles_table`` says that it is the title of the table below it.
        """
        if line.form is not Form.TITLE:
            return False
        if line.in_table:
            part = self._table_part()
            if part is not None:
                self._growth.add(line, part, self._growth.planned(line))
            return part is not None
        entry = self._growth.planned(line)
        level = line.level
        if entry is not None and (entry > self._growth.entry or level is not None):
            self._growth.add(line, self._planned(entry), entry)
            return True
        if level is not None and line.stop == "" and not self._is_front_title(line):
            self._growth.add(line, self._styled_above(level), None)
            return True
        if titles_table and (part := self._table_part()) is not None:
            self._growth.add(line, part, None)
            return True
        if titles_table or "," in line.title or len(line.title) > _LONGEST:
            return False
        match = self._growth.known(line)
        if match is None or (line.stop and not _announces(line, match)):
            return False
        if not self._stands_alone(line, match):
            return False
        self._growth.add(line, self._alone_under(match), None)
        return True

    def _styled_above(self, level: int) -> Node | None:
        """The innermost open section whose heading style is of a higher level."""
        for node in reversed(self._growth.open):
            if node.level is not None and node.level < level:
                return node
        return None

    def _table_part(self) -> Node | None:
        """The section that a table's title opens a section under, if it does.

        That is the part with the tables, or what holds the section of the table before. A title
        printed again under its own numbered heading opens none.
        """
        top = self._growth.top
        if top.kind is not None and top.kind.id == "statement" and top.family is None:
            return top.parent
        if top.kind is not None and top.kind.id == "tables":
            numbered = any(child.family is not None for child in top.children)
            return None if numbered else top
        return None

    def _is_front_title(self, line: Line) -> bool:
        """Whether a line before the first heading is the title of the report."""
        return not self._growth.open and any(word in line.title for word in _REPORT_WORDS)

    def _stands_alone(self, line: Line, match: Match) -> bool:
        """Whether a title without a number, which the catalogue knows, is a heading."""
        kind = match.kind
        growth = self._growth
        if not growth.open and (self._is_front_title(line) or not (match.exact or kind.repeats)):
            return False
        if growth.top.closed and not kind.part:
            return False
        if line.passage.text.startswith("【"):
            return True
        if kind.part and kind.id in growth.root.kinds:
            # A report has each of its parts once; the words stand for something else here.
            return False
        shown = line.style.bold or line.style.centred
        if match.exact and (shown or kind.part):
            return True
        if kind.id == "statement":
            return False
        if kind.repeats and (shown or self._opens(growth.position)):
            return True
        return line.style.bold and growth.open != [] and not growth.top.holds_lists

    def _opens(self, position: int) -> bool:
        """Whether the next line is a title with number one."""
        following = next(iter(self._growth.lines[position + 1 : position + 2]), None)
        return (
            following is not None
            and following.mark is not None
            and following.mark.ordinal == 1
            and following.form is Form.TITLE
        )

    def _alone_under(self, match: Match) -> Node | None:
        """The section that a heading without a number stands under."""
        for node in reversed(self._growth.open):
            if node.family is None and node.line is not None and node.kind is match.kind:
                return node.parent
        if not match.kind.part:
            for node in reversed(self._growth.open):
                if node.kind is not None and node.kind.id in match.kind.parents:
                    return node
        return None

    def _planned(self, entry: int) -> Node | None:
        """The open section that the contents list puts an entry under."""
        above = self._growth.plan.above[entry]
        if above is None:
            return None
        for node in self._growth.open:
            if node.entry == above:
                return node
        planned = self._growth.plan.entries[above]
        match = self._growth.catalogue.match(planned.core)
        if above not in self._growth.matched and match is not None and match.kind.id == "tables":
            return self._growth.add_unprinted(above, match)
        for node in reversed(self._growth.open):
            # What the list puts both under is not open: they stand side by side all the same.
            if node.entry is not None and self._growth.plan.above[node.entry] == above:
                return node.parent
        return None


def _announces(line: Line, match: Match) -> bool:
    """Whether a title with a colon announces a part of its own (附件：, 名词解释：)."""
    kind = match.kind
    own = kind.closed or bool(kind.holds) or kind.child != ""
    return line.stop == ":" and match.exact and kind.part and own
