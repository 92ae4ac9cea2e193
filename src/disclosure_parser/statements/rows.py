"""Rows of a statement: names, codes, levels, totals and parts, lane by lane."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from attrs import evolve, field, frozen, mutable

from disclosure_parser.catalogue import codes
from disclosure_parser.catalogue.codes import Agreement, CodeList, Domain
from disclosure_parser.catalogue.concepts import find_concept
from disclosure_parser.document import Anchor, Cell, Quote, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.language.cells import read_amount, read_quantity
from disclosure_parser.language.numbering import MarkFamily, read_mark
from disclosure_parser.language.values import Unit, UnitOrigin
from disclosure_parser.outline.headers import compact
from disclosure_parser.outline.model import TableView
from disclosure_parser.statements.columns import Layout
from disclosure_parser.statements.model import (
    ColumnRole,
    Flow,
    Lane,
    Other,
    PrintedCode,
    Row,
    RowRole,
    StatementColumn,
    Value,
)

_CODE = re.compile(r"[A-Z]?\d{2,11}")
_LEADING_CODE = re.compile(
    r"[\[(]?(?P<code>[1-9]\d{2}(?:\d{2}){0,3})[\])]?[-—_:、.]?(?=[^\W\d_])(?!年|月|元|万|个|人|类)"
)
_TOTAL = re.compile(
    r"(?:收入|支出|收支|收、支)?(?:预算|决算)?(?:总计|合计|总合计|共计|总额)(?:数)?"
)
_SUBTOTAL = re.compile(r".*(?:小计|合计|总计)(?:\(.*\))?")
#: Parts of 基本支出 and 项目支出, printed without a number of their own.
_PART_OF_USE = re.compile(
    r"(?:人员|公用|日常公用)经费|工资福利支出|商品和服务支出|对个人和家庭的补助(?:支出)?"
    r"|(?:其他)?资本性支出(?:\(.*\))?|债务利息(?:及费用)?支出|对企业补助(?:\(.*\))?|其他支出"
)
#: Names of rows that count things, with the unit where it is printed.
_COUNTED = re.compile(
    r"\((?:单位:)?(?P<unit>个|批次?|辆|人次?|次|台|套|台[、/(]套\)?|台、辆|栋|平方米|㎡|家|户|件|名|亩)\)$"
    r"|(?:团组|批次|人次|人数|保有量|购置量|购置数|数量)(?:数|总数)?(?P<alone>)$"
)
_WORTH = re.compile(r"价值|金额|原值|净值|账面|元\)")
_SUM = re.compile(r"(?:支出|收入)?(?:合计|小计|总计)")
_GENERIC = re.compile(r"小计|合计")
_TOTALS = {"revenue.total", "expenditure.total", "balance.total"}
_SUBSET = re.compile(r"\(?其中[:;,]?")
_LEVELS = {3: "类", 5: "款", 7: "项", 9: "目"}


@mutable
class _LaneState:
    """What the rows of a lane so far say about the next one."""

    code: str = ""
    #: Codes of the rows that may be parents, innermost last, with their row index.
    coded: list[tuple[str, int]] = field(factory=list)
    #: Numbered rows that may be parents: family, ordinal, row index.
    marked: list[tuple[MarkFamily, int, int]] = field(factory=list)
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


@frozen(kw_only=True)
class ReadRows:
    """The rows of a table, and the printed cells that belong to none."""

    rows: tuple[Row, ...]
    others: tuple[Quote, ...]


def read_rows(
    view: TableView,
    grid: Grid,
    layout: Layout,
    fiscal_year: int | None,
    totals: Mapping[Flow | None, str],
    concepts: str = "",
) -> ReadRows:
    """The records of the body rows, lane by lane in each printed row.

    ``totals`` are the concepts of the total rows by the side of their lane; ``concepts`` is what
    the concepts of other rows begin with, where names are names of things and not of concepts.
    """
    reader = _Reader(view, grid, layout, fiscal_year, totals)
    reader.concepts = concepts
    for row in view.body_rows:
        reader.take(row)
    if concepts:
        reader.rows = _stepped(reader.rows, layout)
    return ReadRows(rows=_with_domains(reader, fiscal_year), others=tuple(reader.others))


def _stepped(rows: list[Row], layout: Layout) -> list[Row]:
    """Parents of rows whose level is the column they stand in: category, project, thing.

    Each level carries the sum of the rows below it in the same column.
    """
    names = [c.index for c in layout.columns if c.role is ColumnRole.NAME]
    if not names:
        return rows
    depths = [_depth(row, names[0]) for row in rows]
    items = [depth for row, depth in zip(rows, depths, strict=True) if row.role is RowRole.ITEM]
    if len(set(items)) < 2:
        return rows
    stack: list[tuple[int, int]] = []
    found = list(rows)
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


def _depth(row: Row, last: int) -> int:
    """The rightmost label column of a row, up to the column of the things."""
    columns = [other.column for other in row.others if other.column <= last]
    if row.name is not None and row.name.anchor.column is not None:
        columns.append(row.name.anchor.column)
    return max(columns, default=last)


class _Reader:
    def __init__(
        self,
        view: TableView,
        grid: Grid,
        layout: Layout,
        fiscal_year: int | None,
        totals: Mapping[Flow | None, str],
    ) -> None:
        self.totals = totals
        self.concepts = ""
        self.view = view
        self.grid = grid
        self.layout = layout
        self.year = fiscal_year
        self.rows: list[Row] = []
        self.others: list[Quote] = []
        self.states = [_LaneState() for _ in layout.lanes]
        self.header = {
            (row, cell.column)
            for row in set(view.body_rows) & set(view.header_rows)
            for cell in grid.printed(row)
            if cell.column < len(view.columns)
            and compact(cell.text) in view.columns[cell.column].path
        }
        self.labelled = any(c.role is ColumnRole.NAME for c in layout.columns)

    def take(self, row: int) -> None:
        """Take the records of one printed row."""
        for lane in self.layout.lanes:
            columns = [c for c in self.layout.columns if c.lane == lane.index]
            cells = [
                (column, cell)
                for column in columns
                for cell in self._cells(row, column)
                if (row, cell.column) not in self.header
            ]
            printed = [(c, cell) for c, cell in cells if cell.text.strip()]
            if not printed:
                continue
            if all(column.role is ColumnRole.SERIAL for column, _ in printed):
                self.others.extend(self._quote(cell) for _, cell in printed)
                continue
            self._record(row, lane, columns, cells)

    def _cells(self, row: int, column: StatementColumn) -> list[Cell]:
        """The cells that begin at a row and in a column's grid columns."""
        found = []
        for index in range(column.index, column.index + column.span):
            cell = self.grid.cell(row, index)
            if cell is not None and cell.row == row and cell.column == index:
                found.append(cell)
        return found

    def _quote(self, cell: Cell) -> Quote:
        text = cell.text
        lead = len(text) - len(text.lstrip())
        stripped = text.strip()
        return Quote(text=stripped, anchor=self._anchor(cell).at(lead, lead + len(stripped)))

    def _anchor(self, cell: Cell) -> Anchor:
        return Anchor(
            block=self.view.block, start=0, end=len(cell.text), row=cell.row, column=cell.column
        )

    def _record(
        self,
        row: int,
        lane: Lane,
        columns: Sequence[StatementColumn],
        cells: list[tuple[StatementColumn, Cell]],
    ) -> None:
        parts: list[tuple[int, Quote]] = []
        names: list[Cell] = []
        strays: list[Cell] = []
        others: list[Other] = []
        serial: Quote | None = None
        values: list[Value] = []
        position = 0
        for column in columns:
            own = [cell for c, cell in cells if c is column]
            if column.role is ColumnRole.CODE:
                for cell in own:
                    text = fold_text(cell.text)
                    place = position + cell.column - column.index
                    if _CODE.fullmatch(text) or (place and len(text) == 1 and text.isdigit()):
                        parts.append((place, self._quote(cell)))
                    elif text:
                        strays.append(cell)
                position += column.span
            elif column.role is ColumnRole.NAME:
                names.extend(cell for cell in own if cell.text.strip())
            elif column.role is ColumnRole.SERIAL:
                for cell in own:
                    text = fold_text(cell.text)
                    if text and not text.isdigit():
                        strays.append(cell)
                    elif text and serial is None:
                        serial = self._quote(cell)
            elif column.role is ColumnRole.TEXT:
                others.extend(
                    Other(column=cell.column, text=self._quote(cell))
                    for cell in own
                    if cell.text.strip()
                )
            else:
                self._value(column, own, values, others)
        group: Quote | None = None
        if not names and strays:
            # 合计 stands in whichever label cell comes first.
            names = [strays.pop(0)]
        elif not names and (covering := self._covering(row, columns)):
            names = covering
        elif not names and others:
            first = others.pop(0)
            names = [c for _, c in cells if c.column == first.column and c.text.strip()]
        if names and names[-1].column_span > 1:
            values.extend(self._shared(row, columns, names[-1]))
        others.extend(Other(column=cell.column, text=self._quote(cell)) for cell in strays)
        if len(names) > 1:
            group = self._quote(names[0])
            others.extend(Other(column=c.column, text=self._quote(c)) for c in names[1:-1])
        name = self._quote(names[-1]) if names else None
        indent = _indent(names[-1]) if names else 0
        if names and len(self._name_columns(columns)) > 1:
            group = self._group(row, lane, columns, names, group)
        self._finish(row, lane, name, group, parts, serial, values, others, indent)

    def _name_columns(self, columns: Sequence[StatementColumn]) -> list[int]:
        return [
            index
            for c in columns
            if c.role is ColumnRole.NAME
            for index in range(c.index, c.index + c.span)
        ]

    def _group(
        self,
        row: int,
        lane: Lane,
        columns: Sequence[StatementColumn],
        names: Sequence[Cell],
        printed: Quote | None,
    ) -> Quote | None:
        """The group of a stepped name: printed beside it, reaching down, or of the rows above."""
        state = self.states[lane.index]
        indexes = self._name_columns(columns)
        if printed is not None:
            state.group = printed
            return printed
        if names[-1].column == indexes[0]:
            state.group = None
            return None
        for index in indexes:
            if index >= names[-1].column:
                break
            cell = self.grid.cell(row, index)
            if cell is not None and cell.row < row and cell.text.strip():
                state.group = self._quote(cell)
        return state.group

    def _covering(self, row: int, columns: Sequence[StatementColumn]) -> list[Cell]:
        """The label of an earlier lane that reaches over this lane's names: both have it."""
        for column in columns:
            if column.role is ColumnRole.NAME:
                cell = self.grid.cell(row, column.index)
                if (
                    cell is not None
                    and cell.row == row
                    and cell.column < columns[0].index
                    and cell.text.strip()
                ):
                    return [cell]
        return []

    def _shared(self, row: int, columns: Sequence[StatementColumn], name: Cell) -> list[Value]:
        """The values of the lane where a label ends, for a lane whose amounts it covers."""
        end = name.column + name.column_span
        covered = [
            c for c in columns if c.role is ColumnRole.AMOUNT and name.column < c.index < end
        ]
        after = [c for c in self.layout.columns if c.index >= end and c.role is ColumnRole.AMOUNT]
        shared: list[Value] = []
        for column in covered:
            for other in after:
                if other.lane == after[0].lane != column.lane and other.meaning == column.meaning:
                    found: list[Value] = []
                    self._value(other, self._cells(row, other), found, [])
                    shared.extend(evolve(value, column=column.index) for value in found)
                    break
        return shared

    def _value(
        self,
        column: StatementColumn,
        cells: list[Cell],
        values: list[Value],
        others: list[Other],
    ) -> None:
        printed = [cell for cell in cells if cell.text.strip()] or cells[:1]
        for cell in printed[1:]:
            others.append(Other(column=cell.column, text=self._quote(cell)))
        for cell in printed[:1]:
            anchor = self._anchor(cell)
            if column.role is ColumnRole.QUANTITY:
                values.append(Value(column=column.index, quantity=read_quantity(cell.text, anchor)))
                continue
            unit, origin = self._unit(column)
            values.append(
                Value(column=column.index, amount=read_amount(cell.text, anchor, unit, origin))
            )

    def _unit(self, column: StatementColumn) -> tuple[Unit | None, UnitOrigin | None]:
        if column.unit is not None:
            return column.unit, UnitOrigin.HEADER
        unit = self.view.unit
        return unit, UnitOrigin.CAPTION if unit is not None else None

    def _finish(
        self,
        row: int,
        lane: Lane,
        name: Quote | None,
        group: Quote | None,
        parts: list[tuple[int, Quote]],
        serial: Quote | None,
        values: list[Value],
        others: list[Other],
        indent: int,
    ) -> None:
        if name is None and not parts and not others and not values:
            return
        state = self.states[lane.index]
        folded = fold_text(name.text) if name is not None else ""
        code = _code(parts, folded, name, state)
        role = _role(folded, code, named=self.labelled or name is not None)
        index = len(self.rows)
        parent: int | None = None
        if code is not None:
            parent = _code_parent(code.code, index, state)
            if code.code[0].isalpha():
                # Codes of things bought say nothing of the sums in the table.
                parent = state.subtotal
        elif role in {RowRole.ITEM, RowRole.SUBSET}:
            role, parent = _name_parent(folded, role, index, indent, state)
        if group is not None:
            key = fold_text(group.text)
            if parent is None and role in {RowRole.ITEM, RowRole.SUBSET}:
                parent = state.groups.get(key)
            elif role is RowRole.SUBTOTAL:
                state.groups[key] = index
        if role is RowRole.SUBTOTAL and read_mark(folded) is not None:
            # （一）支出合计: numbered like the rows it sums.
            _, parent = _name_parent(folded, RowRole.ITEM, index, indent, state)
        elif role in {RowRole.TOTAL, RowRole.SUBTOTAL}:
            state.subtotal = index if role is RowRole.SUBTOTAL else None
            state.whole = state.plain = state.under = None
        self.rows.append(
            Row(
                row=row,
                lane=lane.index,
                role=role,
                name=name,
                group=group,
                code=code,
                serial=serial,
                parent=parent,
                concept=self._concept(folded, group, role, code, lane, parent),
                implied=self._implied(folded, role, code, lane),
                values=tuple(values),
                others=tuple(others),
            )
        )

    def _concept(
        self,
        folded: str,
        group: Quote | None,
        role: RowRole,
        code: PrintedCode | None,
        lane: Lane,
        parent: int | None,
    ) -> str:
        """The concept of a row's name; a coded row is told by its code."""
        if code is not None:
            return ""
        if role is RowRole.TOTAL:
            return self.totals.get(lane.flow, "")
        if role is RowRole.SUBTOTAL and group is not None and _GENERIC.fullmatch(folded):
            folded = fold_text(group.text)
        label = _label(folded)
        if parent is not None and _SUM.fullmatch(label):
            return self.rows[parent].concept
        if self.concepts:
            # 一、货物A: the letter of the catalogue.
            label = label.rstrip("ABC")
        side = lane.flow.value if lane.flow is not None else None
        if lane.flow is Flow.EXPENDITURE and _functional_class(label, self.year):
            return "expenditure.function_class"
        measure = "count" if _COUNTED.search(label) else "amount"
        concept = find_concept(label, side, "", measure)
        # Names that only end like a total (…安排的支出) are none.
        known = concept not in _TOTALS and concept.startswith(self.concepts)
        return concept if known else ""

    def _implied(self, folded: str, role: RowRole, code: PrintedCode | None, lane: Lane) -> str:
        if code is not None or role is not RowRole.ITEM or lane.flow is not Flow.EXPENDITURE:
            return ""
        return _functional_class(_label(folded), self.year)


