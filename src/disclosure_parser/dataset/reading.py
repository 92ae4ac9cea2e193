"""Reading a dataset: frames of its tables in the library of one's choice."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from disclosure_parser.dataset.errors import DatasetError, needed
from disclosure_parser.dataset.model import SCHEMA, Table
from disclosure_parser.dataset.schema import DATASET

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from disclosure_parser.dataset.panel import Panel

#: The file that a finished dataset has, and the folder of its tables.
MANIFEST = "dataset.json"
FOLDER = "tables"
#: Rows of a batch.
_ROWS = 65_536


@frozen
class Part:
    """A Parquet file; rows of the reports ``without`` are left out: another dataset has them."""

    path: Path
    without: frozenset[str] = frozenset()


@frozen
class Frames:
    """A table of a dataset, read when it is asked for.

    ``columns`` of every method are the names of those wanted, in their order; all for ``None``.
    Decimals stay exact in all libraries.
    """

    table: Table
    parts: tuple[Part, ...] = field(repr=False)

    def __len__(self) -> int:
        """The number of rows; as a rule only the ends of the files are read."""
        parquet = needed("pyarrow.parquet", "counting rows", "parquet")
        if any(part.without for part in self.parts):
            return sum(batch.num_rows for batch in self.batches(["report"]))
        with self._said():
            return sum(parquet.read_metadata(part.path).num_rows for part in self.parts)

    def batches(
        self, columns: Sequence[str] | None = None, *, rows: int = _ROWS
    ) -> Iterator[pyarrow.RecordBatch]:
        """The rows in batches of at most ``rows``, so that a table need not fit into memory.

        Raises:
            DatasetError: a file cannot be read, or a column is not of the table.
            MissingLibraryError: pyarrow is not installed.
        """
        parquet = needed("pyarrow.parquet", "reading batches", "parquet")
        chosen = self._chosen(columns)
        for part in self.parts:
            read = chosen
            if chosen is not None and part.without and "report" not in chosen:
                read = [*chosen, "report"]
            with self._said(), parquet.ParquetFile(part.path) as file:
                for batch in file.iter_batches(batch_size=rows, columns=read):
                    kept = _kept(batch, part.without)
                    yield kept if chosen is None else kept.select(chosen)

    def to_arrow(self, columns: Sequence[str] | None = None) -> pyarrow.Table:
        """The table in Arrow. Raises as :meth:`batches` does."""
        arrow = needed("pyarrow", "reading Arrow tables", "parquet")
        from disclosure_parser.dataset.arrow import arrow_schema

        schema = arrow_schema(self.table)
        chosen = self._chosen(columns)
        if chosen is not None:
            schema = arrow.schema([schema.field(name) for name in chosen], schema.metadata)
        batches = (batch.select(schema.names).cast(schema) for batch in self.batches(chosen))
        return arrow.Table.from_batches(batches, schema)

    def to_polars(self, columns: Sequence[str] | None = None) -> polars.DataFrame:
        """The table in polars. Raises as :meth:`batches` does; needs polars only."""
        chosen = self._chosen(columns)
        with self._said():
            frame: polars.DataFrame = self.lazy().select(chosen or self.table.names).collect()
            return frame

    def lazy(self) -> polars.LazyFrame:
        """The table in polars, read as far as a query needs it.

        Raises:
            MissingLibraryError: polars is not installed.
        """
        library = needed("polars", "reading polars frames")
        whole = [part.path for part in self.parts if not part.without]
        frames = [library.scan_parquet(whole)] if whole else []
        for part in self.parts:
            if part.without:
                known = library.col("report").is_in(sorted(part.without))
                frames.append(library.scan_parquet(part.path).filter(~known))
        frame: polars.LazyFrame = library.concat(frames)
        return frame

    def to_pandas(self, columns: Sequence[str] | None = None) -> pandas.DataFrame:
        """The table in pandas, its columns of Arrow types: exact decimals, nulls that are nulls.

        Raises as :meth:`batches` does.
        """
        library = needed("pandas", "reading pandas frames")
        frame: pandas.DataFrame = self.to_arrow(columns).to_pandas(types_mapper=library.ArrowDtype)
        return frame

    def _chosen(self, columns: Sequence[str] | None) -> list[str] | None:
        if columns is None:
            return None
        for name in columns:
            if name not in self.table.names:
                raise DatasetError(f"{self.table.name} has no column {name!r}")
        return list(columns)

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Errors of the libraries about files as errors of our own."""
        try:
            yield
        except (DatasetError, GeneratorExit):
            raise
        except OSError as error:
            raise DatasetError(f"{self.table.name}: {error}") from error
        except Exception as error:
            if type(error).__module__.split(".")[0] not in {"pyarrow", "polars"}:
                raise
            raise DatasetError(f"{self.table.name} cannot be read: {error}") from error


