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

from attrs import evolve, frozen

from disclosure_parser.document import Paragraph, Role, Style, fold_text
from disclosure_parser.language.numbering import Mark, MarkFamily, read_mark
from disclosure_parser.readers.pdf.joining import Joined, cuts_number, join_lines, separator
from disclosure_parser.readers.pdf.lines import Line

_LEADERS = re.compile(r"(?:[.．…·‥。•]\s?){4,}\s*[-─]*\s*\d*\s*[-─]*\s*\Z")
_HANGING = "，。、；：？！）】》〉」』”’…,.;:?!)]"
_FINAL = "。；！？：;!?:"
# In shares of the font size.
_INDENT = 1.2
_CENTRED = 1.0
# Share of the text's width that a centred line fills at most.
_TITLE = 0.85
_SLACK = 0.15
_NEAR = 8.0
# How far from the left edge no line of running text begins.
_ASIDE = 6.0
# Characters of a line from which it may read as prose.
_PROSE = 20
# Line pitch above which the next line is no longer of the same paragraph.
_PITCH = 1.45
# Share of the widest line from which a line may reach from edge to edge; share of the text's width
# and number of lines from which lines have an edge of their own.
_LONG = 0.6
_OWN = 0.35
_LEAST_OWN = 3
# Shares of the page's width: where a text edge is not believed without many lines, and where it
# usually lies.
_NARROW_PAGE = 0.7
_USUAL_EDGE = 0.85
# Marks that always begin a paragraph, and those that only an indent or the end of the line before
# makes its beginning.
_ALWAYS = {MarkFamily.PART, MarkFamily.CHAPTER}
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
    """The edges that the lines of pages of one size share; ``width`` is that of the page."""
    if not lines:
        return Margins(left=0.1 * width, right=0.9 * width)
    size = Counter(round(line.size) for line in lines).most_common(1)[0][0] or 10
    lefts = Counter(round(line.x0 / 2) for line in lines)
    often = [place * 2 for place, count in lefts.items() if count >= max(2, 0.05 * len(lines))]
    left = min(often) if often else min(line.x0 for line in lines)
    right, count = _right_edge(_long(lines) or lines, size)
    if count < _LEAST_OWN and right < _NARROW_PAGE * width:
        right = _USUAL_EDGE * width  # a few short lines do not show where the edge is
    following = [
        after.x0 - left
        for before, after in pairwise(lines)
        if before.x1 > right - 3 * size and abs(before.size - after.size) < 1
    ]
    flush = sum(abs(offset) < 0.5 * size for offset in following)
    indented = sum(_INDENT * size < offset < 3 * size for offset in following)
    return Margins(left=left, right=right, indents=flush >= 3 and flush > 3 * indented)


def own_margins(run: Sequence[Line], usual: Margins) -> Margins:
    """The edges of some lines that follow each other on a page, where they have their own.

    Notes below a table are often set as wide as the table.
    """
    long = [line for line in _long(run) if line.x1 - line.x0 > _OWN * (usual.right - usual.left)]
    if len(long) < _LEAST_OWN:
        return usual
    size = long[0].size
    right, count = _right_edge(long, size)
    # Every line may end in punctuation that hangs over the edge.
    ends = (line.x1 for line in long if line.text[-1] not in _HANGING or line.x1 < right)
    beyond = max(ends, default=right)
    if count < _LEAST_OWN or abs(right - usual.right) < 0.5 * size or beyond > right + 0.6 * size:
        right = usual.right
    left = usual.left
    if not any(abs(line.x0 - usual.left) < 0.5 * size for line in run):
        flush = Counter(round(line.x0) for line in long if line.x1 > right - 2 * size)
        left = min((x for x, count in flush.items() if count > 1), default=usual.left)
    return evolve(usual, left=left, right=right)


def _long(lines: Sequence[Line]) -> list[Line]:
    """The lines that may reach from edge to edge."""
    widest = max((line.x1 - line.x0 for line in lines if len(line.segments) == 1), default=0.0)
    return [
        line for line in lines if len(line.segments) == 1 and line.x1 - line.x0 > _LONG * widest
    ]


