"""Panels: who is joined to whom and how, what is compared with what, what is left out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from disclosure_parser import parse
from disclosure_parser.checks import Outcome, check_across
from disclosure_parser.dataset.about_panel import PANEL
from disclosure_parser.dataset.bodies import Join, Naming, bodies
from disclosure_parser.dataset.panel import Panel
from disclosure_parser.dataset.reading import Dataset
from tests.conftest import CORPUS
from tests.dataset.support import budget, made

TOTAL = "three_public.total"


def panel_of(folder: Path, *reports: bytes) -> Panel:
    """The panel of the three public expenses in some reports."""
    files = {f"{number:02}.txt": data for number, data in enumerate(reports)}
    return made(folder, files).panel(TOTAL)


def by_year(panel: Panel, kind: str = "budget") -> dict[Any, Any]:
    """The rows of a kind by year."""
    return {row["year"]: row for row in panel if row["kind"] == kind}


def test_years_of_one_agency_line_up(tmp_path: Path) -> None:
    panel = panel_of(
        tmp_path,
        budget("青阳县水务局", 2022, "11.00万元"),
        budget("青阳县水务局", 2023, "10.00万元", "，比2022年预算减少1.00万元，下降9.09%"),
    )
    rows = by_year(panel)
    assert {year: row["value"] for year, row in rows.items()} == {
        2022: Decimal(110_000),
        2023: Decimal(100_000),
    }
    assert {row["joined_by"] for row in panel} == {Join.NAME_AND_DIVISION}
    assert rows[2022]["later_basis"] == "change"
    assert rows[2022]["restated"] is False
    assert rows[2023]["restated"] is None, "nothing later speaks of it"
    assert panel.left_out == {}


def test_a_comparative_that_was_restated_is_marked(tmp_path: Path) -> None:
    panel = panel_of(
        tmp_path,
        budget("青阳县水务局", 2022, "11.00万元"),
        budget("青阳县水务局", 2023, "10.00万元", "，比2022年预算减少1.50万元"),
    )
    row = by_year(panel)[2022]
    assert row["restated"] is True
    assert row["value"] == Decimal(110_000), "the figure of the year's own report stays"
    assert row["later_value"] == Decimal(115_000)
    assert row["difference"] == Decimal(5_000)
    assert row["later_text"] == "10.00万元 − 1.50万元"
    assert Path(row["source"]).name == "00.txt"
    assert Path(row["later_source"]).name == "01.txt"


def test_rounding_is_no_restatement(tmp_path: Path) -> None:
    panel = panel_of(
        tmp_path,
        budget("青阳县水务局", 2022, "11.04万元"),
        budget("青阳县水务局", 2023, "10.0万元", "，比2022年预算减少1.0万元"),
    )
    row = by_year(panel)[2022]
    assert row["restated"] is False
    assert row["difference"] == Decimal(-400)


@pytest.mark.parametrize("change", ["1.00", "1.50", "0.9", "1"])
def test_the_rule_across_reports_says_the_same(tmp_path: Path, change: str) -> None:
    reports = (
        budget("青阳县水务局", 2022, "11.04万元"),
        budget("青阳县水务局", 2023, "10.0万元", f"，比2022年预算减少{change}万元"),
    )
    row = by_year(panel_of(tmp_path, *reports))[2022]
    (result,) = [
        result
        for result in check_across([parse(data) for data in reports]).of_rule("A02")
        if result.operands
    ]
    assert row["restated"] is (result.outcome is Outcome.MISMATCH)
    assert row["difference"] == result.difference


def test_budget_and_final_accounts_stay_apart(tmp_path: Path) -> None:
    panel = panel_of(
        tmp_path,
        budget("青阳县水务局", 2022, "11.00万元"),
        budget("青阳县水务局", 2022, "9.00万元", kind="决算"),
        budget("青阳县水务局", 2023, "10.00万元", "，比上年减少1.00万元"),
    )
    assert by_year(panel)[2022]["value"] == Decimal(110_000)
    assert by_year(panel, "final")[2022]["value"] == Decimal(90_000)
    assert by_year(panel, "final")[2022]["phase"] == "executed"
    later = [row["later_value"] for row in panel]
    assert later == [None] * 3, "上年 alone may be the budget or the accounts: it is neither"


def test_scopes_are_never_mixed(tmp_path: Path) -> None:
    unit = budget("青阳县水务局", 2022, "4.00万元").decode().replace("部门预算\n", "单位预算\n", 1)
    panel = panel_of(
        tmp_path,
        unit.encode(),
        budget("青阳县水务局", 2023, "10.00万元", "，比2022年预算减少1.00万元"),
    )
    found = {(row["scope"], row["year"]): row for row in panel}
    assert found["unit", 2022]["value"] == Decimal(40_000)
    assert found["unit", 2022]["later_value"] is None
    assert found["department", 2022]["value"] is None
    assert found["department", 2022]["later_value"] == Decimal(110_000)
    assert found["department", 2023]["value"] == Decimal(100_000)


def test_a_renamed_agency_is_joined_by_its_code(tmp_path: Path) -> None:
    panel = panel_of(
        tmp_path,
        budget("青阳县水务局", 2022, "11.00万元", code="410001"),
        budget("青阳县水利局", 2023, "10.00万元", "，比2022年预算减少1.00万元", code="410001"),
    )
    rows = by_year(panel)
    assert {row["agency"] for row in panel} == {"青阳县水利局"}
    assert rows[2022]["printed_agency"] == "青阳县水务局"
    assert rows[2022]["joined_by"] == Join.CODE_AND_DIVISION
    assert rows[2023]["joined_by"] == Join.NAME_AND_DIVISION
    assert rows[2022]["restated"] is False


def test_without_a_code_another_name_is_another_agency(tmp_path: Path) -> None:
    panel = panel_of(
        tmp_path,
        budget("青阳县水务局", 2022, "11.00万元"),
        budget("青阳县水利局", 2023, "10.00万元"),
    )
    assert {row["agency"] for row in panel} == {"青阳县水务局", "青阳县水利局"}


def test_reports_that_contradict_each_other_give_no_value(tmp_path: Path) -> None:
    panel = panel_of(
        tmp_path,
        budget("青阳县水务局", 2022, "11.00万元"),
        budget("青阳县水务局", 2022, "12.00万元"),
        budget("青阳县水务局", 2023, "10.00万元", "，比2022年预算减少1.00万元"),
    )
    row = by_year(panel)[2022]
    assert row["value"] is None
    assert row["conflict"] == "11.00万元 / 12.00万元"
    assert row["restated"] is None


def test_the_same_report_twice_is_one_figure(tmp_path: Path) -> None:
    """Another format, other bytes, the same figure."""
    text = budget("青阳县水务局", 2022, "11.00万元")
    panel = panel_of(tmp_path, text, text + b"\n")
    assert [row["value"] for row in panel] == [Decimal(110_000)]


def test_money_without_a_unit_has_no_value_and_is_counted(tmp_path: Path) -> None:
    panel = panel_of(tmp_path, budget("青阳县水务局", 2022, "11.00"))
    assert list(panel) == []
    assert panel.left_out == {"it is no single number of a known unit": 1}


def test_nothing_printed_is_not_zero(tmp_path: Path) -> None:
    text = "青阳县水务局2022年部门预算\n一、“三公”经费预算情况\n2022年“三公”经费预算{}。\n"
    none = panel_of(tmp_path, text.format("无").encode())
    (tmp_path / "zero").mkdir()
    zero = panel_of(tmp_path / "zero", text.format("0万元").encode())
    assert [(row["state"], row["value"]) for row in none] == [("nil", None)]
    assert [(row["state"], row["value"]) for row in zero] == [("number", Decimal(0))]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The reports of the corpus."""
    files = {f"{path.parent.name}.docx": path.read_bytes() for path in CORPUS.glob("*/report.docx")}
    return made(tmp_path_factory.mktemp("corpus"), files)


