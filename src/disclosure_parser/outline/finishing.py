"""What can only be told of the whole tree: tables before their heading, kinds by content."""

from __future__ import annotations

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
from disclosure_parser.outline.tree import Node, heading_anchor

#: Printed characters of a section's text that may tell its kind.
_FIRST_WORDS = 120


def claim_tables(root: Node, views: Mapping[int, TableView]) -> list[Diagnostic]:
    """Give a heading without content the table of its own that was printed before it.

    Forms of several projects are sometimes printed with the heading behind the table: the section
    before ends with two tables of the same columns, of which the second has no title, and the
    heading is followed by the next heading at once.
    """
    said: list[Diagnostic] = []
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


def kinds_by_content(root: Node, document: Document, catalogue: Catalogue) -> None:
    """Tell the kind of sections whose titles tell none from their first words."""
    for node in root.children:
        if node.kind is None and not node.basis and node.parent is not None:
            match = catalogue.by_content(_first_words(node, document), node.parent.known_kind)
            if match is not None and match.kind.id != node.parent.known_kind:
                node.kind, node.basis = match.kind, match.basis
            else:
                node.basis = "neither title nor first words are in the catalogue"
        kinds_by_content(node, document, catalogue)


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
