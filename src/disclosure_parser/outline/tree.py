"""The section tree 章节树: which lines are headings, and what stands under what.

The lines are taken in reading order. For each the question is twofold: is it a heading or an item
of a list, and under which open section does it stand? Levels come from nesting: a mark form that
is open already goes on at its level, a new one opens a level below. No form has a rank of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from attrs import field, mutable

from disclosure_parser.catalogue import Catalogue, Match, SectionKind
from disclosure_parser.document import Anchor, Diagnostic, Severity
from disclosure_parser.language.numbering import MarkFamily
from disclosure_parser.outline.lines import Form, Line
from disclosure_parser.outline.plan import Plan

_RANK = {
    MarkFamily.PART: 0,
    MarkFamily.CHAPTER: 1,
    MarkFamily.CHINESE: 2,
    MarkFamily.CHINESE_BRACKETED: 3,
    MarkFamily.ARABIC: 4,
    MarkFamily.DECIMAL: 5,
}
_DEEPEST = 9
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
#: Forms of the parts of a whole report.
TOP_FORMS = frozenset({MarkFamily.PART, MarkFamily.CHAPTER})
#: Folded characters of a title that the catalogue does not know.
_SHORT = 30
_SHORT_RUN_IN = 20
_PROJECT = 60


@mutable(kw_only=True, eq=False)
class Node:
    """A section while the tree grows."""

    line: Line | None = None
    title: str = ""
    kind: SectionKind | None = None
    basis: str = ""
    parent: Node | None = None
    entry: int | None = None
    blocks: list[int] = field(factory=list)
    children: list[Node] = field(factory=list)
    #: The last number of each list form among the section's own paragraphs.
    lists: dict[MarkFamily, int] = field(factory=dict)

    @property
    def family(self) -> MarkFamily | None:
        return self.line.family if self.line else None

    @property
    def ordinal(self) -> int:
        return self.line.mark.ordinal if self.line and self.line.mark else 0

    @property
    def level(self) -> int | None:
        return self.line.style.outline_level if self.line else None

    @property
    def known_kind(self) -> str:
        """The kind of the nearest section, from this one upwards, that has one."""
        node: Node | None = self
        while node is not None:
            if node.kind is not None:
                return node.kind.id
            node = node.parent
        return ""

    @property
    def holds_lists(self) -> bool:
        node: Node | None = self
        while node is not None:
            if node.kind is not None:
                return node.kind.leaf
            node = node.parent
        return False

    @property
    def closed(self) -> bool:
        node: Node | None = self
        while node is not None:
            if node.kind is not None and node.kind.closed:
                return True
            node = node.parent
        return False

    @property
    def bare(self) -> bool:
        """Whether nothing stands under the heading yet."""
        return not self.blocks and not self.children


class Tree:
    """Grows the section tree from the lines of a document."""

    def __init__(self, catalogue: Catalogue, plan: Plan, lines: Sequence[Line]) -> None:
        self._catalogue = catalogue
        self._plan = plan
        self._lines = lines
        self._position = 0
        self._entry = -1
        self._matched: set[int] = set()
        #: The last number of each form at the level of a form, for numbering across parts.
        self._last: dict[MarkFamily, int] = {}
        self.root = Node()
        self.open: list[Node] = []
        self.diagnostics: list[Diagnostic] = []

    @property
    def top(self) -> Node:
        """The section that text belongs to now; the root before the first heading."""
        return self.open[-1] if self.open else self.root

    def add_block(self, block: int) -> None:
        """Text or a table that belongs to the open section."""
        self.top.blocks.append(block)

    def add_line(self, position: int, *, titles_table: bool) -> bool:
        """Take a line: as a heading if it is one. Gives whether it is.

        ``titles_table`` says that the line is the title of the table below it.
        """
        self._position = position
        line = self._lines[position]
        if line.mark is not None:
            heading = self._is_heading(line)
            if heading:
                self._place_marked(line)
            elif line.mark.family is not MarkFamily.WORD:
                self._note_item(line)
            return heading
        return self._add_unmarked(line, titles_table=titles_table)

    # --- is it a heading? ---------------------------------------------------------------------

    def _is_heading(self, line: Line) -> bool:
        assert line.mark is not None
        if not line.titled:
            return False
        family, ordinal = line.mark.family, line.mark.ordinal
        if family in TOP_FORMS:
            return line.form is Form.TITLE or self._known(line) is not None
        if line.form is Form.TITLE and (
            line.style.outline_level is not None or self._plan.find(line, self._entry) is not None
        ):
            return True
        if family in _LIST_FORMS:
            return False
        goes_on = [n for n in self.open if n.family is family and n.ordinal + 1 == ordinal]
        item = ordinal > 1 and self.top.lists.get(family) == ordinal - 1
        if self.top.closed or self.top.holds_lists:
            return self._ends_list(line, goes_on, item=item)
        known = self._known(line)
        if item and not (goes_on and self._names_topic(line, known)):
            return False
        if line.form is Form.RUN_IN:
            return self._runs_in(line, known, goes_on)
        if known is not None:
            return family is not MarkFamily.ARABIC_BRACKETED or bool(goes_on) or ordinal == 1
        if family is MarkFamily.ARABIC_BRACKETED or not self._looks_like_title(line):
            return False
        if goes_on:
            return True
        if ordinal == 1:
            named_after = self.top.kind is not None and self.top.kind.child != ""
            return named_after or self._has_sibling(line)
        return self._last.get(family) == ordinal - 1

    def _ends_list(self, line: Line, goes_on: Sequence[Node], *, item: bool) -> bool:
        """Whether a line in a section of lists is the heading of the next section."""
        if line.form is not Form.TITLE or line.mark is None:
            return False
        known = self._known(line)
        same = [n for n in self.open if n.family is line.family]
        if item:
            return bool(goes_on) and self._names_topic(line, known)
        if goes_on:
            return known is not None or self._looks_like_title(line)
        if known is None:
            return False
        if any(n.ordinal <= line.mark.ordinal for n in same):
            # A number left out or printed twice: the title says that the section ends.
            return True
        inside = self._catalogue.match(line.core, self.top.known_kind)
        return (
            not self.top.closed
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
            return known is not None and known.exact and line.family is MarkFamily.CHINESE
        if line.stop != "。" or self._catalogue.verbs.match(line.title):
            return False
        ended = self._catalogue.endings.search(line.title) is not None
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
            and not self._catalogue.verbs.match(title)
        )

    def _may_name_projects(self) -> bool:
        return any(node.kind is not None and node.kind.child for node in self.open)

    def _has_sibling(self, line: Line) -> bool:
        """Whether the next line with the same form of mark is number two and a title as well."""
        for other in self._lines[self._position + 1 :]:
            if other.mark is None or other.mark.family is not line.family:
                if other.family in TOP_FORMS:
                    return False
                continue
            return other.mark.ordinal == 2 and (
                self._looks_like_title(other)
                or (other.form is Form.TITLE and self._known(other) is not None)
            )
        return False

    def _known(self, line: Line) -> Match | None:
        """The kind that the title suits under any of the open sections, or on its own."""
        best: Match | None = None
        for kind in dict.fromkeys([*(n.kind.id for n in self.open if n.kind is not None), ""]):
            match = self._catalogue.match(line.core, kind)
            if match is not None and (best is None or match.score > best.score):
                best = match
        return best

    def _names_topic(self, line: Line, known: Match | None) -> bool:
        """Whether a line that could go on a list as well names a topic, and nothing to be done."""
        return known is not None and (known.exact or not self._catalogue.verbs.match(line.title))

    def _note_item(self, line: Line) -> None:
        assert line.mark is not None
        lists = self.top.lists
        family = line.mark.family
        families = list(lists)
        if family in families:
            # The lists inside the item before end with it.
            for inner in families[families.index(family) + 1 :]:
                del lists[inner]
        lists[family] = line.mark.ordinal

    # --- where does it stand? -----------------------------------------------------------------

    def _place_marked(self, line: Line) -> None:
        assert line.mark is not None
        family, ordinal = line.mark.family, line.mark.ordinal
        same = [n for n in self.open if n.family is family]
        following = [n for n in same if n.ordinal + 1 == ordinal]
        entry = self._plan.find(line, self._entry)
        if following:
            parent = following[-1].parent
        elif not same:
            parent = self._below(line)
            if ordinal != 1 and self._last.get(family) != ordinal - 1:
                self._say("gap", line, f"number {line.passage.text[: line.start]} comes first")
        elif ordinal == 1:
            parent = self._restart(line, same[-1])
        else:
            lower = [n for n in same if n.ordinal < ordinal]
            before = lower[-1] if lower else same[-1]
            parent = before.parent
            if lower and self._last.get(family) == ordinal - 1:
                pass
            elif lower:
                self._say("gap", line, f"{self._number(before)} is followed by this number")
            elif any(n.ordinal == ordinal for n in same):
                self._say("duplicate", line, f"{self._number(before)} stands before it already")
            else:
                self._say("restart", line, f"{self._number(before)} stands before it")
        self._append(line, parent, entry)
        self._last[family] = ordinal

    def _below(self, line: Line) -> Node | None:
        """The section that a form of mark not open yet opens a level under."""
        if not self.open:
            return None
        family = line.family
        root = self.open[0]
        if family in TOP_FORMS and root.family not in TOP_FORMS:
            return None if self._starts_over(root) else self.top
        if family is not None and _RANK.get(family, _DEEPEST) <= _RANK[MarkFamily.CHINESE]:
            rank = _RANK[family]
            for node in reversed(self.open):
                if node.family is None or _RANK.get(node.family, _DEEPEST) < rank:
                    return node
            return None
        if line.mark is not None and line.mark.ordinal > 1:
            rank = _RANK.get(line.mark.family, _DEEPEST)
            for node in reversed(self.open):
                if node.family is None or _RANK.get(node.family, _DEEPEST) < rank:
                    return node
        return self.top

    def _starts_over(self, root: Node) -> bool:
        """Whether the numbers of the first section's form begin again after this line."""
        if root.family is None:
            return True
        for other in self._lines[self._position + 1 :]:
            if other.mark is not None and other.mark.family is root.family:
                return other.mark.ordinal == 1 and root.ordinal <= 2
        return root.ordinal <= 1

    def _restart(self, line: Line, last: Node) -> Node | None:
        """Where number one stands whose form is open already."""
        if self.top.bare and (self.top.family is not line.family or self.top.kind is not None):
            return self.top
        if self.top is not last and self.top.family is None:
            return self.top
        if self._plan.find(line, self._entry) is None or line.style.outline_level is None:
            self._say("restart", line, f"{self._number(last)} stands before it")
        return last.parent

    def _append(self, line: Line, parent: Node | None, entry: int | None) -> Node:
        parent = parent if parent is not None else self.root
        while self.open and self.open[-1] is not parent:
            self.open.pop()
        node = Node(line=line, title=_printed(line), parent=parent, entry=entry)
        node.kind, node.basis = kind_of(node, self._catalogue)
        if entry is not None:
            self._entry = max(self._entry, entry)
            self._matched.add(entry)
            planned = self._plan.entries[entry]
            if planned.family is not None and planned.ordinal is not None:
                # The number may be missing in the text: the next one follows it all the same.
                self._last[planned.family] = planned.ordinal
        parent.children.append(node)
        self.open.append(node)
        if line.form is Form.RUN_IN:
            node.blocks.append(line.block)
        return node

    # --- headings without a number ------------------------------------------------------------

    def _add_unmarked(self, line: Line, *, titles_table: bool) -> bool:
        if line.form is not Form.TITLE:
            return False
        if line.in_table:
            if self._heads_table():
                self._append(line, self._table_part(), self._plan.find(line, self._entry))
                return True
            return False
        entry = self._plan.find(line, self._entry)
        level = line.style.outline_level
        if entry is not None and (entry > self._entry or level is not None):
            self._append(line, self._planned(entry), entry)
            return True
        if level is not None and line.stop == "" and not self._is_front_title(line):
            parent: Node | None = next(
                (n for n in reversed(self.open) if n.level is not None and n.level < level), None
            )
            self._append(line, parent, None)
            return True
        if titles_table and self._heads_table():
            self._append(line, self._table_part(), None)
            return True
        if titles_table or line.stop or "," in line.title or len(line.title) > 40:
            return False
        match = self._known(line)
        if match is None or not self._stands_alone(line, match):
            return False
        self._append(line, self._alone_under(match), None)
        return True

    def _table_part(self) -> Node | None:
        """The open section that holds the statutory tables, one section each."""
        return next((n for n in self.open if n.kind is not None and n.kind.id == "tables"), None)

    def _heads_table(self) -> bool:
        """Whether the title of a table in the part with the tables is the heading of its section.

        A title printed again under its own numbered heading is none.
        """
        part = self._table_part()
        if part is None:
            return False
        top = self.top
        if top is part:
            return not any(child.family is not None for child in part.children)
        return top.family is None and top.parent is part

    def _is_front_title(self, line: Line) -> bool:
        """Whether a line before the first heading is the title of the report."""
        return not self.open and any(
            word in line.title for word in ("预算", "决算", "收支", "公开")
        )

    def _stands_alone(self, line: Line, match: Match) -> bool:
        """Whether a title without a number, which the catalogue knows, is a heading."""
        kind = match.kind
        if not self.open and (self._is_front_title(line) or not (match.exact or kind.repeats)):
            return False
        if self.top.closed and not kind.part:
            return False
        bracketed = line.passage.text.startswith("【")
        shown = line.style.bold or line.style.centred or bracketed
        if bracketed or (match.exact and (shown or kind.part)):
            return True
        following = next((o for o in self._lines[self._position + 1 : self._position + 3]), None)
        opens = (
            following is not None
            and following.mark is not None
            and following.mark.ordinal == 1
            and following.form is Form.TITLE
        )
        return kind.repeats and kind.id != "statement" and (shown or opens)

    def _alone_under(self, match: Match) -> Node | None:
        """The section that a heading without a number stands under."""
        for node in reversed(self.open):
            if node.family is None and node.line is not None and node.kind is match.kind:
                return node.parent
        if not match.kind.part:
            for node in reversed(self.open):
                if node.kind is not None and node.kind.id in match.kind.parents:
                    return node
        return None

    def _planned(self, entry: int) -> Node | None:
        """The open section that the contents list puts an entry under."""
        above = self._plan.above[entry]
        if above is None:
            return None
        for node in self.open:
            if node.entry == above:
                return node
        planned = self._plan.entries[above]
        match = self._catalogue.match(planned.core)
        if above in self._matched or match is None or match.kind.id != "tables":
            return self.open[0] if self.open else None
        # The contents list names the part with the tables; the text goes on without its heading.
        self.open.clear()
        node = Node(
            title=planned.title,
            kind=match.kind,
            basis="contents list; its heading is not printed in the text",
            parent=self.root,
            entry=above,
        )
        self.root.children.append(node)
        self.open.append(node)
        self._matched.add(above)
        return node

    # --- diagnostics --------------------------------------------------------------------------

    def _number(self, node: Node) -> str:
        return mark_text(node.line) if node.line else ""

    def _say(self, code: str, line: Line, message: str) -> None:
        self.diagnostics.append(
            Diagnostic(
                code=f"outline.{code}",
                message=f"heading {mark_text(line)!r} {line.title!r}: {message}",
                severity=Severity.NOTE,
                anchor=heading_anchor(line),
            )
        )


