"""Page furniture 页眉页脚: page numbers, and running heads and feet that recur from page to page.

What is furniture is decided over the whole document: a line at the top or the bottom edge of
the text that is the same on several pages but for its digits, or that is nothing but a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from disclosure_parser.document import fold_text
from disclosure_parser.readers.pdf.cells import TablePart
from disclosure_parser.readers.pdf.layout import Layout
from disclosure_parser.readers.pdf.lines import TABLE_TITLE, Line

_PAGE_NUMBER = re.compile(
    r"[-─—–_~·|/<\[(]*(?:第?\d{1,4}页?(?:[,，/]?共?\d{1,4}页)?|[ivxlIVXL]{1,6}|第[一二三四五六七八九十]+页"
    r"|\d{1,4}/\d{1,4}|page\d{1,4}(?:of\d{1,4})?)[-─—–_~·|/>\])]*\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?<=第)\d{1,4}(?=页)|(?<=[-─—–])\d{1,4}(?=[-─—–])|\d{1,4}(?=/\d)")
#: The title of the report, which its running head repeats: printed first, it is the title.
_SAYS_WHAT = re.compile(r"20\d\d年.*[预决]算")
# The zone at the top and the bottom of a page in which furniture stands, and the number of
# outermost lines that may be furniture.
_ZONE = 0.13
_DEEPEST = 3
_LEAST_PAGES = 3
# Share of the pages on which a running head stands at least.
_SHARE = 0.3


def furniture_of(layouts: Sequence[Layout]) -> list[set[int]]:
    """For each page, the indices of its items that are furniture."""
    edges = [_edge_lines(layout) for layout in layouts]
    pages: dict[tuple[str, str], set[int]] = {}
    heads: dict[tuple[str, str], bool] = {}
    offsets: set[int] = set()
    for page, lines in enumerate(edges):
        for edge in lines:
            if edge.near:
                key = _key(edge, page)
                pages.setdefault(key, set()).add(page)
                titles = TABLE_TITLE.search(edge.line.text) and _above_table(
                    layouts[page], edge.index
                )
                heads[key] = heads.get(key, False) or not titles
                offsets |= _offset(edge.line, page)
    least = max(min(_LEAST_PAGES, len(layouts)), 2, _SHARE * len(layouts))
    found: list[set[int]] = []
    for page, lines in enumerate(edges):
        chosen: set[int] = set()
        inside = {"top": False, "bottom": False}
        for edge in lines:
            if inside[edge.side]:
                continue
            counted = _PAGE_NUMBER.match(fold_text(edge.line.text)) is not None
            if edge.near:
                key = _key(edge, page)
                # A title that each page prints over its part of a table is no running head.
                again = len(pages[key]) >= least and "单位" not in edge.line.text
                first = page == min(pages[key]) and _SAYS_WHAT.search(edge.line.text)
                out = counted or (again and heads[key] and not first)
            else:
                # A number that stands elsewhere must go on with the count of the pages.
                out = counted and bool(_offset(edge.line, page) & offsets)
            if out:
                chosen.add(edge.index)
            else:
                inside[edge.side] = True
        found.append(chosen)
    return found


def _above_table(layout: Layout, index: int) -> bool:
    """Whether a table follows a line, but for a few lines between."""
    below = layout.items[index + 1 : index + 1 + _DEEPEST]
    return any(isinstance(item, TablePart) for item in below)


@frozen
class _EdgeLine:
    """An outermost line of a page; ``near`` says that it stands in the zone of furniture."""

    side: str
    index: int
    line: Line
    near: bool


def _edge_lines(layout: Layout) -> list[_EdgeLine]:
    """The outermost lines of a page, from the edge inwards, top side first."""
    lines: list[_EdgeLine] = []
    indexed = list(enumerate(layout.items))
    for side, ordered in (("top", indexed), ("bottom", indexed[::-1])):
        for index, item in ordered[:_DEEPEST]:
            if not isinstance(item, Line):
                break
            if side == "top":
                near = item.box[3] < _ZONE * layout.height
            else:
                near = item.box[1] > (1 - _ZONE) * layout.height
            if near or side == "bottom":
                lines.append(_EdgeLine(side, index, item, near))
            if not near:
                break
    return lines


def _offset(line: Line, page: int) -> set[int]:
    """What is to be added to the page's index to get the number printed alone in a line."""
    digits = re.findall(r"\d+", line.text)
    return {int(digits[0]) - page} if len(digits) == 1 and len(digits[0]) < 5 else set()


def _key(edge: _EdgeLine, page: int) -> tuple[str, str]:
    """What is the same in a running head from page to page: its text, but for the page number.

    Only what is evidently a page number may differ: ``公开01表`` and ``公开02表`` on the next page
    are two labels of tables.
    """
    text = fold_text(edge.line.text)
    return edge.side, _COUNTED.sub(lambda match: str(int(match.group()) - page), text)
