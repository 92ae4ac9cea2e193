"""Small documents for the tests of the outline."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_parser import outline
from disclosure_parser.catalogue import Catalogue, load
from disclosure_parser.document import Block, Cell, Document, Paragraph, Source, Style, Table
from disclosure_parser.outline import Outline
from disclosure_parser.outline.model import Section

Rows = Sequence[Sequence[str]]
#: A small table of figures.
FIGURES: Rows = (("项目", "预算数"), ("一、财政拨款收入", "12.50"), ("合计", "12.50"))


def table(rows: Rows) -> Table:
    """A table without spans."""
    cells = tuple(
        Cell(row=r, column=c, text=text) for r, row in enumerate(rows) for c, text in enumerate(row)
    )
    return Table(cells=cells, rows=len(rows), columns=max(len(row) for row in rows))


def centred(text: str) -> Paragraph:
    """A centred line."""
    return Paragraph(text=text, style=Style(centred=True))


def styled(text: str, level: int) -> Paragraph:
    """A line in a heading style."""
    return Paragraph(text=text, style=Style(outline_level=level))


def document(*parts: str | Rows | Block) -> Document:
    """A document of lines (one string may hold several), tables and ready blocks."""
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, str):
            blocks.extend(Paragraph(text=line) for line in part.strip("\n").split("\n"))
        elif isinstance(part, Paragraph | Table):
            blocks.append(part)
        else:
            blocks.append(table(part))
    source = Source(name="a report", format="text", sha256="0" * 64, size=0)
    return Document(source=source, blocks=tuple(blocks))


def build(*parts: str | Rows | Block, catalogue: Catalogue | None = None) -> Outline:
    """The outline of a small document."""
    return outline.build(document(*parts), catalogue or load())


def tree(found: Outline) -> list[str]:
    """The sections as lines: depth by dots, number and title, kind."""
    lines: list[str] = []

    def walk(section: Section, depth: int) -> None:
        lines.append(f"{'.' * depth}{section.number}{section.title} <{section.kind}>")
        for child in section.children:
            walk(child, depth + 1)

    for section in found.sections:
        walk(section, 0)
    return lines


def codes(found: Outline) -> list[str]:
    """The codes of the diagnostics."""
    return [diagnostic.code for diagnostic in found.diagnostics]


def section(found: Outline, title: str) -> Section:
    """The first section of a title."""
    return next(s for root in found.sections for s in root.walk() if s.title == title)
