"""Headers of tables without rulings: which columns each printed header is over.

The lowest header words name the columns; what stands higher names a column that has none below,
or the group of columns whose middle it stands over. A ruling below it shows the group.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from attrs import evolve, frozen

from disclosure_parser.readers.pdf.page import Char, Edge
from disclosure_parser.readers.pdf.pieces import LEVELS, Piece, Printed, Reach, meet

# Line pitch, in font sizes, up to which two lines of a header may be one text; how far apart
# their middles may be.
_WRAP = 1.9
_CENTRED = 0.6
# How far to both sides of a header, in font sizes, others of its group may stand.
_FAMILY = 20.0
# A ruling this much of the table's width is that of a row and shows no group.
_FULL = 0.9
# What it costs, in font sizes, to leave a column without a header, or to add one for a header.
_NO_HEADER, _NO_COLUMN = 3.0, 5.0
# How far a header may stand beside the figures of its column, in font sizes.
_NEAR = 6.0
# Points by which a header may reach beyond the figures at the right side of its cell.
_SLACK = 1.0
_MOST_PAIRS = 2_000
# Levels of a header in which a group stands above and its columns below one that has neither; how
# near to the middle of the header that one stands, in font sizes.
_PARTED, _MIDDLE = 3, 0.35
# What it costs, in points, to leave a column out of a group beside it.
_LEFT_OUT = 6.0


@frozen(kw_only=True)
class Heading:
    """A header text over columns ``first`` to ``last``; ``baseline`` is that of its middle."""

    first: int
    last: int
    baseline: float
    chars: tuple[Char, ...]


@frozen(kw_only=True)
class _Text:
    """The lines of one header text."""

    pieces: tuple[Piece, ...]
    top: float
    bottom: float
    size: float

    @property
    def x0(self) -> float:
        return min(piece.x0 for piece in self.pieces)

    @property
    def x1(self) -> float:
        return max(piece.x1 for piece in self.pieces)

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def baseline(self) -> float:
        return (self.top + self.bottom) / 2


@frozen(kw_only=True)
class Header:
    """The columns with those that only the header shows, and the header texts over them."""

    columns: tuple[Reach, ...]
    headings: tuple[Heading, ...]


def read_header(
    lines: Sequence[Printed],
    columns: Sequence[Reach],
    rules: Sequence[Edge],
    *,
    figures: Sequence[Reach] = (),
    fixed: bool = False,
) -> Header:
    """The header that some lines above the rows of a table are; ``figures`` are the columns that
    hold figures, ``fixed`` says that rulings show the columns, so that the header shows no others.
    """
    texts = _texts(lines)
    found = list(columns)
    # Figures stand in the middle below their header, or at the right side of their cell.
    ways = [_assign(texts, found, ())]
    if figures:
        ways.append(_assign(texts, found, figures))
    _, named, rest = min(ways, key=lambda way: way[0])
    groups: list[_Text] = []
    for text in rest:
        below = [i for i, other in named.items() if other.top > text.bottom + 0.1]
        if below and _has_children(text, below, found):
            groups.append(text)
            continue
        at = None if fixed else _insertion(text, found)
        if at is None:
            groups.append(text)
            continue
        named = {i + (i >= at): other for i, other in named.items()}
        found.insert(at, (text.x0, text.x1))
        named[at] = text
    headings = [
        Heading(first=i, last=i, baseline=t.baseline, chars=_chars(t)) for i, t in named.items()
    ]
    headings += _grouped(groups, _below_groups(texts, named), found, rules)
    return Header(columns=tuple(found), headings=tuple(headings))


def _assign(
    texts: Sequence[_Text], columns: Sequence[Reach], to_the_right: Sequence[Reach]
) -> tuple[float, dict[int, _Text], list[_Text]]:
    """What it costs to give the columns headers, level by level; the headers by column, and the
    texts that are of none. Figures stand ``to_the_right`` in some of the columns."""
    named: dict[int, _Text] = {}
    rest: list[_Text] = []
    total = 0.0
    fit = _Fit(texts, to_the_right)
    for level in _levels(texts):
        free = [index for index in range(len(columns)) if index not in named]
        cost, matched = _match(level, [columns[index] for index in free], fit)
        total += cost
        for text, place in zip(level, matched, strict=True):
            if place is not None and fit.distance(text, columns[free[place]]) < _NEAR * text.size:
                named[free[place]] = text
            else:
                rest.append(text)
    return total, named, rest


class _Fit:
    """How well a header fits a column."""

    def __init__(self, texts: Sequence[_Text], to_the_right: Sequence[Reach]) -> None:
        self._right = set(to_the_right)
        groups = [_is_group(text, texts) for text in texts] if to_the_right else []
        #: Where the next header begins, by header: one of a group over it is not the next.
        self._next = {
            id(text): min(
                (
                    other.x0
                    for other, group in zip(texts, groups, strict=True)
                    if other.x0 >= text.x1 and (other.baseline >= text.top or not group)
                ),
                default=float("inf"),
            )
            for text in (texts if to_the_right else ())
        }

    def distance(self, text: _Text, column: Reach) -> float:
        """How far, in points, a header is from standing over a column."""
        if column in self._right:
            # The cell ends where the figures end: behind its header, and before the next one.
            return max(text.x1 - column[1] - _SLACK, 0.0) + max(
                column[1] - self._next[id(text)], 0.0
            )
        middle = sum(column) / 2
        if text.x0 <= middle <= text.x1 or column[0] <= text.middle <= column[1]:
            return 0.0
        gap = max(text.x0 - column[1], column[0] - text.x1, 0.0)
        return gap + 0.25 * abs(text.middle - middle)


def _is_group(text: _Text, texts: Sequence[_Text]) -> bool:
    """Whether another header stands below a text, or nearly so."""
    left, right = text.x0 - text.size, text.x1 + text.size
    return any(
        other.top > text.bottom + 0.1 and other.x0 < right and other.x1 > left for other in texts
    )


def _below_groups(texts: Sequence[_Text], named: dict[int, _Text]) -> dict[int, _Text]:
    """The headers of columns that may stand below a group: not those in the middle of the whole
    header, which reach from its top to its bottom."""
    levels = [level[0].baseline for level in _levels(texts)]
    if len(levels) < _PARTED:
        return named
    middle = (levels[0] + levels[-1]) / 2
    # With three levels, what stands on the second one is neither a group nor below one.
    reach = abs(levels[1] - middle) + 0.1 if len(levels) == _PARTED else 0.0
    return {
        i: text
        for i, text in named.items()
        if abs(text.baseline - middle) > max(_MIDDLE * text.size, reach)
    }


def _chars(text: _Text) -> tuple[Char, ...]:
    return tuple(char for piece in text.pieces for char in piece.chars)


def _texts(lines: Sequence[Printed]) -> list[_Text]:
    """The header texts: lines of one text that is broken put together."""
    texts: list[_Text] = []
    for one in lines:
        line = one.line
        above = [text for text in texts if line.baseline - text.bottom <= _WRAP * line.size]
        loose = [p for p in one.pieces if not any(meet(p, text) for text in above)]
        for piece in one.pieces:
            whole = next((text for text in above if _wraps(text, piece, one.pieces, loose)), None)
            new = _Text(pieces=(piece,), top=line.baseline, bottom=line.baseline, size=line.size)
            if whole is not None:
                place = next(i for i, text in enumerate(texts) if text is whole)
                new = evolve(whole, pieces=(*whole.pieces, piece), bottom=line.baseline)
                texts[place] = new
                above = [new if text is whole else text for text in above]
            else:
                texts.append(new)
    return texts


def _wraps(text: _Text, piece: Piece, line: Sequence[Piece], loose: Sequence[Piece]) -> bool:
    """Whether a piece of a line goes on with a header text of the line above.

    ``loose`` are the pieces of the line that stand below no text.
    """
    size = text.size
    centred = abs(piece.middle - text.middle) < _CENTRED * size
    if not meet(piece, text) or not (centred or abs(piece.x0 - text.x0) < 0.2 * size):
        return False
    # The middle one of several headers below a group stands below its middle as well.
    if any(meet(other, text) for other in line if other is not piece):
        return False
    if len(piece.text) == 1 and piece.text not in LEVELS:
        return True
    beside = [other.middle - text.middle for other in loose]
    left = max((away for away in beside if away < 0), default=None)
    right = min((away for away in beside if away > 0), default=None)
    if left is None or right is None:
        return True
    return abs(left + right) >= 2 * size or right - left > 2 * _FAMILY * size


def _levels(texts: Sequence[_Text]) -> list[list[_Text]]:
    """The texts by the height of their middle, the lowest level first, each from left to right."""
    levels: list[list[_Text]] = []
    for text in sorted(texts, key=lambda text: -text.baseline):
        if levels and levels[-1][0].baseline - text.baseline < 0.3 * text.size:
            levels[-1].append(text)
        else:
            levels.append([text])
    return [sorted(level, key=lambda text: text.x0) for level in levels]


def _match(
    texts: Sequence[_Text], columns: Sequence[Reach], fit: _Fit
) -> tuple[float, list[int | None]]:
    """For each text of a level its column, in order, none given twice; and what that costs."""

    @cache
    def best(text: int, column: int) -> tuple[float, tuple[int | None, ...]]:
        if text == len(texts):
            return (len(columns) - column) * _NO_HEADER, ()
        size = texts[text].size
        cost, rest = best(text + 1, column)
        found = cost + _NO_COLUMN, (None, *rest)
        if column < len(columns):
            cost, rest = best(text, column + 1)
            found = min(found, (cost + _NO_HEADER, rest), key=lambda pair: pair[0])
            cost, rest = best(text + 1, column + 1)
            step = fit.distance(texts[text], columns[column]) / size
            found = min(found, (cost + step, (column, *rest)), key=lambda pair: pair[0])
        return found

    if len(texts) * len(columns) > _MOST_PAIRS:
        return 0.0, [None] * len(texts)
    cost, matched = best(0, 0)
    return cost, list(matched)


def _has_children(text: _Text, below: Sequence[int], columns: Sequence[Reach]) -> bool:
    """Whether columns with headers below stand on both sides of the middle of a text, or below."""
    left = [i for i in below if columns[i][0] < text.middle]
    right = [i for i in below if columns[i][1] > text.middle]
    return bool(left) and bool(right) and max(left) - min(right) >= -1


def _insertion(text: _Text, columns: Sequence[Reach]) -> int | None:
    """Where a header between two columns stands for one that prints nothing."""
    if any(x0 < text.x1 and x1 > text.x0 for x0, x1 in columns):
        return None
    return sum(x1 <= text.x0 for _, x1 in columns)


def _grouped(
    groups: Sequence[_Text],
    named: dict[int, _Text],
    columns: Sequence[Reach],
    rules: Sequence[Edge],
) -> list[Heading]:
    """The headers of groups with the columns that they are over."""
    found: list[Heading] = []
    width = columns[-1][1] - columns[0][0]
    taken: dict[int, list[Heading]] = {}
    for level in _levels(groups):
        places = [_by_rule(text, columns, rules, width) for text in level]
        if None in places or len(set(places)) < len(places):
            places = _by_middle(level, named, taken, columns)
        for text, place in zip(level, places, strict=True):
            if place is None:
                continue
            heading = Heading(
                first=place[0], last=place[1], baseline=text.baseline, chars=_chars(text)
            )
            found.append(heading)
            for column in range(place[0], place[1] + 1):
                taken.setdefault(column, []).append(heading)
    return found


def _by_rule(
    text: _Text, columns: Sequence[Reach], rules: Sequence[Edge], width: float
) -> tuple[int, int] | None:
    """The columns over a short ruling just below a header."""
    for rule in sorted(rules):
        below = text.bottom - 0.2 * text.size < rule.at < text.bottom + 1.6 * text.size
        if (
            below
            and rule.start <= text.middle <= rule.end
            and rule.end - rule.start < _FULL * width
        ):
            inside = [i for i, c in enumerate(columns) if rule.start <= sum(c) / 2 <= rule.end]
            return (inside[0], inside[-1]) if inside else None
    return None


def _by_middle(
    level: Sequence[_Text],
    named: dict[int, _Text],
    taken: dict[int, list[Heading]],
    columns: Sequence[Reach],
) -> list[tuple[int, int] | None]:
    """The runs of columns with headers below whose middles the headers of one level stand over."""
    under = [
        index
        for index in range(len(columns))
        if (index in named and named[index].top > level[0].bottom + 0.1)
        or any(heading.baseline > level[0].bottom for heading in taken.get(index, ()))
    ]
    reach = [_reach(column, named.get(i)) for i, column in enumerate(columns)]
    runs: list[list[int]] = []
    for index in under:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    found: list[tuple[int, int] | None] = [None] * len(level)
    for run in runs:
        own = [
            n
            for n, text in enumerate(level)
            if reach[run[0]][0] - text.size <= text.middle <= reach[run[-1]][1] + text.size
        ]
        for n, part in zip(own, _split(run, [level[n].middle for n in own], reach), strict=False):
            found[n] = part[0], part[-1]
    return found


def _reach(column: Reach, text: _Text | None) -> Reach:
    """From where to where a column goes whose header stands in its middle."""
    if text is None:
        return column
    half = max(text.middle - min(column[0], text.x0), max(column[1], text.x1) - text.middle)
    return text.middle - half, text.middle + half


def _split(run: list[int], middles: Sequence[float], reach: Sequence[Reach]) -> list[list[int]]:
    """For each header its part of a run of columns, the middle of each nearest to its header's."""
    if not middles:
        return []

    @cache
    def best(start: int, header: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if header == len(middles):
            return (len(run) - start) * _LEFT_OUT, ()
        if start == len(run):
            return float("inf"), ()
        cost, parts = best(start + 1, header)
        options = [(cost + _LEFT_OUT, parts)]
        for end in range(start + 1, len(run) + 1):
            cost, parts = best(end, header + 1)
            middle = (reach[run[start]][0] + reach[run[end - 1]][1]) / 2
            off = abs(middle - middles[header])
            options.append((cost + off, ((start, end), *parts)))
        return min(options)

    return [run[first:last] for first, last in best(0, 0)[1]]
