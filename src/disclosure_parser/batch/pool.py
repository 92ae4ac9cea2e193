"""The pool: tasks in, messages and failures out; a lost worker costs one file at most.

The parent is one thread around a selector. It never waits for a worker without a deadline, keeps
at most one task per worker in the air, and takes the next task only when a worker is free.
"""

from __future__ import annotations

import selectors
import time
from collections import deque
from collections.abc import Iterator

from attrs import evolve, frozen

from disclosure_parser.batch.model import Failure, Settings
from disclosure_parser.batch.processes import LostWorkerError, Nursery, Worker
from disclosure_parser.batch.tasks import Task

#: Longest wait without a look at the deadlines, in seconds.
_TICK = 1.0
_CLASSES = {"crash": "WorkerCrash", "timeout": "WorkerTimeout", "memory": "WorkerMemory"}


@frozen(kw_only=True)
class Event:
    """Something about a task: a message of it, its end, or the failure that ended it.

    A task that is tried again sends its messages again from the beginning.
    """

    task: Task
    message: object = None
    done: bool = False
    failure: Failure | None = None
    attempts: int = 1
    #: What the lost workers said, for the journal.
    note: str | None = None


@frozen(kw_only=True)
class _Job:
    task: Task
    attempts: int = 1
    note: str | None = None


class Pool:
    """Worker processes. Use it as a context manager: leaving it ends them all."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._nursery = Nursery(settings)
        self._selector = selectors.DefaultSelector()
        self._idle: list[Worker] = []
        self._busy: dict[Worker, _Job] = {}
        self._reader: Worker | None = None
        #: Jobs to try again, in a fresh worker; and those to try again with nothing else running.
        self._again: deque[_Job] = deque()
        self._alone: deque[_Job] = deque()
        self._quiet = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._nursery.close()
        self._selector.close()

    def run(self, tasks: Iterator[Task]) -> Iterator[Event]:
        """Perform tasks, as many at once as there are workers, in whatever order they end."""
        yield from self._hand_out(tasks)
        while self._busy:
            events = list(self._collect())
            # First work for those that are free: the caller takes its time with the events.
            yield from self._hand_out(tasks)
            yield from events

    def call(self, task: Task) -> object:
        """Perform a task in a worker kept for this, and wait for it.

        Raises:
            LostWorkerError: it was lost twice.
        """
        for attempt in (1, 2):
            if self._reader is None:
                self._reader = self._nursery.worker()
            try:
                return self._reader.call(task)
            except LostWorkerError:
                self._reader = None
                if attempt == 2:
                    raise
        raise AssertionError("not reached")

    def _hand_out(self, tasks: Iterator[Task]) -> Iterator[Event]:
        self._quiet = self._quiet and bool(self._busy)
        while not self._quiet and len(self._busy) < self._settings.workers:
            if self._alone:
                # A worker that something else killed: perhaps there was not enough memory for
                # all of them. It is tried with the machine to itself.
                if self._busy:
                    return
                self._quiet = True
                yield from self._give(self._alone.popleft(), fresh=True)
                return
            if self._again:
                yield from self._give(self._again.popleft(), fresh=True)
                continue
            task = next(tasks, None)
            if task is None:
                return
            yield from self._give(_Job(task=task), fresh=False)

    def _give(self, job: _Job, *, fresh: bool) -> Iterator[Event]:
        worker = self._worker(fresh=fresh)
        try:
            worker.give(job.task)
        except LostWorkerError as lost:
            yield from self._after_loss(job, lost)
        else:
            self._busy[worker] = job
            self._selector.register(worker, selectors.EVENT_READ)

    def _worker(self, *, fresh: bool) -> Worker:
        if self._idle:
            worker = self._idle.pop()
            if not fresh and worker.served < self._settings.recycle:
                return worker
            worker.end()
        return self._nursery.worker()

    def _collect(self) -> Iterator[Event]:
        now = time.monotonic()
        first = min(worker.deadline for worker in self._busy)
        for key, _ in self._selector.select(max(0.0, min(first - now, _TICK))):
            worker = key.fileobj
            assert isinstance(worker, Worker)
            yield from self._hear(worker)
        now = time.monotonic()
        for worker in [worker for worker in self._busy if worker.deadline <= now]:
            job = self._release(worker)
            yield from self._after_loss(job, worker.expired())

    def _hear(self, worker: Worker) -> Iterator[Event]:
        job = self._busy[worker]
        try:
            messages, done = worker.take()
        except LostWorkerError as lost:
            self._selector.unregister(worker)
            del self._busy[worker]
            yield from self._after_loss(job, lost)
            return
        if done:
            self._release(worker)
            self._idle.append(worker)
        for message in messages:
            yield Event(task=job.task, message=message, attempts=job.attempts, note=job.note)
        if done:
            yield Event(task=job.task, done=True, attempts=job.attempts, note=job.note)

    def _release(self, worker: Worker) -> _Job:
        self._selector.unregister(worker)
        return self._busy.pop(worker)

    def _after_loss(self, job: _Job, lost: LostWorkerError) -> Iterator[Event]:
        said = f"attempt {job.attempts}: {lost.message} [{lost.place or '?'}]"
        note = said if job.note is None else f"{job.note}; {said}"
        if job.attempts == 1:
            again = evolve(job, attempts=2, note=note)
            (self._alone if lost.killed else self._again).append(again)
            return
        failure = Failure(_CLASSES[lost.code], lost.code, lost.message, lost.place)
        yield Event(task=job.task, failure=failure, attempts=job.attempts, note=note)
