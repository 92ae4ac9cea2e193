"""JSON: the round trip, its form, and what malformed JSON gets."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_parser.document import Diagnostic, Document, Paragraph, Quote
from disclosure_parser.errors import CatalogueError, SchemaError
from disclosure_parser.export.json import from_json, to_json
from disclosure_parser.export.schema import json_schema
from disclosure_parser.identity import Identity
from disclosure_parser.language.values import Amount
from disclosure_parser.outline.model import Section, TableView
from disclosure_parser.report import SCHEMA, Report
from disclosure_parser.sections import BUILT_IN
from disclosure_parser.sections.context import Context
from disclosure_parser.sections.model import Record
from disclosure_parser.sections.registry import register, unregister
from tests.export.build import report, table
from tests.export.strategies import of

_MANY = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
_BASE = report("一、收支总体情况", "收入合计100.50万元，较上年增加4.00万元。")
_PARTS = {
    "identity": Identity,
    "sections": Section,
    "tables": TableView,
    "document": Document,
    "diagnostics": Diagnostic,
}


def _same(first: object, second: object) -> bool:
    """Equal, and every number printed alike (4.00 is not 4)."""
    return first == second and repr(first) == repr(second)


@pytest.mark.parametrize("cls", [e.record for e in BUILT_IN], ids=lambda c: c.__name__)
@given(data=st.data())
@_MANY
def test_records_come_back_as_they_were(cls: type[Record], data: st.DataObject) -> None:
    made = evolve(_BASE, records=(data.draw(of(cls)), data.draw(of(cls))))
    assert _same(from_json(to_json(made)), made)


@pytest.mark.parametrize("part", _PARTS)
@given(data=st.data())
@_MANY
def test_parts_come_back_as_they_were(part: str, data: st.DataObject) -> None:
    value = data.draw(of(_PARTS[part]))
    changes: dict[str, Any] = {part: value if part in {"identity", "document"} else (value,)}
    made = evolve(_BASE, **changes)
    assert _same(from_json(to_json(made)), made)


@given(made=of(Report))
@_MANY
def test_whole_reports_come_back_and_keep_to_the_schema(made: Report) -> None:
    written = to_json(made)
    assert _same(from_json(written), made)
    _VALIDATOR.validate(json.loads(written))


def _validator() -> Any:
    from jsonschema import Draft202012Validator

    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


_VALIDATOR = _validator()


def test_form() -> None:
    plain = json.loads(to_json(_BASE))
    assert next(iter(plain)) == "schema"
    assert plain["schema"] == SCHEMA
    line = plain["records"][0]["revenue"]
    assert plain["records"][0]["type"] == "RevenueExpenditure"
    assert line["amounts"][0]["amount"]["number"] == "100.50"
    assert line["changes"][0]["amount"]["yuan"] == "40000.00"
    assert "reason" not in line, "what has its default value is left out"
    assert plain["document"]["blocks"][0] == {
        "type": "Paragraph",
        "text": "南岭市档案馆2024年部门预算",
    }
    assert "万元".encode() in to_json(_BASE), "text is written as it is, not in escapes"


def test_same_report_same_bytes_and_keys_in_class_order() -> None:
    written = to_json(_BASE)
    assert written == to_json(from_json(written))
    names = [field.name for field in attrs.fields(Report) if field.name != "schema"]
    keys = [key for key in json.loads(written) if key != "schema"]
    assert keys == [name for name in names if name in keys]


def test_indent_changes_white_space_only() -> None:
    assert json.loads(to_json(_BASE, indent=2)) == json.loads(to_json(_BASE))
    assert b"\n  " in to_json(_BASE, indent=2)


def test_without_the_document() -> None:
    made = report("一、收支", "单位：万元", table(("项目", "预算数"), ("收入", "5")))
    small = from_json(to_json(made, document=False))
    assert small.document.blocks == ()
    assert small.records == made.records
    with pytest.raises(LookupError, match="no document"):
        small.facts()


def test_half_a_surrogate_pair_survives() -> None:
    blocks = (Paragraph(text="坏\ud840字"),)
    made = evolve(_BASE, document=evolve(_BASE.document, blocks=blocks), tables=())
    assert from_json(to_json(made)) == made


def _changed(path: list[str | int], value: object) -> bytes:
    plain = json.loads(to_json(_BASE))
    inner = plain
    for key in path[:-1]:
        inner = inner[key]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return json.dumps(plain).encode()


_REVENUE: list[str | int] = ["records", 0, "revenue"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", r"^\$: not JSON"),
        (b"\xff\xfe", r"^\$: not JSON"),
        (b"[]", r"^\$: a report is an object"),
        (b"{}", r"^\$\.schema: None is not 'disclosure-report/1'"),
        (b'{"schema": "disclosure-report/1", "x": NaN}', "NaN is no JSON"),
        (b"[" * 100_000, r"^\$: nested too deeply"),
        (_changed(["schema"], "disclosure-report/99"), r"^\$\.schema: 'disclosure-report/99'"),
        (_changed(["sections"], "一二三"), r"^\$\.sections: expected an array, not '一二三'"),
        (_changed([*_REVENUE, "label"], 5), r"^\$\.records\[0\]\.revenue\.label: expected an obj"),
        (_changed([*_REVENUE, "concept"], None), r"revenue\.concept: expected a string, not None"),
        (_changed([*_REVENUE, "year"], "2024"), r"revenue\.year: expected an integer"),
        (_changed([*_REVENUE, "year"], True), r"revenue\.year: expected an integer"),
        (_changed([*_REVENUE, "colour"], 1), r"\$\.records\[0\]\.revenue: unknown key 'colour'"),
        (
            _changed([*_REVENUE, "label"], ...),
            r"\$\.records\[0\]\.revenue\.label: the key 'label' is m",
        ),
        (_changed([*_REVENUE, "amounts", 0, "amount", "number"], 1.5), r"amount\.number: expected"),
        (_changed([*_REVENUE, "amounts", 0, "amount", "number"], "NaN"), r"amount\.number: expec"),
        (_changed([*_REVENUE, "amounts", 0, "amount", "state"], "gone"), r"state: 'gone' is none"),
        (_changed(["records", 0, "type"], "Nothing"), r"^\$\.records\[0\]: type 'Nothing' is none"),
        (_changed(["records", 0, "type"], ...), r"^\$\.records\[0\]: type None is none of"),
        (_changed(["document", "blocks", 0], []), r"^\$\.document\.blocks\[0\]: expected an obje"),
    ],
)
def test_malformed_json_names_the_place(data: bytes, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        from_json(data)


@given(data=st.binary(max_size=40) | st.text(max_size=40))
@settings(max_examples=60)
def test_anything_else_is_a_schema_error(data: bytes | str) -> None:
    with pytest.raises(SchemaError):
        from_json(data)


@frozen(kw_only=True)
class Budgeteer(Record):
    """A record class of somebody else's."""

    motto: Quote
    cost: Amount | None = None


