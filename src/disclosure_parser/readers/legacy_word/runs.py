"""The runs of a paragraph: printed, hidden, deleted and special characters told apart."""

from __future__ import annotations

import re
from typing import Any, cast

from attrs import define, field

from disclosure_parser.document import Role
from disclosure_parser.readers.docx.fields import field_name
from disclosure_parser.readers.docx.line import Line, Meter
from disclosure_parser.readers.docx.package import Log
from disclosure_parser.readers.docx.styles import Form
from disclosure_parser.readers.docx.symbols import symbol
from disclosure_parser.readers.legacy_word.styles import Mark, Styles
from disclosure_parser.readers.legacy_word.text import Text

_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_PICTURE, _DRAWING = "\x01", "\x08"
_SYMBOL = "("
_SPECIAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PRINTED = {"\x0b": "\n", "\x1e": "-"}
#: Fields that print something the file holds only as code.
_PRINTING = frozenset(("EQ", "SYMBOL", "MACROBUTTON", "FORMDROPDOWN", "FORMCHECKBOX", "AUTONUM"))


@define
class _Field:
    code: list[str] = field(factory=list)
    result: bool = False
    contents: bool = False


class Runs:
    """Collects the characters of the paragraphs of a story."""

    def __init__(
        self, text: Text, styles: Styles, log: Log, meter: Meter, boxes: dict[int, tuple[int, int]]
    ) -> None:
        self._text = text
        self._styles = styles
        self._log = log
        self._meter = meter
        self._boxes = boxes
        self._broken: frozenset[int] = frozenset()
        self._open: list[_Field] = []
        self.codes = 0
        self.contents = 0

    def begin(self, start: int, end: int) -> None:
        """Begin a story: find the field marks in it that have lost their counterparts."""
        self._open, self.codes, self.contents = [], 0, 0
        self._broken = broken_marks(self._text.units, start, min(end, len(self._text.units)))
        if self._broken:
            self._log.add(
                "docx.field_marks",
                f"{len(self._broken)} field marks have lost their counterparts; what stands "
                "around them is taken for text",
            )

    def read(self, start: int, end: int, form: Form, line: Line) -> None:
        """Add the characters of a paragraph to a line."""
        for first, last, modifiers in self._text.runs(start, end):
            mark = self._styles.mark(form, modifiers)
            if mark.symbol is not None:
                self._symbol(mark, last - first, line)
                continue
            place = first
            for special in _SPECIAL.finditer(self._text.units, first, last):
                self._put(self._text.printed(place, special.start()), mark, line)
                self._special(special[0], special.start(), mark, line)
                place = special.end()
            self._put(self._text.printed(place, last), mark, line)

    def marked(self, position: int, form: Form) -> Mark:
        """The properties of one character, such as a paragraph's end mark."""
        for _, _, modifiers in self._text.runs(position, position + 1):
            return self._styles.mark(form, modifiers)
        return Mark(look=form.look)

    def _put(self, text: str, mark: Mark, line: Line) -> None:
        if not text:
            return
        self._meter.add(len(text))
        role = Role.TEXT
        if mark.deleted or mark.look.vanish:
            role = Role.HIDDEN
        elif self.codes:
            role = Role.FIELD
        if self.codes and self._open:
            self._open[-1].code.append(text)
        line.add(text, role)
        if role is Role.TEXT and not text.isspace():
            line.weigh(len(text), mark.look, self.contents > 0)

    def _special(self, character: str, position: int, mark: Mark, line: Line) -> None:
        if character in (_BEGIN, _SEPARATE, _END):
            if position not in self._broken:
                self._field(character, line)
        elif character in _PRINTED:
            if not (mark.deleted or mark.look.vanish or self.codes):
                self._meter.add(1)
                line.add(_PRINTED[character], Role.TEXT)
        elif character in ("\x0c", "\x0e"):
            line.page_break()
        elif mark.deleted:
            return
        elif character == _PICTURE:
            line.objects += mark.ole
            line.pictures += not mark.ole
        elif character == _DRAWING:
            line.pictures += position not in self._boxes
            if position in self._boxes:
                role = Role.HIDDEN if mark.look.vanish else Role.TEXT
                # The reader of .docx keeps elements here; only the reader takes them out again.
                line.boxes.append((cast(Any, self._boxes[position]), role))

    def _field(self, character: str, line: Line) -> None:
        if character == _BEGIN:
            self._open.append(_Field())
            self.codes += 1
            line.part()
        elif self._open and character == _SEPARATE and not self._open[-1].result:
            found = self._open[-1]
            found.result = True
            self.codes -= 1
            if field_name("".join(found.code)) == "TOC":
                found.contents = True
                self.contents += 1
        elif self._open and character == _END:
            found = self._open.pop()
            self.contents -= found.contents
            if not found.result:
                self.codes -= 1
                self._warn("".join(found.code))

    def _warn(self, code: str) -> None:
        name = field_name(code)
        if name in _PRINTING:
            self._log.add(
                "docx.field",
                f"what the field {name} prints is not in the text: {' '.join(code.split())[:80]}",
            )

    def _symbol(self, mark: Mark, count: int, line: Line) -> None:
        assert mark.symbol is not None
        number, code = mark.symbol
        fonts = self._styles.fonts
        font = fonts[number] if number < len(fonts) else ""
        printed = symbol(font, code)
        if printed is None:
            self._log.add("docx.symbol", f"character {code:04X} of font {font[:40]} is not known")
            printed = "\ufffd"
        self._put(printed * count, mark, line)


def broken_marks(units: str, start: int, end: int) -> frozenset[int]:
    """The field marks of a story that make no field: one of a pair is lost, or the code of one
    would reach over a paragraph's end."""
    broken: set[int] = set()
    stack: list[list[int]] = []
    for match in re.compile("[\x13\x14\x15]").finditer(units, start, end):
        position, kind = match.start(), match[0]
        if kind == _BEGIN:
            stack.append([position])
        elif not stack or (kind == _SEPARATE and len(stack[-1]) > 1):
            broken.add(position)
        elif kind == _SEPARATE:
            stack[-1].append(position)
        else:
            marks = [*stack.pop(), position]
            if units.find("\r", marks[0], marks[1]) >= 0 or units.find("\x07", *marks[:2]) >= 0:
                broken.update(marks)
    for marks in stack:
        broken.update(marks)
    return frozenset(broken)
