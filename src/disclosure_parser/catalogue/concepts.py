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
            match=_pattern(entry["match"], raw["words"]),
            excluded=_pattern(entry["not"], raw["words"]) if "not" in entry else None,
            flow=entry.get("flow"),
            under=tuple(entry.get("under", ())),
            apart=tuple(entry.get("apart", ())),
            measure=entry.get("measure"),
        )
        for entry in raw["concept"]
    )


def _pattern(text: str, words: dict[str, str]) -> re.Pattern[str]:
    """An expression with the shared parts (``<whose>``) put in."""
    for name, part in words.items():
        text = text.replace(f"<{name}>", part)
    return re.compile(text)


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


def joins_several(label: str, concept: str) -> bool:
    """Whether a folded label names several things and ``concept`` is but one (会议费和培训费).

    The official names of a classification hold such words themselves (林业和草原（款）).
    """
    if concept.endswith(("_item", "_group", "_class")):
        return False
    pieces = _JOINTS.split(label)
    found = {find_concept(piece) for piece in pieces} - {""} if len(pieces) > 1 else set()
    return len(found) > 1 and concept in found


@lru_cache(maxsize=8192)
def find_concept(
    label: str, flow: str | None = None, whole: str = "", measure: str = "amount"
) -> str:
    """The id of the concept that a folded label names, ``""`` where none is known.

    ``flow`` is the side of the budget where it is known from the surroundings, ``whole`` the
    concept of the thing that the label is a part of, ``measure`` what is measured
    (``amount``, ``count``, ``percent``).
    """
    # The name of a table or a document is not the thing that it is about.
    label = _TITLE.sub("", label).replace('"', "").replace("'", "")
    side = _side(label) or flow
    other = _OTHER_THING.search(label) is not None
    for concept in concepts():
        if other and not _LEFT_OVER.search(concept.name):
            continue
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


#: Labels that name something else about a thing than its amount: what is left of it, another
#: year's, how it has changed, what it is without.
_OTHER_THING = re.compile(
    r"^(?:(?:较|比)(?:上年|去年|上一年)度?净?(?:增加|减少)|取消|不含|不包括|除|扣除|剔除|上年|去年|上一年)|(?:结余|结转|人均|控制数|限额|追加)$"
)
_TITLE = re.compile("《[^》]*》")
_LEFT_OVER = re.compile("结转|结余")
_JOINTS = re.compile("[和与及、]")


def _side(label: str) -> str | None:
    """The side that a label's own words say, ``None`` where they say neither or both."""
    revenue, expenditure = "收入" in label, "支出" in label
    if revenue == expenditure:
        return None
    return Flow.REVENUE if revenue else Flow.EXPENDITURE
