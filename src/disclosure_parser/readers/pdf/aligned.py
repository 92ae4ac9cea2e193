"""Tables without vertical rulings: rows whose parts stand in columns.

Precision comes first: prose must never become a table. Columns are believed where several lines
have parts one below the other with white space between, and numbers stand in one of them; or
where horizontal rulings of one width enclose the lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from attrs import frozen

from disclosure_parser.document import Fragment, Place, fold_text
from disclosure_parser.readers.pdf.cells import CellPart, TablePart
from disclosure_parser.readers.pdf.joining import rounded
from disclosure_parser.readers.pdf.lines import Line, Segment
from disclosure_parser.readers.pdf.page import Box, Edge

_AMOUNT = re.compile(r"[-−+(]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?\)?\Z|[-—–]{1,2}\Z")
_SURE_AMOUNT = re.compile(r"[-−+(]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)%?\)?\Z")
# Rows and amounts from which lines are a table; share of amounts among a column's entries.
_LEAST_ROWS = 3
_LEAST_AMOUNTS = 3
_SHARE = 0.6
# Line pitches (in font sizes) up to which two lines are neighbours.
_NEAR = 3.0
# Characters of a label that may stand alone in a row.
_LONGEST_LABEL = 24
# Points by which rulings of one table may differ in reach.
_REACH = 6.0


def find_aligned(
    lines: Sequence[Line], rules: Sequence[Edge]
) -> tuple[list[TablePart], list[Line]]:
    """The tables among the lines outside all grids, and the lines that stay text."""
    tables: list[TablePart] = []
    rest: list[Line] = []
    ordered = sorted(lines, key=lambda line: line.baseline)
    position = 0
    while position < len(ordered):
        run = _run(ordered, position)
        table = _table(run, rules) if len(run) >= 2 else None
        if table is None:
            rest.append(ordered[position])
            position += 1
        else:
            tables.append(table.part)
            rest += run[: table.skipped]
            position += table.skipped + table.rows
    return tables, rest


def _run(lines: Sequence[Line], first: int) -> list[Line]:
    """Lines from one with several parts on, as long as they follow each other closely."""
    run: list[Line] = []
    for line in lines[first:]:
        if line.turn or (not run and len(line.segments) < 2):
            break
        if run:
            step = line.baseline - run[-1].baseline
            if step > _NEAR * line.size or (len(line.segments) < 2 and not _is_label(line)):
                break
        run.append(line)
    while run and len(run[-1].segments) < 2:
        run.pop()
    return run


def _is_label(line: Line) -> bool:
    """Whether a line of one part may be a row of which only the label is printed."""
    return len(line.text) <= _LONGEST_LABEL and line.text[-1] not in "。；;，,、"


@frozen(kw_only=True)
class _Found:
    """A table, the lines of the run above it that are none of it, and its lines."""

    part: TablePart
    skipped: int
    rows: int


def _table(run: Sequence[Line], rules: Sequence[Edge]) -> _Found | None:
    """The table that a run of lines with several parts is, captions above it left out."""
    first = 0
    while first < len(run) and _is_caption(run[first]):
        first += 1
    lines = run[first:]
    core = [line for line in lines if _amounts(line) > 0]
    if len(core) < 2:
        return None
    columns = _columns(core)
    if len(columns) < 2:
        return None
    ruled = _ruled(lines, rules)
    if not ruled and not _numeric(core, columns):
        return None
    rows = [_entries(line, columns) for line in lines]
    if any(row is None for row in rows):
        return None
    return _Found(
        part=_part(lines, [row for row in rows if row is not None], columns),
        skipped=first,
        rows=len(lines),
    )


def _is_caption(line: Line) -> bool:
    """Whether a line of several parts says what a table is about (``单位：万元``)."""
    return any(colon in line.text for colon in "：:") and _amounts(line) == 0


def _texts(line: Line) -> list[str]:
    return [fold_text(line.text[part.start : part.end]) for part in line.segments]


def _amounts(line: Line) -> int:
    return sum(_AMOUNT.match(text) is not None for text in _texts(line))


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The stretches of x that some part of a line covers, with white space between them."""
    parts = sorted((part.x0, part.x1) for line in lines for part in line.segments)
    columns: list[tuple[float, float]] = []
    gap = min(line.size for line in lines)
    for x0, x1 in parts:
        if columns and x0 < columns[-1][1] + gap / 2:
            columns[-1] = columns[-1][0], max(columns[-1][1], x1)
        else:
            columns.append((x0, x1))
    return columns


