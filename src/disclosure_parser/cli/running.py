"""What the commands share: reading the files they are given, and writing what they make."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from disclosure_parser.errors import DisclosureError, UnsupportedFormatError
from disclosure_parser.parsing import parse
from disclosure_parser.report import Report

STDIN = "-"


class Run:
    """A run over files: failures are said on one line each and counted, the others go on."""

    def __init__(self) -> None:
        self.failed = 0

    def reports(
        self, files: Iterable[str], *, together: bool = False, units: bool = True
    ) -> Iterator[tuple[str, Report]]:
        """The reports of the files that can be read; of all files ``together`` one report, and
        behind it, if wanted, those of the department's ``units``."""
        if together:
            yield from self._together(list(files), units=units)
            return
        for name in files:
            with self.guard(name):
                report = self._parse(name)
                yield name, report

    def _together(self, files: list[str], *, units: bool) -> Iterator[tuple[str, Report]]:
        from disclosure_parser.joining import parse_disclosure

        with self.guard(" + ".join(map(shown, files))):
            report = parse_disclosure(files)
            yield files[0], report
            for number, unit in enumerate(report.units if units else (), 1):
                yield f"{files[0]} (unit {number})", unit

    def _parse(self, name: str) -> Report:
        if name == STDIN:
            return parse(sys.stdin.buffer, name="<stdin>")
        return parse(Path(name), name=shown(name))

    @contextmanager
    def guard(self, name: str) -> Iterator[None]:
        """Turn the failures of one file into a line on stderr."""
        try:
            yield
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read our output has seen enough (``| head``): no failure of ours.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(0) from None
        except DisclosureError as error:
            self.fail(name, error.code, str(error))
        except OSError as error:
            self.fail(name, "output", error.strerror or str(error))

    def fail(self, name: str, code: str, message: str) -> None:
        """Say that a file failed."""
        self.failed += 1
        name = "<stdin>" if name == STDIN else shown(name)
        flat = " ".join(f"{name}: [{code}] {message.removeprefix(f'{name}: ')}".split())
        print(f"disclosure-parser: {flat}", file=sys.stderr)

    @property
    def code(self) -> int:
        """The exit code: 1 if a file failed."""
        return 1 if self.failed else 0


def write_bytes(data: bytes) -> None:
    """Write to stdout as it is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_text(lines: Iterable[str]) -> None:
    """Write lines (with their ends) to stdout in UTF-8."""
    for line in lines:
        sys.stdout.write(line)
    sys.stdout.flush()


def shown(name: str) -> str:
    """A file name as text: its bytes are UTF-8 even where the locale says otherwise."""
    return os.fsencode(name).decode("utf-8", "replace")


def file_name(name: str, suffix: str, taken: set[str]) -> str:
    """A file name for what is made of a source, another for each source."""
    stem = "stdin" if name == STDIN else Path(name).name
    candidate, number = f"{stem}{suffix}", 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{stem}-{number}{suffix}"
    taken.add(candidate.casefold())
    return candidate


def console() -> Console:
    """The console of the readable pages: as wide as the terminal, unbounded where there is none."""
    width = None if sys.stdout.isatty() else 10_000
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)


def each(
    files: Iterable[str],
    action: Callable[[str, Report], None],
    *,
    together: bool = False,
    units: bool = True,
) -> int:
    """Run an action over the reports of files; the exit code."""
    run = Run()
    for name, report in run.reports(files, together=together, units=units):
        with run.guard(name):
            action(name, report)
    return run.code


def draw(name: str, report: Report, folder: Path) -> None:
    """Draw what was seen on the pages of a PDF that hold tables; says what was written.

    Raises:
        UnsupportedFormatError: the report is not a PDF.
    """
    from disclosure_parser.readers.base import Input, Limits

    if report.document.source.format != "pdf" or name == STDIN:
        raise UnsupportedFormatError("pictures are drawn of PDF files only")
    from disclosure_parser.readers.pdf.drawing import draw_tables

    source = Input(data=Path(name).read_bytes(), name=name, limits=Limits())
    for path in draw_tables(source, report.document, report.tables, folder):
        print(path)
