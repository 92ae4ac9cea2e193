"""SQLite: keys, indices, and exact numbers beside those that SQLite computes with.

SQLite has no decimals: a NUMERIC column holds integers of 64 bits and floating-point numbers, which
keep the first 15 digits. A decimal column is therefore two: ``yuan`` to compare, sort and add with,
and ``yuan_exact``, a text with all digits. Booleans are 0 and 1.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from disclosure_parser.dataset.errors import DatasetError
from disclosure_parser.dataset.exports.rows import Value, plain, rows
from disclosure_parser.dataset.model import SCHEMA, ColumnType, Role, Table
from disclosure_parser.dataset.reading import Dataset

_TYPES = {
    ColumnType.TEXT: "TEXT",
    ColumnType.INTEGER: "INTEGER",
    ColumnType.DECIMAL: "NUMERIC",
    ColumnType.BOOLEAN: "INTEGER",
}
#: Columns that people look up rows by.
_INDEXED = {Role.CONCEPT, Role.CLASSIFICATION, Role.FISCAL_YEAR, Role.ENTITY}


def write(dataset: Dataset, path: Path) -> None:
    """One database with every table.

    Raises:
        DatasetError: a row speaks of one that there is not, or SQLite cannot write.
    """
    try:
        connection = sqlite3.connect(path)
        try:
            _write(dataset, connection)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise DatasetError(f"SQLite: {error}") from error


def _write(dataset: Dataset, connection: sqlite3.Connection) -> None:
    # The file is new and takes its name when it is whole: a journal would protect nothing.
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    about = {"schema": SCHEMA, "parser": str(dataset.about.get("parser", ""))}
    connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    for name in dataset.names:
        table = dataset[name].table
        connection.execute(_create(table, set(dataset.names)))
        marks = ", ".join("?" for _ in _columns(table))
        connection.executemany(
            f'INSERT INTO "{table.name}" VALUES ({marks})',
            (tuple(_values(table, row)) for row in rows(dataset[name])),
        )
        for statement in _indices(table):
            connection.execute(statement)
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise DatasetError(f"a row of {broken[0]} speaks of a row of {broken[2]} that is not there")
    connection.commit()
    connection.execute("ANALYZE")


def _create(table: Table, known: set[str]) -> str:
    """The statement that makes a table; keys to tables that the dataset has not are left out."""
    parts = list(_columns(table))
    parts.append(f"PRIMARY KEY ({_names(table.primary_key)})")
    for key in table.foreign_keys:
        if key.table in known:
            parts.append(f'FOREIGN KEY ({_names(key.columns)}) REFERENCES "{key.table}"')
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(parts) + "\n)"


def _columns(table: Table) -> Iterator[str]:
    for column in table.columns:
        needed = "" if column.nullable else " NOT NULL"
        yield f'"{column.name}" {_TYPES[column.type]}{needed}'
        if column.type is ColumnType.DECIMAL:
            yield f'"{column.name}_exact" TEXT'


def _values(table: Table, row: tuple[Value, ...]) -> Iterator[str | int | None]:
    """The values of a row, a decimal as text twice: the type of the first column makes a number."""
    for column, value in zip(table.columns, row, strict=True):
        text = plain(value) if isinstance(value, Decimal) else value
        yield text
        if column.type is ColumnType.DECIMAL:
            yield text


def _indices(table: Table) -> Iterator[str]:
    columns = [key.columns for key in table.foreign_keys]
    columns += [(column.name,) for column in table.columns if column.role in _INDEXED]
    for names in dict.fromkeys(columns):
        if names != table.primary_key[: len(names)]:
            yield (
                f'CREATE INDEX "{table.name}_{"_".join(names)}" ON "{table.name}" ({_names(names)})'
            )


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
