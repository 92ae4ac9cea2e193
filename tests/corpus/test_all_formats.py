"""A report in every format gives equal records, apart from what the format cannot hold."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from corpus.build import ROOT

from disclosure_parser import parse
from tests.corpus.looking import parsed
from tests.corpus.test_same_report import told

REPORTS = ("hebei-budget", "final-accounts")
FILES = [path for name in REPORTS for path in sorted((ROOT / name / "formats").glob("report.*"))]
#: What a format cannot hold: the parts of a report that are not compared, and why.
LIMITS: Mapping[tuple[str, str], tuple[str, ...]] = {
    # Text has no spans: two headers over three lanes of the same columns (人员经费, 公用经费 of
    # 公开06表) may stand over one and two of them or the other way round. The figures are read,
    # which lane's they are is not told.
    ("final-accounts", f"report.{form}.txt"): ("statements", "facts")
    for form in ("a", "b", "c", "gb18030", "utf16", "extracted-doc", "extracted-docx")
} | {
    # Behind a cell of two paragraphs this extractor leaves an empty line, which ends a table.
    ("hebei-budget", "report.extracted-docx.txt"): ("records", "statements", "facts")
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.name}")
def test_every_format_gives_the_same_records(path: Path) -> None:
    name = path.parts[-3]
    one, two = told(parsed(ROOT / name / "report.docx")), told(parse(path))
    for report in (one, two):
        # A page of a site prints the title on one line.
        report["identity"].pop("title")
        for part in LIMITS.get((name, path.name), ()):
            report.pop(part)
    if one != two:
        lines = difflib.unified_diff(_lines(one), _lines(two), "docx", path.name, lineterm="", n=2)
        pytest.fail("\n".join(list(lines)[:80]), pytrace=False)


def test_a_limit_of_a_format_drops_no_figure() -> None:
    for name, file in LIMITS:
        whole, read = (parse(ROOT / name / path) for path in ("report.docx", f"formats/{file}"))
        missing = Counter(f.text for f in whole.facts()) - Counter(f.text for f in read.facts())
        assert not missing


@pytest.mark.parametrize("file", ["tables.xlsx", "tables.xls"])
def test_workbooks_hold_the_statements(file: str) -> None:
    """Their titles tell no year: that, and what follows from it, is the narrative's."""
    whole = told(parsed(ROOT / "final-accounts" / "report.docx"))
    read = told(parse(ROOT / "final-accounts" / "formats" / file))
    expected = [s for s in whole["statements"] if s["kind"] != "units"]

    def undated(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: undated(v) for k, v in value.items() if k not in ("year", "phase")}
        return [undated(part) for part in value] if isinstance(value, list) else value

    assert undated(read["statements"]) == undated(expected)


def _lines(value: Any) -> list[str]:
    return json.dumps(value, ensure_ascii=False, indent=1).splitlines()
