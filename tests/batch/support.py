"""Batches in tests: settings with the poison in them, and reading what came out."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import time
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from disclosure_parser.batch import Settings, run_batch
from disclosure_parser.batch.sinks import Entry
from disclosure_parser.readers.base import Limits
from disclosure_parser.report import Report

#: Recognition takes seconds a page, and is tested with the reader.
SETTINGS = Settings(
    workers=2, timeout=60.0, preload=("tests.batch.poison",), limits=Limits(ocr=False)
)


@frozen
class Waiting:
    """A sink that takes its time without taking a core."""

    name: str = "waiting"

    def encode(self, report: Report) -> bytes:  # noqa: ARG002
        """Wait."""
        time.sleep(0.1)
        return b""

    def write(
        self,
        folder: Path,  # noqa: ARG002
        payloads: Iterable[bytes],  # noqa: ARG002
        account: Iterable[Entry],  # noqa: ARG002
    ) -> Iterator[Path]:
        """Nothing."""
        return iter(())


def agency(number: int) -> str:
    """The agency of a small report."""
    return "".join("东南西北上下左右前后"[int(digit)] for digit in str(number)) + "岭市档案馆"


def report(number: int) -> bytes:
    """A small report, another one for each number."""
    return (
        f"{agency(number)}2024年部门预算\n一、收支总体情况\n收入合计{number}.50万元，"
        f"较上年增加4.00万元，主要原因是新增档案数字化项目。\n"
    ).encode()


def batch(
    sources: Sequence[Path | str], dataset: Path, settings: Settings = SETTINGS, **changes: Any
) -> list[dict[str, Any]]:
    """Run a batch; its account. ``changes`` are those of the settings or options of the batch."""
    options = {k: changes.pop(k) for k in ("force", "retry_failed", "watch") if k in changes}
    run_batch(sources, dataset, settings=evolve(settings, **changes), **options)
    return account(dataset)


def account(dataset: Path) -> list[dict[str, Any]]:
    """The account of a dataset."""
    return [json.loads(line) for line in (dataset / "files.jsonl").open("rb")]


def by_name(entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Entries by the last part of the file's name."""
    found = {entry["file"].replace("!/", "/").split("/")[-1]: entry for entry in entries}
    assert len(found) == len(entries), "a file is told of twice"
    return found


def reports(dataset: Path) -> list[dict[str, Any]]:
    """The records of a dataset."""
    lines = [
        line for part in sorted((dataset / "reports").glob("*.jsonl")) for line in part.open("rb")
    ]
    return [json.loads(line) for line in lines]


def digests(dataset: Path) -> dict[str, str]:
    """The output of a dataset by its hashes: all files but those of the journal."""
    return {
        path.relative_to(dataset).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(dataset.rglob("*"))
        if path.is_file() and not path.name.startswith("journal.sqlite")
    }


def zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Sequence[tuple[str, bytes]], packing: str = "") -> bytes:
    """A tar archive, packed by ``gz``, ``bz2`` or ``xz`` if asked."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{packing}") as archive:  # type: ignore[call-overload]
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()
