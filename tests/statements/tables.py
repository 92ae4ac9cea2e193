"""Tables written as text: a line a row, cells between bars, ``<`` and ``^`` for spans."""

from __future__ import annotations

from disclosure_parser.document import Block, Cell, Document, Paragraph, Source, Table
from disclosure_parser.document.grid import Grid
from disclosure_parser.identity import ReportKind
from disclosure_parser.outline.model import TableView
from disclosure_parser.outline.tables import view_tables
from disclosure_parser.statements import Statement, read_statements


def table(text: str) -> Table:
    """A table of the lines of a text; ``<`` goes on the cell to the left, ``^`` the one above."""
    rows = [
        [cell.strip("\t").removeprefix(" ").removesuffix(" ") for cell in line.split("|")]
        for line in text.strip("\n").splitlines()
    ]
    width = max(map(len, rows))
    cells = []
    for number, row in enumerate(rows):
        for column, content in enumerate(row):
            if content in {"<", "^"}:
                continue
            across = 1
            while column + across < len(row) and row[column + across] == "<":
                across += 1
            down = 1
            while number + down < len(rows) and rows[number + down][column : column + 1] == ["^"]:
                down += 1
            cells.append(
                Cell(row=number, column=column, text=content, column_span=across, row_span=down)
            )
    return Table(cells=tuple(cells), rows=len(rows), columns=width)


def document(*blocks: str | Block) -> Document:
    """A document of lines and tables; a text of several lines is a table."""
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, str):
            made.append(table(block) if "\n" in block else Paragraph(text=block))
        else:
            made.append(block)
    return Document(
        source=Source(name="made.txt", format="text", sha256="0" * 64, size=1),
        blocks=tuple(made),
    )


def read(
    *blocks: str | Block, year: int | None = 2024, kind: ReportKind | None = ReportKind.BUDGET
) -> tuple[Statement, ...]:
    """The statements of a document."""
    made = document(*blocks)
    return read_statements(made, view_tables(made), fiscal_year=year, kind=kind)


def read_one(
    *blocks: str | Block, year: int | None = 2024, kind: ReportKind | None = ReportKind.BUDGET
) -> Statement:
    """The only statement of a document."""
    (statement,) = read(*blocks, year=year, kind=kind)
    return statement


def views_of(made: Document) -> list[tuple[TableView, Grid]]:
    """The views of a document's tables with their grids."""
    found = []
    for view in view_tables(made):
        block = made.blocks[view.block]
        assert isinstance(block, Table)
        found.append((view, Grid(block)))
    return found
