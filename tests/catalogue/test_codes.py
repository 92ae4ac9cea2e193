"""The code lists: whole, dated, found by code and by name."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_parser.catalogue import codes
from disclosure_parser.catalogue.codes import Agreement, Domain, Edition, Level

ORDERED = (Domain.FUNCTIONAL, Domain.ECONOMIC, Domain.GOVERNMENT_ECONOMIC, Domain.REVENUE)


@pytest.mark.parametrize("domain", list(Domain))
def test_every_entry_is_complete(domain: Domain) -> None:
    entries = codes.of_domain(domain).entries
    assert len(entries) > 50
    for entry in entries:
        assert entry.code
        assert entry.name == entry.name.strip() != ""
        assert entry.confidence in {"high", "medium"}
        assert entry.source
        assert (
            entry.valid_from is None or entry.valid_to is None or entry.valid_from <= entry.valid_to
        )


@pytest.mark.parametrize("domain", ORDERED)
def test_every_level_stands_under_one_of_the_list(domain: Domain) -> None:
    whole = codes.of_domain(domain)
    for entry in whole:
        assert entry.level in {"类", "款", "项", "目"}
        assert entry.parent is None or whole.get(entry.parent) or whole.history(entry.parent)


@pytest.mark.parametrize("domain", ORDERED)
@pytest.mark.parametrize("year", [2016, 2018, 2021, 2025])
def test_a_year_has_one_meaning_for_a_code(domain: Domain, year: int) -> None:
    seen = [entry.code for entry in codes.of_domain(domain, year)]
    doubled = {code for code in seen if seen.count(code) > 1}
    # Two local names of one year are both kept, the better attested year first.
    assert doubled <= {"2040405", "201", "207", "210", "211", "212", "213", "215"}


def test_a_name_finds_all_its_codes() -> None:
    found = codes.functional(2024).find("行政运行")
    assert {"2010101", "2010601"} <= {entry.code for entry in found}
    assert codes.functional(2024).find("行政运转") == ()


def test_former_names_hold_for_their_years() -> None:
    listed = codes.functional(2018).get("210")
    assert listed is not None
    assert listed.name == "医疗卫生与计划生育支出"
    listed = codes.functional(2019).get("210")
    assert listed is not None
    assert listed.name == "卫生健康支出"


@pytest.mark.parametrize(
    ("code", "before", "since"),
    [("30311", "住房公积金", "代缴社会保险费"), ("310", "其他资本性支出", "资本性支出")],
)
def test_economic_codes_changed_their_meaning_in_2018(code: str, before: str, since: str) -> None:
    old = codes.economic_department(2017).get(code)
    new = codes.economic_department(2018).get(code)
    assert old is not None
    assert new is not None
    assert (old.name, new.name) == (before, since)


@pytest.mark.parametrize(
    ("code", "name", "year", "expected"),
    [
        ("2010601", "行政运行", 2024, Agreement.SAME),
        ("201", "一般公共服务", 2024, Agreement.VARIANT),
        ("201", "一、一般公共服务支出", 2024, Agreement.SAME),
        ("207", "文化体育与传媒支出", 2024, Agreement.OTHER_YEAR),
        ("2010601", "机关服务", 2024, Agreement.DIFFERENT),
        ("2990101", "行政运行", 2024, Agreement.UNKNOWN),
    ],
)
def test_a_printed_name_is_compared(code: str, name: str, year: int, expected: Agreement) -> None:
    assert codes.functional(year).agreement(code, name) is expected


def test_near_misses() -> None:
    listed = codes.functional(2024)
    assert listed.near("行政事业单位养老")[0].code == "20805"
    assert "2010602" in {entry.code for entry in listed.near("2010620")}
    assert listed.near("完全没有这样的名称啊") == ()
    assert all(e.code.startswith("208") for e in listed.near("行政单位离退休人员", within="208"))


@pytest.mark.parametrize(
    ("code", "name", "year", "edition", "basis"),
    [
        ("A02010104", "台式计算机", None, Edition.E2013, "name"),
        ("A02010104", "服务器", None, Edition.E2022, "name"),
        ("A020204", "多功能一体机", 2025, Edition.E2013, "length"),
        ("A02091210", "扩音设备", 2019, Edition.E2013, "year"),
        ("A02010104", None, 2023, None, ""),
        ("2010601", "行政运行", 2020, None, ""),
    ],
)
def test_procurement_editions(
    code: str, name: str | None, year: int | None, edition: Edition | None, basis: str
) -> None:
    guess = codes.guess_edition(code, name, year)
    assert (guess.edition, guess.basis) == (edition, basis)
    assert guess.sure == (basis in {"length", "name"})


@pytest.mark.parametrize(
    ("agency", "level", "code"),
    [
        ("上海市普陀区规划和自然资源局", Level.COUNTY, "310107"),
        ("中共上海市普陀区委社会工作部", Level.COUNTY, "310107"),
        ("江苏省住房和城乡建设厅", Level.PROVINCE, "320000"),
        ("上海市财政局", Level.PROVINCE, "310000"),
        ("张家口市科学技术协会", Level.CITY, "130700"),
        ("920平山县下口镇财政所", Level.TOWNSHIP, "130131"),
        ("平山县乡村振兴局", Level.COUNTY, "130131"),
        ("某某街道办事处", Level.TOWNSHIP, None),
        ("教育部", Level.CENTRAL, None),
        ("普陀区商务委员会", Level.COUNTY, None),
        ("红河州财政局", Level.CITY, "532500"),
        ("西南大学", None, None),
        ("吉林大学", None, "220000"),
        ("市场监督管理局", None, None),
        ("洛阳市高新技术产业开发区管委会", None, "410300"),
        ("", None, None),
    ],
)
def test_level_and_division_of_an_agency(
    agency: str, level: Level | None, code: str | None
) -> None:
    found = codes.whereabouts(agency, 2024)
    assert found.level is level
    assert (found.division.code if found.division else None) == code


def test_an_ambiguous_division_is_not_chosen() -> None:
    found = codes.whereabouts("普陀区教育局")
    assert {entry.code for entry in found.candidates} == {"310107", "330903"}


def test_divisions_have_a_history() -> None:
    assert codes.divisions(2014).get("130121") is not None  # 井陉县
    assert codes.divisions(2005).get("460400") is None  # 儋州市 since 2015
    assert codes.divisions(2020).get("460400") is not None


@given(st.text(max_size=12))
def test_any_text_is_answered(text: str) -> None:
    listed = codes.functional(2024)
    assert listed.agreement(text, text) is Agreement.UNKNOWN or listed.history(text)
    assert len(listed.near(text)) <= 5
    assert codes.whereabouts(text) is not None
    assert codes.guess_edition(text, text) is not None


def test_nothing_is_read_at_import() -> None:
    code = (
        "import disclosure_parser.catalogue.codes.entries as e;"
        "assert e.code_list.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
