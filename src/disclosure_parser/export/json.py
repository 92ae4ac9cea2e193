"""Reports as JSON, and back.

The form: one object, keys in the order of the class fields, ``schema`` first. Fields that have
their default value (``None``, ``""``, ``[]``, ``false`` …) are left out; reading puts them back.
Money and other printed numbers are strings (``"4.00"``), so that no decimal is lost. Where
several classes are possible (blocks, records) the object begins with its class as ``type``.
"""

from __future__ import annotations

import json
from typing import Any

from attrs import evolve
from cattrs import BaseValidationError, Converter

from disclosure_parser.errors import SchemaError
from disclosure_parser.export.classes import families
from disclosure_parser.export.converter import first_error, make_converter
from disclosure_parser.report import SCHEMA, Report

_converters: dict[tuple[object, ...], Converter] = {}


def to_json(report: Report, *, indent: int | None = None, document: bool = True) -> bytes:
    """The report as UTF-8 JSON; the same report gives the same bytes.

    ``document=False`` leaves the printed text out (``document.blocks`` is empty): much smaller,
    but anchors then address nothing and :meth:`Report.facts` cannot read the tables.

    Raises:
        CatalogueError: a record's class is not registered, or two share a name.
    """
    if not document:
        report = evolve(report, document=evolve(report.document, blocks=()))
    plain = _converter(detailed=False).unstructure(report)
    ordered = {"schema": report.schema, **plain}
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(
        ordered, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False
    )
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        # Half a surrogate pair, from a damaged character map: UTF-8 has no bytes for it.
        return json.dumps(
            ordered, ensure_ascii=True, indent=indent, separators=separators, allow_nan=False
        ).encode("ascii")


def from_json(data: bytes | str) -> Report:
    """The report that :func:`to_json` wrote; ``from_json(to_json(report)) == report``.

    Raises:
        SchemaError: it is no JSON, of another version, or not of the schema; the message says
            where (``$.records[3].total.label: expected an object, not 5``).
    """
    plain = _load(data)
    if not isinstance(plain, dict):
        raise SchemaError("$: a report is an object")
    version = plain.get("schema")
    if version != SCHEMA:
        raise SchemaError(f"$.schema: {version!r} is not {SCHEMA!r}")
    try:
        return _converter(detailed=False).structure(plain, Report)
    except RecursionError as error:
        raise SchemaError("$: nested too deeply") from error
    except Exception:
        # Read again for the place: the fast reading does not keep it.
        path, message = _explain(plain)
        raise SchemaError(f"{path}: {message}") from None


def _explain(plain: Any) -> tuple[str, str]:
    try:
        _converter(detailed=True).structure(plain, Report)
    except (BaseValidationError, TypeError, ValueError, KeyError) as error:
        return first_error(error)
    raise AssertionError("the two readings of a report disagree")


def _load(data: bytes | str) -> Any:
    try:
        return json.loads(data, parse_constant=_refuse)
    except RecursionError as error:
        raise SchemaError("$: nested too deeply") from error
    except (ValueError, UnicodeDecodeError) as error:
        raise SchemaError(f"$: not JSON: {error}") from error


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _converter(*, detailed: bool) -> Converter:
    known = families()
    key = (detailed, *known.items())
    if key not in _converters:
        if len(_converters) > 8:
            _converters.clear()
        _converters[key] = make_converter(known, detailed=detailed)
    return _converters[key]
