"""One report in several formats is one report: equal records, apart from where things stand.

Compared is everything that a user can read off a report: identity, section tree, records,
statements and facts. Anchors and the numbers of blocks and rows differ by format (a header that is
printed again on the next page is a row) and are left out; white space is, too, since a PDF prints
none of its own at the end of a line.
"""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from corpus.build import ROOT, file_name, reports
from corpus.source import load

from disclosure_parser import Fact, Report
from disclosure_parser.document import Anchor
from disclosure_parser.outline.model import Section
from tests.corpus.looking import parsed, shown

#: Fields that say where something stands, in blocks of the document.
_PLACES = {"anchor", "block", "blocks", "table", "pages"}


def pairs() -> list[tuple[Path, Path]]:
    """Each further format of a report beside its first."""
    found = []
    for folder in reports():
        first, *others = [folder / file_name(form) for form in load(folder).formats]
        found += [(first, other) for other in others]
    return found


@pytest.mark.parametrize(("first", "other"), pairs(), ids=lambda path: str(path.relative_to(ROOT)))
def test_formats_give_the_same_report(first: Path, other: Path) -> None:
    one, two = told(parsed(first)), told(parsed(other))
    if one != two:
        lines = difflib.unified_diff(
            _lines(one), _lines(two), first.name, other.name, lineterm="", n=2
        )
        pytest.fail("\n".join(list(lines)[:120]), pytrace=False)


def told(report: Report) -> dict[str, Any]:
    """What the report says, without where it says it."""
    return {
        "identity": _plain(report.identity),
        "sections": [_section(section) for section in report.sections],
        "records": [_plain(record) for record in report.records],
        "statements": [_plain(statement) for statement in report.statements],
        "facts": [_plain(_without_row(fact)) for fact in report.facts()],
    }


def _without_row(fact: Fact) -> Fact:
    """A figure that a record has read has its names there; the text forms have lost the merged
    cells that would print some of them again as labels of the row."""
    return attrs.evolve(fact, row=()) if fact.record else fact


def _section(section: Section) -> dict[str, Any]:
    return {
        "number": shown(section.number),
        "title": shown(section.title),
        "kind": section.kind,
        "children": [_section(child) for child in section.children],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Anchor):
        return None
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if attrs.has(type(value)):
        told = {field.name: getattr(value, field.name) for field in attrs.fields(type(value))}
        if isinstance(told.get("row"), int):
            del told["row"]
        kept = {name: _plain(part) for name, part in told.items() if name not in _PLACES}
        return {"class": type(value).__name__, **kept}
    return str(value)


def _lines(value: Any) -> list[str]:
    return json.dumps(value, ensure_ascii=False, indent=1).splitlines()


def test_the_comparison_sees_a_changed_figure() -> None:
    """The comparison can fail: two different reports are not the same."""
    one = told(parsed(ROOT / "hebei-budget" / "report.docx"))
    two = told(parsed(ROOT / "slips" / "report.docx"))
    assert one != two