def _indent(cell: Cell) -> int:
    return cell.indent or len(cell.text) - len(cell.text.lstrip())


def _role(folded: str, code: PrintedCode | None, *, named: bool) -> RowRole:
    if _SUBSET.match(folded):
        return RowRole.SUBSET
    if code is None:
        if _TOTAL.fullmatch(folded) or not named:
            return RowRole.TOTAL
        if _SUBTOTAL.fullmatch(_label(folded)):
            return RowRole.SUBTOTAL
    return RowRole.ITEM


def _code(
    parts: list[tuple[int, Quote]], folded: str, name: Quote | None, state: _LaneState
) -> PrintedCode | None:
    """The code of a row from its cells, or from the start of its name."""
    if not parts:
        match = _LEADING_CODE.match(folded)
        if match is None or name is None:
            return None
        state.code = match["code"]
        printed = re.search(match["code"], name.text)
        if printed is None:
            return None
        start = name.anchor.start + printed.start()
        quote = Quote(text=match["code"], anchor=name.anchor.at(start, start + len(match["code"])))
        return PrintedCode(code=match["code"], parts=(quote,), domain=Domain.FUNCTIONAL)
    printed_parts = [fold_text(quote.text) for _, quote in parts]
    texts = [text.zfill(2) for text in printed_parts]
    doubt = None
    if len(texts) == 1 and (len(texts[0]) > 2 or parts[0][0] == 0):
        code = texts[0]
        if len(code) < 3:
            doubt = "not a whole code"
    elif len(texts[0]) == 3 and all(len(text) == 2 for text in texts[1:]):
        code = "".join(texts)
    elif len(texts) > 1 and all(more.startswith(less) for less, more in pairwise(texts)):
        code = texts[-1]
    else:
        kept = state.code[: 3 + 2 * (parts[0][0] - 1)] if parts[0][0] else ""
        code = kept + "".join(texts)
        doubt = "completed from the rows above" if kept else "parts that do not fit together"
    if texts != printed_parts:
        doubt = doubt or "a part of one digit, read with a zero before it"
    if doubt != "parts that do not fit together" and len(code) > 2:
        state.code = code
    return PrintedCode(
        code=code,
        parts=tuple(quote for _, quote in parts),
        domain=Domain.FUNCTIONAL,
        doubt=doubt,
    )


