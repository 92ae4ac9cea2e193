"""The declaration: consistent in itself, and what Arrow, SQL and the page make of it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from disclosure_parser.dataset.about_panel import PANEL
from disclosure_parser.dataset.arrow import VERSION_KEY, arrow_schema
from disclosure_parser.dataset.model import ColumnType, Table
from disclosure_parser.dataset.schema import DATASET, PRECISION, SCALE, SCHEMA, table

ROOT = Path(__file__).parents[2]
ALL = (*DATASET, PANEL)
_SQL = {
    ColumnType.TEXT: "TEXT",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.DECIMAL: f"DECIMAL({PRECISION}, {SCALE})",
    ColumnType.BOOLEAN: "BOOLEAN",
}


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_keys_and_descriptions(one: Table) -> None:
    assert len(set(one.names)) == len(one.names)
    assert set(one.primary_key) <= set(one.names)
    assert one.zh
    assert one.en
    for column in one.columns:
        assert column.zh, column.name
        assert column.en, column.name


@pytest.mark.parametrize("one", DATASET, ids=lambda one: one.name)
def test_foreign_keys_are_primary_keys_of_tables_before(one: Table) -> None:
    before = [known.name for known in DATASET[: DATASET.index(one) + 1]]
    for key in one.foreign_keys:
        assert key.table in before
        other = table(key.table)
        assert len(key.columns) == len(other.primary_key)
        for mine, theirs in zip(key.columns, other.primary_key, strict=True):
            assert one.column(mine).type is other.column(theirs).type


@pytest.mark.parametrize("one", DATASET, ids=lambda one: one.name)
def test_primary_keys_are_never_null(one: Table) -> None:
    assert not [name for name in one.primary_key if one.column(name).nullable]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_the_arrow_schema_is_the_declaration(one: Table) -> None:
    schema = arrow_schema(one)
    types = {
        ColumnType.TEXT: pa.string(),
        ColumnType.INTEGER: pa.int64(),
        ColumnType.DECIMAL: pa.decimal128(PRECISION, SCALE),
        ColumnType.BOOLEAN: pa.bool_(),
    }
    assert schema.metadata[VERSION_KEY] == SCHEMA.encode()
    for field, column in zip(schema, one.columns, strict=True):
        assert (field.name, field.type) == (column.name, types[column.type])
        assert field.nullable is column.nullable


def test_names_need_no_quotes_in_sql() -> None:
    """A reserved word as a column would make every query of a reader ugly."""
    for base in (sqlite3.connect(":memory:"), duckdb.connect()):
        for one in ALL:
            columns = ", ".join(f"{column.name} {_SQL[column.type]}" for column in one.columns)
            base.execute(f"CREATE TABLE {one.name} ({columns})")
            base.execute(f"SELECT {', '.join(one.names)} FROM {one.name}")
        base.close()


def test_an_unknown_table() -> None:
    with pytest.raises(KeyError):
        table("figures")


def test_the_page_is_the_declaration() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "make_schema.py"), "--check"], check=False
    )
    assert done.returncode == 0, "python tools/make_schema.py"


def test_the_declaration_needs_no_library() -> None:
    script = (
        "import sys; import disclosure_parser.dataset.schema, disclosure_parser.dataset.rows,"
        " disclosure_parser.batch;"
        " print(sorted({'pyarrow', 'polars', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
