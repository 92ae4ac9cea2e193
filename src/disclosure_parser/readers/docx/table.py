"""The grid of a Word table: which cells stand where, how far they reach.

Only the structure is read here; the text of the cells is read afterwards, in reading order.
Columns are the places where some cell begins or ends. A grid that the file declares beside
(``tblGrid``) is not asked: files are common whose declared grid is not the one of their cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from disclosure_parser.errors import LimitExceededError
from disclosure_parser.readers.docx import names
from disclosure_parser.readers.docx.names import VAL, w
from disclosure_parser.readers.docx.runs import choice
from disclosure_parser.readers.docx.values import child, integer, switched

if TYPE_CHECKING:
    from lxml import etree

_ROW_PROPERTIES = w("trPr")
_CELL_PROPERTIES = w("tcPr")
_GRID_SPAN = w("gridSpan")
_MERGE = w("vMerge")
_LEGACY_MERGE = w("hMerge")
_DELETED_ROW = w("del")
_HIDDEN_ROW = w("hidden")
_GRID_BEFORE = w("gridBefore")
_DELETED_CELL = w("cellDel")
_PROPERTIES = frozenset(
    (w("tblPr"), w("tblGrid"), w("tblPrEx"), _ROW_PROPERTIES, w("sdtPr"), w("sdtEndPr"))
)


@define
class Slot:
    """A cell on the grid, and the cells of the file that it covers."""

    element: etree._Element
    row: int
    column: int
    column_span: int
    row_span: int = 1
    covered: list[etree._Element] = field(factory=list)


@frozen(kw_only=True)
class Layout:
    """A table laid out: slots by row, then column.

    ``unprinted`` are rows and cells that are deleted or hidden, ``strays`` what stands between
    the cells where nothing should.
    """

    rows: int
    columns: int
    slots: tuple[Slot, ...]
    unprinted: tuple[etree._Element, ...]
    strays: tuple[etree._Element, ...]


def lay_out(table: etree._Element, cells: int) -> Layout:
    """Lay out a table of at most ``cells`` cells.

    Raises:
        LimitExceededError: the table has more cells.
    """
    slots: list[Slot] = []
    unprinted: list[etree._Element] = []
    strays: list[etree._Element] = []
    #: The merged cells that reached the row above, by the column they begin in.
    open_above: dict[int, Slot] = {}
    row = 0
    for element in _children(table, names.ROW, strays):
        skipped, before = _row_properties(element)
        if skipped:
            unprinted.append(element)
            continue
        found = _row(element, row, before, open_above, unprinted, strays)
        if found is None:
            continue
        begun, open_above = found
        slots.extend(begun)
        row += 1
        if len(slots) > cells:
            raise LimitExceededError("the tables have more cells than the limit allows")
    edges = sorted(
        {edge for slot in slots for edge in (slot.column, slot.column + slot.column_span)}
    )
    rank = {edge: index for index, edge in enumerate(edges)}
    for slot in slots:
        first = rank[slot.column]
        slot.column_span = rank[slot.column + slot.column_span] - first
        slot.column = first
    return Layout(
        rows=row,
        columns=max(len(edges) - 1, 0),
        slots=tuple(slots),
        unprinted=tuple(unprinted),
        strays=tuple(strays),
    )


def _row(
    element: etree._Element,
    row: int,
    column: int,
    above: dict[int, Slot],
    unprinted: list[etree._Element],
    strays: list[etree._Element],
) -> tuple[list[Slot], dict[int, Slot]] | None:
    """The cells that begin in a row, and the merged ones that reach it; ``None`` for no cells."""
    begun: list[Slot] = []
    reaching: dict[int, Slot] = {}
    cells = _merged_sideways(_children(element, names.CELL, strays), unprinted)
    for cell, span, merge, covered in cells:
        upper = above.get(column) if merge == "continue" else None
        if upper is not None and upper.column_span == span:
            upper.row_span += 1
            upper.covered += [cell, *covered]
            reaching[column] = upper
        else:
            # A continuation of nothing is a cell of its own, as in Word.
            slot = Slot(cell, row, column, span, covered=covered)
            begun.append(slot)
            if merge:
                reaching[column] = slot
        column += span
    return (begun, reaching) if begun or reaching else None


def _merged_sideways(
    cells: Iterator[etree._Element], unprinted: list[etree._Element]
) -> list[tuple[etree._Element, int, str, list[etree._Element]]]:
    """The cells of a row with their span, vertical merge and the cells that they swallow by the
    old way of merging (``hMerge``)."""
    found: list[tuple[etree._Element, int, str, list[etree._Element]]] = []
    joining = False
    for cell in cells:
        span, merge, sideways, deleted = _cell_properties(cell)
        if deleted:
            unprinted.append(cell)
        elif sideways == "continue" and joining:
            head, width, how, covered = found[-1]
            found[-1] = (head, width + span, how, [*covered, cell])
        else:
            joining = sideways != ""
            found.append((cell, span, merge, []))
    return found


def _children(
    parent: etree._Element, tag: str, strays: list[etree._Element]
) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also inside content controls 内容控件."""
    for item in parent:
        if item.tag == tag:
            yield item
        elif item.tag in _PROPERTIES:
            continue
        elif item.tag == names.ALTERNATE:
            chosen = choice(item)
            if chosen is not None:
                yield from _children(chosen, tag, strays)
        elif item.tag in (names.PARAGRAPH, names.TABLE, names.RUN, names.CELL):
            strays.append(item)
        else:
            yield from _children(item, tag, strays)


def _row_properties(row: etree._Element) -> tuple[bool, int]:
    """Whether a row is not printed, and the columns it leaves out at its beginning."""
    skipped, before = False, 0
    for properties in row.iterchildren(_ROW_PROPERTIES):
        for item in properties:
            if item.tag == _DELETED_ROW:
                skipped = True
            elif item.tag == _HIDDEN_ROW:
                skipped = skipped or switched(item)
            elif item.tag == _GRID_BEFORE:
                before = max(integer(item.get(VAL)) or 0, 0)
    return skipped, before


def _cell_properties(cell: etree._Element) -> tuple[int, str, str, bool]:
    """Columns, vertical merge, legacy horizontal merge (empty, ``restart``, ``continue``), and
    whether the cell is deleted."""
    span, merge, sideways, deleted = 1, "", "", False
    properties = child(cell, _CELL_PROPERTIES)
    for item in properties if properties is not None else ():
        tag = item.tag
        if tag == _GRID_SPAN:
            span = max(integer(item.get(VAL)) or 1, 1)
        elif tag == _MERGE:
            merge = "restart" if item.get(VAL) == "restart" else "continue"
        elif tag == _LEGACY_MERGE:
            sideways = "restart" if item.get(VAL) == "restart" else "continue"
        elif tag == _DELETED_CELL:
            deleted = True
    return span, merge, sideways, deleted
