"""One outline of several: blocks behind each other, every anchor and section id moved along."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence

from attrs import evolve, frozen

from disclosure_parser.document import (
    Anchor,
    Block,
    Cell,
    Diagnostic,
    Document,
    Fragment,
    Paragraph,
    Part,
    Quote,
    Role,
    Source,
)
from disclosure_parser.outline import Outline
from disclosure_parser.outline.model import Section, TableView

#: The format of what several files make.
FORMAT = "disclosure"


@frozen
class Piece:
    """A file of a disclosure: its outline, and the blocks of tables that an earlier one prints."""

    outline: Outline
    repeated: Collection[int] = ()


def merged(pieces: Sequence[Piece]) -> Outline:
    """The outlines as one, in their order; the first is the main one.

    A file without sections becomes one, of kind ``tables``. What stands before the first section of
    a later file goes to the front of all.
    """
    blocks: list[Block] = []
    parts: list[Part] = []
    front: list[int] = []
    sections: list[Section] = []
    views: list[TableView] = []
    said: list[Diagnostic] = []
    told: list[Diagnostic] = []
    for piece in pieces:
        outline, first = piece.outline, len(blocks)
        document = outline.document
        name = document.source.name
        for index, block in enumerate(document.blocks):
            blocks.append(_block(block, name, first, repeated=index in piece.repeated))
        parts.append(Part(source=document.source, start=first, end=len(blocks)))
        own = [
            _section(s, first, str(n)) for n, s in enumerate(outline.sections, len(sections) + 1)
        ]
        lead = tuple(index + first for index in outline.front)
        if not own and outline.views and sections:
            own = [_tables(str(len(sections) + 1), lead)]
        else:
            front.extend(lead)
        sections.extend(own)
        views.extend(_view(v, first) for v in outline.views if v.block not in piece.repeated)
        said.extend(_diagnostic(d, first, name) for d in document.diagnostics)
        told.extend(_diagnostic(d, first, name) for d in outline.diagnostics)
    source = _source([piece.outline.document.source for piece in pieces])
    return Outline(
        document=Document(
            source=source,
            blocks=tuple(blocks),
            diagnostics=tuple(said),
            parts=tuple(parts),
            recognised=tuple(n for p in pieces for n in p.outline.document.recognised),
        ),
        front=tuple(front),
        sections=tuple(sections),
        views=tuple(views),
        diagnostics=tuple(told),
        family=next((p.outline.family for p in pieces if p.outline.family), ""),
    )


def hash_of_all(hashes: Iterable[str]) -> str:
    """What identifies a disclosure: SHA-256 over the hashes of its files, in whatever order."""
    return hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest()


def _tables(number: str, blocks: tuple[int, ...]) -> Section:
    return Section(
        id=number, number="", title="", kind="tables", basis="a file of tables", blocks=blocks
    )


def _source(sources: Sequence[Source]) -> Source:
    """What was read, all together."""
    pages = [source.pages for source in sources]
    return Source(
        name=" + ".join(source.name for source in sources),
        format=FORMAT,
        sha256=hash_of_all(source.sha256 for source in sources),
        size=sum(source.size for source in sources),
        pages=sum(page or 0 for page in pages) if any(pages) else None,
    )


# -- moving -----------------------------------------------------------------------------------


def _block(block: Block, name: str, first: int, *, repeated: bool) -> Block:
    role = Role.REPEATED if repeated else block.role
    if isinstance(block, Paragraph):
        return evolve(block, role=role, fragments=_fragments(block, name))
    container = _anchor(block.container, first) if block.container is not None else None
    cells = tuple(evolve(cell, fragments=_fragments(cell, name)) for cell in block.cells)
    return evolve(block, role=role, cells=cells, container=container)


def _fragments(text: Paragraph | Cell, name: str) -> tuple[Fragment, ...]:
    return tuple(evolve(f, place=evolve(f.place, file=name)) for f in text.fragments)


def _anchor(anchor: Anchor, first: int) -> Anchor:
    return evolve(anchor, block=anchor.block + first)


def _quote(quote: Quote | None, first: int) -> Quote | None:
    return None if quote is None else evolve(quote, anchor=_anchor(quote.anchor, first))


def _section(section: Section, first: int, number: str) -> Section:
    return evolve(
        section,
        id=number,
        heading=_anchor(section.heading, first) if section.heading is not None else None,
        blocks=tuple(block + first for block in section.blocks),
        children=tuple(
            _section(child, first, f"{number}.{index}")
            for index, child in enumerate(section.children, start=1)
        ),
    )


def _view(view: TableView, first: int) -> TableView:
    return evolve(
        view,
        block=view.block + first,
        title=_quote(view.title, first),
        label=_quote(view.label, first),
        agency=_quote(view.agency, first),
        period=_quote(view.period, first),
        unit_quote=_quote(view.unit_quote, first),
        notes=tuple(evolve(note, anchor=_anchor(note.anchor, first)) for note in view.notes),
    )


def _diagnostic(diagnostic: Diagnostic, first: int, name: str) -> Diagnostic:
    place = diagnostic.place
    return evolve(
        diagnostic,
        message=f"{name}: {diagnostic.message.removeprefix(f'{name}: ')}",
        anchor=_anchor(diagnostic.anchor, first) if diagnostic.anchor is not None else None,
        place=evolve(place, file=name) if place is not None else None,
    )
