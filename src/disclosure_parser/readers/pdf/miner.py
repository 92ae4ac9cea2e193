"""Pages of a PDF from pdfminer.six, the parser under pdfplumber.

The parser's layout analysis is not used: only characters with their origin, paths and pictures
are taken from its interpreter, in one pass over each page. What a page may cost is bounded by
the bytes of its content and the number of things painted, since the parser itself sets no bound.
"""

# ruff: noqa: ARG002 (the arguments of the parser's callbacks are not ours to choose)

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice, pairwise
from math import hypot
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import stream_value

from disclosure_parser.errors import (
    CorruptDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
)
from disclosure_parser.readers.base import Input, Limits
from disclosure_parser.readers.pdf.frame import THIN, Drawn, RawChar, framed
from disclosure_parser.readers.pdf.page import (
    UNMAPPED,
    Box,
    Page,
    PageFailure,
    PageTooLargeError,
    is_bold_name,
)

# A printed page has some thousand characters and a few thousand paths.
_MOST_PATHS = 200_000
_MOST_CHARS = 200_000
_MOST_FORMS = 20_000
# Decoded bytes of one content stream; the densest table pages stay under half a megabyte.
_MOST_BYTES = 16 * 2**20


class MinerPages:
    """An open PDF; its pages are read one at a time, in any order.

    Raises:
        EncryptedDocumentError: a password is needed.
        CorruptDocumentError: the file is not a readable PDF.
        LimitExceededError: more pages than the limits allow.
    """

    def __init__(self, source: Input) -> None:
        self._limits = source.limits
        with _quiet_parser():
            document = _open(source)
            try:
                found = islice(PDFPage.create_pages(document), source.limits.pages + 1)
                self._pages = list(found)
            except Exception as error:  # the parser raises anything on a broken page tree
                raise CorruptDocumentError(
                    f"{source.name}: the page tree is damaged ({_reason(error)})"
                ) from error
        self.count = len(self._pages)
        if self.count > source.limits.pages:
            raise LimitExceededError(f"{source.name}: more than {source.limits.pages} pages")

    def close(self) -> None:
        """Forget the document."""
        self._pages = []

    def page(self, number: int) -> Page | PageFailure:
        """The page of a 1-based number; one that cannot be read is a :class:`PageFailure`."""
        with _quiet_parser():
            try:
                # A cache of fonts for one page only: memory stays bounded.
                resources = PDFResourceManager()
                return _read_page(self._pages[number - 1], number, resources, self._limits)
            except Exception as error:  # the parser raises anything on broken content
                return PageFailure(number=number, reason=_reason(error))


def _open(source: Input) -> PDFDocument:
    try:
        return PDFDocument(PDFParser(io.BytesIO(source.data)))
    except PDFPasswordIncorrect as error:
        raise EncryptedDocumentError(f"{source.name}: a password is needed") from error
    except PDFEncryptionError as error:
        raise EncryptedDocumentError(
            f"{source.name}: encrypted in a way that cannot be read ({_reason(error)})"
        ) from error
    except Exception as error:  # the parser raises anything on a broken file
        raise CorruptDocumentError(
            f"{source.name}: not a readable PDF ({_reason(error)})"
        ) from error


def _reason(error: Exception) -> str:
    text = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


