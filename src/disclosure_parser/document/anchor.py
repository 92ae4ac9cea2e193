"""Where something is printed: anchors (logical) and places (physical)."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen


@frozen(kw_only=True)
class Anchor:
    """A run of printed characters: a block, a cell in it if the block is a table, an interval.

    ``start`` and ``end`` count characters of the paragraph's text, or of the cell's text where
    ``row`` and ``column`` are set (0-based position of the cell's top left corner).
    """

    block: int
    start: int
    end: int
    row: int | None = None
    column: int | None = None

    def at(self, start: int, end: int) -> Anchor:
        """The same paragraph or cell, another interval of its text."""
        # Called for every quote; ``evolve`` takes several times as long.
        return Anchor(block=self.block, start=start, end=end, row=self.row, column=self.column)


@frozen(kw_only=True)
class Place:
    """A physical place in the source; only what the format has is set.

    ``file`` (its name, where several files make the document), ``line`` and ``offset`` (text
    formats and web pages; 1-based line, 0-based character in it),
    ``page`` (1-based) and ``box`` (x0, top, x1, bottom in points from the page's top left corner,
    in the reading orientation), ``part`` (``document``, ``footnotes``, ``textbox`` …; the page of
    a web archive, the sheet of a workbook), ``item`` (1-based running number of the paragraph or
    table in its part) for Word and web pages, ``cell`` (``B7``) for workbooks. ``confidence`` (0
    to 1) is that of the least sure character where a picture was recognised.
    """

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    line: int | None = None
    offset: int | None = None
    part: str | None = None
    item: int | None = None
    cell: str | None = None
    file: str | None = None
    confidence: Decimal | None = None

    def __str__(self) -> str:
        parts = []
        if self.file is not None:
            parts.append(self.file)
        if self.page is not None:
            parts.append(f"p. {self.page}")
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.part is not None:
            parts.append(self.part)
        if self.item is not None:
            parts.append(f"item {self.item}")
        if self.cell is not None:
            parts.append(self.cell)
        return ", ".join(parts) or "?"


@frozen(kw_only=True)
class Fragment:
    """A run of a block's or cell's text that stands in one physical place.

    The fragments of a text are in order and do not overlap; characters between two fragments
    (a joined line end, a rebuilt list number) have no place of their own.
    """

    start: int
    end: int
    place: Place


@frozen(kw_only=True)
class Quote:
    """Printed text with its anchor."""

    text: str
    anchor: Anchor
