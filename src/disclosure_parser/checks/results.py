"""Making results: the one place where a comparison becomes an outcome of a rule."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from disclosure_parser.checks.compare import Comparison
from disclosure_parser.checks.model import Level, Operand, Outcome, Result
from disclosure_parser.checks.registry import Rule
from disclosure_parser.document import Anchor

#: Why figures of a government's report are not compared across tables.
MANY_LEVELS = "政府报告含多级口径: a government's report holds figures of several levels"
_SLIGHT = Decimal("0.1")


def judged(
    rule: Rule,
    comparison: Comparison,
    left: Sequence[Operand],
    right: Sequence[Operand],
    formula: str,
    *,
    unit: str = "元",
    section: str = "",
    table: int | None = None,
    message: str = "",
) -> Result:
    """The result of a comparison; a mismatch fed by a doubtful reading is only a note."""
    doubts = [o for o in (*left, *right) if o.doubt]
    level, reason = rule.level, ""
    if comparison.outcome is Outcome.MISMATCH:
        if unit == "%":
            level, reason = _ratio_level(rule, comparison, left[0])
        if doubts:
            level = Level.NOTE
            reason = "; ".join(f"{o.text!r}: {o.doubt}" for o in doubts)
    return Result(
        rule=rule.id,
        outcome=comparison.outcome,
        level=level,
        formula=formula,
        left=tuple(left),
        right=tuple(right),
        difference=comparison.difference,
        tolerance=comparison.tolerance,
        unit=unit,
        message=message,
        reason=reason,
        section=section,
        table=table,
    )


def _ratio_level(rule: Rule, comparison: Comparison, percent: Operand) -> tuple[Level, str]:
    """A percentage cut off instead of rounded is a note, one off by up to 0.1 point a warning."""
    off = abs(comparison.difference)
    if off <= comparison.tolerance + percent.step / 2:
        return Level.NOTE, "末位之差，似为截尾: off in the last digit, cut off instead of rounded"
    if off <= _SLIGHT:
        return Level.WARNING, "相差不超过0.1个百分点: off by no more than 0.1 point"
    return rule.level, ""


def remark(
    rule: Rule,
    *,
    wrong: bool,
    formula: str,
    anchor: Anchor | None = None,
    text: str = "",
    message: str = "",
    section: str = "",
    table: int | None = None,
) -> Result:
    """The result of a rule that compares no sums: something is printed as it should be, or not."""
    return Result(
        rule=rule.id,
        outcome=Outcome.MISMATCH if wrong else Outcome.OK,
        level=rule.level,
        formula=formula,
        message=message or text,
        section=section,
        table=table,
        anchor=anchor,
    )


def unevaluable(
    rule: Rule, reason: str, formula: str = "", *, section: str = "", table: int | None = None
) -> Result:
    """A result that could not be told, and why."""
    return Result(
        rule=rule.id,
        outcome=Outcome.NOT_EVALUABLE,
        level=rule.level,
        formula=formula,
        reason=reason,
        section=section,
        table=table,
    )
