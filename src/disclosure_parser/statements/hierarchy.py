"""The levels of rows: totals, parts, and which row a row is a part of.

Told by codes, by numbering (一、 over 1.), by 其中, by indentation, and in lists of things by the
column that a row stands in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from attrs import evolve, field, mutable

from disclosure_parser.document import Quote, fold_text
from disclosure_parser.language.numbering import MarkFamily, read_mark
from disclosure_parser.statements.model import ColumnRole, Row, RowRole, StatementColumn

#: Characters of a name; what is longer is a sentence and no total or concept.
LONGEST_NAME = 120
_TOTAL = re.compile(
    r"(?:收入|支出|收支|收、支)?(?:预算|决算)?(?:总计|合计|总合计|共计|总额)(?:数)?"
)
_SUBTOTAL = re.compile(r".*(?:小计|合计|总计)(?:\(.*\))?")
_SUBSET = re.compile(r"\(?其中[:;,]?")
#: Parts of 基本支出 and 项目支出, printed without a number of their own.
_PART_OF_USE = re.compile(
    r"(?:人员|公用|日常公用)经费|工资福利支出|商品和服务支出|对个人和家庭的补助(?:支出)?"
    r"|(?:其他)?资本性支出(?:\(.*\))?|债务利息(?:及费用)?支出|对企业补助(?:\(.*\))?|其他支出"
)

#: Digits of a class 类 in a code.
_CLASS = 3
#: Headers of columns that describe a thing and are no level above it.
_DESCRIBES = re.compile(
    r".*(?:形式|方式|性质|规格|型号|依据|说明|负责人|周期|年限|等级|来源|属性|目标|单位\(.*\)|编码|代码)"
    r"|备注|(?:计量)?单位|是否.*"
)


@mutable
class LaneState:
    """What the rows of a lane so far say about the next one."""

    code: str = ""
    #: Codes of the rows that may be parents, innermost last, with their row index.
    coded: list[tuple[str, int]] = field(factory=list)
    #: Numbered rows that may be parents: family, ordinal, row index.
    marked: list[tuple[MarkFamily, int, int]] = field(factory=list)
    #: The indentation of the last of them; rows without a number that stand deeper are its parts,
    #: down to the next sum (``None`` after it).
    marked_indent: int | None = 0
    #: The last row without a number, which a numbering that starts again is part of.
    plain: int | None = None
    #: Whether that row is a balance (年初结转和结余), whose parts repeat names of rows above.
    balance: bool = False
    #: That row while its parts are read.
    under: int | None = None
    #: The row that 其中 rows are part of, and the indentation of the first of them.
    whole: int | None = None
    subset_indent: int | None = None
    groups: dict[str, int] = field(factory=dict)
    subtotal: int | None = None
    #: Names of the lane so far.
    seen: set[str] = field(factory=set)
    #: The group of stepped names that is open.
    group: Quote | None = None


def label_of(folded: str) -> str:
    """A name without 其中 and without its number."""
    label = _SUBSET.sub("", folded)
    mark = read_mark(label)
    return label[mark.end :] if mark is not None else label


def role_of(folded: str, *, coded: bool, named: bool) -> RowRole:
    """The role that a row's name says; values without a name are a total."""
    if _SUBSET.match(folded):
        return RowRole.SUBSET
    if not coded and len(folded) <= LONGEST_NAME:
        if _TOTAL.fullmatch(folded) or not named:
            return RowRole.TOTAL
        if _SUBTOTAL.fullmatch(label_of(folded)):
            return RowRole.SUBTOTAL
    return RowRole.ITEM


def code_parent(code: str, index: int, state: LaneState) -> int | None:
    """The row whose code is the level above, the nearest before."""
    while state.coded and not (
        code.startswith(state.coded[-1][0]) and len(code) > len(state.coded[-1][0])
    ):
        state.coded.pop()
    parent = state.coded[-1][1] if state.coded else None
    state.coded.append((code, index))
    return parent


def over_lanes(rows: Sequence[Row]) -> list[Row]:
    """The rows, those that go on with a class of the lane before as parts of it: 302 above 30201 …,
    and in the next lane 30215 … (公开06)."""
    places = {row.code.code: index for index, row in enumerate(rows) if row.code is not None}
    found = []
    for row in rows:
        code = row.code.code if row.code is not None else ""
        whole = places.get(code[:_CLASS]) if row.lane and len(code) > _CLASS else None
        if row.parent is None and whole is not None and rows[whole].lane == row.lane - 1:
            row = evolve(row, parent=whole)
        found.append(row)
    return found


