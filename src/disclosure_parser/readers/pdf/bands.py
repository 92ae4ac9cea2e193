"""Rows of a grid that its rulings do not part: ledgers ruled downwards only, tables in a frame.

Where several lines of a row of cells have a label and figures side by side, each of them is a row
of its own; in a cell over several columns of the header, the figures stand in those columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from disclosure_parser.readers.pdf.aligned import rows_of_lines
from disclosure_parser.readers.pdf.building import Builder
from disclosure_parser.readers.pdf.cells import CellPart, TablePart, cell_part
from disclosure_parser.readers.pdf.grid import Grid, Region
from disclosure_parser.readers.pdf.headers import read_header
from disclosure_parser.readers.pdf.lines import line_of, rows_of
from disclosure_parser.readers.pdf.page import Char, Page
from disclosure_parser.readers.pdf.pieces import Piece, Printed, Reach, printed

# Rows with a label and figures from which the lines between two rulings are rows.
_LEAST_ROWS = 3
# Share of them that must have a label on their line (broken ones stand above and below it).
_NAMED = 0.7
# Share of a table's height from which a ruling downwards parts its columns.
_LONG = 0.3
# Points between two rulings from which so many lines may stand there.
_TALL = 27.0
# Points between the sides of a column at least.
_APART = 4.0
# Points by which a text may reach over the side of its column.
_OVER = 1.5


def parted(grid: Grid, inside: Mapping[int, list[Char]], page: Page) -> TablePart | None:
    """The table of a grid with its tall rows parted; ``None`` if there are none to part."""
    bands: dict[int, list[list[Printed]]] = {}
    for row in range(len(grid.ys) - 1):
        regions = set(grid.units[row])
        # A frame below the header: one cell over all its columns.
        framed = len(regions) == 1 and len(grid.xs) > _LEAST_ROWS
        if not framed and grid.ys[row + 1] - grid.ys[row] < _TALL:
            continue
        if any(grid.regions[index].row_span > 1 for index in regions):
            continue
        chars = [char for index in regions for char in inside.get(index, ())]
        found = _rows(_lines(chars, page), framed=framed)
        if found is not None:
            bands[row] = found
    if not bands:
        return None
    if len(grid.ys) == 2:
        return _whole(grid, inside, bands[0], page)
    return _parted(grid, inside, bands, page)


def _lines(
    chars: Sequence[Char], page: Page, *, header: Sequence[Reach] | None = None
) -> list[Printed]:
    rows = [row for row in rows_of(chars) if row.turn == 0]
    return [printed(line_of(row, page), row, header=header) for row in rows]


def _rows(lines: Sequence[Printed], *, framed: bool) -> list[list[Printed]] | None:
    """The rows that the lines between two rulings are; ``None`` if they are one, or no rows."""
    core = [line for line in lines if line.is_core]
    named = [line for line in core if any(not piece.is_amount for piece in line.pieces)]
    sure = [line for line in core if any(piece.is_sure for piece in line.pieces)]
    if len(core) == 1:
        figures = sum(piece.is_sure for piece in core[0].pieces)
        return [list(lines)] if framed and figures >= _LEAST_ROWS else None
    # Two lines are rows if each has a label and a figure.
    least = 1.0 if len(core) < _LEAST_ROWS else _NAMED
    if not core or len(named) < least * len(core) or len(sure) < min(len(core), _LEAST_ROWS):
        return None
    return rows_of_lines(lines, ())


def _whole(
    grid: Grid, inside: Mapping[int, list[Char]], rows: Sequence[Sequence[Printed]], page: Page
) -> TablePart | None:
    """A table ruled downwards only: its header is the lines above the first row with figures."""
    lines = [line for row in rows for line in row]
    start = next(index for index, line in enumerate(lines) if line.is_core)
    body = rows_of_lines(lines[start:], ())
    chars = [char for own in inside.values() for char in own]
    xs = _sides(grid, page)
    columns = tuple((left + _OVER, right - _OVER) for left, right in pairwise(xs))
    above = _lines(chars, page, header=columns)[:start]
    header = read_header(above, columns, page.horizontal, fixed=True)
    return Builder(header, above, body, page, xs).part(loose=False)


def _sides(grid: Grid, page: Page) -> list[float]:
    """The sides of the columns, those included that no ruling parts above some row (合计)."""
    left, top, right, bottom = grid.box
    reach: dict[float, float] = {}
    for edge in sorted(page.vertical):
        if left + _APART < edge.at < right - _APART:
            at = next((known for known in reach if edge.at - known < _APART), edge.at)
            reach[at] = reach.get(at, 0.0) + min(edge.end, bottom) - max(edge.start, top)
    inner = [at for at, length in reach.items() if length > _LONG * (bottom - top)]
    return [left, *inner, right]


def _parted(
    grid: Grid,
    inside: Mapping[int, list[Char]],
    bands: Mapping[int, list[list[Printed]]],
    page: Page,
) -> TablePart:
    ys: list[float] = []
    starts: list[int] = []
    for row in range(len(grid.ys) - 1):
        starts.append(len(ys))
        ys.append(grid.ys[row])
        for before, after in pairwise(bands.get(row, ())):
            low = max(line.line.box[3] for line in before)
            high = min(line.line.box[1] for line in after)
            ys.append((low + high) / 2)
    starts.append(len(ys))
    ys.append(grid.ys[-1])
    cells: list[CellPart] = []
    for index, region in enumerate(grid.regions):
        if region.row not in bands:
            first, last = starts[region.row], starts[region.row + region.row_span]
            place = first, region.column, last - first, region.column_span
            box = grid.xs[region.column], ys[first], _right(grid, region), ys[last]
            cells.append(cell_part(place, box, inside.get(index, []), page))
            continue
        for number, lines in enumerate(bands[region.row], start=starts[region.row]):
            for first, last, chars in _parts(grid, region, lines):
                box = grid.xs[first], ys[number], grid.xs[last + 1], ys[number + 1]
                cells.append(cell_part((number, first, 1, last - first + 1), box, chars, page))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return TablePart(
        page=page.number, xs=grid.xs, ys=tuple(ys), cells=tuple(cells), broken=grid.broken
    )


def _right(grid: Grid, region: Region) -> float:
    return grid.xs[region.column + region.column_span]


def _parts(
    grid: Grid, region: Region, lines: Sequence[Printed]
) -> list[tuple[int, int, list[Char]]]:
    """The cells of a row in a region: first and last column, and characters."""
    left, right = grid.xs[region.column], _right(grid, region)
    held: dict[tuple[int, int], list[Char]] = {}
    for line in lines:
        for piece in line.pieces:
            chars = [c for c in piece.chars if left <= (c.x0 + c.x1) / 2 < right]
            if not chars:
                continue
            first, last = _columns(grid, region, piece)
            spot = next((s for s in held if s[0] <= last and s[1] >= first), (first, last))
            held.setdefault(spot, []).extend(chars)
    taken = {column for first, last in held for column in range(first, last + 1)}
    own = range(region.column, region.column + region.column_span)
    blank = [(column, column, list[Char]()) for column in own if column not in taken]
    return [*((first, last, chars) for (first, last), chars in held.items()), *blank]


def _columns(grid: Grid, region: Region, piece: Piece) -> tuple[int, int]:
    """The columns of a region that a piece stands in; a figure stands in one."""
    own = range(region.column, region.column + region.column_span)
    over = [
        c for c in own if piece.x0 + _OVER < grid.xs[c + 1] and piece.x1 - _OVER > grid.xs[c]
    ] or [min(own, key=lambda c: abs((grid.xs[c] + grid.xs[c + 1]) / 2 - piece.middle))]
    if piece.is_amount and len(over) > 1:
        over = [c for c in over if grid.xs[c] <= piece.middle < grid.xs[c + 1]] or over[-1:]
    return over[0], over[-1]
