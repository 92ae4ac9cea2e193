"""The characters of a document in their order, and the properties that stand at each of them.

Character positions (cp) count UTF-16 units over all stories. A piece says where in the file a
stretch of them stands; properties are kept for stretches of the file, not of the text.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator

from attrs import frozen

from disclosure_parser.errors import CorruptDocumentError, LimitExceededError
from disclosure_parser.readers.base import Limits
from disclosure_parser.readers.legacy_word.storage import CHARACTERS, PARAGRAPHS, PIECES, Storage

_PAGE = 512
_COMPRESSED = 0x40000000
#: Where a compressed character is not the one of Windows-1252.
_MODIFIERS, _TEXT = 1, 2
_PARAGRAPH_ENTRY = 13


@frozen(kw_only=True)
class Piece:
    """A stretch of text: positions, where it stands in the file, bytes per character, and the
    modifiers that apply to all of it."""

    start: int
    end: int
    offset: int
    width: int
    modifiers: bytes

    def place(self, position: int) -> int:
        """Where in the file a character stands."""
        return self.offset + (position - self.start) * self.width


class Text:
    """The characters of all stories, one Python character for each position.

    Raises:
        CorruptDocumentError: there is no piece table, or none of it can be read.
        LimitExceededError: more characters than the limits allow.
    """

    def __init__(self, storage: Storage, limits: Limits, name: str) -> None:
        self.pieces = list(_pieces(storage))
        if not self.pieces:
            raise CorruptDocumentError(f"{name}: the table of the document's text is lost")
        self._starts = [piece.start for piece in self.pieces]
        total = sum(piece.end - piece.start for piece in self.pieces)
        if total > limits.characters:
            raise LimitExceededError(f"{name}: more than {limits.characters} characters of text")
        self.units = "".join(_characters(piece, storage.main) for piece in self.pieces)
        self._characters = _Properties(storage, CHARACTERS, _character_page)
        self._paragraphs = _Properties(storage, PARAGRAPHS, _paragraph_page)

    def printed(self, start: int, end: int) -> str:
        """The characters between two positions, halves of wide ones put together."""
        text = self.units[start:end]
        if any("\ud800" <= unit <= "\udfff" for unit in text):
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text

    def paragraph(self, position: int) -> bytes:
        """The style number and the modifiers of the paragraph that ends at a position."""
        piece = self._piece(position)
        found = self._paragraphs.at(piece.place(position))
        return (found or b"\0\0") + piece.modifiers

    def runs(self, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        """Stretches of characters with the same modifiers."""
        position = start
        while position < end:
            piece = self._piece(position)
            last = min(end, piece.end)
            if last <= position:
                return
            stretch, found = self._characters.stretch(piece.place(position))
            if stretch is not None:
                # At least one character, whatever the table says.
                reach = max((stretch - piece.place(position)) // piece.width, 1)
                last = min(last, position + reach)
            yield position, last, found + piece.modifiers
            position = last

    def _piece(self, position: int) -> Piece:
        return self.pieces[max(bisect_right(self._starts, position) - 1, 0)]


def _pieces(storage: Storage) -> Iterator[Piece]:
    data = storage.get(PIECES)
    lists: list[bytes] = []
    place = 0
    while place < len(data):
        kind = data[place]
        if kind == _MODIFIERS and place + 3 <= len(data):
            (size,) = struct.unpack_from("<H", data, place + 1)
            lists.append(data[place + 3 : place + 3 + size])
            place += 3 + size
        elif kind == _TEXT and place + 5 <= len(data):
            (size,) = struct.unpack_from("<I", data, place + 1)
            yield from _piece_table(data[place + 5 : place + 5 + size], lists, len(storage.main))
            return
        else:
            return


def _piece_table(table: bytes, lists: list[bytes], size: int) -> Iterator[Piece]:
    count = (len(table) - 4) // 12
    if count < 1:
        return
    positions = struct.unpack_from(f"<{count + 1}I", table)
    for index in range(count):
        start, end = positions[index : index + 2]
        packed, extra = struct.unpack_from("<IH", table, 4 * (count + 1) + 8 * index + 2)
        width = 1 if packed & _COMPRESSED else 2
        offset = (packed & 0x3FFFFFFF) // 2 if width == 1 else packed & 0x3FFFFFFF
        # What is lost at the end is told by the length that the document says it has.
        end = min(end, start + max(size - offset, 0) // width)
        if end <= start:
            return
        # An odd number points to a list of modifiers; an even one is a single, rare one.
        known = extra & 1 and (extra >> 1) < len(lists)
        yield Piece(
            start=start,
            end=end,
            offset=offset,
            width=width,
            modifiers=lists[extra >> 1] if known else b"",
        )
        if end < positions[index + 1]:
            return


def _characters(piece: Piece, main: bytes) -> str:
    data = main[piece.offset : piece.place(piece.end)]
    if piece.width == 1:
        # The five bytes that Windows-1252 leaves open are themselves.
        text = data.decode("cp1252", "replace")
        return text if "\ufffd" not in text else "".join(_single(byte) for byte in data)
    if any(0xD8 <= byte <= 0xDF for byte in data[1::2]):
        return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data)))
    return data.decode("utf-16-le")


def _single(byte: int) -> str:
    text = bytes([byte]).decode("cp1252", "replace")
    return chr(byte) if text == "\ufffd" else text


Page = list[tuple[int, int, bytes]]


class _Properties:
    """Properties by where in the file they hold, read page by page."""

    def __init__(self, storage: Storage, number: int, read: object) -> None:
        assert callable(read)
        table = storage.get(number)
        count = max((len(table) - 4) // 8, 0)
        pages = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
        stretches: Page = []
        for page in dict.fromkeys(page & 0x3FFFFF for page in pages):
            data = storage.main[page * _PAGE : (page + 1) * _PAGE]
            if len(data) == _PAGE:
                stretches += read(data)
        stretches.sort(key=lambda stretch: stretch[0])
        self._stretches = stretches
        self._starts = [start for start, _, _ in stretches]

    def at(self, place: int) -> bytes | None:
        """The properties at a place in the file."""
        index = bisect_right(self._starts, place) - 1
        if index < 0 or place >= self._stretches[index][1]:
            return None
        return self._stretches[index][2]

    def stretch(self, place: int) -> tuple[int | None, bytes]:
        """Where the properties at a place end (``None``: nowhere), and what they are."""
        index = bisect_right(self._starts, place) - 1
        if index >= 0 and place < self._stretches[index][1]:
            return self._stretches[index][1], self._stretches[index][2]
        return (self._starts[index + 1] if index + 1 < len(self._starts) else None), b""


def _character_page(page: bytes) -> Page:
    count = page[-1]
    if 4 * (count + 1) + count >= _PAGE:
        return []
    ends = struct.unpack_from(f"<{count + 1}I", page)
    found: Page = []
    for index in range(count):
        at = page[4 * (count + 1) + index] * 2
        size = page[at] if at else 0
        found.append((ends[index], ends[index + 1], page[at + 1 : at + 1 + size]))
    return found


def _paragraph_page(page: bytes) -> Page:
    count = page[-1]
    if 4 * (count + 1) + count * _PARAGRAPH_ENTRY >= _PAGE:
        return []
    ends = struct.unpack_from(f"<{count + 1}I", page)
    found: Page = []
    for index in range(count):
        at = page[4 * (count + 1) + index * _PARAGRAPH_ENTRY] * 2
        if not at:
            found.append((ends[index], ends[index + 1], b"\0\0"))
            continue
        size = page[at] * 2 - 1
        if size < 0:
            at += 1
            size = page[at] * 2 if at < _PAGE else 0
        found.append((ends[index], ends[index + 1], page[at + 1 : at + 1 + size]))
    return found
