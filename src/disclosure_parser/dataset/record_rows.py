"""Rows of the records that are lists of things: indicators, procurement, assets."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from disclosure_parser.dataset.cells import Row, amount, doubts, printed, quantity, where
from disclosure_parser.document import Quote
from disclosure_parser.facts.headings import of_base
from disclosure_parser.facts.tables import default_phase
from disclosure_parser.language.items import PhasedAmount
from disclosure_parser.language.values import Phase, decimals_of
from disclosure_parser.report import Report
from disclosure_parser.sections.indicators import Indicator
from disclosure_parser.sections.model import Line
from disclosure_parser.sections.performance import Performance, ProjectPerformance
from disclosure_parser.sections.procurement import (
    FundAmount,
    Procurement,
    ProcurementRow,
    ProcurementTable,
)
from disclosure_parser.sections.state_assets import AssetRow, AssetTable, StateAssets


def indicator_rows(report: Report) -> Iterator[Row]:
    """A row for each indicator of each project."""
    number = 0
    for record in report.all(Performance):
        for project in record.projects:
            for indicator in project.indicators:
                number += 1
                yield _indicator(report, number, project, indicator)


def _indicator(report: Report, number: int, project: ProjectPerformance, one: Indicator) -> Row:
    value = one.value
    names = [quote for quote in (one.level3, one.description, one.level2, one.level1) if quote]
    anchor = value.anchor if value is not None else (names[0].anchor if names else None)
    return {
        "report": report.document.source.sha256,
        "indicator": number,
        "project": project.project or None,
        "section": project.section or None,
        # A form may run on in a second table: the cell says which of them.
        "table_block": anchor.block if anchor is not None else project.blocks[0],
        "grid_row": one.row,
        "level1": printed(one.level1),
        "level2": printed(one.level2),
        "level3": printed(one.level3),
        "description": printed(one.description),
        "operator": one.operator,
        "operator_text": printed(one.operator_text),
        "state": value.state if value is not None else None,
        "number": value.number if value is not None else None,
        "decimals": decimals_of(value.number) if value is not None else None,
        "upper": value.upper if value is not None else None,
        "unit": (value.unit or None) if value is not None else None,
        "text": (value.text or None) if value is not None else None,
        "unit_text": printed(one.unit_text),
        "basis": printed(one.basis),
        **quantity("weight", one.weight),
        **quantity("actual", one.actual),
        **quantity("score", one.score),
        "remark": printed(one.remark),
        "doubt": doubts(value, one.weight, one.actual, one.score),
        **where(report, anchor),
    }


@frozen(kw_only=True)
class _Bought:
    """A row of the procurement table in the making: a line of text, or a row of a table."""

    section: str
    line: Line | None = None
    stated: PhasedAmount | None = None
    table: ProcurementTable | None = None
    row: ProcurementRow | None = None


def procurement_rows(report: Report) -> Iterator[Row]:
    """A row for each stated amount, and one for each row of the procurement tables."""
    for number, bought in enumerate(_bought(report), 1):
        row, line, stated = bought.row, bought.line, bought.stated
        phased = stated.amount if stated is not None else None
        money = row.amount if row is not None else phased
        label = row.label if row is not None else (line.label if line is not None else None)
        anchor = money.anchor if money is not None else (label.anchor if label else None)
        if anchor is None and row is not None:
            anchor = next((q.anchor for q in (row.item, row.source_project) if q), None)
        year, phase = _when(report, line, stated)
        priced = (row.unit_price, row.project_budget) if row is not None else ()
        yield {
            "report": report.document.source.sha256,
            "procurement": number,
            "origin": "table" if row is not None else "text",
            "row_kind": row.kind if row is not None else "stated",
            "concept": (line.concept or None) if line is not None else None,
            "section": bought.section or None,
            "table_block": bought.table.block if bought.table is not None else None,
            "grid_row": row.row if row is not None else None,
            "label": printed(label),
            "source_project": printed(row.source_project) if row is not None else None,
            **amount("project_budget", row.project_budget if row is not None else None),
            "category": printed(row.category) if row is not None else None,
            "economic_item": printed(row.economic_item) if row is not None else None,
            "item": printed(row.item) if row is not None else None,
            "code": printed(row.code) if row is not None else None,
            "method": printed(row.method) if row is not None else None,
            "measure_unit": printed(row.measure_unit) if row is not None else None,
            **quantity("quantity", row.quantity if row is not None else None),
            **amount("unit_price", row.unit_price if row is not None else None),
            "phase": phase,
            "year": year,
            **amount("amount", money),
            "doubt": doubts(money, row.quantity if row is not None else None, *priced),
            **where(report, anchor),
        }


def procurement_fund_rows(report: Report) -> Iterator[Row]:
    """A row for each part of a procurement that one fund pays."""
    number = 0
    for procurement, bought in enumerate(_bought(report), 1):
        for fund in bought.row.funds if bought.row is not None else ():
            number += 1
            yield _fund(report, number, procurement, fund)


def _fund(report: Report, number: int, procurement: int, fund: FundAmount) -> Row:
    return {
        "report": report.document.source.sha256,
        "fund": number,
        "procurement": procurement,
        "concept": fund.fund or None,
        "label": fund.label or None,
        **amount("amount", fund.amount),
        "doubt": doubts(fund.amount),
        **where(report, fund.amount.anchor),
    }


def _bought(report: Report) -> Iterator[_Bought]:
    for record in report.all(Procurement):
        named = (record.total, record.goods, record.works, record.services)
        for line in (*named, *record.small_business, *record.others):
            for stated in line.amounts if line is not None else ():
                yield _Bought(section=record.section, line=line, stated=stated)
        for table in record.tables:
            for row in table.rows:
                yield _Bought(section=record.section, table=table, row=row)


def _when(
    report: Report, line: Line | None, stated: PhasedAmount | None
) -> tuple[int | None, Phase | None]:
    """Year and phase of an amount, as its fact has them."""
    fiscal = report.identity.fiscal_year
    own = (line.year if line is not None else None) or fiscal
    if stated is not None and stated.base is not None:
        return of_base(stated.base, stated.year, own)
    year = (stated.year if stated is not None else None) or own
    phase = stated.phase if stated is not None else None
    return year, phase or (default_phase(report.identity) if year == fiscal else None)


def asset_rows(report: Report) -> Iterator[Row]:
    """A row for each thing that the text states, and one for each row of the asset tables."""
    number = 0
    for record in report.all(StateAssets):
        for role, line in _assets(record):
            number += 1
            yield _stated_asset(report, number, record, role, line)
        for table in record.tables:
            first = number + 1
            for row in table.rows:
                number += 1
                yield _asset(report, number, first, record, table, row)


def _assets(record: StateAssets) -> Iterator[tuple[str, Line]]:
    if record.fixed is not None:
        yield "fixed", record.fixed
    if record.vehicles is not None:
        yield "vehicles", record.vehicles
    for role, lines in (
        ("vehicle_kind", record.vehicle_kinds),
        ("equipment", record.equipment),
        ("purchase", record.purchases),
        ("other", record.others),
    ):
        for line in lines:
            yield role, line


def _stated_asset(report: Report, number: int, record: StateAssets, role: str, line: Line) -> Row:
    return {
        **_asset_row(report, number, record, record.date, line.label),
        "origin": "text",
        "asset_role": role,
        "concept": line.concept or None,
        "table_block": None,
        "grid_row": None,
        "name": line.name or None,
        "part_of": None,
        "whole": line.whole or None,
        **quantity("quantity", line.quantity),
        **amount("value", line.amount),
        "doubt": doubts(line.quantity, line.amount),
    }


def _asset(
    report: Report, number: int, first: int, record: StateAssets, table: AssetTable, row: AssetRow
) -> Row:
    return {
        **_asset_row(report, number, record, table.date or record.date, row.label),
        "origin": "table",
        "asset_role": "row",
        "concept": None,
        "table_block": table.block,
        "grid_row": row.row,
        "name": row.name or None,
        "part_of": first + row.part_of if row.part_of is not None else None,
        "whole": None,
        **quantity("quantity", row.quantity, row.unit),
        **amount("value", row.value),
        "doubt": doubts(row.quantity, row.value),
    }


def _asset_row(
    report: Report, number: int, record: StateAssets, date: Quote | None, label: Quote
) -> Row:
    return {
        "report": report.document.source.sha256,
        "asset": number,
        "section": record.section or None,
        "date": printed(date),
        "label": printed(label),
        **where(report, label.anchor),
    }
