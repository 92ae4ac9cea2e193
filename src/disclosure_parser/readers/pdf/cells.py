"""The characters of ruled grids: which cell each belongs to, and the text of the cells.

Lines of a cell that the cell's width broke are joined without a separator between Chinese
characters (``文化旅游体育与传媒支`` / ``出`` is one word; so are labels printed one character a
line) and with a space between Latin words. ``\\n`` is kept between evident paragraphs only: where
a numbering mark begins a line, where a line ends well before the cell's text does, and between
complete numbers set one above the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from attrs import frozen

from disclosure_parser.document import Fragment, Place, fold_text
from disclosure_parser.language.numbering import read_mark
from disclosure_parser.readers.pdf.grid import Grid
from disclosure_parser.readers.pdf.joining import (
    Joined,
    cuts_number,
    join_lines,
    rounded,
    separator,
)
from disclosure_parser.readers.pdf.lines import Line, line_of, row_box, rows_of
from disclosure_parser.readers.pdf.page import Box, Char, Page, unturn

# In shares of the font size: how far a line must end before the widest one to end a paragraph,
# and the width up to which a cell is too narrow to tell.
_SHORT = 1.0
_NARROW = 7.0
# The width of a cell whose label is printed downwards.
_COLUMN_LABEL = 3.5
# The widest margin (points) that word processors put between a ruling and the text of a cell.
_PADDING = 6.0
# Characters printed closer than this (share of the font size) are one run.
_RUN_GAP = 0.15
# A ruling through a glyph deeper than this (share of the font size) cuts it.
_CUT = 0.2
# Font size in points from which a text may be larger than its cell.
_HUGE = 24.0
# The middle of a glyph above the baseline.
_MIDDLE = 0.38
# One in so many cells empty and open outwards makes a figure frames instead of a table.
_FRAMES = 4

_NUMERIC = re.compile(r"[-−+]?[\d,.]+%?\Z")
# The width of a digit (share of the font size).
_DIGIT = 0.5
_ENDS = "。；;！？!?：:"


@frozen(kw_only=True)
class CellPart:
    """A cell as printed on one page: its place on the page's grid, its box, its text.

    ``full`` says that the last line goes as far as the cell allows, so that the text may go on
    elsewhere; ``downwards`` that the cell is so narrow that its label is printed one or two
    characters a line. ``cut_numbers`` are offsets where a number cut by a line end was put
    together.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    text: str
    fragments: tuple[Fragment, ...]
    full: bool = False
    downwards: bool = False
    cut_numbers: tuple[int, ...] = ()


@frozen(kw_only=True)
class TablePart:
    """A table as printed on one page. ``overflow`` lists texts that run over a cell's ruling;
    ``loose`` says that no rulings part its columns."""

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[CellPart, ...]
    broken: bool = False
    overflow: tuple[str, ...] = ()
    loose: bool = False


@frozen(kw_only=True)
class Filled:
    """The tables of a page, the characters that stand in none, and the labels of drawings."""

    tables: tuple[TablePart, ...]
    outside: tuple[Char, ...]
    drawings: tuple[Char, ...]


#: Parts the rows of a grid that no rulings part, if there are such.
Parting = Callable[[Grid, Mapping[int, list[Char]], Page], TablePart | None]


def fill_grids(grids: list[Grid], page: Page, part_rows: Parting) -> Filled:
    """Sort the characters of a page into the cells of its grids."""
    if not grids:
        return Filled(tables=(), outside=page.chars, drawings=())
    outside: list[Char] = []
    inside: list[dict[int, list[Char]]] = [{} for _ in grids]
    overflow: list[list[str]] = [[] for _ in grids]
    for run in _runs(page.chars):
        first = _cell_of(run[0], grids, page)
        if len(run) == 1 or _cell_of(run[-1], grids, page) == first:
            # Cells are rectangles: what stands between the two stands in the same one.
            if first[0] < 0:
                outside += run
            else:
                inside[first[0]].setdefault(first[1], []).extend(run)
            continue
        cells = [_cell_of(char, grids, page) for char in run]
        if _runs_over(run, cells, grids):
            most = max(set(cells), key=lambda cell: (cells.count(cell), -cells.index(cell)))
            overflow[most[0]].append("".join(char.text for char in run))
            cells = [most] * len(run)
        for char, (home, region) in zip(run, cells, strict=True):
            if home < 0:
                outside.append(char)
            else:
                inside[home].setdefault(region, []).append(char)
    tables: list[TablePart] = []
    drawings: list[Char] = []
    for number, grid in enumerate(grids):
        filled = inside[number]
        if len(grid.open.difference(filled)) * _FRAMES >= len(grid.regions):
            # Frames that touch at their corners: the gaps between them are no cells.
            drawings += (char for chars in filled.values() for char in chars)
            continue
        part = part_rows(grid, filled, page)
        if part is not None:
            tables.append(part)
            continue
        tables.append(
            TablePart(
                page=page.number,
                xs=grid.xs,
                ys=grid.ys,
                cells=tuple(
                    _cell(grid, index, filled.get(index, []), page)
                    for index in range(len(grid.regions))
                ),
                broken=grid.broken,
                overflow=tuple(overflow[number]),
            )
        )
    return Filled(tables=tuple(tables), outside=tuple(outside), drawings=tuple(drawings))