def _code_parent(code: str, index: int, state: _LaneState) -> int | None:
    while state.coded and not (
        code.startswith(state.coded[-1][0]) and len(code) > len(state.coded[-1][0])
    ):
        state.coded.pop()
    parent = state.coded[-1][1] if state.coded else None
    state.coded.append((code, index))
    return parent


def _name_parent(
    folded: str, role: RowRole, index: int, indent: int, state: _LaneState
) -> tuple[RowRole, int | None]:
    """Role and parent by 其中, by numbering and by indentation."""
    if role is RowRole.SUBSET:
        state.subset_indent = indent
        return role, state.whole
    mark = read_mark(folded)
    label = _label(folded)
    known = label in state.seen
    state.seen.add(label)
    if mark is None:
        if state.whole is not None and state.subset_indent and indent >= state.subset_indent:
            return RowRole.SUBSET, state.whole
        if state.balance and state.plain is not None and known:
            # 一般公共预算财政拨款 again, below 年初结转和结余: the part of that row.
            return RowRole.SUBSET, state.plain
        if state.marked and _PART_OF_USE.fullmatch(label):
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
    state.whole = index
    if parent is not None and parent == state.under:
        return RowRole.SUBSET, parent
    return role, parent


def _label(folded: str) -> str:
    """A name without 其中 and without its number."""
    label = _SUBSET.sub("", folded)
    mark = read_mark(label)
    return label[mark.end :] if mark is not None else label


