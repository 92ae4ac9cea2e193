"""Golden files: the whole output for the corpus, held in a form that can be read and compared.

For every file of the corpus ``files/<report>.<form>.tsv`` has a line per fact with its place, and
below them the diagnostics. For the first format of a report ``files/<report>.json`` has the JSON
without the document's text; the other formats give the same records, which another test holds.

``python -m tests.golden verify|update [reports]``, or ``make golden-verify`` and
``make golden-update``. A golden says what the output *was*, not that it was right: read the
difference before you update.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.build import ROOT, file_name, reports
from corpus.source import load

from disclosure_parser import Report, parse, to_json
from disclosure_parser.export.rows import fact_rows

FILES = Path(__file__).parent / "files"
WIDTH = 140
#: Columns that are the same in every line, that follow from others, or that the JSON has.
_LEFT_OUT = {
    *("source", "report", "fact", "entity", "scope"),
    *("flow", "decimals", "factor", "code_domain", "reason"),
}


def cases(names: list[str] | None = None) -> list[tuple[str, str]]:
    """Report and form of the corpus files, of the named reports or all."""
    return [
        (folder.name, form)
        for folder in reports()
        if not names or folder.name in names
        for form in load(folder).formats
    ]


def rendered(name: str, form: str) -> dict[Path, str]:
    """The golden files of a corpus file, by path."""
    folder = ROOT / name
    data = (folder / file_name(form)).read_bytes()
    report = parse(data, name=f"{name}/{file_name(form)}")
    found = {FILES / f"{name}.{form}.tsv": "".join(f"{line}\n" for line in _table(report))}
    if form == load(folder).formats[0]:
        plain = json.loads(to_json(report, document=False))
        found[FILES / f"{name}.json"] = _pretty(plain) + "\n"
    return found


def difference(path: Path, text: str) -> list[str]:
    """How a golden file would change: a unified diff, empty for no change."""
    old = path.read_text("utf-8") if path.exists() else ""
    if old == text:
        return []
    return list(
        difflib.unified_diff(
            old.splitlines(), text.splitlines(), f"golden {path.name}", "now", lineterm="", n=1
        )
    )


def strangers() -> list[Path]:
    """Golden files that belong to no file of the corpus."""
    known = {FILES / f"{name}.{form}.tsv" for name, form in cases()}
    known |= {FILES / f"{folder.name}.json" for folder in reports()}
    return sorted(path for path in FILES.iterdir() if path not in known)


def _table(report: Report) -> Iterator[str]:
    columns: list[str] = []
    for row in fact_rows(report):
        if not columns:
            columns = [column for column in row if column not in _LEFT_OUT]
            yield "\t".join(columns)
        yield "\t".join(_cell(row[column]) for column in columns)
    for diagnostic in report.diagnostics:
        places = report.places(diagnostic.anchor) if diagnostic.anchor is not None else ()
        where = str(places[0]) if places else "-"
        said = (diagnostic.severity.value, diagnostic.code, where, diagnostic.message)
        yield "# " + "\t".join(_cell(part) for part in said)


def _cell(text: str | None) -> str:
    return "" if text is None else " ".join(text.replace("\t", " ").splitlines())


def _pretty(value: Any, indent: int = 0) -> str:
    """JSON with everything on one line that fits there."""
    flat = json.dumps(value, ensure_ascii=False)
    if not value or not isinstance(value, dict | list) or len(flat) + indent <= WIDTH:
        return flat
    pad = " " * (indent + 1)
    if isinstance(value, dict):
        parts = [
            f"{json.dumps(key, ensure_ascii=False)}: {_pretty(part, indent + 1)}"
            for key, part in value.items()
        ]
        begin, end = "{}"
    else:
        parts = [_pretty(part, indent + 1) for part in value]
        begin, end = "[]"
    body = ",\n".join(pad + part for part in parts)
    return f"{begin}\n{body}\n{' ' * indent}{end}"
