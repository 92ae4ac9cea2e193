"""Pixels of a page: straightened, and the rulings in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]
else:
    Pixels = Any

#: Length from which strokes are rulings, in points: across, longer than the characters that were
#: not recognised; down, the height of a row. A ruling is thinner than a box.
_ACROSS, _DOWN, _THICK = 14.0, 8.0, 4.0
#: The share of a character's box at each side that is not taken for the character, and the share
#: of a stroke in such boxes from which it is one of a character.
_INSET, _WRITTEN = 0.12, 0.4
#: Gaps in a ruling that noise makes; how near rulings meet; a length that no stroke has. In points.
_GAP, _NEAR, _SURE = 1.2, 1.8, 40.0
#: Angles of a page that was scanned askew, in degrees: smaller ones do no harm, larger are none.
_LEAST_SKEW, _MOST_SKEW = 0.1, 5.0
#: Width of the picture in which the skew is measured.
_SKETCH = 1200


class Ruling(NamedTuple):
    """A ruling in points: its y or x, and its reach."""

    at: float
    start: float
    end: float


def straightened(pixels: Pixels) -> Pixels:
    """The page turned by the few degrees that it was scanned askew."""
    angle = _skew(pixels)
    if not _LEAST_SKEW <= abs(angle) <= _MOST_SKEW:
        return pixels
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    white = (255, 255, 255)
    return np.asarray(cv2.warpAffine(pixels, turn, (width, height), borderValue=white), np.uint8)


def quarter_turned(pixels: Pixels, turns: int) -> Pixels:
    """The page turned clockwise by quarters."""
    return np.ascontiguousarray(np.rot90(pixels, -turns))


def _skew(pixels: Pixels) -> float:
    """The angle of rulings and lines of text against the horizontal, in degrees."""
    scale = min(1.0, _SKETCH / pixels.shape[1])
    grey = cv2.resize(_grey(pixels), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = _ink(grey)
    # Characters of a line run together, so that a page without rulings has lines, too.
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 15), np.uint8))
    edges = cv2.Canny(np.asarray(joined, np.uint8), 50, 150)
    lines = cv2.HoughLinesP(
        edges, 1, np.pi / 3600, 80, minLineLength=grey.shape[1] / 6, maxLineGap=8
    )
    if lines is None:
        return 0.0
    x0, y0, x1, y1 = np.asarray(lines, float).reshape(-1, 4).T
    angles = np.degrees(np.arctan2(y1 - y0, x1 - x0))
    flat = np.abs(angles) <= _MOST_SKEW
    return float(np.median(angles[flat])) if flat.any() else 0.0


def rulings(
    pixels: Pixels, scale: float, text: Iterable[tuple[float, float, float, float]]
) -> tuple[list[Ruling], list[Ruling]]:
    """Horizontal and vertical rulings in points.

    ``scale`` is pixels per point; ``text`` are the boxes of characters (x0, top, x1, bottom in
    pixels), whose strokes are no rulings, not even those that run together over several lines.
    """
    ink = _ink(_grey(pixels))
    written = np.zeros(ink.shape[:2], np.uint8)
    for x0, top, x1, bottom in text:
        # A box reaches a little over its character, and may touch the ruling beside it.
        aside, down = _INSET * (x1 - x0), _INSET * (bottom - top)
        written[round(top + down) : round(bottom - down), round(x0 + aside) : round(x1 - aside)] = 1
    across = _lines(ink, written, scale, across=True)
    sides = [
        line
        for line in _lines(ink, written, scale, across=False)
        # The side of a cell reaches from ruling to ruling; a stroke of a character does not.
        if line.end - line.start > _SURE or _hangs(line, across)
    ]
    return across, sides


def _hangs(line: Ruling, across: Sequence[Ruling]) -> bool:
    """Whether a vertical ruling begins and ends at horizontal ones."""
    crossed = [a.at for a in across if a.start - _NEAR <= line.at <= a.end + _NEAR]
    ends = (line.start, line.end)
    return all(any(abs(at - end) <= _NEAR for at in crossed) for end in ends)


def _lines(ink: Any, written: Any, scale: float, *, across: bool) -> list[Ruling]:
    length, gap = round((_ACROSS if across else _DOWN) * scale), max(1, round(_GAP * scale))
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(_way(gap, across), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(_way(length, across), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(opened, np.uint8))
    found = []
    for x, y, width, height, _ in stats[1:count]:
        if (height if across else width) > _THICK * scale:
            continue
        if written[y : y + height, x : x + width].mean() > _WRITTEN:
            continue
        if across:
            found.append(Ruling((y + height / 2) / scale, x / scale, (x + width) / scale))
        else:
            found.append(Ruling((x + width / 2) / scale, y / scale, (y + height) / scale))
    return found


def _way(length: int, across: bool) -> tuple[int, int]:
    return (1, max(3, length)) if across else (max(3, length), 1)


def _grey(pixels: Pixels) -> Any:
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) if pixels.ndim == 3 else pixels


def _ink(grey: Any) -> Any:
    """White where something dark is printed, whatever the light of the scan."""
    return cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15
    )
