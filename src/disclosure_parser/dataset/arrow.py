"""The tables in Arrow: an explicit schema from the declaration, and columns from payloads.

Imports pyarrow: import this module only where a table is written or read.
"""

from __future__ import annotations

import pyarrow as pa

from disclosure_parser.dataset.model import Column, ColumnType, Table
from disclosure_parser.dataset.payload import Columns
from disclosure_parser.dataset.schema import PRECISION, SCALE, SCHEMA

#: The key of the file's metadata that holds the version of the schema.
VERSION_KEY = b"disclosure_schema"

_DECIMAL = pa.decimal128(PRECISION, SCALE)
_TYPES: dict[ColumnType, pa.DataType] = {
    ColumnType.TEXT: pa.string(),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.DECIMAL: _DECIMAL,
    ColumnType.BOOLEAN: pa.bool_(),
}


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table; fields carry their description."""
    fields = [
        pa.field(
            column.name,
            _TYPES[column.type],
            nullable=column.nullable,
            metadata={"zh": column.zh, "en": column.en},
        )
        for column in table.columns
    ]
    return pa.schema(fields, metadata={VERSION_KEY: SCHEMA, b"table": table.name})


def record_batch(table: Table, schema: pa.Schema, columns: Columns) -> pa.RecordBatch:
    """The columns of a payload as a batch."""
    arrays = [_array(column, values) for column, values in zip(table.columns, columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _array(column: Column, values: list[str | int | bool | None]) -> pa.Array:
    if column.type is ColumnType.DECIMAL:
        # Exact, or an error: nothing is rounded.
        return pa.array(values, pa.string()).cast(_DECIMAL)
    return pa.array(values, _TYPES[column.type])
