"""Statements as rules read them: which columns are parts of which, which rows of which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from disclosure_parser.checks.lines import money
from disclosure_parser.checks.model import Operand
from disclosure_parser.document import fold_text
from disclosure_parser.language.values import Amount, Phase, ValueState
from disclosure_parser.statements import (
    ColumnRole,
    Row,
    RowRole,
    Statement,
    StatementColumn,
    statement_facts,
)

_TOTAL = re.compile(r"(?:本年)?(?:收入|支出)?(?:合计|小计|总计|共计)(?:数)?")
#: Columns that are no part of a row's sum.
_OUTSIDE = {"opening", "closing", "change", "share"}


@frozen
class Partition:
    """A column that holds the sum of others, by their header."""

    total: StatementColumn
    parts: tuple[StatementColumn, ...]


def partitions(statement: Statement) -> Iterator[Partition]:
    """The columns that are sums of their neighbours, lane by lane, phase by phase."""
    groups: dict[tuple[object, ...], list[StatementColumn]] = {}
    for column in statement.columns:
        if column.role is ColumnRole.AMOUNT and column.meaning not in _OUTSIDE:
            groups.setdefault((column.lane, column.phase, column.year), []).append(column)
    for columns in groups.values():
        yield from _split(columns, 0)


def _split(columns: Sequence[StatementColumn], depth: int) -> Iterator[Partition]:
    """The partition at one level of the header, and those below it."""
    children: dict[str, list[StatementColumn]] = {}
    for column in columns:
        children.setdefault(_word(column, depth), []).append(column)
    if len(children) == 1:
        if any(len(column.path) > depth + 1 for column in columns):
            yield from _split(columns, depth + 1)
        return
    total = next((c[0] for w, c in children.items() if len(c) == 1 and _TOTAL.fullmatch(w)), None)
    parts: list[StatementColumn] = []
    for group in children.values():
        if group[0] is total:
            continue
        yield from _split(group, depth + 1) if len(group) > 1 else ()
        parts.extend(_heads(group, depth + 1))
    parts = [part for part in parts if not part.subset]
    if total is not None and len(parts) > 1:
        yield Partition(total, tuple(parts))


def _heads(group: list[StatementColumn], depth: int) -> list[StatementColumn]:
    """The columns that stand for a group: its total, else all of its parts."""
    if len(group) == 1:
        return group
    totals = [column for column in group if _TOTAL.fullmatch(_word(column, depth))]
    return totals[:1] or group


def _word(column: StatementColumn, depth: int) -> str:
    """The header of a column at a depth; a column whose path ends above is its own total."""
    path = column.path
    return fold_text(path[depth]) if depth < len(path) else "合计"


def cell(row: Row, column: StatementColumn) -> Operand | None:
    """The amount at a row and column as an operand; ``None`` unless it is a number."""
    value = row.value(column.index)
    if value is None or value.amount is None:
        return None
    return money(f"{row_name(row)} {' › '.join(column.path)}".strip(), value.amount)


def unread(row: Row, columns: Sequence[StatementColumn]) -> list[str]:
    """The texts of cells that hold something which was not read as a number."""
    found = []
    for column in columns:
        value = row.value(column.index)
        if value is not None and value.amount is not None and value.state is ValueState.TEXT:
            found.append(value.amount.text)
    return found


def row_name(row: Row) -> str:
    """What a row is called: its name, else its code."""
    if row.name is not None:
        return row.name.text.strip()
    return row.code.code if row.code is not None else ""


def roots(rows: Sequence[Row]) -> list[Row]:
    """The rows of a lane that are no part of another row: what a total adds up."""
    return [row for row in rows if row.role is RowRole.ITEM and row.parent is None]


def amount_columns(statement: Statement, lane: int) -> list[StatementColumn]:
    """The columns of a lane that hold money and can be added downwards."""
    return [
        column
        for column in statement.columns
        if column.lane == lane
        and column.role is ColumnRole.AMOUNT
        and column.meaning not in ("change", "share")
    ]


@frozen
class Printed:
    """A figure of a statement as an operand, with the table and row it stands in."""

    operand: Operand
    statement: Statement
    row: Row


def printed_figures(
    statements: Sequence[Statement],
) -> dict[tuple[str, Phase | None, int | None], list[Printed]]:
    """The figures of statements by concept, phase and year."""
    found: dict[tuple[str, Phase | None, int | None], list[Printed]] = {}
    for statement in statements:
        for figure in statement_facts(statement):
            if not figure.concept or not isinstance(figure.value, Amount):
                continue
            row = statement.rows[figure.row]
            operand = money(printed_name(statement, row, figure.column), figure.value)
            if operand is not None:
                key = (figure.concept, figure.phase, figure.year)
                found.setdefault(key, []).append(Printed(operand, statement, row))
    return found


def printed_name(statement: Statement, row: Row, column: int | None) -> str:
    """How people would call a cell: 《table》 row column."""
    title = statement.title.text if statement.title is not None else statement.kind
    header = statement.column(column) if column is not None else None
    path = " › ".join(header.path) if header is not None else ""
    return " ".join(part for part in (f"《{title}》", row_name(row), path) if part)
