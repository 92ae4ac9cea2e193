"""Panels 面板: the figures of one concept, agencies over years.

A row is a figure of one body in one scope, of one year, in one kind of report and one phase: budget
and final accounts never meet in a row, nor do a department and one of its units. Beside the figure
of the year's own report stands what a later report prints for that year (上年数, or this year's
less its change); where the two differ by more than rounding, the figure was restated. What may be
compared is decided as for the rules across reports (:mod:`disclosure_parser.checks.comparable`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import field, frozen

from disclosure_parser.checks.comparable import PRIOR
from disclosure_parser.checks.compare import compare_sums
from disclosure_parser.checks.model import Outcome
from disclosure_parser.dataset.about_panel import PANEL
from disclosure_parser.dataset.bodies import Body, Key, bodies
from disclosure_parser.dataset.cells import Row
from disclosure_parser.dataset.errors import needed
from disclosure_parser.dataset.panel_figures import Figure, figures_of, from_changes, settled
from disclosure_parser.facts.model import Measure
from disclosure_parser.identity import ReportKind
from disclosure_parser.language.values import Phase, ValueState
from disclosure_parser.statements.model import Flow

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from disclosure_parser.dataset.reading import Dataset


@frozen(kw_only=True)
class Panel:
    """The rows of a panel, sorted by agency, scope, year, kind and phase; columns of ``PANEL``.

    ``left_out`` says how many figures of the concept are not in it, and why.
    """

    concept: str
    rows: tuple[Row, ...] = field(repr=False)
    left_out: dict[str, int] = field(factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def to_arrow(self) -> pyarrow.Table:
        """The panel in Arrow, decimals exact."""
        arrow = needed("pyarrow", "reading Arrow tables", "parquet")
        from disclosure_parser.dataset.arrow import arrow_schema, record_batch
        from disclosure_parser.dataset.payload import columns_of

        schema = arrow_schema(PANEL)
        batch = record_batch(PANEL, schema, columns_of(PANEL, list(self.rows)))
        return arrow.Table.from_batches([batch], schema)

    def to_polars(self) -> polars.DataFrame:
        """The panel in polars."""
        library = needed("polars", "reading polars frames")
        frame: polars.DataFrame = library.from_arrow(self.to_arrow())
        return frame

    def to_pandas(self) -> pandas.DataFrame:
        """The panel in pandas, its columns of Arrow types."""
        library = needed("pandas", "reading pandas frames")
        frame: pandas.DataFrame = self.to_arrow().to_pandas(types_mapper=library.ArrowDtype)
        return frame


#: Wholes that tell the money and no part: “三公”经费 are published for these.
_FUNDS = ("expenditure.general_budget", "expenditure.fiscal_appropriation")
#: Concepts of things that are there on a day.
_STOCK = "assets."


@frozen(kw_only=True)
class _Slot:
    """What a row is of."""

    body: Key
    year: int
    kind: ReportKind | None
    phase: Phase | None
    unit: str


def panel(
    dataset: Dataset,
    concept: str,
    *,
    measure: str = Measure.AMOUNT,
    code: str | None = None,
    whole: str | None = None,
) -> Panel:
    """Line up the figures of a concept, agencies over years.

    Args:
        dataset: an open dataset.
        concept: id of a concept that a report states once (``three_public.total``); for those of
            many rows, such as ``expenditure.function_item``, give the ``code`` too.
        measure: what is measured: ``amount``, ``count``, ``quantity`` …
        code: only figures of rows with this code.
        whole: of the rows of a code, the column: a concept such as ``expenditure.basic``; ``None``
            is the amount of the row in all.

    Raises:
        DatasetError: a table is missing or cannot be read.
        MissingLibraryError: pyarrow is not installed.
    """
    figures: list[Figure] = []
    left_out: Counter[str] = Counter()
    for figure in figures_of(dataset, concept, measure, code):
        why = _why_not(figure, concept, whole, coded=code is not None)
        if why is None:
            figures.append(figure)
        elif figure.measure == measure:
            left_out[why] += 1
    known = bodies(figure.naming for figure in figures)
    places = _Places(known, left_out, stock=concept.startswith(_STOCK))
    for figure in figures:
        if figure.measure == measure:
            places.take(figure)
    for figure in from_changes(figures, measure):
        places.take_change(figure)
    rows = [
        _row(slot, known[slot.body], places.own.get(slot, []), places.later.get(slot, []))
        for slot in {**places.own, **places.later}
    ]
    return Panel(
        concept=concept,
        rows=tuple(sorted(rows, key=_order)),
        left_out=dict(sorted(left_out.items())),
    )


def _why_not(figure: Figure, concept: str, whole: str | None, *, coded: bool) -> str | None:
    """Why a figure of a concept is not the one that a report states of it; ``None`` if it may be.

    公务接待费 is a part of “三公”经费 and, in the table of basic expenditure, of that: another
    figure. 车辆 are divided into 车辆.
    """
    family = concept.partition(".")[0]
    if figure.explains:
        return "it explains another figure"
    if family in set(Flow) and figure.flow not in (None, family):
        return "it is on the other side of the budget"
    if coded:
        return None if figure.whole == whole else "it is in another column"
    if figure.whole == concept:
        return "it is a part of the thing itself"
    if figure.whole is None or figure.whole in _FUNDS:
        return None
    other = figure.whole.partition(".")[0] != family
    return "it is a part of something else" if other else None


class _Places:
    """Where figures stand in the panel, and how many have no place in it, with the reason.

    ``stock`` says that they are of a day (资产占用情况) and of no budget: a report states them for
    whatever year it names.
    """

    def __init__(self, known: dict[Key, Body], left_out: Counter[str], *, stock: bool) -> None:
        self.own: dict[_Slot, list[Figure]] = {}
        self.later: dict[_Slot, list[Figure]] = {}
        self._left_out = left_out
        self._known = known
        self._stock = stock

    def take(self, figure: Figure) -> None:
        """Put a printed figure in its place."""
        source, year = figure.source, figure.year
        if figure.operand is None and figure.state in {ValueState.NUMBER, ValueState.TEXT}:
            self._left_out["it is no single number of a known unit"] += 1
        elif year is None or source.fiscal_year is None:
            self._left_out["its year is not told"] += 1
        elif year == source.fiscal_year or (self._stock and figure.phase is None):
            self.own.setdefault(self._slot(figure, year, source.kind), []).append(figure)
        elif year == source.fiscal_year - 1 and figure.phase is source.own_phase:
            self.later.setdefault(self._slot(figure, year, source.kind), []).append(figure)
        else:
            # 上年执行数 in a budget is an estimate, and no figure of the final accounts.
            self._left_out["it is of another year, in a phase that its report does not print"] += 1

    def take_change(self, figure: Figure) -> None:
        """Put a figure that follows from a change in its place."""
        if figure.base in PRIOR and figure.year is not None:
            slot = self._slot(figure, figure.year, PRIOR[figure.base][0])
            self.later.setdefault(slot, []).append(figure)

    def _slot(self, figure: Figure, year: int, kind: ReportKind | None) -> _Slot:
        return _Slot(
            body=self._known[figure.naming.key].id,
            year=year,
            kind=kind,
            phase=figure.phase,
            unit=figure.unit,
        )


def _row(slot: _Slot, body: Body, own: Sequence[Figure], later: Sequence[Figure]) -> Row:
    printed = [figure for figure in later if figure.basis == "printed"]
    told = printed if any(figure.operand is not None for figure in printed) else later
    mine, theirs = settled(own), settled(told)
    name = (mine or theirs or [*own, *told][0]).entity
    return {
        "agency": body.name,
        "printed_agency": name,
        "scope": body.scope,
        "division": body.division,
        "unit_code": body.unit_code,
        "joined_by": body.joins[name],
        "year": slot.year,
        "kind": slot.kind,
        "phase": slot.phase,
        "unit": slot.unit or None,
        **_told(mine, own, ""),
        **_told(theirs, told, "later_"),
        "later_basis": theirs.basis if theirs is not None else None,
        **_compared(mine, theirs),
    }


def _told(one: Figure | None, found: Sequence[Figure], prefix: str) -> Row:
    if one is None:
        row: Row = dict.fromkeys(
            ("value", "state", "text", "doubt", "report", "fact", "source", "place")
        )
        row["conflict"] = " / ".join(dict.fromkeys(figure.text for figure in found)) or None
    else:
        operand = one.operand
        row = {
            "value": operand.value if operand is not None else None,
            "state": one.state,
            "text": operand.text if operand is not None else one.text,
            "doubt": operand.doubt if operand is not None else one.doubt,
            "report": one.source.report,
            "fact": one.fact,
            "source": one.source.name,
            "place": one.place,
            "conflict": None,
        }
    return {f"{prefix}{name}": value for name, value in row.items()}


def _compared(own: Figure | None, later: Figure | None) -> Row:
    mine = own.operand if own is not None else None
    theirs = later.operand if later is not None else None
    if mine is None or theirs is None:
        return {"difference": None, "restated": None}
    found = compare_sums([theirs], [mine])
    doubted = bool(mine.doubt or theirs.doubt)
    restated = found.outcome is Outcome.MISMATCH
    return {"difference": found.difference, "restated": None if doubted else restated}


def _order(row: Row) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in PANEL.primary_key)
