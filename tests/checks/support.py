"""Small reports to check: paragraphs and tables written here, parsed as any document."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from disclosure_parser.checks import CheckReport, Outcome, check
from disclosure_parser.document import Cell, Document, Paragraph, Source, Style, Table
from disclosure_parser.parsing import parse_document
from disclosure_parser.report import Report

BUDGET = "东江省统计局2024年度部门预算"
FINAL = "东江省统计局2024年度部门决算"


@frozen
class Grid:
    """A table: its title, its unit, its rows (cells divided by ``|``; ``<`` and ``^`` merge)."""

    title: str
    unit: str
    rows: tuple[str, ...]


def grid(title: str, *rows: str, unit: str = "万元") -> Grid:
    """A table."""
    return Grid(title, unit, rows)


def report(*blocks: str | Grid, title: str = BUDGET) -> Report:
    """The report of a title line and blocks."""
    found: list[Paragraph | Table] = [
        Paragraph(text=title, style=Style(bold=True, centred=True, size=20.0))
    ]
    for block in blocks:
        if isinstance(block, str):
            found.append(Paragraph(text=block))
            continue
        found.append(Paragraph(text=block.title, style=Style(centred=True, bold=True)))
        if block.unit:
            found.append(Paragraph(text=f"单位：{block.unit}"))
        found.append(_table(block.rows))
    source = Source(name="written", format="test", sha256="0" * 64, size=0)
    return parse_document(Document(source=source, blocks=tuple(found)))


def _table(rows: Sequence[str]) -> Table:
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    width = max(map(len, cells))
    placed: dict[tuple[int, int], Cell] = {}
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(cells):
        for c, text in enumerate(row + [""] * (width - len(row))):
            if text not in ("<", "^"):
                placed[r, c] = Cell(row=r, column=c, text=text)
                owners[r, c] = (r, c)
                continue
            owner = owners[(r, c - 1) if text == "<" else (r - 1, c)]
            owners[r, c] = owner
            cell = placed[owner]
            placed[owner] = evolve(
                cell,
                row_span=max(cell.row_span, r - owner[0] + 1),
                column_span=max(cell.column_span, c - owner[1] + 1),
            )
    ordered = tuple(placed[key] for key in sorted(placed))
    return Table(cells=ordered, rows=len(rows), columns=width)


def outcomes(result: CheckReport, rule: str) -> list[Outcome]:
    """The outcomes of a rule."""
    return [r.outcome for r in result.of_rule(rule)]


def checked(*blocks: str | Grid, title: str = BUDGET) -> CheckReport:
    """The check of a small report."""
    return check(report(*blocks, title=title))
