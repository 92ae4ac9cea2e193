"""The command ``formats``: what this installation reads, and what an extra would add."""

from __future__ import annotations

import typer


def formats() -> None:
    """List the formats: those read here, those an extra would add, those only known by name."""
    from disclosure_parser.cli.running import Run, write_text

    run = Run()
    with run.guard("formats"):
        write_text(_lines())
    raise typer.Exit(run.code)


def _lines() -> list[str]:
    """One line per format: its name, whether it is read, its title."""
    from disclosure_parser.readers.sniff import FORMATS, install_command

    lines = []
    for known in FORMATS:
        if known.installed:
            state = "read"
        elif known.reader is not None and known.extra is not None:
            state = f"needs {install_command(known.extra)}"
        else:
            state = "needs a password" if known.encrypted else "not read"
        lines.append(f"{known.name}\t{state}\t{known.title}\n")
    from disclosure_parser.batch import solid

    lines.append("archives\tread\t.zip, .tar, .gz, .bz2, .xz: in batches and disclosures\n")
    for kind in ("7z", "rar"):
        state = "read" if solid.installed(kind) else f"needs {install_command('archives')}"
        lines.append(f"{kind}\t{state}\t.{kind}: in batches and disclosures\n")
    order = {"read": 0, "not read": 2, "needs a password": 2}
    return sorted(lines, key=lambda line: order.get(line.split("\t")[1], 1))
