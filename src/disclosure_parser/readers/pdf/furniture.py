"""Page furniture 页眉页脚: page numbers, and running heads and feet that recur from page to page.

What is furniture is decided over the whole document: a line at the top or the bottom edge of
the text that is the same on several pages but for its digits, or that is nothing but a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure_parser.document import fold_text
from disclosure_parser.readers.pdf.layout import Layout
from disclosure_parser.readers.pdf.lines import Line

_PAGE_NUMBER = re.compile(
    r"[-─—–_~·|/<\[(]*(?:第?\d{1,4}页?(?:[,，/]?共?\d{1,4}页)?|[ivxlIVXL]{1,6}|第[一二三四五六七八九十]+页"
    r"|\d{1,4}/\d{1,4}|page\d{1,4}(?:of\d{1,4})?)[-─—–_~·|/>\])]*\Z",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+|[ivxlIVXL]+(?=[-─—– ]*\Z)")
# The zone at the top and the bottom of a page in which furniture stands, and the number of
# outermost lines that may be furniture.
_ZONE = 0.13
_DEEPEST = 3
_LEAST_PAGES = 3
_SHARE = 0.3


def furniture_of(layouts: Sequence[Layout]) -> list[set[int]]:
    """For each page, the indices of its items that are furniture."""
    keys: dict[tuple[str, str], set[int]] = {}
    edges = [_edge_lines(layout) for layout in layouts]
    for page, lines in enumerate(edges):
        for side, _, line in lines:
            keys.setdefault((side, _shape(line.text)), set()).add(page)
    found: list[set[int]] = []
    least = max(_LEAST_PAGES, _SHARE * len(layouts) if len(layouts) < 20 else _LEAST_PAGES)
    for lines in edges:
        chosen: set[int] = set()
        outer: dict[str, bool] = {"top": True, "bottom": True}
        for side, index, line in lines:
            if not outer[side]:
                continue
            number = _PAGE_NUMBER.match(fold_text(line.text)) is not None
            recurs = len(keys[side, _shape(line.text)]) >= least
            if number or recurs:
                chosen.add(index)
            else:
                outer[side] = False
        found.append(chosen)
    return found


def _edge_lines(layout: Layout) -> list[tuple[str, int, Line]]:
    """The outermost lines of a page, from the edge inwards, top side first."""
    lines: list[tuple[str, int, Line]] = []
    indexed = list(enumerate(layout.items))
    for side, ordered in (("top", indexed), ("bottom", indexed[::-1])):
        for index, item in ordered[:_DEEPEST]:
            if not isinstance(item, Line):
                break
            near = (
                item.box[3] < _ZONE * layout.height
                if side == "top"
                else item.box[1] > (1 - _ZONE) * layout.height
            )
            if not near:
                break
            lines.append((side, index, item))
    return lines


def _shape(text: str) -> str:
    """A text with every number replaced by one sign."""
    return _DIGITS.sub("#", fold_text(text))
