"""From what a parser found on a page, in the coordinates of the file, to a :class:`Page`.

Points of the file have y growing upwards; a :class:`Page` is seen from its top left corner in
the reading orientation. A page whose text stands sideways as a whole is turned upright.
"""

from __future__ import annotations

from typing import NamedTuple

from attrs import field, frozen

from disclosure_parser.readers.pdf.page import (
    SKEWED,
    Box,
    Char,
    Edge,
    Page,
    turn_box,
    turn_point,
)

#: A filled rectangle up to this thick (points) is a drawn line.
THIN = 3.0


class RawChar(NamedTuple):
    """A character with its origin, the direction it runs in (y upwards) and its advance."""

    text: str
    x: float
    y: float
    across: float
    up: float
    advance: float
    size: float
    font: str
    bold: bool = False


@frozen(kw_only=True)
class Drawn:
    """What is printed on a page as shown (rotation applied), y growing upwards from its bottom.

    ``fills`` are the boxes of filled rectangles that are too thick to be lines.
    """

    chars: list[RawChar] = field(factory=list)
    horizontal: list[Edge] = field(factory=list)
    vertical: list[Edge] = field(factory=list)
    fills: list[Box] = field(factory=list)
    curves: list[Box] = field(factory=list)
    images: list[Box] = field(factory=list)

    def add_box(self, box: Box, *, filled: bool, stroked: bool) -> None:
        """A painted straight line or rectangle: a ruling if it is thin, else its sides."""
        x0, y0, x1, y1 = box
        if y1 - y0 <= THIN and x1 - x0 > y1 - y0:
            self.horizontal.append(Edge((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= THIN and y1 - y0 > x1 - x0:
            self.vertical.append(Edge((x0 + x1) / 2, y0, y1))
        elif y1 - y0 > THIN:
            if stroked:
                self.horizontal.extend((Edge(y0, x0, x1), Edge(y1, x0, x1)))
                self.vertical.extend((Edge(x0, y0, y1), Edge(x1, y0, y1)))
            elif filled:
                self.fills.append(box)

    def add_line(self, xa: float, ya: float, xb: float, yb: float) -> None:
        """A straight line, if it is horizontal or vertical."""
        if abs(ya - yb) < 0.1 < abs(xa - xb):
            self.horizontal.append(Edge((ya + yb) / 2, min(xa, xb), max(xa, xb)))
        elif abs(xa - xb) < 0.1 < abs(ya - yb):
            self.vertical.append(Edge((xa + xb) / 2, min(ya, yb), max(ya, yb)))


def framed(drawn: Drawn, number: int, width: float, height: float) -> Page:
    """The page in the reading orientation, y growing downwards."""
    turns = [_turn(char.across, char.up) for char in drawn.chars]
    counts = {turn: turns.count(turn) for turn in set(turns)}
    turn = max(counts, key=lambda key: counts[key]) if counts else 0
    if turn == SKEWED or counts.get(turn, 0) * 2 <= len(turns):
        turn = 0
    sideways = turn in (1, 3)

    def flip(box: Box) -> Box:
        top_down = (box[0], height - box[3], box[2], height - box[1])
        return turn_box(top_down, turn, width, height)

    horizontal = [flip((edge.start, edge.at, edge.end, edge.at)) for edge in drawn.horizontal]
    vertical = [flip((edge.at, edge.start, edge.at, edge.end)) for edge in drawn.vertical]
    if sideways:
        horizontal, vertical = vertical, horizontal
    size = (height, width) if sideways else (width, height)
    return Page(
        number=number,
        width=size[0],
        height=size[1],
        chars=tuple(
            _char(raw, own, turn, width, height)
            for raw, own in zip(drawn.chars, turns, strict=True)
        ),
        horizontal=tuple(Edge(box[1], box[0], box[2]) for box in horizontal),
        vertical=tuple(Edge(box[0], box[1], box[3]) for box in vertical),
        fills=tuple(flip(box) for box in drawn.fills),
        curves=tuple(flip(box) for box in drawn.curves),
        images=tuple(flip(box) for box in drawn.images),
    )


def _turn(across: float, up: float) -> int:
    """The quarter turns clockwise of text that runs along a direction (y growing upwards)."""
    if abs(up) < 0.05:
        return 0 if across > 0 else 2
    if abs(across) < 0.05:
        return 1 if up < 0 else 3
    return SKEWED


def _char(raw: RawChar, own: int, turn: int, width: float, height: float) -> Char:
    x, y = turn_point(raw.x, height - raw.y, own if own > 0 else 0, width, height)
    rest = own if own == SKEWED else (own - turn) % 4
    return Char(raw.text, x, x + raw.advance, y, raw.size, raw.font, rest, raw.bold)
