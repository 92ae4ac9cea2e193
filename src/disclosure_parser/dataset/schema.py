"""The schema of the dataset: every table, declared once.

The Parquet files, the CSV of facts, the exports and ``docs/dataset-schema.md`` all follow from what
is declared here. Nothing of it needs a library.

Decimals have :data:`PRECISION` digits, :data:`SCALE` of them after the point: 28 digits before
it, and what is printed has rarely more than four after it. A value that does not fit is null
with its printed text beside it, and a row of ``diagnostics`` (``dataset.number``) says so.
"""

from __future__ import annotations

from disclosure_parser.dataset.about_figures import (
    ASSETS,
    FACTS,
    INDICATORS,
    PROCUREMENT,
    PROCUREMENT_FUNDS,
    STATEMENTS,
)
from disclosure_parser.dataset.about_reports import (
    DIAGNOSTICS,
    FILES,
    FINDINGS,
    OPERANDS,
    REPORTS,
    SECTIONS,
    TABLES,
)
from disclosure_parser.dataset.model import SCHEMA, Table

__all__ = ["DATASET", "PATH_SEPARATOR", "PRECISION", "SCALE", "SCHEMA", "table"]

PRECISION = 38
SCALE = 10
#: Between the levels of ``row_path`` and ``column_path``.
PATH_SEPARATOR = " › "

#: All tables; one that a foreign key speaks of comes before the table that has the key.
DATASET: tuple[Table, ...] = (
    REPORTS,
    FILES,
    SECTIONS,
    TABLES,
    FACTS,
    STATEMENTS,
    INDICATORS,
    PROCUREMENT,
    PROCUREMENT_FUNDS,
    ASSETS,
    FINDINGS,
    OPERANDS,
    DIAGNOSTICS,
)


def table(name: str) -> Table:
    """The table of a name.

    Raises:
        KeyError: there is none.
    """
    for one in DATASET:
        if one.name == name:
            return one
    raise KeyError(name)
