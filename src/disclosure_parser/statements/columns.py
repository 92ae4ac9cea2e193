"""Columns of a statement: what stands in them, what they mean, which lists stand side by side.

Told by header words (``catalogue/statements.toml``) and, where the header is silent, by what the
cells hold; never by position.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve, frozen

from disclosure_parser.catalogue.codes import Domain
from disclosure_parser.catalogue.statements import StatementKind
from disclosure_parser.document import fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.language.phrases import LAST_YEAR
from disclosure_parser.language.values import Phase
from disclosure_parser.outline.headers import is_value
from disclosure_parser.outline.model import TableView
from disclosure_parser.statements.meanings import CONTAINER, column_meaning
from disclosure_parser.statements.model import ColumnRole, Flow, Lane, StatementColumn

#: Lists side by side in one table; printed are up to four.
_MOST_LANES = 12
#: Characters of a header level that are looked at.
_LONGEST_NAME = 120
_SERIAL = re.compile(r"序号|行次|栏次|项次|序列号|编号")
_CODE = re.compile(
    r"(?:.*(?:编码|代码)|.*目录(?:序号|编号)|科目编号)(?:\(.*\))?|类|款|项|类款项|科目(?:类|款|项)"
)
_NIL = re.compile(r"\(?无.{0,3}\)?|空|空表|不涉及|N/A|[Xx×*…]+")
#: Local codes of agencies and projects, which no list holds.
_UNIT_CODE = re.compile(
    r"(?!.*(?:科目|分类|品目)).*(?:单位|部门|项目|区划|机构).{0,4}(?:编码|代码)|.*指导性目录.*"
)
_NAME = re.compile(
    r"(?:.*(?:名称|科目|项目|用途|事项|内容|地区)|单位|部门|指标|(?:支出)?(?:功能|经济)分类|资金来源)"
    r"(?:\(.*\))?"
)
_TEXT = re.compile(
    r"备注|.*说明|.*(?:形式|方式|性质|规格|依据|类型|类别|大类|属性|负责人|周期|年限|等级|来源|目标)"
    r"|计量单位|.*(?:主管部门|主管单位|实施单位).*"
)
#: Header words of the things that a list is about, the first that it prints decides.
_THINGS = tuple(
    map(
        re.compile,
        (
            r"物品|品目名称|标的|货物",
            r"服务(?:项目|名称|内容)|资产名称",
            r"品目|采购项目",
            r"项目名称",
        ),
    )
)
_QUANTITY = re.compile(
    r".*(?:数量|人数|面积|辆数|台数|个数|编制数?)(?:\(.*\))?|.*(?:%|百分比|比例|比重|占比|率|幅度|幅)(?:\(.*\))?"
)
_FUND_WORDS = re.compile(
    r"(?:一般公共|公共财政|政府性基金|国有资本经营|社会保险基金|部门|基金)预算"
)
_YEAR = re.compile(r"(20\d\d)年?")


@frozen(kw_only=True)
class Layout:
    """The columns of a table in lanes."""

    columns: tuple[StatementColumn, ...]
    lanes: tuple[Lane, ...]


def lay_out(
    view: TableView,
    grid: Grid,
    kind: StatementKind | None,
    fiscal_year: int | None,
    flow: Flow | None = None,
) -> Layout:
    """The columns and lanes of a table of a kind (``None`` for an unknown one).

    ``flow`` is the side of the budget that the table's title says.
    """
    paths = [
        tuple(fold_text(level)[:_LONGEST_NAME] for level in column.path) for column in view.columns
    ]
    paths += [()] * (grid.columns - len(paths))
    groups = _groups(paths, view, grid)
    lane = 0
    valued = named = coded = False
    columns: list[StatementColumn] = []
    roles = [_role(paths[first], view, grid, range(first, last), kind) for first, last in groups]
    if kind is not None and kind.family == "items":
        roles = _names_of_items(roles, [paths[first] for first, _ in groups])
    for (first, last), role in zip(groups, roles, strict=True):
        path = paths[first]
        heads = role in {ColumnRole.CODE, ColumnRole.NAME, ColumnRole.SERIAL}
        if heads and valued and kind is not None and kind.lanes and lane + 1 < _MOST_LANES:
            lane += 1
            valued = named = coded = False
        if (role is ColumnRole.NAME and named) or (
            # A second classification beside the first: 政府预算 and 部门预算支出经济分类.
            role is ColumnRole.CODE and named and coded
        ):
            role = ColumnRole.TEXT
        coded = coded or role is ColumnRole.CODE
        named = named or role is ColumnRole.NAME
        valued = valued or role in {ColumnRole.AMOUNT, ColumnRole.QUANTITY}
        meaning, subset = "", False
        if role in {ColumnRole.AMOUNT, ColumnRole.QUANTITY}:
            meaning, subset = column_meaning(path)
            if meaning in {"change", "share"} and re.search(r"[%率幅]|占|比重", "".join(path)):
                role = ColumnRole.QUANTITY
        if role is ColumnRole.AMOUNT and view.counted is not None and view.unit is None:
            role = ColumnRole.QUANTITY
        phase, year = (None, None)
        if meaning not in {"change", "share"} and role in {ColumnRole.AMOUNT, ColumnRole.QUANTITY}:
            phase, year = _phase(path, fiscal_year)
            phase = phase if role is ColumnRole.AMOUNT else None
        columns.append(
            StatementColumn(
                index=first,
                lane=lane,
                role=role,
                path=view.columns[first].path if first < len(view.columns) else (),
                meaning=meaning,
                phase=phase,
                year=year,
                unit=view.columns[first].unit if first < len(view.columns) else None,
                subset=subset,
                span=last - first,
            )
        )
    lanes = _lanes(columns, lane + 1, kind, flow)
    if len(lanes) > 1 and not any(each.flow for each in lanes):
        lanes = tuple(_flow_of_names(each, columns, view, grid) for each in lanes)
    return Layout(columns=_settled(columns, lanes, kind), lanes=lanes)


def _names_of_items(roles: list[ColumnRole], paths: Sequence[tuple[str, ...]]) -> list[ColumnRole]:
    """In a list of things, the thing is the name; its project and its unit are words beside it."""
    for words in _THINGS:
        things = [
            role is ColumnRole.NAME and bool(path and words.search(path[-1]))
            for role, path in zip(roles, paths, strict=True)
        ]
        if any(things):
            return [
                ColumnRole.TEXT if role is ColumnRole.NAME and not thing else role
                for role, thing in zip(roles, things, strict=True)
            ]
    return roles


def _groups(paths: list[tuple[str, ...]], view: TableView, grid: Grid) -> list[tuple[int, int]]:
    """Runs of neighbouring columns under one header: a span whose parts the header does not name.

    Columns that print values side by side in a row stay apart, except codes and names.
    """
    groups: list[tuple[int, int]] = []
    for index in range(grid.columns):
        path = paths[index]
        if groups:
            first = groups[-1][0]
            same = path and path == paths[first]
            above = paths[first][-1] if paths[first] else ""
            heads = bool(_CODE.fullmatch(above) or _NAME.fullmatch(above))
            if same and (heads or not _side_by_side(view, grid, first, index)):
                groups[-1] = (first, index + 1)
                continue
            if not path and heads and not _values(view, grid, index):
                # Stepped names under one header cell that lost its span.
                groups[-1] = (first, index + 1)
                continue
        groups.append((index, index + 1))
    return groups


def _values(view: TableView, grid: Grid, column: int) -> bool:
    """Whether a column prints values of its own."""
    return any(
        cell.column == column and is_value(cell.text)
        for row in view.body_rows
        if (cell := grid.cell(row, column)) is not None and cell.text.strip()
    )


def _side_by_side(view: TableView, grid: Grid, first: int, index: int) -> bool:
    for row in view.body_rows:
        cell = grid.cell(row, index)
        if cell is None or not cell.text.strip() or cell.column != index:
            continue
        if any(grid.text(row, other).strip() for other in range(first, index)):
            return True
    return False


def _role(
    path: tuple[str, ...],
    view: TableView,
    grid: Grid,
    columns: range,
    kind: StatementKind | None,
) -> ColumnRole:
    last = path[-1] if path else ""
    if kind is not None and kind.family == "performance":
        # Targets and their words are read by the form's own reader.
        return ColumnRole.QUANTITY if re.match(r"分值|权重", last) else ColumnRole.TEXT
    if _SERIAL.fullmatch(last):
        return ColumnRole.SERIAL
    if _UNIT_CODE.fullmatch(last):
        return ColumnRole.TEXT
    if _CODE.fullmatch(last):
        return ColumnRole.CODE
    texts = [
        fold_text(cell.text)
        for row in view.body_rows
        for column in columns
        if (cell := grid.cell(row, column)) is not None
        and cell.row == row
        and cell.column == column
        and cell.text.strip()
    ]
    numbers = sum(1 for text in texts if is_value(text))
    words = sum(1 for text in texts if not is_value(text) and not _NIL.fullmatch(text))
    if last:
        if _QUANTITY.fullmatch(last):
            return ColumnRole.QUANTITY
        named = bool(_NAME.fullmatch(last))
        worded = named or bool(_TEXT.fullmatch(last))
        if worded and 2 * numbers <= len(texts):
            return ColumnRole.NAME if named and not _TEXT.fullmatch(last) else ColumnRole.TEXT
        if worded and all(text.isdigit() for text in texts):
            # Figures under a header that names things: codes, years, numbers of pieces.
            return ColumnRole.TEXT
        if words > numbers:
            # Names under a header that only says the side (收入), or words nobody expected.
            return ColumnRole.NAME if CONTAINER.fullmatch(last) else ColumnRole.TEXT
        if texts and not numbers and not _money_words(path):
            return ColumnRole.TEXT
        return ColumnRole.AMOUNT
    if not texts:
        return ColumnRole.TEXT
    if 2 * numbers <= len(texts):
        return ColumnRole.NAME
    if all(re.fullmatch(r"\d{3}(?:\d\d){0,2}|\d\d", text) for text in texts):
        return ColumnRole.CODE
    return ColumnRole.AMOUNT


def _money_words(path: tuple[str, ...]) -> bool:
    return column_meaning(path)[0] not in {"", "change", "share"}


def _phase(path: Sequence[str], fiscal_year: int | None) -> tuple[Phase | None, int | None]:
    """Phase and year that a header path says, the lowest level first."""
    phase: Phase | None = None
    year: int | None = None
    for level in reversed(path):
        text = _FUND_WORDS.sub("", level)
        if year is None:
            printed = _YEAR.search(text)
            if printed:
                year = int(printed[1])
            elif LAST_YEAR.search(text) and fiscal_year is not None:
                year = fiscal_year - 1
        if phase is None:
            if re.search(r"(?:调整|全年)(?:后)?(?:的)?(?:预算)?数?", text) and "预算" in text:
                phase = Phase.ADJUSTED
            elif re.search(r"决算|执行数|执行情况|实际|完成数", text):
                phase = Phase.EXECUTED
            elif "预算" in text:
                phase = Phase.APPROVED
    return phase, year


def _lanes(
    columns: Sequence[StatementColumn],
    count: int,
    kind: StatementKind | None,
    flow: Flow | None,
) -> tuple[Lane, ...]:
    lanes = []
    for index in range(count):
        own = [column for column in columns if column.lane == index]
        words = "|".join(">".join(fold_text(level) for level in c.path) for c in own)
        heads = [c.path for c in own if c.role in {ColumnRole.NAME, ColumnRole.CODE}]
        basis = ""
        if heads:
            path = heads[-1]
            if path and re.search(r"按|(?:用途|性质|分类)$", path[-1]):
                basis = path[-1]
            elif len(path) > 1:
                basis = path[-2]
        lanes.append(
            Lane(
                index=index,
                flow=_flow([c.path for c in own], kind, count, flow),
                basis=basis,
                domain=_domain(words, kind),
            )
        )
    return tuple(lanes)


def _flow(
    paths: Sequence[tuple[str, ...]], kind: StatementKind | None, count: int, flow: Flow | None
) -> Flow | None:
    if count == 1 and (flow is not None or (kind is not None and kind.flow is not None)):
        return flow or (Flow(kind.flow) if kind is not None and kind.flow else None)
    if count < 2 and (kind is None or not kind.lanes):
        return None
    tops = [fold_text(path[0]) for path in paths if path]
    revenue = sum("收入" in top and "支出" not in top for top in tops)
    expenditure = sum("支出" in top and "收入" not in top for top in tops)
    if revenue == expenditure:
        return Flow(kind.flow) if kind is not None and kind.flow else None
    return Flow.REVENUE if revenue > expenditure else Flow.EXPENDITURE


def _flow_of_names(
    lane: Lane, columns: Sequence[StatementColumn], view: TableView, grid: Grid
) -> Lane:
    """The side that the names of a lane's rows say, where the header has lost it."""
    names = [
        fold_text(grid.text(row, column.index))
        for column in columns
        if column.lane == lane.index and column.role is ColumnRole.NAME
        for row in view.body_rows
    ]
    revenue = sum("收入" in name or "拨款" in name for name in names)
    expenditure = sum("支出" in name for name in names)
    if revenue == expenditure:
        return lane
    return evolve(lane, flow=Flow.REVENUE if revenue > expenditure else Flow.EXPENDITURE)


