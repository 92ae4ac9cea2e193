"""The cells of a table from its columns, its header and the lines of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from disclosure_parser.readers.pdf.cells import CellPart, TablePart, cell_part
from disclosure_parser.readers.pdf.headers import Header
from disclosure_parser.readers.pdf.page import Box, Char, Page
from disclosure_parser.readers.pdf.pieces import Printed, Reach, borders, nearest, over


class Builder:
    """Puts the cells of a table together from the columns, the header and the rows."""

    def __init__(
        self,
        header: Header,
        above: Sequence[Printed],
        body: Sequence[Sequence[Printed]],
        page: Page,
        xs: Sequence[float] | None = None,
    ) -> None:
        """``xs`` are the sides of the columns where rulings show them."""
        self._header, self._above, self._body, self._page = header, above, body, page
        self._columns = header.columns
        self._xs = list(xs) if xs is not None else borders(self._reaches())

    def _reaches(self) -> list[Reach]:
        """The columns with their headers."""
        found = list(self._columns)
        for heading in self._header.headings:
            if heading.first == heading.last:
                x0, x1 = found[heading.first]
                left = min(char.x0 for char in heading.chars)
                right = max(char.x1 for char in heading.chars)
                # A header may reach farther than the white space beside it.
                if heading.first == 0 or left > self._columns[heading.first - 1][1]:
                    x0 = min(x0, left)
                if heading.first == len(found) - 1 or right < self._columns[heading.first + 1][0]:
                    x1 = max(x1, right)
                found[heading.first] = x0, x1
        return found

    def part(self, *, loose: bool = True) -> TablePart | None:
        """The table; ``None`` if the parts of some row do not stand in the columns."""
        depths = self._depths()
        # A level at which no cell begins is none: the header in the middle of the others' height.
        tops = sorted({top for top, _ in depths})
        ys = self._levels([self._baselines()[top] for top in tops])
        place = {top: row for row, top in enumerate(tops)}
        cells: list[CellPart] = []
        for heading, (top, bottom) in zip(self._header.headings, depths, strict=True):
            row, end = place[top], sum(other < bottom for other in tops)
            where = heading.first, heading.last
            cells.append(self._cell(row, where, heading.chars, ys, end - row))
        cells += self._blanks(cells, len(tops), ys)
        ys += [max(line.line.box[3] for line in lines) for lines in self._body]
        for row, lines in enumerate(self._body, start=len(tops)):
            made = self._row(row, lines, (ys[row], ys[row + 1]))
            if made is None:
                return None
            cells += made
        cells.sort(key=lambda cell: (cell.row, cell.column))
        return TablePart(
            page=self._page.number,
            xs=tuple(self._xs),
            ys=tuple(ys),
            cells=tuple(cells),
            loose=loose,
        )

    def _levels(self, levels: Sequence[float]) -> list[float]:
        first = self._body[0]
        top = min(line.line.box[1] for line in first)
        if not levels:
            return [top]
        highest = min(line.line.box[1] for line in self._above) if self._above else levels[0]
        inner = [(a + b) / 2 for a, b in pairwise(levels)]
        return [min(highest, levels[0]), *inner, max(top, levels[-1])]

    def _baselines(self) -> list[float]:
        """The heights at which headers stand."""
        return sorted({round(heading.baseline, 1) for heading in self._header.headings})

    def _depths(self) -> list[tuple[int, int]]:
        """From which level to which each header goes: up and down to the next in its columns."""
        levels = self._baselines()
        starts = [levels.index(round(heading.baseline, 1)) for heading in self._header.headings]
        stacks: list[list[int]] = [[] for _ in self._columns]
        for start, heading in zip(starts, self._header.headings, strict=True):
            for column in range(heading.first, heading.last + 1):
                stacks[column].append(start)
        bottoms: list[int] = []
        ends: list[dict[int, int]] = [{} for _ in self._columns]
        for start, heading in zip(starts, self._header.headings, strict=True):
            own = range(heading.first, heading.last + 1)
            below = (other for column in own for other in stacks[column] if other > start)
            bottoms.append(min(below, default=len(levels)))
            for column in own:
                ends[column][start] = bottoms[-1]
        found = []
        for start, bottom, heading in zip(starts, bottoms, self._header.headings, strict=True):
            own = range(heading.first, heading.last + 1)
            above = (e for column in own for other, e in ends[column].items() if other < start)
            found.append((max(above, default=0), bottom))
        return found

    def _blanks(self, cells: Sequence[CellPart], depth: int, ys: Sequence[float]) -> list[CellPart]:
        """The cells of the header in which nothing is printed."""
        filled = {
            (row, column)
            for cell in cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
        return [
            self._cell(row, (column, column), (), ys)
            for column in range(len(self._columns))
            for row in range(depth)
            if (row, column) not in filled
        ]

    def _row(
        self, row: int, lines: Sequence[Printed], height: tuple[float, float]
    ) -> list[CellPart] | None:
        """The cells of a row; ``None`` if figures stand in one column."""
        inside: dict[tuple[int, int], list[Char]] = {}
        figures: set[int] = set()
        taken: set[int] = set()
        for line in lines:
            for piece in line.pieces:
                where = over(piece, self._columns) or [nearest(piece, self._columns)]
                first, last = where[0], where[-1]
                if piece.is_amount and first != last:
                    # A long number reaches over the white space beside its column.
                    first = last = nearest(piece, self._columns)
                if piece.is_sure:
                    if first in figures:
                        return None
                    figures.add(first)
                spot = next((s for s in inside if s[0] <= last and s[1] >= first), (first, last))
                inside.setdefault(spot, []).extend(piece.chars)
                taken |= set(range(spot[0], spot[1] + 1))
        ys = {row: height[0], row + 1: height[1]}
        cells = [self._cell(row, spot, chars, ys) for spot, chars in inside.items()]
        cells += [
            self._cell(row, (column, column), (), ys)
            for column in range(len(self._columns))
            if column not in taken
        ]
        return cells

    def _cell(
        self,
        row: int,
        columns: tuple[int, int],
        chars: Sequence[Char],
        ys: Sequence[float] | Mapping[int, float],
        span: int = 1,
    ) -> CellPart:
        first, last = columns
        box: Box = (self._xs[first], ys[row], self._xs[last + 1], ys[row + span])
        return cell_part((row, first, span, last - first + 1), box, list(chars), self._page)
