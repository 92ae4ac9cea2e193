"""Checks as JSON, with their schema.

The form: one object with ``schema`` first, the checked reports in the order in which they were
given, and what was found across them. Anchors address the document of the report; ``places`` of
a finding say the same for people. Fields that have their default value are left out, figures
are strings.
"""

from __future__ import annotations

import json
from importlib.resources import files

from attrs import frozen
from cattrs import Converter

from disclosure_parser.checks.model import CHECK_SCHEMA, CheckReport
from disclosure_parser.export.converter import make_converter
from disclosure_parser.export.schema import schema_of
from disclosure_parser.identity import Identity
from disclosure_parser.report import Report


@frozen(kw_only=True)
class CheckedReport:
    """A report that was checked: its source, what it is, and the result."""

    name: str
    sha256: str
    identity: Identity
    check: CheckReport


@frozen(kw_only=True)
class CheckedReports:
    """All reports of a run, and what was found across them (``None`` for a single one)."""

    reports: tuple[CheckedReport, ...]
    across: CheckReport | None = None
    schema: str = CHECK_SCHEMA


def checked(report: Report, check: CheckReport) -> CheckedReport:
    """A report with the result of its check."""
    source = report.document.source
    return CheckedReport(
        name=source.name, sha256=source.sha256, identity=report.identity, check=check
    )


def checks_to_json(run: CheckedReports, *, indent: int | None = None) -> bytes:
    """The checks as UTF-8 JSON; the same reports give the same bytes."""
    ordered = {"schema": run.schema, **_converter().unstructure(run)}
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(
        ordered, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False
    )
    return text.encode("utf-8", "backslashreplace")


def checks_from_json(data: bytes | str) -> CheckedReports:
    """The checks that :func:`checks_to_json` wrote."""
    return _converter().structure(json.loads(data), CheckedReports)


def checks_schema_text() -> str:
    """The generated schema as it is committed."""
    return json.dumps(schema_of(CheckedReports, CHECK_SCHEMA), ensure_ascii=False, indent=1) + "\n"


def committed_checks_schema() -> str:
    """The schema that is shipped with the package."""
    return (files(__package__) / "check.schema.json").read_text("utf-8")


def _converter() -> Converter:
    return make_converter({}, detailed=False)
