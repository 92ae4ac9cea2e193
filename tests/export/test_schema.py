"""The JSON Schema: one with the classes, and true of what is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from disclosure_parser import parse
from disclosure_parser.export.json import to_json
from disclosure_parser.export.schema import committed_schema, json_schema, schema_text
from tests.conftest import corpus_reports


def test_committed_schema_is_that_of_the_classes() -> None:
    assert committed_schema() == schema_text(), (
        "the classes changed: disclosure-parser schema > src/disclosure_parser/export/"
        "report.schema.json, and a new SCHEMA version if old JSON can no longer be read"
    )


def test_descriptions_come_from_the_docstrings() -> None:
    definitions = json_schema()["$defs"]
    assert definitions["Amount"]["description"].startswith("An amount of money 金额 as printed.")
    assert all("description" in schema for schema in definitions.values())


def test_schema_refuses_what_is_no_report() -> None:
    validator = Draft202012Validator(json_schema())
    assert not validator.is_valid({})
    assert not validator.is_valid({"schema": "disclosure-report/1"})


@pytest.mark.parametrize("path", corpus_reports(), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_corpus_keeps_to_the_schema(path: Path) -> None:
    written = json.loads(to_json(parse(path)))
    errors = list(Draft202012Validator(json_schema()).iter_errors(written))
    assert not errors, errors[0]