def test_the_columns_of_a_coded_row_are_told_apart(found: Dataset) -> None:
    """The row is in the tables of revenue, of expenditure, and of each fund."""
    item, code = "expenditure.function_item", "2130205"
    (whole,) = found.panel(item, code=code)
    (project,) = found.panel(item, code=code, whole="expenditure.project")
    assert (whole["agency"], whole["value"]) == ("望溪市林业局", Decimal(8_450_000))
    assert project["value"] == Decimal(8_450_000)
    assert len(found.panel(item, code=code, whole="expenditure.basic")) == 0
    assert set(found.panel(item, code=code).left_out) == {"it is in another column"}
    (revenue,) = found.panel("revenue.function_item", code=code)
    assert revenue["value"] == Decimal(8_372_000)


def test_parts_are_no_figure_of_the_whole(found: Dataset) -> None:
    """车辆 are divided into 车辆 of several kinds; they are counted for the day that is printed."""
    panel = found.panel("assets.vehicles", measure="count")
    rows = {(row["agency"], row["year"]): row for row in panel}
    assert rows["东江省统计局", 2019]["value"] == 14
    assert rows["嘉州市交通运输委员会", 2017]["value"] == 186
    assert panel.left_out["it is a part of the thing itself"] > 5


def test_every_figure_has_a_place_or_a_reason(found: Dataset) -> None:
    for concept in (TOTAL, "three_public.reception", "expenditure.total", "revenue.total"):
        facts = found.facts.to_polars(["concept", "measure"]).filter(
            concept=concept, measure="amount"
        )
        panel = found.panel(concept)
        told = {
            row[name] for row in panel for name in ("text", "later_text", "conflict") if row[name]
        }
        assert facts.height >= sum(panel.left_out.values())
        assert bool(told) is (facts.height > sum(panel.left_out.values()))


