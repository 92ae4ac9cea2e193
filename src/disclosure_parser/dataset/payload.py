"""The rows of a report as bytes: what a worker hands on to the process that writes the tables.

JSON, a list per column. No Arrow here: pyarrow starts threads and reserves a gigabyte of address
space, which suits neither workers that are forked nor their memory limit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Context, Decimal, Inexact, InvalidOperation

from disclosure_parser.dataset.cells import Cell, Row
from disclosure_parser.dataset.model import ColumnType, Table
from disclosure_parser.dataset.schema import DATASET, PRECISION, SCALE
from disclosure_parser.document import Severity

#: The columns of a table as JSON values; decimals are strings.
Columns = list[list[str | int | bool | None]]

_EXACT = Context(prec=2 * PRECISION, traps=[Inexact, InvalidOperation])
_LAST = Decimal(1).scaleb(-SCALE)
_ANCHOR = ("place", "anchor_block", "anchor_start", "anchor_end", "anchor_row", "anchor_column")


def packed(tables: dict[str, list[Row]]) -> bytes:
    """The rows of a report as bytes.

    What a column cannot hold is null, and a diagnostic (``dataset.number``) says so: a number
    with more digits than the schema has. Half a surrogate pair, which UTF-8 has no bytes for, is
    written as ``\\udc80`` (``dataset.text``).
    """
    tables = dict(tables)
    unfit = list(_unfit(tables))
    data = _encoded(_told(tables, unfit))
    if data is None:
        unfit.append(_diagnostic("dataset.text", "text that is not Unicode is escaped", None))
        data = _encoded(_escaped(_told(tables, unfit)))
    assert data is not None
    return data


def unpacked(data: bytes) -> dict[str, Columns]:
    """The columns of each table that has rows."""
    tables: dict[str, Columns] = json.loads(data)
    return tables


def decimal_text(value: Decimal) -> str | None:
    """A number written for a decimal of the schema; ``None`` if it does not fit exactly."""
    if not value.is_finite() or (value and value.adjusted() >= PRECISION - SCALE):
        return None
    if not value:
        return "0"
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -SCALE:
        try:
            value = value.quantize(_LAST, context=_EXACT)
        except (Inexact, InvalidOperation):
            return None
    return format(value, "f")


def columns_of(table: Table, rows: list[Row]) -> Columns:
    """Rows as columns in the order of the schema."""
    return [[_plain(row[column.name], column.type) for row in rows] for column in table.columns]


def _plain(value: Cell, kind: ColumnType) -> str | int | bool | None:
    if value is None or not _fits(value):
        return None
    if isinstance(value, Decimal):
        return decimal_text(value)
    # A plain string, not a member of an enumeration, is several times as fast to write.
    return str(value) if kind is ColumnType.TEXT else value


def _fits(value: Cell) -> bool:
    if isinstance(value, Decimal):
        return decimal_text(value) is not None
    return not isinstance(value, int) or -(2**63) <= value < 2**63


def _unfit(tables: dict[str, list[Row]]) -> Iterator[Row]:
    """A diagnostic for each number that its column cannot hold."""
    for table in DATASET:
        numbers = [
            column.name
            for column in table.columns
            if column.type in {ColumnType.DECIMAL, ColumnType.INTEGER}
        ]
        for row in tables.get(table.name, ()):
            for name in numbers:
                value = row[name]
                if value is not None and not _fits(value):
                    key = row[table.primary_key[-1]]
                    told = f"{table.name} {key}: the {name} {_short(value)} has too many digits"
                    yield _diagnostic("dataset.number", told, row)


def _short(value: Cell) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _diagnostic(code: str, message: str, row: Row | None) -> Row:
    anchor = {name: row.get(name) if row is not None else None for name in _ANCHOR}
    return {"code": code, "severity": Severity.WARNING, "message": message, **anchor}


def _told(tables: dict[str, list[Row]], unfit: list[Row]) -> dict[str, Columns]:
    report = tables["reports"][0]
    known = tables["diagnostics"]
    added = [
        {"report": report["report"], "diagnostic": number, **row}
        for number, row in enumerate(unfit, len(known) + 1)
    ]
    tables = {
        **tables,
        "diagnostics": [*known, *added],
        "reports": [{**report, "diagnostics": len(known) + len(added)}],
    }
    return {
        table.name: columns_of(table, tables[table.name])
        for table in DATASET
        if tables.get(table.name)
    }


def _encoded(columns: dict[str, Columns]) -> bytes | None:
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return None


def _escaped(columns: dict[str, Columns]) -> dict[str, Columns]:
    return {
        name: [
            [escaped(value) if isinstance(value, str) else value for value in column]
            for column in found
        ]
        for name, found in columns.items()
    }


def escaped(text: str) -> str:
    """Text that UTF-8 can hold; half a surrogate pair as ``\\udc80``."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
