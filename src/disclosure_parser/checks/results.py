"""Making results: the one place where a comparison becomes an outcome of a rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from disclosure_parser.checks.compare import Comparison
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Message, Operand, Outcome, Result
from disclosure_parser.checks.registry import Rule
from disclosure_parser.document import Anchor

_SLIGHT = Decimal("0.1")
#: A difference of so many units of the last printed digit looks like accumulated rounding.
_TAIL = 5
_TINY = Decimal("0.0005")


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
    message: Message | None = None,
    lowered: tuple[Level, Message] | None = None,
    tail: bool = True,
) -> Result:
    """The result of a comparison.

    ``tail`` says whether accumulated rounding can explain a small difference.

    ``lowered`` is the level of a mismatch where the rule itself is not sure, and why; a mismatch
    fed by a doubtful reading is only a note.
    """
    level, reason = rule.level, None
    if comparison.outcome is Outcome.MISMATCH:
        if lowered is not None:
            level, reason = lowest((level, None), lowered)
        level, reason = lowest((level, reason), _by_size(comparison, left, right, unit, tail))
        level, reason = lowest((level, reason), doubts((*left, *right)))
    else:
        message = None
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


_SERIOUS = {Level.ERROR: 2, Level.WARNING: 1, Level.NOTE: 0}


def lowest(
    first: tuple[Level, Message | None], second: tuple[Level, Message | None] | None
) -> tuple[Level, Message | None]:
    """The less serious of two judgements, with its reason."""
    if second is None or _SERIOUS[second[0]] >= _SERIOUS[first[0]]:
        return first
    return second


def likeliest(results: Sequence[Result]) -> Iterator[Result]:
    """The result that fits where several figures may be meant, else the first; none of none."""
    fitting = (each for each in results if each.outcome is not Outcome.MISMATCH)
    first = next(fitting, results[0] if results else None)
    if first is not None:
        yield first


def missing(operands: Mapping[str, Operand | None]) -> Message:
    """Which of the operands, by the word for each, were not printed or not read."""
    return say("operand_missing", what="、".join(w for w, o in operands.items() if o is None))


def doubts(operands: Sequence[Operand]) -> tuple[Level, Message] | None:
    """A note where a reading is doubtful."""
    found = [f"{o.text!r} ({o.doubt})" for o in operands if o.doubt]
    return (Level.NOTE, say("doubtful", what="; ".join(found))) if found else None


def _by_size(
    comparison: Comparison, left: Sequence[Operand], right: Sequence[Operand], unit: str, tail: bool
) -> tuple[Level, Message] | None:
    off = abs(comparison.difference)
    if unit == "%":
        if off <= comparison.tolerance + left[0].step / 2:
            # Cutting off can only give too little.
            cut = comparison.difference < 0
            return Level.NOTE, say("truncated" if cut else "last_digit")
        return (Level.WARNING, say("slightly_off")) if off <= _SLIGHT else None
    step = max(operand.step for operand in (*left, *right))
    size = max(abs(operand.value) for operand in (*left, *right))
    if tail and off <= comparison.tolerance + _TAIL * step and off <= size * _TINY:
        return Level.WARNING, say("tail")
    if len(left) == len(right) == 1 and _is_power(left[0].value, right[0].value):
        return Level.WARNING, say("power_of_ten")
    return None


def _is_power(left: Decimal, right: Decimal) -> bool:
    """Whether one figure is the other with a wrong unit: 10³ to 10⁸ times, but for rounding."""
    if not left or not right or (left < 0) != (right < 0):
        return False
    ratio = max(left / right, right / left)
    return any(abs(ratio / 10**power - 1) < Decimal("0.0005") for power in (3, 4, 8))


def remark(
    rule: Rule,
    *,
    wrong: bool,
    formula: str,
    anchor: Anchor | None = None,
    printed: str = "",
    message: Message | None = None,
    reason: Message | None = None,
    level: Level | None = None,
    section: str = "",
    table: int | None = None,
) -> Result:
    """The result of a rule that compares no sums: something is printed as it should be, or not."""
    return Result(
        rule=rule.id,
        outcome=Outcome.MISMATCH if wrong else Outcome.OK,
        level=level or rule.level,
        formula=formula,
        message=message if wrong else None,
        reason=reason if wrong else None,
        printed=printed,
        section=section,
        table=table,
        anchor=anchor,
    )


def unevaluable(
    rule: Rule,
    reason: Message,
    formula: str = "",
    *,
    left: Sequence[Operand] = (),
    section: str = "",
    table: int | None = None,
    anchor: Anchor | None = None,
) -> Result:
    """A result that could not be told, and why."""
    return Result(
        rule=rule.id,
        outcome=Outcome.NOT_EVALUABLE,
        level=rule.level,
        formula=formula or rule.title,
        left=tuple(left),
        reason=reason,
        section=section,
        table=table,
        anchor=anchor,
    )


def not_applicable(rule: Rule, reason: Message) -> Result:
    """The result of a rule that has nothing to judge, and why."""
    return Result(
        rule=rule.id,
        outcome=Outcome.NOT_APPLICABLE,
        level=rule.level,
        formula=rule.title,
        reason=reason,
    )
