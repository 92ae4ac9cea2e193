"""What a dataset can be written as."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path


class Target(StrEnum):
    """What a dataset can be written as; each has a module of its name."""

    #: One file with keys and indices.
    SQLITE = "sqlite"
    #: A folder of CSV files for spreadsheet programs.
    CSV = "csv"
    #: One Excel workbook, a sheet for each table.
    XLSX = "xlsx"
    #: One DuckDB database with primary keys and exact decimals.
    DUCKDB = "duckdb"
    #: A folder: ``datapackage.json`` and exact CSV.
    DATAPACKAGE = "datapackage"

    def beside(self, dataset: Path) -> Path:
        """A path beside a dataset, with its name and an ending that says what it is."""
        return dataset.with_name(f"{dataset.name}.{self.value}")
