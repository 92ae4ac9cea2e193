"""What stands on a page, in reading order: lines of text, tables, labels of charts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import itemgetter

from attrs import frozen

from disclosure_parser.readers.pdf.aligned import find_aligned
from disclosure_parser.readers.pdf.bands import parted
from disclosure_parser.readers.pdf.cells import TablePart, fill_grids
from disclosure_parser.readers.pdf.columns import find_columns
from disclosure_parser.readers.pdf.grid import Grid, find_grids
from disclosure_parser.readers.pdf.lines import Line, Row, line_of, lines_of, rows_of
from disclosure_parser.readers.pdf.page import Box, Char, Edge, Page

Item = Line | TablePart


@frozen(kw_only=True)
class Layout:
    """A page as read: its items from top to bottom; chart labels, skewed text and text that is
    in the file but not shown apart.

    ``pictures`` is the share of the page that pictures cover, ``unmapped`` the number of glyphs
    without a Unicode value.
    """

    number: int
    width: float
    height: float
    items: tuple[Item, ...] = ()
    charts: tuple[Line, ...] = ()
    skewed: tuple[Line, ...] = ()
    hidden: tuple[Line, ...] = ()
    pictures: float = 0.0
    unmapped: int = 0
    characters: int = 0


def lay_out(page: Page) -> Layout:
    """Read a page into lines and tables."""
    grids = find_grids(page.horizontal, page.vertical)
    if len(page.fills) >= _LEAST_FILLS:
        grids += _shaded(page, grids)
    filled = fill_grids(grids, page, parted)
    outside: Sequence[Char] = filled.outside
    off: list[Char] = []
    if _leaves(outside, page):
        off = [char for char in outside if not _on_page(char, page)]
        outside = [char for char in outside if _on_page(char, page)]
    rows = rows_of(outside)
    lines = [line_of(row, page) for row in rows]
    split = find_columns(lines)
    if split is not None:
        rows = [row for side in split.sides(outside) for row in rows_of(side)]
        lines = [line_of(row, page) for row in rows]
    charts = lines_of(filled.drawings, page)
    labels = _labels(lines, page.curves)
    upright: list[Line] = []
    own: list[Row] = []
    skewed: list[Line] = []
    for index, (line, row) in enumerate(zip(lines, rows, strict=True)):
        if line.turn < 0:
            skewed.append(line)
        elif index in labels:
            charts.append(line)
        else:
            upright.append(line)
            own.append(row)
    aligned: list[TablePart] = []
    if any(len(line.segments) > 1 for line in upright):
        aligned, upright = find_aligned(upright, own, page)
    items: list[Item] = [*upright, *filled.tables, *aligned]
    items.sort(key=_top if split is None else lambda item: split.order(_box(item)))
    return Layout(
        number=page.number,
        width=page.width,
        height=page.height,
        items=tuple(items),
        charts=tuple(charts),
        skewed=tuple(skewed),
        hidden=tuple(lines_of((*page.hidden, *off), page)) if off or page.hidden else (),
        pictures=_covered(page.images, page),
        unmapped=page.unmapped,
        characters=len(page.chars),
    )


_baseline, _x0, _x1 = itemgetter(3), itemgetter(1), itemgetter(2)


def _leaves(chars: Sequence[Char], page: Page) -> bool:
    """Whether some character may stand off the page."""
    return bool(chars) and (
        min(map(_baseline, chars)) < -1
        or max(map(_baseline, chars)) > page.height
        or min(map(_x0, chars)) < 0
        or max(map(_x1, chars)) > page.width
    )


def _on_page(char: Char, page: Page) -> bool:
    """Whether any of a character stands on the page as shown."""
    if char.turn:
        return True
    return -1 <= char.baseline <= page.height + char.size and char.x1 > 0 and char.x0 < page.width


def _top(item: Item) -> float:
    return item.ys[0] if isinstance(item, TablePart) else (item.box[1] + item.box[3]) / 2


def _box(item: Item) -> Box:
    if isinstance(item, TablePart):
        return item.xs[0], item.ys[0], item.xs[-1], item.ys[-1]
    return item.box


# Filled boxes from which a page may have a table drawn with backgrounds alone, its rows, and the
# share of its cells that must hold text.
_LEAST_FILLS = 6
_LEAST_ROWS = 3
_TEXT_SHARE = 0.4


def _shaded(page: Page, ruled: Sequence[Grid]) -> list[Grid]:
    """The grids that cells' backgrounds form where no rulings do."""
    horizontal: list[Edge] = []
    vertical: list[Edge] = []
    for x0, y0, x1, y1 in page.fills:
        horizontal += (Edge(y0, x0, x1), Edge(y1, x0, x1))
        vertical += (Edge(x0, y0, y1), Edge(x1, y0, y1))
    found = []
    for grid in find_grids(horizontal, vertical):
        if grid.broken or len(grid.ys) <= _LEAST_ROWS:
            continue
        if any(_touch(grid.box, other.box) for other in ruled):
            continue
        inside = {
            grid.region_at((char.x0 + char.x1) / 2, char.baseline - 0.38 * char.size)
            for char in page.chars
            if char.turn == 0 and not char.text.isspace()
        } - {-1}
        if len(inside) >= _TEXT_SHARE * len(grid.regions):
            found.append(grid)
    return found


