"""Header rows of a table 表头行: which rows name the columns, and the header path of a column.

Decided by structure: a header row holds words and no values; a further level stands under cells
that span columns or reaches beside cells that span rows. Vocabulary only supports this where the
source has lost its spans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure_parser.document.folding import fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.document.model import Cell

#: A cell that only a body holds: number, code, target with its operator, dash.
_VALUE = re.compile(
    r"[\s'(（]*(?:[≥≤<>＜＞=＝△▲+\-−－¥￥]|>=|<=)*\s*[A-Z]?[0-9０-９][0-9０-９,，.．\s]*"
    r"(?:[)）%％‰]|[百千万亿]*元|[万亿])?\s*|\s*[\-—–－─/]+\s*"
    r"|\s*[≥≤<>＜＞=＝]{1,2}\s*[0-9０-９].*",
    re.DOTALL,
)
_YEAR = re.compile(r"\s*20[0-9]{2}\s*")
_BLANKS = re.compile(r"\s+")
TOTAL_WORD = re.compile(r"合计|总计|小计|共计|总合计|合计数")
_HEADER_WORD = re.compile(
    r"项目|名称|编码|代码|类|款|项|科目(?:名称|编码|代码)|金额|数量|单价|单位|备注|合计|小计|总计"
    r"|(?:年初|年末|上年|本年|调整|全年|当年)?(?:预算|决算|执行|完成|结转结?余?)数?|.{0,2}支出|收入"
    r"|符号|值|单位\(文字描述\)|比例|增减[额率]|[一二三]级指标|指标值"
)
#: Words that end the name of a column but not what stands in it.
_HEADER_END = re.compile(
    r".*(?:金额|数|合计|小计|总计|收入|支出|经费|名称|编码|代码|科目|指标|分值|备注|情况|性质|规格"
    r"|形式|类别|类型|级别|方式|来源|内容|项目|单位|依据|序号|数量|单价|目录|人员|职务|时间|地点"
    r"|预算|决算|拨款|结余|资金|比例|率|%|\(.{1,8}\))"
)
_INDICATOR = re.compile(r"[一二三]级指标")
_FORM_LABEL = re.compile(
    r"(?:项目|部门|单位)?名称|(?:项目|预算)?主管部门.*|(?:项目)?实施单位|预算单位|项目(?:资金|编码|属性"
    r"|类[型别]|负责人|概况|概述|周期|期限|立项依据)(?:\(.*\))?|(?:年度|长期|中期|实施期|总体|整体|绩效"
    r"|部门|项目|预期)*目标\d*|立项依据|联系电话|起止(?:时间|年限)|部门职[能责].*|年度主要任务"
)

Group = tuple[int, int]


def compact(text: str) -> str:
    """Printed text without its white space."""
    return _BLANKS.sub("", text)


def is_value(text: str) -> bool:
    """Whether a cell text is a number, a code, a target or a dash: what no header holds."""
    return _VALUE.fullmatch(text) is not None


def blank(row: Sequence[Cell]) -> bool:
    """Whether nothing is printed in a row."""
    return not any(cell.text and not cell.text.isspace() for cell in row)


class Headers:
    """The header of one table while its rows are taken one after the other."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self.paths: list[list[str]] = [[] for _ in range(grid.columns)]
        self.rows: list[int] = []
        #: Header rows that carry values of the body beside the words.
        self.mixed: list[int] = []
        self._parents: list[Group | None] = [None] * grid.columns
        self._pending = [""] * grid.columns
        self._reach = 0

    def read(self, start: int) -> int:
        """Take the header that begins at row ``start``; the row after it."""
        grid = self._grid
        self._take(start, grid.printed(start), first=True)
        row = start + 1
        while row < grid.rows:
            following = row
            while following < grid.rows and blank(grid.printed(following)):
                following += 1
            within = following < self._reach or following - row <= 2
            if following >= grid.rows or not within or not self._further(following):
                break
            self.rows[-1:-1] = range(row, following)
            row = following + 1
        while row < min(self._reach, grid.rows) and blank(grid.printed(row)):
            # Rows that print nothing but the header's vertical spans.
            self.rows.append(row)
            row += 1
        return row

    def _further(self, row: int) -> bool:
        """Take a row if it is a further level of the header."""
        cells = self._grid.printed(row)
        words = [c for c in cells if c.text.strip() and not is_value(c.text)]
        if not words:
            return False
        children: dict[Group, int] = {}
        for cell in words:
            parent = self._parents[cell.column]
            if parent and parent[1] - parent[0] > 1 and _last(cell) <= parent[1]:
                children[parent] = children.get(parent, 0) + 1
        split = {group for group, count in children.items() if count > 1}
        outside = [c for c in words if self._parents[c.column] not in split and not self._spans(c)]
        if any(is_value(c.text) for c in cells):
            # Words under a spanning header beside values: header and body share the row.
            values = [c for c in cells if is_value(c.text)]
            if (
                not split
                or any(self._parents[c.column] in split for c in values)
                or not all(TOTAL_WORD.fullmatch(fold_text(c.text)) for c in outside)
                or not all(_HEADER_WORD.fullmatch(fold_text(c.text)) for c in words)
            ):
                return False
            self.mixed.append(row)
            self._take(row, [c for c in cells if self._parents[c.column] in split])
            return True
        if not (
            row < self._reach
            or (split and all(_HEADER_WORD.fullmatch(fold_text(c.text)) for c in outside))
            or _all_names([fold_text(c.text) for c in words])
        ):
            return False
        self._take(row, cells)
        return True

    def _spans(self, cell: Cell) -> bool:
        """Whether a cell spans all the columns of a spanning header above it: a level between."""
        parent = self._parents[cell.column]
        return parent == (cell.column, _last(cell)) and cell.column_span > 1

    def _take(self, row: int, cells: Sequence[Cell], *, first: bool = False) -> None:
        """Add the names of a header row to the paths of its columns."""
        self.rows.append(row)
        for cell in cells:
            if not _upright(cell) and cell.row_span <= 4 and not self._labels_all(cell, cells):
                self._reach = max(self._reach, row + cell.row_span)
        for start, printed_end, end, text in self._groups(cells, first=first):
            above = {self._parents[c] for c in range(start, end)} - {None}
            if len(above) > 1 or (
                above and TOTAL_WORD.fullmatch(text) and not first and not _wide(above)
            ):
                # Wider than what stands above it, or a total below a plain column: a row label.
                continue
            for column in range(start, end):
                self._parents[column] = (start, end)
                path = self.paths[column]
                if column >= printed_end:
                    self._pending[column] = text
                    continue
                if self._pending[column]:
                    path.append(self._pending[column])
                    self._pending[column] = ""
                if not path or path[-1] != text:
                    path.append(text)

    def _labels_all(self, cell: Cell, cells: Sequence[Cell]) -> bool:
        """Whether a cell in the header's row is the label of all rows down to the table's end
        (绩效指标 | 一级指标 | …), beside names of one row."""
        ends = cell.row_span > 2 and cell.row + cell.row_span >= self._grid.rows
        return ends and any(c.row_span == 1 == c.column_span for c in cells)

    def _groups(self, cells: Sequence[Cell], *, first: bool) -> list[tuple[int, int, int, str]]:
        """Columns under one name: start, printed end, end with the blank cells after it, name.

        Equal neighbours and blank cells to the right stand for a span that the source has lost.
        """
        groups: list[tuple[int, int, int, str]] = []
        # One name in an otherwise blank row may be anything; two or more share out the columns.
        several = sum(1 for cell in cells if cell.text.strip()) > 1
        for cell in cells:
            text = compact(cell.text)
            start, end = cell.column, min(_last(cell), self._grid.columns)
            if groups:
                last = groups[-1]
                joined = last[2] == start and (
                    first or self._parents[start] == self._parents[last[0]]
                )
                if joined and text == last[3] and last[1] == last[2]:
                    groups[-1] = (last[0], end, end, text)
                    continue
                if not text and joined and several:
                    groups[-1] = (last[0], last[1], end, last[3])
                    continue
            if text:
                groups.append((start, end, end, text))
        return groups


