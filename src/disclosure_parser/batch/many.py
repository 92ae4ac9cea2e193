"""``parse_many``: the engine of a batch for a program that wants the reports themselves."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from disclosure_parser.batch.engine import JOURNAL, Engine
from disclosure_parser.batch.journal import Journal
from disclosure_parser.batch.listing import listed
from disclosure_parser.batch.model import Failure, Settings, Status, Summary
from disclosure_parser.batch.output import status_of
from disclosure_parser.batch.pool import Pool
from disclosure_parser.batch.sinks import JsonLines
from disclosure_parser.batch.version import parser_version

if TYPE_CHECKING:
    from disclosure_parser.report import Report


@frozen(kw_only=True)
class Outcome:
    """What became of a file. ``duplicate_of`` names a file with the same content."""

    file: str
    status: Status
    sha256: str | None = None
    duplicate_of: str | None = None
    summary: Summary | None = None
    failure: Failure | None = None
    _packed: bytes | None = field(default=None, repr=False, alias="packed")

    @property
    def json(self) -> bytes | None:
        """The report as JSON, ``None`` if there is none."""
        return None if self._packed is None else zlib.decompress(self._packed).rstrip(b"\n")

    def report(self) -> Report | None:
        """The report, read from its JSON; ``None`` if there is none."""
        from disclosure_parser.export.json import from_json

        data = self.json
        return None if data is None else from_json(data)


def parse_many(
    sources: Iterable[str | Path], *, settings: Settings | None = None
) -> Iterator[Outcome]:
    """Parse many files in worker processes; one outcome for each file, in the order they end.

    Sources are files, folders, patterns and archives, as for a batch. A file that crashes or
    hangs its worker gives an outcome that says so, like every other failure; the same content
    under several names is parsed once. Nothing is kept: for a dataset, and to go on after a
    stop, use :func:`disclosure_parser.batch.run_batch`.

    Raises:
        BatchError: no worker can be started, or there is no room for temporary files.
    """
    sink = JsonLines()
    settings = evolve(settings or Settings(), sinks=(sink,))
    with (
        tempfile.TemporaryDirectory(prefix="disclosure-parser-") as folder,
        closing(Journal(Path(folder) / JOURNAL, parser_version(settings))) as journal,
        Pool(settings) as pool,
    ):
        journal.list(listed(sources))
        engine = Engine(journal=journal, settings=settings)
        engine.look(pool)
        for row in journal.rows():
            if row.item.failure is not None:
                yield Outcome(file=row.item.label, status=status_of(row), failure=row.item.failure)
        for item, parsed in engine.parse(pool):
            names = journal.names(item.sha256) if item.sha256 is not None else ()
            if parsed.failure is not None and parsed.failure.code == "source":
                names = (item.label,)
            packed = parsed.payloads.get(sink.name)
            for name in names:
                yield Outcome(
                    file=name,
                    status=parsed.status,
                    sha256=item.sha256,
                    duplicate_of=None if name == item.label else item.label,
                    summary=parsed.summary,
                    failure=parsed.failure,
                    packed=packed,
                )
