"""Paragraphs from printed lines: which line goes on with the text of the one before.

A line end that the right margin forced goes on; one that the writer set ends the paragraph. The
first word of the next line tells the two apart: had it still fitted, the line was ended on
purpose. Indents, numbering marks, centring, font size and distance tell the rest.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from attrs import frozen

from disclosure_parser.document import Paragraph, Role, Style, fold_text
from disclosure_parser.language.numbering import MarkFamily, read_mark
from disclosure_parser.readers.pdf.joining import Joined, cuts_number, join_lines, separator
from disclosure_parser.readers.pdf.lines import Line

_LEADERS = re.compile(r"(?:[.．…·‥。•]\s?){4,}\s*[-─]*\s*\d*\s*[-─]*\s*\Z")
_HANGING = "，。、；：？！）】》〉」』”’…,.;:?!)]"
_FINAL = "。；！？：;!?:"
# In shares of the font size.
_INDENT = 1.2
_CENTRED = 1.0
_SLACK = 0.1
# Line pitch above which the next line is no longer of the same paragraph.
_PITCH = 1.45
# Marks that only an indent or the end of the line before makes a paragraph's beginning.
_SOFT = {MarkFamily.WORD, MarkFamily.ROMAN, MarkFamily.LETTER}


@frozen(kw_only=True)
class Margins:
    """The left and the right edge of the text, in points.

    ``indents`` says that paragraphs begin with an indent and go on at the left edge.
    """

    left: float
    right: float
    indents: bool = False


def margins_of(lines: Sequence[Line], width: float) -> Margins:
    """The edges that the lines of pages of one size share."""
    if not lines:
        return Margins(left=0.1 * width, right=0.9 * width)
    size = Counter(round(line.size) for line in lines).most_common(1)[0][0] or 10
    lefts = Counter(round(line.x0 / 2) for line in lines)
    often = [place * 2 for place, count in lefts.items() if count >= max(2, 0.05 * len(lines))]
    left = min(often) if often else min(line.x0 for line in lines)
    right = _right_edge(lines, size)
    following = [
        after.x0 - left
        for before, after in pairwise(lines)
        if abs(before.x1 - right) < size and abs(before.size - after.size) < 1
    ]
    flush = sum(abs(offset) < 0.5 * size for offset in following)
    indented = sum(_INDENT * size < offset < 3 * size for offset in following)
    return Margins(left=left, right=right, indents=flush >= 3 and flush > 3 * indented)


def _right_edge(lines: Sequence[Line], size: float) -> float:
    """Where most of the long lines end. Punctuation may hang over the edge."""
    inside = sorted(line.x1 for line in lines if line.text[-1] not in _HANGING)
    ends = inside or sorted(line.x1 for line in lines)
    longest = ends[-1]
    reach = 0.4 * size
    best, right = 0, longest
    for index, end in enumerate(ends):
        if longest - end > 4 * size:
            continue
        within = bisect_right(ends, end + reach) - index
        if within >= best:
            best, right = within, ends[index + within - 1]
    return right


def starts_paragraph(before: Line, line: Line, margins: Margins, pitch: float) -> bool:
    """Whether ``line`` begins a new paragraph after ``before``."""
    size = max(line.size, before.size)
    if before.turn != line.turn or abs(line.size - before.size) > 0.12 * size:
        return True
    if _LEADERS.search(before.text):
        return True
    forced = before.x1 + line.head > margins.right + _SLACK * size
    if not forced:
        return True
    if before.page == line.page and line.baseline - before.baseline > _PITCH * pitch + 1:
        return True
    if centred(line, margins) or centred(before, margins):
        # A title of several lines: each is a line of its own unless it fills the page.
        return not (before.x1 > margins.right - size)
    indented = line.x0 - margins.left > _INDENT * size
    flush = abs(line.x0 - margins.left) < 0.5 * size
    if indented and (margins.indents or line.x0 - before.x0 > _INDENT * size):
        return True
    mark = read_mark(fold_text(line.text[:16]))
    if indented and before.text[-1] in _FINAL:
        return True
    if mark is None:
        return False
    if flush and before.x0 - line.x0 > _INDENT * size:
        return False  # the second line of an indented paragraph that happens to begin so
    return indented or (mark.family not in _SOFT and before.text[-1] in _FINAL)


def centred(line: Line, margins: Margins) -> bool:
    """Whether a line stands in the middle between the margins, clear of both."""
    middle = (margins.left + margins.right) / 2
    clear = line.x0 - margins.left > 2.5 * line.size and margins.right - line.x1 > line.size
    return clear and abs((line.x0 + line.x1) / 2 - middle) < _CENTRED * line.size


def paragraph(
    lines: list[Line], margins: Margins, role: Role = Role.TEXT
) -> tuple[Paragraph, Joined]:
    """One paragraph of some lines, and how its text was put together."""
    separators = [
        "" if cuts_number(before.text, after.text) else separator(before.text, after.text)
        for before, after in pairwise(lines)
    ]
    joined = join_lines(lines, separators)
    style = Style(
        bold=all(line.bold for line in lines),
        centred=all(centred(line, margins) for line in lines),
        size=round(lines[0].size, 2),
    )
    made = Paragraph(text=joined.text, role=role, fragments=joined.fragments, style=style)
    return made, joined
