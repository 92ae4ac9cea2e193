"""Sinks: what a batch writes of its reports.

A sink has two sides. ``encode`` runs in a worker and turns one report into bytes; ``write`` runs at
the end and makes files of the bytes of all reports, which come in the order of the sorted list of
files, and of the account. A sink must be picklable and give the same bytes for the same reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from attrs import frozen

from disclosure_parser.batch.files import atomic

if TYPE_CHECKING:
    from disclosure_parser.report import Report


#: A line of the account (docs/batch.md): the file, its status, what the report says of itself.
Entry = dict[str, Any]


class Sink(Protocol):
    """Writes one form of the reports."""

    @property
    def name(self) -> str:
        """Unique among the sinks of a batch; the folder of its files in the dataset."""
        ...

    def encode(self, report: Report) -> bytes:
        """What is kept of a report until the end."""
        ...

    def write(
        self, folder: Path, payloads: Iterable[bytes], account: Iterable[Entry]
    ) -> Iterator[Path]:
        """Make files in ``folder`` (it exists), each whole or not at all; yield their paths.

        ``account`` has an entry for every input file, in order; neither it nor ``payloads`` fits
        into memory.

        Raises:
            MissingLibraryError: a library is missing; the rest of the dataset is written, and the
                batch says what is not.
        """
        ...


@frozen(kw_only=True)
class JsonLines:
    """The full records: a report a line, in parts of about ``part_bytes`` bytes."""

    name: str = "reports"
    document: bool = True
    part_bytes: int = 256 * 2**20

    def encode(self, report: Report) -> bytes:
        """The report as one line of JSON."""
        from disclosure_parser.export.json import to_json

        return to_json(report, document=self.document) + b"\n"

    def write(
        self,
        folder: Path,
        payloads: Iterable[bytes],
        account: Iterable[Entry],  # noqa: ARG002
    ) -> Iterator[Path]:
        """``part-00000.jsonl`` and so on; at least one, so that readers find something."""
        lines = iter(payloads)
        line = next(lines, None)
        number = 0
        while line is not None or number == 0:
            path = folder / f"part-{number:05}.jsonl"
            with atomic(path) as file:
                written = 0
                while line is not None and (written == 0 or written < self.part_bytes):
                    file.write(line)
                    written += len(line)
                    line = next(lines, None)
            yield path
            number += 1
