"""What the walk over a page gives: lines and tables that do not know yet what they are for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import define, field

from disclosure_parser.document import Place, Style

if TYPE_CHECKING:
    from lxml import etree

#: The character that stands for a line break until white space is collapsed.
BREAK = "\x0b"
_SPACES = re.compile("[ \t\r\n\f]+")
_AROUND_BREAKS = re.compile(f" ?{BREAK} ?")


def collapse(text: str, *, verbatim: bool = False) -> str:
    """Text as a browser prints it: white space collapsed, hard and wide spaces kept."""
    if verbatim:
        return text.replace("\r\n", "\n").replace("\r", "\n").replace(BREAK, "\n").rstrip()
    return _AROUND_BREAKS.sub("\n", _SPACES.sub(" ", text)).strip(" \n")


@define
class Picture:
    """An image 图片: its address (the name of a file, never its bytes) and its words."""

    address: str
    words: str
    place: Place
    small: bool = False


@define
class LineDraft:
    """A line of a page. ``holder`` is the block element it stands in; ``linked`` the number of
    its characters that are links."""

    text: str
    holder: etree._Element
    place: Place
    style: Style
    generated: int = 0
    linked: int = 0
    hidden: bool = False
    aside: bool = False
    pictures: list[Picture] = field(factory=list)


@define
class CellDraft:
    """A cell on the grid."""

    element: etree._Element
    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[LineDraft] = field(factory=list)
    indent: int = 0


@define
class TableDraft:
    """A data table; ``container`` is the table and the cell of it that a nested one stands in,
    with the length of the cell's text before it."""

    holder: etree._Element
    place: Place
    rows: int
    columns: int
    cells: list[CellDraft] = field(factory=list)
    aside: bool = False
    container: tuple[TableDraft, CellDraft, int] | None = None

    @property
    def linked(self) -> int:
        return sum(line.linked for cell in self.cells for line in cell.lines)

    @property
    def length(self) -> int:
        return sum(len(line.text) for cell in self.cells for line in cell.lines)


Draft = LineDraft | TableDraft
