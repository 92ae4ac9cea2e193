"""The container of a document and the block at its beginning that says where everything is."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from attrs import frozen

from disclosure_parser.document import Place, Severity
from disclosure_parser.errors import (
    CorruptDocumentError,
    EncryptedDocumentError,
    UnsupportedFormatError,
)
from disclosure_parser.readers.base import Input
from disclosure_parser.readers.docx.package import Log

if TYPE_CHECKING:
    import olefile

_MAGIC = 0xA5EC
_FIRST_READ = 0x00C1  # Word 97
_ENCRYPTED, _TABLE_1, _OBFUSCATED = 0x0100, 0x0200, 0x8000
#: Numbers of the tables among those that the first block points to.
STYLES, SECTIONS, FONTS, CHARACTERS, PARAGRAPHS, PIECES = 1, 6, 15, 12, 13, 33
ANCHORS, BOXES, LISTS, OVERRIDES = 40, 56, 73, 74
#: The stories of a document in their order, with the places of their lengths.
STORIES = {
    "document": 3, "footnotes": 4, "header": 5, "comments": 7, "endnotes": 8, "textbox": 9,
    "header textbox": 10,
}  # fmt: skip
_TABLES = 32 + 2 + 14 * 2 + 2 + 22 * 4 + 2


class DocLog(Log):
    """The diagnostics of a legacy document; parts shared with .docx get this format's name."""

    def add(
        self,
        code: str,
        message: str,
        severity: Severity = Severity.WARNING,
        place: Place | None = None,
    ) -> None:
        super().add(code.replace("docx.", "doc.", 1), message, severity, place)


@frozen(kw_only=True)
class Storage:
    """The streams of a document. ``lengths`` are those of its stories, in characters."""

    main: bytes
    table: bytes
    data: bytes
    pointers: tuple[tuple[int, int], ...]
    lengths: dict[str, int]

    def get(self, number: int) -> bytes:
        """One of the tables; empty where the document has none, short where it is cut off."""
        start, size = self.pointers[number] if number < len(self.pointers) else (0, 0)
        return self.table[start : start + size]

    def start(self, number: int) -> int:
        """Where a table begins in the table stream."""
        return self.pointers[number][0] if number < len(self.pointers) else 0


def open_storage(source: Input) -> Storage:
    """Open a document.

    Raises:
        UnsupportedFormatError, EncryptedDocumentError, CorruptDocumentError:
            as :func:`disclosure_parser.readers.legacy_word.read_doc`.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(source.data)) as ole:
            return _read(ole, source)
    except (OSError, struct.error, IndexError, ValueError) as error:
        if isinstance(
            error, CorruptDocumentError | EncryptedDocumentError | UnsupportedFormatError
        ):
            raise
        raise CorruptDocumentError(f"{source.name}: a damaged OLE file: {error}") from error


def _read(ole: olefile.OleFileIO, source: Input) -> Storage:
    main = _stream(ole, "WordDocument")
    if len(main) < _TABLES:
        raise CorruptDocumentError(f"{source.name}: the document stream is cut off")
    magic, version = struct.unpack_from("<2H", main)
    flags = struct.unpack_from("<H", main, 10)[0]
    if magic != _MAGIC or version < _FIRST_READ:
        raise UnsupportedFormatError(
            f"{source.name}: a document of Word 95 or older is not read (version {version})"
        )
    if flags & (_ENCRYPTED | _OBFUSCATED):
        raise EncryptedDocumentError(f"{source.name}: the Word document needs a password")
    words = struct.unpack_from("<H", main, 32)[0]
    place = 34 + words * 2
    longs = struct.unpack_from("<H", main, place)[0]
    numbers = struct.unpack_from(f"<{max(longs, 11)}i", main, place + 2)
    place += 2 + longs * 4
    count = struct.unpack_from("<H", main, place)[0]
    fields = struct.unpack_from(f"<{min(count, 256) * 2}I", main, place + 2)
    name = "1Table" if flags & _TABLE_1 else "0Table"
    return Storage(
        main=main,
        table=_stream(ole, name),
        data=_stream(ole, "Data") if ole.exists("Data") else b"",
        pointers=tuple(zip(fields[::2], fields[1::2], strict=True)),
        lengths={story: max(numbers[index], 0) for story, index in STORIES.items()},
    )


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    if not ole.exists(name):
        raise CorruptDocumentError(f"the OLE file has no stream {name}")
    return bytes(ole.openstream(name).read())
