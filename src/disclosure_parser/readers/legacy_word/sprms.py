"""Property modifiers (sprm): numbers with operands that say how text differs from its style."""

from __future__ import annotations

import struct
from collections.abc import Iterator

# Characters.
DELETED, VANISH, BOLD, SIZE = 0x0800, 0x083C, 0x0835, 0x4A43
SPECIAL, SYMBOL, CHARACTER_STYLE, OLE_OBJECT, PLAIN = 0x0855, 0x6A09, 0x4A30, 0x080A, 0x2A33
SPECIAL_VANISH = 0x0818
# Paragraphs.
STYLE, IN_TABLE, ROW_END, DEPTH = 0x4600, 0x2416, 0x2417, 0x6649
INNER_CELL, INNER_ROW_END = 0x244B, 0x244C
JUSTIFIED = (0x2461, 0x2403)
OUTLINE, LIST_LEVEL, LIST = 0x2640, 0x260A, 0x460B
LEFT, FIRST = (0x840F, 0x845E), (0x8411, 0x8460)
LEFT_CHARACTERS, FIRST_CHARACTERS = 0x4456, 0x4457
HUGE = (0x6645, 0x6646)
# Rows.
TABLE, MERGE, SPLIT, VERTICAL_MERGE = 0xD608, 0x5624, 0x5625, 0xD62B
_TABS = 0xC615
_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)


def modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The modifiers of a list with their operands; a list that is cut off ends early."""
    place, end = 0, len(data)
    while place + 2 < end + 1 and place + 2 <= end:
        (code,) = struct.unpack_from("<H", data, place)
        place += 2
        size = _SIZES[code >> 13]
        if size < 0:
            if code == TABLE:
                if place + 2 > end:
                    return
                size = struct.unpack_from("<H", data, place)[0] - 1
                place += 2
            elif place < end:
                size = data[place]
                place += 1
                if code == _TABS and size == 255:
                    size = _tabs_size(data, place)
            else:
                return
        if size < 0 or place + size > end:
            return
        yield code, data[place : place + size]
        place += size


def _tabs_size(data: bytes, place: int) -> int:
    """The size of a list of tabs that is too long to say it in a byte."""
    if place >= len(data):
        return 0
    deleted = data[place]
    added_at = place + 1 + deleted * 4
    added = data[added_at] if added_at < len(data) else 0
    return 1 + deleted * 4 + 1 + added * 3


def unsigned(operand: bytes) -> int:
    """An operand as a number without sign."""
    return int.from_bytes(operand, "little")


def signed(operand: bytes) -> int:
    """An operand as a number with sign."""
    return int.from_bytes(operand, "little", signed=True)
