"""The command ``export``: a dataset as a database, spreadsheets or a data package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from disclosure_parser.dataset.exports.targets import Target


def export(
    dataset: Annotated[Path, typer.Argument(help="Folder that the batch wrote.")],
    to: Annotated[Target, typer.Option("--to", help="What to write.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File or folder [the dataset's name, beside it]."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of what is there.")
    ] = False,
) -> None:
    """Write a dataset as SQLite, CSV for spreadsheets, Excel, DuckDB or a Frictionless package."""
    from disclosure_parser.cli.running import Run, write_text
    from disclosure_parser.dataset import open as open_dataset
    from disclosure_parser.dataset.exports import export as write

    run = Run()
    with run.guard(str(dataset)):
        path = output or to.beside(dataset.resolve())
        write_text([f"{write(open_dataset(dataset), to, path, replace=replace)}\n"])
    raise typer.Exit(run.code)
