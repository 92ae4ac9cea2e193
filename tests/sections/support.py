"""Small documents for the section tests."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_parser.document import Cell, Document, Paragraph, Source, Table
from disclosure_parser.language.values import Amount
from disclosure_parser.parsing import parse_document
from disclosure_parser.report import Report
from disclosure_parser.sections.model import Line

Rows = Sequence[Sequence[str]]

FRONT = ("青溪县水务局2031年部门预算",)


def table(rows: Rows) -> Table:
    """A table without spans."""
    cells = tuple(
        Cell(row=row, column=column, text=text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return Table(cells=cells, rows=len(rows), columns=max(map(len, rows)))


def document(*blocks: str | Rows) -> Document:
    """A document of paragraphs and tables."""
    made = tuple(Paragraph(text=b) if isinstance(b, str) else table(b) for b in blocks)
    source = Source(name="own", format="text", sha256="0" * 64, size=1)
    return Document(source=source, blocks=made)


def report(*blocks: str | Rows) -> Report:
    """The report of a budget with these blocks after its title."""
    return parse_document(document(*FRONT, *blocks))


def money(of: Line | Amount | None) -> str:
    """An amount, short: ``12.5万元``; the state where there is no number, ``?`` where doubted."""
    amount = of.amount if isinstance(of, Line) else of
    if amount is None:
        return ""
    number = amount.state.value if amount.number is None else str(amount.number)
    return f"{number}{amount.unit.value if amount.unit else ''}{'?' if amount.doubt else ''}"