def is_header_row(grid: Grid, row: int, *, doubtful: bool) -> bool:
    """Whether a row can begin the header.

    ``doubtful`` tables (no number anywhere, or directly below another table) need words that
    name columns: their first row may be the body of a table that went on.
    """
    cells = [c for c in grid.printed(row) if c.text.strip()]
    if not cells or is_form_row(grid, row):
        return False
    values = [c for c in cells if is_value(c.text)]
    if values and (len(values) == len(cells) or not all(_YEAR.fullmatch(c.text) for c in values)):
        return False
    if not doubtful:
        return True
    named = sum(_HEADER_END.fullmatch(fold_text(c.text)) is not None for c in cells)
    return 2 * named > len(cells)


def is_form_row(grid: Grid, row: int) -> bool:
    """Whether a row is keys with their values (项目名称 | …, 主管部门 | … | 实施单位 | …)."""
    printed = [c for c in grid.printed(row) if c.text.strip()]
    texts = [fold_text(c.text) for c in printed]
    if not texts or not _FORM_LABEL.fullmatch(texts[0]):
        return False
    if len(printed) == 2 and printed[0].row_span > 1 and printed[1].column_span > 1:
        # 单位名称 beside a group of columns: a header of several levels.
        return False
    if len(texts) == 2:
        if _HEADER_WORD.fullmatch(texts[1]):
            return False
        # The name of a project may end as a column's name does (…经费); then the next key decides.
        below = (
            next((c.text for c in grid.printed(row + 1) if c.text.strip()), "")
            if (row + 1 < grid.rows)
            else ""
        )
        return (
            len(texts[1]) > 8
            or not _HEADER_END.fullmatch(texts[1])
            or _FORM_LABEL.fullmatch(fold_text(below)) is not None
        )
    if len(texts) > 4 and all(_HEADER_END.fullmatch(t) for t in texts):
        # Names without a value between them: 单位名称 | 项目代码 | 项目名称 | 科目编码 | ….
        return False
    keys = len(texts) > 3 and printed[1].column == _last(printed[0])
    if keys and _FORM_LABEL.fullmatch(texts[1]):
        # A key is no value of the one before: 单位名称 | 项目名称 | 合计 | 本年拨款 | 上年结转.
        return not any(_HEADER_WORD.fullmatch(t) for t in texts[2:])
    return len(texts) > 2 and any(_FORM_LABEL.fullmatch(t) for t in texts[1:3])


