"""What can only be told of the whole tree: tables before their heading, kinds by content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile

from disclosure_parser.catalogue import Catalogue
from disclosure_parser.document import (
    Diagnostic,
    Document,
    Paragraph,
    Quote,
    Severity,
    fold_text,
)
from disclosure_parser.outline.captions import NOTE
from disclosure_parser.outline.growth import TOP_FORMS
from disclosure_parser.outline.lines import Form, Line
from disclosure_parser.outline.model import TableView
from disclosure_parser.outline.node import Node, heading_anchor, kind_of, printed_title

#: Printed characters of a section's text that may tell its kind.
_FIRST_WORDS = 120
#: Lines that the title of a report takes, at most.
_TITLE_LINES = 5
#: Printed characters of a caption or a note between tables.
_CAPTION = 120
#: Kinds of sections that print tables of their own.
_WITH_TABLES = frozenset(
    {"tables", "statement", "annex", "procurement", "state_assets", "organisation", "performance"}
)


def section_of_title(root: Node, lines: Sequence[Line], catalogue: Catalogue) -> None:
    """Make a report without headings one section, if its title names a topic.

    A statement of the three public expenses, say, has a title and text, and nothing more.
    """
    if root.children:
        return
    titles = takewhile(
        lambda line: (
            line.form is Form.TITLE and line.mark is None and not (line.stop or line.in_table)
        ),
        lines[:_TITLE_LINES],
    )
    # A title that runs over several lines names its topic on the last one.
    for line in reversed(list(titles)):
        match = catalogue.match(line.core)
        if match is None or match.kind.part or match.kind.id in _WITH_TABLES:
            continue
        node = Node(line=line, title=printed_title(line), parent=root)
        position = root.blocks.index(line.block)
        node.blocks = root.blocks[position + 1 :]
        del root.blocks[position:]
        root.children.append(node)
        return


def settle_kinds(root: Node, document: Document, catalogue: Catalogue) -> None:
    """Tell the kinds again with the subsections known, by first words where titles fail."""
    before: set[str] = set()
    for node in root.children:
        node.kind, node.basis = kind_of(node, frozenset(before), catalogue)
        if node.line is not None and not (node.basis and node.kind is None):
            _by_subsections(node, catalogue)
            _of_several_topics(node, catalogue)
        if node.kind is None and not node.basis:
            _by_content(node, document, catalogue)
        if node.kind is not None:
            before.add(node.kind.id)
        settle_kinds(node, document, catalogue)


def _by_subsections(node: Node, catalogue: Catalogue) -> None:
    """A part whose title tells no part, but whose subsections all belong to one."""
    kind = node.kind
    if kind is not None and (kind.part or node.family not in TOP_FORMS):
        return
    votes: Counter[str] = Counter()
    for child in node.children:
        match = catalogue.match(child.line.core) if child.line is not None else None
        if match is not None:
            votes.update(p for p in match.kind.parents if catalogue.kinds[p].part)
    if not votes:
        return
    part, count = votes.most_common(1)[0]
    if kind is None:
        belongs = count > 1 and 2 * count >= len(node.children)
    else:
        # 第二部分 收支情况: the title of a topic on what is a part by its number.
        belongs = part in kind.parents and 2 * count >= len(node.children)
    if belongs:
        node.kind, node.basis = catalogue.kind(part), "subsections"


def _of_several_topics(node: Node, catalogue: Catalogue) -> None:
    """A title that joins topics (主要职责及机构设置), each of which has a subsection of its own.

    It is of the kind above both: as one of the two it would hold the other, and its own twice.
    """
    above = node.parent.known_kind if node.parent is not None else ""
    if node.kind is None or not node.kind.leaf or above not in node.kind.parents:
        return
    own = catalogue.match(node.line.core, above) if node.line is not None else None
    if own is not None and own.exact:
        return
    matches = [catalogue.match(c.line.core, above) for c in node.children if c.line is not None]
    topics = {m.kind.id for m in matches if m and m.exact and above in m.kind.parents}
    if len(topics) > 1 and node.kind.id in topics:
        node.kind, node.basis = catalogue.kind(above), "subsections"


def part_with_tables(
    root: Node, document: Document, views: Mapping[int, TableView], catalogue: Catalogue
) -> None:
    """Take the tables behind the text of the last section apart from it.

    A report may print its tables behind the text without a heading of their own. They are taken
    for a part of the report if there are two or more, each with a title or label, and nothing but
    captions and notes stands between and after them.
    """
    last = root
    while last.children:
        last = last.children[-1]
    tables = catalogue.kind("tables")
    if last is root or tables is None or not last.blocks:
        return
    if any(n.kind is not None and (n.kind.id in _WITH_TABLES or n.kind.child) for n in _up(last)):
        return
    start = len(last.blocks)
    count = 0
    for position in range(len(last.blocks) - 1, -1, -1):
        block = document.blocks[last.blocks[position]]
        view = views.get(last.blocks[position])
        if isinstance(block, Paragraph):
            text = block.text.strip()
            note = NOTE.match(fold_text(text)) is not None
            if not note and (len(text) > _CAPTION or text.endswith("。")):
                break
        elif view is not None:
            if view.empty and not view.header_rows:
                continue
            if view.title is None and view.label is None:
                break
            start = position
            count += 1
    if count < 2:
        return
    captions = {
        q.anchor.block for b in last.blocks[start:] if b in views for q in _quotes(views[b])
    }
    while start and last.blocks[start - 1] in captions:
        start -= 1
    node = Node(kind=tables, basis="tables behind the text, without a heading", parent=root)
    node.blocks = last.blocks[start:]
    del last.blocks[start:]
    root.children.append(node)


def claim_captions(root: Node, views: Mapping[int, TableView]) -> None:
    """Give captions printed above the heading of a table's section (公开01表) to that section."""
    owners: dict[int, Node] = {}
    for node in _down(root):
        owners.update(dict.fromkeys(node.blocks, node))
    for view in views.values():
        node = owners[view.block]
        if node.line is None:
            continue
        for block in sorted({quote.anchor.block for quote in _quotes(view)}):
            owner = owners.get(block)
            if owner is not None and owner is not node and block < node.line.block:
                owner.blocks.remove(block)
                node.blocks.insert(0, block)
                node.blocks.sort()
                owners[block] = node


