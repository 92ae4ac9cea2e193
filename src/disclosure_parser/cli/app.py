"""The commands."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from disclosure_parser.cli.batching import batch
from disclosure_parser.cli.exporting import export
from disclosure_parser.cli.formats import formats

_EPILOG = "Exit codes: 0 all went well, 1 a file failed, 2 the command was not understood."
app = typer.Typer(
    help="Chinese budget and final-accounts disclosures (部门预算、决算公开) as typed records.",
    epilog=_EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

Files = Annotated[list[str], typer.Argument(help="Reports; - reads one from stdin.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Where to write.")]
Spreadsheet = Annotated[
    bool,
    typer.Option(
        "--spreadsheet",
        "--bom",
        help="For spreadsheet programs: a byte order mark, and an apostrophe before words that"
        " such a program would calculate. Figures stay as they are.",
    ),
]


Together = Annotated[
    bool,
    typer.Option(
        "--together",
        help="The files (folders, archives) are one disclosure: narrative, tables, attachments.",
    ),
]


class FactFormat(StrEnum):
    """Formats of facts."""

    CSV = "csv"
    JSONL = "jsonl"


class Language(StrEnum):
    """Languages of the check page."""

    ZH = "zh"
    EN = "en"


class FailOn(StrEnum):
    """Levels of findings, the most serious first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Say the version and leave.")] = False,
) -> None:
    if version:
        from disclosure_parser import __version__

        typer.echo(f"disclosure-parser {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise typer.Exit(2)


@app.command()
def parse(
    files: Files,
    output: Output = None,
    indent: Annotated[int | None, typer.Option(min=0, max=8, help="Indent the JSON.")] = None,
    document: Annotated[
        bool, typer.Option(help="Keep the printed text, which the anchors address.")
    ] = True,
    together: Together = False,
) -> None:
    """Parse reports to JSON: one file to stdout or a file, several to JSON Lines or a folder."""
    from disclosure_parser.cli.running import each, file_name, write_bytes
    from disclosure_parser.export.json import to_json

    several = len(files) > 1 and not together
    if several and indent is not None and output is None:
        raise typer.BadParameter("several files give JSON Lines, which are not indented")
    folder = _folder(output, several=several)
    taken: set[str] = set()

    def write(name: str, report: Any) -> None:
        data = to_json(report, indent=indent, document=document) + b"\n"
        if folder is not None:
            (folder / file_name(name, ".json", taken)).write_bytes(data)
        elif output is not None:
            output.write_bytes(data)
        else:
            write_bytes(data)

    # The reports of a department's units are in the JSON of its own.
    raise typer.Exit(each(files, write, together=together, units=False))


@app.command()
def show(files: Files, together: Together = False) -> None:
    """Show reports for reading: identity, outline, records, tables, diagnostics."""
    from disclosure_parser.cli.running import console, each
    from disclosure_parser.export.show import show as print_report

    page = console()
    raise typer.Exit(each(files, lambda _, report: print_report(report, page), together=together))


@app.command()
def outline(files: Files, together: Together = False) -> None:
    """Show the section trees with the kinds of the sections."""
    from disclosure_parser.cli.running import console, each
    from disclosure_parser.export.show import show_outline

    page = console()
    raise typer.Exit(each(files, lambda _, report: show_outline(report, page), together=together))


@app.command()
def tables(
    file: Annotated[str, typer.Argument(help="A report; - reads it from stdin.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for a file per table and tables.csv."),
    ] = None,
    spreadsheet: Spreadsheet = False,
    fill: Annotated[
        bool, typer.Option("--fill", help="Repeat merged cells at every place they cover.")
    ] = False,
    debug: Annotated[
        Path | None,
        typer.Option(
            "--debug", help="Folder for pictures of what was seen: text, rulings, cells (PDF only)."
        ),
    ] = None,
) -> None:
    """Write the tables as CSV: header paths first, then the printed rows.

    On stdout each table is preceded by a line that begins with #: name, title, agency, period,
    unit, place.
    """
    from disclosure_parser.cli.running import draw, each, write_text
    from disclosure_parser.export.csvs import BOM, index_csv, table_sheets

    mark = BOM if spreadsheet else ""

    def write(name: str, report: Any) -> None:
        if debug is not None:
            draw(name, report, debug)
            return
        sheets = list(table_sheets(report, fill=fill))
        if output is None:
            for number, sheet in enumerate(sheets):
                heading = " | ".join(sheet.heading())
                before = "\n" if number else mark
                write_text([f"{before}# {heading}\n", *sheet.csv(spreadsheet=spreadsheet)])
            return
        output.mkdir(parents=True, exist_ok=True)
        for sheet in sheets:
            text = mark + "".join(sheet.csv(spreadsheet=spreadsheet))
            (output / f"{sheet.name}.csv").write_text(text, "utf-8", newline="")
        (output / "tables.csv").write_text(mark + "".join(index_csv(sheets)), "utf-8", newline="")

    raise typer.Exit(each([file], write))


@app.command()
def facts(
    files: Files,
    output: Output = None,
    form: Annotated[FactFormat, typer.Option("--format", "-f", help="Format.")] = FactFormat.CSV,
    spreadsheet: Spreadsheet = False,
    together: Together = False,
) -> None:
    """Write every printed figure as a row: CSV or JSON Lines, to stdout or one file."""
    from disclosure_parser.cli.running import Run, write_text
    from disclosure_parser.export.csvs import BOM
    from disclosure_parser.export.rows import facts_csv, facts_jsonl

    run = Run()
    out = None
    if output is not None:
        try:
            out = output.open("w", encoding="utf-8", newline="")
        except OSError as error:
            raise typer.BadParameter(f"{output}: {error.strerror}") from error
    first = True
    for name, report in run.reports(files, together=together):
        with run.guard(name):
            if form is FactFormat.JSONL:
                lines = list(facts_jsonl(report))
            else:
                lines = list(facts_csv(report, header=first, spreadsheet=spreadsheet))
            if first and spreadsheet:
                lines.insert(0, BOM)
            first = False
            if out is None:
                write_text(lines)
            else:
                out.writelines(lines)
    if out is not None:
        out.close()
    raise typer.Exit(run.code)


@app.command()
def check(
    files: Annotated[
        list[str] | None, typer.Argument(help="Reports; - reads one from stdin.")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the page.")] = Language.ZH,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    fail_on: Annotated[
        FailOn | None,
        typer.Option("--fail-on", help="Exit with 3 on a finding of this level or worse."),
    ] = None,
    ledger: Annotated[bool, typer.Option("--ledger", help="Every rule with its outcomes.")] = False,
    complete: Annotated[
        bool, typer.Option("--complete", help="Which of the required items are disclosed.")
    ] = False,
    rules: Annotated[bool, typer.Option("--rules", help="Print the rules and leave.")] = False,
    together: Together = False,
) -> None:
    """Check whether the figures of reports agree 勾稽, within each and across several.

    For each finding: rule, formula, both sides as printed with their places, difference and
    tolerance. Exit codes: 0 checked, 1 a file failed, 3 a finding as serious as --fail-on.
    """
    from disclosure_parser.checks import Level
    from disclosure_parser.cli.checking import print_rules, run_check

    if rules:
        print_rules(lang.value)
        raise typer.Exit
    if not files:
        raise typer.BadParameter("no report was given")
    level = Level(fail_on.value) if fail_on is not None else None
    code = run_check(
        files,
        language=lang.value,
        as_json=as_json,
        fail_on=level,
        ledger=ledger,
        complete=complete,
        together=together,
    )
    raise typer.Exit(code)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the reports."""
    from disclosure_parser.cli.running import Run, write_text
    from disclosure_parser.export.schema import schema_text

    run = Run()
    with run.guard("schema"):
        write_text([schema_text()])
    raise typer.Exit(run.code)


app.command()(batch)
app.command()(export)
app.command()(formats)


def _folder(output: Path | None, *, several: bool) -> Path | None:
    """The folder that ``-o`` names, made if several files go there; ``None`` for a file."""
    if output is None:
        return None
    if several:
        if output.exists() and not output.is_dir():
            raise typer.BadParameter(f"{output} is a file; several reports need a folder")
        output.mkdir(parents=True, exist_ok=True)
    return output if output.is_dir() else None
