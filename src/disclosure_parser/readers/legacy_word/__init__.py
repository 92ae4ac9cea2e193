"""Legacy Word 旧版 Word: ``.doc`` since Word 97 and ``.wps`` of WPS, with the extra ``doc``.

The format is read here from its bytes, with olefile for the container: the piece table gives the
characters, paragraph and character properties tell what is deleted, hidden, bold or in a table,
the definitions of table rows give the grid with its merged cells, and the list tables give the
automatic numbers, which are counted and printed by the reader of .docx. The converters that exist
either lose the spans of cells, print deleted text, or can end the process; all are native code.
This reader is Python, so a damaged file costs an error and no process. No macro is run, no link
or embedded object is opened.
"""

from __future__ import annotations

from disclosure_parser.document import Document
from disclosure_parser.readers.base import Input


def read_doc(source: Input) -> Document:
    """Read a legacy Word or WPS document.

    Raises:
        UnsupportedFormatError: Word 95 or older wrote it.
        EncryptedDocumentError: the document needs a password.
        CorruptDocumentError: the document is damaged beyond reading.
        EmptyDocumentError: the document holds no text.
        LimitExceededError: more characters, cells, paragraphs or nesting than the limits allow.
    """
    from disclosure_parser.readers.legacy_word.reader import read

    return read(source)
