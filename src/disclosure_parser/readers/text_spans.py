"""Spans of merged cells 合并单元格 that a text form has lost, told by structure.

Nothing here knows a word of any report. What is used: how many cells a row has, which of them are
blank, and whether a cell holds a figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from attrs import field, mutable

_VALUE = re.compile(r"\s*[<>≤≥＜＞=＝+\-−－—–(（]*\s*\d[\d.,，．％%\s)）]*\s*|\s*[-—–－]+\s*")
_AMOUNT = re.compile(r"\d[.,，．]\d|\d{8}")
#: Rows that are looked at to tell labels from figures.
_SAMPLE = 200
_YEAR = re.compile(r"\s*(?:19|20)\d\d\s*")


@mutable
class Slot:
    """A cell of a row on its way to the grid: column, spans, or part of another cell's span."""

    text: str
    column: int = 0
    width: int = 1
    height: int = 1
    covered: bool = False

    @property
    def value(self) -> bool:
        """Whether it holds a figure or a dash, which no header does (a year is none)."""
        return _VALUE.fullmatch(self.text) is not None and not _YEAR.fullmatch(self.text)

    @property
    def blank(self) -> bool:
        """Whether nothing is printed in it."""
        return not self.text or self.text.isspace()


Row = list[Slot]


@mutable
class Aligned:
    """The rows of a table on the grid; ``unsure`` are the rows whose columns cannot be told."""

    rows: list[Row]
    columns: int
    inferred: bool = False
    unsure: list[int] = field(factory=list)


def align_printed(texts: Sequence[Sequence[str]]) -> Aligned:
    """Rows of printed cells: a cell that spans columns is one cell, the positions it covers in
    further rows are blank cells of its width (forms *a* and *b*)."""
    rows = [[Slot(text) for text in row] for row in texts]
    columns = max(map(len, rows))
    aligned = Aligned(rows=rows, columns=columns)
    for row in rows:
        _place(row)
    settled = [len(row) == columns for row in rows]
    full = _usual_width(rows)
    stacked = False
    first_value = next((i for i, row in enumerate(rows) if any(s.value for s in row)), len(rows))
    for index in range(len(rows) - 2, -1, -1):
        # From below, so that the widths of the lower level are known.
        if settled[index]:
            continue
        if (settled[index + 1] and _stack(rows, index, columns)) or _share_out(
            rows, index, columns, above_header=index < first_value
        ):
            settled[index] = stacked = aligned.inferred = True
    _chain_heights(rows)
    body = _body(rows, 0, columns)
    for index, row in enumerate(rows):
        if settled[index] or not row:
            continue
        if len(row) == 1 or _last_spans(rows, index, settled):
            row[-1].width = columns - row[-1].column
            aligned.inferred = True
        elif _first_spans(row, body, columns):
            row[0].width = columns - len(row) + 1
            for column, slot in enumerate(row[1:], start=row[0].width):
                slot.column = column
            aligned.inferred = True
        elif len(row) != full:
            aligned.unsure.append(index)
    if not stacked:
        _cover(aligned, captions=False)
    return aligned


def align_grid(texts: Sequence[Sequence[str]]) -> Aligned:
    """Rows of grid positions: what a span covers is blank (form *c*)."""
    rows = [[Slot(text) for text in row] for row in texts]
    for row in rows:
        _place(row)
    aligned = Aligned(rows=rows, columns=max(map(len, rows)))
    _cover(aligned, captions=True)
    return aligned


def _place(row: Row) -> None:
    for column, slot in enumerate(row):
        slot.column = column


def _usual_width(rows: Sequence[Row]) -> int:
    """The width that most rows have, where a wider row is the odd one."""
    counts: dict[int, int] = {}
    for row in rows:
        counts[len(row)] = counts.get(len(row), 0) + 1
    width, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    return width if count > 2 and 2 * count > len(rows) else max(counts)


