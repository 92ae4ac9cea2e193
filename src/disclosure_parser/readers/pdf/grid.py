"""Grids from rulings: which rectangles of a page the drawn lines close, with their spans.

Rulings that touch form one figure. Its distinct heights and positions cut it into unit boxes;
unit boxes without a ruling between them are one cell, so a cell knows its row and column span.
A side of a table without a ruling (tables open to the left and right) counts as closed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from attrs import evolve, frozen

from disclosure_parser.readers.pdf.page import Box, Edge

# Points. Rulings nearer than this are one (double lines, sides of neighbouring cells); line ends
# nearer than this touch.
_SNAP = 3.0
_TOUCH = 3.0
# A ruling that sticks out of the figure by no more than this closes nothing.
_STUB = 6.0
# Share of a unit's side that a ruling must cover to close it.
_COVER = 0.6
# Crossings of rulings on a page, and units of one figure, beyond which there is no table to see.
_MOST_CROSSINGS = 20_000_000
_MOST_UNITS = 200_000
# Share of a figure's units that may lie in shapes other than rectangles.
_MOST_CUT = 0.3


@frozen(kw_only=True)
class Region:
    """A cell of a grid: top left unit, spans in units."""

    row: int
    column: int
    row_span: int
    column_span: int


@frozen(kw_only=True)
class Grid:
    """A ruled grid: positions of its lines in x and y, its cells, and the cell of every unit.

    ``units[row][column]`` is an index in ``regions``.
    ``broken`` says that some cells had to be cut into rectangles: rulings are missing.
    ``open`` are the cells of the first and the last row that no ruling closes outwards.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]
    units: tuple[tuple[int, ...], ...]
    broken: bool = False
    open: frozenset[int] = frozenset()

    @property
    def box(self) -> Box:
        """The box of the whole grid."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def region_at(self, x: float, y: float) -> int:
        """The index of the cell at a point of the page, -1 outside the grid."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.units[row][column]
        return -1

    def region_box(self, region: Region) -> Box:
        """The box of a cell on the page."""
        return (
            self.xs[region.column],
            self.ys[region.row],
            self.xs[region.column + region.column_span],
            self.ys[region.row + region.row_span],
        )


def find_grids(horizontal: Iterable[Edge], vertical: Iterable[Edge]) -> list[Grid]:
    """The grids of at least two cells that rulings form, from top to bottom."""
    rows = joined(horizontal)
    columns = joined(vertical)
    if len(rows) * len(columns) > _MOST_CROSSINGS:
        return []  # a drawing; no page of tables has so many rulings
    grids = []
    for across, down in _figures(rows, columns):
        grid = _grid(across, down)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def joined(edges: Iterable[Edge]) -> list[Edge]:
    """Rulings at one position snapped together, and those that touch or overlap made one."""
    ordered = sorted(edges)
    joined: list[Edge] = []
    index = 0
    while index < len(ordered):
        last = index
        while last + 1 < len(ordered) and ordered[last + 1].at - ordered[index].at <= _SNAP:
            last += 1
        group = ordered[index : last + 1]
        weight = sum(edge.end - edge.start for edge in group) or 1.0
        at = sum(edge.at * (edge.end - edge.start) for edge in group) / weight
        group.sort(key=lambda edge: edge.start)
        start, end = group[0].start, group[0].end
        for edge in group[1:]:
            if edge.start <= end + _TOUCH:
                end = max(end, edge.end)
            else:
                joined.append(Edge(at, start, end))
                start, end = edge.start, edge.end
        joined.append(Edge(at, start, end))
        index = last + 1
    return joined


