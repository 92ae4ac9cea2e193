"""The command line: ``disclosure-parser``. Everything heavy is imported when a command runs."""

from __future__ import annotations

import io
import sys


def main() -> None:
    """Run the command line.

    Output is UTF-8 whatever the locale says. Exit codes: 0 all went well, 1 a file could not be
    read or written, 2 the command was not understood.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    from disclosure_parser.cli.app import app

    app(prog_name="disclosure-parser")
