"""The reader of plain text reports.

See :mod:`~disclosure_parser.readers.text_forms` for the forms in which tables stand in text and
:mod:`~disclosure_parser.readers.text_spans` for the spans they have lost.
"""

from __future__ import annotations

from disclosure_parser.document import (
    Block,
    Cell,
    Diagnostic,
    Document,
    Fragment,
    Paragraph,
    Place,
    Role,
    Table,
)
from disclosure_parser.document.anchor import Anchor
from disclosure_parser.errors import EmptyDocumentError, LimitExceededError
from disclosure_parser.readers.base import Input
from disclosure_parser.readers.text_decoding import decode
from disclosure_parser.readers.text_fields import field_spans, may_have_fields
from disclosure_parser.readers.text_forms import Piece, RawCell, RawTable, find_blocks
from disclosure_parser.readers.text_lines import split_lines
from disclosure_parser.readers.text_spans import align_grid, align_printed

#: Rows named in one diagnostic.
_MOST_NAMED = 20


def read_text(source: Input) -> Document:
    """Read a plain text of any encoding and table form.

    Raises:
        UnsupportedFormatError: the bytes are no text.
        EmptyDocumentError: there is nothing but white space.
        LimitExceededError: more characters or cells than the limits allow.
    """
    decoded = decode(source.data, source.name)
    _check_size(decoded.text, source)
    lines = split_lines(decoded.text)
    fields = may_have_fields(decoded.text)
    field_lines = {line.number for line in lines if may_have_fields(line.text)} if fields else set()
    assembly = _Assembly(source, field_lines)
    for block in find_blocks(lines):
        if isinstance(block, Piece):
            assembly.add_paragraph(block)
        else:
            assembly.add_table(block)
    if not assembly.blocks:
        raise EmptyDocumentError(f"{source.name}: nothing but white space")
    return Document(
        source=source.describe("text", encoding=decoded.encoding),
        blocks=tuple(assembly.blocks),
        diagnostics=(*decoded.diagnostics, *assembly.diagnostics),
    )


def _check_size(text: str, source: Input) -> None:
    """Refuse, before any work is done, what cannot stay within the limits."""
    limits = source.limits
    if len(text) > limits.characters:
        raise LimitExceededError(
            f"{source.name}: {len(text)} characters, more than {limits.characters}"
        )
    if text.count("\t") > limits.cells:
        raise LimitExceededError(f"{source.name}: more than {limits.cells} tabs")
    # Every cell may stand in a line, every paragraph have an empty line beside it.
    most = 2 * (limits.cells + limits.paragraphs)
    if text.count("\n") + text.count("\r") > most:
        raise LimitExceededError(f"{source.name}: more than {most} lines")