def _numeric(core: Sequence[Line], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether amounts stand one below the other in some column."""
    if len(core) < _LEAST_ROWS:
        return False
    sure = 0
    aligned = False
    for x0, x1 in columns:
        texts = [
            fold_text(line.text[part.start : part.end])
            for line in core
            for part in line.segments
            if part.x0 < x1 and part.x1 > x0
        ]
        amounts = sum(_AMOUNT.match(text) is not None for text in texts)
        sure += sum(_SURE_AMOUNT.match(text) is not None for text in texts)
        if len(texts) >= _LEAST_ROWS and amounts >= _SHARE * len(texts):
            aligned = True
    return aligned and sure >= _LEAST_AMOUNTS


def _ruled(lines: Sequence[Line], rules: Sequence[Edge]) -> bool:
    """Whether rulings of one width stand above and below some lines."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    top, bottom = lines[0].box[1], lines[-1].box[3]
    size = lines[0].size
    wide = [rule for rule in rules if rule.start <= left + _REACH and rule.end >= right - _REACH]
    above = any(top - 2 * size <= rule.at <= top + size / 2 for rule in wide)
    below = any(bottom - size / 2 <= rule.at <= bottom + 2 * size for rule in wide)
    return above and below


def _entries(
    line: Line, columns: Sequence[tuple[float, float]]
) -> list[tuple[Segment, int, int]] | None:
    """The parts of a line with the first and the last column each covers; ``None`` if two parts
    fall into one column."""
    found: list[tuple[Segment, int, int]] = []
    taken = -1
    for part in line.segments:
        over = [index for index, (x0, x1) in enumerate(columns) if part.x0 < x1 and part.x1 > x0]
        if not over:
            middle = (part.x0 + part.x1) / 2
            over = [
                min(
                    range(len(columns)),
                    key=lambda index: abs(sum(columns[index]) / 2 - middle),
                )
            ]
        if over[0] <= taken:
            return None
        taken = over[-1]
        found.append((part, over[0], over[-1]))
    return found


def _part(
    lines: Sequence[Line],
    rows: Sequence[list[tuple[Segment, int, int]]],
    columns: Sequence[tuple[float, float]],
) -> TablePart:
    xs = [columns[0][0] - 2.0]
    xs += [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]
    xs.append(columns[-1][1] + 2.0)
    ys = [lines[0].box[1]]
    ys += [(before.box[3] + after.box[1]) / 2 for before, after in pairwise(lines)]
    ys.append(lines[-1].box[3])
    cells: list[CellPart] = []
    for row, (line, parts) in enumerate(zip(lines, rows, strict=True)):
        covered: set[int] = set()
        for part, first, last in parts:
            covered |= set(range(first, last + 1))
            cells.append(_cell(line, part, row, first, last, (xs, ys)))
        cells += [
            CellPart(
                row=row,
                column=column,
                row_span=1,
                column_span=1,
                box=(xs[column], ys[row], xs[column + 1], ys[row + 1]),
                text="",
                fragments=(),
            )
            for column in range(len(columns))
            if column not in covered
        ]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return TablePart(page=lines[0].page, xs=tuple(xs), ys=tuple(ys), cells=tuple(cells))


def _cell(
    line: Line,
    part: Segment,
    row: int,
    first: int,
    last: int,
    edges: tuple[list[float], list[float]],
) -> CellPart:
    xs, ys = edges
    text = line.text[part.start : part.end]
    box: Box = (part.x0, line.box[1], part.x1, line.box[3])
    place = Place(page=line.page, box=rounded(box))
    return CellPart(
        row=row,
        column=first,
        row_span=1,
        column_span=last - first + 1,
        box=(xs[first], ys[row], xs[last + 1], ys[row + 1]),
        text=text,
        fragments=(Fragment(start=0, end=len(text), place=place),),
    )
