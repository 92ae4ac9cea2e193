"""How far the labels of a column are indented: by the places of their first characters."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from disclosure_parser.readers.pdf.page import Box

# Labels that must stand at one edge for a column to be set to the left, and their share.
_LEAST = 3
_SHARE = 0.3
# Shares of the font size: what still stands at the edge, how exact an indent must be.
_AT_EDGE = 0.3
_EXACT = 0.3
_DEEPEST = 8
# Points by which labels that begin at one place may differ.
_SAME = 0.3


@frozen
class Label:
    """A text cell: its column as left and right side, its box, the box of its first line."""

    column: tuple[float, float]
    cell: Box
    line: Box
    text: str


def indents(labels: Sequence[Label | None]) -> list[int]:
    """The indents in characters; 0 for cells of columns that are not evidently set to the left.

    ``None`` stands for a cell without a label.
    """
    columns: dict[tuple[float, float], list[float]] = {}
    for label in labels:
        if label is not None and not _is_centred(label):
            columns.setdefault(label.column, []).append(_offset(label))
    edges: dict[tuple[float, float], float] = {}
    for column, offsets in columns.items():
        edge = min(offsets)
        at_edge = sum(offset - edge < 3.0 for offset in offsets)
        if at_edge >= _LEAST and at_edge >= _SHARE * len(offsets):
            edges[column] = edge
    return [
        _indent(label, edges[label.column])
        if label is not None and label.column in edges and _is_set(label, columns[label.column])
        else 0
        for label in labels
    ]


def _is_set(label: Label, offsets: Sequence[float]) -> bool:
    """Whether a label is set from the left: not in the middle of its cell, or there by chance,
    below or above others that begin at the same place."""
    own = _offset(label)
    return not _is_centred(label) or any(abs(offset - own) < _SAME for offset in offsets)


def _indent(label: Label, edge: float) -> int:
    size = label.line[3] - label.line[1]
    characters = (_offset(label) - edge) / size
    if characters < _AT_EDGE:
        return 0
    whole = round(characters)
    return whole if abs(characters - whole) < _EXACT and whole <= _DEEPEST else 0


def _offset(label: Label) -> float:
    return label.line[0] - label.cell[0]


def _is_centred(label: Label) -> bool:
    left, right = label.line[0] - label.cell[0], label.cell[2] - label.line[2]
    size = label.line[3] - label.line[1]
    return left > size and abs(left - right) < 0.6 * size