@contextmanager
def _quiet_parser() -> Iterator[None]:
    """Keep the parser's warnings off standard error: what matters becomes a diagnostic."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


class _Device(PDFTextDevice):
    """Collects what the interpreter paints; coordinates with y growing upwards, as in the file."""

    def __init__(self, resources: PDFResourceManager, limits: Limits) -> None:
        super().__init__(resources)
        self.most_chars = min(_MOST_CHARS, limits.characters)
        self.drawn = Drawn()
        self.paths = 0
        self.forms = 0

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        self.forms += 1
        if self.forms > _MOST_FORMS:
            raise PageTooLargeError(f"more than {_MOST_FORMS} forms and pictures on the page")

    def render_image(self, name: str, stream: Any) -> None:
        a, b, c, d, e, f = self.ctm or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        xs = (e, e + a, e + c, e + a + c)
        ys = (f, f + b, f + d, f + b + d)
        self.drawn.images.append((min(xs), min(ys), max(xs), max(ys)))

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = UNMAPPED
        advance: float = font.char_width(cid) * fontsize * scaling
        a, b, c, d, e, f = matrix
        across = hypot(a, b) or 1.0
        size = fontsize * abs(a * d - b * c) / across
        width = advance * across
        if font.is_vertical():
            # The origin of vertical writing is the top centre of the glyph.
            vx, vy = font.char_disp(cid)
            e -= size * (0.5 if vx is None else vx * 0.001)
            f -= size * vy * 0.001
            width = size
        chars = self.drawn.chars
        if len(chars) >= self.most_chars:
            raise PageTooLargeError(f"more than {self.most_chars} characters on the page")
        name = str(font.fontname).rpartition("+")[2]
        bold = is_bold_name(name)
        chars.append(RawChar(text, e, f, a / across, b / across, width, abs(size), name, bold))
        return advance

    def paint_path(
        self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]
    ) -> None:
        self.paths += 1
        if self.paths > _MOST_PATHS:
            raise PageTooLargeError(f"more than {_MOST_PATHS} paths on the page")
        start = 0
        for index in range(1, len(path) + 1):
            if index == len(path) or path[index][0] == "m":
                self._subpath(path[start:index], stroke, fill)
                start = index

    def _subpath(self, path: Sequence[Any], stroke: bool, fill: bool) -> None:
        if not path or path[0][0] != "m" or not (stroke or fill):
            return
        a, b, c, d, e, f = self.ctm or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        points = []
        round_parts = False
        for step in path:
            operands = step[-2:] if step[0] != "h" else path[0][-2:]
            x, y = operands
            points.append((a * x + c * y + e, b * x + d * y + f))
            round_parts = round_parts or step[0] in "cvy"
        xs = [point[0] for point in points]
        ys = [point[1] for point in points]
        x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
        if round_parts:
            self.drawn.curves.append((x0, y0, x1, y1))
        elif min(x1 - x0, y1 - y0) <= THIN:
            self.drawn.add_box((x0, y0, x1, y1), filled=fill, stroked=stroke)
        elif stroke:
            for (xa, ya), (xb, yb) in pairwise(points):
                self.drawn.add_line(xa, ya, xb, yb)
        else:
            self.drawn.fills.append((x0, y0, x1, y1))


class _Interpreter(PDFPageInterpreter):
    """The parser's interpreter, which refuses content that unpacks beyond all measure."""

    def execute(self, streams: Sequence[object]) -> None:
        for item in streams:
            _check_size(stream_value(item))
        super().execute(streams)


def _check_size(stream: Any) -> None:
    raw = stream.rawdata
    if raw is None or len(raw) * 1032 <= _MOST_BYTES:  # deflate packs at most 1032 to 1
        return
    names = [getattr(name, "name", "") for name, _ in stream.get_filters()]
    if names[:1] in (["FlateDecode"], ["Fl"]) and not names[1:]:
        unpacked = len(zlib.decompressobj().decompress(raw, _MOST_BYTES + 1))
    else:
        unpacked = len(stream.get_data())
    if unpacked > _MOST_BYTES:
        raise PageTooLargeError(f"more than {_MOST_BYTES} bytes of page content")


def _read_page(page: PDFPage, number: int, resources: PDFResourceManager, limits: Limits) -> Page:
    device = _Device(resources, limits)
    page.mediabox = _visible(page.mediabox, page.cropbox)
    _Interpreter(resources, device).process_page(page)
    x0, y0, x1, y1 = page.mediabox
    width, height = abs(x1 - x0), abs(y1 - y0)
    if page.rotate in (90, 270):
        width, height = height, width
    return framed(device.drawn, number, width, height)


def _visible(media: Box, crop: Box) -> Box:
    """The part of the page that is shown or printed: the crop box inside the media box."""
    x0, x1 = max(min(media[0::2]), min(crop[0::2])), min(max(media[0::2]), max(crop[0::2]))
    y0, y1 = max(min(media[1::2]), min(crop[1::2])), min(max(media[1::2]), max(crop[1::2]))
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else media
