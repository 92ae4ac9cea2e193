"""The rows of the reports of the corpus: as declared, complete, with their anchors."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from disclosure_parser import Report, parse
from disclosure_parser.dataset.cells import Row
from disclosure_parser.dataset.model import ColumnType
from disclosure_parser.dataset.schema import DATASET, table
from disclosure_parser.document import Anchor
from disclosure_parser.sections.performance import Performance
from disclosure_parser.sections.procurement import Procurement
from disclosure_parser.sections.state_assets import StateAssets
from tests.conftest import corpus_reports, real_reports
from tests.dataset.support import rows_of

_TYPES: dict[ColumnType, type] = {
    ColumnType.TEXT: str,
    ColumnType.INTEGER: int,
    ColumnType.DECIMAL: Decimal,
    ColumnType.BOOLEAN: bool,
}
#: One file of each report: the formats give the same records.
_REPORTS = sorted({path.parent.name: path for path in reversed(corpus_reports())}.values())


@pytest.fixture(scope="module", params=_REPORTS, ids=lambda path: path.parent.name)
def made(request: pytest.FixtureRequest) -> tuple[Report, dict[str, list[Row]]]:
    report = parse(request.param)
    return report, rows_of(report, report.check())


def as_declared(rows: dict[str, list[Row]]) -> None:
    """All rows have the columns, types, values and keys that are declared."""
    assert set(rows) == {one.name for one in DATASET} - {"files"}
    keys = {
        name: {tuple(row[key] for key in table(name).primary_key) for row in found}
        for name, found in rows.items()
    }
    for name, found in rows.items():
        one = table(name)
        assert len(keys[name]) == len(found), f"{name}: a key twice"
        for row in found:
            assert set(row) == set(one.names), name
            for column in one.columns:
                value = row[column.name]
                if value is None:
                    assert column.nullable, (name, column.name)
                    continue
                assert isinstance(value, _TYPES[column.type]), (name, column.name)
                assert value != "", (name, column.name)
                assert not column.values or value in column.values, (name, column.name)
            for key in one.foreign_keys:
                other = tuple(row[part] for part in key.columns)
                assert None in other or other in keys[key.table], (name, key)


def test_rows_are_as_declared(made: tuple[Report, dict[str, list[Row]]]) -> None:
    as_declared(made[1])


@pytest.mark.real
@pytest.mark.parametrize("path", real_reports(), ids=lambda path: path.name)
def test_rows_of_published_reports_are_as_declared(path: Path) -> None:
    report = parse(path)
    as_declared(rows_of(report, report.check()))


def test_every_figure_of_the_report_has_its_row(made: tuple[Report, dict[str, list[Row]]]) -> None:
    report, rows = made
    facts = report.facts()
    assert [row["text"] for row in rows["facts"]] == [fact.text for fact in facts]
    assert [row["number"] for row in rows["facts"]] == [fact.number for fact in facts]
    cells = Counter(str(row["text"] or "") for row in rows["statements"] if row["state"] != "text")
    values = Counter(
        held.text
        for statement in report.statements
        for row in statement.rows
        for value in row.values
        if (held := value.amount or value.quantity) is not None and held.state != "text"
    )
    assert +(values - cells) == Counter()
    lines = {(row["statement"], row["line"]) for row in rows["statements"]}
    assert len(lines) == sum(len(statement.rows) for statement in report.statements)


def test_every_listed_thing_has_its_row(made: tuple[Report, dict[str, list[Row]]]) -> None:
    report, rows = made
    indicators = [
        one
        for record in report.all(Performance)
        for project in record.projects
        for one in project.indicators
    ]
    assert len(rows["indicators"]) == len(indicators)
    bought = [r for p in report.all(Procurement) for t in p.tables for r in t.rows]
    assert sum(row["origin"] == "table" for row in rows["procurement"]) == len(bought)
    assert len(rows["procurement_funds"]) == sum(len(row.funds) for row in bought)
    assets = [r for s in report.all(StateAssets) for t in s.tables for r in t.rows]
    assert sum(row["origin"] == "table" for row in rows["assets"]) == len(assets)
    assert len(rows["sections"]) == sum(1 for _ in report.walk())
    assert len(rows["tables"]) == len(report.statements)
    assert len(rows["findings"]) == len(report.check().findings)


def test_stated_procurement_is_of_the_year_and_phase_of_its_fact(
    made: tuple[Report, dict[str, list[Row]]],
) -> None:
    facts = {_anchor(row): row for row in made[1]["facts"] if row["measure"] == "amount"}
    for row in made[1]["procurement"]:
        if row["row_kind"] == "stated" and row["amount_state"] == "number":
            fact = facts[_anchor(row)]
            for name, of_fact in (("year", "year"), ("phase", "phase"), ("amount_yuan", "yuan")):
                assert row[name] == fact[of_fact]


def test_anchors_lead_to_what_is_printed(made: tuple[Report, dict[str, list[Row]]]) -> None:
    report, rows = made
    for row in rows["facts"]:
        assert report.text_of(_anchor(row)) == row["text"]
    for row in rows["statements"]:
        if row["text"] and row["state"] != "text":
            assert report.text_of(_anchor(row)) == row["text"]


def test_amounts_are_number_times_factor(made: tuple[Report, dict[str, list[Row]]]) -> None:
    for row in made[1]["facts"] + made[1]["statements"]:
        number, factor = row["number"], row["factor"]
        if isinstance(number, Decimal) and isinstance(factor, int):
            assert row["yuan"] == number * factor
        if row["state"] != "number":
            assert number is None
            assert row["yuan"] is None


def test_blank_dash_none_and_zero_are_four_things() -> None:
    """In 固定资产 of this report stand all four."""
    rows = rows_of(parse(Path("corpus/slips/report.docx")))
    told = {
        (row["state"], row["number"] is not None and row["number"] == 0)
        for row in (*rows["statements"], *rows["facts"])
    }
    assert {("blank", False), ("dash", False), ("nil", False), ("number", True)} <= told


def test_parts_of_assets_name_the_row_that_contains_them() -> None:
    rows = rows_of(parse(Path("corpus/hebei-budget/report.docx")))["assets"]
    by_number = {row["asset"]: row for row in rows}
    parts = [row for row in rows if row["part_of"] is not None]
    assert parts
    for row in parts:
        assert by_number[row["part_of"]]["origin"] == "table"


def test_changes_have_their_reasons() -> None:
    rows = rows_of(parse(Path("corpus/hebei-budget/report.docx")))["facts"]
    reasons = [row["reason"] for row in rows if row["measure"] == "change" and row["reason"]]
    assert reasons
    assert not [row for row in rows if row["measure"] == "amount" and row["reason"]]


def _anchor(row: Row) -> Anchor:
    values = (row[f"anchor_{name}"] for name in ("block", "start", "end", "row", "column"))
    block, start, end, line, column = values
    assert isinstance(block, int)
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert not isinstance(line, str | Decimal)
    assert not isinstance(column, str | Decimal)
    return Anchor(block=block, start=start, end=end, row=line, column=column)
