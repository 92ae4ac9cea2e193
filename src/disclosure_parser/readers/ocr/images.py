"""Pictures of pages as a document."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from disclosure_parser.document import Document
from disclosure_parser.errors import (
    CorruptDocumentError,
    LimitExceededError,
    UnsupportedFormatError,
)
from disclosure_parser.readers.base import Input

if TYPE_CHECKING:
    from PIL.Image import Image

    from disclosure_parser.readers.ocr.pixels import Pixels

#: A4 in points: a picture that tells no resolution is taken for a page of it.
_SHORT, _LONG = 595.0, 842.0
#: Resolutions that a scanner gives; what a camera or a screen says of itself is none.
_LEAST_DPI, _MOST_DPI = 100.0, 600.0
#: Pixels a point of the picture that is read: 200 a inch, as measured best; larger are made
#: smaller, much smaller ones larger.
SCALE = 200 / 72


def read_document(source: Input) -> Document:
    """Read a picture, or the pictures of a TIFF; see :func:`disclosure_parser.readers.ocr`."""
    from disclosure_parser.readers.ocr.pages import recognised_page
    from disclosure_parser.readers.pdf.reader import Assembled, assembled

    if not source.limits.ocr:
        raise UnsupportedFormatError(f"{source.name}: a picture, and recognition is switched off")
    made = Assembled()
    for number, pixels in enumerate(_pictures(source), 1):
        made.recognised(recognised_page(pixels, number, SCALE))
    return assembled(source, made, "image")


def _pictures(source: Input) -> Iterator[Pixels]:
    """The pictures at the scale in which they are read.

    Raises:
        CorruptDocumentError: they cannot be decoded.
        LimitExceededError: too many, or too many pixels.
    """
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        # The size is in the head: nothing is decoded before it is known to be bounded.
        with Image.open(io.BytesIO(source.data)) as picture:
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number >= source.limits.ocr_pages:
                    raise LimitExceededError(
                        f"{source.name}: more than {source.limits.ocr_pages} pictures"
                    )
                if frame.width * frame.height > source.limits.pixels:
                    raise LimitExceededError(
                        f"{source.name}: more than {source.limits.pixels} pixels"
                    )
                yield _pixels(frame)
    except LimitExceededError:
        raise
    except Image.DecompressionBombError as error:
        raise LimitExceededError(f"{source.name}: {error}") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise CorruptDocumentError(
            f"{source.name}: the picture cannot be decoded: {error}"
        ) from error


def _pixels(frame: Image) -> Pixels:
    import numpy as np
    from PIL import Image

    width, height = frame.size
    points = _SHORT if width <= height else _LONG
    told = frame.info.get("dpi")
    if isinstance(told, tuple) and _LEAST_DPI <= float(told[0]) <= _MOST_DPI:
        points = width / float(told[0]) * 72
    scale = points * SCALE / width
    size = max(1, round(width * scale)), max(1, round(height * scale))
    shown = frame.convert("RGBA")
    # What is transparent is paper.
    paper = Image.new("RGBA", shown.size, "white")
    paper.alpha_composite(shown)
    return np.asarray(paper.convert("RGB").resize(size, Image.Resampling.LANCZOS), np.uint8)
