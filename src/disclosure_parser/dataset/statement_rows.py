"""Rows of the statutory tables: their heads, and every cell of them."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_parser.dataset.cells import Row, factor, path, printed, where
from disclosure_parser.document import Anchor, Table
from disclosure_parser.language.values import Amount, Quantity, ValueState
from disclosure_parser.report import Report
from disclosure_parser.statements import Figure, Statement, StatementColumn, statement_facts
from disclosure_parser.statements.model import Lane
from disclosure_parser.statements.model import Row as StatementRow


def table_rows(report: Report) -> Iterator[Row]:
    """A row for each table of a report."""
    sections = {block: section.id for section in report.walk() for block in section.blocks}
    for number, one in enumerate(report.statements, 1):
        yield {
            "report": report.document.source.sha256,
            "statement": number,
            "kind": one.kind or None,
            "basis": one.basis or None,
            "title": printed(one.title),
            "label": printed(one.label),
            "agency": printed(one.agency),
            "agency_code": one.agency_code,
            "period": printed(one.period),
            "unit": one.unit,
            "phase": one.phase,
            "year": one.year,
            "funds": one.funds or None,
            "empty": one.empty,
            "declared_empty": printed(one.declared_empty),
            "doubts": "；".join(one.doubts) or None,
            "row_count": len(one.rows),
            "column_count": len(one.columns),
            "table_block": one.block,
            "section": sections.get(one.block),
            "place": _place(report, one.block),
        }


def statement_rows(report: Report) -> Iterator[Row]:
    """A row for each cell of a row: values, blank ones too, and words in columns of their own.

    A row without either (a heading inside the table) has one row of its own, of state ``blank``
    and without a column.
    """
    number = 0
    for index, statement in enumerate(report.statements, 1):
        columns = {column.index: column for column in statement.columns}
        lanes = {lane.index: lane for lane in statement.lanes}
        figures = {(figure.row, figure.column): figure for figure in statement_facts(statement)}
        for line, row in enumerate(statement.rows):
            head = _of_row(report, index, statement, line, row, lanes.get(row.lane))
            for column, cell in _cells(report, row):
                number += 1
                told = _of_column(columns.get(column), column, figures.get((line, column)))
                yield {**head, "cell": number, **told, **cell}


def _of_row(
    report: Report,
    index: int,
    statement: Statement,
    line: int,
    row: StatementRow,
    lane: Lane | None,
) -> Row:
    code = row.code
    return {
        "report": report.document.source.sha256,
        "cell": 0,
        "statement": index,
        "kind": statement.kind or None,
        "funds": statement.funds or None,
        "line": line + 1,
        "parent_line": row.parent + 1 if row.parent is not None else None,
        "line_role": row.role,
        "lane": row.lane,
        "flow": lane.flow if lane is not None else None,
        "basis": (lane.basis or None) if lane is not None else None,
        "name": printed(row.name),
        "group_name": printed(row.group),
        "code": code.code if code is not None else None,
        "code_domain": code.domain if code is not None else None,
        "code_edition": code.edition if code is not None else None,
        "code_level": (code.level or None) if code is not None else None,
        "code_name": code.official if code is not None else None,
        "code_agreement": code.agreement if code is not None else None,
        "row_concept": row.concept or None,
        "implied_code": row.implied or None,
        "grid_row": row.row,
    }


def _of_column(column: StatementColumn | None, index: int, figure: Figure | None) -> Row:
    return {
        "concept": (figure.concept or None) if figure is not None else None,
        "whole": (figure.whole or None) if figure is not None else None,
        "grid_column": index if index >= 0 else None,
        "column_role": column.role if column is not None else None,
        "column_path": path(column.path) if column is not None else None,
        "meaning": (column.meaning or None) if column is not None else None,
        "subset": column.subset if column is not None else False,
        "phase": figure.phase if figure is not None else (column.phase if column else None),
        "year": figure.year if figure is not None else (column.year if column else None),
    }


def _cells(report: Report, row: StatementRow) -> Iterator[tuple[int, Row]]:
    """The columns of a row that hold something, in the order of the grid, and what they hold."""
    found: list[tuple[int, int, Row]] = []
    for value in row.values:
        held = value.amount or value.quantity
        if held is not None:
            found.append((value.column, len(found), _held(report, held, row)))
    for other in row.others:
        words = _words(report, printed(other.text), other.text.anchor)
        found.append((other.column, len(found), words))
    for column, _, cell in sorted(found, key=lambda each: each[:2]):
        yield column, cell
    if not found:
        anchor = row.name.anchor if row.name is not None else None
        yield -1, _words(report, None, anchor)


def _held(report: Report, held: Amount | Quantity, row: StatementRow) -> Row:
    unit = held.unit or ""
    money = isinstance(held, Amount)
    doubted = [held.doubt]
    if row.code is not None and row.code.doubt:
        doubted.append(f"code: {row.code.doubt}")
    return {
        "state": held.state,
        "number": held.number,
        "decimals": held.decimals,
        "upper": None if isinstance(held, Amount) else held.upper,
        "unit": unit or None,
        "factor": factor(unit) if money else None,
        "yuan": held.yuan if isinstance(held, Amount) else None,
        "text": held.text or None,
        "doubt": "；".join(filter(None, doubted)) or None,
        **where(report, held.anchor),
    }


def _words(report: Report, words: str | None, anchor: Anchor | None) -> Row:
    return {
        "state": ValueState.TEXT if words else ValueState.BLANK,
        "number": None,
        "decimals": None,
        "upper": None,
        "unit": None,
        "factor": None,
        "yuan": None,
        "text": words,
        "doubt": None,
        **where(report, anchor),
    }


def _place(report: Report, block: int) -> str | None:
    table = report.document.blocks[block]
    if not isinstance(table, Table):
        return None
    for cell in table.cells:
        if cell.fragments:
            return str(cell.fragments[0].place)
    return None
