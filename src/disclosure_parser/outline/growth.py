"""The state of the section tree while the lines are taken in reading order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from disclosure_parser.catalogue import Catalogue, Match
from disclosure_parser.document import Diagnostic, Severity
from disclosure_parser.language.numbering import MarkFamily
from disclosure_parser.outline.lines import Form, Line
from disclosure_parser.outline.node import Node, heading_anchor, kind_of, mark_text, printed_title
from disclosure_parser.outline.plan import Plan

#: Forms of the parts of a whole report.
TOP_FORMS = frozenset({MarkFamily.PART, MarkFamily.CHAPTER})


class Growth:
    """The tree so far, the sections that are open, and the lines still to come.

    ``open`` holds the open sections from the outermost to the innermost; ``last`` the last number
    of each form of mark, for numbers that run on across parts; ``entry`` the last line of the
    contents list that was found in the text.
    """

    def __init__(self, catalogue: Catalogue, plan: Plan, lines: Sequence[Line]) -> None:
        self.catalogue = catalogue
        self.plan = plan
        self.lines = lines
        self.position = 0
        self.root = Node()
        self.open: list[Node] = []
        self.last: dict[MarkFamily, int] = {}
        self.entry = -1
        self.matched: set[int] = set()
        self.diagnostics: list[Diagnostic] = []
        self._places: dict[MarkFamily, list[int]] = {}
        for position, line in enumerate(lines):
            if line.mark is not None:
                self._places.setdefault(line.mark.family, []).append(position)

    @property
    def top(self) -> Node:
        """The section that text belongs to now; the root before the first heading."""
        return self.open[-1] if self.open else self.root

    def known(self, line: Line) -> Match | None:
        """The kind that the title suits under any of the open sections, or on its own."""
        best: Match | None = None
        core = line.core
        for kind in dict.fromkeys([*(n.kind.id for n in self.open if n.kind is not None), ""]):
            match = self.catalogue.match(core, kind)
            if match is not None and (best is None or match.score > best.score):
                best = match
        return best

    def planned(self, line: Line) -> int | None:
        """The line of the contents list that a line is the heading of."""
        return self.plan.find(line, self.entry)

    def next_of(self, family: MarkFamily) -> Line | None:
        """The next line with a form of mark."""
        places = self._places.get(family, [])
        index = bisect_right(places, self.position)
        return self.lines[places[index]] if index < len(places) else None

    def comes_before(self, families: frozenset[MarkFamily], line: Line) -> bool:
        """Whether a line with one of the forms comes before ``line``."""
        return any(
            other is not None and other.block < line.block
            for other in (self.next_of(family) for family in families)
        )

    def add(self, line: Line, parent: Node | None, entry: int | None) -> None:
        """Open a section under ``parent`` (``None`` for the top)."""
        parent = parent if parent is not None else self.root
        while self.open and self.open[-1] is not parent:
            self.open.pop()
        node = Node(line=line, title=printed_title(line), parent=parent, entry=entry)
        node.kind, node.basis = kind_of(node, frozenset(parent.kinds), self.catalogue)
        if entry is not None:
            self.entry = max(self.entry, entry)
            self.matched.add(entry)
            planned = self.plan.entries[entry]
            if planned.family is not None and planned.ordinal is not None:
                # The number may be missing in the text: the next one follows it all the same.
                self.last[planned.family] = planned.ordinal
        self._open(node, parent)
        if line.form is Form.RUN_IN:
            node.blocks.append(line.block)

    def add_unprinted(self, entry: int, match: Match) -> Node:
        """Open a section at the top that the contents list names and the text does not print."""
        self.open.clear()
        node = Node(
            title=self.plan.entries[entry].title,
            kind=match.kind,
            basis="contents list; its heading is not printed in the text",
            parent=self.root,
            entry=entry,
        )
        self.matched.add(entry)
        self._open(node, self.root)
        return node

    def _open(self, node: Node, parent: Node) -> None:
        parent.children.append(node)
        if node.kind is not None:
            parent.kinds.add(node.kind.id)
        self.open.append(node)

    def say(self, code: str, line: Line, message: str) -> None:
        """Note a slip in the numbers."""
        self.diagnostics.append(
            Diagnostic(
                code=f"outline.{code}",
                message=f"heading {mark_text(line)!r} {line.title!r}: {message}",
                severity=Severity.NOTE,
                anchor=heading_anchor(line),
            )
        )
