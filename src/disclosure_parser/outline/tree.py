"""The section tree 章节树: which lines are headings, and what stands under what.

The lines are taken in reading order. For each the question is twofold: is it a heading or an item
of a list (:mod:`.deciding`), and under which open section does it stand (:mod:`.placing`)?
"""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_parser.catalogue import Catalogue
from disclosure_parser.language.numbering import MarkFamily
from disclosure_parser.outline.deciding import Deciding
from disclosure_parser.outline.growth import Growth
from disclosure_parser.outline.lines import Line
from disclosure_parser.outline.placing import Placing
from disclosure_parser.outline.plan import Plan
from disclosure_parser.outline.unnumbered import Unnumbered


class Tree(Growth):
    """Grows the section tree from the lines of a document, taken in order."""

    def __init__(self, catalogue: Catalogue, plan: Plan, lines: Sequence[Line]) -> None:
        super().__init__(catalogue, plan, lines)
        self._deciding = Deciding(self)
        self._placing = Placing(self)
        self._unnumbered = Unnumbered(self)

    def add_block(self, block: int) -> None:
        """Text or a table that belongs to the open section."""
        self.top.blocks.append(block)

    def add_line(self, position: int, *, titles_table: bool) -> bool:
        """Take a line: as a heading if it is one. Gives whether it is.

        ``titles_table`` says that the line is the title of the table below it.
        """
        self.position = position
        line = self.lines[position]
        if line.mark is None:
            return self._unnumbered.place(line, titles_table=titles_table)
        if self._deciding.is_heading(line):
            self._placing.place(line)
            return True
        if line.mark.family is not MarkFamily.WORD:
            self._deciding.note_item(line)
        return False
