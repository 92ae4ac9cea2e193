"""Styles, and what the modifiers of a paragraph or a run make of them."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from attrs import evolve, frozen

from disclosure_parser.readers.docx.styles import Form, Indent, Look
from disclosure_parser.readers.legacy_word import sprms
from disclosure_parser.readers.legacy_word.storage import FONTS, STYLES, Storage

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|contents)\s*(?:\d|heading|标题)", re.IGNORECASE)
_JUSTIFICATIONS = {0: "left", 1: "center", 2: "right", 3: "both", 4: "distribute"}
_PLAIN = Look(vanish=False, bold=False, size=10.0)
_PARAGRAPH, _CHARACTER = 1, 2
_NO_STYLE = 0xFFF
_NO_LIST = (0, 0xF801)
_BODY_LEVEL = 9
#: A switch may also say: as the style, or the opposite of the style.
_AS_STYLE, _OPPOSITE = 0x80, 0x81


@frozen(kw_only=True)
class Mark:
    """What the modifiers of a run say beside its look."""

    look: Look = _PLAIN
    deleted: bool = False
    special: bool = False
    ole: bool = False
    symbol: tuple[int, int] | None = None


@frozen(kw_only=True)
class Position:
    """Where a paragraph stands: nested ``depth`` tables deep, at the end of a cell or a row."""

    depth: int = 0
    cell_end: bool = False
    row_end: bool = False


@frozen(kw_only=True)
class _Style:
    kind: int
    base: int
    name: str
    number: int
    paragraph: bytes
    character: bytes


class Styles:
    """The styles of a document, each resolved once."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._styles = _read_styles(storage.get(STYLES))
        self._forms: dict[int, Form] = {}
        self._stated: dict[bytes, tuple[Form, Position]] = {}
        self._marks: dict[tuple[Look, bytes], Mark] = {}
        self._huge: dict[int, bytes] = {}
        self.fonts = _read_fonts(storage.get(FONTS))

    def paragraph(self, properties: bytes) -> tuple[Form, Position]:
        """The form and position that a style number and modifiers give."""
        found = self._stated.get(properties)
        if found is None:
            style = int.from_bytes(properties[:2], "little")
            form, position = self._apply(self._form(style), properties[2:])
            found = self._stated[properties] = form, position
        return found

    def row(self, properties: bytes) -> list[tuple[int, bytes]]:
        """The modifiers of a row, at its end mark."""
        return list(self._modifiers(properties[2:]))

    def mark(self, form: Form, modifiers: bytes) -> Mark:
        """What a run is like in a paragraph."""
        key = form.look, modifiers
        found = self._marks.get(key)
        if found is None:
            found = self._marks[key] = self._read_mark(form.look, modifiers)
        return found

    def _form(self, number: int) -> Form:
        if number not in self._forms:
            chain: dict[int, None] = {}
            current = number
            # Styles that are based on each other end the chain.
            while current in self._styles and current not in self._forms and current not in chain:
                chain[current] = None
                current = self._styles[current].base
            form = self._forms.get(current, Form(look=_PLAIN))
            for member in reversed(chain):
                form = self._forms[member] = self._derive(member, form)
            self._forms.setdefault(number, form)
        return self._forms[number]

    def _derive(self, number: int, base: Form) -> Form:
        style = self._styles[number]
        form = evolve(base, style=str(number), contents=_CONTENTS.search(style.name) is not None)
        if style.kind == _PARAGRAPH:
            lists = form.num_id
            form, _ = self._apply(form, style.paragraph[2:])
            if form.num_id != lists:
                form = evolve(form, list_style=str(number))
        heading = _HEADING.fullmatch(style.name)
        if form.outline is None and (heading or 1 <= style.number <= 9):
            form = evolve(form, outline=int(heading[1]) if heading else style.number)
        return evolve(form, look=self._read_mark(form.look, style.character).look)

    def _modifiers(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """The modifiers of a paragraph, those kept apart for their size included."""
        for code, operand in sprms.modifiers(data):
            if code in sprms.HUGE:
                place = sprms.unsigned(operand)
                if place not in self._huge:
                    size = self._storage.data[place : place + 2]
                    end = place + 2 + int.from_bytes(size, "little")
                    self._huge[place] = self._storage.data[place + 2 : end]
                yield from sprms.modifiers(self._huge[place])
            else:
                yield code, operand

    def _apply(self, form: Form, data: bytes) -> tuple[Form, Position]:
        in_table = row_end = inner_cell = inner_row_end = False
        depth = None
        indent = form.indent
        changes: dict[str, object] = {}
        for code, operand in self._modifiers(data):
            value = sprms.signed(operand)
            if code == sprms.IN_TABLE:
                in_table = value != 0
            elif code == sprms.ROW_END:
                row_end = value != 0
            elif code == sprms.DEPTH:
                depth = value
            elif code == sprms.INNER_CELL:
                inner_cell = value != 0
            elif code == sprms.INNER_ROW_END:
                inner_row_end = value != 0
            elif code in sprms.JUSTIFIED:
                changes["justification"] = _JUSTIFICATIONS.get(value, "")
            elif code == sprms.OUTLINE:
                changes["outline"] = value + 1 if 0 <= value < _BODY_LEVEL else None
            elif code == sprms.LIST_LEVEL:
                changes["level"] = value
            elif code == sprms.LIST:
                number = sprms.unsigned(operand)
                changes["num_id"] = 0 if number in _NO_LIST else number
                changes["list_style"] = ""
            elif code in sprms.LEFT:
                indent = evolve(indent, left=float(value))
            elif code in sprms.FIRST:
                indent = evolve(indent, first=float(value))
            elif code == sprms.LEFT_CHARACTERS:
                indent = evolve(indent, left_chars=float(value))
            elif code == sprms.FIRST_CHARACTERS:
                indent = evolve(indent, first_chars=float(value))
        depth = depth if depth is not None and depth >= 0 else int(in_table)
        position = Position(depth=depth, cell_end=inner_cell, row_end=row_end or inner_row_end)
        return self._changed(form, changes, indent), position

    def _changed(self, form: Form, changes: dict[str, object], indent: Indent) -> Form:
        if not changes and indent == form.indent:
            return form
        return Form(
            style=form.style,
            contents=form.contents,
            look=form.look,
            indent=indent,
            outline=changes.get("outline", form.outline),  # type: ignore[arg-type]
            justification=str(changes.get("justification", form.justification)),
            num_id=changes.get("num_id", form.num_id),  # type: ignore[arg-type]
            level=changes.get("level", form.level),  # type: ignore[arg-type]
            list_style=str(changes.get("list_style", form.list_style)),
        )

    def _read_mark(self, base: Look, data: bytes) -> Mark:
        look = base
        deleted = special = ole = False
        symbol = None
        for code, operand in sprms.modifiers(data):
            value = sprms.unsigned(operand)
            if code == sprms.CHARACTER_STYLE:
                look = self._styled(base, value)
            elif code == sprms.PLAIN:
                look = base
            elif code == sprms.BOLD:
                look = evolve(look, bold=_switched(value, base.bold))
            elif code in (sprms.VANISH, sprms.SPECIAL_VANISH):
                look = evolve(look, vanish=_switched(value, base.vanish))
            elif code == sprms.SIZE:
                look = evolve(look, size=value / 2 if value else look.size)
            elif code == sprms.DELETED:
                deleted = value != 0
            elif code == sprms.SPECIAL:
                special = value != 0
            elif code == sprms.OLE_OBJECT:
                ole = value != 0
            elif code == sprms.SYMBOL:
                symbol = value & 0xFFFF, value >> 16
        return Mark(look=look, deleted=deleted, special=special, ole=ole, symbol=symbol)

    def _styled(self, base: Look, number: int) -> Look:
        style = self._styles.get(number)
        if style is None or style.kind != _CHARACTER:
            return base
        look = base
        for code, operand in sprms.modifiers(style.character):
            value = sprms.unsigned(operand)
            if code == sprms.BOLD:
                look = evolve(look, bold=_switched(value, base.bold))
            elif code == sprms.VANISH:
                look = evolve(look, vanish=_switched(value, base.vanish))
            elif code == sprms.SIZE and value:
                look = evolve(look, size=value / 2)
        return look


def _switched(value: int, style: bool | None) -> bool:
    if value == _AS_STYLE:
        return bool(style)
    if value == _OPPOSITE:
        return not style
    return value != 0


def _read_styles(data: bytes) -> dict[int, _Style]:
    found: dict[int, _Style] = {}
    if len(data) < 6:
        return found
    header, count, base_size = struct.unpack_from("<3H", data)
    place = 2 + header
    for number in range(count):
        if place + 2 > len(data):
            break
        (size,) = struct.unpack_from("<H", data, place)
        place += 2
        if size:
            style = _read_style(data[place : place + size], base_size)
            if style is not None:
                found[number] = style
        place += size
    return found


def _read_style(data: bytes, base_size: int) -> _Style | None:
    if len(data) < base_size + 2 or base_size < 6:
        return None
    first, second, third = struct.unpack_from("<3H", data)
    (length,) = struct.unpack_from("<H", data, base_size)
    place = base_size + 2
    name = data[place : place + 2 * length].decode("utf-16-le", "replace")
    place += 2 * length + 2
    parts: list[bytes] = []
    for _ in range(third & 0xF):
        place += place & 1
        if place + 2 > len(data):
            break
        (size,) = struct.unpack_from("<H", data, place)
        parts.append(data[place + 2 : place + 2 + size])
        place += 2 + size
    kind, base = second & 0xF, second >> 4
    parts += [b"", b""]
    paragraph, character = (parts[0], parts[1]) if kind == _PARAGRAPH else (b"", parts[0])
    if kind not in (_PARAGRAPH, _CHARACTER):
        paragraph = character = b""
    return _Style(
        kind=kind,
        base=base if base != _NO_STYLE else -1,
        name=name.split(",")[0].strip(),
        number=first & 0xFFF,
        paragraph=paragraph,
        character=character,
    )


def _read_fonts(data: bytes) -> list[str]:
    """The names of the fonts."""
    names: list[str] = []
    if len(data) < 4:
        return names
    place = 4
    for _ in range(struct.unpack_from("<H", data)[0]):
        if place >= len(data):
            break
        entry = data[place + 1 : place + 1 + data[place]]
        place += 1 + data[place]
        names.append(entry[39:].decode("utf-16-le", "replace").split("\0")[0])
    return names
