"""Printed sums close where rows, lanes, parents and parts are read right.

A closed sum is no proof of a right reading, but a row that went to the wrong lane or a part that
was taken for a sibling opens it.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from disclosure_parser import parse
from disclosure_parser.statements import ColumnRole, Row, RowRole, Statement, StatementColumn
from tests.conftest import corpus_reports
from tests.statements.tables import read_one

#: A report with printed slips, whose sums are wrong in print.
REPORTS = [path for path in corpus_reports() if path.parent.name != "slips"]
_SUMMED = {RowRole.ITEM, RowRole.SUBTOTAL}


def number(row: Row, column: StatementColumn) -> Decimal | None:
    value = row.value(column.index)
    return value.amount.number if value is not None and value.amount is not None else None


def open_sums(statement: Statement) -> list[str]:
    """Sums of children that are not their parent's, and the number of sums looked at."""
    found = []
    for column in statement.columns:
        if column.role is not ColumnRole.AMOUNT or column.meaning in {"unit_price", ""}:
            continue
        for index, row in enumerate(statement.rows):
            whole = number(row, column)
            parts = [
                number(child, column)
                for child in statement.children(index)
                if child.lane == column.lane and child.role in _SUMMED
            ]
            known = [part for part in parts if part is not None]
            if row.lane != column.lane or whole is None or not known:
                continue
            if abs(sum(known) - whole) > Decimal("0.01") * (len(known) + 1):
                name = row.name.text if row.name else ""
                found.append(f"{statement.kind} {name} {column.path}: {whole} {sum(known)}")
    return found


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_parts_add_up_to_their_wholes(path: Path) -> None:
    report = parse(path)
    assert [text for statement in report.statements for text in open_sums(statement)] == []


def test_the_check_notices_a_wrong_sum() -> None:
    statement = read_one(
        "支出总表",
        "科目编码 | 科目名称 | 合计\n205 | 教育支出 | 12.00\n20502 | 普通教育 | 11.00\n",
    )
    assert len(open_sums(statement)) == 1
