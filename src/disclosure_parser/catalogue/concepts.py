"""Concepts 概念: which thing of public finance a printed label names.

The list is data (``concepts.toml``); this module only applies it.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from attrs import frozen


class Flow(StrEnum):
    """The side of the budget 收支方向 a label stands on."""

    REVENUE = "revenue"
    EXPENDITURE = "expenditure"


@frozen
class Concept:
    """A concept: its stable id, its Chinese name, and the rule that recognises its labels."""

    id: str
    name: str
    match: re.Pattern[str]
    excluded: re.Pattern[str] | None
    flow: str | None
    under: tuple[str, ...]
    apart: tuple[str, ...]
    measure: str | None


@cache
def concepts() -> tuple[Concept, ...]:
    """All concepts in the order in which they are tried."""
    raw = tomllib.loads((files(__package__) / "concepts.toml").read_text("utf-8"))
    return tuple(
        Concept(
            id=entry["id"],
            name=entry["name"],
            match=re.compile(entry["match"]),
            excluded=re.compile(entry["not"]) if "not" in entry else None,
            flow=entry.get("flow"),
            under=tuple(entry.get("under", ())),
            apart=tuple(entry.get("apart", ())),
            measure=entry.get("measure"),
        )
        for entry in raw["concept"]
    )


def concept_name(concept: str) -> str:
    """The Chinese name of a concept id, or the id itself if it is not in the catalogue."""
    return _names().get(concept, concept)


def is_apart(concept: str, whole: str) -> bool:
    """Whether a concept is never a part of another one, whatever the sentence suggests."""
    return bool(whole) and whole.startswith(_apart().get(concept, ("\0",)))


@cache
def _apart() -> dict[str, tuple[str, ...]]:
    return {concept.id: concept.apart for concept in concepts() if concept.apart}


@cache
def _names() -> dict[str, str]:
    return {concept.id: concept.name for concept in reversed(concepts())}


@lru_cache(maxsize=8192)
def find_concept(
    label: str, flow: str | None = None, whole: str = "", measure: str = "amount"
) -> str:
    """The id of the concept that a folded label names, ``""`` where none is known.

    ``flow`` is the side of the budget where it is known from the surroundings, ``whole`` the
    concept of the thing that the label is a part of, ``measure`` what is measured
    (``amount``, ``count``, ``percent``).
    """
    label = label.replace('"', "").replace("'", "")
    side = _side(label) or flow
    for concept in concepts():
        if concept.flow is not None and concept.flow != side:
            continue
        if concept.measure is not None and concept.measure != measure:
            continue
        if concept.under and not whole.startswith(concept.under):
            continue
        if concept.match.search(label) and not (
            concept.excluded and concept.excluded.search(label)
        ):
            return concept.id
    return ""


def _side(label: str) -> str | None:
    """The side that a label's own words say, ``None`` where they say neither or both."""
    revenue, expenditure = "收入" in label, "支出" in label
    if revenue == expenditure:
        return None
    return Flow.REVENUE if revenue else Flow.EXPENDITURE
