"""Tables that go on over the end of a page: one table, whose cells keep page and box.

A table goes on where it is the last thing on its page and the first on the next (furniture
aside), its outer edges stand at the same places and its columns agree. A header that is printed
again stays where it is: its rows are rows of the table.

What the page end cuts is put together where the evidence is strong: a cell merged over several
rows, a label printed one character a line, a row of which only the long texts and numbers go on.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import pairwise

from attrs import evolve, field, frozen, mutable

from disclosure_parser.document import Cell, Fragment, Table, fold_text
from disclosure_parser.language.numbering import read_mark
from disclosure_parser.readers.pdf.cells import CellPart, TablePart
from disclosure_parser.readers.pdf.indents import Label, indents
from disclosure_parser.readers.pdf.joining import (
    completes_number,
    may_complete_number,
    separator,
)
from disclosure_parser.readers.pdf.lines import Line
from disclosure_parser.readers.pdf.page import Box

# Points by which the outer edges and the columns of a table may differ from page to page.
_EDGE = 4.0
# Share of a column without rulings that must lie over the column that it is.
_OVERLAP = 0.5
_COLUMN = 6.0
# Share of the inner columns that must agree where not all do.
_AGREE = 0.5
_FINAL = "。；;！!？?：:"
_NUMBER = re.compile(r"[-−+(（]?[\d,，.\s]+[%％)）]?\Z")
#: What a title says that is printed again over the rest of its table.
_AGAIN = re.compile(r"续表|续上表|接上[表页]|[(（]续[)）]")
MOST_CAPTIONS = 4
_LONGEST_CAPTION = 60
#: Labels of forms that stand downwards by themselves (绩效指标 below 年度总体目标).
_OWN_LABEL = re.compile(r"(?:绩效)?指标$|项目|.{0,2}目标$|备注|说明")
# The longest rest of a label printed one character a line.
_LABEL_REST = 4


def goes_on(first: TablePart, before: TablePart, after: TablePart, floor: float) -> bool:
    """Whether a part is the same table as the part that ends the page before.

    ``first`` is the part the table begins with, ``floor`` how far down the pages of this size
    are printed, in points.
    """
    if after.page != before.page + 1:
        return False
    if before.loose and after.loose:
        return _same_columns(first, after) is not None and not _begins_alike(first, after)
    if abs(before.xs[0] - after.xs[0]) > _EDGE or abs(before.xs[-1] - after.xs[-1]) > _EDGE:
        return False
    if (_titled(after) and not _repeats(first, after)) or _begins_alike(first, after):
        return False
    few, many = sorted((before.xs[1:-1], after.xs[1:-1]), key=len)
    agree = sum(any(abs(x - other) <= _COLUMN for other in many) for x in few)
    if agree == len(few):
        return True
    # Some rows have columns of their own; then the page must have been full.
    full = before.ys[-1] + (after.ys[1] - after.ys[0]) > floor
    return full and agree >= max(1, _AGREE * len(few))


def _same_columns(first: TablePart, after: TablePart) -> list[int] | None:
    """For each column of a part without rulings the column of the table that it is.

    The columns go as far as their texts do, which differ from page to page. ``None`` if they are
    none of the table's, in order, or if there are more of them.
    """
    found: list[int] = []
    for left, right in pairwise(after.xs):
        over = [min(right, b) - max(left, a) for a, b in pairwise(first.xs)]
        best = max(range(len(over)), key=over.__getitem__)
        if over[best] < _OVERLAP * (right - left) or (found and best <= found[-1]):
            return None
        found.append(best)
    return found


def _as_first(first: TablePart, part: TablePart) -> TablePart:
    """A part without rulings in the columns of the table that it goes on with."""
    places = _same_columns(first, part) if first.loose and part.loose else None
    if places is None:
        return part
    ends = [*places[1:], len(first.xs) - 1]
    starts = [0, *places[1:]]
    cells = []
    for cell in part.cells:
        left, right = starts[cell.column], ends[cell.column + cell.column_span - 1]
        cells.append(evolve(cell, column=left, column_span=right - left))
    return evolve(part, xs=first.xs, cells=tuple(cells))


def captions_again(
    items: Sequence[Line | TablePart],
    furniture: Container[int],
    parts: Sequence[TablePart],
    captions: Container[str],
    floor: float,
) -> frozenset[int]:
    """The lines at the top of a page that print the captions of a table again which goes on there
    (支出决算表（续表）, 公开03表, 单位：万元), as indices.

    ``captions`` are the lines above the table: where nothing says 续表, they are printed again as
    they were, with the header, and other rows below (a workbook's print titles).
    """
    lines: list[int] = []
    said = False
    same = True
    for index, item in enumerate(items):
        if isinstance(item, TablePart):
            again = same and bool(lines) and _is_rest(parts[0], item)
            goes = (said or again) and goes_on(parts[0], parts[-1], item, floor)
            return frozenset(lines) if goes else frozenset()
        if index not in furniture:
            lines.append(index)
            said = said or _AGAIN.search(item.text) is not None
            same = same and item.text in captions
            if len(lines) > MOST_CAPTIONS or len(item.text) > _LONGEST_CAPTION:
                break
    return frozenset()


def _is_rest(first: TablePart, part: TablePart) -> bool:
    """Whether a part prints the header of a table again, and then other rows than the table's."""
    header = _repeated_header(first, part)
    if not header or header >= min(len(first.ys), len(part.ys)) - 1:
        return False
    own, old = ([c.text for c in each.cells if c.row == header] for each in (part, first))
    return own != old and own[:2] != old[:2]


def _titled(part: TablePart) -> bool:
    """Whether the first row is one cell over the whole width: the title of a table."""
    first = part.cells[0]
    return first.column_span == len(part.xs) - 1 > 2 and bool(first.text)


def _repeats(first: TablePart, after: TablePart) -> bool:
    return first.cells[0].text == after.cells[0].text


def _begins_alike(first: TablePart, after: TablePart) -> bool:
    """Whether a part begins as another table of the same form: same labels, other entries."""
    own, old = _row(after, 0), _row(first, 0)
    if own == old or not own or not old or not own[0][-1] or own[0] != old[0]:
        return False
    return _row(after, 1) == _row(first, 1) != []


def _row(part: TablePart, row: int) -> list[tuple[int, int, int, str]]:
    return [_shape(cell) for cell in part.cells if cell.row == row]


@frozen(kw_only=True)
class Continued:
    """A table over its pages; ``doubtful`` are the (row, column) of cells that a page end may
    have cut, ``numbers`` those whose number was put together over a page end."""

    table: Table
    doubtful: tuple[tuple[int, int], ...] = ()
    numbers: tuple[tuple[int, int], ...] = ()


@mutable(kw_only=True)
class _Growing:
    """A cell that may still grow over a page end. ``left`` and ``right`` are its sides (x)."""

    row: int
    rows: int
    left: float
    right: float
    part: CellPart
    box: Box
    text: str
    fragments: list[Fragment] = field(factory=list)

    @property
    def end(self) -> int:
        return self.row + self.rows

    def take(self, other: CellPart) -> None:
        """Go on with the text of the cell below the page end."""
        if other.text:
            number = _NUMBER.match(self.text) and _NUMBER.match(other.text)
            between = "" if number or not self.text else separator(self.text, other.text)
            start = len(self.text) + len(between)
            self.text += between + other.text
            self.fragments += [
                Fragment(start=f.start + start, end=f.end + start, place=f.place)
                for f in other.fragments
            ]
        self.part = other


def joined_table(parts: Sequence[TablePart]) -> Continued:
    """One table from its parts: the columns are those of all parts together."""
    columns = list(parts[0].xs)
    cells: list[_Growing] = []
    doubtful: list[tuple[int, float]] = []
    numbers: list[tuple[int, float]] = []
    height = 0
    for number, part in enumerate(parts):
        part = _as_first(parts[0], part) if number else part
        xs = _aligned(columns, part.xs)
        header = _repeated_header(parts[0], part) if number else 0
        last = {(cell.left, cell.right): cell for cell in cells if cell.end == height}
        new = [_growing(cell, height, xs) for cell in part.cells]
        dropped: set[int] = set()
        if number:
            row = [cell for cell in new if cell.row == height + header]
            pairs = [(last.get((cell.left, cell.right)), cell) for cell in row]
            if _is_rest_of_row(pairs):
                for upper, lower in pairs:
                    if upper is not None:
                        if _NUMBER.match(upper.text) and lower.text:
                            numbers.append((upper.row, upper.left))
                        upper.rows += lower.rows - 1
                        upper.take(lower.part)
                dropped = {id(cell) for cell in row}
                for cell in new:
                    if cell.row > height + header:
                        cell.row -= 1
            elif header == 0:
                for upper, lower in pairs:
                    if upper is not None and _is_rest_of_cell(upper, lower):
                        upper.rows += lower.rows
                        upper.take(lower.part)
                        dropped.add(id(lower))
                    elif upper is not None and _may_go_on(upper, lower):
                        doubtful.append((upper.row, upper.left))
        cells += [cell for cell in new if id(cell) not in dropped]
        height = max((cell.end for cell in cells), default=height)
    columns.sort()
    index = {x: place for place, x in enumerate(columns)}
    depths = indents([_label(cell) for cell in cells])
    made = [
        Cell(
            row=cell.row,
            column=index[cell.left],
            row_span=cell.rows,
            column_span=index[cell.right] - index[cell.left],
            text=cell.text,
            fragments=tuple(cell.fragments),
            indent=depth,
        )
        for cell, depth in zip(cells, depths, strict=True)
    ]
    made.sort(key=lambda cell: (cell.row, cell.column))
    return Continued(
        table=Table(cells=tuple(made), rows=height, columns=len(columns) - 1),
        doubtful=tuple((row, index[left]) for row, left in doubtful),
        numbers=tuple((row, index[left]) for row, left in numbers),
    )


def _label(cell: _Growing) -> Label | None:
    """The cell as a label that may be indented; numbers are none."""
    box = cell.fragments[0].place.box if cell.fragments else None
    if box is None or _NUMBER.match(cell.text):
        return None
    return Label((cell.left, cell.right), cell.box, box, cell.text)


def _aligned(columns: list[float], xs: Sequence[float]) -> list[float]:
    """For each ruling of a part the column edge that it is; new ones are added to ``columns``."""
    known = list(columns)
    taken: set[float] = set()
    found = []
    for x in xs:
        near = [edge for edge in known if edge not in taken and abs(edge - x) <= _COLUMN]
        edge = min(near, key=lambda edge: abs(edge - x)) if near else x
        if not near:
            columns.append(x)
        taken.add(edge)
        found.append(edge)
    # Rulings keep their order even where two of them lie closer than the tolerance.
    return found if found == sorted(found) else _added(columns, xs)


def _added(columns: list[float], xs: Sequence[float]) -> list[float]:
    columns += [x for x in xs if x not in columns]
    return list(xs)


def _growing(cell: CellPart, first: int, xs: Sequence[float]) -> _Growing:
    return _Growing(
        row=first + cell.row,
        rows=cell.row_span,
        left=xs[cell.column],
        right=xs[cell.column + cell.column_span],
        part=cell,
        box=cell.box,
        text=cell.text,
        fragments=list(cell.fragments),
    )


def _repeated_header(first: TablePart, part: TablePart) -> int:
    """How many rows at the top of a part print the top rows of the table again."""
    if first.xs and len(first.xs) != len(part.xs):
        return 0
    rows = 0
    limit = min(len(first.ys), len(part.ys)) - 1
    while rows < limit:
        own = [cell for cell in part.cells if cell.row == rows]
        if _row(part, rows) != _row(first, rows):
            break
        if not any(cell.text for cell in own) and not any(cell.row_span > 1 for cell in own):
            break
        rows += 1
    # A header ends where no cell of it reaches further down.
    while rows and any(cell.row < rows < cell.row + cell.row_span for cell in part.cells):
        rows -= 1
    return rows


def _shape(cell: CellPart) -> tuple[int, int, int, str]:
    return cell.column, cell.column_span, cell.row_span, fold_text(cell.text)


def _is_rest_of_row(pairs: Sequence[tuple[_Growing | None, _Growing]]) -> bool:
    """Whether a row is nothing but the rest of the one above the page end.

    Cells without text may reach further down, as those of a header beside a broken name do.
    """
    goes = empty = 0
    # Where one number of the row is cut for sure, another may be so behind its first decimal.
    cut = any(upper is not None and completes_number(upper.text, low.text) for upper, low in pairs)
    for upper, lower in pairs:
        if lower.rows != 1 and (lower.text or upper is None):
            return False
        if not lower.text:
            empty += upper is not None and bool(upper.text)
        elif upper is not None and (
            _text_goes_on(upper, lower)
            or _label_goes_on(upper, lower)
            or (upper.part.full and completes_number(upper.text, lower.text))
            or (cut and may_complete_number(upper.text, lower.text))
        ):
            goes += 1
        else:
            return False
    return goes > 0 and (empty > 0 or goes == len(pairs) > 1)


def _is_rest_of_cell(upper: _Growing, lower: _Growing) -> bool:
    """Whether a cell is the rest of a merged cell, or of a label printed downwards."""
    if not upper.text:
        return False
    if not lower.text:
        return upper.rows > 1 or lower.rows > 1
    return _label_goes_on(upper, lower) or _bracket_goes_on(upper, lower)


def _bracket_goes_on(upper: _Growing, lower: _Growing) -> bool:
    """Whether a bracket that a cell has opened above the page end is closed below it.

    项目资金（万 / 元）
    """
    above, below = fold_text(upper.text), fold_text(lower.text)
    opened = above.rfind("(") > above.rfind(")")
    closed = ")" in below.partition("(")[0]
    return opened and closed and _text_goes_on(upper, lower)


def _label_goes_on(upper: _Growing, lower: _Growing) -> bool:
    return (
        upper.part.downwards
        and lower.part.downwards
        and 0 < len(fold_text(lower.text)) <= _LABEL_REST
        and not _OWN_LABEL.match(fold_text(lower.text))
        and not _NUMBER.match(lower.text)
        and not _NUMBER.match(upper.text)
    )


def _text_goes_on(upper: _Growing, lower: _Growing) -> bool:
    """Whether the text of a cell breaks off at the page end and goes on below it."""
    return (
        upper.part.full
        and bool(upper.text)
        and upper.text[-1] not in _FINAL
        and not _NUMBER.match(upper.text)
        and not _NUMBER.match(lower.text)
        and read_mark(fold_text(lower.text[:12])) is None
    )


def _may_go_on(upper: _Growing, lower: _Growing) -> bool:
    """Whether a cut is possible but not sure: long text on both sides, no end before it."""
    return (
        bool(lower.text)
        and len(upper.text) > 2 * _LABEL_REST
        and "\n" not in upper.text[-1:]
        and len(upper.part.fragments) > 1
        and _text_goes_on(upper, lower)
    )
