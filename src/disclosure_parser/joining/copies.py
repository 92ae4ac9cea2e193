"""What files of one disclosure print twice: a file in two formats, a table in two files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from disclosure_parser.joining.profiles import figures_of, words_of
from disclosure_parser.outline import Outline

#: Words that a file must print to be told a copy of another, and the share that must agree.
_WORDS = 30
_SHARE = 0.9
#: The same of the figures of a table. A form with a handful of figures is no evidence.
_FIGURES = 6
_FIGURE_SHARE = 0.95


def copy_of(outline: Outline, others: Sequence[Outline]) -> int | None:
    """The position of a file that prints what this one prints, ``None`` if none does."""
    return _within(Counter(words_of(outline)), map(words_of, others), _WORDS, _SHARE)


def copied_tables(outline: Outline, others: Sequence[Outline]) -> dict[int, int]:
    """Tables, by their block, whose figures stand in a table of another file: its position."""
    theirs = [(n, figures_of(o, view)) for n, o in enumerate(others) for view in o.views]
    found: dict[int, int] = {}
    for view in outline.views:
        own = Counter(figures_of(outline, view))
        place = _within(own, (figures for _, figures in theirs), _FIGURES, _FIGURE_SHARE)
        if place is not None:
            found[view.block] = theirs[place][0]
    return found


def _within(own: Counter[str], others: Iterable[list[str]], least: int, share: float) -> int | None:
    """The position of the first of others that holds so large a share of ``own``."""
    total = own.total()
    if total < least:
        return None
    for place, words in enumerate(others):
        if (own & Counter(words)).total() >= share * total:
            return place
    return None
