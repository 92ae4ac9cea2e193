"""Comparing printed figures: sums and ratios as intervals given by the printed decimals.

A printed number stands for every value that rounds to it. With ``n`` printed terms against a
printed total, rounding explains a difference of up to ``(n + 1) * u / 2``, ``u`` being one unit
of the last digit of the coarsest operand. Ratios carry the error of both operands on.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from attrs import frozen

from disclosure_parser.checks.model import Operand, Outcome

_HALF = Decimal("0.5")
_HUNDRED = Decimal(100)


@frozen(kw_only=True)
class Comparison:
    """Outcome, difference (left minus right) and tolerance of a comparison."""

    outcome: Outcome
    difference: Decimal
    tolerance: Decimal


def last_digit(number: Decimal, decimals: int, factor: int = 1) -> Decimal:
    """One unit of the last printed digit, times ``factor``.

    A printed zero is none at all, not something rounded to it.
    """
    return Decimal(1).scaleb(-decimals) * factor if number else Decimal(0)


def compare_sums(
    left: Sequence[Operand], right: Sequence[Operand], signs: Sequence[int] | None = None
) -> Comparison:
    """Compare the sum of the left operands with that of the right ones.

    ``signs`` are the signs (+1, -1) of the right operands, all +1 by default.
    """
    signs = signs if signs is not None else [1] * len(right)
    total = sum((operand.value for operand in left), Decimal(0))
    parts = sum((o.value * sign for o, sign in zip(right, signs, strict=True)), Decimal(0))
    step = max(operand.step for operand in (*left, *right))
    tolerance = (len(left) + len(right)) * step * _HALF
    return _judged(total - parts, tolerance)


def compare_percent(percent: Operand, part: Operand, whole: Operand) -> Comparison | None:
    """Compare a printed percentage with part / whole; ``None`` if the whole may be zero."""
    if abs(whole.value) <= whole.step * _HALF:
        return None
    ratio = part.value / whole.value * _HUNDRED
    error = (
        (part.step * abs(whole.value) + whole.step * abs(part.value))
        * _HALF
        / (whole.value * whole.value)
        * _HUNDRED
    )
    return _judged(abs(percent.value) - abs(ratio), percent.step * _HALF + error)


def compare_product(amount: Operand, quantity: Decimal, price: Operand) -> Comparison:
    """Compare an amount with quantity times price; the quantity is exact."""
    tolerance = (abs(quantity) * price.step + amount.step) * _HALF
    return _judged(amount.value - quantity * price.value, tolerance)


def compare_most(part: Operand, whole: Operand) -> Comparison:
    """Compare a part with the whole that it must not exceed."""
    tolerance = max(part.step, whole.step)
    difference = part.value - whole.value
    if difference <= 0:
        return Comparison(outcome=Outcome.OK, difference=difference, tolerance=tolerance)
    return _judged(difference, tolerance)


def _judged(difference: Decimal, tolerance: Decimal) -> Comparison:
    if difference == 0:
        outcome = Outcome.OK
    elif abs(difference) <= tolerance:
        outcome = Outcome.ROUNDING
    else:
        outcome = Outcome.MISMATCH
    return Comparison(outcome=outcome, difference=difference, tolerance=tolerance)
