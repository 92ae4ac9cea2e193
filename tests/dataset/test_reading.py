"""Opening a dataset: frames of three libraries and plain SQL, and errors of our own."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest
from attrs import evolve

from disclosure_parser import dataset
from disclosure_parser.batch import ParquetTables, run_batch
from disclosure_parser.dataset.exports import Target, export
from disclosure_parser.dataset.reading import Dataset
from tests.batch.support import report
from tests.dataset.support import TABLES, made


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """A dataset of three small reports."""
    files = {f"{number}.txt": report(number) for number in range(1, 4)}
    return made(tmp_path_factory.mktemp("dataset"), files)


def test_the_libraries_give_the_same_figures(found: Dataset) -> None:
    columns = ["concept", "measure", "yuan", "year"]
    arrow = found.facts.to_arrow(columns).to_pylist()
    assert len(arrow) == len(found.facts) == 6
    assert found.facts.to_polars(columns).to_dicts() == arrow
    assert found.facts.lazy().select(columns).collect().to_dicts() == arrow
    frame = found.facts.to_pandas(columns)
    assert frame.to_dict("records") == arrow
    assert [row for batch in found.facts.batches(columns, rows=2) for row in batch.to_pylist()] == (
        arrow
    )
    amounts = [row["yuan"] for row in arrow if row["measure"] == "amount"]
    assert amounts == [Decimal(15000), Decimal(25000), Decimal(35000)]


def test_decimals_are_exact_in_every_library(found: Dataset) -> None:
    total = Decimal(75000)
    amounts = pl.col("measure") == "amount"
    assert found.facts.lazy().filter(amounts).select(pl.col("yuan").sum()).collect().item() == total
    frame = found.facts.to_pandas()
    assert frame.loc[frame["measure"] == "amount", "yuan"].sum() == total
    folder = found.path / "tables" / "facts" / "*.parquet"
    query = f"SELECT sum(yuan) FROM '{folder}' WHERE measure = 'amount'"
    assert duckdb.execute(query).fetchall() == [(total,)]


def test_folders_open_directly(found: Dataset) -> None:
    folder = found.path / "tables" / "reports"
    assert pl.read_parquet(folder).height == 3
    assert len(pd.read_parquet(folder)) == 3
    joined = duckdb.execute(
        f"SELECT r.agency, f.yuan FROM '{folder}/*.parquet' r"
        f" JOIN '{found.path}/tables/facts/*.parquet' f USING (report) WHERE f.measure = 'amount'"
    ).fetchall()
    assert len(joined) == 3


def test_names_and_attributes(found: Dataset) -> None:
    assert found.names[0] == "reports"
    assert found["facts"] == found.facts
    assert found.about["files"] == 3
    with pytest.raises(AttributeError):
        found.figures  # noqa: B018
    with pytest.raises(dataset.DatasetError, match="no table is called 'figures'"):
        found["figures"]
    with pytest.raises(dataset.DatasetError, match="no column 'amount'"):
        found.facts.to_polars(["amount"])


def test_what_is_no_dataset_is_said(tmp_path: Path) -> None:
    with pytest.raises(dataset.DatasetError, match="not finished"):
        dataset.open(tmp_path)
    with pytest.raises(dataset.DatasetError, match="not finished"):
        dataset.open(tmp_path / "nothing")
    manifest = tmp_path / "dataset.json"
    for text, said in (
        ("{", "not JSON"),
        ("[]", "not the account"),
        ('{"outputs": [1]}', "not the account"),
        ('{"schema": "disclosure-dataset/0", "outputs": []}', "disclosure-dataset/0"),
    ):
        manifest.write_text(text)
        with pytest.raises(dataset.DatasetError, match=said):
            dataset.open(tmp_path)


def test_a_damaged_or_missing_file_is_said(tmp_path: Path) -> None:
    found = made(tmp_path, {"1.txt": report(1)})
    path = found.facts.parts[0].path
    path.write_bytes(b"PAR1 nothing of it")
    for read in (found.facts.to_arrow, found.facts.to_polars, found.facts.__len__):
        with pytest.raises(dataset.DatasetError, match="facts"):
            read()
    path.unlink()
    for read in (found.facts.to_arrow, found.facts.to_polars, found.facts.__len__):
        with pytest.raises(dataset.DatasetError, match="facts"):
            read()


def test_files_outside_the_dataset_are_not_opened(tmp_path: Path) -> None:
    found = made(tmp_path, {"1.txt": report(1)})
    manifest = found.path / "dataset.json"
    about = json.loads(manifest.read_bytes())
    about["outputs"].append({"path": "tables/../secret.parquet"})
    manifest.write_text(json.dumps(about))
    assert dataset.open(found.path).facts.parts == found.facts.parts


@pytest.mark.parametrize("library", ["pyarrow", "polars", "pandas"])
def test_a_missing_library_is_said(
    found: Dataset, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    read = {"pyarrow": "to_arrow", "polars": "to_polars", "pandas": "to_pandas"}[library]
    with pytest.raises(dataset.MissingLibraryError, match=f"needs {library}: pip install"):
        getattr(found.facts, read)()
    assert isinstance(dataset.MissingLibraryError(), ImportError)


def test_several_datasets_are_one(tmp_path: Path) -> None:
    """The shards of a batch; content that two have is there once, and in the account twice."""
    for name, numbers in (("a", (1, 2)), ("b", (2, 3))):
        (tmp_path / name).mkdir()
        made(tmp_path / name, {f"{number}.txt": report(number) for number in numbers})
    both = dataset.open(tmp_path / "a" / "out", tmp_path / "b" / "out")
    (tmp_path / "c").mkdir()
    whole = made(tmp_path / "c", {f"{number}.txt": report(number) for number in (1, 2, 3)})
    columns = ["report", "fact", "yuan"]
    expected = whole.facts.to_arrow(columns).to_pylist()
    assert both.facts.to_arrow(columns).to_pylist() == expected
    assert sorted(both.facts.to_polars(columns).rows()) == sorted(
        tuple(row.values()) for row in expected
    )
    assert both.facts.to_pandas(["yuan"])["yuan"].sum() == sum(row["yuan"] for row in expected)
    assert len(both.facts) == len(whole.facts)
    assert len(both.reports) == 3
    assert len(both.files) == 4
    assert len(both.panel("revenue.total")) == len(whole.panel("revenue.total")) > 0
    target = export(both, Target.DUCKDB, tmp_path / "both.duckdb")
    with duckdb.connect(str(target)) as base:
        assert base.execute("SELECT count(*) FROM facts").fetchall() == [(len(expected),)]


def test_datasets_of_different_tables_are_not_one(tmp_path: Path) -> None:
    checked = evolve(TABLES, sinks=(ParquetTables(check=True),))
    for name, settings in (("a", TABLES), ("b", checked)):
        (tmp_path / name).mkdir()
        made(tmp_path / name, {"1.txt": report(1)}, settings)
    with pytest.raises(dataset.DatasetError, match="differ in: findings, operands"):
        dataset.open(tmp_path / "a" / "out", tmp_path / "b" / "out")


def test_it_opens_from_the_package() -> None:
    script = "import disclosure_parser; disclosure_parser.dataset.open('nothing')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert b"DatasetError" in done.stderr


def test_an_empty_dataset_opens(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    run_batch([tmp_path / "in"], tmp_path / "out", settings=TABLES)
    found = dataset.open(tmp_path / "out")
    assert len(found.facts) == 0
    assert found.facts.to_polars().columns == list(found.facts.table.names)
    assert len(found.panel("three_public.total")) == 0
