"""The engine: look at every file, parse every content once, keep what came of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from disclosure_parser.batch.groups import groups_of
from disclosure_parser.batch.journal import Journal
from disclosure_parser.batch.listing import Listed, listed
from disclosure_parser.batch.model import (
    BatchError,
    Failure,
    Item,
    Parsed,
    Settings,
    Status,
)
from disclosure_parser.batch.opening import is_streamed
from disclosure_parser.batch.output import Totals, write_all
from disclosure_parser.batch.pool import Event, Pool
from disclosure_parser.batch.processes import LostWorkerError
from disclosure_parser.batch.tasks import Inspect, Join, Parse, Read, Task
from disclosure_parser.batch.version import parser_version

JOURNAL = "journal.sqlite"
#: Files whose looks are kept in one commit.
_TOGETHER = 200


@frozen(kw_only=True)
class Progress:
    """How far a batch is. ``stage`` is ``looking``, ``parsing`` or ``writing``; ``done`` of
    ``total`` (files while looking, then contents), of which ``failed``; ``known`` of ``done``
    were known from an earlier run."""

    stage: str
    done: int
    total: int
    failed: int = 0
    known: int = 0


Watch = Callable[[Progress], None]


def _unwatched(_: Progress) -> None:
    """Nobody watches."""


@frozen(kw_only=True)
class Engine:
    """A batch over a journal."""

    journal: Journal
    settings: Settings
    watch: Watch = field(default=_unwatched)

    def look(self, pool: Pool) -> None:
        """Find out what every new file holds."""
        total, done = self.journal.to_look_at(), 0
        self.watch(Progress(stage="looking", done=0, total=total))
        tasks = (Inspect(item=item) for item in self.journal.unseen())
        # A commit for each file would take longer than looking at it.
        kept: list[Item] = []
        for event in pool.run(tasks):
            item = event.task.item
            if event.failure is not None:
                kept.append(item.failed(event.failure))
            elif isinstance(event.message, list):
                kept.extend(event.message)
            if event.done or event.failure is not None:
                done += 1
                self.watch(Progress(stage="looking", done=done, total=total))
            if len(kept) >= _TOGETHER:
                self.journal.found(kept)
                kept = []
        self.journal.found(kept)

    def parse(self, pool: Pool) -> Iterator[tuple[Item, Parsed]]:
        """Parse the contents without a result; each is kept when it is yielded."""
        total, known, failed = self.journal.contents()
        done = known
        self.watch(Progress(stage="parsing", done=done, total=total, failed=failed, known=known))
        unread: list[tuple[Item, Failure]] = []
        while True:
            for event in pool.run(self._parse_tasks(pool, unread)):
                item, parsed = event.task.item, _outcome(event)
                if parsed is None:
                    continue
                if parsed.failure is not None and parsed.failure.code == "source":
                    unread.append((item, parsed.failure))
                    parsed = None
                else:
                    self.journal.keep(item, parsed)
                    yield item, parsed
                done += 1
                failed += parsed is None or parsed.status is Status.FAILED
                self.watch(
                    Progress(stage="parsing", done=done, total=total, failed=failed, known=known)
                )
            if not unread:
                return
            # Files that are gone or have changed: another file may hold the same content still.
            for item, failure in unread:
                self.journal.unreadable(item, failure)
                yield item, Parsed(status=Status.FAILED, failure=failure)
            unread.clear()

    def join(self, pool: Pool) -> None:
        """Parse once more, together, the files that are one disclosure.

        Files whose joined report fails stay the reports that they are.
        """
        tasks = self._join_tasks(pool)
        for event in pool.run(tasks):
            parsed = _outcome(event)
            if parsed is not None:
                self.journal.keep(event.task.item, parsed)
        self.journal.join(groups_of(self.journal.candidates()))

    def _join_tasks(self, pool: Pool) -> Iterator[Task]:
        for group in groups_of(self.journal.candidates()):
            if self.journal.has_result(group.item):
                continue
            data: dict[str, bytes] = {}
            for member in group.members:
                if is_streamed(member.steps):
                    found = pool.call(Read(item=member))
                    if isinstance(found, bytes):
                        data[member.sha256 or ""] = found
            yield Join(item=group.item, members=group.members, data=data)

    def _parse_tasks(self, pool: Pool, unread: list[tuple[Item, Failure]]) -> Iterator[Task]:
        for item in self.journal.pending():
            if not is_streamed(item.steps):
                yield Parse(item=item)
                continue
            # Workers come and go; one reader goes through a packed archive from end to end.
            try:
                data = pool.call(Read(item=item))
            except LostWorkerError as lost:
                data = Failure("WorkerCrash", lost.code, lost.message, lost.place)
            if isinstance(data, bytes):
                yield Parse(item=item, data=data)
            elif isinstance(data, Failure):
                unread.append((item, data))


def run_batch(
    sources: Iterable[str | Path],
    dataset: str | Path,
    *,
    settings: Settings | None = None,
    force: bool = False,
    retry_failed: bool = False,
    watch: Watch = _unwatched,
) -> Totals:
    """Parse many files into a dataset: the account, and what the sinks write.

    A batch that was stopped at any point goes on where it was when it is started again with the
    same sources and folder. The result is the same bytes as that of an unbroken run.

    Args:
        sources: files, folders, patterns; archives are read in place.
        dataset: the folder to write, made if it does not exist.
        settings: workers, limits and outputs.
        force: parse everything anew.
        retry_failed: parse anew what failed before.
        watch: told how far the batch is.

    Raises:
        BatchError: the dataset cannot be written, or another batch is writing it. No content of
            a source raises anything.
    """
    settings = settings or Settings()
    dataset = Path(dataset)
    version = parser_version(settings)
    try:
        dataset.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BatchError(f"{dataset}: {error.strerror}") from error
    with closing(Journal(dataset / JOURNAL, version)) as journal, journal.guarded():
        if force or retry_failed:
            journal.forget(failed_only=not force)
        journal.list(_without(dataset, _of_shard(listed(sources), settings.shard)))
        engine = Engine(journal=journal, settings=settings, watch=watch)
        with Pool(settings) as pool:
            engine.look(pool)
            for _ in engine.parse(pool):
                pass
            if settings.group:
                engine.join(pool)
            else:
                journal.join(())
        total, known, failed = journal.contents()
        watch(Progress(stage="writing", done=known, total=total, failed=failed, known=known))
        about: dict[str, Any] = {"parser": version, "shard": "{}/{}".format(*settings.shard)}
        return write_all(dataset, journal, settings.sinks, about)


def _of_shard(files: Iterable[Listed], shard: tuple[int, int]) -> Iterator[Listed]:
    """The files of a shard: every job finds the same without asking others."""
    index, count = shard
    for one in files:
        digest = hashlib.sha256(one.share or one.item.path).digest()
        if int.from_bytes(digest[:8]) % count == index - 1:
            yield one


def _without(dataset: Path, files: Iterable[Listed]) -> Iterator[Listed]:
    """The files without those that the batch itself writes, should they lie among the sources."""
    own = os.path.realpath(os.fsencode(dataset)) + b"/"
    for one in files:
        if not os.path.realpath(one.item.path).startswith(own):
            yield one


def _outcome(event: Event) -> Parsed | None:
    """The result that an event brings, if it brings one."""
    if event.failure is not None:
        return Parsed(
            status=Status.FAILED,
            failure=event.failure,
            attempts=event.attempts,
            note=event.note,
        )
    if isinstance(event.message, Parsed):
        return evolve(event.message, attempts=event.attempts, note=event.note)
    return None
