"""What the columns of a table hold: labels, codes, running numbers or figures.

Decided by the header where it says so, else by what stands in the column: a column of words is a
label, a column of values holds figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from disclosure_parser.document import Cell, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.outline.headers import is_value
from disclosure_parser.outline.model import TableView

_SERIAL = re.compile(r"(?:序号|行次|栏次|栏目|项次|次序|顺序号?|编号|№|NO\.?)", re.IGNORECASE)
_CODE = re.compile(
    r".*(?:编码|代码|目录序号|品目编号)(?:\(.*\))?|.*科目>?(?:类|款|项)|(?:类|款|项)"
)
_OTHER = re.compile(
    r"(?:预算|会计|所属|项目)?年[度份]|.*(?:日期|时间|年限|期限)|.*(?:电话|手机|邮编|文号)"
)
#: Headers under which a bare integer is a code or a name, not a figure.
_NAMES = re.compile(r".*(?:名称|科目|项目|单位|部门|类别|分类|内容|性质|依据|备注|说明|指标|目标)")
#: Columns of words that describe a row but do not name it.
_DESCRIBES = re.compile(
    r"(?:计量|计价|数量|度量)?单位(?:\(文字描述\))?|符号|.*(?:方式|形式|型号|规格|依据|备注|说明|标准)"
    r"|(?:指标)?值|.*描述|是否.*|(?:购买)?服务内容|.*主体(?:类[别型])?|.*期限"
)
#: Targets and what was reached: figures, though words stand among them (11月底前, 有所提升).
_TARGET = re.compile(r".*(?:指标|目标|完成)值")
_YEAR = re.compile(r"20\d\d年度?(?:预算|决算|执行)?数?")
_MONEY = re.compile(r"金额|[预决]算|数$|收入|支出|经费|拨款|资金|合计|小计|总计|结余|价|值|额|余额")
_CODE_TEXT = re.compile(r"\d{3}(?:\d{2}){0,4}|0\d|[1-9]\d")


class Role(Enum):
    """What a column holds."""

    LABEL = "label"
    CODE = "code"
    #: Running numbers.
    SERIAL = "serial"
    #: Years, dates, telephone numbers.
    OTHER = "other"
    FIGURE = "figure"


def column_roles(view: TableView, grid: Grid) -> list[Role]:
    """The role of each column of a table."""
    paths = ["" for _ in range(grid.columns)]
    for column in view.columns:
        if column.index < grid.columns:
            paths[column.index] = fold_text(">".join(column.path))
    texts: list[list[str]] = [[] for _ in range(grid.columns)]
    for row in view.body_rows:
        for cell in grid.printed(row):
            covered = range(cell.column, min(cell.column + cell.column_span, grid.columns))
            # A cell over several headers (合计, a group's heading) says nothing of any of them.
            if cell.text.strip() and len({paths[position] for position in covered}) == 1:
                for position in covered:
                    texts[position].append(fold_text(cell.text))
    roles = [_role(path, values) for path, values in zip(paths, texts, strict=True)]
    for index, path in enumerate(paths):
        # A column of figures may have none (因公出国（境）费): it does not name the rows.
        blank = roles[index] is Role.LABEL and not texts[index]
        if blank and Role.FIGURE in roles[:index] and not _NAMES.fullmatch(path.rpartition(">")[2]):
            roles[index] = Role.FIGURE
    _codes_before_names(roles, paths, texts)
    return roles


def is_name_header(path: Iterable[str]) -> bool:
    """Whether the lowest header of a column names things (科目名称, 项目)."""
    leaf = next(iter(reversed(list(path))), "")
    return _NAMES.fullmatch(fold_text(leaf)) is not None


def names_rows(path: Iterable[str]) -> bool:
    """Whether a column of words may name its rows: not a unit, a sign, a remark."""
    leaf = next(iter(reversed(list(path))), "")
    return _DESCRIBES.fullmatch(fold_text(leaf)) is None


def digits_of(cell: Cell | None) -> str:
    """The code in a cell, ``""`` if it holds none."""
    text = fold_text(cell.text) if cell is not None else ""
    return text if _CODE_TEXT.fullmatch(text) else ""


def _role(path: str, texts: list[str]) -> Role:
    leaf = path.rpartition(">")[2]
    if _SERIAL.fullmatch(leaf):
        return Role.SERIAL
    if _CODE.fullmatch(leaf) or _CODE.fullmatch(path):
        return Role.CODE
    if texts and all(map(_YEAR.fullmatch, texts)):
        return Role.LABEL
    if _OTHER.fullmatch(leaf):
        return Role.OTHER
    if texts and _TARGET.fullmatch(leaf):
        return Role.FIGURE
    values = [text for text in texts if is_value(text)]
    if not texts:
        return Role.FIGURE if _MONEY.search(path) and not _NAMES.fullmatch(leaf) else Role.LABEL
    words = len(texts) - len(values)
    if words > len(values) or (words == len(values) and not _MONEY.search(leaf)):
        return Role.LABEL
    if not _MONEY.search(leaf) and _counts_up(values):
        return Role.SERIAL
    return Role.FIGURE


def _codes_before_names(roles: list[Role], paths: list[str], texts: list[list[str]]) -> None:
    """Columns of nothing but codes before a column of names hold codes, whatever the header."""
    for index in range(len(roles) - 2, -1, -1):
        if roles[index] is not Role.FIGURE or roles[index + 1] not in {Role.LABEL, Role.CODE}:
            continue
        values = [text for text in texts[index] if is_value(text)]
        leaf = paths[index].rpartition(">")[2]
        if values and all(map(_CODE_TEXT.fullmatch, values)) and not _MONEY.search(leaf):
            roles[index] = Role.CODE


def _counts_up(values: list[str]) -> bool:
    """Whether values are 1, 2, 3 … (three at least)."""
    return len(values) >= 3 and values == [str(n) for n in range(1, len(values) + 1)]
