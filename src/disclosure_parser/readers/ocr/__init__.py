"""Optical character recognition 文字识别: pictures of pages as pages with characters and rulings.

A picture becomes what the PDF reader knows of a page, so that lines, paragraphs and tables are read
by the same code. What was recognised is never sure: every place says with which confidence, and
every figure is marked (``disclosure_parser.recognised``). Needs the extra ``ocr``.
"""

from __future__ import annotations

import importlib.util

from disclosure_parser.document import Document
from disclosure_parser.readers.base import Input

#: What the extra ``ocr`` brings.
PACKAGE = "rapidocr"


def installed() -> bool:
    """Whether this installation can recognise text."""
    return importlib.util.find_spec(PACKAGE) is not None


def read_image(source: Input) -> Document:
    """Read pictures of pages: PNG, JPEG, GIF, BMP, WebP, TIFF of several pages.

    Raises:
        CorruptDocumentError: the picture cannot be decoded.
        LimitExceededError: more pictures or pixels than the limits allow.
        UnsupportedFormatError: recognition is switched off in the limits.
    """
    from disclosure_parser.readers.ocr.images import read_document

    return read_document(source)


__all__ = ["PACKAGE", "installed", "read_image"]