@frozen(kw_only=True)
class BudgeteerExtractor:
    """Takes sections that speak of 预算员."""

    name: str = "budgeteer"
    record: type[Record] = Budgeteer
    absorbs: frozenset[str] = frozenset()

    def suits(self, section: Section, context: Context) -> float:  # noqa: ARG002
        return 1.0 if "预算员" in section.title else 0.0

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record | None:
        text = next(context.texts(sections[0]))
        line = context.lines(sections)[0]
        return Budgeteer(
            section=sections[0].id, found_by="me", motto=text.body, cost=line.amounts[0].amount
        )


def test_records_of_registered_classes() -> None:
    register(BudgeteerExtractor())
    try:
        made = report("一、部门职责", "开展工作。", "二、预算员情况", "预算员经费3.20万元。")
        (record,) = made.all(Budgeteer)
        assert record.cost is not None
        written = to_json(made)
        assert from_json(written) == made
        assert "Budgeteer" in json_schema()["$defs"]
        _validator().validate(json.loads(written))
        (fact,) = [fact for fact in made.facts() if fact.record == "Budgeteer"]
        assert (str(fact.number), str(fact.yuan)) == ("3.20", "32000.00")
    finally:
        unregister("budgeteer")
    with pytest.raises(SchemaError, match="'Budgeteer' is none of"):
        from_json(written)
    with pytest.raises(CatalogueError, match="Budgeteer is not registered"):
        to_json(made)
