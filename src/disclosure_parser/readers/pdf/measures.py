"""What the pages of a document have in common: margins, how far down they are printed, pitch."""

from __future__ import annotations

from itertools import pairwise

from disclosure_parser.readers.pdf.cells import TablePart
from disclosure_parser.readers.pdf.layout import Layout
from disclosure_parser.readers.pdf.lines import Line
from disclosure_parser.readers.pdf.paragraphs import Margins, margins_of, own_margins


def page_margins(layouts: list[Layout]) -> dict[int, Margins]:
    """The margins for each page width."""
    groups: dict[int, list[Line]] = {}
    for layout in layouts:
        group = groups.setdefault(round(layout.width), [])
        group += [item for item in layout.items if isinstance(item, Line) and item.turn == 0]
    return {width: margins_of(lines, width) for width, lines in groups.items()}


def page_size(layout: Layout) -> tuple[int, int]:
    """Width and height in whole points: pages of one size share their edges."""
    return round(layout.width), round(layout.height)


def page_floors(layouts: list[Layout], furniture: list[set[int]]) -> dict[tuple[int, int], float]:
    """How far down the pages of each size are printed, furniture aside."""
    floors: dict[tuple[int, int], float] = {}
    for layout, out in zip(layouts, furniture, strict=True):
        bottoms = [
            item.ys[-1] if isinstance(item, TablePart) else item.box[3]
            for index, item in enumerate(layout.items)
            if index not in out
        ]
        floors[page_size(layout)] = max([floors.get(page_size(layout), 0.0), *bottoms])
    return floors


def line_margins(layout: Layout, out: set[int], usual: Margins) -> dict[int, Margins]:
    """The margins of each line of a page: lines of one size that follow each other share them."""
    edges: dict[int, Margins] = {}
    run: list[tuple[int, Line]] = []

    def close() -> None:
        if run:
            own = own_margins([line for _, line in run], usual)
            edges.update((index, own) for index, _ in run)
            run.clear()

    for index, item in enumerate(layout.items):
        if index in out:
            continue
        if isinstance(item, TablePart):
            close()
            continue
        if run and (
            abs(run[-1][1].size - item.size) > 0.5
            or item.baseline < run[-1][1].baseline - item.size
        ):
            close()
        run.append((index, item))
    close()
    return edges


def line_pitch(layout: Layout) -> float:
    """The usual distance of the baselines of two lines of a page."""
    lines = [item for item in layout.items if isinstance(item, Line) and item.turn == 0]
    steps = sorted(
        after.baseline - before.baseline
        for before, after in pairwise(lines)
        if 0.9 * after.size < after.baseline - before.baseline < 3.5 * after.size
    )
    return steps[len(steps) // 3] if steps else 1e9