def _stack(rows: list[Row], index: int, columns: int) -> bool:
    """Lay a row over the row below it, if that is its further header level in only one way.

    Below a cell stands either one blank cell (it goes on downwards) or a run of filled cells (it
    spans them).
    """
    upper, lower = rows[index], rows[index + 1]
    if len(upper) >= len(lower) or len(upper) < 2 or any(s.value for s in (*upper, *lower)):
        return False
    groups = _groups(upper, lower)
    if groups is None:
        return False
    for slot, group in zip(upper, groups, strict=True):
        slot.column = group[0].column
        slot.width = sum(below.width for below in group)
        if group[0].blank:
            group[0].covered = True
    return upper[-1].column + upper[-1].width == columns


def _groups(upper: Row, lower: Row) -> list[Row] | None:
    """The cells below each cell of ``upper``; ``None`` if that is not clear."""
    runs: list[Row] = []
    for slot in lower:
        if slot.blank or not runs or runs[-1][0].blank:
            runs.append([slot])
        else:
            runs[-1].append(slot)
    filled = [run for run in runs if not run[0].blank]
    if not any(len(run) > 1 for run in filled):
        return None
    spare = len(upper) - len(runs)
    if spare:
        # Neighbours that both span: only a repeated sequence of names tells where one ends.
        wide = [run for run in filled if len(run) > 1]
        parts = _parts(wide[0], spare + 1) if spare > 0 and len(wide) == 1 else None
        if parts is None:
            return None
        at = runs.index(wide[0])
        runs[at : at + 1] = parts
    elif len(runs) == len(filled) and len(filled) < 2:
        return None
    for slot, run in zip(upper, runs, strict=True):
        if slot.blank and not run[0].blank:
            return None
    return runs


def _parts(run: Row, times: int) -> list[Row] | None:
    """A run of names parted where its first name comes again, or behind each last name."""
    texts = [slot.text for slot in run]
    starts = [i for i, text in enumerate(texts) if text == texts[0]]
    if len(starts) != times:
        starts = [0, *(i + 1 for i, text in enumerate(texts[:-1]) if text == texts[-1])]
    if len(starts) != times:
        return None
    ends = [*starts[1:], len(run)]
    parts = [run[start:end] for start, end in zip(starts, ends, strict=True)]
    return parts if all(len(part) > 1 for part in parts) else None


def _share_out(rows: Sequence[Row], index: int, columns: int, *, above_header: bool) -> bool:
    """Lay two header cells over the labels and over the figures of the rows below."""
    row = rows[index]
    if len(row) != 2 or any(slot.blank or slot.value or _is_key(slot) for slot in row):
        return False
    following = rows[index + 1]
    if any(slot.value for slot in following) and not above_header:
        # Further down only a header that is printed again.
        return False
    body = _body(rows, index + 1, columns)
    split = next((c for c in range(columns - 1, -1, -1) if _has_words(body, c)), -1) + 1
    # An amount among the labels: two lanes side by side.
    if not 0 < split < columns or any(
        _AMOUNT.search(below[column].text) for below in body for column in range(split)
    ):
        return False
    if len(following) > 2 and all(slot.column != split for slot in following):
        return False
    row[0].width = row[1].column = split
    row[1].width = columns - split
    return True


def _body(rows: Sequence[Row], start: int, columns: int) -> list[Row]:
    """Rows of the full width that hold a figure."""
    full = (row for row in rows[start:] if len(row) == columns)
    return [row for row in islice(full, _SAMPLE) if any(slot.value for slot in row)]


def _has_words(body: Sequence[Row], column: int) -> bool:
    return any(not row[column].blank and not row[column].value for row in body)


def _is_key(slot: Slot) -> bool:
    """Whether a cell is a caption: a key with its value (编制部门：…)."""
    return ":" in slot.text or "：" in slot.text


def _first_spans(row: Row, body: Sequence[Row], columns: int) -> bool:
    """Whether a short row is a label and its figures (合计): the label takes the columns that
    hold no figures of the other rows."""
    figures = row[1:]
    if row[0].blank or row[0].value or not all(slot.blank or slot.value for slot in figures):
        return False
    first = columns - len(figures)
    return (
        any(slot.value for slot in figures)
        and bool(body)
        and _has_words(body, first - 1)
        and not any(_has_words(body, column) for column in range(first, columns))
    )


