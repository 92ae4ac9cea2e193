"""The stories of a document put together, in the order in which .docx gives them."""

from __future__ import annotations

import struct
from typing import Any, cast

from disclosure_parser.document import Document, Paragraph, Place, Role, Severity
from disclosure_parser.document import Table as TableBlock
from disclosure_parser.errors import EmptyDocumentError, LimitExceededError
from disclosure_parser.readers.base import Input
from disclosure_parser.readers.docx.line import Line, Meter
from disclosure_parser.readers.docx.numbering import Counter
from disclosure_parser.readers.docx.sinks import (
    CellSink,
    Shared,
    Sink,
    fragments_of,
    labels_apart,
)
from disclosure_parser.readers.docx.styles import Styles as WordStyles
from disclosure_parser.readers.docx.table import Slot as WordSlot
from disclosure_parser.readers.legacy_word.grid import Slot, lay_out
from disclosure_parser.readers.legacy_word.lists import ListTable
from disclosure_parser.readers.legacy_word.runs import Runs
from disclosure_parser.readers.legacy_word.storage import (
    ANCHORS,
    BOXES,
    SECTIONS,
    DocLog,
    Storage,
    open_storage,
)
from disclosure_parser.readers.legacy_word.story import Piece, Row, Table, read_story
from disclosure_parser.readers.legacy_word.styles import Styles
from disclosure_parser.readers.legacy_word.text import Text

_ROLES = {
    "document": Role.TEXT, "footnotes": Role.NOTE, "endnotes": Role.NOTE,
    "header": Role.FURNITURE, "header textbox": Role.FURNITURE,
}  # fmt: skip
_ANCHOR, _BOX = 26, 22


def read(source: Input) -> Document:
    """See :func:`disclosure_parser.readers.legacy_word.read_doc`."""
    return _Reader(source).document()


class _Reader:
    def __init__(self, source: Input) -> None:
        self._source = source
        self._log = DocLog()
        self._storage = open_storage(source)
        self._text = Text(self._storage, source.limits, source.name)
        self._styles = Styles(self._storage)
        lists = ListTable(self._storage)
        self._shared = Shared(
            styles=WordStyles(None),
            lists=lists,
            limits=source.limits,
            log=self._log,
            meter=Meter(source.limits),
            blocks=[],
            items={},
        )
        self._counter = Counter(lists, self._log)
        self._sections = _sections(self._storage)
        self._stories = _stories(self._storage.lengths)
        boxes = _boxes(self._storage, self._stories["textbox"][0])
        self._runs = Runs(self._text, self._styles, self._log, self._shared.meter, boxes)
        base = self._stories["textbox"][0]
        self._unplaced = dict.fromkeys(box[:2] for box in _box_table(self._storage, base))
        self._depth = 0

    def document(self) -> Document:
        self._story("document")
        for start, end in tuple(self._unplaced):
            self._box(start, end, Role.TEXT, Sink("document", Role.TEXT))
        for part in ("footnotes", "endnotes", "header", "header textbox"):
            self._story(part)
        start, end = self._stories["comments"]
        if end > start:
            self._log.add("docx.comments", "comments are not read", Severity.NOTE)
        blocks = tuple(block for block in self._shared.blocks if block is not None)
        if not blocks:
            raise EmptyDocumentError(f"{self._source.name}: the document holds no text")
        return Document(
            source=self._source.describe("doc"), blocks=blocks, diagnostics=self._log.entries()
        )

    def _story(self, part: str) -> None:
        start, end = self._stories[part]
        if end <= start:
            return
        if part == "document" and end > len(self._text.units):
            self._log.add(
                "docx.truncated",
                f"{end - len(self._text.units)} characters of the text are missing",
                Severity.ERROR,
            )
        sink = Sink(part, _ROLES[part])
        self._range(start, end, sink)

    def _range(self, start: int, end: int, sink: Sink) -> None:
        self._runs.begin(start, end)
        limits = self._source.limits
        tree = read_story(self._text, self._styles, start, end, self._sections, limits)
        self._content(tree, sink)
        self._finish(sink)

    def _content(self, tree: list[Piece | Table], sink: Sink) -> None:
        for item in tree:
            if isinstance(item, Piece):
                self._paragraph(item, sink)
            else:
                self._finish(sink)
                self._table(item, sink)

    def _paragraph(self, piece: Piece, sink: Sink) -> None:
        self._shared.count()
        line = sink.pending
        sink.pending = None
        if line is None:
            line = Line(piece.form)
        elif not sink.keeps_form:
            line.form = piece.form
        place = sink.place(self._shared)
        self._runs.read(piece.start, piece.end, piece.form, line)
        mark = self._runs.marked(piece.end, piece.form)
        in_paragraph = piece.end < len(self._text.units) and self._text.units[piece.end] == "\r"
        if in_paragraph and (mark.deleted or (mark.look.vanish and line.printed)):
            sink.pending = line
            sink.keeps_form = not mark.deleted
            return
        self._emit(line, sink, place)

    def _finish(self, sink: Sink) -> None:
        if sink.pending is not None:
            line, sink.pending = sink.pending, None
            self._emit(line, sink, self._shared.place(sink.part, count=False))

    def _emit(self, line: Line, sink: Sink, place: Place) -> None:
        shared = self._shared
        printed = "".join(line.printed)
        # A numbered paragraph that is hidden or deleted as a whole does not count.
        number = "" if line.apart and not printed else self._counter.number(line.form)
        shared.meter.add(len(number))
        sink.take(line, number + printed, len(number), place, shared)
        for kind, pieces in line.apart:
            text = "".join(pieces)
            if text:
                shared.add(Paragraph(text=text, role=kind, fragments=fragments_of(text, 0, place)))
        first = len(shared.blocks)
        for box, kind in line.boxes:
            start, end = cast("tuple[int, int]", box)
            if (start, end) in self._unplaced:
                del self._unplaced[start, end]
                self._box(start, end, kind, sink)
        if len(line.boxes) > 1:
            shared.blocks[first:] = labels_apart(shared.blocks[first:])
        if line.objects:
            self._log.add(
                "docx.object",
                "an embedded object is not read; only its picture is printed",
                place=place,
            )
        elif line.pictures and not printed and sink.role is Role.TEXT:
            self._log.add(
                "docx.picture",
                "a picture stands where text could; what it shows is not read",
                place=place,
            )

    def _box(self, start: int, end: int, role: Role, owner: Sink) -> None:
        """What stands in a text box, after the paragraph that it hangs on."""
        kept = self._runs
        self._runs = Runs(self._text, self._styles, self._log, self._shared.meter, {})
        part = "textbox" if owner.part == "document" else owner.part
        self._range(start, end, Sink(part, role if role is Role.HIDDEN else owner.role))
        self._runs = kept

    def _table(self, table: Table, sink: Sink) -> None:
        shared = self._shared
        if self._depth >= shared.limits.depth:
            raise LimitExceededError(f"tables are nested deeper than {shared.limits.depth}")
        place = sink.place(shared)
        rows: list[Row] = []
        deleted: list[Row] = []
        for row in table.rows:
            (deleted if self._deleted(row) else rows).append(row)
        shared.cells += sum(len(row.cells) for row in table.rows)
        if shared.cells > shared.limits.cells:
            raise LimitExceededError("the tables have more cells than the limit allows")
        slots, columns = lay_out([row.ends for row in rows])
        container = sink.container()
        index = len(shared.blocks)
        shared.add(None)
        self._depth += 1
        cells = tuple(self._cell(slot, rows, index, sink, place) for slot in slots)
        self._depth -= 1
        for row in deleted:
            for cell in row.cells:
                self._unprinted(cell, place)
        if cells:
            shared.blocks[index] = TableBlock(
                cells=cells,
                rows=len(rows),
                columns=columns,
                role=sink.role,
                container=container,
            )

    def _deleted(self, row: Row) -> bool:
        """Whether a row is deleted: its end mark is."""
        if row.mark < 0:
            return False
        form, _ = self._styles.paragraph(self._text.paragraph(row.mark))
        return self._runs.marked(row.mark, form).deleted

    def _cell(self, slot: Slot, rows: list[Row], block: int, outer: Sink, place: Place) -> Any:
        where = WordSlot(
            cast(Any, None), slot.row, slot.column, slot.column_span, row_span=slot.row_span
        )
        sink = CellSink(outer.part, outer.role, block, where, place)
        row, number = slot.source
        self._content(rows[row].cells[number], sink)
        self._finish(sink)
        for row, number in slot.covered:
            before = len(self._shared.blocks)
            self._unprinted(rows[row].cells[number], place)
            if len(self._shared.blocks) > before:
                self._log.add(
                    "docx.merged",
                    f"{place}, row {slot.row + 1}, column {slot.column + 1}: text in a merged "
                    "cell that Word does not print",
                    Severity.NOTE,
                    place,
                )
        return sink.cell()

    def _unprinted(self, tree: list[Piece | Table], place: Place) -> None:
        """The text of cells that are deleted or covered."""
        for item in tree:
            if isinstance(item, Table):
                for row in item.rows:
                    for cell in row.cells:
                        self._unprinted(cell, place)
                continue
            line = Line(item.form)
            self._runs.read(item.start, item.end, item.form, line)
            text = "".join(line.printed) + "".join(p for _, ps in line.apart for p in ps)
            if text.strip():
                self._shared.add(
                    Paragraph(text=text, role=Role.HIDDEN, fragments=fragments_of(text, 0, place))
                )


