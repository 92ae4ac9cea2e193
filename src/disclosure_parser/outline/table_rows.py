"""The rows of a table block: captions, header, column numbers, body, notes.

A block may hold several tables one below the other (a worksheet, a table that begins inside the
frame of the one before): each is a part with its own captions and header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure_parser.document import Anchor, Cell, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.language.passage import Passage
from disclosure_parser.language.units import unit_of
from disclosure_parser.outline.captions import (
    NOTE,
    CaptionLine,
    Captions,
    agency_in,
    read_caption,
)
from disclosure_parser.outline.headers import (
    Headers,
    blank,
    compact,
    indicator_header,
    is_header_row,
    is_value,
)

#: Caption rows of one table; a table of captions is a list of tables, not a table.
_CAPTION_ROWS = 8
#: Rows of a project's form between its first row and the header of its indicators.
_FORM_ROWS = 16
_SERIAL = re.compile(r"[1-9]\d?")
_FORMULA = re.compile(r"[1-9]\d?=[\d+\-(),…~]+")
_NUMBER_ROW_LABEL = re.compile(r"栏次|行次|栏目|列次|序号|[甲乙丙丁]|\*+|※+")
_CODE_LEVELS = {"类", "款", "项"}
_NUMBERED = re.compile(r"\(?\d{1,2}[).、．）]")


class Part:
    """One table of a block: its rows from ``start`` on, each told what it is."""

    def __init__(
        self, grid: Grid, block: int, start: int, above: Captions, *, follows: bool
    ) -> None:
        self._grid = grid
        self._block = block
        self.captions = Captions()
        self.caption: list[int] = []
        self.header: list[int] = []
        self.number: list[int] = []
        self.body: list[int] = []
        self.notes: list[int] = []
        self.paths: list[list[str]] = [[] for _ in range(grid.columns)]
        row = self._read_captions(start)
        self.captions.fill(above)
        row = self._read_header(row, follows=follows)
        #: The row after the part: the table's end, or where the next part begins.
        self.end = self._read_body(row)

    def _read_captions(self, start: int) -> int:
        """Take the caption rows at the top; the row after them."""
        grid = self._grid
        end = start
        waiting: Passage | None = None
        for row in range(start, min(grid.rows, start + _CAPTION_ROWS)):
            cells = [c for c in grid.printed(row) if c.text.strip()]
            if not cells:
                continue
            lines = self._caption_lines(cells)
            if lines is None:
                if len(cells) > 1 or waiting is not None or row + 1 >= grid.rows:
                    break
                # A line of words alone is a title if captions follow it, a header otherwise.
                waiting = self._passage(cells[0])
                continue
            if waiting is not None and not any(line.firm for line, _ in lines):
                break
            if waiting is not None and self.captions.title is None:
                self.captions.title = waiting.quote(0, len(waiting.text))
            waiting = None
            if self.captions.title is not None and any(line.title for line, _ in lines):
                break
            for line, passage in lines:
                self.captions.add(line, passage)
            end = row + 1
        content = end
        while content < grid.rows and blank(grid.printed(content)):
            content += 1
        if content < grid.rows and content - end < _CAPTION_ROWS:
            # Blank rows between captions and header belong to neither; they are no body.
            end = content
        self.caption.extend(range(start, end))
        return end

    def _caption_lines(self, cells: Sequence[Cell]) -> list[tuple[CaptionLine, Passage]] | None:
        """The caption items of a row's cells; ``None`` if a cell holds anything else."""
        found: list[tuple[CaptionLine, Passage]] = []
        others: list[Passage] = []
        open_key = False
        for cell in cells:
            for passage in self._lines(cell):
                line = read_caption(passage.text)
                if line is not None:
                    found.append((line, passage))
                    open_key = open_key or line.open_key
                else:
                    others.append(passage)
        firm = any(line.firm for line, _ in found)
        if not found or (len(cells) > 1 and not firm):
            return None
        for passage in others:
            unit = unit_of(passage.text)
            agency, code = agency_in(passage.text)
            if unit is not None and firm:
                line = CaptionLine(units=((unit, 0, len(passage.text)),))
            elif agency is not None and firm:
                line = CaptionLine(agency=agency, code=code)
            elif open_key and len(passage.text) > 2 and not is_value(passage.text):
                line, open_key = CaptionLine(agency=(0, len(passage.text))), False
            elif len(passage.text) < 2 and firm:
                # A character cut off by the edge of the next cell.
                continue
            else:
                return None
            found.append((line, passage))
        return found

    def _read_header(self, row: int, *, follows: bool) -> int:
        """Take the header and the column numbers below it; the row after them."""
        grid = self._grid
        start = indicator_header(grid, row)
        if start is None:
            start = row
            doubtful = not self.caption and (
                follows or not any(is_value(c.text) for c in grid.table.cells)
            )
            if row >= grid.rows or not is_header_row(grid, row, doubtful=doubtful):
                return row
        self.body.extend(range(row, start))
        headers = Headers(grid)
        end = headers.read(start)
        self.paths = headers.paths
        self.header.extend(headers.rows)
        self.body.extend(headers.mixed)
        last = end + 1 >= grid.rows
        if (
            end < grid.rows
            and (not last or _labelled(grid.printed(end)))
            and _is_number_row(grid.printed(end))
        ):
            self.number.append(end)
            end += 1
        return end

    def _number_row(self, row: int, start: int) -> None:
        """Take column numbers that stand below rows taken for the body: these are header, if no
        value stands in them (a header whose merged cells have lost their width)."""
        self.number.append(row)
        above = [index for index in self.body if start <= index < row]
        if all(_no_values(self._grid.printed(index)) for index in above):
            self.header.extend(above)
            self.body[:] = [index for index in self.body if index not in above]

    def _read_body(self, start: int) -> int:
        """Tell body rows, notes, and the header and captions repeated after a page break apart.

        Gives the row after the part.
        """
        grid = self._grid
        repeated = {
            key: kind
            for kind, rows in (
                (self.caption, list(self.caption)),
                (self.header, [r for r in self.header if r not in self.body]),
                (self.number, list(self.number)),
            )
            for row in rows
            if (key := _key(grid.printed(row)))
        }
        firsts = {key[0] for key in repeated}
        form = self._form_row()
        noted = False
        for row in range(start, grid.rows):
            cells = grid.printed(row)
            texts = [c.text for c in cells if c.text and not c.text.isspace()]
            if texts and compact(texts[0]) in firsts:
                kind = repeated.get(_key(cells) or ())
                if kind is not None:
                    kind.append(row)
                    continue
            if texts and _NUMBER_ROW_LABEL.fullmatch(fold_text(texts[0])) and _is_number_row(cells):
                self._number_row(row, start)
                continue
            if form and texts and compact(texts[0]) == form[0] and self._form_again(row, form):
                return row
            if len(texts) < 4 and texts and not is_value(texts[0]):
                if len(texts) == 1 and self._is_note(texts[0], after=noted):
                    self.notes.append(row)
                    noted = True
                    continue
                if _captioned(texts):
                    if self._begins_another(row):
                        return row
                    if self._is_caption(cells):
                        self.caption.append(row)
                        continue
            noted = noted and not texts
            self.body.append(row)
        return grid.rows

    def _form_row(self) -> tuple[str, ...] | None:
        """What the first row above the header prints: the goals or the name of a project."""
        if not self.header or not self.body or self.body[0] > self.header[0]:
            return None
        return _key(self._grid.printed(self.body[0]))

    def _form_again(self, row: int, form: tuple[str, ...]) -> bool:
        """Whether the form of another project begins in a row: other words, the header again."""
        if _key(self._grid.printed(row)) == form:
            return False
        header = _key(self._grid.printed(self.header[0]))
        return any(
            _key(self._grid.printed(following)) == header
            for following in range(row + 1, min(row + _FORM_ROWS, self._grid.rows))
        )

    def _is_note(self, text: str, *, after: bool) -> bool:
        folded = fold_text(text)
        return bool(NOTE.match(folded)) or (after and bool(_NUMBERED.match(folded)))

    def _is_caption(self, cells: Sequence[Cell]) -> bool:
        """Whether a row below the header is captions printed again on a new page."""
        lines = self._caption_lines([c for c in cells if c.text.strip()])
        return lines is not None and any(line.units for line, _ in lines)

    def _begins_another(self, row: int) -> bool:
        """Whether another table begins in a row: its title, and captions there or just below."""
        title = None
        for following in range(row, min(row + 3, self._grid.rows)):
            cells = [c for c in self._grid.printed(following) if c.text.strip()]
            lines = self._caption_lines(cells) if cells else None
            if lines is None:
                return False
            for line, passage in lines:
                if line.title and title is None:
                    title = passage.text[slice(*line.title)]
            if title is not None and any(line.units or line.label for line, _ in lines):
                known = self.captions.title
                other = known is None or fold_text(known.text) != title
                return other and not self._lists_tables(following)
        return False

    def _lists_tables(self, row: int) -> bool:
        """Whether a row with the title of a table is one of a list of tables.

        In a list nothing stands below the title, or what stands there is the next title.
        """
        below = [c for c in self._below(row) if c.text.strip()]
        captions = [read_caption(p.text) for c in below for p in self._lines(c)]
        return not below or any(line is not None and line.title for line in captions)

    def _below(self, row: int) -> Sequence[Cell]:
        """The printed cells of the next row that has any."""
        rows = range(row + 1, self._grid.rows)
        return next((cells for r in rows if not blank(cells := self._grid.printed(r))), ())

    def _passage(self, cell: Cell) -> Passage:
        return Passage.of(cell.text, cell_anchor(self._block, cell))

    def _lines(self, cell: Cell) -> list[Passage]:
        """The printed lines of a cell, or the whole where only together they are a caption."""
        if "\n" not in cell.text:
            return [self._passage(cell)]
        anchor = cell_anchor(self._block, cell)
        lines: list[Passage] = []
        start = 0
        for line in cell.text.split("\n"):
            passage = Passage.of(cell.text, anchor.at(start, start + len(line)))
            start += len(line) + 1
            if passage.text:
                lines.append(passage)
        whole = self._passage(cell)
        if any(read_caption(p.text) is None for p in lines) and read_caption(whole.text):
            return [whole]
        return lines


