"""The format-neutral document: what every reader gives and everything else reads.

A document is a list of blocks in reading order. Nothing is dropped: every character of the
source that carries text stands in exactly one block, and what is not text of the report
(page furniture, contents lists, field residue) is a block whose role says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from attrs import field, frozen

from disclosure_parser.document.anchor import Anchor, Fragment, Place


class Role(StrEnum):
    """What a block is in the document. Only ``TEXT`` is read as content of the report."""

    TEXT = "text"
    #: Page numbers, running heads, watermarks 页眉页脚.
    FURNITURE = "furniture"
    #: Lines of a contents list 目录 and its heading.
    CONTENTS = "contents"
    #: Field codes left in the text (``TC … \\f A``, ``PAGEREF _Toc…``).
    FIELD = "field"
    #: Footnotes and endnotes.
    NOTE = "note"
    #: Labels of charts and drawings, apart from the text.
    CHART = "chart"
    #: A table that another file of the disclosure prints, too.
    REPEATED = "repeated"
    #: Hidden text, and text deleted under revision: in the file, not printed.
    HIDDEN = "hidden"


class Severity(StrEnum):
    """How serious a diagnostic is."""

    #: Something worth knowing; nothing is lost.
    NOTE = "note"
    #: A reading that may be wrong, or a part that was not understood.
    WARNING = "warning"
    #: A part of the source that could not be read and is missing from the report.
    ERROR = "error"


@frozen(kw_only=True)
class Diagnostic:
    """Something the reader of a report should know about how it was read.

    ``code`` is stable (``text.undecodable``, ``outline.gap`` …: the layer, then the matter);
    ``message`` is for people.
    """

    code: str
    message: str
    severity: Severity = Severity.WARNING
    anchor: Anchor | None = None
    place: Place | None = None


@frozen(kw_only=True)
class Style:
    """How a paragraph looks, as far as the format tells; hints, never facts."""

    #: Heading level of the paragraph style (Word 标题 1 = 1), if it has one.
    outline_level: int | None = None
    bold: bool = False
    centred: bool = False
    #: Font size in points.
    size: float | None = None


@frozen(kw_only=True)
class Paragraph:
    """A paragraph 段落.

    ``text`` is what is printed, never changed. ``generated`` is the number of leading characters
    that the format prints by automatic numbering and that are not in the file's text.
    """

    text: str
    role: Role = Role.TEXT
    fragments: tuple[Fragment, ...] = ()
    style: Style = field(factory=Style)
    generated: int = 0


@frozen(kw_only=True)
class Cell:
    """A table cell 单元格: position on the grid, spans, printed text (paragraphs joined by
    ``\\n``). ``indent`` is the printed indentation in characters where the format tells it apart
    from the text. ``box`` places live in the fragments."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    fragments: tuple[Fragment, ...] = ()
    indent: int = 0


@frozen(kw_only=True)
class Table:
    """A table 表格: cells with spans are the truth, the dense grid is a view of them.

    Cells are ordered by row, then column; every grid position belongs to at most one cell
    (positions of none are holes of a ragged source). ``container`` is the cell that a nested
    table stands in. ``spans_inferred`` says that the source had lost the spans.
    """

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    role: Role = Role.TEXT
    spans_inferred: bool = False
    container: Anchor | None = None


def _place_of(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column


Block = Paragraph | Table


@frozen(kw_only=True)
class Source:
    """What was read: name as given, format told by content, SHA-256 of the bytes, size."""

    name: str
    format: str
    sha256: str
    size: int
    pages: int | None = None
    encoding: str | None = None


@frozen(kw_only=True)
class Part:
    """A file of a document that several files make: its blocks are ``start`` to ``end - 1``."""

    source: Source
    start: int
    end: int


@frozen(kw_only=True)
class Document:
    """A document 文档: blocks in reading order, what was read, and what could not be read.

    ``parts`` are the files that it was made of, if there were several; ``recognised`` the pages
    that are pictures whose text was recognised.
    """

    source: Source
    blocks: tuple[Block, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    parts: tuple[Part, ...] = ()
    recognised: tuple[int, ...] = ()

    def confidence(self, anchor: Anchor) -> Decimal | None:
        """How sure an anchor's characters are (0 to 1); ``None`` if they are in the file."""
        told = [place.confidence for place in self.places(anchor)]
        return min((one for one in told if one is not None), default=None)

    def source_of(self, anchor: Anchor) -> Source:
        """The file that an anchor leads to."""
        for part in self.parts:
            if part.start <= anchor.block < part.end:
                return part.source
        return self.source

    def text_of(self, anchor: Anchor) -> str:
        """The printed characters under ``anchor``.

        Raises:
            LookupError: the anchor does not belong to this document.
        """
        return self._holder(anchor).text[anchor.start : anchor.end]

    def places(self, anchor: Anchor) -> tuple[Place, ...]:
        """The physical places of the characters under ``anchor``, in order.

        A text that ran over a line or a page end has several.
        """
        return tuple(
            fragment.place
            for fragment in self._holder(anchor).fragments
            if fragment.start < max(anchor.end, anchor.start + 1) and fragment.end > anchor.start
        )

    def _holder(self, anchor: Anchor) -> Paragraph | Cell:
        block = self.blocks[anchor.block]
        if isinstance(block, Paragraph):
            return block
        if anchor.row is not None and anchor.column is not None:
            # Cells are ordered, so that a large table costs a few comparisons.
            place = (anchor.row, anchor.column)
            found = bisect_left(block.cells, place, key=_place_of)
            if found < len(block.cells) and _place_of(block.cells[found]) == place:
                return block.cells[found]
        raise LookupError(f"no cell at row {anchor.row}, column {anchor.column}: {anchor}")

    def paragraphs(self, role: Role = Role.TEXT) -> Iterator[tuple[int, Paragraph]]:
        """The paragraphs of a role, with their block index."""
        for index, block in enumerate(self.blocks):
            if isinstance(block, Paragraph) and block.role is role:
                yield index, block

    def tables(self) -> Iterator[tuple[int, Table]]:
        """The tables, with their block index."""
        for index, block in enumerate(self.blocks):
            if isinstance(block, Table):
                yield index, block
