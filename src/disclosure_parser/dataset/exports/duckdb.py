"""DuckDB: exact decimals, primary keys, and what every column means as its comment.

DuckDB checks a foreign key row by row, so that a section could not come before the one above it;
the keys between tables are therefore in the comments of the tables only.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_parser.dataset.errors import DatasetError, needed
from disclosure_parser.dataset.model import SCHEMA, ColumnType, Table
from disclosure_parser.dataset.reading import Dataset, Part
from disclosure_parser.dataset.schema import PRECISION, SCALE

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TYPES = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.DECIMAL: f"DECIMAL({PRECISION}, {SCALE})",
    ColumnType.BOOLEAN: "BOOLEAN",
}


def write(dataset: Dataset, path: Path) -> None:
    """One database with every table.

    Raises:
        DatasetError: DuckDB cannot read a table or cannot write.
        MissingLibraryError: duckdb is not installed.
    """
    library = needed("duckdb", "writing DuckDB databases", "duckdb")
    try:
        with library.connect(str(path)) as connection:
            for name in dataset.names:
                _load(connection, dataset[name].table, dataset[name].parts)
            connection.execute("CREATE TABLE about (name VARCHAR PRIMARY KEY, value VARCHAR)")
            about = [("schema", SCHEMA), ("parser", str(dataset.about.get("parser", "")))]
            connection.executemany("INSERT INTO about VALUES (?, ?)", about)
    except library.Error as error:
        raise DatasetError(f"DuckDB: {error}") from error


def _load(connection: DuckDBPyConnection, table: Table, parts: tuple[Part, ...]) -> None:
    columns = [
        f'"{column.name}" {_TYPES[column.type]}{"" if column.nullable else " NOT NULL"}'
        for column in table.columns
    ]
    columns.append(f"PRIMARY KEY ({_names(table.primary_key)})")
    connection.execute(f'CREATE TABLE "{table.name}" ({", ".join(columns)})')
    load = f'INSERT INTO "{table.name}" SELECT {_names(table.names)} FROM read_parquet(?)'
    for part in parts:
        known = " WHERE NOT list_contains(?, report)" if part.without else ""
        values = [str(part.path), *([sorted(part.without)] if part.without else [])]
        connection.execute(load + known, values)
    keys = [f"({', '.join(key.columns)}) → {key.table}" for key in table.foreign_keys]
    comment = "; ".join((f"{table.zh} / {table.en}", *keys))
    connection.execute(f'COMMENT ON TABLE "{table.name}" IS {_quoted(comment)}')
    for column in table.columns:
        connection.execute(
            f'COMMENT ON COLUMN "{table.name}"."{column.name}"'
            f" IS {_quoted(f'{column.zh} / {column.en}')}"
        )


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
