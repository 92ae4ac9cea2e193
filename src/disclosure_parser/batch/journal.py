"""The journal of a batch: which files there are, what each holds, what became of each content.

One SQLite file. Every result is committed as it comes, so that a batch that is killed at any
point goes on from there; what is written at the end is computed from the journal alone. The
exclusive lock keeps a second batch out, and with it the write-ahead log needs no shared memory,
so that the journal may lie on a network file system.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from disclosure_parser.batch.groups import Group
from disclosure_parser.batch.listing import Listed
from disclosure_parser.batch.model import BatchError, Failure, Item, Parsed, Status

_LAYOUT = "1"
_PAGE = 500
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    path BLOB, member INTEGER, label TEXT, steps TEXT, size INTEGER, stamp TEXT,
    sha256 TEXT, failure TEXT, looked INTEGER DEFAULT 0, run INTEGER,
    PRIMARY KEY (path, member)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS contents ON files (sha256, path, member);
CREATE TABLE IF NOT EXISTS results (
    sha256 TEXT PRIMARY KEY, version TEXT, label TEXT, status TEXT, kind TEXT, fiscal_year INTEGER,
    family TEXT, summary TEXT, failure TEXT, attempts INTEGER, seconds REAL, note TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS payloads (
    sha256 TEXT, sink TEXT, data BLOB, PRIMARY KEY (sha256, sink)
);
CREATE TABLE IF NOT EXISTS members (
    sha256 TEXT PRIMARY KEY, joined TEXT, reason TEXT, lead INTEGER
) WITHOUT ROWID;
"""
#: The first of the files with a content: its name is the one that the report is parsed under.
_FIRST = (
    "NOT EXISTS (SELECT 1 FROM files g"
    " WHERE g.sha256 = f.sha256 AND (g.path, g.member) < (f.path, f.member))"
)
_FILE = "f.path, f.member, f.label, f.steps, f.size, f.sha256, f.failure"


@frozen(kw_only=True)
class Row:
    """A file of the account with the result of its content, if it has one."""

    item: Item
    first: str | None
    status: str | None
    summary: dict[str, Any] | None
    failure: Failure | None
    #: The report that it is a part of with other files, and why.
    joined: str | None = None
    reason: str | None = None


