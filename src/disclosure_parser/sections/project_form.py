"""The form of a project 项目绩效目标表, 项目支出绩效自评表: what stands above its indicators.

Keys and values stand side by side (项目名称 | … | 实施单位 | …); the funding 项目资金 is a list of
labels and amounts, in forms of self-evaluation a table of its own within the form; goals stand
below 年度总体目标, in forms of self-evaluation with what was achieved beside them. Some forms say
what the money is for 资金用途 and, month by month, how much of it is to be spent 资金支出计划.
"""

from __future__ import annotations

import re
from itertools import pairwise

from attrs import evolve

from disclosure_parser.document import Anchor, Cell, Quote, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.language.cells import read_amount
from disclosure_parser.language.units import find_unit_declaration
from disclosure_parser.language.values import Amount, Quantity, Unit, UnitOrigin, ValueState
from disclosure_parser.outline.model import TableView
from disclosure_parser.sections.indicators import (
    Funding,
    Goal,
    IndicatorTable,
    Planned,
    read_indicators,
)
from disclosure_parser.sections.rows import cell_anchor, cell_quantity, cell_quote, filled_rows

_GOAL = re.compile(
    r"^(?:年度|总体|长期|中长期|绩效|整体|项目|年初|预期|设定|年|度)*目标(?:\d*|及?完成情况)$"
)
_GOAL_LABEL = re.compile(r"^目标\d+$")
_EXPECTED = re.compile(r"(?:年初|年度|预期|设定|绩效|总体)*目标")
_ACHIEVED = re.compile(r"(?:目标|全年|年度)?(?:实际)?(?:完成|实现)情况")
_FUNDING = re.compile(
    r"资金总额|财政拨款|财政资金|上年结转|其他资金|预算资金|本级|自筹|结余|专户|^预算数$"
)
_USE = re.compile(r"资金用途")
_PLAN = re.compile(r"(?:资金)?(?:支出|使用)计划")
_UNTIL = re.compile(r"(?:截?至)?\d{1,2}月(?:底|末|份)?|第?[一二三四1-4]季度(?:末)?")
#: The columns of funding in a form of self-evaluation, the more telling first.
_COLUMNS = {
    "execution_rate": re.compile(r"执行率|完成率"),
    "executed": re.compile(r"执行数|执行金额|实际支出|支出数|决算数"),
    "adjusted": re.compile(r"(?:全年|调整后?)预算"),
    "initial": re.compile(r"(?:年初)?预算(?:数|金额|安排)"),
    "weight": re.compile(r"分值|权重"),
    "score": re.compile(r"得分"),
}
_LABELLED = re.compile(
    r"\s*(?P<label>(?:其中\s*[:：]\s*)?[^\d:：]{2,20}?)\s*[:：]?\s*(?P<amount>-?\d[\d,]*(?:\.\d+)?(?:万?元)?)\s*"
)
_LEAST_COLUMNS = 2
_LONGEST_COLUMN = 14


def read_table(view: TableView, grid: Grid) -> IndicatorTable:
    """The goals, funding and indicators of a performance table."""
    rows = list(filled_rows(view, grid))
    first_header = min(view.header_rows, default=-1)
    indicators, total = read_indicators(view, grid, [row for row in rows if row > first_header])
    form = _Form(view, grid)
    for row in rows:
        if row < first_header:
            form.take(row)
    return IndicatorTable(
        block=view.block,
        name=form.name,
        code=form.code,
        agency=form.agency,
        use=form.use,
        plan=tuple(form.plan),
        goals=tuple(form.goals),
        funding=tuple(form.funding),
        indicators=indicators,
        total=total,
    )