def indicator_header(grid: Grid, start: int) -> int | None:
    """The row from ``start`` on that heads the indicators of a performance table 一级指标 | ….

    Goals and the data of the project stand above it and are no header.
    """
    for row in range(start, grid.rows):
        cells = grid.printed(row)
        if len(cells) > 2 and sum(_is_indicator(c) for c in cells) > 1:
            return row
    return None


def _is_indicator(cell: Cell) -> bool:
    # Nearly all cells hold other words: they need not be folded.
    return "指" in cell.text and _INDICATOR.match(fold_text(compact(cell.text))) is not None


def _all_names(texts: list[str]) -> bool:
    """Whether words alone name columns (决算数 | 预算数), in a source without spans."""
    return (
        len(texts) > 1
        and all(_HEADER_WORD.fullmatch(t) and not t.endswith("支出") for t in texts)
        and not all(TOTAL_WORD.fullmatch(t) for t in texts)
    )


def _last(cell: Cell) -> int:
    return cell.column + cell.column_span


def _wide(groups: set[Group | None]) -> bool:
    return any(group is not None and group[1] - group[0] > 1 for group in groups)


def _upright(cell: Cell) -> bool:
    """Whether the text runs downwards, one character a line: a label beside the rows."""
    lines = cell.text.split("\n")
    return len(lines) > 2 and all(len(line.strip()) < 2 for line in lines)
