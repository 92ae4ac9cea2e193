"""Tables without vertical rulings: rows whose parts stand in columns.

Precision comes first: prose must never become a table. Columns are believed where several lines
have parts one below the other with white space between, and numbers stand in one of them; or
where horizontal rulings of one width enclose the lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from attrs import frozen

from disclosure_parser.readers.pdf.building import Builder
from disclosure_parser.readers.pdf.cells import TablePart
from disclosure_parser.readers.pdf.grid import joined
from disclosure_parser.readers.pdf.headers import Header, read_header
from disclosure_parser.readers.pdf.lines import COLUMN_SPACE, TABLE_TITLE, Line, Row
from disclosure_parser.readers.pdf.page import Edge, Page
from disclosure_parser.readers.pdf.pieces import (
    Piece,
    Printed,
    Reach,
    columns_of,
    meet,
    over,
    printed,
)

#: What stands between the figures of a sum that is printed out.
_SIGNS = {"=", "+", "×", "÷"}
#: A figure with its unit, which no header holds.
_FIGURE = re.compile(r"\d\s*(?:[万亿]?元|%|％)")
# Rows and amounts from which lines are a table; share of amounts among a column's entries.
_LEAST_ROWS = 3
_LEAST_AMOUNTS = 3
_SHARE = 0.6
# Columns from which one row of figures below as many headers is a table.
_LEAST_COLUMNS = 4
# Share of the lines with figures that may hold a sentence (remarks).
_SENTENCES = 0.2
# Line pitches (in font sizes) up to which two lines are neighbours; rows of figures, and lines
# between two rulings, may stand farther apart.
_NEAR = 3.0
_FAR = 6.0
# Points by which the labels of a lane may begin apart.
_ALIGNED = 2.0
# How uneven, in shares of its height, three lines of a header may stand.
_UNEVEN = 0.15
# The height of a ruled row, in font sizes.
_BAND = 5.0
# Characters of a label that may stand alone in a row.
_LONGEST_LABEL = 40
# Points by which rulings of one table may differ in reach.
_REACH = 6.0
# Share of the pitch of rows within which a line without figures belongs to a row.
_WITHIN = 0.75


def find_aligned(
    lines: Sequence[Line], rows: Sequence[Row], page: Page
) -> tuple[list[TablePart], list[Line]]:
    """The tables among the lines outside all grids, and the lines that stay text."""
    tables: list[TablePart] = []
    rest: list[Line] = []
    order = sorted(range(len(lines)), key=lambda index: lines[index].baseline)
    finder = _Finder([(lines[index], rows[index]) for index in order], page)
    position = 0
    while position < len(order):
        found = finder.table(position)
        if found is None:
            rest.append(lines[order[position]])
            position += 1
        else:
            tables.append(found.part)
            rest += [lines[order[position + index]] for index in range(found.skipped)]
            position += found.skipped + found.rows
    return tables, rest


@frozen(kw_only=True)
class _Found:
    """A table, how many lines of the run above it are none of it, and how many are."""

    part: TablePart
    skipped: int
    rows: int


class _Finder:
    def __init__(self, lines: Sequence[tuple[Line, Row]], page: Page) -> None:
        self._lines = lines
        self._page = page
        self._rules = joined(page.horizontal)
        self._printed: dict[int, Printed] = {}

    def _line(self, index: int) -> Printed:
        if index not in self._printed:
            self._printed[index] = printed(*self._lines[index])
        return self._printed[index]

    def table(self, first: int) -> _Found | None:
        """The table that begins at a line, or below captions that do."""
        if len(self._lines[first][0].segments) < 2 and not self._is_group(first):
            return None
        run = self._run(first)
        skipped = 0
        while skipped < len(run) and _is_caption(run[skipped]):
            skipped += 1
        run = run[skipped:]
        core = [line for line in run if line.is_core]
        if not core or len(run) < 2 or _is_prose(core):
            return None
        start = next(index for index, line in enumerate(run) if line.is_core)
        rows = [line for line in core if not line.is_numbering] or core
        columns = columns_of([line.pieces for line in rows])
        if len(columns) < 2:
            return None
        wide = _wide(run, self._rules)
        below = [rule for rule in wide if rule.at <= run[start].line.baseline]
        while start and below and below[0].at > run[0].line.baseline:
            # What stands above the first ruling is no header.
            run, start, skipped = run[1:], start - 1, skipped + 1
        first += skipped
        above = [printed(*self._lines[first + n], header=columns) for n in range(start)]
        header = read_header(above, columns, self._rules, figures=_figures(core, columns))
        if not (
            _numeric(core, columns)
            or (_encloses(run, wide) and (len(core) > 1 or start > 0))
            or _is_row_below(core, header)
        ):
            return None
        body = rows_of_lines(run[start:], wide)
        part = Builder(header, above, body, self._page).part()
        return _Found(part=part, skipped=skipped, rows=len(run)) if part is not None else None

    def _is_group(self, first: int) -> bool:
        """Whether a line of one part is the header of a group, alone at the top of a table.

        The headers beside it stand half way down to those below it, or a ruling as wide as they
        are stands above it and none below.
        """
        # Most lines are prose: they need not be taken apart.
        if first + 2 >= len(self._lines) or len(self._lines[first + 1][0].segments) < 2:
            return False
        one, beside, below = (self._line(first + n) for n in range(3))
        top, middle, low = (p.line.baseline for p in (one, beside, below))
        size = one.line.size
        if len(one.pieces) != 1 or len(beside.pieces) < 2 or one.amounts or beside.amounts:
            return False
        if not 0 < middle - top < 2 * size or _is_caption(beside) or ":" in one.pieces[0].text:
            return False
        sides = [piece.middle - one.pieces[0].middle for piece in below.pieces]
        children = [p for p in below.pieces if not any(meet(p, other) for other in beside.pieces)]
        if len(children) > 1 and min(sides) < 0 < max(sides) and not below.amounts:
            return abs((low - middle) - (middle - top)) < _UNEVEN * (low - top)
        wide = _wide([beside], self._rules)
        between = any(top < rule.at < middle for rule in wide)
        return not between and any(0 < top - rule.at < 2.5 * size for rule in wide)

    def _run(self, first: int) -> list[Printed]:
        """Lines from one with several parts on, as long as they follow each other closely."""
        run: list[Printed] = []
        steps: list[float] = []
        for index in range(first, len(self._lines)):
            line = self._lines[index][0]
            if line.turn:
                break
            one = self._line(index)
            if run:
                step = line.baseline - run[-1].line.baseline
                if step > self._reach(run[-1], one, steps, any(o.is_core for o in run)):
                    break
                if _is_sentence(one) or (len(one.pieces) < 2 and not _is_label(line)):
                    break
                ends = _is_caption(one) or TABLE_TITLE.search(line.text) is not None
                if ends and any(other.is_core for other in run):
                    break  # of the next table
                steps.append(step)
            run.append(one)
        pitch = _pitch(run)
        while len(run) > 1 and not run[-1].is_core and not _is_row(run):
            if run[-1].line.baseline - run[-2].line.baseline < _WITHIN * pitch:
                break  # the rest of a label
            if self._is_last(run):
                break
            run.pop()
        return run

    def _is_last(self, run: Sequence[Printed]) -> bool:
        """Whether the last line is a row that prints a label alone: it stands in a later lane, or
        a ruling as wide as the rows closes it."""
        line = run[-1].line
        lanes = {round(p.x0) for one in run if one.is_core for p in one.pieces[1:]}
        if any(abs(line.x0 - lane) < _ALIGNED for lane in lanes):
            return True
        wide = _wide(run, self._rules)
        above = run[-2].line.baseline
        if any(above < rule.at < line.baseline for rule in wide) and not _mostly(_ruled(run, wide)):
            return False  # a heading below the last ruling of a table
        return any(0 < rule.at - line.baseline < 2 * line.size for rule in wide)

    def _reach(
        self, before: Printed, after: Printed, steps: Sequence[float], in_rows: bool
    ) -> float:
        """How far below a line the next one of a table may stand."""
        size = after.line.size
        between = [
            rule.at
            for rule in self._rules
            if before.line.baseline < rule.at < after.line.baseline
            and rule.end - rule.start > _SHARE * (before.line.x1 - before.line.x0)
        ]
        stops = [before.line.baseline, *sorted(between), after.line.baseline]
        if between and max(b - a for a, b in pairwise(stops)) < _BAND * size:
            return float("inf")  # rows in which nothing is printed
        rows = before.amounts > 0 and after.amounts > 0
        # The lines of a header have parts, and so has the first row below it.
        rows = rows or (not in_rows and max(len(before.pieces), len(after.pieces)) > 1)
        usual = median(steps) * 1.2 if len(steps) > 1 else 0.0
        return max(_NEAR * size, _FAR * size if rows else 0.0, min(usual, _FAR * size))


def _pitch(lines: Sequence[Printed]) -> float:
    """The least step between two rows with figures."""
    core = [line.line.baseline for line in lines if line.is_core]
    return min((b - a for a, b in pairwise(core)), default=0.0)


def _is_row(run: Sequence[Printed]) -> bool:
    """Whether the last line is a row that prints no figure: it has parts like those above."""
    return len(run[-1].pieces) > 1 and any(line.is_core for line in run)


def _is_label(line: Line) -> bool:
    """Whether a line of one part may be a row of which only the label is printed."""
    return len(line.text) <= _LONGEST_LABEL and line.text[-1] not in "。；;，,、"


def _is_sentence(line: Printed) -> bool:
    """Whether the parts of a line are words and figures of a sentence, with no wide gap."""
    if len(line.pieces) < 2 or not any(mark in line.line.text for mark in "，。；=＝"):
        return False
    return all(
        after.x0 - before.x1 < COLUMN_SPACE * line.line.size
        for before, after in pairwise(line.pieces)
    )


def _is_caption(line: Printed) -> bool:
    """Whether a line of several parts says what a table is about (``单位：万元``)."""
    said = any(":" in piece.text and not piece.text.startswith("其中") for piece in line.pieces)
    return said and not line.amounts


def _is_prose(core: Sequence[Printed]) -> bool:
    """Whether the lines are sentences or sums: figures stand among their words as well."""
    sentences = sum(
        any(mark in line.line.text for mark in "，。；")
        or sum(piece.text in _SIGNS for piece in line.pieces) > 1
        for line in core
    )
    return sentences > _SENTENCES * len(core)


def _numeric(core: Sequence[Printed], columns: Sequence[Reach]) -> bool:
    """Whether amounts stand one below the other in some column."""
    if len(core) < _LEAST_ROWS:
        return False
    entries: dict[int, list[Piece]] = {}
    for line in core:
        for piece in line.pieces:
            for column in over(piece, columns):
                entries.setdefault(column, []).append(piece)
    aligned = any(
        len(own) >= _LEAST_ROWS and sum(p.is_amount for p in own) >= _SHARE * len(own)
        for own in entries.values()
    )
    return aligned and sum(p.is_sure for own in entries.values() for p in own) >= _LEAST_AMOUNTS


def _figures(core: Sequence[Printed], columns: Sequence[Reach]) -> list[Reach]:
    """The columns in which figures stand, and nothing else."""
    held: dict[int, list[bool]] = {}
    for line in core:
        for piece in line.pieces:
            where = over(piece, columns)
            if len(where) == 1:
                held.setdefault(where[0], []).append(piece.is_amount)
    return [columns[column] for column, amounts in held.items() if all(amounts)]


def _wide(run: Sequence[Printed], rules: Sequence[Edge]) -> list[Edge]:
    """The rulings as wide as the lines, from top to bottom."""
    left, right = min(one.line.x0 for one in run), max(one.line.x1 for one in run)
    return sorted(r for r in rules if r.start <= left + _REACH and r.end >= right - _REACH)


def _encloses(run: Sequence[Printed], wide: Sequence[Edge]) -> bool:
    """Whether rulings of one width stand above and below the lines."""
    top, bottom, size = run[0].line.box[1], run[-1].line.box[3], run[0].line.size
    above = any(top - 2 * size <= rule.at <= top + size / 2 for rule in wide)
    return above and any(bottom - size / 2 <= rule.at <= bottom + 2 * size for rule in wide)


def _is_row_below(core: Sequence[Printed], header: Header) -> bool:
    """Whether few rows of figures stand below headers of all their columns."""
    own = {heading.first for heading in header.headings if heading.first == heading.last}
    amounts = [line.amounts for line in core]
    if min(amounts) >= _LEAST_COLUMNS and len(own) >= max(amounts):
        return True
    if any(_FIGURE.search("".join(c.text for c in h.chars)) for h in header.headings):
        return False
    sure = sum(piece.is_sure for line in core for piece in line.pieces)
    least = _LEAST_COLUMNS if len(core) == 1 else _LEAST_COLUMNS - 1
    return len(own) == len(header.columns) >= least and sure > 1


def rows_of_lines(lines: Sequence[Printed], wide: Sequence[Edge]) -> list[list[Printed]]:
    """The lines of each row: what stands between two rulings where rulings part the rows, else a
    line with figures and what of a broken label stands near to it."""
    if not lines:
        return []
    rows: list[list[Printed]] = [[lines[0]]]
    ruled = _ruled(lines, wide)
    if _mostly(ruled):
        for line, parted in zip(lines[1:], ruled, strict=True):
            if parted or (line.is_core and any(one.is_core for one in rows[-1])):
                rows.append([line])
            else:
                rows[-1].append(line)
        return rows
    own = _nearest_rows(lines)
    for index in range(1, len(lines)):
        if own[index] == own[index - 1]:
            rows[-1].append(lines[index])
        else:
            rows.append([lines[index]])
    return rows


def _ruled(lines: Sequence[Printed], wide: Sequence[Edge]) -> list[bool]:
    """For each line but the first, whether a ruling stands between it and the line above."""
    heights = [line.line.baseline for line in lines]
    return [any(a < rule.at < b for rule in wide) for a, b in pairwise(heights)]


def _mostly(ruled: Sequence[bool]) -> bool:
    """Whether rulings part the rows."""
    return len(ruled) > 1 and sum(ruled) * 2 > len(ruled)


def _nearest_rows(lines: Sequence[Printed]) -> list[int]:
    """For each line the index of the line with figures that it belongs to, or its own."""
    core = [index for index, line in enumerate(lines) if line.is_core]
    near = _WITHIN * _pitch(lines)
    found = []
    for index, line in enumerate(lines):
        best = min(
            core,
            key=lambda other: abs(lines[other].line.baseline - line.line.baseline),
            default=index,
        )
        away = abs(lines[best].line.baseline - line.line.baseline)
        found.append(best if away < near else index)
    return found