def test_frames_have_the_declared_columns(tmp_path: Path) -> None:
    panel = panel_of(tmp_path, budget("青阳县水务局", 2022, "11.00万元"))
    assert panel.to_polars().columns == list(PANEL.names)
    assert list(panel.to_pandas().columns) == list(PANEL.names)
    assert panel.to_arrow().to_pylist()[0]["value"] == Decimal(110_000)
    assert set(panel.rows[0]) == set(PANEL.names)


def naming(name: str | None, year: int, **more: Any) -> Naming:
    """A department in a budget."""
    known = {"scope": "department", "division": "341723", "unit_code": "410", "kind": "budget"}
    return Naming(name=name, year=year, **{**known, **more})


def test_a_code_of_two_agencies_of_one_year_joins_nothing() -> None:
    namings = [naming("甲局", 2022), naming("乙局", 2022), naming("丙局", 2023)]
    found = bodies(namings)
    assert len({body.id for body in found.values()}) == 3


@pytest.mark.parametrize("apart", [{"division": "341724"}, {"unit_code": "411"}, {"scope": "unit"}])
def test_another_division_code_or_scope_is_another_body(apart: dict[str, str]) -> None:
    found = bodies([naming("甲局", 2022), naming("乙局", 2023, **apart)])
    assert len({body.id for body in found.values()}) == 2


def test_a_chain_of_names_is_one_body() -> None:
    namings = [
        naming("甲局", 2021),
        naming("乙局", 2022),
        naming("乙局", 2023, unit_code="500"),
        naming("丙局", 2024, unit_code="500"),
    ]
    found = bodies(namings)
    assert {body.name for body in found.values()} == {"丙局"}
    assert found[namings[0].key].joins["甲局"] is Join.CODE_AND_DIVISION
    assert found[namings[0].key].joins["丙局"] is Join.NAME_AND_DIVISION


def test_a_name_alone_is_said_to_be_a_name_alone() -> None:
    found = bodies([naming("水务局", 2022, division=None), naming("水务局", 2023, division=None)])
    assert [body.joins["水务局"] for body in found.values()] == [Join.NAME]


def test_reports_without_an_agency_are_joined_to_nothing() -> None:
    namings = [naming(None, 2022, alone="a"), naming(None, 2023, alone="b")]
    found = bodies(namings)
    assert len({body.id for body in found.values()}) == 2
    assert {body.joins[None] for body in found.values()} == {Join.NONE}