def name_parent(
    folded: str, role: RowRole, index: int, indent: int, state: LaneState
) -> tuple[RowRole, int | None]:
    """Role and parent by 其中, by numbering and by indentation."""
    if role is RowRole.SUBSET:
        state.subset_indent = indent
        return role, state.whole
    mark = read_mark(folded)
    label = label_of(folded)
    known = label in state.seen
    state.seen.add(label)
    if mark is None:
        if state.whole is not None and state.subset_indent and indent >= state.subset_indent:
            return RowRole.SUBSET, state.whole
        if state.balance and state.plain is not None and known:
            # 一般公共预算财政拨款 again, below 年初结转和结余: the part of that row.
            return RowRole.SUBSET, state.plain
        deeper = state.marked_indent is not None and indent > state.marked_indent
        if state.marked and (_PART_OF_USE.fullmatch(label) or deeper):
            return role, state.marked[-1][2]
        state.subset_indent = state.under = None
        state.whole = state.plain = index
        state.balance = "结转" in label or "结余" in label
        return role, None
    state.subset_indent = None
    families = [family for family, _, _ in state.marked]
    if mark.family in families:
        position = families.index(mark.family)
        if mark.ordinal <= state.marked[position][1] and state.plain is not None:
            # A numbering that starts again after a row without a number is part of that row.
            state.under, position = state.plain, 0
        del state.marked[position:]
    parent = state.marked[-1][2] if state.marked else state.under
    state.marked.append((mark.family, mark.ordinal, index))
    state.marked_indent = indent
    state.whole = index
    if parent is not None and parent == state.under:
        return RowRole.SUBSET, parent
    return role, parent


def step_columns(columns: Sequence[StatementColumn]) -> tuple[int, frozenset[int]] | None:
    """In a list of things, the column of the things and the columns of the levels above them.

    ``None`` where no column names things.
    """
    last = next((c.index for c in columns if c.role is ColumnRole.NAME), None)
    if last is None:
        return None
    levels = frozenset(
        column.index
        for column in columns
        if column.role is ColumnRole.TEXT
        and column.index < last
        and not (column.path and _DESCRIBES.fullmatch(fold_text(column.path[-1])))
    )
    return last, levels


def stepped(rows: Sequence[Row], last: int, levels: Collection[int]) -> list[Row]:
    """Groups and parents of rows in a list of things, by the column that a name stands in.

    ``last`` is the column of the things, ``levels`` the columns before it: category, project. A
    level that has a row of its own carries the sum of the rows below it, and is their parent. One
    that only stands beside the first of its rows carries no sum: it is their group.
    """
    found = _grouped(rows, levels)
    depths = [_depth(row, last) for row in found]
    items = [depth for row, depth in zip(found, depths, strict=True) if row.role is RowRole.ITEM]
    if len(set(items)) < 2:
        return found
    stack: list[tuple[int, int]] = []
    for index, (row, depth) in enumerate(zip(rows, depths, strict=True)):
        if row.role is not RowRole.ITEM:
            stack.clear()
            continue
        while stack and stack[-1][0] >= depth:
            stack.pop()
        if stack:
            parent = stack[-1][1]
            found[index] = evolve(found[index], parent=parent)
            found[parent] = evolve(found[parent], role=RowRole.SUBTOTAL)
        stack.append((depth, index))
    return found


def _grouped(rows: Sequence[Row], levels: Collection[int]) -> list[Row]:
    """The rows with the name of the level above that is printed beside the first of them."""
    found = []
    held: dict[int, Quote] = {}
    for row in rows:
        column = row.name.anchor.column if row.name is not None else None
        if row.role is RowRole.TOTAL:
            held = {}
        elif column is not None and row.group is None:
            beside = {o.column: o.text for o in row.others if o.column in levels}
            beside = {at: text for at, text in beside.items() if at < column}
            first = min((column, *beside))
            held = {at: text for at, text in held.items() if at < first} | beside
            if held:
                group = held[max(held)]
                others = tuple(other for other in row.others if other.text != group)
                row = evolve(row, group=group, others=others)
        found.append(row)
    return found


def _depth(row: Row, last: int) -> int:
    """The column of a row's name, that of the things where it has none."""
    column = row.name.anchor.column if row.name is not None else None
    return last if column is None else column