def kind_of(node: Node, catalogue: Catalogue) -> tuple[SectionKind | None, str]:
    """The kind of a section by its title, the sections above and those before it, and why."""
    parent = node.parent
    assert parent is not None
    if node.line is None:
        return node.kind, node.basis
    above = parent.known_kind
    before = frozenset(
        n.kind.id for n in takewhile(lambda n: n is not node, parent.children) if n.kind is not None
    )
    match = catalogue.match(node.line.core, above, before)
    if match is not None and not _may_stand(match.kind, parent, catalogue):
        return None, f"part of {above}, which holds no {match.kind.id}"
    if match is not None and match.kind.id == above and not (match.kind.repeats or match.kind.part):
        return None, f"part of {above}: the title names the same subject"
    if match is not None:
        return match.kind, match.basis
    own = catalogue.kind(above)
    child = catalogue.kind(own.child) if own is not None and own.child else None
    if child is not None and parent.kind is own:
        return child, f"under {above}"
    return None, ""


def _may_stand(kind: SectionKind, parent: Node, catalogue: Catalogue) -> bool:
    """Whether a kind keeps its meaning under a section."""
    above = catalogue.kind(parent.known_kind)
    if above is not None and kind.within and not above.part and above.id not in kind.within:
        return False
    node: Node | None = parent
    while node is not None:
        if node.kind is not None and node.kind.holds and kind.id not in node.kind.holds:
            return False
        node = node.parent
    return True


def heading_anchor(line: Line) -> Anchor:
    """The printed heading: mark and title, without the punctuation before running text."""
    end = line.end if line.form is Form.RUN_IN else len(line.passage.text)
    if line.form is Form.RUN_IN and line.stop:
        end += len(line.stop)
    return line.passage.anchor(0, end)


def mark_text(line: Line) -> str:
    """The mark as printed, ``""`` for none."""
    return line.passage.quote(0, line.mark.end).text if line.mark else ""


def _printed(line: Line) -> str:
    return line.passage.quote(line.start, line.end).text.replace("\n", "")


def _ordinal(line: Line) -> int:
    return line.mark.ordinal if line.mark else 0
