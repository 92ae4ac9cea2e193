"""The PDF reader: paragraphs and tables from characters and rulings."""

from __future__ import annotations

from disclosure_parser.document import Document
from disclosure_parser.readers.base import Input


def read_pdf(source: Input) -> Document:
    """Read a PDF.

    Text runs over line and page ends into paragraphs; ruled tables become cells with spans, one
    table for all its pages. Page furniture and chart labels are blocks with a role of their own.
    What could not be read is a diagnostic: ``pdf.needs_ocr`` (a page that is a picture),
    ``pdf.picture`` (words over a picture: the words are read, the picture is not),
    ``pdf.unmapped`` (glyphs without a Unicode value), ``pdf.page`` (an unreadable page).

    Not thread-safe: the parser beneath is not. Use processes to read several files at once.

    Raises:
        EncryptedDocumentError: a password is needed.
        CorruptDocumentError: the content is not a readable PDF.
        LimitExceededError: more pages or characters than the limits allow.
    """
    from disclosure_parser.readers.pdf.reader import read_document

    return read_document(source)


__all__ = ["read_pdf"]
