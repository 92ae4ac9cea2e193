"""Exports: every table, every row, every digit, in each target."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import duckdb
import pytest
from frictionless import validate
from lxml import etree
from typer.testing import CliRunner

from disclosure_parser.batch import Settings
from disclosure_parser.batch.tables import ParquetTables
from disclosure_parser.cli.app import app
from disclosure_parser.dataset import DatasetError, MissingLibraryError
from disclosure_parser.dataset.exports import Target, export
from disclosure_parser.dataset.exports import xlsx as xlsx_export
from disclosure_parser.dataset.exports.rows import as_text, plain, rows
from disclosure_parser.dataset.reading import Dataset, Part
from tests.dataset.support import budget, made

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Three reports, one file that is none and one twice, with findings."""
    return made(
        tmp_path_factory.mktemp("exports"),
        {
            "a.txt": budget("青溪县水务局", 2031, "12.50万元", "，比上年减少1.5万元", "0602"),
            "b.txt": budget("青溪县水务局", 2032, "12.345678亿元"),
            "=c.txt": budget("青溪县档案馆", 2032, "0万元"),
            "d.txt": budget("青溪县档案馆", 2032, "0万元"),
            "e.txt": b"",
        },
        Settings(workers=1, sinks=(ParquetTables(check=True),)),
    )


def _texts(dataset: Dataset, name: str) -> list[list[str]]:
    return [list(map(as_text, row)) for row in rows(dataset[name])]


def test_sqlite(found: Dataset, tmp_path: Path) -> None:
    path = export(found, Target.SQLITE, tmp_path / "all.sqlite")
    base = sqlite3.connect(path)
    base.row_factory = sqlite3.Row
    for name in found.names:
        table = found[name].table
        # A decimal is two columns: one to compute with, one with all digits.
        exact = [f"{c.name}_exact" if c.type == "decimal" else c.name for c in table.columns]
        chosen = ", ".join(f'"{column}"' for column in exact)
        stored = [list(row) for row in base.execute(f'SELECT {chosen} FROM "{name}"')]
        expected = [
            [plain(v) if isinstance(v, Decimal) else v for v in row] for row in rows(found[name])
        ]
        assert stored == expected
        keys = [r for r in base.execute(f'PRAGMA table_info("{name}")') if r["pk"]]
        assert tuple(r["name"] for r in sorted(keys, key=lambda r: r["pk"])) == table.primary_key
        assert len({r["id"] for r in base.execute(f'PRAGMA foreign_key_list("{name}")')}) == len(
            table.foreign_keys
        )
    assert base.execute("SELECT yuan FROM facts WHERE yuan > 1000000").fetchall()
    (agency,) = base.execute("SELECT DISTINCT agency_code FROM tables WHERE agency_code NOTNULL")
    assert agency[0] == "0602"
    indices = {row["name"] for row in base.execute("PRAGMA index_list(facts)")}
    assert {"facts_concept", "facts_year", "facts_report_section"} <= indices


