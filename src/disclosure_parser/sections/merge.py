"""Joining lines that speak of the same thing in different sentences."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from disclosure_parser.sections.model import Line


def merge_lines(lines: Iterable[Line]) -> list[Line]:
    """Join a line to an earlier one of the same concept if nothing contradicts that.

    A later sentence may only tell the change (公务接待费支出决算减少0.15万元) or repeat the
    amount with a share. Two different amounts for one concept are never joined: they stay apart
    for whoever reconciles them. Lines inside a reason or use, unknown concepts and items of a
    classification (many things under one concept) are left alone.
    """
    merged: list[Line] = []
    places: dict[str, int] = {}
    for line in lines:
        joinable = (
            line.concept and not line.within and line.quantity is None and not _many(line.concept)
        )
        place = places.get(line.concept) if joinable else None
        if place is not None and _agree(merged[place], line):
            merged[place] = _join(merged[place], line)
            continue
        if joinable and line.concept not in places:
            places[line.concept] = len(merged)
        merged.append(line)
    return merged


def _many(concept: str) -> bool:
    return concept.endswith(("_class", "_group", "_item", ".small_business"))


def _agree(first: Line, second: Line) -> bool:
    if first.year != second.year:
        return False
    if not second.amounts or not first.amounts:
        return True
    if first.whole_at and second.whole_at and first.whole_at != second.whole_at:
        # Equal parts of two wholes (货物 of all funds, 货物 of one fund) are two things.
        return False
    values = {(a.amount.state, a.amount.yuan) for a in first.amounts}
    return all((a.amount.state, a.amount.yuan) in values for a in second.amounts)


def _join(first: Line, second: Line) -> Line:
    return evolve(
        first,
        amounts=first.amounts + second.amounts,
        changes=first.changes + second.changes,
        shares=first.shares + second.shares,
        completions=first.completions + second.completions,
        purpose=first.purpose or second.purpose,
        reason=first.reason or second.reason,
    )