@lru_cache(maxsize=1024)
def _functional_class(label: str, year: int | None) -> str:
    """The class 类 of the functional classification that a name is the name of."""
    listed = codes.functional(year)
    found = (entry for entry in listed.find(label) if entry.level == "类")
    return next((entry.code for entry in found), "")


def _with_domains(reader: _Reader, year: int | None) -> tuple[Row, ...]:
    """The rows with the list that the codes of each lane belong to, and what it says of them."""
    domains = {
        lane.index: _lane_domain(lane, [r for r in reader.rows if r.lane == lane.index], year)
        for lane in reader.layout.lanes
    }
    rows = []
    for row in reader.rows:
        domain = domains[row.lane]
        if row.code is not None and domain is not None:
            row = evolve(row, code=_looked_up(row.code, row.name, domain, year))
        rows.append(row)
    return tuple(rows)


def _lane_domain(lane: Lane, rows: Sequence[Row], year: int | None) -> Domain | None:
    """The domain that the table says, unless the names of the codes say another."""
    coded = [(row.code.code, row.name) for row in rows if row.code is not None]
    if not coded:
        return lane.domain
    candidates: list[Domain] = [d for d in Domain if d not in {Domain.DIVISION, Domain.PROCUREMENT}]
    if lane.domain is not None:
        candidates.remove(lane.domain)
        candidates.insert(0, lane.domain)
    if any(code[0].isalpha() for code, _ in coded):
        return Domain.PROCUREMENT
    scores = {d: _agreeing(codes.of_domain(d, year), coded) for d in candidates}
    best = max(candidates, key=lambda d: scores[d])
    if lane.domain is not None and 2 * scores[best] <= len(coded):
        return lane.domain
    return best