def _right_edge(lines: Sequence[Line], size: float) -> tuple[float, int]:
    """Where most of the long lines end, and how many do. Punctuation may hang over the edge."""
    ends = sorted(line.x1 for line in lines if line.text[-1] not in _HANGING)
    ends = ends or sorted(line.x1 for line in lines)
    longest = ends[-1]
    reach = 0.4 * size
    best, right = 0, longest
    for index, end in enumerate(ends):
        if longest - end > 4 * size:
            continue
        within = bisect_right(ends, end + reach) - index
        if within >= best:
            best, right = within, ends[index + within - 1]
    return right, best


def starts_paragraph(paragraph: Sequence[Line], line: Line, margins: Margins, pitch: float) -> bool:
    """Whether ``line`` begins a new paragraph after the lines of one so far."""
    before = paragraph[-1]
    size = max(line.size, before.size)
    if before.turn != line.turn or abs(line.size - before.size) > 0.12 * size:
        return True
    if _LEADERS.search(before.text):
        return True
    indented = line.x0 - margins.left > _INDENT * size
    flush = abs(line.x0 - margins.left) < 0.5 * size
    final = before.text[-1] in _FINAL
    unfinished = not final and _unfinished(paragraph, line)
    if before.page == line.page:
        step = line.baseline - before.baseline
        if step < 0.8 * size or (step > _PITCH * pitch + 1 and not (unfinished and flush)):
            return True
    if len(paragraph) == 1 and before.x0 - margins.left > _ASIDE * size:
        # Set to the right, or a title: no line of running text begins there.
        return not (line.x0 - before.x0 < size and unfinished)
    # What the writer has ended on purpose is a paragraph: more would have fit into the line.
    if before.x1 + line.head < margins.right - _SLACK * size:
        near = before.x1 > margins.right - _NEAR * size
        body = len(paragraph) > 1 or paragraph[0].x0 - margins.left > _INDENT * size
        goes = near and flush and body and margins.indents and not final and not line.bold
        if not unfinished and (not goes or read_mark(fold_text(line.text[:16])) is not None):
            return True
    if not unfinished and (centred(before, margins) or centred(line, margins)):
        # A title of several lines: each is a line of its own unless it fills the page.
        return not (before.x1 > margins.right - size)
    if indented and (margins.indents or line.x0 - before.x0 > _INDENT * size):
        return True
    if indented and final:
        return True
    mark = read_mark(fold_text(line.text[:16]))
    if mark is None:
        return False
    if mark.family in _ALWAYS or (line.bold and not before.bold):
        return True
    if _follows(paragraph[0], mark):
        return True
    if flush and before.x0 - line.x0 > _INDENT * size:
        return False  # the second line of an indented paragraph that happens to begin so
    return indented or (mark.family not in _SOFT and final)


def _unfinished(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether the last line of a paragraph breaks off in a sentence that ``line`` goes on with.

    Only text that reads as prose is sure: long, with a comma, going on at the same edge or left
    of it, in the same style.
    """
    before = paragraph[-1]
    text = before.text
    return (
        len(text) >= _PROSE
        and len(before.segments) == 1 == len(line.segments)
        and any(comma in text for comma in "，,；：")
        and text[-1] not in _FINAL + "）)】》”"
        and abs(line.size - before.size) < 0.05 * line.size
        and line.bold == before.bold
        and line.x0 < before.x0 + 0.5 * line.size
        and before.x1 >= line.x1 - line.size
        and read_mark(fold_text(line.text[:16])) is None
    )


def _follows(first: Line, mark: Mark) -> bool:
    """Whether a mark is the next one after the mark that the paragraph begins with."""
    own = read_mark(fold_text(first.text[:16]))
    return (
        own is not None
        and own.family is mark.family
        and mark.family not in _SOFT
        and mark.ordinal == own.ordinal + 1
    )


def centred(line: Line, margins: Margins) -> bool:
    """Whether a line stands in the middle between the margins, clear of both."""
    middle = (margins.left + margins.right) / 2
    clear = line.x0 - margins.left > 2.5 * line.size and margins.right - line.x1 > line.size
    short = line.x1 - line.x0 < _TITLE * (margins.right - margins.left)
    return clear and short and abs((line.x0 + line.x1) / 2 - middle) < _CENTRED * line.size


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
