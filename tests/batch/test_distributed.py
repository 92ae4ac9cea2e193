"""Shards on a Dask cluster: the dataset of one machine, whatever is killed."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from attrs import evolve

pytest.importorskip("distributed", reason="the extra 'dask' is not installed")

from distributed import Client, LocalCluster

from disclosure_parser import dataset
from disclosure_parser.batch import Settings, run_batch
from disclosure_parser.batch.tables import ParquetTables
from disclosure_parser.dataset.errors import MissingLibraryError
from disclosure_parser.dataset.reading import Dataset
from disclosure_parser.distributed import run_shards
from tests.batch.support import SETTINGS, Waiting, report

TABLES = evolve(SETTINGS, workers=1, sinks=(ParquetTables(),))


def _files(folder: Path, count: int) -> Path:
    for number in range(count):
        place = folder / f"agency-{number % 7}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number}.txt").write_bytes(report(number))
    (folder / "agency-0" / "broken.pdf").write_bytes(b"%PDF-1.7 cut")
    return folder


def _rows(data: Dataset, name: str) -> list[str]:
    return sorted(map(str, data[name].to_arrow().to_pylist()))


def test_a_worker_that_dies_costs_nothing(tmp_path: Path) -> None:
    source = _files(tmp_path / "in", 40)
    # A sink that takes its time, so that the worker dies in the midst of its shard.
    settings = evolve(TABLES, sinks=(ParquetTables(), Waiting()))
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        Client(cluster) as client,
    ):
        killed: list[int] = []

        def kill() -> None:
            time.sleep(1.5)
            pid = next(iter(cluster.workers.values())).pid
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

        hand = threading.Thread(target=kill)
        hand.start()
        folders = run_shards(
            [source], tmp_path / "shards", shards=4, client=client, settings=settings
        )
        hand.join()
    assert killed
    found = dataset.open(folders[0], *folders[1:])
    run_batch([source], tmp_path / "one", settings=TABLES)
    alone = dataset.open(tmp_path / "one")
    for name in ("reports", "facts", "files", "sections"):
        assert _rows(found, name) == _rows(alone, name)
    assert len(found.reports) == 40
    assert len(found.files) == 41


def test_without_dask_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingLibraryError, match=r"disclosure-parser\[dask\]"):
        run_shards([tmp_path], tmp_path / "out", shards=1, client=None, settings=Settings())  # type: ignore[arg-type]
