"""Word documents: ``.docx``, ``.docm`` and their templates, transitional and strict.

The zip is checked first, then python-docx's package says which parts there are and how they refer
to each other, then the parts are walked as XML elements: python-docx's paragraphs leave out
revisions, content controls, text boxes and notes, and its cells are looked up anew at every call.

In reading order come the body, then its notes 脚注, then headers and footers 页眉页脚. What hangs
on a paragraph or table (text boxes, deleted and hidden text, field codes, charts) follows it as
blocks with a role of their own. Nothing outside the file is followed and no macro is run.
"""

from __future__ import annotations

from disclosure_parser.document import Document
from disclosure_parser.errors import LimitExceededError
from disclosure_parser.readers.base import Input


def read_docx(source: Input) -> Document:
    """Read a Word document.

    Raises:
        CorruptDocumentError: not a zip, a damaged one, or no Word document in it.
        EncryptedDocumentError: the document needs a password.
        EmptyDocumentError: the document holds no text.
        LimitExceededError: more bytes, characters, cells or nesting than the limits allow.
    """
    from disclosure_parser.readers.docx.reader import read

    try:
        return read(source)
    except RecursionError as error:
        raise LimitExceededError(f"{source.name}: elements are nested too deep") from error