class _Assembly:
    """The blocks of a document while they are put together."""

    def __init__(self, source: Input, field_lines: set[int]) -> None:
        self.blocks: list[Block] = []
        self.diagnostics: list[Diagnostic] = []
        self._source = source
        self._field_lines = field_lines
        self._cells = 0
        self._paragraphs = 0

    def add_paragraph(self, piece: Piece) -> None:
        """Add a paragraph, its field codes as blocks of their own after it."""
        if piece.number not in self._field_lines:
            text, fragments = _text_of([piece], "")
            self._count_paragraph()
            self.blocks.append(Paragraph(text=text, fragments=fragments))
            return
        pieces, fields = _cut_fields([piece])
        text, fragments = _text_of(pieces, "")
        if text.strip():
            self._count_paragraph()
            self.blocks.append(Paragraph(text=text, fragments=fragments))
        else:
            fields = [piece] if fields else []
        self._add_fields(fields)

    def _add_fields(self, fields: list[Piece]) -> None:
        for piece in fields:
            self._count_paragraph()
            text, fragments = _text_of([piece], "")
            self.blocks.append(Paragraph(text=text, role=Role.FIELD, fragments=fragments))

    def _count_paragraph(self) -> None:
        self._paragraphs += 1
        if self._paragraphs > self._source.limits.paragraphs:
            raise LimitExceededError(
                f"{self._source.name}: more than {self._source.limits.paragraphs} paragraphs"
            )

    def add_table(self, raw: RawTable) -> None:
        """Add a table, field codes found in it as blocks after it."""
        self._cells += sum(map(len, raw.rows))
        if self._cells > self._source.limits.cells:
            raise LimitExceededError(
                f"{self._source.name}: more than {self._source.limits.cells} table cells"
            )
        fields: list[Piece] = []
        printed: list[list[tuple[str, tuple[Fragment, ...]]]] = []
        for raw_row in raw.rows:
            row = []
            for raw_cell in raw_row:
                if not self._field_lines.isdisjoint([piece.number for piece in raw_cell]):
                    raw_cell, cut = _cut_fields(raw_cell)
                    fields.extend(cut)
                row.append(_text_of(raw_cell, "\n"))
            printed.append(row)
        align = align_grid if raw.form == "c" else align_printed
        aligned = align([[text for text, _ in row] for row in printed])
        cells = tuple(
            Cell(
                row=index,
                column=slot.column,
                text=text,
                row_span=slot.height,
                column_span=slot.width,
                fragments=fragments,
            )
            for index, (slots, row) in enumerate(zip(aligned.rows, printed, strict=True))
            for slot, (text, fragments) in zip(slots, row, strict=True)
            if not slot.covered
        )
        if aligned.unsure:
            self._note_unsure(raw, aligned.unsure)
        self.blocks.append(
            Table(
                cells=cells,
                rows=len(raw.rows),
                columns=aligned.columns,
                spans_inferred=aligned.inferred,
            )
        )
        self._add_fields(fields)

    def _note_unsure(self, raw: RawTable, rows: list[int]) -> None:
        numbers = [raw.rows[row][0][0].number for row in rows]
        named = ", ".join(map(str, numbers[:_MOST_NAMED]))
        more = f" and {len(numbers) - _MOST_NAMED} more" if len(numbers) > _MOST_NAMED else ""
        self.diagnostics.append(
            Diagnostic(
                code="text.spans_unsure",
                message="the columns of these rows cannot be told, their cells are kept from the "
                f"left: lines {named}{more}",
                anchor=Anchor(block=len(self.blocks), start=0, end=0, row=rows[0], column=0),
                place=Place(line=numbers[0]),
            )
        )


def _text_of(pieces: list[Piece], separator: str) -> tuple[str, tuple[Fragment, ...]]:
    """The text of pieces and where each stands."""
    if len(pieces) == 1:
        text, number, offset = pieces[0]
        if not text:
            return "", ()
        place = Place(line=number, offset=offset)
        return text, (Fragment(start=0, end=len(text), place=place),)
    texts: list[str] = []
    fragments: list[Fragment] = []
    at = 0
    last: Piece | None = None
    for piece in pieces:
        if last is not None and (separator and piece.number != last.number):
            texts.append(separator)
            at += len(separator)
        texts.append(piece.text)
        end = at + len(piece.text)
        if piece.text:
            place = Place(line=piece.number, offset=piece.offset)
            fragments.append(Fragment(start=at, end=end, place=place))
        at = end
        last = piece
    return "".join(texts), tuple(fragments)


def _cut_fields(pieces: RawCell) -> tuple[RawCell, list[Piece]]:
    """Pieces without their field codes, and the field codes."""
    kept: list[Piece] = []
    cut: list[Piece] = []
    for piece in pieces:
        at = 0
        for start, end in field_spans(piece.text):
            if start > at:
                kept.append(Piece(piece.text[at:start], piece.number, piece.offset + at))
            cut.append(Piece(piece.text[start:end], piece.number, piece.offset + start))
            at = end
        if at < len(piece.text) or not at:
            kept.append(Piece(piece.text[at:], piece.number, piece.offset + at))
    return kept, cut
