"""State assets 国有资产: narrative figures and the table of fixed assets."""

from __future__ import annotations

import re

from attrs import frozen

from disclosure_parser.document import Quote, fold, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.language.numbering import read_mark
from disclosure_parser.language.units import unit_of
from disclosure_parser.language.values import Amount, Quantity
from disclosure_parser.outline.model import Section, TableView
from disclosure_parser.sections.base import ByKind
from disclosure_parser.sections.context import Context
from disclosure_parser.sections.model import Line, Record
from disclosure_parser.sections.rows import (
    cell_amount,
    cell_quantity,
    cell_quote,
    filled_rows,
    find_column,
)


@frozen(kw_only=True)
class AssetRow:
    """A row of the asset table 固定资产占用情况表.

    ``name`` is the label without number, 其中 and unit; ``unit`` the unit printed in the label or
    in a column of units (``平方米``); ``part_of`` the position of the row it is a part of (其中,
    indentation), ``None`` on the outermost level. Parts are contained in their row and must not be
    added to it.
    """

    label: Quote
    name: str
    row: int
    unit: str = ""
    quantity: Quantity | None = None
    value: Amount | None = None
    part_of: int | None = None


@frozen(kw_only=True)
class AssetTable:
    """An asset table with the date and the agency of its caption."""

    block: int
    date: Quote | None = None
    agency: Quote | None = None
    rows: tuple[AssetRow, ...] = ()


@frozen(kw_only=True)
class StateAssets(Record):
    """State assets 国有资产占有使用情况.

    ``date`` is the day or year-end the figures stand for (截至2024年12月31日, 2019年末).
    ``fixed`` is the value of fixed assets, ``vehicles`` the count of vehicles with its
    ``vehicle_kinds``, ``equipment`` the counts of large equipment; ``purchases`` are the vehicles
    and equipment to be bought in the budget year; all other lines are ``others``.
    """

    date: Quote | None = None
    fixed: Line | None = None
    vehicles: Line | None = None
    vehicle_kinds: tuple[Line, ...] = ()
    equipment: tuple[Line, ...] = ()
    purchases: tuple[Line, ...] = ()
    tables: tuple[AssetTable, ...] = ()
    others: tuple[Line, ...] = ()


_DATE = re.compile(r"(?:截至|截止|至)?(?:20\d\d)年(?:\d{1,2}月(?:\d{1,2}日)?|末|底|年末|度末)")
_PURCHASE = re.compile(r"购置|购买|拟购|新增|更新")
_UNIT_IN_LABEL = re.compile(r"\((?P<unit>[^()]{1,12})\)$")
_PART = re.compile(r"^其中[:,]?")


@frozen(kw_only=True)
class StateAssetsExtractor(ByKind):
    """Reads sections of kind ``state_assets``."""

    record: type[Record] = StateAssets

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record:
        lines = context.lines(sections)
        fixed = next((x for x in lines if x.concept == "assets.fixed" and x.amounts), None)
        fleet = next((x for x in lines if x.concept == "assets.vehicles" and not x.whole), None)
        rest = [line for line in lines if line is not fixed and line is not fleet]
        purchases = tuple(x for x in rest if is_purchase(x))
        rest = [line for line in rest if line not in purchases]
        kinds = tuple(x for x in rest if x.concept == "assets.vehicles" and x.whole)
        equipment = tuple(x for x in rest if x.concept == "assets.equipment")
        tables = tuple(
            table
            for section in sections
            for view in context.tables(section)
            if (table := read_table(view, context.grid(view.block))) is not None
        )
        return StateAssets(
            section=sections[0].id,
            found_by=self.found_by(sections[0]),
            date=_date(sections, context),
            fixed=fixed,
            vehicles=fleet,
            vehicle_kinds=kinds,
            equipment=equipment,
            purchases=purchases,
            tables=tables,
            others=tuple(x for x in rest if x not in kinds and x not in equipment),
        )


def is_purchase(line: Line) -> bool:
    """Whether a line is of purchases (2024年预算安排购置车辆2辆) or a part of them: a flow of the
    fiscal year, not a stock."""
    words = line.label.text + (line.counted.text if line.counted is not None else "") + line.whole
    return line.whole.endswith("_purchase") or _PURCHASE.search(fold(words).text) is not None


def _date(sections: tuple[Section, ...], context: Context) -> Quote | None:
    for section in sections:
        for text in context.texts(section):
            match = _DATE.search(text.passage.text)
            if match:
                return text.passage.quote(*match.span())
    return None


def read_table(view: TableView, grid: Grid) -> AssetTable | None:
    """The rows of an asset table, ``None`` if the table is none (no label or no value column)."""
    label = find_column(view, r"^(?:项目|资产(?:类别|名称|项目)?|类别|名称)$|^项目")
    value = find_column(view, r"价值|金额|原值|账面|净值")
    quantity = find_column(view, r"数量|面积")
    measure = find_column(view, r"^(?:计量|数量)?单位$")
    if label is None or (value is None and quantity is None):
        return None
    rows: list[AssetRow] = []
    outer: int | None = None
    outer_indent = 0
    outer_marked = within = False
    for row in filled_rows(view, grid):
        quote = cell_quote(view, grid, row, label)
        if quote is None:
            continue
        name, unit, is_part, marked = _read_label(quote.text)
        cell = grid.cell(row, label)
        indent = cell.indent if cell is not None else 0
        # 一、车辆 | 其中：机要通信用车 | 应急保障用车: the parts go on to the next number.
        goes_on = within and outer_marked and not marked
        is_part = is_part or goes_on or (outer is not None and indent > outer_indent)
        within = is_part
        if not is_part:
            outer, outer_indent, outer_marked = len(rows), indent, marked
        printed = grid.text(row, measure).strip() if measure is not None else ""
        unit = fold_text(printed) or unit
        # 资产总额 | 万元 | 812.34: a number that is money.
        money = unit_of(unit) if value is None else None
        rows.append(
            AssetRow(
                label=quote,
                name=name,
                row=row,
                unit=unit,
                quantity=None if money else cell_quantity(view, grid, row, quantity),
                value=cell_amount(view, grid, row, quantity if money else value, money),
                part_of=outer if is_part else None,
            )
        )
    return AssetTable(block=view.block, date=view.period, agency=view.agency, rows=tuple(rows))


def _read_label(text: str) -> tuple[str, str, bool, bool]:
    """Name, unit of quantity, whether the label opens a part (其中), whether it is numbered."""
    folded = fold(text).text
    part = _PART.match(folded)
    name = folded[part.end() :] if part else folded
    mark = read_mark(name)
    if mark is not None:
        name = name[mark.end :]
    inner = _PART.match(name)
    if inner:
        part, name = inner, name[inner.end() :]
    unit = _UNIT_IN_LABEL.search(name)
    if unit:
        return name[: unit.start()], unit["unit"], part is not None, mark is not None
    return name, "", part is not None, mark is not None


STATE_ASSETS = StateAssetsExtractor(name="state_assets", kinds=frozenset({"state_assets"}))
