"""What the total of a statement is of, by its kind and by whose money it shows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from attrs import evolve

from disclosure_parser.catalogue.concepts import concept_name
from disclosure_parser.document import fold_text
from disclosure_parser.language.values import Phase
from disclosure_parser.statements.model import Flow, Lane, Row, RowRole, Statement, StatementColumn

_BASIC_FUNDS = {"general_budget", "fiscal_appropriation"}
_OWN_TOTALS = {
    "operating_funds": "operating_funds.total",
    "three_public": "three_public.total",
    "procurement": "procurement.total",
    "purchased_services": "procurement.purchased_services",
    "projects": "expenditure.project",
}
#: What a table of “三公”经费 may show beside it, so that 合计 is the sum of more than the three.
_BESIDE_THREE_PUBLIC = {
    "outlays.meetings",
    "outlays.training",
    "operating_funds.total",
}
#: What each part of the “三公”经费 is a part of.
THREE_PUBLIC_PARTS = {
    "three_public.overseas": "three_public.total",
    "three_public.vehicles": "three_public.total",
    "three_public.reception": "three_public.total",
    "three_public.vehicle_purchase": "three_public.vehicles",
    "three_public.vehicle_operation": "three_public.vehicles",
    "three_public.reception_domestic": "three_public.reception",
    "three_public.reception_foreign": "three_public.reception",
}
_SIDES = {Flow.REVENUE: "收入", Flow.EXPENDITURE: "支出"}
#: Money that comes from last year or goes to the next.
CARRIED = {"revenue.carryover", "expenditure.carry_forward"}


def total_concepts(kind: str, funds: str, phase: Phase | None = None) -> dict[Flow | None, str]:
    """The concepts of total rows by the side of their lane, for a kind of the catalogue.

    ``funds`` says whose money the table shows, ``""`` where it is not limited. 收入决算表 and
    支出决算表 (公开02, 03) are of this year's money, without what is carried over.
    """
    both: dict[Flow | None, str] = {
        Flow.REVENUE: "revenue.total",
        Flow.EXPENDITURE: "expenditure.total",
    }
    if kind in {"revenue", "expenditure"} and phase is Phase.EXECUTED and not funds:
        return {Flow.REVENUE: "revenue.current", Flow.EXPENDITURE: "expenditure.current"}
    if kind == "unknown":
        return {}
    if kind == "fiscal_summary":
        return dict.fromkeys(both, "balance.fiscal_appropriation")
    if kind == "basic":
        one = f"expenditure.basic_{funds}" if funds in _BASIC_FUNDS else "expenditure.basic"
        return dict.fromkeys((*both, None), one)
    if kind in _OWN_TOTALS:
        return dict.fromkeys((*both, None), _OWN_TOTALS[kind])
    if kind in {"summary", "revenue", "expenditure"} and not funds:
        return both
    if funds:
        named = {flow: f"{flow.value}.{funds}" for flow in Flow}
        return {
            flow: concept for flow, concept in named.items() if concept_name(concept) != concept
        }
    return {}


def totals_of_this_year(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements; 合计 of a table of one side is this year's where the summary says so.

    收入表 and 支出表 of some forms leave out what is carried over and do not say it: their total is
    本年收入合计 or 本年支出合计 of 收支总表, and not its 总计.
    """
    sums: dict[str, set[Decimal]] = {}
    for statement in statements:
        for row in statement.rows if statement.kind == "summary" else ():
            amount = statement.amount(row)
            if row.concept and amount is not None and amount.yuan is not None:
                sums.setdefault(row.concept, set()).add(amount.yuan)

    def settled(statement: Statement, row: Row) -> Row:
        amount = statement.amount(row) if row.role is RowRole.TOTAL else None
        side = row.concept.partition(".")[0]
        if amount is None or amount.yuan is None or row.concept != f"{side}.total":
            return row
        this_year = amount.yuan in sums.get(f"{side}.current", ())
        if not this_year or amount.yuan in sums.get(f"{side}.total", ()):
            return row
        return evolve(row, concept=f"{side}.current")

    return tuple(
        evolve(one, rows=tuple(settled(one, row) for row in one.rows))
        if one.kind in {"revenue", "expenditure"} and not one.funds and sums
        else one
        for one in statements
    )


def without_wider_totals(
    rows: Sequence[Row], columns: Sequence[StatementColumn]
) -> tuple[Row, ...]:
    """The rows of a table of “三公”经费; its 合计 is that of the three only if it shows no more."""
    shown = {column.meaning for column in columns}
    shown |= {row.concept for row in rows if row.role is not RowRole.TOTAL}
    if not shown & _BESIDE_THREE_PUBLIC and not shown >= {"total", "three_public.total"}:
        return tuple(rows)
    return tuple(evolve(r, concept="") if r.role is RowRole.TOTAL else r for r in rows)


def parts_of_three_public(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of a table of “三公”经费, parts of vehicles and reception under their whole.

    其中 may stand before the first of two parts only (其中：购置费 / 运行维护费).
    """
    settled: list[Row] = []
    places: dict[str, int] = {}
    for index, row in enumerate(rows):
        whole = THREE_PUBLIC_PARTS.get(row.concept, "")
        place = places.get(whole) if whole != "three_public.total" else None
        if row.role is RowRole.ITEM and row.parent is None and place is not None:
            row = evolve(row, role=RowRole.SUBSET, parent=place)
        if row.concept:
            places[row.concept] = index
        settled.append(row)
    return tuple(settled)


def totals_of_sides(rows: Sequence[Row], lanes: Sequence[Lane]) -> tuple[Row, ...]:
    """The rows of a summary of 财政拨款: 收入合计 is 财政拨款收入, 支出合计 is 财政拨款支出.

    Where money is carried over from last year or to the next, the total is that of both sides: it
    is more than this year's 财政拨款收入 or 财政拨款支出. So is 总计, which names no side.
    """
    carried = {row.lane for row in rows if row.concept in CARRIED and _has_amount(row)}
    flows = {lane.index: lane.flow for lane in lanes if lane.index not in carried}
    settled = []
    for row in rows:
        flow = flows.get(row.lane)
        name = fold_text(row.name.text) if row.name is not None else ""
        if row.role is RowRole.TOTAL and flow is not None and _SIDES[flow] in name:
            row = evolve(row, concept=f"{flow.value}.fiscal_appropriation")
        settled.append(row)
    return tuple(settled)


def _has_amount(row: Row) -> bool:
    return any(value.amount is not None and value.amount.number for value in row.values)
