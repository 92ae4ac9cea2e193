"""What can only be told of the whole tree: tables before their heading, kinds by content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from disclosure_parser.catalogue import Catalogue
from disclosure_parser.document import (
    Diagnostic,
    Document,
    Paragraph,
    Severity,
    fold_text,
)
from disclosure_parser.outline.lines import Form
from disclosure_parser.outline.model import TableView
from disclosure_parser.outline.tree import TOP_FORMS, Node, heading_anchor, kind_of

#: Printed characters of a section's text that may tell its kind.
_FIRST_WORDS = 120


def settle_kinds(root: Node, document: Document, catalogue: Catalogue) -> None:
    """Tell the kinds again with the subsections known, by first words where titles fail."""
    for node in root.children:
        node.kind, node.basis = kind_of(node, catalogue)
        if node.line is not None and (node.kind is None or node.family in TOP_FORMS):
            _by_subsections(node, catalogue)
        if node.kind is None and not node.basis:
            _by_content(node, document, catalogue)
        settle_kinds(node, document, catalogue)


def _by_subsections(node: Node, catalogue: Catalogue) -> None:
    """A part whose title tells no part, but whose subsections all belong to one."""
    if node.kind is not None and (node.kind.part or node.kind.id == "other"):
        return
    votes: Counter[str] = Counter()
    for child in node.children:
        match = catalogue.match(child.line.core) if child.line is not None else None
        if match is not None:
            parts = [p for p in match.kind.parents if catalogue.kinds[p].part]
            votes.update(parts)
    if votes:
        kind, count = votes.most_common(1)[0]
        enough = 1 if node.family in TOP_FORMS else 2
        if count >= enough and 2 * count >= len(node.children):
            node.kind, node.basis = catalogue.kind(kind), "subsections"


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
    if last is None or theirs is None or last.title is not None or not _names(last):
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
