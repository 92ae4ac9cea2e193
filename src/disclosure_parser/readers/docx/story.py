"""A story of a document (body, header, notes): its paragraphs and tables in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from attrs import evolve

from disclosure_parser.document import (
    Cell,
    Paragraph,
    Place,
    Role,
    Severity,
    Table,
)
from disclosure_parser.errors import LimitExceededError
from disclosure_parser.readers.docx import names
from disclosure_parser.readers.docx.fields import Fields, broken_marks
from disclosure_parser.readers.docx.line import Line
from disclosure_parser.readers.docx.names import VAL, w
from disclosure_parser.readers.docx.numbering import Counter
from disclosure_parser.readers.docx.runs import Runs, choice
from disclosure_parser.readers.docx.sinks import (
    CellSink,
    Shared,
    Sink,
    fragments_of,
    labels_apart,
)
from disclosure_parser.readers.docx.styles import Form
from disclosure_parser.readers.docx.table import Slot, lay_out
from disclosure_parser.readers.docx.values import child, switched

if TYPE_CHECKING:
    from lxml import etree

_TEXT_BOXES = "textbox"
_STYLE = w("pStyle")


class Story:
    """Reads one part of a document into blocks.

    ``graphics`` gives the blocks of the charts and diagrams that a paragraph shows.
    """

    def __init__(
        self,
        root: etree._Element,
        shared: Shared,
        graphics: Callable[[Line, Place], list[Paragraph]],
    ) -> None:
        self._shared = shared
        self._graphics = graphics
        self._broken = broken_marks(root, shared.log)
        self._counter = Counter(shared.lists, shared.log)
        self._runs = self._new_runs()
        self._depth = 0

    def read(self, root: etree._Element, part: str, role: Role) -> None:
        """Add the blocks of an element that holds paragraphs and tables.

        Raises:
            LimitExceededError: more cells, characters or nested tables than the limits allow.
        """
        sink = Sink(part, role)
        self._content(root, sink, Role.TEXT)
        self._finish(sink)

    def _new_runs(self) -> Runs:
        shared = self._shared
        fields = Fields(self._broken, shared.log)
        return Runs(shared.styles, fields, shared.log, shared.meter)

    def _content(self, elements: Iterable[etree._Element], sink: Sink, role: Role) -> None:
        for item in elements:
            tag = item.tag
            if tag == names.PARAGRAPH:
                self._paragraph(item, sink, role)
            elif tag in _PROPERTIES:
                continue
            elif tag == names.TABLE:
                self._finish(sink)
                self._table(item, sink, role)
            elif tag == names.SDT:
                self._control(item, sink, role)
            elif tag in _LOOSE:
                self._paragraph(item, sink, role, loose=True)
            elif tag == names.ALTERNATE:
                chosen = choice(item)
                self._content(() if chosen is None else chosen, sink, role)
            elif tag in _MISSING:
                self._shared.log.add(
                    "docx.missing",
                    f"{_MISSING[tag]} is not read",
                    Severity.ERROR,
                    sink.place(self._shared),
                )
            else:
                self._content(item, sink, Role.HIDDEN if tag in _DELETIONS else role)

    def _control(self, control: etree._Element, sink: Sink, role: Role) -> None:
        """A content control 内容控件; Word keeps its contents list in one."""
        gallery = control.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
        if gallery is None or gallery.get(VAL) != "Table of Contents":
            self._content(control, sink, role)
            return
        outer = sink.gallery
        sink.gallery = self._runs.fields.closed_contents
        self._content(control, sink, role)
        self._finish(sink)
        sink.gallery = outer

    def _paragraph(
        self, element: etree._Element, sink: Sink, role: Role, *, loose: bool = False
    ) -> None:
        self._shared.count()
        form, deleted, hidden = self._form(element)
        line = sink.pending
        sink.pending = None
        if line is None:
            line = Line(form)
        elif not sink.keeps_form:
            line.form = form
        place = sink.place(self._shared)
        if sink.gallery is not None and sink.gallery != self._runs.fields.closed_contents:
            sink.gallery = None
        if loose:
            self._runs.read_loose(element, line, role, form)
        else:
            self._runs.read(element, line, role, form)
        if role is Role.TEXT and (deleted or (hidden and line.printed)):
            sink.pending = line
            sink.keeps_form = not deleted
            return
        if hidden and not line.printed:
            line.form = evolve(line.form, num_id=None)
        self._emit(line, sink, role, place)

    def _form(self, element: etree._Element) -> tuple[Form, bool, bool]:
        """A paragraph's properties, and whether its end mark is deleted or hidden."""
        properties = child(element, names.PARAGRAPH_PROPERTIES)
        if properties is None:
            form = self._shared.styles.form(None)
            return form, False, bool(form.look.vanish)
        style: str | None = None
        mark: etree._Element | None = None
        stated = []
        for item in properties:
            tag = item.tag
            if tag == _STYLE:
                style = item.get(VAL, "") if style is None else style
            elif tag == names.RUN_PROPERTIES:
                mark = item if mark is None else mark
            else:
                stated.append(item)
        form = self._shared.styles.form(style)
        deleted, hidden = False, bool(form.look.vanish)
        for item in mark if mark is not None else ():
            if item.tag in _DELETIONS:
                deleted = True
            elif item.tag in _HIDING:
                hidden = switched(item)
        return self._shared.styles.stated(form, stated), deleted, hidden

    def _finish(self, sink: Sink) -> None:
        """Give what is pending: nothing follows that could go on with it."""
        if sink.pending is not None:
            line, sink.pending = sink.pending, None
            place = self._shared.place(sink.part, count=False)
            self._emit(line, sink, Role.TEXT, place)

    def _emit(self, line: Line, sink: Sink, role: Role, place: Place) -> None:
        shared = self._shared
        number = "" if role is Role.HIDDEN else self._counter.number(line.form)
        shared.meter.add(len(number))
        sink.take(line, number + "".join(line.printed), len(number), place, shared)
        for kind, pieces in line.apart:
            text = "".join(pieces)
            if text:
                fragments = fragments_of(text, 0, place)
                shared.add(Paragraph(text=text, role=kind, fragments=fragments))
        start = len(shared.blocks)
        for elements, kind in line.boxes:
            self._box(elements, kind, sink)
        if len(line.boxes) > 1:
            shared.blocks[start:] = labels_apart(shared.blocks[start:])
        if line.charts or line.diagrams:
            for labels in self._graphics(line, place):
                shared.add(labels)
        if line.objects:
            shared.log.add(
                "docx.object",
                "an embedded object is not read; only its picture is printed",
                place=place,
            )
        elif line.pictures and not line.printed and role is Role.TEXT:
            shared.log.add(
                "docx.picture",
                f"{place}: only a picture; text in it is not read",
                Severity.NOTE,
                place,
            )

    def _box(self, elements: Iterable[etree._Element], role: Role, owner: Sink) -> None:
        """What stands in a text box, after the paragraph that it hangs on."""
        outer, self._runs = self._runs, self._new_runs()
        sink = Sink(_TEXT_BOXES if owner.part == "document" else owner.part, owner.role)
        self._content(elements, sink, role if role is Role.HIDDEN else Role.TEXT)
        self._finish(sink)
        self._runs = outer

    def _table(self, table: etree._Element, sink: Sink, role: Role) -> None:
        place = sink.place(self._shared)
        if role is Role.HIDDEN:
            self._content(table, sink, role)
            return
        shared = self._shared
        if self._depth >= shared.limits.depth:
            raise LimitExceededError(f"tables are nested deeper than {shared.limits.depth}")
        layout = lay_out(table, shared.limits.cells - shared.cells)
        shared.cells += len(layout.slots)
        container = sink.container()
        index = len(shared.blocks)
        if layout.slots:
            # Its place comes before those of the tables in its cells. A table without cells has
            # none: all that follows would be moved, and the anchors to it would not.
            shared.add(None)
        self._depth += 1
        cells = tuple(self._cell(slot, index, sink, place) for slot in layout.slots)
        self._depth -= 1
        for element in layout.unprinted:
            self._unprinted(element, sink.part, place)
        for element in layout.strays:
            self._box((element,), Role.TEXT, sink)
        if cells:
            shared.blocks[index] = Table(
                cells=cells,
                rows=layout.rows,
                columns=layout.columns,
                role=sink.role,
                container=container,
            )

    def _cell(self, slot: Slot, block: int, outer: Sink, place: Place) -> Cell:
        sink = CellSink(outer.part, outer.role, block, slot, place)
        self._content(slot.element, sink, Role.TEXT)
        self._finish(sink)
        for element in slot.covered:
            before = len(self._shared.blocks)
            self._unprinted(element, outer.part, place)
            if len(self._shared.blocks) > before:
                self._shared.log.add(
                    "docx.merged",
                    f"{place}, row {slot.row + 1}, column {slot.column + 1}: text in a merged "
                    "cell that Word does not print",
                    Severity.NOTE,
                    place,
                )
        return sink.cell()

    def _unprinted(self, element: etree._Element, part: str, place: Place) -> None:
        """The text of cells that are deleted, hidden or covered."""
        cell = Slot(element, 0, 0, 1)
        sink = CellSink(part, Role.HIDDEN, 0, cell, place)
        self._content((element,), sink, Role.HIDDEN)


_DELETIONS = frozenset((w("del"), w("moveFrom")))
_HIDING = frozenset((w("vanish"), w("specVanish")))
_PROPERTIES = frozenset(
    (
        names.SECTION, w("sdtPr"), w("sdtEndPr"), w("tcPr"), w("tblPr"), w("tblGrid"), w("trPr"),
        w("tblPrEx"), w("customXmlPr"), names.PARAGRAPH_PROPERTIES, w("bookmarkStart"),
        w("bookmarkEnd"), w("proofErr"),
    )
)  # fmt: skip
#: Elements that belong into a paragraph, wherever they stand.
_LOOSE = frozenset(
    (
        names.RUN, names.TEXT, w("hyperlink"), w("smartTag"), w("fldSimple"), names.MATH,
        names.DELETED_TEXT, w("drawing"), w("pict"), w("object"),
    )
)  # fmt: skip
_MISSING = {
    names.ALT_CHUNK: "a part in another format (altChunk)",
    w("subDoc"): "a document that this one includes (subDoc)",
}
