"""The grid of an HTML table, and whether a table is one or only lays out a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import define, field

from disclosure_parser.errors import LimitExceededError
from disclosure_parser.readers.html.drafts import CellDraft
from disclosure_parser.readers.html.tags import SILENT, Look, look_of, name_of

if TYPE_CHECKING:
    from lxml import etree

_CELLS = ("td", "th")
_GROUPS = ("thead", "tbody", "tfoot")
#: Browsers take no wider and no higher cells.
_WIDEST = 1_000
_HIGHEST = 65_534
_STEPS = 10_000_000
#: A cell with so many lines and characters, which are most of those of a table with few cells, is
#: a page and not a cell.
_PAGE_LINES = 5
_PAGE_CHARACTERS = 300
_PAGE_CELLS = 10
_MOST = 0.6
_BREAKS = frozenset(("p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table"))


@define
class Grid:
    """A table laid out: its cells by row, then column."""

    rows: int = 0
    columns: int = 0
    cells: list[CellDraft] = field(factory=list)
    #: Positions that were looked at: spans are numbers in the source, and can claim any size.
    steps: int = 0


def own_rows(table: etree._Element) -> list[list[etree._Element]]:
    """The rows of a table by their groups, as printed: heads first, feet last."""
    heads: list[list[etree._Element]] = []
    bodies: list[list[etree._Element]] = []
    feet: list[list[etree._Element]] = []
    loose: list[etree._Element] = []
    for item in table:
        tag = name_of(item)
        if tag == "tr":
            if not loose:
                bodies.append(loose)
            loose.append(item)
            continue
        if tag in _GROUPS:
            loose = []
            rows = [row for row in item if name_of(row) == "tr"]
            (heads if tag == "thead" else feet if tag == "tfoot" else bodies).append(rows)
    return [*heads, *bodies, *feet]


def own_cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row."""
    return (cell for cell in row if name_of(cell) in _CELLS)


def lay_out(table: etree._Element, most: int) -> Grid:
    """Lay out a table of at most ``most`` cells. Columns are the places where cells begin or end.

    Raises:
        LimitExceededError: the table has more cells.
    """
    grid = Grid()
    for group in own_rows(table):
        _lay_out_group(group, grid, most)
    edges = sorted({edge for c in grid.cells for edge in (c.column, c.column + c.column_span)})
    rank = {edge: index for index, edge in enumerate(edges)}
    for cell in grid.cells:
        first = rank[cell.column]
        cell.column_span = rank[cell.column + cell.column_span] - first
        cell.column = first
    grid.columns = max(len(edges) - 1, 0)
    return grid


def _lay_out_group(group: list[etree._Element], grid: Grid, most: int) -> None:
    #: For each column that a cell above reaches: the row of the group in which it ends.
    ends: dict[int, int] = {}
    first = len(grid.cells)
    #: How many rows are shown before each row of the group; hidden ones count for the spans.
    shown = [grid.rows]
    for element in group:
        hidden = look_of(element, "tr", Look()).hidden
        cells = list(own_cells(element))
        row = len(shown) - 1
        if not cells and not any(end > row for end in ends.values()):
            continue
        column = 0
        for cell in cells:
            while ends.get(column, 0) > row:
                column += 1
                grid.steps += 1
            width = min(max(_number(cell.get("colspan"), 1), 1), _WIDEST)
            height = _number(cell.get("rowspan"), 1)
            height = _HIGHEST if height <= 0 else min(height, _HIGHEST)
            # A cell ends where one from above already stands.
            width = next((n for n in range(1, width) if ends.get(column + n, 0) > row), width)
            grid.steps += width
            if height > 1:
                ends.update((column + n, row + height) for n in range(width))
            if grid.steps > _STEPS or len(grid.cells) >= most:
                raise LimitExceededError("the tables have more cells than the limit allows")
            if not hidden:
                grid.cells.append(CellDraft(cell, row, column, height, width))
            column += width
        shown.append(shown[-1] + (not hidden))
    for begun in grid.cells[first:]:
        last = min(begun.row + begun.row_span, len(shown) - 1)
        begun.row, begun.row_span = shown[begun.row], shown[last] - shown[begun.row]
    grid.rows = shown[-1]


def _number(text: str | None, default: int) -> int:
    digits = (text or "").strip().rstrip("%;")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 8 else default


def only_lays_out(table: etree._Element) -> bool:
    """Whether a table does not hold data but lays out what stands in it 布局表格.

    That is a table of one column, one in which other tables hold most of the text or of the
    cells, or one in which a cell holds a whole page.
    """
    if table.get("role") in ("presentation", "none"):
        return True
    rows = [list(own_cells(row)) for group in own_rows(table) for row in group]
    cells = [cell for row in rows for cell in row]
    if all(len(row) <= 1 for row in rows):
        return True
    total = inner = filled = longest = nested = 0
    paged = False
    for cell in cells:
        length, inside, lines, deeper = _measure(cell)
        total += length
        inner += inside
        nested += deeper
        filled += bool(length)
        if length > longest:
            longest = length
            paged = lines >= _PAGE_LINES and length >= _PAGE_CHARACTERS
    if not total:
        return False
    if inner > total / 2 or nested >= len(cells):
        return True
    return paged and filled <= _PAGE_CELLS and longest >= _MOST * total


def _measure(cell: etree._Element) -> tuple[int, int, int, int]:
    """Characters of a cell, those in tables inside it, its lines, and the cells inside it."""
    length = inner = lines = cells = nested = 0
    for event, element in _events(cell):
        tag = name_of(element)
        if event == "start":
            nested += tag == "table"
            lines += tag in _BREAKS
            cells += tag in _CELLS and element is not cell
            size = 0 if tag in SILENT else len((element.text or "").strip())
        else:
            nested -= tag == "table"
            size = len((element.tail or "").strip()) if element is not cell else 0
        length += size
        inner += size if nested else 0
    return length, inner, lines, cells


def _events(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    from lxml import etree

    return iter(etree.iterwalk(element, events=("start", "end")))
