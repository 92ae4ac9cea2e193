"""The parts of a document put together."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from disclosure_parser.document import Document, Paragraph, Place, Role, Severity
from disclosure_parser.document import Fragment as _Fragment
from disclosure_parser.errors import CorruptDocumentError, EmptyDocumentError
from disclosure_parser.readers.base import Input
from disclosure_parser.readers.docx import names
from disclosure_parser.readers.docx.line import Line, Meter
from disclosure_parser.readers.docx.names import w
from disclosure_parser.readers.docx.numbering import Lists
from disclosure_parser.readers.docx.opc import Relation
from disclosure_parser.readers.docx.package import Log, Package
from disclosure_parser.readers.docx.sinks import Shared
from disclosure_parser.readers.docx.story import Story
from disclosure_parser.readers.docx.styles import Styles

if TYPE_CHECKING:
    from lxml import etree

_FURNITURE = ("header", "footer")
_NOTES = ("footnotes", "endnotes")
_NOTE = (w("footnote"), w("endnote"))
#: Kinds of notes that are rules between text and notes.
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_DRAWING_PARAGRAPH = names.DRAWING_TEXT[:-1] + "p"


def read(source: Input) -> Document:
    """See :func:`disclosure_parser.readers.docx.read_docx`."""
    return _Reader(source).document()


class _Reader:
    def __init__(self, source: Input) -> None:
        self._source = source
        self._log = Log()
        self._package = Package(source, self._log)
        #: Parts of charts and diagrams that were read.
        self._drawn: set[str] = set()
        self._relations = self._package.relations(self._package.main)
        styles = Styles(self._single("styles"))
        self._shared = Shared(
            styles=styles,
            lists=Lists(self._single("numbering"), styles),
            limits=source.limits,
            log=self._log,
            meter=Meter(source.limits),
            blocks=[],
            items={},
        )

    def document(self) -> Document:
        main = self._package.part(self._package.main)
        if main.tag != w("document"):
            kind = self._package.content_type(self._package.main) or main.tag
            raise CorruptDocumentError(f"{self._source.name}: no Word document but {kind}")
        self._story(main, self._package.main, "document", Role.TEXT)
        for kind in _NOTES:
            self._notes(kind)
        for kind in _FURNITURE:
            self._running(kind)
        self._comments()
        blocks = tuple(block for block in self._shared.blocks if block is not None)
        if not blocks:
            raise EmptyDocumentError(f"{self._source.name}: the document holds no text")
        return Document(
            source=self._source.describe("docx"),
            blocks=blocks,
            diagnostics=self._log.entries(),
        )

    def _single(self, kind: str) -> etree._Element | None:
        """The part of a kind of which a document has one."""
        for name in self._parts(kind):
            return self._package.optional(name)
        return None

    def _parts(self, kind: str) -> Iterator[str]:
        seen = set()
        for relation in self._relations.values():
            if relation.kind == kind and relation.part and relation.part not in seen:
                seen.add(relation.part)
                yield relation.part

    def _story(self, root: etree._Element, name: str, part: str, role: Role) -> None:
        relations = self._relations if name == self._package.main else self._package.relations(name)

        def graphics(line: Line, place: Place) -> list[Paragraph]:
            return list(self._graphics(line, place, relations))

        Story(root, self._shared, graphics).read(root, part, role)

    def _notes(self, kind: str) -> None:
        for name in self._parts(kind):
            root = self._package.optional(name)
            if root is None:
                continue
            for note in root.iterchildren(*_NOTE):
                if note.get(w("type")) in _SEPARATORS:
                    root.remove(note)
            self._story(root, name, kind, Role.NOTE)

    def _running(self, kind: str) -> None:
        for name in self._parts(kind):
            root = self._package.optional(name)
            if root is not None:
                part = posixpath.splitext(posixpath.basename(name))[0]
                self._story(root, name, part, Role.FURNITURE)

    def _comments(self) -> None:
        root = self._single("comments")
        count = 0 if root is None else len(root)
        if count:
            self._log.add("docx.comments", f"{count} comments are not read", Severity.NOTE)

    def _graphics(
        self, line: Line, place: Place, relations: Mapping[str, Relation]
    ) -> Iterator[Paragraph]:
        """The labels of charts and diagrams, one line each."""
        for key in (*line.charts, *line.diagrams):
            relation = relations.get(key)
            if relation is None or relation.part is None:
                self._log.add("docx.graphic", f"the drawing {key!r} is not in the file")
                continue
            if relation.part in self._drawn:
                continue
            self._drawn.add(relation.part)
            root = self._package.optional(relation.part)
            text = "\n".join(_labels(root)) if root is not None else ""
            self._shared.meter.add(len(text))
            if text:
                fragment = _Fragment(start=0, end=len(text), place=place)
                yield Paragraph(text=text, role=Role.CHART, fragments=(fragment,))


def _labels(root: etree._Element) -> Iterator[str]:
    for element in root.iter(_DRAWING_PARAGRAPH, names.CHART_VALUE):
        if element.tag == names.CHART_VALUE:
            text = element.text or ""
        else:
            text = "".join(run.text or "" for run in element.iter(names.DRAWING_TEXT))
        if text:
            yield text
