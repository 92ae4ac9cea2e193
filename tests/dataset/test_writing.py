"""The Parquet files of a batch: what the rows are, whole, in parts, the same bytes each time."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from attrs import evolve

from disclosure_parser import dataset, parse
from disclosure_parser.batch import JsonLines, Settings, run_batch
from disclosure_parser.batch.parts import TableWriter
from disclosure_parser.batch.tables import ParquetTables
from disclosure_parser.dataset.arrow import arrow_schema
from disclosure_parser.dataset.cells import Cell, Row
from disclosure_parser.dataset.payload import columns_of
from disclosure_parser.dataset.schema import DATASET, table
from tests.batch.support import digests, report
from tests.conftest import CORPUS
from tests.dataset.support import TABLES, made, rows_of

_REPORTS = [CORPUS / name / "report.docx" for name in ("hebei-budget", "slips", "final-accounts")]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of three reports with checks, and one that failed."""
    files = {f"{path.parent.name}.docx": path.read_bytes() for path in _REPORTS}
    files["bad.pdf"] = b"%PDF-1.7 nothing"
    files["twin.docx"] = _REPORTS[0].read_bytes()
    settings = evolve(TABLES, sinks=(ParquetTables(check=True),))
    return made(tmp_path_factory.mktemp("dataset"), files, settings).path


def test_what_is_read_is_what_the_reports_give(out: Path) -> None:
    expected: dict[str, list[Row]] = {one.name: [] for one in DATASET}
    for path in sorted((out.parent / "in").glob("*.docx"))[:3]:
        parsed = parse(path)
        for name, rows in rows_of(parsed, parsed.check()).items():
            expected[name] += rows
    found = dataset.open(out)
    for one in DATASET:
        if one.name != "files":
            got = found[one.name].to_arrow().to_pylist()
            assert got == [plain(row, one.names) for row in expected[one.name]], one.name
            assert len(found[one.name]) == len(got)


def plain(row: Row, names: tuple[str, ...]) -> dict[str, Cell]:
    """A row as Arrow gives it: plain strings, the columns in their order."""
    return {name: str(value) if isinstance(value := row[name], str) else value for name in names}


def test_every_file_has_the_declared_schema(out: Path) -> None:
    for one in DATASET:
        for path in (out / "tables" / one.name).iterdir():
            assert pq.read_schema(path).equals(arrow_schema(one), check_metadata=False)
            assert pq.read_schema(path).metadata[b"disclosure_schema"] == b"disclosure-dataset/1"


def test_the_account_is_the_table_of_files(out: Path) -> None:
    account = [json.loads(line) for line in (out / "files.jsonl").read_bytes().splitlines()]
    rows = dataset.open(out).files.to_arrow().to_pylist()
    assert [row["file"] for row in rows] == [entry["file"] for entry in account]
    assert [row["status"] for row in rows] == [entry["status"] for entry in account]
    by_name = {Path(row["file"]).name: row for row in rows}
    bad, twin = by_name["bad.pdf"], by_name["twin.docx"]
    assert (bad["report"], bad["error_code"]) == (None, "corrupt")
    assert bad["sha256"] is not None
    assert Path(twin["duplicate_of"]).name == "hebei-budget.docx"
    reports = dataset.open(out).reports.to_arrow(["report"])["report"].to_pylist()
    assert len(reports) == len(set(reports)) == 3
    assert twin["report"] in reports


def test_decimals_are_decimals(out: Path) -> None:
    facts = dataset.open(out).facts.to_arrow(["yuan", "number", "decimals", "text"])
    found = {
        (row["text"], row["number"], row["decimals"], row["yuan"]) for row in facts.to_pylist()
    }
    assert ("85.77万元", Decimal("85.77"), 2, Decimal(857700)) in found


def test_without_checks_there_are_no_findings(tmp_path: Path) -> None:
    found = made(tmp_path, {"1.txt": report(1)})
    assert "findings" not in found.names
    assert found.reports.to_arrow(["findings"])["findings"].to_pylist() == [None]
    with pytest.raises(dataset.DatasetError, match="run without it"):
        found["findings"]


def rows(count: int) -> Iterator[Row]:
    """Rows of facts."""
    empty: Row = dict.fromkeys(table("facts").names)
    for number in range(count):
        yield empty | {"report": "r", "fact": number, "measure": "amount", "state": "number"}


