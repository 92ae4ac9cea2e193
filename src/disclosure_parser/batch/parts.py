"""Parquet files of a table, written as its rows come. Imports pyarrow."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from disclosure_parser.batch.files import atomic
from disclosure_parser.dataset.arrow import arrow_schema, record_batch
from disclosure_parser.dataset.model import Table
from disclosure_parser.dataset.payload import Columns

#: Rows of plain Python values that are turned into Arrow at once.
_TOGETHER = 2048


class TableWriter:
    """Writes the parts of a table; each is whole or not there.

    What is written depends on the rows and on nothing else: the same rows give the same bytes.
    """

    def __init__(
        self, table: Table, folder: Path, *, part_bytes: int, group_rows: int, group_bytes: int
    ) -> None:
        self.paths: list[Path] = []
        self._table = table
        self._folder = folder
        self._schema = arrow_schema(table)
        self._part_bytes = part_bytes
        self._group_rows = group_rows
        self._group_bytes = group_bytes
        self._columns: Columns = [[] for _ in table.columns]
        self._batches: list[pa.RecordBatch] = []
        self._rows = 0
        self._bytes = 0
        self._open = ExitStack()
        self._file: BinaryIO | None = None
        self._writer: ParquetWriter | None = None

    def __enter__(self) -> Self:
        self._folder.mkdir(exist_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._finish()
        else:
            self._open.__exit__(kind, error, trace)

    def add(self, columns: Columns) -> None:
        """Take rows, in the columns of the schema."""
        for mine, new in zip(self._columns, columns, strict=True):
            mine.extend(new)
        if len(self._columns[0]) >= _TOGETHER:
            self._convert()

    def _convert(self) -> None:
        if not self._columns[0]:
            return
        batch = record_batch(self._table, self._schema, self._columns)
        self._columns = [[] for _ in self._table.columns]
        self._batches.append(batch)
        self._rows += batch.num_rows
        self._bytes += batch.nbytes
        if self._rows >= self._group_rows or self._bytes >= self._group_bytes:
            self._group()

    def _group(self) -> None:
        """Write what has come as one row group, and end the part if it is large."""
        writer = self._part()
        rows = pa.Table.from_batches(self._batches, self._schema)
        self._batches, self._rows, self._bytes = [], 0, 0
        writer.write_table(rows, row_group_size=max(1, rows.num_rows))
        if self._file is not None and self._file.tell() >= self._part_bytes:
            self._end_part()

    def _part(self) -> ParquetWriter:
        if self._writer is None:
            path = self._folder / f"part-{len(self.paths):05}.parquet"
            self._file = self._open.enter_context(atomic(path))
            self._writer = ParquetWriter(self._file, self._schema, compression="zstd")
            self.paths.append(path)
        return self._writer

    def _end_part(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._writer = self._file = None
        self._open.close()

    def _finish(self) -> None:
        self._convert()
        if self._batches or not self.paths:
            self._group()
        self._end_part()
