"""The outline 大纲 of a document: its section tree and the views of its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import frozen

from disclosure_parser.catalogue import Catalogue
from disclosure_parser.document import Diagnostic, Document, Paragraph, Role, Table, fold_text
from disclosure_parser.outline.contents import find_contents, page_numbers
from disclosure_parser.outline.finishing import (
    claim_captions,
    claim_tables,
    part_with_tables,
    section_of_title,
    settle_kinds,
)
from disclosure_parser.outline.lines import Line, LineReader
from disclosure_parser.outline.model import Section, TableView
from disclosure_parser.outline.node import Node, heading_anchor, mark_text
from disclosure_parser.outline.plan import Plan
from disclosure_parser.outline.rebuild import with_cut, with_joined, with_roles, with_split
from disclosure_parser.outline.splitting import hidden_headings, joined_headings
from disclosure_parser.outline.tables import view_block
from disclosure_parser.outline.tree import Tree

__all__ = ["Outline", "build"]


@frozen(kw_only=True)
class Outline:
    """What a document is made of.

    ``document`` is the document with contents lists and page furniture told apart, headings that
    ran over two lines joined, and blocks that held several tables split; all other fields address
    it. ``front`` are the blocks before the first section, ``views`` one view for each table that
    is text of the report, ``family`` the template family (``""`` for none that is known).
    """

    document: Document
    front: tuple[int, ...]
    sections: tuple[Section, ...]
    views: tuple[TableView, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    family: str = ""


def build(document: Document, catalogue: Catalogue) -> Outline:
    """The outline of a document.

    Raises:
        LimitExceededError: a table claims more grid positions than are laid out.
    """
    reader = LineReader(catalogue)
    document = with_roles(document, page_numbers(document))
    document = with_cut(document, hidden_headings(document, reader, catalogue))
    roles, entries = find_contents(document, _lines(document, reader, contents=True))
    document = with_roles(document, roles)
    plan = Plan.of(entries)
    joins = joined_headings(document, _lines(document, reader), plan, catalogue)
    document = with_joined(document, joins)
    document, views = _tables(document)
    tree = _grow(document, catalogue, reader, plan, views)
    section_of_title(tree.root, tree.lines, catalogue)
    settle_kinds(tree.root, document, catalogue)
    by_block = {view.block: view for view in views}
    said = claim_tables(tree.root, by_block)
    part_with_tables(tree.root, document, by_block, catalogue)
    claim_captions(tree.root, by_block)
    sections = tuple(
        _section(node, str(number)) for number, node in enumerate(tree.root.children, start=1)
    )
    return Outline(
        document=document,
        front=tuple(tree.root.blocks),
        sections=sections,
        views=views,
        diagnostics=(*tree.diagnostics, *said),
        family=_family(sections, views, catalogue),
    )


def _lines(document: Document, reader: LineReader, *, contents: bool = False) -> list[Line]:
    wanted = (Role.TEXT, Role.CONTENTS) if contents else (Role.TEXT,)
    lines = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph) and block.role in wanted:
            line = reader.paragraph(index, block)
            if line is not None:
                lines.append(line)
    return lines


def _tables(document: Document) -> tuple[Document, tuple[TableView, ...]]:
    """The document with each table in a block of its own, and the views."""
    views: dict[int, tuple[TableView, ...]] = {
        index: view_block(document, index)
        for index, table in document.tables()
        if table.role is Role.TEXT
    }
    splits = {
        index: tuple(_first_row(view) for view in parts[1:])
        for index, parts in views.items()
        if len(parts) > 1
    }
    if not splits:
        return document, tuple(parts[0] for parts in views.values())
    document = with_split(document, splits)
    return document, tuple(
        view_block(document, index)[0]
        for index, table in document.tables()
        if table.role is Role.TEXT
    )


def _first_row(view: TableView) -> int:
    rows = (
        *view.caption_rows,
        *view.header_rows,
        *view.number_rows,
        *view.body_rows,
        *view.note_rows,
    )
    return min(rows)


def _grow(
    document: Document,
    catalogue: Catalogue,
    reader: LineReader,
    plan: Plan,
    views: Sequence[TableView],
) -> Tree:
    by_block = {view.block: view for view in views}
    titles = {
        view.title.anchor.block
        for view in views
        if view.title is not None and view.title.anchor.row is None
    }
    lines: list[Line] = []
    places: dict[int, int] = {}
    for index, block in enumerate(document.blocks):
        line = None
        if block.role is Role.TEXT:
            if isinstance(block, Paragraph):
                line = reader.paragraph(index, block)
            else:
                line = _line_in_table(block, by_block[index], reader)
        if line is not None:
            places[index] = len(lines)
            lines.append(line)
    tree = Tree(catalogue, plan, lines)
    for index, block in enumerate(document.blocks):
        if block.role is not Role.TEXT:
            continue
        heading = index in places and tree.add_line(places[index], titles_table=index in titles)
        if not heading or isinstance(block, Table):
            tree.add_block(index)
    return tree


def _line_in_table(table: Table, view: TableView, reader: LineReader) -> Line | None:
    """The title that stands in a table's own caption rows."""
    title = view.title
    if title is None or title.anchor.block != view.block or title.anchor.row is None:
        return None
    for cell in table.cells:
        if (cell.row, cell.column) == (title.anchor.row, title.anchor.column):
            return reader.cell(view.block, cell)
    return None


def _section(node: Node, number: str) -> Section:
    line = node.line
    return Section(
        id=number,
        number=mark_text(line) if line else "",
        title=node.title,
        family=line.family if line else None,
        ordinal=line.mark.ordinal if line and line.mark else None,
        heading=heading_anchor(line) if line else None,
        kind=node.kind.id if node.kind else "",
        basis=node.basis,
        blocks=tuple(node.blocks),
        children=tuple(
            _section(child, f"{number}.{index}")
            for index, child in enumerate(node.children, start=1)
        ),
    )


def _family(sections: Sequence[Section], views: Sequence[TableView], catalogue: Catalogue) -> str:
    top = Counter(section.family for section in sections).most_common(1)
    titles = [fold_text(s.title) for root in sections for s in root.walk()]
    titles.extend(fold_text(view.title.text) for view in views if view.title is not None)
    mark = top[0][0] if top else None
    return catalogue.family(
        mark.value if mark else "", [section.kind for section in sections], titles
    )
