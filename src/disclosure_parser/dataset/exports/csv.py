"""CSV for spreadsheet programs: a byte order mark, and nothing that they would calculate."""

from __future__ import annotations

import csv
from pathlib import Path

from disclosure_parser.dataset.exports.rows import as_text, rows
from disclosure_parser.dataset.reading import Dataset, Frames
from disclosure_parser.export.csvs import safe


def write(dataset: Dataset, folder: Path) -> None:
    """A file for each table, with a byte order mark."""
    folder.mkdir()
    for name in dataset.names:
        write_table(dataset[name], folder / f"{name}.csv", spreadsheet=True)


def write_table(frames: Frames, path: Path, *, spreadsheet: bool) -> None:
    """A table with a line of names; for spreadsheet programs with a byte order mark, and with an
    apostrophe before words that they would take for a formula."""
    encoding = "utf-8-sig" if spreadsheet else "utf-8"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(frames.table.names)
        for row in rows(frames):
            cells = map(as_text, row)
            writer.writerow(map(safe, cells) if spreadsheet else cells)