def _agreeing(listed: CodeList, coded: Iterable[tuple[str, Quote | None]]) -> int:
    good = {Agreement.SAME, Agreement.VARIANT, Agreement.OTHER_YEAR}
    return sum(1 for code, name in coded if name and listed.agreement(code, name.text) in good)


def _looked_up(
    code: PrintedCode, name: Quote | None, domain: Domain, year: int | None
) -> PrintedCode:
    if domain is Domain.PROCUREMENT:
        guess = codes.guess_edition(code.code, name.text if name else None, year)
        entry = guess.entry
        agreement = Agreement.UNKNOWN
        if entry is not None and name is not None:
            same = codes.procurement(guess.edition).find(name.text)
            agreement = Agreement.SAME if entry in same else Agreement.DIFFERENT
        return evolve(
            code,
            domain=domain,
            official=entry.name if entry is not None else None,
            edition=guess.edition.value if guess.edition is not None else None,
            agreement=agreement,
        )
    listed = codes.of_domain(domain, year)
    entry = listed.get(code.code)
    printed = name.text if name is not None else ""
    if name is not None and code.parts[0].anchor.column == name.anchor.column:
        printed = _LEADING_CODE.sub("", fold_text(printed))
    return evolve(
        code,
        domain=domain,
        level=_LEVELS.get(len(code.code), ""),
        official=entry.name if entry is not None else None,
        edition=entry.edition if entry is not None else None,
        agreement=listed.agreement(code.code, printed),
    )