class Journal:
    """The journal in a file."""

    def __init__(self, path: Path, version: str) -> None:
        """Open or make it.

        Args:
            path: the file.
            version: names parser and options; results of another version do not count.

        Raises:
            BatchError: another batch has it open, or it cannot be read.
        """
        self._path = path
        self._version = version
        self._run = 0
        with self.guarded():
            self._base = sqlite3.connect(path, timeout=1.0, isolation_level=None)
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.execute("BEGIN EXCLUSIVE")
            for statement in _TABLES.split(";"):
                self._base.execute(statement)
            layout = self._meta("layout") or _LAYOUT
            if layout != _LAYOUT:
                raise BatchError(f"{path}: a journal of another layout ({layout})")
            self._run = int(self._meta("run") or "0") + 1
            self._set_meta("layout", _LAYOUT)
            self._set_meta("run", str(self._run))
            self._base.execute("COMMIT")

    def close(self) -> None:
        """Close it; everything is committed already."""
        self._base.close()

    # Files

    def list(self, files: Iterable[Listed]) -> int:
        """Take the files of this run; those that are as they were keep what is known of them.

        Returns how many there are. Files that are no longer among the sources are forgotten.
        """
        with self._transaction():
            for one in files:
                item = one.item
                known = self._base.execute(
                    "SELECT stamp, size FROM files WHERE path = ? AND member = 0", (item.path,)
                ).fetchone()
                if known == (one.stamp, item.size) and item.failure is None:
                    self._base.execute(
                        "UPDATE files SET run = ? WHERE path = ?", (self._run, item.path)
                    )
                else:
                    self._base.execute("DELETE FROM files WHERE path = ?", (item.path,))
                    self._insert(item, one.stamp, looked=item.failure is not None)
            self._base.execute("DELETE FROM files WHERE run <> ?", (self._run,))
            return self._count("SELECT count(*) FROM files WHERE member = 0")

    def unseen(self) -> Iterator[Item]:
        """Files that have not been looked at, in their order."""
        yield from self._pages(
            "SELECT path, 0, label, '[]', size, NULL, NULL FROM files f"
            " WHERE member = 0 AND NOT looked AND (path > ?1)"
            " ORDER BY path LIMIT ?3"
        )

    def found(self, items: Iterable[Item]) -> None:
        """Keep what a file holds; the last of its items is the file itself, and ends it."""
        with self._transaction():
            for item in items:
                if item.member == 0:
                    self._base.execute(
                        "UPDATE files SET sha256 = ?, failure = ?, looked = 1"
                        " WHERE path = ? AND member = 0",
                        (item.sha256, _failure_text(item.failure), item.path),
                    )
                else:
                    self._insert(item, "", looked=True)

    # Results

    def pending(self) -> Iterator[Item]:
        """One file of each content that has no result yet, in their order."""
        yield from self._pages(
            f"SELECT {_FILE} FROM files f WHERE f.sha256 IS NOT NULL"
            " AND (f.path, f.member) > (?1, ?2)"
            f" AND {_FIRST} AND NOT EXISTS (SELECT 1 FROM results r WHERE r.sha256 = f.sha256"
            " AND r.version = ?4 AND r.label = f.label)"
            " ORDER BY f.path, f.member LIMIT ?3",
            self._version,
        )

    def unreadable(self, item: Item, failure: Failure) -> None:
        """A file is gone or has changed: it has no content; another file may still have it."""
        with self._transaction():
            self._base.execute(
                "UPDATE files SET sha256 = NULL, failure = ? WHERE path = ? AND member = ?",
                (_failure_text(failure), item.path, item.member),
            )

    def keep(self, item: Item, parsed: Parsed) -> None:
        """Keep the result of a content. Committed when this returns."""
        summary = parsed.summary
        values = (
            item.sha256,
            self._version,
            item.label,
            parsed.status,
            summary and summary.kind,
            summary and summary.fiscal_year,
            summary and summary.family,
            summary and _text(summary.as_dict()),
            _failure_text(parsed.failure),
            parsed.attempts,
            parsed.seconds,
            parsed.note,
        )
        with self._transaction():
            self._base.execute("DELETE FROM payloads WHERE sha256 = ?", (item.sha256,))
            marks = ", ".join("?" * len(values))
            self._base.execute(f"INSERT OR REPLACE INTO results VALUES ({marks})", values)
            self._base.executemany(
                "INSERT INTO payloads VALUES (?, ?, ?)",
                ((item.sha256, sink, data) for sink, data in parsed.payloads.items()),
            )

    def candidates(self) -> Iterator[tuple[Item, dict[str, Any]]]:
        """The first file of each content that gave a report, with what its summary says, in the
        order of the list."""
        query = (
            f"SELECT {_FILE}, r.summary FROM files f JOIN results r"
            " ON r.sha256 = f.sha256 AND r.version = ?4 AND r.summary IS NOT NULL"
            f" WHERE {_FIRST} AND (f.path, f.member) > (?1, ?2)"
            " ORDER BY f.path, f.member LIMIT ?3"
        )
        for values in self._page_rows(query, self._version):
            yield _item(values[:7]), json.loads(values[7])

    def has_result(self, item: Item) -> bool:
        """Whether a content, or several that are joined, has a result of this version."""
        query = "SELECT count(*) FROM results WHERE sha256 = ? AND version = ? AND label = ?"
        return bool(self._count(query, (item.sha256, self._version, item.label)))

    def join(self, groups: Iterable[Group]) -> None:
        """Keep which contents are joined: those groups that gave a report, and no others."""
        query = "SELECT status FROM results WHERE sha256 = ? AND version = ?"
        with self._transaction():
            self._base.execute("DELETE FROM members")
            for group in groups:
                joined = group.item.sha256
                row = self._base.execute(query, (joined, self._version)).fetchone()
                if row is None or row[0] == Status.FAILED:
                    continue
                self._base.executemany(
                    "INSERT OR IGNORE INTO members VALUES (?, ?, ?, ?)",
                    (
                        (member.sha256, joined, group.reason, number == 0)
                        for number, member in enumerate(group.members)
                    ),
                )

    def forget(self, *, failed_only: bool) -> None:
        """Forget results, so that their files are parsed anew (all, or those that failed)."""
        where = "WHERE status = 'failed'" if failed_only else ""
        with self._transaction():
            self._base.execute(f"DELETE FROM results {where}")
            self._base.execute(
                "DELETE FROM payloads WHERE sha256 NOT IN (SELECT sha256 FROM results)"
            )
            # A file that could not be read is looked at again, an archive with all its members.
            chosen = "sha256 IS NULL AND failure NOT LIKE '%\"skipped\"%'" if failed_only else "1"
            self._base.execute(
                f"UPDATE files SET looked = 0 WHERE member = 0 AND path IN"
                f" (SELECT path FROM files WHERE {chosen})"
            )
            self._base.execute(
                "DELETE FROM files WHERE member > 0 AND path IN"
                " (SELECT path FROM files WHERE member = 0 AND NOT looked)"
            )

    # Reading it

    def rows(self) -> Iterator[Row]:
        """The account: every file in order, with its result."""
        query = (
            f"SELECT {_FILE}, r.label, j.status, j.summary, j.failure, m.joined, m.reason"
            " FROM files f LEFT JOIN members m ON m.sha256 = f.sha256"
            " LEFT JOIN results r ON r.sha256 = f.sha256 AND r.version = ?1"
            " LEFT JOIN results j ON j.sha256 = coalesce(m.joined, f.sha256) AND j.version = ?1"
            " ORDER BY f.path, f.member"
        )
        for values in self._base.execute(query, (self._version,)):
            item = _item(values[:7])
            first, status, summary, failure, joined, reason = values[7:]
            yield Row(
                item=item,
                first=first,
                status=status,
                summary=json.loads(summary) if summary else None,
                failure=_failure(failure),
                joined=joined,
                reason=reason,
            )

    def payloads(self, sink: str) -> Iterator[bytes]:
        """What a sink kept, one of each report, in the order of the files."""
        query = (
            "SELECT p.data FROM files f LEFT JOIN members m ON m.sha256 = f.sha256"
            " JOIN results r ON r.sha256 = coalesce(m.joined, f.sha256) AND r.version = ?"
            " JOIN payloads p ON p.sha256 = r.sha256 AND p.sink = ?"
            f" WHERE {_FIRST} AND coalesce(m.lead, 1) ORDER BY f.path, f.member"
        )
        for (data,) in self._base.execute(query, (self._version, sink)):
            yield data

    def names(self, sha256: str) -> tuple[str, ...]:
        """The labels of the files with a content, in order."""
        query = "SELECT label FROM files WHERE sha256 = ? ORDER BY path, member"
        return tuple(label for (label,) in self._base.execute(query, (sha256,)))

    def to_look_at(self) -> int:
        """How many files have not been looked at."""
        return self._count("SELECT count(*) FROM files WHERE member = 0 AND NOT looked")

    def contents(self) -> tuple[int, int, int]:
        """Different contents; those with a result; those of them that failed."""
        total = self._count("SELECT count(DISTINCT sha256) FROM files")
        done = (
            "SELECT count(*) FROM results WHERE version = ?"
            " AND sha256 IN (SELECT sha256 FROM files)"
        )
        values = (self._version,)
        return (
            total,
            self._count(done, values),
            self._count(f"{done} AND status = 'failed'", values),
        )

    def attempts(self) -> int:
        """How often a worker was given a content, over all results."""
        return self._count("SELECT coalesce(sum(attempts), 0) FROM results")

    # Inside

    def _pages(self, query: str, *values: Any) -> Iterator[Item]:
        for row in self._page_rows(query, *values):
            yield _item(row)

    def _page_rows(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """Rows by the page: what is read in between may be written to."""
        path, member = b"", -1
        while True:
            with self.guarded():
                page = self._base.execute(query, (path, member, _PAGE, *values)).fetchall()
            for row in page:
                path, member = row[:2]
                yield row
            if len(page) < _PAGE:
                return

    def _insert(self, item: Item, stamp: str, *, looked: bool) -> None:
        self._base.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                item.path,
                item.member,
                item.label,
                json.dumps(item.steps),
                item.size,
                stamp,
                item.sha256,
                _failure_text(item.failure),
                looked,
                self._run,
            ),
        )

    def _count(self, query: str, values: tuple[Any, ...] = ()) -> int:
        return int(self._base.execute(query, values).fetchone()[0])

    def _meta(self, key: str) -> str | None:
        row = self._base.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else row[0]

    def _set_meta(self, key: str, value: str) -> None:
        self._base.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self.guarded():
            self._base.execute("BEGIN")
            try:
                yield
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn the errors of SQLite (a full disk, a lock) into a :class:`BatchError`."""
        try:
            yield
        except sqlite3.Error as error:
            if "locked" in str(error):
                raise BatchError(f"{self._path}: another batch is writing here") from error
            raise BatchError(f"{self._path}: {error}") from error


def _item(row: tuple[Any, ...]) -> Item:
    path, member, label, steps, size, sha256, failure = row
    return Item(
        path=path,
        member=member,
        label=label,
        steps=tuple(tuple(step) for step in json.loads(steps)),
        size=size,
        sha256=sha256,
        failure=_failure(failure),
    )


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _failure_text(failure: Failure | None) -> str | None:
    return None if failure is None else _text(asdict(failure))


def _failure(text: str | None) -> Failure | None:
    return None if text is None else Failure(**json.loads(text))
