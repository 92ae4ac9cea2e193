"""Any ruled table comes back as it was drawn: cells, spans, texts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_parser.readers.base import Input, Limits
from disclosure_parser.readers.pdf import read_pdf
from tests.readers.pdf_files import Mark, Rule, Sheet, Text, pdf

Cells = dict[tuple[int, int], tuple[int, int]]


@st.composite
def layouts(draw: st.DrawFn) -> tuple[int, int, Cells]:
    """Rows, columns, and cells (top left corner → spans) that tile them."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    cells: Cells = {}
    while free:
        row, column = min(free)
        high, wide = draw(st.integers(1, 3)), draw(st.integers(1, 3))
        block = {(row + i, column + j) for i in range(high) for j in range(wide)}
        if not block <= free:
            high = wide = 1
            block = {(row, column)}
        free -= block
        cells[row, column] = high, wide
    return rows, columns, cells


def _needed(rows: int, columns: int, cells: Cells) -> bool:
    """Whether every row and column begins some cell, so that the grid is the one drawn."""
    return {row for row, _ in cells} == set(range(rows)) and {c for _, c in cells} == set(
        range(columns)
    )


@settings(max_examples=60, deadline=None)
@given(layouts())
def test_spans_come_back_as_drawn(layout: tuple[int, int, Cells]) -> None:
    rows, columns, cells = layout
    if not _needed(rows, columns, cells) or len(cells) < 3:
        return
    xs = [72.0 + 70 * column for column in range(columns + 1)]
    ys = [100.0 + 24 * row for row in range(rows + 1)]
    marks: list[Mark] = []
    wanted = {}
    for number, ((row, column), (high, wide)) in enumerate(cells.items()):
        x0, x1, y0, y1 = xs[column], xs[column + wide], ys[row], ys[row + high]
        marks += [Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1)]
        marks += [Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1)]
        marks.append(Text(x0 + 4, y0 + 16, f"单元{number}", 10))
        wanted[row, column, high, wide] = f"单元{number}"
    document = read_pdf(Input(data=pdf([Sheet(marks=marks)]), name="test.pdf", limits=Limits()))
    ((_, table),) = document.tables()
    assert (table.rows, table.columns) == (rows, columns)
    found = {(c.row, c.column, c.row_span, c.column_span): c.text for c in table.cells}
    assert found == wanted
