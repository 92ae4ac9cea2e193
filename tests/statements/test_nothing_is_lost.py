"""Every printed body cell can be reached from its statement."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_parser import parse
from disclosure_parser.document import Cell, Document, Table
from disclosure_parser.document.grid import Grid
from disclosure_parser.identity import ReportKind
from disclosure_parser.outline.tables import view_tables
from disclosure_parser.statements import PerformanceTargets, read_statements
from disclosure_parser.statements.reading import unread_cells
from tests.conftest import corpus_reports
from tests.statements.tables import document, table, views_of

_PRINTED = """
收入 支出 项目 科目编码 类 款 项 合计 小计 其中： 一、财政拨款 1.基金 201 06 01 2010601 行政运行
12.00 0 — 无 注：本表为空表。
栏次 行次 1 2 预算数 决算数 金额 基本支出 三级指标 指标值 ≥2次 项目名称
"""
WORDS = st.sampled_from([*_PRINTED.split(), "", "", "", ""])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of words that tables hold, with spans, in no order at all."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            across, down = draw(st.sampled_from([(1, 1)] * 6 + [(2, 1), (1, 2), (3, 1)]))
            covered = {(row + i, column + j) for i in range(down) for j in range(across)}
            if covered & taken or column + across > columns or row + down > rows:
                across = down = 1
                covered = {(row, column)}
            taken |= covered
            cells.append(
                Cell(row=row, column=column, text=draw(WORDS), row_span=down, column_span=across)
            )
    return Table(cells=tuple(cells), rows=rows, columns=columns)


TITLES = st.sampled_from(
    [
        "",
        "收支总表",
        "收入总表",
        "支出总表",
        "“三公”经费支出表",
        "政府采购预算表",
        "基本支出表",
        "绩效目标表",
        "无题",
    ]
)


@settings(max_examples=300, deadline=None)
@given(TITLES, tables())
def test_any_table_is_read_whole(title: str, made: Table) -> None:
    whole = document(*([title] if title else []), made)
    check(whole)


def test_two_columns_of_row_numbers_are_both_kept() -> None:
    rows = (
        ("项目", "行次", "行次", "金额"),
        ("合计", "201", "201", "3.00"),
        ("收入", "7", "8", "3.00"),
    )
    cells = tuple(
        Cell(row=at, column=column, text=text)
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    )
    check(document(Table(cells=cells, rows=3, columns=4)))


def check(whole: Document) -> None:
    views = view_tables(whole)
    statements = read_statements(whole, views, fiscal_year=2024, kind=ReportKind.FINAL)
    assert len(statements) == len(views)
    for statement, (view, grid) in zip(statements, views_of(whole), strict=True):
        assert unread_cells(statement, view, grid) == []


@pytest.mark.parametrize("path", corpus_reports(), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_corpus_tables_are_read_whole(path: Path) -> None:
    report_is_whole(path)


def report_is_whole(path: Path) -> None:
    report = parse(path)
    assert len(report.statements) == len(report.tables)
    for statement, view in zip(report.statements, report.tables, strict=True):
        block = report.document.blocks[view.block]
        assert isinstance(block, Table)
        assert unread_cells(statement, view, Grid(block)) == []
        if statement.kind != "unknown" and not isinstance(statement, PerformanceTargets):
            # What is left over in a known table is its running numbers.
            assert all(quote.text.isdigit() for quote in statement.others)


@pytest.mark.real
def test_published_tables_are_read_whole() -> None:
    folder = os.environ.get("DISCLOSURE_REAL_CORPUS")
    if not folder:
        pytest.skip("DISCLOSURE_REAL_CORPUS unset")
    paths = sorted(Path(folder).rglob("*.pdf"))
    assert paths
    for path in paths:
        report_is_whole(path)


def test_the_check_notices_a_lost_cell() -> None:
    made = table("科目名称 | 合计\n教育支出 | 12.00\n")
    whole = document(made)
    ((view, grid),) = views_of(whole)
    (statement,) = read_statements(whole, [view], fiscal_year=2024, kind=None)
    lost = type(statement)(kind="unknown", block=0, basis="test")
    assert unread_cells(statement, view, grid) == []
    assert len(unread_cells(lost, view, grid)) == 2


@pytest.mark.parametrize(
    "made",
    [
        table("科目名称 | 合计\n" + "合计(" * 20_000 + " | 1.00\n"),
        table("科目名称 | " + "数量(" * 20_000 + "\n教育支出 | 1.00\n"),
        table("项目 | 预算数 | " * 2_000 + "项目\n" + "一、收入 | 1.00 | " * 2_000 + "二、收入\n"),
    ],
    ids=["long name", "long header", "many lists"],
)
def test_hostile_tables_cost_little(made: Table) -> None:
    started = time.perf_counter()
    check(document("收支总表", made))
    assert time.perf_counter() - started < 10
