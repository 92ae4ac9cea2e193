"""Printed lines from characters: clustered by baseline, put in order by x.

Glyph boxes are no guide to lines: digits, quotation marks and Chinese characters of one line
come from fonts with different boxes. Their origins stand on one baseline, give or take a few
points.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter
from statistics import median_low
from string import ascii_letters, digits
from typing import NamedTuple

from attrs import frozen

from disclosure_parser.readers.pdf.page import SKEWED, Box, Char, Page, unturn

# In shares of the font size. Baselines nearer than the first are one line; up to the second
# they are one line if the characters of one fit into the gaps of the other.
_SAME_BASELINE = 0.12
_OFFSET_BASELINE = 0.5
# Gaps from which a space is read between Latin letters or digits, and where Chinese characters
# are concerned (justified text is spread by less), and from which text stands in columns.
_LATIN_SPACE = 0.2
_WIDE_SPACE = 0.5
COLUMN_SPACE = 2.0
# A visible gap below this between two digits or letters is none, whatever the file says.
_NO_SPACE = 0.08

_LATIN = frozenset(ascii_letters + digits + ".,:%/()+-")
_CLOSING = "，。、；：？！）】》〉」』”’％…,.;:?!)]}%"
_OPENING = "（【《〈「『“‘([{"
#: How the title of a table ends.
TABLE_TITLE = re.compile(r"[^\d\s]表(?:[（(][^（()）]*[）)])?\Z")
_WORD = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,%\-/]*")


@frozen(kw_only=True)
class Segment:
    """A part of a line between gaps as wide as columns have: offsets in the text, reach in x."""

    start: int
    end: int
    x0: float
    x1: float


@frozen(kw_only=True)
class Line:
    """A printed line.

    ``box`` is where it stands on the page; ``x0``, ``x1``, ``baseline`` and ``size`` (points)
    are measured in the direction of reading. ``head`` is the width of what stands first and no
    line end may split (a character with its punctuation, a word, a number).
    """

    page: int
    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    box: Box
    head: float
    segments: tuple[Segment, ...]
    bold: bool
    turn: int = 0


class Row(NamedTuple):
    """The printed characters of a line from left to right, and the white space before each."""

    chars: list[Char]
    spaces: list[str]
    turn: int
    #: Whether some gap is as wide as columns have.
    gaps: bool

    @property
    def text(self) -> str:
        """The text of the line."""
        if not any(self.spaces):
            return "".join([char[0] for char in self.chars])
        return "".join(
            [space + char[0] for space, char in zip(self.spaces, self.chars, strict=True)]
        )


# The fields of :class:`Char`, asked for whole lines at once: a loop costs several times as much.
_by_x, _right_of, _by_baseline, _size_of = map(itemgetter, (1, 2, 3, 4))
_turn_of, _bold_of = itemgetter(6), itemgetter(7)


def lines_of(chars: Iterable[Char], page: Page) -> list[Line]:
    """The lines of some characters of a page: upright ones from top to bottom, turned ones,
    and last all skewed text as one line in the order of the file."""
    return [line_of(row, page) for row in rows_of(chars)]


def rows_of(chars: Iterable[Char]) -> list[Row]:
    """As :func:`lines_of`, but not measured yet."""
    chars = list(chars)
    turns: dict[int, list[Char]] = {}
    if not any(map(_turn_of, chars)):
        if chars:
            turns[0] = chars
    else:
        for char in chars:
            turns.setdefault(char[6], []).append(char)
    rows: list[Row] = []
    skewed = [char for char in turns.pop(SKEWED, ()) if not char.text.isspace()]
    for turn in sorted(turns):
        for cluster in _clusters(turns[turn]):
            row = _in_order(cluster, turn)
            if row.chars:
                rows.append(row)
    if skewed:
        rows.append(Row(skewed, [""] * len(skewed), SKEWED, False))
    return rows


def _clusters(chars: list[Char]) -> list[list[Char]]:
    """Characters of one turn by line, from top to bottom."""
    chars.sort(key=_by_baseline)
    if chars[-1].baseline - chars[0].baseline <= _SAME_BASELINE * chars[0].size:
        return [chars]
    clusters: list[list[Char]] = []
    last = -1e9
    for char in chars:
        baseline = char[3]
        if baseline - last <= _SAME_BASELINE * char[4]:
            clusters[-1].append(char)
        else:
            clusters.append([char])
        last = baseline
    merged: list[list[Char]] = []
    for cluster in clusters:
        if merged and _offset_fits(merged[-1], cluster):
            merged[-1].extend(cluster)
        else:
            merged.append(cluster)
    return merged


def _offset_fits(upper: list[Char], lower: list[Char]) -> bool:
    """Whether two clusters are one line set off the baseline in part: marks, digits, powers."""
    size = max(max(char.size for char in upper), max(char.size for char in lower))
    if lower[0].baseline - upper[-1].baseline > _OFFSET_BASELINE * size:
        return False
    if _main_baseline(lower) - _main_baseline(upper) > _OFFSET_BASELINE * size:
        return False
    few, many = sorted(
        ([char for char in side if not char.text.isspace()] for side in (upper, lower)), key=len
    )
    return not any(other.x0 < (char.x0 + char.x1) / 2 < other.x1 for char in few for other in many)


def _main_baseline(chars: Sequence[Char]) -> float:
    if len(set(map(_by_baseline, chars))) == 1:
        return chars[0].baseline
    return Counter(char.baseline for char in chars).most_common(1)[0][0]


def _in_order(cluster: list[Char], turn: int) -> Row:
    """The printed characters of a line in order; what is printed twice for boldness stays once."""
    cluster.sort(key=_by_x)
    printed: list[Char] = []
    spaces: list[str] = []
    blank = ""
    gaps = False
    last: Char | None = None
    for char in cluster:
        text = char[0]
        if text.isspace():
            blank += text
            continue
        if last is None:
            space = ""
        else:
            size = char[4] if char[4] > last[4] else last[4]
            x0 = char[1]
            if x0 - last[1] < 0.1 * size and _overprinted(char, printed):
                continue
            gap = (x0 - last[2]) / size if size else 0.0
            if blank or gap >= _LATIN_SPACE:
                gaps = gaps or gap >= COLUMN_SPACE
                space = _space(last, char, gap, blank)
            else:
                space = "" if last[3] == char[3] else _after_raised(last, char)
        printed.append(char)
        spaces.append(space)
        blank = ""
        last = char
    return Row(printed, spaces, turn, gaps)


def _overprinted(char: Char, printed: list[Char]) -> bool:
    """Whether a character is the same one printed once more for boldness."""
    near = 0.1 * char.size
    return any(
        other.text == char.text
        and char.x0 - other.x0 < near
        and abs(char.baseline - other.baseline) < near
        for other in printed[-3:]
    )


def _after_raised(before: Char, after: Char) -> str:
    """A space between a figure and a raised number of a note beside it, which is none of it."""
    if not (before.text.isdigit() and after.text.isdigit()):
        return ""
    small, large = (before, after) if before.size < after.size else (after, before)
    raised = large.baseline - small.baseline > 0.15 * large.size
    return " " if raised and small.size < 0.8 * large.size else ""


def _space(before: Char, after: Char, gap: float, blank: str) -> str:
    """The white space between two neighbours: what the file has, or what the eye sees."""
    latin = before.text[-1] in _LATIN and after.text[0] in _LATIN
    if blank:
        return "" if latin and gap < _NO_SPACE else blank
    if gap >= COLUMN_SPACE:
        return "\t"
    return " " if gap >= (_LATIN_SPACE if latin else _WIDE_SPACE) else ""


def line_of(row: Row, page: Page) -> Line:
    """A line, measured."""
    printed, _, turn, gaps = row
    text = row.text
    starts = _starts(row) if len(text) > len(printed) else range(len(printed))
    box = row_box(row)
    return Line(
        page=page.number,
        text=text,
        x0=box[0],
        x1=box[2],
        baseline=_main_baseline(printed),
        size=_size(printed),
        box=unturn(box, turn, page),
        head=_head(text, starts, printed),
        segments=_segments(printed, starts) if gaps else (_whole(printed, len(text)),),
        bold=_is_bold(printed),
        turn=turn,
    )


def _starts(row: Row) -> Sequence[int]:
    """The offset in the text of each character of a line."""
    starts: list[int] = []
    length = 0
    for char, space in zip(row.chars, row.spaces, strict=True):
        length += len(space)
        starts.append(length)
        length += len(char[0])
    return starts


def _size(printed: list[Char]) -> float:
    """The size of a line: the middle one of its Chinese characters, if it has any."""
    if len(set(map(_size_of, printed))) == 1:
        return printed[0].size
    chosen = [char for char in printed if _is_chinese(char.text)] or printed
    return median_low([char.size for char in chosen])


def _is_bold(printed: list[Char]) -> bool:
    """Whether most Chinese characters of a line are bold; most of all where it has none."""
    if len(set(map(_bold_of, printed))) == 1:
        return printed[0].bold
    chosen = [char for char in printed if _is_chinese(char.text)] or printed
    return sum(char.bold for char in chosen) * 2 > len(chosen)


def _is_chinese(text: str) -> bool:
    return "\u2e80" <= text <= "\u9fff" or "\uf900" <= text <= "\ufaff" or text >= "\U00020000"


def row_box(row: Row) -> Box:
    """The box of a line in the frame of its turn: ascent 0.88, descent 0.12 of the size."""
    chars = row.chars
    first = chars[0]
    left, right = min(map(_by_x, chars)), max(map(_right_of, chars))
    levels = {char[3:5] for char in chars}
    if len(levels) == 1:
        return left, first.baseline - 0.88 * first.size, right, first.baseline + 0.12 * first.size
    top = min(baseline - 0.88 * size for baseline, size in levels)
    return left, top, right, max(baseline + 0.12 * size for baseline, size in levels)


def _whole(printed: list[Char], length: int) -> Segment:
    return Segment(start=0, end=length, x0=printed[0].x0, x1=printed[-1].x1)


def _segments(printed: list[Char], starts: Sequence[int]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    first = 0
    for index in range(1, len(printed) + 1):
        last = printed[index - 1]
        if index < len(printed):
            after = printed[index]
            if after.x0 - last.x1 < COLUMN_SPACE * max(last.size, after.size):
                continue
        end = starts[index - 1] + len(last.text)
        segments.append(Segment(start=starts[first], end=end, x0=printed[first].x0, x1=last.x1))
        first = index
    return tuple(segments)


def _head(text: str, starts: Sequence[int], printed: list[Char]) -> float:
    """The width of what stands first in a line and no line end may split."""
    end = 0
    while end < len(text) - 1 and text[end] in _OPENING:
        end += 1
    word = _WORD.match(text, end)
    end = word.end() if word else end + 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return printed[bisect_left(starts, end) - 1].x1 - printed[0].x0
