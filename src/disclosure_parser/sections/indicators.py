"""Performance indicator tables 绩效目标表, 绩效自评表: goals, project data and indicator rows.

Two families of forms are read: those with operator, value and unit in columns of their own
(指标值: 符号 | 值 | 单位), and those with the whole target in one cell (``≥32 台、件、套``). Forms
of self-evaluation 自评 print beside each target what was reached and the score for it.
"""

from __future__ import annotations

import re

from attrs import frozen

from disclosure_parser.document import Quote, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.language.cells import split_target
from disclosure_parser.language.values import Amount, Operator, Quantity
from disclosure_parser.outline.model import TableView
from disclosure_parser.sections.model import Line
from disclosure_parser.sections.rows import (
    cell_anchor,
    cell_quantity,
    cell_quote,
    find_column,
)


@frozen(kw_only=True)
class Goal:
    """A printed goal 绩效目标 of a project; ``label`` is its name in the form (目标1).

    ``quantities`` are the figures that the text names (接待观众4万人次). Forms of self-evaluation
    have beside it what was done: ``achieved`` 实际完成情况 with its figures ``results``.
    """

    text: Quote
    label: Quote | None = None
    quantities: tuple[Line, ...] = ()
    achieved: Quote | None = None
    results: tuple[Line, ...] = ()


@frozen(kw_only=True)
class Funding:
    """A row of the project's funding 项目资金 with its printed label.

    ``amount`` is that of a form of targets. Forms of self-evaluation have columns instead:
    ``initial`` 年初预算数, ``adjusted`` 全年预算数, ``executed`` 全年执行数, ``execution_rate``
    执行率 (percent of the adjusted budget), ``weight`` 分值 and ``score`` 得分 of the rate.
    """

    label: Quote
    amount: Amount | None = None
    initial: Amount | None = None
    adjusted: Amount | None = None
    executed: Amount | None = None
    execution_rate: Quantity | None = None
    weight: Quantity | None = None
    score: Quantity | None = None


@frozen(kw_only=True)
class Planned:
    """The share of the budget to be spent until a day 资金支出计划（%）: ``label`` 3月底,
    ``share`` in percent."""

    label: Quote
    share: Quantity


@frozen(kw_only=True)
class Indicator:
    """A row of indicators.

    ``level1``, ``level2`` and ``level3`` are 一级, 二级 and 三级指标, carried down where the form
    prints them once for several rows. ``operator`` is the comparison (``None`` where none is
    printed) and ``operator_text`` its printed cell; ``value`` the target, whose state is
    ``blank`` or ``text`` where no number is printed; ``unit_text`` the printed 单位（文字描述）.
    Forms of self-evaluation print the value reached 实际完成值 (``actual``), its 得分 (``score``,
    of the ``weight``) and the reasons of a difference 偏差原因分析及改进措施 (``remark``).
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
    actual: Quantity | None = None
    score: Quantity | None = None
    remark: Quote | None = None


@frozen(kw_only=True)
class Total:
    """The last row of a form of self-evaluation: 总分 with the sums of weights and scores."""

    label: Quote
    weight: Quantity | None = None
    score: Quantity | None = None


@frozen(kw_only=True)
class IndicatorTable:
    """What a performance table holds: ``name``, ``code`` 项目编码, ``agency``, what the money is
    for (``use`` 资金用途) and when it is to be spent (``plan``) where the form prints them."""

    block: int
    name: Quote | None = None
    code: Quote | None = None
    agency: Quote | None = None
    use: Quote | None = None
    plan: tuple[Planned, ...] = ()
    goals: tuple[Goal, ...] = ()
    funding: tuple[Funding, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    total: Total | None = None


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


_TOTAL = re.compile(r"总分|总评分|自评总分|合计|总计")


def is_indicator_table(view: TableView) -> bool:
    """Whether a table has columns for levels of indicators."""
    return find_column(view, r"三级指标|二级指标") is not None


def read_indicators(
    view: TableView, grid: Grid, rows: list[int]
) -> tuple[tuple[Indicator, ...], Total | None]:
    """The indicators in the rows below the header, and the row of the total score."""
    level1 = find_column(view, r"一级指标")
    level2 = find_column(view, r"二级指标")
    level3 = find_column(view, r"三级指标|指标名称")
    description = find_column(view, r"指标描述|指标说明|指标内容|指标解释")
    operator = find_column(view, r"符号|运算符|比较|指标性质")
    value = find_column(view, r"指标值>值$|^值$|指标值$|目标值|年度指标值")
    unit = find_column(view, r"指标值>.*单位|[计度]量单位|^单位")
    basis = find_column(view, r"依据|评分标准|备注")
    weight = find_column(view, r"分值|权重")
    actual = find_column(view, r"(?:实际)?完成(?:指标)?值|实际(?:值|完成|情况)|完成情况")
    score = find_column(view, r"得分|评分$", exclude=r"标准")
    remark = find_column(view, r"原因|改进|偏差|说明$", exclude=r"指标说明")
    carried: list[Quote | None] = [None, None]
    found = []
    total: Total | None = None
    for row in rows:
        levels = [
            cell_quote(view, grid, row, level1),
            cell_quote(view, grid, row, level2),
        ]
        if levels[0] is not None and levels[0] != carried[0]:
            carried = [levels[0], None]
        carried = [new or old for new, old in zip(levels, carried, strict=True)]
        name = cell_quote(view, grid, row, level3)
        first = next((cell.column for cell in grid.row(row) if cell.text.strip()), None)
        label = cell_quote(view, grid, row, first)
        if label is not None and _TOTAL.fullmatch(fold_text(label.text)):
            total = Total(
                label=label,
                weight=cell_quantity(view, grid, row, weight),
                score=cell_quantity(view, grid, row, score),
            )
            continue
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
                actual=_whole(view, grid, row, actual),
                score=cell_quantity(view, grid, row, score),
                remark=cell_quote(view, grid, row, remark),
            )
        )
    return tuple(found), total


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
    quantity = _whole(view, grid, row, value)
    sign = split_target(quantity.text)[0] if quantity is not None else None
    return quantity, sign, cell_quote(view, grid, row, unit) if quantity is not None else None


def _whole(view: TableView, grid: Grid, row: int, column: int | None) -> Quantity | None:
    """A value with its unit in one cell (``≥32 台、件、套``); ``None`` where there is no cell."""
    anchor = cell_anchor(view, grid, row, column) if column is not None else None
    if column is None or anchor is None:
        return None
    text = grid.text(row, column)
    _, number, unit, state = split_target(text)
    return Quantity(state=state, text=text, anchor=anchor, number=number, unit=unit)
