"""A document with other blocks: tables split, lines joined, and every anchor still right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from attrs import evolve

from disclosure_parser.document import (
    Anchor,
    Block,
    Document,
    Fragment,
    Paragraph,
    Role,
    Table,
)

_Move = Callable[[Anchor], Anchor]


def with_roles(document: Document, roles: Mapping[int, Role]) -> Document:
    """The document with other roles for some blocks."""
    if not roles:
        return document
    blocks = tuple(
        evolve(block, role=roles[index]) if index in roles else block
        for index, block in enumerate(document.blocks)
    )
    return evolve(document, blocks=blocks)


def with_joined(document: Document, joins: Mapping[int, tuple[int, str]]) -> Document:
    """The document with paragraphs joined: first block to (second block, what stands between).

    Blocks between the two (furniture) go behind the joined paragraph.
    """
    if not joins:
        return document
    seconds = {second for second, _ in joins.values()}
    blocks: list[Block] = []
    moved: dict[int, tuple[int, int]] = {}
    for index, block in enumerate(document.blocks):
        if index in seconds:
            continue
        moved[index] = (len(blocks), 0)
        if index in joins:
            second, between = joins[index]
            follower = document.blocks[second]
            assert isinstance(block, Paragraph)
            assert isinstance(follower, Paragraph)
            shift = len(block.text) + len(between)
            moved[second] = (len(blocks), shift)
            fragments = tuple(
                Fragment(start=f.start + shift, end=f.end + shift, place=f.place)
                for f in follower.fragments
            )
            block = evolve(
                block,
                text=block.text + between + follower.text,
                fragments=block.fragments + fragments,
            )
        blocks.append(block)

    def move(anchor: Anchor) -> Anchor:
        block, shift = moved[anchor.block]
        return evolve(anchor, block=block, start=anchor.start + shift, end=anchor.end + shift)

    return _moved(document, blocks, move)


def with_cut(document: Document, cuts: Mapping[int, tuple[int, ...]]) -> Document:
    """The document with paragraphs cut at the given offsets, each piece a paragraph of its own."""
    if not cuts:
        return document
    blocks: list[Block] = []
    firsts: dict[int, int] = {}
    for index, block in enumerate(document.blocks):
        firsts[index] = len(blocks)
        if index in cuts and isinstance(block, Paragraph):
            blocks.extend(_cut(block, cuts[index]))
        else:
            blocks.append(block)

    def move(anchor: Anchor) -> Anchor:
        block = firsts[anchor.block]
        if anchor.row is not None:
            return evolve(anchor, block=block)
        before = [cut for cut in cuts.get(anchor.block, ()) if cut <= anchor.start]
        shift = before[-1] if before else 0
        block += len(before)
        piece = blocks[block]
        # An anchor over a cut keeps what stands in the piece that it begins in.
        end = min(anchor.end - shift, len(piece.text)) if isinstance(piece, Paragraph) else 0
        return evolve(anchor, block=block, start=anchor.start - shift, end=end)

    return _moved(document, blocks, move)


def _cut(paragraph: Paragraph, cuts: tuple[int, ...]) -> list[Paragraph]:
    bounds = [0, *cuts, len(paragraph.text)]
    return [
        evolve(
            paragraph,
            text=paragraph.text[first:end],
            fragments=tuple(
                Fragment(
                    start=max(f.start, first) - first, end=min(f.end, end) - first, place=f.place
                )
                for f in paragraph.fragments
                if f.start < end and f.end > first
            ),
            generated=min(max(paragraph.generated - first, 0), end - first),
        )
        for first, end in pairwise(bounds)
    ]


def with_split(document: Document, splits: Mapping[int, tuple[int, ...]]) -> Document:
    """The document with tables split before the given rows, each part a table of its own."""
    if not splits:
        return document
    blocks: list[Block] = []
    firsts: dict[int, int] = {}
    for index, block in enumerate(document.blocks):
        firsts[index] = len(blocks)
        if index in splits and isinstance(block, Table):
            blocks.extend(_split(block, splits[index]))
        else:
            blocks.append(block)

    def move(anchor: Anchor) -> Anchor:
        block = firsts[anchor.block]
        if anchor.row is None:
            return evolve(anchor, block=block)
        rows = [row for row in splits.get(anchor.block, ()) if row <= anchor.row]
        return evolve(anchor, block=block + len(rows), row=anchor.row - (rows[-1] if rows else 0))

    return _moved(document, blocks, move)


def _split(table: Table, rows: tuple[int, ...]) -> list[Table]:
    parts = []
    bounds = [0, *rows, table.rows]
    for first, end in pairwise(bounds):
        cells = tuple(
            evolve(c, row=c.row - first, row_span=min(c.row_span, end - c.row))
            for c in table.cells
            if first <= c.row < end
        )
        parts.append(evolve(table, cells=cells, rows=end - first))
    return parts


def _moved(document: Document, blocks: list[Block], move: _Move) -> Document:
    for index, block in enumerate(blocks):
        if isinstance(block, Table) and block.container is not None:
            blocks[index] = evolve(block, container=move(block.container))
    diagnostics = tuple(
        d if d.anchor is None else evolve(d, anchor=move(d.anchor)) for d in document.diagnostics
    )
    return evolve(document, blocks=tuple(blocks), diagnostics=diagnostics)
