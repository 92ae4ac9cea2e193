"""A report says the same however its characters are written.

Copies of reports differ in what no reader sees as a difference: half-width punctuation, full-width
digits, Traditional characters, spaces before a unit, other encodings and line ends. The figures of
a changed copy must be those of the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from corpus.build import ROOT, file_name, reports
from corpus.source import load

from disclosure_parser import Report, parse
from disclosure_parser.document import fold_text
from disclosure_parser.document._han import SIMPLIFIED, TRADITIONAL
from tests.corpus.looking import plain

FILES = [
    folder / file_name(form)
    for folder in reports()
    for form in load(folder).formats
    if form in ("a", "b", "c")
]
_HALF = str.maketrans("，；：（）！？", ",;:()!?")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_TRADITIONAL = {
    simple: written
    for written, simple in zip(TRADITIONAL, SIMPLIFIED, strict=True)
    if fold_text(written) == simple
}
_AMOUNT = re.compile(r"(?<=\d)(?=万元|亿元|元)")


def _wide_digits(text: str) -> str:
    """Full-width digits in sentences; tables and contents lists stay as they are."""
    return "\n".join(
        line.translate(_WIDE) if "。" in line and "\t" not in line else line
        for line in text.split("\n")
    )


CHANGES: dict[str, Callable[[str], str]] = {
    "half-width punctuation": lambda text: text.translate(_HALF),
    "full-width digits": _wide_digits,
    "Traditional characters": lambda text: "".join(_TRADITIONAL.get(c, c) for c in text),
    "a space before the unit": lambda text: _AMOUNT.sub(" ", text),
    "a no-break space before the unit": lambda text: _AMOUNT.sub("\u00a0", text),
    "zero-width spaces": lambda text: text.replace("万元", "\u200b万元"),
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030")


def said(report: Report) -> list[tuple[Any, ...]]:
    """The figures of a report, without how their words are written."""
    kinds = {section.id: section.kind for section in report.walk()}
    return [
        (
            kinds.get(fact.section, ""),
            fact.concept,
            plain(fact.label),
            fact.measure,
            fact.state,
            fact.number,
            plain(fact.unit),
            fact.yuan,
            fact.year,
            fact.phase,
            fact.direction,
            fact.base,
            fact.base_year,
            fact.within,
            fact.doubt is None,
        )
        for fact in report.facts()
    ]


def _text(path: Path) -> str:
    encoding = load(path.parent).settings.get("encoding", "utf-8")
    return path.read_bytes().decode(encoding)


def _differences(one: list[tuple[Any, ...]], other: list[tuple[Any, ...]]) -> str:
    lost = [f"- {' '.join(map(str, entry))}" for entry in one if entry not in other]
    new = [f"+ {' '.join(map(str, entry))}" for entry in other if entry not in one]
    return "\n".join([*lost[:15], *new[:15]]) or "another order"


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_figures_do_not_depend_on_how_characters_are_written(path: Path, change: str) -> None:
    text = _text(path)
    changed = CHANGES[change](text)
    if changed == text:
        pytest.skip("nothing to change in this report")
    one = said(parse(text.encode("utf-8"), name=path.name))
    other = said(parse(changed.encode("utf-8"), name=path.name))
    if one != other:
        pytest.fail(_differences(one, other), pytrace=False)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_figures_do_not_depend_on_the_encoding(encoding: str, ends: str) -> None:
    path = ROOT / "hebei-budget" / "report.a.txt"
    text = _text(path)
    data = text.replace("\n", ends).encode(encoding)
    assert said(parse(data, name=path.name)) == said(parse(path))


def test_a_changed_figure_is_seen() -> None:
    """The comparison can fail."""
    text = _text(ROOT / "hebei-budget" / "report.a.txt")
    changed = text.replace("96.4万元", "96.5万元", 1)
    assert said(parse(text.encode())) != said(parse(changed.encode()))
