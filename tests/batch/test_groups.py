"""Files of a folder or an archive that are one disclosure become one report, and are told why."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from corpus.build import ROOT
from corpus.parts import split
from corpus.source import load

from corpus import word, workbook
from disclosure_parser import dataset, parse
from disclosure_parser.batch import run_batch
from disclosure_parser.batch.tables import ParquetTables
from tests.batch.support import SETTINGS, batch, report

NAMES = ("说明.docx", "报表.xlsx")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Final accounts in two files; the titles of the tables tell no year."""
    narrative, tables = split(load(ROOT / "final-accounts"))
    return dict(zip(NAMES, (word.render(narrative), workbook.render(tables)), strict=True))


@pytest.fixture(scope="module")
def dated(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same as text; here the tables tell agency and year."""
    tables = (
        "望溪市林业局2023年部门决算公开报表\n\n收入决算表\n部门：望溪市林业局\n单位：万元\n"
        + ("\t科目名称\t本年收入合计\t财政拨款收入\n\t合计\t12.50\t12.50\n\n")
    )
    return {"a.docx": files["说明.docx"], "b.txt": tables.encode()}


def put(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def reports(folder: Path) -> list[dict[str, Any]]:
    """The reports that a batch wrote."""
    lines = b"".join(path.read_bytes() for path in sorted((folder / "reports").iterdir()))
    return [json.loads(line) for line in lines.splitlines()]


def zipped(path: Path, files: dict[str, bytes]) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    path.write_bytes(data.getvalue())


def test_an_archive_of_an_agency_is_one_report(files: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    zipped(tmp_path / "in" / "林业局.zip", files)
    account = batch([tmp_path / "in"], tmp_path / "out")
    members = [entry for entry in account if "!/" in entry["file"]]
    assert {entry["joined_as"] for entry in members} == {members[0]["joined_as"]}
    assert all("one archive" in entry["joined_because"] for entry in members)
    (one,) = reports(tmp_path / "out")
    assert one["document"]["source"]["sha256"] == members[0]["joined_as"]
    assert len(one["document"]["parts"]) == 2
    single = parse(ROOT / "final-accounts" / "report.docx")
    assert len(one["statements"]) == len(single.statements)


def test_files_of_a_folder_need_agency_and_year(
    files: dict[str, bytes], dated: dict[str, bytes], tmp_path: Path
) -> None:
    put(tmp_path / "in" / "a", dated)
    put(tmp_path / "in" / "b", files)
    account = batch([tmp_path / "in"], tmp_path / "out")
    joined = [entry["file"].rpartition("/")[2] for entry in account if "joined_as" in entry]
    # The same narrative lies in both folders: the first is the one that is joined.
    assert joined == ["a.docx", "b.txt", "说明.docx"]
    assert "both of 望溪市林业局, 2023" in account[0]["joined_because"]
    assert len(reports(tmp_path / "out")) == 2


@pytest.mark.parametrize(
    "other",
    [
        # Another agency, another year, another kind.
        ("望溪市林业局", "临江市水务局"),
        ("2023年", "2022年"),
        ("决算", "预算"),
    ],
)
def test_other_tables_stay_alone(
    dated: dict[str, bytes], other: tuple[str, str], tmp_path: Path
) -> None:
    changed = {**dated, "b.txt": dated["b.txt"].decode().replace(*other).encode()}
    put(tmp_path / "in", changed)
    account = batch([tmp_path / "in"], tmp_path / "out")
    assert not [entry for entry in account if "joined_as" in entry]
    assert len(reports(tmp_path / "out")) == 2


def test_two_narratives_claim_nothing(dated: dict[str, bytes], tmp_path: Path) -> None:
    narrative, _ = split(load(ROOT / "final-accounts"))
    again = word.render(evolve(narrative, blocks=narrative.blocks[:-1]))
    put(tmp_path / "in", {**dated, "c.docx": again})
    account = batch([tmp_path / "in"], tmp_path / "out")
    assert not [entry for entry in account if "joined_as" in entry]


def test_reports_that_are_whole_stay_alone(tmp_path: Path) -> None:
    put(tmp_path / "in", {f"{number}.txt": report(number) for number in range(5)})
    zipped(tmp_path / "in" / "a.zip", {f"{n}.txt": report(n) for n in range(5, 9)})
    account = batch([tmp_path / "in"], tmp_path / "out")
    assert not [entry for entry in account if "joined_as" in entry]
    assert len(reports(tmp_path / "out")) == 9


def test_it_can_be_left(dated: dict[str, bytes], tmp_path: Path) -> None:
    put(tmp_path / "in", dated)
    settings = evolve(SETTINGS, group=False)
    assert len(batch([tmp_path / "in"], tmp_path / "out")) == 2
    assert len(reports(tmp_path / "out")) == 1
    account = batch([tmp_path / "in"], tmp_path / "out", settings)
    assert not [entry for entry in account if "joined_as" in entry]
    assert len(reports(tmp_path / "out")) == 2


def test_one_bad_file_costs_only_itself(dated: dict[str, bytes], tmp_path: Path) -> None:
    put(tmp_path / "in", {**dated, "c.pdf": b"%PDF-1.7 cut"})
    account = batch([tmp_path / "in"], tmp_path / "out")
    assert [entry["status"] for entry in account] == ["complete", "complete", "failed"]
    assert [("joined_as" in entry) for entry in account] == [True, True, False]


def test_the_same_again_is_the_same_bytes(dated: dict[str, bytes], tmp_path: Path) -> None:
    put(tmp_path / "in", dated)
    batch([tmp_path / "in"], tmp_path / "one")
    batch([tmp_path / "in"], tmp_path / "two")
    batch([tmp_path / "in"], tmp_path / "two")
    for path in (tmp_path / "one").rglob("*.*"):
        if path.is_file() and "journal" not in path.name:
            other = tmp_path / "two" / path.relative_to(tmp_path / "one")
            assert path.read_bytes() == other.read_bytes()


def test_the_tables_speak_of_the_joined_report(dated: dict[str, bytes], tmp_path: Path) -> None:
    put(tmp_path / "in", dated)
    run_batch(
        [tmp_path / "in"], tmp_path / "out", settings=evolve(SETTINGS, sinks=(ParquetTables(),))
    )
    found = dataset.open(tmp_path / "out")
    rows = found.files.to_arrow(["report", "joined_because"]).to_pylist()
    assert len({row["report"] for row in rows}) == 1
    assert all(row["joined_because"] for row in rows)
    assert found.reports.to_arrow(["report"]).to_pylist() == [{"report": rows[0]["report"]}]
