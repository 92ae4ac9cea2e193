"""What the total of a statement is of, by its kind and by whose money it shows."""

from __future__ import annotations

from disclosure_parser.catalogue.concepts import concept_name
from disclosure_parser.statements.model import Flow

_BASIC_FUNDS = {"general_budget", "fiscal_appropriation"}
_OWN_TOTALS = {
    "operating_funds": "operating_funds.total",
    "three_public": "three_public.total",
    "procurement": "procurement.total",
    "purchased_services": "procurement.purchased_services",
    "projects": "expenditure.project",
}


def total_concepts(kind: str, funds: str) -> dict[Flow | None, str]:
    """The concepts of total rows by the side of their lane, for a kind of the catalogue.

    ``funds`` says whose money the table shows, ``""`` where it is not limited.
    """
    both: dict[Flow | None, str] = {
        Flow.REVENUE: "revenue.total",
        Flow.EXPENDITURE: "expenditure.total",
    }
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
