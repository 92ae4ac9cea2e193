"""The dense grid is a view of cells with spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_parser.document import Cell, Table
from disclosure_parser.document.grid import MAX_POSITIONS, Grid
from disclosure_parser.errors import LimitExceededError


def _table(*cells: Cell, rows: int, columns: int) -> Table:
    return Table(cells=cells, rows=rows, columns=columns)


def test_spans_cover_their_positions() -> None:
    head = Cell(row=0, column=0, text="收入", column_span=2)
    side = Cell(row=0, column=2, text="备注", row_span=2)
    left = Cell(row=1, column=0, text="项目")
    grid = Grid(_table(head, side, left, rows=2, columns=3))
    assert grid.cell(0, 1) is head
    assert grid.cell(1, 2) is side
    assert grid.cell(1, 1) is None
    assert grid.text(1, 1) == ""
    assert grid.row(0) == (head, side)
    assert grid.row(1) == (left, side)
    assert grid.printed(1) == [left]


def test_a_span_over_the_edge_is_cut_and_the_first_claim_wins() -> None:
    wide = Cell(row=0, column=0, text="甲", column_span=9, row_span=9)
    late = Cell(row=1, column=1, text="乙")
    grid = Grid(_table(wide, late, rows=2, columns=2))
    assert grid.cell(1, 1) is wide
    assert grid.cell(2, 0) is None
    assert grid.cell(0, -1) is None


def test_a_cell_outside_the_table_is_nowhere() -> None:
    stray = Cell(row=5, column=0, text="甲")
    grid = Grid(_table(stray, rows=1, columns=1))
    assert grid.cell(0, 0) is None


def test_a_table_that_claims_too_much_is_refused() -> None:
    with pytest.raises(LimitExceededError, match="too large"):
        Grid(_table(rows=MAX_POSITIONS, columns=2))


CELLS = st.builds(
    Cell,
    row=st.integers(-1, 6),
    column=st.integers(-1, 6),
    text=st.just("x"),
    row_span=st.integers(1, 8),
    column_span=st.integers(1, 8),
)


@given(st.lists(CELLS, max_size=8), st.integers(0, 6), st.integers(0, 6))
def test_every_position_is_covered_by_a_cell_that_claims_it(
    cells: list[Cell], rows: int, columns: int
) -> None:
    grid = Grid(_table(*cells, rows=rows, columns=columns))
    for row in range(rows):
        for column in range(columns):
            cell = grid.cell(row, column)
            claims = [
                c
                for c in cells
                if 0 <= c.row <= row < c.row + c.row_span
                and 0 <= c.column <= column < c.column + c.column_span
                and c.row < rows
                and c.column < columns
            ]
            assert cell is (claims[0] if claims else None)
