"""The grid of a table: rows with the edges of their cells, merged sideways and downwards."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from attrs import define, field

from disclosure_parser.readers.legacy_word import sprms

#: Edges of different rows closer than this (in twentieths of a point) are one edge.
_TOLERANCE = 30
_FIRST_MERGED, _MERGED = 0x0001, 0x0002
_VERTICAL, _RESTART = 0x0020, 0x0040
_CELL = 20


@define
class CellEnds:
    """A cell of a row as its definition says: edges in twentieths of a point."""

    left: int
    right: int
    merged: bool = False
    vertical: bool = False
    restart: bool = False


def cells_of(modifiers: Sequence[tuple[int, bytes]], count: int) -> list[CellEnds]:
    """The cells of a row from the modifiers at its end mark; ``count`` have text.

    A row whose definition is lost or says another number of cells gets cells of equal width.
    """
    cells: list[CellEnds] = []
    for code, operand in modifiers:
        if code == sprms.TABLE and operand:
            cells = _defined(operand)
        elif code == sprms.MERGE and len(operand) >= 2:
            for index in range(operand[0] + 1, min(operand[1], len(cells))):
                cells[index].merged = True
        elif code == sprms.SPLIT and len(operand) >= 2:
            for index in range(operand[0], min(operand[1], len(cells))):
                cells[index].merged = False
        elif code == sprms.VERTICAL_MERGE and len(operand) >= 2 and operand[0] < len(cells):
            cells[operand[0]].vertical = operand[1] & 3 in (1, 3)
            cells[operand[0]].restart = operand[1] & 3 == 3
    if len(cells) < count:
        last = cells[-1].right if cells else 0
        step = 1_000
        cells += [
            CellEnds(last + step * n, last + step * (n + 1)) for n in range(count - len(cells))
        ]
    return cells[:count]


def _defined(operand: bytes) -> list[CellEnds]:
    count = operand[0]
    if 1 + 2 * (count + 1) > len(operand):
        return []
    edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    place = 1 + 2 * (count + 1)
    cells: list[CellEnds] = []
    for index in range(count):
        at = place + index * _CELL
        flags = struct.unpack_from("<H", operand, at)[0] if at + 2 <= len(operand) else 0
        cells.append(
            CellEnds(
                edges[index],
                max(edges[index + 1], edges[index] + 1),
                merged=bool(flags & _MERGED) and not flags & _FIRST_MERGED,
                vertical=bool(flags & _VERTICAL),
                restart=bool(flags & _RESTART),
            )
        )
    return cells


@define
class Slot:
    """A cell on the grid: the row and the cell of the file that it begins with, those it covers."""

    row: int
    column: int
    source: tuple[int, int]
    row_span: int = 1
    column_span: int = 1
    covered: list[tuple[int, int]] = field(factory=list)


def lay_out(rows: Sequence[Sequence[CellEnds]]) -> tuple[list[Slot], int]:
    """The cells of a table by row, then column, and the number of columns."""
    edges = _edges([edge for row in rows for cell in row for edge in (cell.left, cell.right)])
    if any(edges[cell.left] >= edges[cell.right] for row in rows for cell in row):
        # Narrower cells than the tolerance: then every edge is one of its own.
        exact = sorted({e for row in rows for cell in row for e in (cell.left, cell.right)})
        edges = {edge: index for index, edge in enumerate(exact)}
    slots: list[Slot] = []
    above: dict[int, Slot] = {}
    for row_number, row in enumerate(rows):
        reaching: dict[int, Slot] = {}
        last: Slot | None = None
        for number, cell in enumerate(row):
            column, end = edges[cell.left], edges[cell.right]
            source = row_number, number
            if cell.merged and last is not None:
                last.covered.append(source)
                last.column_span = max(last.column_span, end - last.column)
                continue
            upper = above.get(column) if cell.vertical and not cell.restart else None
            if upper is not None and upper.column_span == end - column:
                upper.row_span += 1
                upper.covered.append(source)
                reaching[column] = last = upper
                continue
            last = Slot(row_number, column, source, column_span=end - column)
            slots.append(last)
            if cell.vertical:
                reaching[column] = last
        above = reaching
    slots.sort(key=lambda slot: (slot.row, slot.column))
    used = sorted({e for s in slots for e in (s.column, s.column + s.column_span)})
    rank = {edge: index for index, edge in enumerate(used)}
    for slot in slots:
        first = rank[slot.column]
        slot.column_span = rank[slot.column + slot.column_span] - first
        slot.column = first
    return slots, max(len(used) - 1, 0)


def _edges(places: Sequence[int]) -> dict[int, int]:
    """The number of each edge; edges that differ by a hair are one."""
    found: dict[int, int] = {}
    number, first = -1, None
    for place in sorted(set(places)):
        if first is None or place - first > _TOLERANCE:
            number += 1
            first = place
        found[place] = number
    return found
