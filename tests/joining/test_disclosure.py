"""Several files, one disclosure: what a report says does not depend on the files it is in."""

from __future__ import annotations

import io
import itertools
import json
import zipfile
from pathlib import Path
from typing import Any

import attrs
import pytest
from corpus.build import ROOT
from corpus.parts import split
from corpus.source import load
from typer.testing import CliRunner

from corpus import word, workbook
from disclosure_parser import (
    DisclosureError,
    MixedDisclosureError,
    Report,
    from_json,
    parse,
    parse_disclosure,
    to_json,
)
from disclosure_parser.cli.app import app
from disclosure_parser.identity import Scope
from tests.corpus.test_same_report import told

SINGLE = ROOT / "final-accounts" / "report.docx"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The final accounts of the corpus: narrative in Word, tables as a workbook."""
    folder = ROOT / "final-accounts" / "parts"
    return {
        "说明.docx": (folder / "narrative.docx").read_bytes(),
        "报表.xlsx": (folder / "tables.xlsx").read_bytes(),
    }


@pytest.fixture(scope="module")
def joined(files: dict[str, bytes]) -> Report:
    return parse_disclosure(list(files.items()))


def _figures(report: Report) -> list[str]:
    """Every figure without where it stands: the sections of two files have other numbers."""
    facts = told(report)["facts"]
    for fact in facts:
        for name in ("section", "row"):
            fact.pop(name, None)
    return sorted(json.dumps(fact, ensure_ascii=False) for fact in facts)


def test_the_figures_are_those_of_the_single_file(joined: Report) -> None:
    single = parse(SINGLE)
    assert _figures(joined) == _figures(single)
    assert told(joined)["statements"] == told(single)["statements"]
    assert (joined.identity.agency, joined.identity.fiscal_year) == ("望溪市林业局", 2023)
    assert sorted(type(r).__name__ for r in joined.records) == sorted(
        type(r).__name__ for r in single.records
    )


def test_rules_hold_over_the_files(joined: Report) -> None:
    result, single = joined.check(), parse(SINGLE).check()
    assert not [f for f in result.findings if f.level.value != "note"]
    compared = [r for r in result.ledger if r.rule.startswith("X") and r.outcome.value == "ok"]
    assert len(compared) == len(
        [r for r in single.ledger if r.rule.startswith("X") and r.outcome.value == "ok"]
    )


def test_every_place_names_its_file(joined: Report) -> None:
    names = set()
    for fact in joined.facts():
        places = joined.places(fact.anchor)
        assert places
        assert joined.document.source_of(fact.anchor).name == places[0].file
        assert str(places[0]).startswith(f"{places[0].file}, ")
        names.add((fact.table is not None, places[0].file))
    # A sentence under the last table (没有…支出) stands in the workbook.
    assert names == {(False, "说明.docx"), (True, "报表.xlsx"), (False, "报表.xlsx")}


def test_the_order_is_that_of_the_content(files: dict[str, bytes]) -> None:
    made = {to_json(parse_disclosure(order)) for order in itertools.permutations(files.items())}
    assert len(made) == 1


def test_json_keeps_the_files(joined: Report) -> None:
    assert from_json(to_json(joined)) == joined
    assert [p["source"]["name"] for p in json.loads(to_json(joined))["document"]["parts"]] == [
        "说明.docx",
        "报表.xlsx",
    ]


def test_an_archive_is_its_files(files: dict[str, bytes], tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    path = tmp_path / "林业局.zip"
    path.write_bytes(data.getvalue())
    report = parse_disclosure(path)
    assert _figures(report) == _figures(parse(SINGLE))
    assert {p.source.name for p in report.document.parts} == {
        f"{path}!/说明.docx",
        f"{path}!/报表.xlsx",
    }


def test_the_same_report_in_two_formats_is_read_once() -> None:
    pdf = ROOT / "final-accounts" / "report.pdf"
    report = parse_disclosure([pdf, SINGLE])
    assert [d.code for d in report.diagnostics].count("disclosure.copy") == 1
    assert len(report.facts()) == len(parse(SINGLE).facts())


def test_a_table_in_two_files_is_read_once() -> None:
    narrative, tables = split(load(ROOT / "final-accounts"))
    other = attrs.evolve(tables, blocks=tables.blocks[: len(tables.blocks) // 2])
    both = [
        ("说明.docx", word.render(narrative)),
        ("报表.xlsx", workbook.render(tables)),
        ("部分.docx", word.render(attrs.evolve(other, blocks=(*other.blocks, _MORE)))),
    ]
    report = parse_disclosure(both)
    codes = [d.code for d in report.diagnostics]
    assert "disclosure.repeated" in codes or "disclosure.copy" in codes
    assert _figures(report) == _figures(parse_disclosure(both[:2]))


_MORE = load(ROOT / "final-accounts").blocks[-1]


@pytest.mark.parametrize(
    ("before", "after", "told_as"),
    [
        ("2023年", "2022年", "fiscal years"),
        ("望溪市林业局", "临江市水务局", "临江市水务局"),
    ],
)
def test_other_reports_are_not_mixed_in(
    files: dict[str, bytes], before: str, after: str, told_as: str
) -> None:
    other = f"{'望溪市林业局'}2023年部门决算\n\n一、收入决算表\n\t收入\t1\n".replace(before, after)
    with pytest.raises(MixedDisclosureError, match=told_as):
        parse_disclosure([*files.items(), ("b.txt", other.encode())])


def test_the_units_of_a_department_keep_their_figures() -> None:
    def text(agency: str, whose: str, amount: str) -> bytes:
        return (
            f"{agency}2031年{whose}预算\n\n一、收支情况\n"
            f"2031年收入预算{amount}万元，支出预算{amount}万元。{'负责供水。' * 40}\n"
        ).encode()

    report = parse_disclosure(
        [
            ("b.txt", text("青溪县水库管理所", "单位", "40")),
            ("a.txt", text("青溪县水务局", "部门", "100")),
            ("c.txt", text("青溪县水质监测站", "单位", "60")),
        ]
    )
    assert report.identity.scope is Scope.DEPARTMENT
    assert [unit.identity.agency for unit in report.units] == [
        "青溪县水库管理所",
        "青溪县水质监测站",
    ]
    assert {fact.text for fact in report.facts()} == {"100万元"}
    assert [{f.text for f in unit.facts()} for unit in report.units] == [{"40万元"}, {"60万元"}]
    assert from_json(to_json(report)) == report


def test_a_file_that_cannot_be_read_is_said(files: dict[str, bytes]) -> None:
    report = parse_disclosure([*files.items(), ("附件.pdf", b"%PDF-1.7 cut")])
    (said,) = [d for d in report.diagnostics if d.code == "disclosure.unread"]
    assert said.severity.value == "error"
    assert "附件.pdf" in said.message


@pytest.mark.parametrize("sources", [[], [("a.pdf", b"%PDF-1.7 cut")], ["/nowhere/at all"]])
def test_nothing_to_read_is_an_error(sources: list[Any]) -> None:
    with pytest.raises(DisclosureError):
        parse_disclosure(sources)


def test_one_file_is_its_report() -> None:
    one, single = parse_disclosure([SINGLE]), parse(SINGLE)
    assert told(one) == told(single)
    assert one.document.parts == ()


def test_the_command(files: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    runner = CliRunner()
    names = [str(tmp_path / name) for name in files]
    done = runner.invoke(app, ["parse", "--together", *names])
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 1
    assert len(json.loads(done.stdout)["document"]["parts"]) == 2
    checked = runner.invoke(app, ["check", "--together", *names])
    assert "未发现不符" in checked.stdout or "提示" in checked.stdout
    other = tmp_path / "other.txt"
    other.write_text("青溪县水务局2031年部门预算\n\n一、收支情况\n收入预算5万元。\n", "utf-8")
    failed = runner.invoke(app, ["show", "--together", *names, str(other)])
    assert failed.exit_code == 1
    assert "[mixed]" in failed.stderr
