"""The ``batch`` command: many files into a dataset."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from disclosure_parser.batch import Progress, Totals

#: Seconds between two lines of progress where there is no terminal.
_EVERY = 10.0
_LATER = "all else is written; install it and start the same command again for the tables"
_STAGES = {"looking": "looking at files", "parsing": "parsing", "writing": "writing"}


def batch(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the dataset.")],
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders, patterns; zip and tar archives are read in place."),
    ] = None,
    files_from: Annotated[
        Path | None, typer.Option(help="A list of files, one a line; /dev/stdin reads a pipe.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", "-j", min=1, help="Worker processes [cores].")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds a file may take.")] = 120.0,
    memory: Annotated[int, typer.Option(min=256, help="MiB that a worker may use.")] = 2048,
    recycle: Annotated[int, typer.Option(min=1, help="Files a worker serves.")] = 1000,
    shard: Annotated[
        str, typer.Option(metavar="I/N", help="Only this part of the files, for many machines.")
    ] = "1/1",
    preload: Annotated[
        list[str] | None,
        typer.Option(help="A Python module that every worker imports (extractors of your own)."),
    ] = None,
    document: Annotated[
        bool, typer.Option(help="Keep the printed text, which the anchors address.")
    ] = True,
    tables: Annotated[
        bool | None,
        typer.Option(
            help="Write the tables (Parquet) [if pyarrow is installed].", show_default=False
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Reconcile every report; tables of findings.")
    ] = False,
    ocr: Annotated[
        bool,
        typer.Option(
            "--ocr/--no-ocr",
            help="Recognise pages that are pictures, if the extra ocr is installed (some seconds a"
            " page: give long scans more --timeout).",
        ),
    ] = True,
    group: Annotated[
        bool,
        typer.Option(
            "--group/--no-group",
            help="Make one report of the files of a folder or archive that are one disclosure.",
        ),
    ] = True,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Parse anew what failed before.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Parse everything anew.")] = False,
) -> None:
    """Parse many reports into a dataset, with an account of every file.

    Stopped at any point and started again, it goes on where it was.
    """
    from disclosure_parser.batch import BatchError, JsonLines, ParquetTables, Settings, run_batch
    from disclosure_parser.batch.listing import names_in
    from disclosure_parser.cli.running import Run, write_text
    from disclosure_parser.readers.base import Limits

    chosen: list[str] = list(sources or ())
    if not chosen and files_from is None:
        raise typer.BadParameter("name a source, or a list with --files-from")
    if check and tables is False:
        raise typer.BadParameter("--check: what it finds is written into the tables")
    missing = _missing() if tables is not False else None
    if missing is not None:
        if tables or check:
            raise typer.BadParameter(missing)
        print(f"disclosure-parser: {missing}; {_LATER}", file=sys.stderr)
    # Rows are made in any case: once pyarrow is there, the tables are written without parsing anew.
    parquet = () if tables is False else (ParquetTables(check=check),)
    settings = Settings(
        workers=workers or _cores(),
        timeout=timeout,
        memory=memory * 2**20,
        recycle=recycle,
        shard=_shard(shard),
        limits=Limits(ocr=ocr),
        group=group,
        preload=tuple(preload or ()),
        sinks=(JsonLines(document=document), *parquet),
    )

    def every() -> Iterator[str]:
        yield from chosen
        if files_from is not None:
            yield from names_in(files_from)

    run = Run()
    with run.guard(str(output)):
        try:
            with _watching() as watch:
                totals = run_batch(
                    every(),
                    output,
                    settings=settings,
                    force=force,
                    retry_failed=retry_failed,
                    watch=watch,
                )
        except KeyboardInterrupt:
            print("disclosure-parser: stopped; start it again to go on", file=sys.stderr)
            raise typer.Exit(130) from None
        except BatchError as error:
            run.fail(str(output), error.code, str(error))
        else:
            write_text(_summary(totals))
            run.failed += totals.failed
    raise typer.Exit(run.code)


def _missing() -> str | None:
    """What is missing for the tables, if anything is."""
    from disclosure_parser.dataset.errors import MissingLibraryError, needed

    try:
        needed("pyarrow", "writing the tables", "parquet")
    except MissingLibraryError as error:
        return str(error)
    return None


def _cores() -> int:
    """The processor cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _shard(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([1-9]\d{0,8})/([1-9]\d{0,8})", text)
    if match is None or int(match[1]) > int(match[2]):
        raise typer.BadParameter(f"--shard {text}: such as 3/8, the third of eight")
    return int(match[1]), int(match[2])


def _summary(totals: Totals) -> Iterator[str]:
    yield f"{totals.files} files, {totals.contents} different contents\n"
    rows = (
        ("status", totals.by_status),
        ("kind", totals.by_kind),
        ("year", totals.by_year),
        ("template", totals.by_family),
        ("errors", totals.by_error),
        ("missing", totals.missing),
    )
    for name, counts in rows:
        if counts:
            told = ", ".join(f"{key} {count}" for key, count in counts.items())
            yield f"{name:<9} {told}\n"


@contextmanager
def _watching() -> Iterator[Callable[[Progress], None]]:
    """Something to tell the progress to: a bar on a terminal, else a line now and then."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]} failed"),
        console=Console(stderr=True),
    ) as bar:
        shown = bar.add_task("", total=None, rate="", failed=0)
        rate = _Rate()

        def watch(now: object) -> None:
            from disclosure_parser.batch import Progress as State

            assert isinstance(now, State)
            bar.update(
                shown,
                description=_STAGES[now.stage],
                completed=now.done,
                total=now.total,
                rate=rate.told(now),
                failed=now.failed,
            )

        yield watch


class _Rate:
    """Files in a second since the stage began, without those known before."""

    def __init__(self) -> None:
        self._stage = ""
        self._began = 0.0
        self._first = 0

    def told(self, now: Progress) -> str:
        """The rate as text."""
        rate = self.of(now)
        return f"{rate:.1f}/s" if rate else ""

    def of(self, now: Progress) -> float:
        """Files in a second; 0 if that is not known yet."""
        if now.stage != self._stage:
            self._stage, self._began, self._first = now.stage, time.monotonic(), now.done
        passed = time.monotonic() - self._began
        return (now.done - self._first) / passed if passed > 1 else 0.0


class _Lines:
    """A line when a stage begins and every few seconds."""

    def __init__(self) -> None:
        self._rate = _Rate()
        self._stage = ""
        self._last = 0.0

    def __call__(self, now: Progress) -> None:
        rate = self._rate.of(now)
        clock = time.monotonic()
        if now.stage == self._stage and clock - self._last < _EVERY:
            return
        self._stage, self._last = now.stage, clock
        parts = [f"{_STAGES[now.stage]}: {now.done} of {now.total}"]
        if now.known and now.stage == "parsing":
            parts.append(f"{now.known} known from before")
        if rate:
            left = int((now.total - now.done) / rate)
            parts.append(f"{rate:.1f}/s, {left // 3600}:{left // 60 % 60:02}:{left % 60:02} left")
        if now.failed:
            parts.append(f"{now.failed} failed")
        print(f"disclosure-parser: {', '.join(parts)}", file=sys.stderr, flush=True)