# A chart has several round parts; its labels stand around it, as far as a share of its size.
_LEAST_CURVES = 3
_MOST_CURVES = 1_000
_LONGEST_LABEL = 24
_QUANTITY = re.compile(r"\d\s*[%％]|\A[\d,.]+\Z")
_CHART_MARGIN = 0.35
_LEAST_CHART = 60.0


def _labels(lines: Sequence[Line], curves: Sequence[Box]) -> set[int]:
    """The indices of lines that are labels of charts: short, in or around one, some numbers.

    A round seal over a signature has curves too, but no numbers around it.
    """
    found: set[int] = set()
    if not _LEAST_CURVES <= len(curves) <= _MOST_CURVES:
        return found
    for region in _charts(curves):
        inside = [
            index
            for index, line in enumerate(lines)
            if len(line.text) <= _LONGEST_LABEL and _inside(line.box, region)
        ]
        if sum(_QUANTITY.search(lines[index].text) is not None for index in inside) >= 2:
            found.update(inside)
    return found


def _charts(curves: Iterable[Box]) -> list[Box]:
    """The boxes of charts: round parts that lie on each other or side by side."""
    groups: list[list[Box]] = []
    for curve in curves:
        near = [group for group in groups if any(_touch(curve, other) for other in group)]
        merged = [curve, *(box for group in near for box in group)]
        groups = [group for group in groups if group not in near]
        groups.append(merged)
    charts = []
    for group in groups:
        x0, y0 = min(box[0] for box in group), min(box[1] for box in group)
        x1, y1 = max(box[2] for box in group), max(box[3] for box in group)
        if len(group) >= _LEAST_CURVES and min(x1 - x0, y1 - y0) >= _LEAST_CHART:
            wide, high = _CHART_MARGIN * (x1 - x0), _CHART_MARGIN * (y1 - y0)
            charts.append((x0 - wide, y0 - high, x1 + wide, y1 + high))
    return charts


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] <= other[2] + 2
        and other[0] <= one[2] + 2
        and one[1] <= other[3] + 2
        and other[1] <= one[3] + 2
    )


def _inside(box: Box, region: Box) -> bool:
    return (
        region[0] <= box[0] and box[2] <= region[2] and region[1] <= box[1] and box[3] <= region[3]
    )


def _covered(images: Iterable[Box], page: Page) -> float:
    """The share of the page that its pictures cover, overlaps counted twice."""
    area = sum(
        max(0.0, min(box[2], page.width) - max(box[0], 0.0))
        * max(0.0, min(box[3], page.height) - max(box[1], 0.0))
        for box in images
    )
    return min(1.0, area / (page.width * page.height)) if page.width * page.height else 0.0
