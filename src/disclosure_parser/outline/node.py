"""A section while the tree grows, and what its heading says."""

from __future__ import annotations

from attrs import field, mutable

from disclosure_parser.catalogue import Catalogue, SectionKind
from disclosure_parser.document import Anchor
from disclosure_parser.language.numbering import MarkFamily
from disclosure_parser.outline.lines import Form, Line


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
    #: The kinds of the children so far.
    kinds: set[str] = field(factory=set)
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
        return self.line.level if self.line else None

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


def kind_of(
    node: Node, before: frozenset[str], catalogue: Catalogue
) -> tuple[SectionKind | None, str]:
    """The kind of a section by its title, the sections above it and those before it, and why."""
    parent = node.parent
    assert parent is not None
    if node.line is None:
        return node.kind, node.basis
    above = parent.known_kind
    match = catalogue.match(node.line.core, above, before & catalogue.followed)
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


def printed_title(line: Line) -> str:
    """The title as printed, without its mark and line ends."""
    return line.passage.quote(line.start, line.end).text.replace("\n", "")
