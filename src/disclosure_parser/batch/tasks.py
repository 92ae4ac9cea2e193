"""What a worker is asked to do. Each task yields messages; the last one ends it."""

from __future__ import annotations

import contextlib
import hashlib
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from disclosure_parser.batch.archives import failure_of, items
from disclosure_parser.batch.model import Failure, Item, Parsed, Settings, Status, Summary
from disclosure_parser.batch.opening import Opener
from disclosure_parser.errors import (
    DisclosureError,
    InternalError,
    MixedDisclosureError,
    SourceError,
)

if TYPE_CHECKING:
    from disclosure_parser.report import Report

#: Items in one message: an archive of a million members is told of in a thousand messages.
CHUNK = 1000
#: Seconds between messages about a large archive, so that its work is not taken for a hang.
_SIGN_OF_LIFE = 1.0


@frozen(kw_only=True)
class Inspect:
    """Look at a file: its hash, or, if it is an archive, the members with theirs."""

    item: Item


@frozen(kw_only=True)
class Read:
    """Read the bytes of an item."""

    item: Item


@frozen(kw_only=True)
class Parse:
    """Parse an item, whose bytes may come along."""

    item: Item
    data: bytes | None = None


@frozen(kw_only=True)
class Join:
    """Parse items that are one disclosure. ``item`` stands for them all: its label is theirs, its
    hash that of the disclosure; ``data`` are the bytes of those that cannot be read again."""

    item: Item
    members: tuple[Item, ...]
    data: dict[str, bytes] = field(factory=dict)


Task = Inspect | Read | Parse | Join


class Performer:
    """Performs tasks in a worker."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._opener = Opener(settings.limits)

    def perform(self, task: Task) -> Iterator[Any]:
        """The messages of a task: lists of items, bytes, or a :class:`Parsed`."""
        if isinstance(task, Inspect):
            yield from self._inspect(task.item)
        elif isinstance(task, Read):
            yield self._read(task.item)
        elif isinstance(task, Join):
            yield self._join(task)
        else:
            yield self._parse(task)

    def _inspect(self, item: Item) -> Iterator[list[Item]]:
        found: list[Item] = []
        told = time.monotonic()
        try:
            for one in items(item.path, item.label, self._settings.limits):
                found.append(one)
                if len(found) >= CHUNK or time.monotonic() - told > _SIGN_OF_LIFE:
                    yield found
                    found, told = [], time.monotonic()
        except MemoryError:
            raise
        except OSError as error:
            found.append(item.failed(_source_failure(item, error)))
        except Exception as error:
            found.append(item.failed(failure_of(_defect(item, error))))
        yield found

    def _read(self, item: Item) -> bytes | Failure:
        try:
            return self._opener.read(item)
        except (OSError, DisclosureError) as error:
            return _source_failure(item, error)

    def _parse(self, task: Parse) -> Parsed:
        from disclosure_parser.parsing import parse

        item = task.item
        data = self._bytes(item, task.data)
        if isinstance(data, Failure):
            return Parsed(status=Status.FAILED, failure=data)
        return self._made(item, lambda: parse(data, name=item.label, limits=self._settings.limits))

    def _join(self, task: Join) -> Parsed:
        from disclosure_parser.joining import parse_disclosure

        files: list[tuple[str, bytes]] = []
        for member in task.members:
            data = self._bytes(member, task.data.get(member.sha256 or ""))
            if isinstance(data, Failure):
                return Parsed(status=Status.FAILED, failure=data)
            files.append((member.label, data))

        def joined() -> Report:
            report = parse_disclosure(files, limits=self._settings.limits)
            if report.document.source.sha256 != task.item.sha256 or report.units:
                raise MixedDisclosureError(f"{task.item.label}: not one report of all files")
            return report

        return self._made(task.item, joined)

    def _bytes(self, item: Item, known: bytes | None) -> bytes | Failure:
        """The bytes of an item, if they are still those that were looked at."""
        data = known if known is not None else self._read(item)
        if isinstance(data, bytes) and hashlib.sha256(data).hexdigest() != item.sha256:
            return failure_of(SourceError(f"{item.label}: changed while the batch ran"))
        return data

    def _made(self, item: Item, make: Callable[[], Report]) -> Parsed:
        """What becomes of a report, or of the failure to make one."""
        started = time.monotonic()
        try:
            report = make()
            payloads = {
                # Fast packing: the journal is read once more and then of no use.
                sink.name: zlib.compress(sink.encode(report), 1)
                for sink in self._settings.sinks
            }
            failure = _partial(report)
            summary = _summary(report)
        except MemoryError:
            raise
        except Exception as error:  # a sink of anybody's
            known = error if isinstance(error, DisclosureError) else _defect(item, error)
            return Parsed(
                status=Status.FAILED,
                failure=failure_of(known),
                seconds=time.monotonic() - started,
            )
        return Parsed(
            status=Status.PARTIAL if failure else Status.COMPLETE,
            summary=summary,
            failure=failure,
            payloads=payloads,
            seconds=time.monotonic() - started,
        )


def _source_failure(item: Item, error: Exception) -> Failure:
    """What kept the bytes from being read, in the library's own terms."""
    if isinstance(error, DisclosureError) and not isinstance(error, OSError):
        # It was read before, when it was looked at: somebody is writing it.
        return failure_of(SourceError(f"{item.label}: changed while the batch ran: {error}"))
    text = getattr(error, "strerror", None) or str(error)
    return failure_of(SourceError(f"{item.label}: {text}"))


def _defect(item: Item, error: Exception) -> InternalError:
    return InternalError(f"{item.label}: {type(error).__name__}: {error}")


def _partial(report: Report) -> Failure | None:
    """The first part that is missing from a report, if there is one."""
    from disclosure_parser.document import Severity

    for found in report.diagnostics:
        if found.severity is Severity.ERROR:
            place = found.place
            if place is None and found.anchor is not None:
                place = next(iter(report.places(found.anchor)), None)
            text = " ".join(found.message.split())[:1000]
            where = None if place is None else str(place)
            return Failure("Diagnostic", found.code, text, where)
    return None


def _summary(report: Report) -> Summary:
    from disclosure_parser.joining.profiles import profile_of

    identity = report.identity
    profile = profile_of("", report, identity)
    return Summary(
        format=report.document.source.format,
        # Plain words: the parent need not import what knows the kinds.
        kind=None if identity.kind is None else str(identity.kind),
        fiscal_year=identity.fiscal_year,
        agency=identity.agency,
        scope=None if identity.scope is None else str(identity.scope),
        family=report.family,
        sections=sum(1 for _ in report.walk()),
        records=len(report.records),
        statements=len(report.statements),
        diagnostics=len(report.diagnostics),
        prose=profile.prose,
        statutory=profile.statements,
    )


def warm(settings: Settings) -> None:
    """Import and prepare what parsing needs, so that workers that are forked have it already."""
    import importlib

    from disclosure_parser.readers.sniff import FORMATS

    for module in settings.preload:
        importlib.import_module(module)
    for known in FORMATS:
        if known.reader is not None:
            # A reader whose package is missing says so when a file needs it.
            with contextlib.suppress(ImportError):
                importlib.import_module(f"disclosure_parser.readers.{known.reader.split(':')[0]}")
    performer = Performer(settings)
    sample = "某局2024年部门预算\n一、收支总体情况\n收入合计1.00万元。\n".encode()
    item = Item(
        path=b"",
        label=PurePath("sample.txt").name,
        sha256=hashlib.sha256(sample).hexdigest(),
    )
    for _ in performer.perform(Parse(item=item, data=sample)):
        pass