def _figures(rows: Sequence[Edge], columns: Sequence[Edge]) -> list[tuple[list[Edge], list[Edge]]]:
    """Rulings that touch each other, figure by figure."""
    parent = list(range(len(rows) + len(columns)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    positions = [edge.at for edge in columns]
    for index, row in enumerate(rows):
        first = bisect_right(positions, row.start - _TOUCH)
        last = bisect_right(positions, row.end + _TOUCH)
        for other in range(first, last):
            column = columns[other]
            if column.start - _TOUCH <= row.at <= column.end + _TOUCH:
                parent[root(index)] = root(len(rows) + other)
    figures: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for index, row in enumerate(rows):
        figures.setdefault(root(index), ([], []))[0].append(row)
    for index, column in enumerate(columns):
        figures.setdefault(root(len(rows) + index), ([], []))[1].append(column)
    return [(across, down) for across, down in figures.values() if len(across) > 1 and down]


def _grid(across: list[Edge], down: list[Edge]) -> Grid | None:
    """The grid of one figure; ``None`` if it does not close two cells side by side."""
    xs = _positions(
        [edge.at for edge in down],
        min(edge.start for edge in across),
        max(edge.end for edge in across),
    )
    ys = _positions(
        [edge.at for edge in across],
        min(edge.start for edge in down),
        max(edge.end for edge in down),
    )
    wide, high = len(xs) - 1, len(ys) - 1
    if wide < 2 or high < 1 or wide * high > _MOST_UNITS:
        return None
    # above[i][j]: a ruling closes unit (i, j) above; left[j][i]: it is closed to the left.
    above = [[False] * wide for _ in range(high + 1)]
    left = [[False] * high for _ in range(wide + 1)]
    for edge in across:
        _close(above[_nearest(ys, edge.at)], xs, edge)
    for edge in down:
        _close(left[_nearest(xs, edge.at)], ys, edge)
    return _regions(xs, ys, _labels(above, left, high, wide), above[0], above[high])


def _positions(inner: Sequence[float], first: float, last: float) -> list[float]:
    """The distinct positions of rulings, with the reach of the crossing ones as outer sides."""
    positions = sorted(set(inner))
    distinct: list[float] = []
    for position in positions:
        if not distinct or position - distinct[-1] > _SNAP / 2:
            distinct.append(position)
    if distinct[0] - first > _STUB:
        distinct.insert(0, first)
    if last - distinct[-1] > _STUB:
        distinct.append(last)
    return distinct


def _nearest(positions: Sequence[float], value: float) -> int:
    index = bisect_right(positions, value)
    if index == 0:
        return 0
    if index == len(positions):
        return index - 1
    return index if positions[index] - value < value - positions[index - 1] else index - 1


def _close(sides: list[bool], positions: Sequence[float], edge: Edge) -> None:
    """Mark the unit sides between ``positions`` that a ruling covers."""
    first = max(bisect_right(positions, edge.start) - 1, 0)
    for unit in range(first, len(sides)):
        start, end = positions[unit], positions[unit + 1]
        if start >= edge.end:
            break
        if min(end, edge.end) - max(start, edge.start) >= _COVER * (end - start):
            sides[unit] = True


def _labels(
    above: list[list[bool]], left: list[list[bool]], high: int, wide: int
) -> list[list[int]]:
    """A number for every unit, equal where no ruling stands between two units."""
    parent = list(range(high * wide))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for row in range(high):
        for column in range(wide):
            unit = row * wide + column
            if column and not left[column][row]:
                parent[root(unit)] = root(unit - 1)
            if row and not above[row][column]:
                parent[root(unit)] = root(unit - wide)
    return [[root(row * wide + column) for column in range(wide)] for row in range(high)]


def _regions(
    xs: list[float],
    ys: list[float],
    label: list[list[int]],
    top: Sequence[bool],
    bottom: Sequence[bool],
) -> Grid | None:
    """Cells from labelled units: rectangles as they are, other shapes cut into rectangles.

    ``top`` and ``bottom`` say for each column whether a ruling closes the figure there.
    """
    high, wide = len(label), len(label[0])
    members: dict[int, list[tuple[int, int]]] = {}
    for row in range(high):
        for column in range(wide):
            members.setdefault(label[row][column], []).append((row, column))
    regions: list[Region] = []
    cut = 0
    for units in members.values():
        pieces = _rectangles(units)
        if len(pieces) > 1:
            cut += len(units)
        regions.extend(pieces)
    regions.sort(key=lambda region: (region.row, region.column))
    unclosed = frozenset(
        index
        for index, region in enumerate(regions)
        for first, last in ((region.column, region.column + region.column_span),)
        if (region.row == 0 and not any(top[first:last]))
        or (region.row + region.row_span == high and not any(bottom[first:last]))
    )
    xs, ys, regions = _used(xs, ys, regions)
    # Boxes with connecting lines (organisation charts) leave most of their outline unclosed.
    if len({region.column for region in regions}) < 2 or cut > _MOST_CUT * high * wide:
        return None
    units_of = [[0] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    for index, region in enumerate(regions):
        for row in range(region.row, region.row + region.row_span):
            for column in range(region.column, region.column + region.column_span):
                units_of[row][column] = index
    return Grid(
        xs=tuple(xs),
        ys=tuple(ys),
        regions=tuple(regions),
        units=tuple(tuple(row) for row in units_of),
        broken=cut > 0,
        open=unclosed,
    )


def _used(
    xs: list[float], ys: list[float], regions: list[Region]
) -> tuple[list[float], list[float], list[Region]]:
    """The grid without the lines that no cell ends at (rulings too short to close one)."""
    rows = {0: 0, len(ys) - 1: 0} | {region.row: 0 for region in regions}
    columns = {0: 0, len(xs) - 1: 0} | {region.column: 0 for region in regions}
    if len(rows) == len(ys) and len(columns) == len(xs):
        return xs, ys, regions
    for lines in (rows, columns):
        for index, line in enumerate(sorted(lines)):
            lines[line] = index
    return (
        [xs[line] for line in sorted(columns)],
        [ys[line] for line in sorted(rows)],
        [
            Region(
                row=rows[region.row],
                column=columns[region.column],
                row_span=rows[region.row + region.row_span] - rows[region.row],
                column_span=columns[region.column + region.column_span] - columns[region.column],
            )
            for region in regions
        ],
    )


def _rectangles(units: list[tuple[int, int]]) -> list[Region]:
    """Units of one label as rectangles: one if they form one, else runs of equal rows."""
    if len(units) == 1:
        row, column = units[0]
        return [Region(row=row, column=column, row_span=1, column_span=1)]
    runs: list[tuple[int, int, int]] = []
    for row, column in units:
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1] = (row, runs[-1][1], column)
        else:
            runs.append((row, column, column))
    pieces: list[Region] = []
    for row, first, last in runs:
        for index, piece in enumerate(pieces):
            if (piece.column, piece.column_span) == (first, last - first + 1) and (
                piece.row + piece.row_span == row
            ):
                pieces[index] = evolve(piece, row_span=piece.row_span + 1)
                break
        else:
            pieces.append(Region(row=row, column=first, row_span=1, column_span=last - first + 1))
    return pieces
