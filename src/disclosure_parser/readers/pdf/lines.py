"""Printed lines from characters: clustered by baseline, put in order by x.

Glyph boxes are no guide to lines: digits, quotation marks and Chinese characters of one line
come from fonts with different boxes. Their origins stand on one baseline, give or take a few
points.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median_low

from attrs import frozen

from disclosure_parser.readers.pdf.page import SKEWED, Box, Char, Page, glyph_box, unturn

# In shares of the font size. Baselines nearer than the first are one line; up to the second
# they are one line if the characters of one fit into the gaps of the other.
_SAME_BASELINE = 0.12
_OFFSET_BASELINE = 0.5
# Gaps from which a space is read between Latin letters or digits, and where Chinese characters
# are concerned (justified text is spread by less), and from which text stands in columns.
_LATIN_SPACE = 0.2
_WIDE_SPACE = 0.5
_COLUMN_SPACE = 2.0
# A visible gap below this between two digits or letters is none, whatever the file says.
_NO_SPACE = 0.08

_LATIN = re.compile(r"[0-9A-Za-z.,:%/()+\-]")
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CLOSING = "，。、；：？！）】》〉」』”’％…,.;:?!)]}%"
_OPENING = "（【《〈「『“‘([{"
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
    line end may split (a character with its punctuation, a word, a number). ``first_font`` and
    ``last_font`` are the fonts of the first and the last Chinese character.
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
    first_font: str
    last_font: str
    turn: int = 0


def is_cjk(character: str) -> bool:
    """Whether a character is a Chinese one (a radical form included)."""
    return _CJK.match(character) is not None


def lines_of(chars: Iterable[Char], page: Page) -> list[Line]:
    """The lines of some characters of a page: upright ones from top to bottom, turned ones,
    and last all skewed text as one line in the order of the file."""
    turns: dict[int, list[Char]] = {}
    for char in chars:
        turns.setdefault(char.turn, []).append(char)
    lines: list[Line] = []
    skewed = turns.pop(SKEWED, [])
    for turn in sorted(turns):
        for cluster in _clusters(turns[turn]):
            printed, spaces = _in_order(cluster)
            if printed:
                lines.append(_line(printed, spaces, turn, page))
    printed = [char for char in skewed if not char.text.isspace()]
    if printed:
        lines.append(_line(printed, [""] * len(printed), SKEWED, page))
    return lines


def _clusters(chars: list[Char]) -> list[list[Char]]:
    """Characters of one turn by line, from top to bottom."""
    clusters: list[list[Char]] = []
    last = 0.0
    for char in sorted(chars, key=lambda item: item.baseline):
        if clusters and char.baseline - last <= _SAME_BASELINE * char.size:
            clusters[-1].append(char)
        else:
            clusters.append([char])
        last = char.baseline
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
    if _main_baseline(lower) - _main_baseline(upper) > _OFFSET_BASELINE * size:
        return False
    few, many = sorted(
        ([char for char in side if not char.text.isspace()] for side in (upper, lower)), key=len
    )
    return not any(other.x0 < (char.x0 + char.x1) / 2 < other.x1 for char in few for other in many)


def _main_baseline(chars: Sequence[Char]) -> float:
    return Counter(char.baseline for char in chars).most_common(1)[0][0]


def _in_order(cluster: list[Char]) -> tuple[list[Char], list[str]]:
    """The printed characters of a line from left to right, and the white space before each."""
    cluster.sort(key=lambda char: char.x0)
    printed: list[Char] = []
    spaces: list[str] = []
    blank = ""
    for char in cluster:
        if char.text.isspace():
            blank += char.text
        elif not printed:
            printed.append(char)
            spaces.append("")
            blank = ""
        elif not _overprinted(char, printed):
            spaces.append(_space(printed[-1], char, blank))
            printed.append(char)
            blank = ""
    return printed, spaces


def _overprinted(char: Char, printed: list[Char]) -> bool:
    """Whether a character is the same one printed once more for boldness."""
    near = 0.1 * char.size
    return any(
        other.text == char.text
        and char.x0 - other.x0 < near
        and abs(char.baseline - other.baseline) < near
        for other in printed[-3:]
    )


def _space(before: Char, after: Char, blank: str) -> str:
    """The white space between two neighbours: what the file has, or what the eye sees."""
    size = max(before.size, after.size)
    gap = (after.x0 - before.x1) / size
    latin = bool(_LATIN.match(before.text[-1]) and _LATIN.match(after.text[0]))
    if blank:
        return "" if latin and gap < _NO_SPACE else blank
    if gap >= _COLUMN_SPACE:
        return "\t"
    return " " if gap >= (_LATIN_SPACE if latin else _WIDE_SPACE) else ""


def _line(printed: list[Char], spaces: list[str], turn: int, page: Page) -> Line:
    starts: list[int] = []
    length = 0
    for char, space in zip(printed, spaces, strict=True):
        starts.append(length + len(space))
        length += len(space) + len(char.text)
    text = "".join(
        part for pair in zip(spaces, (char.text for char in printed), strict=True) for part in pair
    )
    box = glyph_box(printed)
    chinese = [char for char in printed if is_cjk(char.text[0])] or printed
    bold = sum(char.bold for char in chinese)
    return Line(
        page=page.number,
        text=text,
        x0=box[0],
        x1=box[2],
        baseline=_main_baseline(printed),
        size=median_low(char.size for char in chinese),
        box=unturn(box, turn, page),
        head=_head(text, starts, printed),
        segments=_segments(printed, starts),
        bold=bold * 2 > len(chinese),
        first_font=chinese[0].font,
        last_font=chinese[-1].font,
        turn=turn,
    )


def _segments(printed: list[Char], starts: list[int]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    first = 0
    for index in range(1, len(printed) + 1):
        last = printed[index - 1]
        if index < len(printed):
            after = printed[index]
            if after.x0 - last.x1 < _COLUMN_SPACE * max(last.size, after.size):
                continue
        end = starts[index - 1] + len(last.text)
        segments.append(Segment(start=starts[first], end=end, x0=printed[first].x0, x1=last.x1))
        first = index
    return tuple(segments)


def _head(text: str, starts: list[int], printed: list[Char]) -> float:
    """The width of what stands first in a line and no line end may split."""
    end = 0
    while end < len(text) - 1 and text[end] in _OPENING:
        end += 1
    word = _WORD.match(text, end)
    end = word.end() if word else end + 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    last = max(index for index, start in enumerate(starts) if start < end)
    return printed[last].x1 - printed[0].x0
