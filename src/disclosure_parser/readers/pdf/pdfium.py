"""Pages of a PDF from PDFium, the fast parser.

PDFium is **not thread-safe**: use processes, never threads, to read several files at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref
from typing import Any

import pypdfium2.raw as pdfium
from attrs import evolve

from disclosure_parser.errors import (
    CorruptDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
)
from disclosure_parser.readers.base import Input
from disclosure_parser.readers.pdf.frame import Drawn, RawChar, framed
from disclosure_parser.readers.pdf.page import Box, Edge, Page, PageFailure, PageTooLargeError
from disclosure_parser.readers.pdf.pdfium_chars import passed_over, read_chars
from disclosure_parser.readers.pdf.pdfium_paths import collect_paths


class PdfiumPages:
    """An open PDF; pages are read one at a time and closed again at once.

    Raises:
        EncryptedDocumentError: a password is needed.
        CorruptDocumentError: the file is not a readable PDF.
        LimitExceededError: more pages than the limits allow.
    """

    def __init__(self, source: Input) -> None:
        self._data = source.data  # PDFium reads from it as long as the document is open
        self._document = pdfium.FPDF_LoadMemDocument64(source.data, len(source.data), None)
        if not self._document:
            code = pdfium.FPDF_GetLastError()
            if code == pdfium.FPDF_ERR_PASSWORD:
                raise EncryptedDocumentError(f"{source.name}: a password is needed")
            if code == pdfium.FPDF_ERR_SECURITY:
                raise EncryptedDocumentError(
                    f"{source.name}: encrypted in a way that cannot be read"
                )
            raise CorruptDocumentError(f"{source.name}: not a readable PDF")
        self.count: int = pdfium.FPDF_GetPageCount(self._document)
        if self.count > source.limits.pages:
            self.close()
            raise LimitExceededError(f"{source.name}: more than {source.limits.pages} pages")

    def close(self) -> None:
        """Give the document back to PDFium."""
        if self._document:
            pdfium.FPDF_CloseDocument(self._document)
            self._document = None

    def page(self, number: int) -> Page | PageFailure:
        """The page of a 1-based number; one that cannot be read is a :class:`PageFailure`."""
        page = pdfium.FPDF_LoadPage(self._document, number - 1)
        if not page:
            return PageFailure(number=number, reason="the page cannot be loaded")
        try:
            return _read_page(page, number)
        except PageTooLargeError as error:
            return PageFailure(number=number, reason=str(error))
        finally:
            pdfium.FPDF_ClosePage(page)


def _read_page(page: Any, number: int) -> Page:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, byref(box))
    left, top = box.left, box.top
    width, height = box.right - left, top - box.bottom
    turn = pdfium.FPDFPage_GetRotation(page)
    drawn = Drawn()
    corners = left, box.bottom, box.right, top
    with _text_page(page) as text:
        chars = read_chars(text, corners)
        if turn == 0 and chars.off:
            # What lies off the page is often only the rest of what is clipped away on it.
            chars = read_chars(text, corners, clip=True)
    texts = collect_paths(page, drawn, chars.holders)
    doubtful = passed_over(texts, chars) if texts else 0
    if turn == 0 and not chars.others:
        return Page(
            number=number,
            width=width,
            height=height,
            chars=tuple(chars.upright),
            hidden=tuple(chars.hidden),
            horizontal=tuple(
                Edge(top - at, start - left, end - left) for at, start, end in drawn.horizontal
            ),
            vertical=tuple(
                Edge(at - left, top - end, top - start) for at, start, end in drawn.vertical
            ),
            fills=tuple(_down(item, left, top) for item in drawn.fills),
            curves=tuple(_down(item, left, top) for item in drawn.curves),
            images=tuple(_down(item, left, top) for item in drawn.images),
            doubtful=doubtful,
        )
    raw = [
        RawChar(
            c.text, c.x0 + left, top - c.baseline, 1.0, 0.0, c.x1 - c.x0, c.size, c.font, c.bold
        )
        for c in chars.upright
    ]
    shown = _Shown(turn, left, box.bottom, width, height).drawn([*raw, *chars.others], drawn)
    if turn % 2:
        width, height = height, width
    return evolve(framed(shown, number, width, height), doubtful=doubtful)


@contextmanager
def _text_page(page: Any) -> Iterator[Any]:
    text = pdfium.FPDFText_LoadPage(page)
    try:
        yield text
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)


def _down(box: Box, left: float, top: float) -> Box:
    return box[0] - left, top - box[3], box[2] - left, top - box[1]


class _Shown:
    """The page as it is shown: moved to its corner and turned clockwise by its /Rotate."""

    def __init__(self, turn: int, left: float, bottom: float, width: float, height: float) -> None:
        self.turn, self.left, self.bottom = turn, left, bottom
        self.width, self.height = width, height

    def drawn(self, chars: list[RawChar], drawn: Drawn) -> Drawn:
        """Everything on the page, moved and turned."""
        result = Drawn(
            chars=[self._char(char) for char in chars],
            fills=[self._box(item) for item in drawn.fills],
            curves=[self._box(item) for item in drawn.curves],
            images=[self._box(item) for item in drawn.images],
        )
        for edge in drawn.horizontal:
            result.add_line(*self._box((edge.start, edge.at, edge.end, edge.at)))
        for edge in drawn.vertical:
            result.add_line(*self._box((edge.at, edge.start, edge.at, edge.end)))
        return result

    def _char(self, char: RawChar) -> RawChar:
        x, y = self._point(char.x, char.y)
        across, up = char.across, char.up
        for _ in range(self.turn):
            across, up = up, -across
        return char._replace(x=x, y=y, across=across, up=up)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.turn == 1:
            return y, self.width - x
        if self.turn == 2:
            return self.width - x, self.height - y
        if self.turn == 3:
            return self.height - y, x
        return x, y

    def _box(self, corners: Box) -> Box:
        xa, ya = self._point(corners[0], corners[1])
        xb, yb = self._point(corners[2], corners[3])
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)