def _domain(words: str, kind: StatementKind | None) -> Domain | None:
    if re.search(r"政府(?:预算)?(?:支出)?经济分类", words):
        return Domain.GOVERNMENT_ECONOMIC
    if "经济" in words:
        return Domain.ECONOMIC
    if "功能" in words:
        return Domain.FUNCTIONAL
    return kind.domain if kind is not None else None


def _settled(
    columns: list[StatementColumn], lanes: Sequence[Lane], kind: StatementKind | None
) -> tuple[StatementColumn, ...]:
    """Meanings that depend on the other columns and on the side of the lane."""
    settled = []
    meanings_of: list[set[str]] = [set() for _ in lanes]
    for column in columns:
        if column.meaning:
            meanings_of[column.lane].add(column.meaning)
    for column in columns:
        meaning = column.meaning
        own = meanings_of[column.lane]
        # Beside balances or a total of its own, 本年收入 is a part of the row and not its total.
        balance = own & {"opening", "closing", "total"} or own >= {
            "revenue.current",
            "expenditure.current",
        }
        if meaning in {"revenue.current", "expenditure.current"} and not balance:
            meaning = "total"
        if "." in meaning and own == {meaning} and _says_nothing_more(meaning, kind):
            # The only amounts of the lane: what the header names is what the lane is about.
            meaning = "total"
        if meaning.startswith("funds."):
            flow = lanes[column.lane].flow or (Flow.EXPENDITURE if kind is not None else None)
            if flow is not None:
                meaning = f"{flow.value}.{meaning.partition('.')[2]}"
        settled.append(evolve(column, meaning=meaning) if meaning != column.meaning else column)
    return tuple(settled)


def _says_nothing_more(meaning: str, kind: StatementKind | None) -> bool:
    """Whether a meaning only repeats what the table is about."""
    if kind is None:
        return False
    return kind.lanes or kind.id == meaning.partition(".")[0] or kind.funds in meaning.split(".")