def _kept(batch: pyarrow.RecordBatch, without: frozenset[str]) -> pyarrow.RecordBatch:
    if not without:
        return batch
    compute = needed("pyarrow.compute", "reading batches", "parquet")
    arrow = needed("pyarrow", "reading batches", "parquet")
    known = compute.is_in(batch["report"], value_set=arrow.array(sorted(without)))
    return batch.filter(compute.invert(known))


@frozen
class Dataset:
    """A finished dataset: ``dataset.facts``, ``dataset["facts"]`` … are its tables.

    ``about`` is what ``dataset.json`` says: the parser's version, counts, the files; of several
    datasets, that of each under ``datasets``.
    """

    path: Path
    about: dict[str, Any] = field(repr=False)
    _frames: dict[str, Frames] = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables that there are."""
        return tuple(self._frames)

    def __getitem__(self, name: str) -> Frames:
        """A table.

        Raises:
            DatasetError: the dataset has not got it; the message says why.
        """
        if name in self._frames:
            return self._frames[name]
        if name not in {table.name for table in DATASET}:
            raise DatasetError(f"no table is called {name!r}; there are {', '.join(self.names)}")
        missing = self.about.get("missing", {}).get(FOLDER)
        if missing is not None:
            raise DatasetError(f"{self.path}: {missing}, and the batch once more")
        raise DatasetError(f"{self.path} has no table {name!r}: the batch was run without it")

    def __getattr__(self, name: str) -> Frames:
        if name.startswith("_") or name not in {table.name for table in DATASET}:
            raise AttributeError(f"a dataset has no {name!r}")
        return self[name]

    def panel(
        self,
        concept: str,
        *,
        measure: str = "amount",
        code: str | None = None,
        whole: str | None = None,
    ) -> Panel:
        """Agencies over years: see :func:`disclosure_parser.dataset.panel.panel`."""
        from disclosure_parser.dataset.panel import panel

        return panel(self, concept, measure=measure, code=code, whole=whole)


def open_dataset(path: str | Path, *more: str | Path) -> Dataset:
    """Open the folder that a batch wrote, or those of several (the shards of one) as one.

    A report that two of them have is taken from the first; ``files`` has the account of all.

    Raises:
        DatasetError: one is none, is not finished, is of another version of the schema, or has
            not got the tables of the others.
    """
    first, *others = [_one(Path(each)) for each in (path, *more)]
    if not others:
        return first
    frames = dict(first._frames)
    seen = _reports(first)
    for other in others:
        if other.names != first.names:
            odd = sorted(set(other.names) ^ set(first.names))
            raise DatasetError(f"{first.path} and {other.path} differ in: {', '.join(odd)}")
        found = _reports(other)
        without = frozenset(seen & found)
        seen |= found
        for name, mine in other._frames.items():
            # The account has every file, also those whose content another dataset has.
            left = frozenset[str]() if name == "files" else without
            parts = tuple(Part(part.path, left) for part in mine.parts)
            frames[name] = Frames(mine.table, frames[name].parts + parts)
    about = {"schema": SCHEMA, "datasets": [each.about for each in (first, *others)]}
    return Dataset(first.path, about, frames)


def _reports(dataset: Dataset) -> set[str]:
    return {
        report
        for batch in dataset["reports"].batches(["report"])
        for report in batch["report"].to_pylist()
    }


def _one(folder: Path) -> Dataset:
    about = _about(folder)
    version = about.get("schema")
    if version != SCHEMA:
        raise DatasetError(f"{folder} is of schema {version!r}; this version reads {SCHEMA!r}")
    found: dict[str, list[Path]] = {}
    for output in about["outputs"]:
        parts = PurePosixPath(output["path"]).parts
        if len(parts) == 3 and parts[0] == FOLDER and ".." not in parts:
            found.setdefault(parts[1], []).append(folder.joinpath(*parts))
    frames = {
        table.name: Frames(table, tuple(map(Part, sorted(found[table.name]))))
        for table in DATASET
        if table.name in found
    }
    return Dataset(folder, about, frames)


def _about(folder: Path) -> dict[str, Any]:
    try:
        about = json.loads((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        raise DatasetError(f"{folder}: no {MANIFEST}: no dataset, or one not finished") from None
    except OSError as error:
        raise DatasetError(f"{folder / MANIFEST}: {error.strerror}") from error
    except ValueError as error:
        raise DatasetError(f"{folder / MANIFEST}: not JSON: {error}") from error
    listed = about.get("outputs") if isinstance(about, dict) else None
    if not isinstance(listed, list) or not all(
        isinstance(output, dict) and isinstance(output.get("path"), str) for output in listed
    ):
        raise DatasetError(f"{folder / MANIFEST}: not the account of a dataset")
    return dict(about)