def _quotes(view: TableView) -> list[Quote]:
    quotes = (view.label, view.agency, view.period, view.unit_quote, view.counted, view.title)
    return [quote for quote in quotes if quote is not None]


def _up(node: Node) -> Iterator[Node]:
    above: Node | None = node
    while above is not None:
        yield above
        above = above.parent


def _down(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _down(child)


def claim_tables(root: Node, views: Mapping[int, TableView]) -> list[Diagnostic]:
    """Give a heading without content the table of its own that was printed before it.

    Forms of several projects are sometimes printed with the heading behind the table: the section
    before ends with two tables of the same columns, of which the second has no title, and the
    heading is followed by the next heading at once.
    """
    said: list[Diagnostic] = []
    if len(root.children) > 1:
        said.extend(_claim_first(root, root.children[0], root.children[1], views))
    for before, node in pairwise(root.children):
        said.extend(_claim(before, node, views))
    for child in root.children:
        said.extend(claim_tables(child, views))
    return said


def _claim(before: Node, node: Node, views: Mapping[int, TableView]) -> list[Diagnostic]:
    if not node.bare or before.children or node.line is None:
        return []
    tables = [views[block] for block in before.blocks if block in views]
    if len(tables) < 2 or before.blocks[-1] != tables[-1].block:
        return []
    own, last = tables[-2], tables[-1]
    if last.title is not None or _names(own) != _names(last) or not _names(own):
        return []
    return _moved(before, node)


def _claim_first(
    parent: Node, node: Node, following: Node, views: Mapping[int, TableView]
) -> list[Diagnostic]:
    """The same for the first of several sections: its table stands right under their parent."""
    if not node.bare or node.line is None or not parent.blocks:
        return []
    last = views.get(parent.blocks[-1])
    theirs = next((views[block] for block in following.blocks if block in views), None)
    if last is None or theirs is None or not _names(last):
        return []
    # The heading of the whole part is no title of the first table's own.
    if last.title is not None and (
        parent.line is None or last.title.anchor.block != parent.line.block
    ):
        return []
    return _moved(parent, node) if _names(last) == _names(theirs) else []


def _moved(before: Node, node: Node) -> list[Diagnostic]:
    assert node.line is not None
    node.blocks.append(before.blocks.pop())
    node.basis += "; its table is printed before the heading"
    return [
        Diagnostic(
            code="outline.table_before_heading",
            message=f"the table before the heading {node.title!r} is taken for its own: "
            "it has no other heading, and the heading no other content",
            severity=Severity.NOTE,
            anchor=heading_anchor(node.line),
        )
    ]


def _names(view: TableView) -> tuple[str, ...]:
    """The names of a table's columns without remarks, which forms vary."""
    return tuple(fold_text(c.path[0]).partition("(")[0] for c in view.columns if c.path)


def _by_content(node: Node, document: Document, catalogue: Catalogue) -> None:
    """Tell the kind of a section whose title tells none from its first words."""
    above = node.parent.known_kind if node.parent is not None else ""
    match = catalogue.by_content(_first_words(node, document), above)
    if match is not None and match.kind.id != above:
        node.kind, node.basis = match.kind, match.basis
    else:
        node.basis = "neither title nor first words are in the catalogue"


def _first_words(node: Node, document: Document) -> str:
    for block in node.blocks:
        paragraph = document.blocks[block]
        if not isinstance(paragraph, Paragraph):
            return ""
        start = 0
        if node.line is not None and node.line.form is Form.RUN_IN and node.line.block == block:
            start = heading_anchor(node.line).end
        text = fold_text(paragraph.text[start : start + _FIRST_WORDS])
        if text:
            return text
    return ""
