"""Small documents built by hand, parsed like any other."""

from __future__ import annotations

from disclosure_parser.document import Block, Cell, Document, Paragraph, Source, Table
from disclosure_parser.parsing import parse_document
from disclosure_parser.report import Report


def table(*rows: tuple[str, ...]) -> Table:
    """A table of plain cells; ``<`` goes on the cell to the left."""
    cells = []
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text == "<":
                continue
            span = 1
            while column + span < len(row) and row[column + span] == "<":
                span += 1
            cells.append(Cell(row=number, column=column, text=text, column_span=span))
    return Table(cells=tuple(cells), rows=len(rows), columns=len(rows[0]))


def document(*blocks: str | Block) -> Document:
    """A document of paragraphs (given as text) and tables."""
    return Document(
        source=Source(name="made.txt", format="text", sha256="0" * 64, size=1),
        blocks=tuple(Paragraph(text=b) if isinstance(b, str) else b for b in blocks),
    )


def report(*blocks: str | Block) -> Report:
    """The report of a document of paragraphs and tables, with a title page."""
    return parse_document(document("南岭市档案馆2024年部门预算", *blocks))
