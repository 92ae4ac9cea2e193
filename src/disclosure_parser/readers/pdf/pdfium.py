"""Pages of a PDF from PDFium, the fast parser: characters with their origin, paths, pictures.

PDFium is called through its C interface, one call a character and one a path: the classes of
``pypdfium2`` would cost several times the parsing itself. PDFium is **not thread-safe**: use
processes, never threads, to read several files at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import (
    PYFUNCTYPE,
    byref,
    c_double,
    c_float,
    c_int,
    c_uint,
    c_void_p,
    cast,
    create_string_buffer,
)
from math import hypot
from typing import Any

import pypdfium2.raw as pdfium

from disclosure_parser.errors import (
    CorruptDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
)
from disclosure_parser.readers.base import Input
from disclosure_parser.readers.pdf.frame import Drawn, RawChar, framed
from disclosure_parser.readers.pdf.page import (
    UNMAPPED,
    Box,
    Char,
    Edge,
    Page,
    PageFailure,
    is_bold_name,
)

# A printed page has some thousand characters and a few thousand paths.
_MOST_PATHS = 200_000
_MOST_CHARS = 200_000
_MOST_DEPTH = 12
# A path of up to this many steps that is thin as a whole is one ruling.
_PLAIN_PATH = 6
_TEXT, _PATH, _IMAGE, _FORM = (
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_FORM,
)

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class _PageTooLargeError(Exception):
    """More is painted on the page than any printed page holds."""


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
        except _PageTooLargeError as error:
            return PageFailure(number=number, reason=str(error))
        finally:
            pdfium.FPDF_ClosePage(page)


def _read_page(page: Any, number: int) -> Page:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, byref(box))
    turn = pdfium.FPDFPage_GetRotation(page)
    width, height = box.right - box.left, box.top - box.bottom
    drawn = Drawn()
    _Paths(drawn).collect(page)
    with _text_page(page) as text:
        upright, others, hidden = _chars(text)
        if turn == 0 and any(not _on_page(char, box) for char in upright):
            # What lies off the page is often only the rest of what is clipped away on it.
            upright, others, hidden = _chars(text, clip=True)
    if turn == 0 and not others:
        return _upright(upright, hidden, drawn, number, box.left, box.top, width, height)
    shown = _shown(upright, others, drawn, turn, box.left, box.bottom, width, height)
    if turn % 2:
        width, height = height, width
    return framed(shown, number, width, height)


@contextmanager
def _text_page(page: Any) -> Iterator[Any]:
    text = pdfium.FPDFText_LoadPage(page)
    try:
        yield text
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)


def _prototype(function: Any, *kinds: Any) -> Any:
    """A function of the C interface for the inner loops: plain numbers in and out, GIL kept."""
    return PYFUNCTYPE(*kinds)(cast(function, c_void_p).value)


_unicode_of = _prototype(pdfium.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
_object_of = _prototype(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
_box_of = _prototype(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
_origin_of = _prototype(pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
_matrix_of = _prototype(pdfium.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
_size_of = _prototype(pdfium.FPDFText_GetFontSize, c_double, c_void_p, c_int)
_handle_of = _prototype(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
_mode_of = _prototype(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
_unmapped = _prototype(pdfium.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
_page_object = _prototype(pdfium.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
_type_of = _prototype(pdfium.FPDFPageObj_GetType, c_int, c_void_p)


def _on_page(char: Char, box: Any) -> bool:
    return (
        box.bottom - 1 <= char.baseline <= box.top + 1
        and char.x1 >= box.left
        and char.x0 <= box.right
    )


def _chars(page: Any, *, clip: bool = False) -> tuple[list[Char], list[RawChar], list[Char]]:
    """The characters of a page in the file's coordinates: upright ones, all others, and with
    ``clip`` those upright ones apart that a clipping path hides.

    The ``baseline`` of the upright ones still grows upwards.
    """
    count = pdfium.FPDFText_CountChars(page)
    if count > _MOST_CHARS:
        raise _PageTooLargeError(f"more than {_MOST_CHARS} characters on the page")
    page = cast(page, c_void_p).value
    box, x, y, matrix = pdfium.FS_RECTF(), c_double(), c_double(), pdfium.FS_MATRIX()
    box_ref, x_ref, y_ref, matrix_ref = byref(box), byref(x), byref(y), byref(matrix)
    fonts: dict[int, _Font] = {}
    upright: list[Char] = []
    others: list[RawChar] = []
    hidden: list[Char] = []
    current = None
    font = _Font("")
    size = baseline = 0.0
    plain = bold = False
    high = 0
    # Many producers make an object of every character: each call here counts.
    for index in range(count):
        holder = _object_of(page, index)
        if holder is None:  # a space or line end that PDFium has put in
            continue
        _box_of(page, index, box_ref)
        if holder != current:
            current = holder
            handle = _handle_of(holder)
            font = fonts.get(handle) or _font_of(handle, fonts)
            _matrix_of(page, index, matrix_ref)
            bold = font.bold or _mode_of(holder) == 2
            _origin_of(page, index, x_ref, y_ref)
            baseline = y.value
            plain = matrix.b == 0 and matrix.a > 0 and -0.05 < box.left - x.value < 0.05
            size = abs(_size_of(page, index) * matrix.d)
        code = _unicode_of(page, index)
        text = font.texts.get(code)
        if text is None:
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                text = chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00))
                high = 0
            else:
                text = font.learn(page, index, code)
        if plain and clip and not _shows(holder, box.left, box.right, baseline + 0.3 * size):
            hidden.append(Char(text, box.left, box.right, baseline, size, font.name, 0, bold))
        elif plain:
            upright.append(Char(text, box.left, box.right, baseline, size, font.name, 0, bold))
        else:
            _origin_of(page, index, x_ref, y_ref)
            others.append(_turned(text, x.value, y.value, matrix, page, index, box, font, bold))
    return upright, others, hidden


def _shows(holder: int, x0: float, x1: float, middle: float) -> bool:
    """Whether the clipping paths of an object leave a character of it to be seen."""
    path = pdfium.FPDFPageObj_GetClipPath(cast(holder, pdfium.FPDF_PAGEOBJECT))
    x, y = c_float(), c_float()
    for part in range(max(0, pdfium.FPDFClipPath_CountPaths(path))):
        xs, ys = [], []
        for index in range(max(0, pdfium.FPDFClipPath_CountPathSegments(path, part))):
            step = pdfium.FPDFClipPath_GetPathSegment(path, part, index)
            pdfium.FPDFPathSegment_GetPoint(step, byref(x), byref(y))
            xs.append(x.value)
            ys.append(y.value)
        if xs and not (
            min(xs) - 1 <= (x0 + x1) / 2 <= max(xs) + 1 and min(ys) - 1 <= middle <= max(ys) + 1
        ):
            return False
    return True


def _turned(
    text: str,
    x: float,
    y: float,
    matrix: Any,
    page: Any,
    index: int,
    box: Any,
    font: _Font,
    bold: bool,
) -> RawChar:
    """A character that does not simply stand upright."""
    a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
    scale = hypot(a, b) or 1.0
    size = abs(_size_of(page, index) * (a * d - b * c) / scale)
    advance = box.right - box.left
    if not 0 < advance < 2 * size:
        advance = size
    return RawChar(text, x, y, a / scale, b / scale, advance, size, font.name, bold)


class _Font:
    """A font of the page: its name and the text of the codes seen so far."""

    __slots__ = ("bold", "name", "texts")

    def __init__(self, name: str) -> None:
        self.name = name
        self.bold = is_bold_name(name)
        self.texts: dict[int, str] = {}

    def learn(self, page: Any, index: int, code: int) -> str:
        """The text of a character not met before in this font."""
        text = chr(code) if 0 < code < 0x110000 else UNMAPPED
        if _unmapped(page, index) == 1 or 0xE000 <= code < 0xF900:
            text = UNMAPPED
        elif code < 0x20 or code in (0x7F, 0xFFFE, 0xFFFF):
            # PDFium marks a hyphen at a line end so; other control characters print nothing.
            text = "-" if code in (0x02, 0xFFFE) else " "
        self.texts[code] = text
        return text


def _font_of(handle: int, fonts: dict[int, _Font]) -> _Font:
    name = create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(cast(handle, pdfium.FPDF_FONT), name, 256)
    font = fonts[handle] = _Font(name.value.decode("utf-8", "replace").rpartition("+")[2])
    return font


def _upright(
    chars: list[Char],
    hidden: list[Char],
    drawn: Drawn,
    number: int,
    left: float,
    top: float,
    width: float,
    height: float,
) -> Page:
    """A page that stands as it lies in the file: the usual one."""

    def moved(items: list[Char]) -> tuple[Char, ...]:
        return tuple(
            Char(text, x0 - left, x1 - left, top - baseline, size, font, turn, bold)
            for text, x0, x1, baseline, size, font, turn, bold in items
        )

    return Page(
        number=number,
        width=width,
        height=height,
        chars=moved(chars),
        hidden=moved(hidden),
        horizontal=tuple(
            Edge(top - at, start - left, end - left) for at, start, end in drawn.horizontal
        ),
        vertical=tuple(
            Edge(at - left, top - end, top - start) for at, start, end in drawn.vertical
        ),
        fills=tuple(_down(box, left, top) for box in drawn.fills),
        curves=tuple(_down(box, left, top) for box in drawn.curves),
        images=tuple(_down(box, left, top) for box in drawn.images),
    )


def _down(box: Box, left: float, top: float) -> Box:
    return box[0] - left, top - box[3], box[2] - left, top - box[1]


def _shown(
    upright: list[Char],
    others: list[RawChar],
    drawn: Drawn,
    turn: int,
    left: float,
    bottom: float,
    width: float,
    height: float,
) -> Drawn:
    """The page as it is shown: moved to its corner and turned clockwise by its /Rotate."""

    def point(x: float, y: float) -> tuple[float, float]:
        x, y = x - left, y - bottom
        if turn == 1:
            return y, width - x
        if turn == 2:
            return width - x, height - y
        if turn == 3:
            return height - y, x
        return x, y

    def way(across: float, up: float) -> tuple[float, float]:
        for _ in range(turn):
            across, up = up, -across
        return across, up

    def box(corners: Box) -> Box:
        xa, ya = point(corners[0], corners[1])
        xb, yb = point(corners[2], corners[3])
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    chars = [
        RawChar(c.text, c.x0, c.baseline, 1.0, 0.0, c.x1 - c.x0, c.size, c.font, c.bold)
        for c in upright
    ]
    result = Drawn(
        chars=[
            raw._replace(x=place[0], y=place[1], across=direction[0], up=direction[1])
            for raw in (*chars, *others)
            for place in (point(raw.x, raw.y),)
            for direction in (way(raw.across, raw.up),)
        ],
        fills=[box(item) for item in drawn.fills],
        curves=[box(item) for item in drawn.curves],
        images=[box(item) for item in drawn.images],
    )
    for edge in drawn.horizontal:
        x0, y0, x1, y1 = box((edge.start, edge.at, edge.end, edge.at))
        result.add_line(x0, y0, x1, y1)
    for edge in drawn.vertical:
        x0, y0, x1, y1 = box((edge.at, edge.start, edge.at, edge.end))
        result.add_line(x0, y0, x1, y1)
    return result


class _Paths:
    """Collects the paths and pictures of a page, those inside forms included."""

    def __init__(self, drawn: Drawn) -> None:
        self.drawn = drawn
        self.seen = 0
        self.bounds = (c_float(), c_float(), c_float(), c_float())
        self.refs = tuple(byref(value) for value in self.bounds)
        self.fill, self.stroke = c_int(), c_int()
        self.x, self.y = c_float(), c_float()

    def collect(self, page: Any) -> None:
        """All objects of a page."""
        address = cast(page, c_void_p).value
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            item = _page_object(address, index)
            if _type_of(item) != _TEXT:
                self._object(cast(item, pdfium.FPDF_PAGEOBJECT), _IDENTITY, 0)

    def _object(self, item: Any, matrix: Matrix, depth: int) -> None:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == _TEXT:
            return
        self.seen += 1
        if self.seen > _MOST_PATHS:
            raise _PageTooLargeError(f"more than {_MOST_PATHS} paths on the page")
        if kind == _PATH:
            self._path(item, matrix)
        elif kind == _IMAGE:
            self.drawn.images.append(self._box(item, matrix))
        elif kind == _FORM and depth < _MOST_DEPTH:
            inner = _times(_matrix(item), matrix)
            for index in range(pdfium.FPDFFormObj_CountObjects(item)):
                self._object(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def _box(self, item: Any, matrix: Matrix) -> Box:
        pdfium.FPDFPageObj_GetBounds(item, *self.refs)
        left, bottom, right, top = (value.value for value in self.bounds)
        if matrix is _IDENTITY:
            return left, bottom, right, top
        points = [_apply(matrix, x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return min(xs), min(ys), max(xs), max(ys)

    def _path(self, item: Any, matrix: Matrix) -> None:
        pdfium.FPDFPath_GetDrawMode(item, byref(self.fill), byref(self.stroke))
        filled, stroked = self.fill.value != 0, self.stroke.value != 0
        if not (filled or stroked):
            return
        box = self._box(item, matrix)
        steps = pdfium.FPDFPath_CountSegments(item)
        thin = min(box[2] - box[0], box[3] - box[1]) <= 3.0
        if thin and steps <= _PLAIN_PATH:
            self.drawn.add_box(box, filled=filled, stroked=stroked)
            return
        self._steps(item, _times(_matrix(item), matrix), steps, filled=filled, stroked=stroked)

    def _steps(self, item: Any, matrix: Matrix, steps: int, *, filled: bool, stroked: bool) -> None:
        part: list[tuple[float, float]] = []
        curved = False
        x, y = byref(self.x), byref(self.y)
        for index in range(min(steps, _MOST_PATHS)):
            step = pdfium.FPDFPath_GetPathSegment(item, index)
            kind = pdfium.FPDFPathSegment_GetType(step)
            pdfium.FPDFPathSegment_GetPoint(step, x, y)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                self._part(part, curved, filled=filled, stroked=stroked)
                part, curved = [], False
            curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
            part.append(_apply(matrix, self.x.value, self.y.value))
            if pdfium.FPDFPathSegment_GetClose(step) and part:
                part.append(part[0])
        self._part(part, curved, filled=filled, stroked=stroked)

    def _part(
        self, part: list[tuple[float, float]], curved: bool, *, filled: bool, stroked: bool
    ) -> None:
        if len(part) < 2:
            return
        xs, ys = [p[0] for p in part], [p[1] for p in part]
        box = min(xs), min(ys), max(xs), max(ys)
        if curved:
            self.drawn.curves.append(box)
        elif min(box[2] - box[0], box[3] - box[1]) <= 3.0:
            self.drawn.add_box(box, filled=filled, stroked=stroked)
        elif stroked:
            for (xa, ya), (xb, yb) in zip(part, part[1:], strict=False):
                self.drawn.add_line(xa, ya, xb, yb)
        elif len(part) <= _PLAIN_PATH:
            self.drawn.fills.append(box)


def _matrix(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, byref(matrix))
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    if outer is _IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
