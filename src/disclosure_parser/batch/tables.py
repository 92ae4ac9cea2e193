"""The sink of the dataset's tables: Parquet files of bounded size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from disclosure_parser.batch.sinks import Entry
from disclosure_parser.dataset.errors import needed

if TYPE_CHECKING:
    from disclosure_parser.dataset.cells import Row
    from disclosure_parser.report import Report

FOLDER = "tables"
#: Tables that only a batch with checks has.
CHECKED = ("findings", "operands")


@frozen(kw_only=True)
class ParquetTables:
    """Every table as Parquet in a folder of its own: ``tables/facts/part-00000.parquet`` …

    ``check`` reconciles each report and adds the tables of findings. A part ends at about
    ``part_bytes`` bytes; a row group at ``group_rows`` rows or ``group_bytes`` bytes of memory,
    which bounds what is held at a time.
    """

    name: str = FOLDER
    check: bool = False
    part_bytes: int = 256 * 2**20
    group_rows: int = 65_536
    group_bytes: int = 16 * 2**20

    def encode(self, report: Report) -> bytes:
        """The rows of all tables; needs no library."""
        from disclosure_parser.dataset.payload import packed
        from disclosure_parser.dataset.rows import report_row, tables_of

        check = report.check() if self.check else None
        return packed(tables_of(report, check), partial(report_row, report))

    def write(
        self, folder: Path, payloads: Iterable[bytes], account: Iterable[Entry]
    ) -> Iterator[Path]:
        """The parts of all tables; at least one of each, so that readers find something.

        Raises:
            MissingLibraryError: pyarrow is not installed.
        """
        needed("pyarrow.parquet", "writing the tables", "parquet")
        from disclosure_parser.batch.parts import TableWriter
        from disclosure_parser.dataset.payload import columns_of, unpacked
        from disclosure_parser.dataset.schema import DATASET, table

        chosen = [one for one in DATASET if self.check or one.name not in CHECKED]
        writers: dict[str, TableWriter] = {}
        with ExitStack() as stack:
            for one in chosen:
                writer = TableWriter(
                    one,
                    folder / one.name,
                    part_bytes=self.part_bytes,
                    group_rows=self.group_rows,
                    group_bytes=self.group_bytes,
                )
                writers[one.name] = stack.enter_context(writer)
            for payload in payloads:
                for name, columns in unpacked(payload):
                    writers[name].add(columns)
            files = table("files")
            for entry in account:
                writers["files"].add(columns_of(files, [_file(entry, files.names)]))
        for writer in writers.values():
            yield from writer.paths


def _file(entry: Entry, names: tuple[str, ...]) -> Row:
    """A line of the account as a row of ``files``."""
    from disclosure_parser.dataset.payload import escaped

    error = entry.get("error", {})
    parsed = entry["status"] in {"complete", "partial"}
    row: Row = {
        "report": entry.get("joined_as", entry.get("sha256")) if parsed else None,
        "error": error.get("error"),
        **{f"error_{key}": error.get(key) for key in ("code", "message", "place")},
    }
    for name in names:
        row.setdefault(name, entry.get(name))
    return {
        name: escaped(value) if isinstance(value, str) else value for name, value in row.items()
    }
