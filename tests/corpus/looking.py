"""Looking things up in a parsed report, for the tests against the answer keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from disclosure_parser import Report, parse
from disclosure_parser.catalogue.concepts import Flow, find_concept
from disclosure_parser.document import Table, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.outline.model import Section, TableView
from disclosure_parser.sections.model import Line


@cache
def parsed(path: Path) -> Report:
    """The report of a corpus file, parsed once for all tests."""
    return parse(path)


def plain(text: str) -> str:
    """Text for comparing: folded, without white space and quotation marks."""
    return re.sub(r"[\s\"“”]", "", fold_text(text))


def shown(text: str) -> str:
    """A cell for comparing: white space aside, and a long dash as one (a font may join two)."""
    return re.sub("[—―⸺]+", "—", re.sub(r"\s", "", text))


def trimmed(text: str) -> str:
    """A reason or purpose for comparing: without the punctuation at its end."""
    return plain(text).rstrip("。.;,，；")


def within(value: Any, wanted: type) -> Iterator[Any]:
    """All objects of a class inside a record, at any depth."""
    if isinstance(value, wanted):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from within(part, wanted)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from within(getattr(value, field.name), wanted)


def lines(report: Report) -> list[Line]:
    """Every line of every record."""
    return [line for record in report.records for line in within(record, Line)]


def kinds_by_block(report: Report) -> dict[int, tuple[str, ...]]:
    """The kinds of the section that a block belongs to and of the sections around it."""
    found: dict[int, tuple[str, ...]] = {}

    def visit(section: Section, above: tuple[str, ...]) -> None:
        kinds = (*above, section.kind) if section.kind else above
        if section.heading is not None:
            found[section.heading.block] = kinds
        for block in section.blocks:
            found[block] = kinds
        for child in section.children:
            visit(child, kinds)

    for section in report.sections:
        visit(section, ())
    return found


def names(line: Line) -> set[str]:
    """What a line may be called: its label, its name, its label with the noun counted."""
    counted = line.counted.text if line.counted else ""
    return {
        plain(line.label.text),
        plain(line.name),
        re.sub(r"[(（][类款项][)）]$", "", plain(line.name)),
        plain(line.label.text + counted),
        plain(counted + line.label.text),
    }


def is_called(line: Line, concept: str, measure: str = "amount") -> bool:
    """Whether a line is of a thing: called so, or of the concept that the catalogue knows by it.

    A line that joins two sentences carries the label of the first.
    """
    if any(name.endswith(plain(concept)) for name in names(line)):
        return True
    flows = (None, Flow.REVENUE, Flow.EXPENDITURE)
    return bool(line.concept) and line.concept in {
        find_concept(plain(concept), flow, "", measure) for flow in flows
    }


def sections_of(line: Line, kinds: dict[int, tuple[str, ...]]) -> set[str]:
    """The kinds of the sections in which the figures of a line are printed."""
    anchors = [line.label.anchor, *(phased.amount.anchor for phased in line.amounts)]
    anchors += [change.anchor for change in line.changes]
    anchors += [share.value.anchor for share in line.shares]
    anchors += [completion.value.anchor for completion in line.completions]
    return {kind for anchor in anchors for kind in kinds.get(anchor.block, ())}


def described(line: Line) -> str:
    """A line in a few words, for the message of a failing test."""
    parts = [f"“{line.label.text}”"]
    parts += [f"{a.amount.text}[{a.phase or '-'}]" for a in line.amounts]
    for change in line.changes:
        amount = change.amount.text if change.amount else "-"
        percent = change.percent.text if change.percent else "-"
        base = change.base_text.text if change.base_text else "-"
        parts.append(f"{change.direction or 'no direction'} {amount} {percent} against {base}")
    parts += [f"share {share.value.text}" for share in line.shares]
    parts += [f"completion {completion.value.text}" for completion in line.completions]
    if line.quantity:
        parts.append(f"count {line.quantity.text} ({line.quantity.unit})")
    if line.explanation:
        parts.append(f"because {line.explanation.text}")
    if line.purpose:
        parts.append(f"for {line.purpose.text}")
    if line.within:
        parts.append(f"inside a {line.within}")
    return " | ".join(parts)


def titled(report: Report, title: str, label: str | None = None) -> list[TableView]:
    """The tables whose title ends with the given one (and whose label is the given one)."""
    return [
        view
        for view in report.tables
        if view.title is not None
        and plain(view.title.text).endswith(plain(title))
        and (label is None or (view.label is not None and plain(view.label.text) == plain(label)))
    ]


def grid_of(report: Report, view: TableView) -> Grid:
    """The grid of a table."""
    block = report.document.blocks[view.block]
    assert isinstance(block, Table)
    return Grid(block)


def row_of(view: TableView, grid: Grid, label: str | None) -> tuple[int, int]:
    """The row with a label, and the column the label ends in.

    A code may be spread over several cells (208 | 05 | 06). Without a label it is the only row
    in which anything is printed.
    """
    filled = [r for r in view.body_rows if any(c.text.strip() for c in grid.row(r))]
    if label is None:
        if len(filled) != 1:
            raise LookupError(f"{len(filled)} rows are filled")
        return filled[0], -1
    for row in filled:
        for text, column in _labels(grid, row):
            if text == plain(label):
                return row, column
    raise LookupError(f"no row {label}")


def _labels(grid: Grid, row: int) -> Iterator[tuple[str, int]]:
    """The texts of a row with their last column; neighbouring cells of digits are one code."""
    code, last = "", -1
    for cell in grid.row(row):
        text = plain(cell.text)
        end = cell.column + cell.column_span - 1
        if text.isdigit():
            code, last = code + text, end
            continue
        if code:
            yield code, last
        code = ""
        if text:
            yield text, end
    if code:
        yield code, last


def column_of(view: TableView, path: tuple[str, ...], after: int) -> int:
    """The first column with a header path, at or behind a column."""
    wanted = [plain(part) for part in path]
    for column in view.columns:
        if column.index > after and [plain(part) for part in column.path] == wanted:
            return column.index
    paths = "; ".join(" › ".join(column.path) for column in view.columns)
    raise LookupError(f"no column {' › '.join(path)} among {paths}")
