"""Performance indicator tables 绩效目标表: goals, project data and indicator rows.

Two families of forms are read: those with operator, value and unit in columns of their own
(指标值: 符号 | 值 | 单位), and those with the whole target in one cell (``≥32 台、件、套``).
"""

from __future__ import annotations

import re
from itertools import pairwise

from attrs import frozen

from disclosure_parser.document import Quote, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.language.cells import read_amount, split_target
from disclosure_parser.language.values import Amount, Operator, Quantity, Unit, UnitOrigin
from disclosure_parser.outline.model import TableView
from disclosure_parser.sections.model import Line
from disclosure_parser.sections.rows import (
    cell_anchor,
    cell_quantity,
    cell_quote,
    filled_rows,
    find_column,
)


@frozen(kw_only=True)
class Goal:
    """A printed goal 绩效目标 of a project; ``label`` is its name in the form (目标1).

    ``quantities`` are the figures that the text names (接待观众4万人次).
    """

    text: Quote
    label: Quote | None = None
    quantities: tuple[Line, ...] = ()


@frozen(kw_only=True)
class Funding:
    """An amount of the project's funding 项目资金 with its printed label."""

    label: Quote
    amount: Amount


@frozen(kw_only=True)
class Indicator:
    """A row of indicators.

    ``level1``, ``level2`` and ``level3`` are 一级, 二级 and 三级指标, carried down where the form
    prints them once for several rows. ``operator`` is the comparison (``None`` where none is
    printed) and ``operator_text`` its printed cell; ``value`` the target, whose state is
    ``blank`` or ``text`` where no number is printed; ``unit_text`` the printed 单位（文字描述）.
    """

    row: int
    level1: Quote | None = None
    level2: Quote | None = None
    level3: Quote | None = None
    description: Quote | None = None
    operator: Operator | None = None
    operator_text: Quote | None = None
    value: Quantity | None = None
    unit_text: Quote | None = None
    basis: Quote | None = None
    weight: Quantity | None = None


@frozen(kw_only=True)
class IndicatorTable:
    """What a performance table holds; ``name`` and ``agency`` where the form prints them."""

    block: int
    name: Quote | None = None
    agency: Quote | None = None
    goals: tuple[Goal, ...] = ()
    funding: tuple[Funding, ...] = ()
    indicators: tuple[Indicator, ...] = ()


_GOAL = re.compile(r"^(?:年度|总体|长期|中长期|绩效|整体|项目|年|度)*目标\d*$")
_GOAL_LABEL = re.compile(r"^目标\d+$")
_FUNDING = re.compile(r"资金总额|财政拨款|上年结转|其他资金|预算资金|本级|自筹|结余|专户")
_OPERATORS = {
    ">=": Operator.GE,
    "≥": Operator.GE,
    "大于等于": Operator.GE,
    ">": Operator.GT,
    "大于": Operator.GT,
    "<=": Operator.LE,
    "≤": Operator.LE,
    "小于等于": Operator.LE,
    "<": Operator.LT,
    "小于": Operator.LT,
    "=": Operator.EQ,
    "等于": Operator.EQ,
    "不低于": Operator.GE,
    "不少于": Operator.GE,
    "不小于": Operator.GE,
    "不高于": Operator.LE,
    "不超过": Operator.LE,
    "不多于": Operator.LE,
    "不大于": Operator.LE,
    "文字描述": Operator.TEXT,
    "定性": Operator.TEXT,
    "描述": Operator.TEXT,
}


def is_indicator_table(view: TableView) -> bool:
    """Whether a table has columns for levels of indicators."""
    return find_column(view, r"三级指标|二级指标") is not None


def read_table(view: TableView, grid: Grid) -> IndicatorTable:
    """The goals, funding and indicators of a performance table."""
    rows = list(filled_rows(view, grid))
    first_header = min(view.header_rows, default=-1)
    above = [row for row in rows if row < first_header]
    indicators = _indicators(view, grid, [row for row in rows if row > first_header])
    goals: list[Goal] = []
    funding: list[Funding] = []
    name = agency = None
    goal_open = False
    unit: Unit | None = None
    for row in above:
        cells = [cell for cell in grid.row(row) if cell.text.strip()]
        labels = [fold_text(cell.text) for cell in cells]
        if not cells:
            continue
        if "项目名称" in labels and labels.index("项目名称") + 1 < len(cells):
            name = cell_quote(view, grid, row, cells[labels.index("项目名称") + 1].column)
        for words in (r"(?:实施|项目)单位", r"主管部门"):
            # The unit that carries the project out, not the department over it.
            for position, label in enumerate(labels[:-1]):
                if re.search(words, label) and agency is None:
                    agency = cell_quote(view, grid, row, cells[position + 1].column)
        goal_open = bool(_GOAL.match(labels[0])) or (
            goal_open and bool(_GOAL_LABEL.match(labels[0]))
        )
        if goal_open:
            goals.extend(_goal(view, grid, row))
            continue
        if any("万元" in cell.text for cell in cells):
            # 项目资金（万元）stands beside the first of the block's rows.
            unit = Unit.TEN_THOUSAND
        funding.extend(_funding(view, grid, row, unit))
    return IndicatorTable(
        block=view.block,
        name=name,
        agency=agency,
        goals=tuple(goals),
        funding=tuple(funding),
        indicators=indicators,
    )


