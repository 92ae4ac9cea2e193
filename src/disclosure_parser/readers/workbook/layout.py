"""From printed cells to blocks: which rows of a sheet are a table, which are lines around it.

A row with one filled cell above the header of a table, or one that says the unit, the agency or
the table's number, is a line of text; so is a note below. A new table begins where such a line
stands after a blank row, or with a line of its unit after it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from attrs import define, field

from disclosure_parser.document import (
    Block,
    Cell,
    Document,
    Fragment,
    Paragraph,
    Place,
    Role,
    Severity,
    Style,
    Table,
)
from disclosure_parser.errors import EmptyDocumentError, LimitExceededError
from disclosure_parser.readers.base import Input
from disclosure_parser.readers.docx.package import Log
from disclosure_parser.readers.workbook.model import Printed, Sheet, cell_name, column_name

#: A sheet's name that its author did not choose.
_UNNAMED = re.compile(r"(?:sheet|工作表|表格?)\s*\d*", re.IGNORECASE)
#: What stands beside or under a title: labels with a colon, a unit, the number of a table.
_LABEL = re.compile(
    r"\s*(?:[（(]?(?:金额|货币|计量|数量)?单\s*位\s*[:：]?\s*[^\s:：]{0,10}[)）]?|[^\d:：。]{1,16}[:：].{0,60}"
    r"|(?:附?件?表|预算公开|决算公开|公开|附件|附)\s*[\d一二三四五六七八九十０-９]{1,3}(?:[-－—]\d{1,2})?(?:表)?"
    r"|\d{4}\s*年(?:度)?(?:\d{1,2}月(?:\d{1,2}日)?)?)\s*",
    re.DOTALL,
)
_UNIT = re.compile(r"单\s*位\s*[:：]")
_NOTE = re.compile(
    r"\s*(?:备?注|说明|填报?人|制表|审核|单位负责人|财务负责人|资料来源)\s*\d?\s*[:：.、]?"
)
_SENTENCE = re.compile(r"。")
_FIGURE = re.compile(r"\s*[-−△(（]?[\d,，]+(?:\.\d+)?\s*[%％)）]?\s*")
#: Places that the merged cells of a sheet may cover.
_COVERED = 5_000_000
#: Blank rows after which a table is over, whatever follows.
_GAP = 3


@define
class _Slot:
    row: int
    column: int
    row_span: int
    column_span: int
    printed: Printed
    #: The cell of the sheet that it begins in.
    source: tuple[int, int]


@define
class _Row:
    """A row of a sheet that is shown; ``number`` is its number among the shown ones."""

    number: int
    slots: list[_Slot] = field(factory=list)

    @property
    def texts(self) -> list[str]:
        return [slot.printed.text for slot in self.slots]

    @property
    def alone(self) -> bool:
        return len(self.slots) == 1

    @property
    def labels(self) -> bool:
        return bool(self.slots) and all(_LABEL.fullmatch(text) for text in self.texts)


def document_of(source: Input, format_name: str, sheets: Iterable[Sheet], log: Log) -> Document:
    """The document of a workbook.

    Raises:
        EmptyDocumentError: no cell holds anything.
        LimitExceededError: the sheets claim more cells than the limits allow.
    """
    builder = _Builder(source, log)
    for sheet in sheets:
        builder.add(sheet)
    if not builder.blocks:
        raise EmptyDocumentError(f"{source.name}: no cell of the workbook holds anything")
    return Document(
        source=source.describe(format_name),
        blocks=tuple(builder.blocks),
        diagnostics=log.entries(),
    )


class _Builder:
    def __init__(self, source: Input, log: Log) -> None:
        self._limits = source.limits
        self._log = log
        self._cells = 0
        self.blocks: list[Block] = []

    def add(self, sheet: Sheet) -> None:
        """Add the blocks of a sheet: its name, its lines and tables, what it hides."""
        if not sheet.cells:
            return
        rows, unprinted = _shown(sheet)
        if sheet.hidden:
            self._log.add(
                "workbook.hidden",
                f"sheet {sheet.name} is hidden; its cells are not read as printed",
                Severity.NOTE,
                Place(part=sheet.name),
            )
        regions = list(_regions(rows))
        lined = any(region.above for region in regions)
        role = Role.HIDDEN if sheet.hidden else Role.TEXT
        named = lined or sheet.hidden or _UNNAMED.fullmatch(sheet.name.strip())
        self._name(sheet, Role.FURNITURE if named and not sheet.hidden else role)
        for region in regions:
            for row in region.above:
                self._lines(row, sheet, role)
            self._table(region.body, sheet, role)
            for row in region.below:
                self._lines(row, sheet, role)
        self._hidden(unprinted, sheet)

    def _name(self, sheet: Sheet, role: Role) -> None:
        if sheet.name.strip():
            place = Place(part=sheet.name)
            fragment = Fragment(start=0, end=len(sheet.name), place=place)
            self._add(Paragraph(text=sheet.name, role=role, fragments=(fragment,)))

    def _lines(self, row: _Row, sheet: Sheet, role: Role) -> None:
        for slot in row.slots:
            printed = slot.printed
            style = Style(bold=printed.bold, centred=printed.centred, size=printed.size)
            self._add(
                Paragraph(
                    text=printed.text,
                    role=role,
                    style=style,
                    fragments=(_fragment(printed.text, sheet, slot.source),),
                )
            )

    def _table(self, rows: list[_Row], sheet: Sheet, role: Role) -> None:
        slots = [slot for row in rows for slot in row.slots]
        if not slots:
            return
        top = rows[0].number
        bottom = max(slot.row + slot.row_span for slot in slots)
        height = min(bottom, rows[-1].number + 1) - top
        # Columns in which nothing begins are only space.
        columns = sorted({slot.column for slot in slots})
        rank = {column: index for index, column in enumerate(columns)}
        width = len(columns)
        self._cells += height * width
        if self._cells > self._limits.cells:
            raise LimitExceededError(
                f"sheet {sheet.name} is larger than {self._limits.cells} cells"
            )
        cells: dict[tuple[int, int], Cell] = {}
        taken: set[tuple[int, int]] = set()
        for slot in slots:
            row, column = slot.row - top, rank[slot.column]
            # Columns in which something begins, to where the cell reaches.
            reach = bisect_left(columns, slot.column + slot.column_span) - column
            row_span = min(slot.row_span, height - row)
            positions = [
                (r, c) for r in range(row, row + row_span) for c in range(column, column + reach)
            ]
            if any(position in taken for position in positions):
                # Merged ranges that overlap: the sheet is damaged, the cell itself is not.
                row_span, reach, positions = 1, 1, [(row, column)]
            taken.update(positions)
            text = slot.printed.text.rstrip("\n")
            cells[row, column] = Cell(
                row=row,
                column=column,
                text=text,
                row_span=row_span,
                column_span=reach,
                indent=slot.printed.indent,
                fragments=(_fragment(text, sheet, slot.source),),
            )
        for row in range(height):
            for column in range(width):
                if (row, column) not in taken:
                    cells[row, column] = Cell(row=row, column=column, text="")
        ordered = tuple(cells[place] for place in sorted(cells))
        self._add(Table(cells=ordered, rows=height, columns=width, role=role))

    def _hidden(self, unprinted: dict[tuple[int, int], Printed], sheet: Sheet) -> None:
        """What hidden rows and columns hold, a paragraph per row."""
        if not unprinted:
            return
        rows = sorted({row for row, _ in unprinted})
        columns = sorted({column for _, column in unprinted})
        self._log.add(
            "workbook.hidden",
            f"sheet {sheet.name}: hidden rows or columns hold text, which is not read as printed "
            f"(rows {rows[0] + 1} to {rows[-1] + 1}, columns {column_name(columns[0])} to "
            f"{column_name(columns[-1])})",
            Severity.NOTE,
            Place(part=sheet.name),
        )
        by_row: dict[int, list[tuple[int, int]]] = {}
        for place in sorted(unprinted):
            by_row.setdefault(place[0], []).append(place)
        for places in by_row.values():
            text = ""
            fragments: list[Fragment] = []
            for place in places:
                piece = unprinted[place].text
                text += "\t" if text else ""
                fragments.append(_fragment(piece, sheet, place, len(text)))
                text += piece
            self._add(Paragraph(text=text, role=Role.HIDDEN, fragments=tuple(fragments)))

    def _add(self, block: Block) -> None:
        if len(self.blocks) >= self._limits.paragraphs:
            raise LimitExceededError(f"more than {self._limits.paragraphs} paragraphs")
        self.blocks.append(block)


def _fragment(text: str, sheet: Sheet, source: tuple[int, int], start: int = 0) -> Fragment:
    place = Place(part=sheet.name, cell=cell_name(*source))
    return Fragment(start=start, end=start + len(text), place=place)


def _shown(sheet: Sheet) -> tuple[list[_Row], dict[tuple[int, int], Printed]]:
    """The shown rows that hold something, spans counted in shown rows and columns; and the cells
    that are not shown."""
    filled = {place: cell for place, cell in sheet.cells.items() if cell.text.strip()}
    last_row = max((row for row, _ in filled), default=0)
    last_column = max((column for _, column in filled), default=0)
    merged = [
        (top, left, min(bottom, last_row), min(right, last_column))
        for top, left, bottom, right in sheet.merged
        if top <= last_row and left <= last_column
    ]
    spans = {(top, left): (bottom, right) for top, left, bottom, right in merged}
    covered = _covered(merged, sheet)
    columns = _Ranks(_numbers(sheet.hidden_columns, last_column))
    lines = _Ranks(row for row in sheet.hidden_rows if row <= last_row)
    rows: dict[int, _Row] = {}
    unprinted: dict[tuple[int, int], Printed] = {}
    for (row, column), cell in sorted(filled.items()):
        bottom, right = spans.get((row, column), (row, column))
        height, width = lines.count(row, bottom), columns.count(column, right)
        if (row, column) in covered or not height or not width:
            unprinted[row, column] = cell
            continue
        number = lines.before(row)
        slot = _Slot(number, columns.before(column), height, width, cell, (row, column))
        if number not in rows:
            rows[number] = _Row(number)
        rows[number].slots.append(slot)
    return [rows[number] for number in sorted(rows)], unprinted


def _covered(merged: list[tuple[int, int, int, int]], sheet: Sheet) -> set[tuple[int, int]]:
    """The places under merged cells: a sheet prints only the first cell of a range.

    Raises:
        LimitExceededError: the ranges cover more than :data:`_COVERED` places.
    """
    area = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in merged)
    if area > _COVERED:
        raise LimitExceededError(f"the merged cells of sheet {sheet.name} cover {area} places")
    return {
        (row, column)
        for top, left, bottom, right in merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def _numbers(ranges: Iterable[tuple[int, int]], last: int) -> Iterator[int]:
    """The numbers in inclusive ranges up to ``last``, each once."""
    following = 0
    for first, end in sorted(ranges):
        yield from range(max(first, following), min(end, last) + 1)
        following = max(following, end + 1)


class _Ranks:
    """Numbers rows or columns without the hidden ones."""

    def __init__(self, hidden: Iterable[int]) -> None:
        self._hidden = sorted(hidden)

    def before(self, index: int) -> int:
        """How many are shown before one."""
        return index - bisect_left(self._hidden, index)

    def count(self, first: int, last: int) -> int:
        """How many are shown from one to another."""
        return self.before(last + 1) - self.before(first)


@define
class _Region:
    """A table with the lines above and below it; ``body`` is empty for lines without a table."""

    above: list[_Row] = field(factory=list)
    body: list[_Row] = field(factory=list)
    below: list[_Row] = field(factory=list)


def _regions(rows: list[_Row]) -> Iterator[_Region]:
    """The tables of a sheet with the lines around them."""
    start = 0
    for index in range(1, len(rows) + 1):
        if index == len(rows) or _begins(rows, index):
            yield _region(rows[start:index])
            start = index


def _begins(rows: list[_Row], index: int) -> bool:
    """Whether a new table, or its title, begins with a row."""
    row, previous = rows[index], rows[index - 1]
    reach = max(slot.row + slot.row_span for slot in previous.slots)
    gap = row.number - max(reach, previous.number + 1)
    if gap >= _GAP:
        return True
    if (
        not (row.alone or row.labels)
        or previous.labels
        or _only_lines(rows[max(index - 8, 0) : index])
    ):
        return False
    following = rows[index + 1 : index + 4]
    header = next((r for r in following if not r.alone and not r.labels), None)
    if header is None or any(_FIGURE.fullmatch(text) for text in header.texts):
        return False
    units = any(_UNIT.search(text) for r in (row, *following) if r.labels for text in r.texts)
    return units or (gap > 0 and row.alone)


def _only_lines(rows: list[_Row]) -> bool:
    """Whether only lines stand before: the rows are still those above the first table."""
    return all(row.alone or row.labels for row in rows)


def _region(rows: list[_Row]) -> _Region:
    first = next((i for i, row in enumerate(rows) if not row.alone and not row.labels), len(rows))
    last = len(rows)
    while last > first and _is_note(rows[last - 1]):
        last -= 1
    return _Region(rows[:first], rows[first:last], rows[last:])


def _is_note(row: _Row) -> bool:
    """Whether a row below a table is a note, and not a row of it with one filled cell."""
    if not row.alone:
        return row.labels and any(_NOTE.match(text) for text in row.texts)
    slot = row.slots[0]
    text = slot.printed.text
    if _FIGURE.fullmatch(text):
        return False
    return bool(_NOTE.match(text)) or (bool(_SENTENCE.search(text)) and len(text) > 15)
