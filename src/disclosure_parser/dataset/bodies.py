"""Which names of many reports are one public body 机构: by name, or by code and division.

A body keeps its scope: 部门, 单位 and 本级 of one name are three. A renamed body is found by its
local code in one division, and only if its names are never of the same year and kind: then the
code is of several bodies, and nothing is joined.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from attrs import field, frozen

#: Scope, name, and what keeps a report without a name apart.
Key = tuple[str, str, str]


class Join(StrEnum):
    """How a report was joined to its body."""

    #: The same name in the same scope, in a division that the name tells.
    NAME_AND_DIVISION = "name_and_division"
    #: The same name; it does not tell in which division, so it may be of two bodies.
    NAME = "name"
    #: Another name, but the same local code in the same division.
    CODE_AND_DIVISION = "code_and_division"
    #: The report does not tell its agency: joined to nothing.
    NONE = "none"


@frozen(kw_only=True)
class Naming:
    """A name in a report: its scope, year and kind, what else tells whose it is.

    ``alone`` keeps a report without a name apart from all others.
    """

    scope: str | None
    name: str | None
    division: str | None = None
    unit_code: str | None = None
    year: int | None = None
    kind: str | None = None
    alone: str = ""

    @property
    def key(self) -> Key:
        """What is the same for one name in one scope."""
        return self.scope or "", self.name or "", self.alone


@frozen(kw_only=True)
class Body:
    """A public body in one scope: its newest name, and where its reports say that it is."""

    id: Key
    name: str | None
    scope: str | None
    division: str | None
    unit_code: str | None
    joins: dict[str | None, Join] = field(factory=dict)


def bodies(namings: Iterable[Naming]) -> dict[Key, Body]:
    """The body of each name, by :attr:`Naming.key`."""
    groups: dict[Key, list[Naming]] = {}
    for naming in namings:
        groups.setdefault(naming.key, []).append(naming)
    coded: dict[tuple[str, str, str], set[Key]] = {}
    for key, group in groups.items():
        for one in group:
            if one.name and one.division and one.unit_code:
                place = (one.scope or "", one.division, one.unit_code)
                coded.setdefault(place, set()).add(key)
    joined = {key: [key] for key in groups}
    for _, keys in sorted(coded.items()):
        _join(sorted(keys), joined, groups)
    made = {keys[0]: _body(keys, groups) for keys in joined.values()}
    return {key: made[keys[0]] for key, keys in joined.items()}


def _join(keys: list[Key], joined: dict[Key, list[Key]], groups: dict[Key, list[Naming]]) -> None:
    """Join names that share a code, unless two of them are of the same year and kind."""
    together = sorted({each for key in keys for each in joined[key]})
    times: dict[tuple[int | None, str | None], str | None] = {}
    for key in together:
        for one in groups[key]:
            if times.setdefault((one.year, one.kind), one.name) != one.name:
                return
    for key in together:
        joined[key] = together


def _body(keys: list[Key], groups: dict[Key, list[Naming]]) -> Body:
    group = [one for key in keys for one in groups[key]]
    newest = max(group, key=lambda one: (one.year or 0, one.name or ""))
    joins: dict[str | None, Join] = {}
    for one in group:
        if not one.name:
            joins[one.name] = Join.NONE
        elif one.name != newest.name:
            joins[one.name] = Join.CODE_AND_DIVISION
        else:
            known = any(other.division for other in group if other.name == one.name)
            joins[one.name] = Join.NAME_AND_DIVISION if known else Join.NAME
    divisions = [one.division for one in group if one.division]
    codes = [one.unit_code for one in group if one.unit_code]
    return Body(
        id=keys[0],
        name=newest.name,
        scope=newest.scope,
        division=newest.division or (divisions[-1] if divisions else None),
        unit_code=newest.unit_code or (codes[-1] if codes else None),
        joins=joins,
    )