def written(folder: Path, count: int, **bounds: int) -> tuple[list[Path], int]:
    """Write rows one by one; the files, and the most bytes of Arrow that were held."""
    one, most = table("facts"), 0
    limits = {"part_bytes": 2**30, "group_rows": 5000, "group_bytes": 2**30, **bounds}
    folder.mkdir()
    before = pa.total_allocated_bytes()
    writer = TableWriter(one, folder / "facts", **limits)
    with writer:
        for row in rows(count):
            writer.add(columns_of(one, [row]))
            if row["fact"] % 500 == 0:  # type: ignore[operator]
                most = max(most, pa.total_allocated_bytes() - before)
    return writer.paths, most


def test_parts_and_row_groups_are_bounded(tmp_path: Path) -> None:
    paths, _ = written(tmp_path / "a", 30_000, part_bytes=1)
    assert len(paths) > 3
    numbers = [n for path in paths for n in pq.read_table(path)["fact"].to_pylist()]
    assert numbers == list(range(30_000))
    (path,), _ = written(tmp_path / "b", 30_000)
    groups = pq.read_metadata(path)
    assert groups.num_row_groups > 3
    assert max(groups.row_group(i).num_rows for i in range(groups.num_row_groups)) < 10_000
    (path,), _ = written(tmp_path / "c", 10_000, group_rows=2**30, group_bytes=1)
    assert pq.read_metadata(path).num_row_groups > 3


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    """What is held is a row group, however many there are."""
    _, few = written(tmp_path / "few", 10_000)
    _, many = written(tmp_path / "many", 60_000)
    assert many < 2 * few


def test_nothing_unfinished_is_left_when_writing_fails(tmp_path: Path) -> None:
    def fail() -> None:
        one = table("facts")
        folder = tmp_path / "facts"
        with TableWriter(one, folder, part_bytes=1, group_rows=2**30, group_bytes=1) as writer:
            for row in rows(3000):
                writer.add(columns_of(one, [row]))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    left = sorted(path.name for path in (tmp_path / "facts").iterdir())
    assert left == ["part-00000.parquet"], "the part that was whole, and no draft"


def test_without_pyarrow_all_else_is_written_and_the_tables_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = tmp_path / "1.txt", tmp_path / "out"
    source.write_bytes(report(1))
    settings = Settings(workers=1)
    with monkeypatch.context() as patch:
        for name in [name for name in sys.modules if name.split(".")[0] == "pyarrow"]:
            patch.delitem(sys.modules, name)
        patch.setitem(sys.modules, "pyarrow", None)
        totals = run_batch([source], out, settings=settings)
    assert "disclosure-parser[parquet]" in totals.missing["tables"]
    assert json.loads((out / "dataset.json").read_bytes())["missing"] == totals.missing
    assert not (out / "tables").exists()
    assert (out / "reports" / "part-00000.jsonl").exists()
    with pytest.raises(dataset.DatasetError, match="once more"):
        dataset.open(out)["facts"]
    seen: list[int] = []
    totals = run_batch([source], out, settings=settings, watch=lambda now: seen.append(now.known))
    assert totals.missing == {}
    assert max(seen) == 1, "nothing is parsed anew"
    assert len(dataset.open(out).facts) > 0


def test_what_other_sinks_wrote_before_is_gone(tmp_path: Path) -> None:
    source, out = tmp_path / "1.txt", tmp_path / "out"
    source.write_bytes(report(1))
    run_batch([source], out, settings=Settings(workers=1))
    run_batch([source], out, settings=Settings(workers=1, sinks=(JsonLines(),)))
    assert not (out / "tables").exists()
    fresh = tmp_path / "fresh"
    run_batch([source], fresh, settings=Settings(workers=1, sinks=(JsonLines(),)))
    assert digests(out) == digests(fresh)


def test_a_manifest_of_others_removes_nothing_outside(tmp_path: Path) -> None:
    source, out = tmp_path / "1.txt", tmp_path / "out"
    source.write_bytes(report(1))
    kept = tmp_path / "kept" / "part-00000.parquet"
    kept.parent.mkdir()
    kept.write_bytes(b"mine")
    out.mkdir()
    listed = [{"path": "../kept/part-00000.parquet"}, {"path": str(kept)}]
    (out / "dataset.json").write_text(json.dumps({"outputs": listed}))
    run_batch([source], out, settings=TABLES)
    assert kept.read_bytes() == b"mine"
