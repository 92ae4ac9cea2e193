"""Government procurement 政府采购: stated totals and the rows of the procurement table."""

from __future__ import annotations

import re
from enum import StrEnum

from attrs import frozen

from disclosure_parser.document import Quote, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.language.values import Amount, Quantity, Unit
from disclosure_parser.outline.model import Section, TableView
from disclosure_parser.sections.base import ByKind
from disclosure_parser.sections.context import Context
from disclosure_parser.sections.merge import merge_lines
from disclosure_parser.sections.model import Line, Record
from disclosure_parser.sections.rows import (
    cell_amount,
    cell_quantity,
    cell_quote,
    filled_rows,
    find_column,
)


class RowKind(StrEnum):
    """What a row of the procurement table is."""

    ITEM = "item"
    #: X小计, or a category or project that carries the sum of the rows below it.
    SUBTOTAL = "subtotal"
    #: 合计, 总计.
    TOTAL = "total"


@frozen(kw_only=True)
class FundAmount:
    """The part of a procurement amount that one fund 资金来源 pays; ``fund`` is a concept id."""

    fund: str
    label: str
    amount: Amount


@frozen(kw_only=True)
class ProcurementRow:
    """A row of the procurement table.

    ``source_project`` 采购项目来源 with its whole budget ``project_budget`` 预算资金, which repeats
    on every row of the project and must never be summed; ``item`` 采购物品 with its catalogue
    ``code``; ``measure_unit``, ``quantity``, ``unit_price``; ``amount`` in all and ``funds`` by
    source. ``category``, ``source_project`` and ``economic_item`` that are printed only beside
    the first of several rows are those of all of them. ``label`` is the first printed cell (合计,
    X小计), ``None`` where that is a project beside an economic item, whose amount the row has.
    """

    kind: RowKind
    row: int
    label: Quote | None = None
    source_project: Quote | None = None
    project_budget: Amount | None = None
    category: Quote | None = None
    economic_item: Quote | None = None
    item: Quote | None = None
    code: Quote | None = None
    method: Quote | None = None
    measure_unit: Quote | None = None
    quantity: Quantity | None = None
    unit_price: Amount | None = None
    amount: Amount | None = None
    funds: tuple[FundAmount, ...] = ()


@frozen(kw_only=True)
class ProcurementTable:
    """A procurement table with the unit and the agency code of its caption."""

    block: int
    unit: Unit | None = None
    agency: Quote | None = None
    agency_code: str | None = None
    rows: tuple[ProcurementRow, ...] = ()


@frozen(kw_only=True)
class Procurement(Record):
    """Government procurement 政府采购预算（支出）.

    ``total`` is the stated total, ``goods`` 货物, ``works`` 工程 and ``services`` 服务 its parts,
    ``small_business`` what is reserved for or won by 中小企业 and 小微企业.
    """

    total: Line | None = None
    goods: Line | None = None
    works: Line | None = None
    services: Line | None = None
    small_business: tuple[Line, ...] = ()
    tables: tuple[ProcurementTable, ...] = ()
    others: tuple[Line, ...] = ()


_TOTAL = re.compile(r"合计|总计|总合计")
_PARTS = {
    "procurement.total": "total",
    "procurement.goods": "goods",
    "procurement.works": "works",
    "procurement.services": "services",
}
_FUNDS = (
    ("revenue.government_fund", re.compile("基金")),
    ("revenue.state_capital", re.compile("国有资本")),
    ("revenue.general_budget", re.compile("一般公共预算|公共财政|财政拨款")),
    ("revenue.special_account", re.compile("专户")),
    ("revenue.business", re.compile("事业收入")),
    ("revenue.carryover", re.compile("结转|结余")),
    ("revenue.other", re.compile("其他")),
)


@frozen(kw_only=True)
class ProcurementExtractor(ByKind):
    """Reads sections of kind ``procurement`` and ``purchased_services``."""

    record: type[Record] = Procurement

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record:
        fields: dict[str, Line] = {}
        small: list[Line] = []
        others: list[Line] = []
        for line in merge_lines(context.lines(sections)):
            name = None if line.within else _PARTS.get(line.concept)
            if name is not None and name not in fields:
                fields[name] = line
            elif line.concept == "procurement.small_business":
                small.append(line)
            else:
                others.append(line)
        tables = tuple(
            table
            for section in sections
            for view in context.tables(section)
            if (table := read_table(view, context.grid(view.block))) is not None
        )
        return Procurement(
            section=sections[0].id,
            found_by=self.found_by(sections[0]),
            small_business=tuple(small),
            tables=tables,
            others=tuple(others),
            **fields,
        )