def _goal(view: TableView, grid: Grid, row: int) -> list[Goal]:
    cells = [cell for cell in grid.row(row) if cell.text.strip()]
    text = cell_quote(view, grid, row, cells[-1].column)
    if text is None or _GOAL.match(fold_text(text.text)):
        return []
    label = next((c for c in cells[:-1] if _GOAL_LABEL.match(fold_text(c.text))), None)
    quote = cell_quote(view, grid, row, label.column) if label is not None else None
    return [Goal(text=text, label=quote)]


def _funding(view: TableView, grid: Grid, row: int, unit: Unit | None) -> list[Funding]:
    """Label and amount pairs of a row (年度资金总额： | 1,960.35)."""
    cells = [cell for cell in grid.row(row) if cell.text.strip()]
    found = []
    for label, value in pairwise(cells):
        if not _FUNDING.search(fold_text(label.text)) or len(value.text) > 24:
            continue
        anchor = cell_anchor(view, grid, row, value.column)
        quote = cell_quote(view, grid, row, label.column)
        if anchor is None or quote is None:
            continue
        origin = UnitOrigin.LABEL if unit is not None else None
        known = unit if unit is not None else view.unit
        if origin is None and known is not None:
            origin = UnitOrigin.CAPTION
        found.append(Funding(label=quote, amount=read_amount(value.text, anchor, known, origin)))
    return found


def _indicators(view: TableView, grid: Grid, rows: list[int]) -> tuple[Indicator, ...]:
    level1 = find_column(view, r"一级指标")
    level2 = find_column(view, r"二级指标")
    level3 = find_column(view, r"三级指标|指标名称")
    description = find_column(view, r"指标描述|指标说明|指标内容|指标解释")
    operator = find_column(view, r"符号|运算符|比较")
    value = find_column(view, r"指标值>值$|^值$|指标值$|目标值|年度指标值")
    unit = find_column(view, r"指标值>.*单位|计量单位|^单位")
    basis = find_column(view, r"依据|评分标准|备注")
    weight = find_column(view, r"分值|权重")
    carried: list[Quote | None] = [None, None]
    found = []
    for row in rows:
        levels = [
            cell_quote(view, grid, row, level1),
            cell_quote(view, grid, row, level2),
        ]
        if levels[0] is not None and levels[0] != carried[0]:
            carried = [levels[0], None]
        carried = [new or old for new, old in zip(levels, carried, strict=True)]
        name = cell_quote(view, grid, row, level3)
        if name is None and cell_quote(view, grid, row, value) is None:
            continue
        operator_text = cell_quote(view, grid, row, operator)
        target, sign, unit_text = _target(view, grid, row, value, unit, operator is not None)
        if operator_text is not None:
            sign = _OPERATORS.get(fold_text(operator_text.text))
        found.append(
            Indicator(
                row=row,
                level1=carried[0],
                level2=carried[1],
                level3=name,
                description=cell_quote(view, grid, row, description),
                operator=sign,
                operator_text=operator_text,
                value=target,
                unit_text=unit_text,
                basis=cell_quote(view, grid, row, basis),
                weight=cell_quantity(view, grid, row, weight),
            )
        )
    return tuple(found)


def _target(
    view: TableView, grid: Grid, row: int, value: int | None, unit: int | None, separate: bool
) -> tuple[Quantity | None, Operator | None, Quote | None]:
    """The target of an indicator: its value, its operator and its unit text."""
    if separate or value is None:
        return (
            cell_quantity(view, grid, row, value),
            None,
            cell_quote(view, grid, row, unit),
        )
    anchor = cell_anchor(view, grid, row, value)
    if anchor is None:
        return None, None, None
    text = grid.text(row, value)
    sign, number, unit_text, state = split_target(text)
    quantity = Quantity(state=state, text=text, anchor=anchor, number=number, unit=unit_text)
    return quantity, sign, cell_quote(view, grid, row, unit)