def _stories(lengths: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Where the stories begin and end, in characters."""
    found: dict[str, tuple[int, int]] = {}
    start = 0
    for name, length in lengths.items():
        found[name] = start, start + length
        start += length
    return found


def _sections(storage: Storage) -> frozenset[int]:
    """The positions behind the ends of sections."""
    table = storage.get(SECTIONS)
    count = max((len(table) - 4) // 16, 0)
    return frozenset(struct.unpack_from(f"<{count + 1}I", table)) if count else frozenset()


def _box_table(storage: Storage, base: int) -> list[tuple[int, int, int]]:
    """The text boxes in their order: where their text begins and ends, and their shape."""
    table = storage.get(BOXES)
    count = max((len(table) - 4) // (4 + _BOX), 0)
    if not count:
        return []
    places = struct.unpack_from(f"<{count + 1}I", table)
    found: list[tuple[int, int, int]] = []
    length = storage.lengths["textbox"]
    reach = 0
    for index in range(count):
        (shape,) = struct.unpack_from("<I", table, 4 * (count + 1) + _BOX * index + 14)
        start, end = places[index], min(places[index + 1], length)
        if reach <= start < end:
            reach = end
            found.append((base + start, base + end, shape))
    return found


def _boxes(storage: Storage, base: int) -> dict[int, tuple[int, int]]:
    """The text boxes by the position of the character that they hang on."""
    shapes = {shape: (start, end) for start, end, shape in _box_table(storage, base)}
    table = storage.get(ANCHORS)
    count = max((len(table) - 4) // (4 + _ANCHOR), 0)
    if not count:
        return {}
    places = struct.unpack_from(f"<{count + 1}I", table)
    found: dict[int, tuple[int, int]] = {}
    for index in range(count):
        (shape,) = struct.unpack_from("<I", table, 4 * (count + 1) + _ANCHOR * index)
        if shape in shapes:
            found[places[index]] = shapes[shape]
    return found