def read_table(view: TableView, grid: Grid) -> ProcurementTable | None:
    """The rows of a procurement table, ``None`` if the table is none.

    A procurement table has a column for what is bought and one for the amount.
    """
    item = find_column(
        view, r"(?:采购)?(?:物品|品目|内容|项目)(?:名称)?$|货物.*名称", exclude="来源|大类|编码"
    )
    amount = find_column(
        view,
        r"(?:金额|资金).*>(?:合计|小计)$|采购(?:预算)?金额$|^(?:合计|总计|总价|金额|预算金额)$",
    )
    if item is None or amount is None:
        return None
    columns = {
        "source_project": find_column(view, r"来源.*名称$|^(?:专项|项目)名称$|预算项目"),
        "category": find_column(view, r"大类|采购类别|采购品目类"),
        "economic_item": find_column(view, r"经济(?:分类)?科目"),
        "code": find_column(view, r"目录(?:序号|编码|代码)|品目(?:编码|代码)|编码$"),
        "method": find_column(view, r"组织形式|采购方式"),
        "measure_unit": find_column(view, r"计量单位|^单位$"),
    }
    budget = find_column(view, r"预算资金$")
    quantity = find_column(view, r"数量")
    price = find_column(view, r"单价")
    levels = sorted(
        (column, name)
        for name in ("category", "source_project", "economic_item")
        if (column := columns[name]) is not None and column < item
    )
    order = [name for _, name in levels]
    held: dict[str, Quote] = {}
    rows = []
    for row in filled_rows(view, grid):
        quotes = {name: cell_quote(view, grid, row, column) for name, column in columns.items()}
        label = _first_cell(view, grid, row)
        what = cell_quote(view, grid, row, item)
        kind = _row_kind(label, what)
        if kind is not RowKind.ITEM and label is not None and _is_sum(label):
            # 合计 and X小计 stand in the first cell, whatever the column is for.
            quotes = {n: None if q == label else q for n, q in quotes.items()}
            what = None if what == label else what
            held = {}
        else:
            held = _held(order, held, quotes, beside_thing=what is not None)
            quotes |= held
            innermost = next(reversed(held.values()), None)
            if what is None and label == held.get("source_project") and label != innermost:
                label = None
        rows.append(
            ProcurementRow(
                kind=kind,
                row=row,
                label=label,
                project_budget=cell_amount(view, grid, row, budget),
                item=what,
                quantity=cell_quantity(view, grid, row, quantity),
                unit_price=cell_amount(view, grid, row, price),
                amount=cell_amount(view, grid, row, amount),
                funds=_funds(view, grid, row, amount),
                **quotes,
            )
        )
    return ProcurementTable(
        block=view.block,
        unit=view.unit,
        agency=view.agency,
        agency_code=view.agency_code,
        rows=tuple(rows),
    )


def _held(
    order: list[str],
    held: dict[str, Quote],
    quotes: dict[str, Quote | None],
    *,
    beside_thing: bool,
) -> dict[str, Quote]:
    """The levels that a row belongs to: those it prints, and those above them that go on.

    ``order`` are the levels, outermost first, ``held`` those of the row before.
    """
    printed = {name: quote for name in order if (quote := quotes[name]) is not None}
    if not printed:
        return held if beside_thing else {}
    outermost = min(map(order.index, printed))
    return {name: held[name] for name in order[:outermost] if name in held} | printed


def _is_sum(label: Quote) -> bool:
    text = fold_text(label.text)
    return text.endswith("小计") or _TOTAL.match(text) is not None


def _first_cell(view: TableView, grid: Grid, row: int) -> Quote | None:
    for column in range(len(view.columns)):
        quote = cell_quote(view, grid, row, column)
        if quote is not None:
            return quote
    return None


def _row_kind(label: Quote | None, item: Quote | None) -> RowKind:
    text = fold_text(label.text) if label is not None else ""
    if _TOTAL.match(text):
        return RowKind.TOTAL
    if text.endswith("小计") or item is None:
        return RowKind.SUBTOTAL
    return RowKind.ITEM


def _funds(view: TableView, grid: Grid, row: int, amount: int) -> tuple[FundAmount, ...]:
    funds = []
    for column in view.columns:
        if column.index <= amount or not column.path:
            continue
        name = fold_text(column.path[-1])
        for fund, pattern in _FUNDS:
            if pattern.search(name):
                value = cell_amount(view, grid, row, column.index)
                if value is not None:
                    funds.append(FundAmount(fund=fund, label=column.path[-1], amount=value))
                break
    return tuple(funds)


PROCUREMENT = ProcurementExtractor(
    name="procurement",
    kinds=frozenset({"procurement", "purchased_services"}),
    absorbs=frozenset({"purchased_services"}),
)
