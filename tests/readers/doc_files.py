"""Legacy Word documents written in code, with only the tables that a test needs."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from attrs import field, frozen

from tests.readers.ole_files import ole

_PAGE = 512
_TEXT = 0x800
_STORIES = ("document", "footnotes", "header", "macros", "comments", "endnotes", "textbox")


def sprm(code: int, *operand: int) -> bytes:
    """A modifier with the bytes of its operand."""
    return struct.pack("<H", code) + bytes(operand)


DELETED = sprm(0x0800, 1)
HIDDEN = sprm(0x083C, 1)
BOLD = sprm(0x0835, 1)
CENTRED = sprm(0x2461, 1)
IN_TABLE = sprm(0x2416, 1)
ROW_END = IN_TABLE + sprm(0x2417, 1)


def list_item(number: int, level: int = 0) -> bytes:
    """The modifiers of a paragraph in a list."""
    return sprm(0x260A, level) + struct.pack("<HH", 0x460B, number)


def row(edges: Sequence[int], flags: Sequence[int] = ()) -> bytes:
    """The definition of a row's cells: their edges in twentieths of a point, and flags."""
    count = len(edges) - 1
    cells = b"".join(
        struct.pack("<H18x", flags[index] if index < len(flags) else 0) for index in range(count)
    )
    body = bytes([count]) + struct.pack(f"<{count + 1}h", *edges) + cells
    return struct.pack("<HH", 0xD608, len(body) + 1) + body


@frozen
class Par:
    """A paragraph: runs of text with their modifiers, its own modifiers, its end mark."""

    runs: Sequence[tuple[str, bytes] | str]
    modifiers: bytes = b""
    mark: str = "\r"
    mark_modifiers: bytes = b""
    style: int = 0


@frozen(kw_only=True)
class Doc:
    """A document: the paragraphs of its stories, and further tables by their number."""

    stories: Mapping[str, Sequence[Par]]
    tables: dict[int, bytes] = field(factory=dict)
    #: What stands behind a table and is not counted in its size (the levels of lists).
    behind: dict[int, bytes] = field(factory=dict)
    data: bytes = b""
    flags: int = 0
    version: int = 0xC1

    def build(self) -> bytes:
        """The bytes of the file."""
        text = bytearray()
        characters: list[tuple[int, int, bytes]] = []
        paragraphs: list[tuple[int, int, bytes]] = []
        lengths = [0] * len(_STORIES)
        for number, name in enumerate(_STORIES):
            for par in self.stories.get(name, ()):
                first = len(text)
                for item in (*par.runs, (par.mark, par.mark_modifiers)):
                    run, modifiers = (item, b"") if isinstance(item, str) else item
                    start = len(text)
                    text += run.encode("utf-16-le")
                    characters.append((_TEXT + start, _TEXT + len(text), modifiers))
                lengths[number] += (len(text) - first) // 2
                properties = struct.pack("<H", par.style) + par.modifiers
                paragraphs.append((_TEXT + first, _TEXT + len(text), properties))
        body = bytearray(_TEXT) + text
        body += bytes(-len(body) % _PAGE)
        tables = {
            12: _pages(body, characters, _character_page),
            13: _pages(body, paragraphs, _paragraph_page),
            33: _pieces(len(text) // 2),
            **self.tables,
        }
        table, pointers = bytearray(), [(0, 0)] * 93
        for number, content in tables.items():
            pointers[number] = len(table), len(content)
            table += content + self.behind.get(number, b"")
        self._header(body, lengths, pointers)
        streams = {"WordDocument": bytes(body), "0Table": bytes(table)}
        if self.data:
            streams["Data"] = self.data
        return ole(streams)

    def _header(
        self, body: bytearray, lengths: list[int], pointers: Sequence[tuple[int, int]]
    ) -> None:
        struct.pack_into("<2H", body, 0, 0xA5EC, self.version)
        struct.pack_into("<H", body, 10, self.flags)
        struct.pack_into("<H", body, 32, 14)
        struct.pack_into("<H", body, 62, 22)
        for index, length in zip((3, 4, 5, 6, 7, 8, 9), lengths, strict=True):
            struct.pack_into("<i", body, 64 + 4 * index, length)
        struct.pack_into("<H", body, 152, len(pointers))
        for index, pointer in enumerate(pointers):
            struct.pack_into("<2I", body, 154 + 8 * index, *pointer)


def _pieces(count: int) -> bytes:
    table = struct.pack("<2I", 0, count) + struct.pack("<HIH", 0, _TEXT, 0)
    return b"\x02" + struct.pack("<I", len(table)) + table


def _pages(body: bytearray, stretches: Sequence[tuple[int, int, bytes]], build: object) -> bytes:
    """A page of properties for each stretch, and the table of the pages."""
    assert callable(build)
    numbers = []
    for start, end, properties in stretches:
        numbers.append(len(body) // _PAGE)
        body += build(start, end, properties)
    places = [start for start, _, _ in stretches] + [stretches[-1][1]]
    return struct.pack(f"<{len(places)}I", *places) + struct.pack(f"<{len(numbers)}I", *numbers)


def _character_page(start: int, end: int, properties: bytes) -> bytes:
    head = struct.pack("<2I", start, end) + bytes([20 if properties else 0])
    page = head.ljust(40, b"\0") + bytes([len(properties)]) + properties
    return page.ljust(_PAGE - 1, b"\0") + b"\x01"


def _paragraph_page(start: int, end: int, properties: bytes) -> bytes:
    properties += bytes(len(properties) % 2)
    head = struct.pack("<2I", start, end) + bytes([20])
    entry = bytes([0, len(properties) // 2]) + properties
    return (head.ljust(40, b"\0") + entry).ljust(_PAGE - 1, b"\0") + b"\x01"


def lists(levels: Sequence[tuple[int, str, int]]) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """The tables of one list with these levels (format, text with ``\\0`` for its own number,
    first number), and what stands behind them; the list is number 1."""
    head = struct.pack("<HiI", 1, 7, 0) + struct.pack("<9H", *[0xFFF] * 9) + bytes(2)
    described = b""
    for form, text, start in (*levels, *[(255, "", 1)] * (9 - len(levels))):
        described += struct.pack("<iBB", start, form, 0) + bytes(9) + b"\x02" + bytes(12)
        described += struct.pack("<H", len(text)) + text.encode("utf-16-le")
    overrides = struct.pack("<IiIIB3x", 1, 7, 0, 0, 0) + b"\xff" * 4
    return {73: head, 74: overrides}, {73: described}
