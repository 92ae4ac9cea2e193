"""Cells of rows: how values, anchors and quotes of a report become columns."""

from __future__ import annotations

from decimal import Decimal

from disclosure_parser.dataset.schema import PATH_SEPARATOR
from disclosure_parser.document import Anchor, Quote
from disclosure_parser.language.values import Amount, Quantity, Unit
from disclosure_parser.report import Report

Cell = str | int | bool | Decimal | None
Row = dict[str, Cell]


def printed(quote: Quote | None) -> str | None:
    """The printed words, runs of white space as one space; ``None`` for none."""
    return None if quote is None else " ".join(quote.text.split()) or None


def path(levels: tuple[str, ...]) -> str | None:
    """Levels in one text."""
    return PATH_SEPARATOR.join(levels) or None


def where(report: Report, anchor: Anchor | None) -> Row:
    """The columns of an anchor, with its place for people."""
    places = report.places(anchor) if anchor is not None else ()
    return {
        "place": str(places[0]) if places else None,
        "anchor_block": anchor.block if anchor is not None else None,
        "anchor_start": anchor.start if anchor is not None else None,
        "anchor_end": anchor.end if anchor is not None else None,
        "anchor_row": anchor.row if anchor is not None else None,
        "anchor_column": anchor.column if anchor is not None else None,
    }


def factor(unit: str) -> int | None:
    """How many 元 one unit is; ``None`` for what is no unit of money."""
    try:
        return Unit(unit).factor
    except ValueError:
        return None


def amount(name: str, value: Amount | None) -> Row:
    """The columns of an amount; all null for none."""
    return {
        f"{name}_state": value.state if value is not None else None,
        f"{name}_number": value.number if value is not None else None,
        f"{name}_unit": value.unit if value is not None else None,
        f"{name}_yuan": value.yuan if value is not None else None,
        f"{name}_text": (value.text or None) if value is not None else None,
    }


def quantity(name: str, value: Quantity | None, unit: str | None = None) -> Row:
    """The columns of a number that is no money; ``unit`` where it is printed apart."""
    return {
        f"{name}_state": value.state if value is not None else None,
        f"{name}_number": value.number if value is not None else None,
        f"{name}_unit": ((value.unit or unit) if value is not None else unit) or None,
        f"{name}_text": (value.text or None) if value is not None else None,
    }


def doubts(*values: Amount | Quantity | None) -> str | None:
    """What is doubted of several values, in one text."""
    found = [value.doubt for value in values if value is not None and value.doubt]
    return "；".join(dict.fromkeys(found)) or None
