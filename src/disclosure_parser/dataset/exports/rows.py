"""The rows of a table as Python values, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from disclosure_parser.dataset.reading import Frames

Value = str | int | bool | Decimal | None


def rows(frames: Frames) -> Iterator[tuple[Value, ...]]:
    """The rows in the declared order of columns; never more than a batch in memory."""
    for batch in frames.batches(frames.table.names):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def plain(number: Decimal) -> str:
    """A number in digits, without an exponent and without the zeros that the type adds."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_text(value: Value) -> str:
    """A value in a CSV: nothing for null, ``true`` and ``false``."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
