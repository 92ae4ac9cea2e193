"""Lists: the levels of automatic numbering, as the numbering of .docx understands them."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from attrs import evolve

from disclosure_parser.readers.docx.numbering import Level, List, Lists
from disclosure_parser.readers.docx.styles import Styles as _WordStyles
from disclosure_parser.readers.docx.symbols import symbol
from disclosure_parser.readers.legacy_word.storage import LISTS, OVERRIDES, Storage

_LEVELS = 9
_SUFFIXES = ("\t", " ", "")
_BULLET = "•"
#: Number formats (nfc) by the names that they have in .docx.
_FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
    5: "ordinal", 10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth",
    15: "decimalHalfWidth", 17: "japaneseDigitalTenThousand", 18: "decimalEnclosedCircle",
    19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle",
    30: "ideographTraditional", 31: "ideographZodiac", 32: "ideographZodiacTraditional",
    33: "taiwaneseCounting", 34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital", 37: "chineseCounting", 38: "chineseLegalSimplified",
    39: "chineseCountingThousand", 57: "numberInDash", 255: "none",
}  # fmt: skip
_NO_STYLE = 0xFFF
#: Lists that a paragraph can name.
_MOST = 0xFFFF
_LEGAL, _NO_RESTART = 0x04, 0x08


class ListTable(Lists):
    """The lists of a document by their number."""

    def __init__(self, storage: Storage) -> None:
        super().__init__(None, _WordStyles(None))
        described = _read_lists(storage)
        self._numbered = dict(enumerate(_read_overrides(storage, described), start=1))

    def get(self, num_id: int) -> List | None:
        return self._numbered.get(num_id)


def _read_lists(storage: Storage) -> dict[int, dict[int, Level]]:
    """The levels of each list; they follow the table of lists, outside its size."""
    table = storage.get(LISTS)
    found: dict[int, dict[int, Level]] = {}
    if len(table) < 2:
        return found
    (count,) = struct.unpack_from("<H", table)
    place = storage.start(LISTS) + 2 + count * 28
    for index in range(count):
        entry = table[2 + index * 28 : 30 + index * 28]
        if len(entry) < 28:
            break
        (key,) = struct.unpack_from("<i", entry)
        styles = struct.unpack_from("<9H", entry, 8)
        levels: dict[int, Level] = {}
        for number in range(1 if entry[26] & 1 else _LEVELS):
            read = _read_level(storage.table, place)
            if read is None:
                return found
            level, place = read
            named = styles[number] & 0xFFF
            levels[number] = evolve(level, style=str(named) if named != _NO_STYLE else "")
        found[key] = levels
    return found


def _read_level(data: bytes, place: int) -> tuple[Level, int] | None:
    """A level and where it ends; ``None`` where the table is cut off."""
    if place + 28 > len(data):
        return None
    start, form, flags = struct.unpack_from("<iBB", data, place)
    follow = data[place + 15]
    characters, paragraphs, limit = data[place + 24 : place + 27]
    place += 28 + paragraphs + characters
    if place + 2 > len(data):
        return None
    (length,) = struct.unpack_from("<H", data, place)
    raw = data[place + 2 : place + 2 + 2 * length].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(c) + 1}" if ord(c) < _LEVELS else c for c in raw[:255])
    name = _FORMS.get(form, f"nfc {form}")
    if name == "bullet":
        text = symbol("wingdings", ord(raw)) or _BULLET if len(raw) == 1 and _private(raw) else raw
    level = Level(
        start=max(start, 0),
        form=name,
        text=text,
        suffix=_SUFFIXES[follow] if follow < len(_SUFFIXES) else "\t",
        legal=bool(flags & _LEGAL),
        restart=limit if flags & _NO_RESTART else None,
    )
    return level, place + 2 + 2 * length


def _private(text: str) -> bool:
    return "\ue000" <= text <= "\uf8ff"


def _read_overrides(
    storage: Storage, described: dict[int, dict[int, Level]]
) -> Iterator[List | None]:
    """The lists that paragraphs name: a described list with what differs from it."""
    table = storage.get(OVERRIDES)
    if len(table) < 4:
        return
    (count,) = struct.unpack_from("<I", table)
    count = min(count, (len(table) - 4) // 16, _MOST)
    place = 4 + count * 16
    for index in range(count):
        key, _, _, changed = struct.unpack_from("<iIIB", table, 4 + index * 16)
        levels = dict(described.get(key, {}))
        starts: dict[int, int] = {}
        place += 4
        for _ in range(changed):
            if place + 8 > len(table):
                break
            start, flags = struct.unpack_from("<iI", table, place)
            place += 8
            number = flags & 0xF
            if flags & 0x20:
                read = _read_level(table, place)
                if read is None:
                    break
                levels[number], place = read
            elif flags & 0x10:
                starts[number] = max(start, 0)
        by_style = {level.style: number for number, level in levels.items() if level.style}
        known = key in described
        yield (
            List(counters=str(key), levels=levels, starts=starts, by_style=by_style)
            if known
            else None
        )
