"""A picture of a page as a page of the PDF reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median_low

from attrs import evolve, frozen

from disclosure_parser.document import Block, Cell, Fragment, Paragraph, Place
from disclosure_parser.readers.ocr.engine import Glyph, recognise
from disclosure_parser.readers.ocr.pixels import (
    Pixels,
    Ruling,
    quarter_turned,
    rulings,
    straightened,
)
from disclosure_parser.readers.pdf.page import Char, Edge, Page

#: The share of a line's height below the baseline, and the size of its characters.
_DESCENT, _SIZE = 0.14, 0.86
#: How far the heights of lines in one font differ.
_NEAR = 0.18


@frozen(kw_only=True)
class Recognised:
    """A page that was recognised, and how sure each of its characters is."""

    page: Page
    #: x0, top, x1, bottom in points, and the confidence.
    scores: tuple[tuple[float, float, float, float, float], ...]

    @property
    def confidence(self) -> float:
        """The mean of all characters, 0 where none was found."""
        return sum(score[4] for score in self.scores) / max(len(self.scores), 1)


def recognised_page(pixels: Pixels, number: int, scale: float) -> Recognised:
    """The page in a picture; ``scale`` is pixels a point."""
    pixels = straightened(pixels)
    glyphs, turns = recognise(pixels)
    if turns:
        pixels = quarter_turned(pixels, turns)
    height, width = pixels.shape[:2]
    boxes = [(g.x0, g.top, g.x1, g.bottom) for g in glyphs]
    across, down = rulings(pixels, scale, boxes)
    page = Page(
        number=number,
        width=width / scale,
        height=height / scale,
        chars=tuple(_chars(glyphs, scale, down)),
        horizontal=tuple(Edge(*edge) for edge in across),
        vertical=tuple(Edge(*edge) for edge in down),
    )
    scores = tuple(
        (g.x0 / scale, g.top / scale, g.x1 / scale, g.bottom / scale, g.score) for g in glyphs
    )
    return Recognised(page=page, scores=scores)


def _chars(glyphs: Sequence[Glyph], scale: float, sides: Sequence[Ruling]) -> Iterator[Char]:
    """The characters as a file would give them: sizes that lines share, boxes without the gaps
    that the ink of punctuation leaves. A gap with a ruling in it parts two cells."""
    heights = _shared([glyph.bottom - glyph.top for glyph in glyphs])
    for position, (glyph, height) in enumerate(zip(glyphs, heights, strict=True)):
        x1 = glyph.x1
        if position + 1 < len(glyphs):
            after = glyphs[position + 1]
            if (after.top, after.bottom) == (glyph.top, glyph.bottom):
                middle = (glyph.top + glyph.bottom) / 2 / scale
                parted = any(
                    x1 - 0.3 * height <= side.at * scale <= after.x0 + 0.3 * height
                    and side.start <= middle <= side.end
                    for side in sides
                )
                if abs(after.x0 - x1) < height and not parted:
                    x1 = after.x0
        yield Char(
            text=glyph.text,
            x0=glyph.x0 / scale,
            x1=x1 / scale,
            baseline=(glyph.bottom - _DESCENT * (glyph.bottom - glyph.top)) / scale,
            size=_SIZE * height / scale,
            font="",
        )


def _shared(heights: Sequence[float]) -> list[float]:
    """Each height as that which most of those near it have: one font gives boxes that differ."""
    found: dict[float, float] = {}
    left = sorted(heights)
    while left:
        middle = median_low(left)
        near = [height for height in left if abs(height - middle) <= _NEAR * middle]
        found.update(dict.fromkeys(near, middle))
        left = [height for height in left if abs(height - middle) > _NEAR * middle]
    return [found[height] for height in heights]


def with_confidence(blocks: Iterable[Block], pages: Mapping[int, Recognised]) -> tuple[Block, ...]:
    """The blocks with the confidence of each place on a recognised page: that of its least sure
    character."""
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            made.append(evolve(block, fragments=_fragments(block, pages)))
        else:
            cells = tuple(evolve(c, fragments=_fragments(c, pages)) for c in block.cells)
            made.append(evolve(block, cells=cells))
    return tuple(made)


def _fragments(text: Paragraph | Cell, pages: Mapping[int, Recognised]) -> tuple[Fragment, ...]:
    found = []
    for fragment in text.fragments:
        page = pages.get(fragment.place.page or 0)
        found.append(
            fragment if page is None else evolve(fragment, place=_sure(fragment.place, page))
        )
    return tuple(found)


def _sure(place: Place, page: Recognised) -> Place:
    """A place with its confidence."""
    if place.box is None:
        return evolve(place, confidence=Decimal(0))
    x0, top, x1, bottom = place.box
    scores = [
        score
        for left, high, right, low, score in page.scores
        if x0 - 1 <= (left + right) / 2 <= x1 + 1 and top - 2 <= (high + low) / 2 <= bottom + 2
    ]
    return evolve(place, confidence=Decimal(f"{min(scores, default=0.0):.3f}"))
