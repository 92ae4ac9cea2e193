"""Tables as CSV: the printed cells with the header path of each column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from attrs import frozen

from disclosure_parser.document import Anchor, Table
from disclosure_parser.document.grid import Grid
from disclosure_parser.outline.model import TableView
from disclosure_parser.report import Report

#: Put before a text of a spreadsheet, so that no cell begins with it.
BOM = "\ufeff"
_NUMBER = re.compile(r"[-+]?[\d,，.]*%?|[-+—–=]+")
_INDEX = (
    *("file", "title", "label", "agency", "period"),
    *("unit", "section", "place", "rows", "columns"),
)


@frozen(kw_only=True)
class TableSheet:
    """A table of a report as rows of text, the header paths first."""

    name: str
    view: TableView
    section: str
    place: str
    rows: tuple[tuple[str, ...], ...]

    def heading(self) -> list[str]:
        """What the table is, a line each: title and label, agency, period, unit, place."""
        view = self.view
        parts = [self.name]
        for quote in (view.title, view.label, view.agency, view.period):
            if quote is not None:
                parts.append(" ".join(quote.text.split()))
        if view.unit is not None:
            parts.append(f"单位：{view.unit.value}")
        if self.place:
            parts.append(self.place)
        return parts

    def csv(self, *, spreadsheet: bool = False) -> Iterator[str]:
        """The lines of the CSV."""
        for row in self.rows:
            yield csv_line([safe(text) for text in row] if spreadsheet else row)


def table_sheets(report: Report, *, fill: bool = False) -> Iterator[TableSheet]:
    """All tables of the report.

    The first row holds the header paths (levels joined by `` › ``), then come the body rows and
    the notes as printed; caption, header and column-number rows (栏次) are left out, since the
    header paths tell them. A merged cell is printed once, at its top left position, and with
    ``fill`` at every position that it covers.
    """
    sections = {block: section.id for section in report.walk() for block in section.blocks}
    grids: dict[int, Grid] = {}
    for number, view in enumerate(report.tables, 1):
        block = report.document.blocks[view.block]
        if not isinstance(block, Table):
            raise LookupError(f"block {view.block} is no table")
        grid = grids.setdefault(view.block, Grid(block))
        paths = {column.index: " › ".join(column.path) for column in view.columns}
        header = tuple(paths.get(column, "") for column in range(grid.columns))
        rows = sorted({*view.body_rows, *view.note_rows})
        body = tuple(_row(grid, row, fill=fill) for row in rows)
        yield TableSheet(
            name=f"table-{number:03d}",
            view=view,
            section=sections.get(view.block, ""),
            place=_place(report, view, block),
            rows=(header, *body) if any(header) else body,
        )


def index_csv(sheets: Iterable[TableSheet]) -> Iterator[str]:
    """The lines of the CSV that lists the tables and their files."""
    yield csv_line(_INDEX)
    for sheet in sheets:
        view = sheet.view
        quotes = (view.title, view.label, view.agency, view.period)
        yield csv_line(
            (
                f"{sheet.name}.csv",
                *(" ".join(quote.text.split()) if quote is not None else "" for quote in quotes),
                view.unit.value if view.unit is not None else "",
                sheet.section,
                sheet.place,
                str(len(sheet.rows)),
                str(len(view.columns)),
            )
        )


def csv_line(cells: Iterable[str]) -> str:
    """One line of CSV with its line end."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def safe(text: str) -> str:
    """Text that a spreadsheet program would calculate gets an apostrophe; figures never do."""
    if text[:1] in {"=", "+", "-", "@", "\t", "\r"} and not _NUMBER.fullmatch(text.strip()):
        return f"'{text}"
    return text


def _row(grid: Grid, row: int, *, fill: bool) -> tuple[str, ...]:
    texts = []
    for column in range(grid.columns):
        cell = grid.cell(row, column)
        begins = cell is not None and (fill or (cell.row == row and cell.column == column))
        texts.append(cell.text if cell is not None and begins else "")
    return tuple(texts)


def _place(report: Report, view: TableView, table: Table) -> str:
    for cell in table.cells:
        if cell.fragments:
            anchor = Anchor(block=view.block, start=0, end=1, row=cell.row, column=cell.column)
            places = report.places(anchor)
            if places:
                return str(places[0])
    return ""
