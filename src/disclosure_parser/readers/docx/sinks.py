"""Where the paragraphs of a story go: to the document, or into a cell."""

from __future__ import annotations

import re

from attrs import define, evolve

from disclosure_parser.document import (
    Anchor,
    Block,
    Cell,
    Fragment,
    Paragraph,
    Place,
    Role,
    Style,
    Table,
)
from disclosure_parser.errors import LimitExceededError
from disclosure_parser.readers.base import Limits
from disclosure_parser.readers.docx.line import Line, Meter
from disclosure_parser.readers.docx.numbering import Lists
from disclosure_parser.readers.docx.package import Log
from disclosure_parser.readers.docx.styles import Styles
from disclosure_parser.readers.docx.table import Slot

#: The label of a chart that says a value: a number or share, with a name before it or not.
_VALUE = re.compile(r"(?:.*\D)?[\d,.]*\d\s*[%％]|[-\d,.]+", re.DOTALL)
_LABEL = 20

#: A block that is still being read; a table stands before what hangs on its cells.
Blocks = list[Block | None]


@define
class Shared:
    """What the stories of one document share."""

    styles: Styles
    lists: Lists
    limits: Limits
    log: Log
    meter: Meter
    blocks: Blocks
    #: Running number of the last paragraph or table of each part.
    items: dict[str, int]
    cells: int = 0
    paragraphs: int = 0

    def add(self, block: Block | None) -> None:
        """Add a block to the document.

        Raises:
            LimitExceededError: there are more than the limits allow.
        """
        if len(self.blocks) >= self.limits.paragraphs:
            raise LimitExceededError(f"more than {self.limits.paragraphs} paragraphs")
        self.blocks.append(block)

    def count(self) -> None:
        """Count a paragraph, printed or not, in a cell or outside.

        Raises:
            LimitExceededError: there are more than the limits allow.
        """
        self.paragraphs += 1
        if self.paragraphs > self.limits.paragraphs + self.limits.cells:
            raise LimitExceededError("more paragraphs than the limits allow")

    def place(self, part: str, *, count: bool = True) -> Place:
        """The place of the next paragraph or table of a part."""
        self.items[part] = self.items.get(part, 0) + count
        return Place(part=part, item=self.items[part])


class Sink:
    """Where paragraphs go: to the document, or into a cell."""

    def __init__(self, part: str, role: Role) -> None:
        self.part = part
        self.role = role
        #: A paragraph whose end mark is deleted or hidden: the next one goes on with it.
        self.pending: Line | None = None
        self.keeps_form = False
        #: In the content control of a contents list, up to the end of its field.
        self.gallery: int | None = None

    def place(self, shared: Shared) -> Place:
        """The place of a new paragraph or table."""
        return shared.place(self.part)

    def take(self, line: Line, text: str, generated: int, place: Place, shared: Shared) -> None:
        """Take a paragraph as a block of the document."""
        if not text:
            return
        form = line.form
        style = Style(
            outline_level=form.outline,
            bold=line.bold,
            centred=form.justification == "center",
            size=line.size,
        )
        shared.add(
            Paragraph(
                text=text,
                role=self._role(line, text),
                fragments=fragments_of(text, generated, place),
                style=style,
                generated=generated,
            )
        )

    def container(self) -> Anchor | None:
        """The cell that a table would stand in."""
        return None

    def _role(self, line: Line, text: str) -> Role:
        if self.role is not Role.TEXT:
            return self.role
        if line.in_contents * 2 > line.length:
            return Role.CONTENTS
        # Sentences in a contents style are a slip of whoever chose the style.
        listed = line.form.contents or self.gallery is not None
        return Role.CONTENTS if listed and "。" not in text else Role.TEXT


class CellSink(Sink):
    """A cell: its paragraphs become lines of one text."""

    def __init__(self, part: str, role: Role, block: int, slot: Slot, place: Place) -> None:
        super().__init__(part, role)
        self.lines: list[tuple[str, int]] = []
        self.indent = 0
        #: The length of the text so far, and up to the last line that is not blank.
        self._length = 0
        self._end = 0
        self._block = block
        self._slot = slot
        self._place = place

    def place(self, shared: Shared) -> Place:
        del shared
        return self._place

    def take(self, line: Line, text: str, generated: int, place: Place, shared: Shared) -> None:
        del place, shared
        if not text and not self.lines:
            return
        if text and not self.lines and line.form.justification in ("", "left", "start", "both"):
            self.indent = line.form.indent.characters(line.size or 0.0)
        self._length += len(text) + bool(self.lines)
        if text:
            self._end = self._length
        self.lines.append((text, generated))

    def container(self) -> Anchor | None:
        end = self._end
        return Anchor(
            block=self._block, start=end, end=end, row=self._slot.row, column=self._slot.column
        )

    def cell(self) -> Cell:
        """The cell as read so far."""
        slot = self._slot
        if len(self.lines) == 1:
            text, generated = self.lines[0]
            fragments = fragments_of(text, generated, self._place)
        else:
            text, fragments = self._joined()
        return Cell(
            row=slot.row,
            column=slot.column,
            text=text,
            row_span=slot.row_span,
            column_span=slot.column_span,
            fragments=fragments,
            indent=self.indent,
        )

    def _joined(self) -> tuple[str, tuple[Fragment, ...]]:
        """The lines as one text, without the blank ones at its end."""
        lines = self.lines
        last = len(lines)
        while last and not lines[last - 1][0]:
            last -= 1
        lines = lines[:last]
        fragments: list[Fragment] = []
        start = 0
        for text, generated in lines:
            fragments += fragments_of(text, generated, self._place, start)
            start += len(text) + 1
        if len(fragments) > 1 and not any(generated for _, generated in lines):
            fragments = [Fragment(start=0, end=start - 1, place=self._place)]
        return "\n".join(text for text, _ in lines), tuple(fragments)


def fragments_of(text: str, generated: int, place: Place, start: int = 0) -> tuple[Fragment, ...]:
    """The place of a text; a number that Word prints by itself has none in the file."""
    if len(text) == generated:
        return ()
    return (Fragment(start=start + generated, end=start + len(text), place=place),)


def labels_apart(blocks: Blocks) -> Blocks:
    """The text boxes of one paragraph; labels of a chart 图表标签 are told from text.

    A chart that was drawn by hand floats its labels in boxes: several, each with some words or a
    value. One box, and boxes with sentences or without any value, are text.
    """
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    short = all(len(text) <= _LABEL and "。" not in text for text in texts)
    tables = any(isinstance(block, Table) for block in blocks)
    if tables or not short or not any(_VALUE.fullmatch(text) for text in texts):
        return blocks
    return [
        evolve(block, role=Role.CHART)
        if isinstance(block, Paragraph) and block.role is Role.TEXT
        else block
        for block in blocks
    ]
