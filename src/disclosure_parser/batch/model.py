"""What a batch is told, and what it says of every file."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from attrs import asdict, evolve, field, frozen

from disclosure_parser.batch.sinks import JsonLines, Sink
from disclosure_parser.batch.tables import ParquetTables
from disclosure_parser.errors import DisclosureError
from disclosure_parser.readers.base import Limits

#: A step on the way to a member of an archive.
Step = tuple[Any, ...]


class Status(StrEnum):
    """What became of a file."""

    #: A report; nothing is known to be missing.
    COMPLETE = "complete"
    #: A report, but a part of the source could not be read; ``error`` says which.
    PARTIAL = "partial"
    #: No report; ``error`` says why.
    FAILED = "failed"
    #: Not asked for one (a folder's own files, links, what is no regular file).
    SKIPPED = "skipped"


class BatchError(DisclosureError, RuntimeError):
    """A batch cannot go on: its output cannot be written, or another batch is writing there."""

    code = "batch"


@frozen
class Failure:
    """Why a file gave no report, or not all of it.

    ``error`` is the class (``CorruptDocumentError``, ``WorkerCrash`` …), ``code`` its stable name
    (``corrupt``, ``crash``, ``timeout``, ``memory``, ``skipped``, that of a diagnostic …),
    ``place`` where in the source or, for a crash, where in the code.
    """

    error: str
    code: str
    message: str
    place: str | None = None


@frozen(kw_only=True)
class Item:
    """Bytes to read: a file, or a member of an archive.

    ``path`` is the top-level file as its file system names it, ``member`` 0 for the file itself
    and else the running number of the member, ``steps`` the way to the member
    (:mod:`disclosure_parser.batch.archives`), ``label`` the name for people
    (``a.zip!/b/c.pdf``). ``size`` is in bytes; ``sha256`` and ``failure`` are what was found.
    """

    path: bytes
    label: str
    member: int = 0
    steps: tuple[Step, ...] = ()
    size: int = 0
    sha256: str | None = None
    failure: Failure | None = None

    def failed(self, failure: Failure) -> Item:
        """The same file, with what went wrong."""
        return evolve(self, sha256=None, failure=failure)


@frozen(kw_only=True)
class Summary:
    """What the account says of a report: its identity and how much was read."""

    format: str
    kind: str | None
    fiscal_year: int | None
    agency: str | None
    scope: str | None
    family: str
    sections: int
    records: int
    statements: int
    diagnostics: int
    #: Characters of narrative, and statutory statements: what tells which files belong together.
    prose: int = 0
    statutory: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The fields, for JSON."""
        return asdict(self)


@frozen(kw_only=True)
class Parsed:
    """What parsing one content gave. ``payloads`` are compressed, one per sink."""

    status: Status
    summary: Summary | None = None
    failure: Failure | None = None
    payloads: dict[str, bytes] = field(factory=dict)
    #: Wall-clock seconds, and notes on a lost worker; for the journal only, never in the output,
    #: which must be the same bytes each time.
    seconds: float = 0.0
    attempts: int = 1
    note: str | None = None


@frozen(kw_only=True)
class Settings:
    """How a batch is run.

    ``memory`` is the address space of a worker in bytes and ``timeout`` the seconds a file may
    take; ``recycle`` the files after which a worker is replaced. ``preload`` names modules that
    every worker imports first (they may register extractors). ``sinks`` make the output.
    """

    workers: int = 1
    memory: int = 2 * 2**30
    timeout: float = 120.0
    recycle: int = 1000
    preload: tuple[str, ...] = ()
    limits: Limits = field(factory=Limits)
    sinks: tuple[Sink, ...] = field(factory=lambda: (JsonLines(), ParquetTables()))
    #: Whether files of a folder or archive that are one disclosure become one report.
    group: bool = True
    #: This job's shard of the sorted list, of how many; whole files (archives) are assigned.
    shard: tuple[int, int] = (1, 1)