def test_csv_for_spreadsheets(found: Dataset, tmp_path: Path) -> None:
    folder = export(found, Target.CSV, tmp_path / "csv")
    assert {path.name for path in folder.iterdir()} == {f"{name}.csv" for name in found.names}
    for name in found.names:
        data = (folder / f"{name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        header, *body = csv.reader(data.decode("utf-8-sig").splitlines(keepends=True))
        assert tuple(header) == found[name].table.names
        assert [[cell.removeprefix("'") for cell in row] for row in body] == _texts(found, name)
    assert not any(
        cell.startswith("=")
        for row in csv.reader((folder / "files.csv").open(encoding="utf-8-sig"))
        for cell in row
    )


def _sheets(path: Path) -> dict[str, list[list[str]]]:
    """The cells of a workbook as text, by the names of its sheets."""
    with zipfile.ZipFile(path) as archive:
        book = etree.fromstring(archive.read("xl/workbook.xml"))
        names = [sheet.get("name") or "" for sheet in book.iter(f"{_SHEET}sheet")]
        pages = [
            etree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            for number in range(1, len(names) + 1)
        ]
    assert not any(page.find(f".//{_SHEET}f") is not None for page in pages)
    return {
        name: [
            ["".join(map(str, cell.itertext())) for cell in row.iter(f"{_SHEET}c")]
            for row in page.iter(f"{_SHEET}row")
        ]
        for name, page in zip(names, pages, strict=True)
    }


def test_xlsx(found: Dataset, tmp_path: Path) -> None:
    sheets = _sheets(export(found, Target.XLSX, tmp_path / "all.xlsx"))
    assert set(sheets) == {"about", *found.names}
    for name in found.names:
        printed = [
            [("1" if cell == "true" else "0" if cell == "false" else cell) for cell in row if cell]
            for row in _texts(found, name)
        ]
        assert sheets[name] == [list(found[name].table.names), *printed]
    counts = {row[0]: row[2:] for row in sheets["about"] if len(row) == 5}
    assert counts["facts"][:3] == [str(len(found.facts)), "1", "0"]


def test_a_long_table_goes_on_in_another_sheet(found: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "small.xlsx"
    xlsx_export.write(found, path, most_rows=3)
    sheets = _sheets(path)
    pages = [name for name in sheets if name.startswith("facts")]
    assert pages == ["facts", *(f"facts ({n})" for n in range(2, len(pages) + 1))]
    assert all(sheets[name][0] == list(found.facts.table.names) for name in pages)
    assert sum(len(sheets[name]) - 1 for name in pages) == len(found.facts)


def test_what_excel_cannot_hold_is_said(tmp_path: Path) -> None:
    long = budget("青溪县水务局", 2031, "12.50万元") + ("渠" * 40_000).encode()
    found = made(tmp_path, {"a.txt": long})
    sheets = _sheets(export(found, Target.XLSX, tmp_path / "all.xlsx"))
    (counts,) = [row for row in sheets["about"] if row and row[0] == "sections" and len(row) == 5]
    assert counts[-1] == "1"
    (cut,) = [cell for row in sheets["sections"] for cell in row if cell.endswith("[…]")]
    assert len(cut) == 32_767


def test_duckdb(found: Dataset, tmp_path: Path) -> None:
    path = export(found, Target.DUCKDB, tmp_path / "all.duckdb")
    with duckdb.connect(str(path), read_only=True) as base:
        for name in found.names:
            stored = base.execute(f'SELECT * FROM "{name}"').fetchall()
            assert stored == list(rows(found[name]))
        with pytest.raises(duckdb.Error, match="read-only"):
            base.execute("INSERT INTO about VALUES ('a', 'b')")
        comment = base.execute(
            "SELECT comment FROM duckdb_columns()"
            " WHERE table_name = 'facts' AND column_name = 'yuan'"
        ).fetchone()
        assert comment is not None
        assert "元" in comment[0]


def test_datapackage(found: Dataset, tmp_path: Path) -> None:
    folder = export(found, Target.DATAPACKAGE, tmp_path / "package")
    report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["taskNumber", "rowNumber", "message"])[:5]
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert set(resources) == set(found.names)
    for name, resource in resources.items():
        data = (folder / resource["path"]).read_text("utf-8")
        assert list(csv.reader(data.splitlines(keepends=True)))[1:] == _texts(found, name)
    fields = {field["name"]: field for field in resources["facts"]["schema"]["fields"]}
    assert fields["code"]["type"] == "string"
    assert fields["phase"]["columnType"] == "phase:id"
    assert fields["flow"]["columnType"] == "direction"
    assert fields["factor"]["fiscalRole"] == "factor"
    assert fields["code_domain"]["fiscalRole"] == "classification_list"
    assert fields["yuan"]["columnType"] == "value"


def test_a_package_that_was_altered_is_not_valid(found: Dataset, tmp_path: Path) -> None:
    folder = export(found, Target.DATAPACKAGE, tmp_path / "package")
    reports = folder / "data" / "reports.csv"
    reports.write_text(reports.read_text("utf-8").replace("budget", "budgets"), "utf-8")
    assert not validate(str(folder / "datapackage.json")).valid


@pytest.mark.parametrize("target", Target)
def test_what_is_there_is_kept(found: Dataset, tmp_path: Path, target: Target) -> None:
    path = tmp_path / "out"
    path.write_text("mine")
    with pytest.raises(DatasetError, match="is there already"):
        export(found, target, path)
    assert path.read_text() == "mine"
    assert export(found, target, path, replace=True) == path
    assert export(found, target, path, replace=True) == path
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_something_else_is_kept(found: Dataset, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(DatasetError, match="something else"):
        export(found, Target.CSV, tmp_path / "mine", replace=True)
    assert (tmp_path / "mine" / "notes.txt").exists()


def test_nothing_takes_the_place_of_the_dataset(found: Dataset) -> None:
    for path in (found.path, found.path.parent):
        with pytest.raises(DatasetError, match="the dataset itself"):
            export(found, Target.CSV, path, replace=True)
    assert (found.path / "dataset.json").exists()


@pytest.mark.parametrize("target", Target)
def test_a_broken_table_leaves_nothing_behind(
    found: Dataset, tmp_path: Path, target: Target
) -> None:
    broken = tmp_path / "part.parquet"
    broken.write_bytes(b"PAR1 and no more")
    frames = {name: attrs.evolve(found[name], parts=(Part(broken),)) for name in ("facts",)}
    with pytest.raises(DatasetError):
        export(Dataset(found.path, found.about, frames), target, tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["part.parquet"]


@pytest.mark.parametrize(
    ("target", "library"), [(Target.XLSX, "xlsxwriter"), (Target.DUCKDB, "duckdb")]
)
def test_a_missing_library_is_said(
    found: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: Target, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingLibraryError, match=rf"pip install 'disclosure-parser\[{target}\]'"):
        export(found, target, tmp_path / "out")


@pytest.mark.parametrize(
    ("number", "text"),
    [("4.0000000000", "4"), ("0E-10", "0"), ("-0.5000000000", "-0.5"), ("1E+3", "1000")],
)
def test_numbers_in_digits(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


def test_the_command(found: Dataset, tmp_path: Path) -> None:
    def run(*words: str) -> Any:
        return CliRunner().invoke(app, ["export", *words])

    path = tmp_path / "facts.sqlite"
    done = run(str(found.path), "--to", "sqlite", "-o", str(path))
    assert (done.exit_code, done.stdout) == (0, f"{path}\n")
    again = run(str(found.path), "--to", "sqlite", "-o", str(path))
    assert again.exit_code == 1
    assert "[dataset]" in again.stderr
    assert run(str(tmp_path / "none"), "--to", "csv").exit_code == 1
    assert run(str(found.path), "--to", "parquet").exit_code == 2