def _chain_heights(rows: list[Row]) -> None:
    """Give the cells above covered ones the rows they span."""
    open_slots: dict[int, Slot] = {}
    for row in rows:
        following: dict[int, Slot] = {}
        for slot in row:
            holder = open_slots.get(slot.column) if slot.covered else slot
            if holder is None:
                slot.covered = False
                holder = slot
            elif slot.covered:
                holder.height += 1
            following[slot.column] = holder
        open_slots = following


def _last_spans(rows: Sequence[Row], index: int, settled: Sequence[bool]) -> bool:
    """Whether a short row is labels with a text that takes the rest of its width.

    So are the rows above the header (captions, goals); further down two cells, the second of
    which is no figure.
    """
    row = rows[index]
    if row[-1].blank or any(slot.value for slot in row):
        return False
    above_header = not any(settled[:index])
    if len(row) == 2:
        # Above a header without captions the two may share out its columns.
        return not above_header or _is_key(row[0]) or _is_key(row[1]) or _in_form(rows, index)
    return above_header and len(row) < max(map(len, rows)) / 2


def _in_form(rows: Sequence[Row], index: int) -> bool:
    """Whether the row below is no header either: a row of the same or a smaller width."""
    return index + 1 < len(rows) and len(rows[index + 1]) <= len(rows[index])


#: More levels than any header has.
_LEVELS = 6


@mutable
class _Group:
    """A header cell over the columns ``start`` to ``end``, from row ``first`` to row ``last``."""

    first: int
    last: int
    start: int
    end: int


def _cover(aligned: Aligned, *, captions: bool) -> None:
    """Find the spans of a header that prints blank cells at the positions it covers.

    A further level stands only under cells that have blank positions to their right. ``captions``
    says that what stands above the header has such positions too.
    """
    rows, columns = aligned.rows, aligned.columns
    top = 0
    while top < len(rows) and (len(rows[top]) != columns or _is_caption(rows[top])):
        top += 1
    if top + 1 >= len(rows) or rows[top][0].blank or any(slot.value for slot in rows[top]):
        return
    lowest = _split(rows[top], top, 0, columns)
    groups = list(lowest)
    bottom = top + 1
    while bottom < min(len(rows), top + _LEVELS):
        further = _level(rows[bottom], bottom, lowest)
        if further is None:
            break
        groups.extend(group for group in further if group.first == bottom)
        lowest = further
        bottom += 1
    if bottom - top < 2:
        return
    for group in groups:
        _merge(rows, group)
    if captions:
        for index in range(top):
            if rows[index] and not rows[index][0].blank:
                for group in _split(rows[index], index, 0, columns):
                    _merge(rows, group)
    aligned.inferred = True


def _is_caption(row: Row) -> bool:
    """Whether a row is a title or keys with their values (编制部门：…), which head no column."""
    filled = [slot for slot in row if not slot.blank]
    return len(filled) < 2 or any(_is_key(slot) for slot in filled)


def _split(row: Row, index: int, start: int, end: int) -> list[_Group]:
    """The filled cells of a row between two columns, each with the blank ones to its right."""
    columns = [slot.column for slot in row[start:end] if not slot.blank]
    ends = [*columns[1:], end]
    return [_Group(index, index, *span) for span in zip(columns, ends, strict=False)]


def _level(row: Row, index: int, above: list[_Group]) -> list[_Group] | None:
    """The lowest header cells after a further level; ``None`` if the row is none."""
    if all(slot.blank for slot in row) or any(slot.value for slot in row):
        return None
    lowest: list[_Group] = []
    for group in above:
        children = _split(row, index, group.start, min(group.end, len(row)))
        if not children:
            lowest.append(group)
        elif group.end - group.start == 1 or children[0].start != group.start:
            return None
        else:
            children[-1].end = group.end
            lowest.extend(children)
    if all(child.first != index for child in lowest):
        return None
    for group in lowest:
        group.last = index
    return lowest


def _merge(rows: list[Row], group: _Group) -> None:
    slot = rows[group.first][group.start]
    slot.width = group.end - group.start
    slot.height = group.last - group.first + 1
    for row in rows[group.first : group.last + 1]:
        for other in row[group.start : group.end]:
            other.covered = other is not slot
