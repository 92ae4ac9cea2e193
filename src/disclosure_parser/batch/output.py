"""What a batch leaves behind: the account, the sinks' files, ``dataset.json``, which lists them.

Everything here is a function of the journal in the order of the sorted list, without times or
numbers of attempts, so that a broken run that went on gives the same bytes as an unbroken one.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from attrs import asdict, evolve, field, frozen

from disclosure_parser.batch.files import UNFINISHED, atomic
from disclosure_parser.batch.journal import Journal, Row
from disclosure_parser.batch.model import BatchError, Status
from disclosure_parser.batch.sinks import Entry, Sink
from disclosure_parser.dataset.errors import MissingLibraryError
from disclosure_parser.dataset.model import SCHEMA

ACCOUNT = "files.jsonl"
MANIFEST = "dataset.json"
_UNTOLD = {"archive", "skipped"}


@frozen(kw_only=True)
class Totals:
    """The account in numbers: files by status, and by what else they are told apart."""

    files: int
    contents: int
    by_status: dict[str, int]
    by_kind: dict[str, int]
    by_year: dict[str, int]
    by_family: dict[str, int]
    by_error: dict[str, int]
    #: Outputs that could not be written because a library is missing, with what is missing.
    missing: dict[str, str] = field(factory=dict)

    @property
    def failed(self) -> int:
        """Files without a report."""
        return self.by_status.get(Status.FAILED, 0)


def entry_of(row: Row) -> Entry:
    """A file of the account as JSON; keys that do not apply are left out.

    ``duplicate_of`` names the file under whose name the same content was parsed.
    """
    item = row.item
    failure = item.failure or row.failure
    status = status_of(row)
    entry: Entry = {"file": item.label, "status": status, "size": item.size}
    if item.sha256 is not None:
        entry["sha256"] = item.sha256
    if row.first is not None and row.first != item.label:
        entry["duplicate_of"] = row.first
    if row.joined is not None:
        entry["joined_as"] = row.joined
        entry["joined_because"] = row.reason
    for key, value in (row.summary or {}).items():
        if value not in (None, ""):
            entry[key] = value
    if failure is not None:
        entry["error"] = {key: value for key, value in asdict(failure).items() if value is not None}
    return entry


def write_all(
    folder: Path, journal: Journal, sinks: Sequence[Sink], about: dict[str, Any]
) -> Totals:
    """Write everything anew, each file whole or not at all; ``dataset.json`` last.

    Raises:
        BatchError: it cannot be written (a full disk); the journal is not harmed.
    """
    try:
        _forget_others(folder, sinks)
        (folder / MANIFEST).unlink(missing_ok=True)
        for left in folder.rglob(f"*{UNFINISHED}"):
            left.unlink()
        counts = _Counts()
        with atomic(folder / ACCOUNT) as file:
            for row in journal.rows():
                entry = entry_of(row)
                counts.add(entry)
                file.write(_line(entry))
        written = [folder / ACCOUNT]
        missing: dict[str, str] = {}
        for sink in sinks:
            inside = folder / sink.name
            inside.mkdir(exist_ok=True)
            mine: list[Path] = []
            account = (entry_of(row) for row in journal.rows())
            try:
                mine += sink.write(inside, _unpacked(journal, sink), account)
            except MissingLibraryError as error:
                missing[sink.name] = str(error)
            _clear(inside, set(mine))
            written += mine
        totals = evolve(counts.totals(), missing=missing)
        manifest = {
            "schema": SCHEMA,
            **about,
            **asdict(totals),
            "outputs": [_described(folder, path) for path in written],
        }
        with atomic(folder / MANIFEST) as file:
            text = json.dumps(manifest, ensure_ascii=False, indent=1)
            file.write(text.encode("utf-8", "backslashreplace") + b"\n")
    except OSError as error:
        raise BatchError(f"{folder}: cannot be written: {error.strerror}") from error
    return totals


def _forget_others(folder: Path, sinks: Sequence[Sink]) -> None:
    """Remove what an earlier run with other sinks wrote: it is not of this dataset."""
    try:
        listed = json.loads((folder / MANIFEST).read_bytes())["outputs"]
        paths = [PurePosixPath(output["path"]) for output in listed]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return
    known = {ACCOUNT, *(sink.name for sink in sinks)}
    for path in paths:
        if not path.is_absolute() and ".." not in path.parts and path.parts[0] not in known:
            (folder / path).unlink(missing_ok=True)
            _clear(folder / path.parts[0], None)


def _clear(folder: Path, kept: set[Path] | None) -> None:
    """Remove the files of a folder but those kept (``None`` keeps all), then empty folders."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif kept is not None and path not in kept:
            path.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def status_of(row: Row) -> Status:
    """What became of a file."""
    if row.status is not None and row.item.failure is None:
        return Status(row.status)
    failure = row.item.failure
    if failure is not None and failure.code in _UNTOLD:
        return Status.SKIPPED
    return Status.FAILED


class _Counts:
    def __init__(self) -> None:
        self._files = 0
        self._contents = 0
        self._by: dict[str, Counter[str]] = {
            key: Counter() for key in ("status", "kind", "fiscal_year", "family", "error")
        }

    def add(self, entry: dict[str, Any]) -> None:
        self._files += 1
        self._contents += "sha256" in entry and "duplicate_of" not in entry
        self._by["status"][entry["status"]] += 1
        error = entry.get("error")
        if error is not None and entry["status"] != Status.SKIPPED:
            self._by["error"][f"{error['error']} ({error['code']})"] += 1
        if "format" in entry:
            for key in ("kind", "fiscal_year", "family"):
                self._by[key][str(entry.get(key, "unknown"))] += 1

    def totals(self) -> Totals:
        sorted_by = {key: dict(sorted(found.items())) for key, found in self._by.items()}
        return Totals(
            files=self._files,
            contents=self._contents,
            by_status=sorted_by["status"],
            by_kind=sorted_by["kind"],
            by_year=sorted_by["fiscal_year"],
            by_family=sorted_by["family"],
            by_error=sorted_by["error"],
        )


def _unpacked(journal: Journal, sink: Sink) -> Iterator[bytes]:
    for data in journal.payloads(sink.name):
        yield zlib.decompress(data)


def _described(folder: Path, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    return {"path": path.relative_to(folder).as_posix(), "bytes": size, "sha256": digest}


def _line(entry: dict[str, Any]) -> bytes:
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace") + b"\n"
