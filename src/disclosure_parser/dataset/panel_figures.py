"""The figures of a concept in a dataset, and those of the year before that follow from changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from disclosure_parser.checks.comparable import PRIOR, agreed, before, own_phase
from disclosure_parser.checks.compare import last_digit
from disclosure_parser.checks.model import Operand
from disclosure_parser.dataset.bodies import Key, Naming
from disclosure_parser.dataset.errors import needed
from disclosure_parser.facts.model import Measure
from disclosure_parser.identity import ReportKind
from disclosure_parser.language.values import BaseKind, Direction, Phase, ValueState

if TYPE_CHECKING:
    from disclosure_parser.dataset.reading import Dataset

_YUAN = "元"
#: Measures whose figures are nothing without a unit of money.
_MONEY = {Measure.AMOUNT, Measure.CHANGE, Measure.UNIT_PRICE}
_FACT = (
    *("report", "fact", "entity", "scope", "year", "phase", "concept", "label", "measure"),
    *("direction", "base", "base_year", "state", "number", "decimals", "upper", "unit"),
    *("factor", "yuan", "text", "code", "within", "doubt", "place", "whole", "flow"),
)
_REPORT = ("report", "source", "agency", "unit_code", "fiscal_year", "kind", "division")


@frozen(kw_only=True)
class Source:
    """The report that a figure stands in."""

    report: str
    name: str
    agency: str | None
    unit_code: str | None
    fiscal_year: int | None
    kind: ReportKind | None
    division: str | None

    @property
    def own_phase(self) -> Phase:
        """The phase of its own figures."""
        return own_phase(self.kind)


@frozen(kw_only=True)
class Figure:
    """A printed figure, or (``basis`` is ``change``) one of the year before that follows from two.

    ``operand`` is its value, in 元 for money; ``None`` where no single number is printed, or money
    without a unit.
    """

    source: Source
    fact: int
    entity: str | None
    scope: str | None
    year: int | None
    phase: Phase | None
    measure: str
    direction: Direction | None
    base: BaseKind | None
    base_year: int | None
    state: ValueState
    text: str
    unit: str
    doubt: str | None
    place: str | None
    operand: Operand | None
    explains: bool
    whole: str | None
    flow: str | None
    basis: str = "printed"

    @property
    def naming(self) -> Naming:
        """Whose figure it is. Where a table names another agency than the report, the report's
        code and division are not that one's."""
        source = self.source
        same = self.entity is not None and self.entity == source.agency
        return Naming(
            scope=self.scope,
            name=self.entity,
            division=source.division if same else None,
            unit_code=source.unit_code if same else None,
            year=source.fiscal_year,
            kind=source.kind,
            alone="" if self.entity is not None else source.report,
        )


def figures_of(dataset: Dataset, concept: str, measure: str, code: str | None) -> list[Figure]:
    """The figures of a concept with a measure, and the changes of its amounts.

    The tables are read batch by batch: they need not fit into memory.
    """
    compute = needed("pyarrow.compute", "reading batches", "parquet")
    wanted = {measure, *([Measure.CHANGE] if measure == Measure.AMOUNT else [])}
    sources = {
        row["report"]: _source(row)
        for batch in dataset["reports"].batches(_REPORT)
        for row in batch.to_pylist()
    }
    return [
        _figure(row, sources[row["report"]])
        for batch in dataset["facts"].batches(_FACT)
        for row in batch.filter(compute.equal(batch["concept"], concept)).to_pylist()
        if row["measure"] in wanted and (code is None or row["code"] == code)
    ]


def settled(figures: Sequence[Figure]) -> Figure | None:
    """The one figure that several are; ``None`` where two of them differ.

    A dash or 无 counts only where no number is printed.
    """
    numbers = {id(figure.operand): figure for figure in figures if figure.operand is not None}
    one = agreed([figure.operand for figure in figures if figure.operand is not None])
    if one is not None:
        return numbers[id(one)]
    return figures[0] if figures and not numbers else None


def from_changes(figures: Sequence[Figure], measure: str) -> Iterator[Figure]:
    """Figures of the year before: a report's own figure less the change that it states."""
    own: dict[tuple[str, Key], list[Figure]] = {}
    for figure in figures:
        source = figure.source
        if figure.measure != measure:
            continue
        if figure.year == source.fiscal_year and figure.phase is source.own_phase:
            own.setdefault((source.report, figure.naming.key), []).append(figure)
    for figure in figures:
        if figure.measure != Measure.CHANGE or figure.base not in PRIOR:
            continue
        source = figure.source
        year = source.fiscal_year - 1 if source.fiscal_year is not None else None
        if year is None or figure.base_year not in (None, year):
            continue
        current = settled(own.get((source.report, figure.naming.key), []))
        change = _signed(figure)
        if current is not None and current.operand is not None and change is not None:
            operand = before(current.operand, change)
            yield evolve(
                figure, year=year, phase=PRIOR[figure.base][1], operand=operand, basis="change"
            )


def _signed(figure: Figure) -> Operand | None:
    if figure.operand is None or figure.direction is None:
        return None
    sign = -1 if figure.direction is Direction.DECREASE else 1
    return evolve(figure.operand, value=figure.operand.value * sign)


def _source(row: dict[str, Any]) -> Source:
    return Source(
        report=row["report"],
        name=row["source"],
        agency=row["agency"],
        unit_code=row["unit_code"],
        fiscal_year=row["fiscal_year"],
        kind=ReportKind(row["kind"]) if row["kind"] is not None else None,
        division=row["division"],
    )


def _figure(row: dict[str, Any], source: Source) -> Figure:
    return Figure(
        source=source,
        fact=row["fact"],
        entity=row["entity"],
        scope=row["scope"],
        year=row["year"],
        phase=Phase(row["phase"]) if row["phase"] is not None else None,
        measure=row["measure"],
        direction=Direction(row["direction"]) if row["direction"] is not None else None,
        base=BaseKind(row["base"]) if row["base"] is not None else None,
        base_year=row["base_year"],
        state=ValueState(row["state"]),
        text=row["text"],
        unit=_YUAN if row["measure"] in _MONEY else (row["unit"] or ""),
        doubt=row["doubt"],
        place=row["place"],
        operand=_operand(row),
        explains=row["within"] is not None,
        whole=row["whole"],
        flow=row["flow"],
    )


def _neat(value: Decimal) -> Decimal:
    """A number without the zeros that the type of the column adds."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _operand(row: dict[str, Any]) -> Operand | None:
    number: Decimal | None = row["number"]
    value: Decimal | None = row["yuan"] if row["measure"] in _MONEY else number
    if number is None or value is None or row["upper"] is not None:
        return None
    return Operand(
        name=row["label"] or "",
        text=row["text"],
        value=_neat(value),
        step=last_digit(number, row["decimals"] or 0, row["factor"] or 1),
        doubt=row["doubt"],
    )
