"""The walk over a page: from elements to lines and data tables, in reading order.

The walk follows the parser's events and calls nothing for each level, since old pages nest
hundreds of unclosed elements.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from attrs import define, evolve, field

from disclosure_parser.document import Place, Style
from disclosure_parser.errors import LimitExceededError
from disclosure_parser.readers.base import Limits
from disclosure_parser.readers.docx import numerals
from disclosure_parser.readers.html.drafts import (
    BREAK,
    CellDraft,
    Draft,
    LineDraft,
    Picture,
    TableDraft,
    collapse,
)
from disclosure_parser.readers.html.grid import lay_out, only_lays_out
from disclosure_parser.readers.html.links import is_attachment
from disclosure_parser.readers.html.tags import (
    INLINE,
    SILENT,
    Look,
    indent_of,
    line_of,
    look_of,
    name_of,
    text_of,
)

if TYPE_CHECKING:
    from lxml import etree

#: Pictures lower or narrower than this are ornaments.
_ORNAMENT = 48
#: Characters of a title; shorter lines are too common to be told by it.
_TITLE, _LEAST_TITLE = 500, 5
_CHINESE_LISTS = frozenset(("cjk-ideographic", "simp-chinese-informal", "cjk-decimal"))
_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@define
class _Piece:
    text: str
    look: Look


@define
class _Table:
    """A table that is being walked; ``draft`` is ``None`` for one that only lays out.

    ``cell`` is the cell of data that text goes to, ``outer`` the one that the table stands in.
    """

    draft: TableDraft | None
    outer: CellDraft | None
    cells: dict[etree._Element, CellDraft] = field(factory=dict)
    cell: CellDraft | None = None


class Walk:
    """Walks pages into drafts. ``reveal`` takes what is not displayed for displayed."""

    def __init__(self, limits: Limits, *, reveal: bool = False) -> None:
        self._reveal = reveal
        self.drafts: list[Draft] = []
        self._limits = limits
        self._part = ""
        self._item = 0
        self._cells = 0
        self._characters = 0
        self._pieces: list[_Piece] = []
        self._pictures: list[Picture] = []
        self._holders: list[etree._Element] = []
        self._tables: list[_Table] = []
        self._lists: list[tuple[str, int] | None] = []
        self._number = ""
        self._titles: frozenset[str] = frozenset()

    def read(self, body: etree._Element, part: str, titles: Iterable[str] = ()) -> None:
        """Add the drafts of a page; a title that its head declares is a line of its own.

        Raises:
            LimitExceededError: more characters, cells, paragraphs or nested tables than allowed.
        """
        from lxml import etree

        self._part, self._item = part, 0
        self._titles = frozenset(_folded(title) for title in titles)
        looks = [Look()]
        walker = etree.iterwalk(body, events=("start", "end"))
        for event, element in walker:
            tag = name_of(element)
            if event == "end":
                if tag not in SILENT and tag:
                    self._close(tag)
                    if self._says_title(element, tag):
                        self._flush()
                    looks.pop()
                if element is not body:
                    self._text(element.tail, looks[-1])
            elif tag in SILENT or not tag:
                walker.skip_subtree()
            else:
                self._open(element, tag, looks[-1])
                looks.append(self._look(element, tag, looks[-1]))
                self._text(element.text, looks[-1])
        self._flush()

    def _look(self, element: etree._Element, tag: str, outer: Look) -> Look:
        look = look_of(element, tag, outer)
        if self._reveal and look.hidden:
            look = evolve(look, hidden=False)
        if tag == "a" and look.link:
            address = element.get("href", "").strip()
            inside = address.startswith("#") and len(address) > 1
            if inside or is_attachment(address, text_of(element)):
                # A file, or a place on the page, is named as part of the text; other links lead
                # away from it.
                look = evolve(look, link=False)
        if tag in ("td", "th") and "align" not in element.attrib and look.centred == outer.centred:
            # What centres a table does not centre what stands in its cells.
            look = look_of(
                element,
                tag,
                Look(size=outer.size, hidden=outer.hidden, aside=outer.aside, link=outer.link),
            )
        return look

    def _text(self, text: str | None, look: Look) -> None:
        if text:
            self._characters += len(text)
            if self._characters > self._limits.characters:
                raise LimitExceededError(f"more than {self._limits.characters} characters")
            self._pieces.append(_Piece(text, look))

    def _open(self, element: etree._Element, tag: str, look: Look) -> None:
        if tag == "img":
            self._picture(element)
        elif tag == "br":
            self._break(look)
        elif tag == "table":
            self._flush()
            self._begin_table(element, look)
        elif tag in ("td", "th") and self._tables:
            self._flush()
            table = self._tables[-1]
            table.cell = table.cells.get(element, table.cell)
            self._holders.append(element)
        elif tag in INLINE:
            if self._says_title(element, tag):
                self._flush()
        else:
            self._flush()
            self._holders.append(element)
            if tag in ("ol", "ul", "menu", "dir"):
                self._lists.append(_list(element) if tag == "ol" else None)
            elif tag == "li":
                self._number = self._next_number(element)

    def _close(self, tag: str) -> None:
        if tag in INLINE or tag == "br":
            return
        self._flush()
        if tag == "table":
            if self._tables:
                self._tables.pop()
            return
        if tag in ("td", "th") and self._tables:
            self._tables[-1].cell = self._tables[-1].outer
        elif tag in ("ol", "ul", "menu", "dir"):
            self._lists.pop()
        elif tag == "li":
            self._number = ""
        self._holders.pop()

    def _says_title(self, element: etree._Element, tag: str) -> bool:
        """Whether an element in a line is the title of the page, which sites set apart by style."""
        text = _folded((element.text or "")[:_TITLE])
        if tag not in INLINE or len(text) < _LEAST_TITLE or self._tables:
            return False
        return any(title.startswith(text) for title in self._titles) and (
            _folded(text_of(element)[:_TITLE]) in self._titles
        )

    def _break(self, look: Look) -> None:
        """A line break: the next line of a heading or cell, elsewhere a new paragraph."""
        in_cell = bool(self._tables) and self._tables[-1].cell is not None
        if look.heading or in_cell or look.verbatim:
            self._pieces.append(_Piece(BREAK, look))
        else:
            self._flush()

    def _picture(self, element: etree._Element) -> None:
        address = element.get("src") or ""
        address = "(in the page)" if address.startswith("data:") else address[:300]
        words = collapse((element.get("alt") or element.get("title") or "")[:200])
        small = any(0 < _pixels(element.get(side)) < _ORNAMENT for side in ("width", "height"))
        place = Place(part=self._part, item=self._item + 1, line=line_of(element))
        self._pictures.append(Picture(address, words, place, small))

    def _begin_table(self, element: etree._Element, look: Look) -> None:
        if len(self._tables) >= self._limits.depth:
            raise LimitExceededError(f"tables are nested deeper than {self._limits.depth}")
        if self._hides(element, look) or only_lays_out(element):
            # Inside a cell of data its text belongs to that cell.
            outer = self._tables[-1].cell if self._tables else None
            self._tables.append(_Table(None, outer, cell=outer))
            return
        grid = lay_out(element, self._limits.cells - self._cells)
        self._cells += len(grid.cells)
        draft = TableDraft(
            holder=element,
            place=self._next_place(element),
            rows=grid.rows,
            columns=grid.columns,
            cells=grid.cells,
            aside=look.aside,
            container=self._container(),
        )
        self._add(draft)
        cells = {cell.element: cell for cell in grid.cells}
        self._tables.append(_Table(draft, None, cells))

    def _hides(self, element: etree._Element, look: Look) -> bool:
        """Whether a table is not displayed: then it has no cells, only hidden text."""
        return not self._reveal and look_of(element, "table", look).hidden

    def _container(self) -> tuple[TableDraft, CellDraft, int] | None:
        for table in reversed(self._tables):
            if table.draft is not None and table.cell is not None:
                length = sum(len(line.text) + 1 for line in table.cell.lines)
                return table.draft, table.cell, max(length - 1, 0)
        return None

    def _next_place(self, element: etree._Element) -> Place:
        self._item += 1
        return Place(part=self._part, item=self._item, line=line_of(element))

    def _add(self, draft: Draft) -> None:
        if len(self.drafts) >= self._limits.paragraphs:
            raise LimitExceededError(f"more than {self._limits.paragraphs} paragraphs")
        self.drafts.append(draft)

    def _flush(self) -> None:
        """End the line that is being collected."""
        pieces, self._pieces = self._pieces, []
        pictures, self._pictures = self._pictures, []
        if not pieces and not pictures:
            return
        shown = [piece for piece in pieces if not piece.look.hidden]
        self._emit(shown, pictures, hidden=False)
        if len(shown) < len(pieces):
            self._emit([piece for piece in pieces if piece.look.hidden], [], hidden=True)

    def _emit(self, pieces: list[_Piece], pictures: list[Picture], *, hidden: bool) -> None:
        verbatim = bool(pieces) and all(piece.look.verbatim for piece in pieces)
        text = collapse("".join(piece.text for piece in pieces), verbatim=verbatim)
        if not text.strip() and not pictures:
            return
        text = text if text.strip() else ""
        holder = self._holders[-1] if self._holders else None
        if holder is None:
            return
        number, self._number = ("", self._number) if hidden or not text else (self._number, "")
        table = self._tables[-1] if self._tables else None
        cell = table.cell if table is not None and not hidden else None
        lines = text.split("\n") if verbatim and cell is None else [text]
        for line in lines:
            if not line.strip() and not pictures:
                continue
            place = self._next_place(holder) if cell is None else self._cell_place(cell)
            draft = LineDraft(
                text=number + line,
                holder=holder,
                place=place,
                style=_style(pieces),
                generated=len(number),
                linked=sum(len(p.text.strip()) for p in pieces if p.look.link),
                hidden=hidden,
                aside=any(p.look.aside for p in pieces),
                pictures=pictures,
            )
            number, pictures = "", []
            if cell is None:
                self._add(draft)
            else:
                if not cell.lines:
                    cell.indent = max(indent_of(cell.element), indent_of(holder))
                cell.lines.append(draft)

    def _cell_place(self, cell: CellDraft) -> Place:
        for table in reversed(self._tables):
            if table.draft is not None:
                return Place(
                    part=self._part, item=table.draft.place.item, line=line_of(cell.element)
                )
        return Place(part=self._part, line=line_of(cell.element))

    def _next_number(self, item: etree._Element) -> str:
        """The number that an item of an ordered list prints by itself."""
        if not self._lists or self._lists[-1] is None:
            return ""
        form, count = self._lists[-1]
        value = _integer(item.get("value"), count)
        self._lists[-1] = (form, value + 1)
        if form == "none":
            return ""
        mark = "、" if form == "chineseCounting" else "."
        return numerals.printed(value, form) + mark + " " * (mark == ".")


def _folded(text: str) -> str:
    return "".join(text.split())


def _style(pieces: list[_Piece]) -> Style:
    sizes: dict[float | None, int] = {}
    length = bold = centred = 0
    level = None
    for piece in pieces:
        count = len(piece.text.strip())
        length += count
        bold += count if piece.look.bold else 0
        centred += count if piece.look.centred else 0
        sizes[piece.look.size] = sizes.get(piece.look.size, 0) + count
        level = piece.look.heading or level
    return Style(
        outline_level=level,
        bold=0 < length == bold,
        centred=0 < length == centred,
        size=max(sizes, key=lambda size: sizes[size]) if sizes else None,
    )


def _list(element: etree._Element) -> tuple[str, int]:
    """The form of an ordered list's numbers, and its first."""
    style = (element.get("style") or "")[:2_000].lower().replace(" ", "")
    named = next(
        (p.split(":")[1] for p in style.split(";") if p.startswith("list-style") and ":" in p), ""
    )
    if "none" in named:
        form = "none"
    elif any(word in named for word in _CHINESE_LISTS):
        form = "chineseCounting"
    else:
        form = _TYPES.get(element.get("type") or "", "decimal")
    return form, _integer(element.get("start"), 1)


def _integer(text: str | None, default: int) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 8 else default


def _pixels(text: str | None) -> int:
    return _integer((text or "").lower().removesuffix("px"), 0)


def base_name(address: str) -> str:
    """The file name in an address; the address where it has none."""
    try:
        return posixpath.basename(urlsplit(address).path) or address
    except ValueError:  # an address that is none
        return address
