"""The three text forms in which extracted reports circulate."""

from __future__ import annotations

from collections.abc import Callable

from corpus.source import Contents, Grid, Page, Para, Report


def render(report: Report, form: str) -> str:
    """The report as text of form ``a``, ``b`` or ``c``; see ``corpus/README.md``."""
    table = _TABLES[form]
    lines: list[str] = []
    for block in report.blocks:
        if isinstance(block, Page):
            continue
        if isinstance(block, Contents):
            lines.extend(f"{text}\t{page}".rstrip("\t") for _, text, page in block.entries)
        elif isinstance(block, Grid):
            lines.extend(table(block))
        else:
            lines.append(_line(block, form))
    return "\n".join(lines) + "\n"


def _line(para: Para, form: str) -> str:
    """Fields leave their code behind in form ``a`` only.

    Raises:
        ValueError: a note, a box or a chart, which have no place in a text form.
    """
    pieces = []
    for run in para.runs:
        if run.kind in ("text", "ins"):
            pieces.append(run.text)
        elif run.kind == "tc" and form == "a":
            pieces.append(f" TC {run.text} \\f A \\l 1 ")
        elif run.kind in ("note", "box", "chart"):
            raise ValueError(f"{run.kind} has no place in a text form: {run.text}")
    return "".join(pieces)


def _cell_lines(grid: Grid) -> list[str]:
    """Form ``a``: a line per cell, an empty line ends the row, a second one the table."""
    lines: list[str] = []
    for row in range(grid.rows):
        for cell, begun in grid.row_cells(row):
            # A cell's further paragraphs go on without a tab.
            lines.extend(f"\t{cell.text if begun else ''}".split("\n"))
        lines.append("")
    lines.append("")
    return lines


def _row_lines(grid: Grid) -> list[str]:
    """Form ``b``: a line per row, every cell behind a tab; an empty line ends the table."""
    lines: list[str] = []
    for row in range(grid.rows):
        texts = [cell.text if begun else "" for cell, begun in grid.row_cells(row)]
        lines.extend("".join(f"\t{text}" for text in texts).split("\n"))
    lines.append("")
    return lines


def _tabbed_lines(grid: Grid) -> list[str]:
    """Form ``c``: the grid as a spreadsheet pastes it: covered positions are empty."""
    lines: list[str] = []
    for row in range(grid.rows):
        texts = [""] * grid.columns
        for cell, begun in grid.row_cells(row):
            if begun:
                texts[cell.column] = cell.text.replace("\n", "")
        lines.append("\t".join(texts))
    lines.append("")
    return lines


_TABLES: dict[str, Callable[[Grid], list[str]]] = {
    "a": _cell_lines,
    "b": _row_lines,
    "c": _tabbed_lines,
}
