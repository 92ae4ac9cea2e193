"""The dataset 数据集: what a batch makes of many reports, as tables. See ``docs/dataset.md``.

``schema`` declares the tables, ``rows`` makes them of a report, :func:`open` reads them.

>>> from disclosure_parser import dataset
>>> dataset.open("dataset").facts.to_polars()  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_parser.dataset.errors import DatasetError, MissingLibraryError

if TYPE_CHECKING:
    from pathlib import Path

    from disclosure_parser.dataset.reading import Dataset

__all__ = ["DatasetError", "MissingLibraryError", "open"]


def open(path: str | Path, *more: str | Path) -> Dataset:
    """Open the folder that a batch wrote (``-o``), or those of several, such as shards, as one.

    A report that two of them have is taken from the first; ``files`` has the account of all.

    Raises:
        DatasetError: one is none, is not finished, is of another version of the schema, or has
            not got the tables of the others.
    """
    from disclosure_parser.dataset.reading import open_dataset

    return open_dataset(path, *more)
