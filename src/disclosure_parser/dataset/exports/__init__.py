"""Exports 导出 of a dataset: SQLite, CSV, Excel, DuckDB, a Frictionless data package.

All of them follow from the declared schema (``dataset.schema``): a table is a table everywhere,
with the same columns in the same order. See ``docs/dataset.md``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_parser.dataset.errors import DatasetError
from disclosure_parser.dataset.exports.targets import Target

if TYPE_CHECKING:
    from disclosure_parser.dataset.reading import Dataset

__all__ = ["Target", "export"]

#: What a folder has that an export made.
_SIGNS = ("datapackage.json", "reports.csv")


def export(dataset: Dataset, to: Target, output: str | Path, *, replace: bool = False) -> Path:
    """Write a dataset as a file or folder, and give its path.

    It is written under another name beside ``output`` and takes its name when it is whole.

    Args:
        replace: take the place of the file, or of the earlier export, that has that name.

    Raises:
        DatasetError: there is something under that name, or it cannot be written.
        MissingLibraryError: a library that the target needs is not installed.
    """
    path = Path(output)
    if path.exists() and not replace:
        raise DatasetError(f"{path} is there already")
    if path.resolve() in (dataset.path.resolve(), *dataset.path.resolve().parents):
        raise DatasetError(f"{path} holds the dataset itself")
    if path.is_dir() and any(path.iterdir()) and not any((path / n).exists() for n in _SIGNS):
        raise DatasetError(f"{path} is a folder of something else")
    module = import_module(f"{__name__}.{to.value}")
    write: Callable[[Dataset, Path], None] = module.write
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as folder:
            made = Path(folder) / path.name
            write(dataset, made)
            if path.exists():
                path.replace(Path(folder) / "before")
            made.replace(path)
    except OSError as error:
        raise DatasetError(f"{path}: {error.strerror or error}") from error
    return path
