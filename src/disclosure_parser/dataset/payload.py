"""The rows of a report as bytes: what a worker hands on to the process that writes the tables.

Lines of JSON, each with some rows of one table: its name, their number, and for each column a list
or, where it has the same in all rows, that one value. No Arrow here: pyarrow starts threads and
reserves a gigabyte of address space, which suits neither workers that are forked nor their memory
limit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Context, Decimal, Inexact, InvalidOperation
from itertools import islice
from typing import Any

from disclosure_parser.dataset.cells import Row
from disclosure_parser.dataset.model import ColumnType, Table
from disclosure_parser.dataset.schema import DATASET, PRECISION, SCALE, table
from disclosure_parser.document import Severity

#: The columns of a table as JSON values; decimals are strings.
Columns = list[list[str | int | bool | None]]

_EXACT = Context(prec=2 * PRECISION, traps=[Inexact, InvalidOperation])
_LAST = Decimal(1).scaleb(-SCALE)
#: Numbers that surely fit, as nearly all that are printed do.
_USUAL = re.compile(rf"-?\d{{1,{PRECISION - SCALE}}}(?:\.\d{{1,{SCALE}}})?")
_MOST = 2**63 - 1
_ANCHOR = ("place", "anchor_block", "anchor_start", "anchor_end", "anchor_row", "anchor_column")
#: Rows in one line, so that neither side holds all rows of a large report.
_TOGETHER = 2048


def packed(
    tables: Mapping[str, Iterable[Row]], report: Callable[[Mapping[str, int]], Row]
) -> bytes:
    """The rows of a report as bytes.

    What a column cannot hold is null, and a diagnostic (``dataset.number``) says so: a number
    with more digits than the schema has. Half a surrogate pair, which UTF-8 has no bytes for, is
    written as ``\\udc80`` (``dataset.text``).

    Args:
        tables: rows by table, all but the one of ``reports``.
        report: makes that one, given the number of rows of each table.
    """
    packer = _Packer()
    for one in DATASET:
        if one.name in tables:
            packer.counts[one.name] = 0
            packer.take(one, tables[one.name])
    head = report(packer.counts)
    packer.escaped = packer.escaped or not _is_unicode(head)
    told = packer.told()
    first = packer.counts["diagnostics"] + 1
    rows = ({"report": head["report"], "diagnostic": n, **row} for n, row in enumerate(told, first))
    packer.take(table("diagnostics"), rows)
    packer.take(table("reports"), [report(packer.counts)])
    return b"\n".join(packer.lines)


def unpacked(data: bytes) -> Iterator[tuple[str, Columns]]:
    """Tables, each with the columns of some of its rows; a table may come several times."""
    for line in data.splitlines():
        name, count, columns = json.loads(line)
        yield name, [values if isinstance(values, list) else [values] * count for values in columns]


class _Packer:
    """Lines as they come, and what has to be told of them."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.counts: dict[str, int] = {}
        self.unfit: list[Row] = []
        self.escaped = False

    def take(self, of: Table, rows: Iterable[Row]) -> None:
        """Write rows of a table."""
        left = iter(rows)
        while chunk := list(islice(left, _TOGETHER)):
            self.counts[of.name] = self.counts.get(of.name, 0) + len(chunk)
            self.lines.append(self._line(of, columns_of(of, chunk, self.unfit)))

    def told(self) -> list[Row]:
        """Diagnostics, without their key, of what was not written as it is."""
        if not self.escaped:
            return self.unfit
        text = _diagnostic("dataset.text", "text that is not Unicode is escaped", {})
        return [*self.unfit, text]

    def _line(self, of: Table, columns: Columns) -> bytes:
        try:
            return _json(of, columns)
        except UnicodeEncodeError:
            self.escaped = True
        safe = [[escaped(v) if isinstance(v, str) else v for v in values] for values in columns]
        return _json(of, safe)


def _json(of: Table, columns: Columns) -> bytes:
    line = [of.name, len(columns[0]), [_shortened(values) for values in columns]]
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _is_unicode(row: Row) -> bool:
    return all(escaped(value) == value for value in row.values() if isinstance(value, str))


def decimal_text(value: Decimal) -> str | None:
    """A number written for a decimal of the schema; ``None`` if it does not fit exactly."""
    text = str(value)
    if _USUAL.fullmatch(text):
        return text
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


def columns_of(of: Table, rows: list[Row], unfit: list[Row] | None = None) -> Columns:
    """Rows as columns in the order of the schema.

    A value that a column cannot hold is null; ``unfit`` takes a diagnostic for each.
    """
    columns: Columns = []
    for column in of.columns:
        name = column.name
        values: list[Any] = [row[name] for row in rows]
        if column.type is ColumnType.DECIMAL:
            fitting: list[Any] = [None if v is None else decimal_text(v) for v in values]
        elif column.type is ColumnType.INTEGER:
            fitting = [None if v is None or abs(v) > _MOST else v for v in values]
        else:
            fitting = values
        if unfit is not None and fitting is not values:
            for row, value, fits in zip(rows, values, fitting, strict=True):
                if value is not None and fits is None:
                    unfit.append(_told(of, row, name))
        columns.append(fitting)
    return columns


def _told(of: Table, row: Row, name: str) -> Row:
    text = str(row[name])
    text = text if len(text) <= 60 else f"{text[:57]}…"
    key = row[of.primary_key[-1]]
    message = f"{of.name} {key}: the {name} {text} has too many digits"
    return _diagnostic("dataset.number", message, row)


def _diagnostic(code: str, message: str, row: Row) -> Row:
    anchor = {name: row.get(name) for name in _ANCHOR}
    return {"code": code, "severity": Severity.WARNING, "message": message, **anchor}


def _shortened(values: list[Any]) -> Any:
    """One value for a column in which it stands in all rows, such as that of the report."""
    first = values[0]
    return first if values.count(first) == len(values) else values


def escaped(text: str) -> str:
    """Text that UTF-8 can hold; half a surrogate pair as ``\\udc80``."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
