"""What may be compared between reports 可比口径: shared by the rules and by panels of many reports.

Figures are compared only of one body in one scope, of one concept, phase and year; a renamed body
is another name until something else joins it.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from disclosure_parser.checks.compare import compare_sums
from disclosure_parser.checks.model import Operand, Outcome
from disclosure_parser.identity import ReportKind
from disclosure_parser.language.values import BaseKind, Phase

#: The report and the phase of the figure that a base of a change names. 上年 alone may be any.
PRIOR: dict[BaseKind, tuple[ReportKind, Phase]] = {
    BaseKind.PRIOR_BUDGET: (ReportKind.BUDGET, Phase.APPROVED),
    BaseKind.PRIOR_OPENING_BUDGET: (ReportKind.BUDGET, Phase.APPROVED),
    BaseKind.PRIOR_FINAL: (ReportKind.FINAL, Phase.EXECUTED),
}


def own_phase(kind: ReportKind | None) -> Phase:
    """The phase of figures whose words say none."""
    return Phase.EXECUTED if kind is ReportKind.FINAL else Phase.APPROVED


def agreed(found: Sequence[Operand]) -> Operand | None:
    """The one figure that several operands are, the finest printed; ``None`` where two differ."""
    if not found:
        return None
    finest = min(found, key=lambda operand: operand.step)
    # A coarse figure agrees with several fine ones that differ from each other.
    if any(compare_sums([finest], [o]).outcome is Outcome.MISMATCH for o in found):
        return None
    return finest


def before(current: Operand, change: Operand) -> Operand:
    """The figure of the year before: this year's less its signed change."""
    return evolve(
        current,
        name=f"{current.name}上年数",
        text=f"{current.text} − {change.text}",
        value=current.value - change.value,
        step=current.step + change.step,
        doubt=current.doubt or change.doubt,
    )