def _runs(chars: tuple[Char, ...]) -> list[list[Char]]:
    """Characters that follow each other closely on one baseline, in the order of the file."""
    runs: list[list[Char]] = []
    run: list[Char] = []
    last_x1 = last_baseline = -1e9
    last_turn = 0
    for char in chars:
        text, x0, x1, baseline, size, _, turn, _ = char
        if (
            -0.5 * size < x0 - last_x1 < _RUN_GAP * size
            and -0.1 < baseline - last_baseline < 0.1
            and turn == last_turn
        ):
            run.append(char)
        else:
            run = [char]
            runs.append(run)
        last_x1, last_baseline, last_turn = x1 if text != " " else -1e9, baseline, turn
    return runs


def _cell_of(char: Char, grids: list[Grid], page: Page) -> tuple[int, int]:
    """The grid and the cell of it that the middle of a character stands in, or ``(-1, -1)``.

    Skewed text, and text larger than its cell, is a watermark over the table.
    """
    if char.turn < 0:
        return -1, -1
    x, y = (char.x0 + char.x1) / 2, char.baseline - _MIDDLE * char.size
    if char.turn > 0:
        x, y, _, _ = unturn((x, y, x, y), char.turn, page)
    for number, grid in enumerate(grids):
        region = grid.region_at(x, y)
        if region >= 0:
            if char.size > _HUGE:
                _, top, _, bottom = grid.region_box(grid.regions[region])
                if char.size > bottom - top:
                    return -1, -1
            return number, region
    return -1, -1


def _runs_over(run: list[Char], cells: list[tuple[int, int]], grids: list[Grid]) -> bool:
    """Whether a run of characters goes on over the ruling between two cells: some glyph is cut."""
    if run[0].turn != 0:
        return False
    for before, after, (grid, region), (next_grid, next_region) in zip(
        run, run[1:], cells, cells[1:], strict=False
    ):
        if (grid, region) == (next_grid, next_region):
            continue
        if grid >= 0:
            at = grids[grid].region_box(grids[grid].regions[region])[2]
        else:
            at = grids[next_grid].region_box(grids[next_grid].regions[next_region])[0]
        depth = _CUT * before.size
        if before.x0 + depth < at < before.x1 - depth or after.x0 + depth < at < after.x1 - depth:
            return True
    return False


_NOTHING = Joined(text="", fragments=())


def _cell(grid: Grid, index: int, chars: list[Char], page: Page) -> CellPart:
    region = grid.regions[index]
    place = region.row, region.column, region.row_span, region.column_span
    return cell_part(place, grid.region_box(region), chars, page)


def cell_part(
    place: tuple[int, int, int, int], box: Box, chars: list[Char], page: Page
) -> CellPart:
    """A cell with its text; the lines of it joined as the module's docstring says.

    ``place`` are row, column, row span and column span.
    """
    joined = _NOTHING
    full = downwards = False
    rows = rows_of(chars) if chars else ()
    if len(rows) == 1:
        row = rows[0]
        text, size = row.text, row.chars[-1].size
        own = row_box(row)
        at = Place(page=page.number, box=rounded(unturn(own, row.turn, page)))
        joined = Joined(text=text, fragments=(Fragment(start=0, end=len(text), place=at),))
        full = row.turn == 0 and box[2] - own[2] < _PADDING + _SHORT * size
        downwards = box[2] - box[0] < _COLUMN_LABEL * size
    elif rows:
        lines = [line_of(row, page) for row in rows]
        joined = join_lines(lines, _separators(lines, box))
        last = lines[-1]
        full = last.turn == 0 and box[2] - last.x1 < _PADDING + _SHORT * last.size
        downwards = box[2] - box[0] < _COLUMN_LABEL * last.size
    return CellPart(
        row=place[0],
        column=place[1],
        row_span=place[2],
        column_span=place[3],
        box=box,
        text=joined.text,
        fragments=joined.fragments,
        full=full,
        downwards=downwards,
        cut_numbers=joined.cut_numbers,
    )


def _separators(lines: list[Line], box: Box) -> list[str]:
    """What stands between each two lines of a cell."""
    widest = max(line.x1 for line in lines)
    width = box[2] - box[0]
    return [_separator(before, after, widest, width) for before, after in pairwise(lines)]


def _separator(before: Line, after: Line, widest: float, width: float) -> str:
    narrow = width < _NARROW * before.size
    if before.turn != after.turn:
        return "\n"
    if _NUMERIC.match(before.text) and _NUMERIC.match(after.text):
        # Another digit would have fit: two numbers, one above the other.
        roomy = before.x1 - before.x0 + _DIGIT * before.size <= width - 2 * _PADDING
        return "" if not roomy and cuts_number(before.text, after.text) else "\n"
    if read_mark(fold_text(after.text[:12])) is not None and (
        not narrow or before.text[-1] in _ENDS
    ):
        return "\n"
    if narrow or before.x1 + after.head > widest - _SHORT * before.size / 2:
        if cuts_number(before.text, after.text):
            return ""
        return separator(before.text, after.text)
    return "\n"
