"""Sources by URL: listed, read in place, resumed, archives too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("fsspec", reason="the extra 'fsspec' is not installed")

from tests.batch.support import agency, batch, report, reports, zipped


def put(folder: Path) -> Path:
    (folder / "a").mkdir(parents=True)
    for number in range(3):
        (folder / "a" / f"{number}.txt").write_bytes(report(number))
    (folder / "b.zip").write_bytes(zipped([("c.txt", report(3))]))
    return folder


def test_the_files_at_a_url(tmp_path: Path) -> None:
    folder = put(tmp_path / "in")
    url = folder.as_uri()
    account = batch([url], tmp_path / "out")
    assert [entry["file"] for entry in account] == [
        *(f"{url}/a/{number}.txt" for number in range(3)),
        f"{url}/b.zip",
        f"{url}/b.zip!/c.txt",
    ]
    made = {r["identity"]["agency"] for r in reports(tmp_path / "out")}
    assert made == {agency(number) for number in range(4)}
    again = batch([url], tmp_path / "out")
    assert again == account


def test_a_pattern(tmp_path: Path) -> None:
    url = put(tmp_path / "in").as_uri()
    assert len(batch([f"{url}/a/*.txt"], tmp_path / "out")) == 3


@pytest.mark.parametrize("url", ["file:///nowhere/at/all", "nosuch://bucket/a"])
def test_what_is_not_there_is_said(tmp_path: Path, url: str) -> None:
    (entry,) = batch([url], tmp_path / "out")
    assert entry["status"] == "failed"
    assert entry["error"]["code"] == "source"


def test_shards(tmp_path: Path) -> None:
    url = put(tmp_path / "in").as_uri()
    found = [batch([url], tmp_path / f"out-{i}", shard=(i, 2)) for i in (1, 2)]
    names = [entry["file"] for entries in found for entry in entries]
    assert len(names) == len(set(names)) == 5


def test_without_fsspec_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    (entry,) = batch(["s3://bucket/reports"], tmp_path / "out")
    assert "disclosure-parser[fsspec]" in entry["error"]["message"]
