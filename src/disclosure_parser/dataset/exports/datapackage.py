"""A Frictionless data package: exact CSV, and a description that tools validate it by.

Every table is a resource of its own with its keys. The columns of facts and statements carry the
column types of the Fiscal Data Package where it has one (``columnType``: phase, direction, fiscal
year, value …) and, in every table, the role in terms of public finance (``fiscalRole``): the factor
from the printed unit to 元 stands in each row, since one report mixes 元 and 万元.

Source: Frictionless Data Package v1 and Table Schema v1; Fiscal Data Package 1.0, column types of
``os-types`` 1.17.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from disclosure_parser.dataset.exports.csv import write_table
from disclosure_parser.dataset.model import SCHEMA, Column, ColumnType, ForeignKey, Role, Table
from disclosure_parser.dataset.reading import Dataset, Frames
from disclosure_parser.dataset.schema import table as declared

_TYPES = {
    ColumnType.TEXT: "string",
    ColumnType.INTEGER: "integer",
    ColumnType.DECIMAL: "number",
    ColumnType.BOOLEAN: "boolean",
}
_COLUMN_TYPES = {
    Role.ENTITY: "administrative-classification:generic:label",
    Role.ENTITY_CODE: "administrative-classification:generic:code",
    Role.DIVISION: "geo-source:target:code",
    Role.FISCAL_YEAR: "date:fiscal-year",
    Role.PHASE: "phase:id",
    Role.DIRECTION: "direction",
    Role.VALUE: "value",
}
#: Tables whose rows are figures.
_FISCAL = {"facts", "statements"}


def write(dataset: Dataset, folder: Path) -> None:
    """``datapackage.json`` and a CSV for each table in ``data``."""
    data = folder / "data"
    data.mkdir(parents=True)
    package = {
        "profile": "tabular-data-package",
        "name": "disclosures",
        "title": "部门预决算公开数据",
        "description": f"Budget and final-accounts disclosures as tables, {SCHEMA}.",
        "schemaVersion": SCHEMA,
        "parser": dataset.about.get("parser", ""),
        "resources": [
            _resource(dataset[name], data, known=set(dataset.names)) for name in dataset.names
        ],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _resource(frames: Frames, folder: Path, *, known: set[str]) -> dict[str, Any]:
    table = frames.table
    path = folder / f"{table.name}.csv"
    write_table(frames, path, spreadsheet=False)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"data/{path.name}",
        "title": table.zh,
        "description": table.en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": {
            "fields": [_field(column, fiscal=table.name in _FISCAL) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.primary_key),
            "foreignKeys": [
                {"fields": list(key.columns), "reference": _reference(table, key.table)}
                for key in table.foreign_keys
                if key.table in known and _checkable(table, key)
            ],
        },
    }


def _field(column: Column, *, fiscal: bool) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": column.zh,
        "description": column.en,
    }
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if constraints:
        field["constraints"] = constraints
    if column.role is not None:
        field["fiscalRole"] = column.role.value
        if fiscal and column.role in _COLUMN_TYPES:
            field["columnType"] = _COLUMN_TYPES[column.role]
    return field


def _checkable(table: Table, key: ForeignKey) -> bool:
    """Whether Table Schema can hold the key: one of several columns has no row without a value in
    each of them, while a figure before the first heading has a report and no section."""
    return len(key.columns) == 1 or not any(table.column(name).nullable for name in key.columns)


def _reference(table: Table, other: str) -> dict[str, Any]:
    """The resource and columns that a key speaks of; ``""`` is the table itself."""
    return {
        "resource": "" if other == table.name else other,
        "fields": list(declared(other).primary_key),
    }