class _Form:
    """Reads the rows above the indicators."""

    def __init__(self, view: TableView, grid: Grid) -> None:
        self.view = view
        self.grid = grid
        self.name: Quote | None = None
        self.code: Quote | None = None
        self.agency: Quote | None = None
        self.use: Quote | None = None
        self.plan: list[Planned] = []
        self.goals: list[Goal] = []
        self.funding: list[Funding] = []
        self._unit: Unit | None = None
        self._in_goals = False
        #: Where goals and what was achieved stand, if the form has a column for each.
        self._sides: tuple[int, int] | None = None
        self._columns: dict[str, int] = {}
        #: The days of the plan of spending, by the columns that they stand in.
        self._until: dict[int, Quote] = {}
        self._percent = False
        self._in_plan = False
        self._in_use = False

    def take(self, row: int) -> None:
        """Take what one row prints."""
        cells = [cell for cell in self.grid.row(row) if cell.text.strip()]
        # A label in a narrow column is broken over lines.
        labels = ["".join(fold_text(cell.text).split()) for cell in cells]
        if not cells:
            return
        self._keys(row, cells, labels)
        self._in_goals = bool(_GOAL.match(labels[0])) or (
            self._in_goals
            and (
                bool(_GOAL_LABEL.match(labels[0]))
                # The label beside the goals may be printed once for both rows.
                or (self._sides is not None and cells[0].column >= self._sides[0])
            )
        )
        if self._in_goals:
            self._goal(row, cells)
            return
        # The label of two rows may be one cell, or be printed beside the first of them only.
        self._in_plan = bool(_PLAN.match(labels[0])) or (self._in_plan and not self.plan)
        if self._in_plan:
            self._percent = self._percent or "%" in labels[0]
            self._planned(row, cells)
            return
        about_use = bool(_USE.search(labels[0]))
        told = len(cells) == _LEAST_COLUMNS if about_use else self._in_use and len(cells) == 1
        self._in_use = about_use
        if told:
            self.use = self._quote(row, cells[-1])
            return
        for label in labels:
            # 项目资金（万元）stands beside the first of the block's rows.
            declared = find_unit_declaration(label)
            self._unit = declared[0] if declared is not None else self._unit
        columns = {
            name: cell.column
            for cell, label in zip(reversed(cells), reversed(labels), strict=True)
            if (name := _column_of(label))
        }
        if len(columns) >= _LEAST_COLUMNS:
            self._columns = columns
        elif self._columns:
            self._executed(row, cells)
        else:
            self._pairs(row, cells)

    def _keys(self, row: int, cells: list[Cell], labels: list[str]) -> None:
        """项目名称, 项目编码 and the agency, from the cells beside their labels."""
        for position, label in enumerate(labels[:-1]):
            if label == "项目名称":
                self.name = self._quote(row, cells[position + 1])
            elif label in {"项目编码", "项目代码"}:
                self.code = self._quote(row, cells[position + 1])
        for words in (r"(?:实施|项目)单位", r"主管部门"):
            # The unit that carries the project out, not the department over it.
            for position, label in enumerate(labels[:-1]):
                if re.search(words, label) and self.agency is None:
                    column = cells[position + 1].column
                    self.agency = cell_quote(self.view, self.grid, row, column)

    def _planned(self, row: int, cells: list[Cell]) -> None:
        """资金支出计划（%） | 3月底 | 6月底, and below them the shares."""
        for cell in cells:
            quote = self._quote(row, cell)
            if quote is not None and _UNTIL.fullmatch(fold_text(cell.text)):
                self._until[cell.column] = quote
                continue
            until = self._until.get(cell.column)
            share = cell_quantity(self.view, self.grid, row, cell.column)
            if until is None or share is None or share.state is not ValueState.NUMBER:
                continue
            share = evolve(share, unit="%") if self._percent and not share.unit else share
            self.plan.append(Planned(label=until, share=share))

    def _goal(self, row: int, cells: list[Cell]) -> None:
        expected = [cell.column for cell in cells if _EXPECTED.fullmatch(fold_text(cell.text))]
        achieved = [cell.column for cell in cells if _ACHIEVED.fullmatch(fold_text(cell.text))]
        if expected and achieved and expected[-1] < achieved[-1]:
            self._sides = expected[-1], achieved[-1]
            return
        at, beside = self._sides if self._sides is not None else (cells[-1].column, None)
        text = cell_quote(self.view, self.grid, row, at)
        if text is None or _GOAL.match(fold_text(text.text)):
            return
        label = next((c for c in cells[:-1] if _GOAL_LABEL.match(fold_text(c.text))), None)
        goal = Goal(
            text=text,
            label=self._quote(row, label) if label is not None else None,
            achieved=cell_quote(self.view, self.grid, row, beside),
        )
        self.goals.append(goal)

    def _executed(self, row: int, cells: list[Cell]) -> None:
        """A row of funding below a header of its own: budget, execution, rate, score."""
        first = min(self._columns.values())
        named = [cell for cell in cells if cell.column < first]
        quote = self._quote(row, named[-1]) if named else None
        initial, adjusted, executed = (
            self._amount(row, name) for name in ("initial", "adjusted", "executed")
        )
        amounts = [amount for amount in (initial, adjusted, executed) if amount is not None]
        if quote is None or any(amount.state is ValueState.TEXT for amount in amounts):
            return
        self.funding.append(
            Funding(
                label=quote,
                initial=initial,
                adjusted=adjusted,
                executed=executed,
                execution_rate=self._quantity(row, "execution_rate"),
                weight=self._quantity(row, "weight"),
                score=self._quantity(row, "score"),
            )
        )

    def _amount(self, row: int, name: str) -> Amount | None:
        column = self._columns.get(name)
        anchor = None if column is None else cell_anchor(self.view, self.grid, row, column)
        if column is None or anchor is None:
            return None
        return read_amount(self.grid.text(row, column), anchor, *self._money())

    def _quantity(self, row: int, name: str) -> Quantity | None:
        return cell_quantity(self.view, self.grid, row, self._columns.get(name))

    def _pairs(self, row: int, cells: list[Cell]) -> None:
        """Label and amount side by side (年度资金总额： | 1,960.35), or in one cell."""
        for cell in cells:
            self._in_one_cell(cell)
        for label, value in pairwise(cells):
            if not _FUNDING.search(fold_text(label.text)) or len(value.text) > 24:
                continue
            if _LABELLED.fullmatch(label.text) or _LABELLED.fullmatch(value.text):
                continue
            anchor = cell_anchor(self.view, self.grid, row, value.column)
            quote = self._quote(row, label)
            if anchor is not None and quote is not None:
                amount = read_amount(value.text, anchor, *self._money())
                self.funding.append(Funding(label=quote, amount=amount))

    def _in_one_cell(self, cell: Cell) -> None:
        """``其他资金：36.50``"""
        found = _LABELLED.fullmatch(cell.text)
        if found is None or not _FUNDING.search(fold_text(found["label"])):
            return

        def anchor(part: str) -> Anchor:
            start, end = found.span(part)
            block, row, column = self.view.block, cell.row, cell.column
            return Anchor(block=block, start=start, end=end, row=row, column=column)

        label = Quote(text=found["label"], anchor=anchor("label"))
        amount = read_amount(found["amount"], anchor("amount"), *self._money())
        self.funding.append(Funding(label=label, amount=amount))

    def _money(self) -> tuple[Unit | None, UnitOrigin | None]:
        if self._unit is not None:
            return self._unit, UnitOrigin.LABEL
        unit = self.view.unit
        return unit, UnitOrigin.CAPTION if unit is not None else None

    def _quote(self, row: int, cell: Cell) -> Quote | None:
        return cell_quote(self.view, self.grid, row, cell.column)


def _column_of(label: str) -> str | None:
    """The column of funding that a header's label names, ``None`` if none."""
    if len(label) > _LONGEST_COLUMN:
        return None
    return next((name for name, words in _COLUMNS.items() if words.search(label)), None)
