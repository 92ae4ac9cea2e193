"""Complex fields 域: which characters are a field's code, which its printed result.

A field is written as marks between runs: begin, code, separator, result, end. Marks that do not
belong together are found before the walk and passed over, so that a lost end mark cannot turn
the rest of a report into a field code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_parser.readers.docx.names import FIELD_CHAR, PARAGRAPH, TEXT_BOX, w

if TYPE_CHECKING:
    from lxml import etree

    from disclosure_parser.readers.docx.package import Log

_KIND = w("fldCharType")
#: Fields that print something the file holds only as code.
_PRINTING = frozenset(("EQ", "SYMBOL", "MACROBUTTON", "FORMDROPDOWN", "FORMCHECKBOX", "AUTONUM"))


class _Field:
    __slots__ = ("code", "contents", "result")

    def __init__(self) -> None:
        self.code: list[str] = []
        self.result = False
        self.contents = False


class Fields:
    """The fields open at a point of the walk through a story."""

    def __init__(self, broken: set[etree._Element], log: Log) -> None:
        self._broken = broken
        self._log = log
        self._open: list[_Field] = []
        #: How many open fields are in their code, and how many contents lists in their result.
        self.codes = 0
        self.contents = 0
        #: How many contents lists have ended.
        self.closed_contents = 0

    def mark(self, element: etree._Element) -> bool:
        """Pass a mark; whether a field begins with it."""
        kind = element.get(_KIND)
        if element in self._broken:
            return False
        if kind == "begin":
            self._open.append(_Field())
            self.codes += 1
            return True
        if self._open and kind == "separate":
            self._separate(self._open[-1])
        elif self._open and kind == "end":
            field = self._open.pop()
            if not field.result:
                self.codes -= 1
                self.warn("".join(field.code))
            if field.contents:
                self.contents -= 1
                self.closed_contents += 1
        return False

    def code(self, text: str) -> None:
        """Pass a piece of a field's code."""
        if self._open:
            self._open[-1].code.append(text)

    def warn(self, code: str) -> None:
        """Tell of a field whose print is not in the file, if this is one."""
        name = field_name(code)
        if name in _PRINTING:
            self._log.add(
                "docx.field",
                f"what the field {name} prints is not in the text: {' '.join(code.split())[:80]}",
            )

    def _separate(self, field: _Field) -> None:
        if not field.result:
            field.result = True
            self.codes -= 1
            if field_name("".join(field.code)) == "TOC":
                field.contents = True
                self.contents += 1


def field_name(code: str) -> str:
    """The name of a field from its code: ``TOC`` of `` TOC \\o "1-3" ``."""
    words = code.split(maxsplit=1)
    return words[0].upper() if words else ""


def broken_marks(root: etree._Element, log: Log) -> set[etree._Element]:
    """The marks of a story that make no field: one of a pair is lost, or the code of one would
    reach over a paragraph's end."""
    broken: set[etree._Element] = set()
    stacks: dict[etree._Element | None, list[list[etree._Element]]] = {}
    for mark in root.iter(FIELD_CHAR):
        stack = stacks.setdefault(_holder(mark, TEXT_BOX), [])
        kind = mark.get(_KIND)
        if kind == "begin":
            stack.append([mark])
        elif not stack or kind not in ("separate", "end"):
            broken.add(mark)
        elif kind == "separate":
            stack[-1].append(mark)
        else:
            marks = [*stack.pop(), mark]
            if _holder(marks[0], PARAGRAPH) is not _holder(marks[1], PARAGRAPH):
                broken.update(marks)
    for stack in stacks.values():
        for marks in stack:
            broken.update(marks)
    if broken:
        log.add(
            "docx.field_marks",
            f"{len(broken)} field marks have lost their counterparts; what stands around them is "
            "taken for text",
        )
    return broken


def _holder(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)