def _no_values(cells: Sequence[Cell]) -> bool:
    return not any(is_value(cell.text) for cell in cells)


def _is_number_row(cells: Sequence[Cell]) -> bool:
    """Whether a row numbers the columns: 栏次 | 1 | 2, or 甲 | 1 | 2=3+4."""
    numbers: list[int] = []
    labels = levels = 0
    for cell in cells:
        text = fold_text(cell.text)
        if not text:
            continue
        if _SERIAL.fullmatch(text):
            numbers.append(int(text))
        elif _FORMULA.fullmatch(text):
            numbers.append(int(text.partition("=")[0]))
        elif _NUMBER_ROW_LABEL.fullmatch(text):
            labels += 1
        elif text in _CODE_LEVELS:
            levels += 1
        else:
            return False
    consecutive = numbers == list(range(1, len(numbers) + 1))
    # 类 | 款 | 项 | 栏次 | 1 | 2 is one row in the forms of final accounts.
    return bool(numbers) and consecutive and (labels > 0 or (len(numbers) > 2 and not levels))


def _labelled(cells: Sequence[Cell]) -> bool:
    return any(_NUMBER_ROW_LABEL.fullmatch(fold_text(c.text)) for c in cells)


def _key(cells: Sequence[Cell]) -> tuple[str, ...] | None:
    """What two printings of the same header row share: its words in order."""
    words = tuple(text for c in cells if (text := compact(c.text)))
    return words or None


def _captioned(texts: Sequence[str]) -> bool:
    """Whether a row may be captions at all: a quick look before they are read."""
    return any("表" in text or "单位" in text or "單位" in text for text in texts)


def cell_anchor(block: int, cell: Cell) -> Anchor:
    """The anchor of a whole cell."""
    return Anchor(block=block, start=0, end=len(cell.text), row=cell.row, column=cell.column)
