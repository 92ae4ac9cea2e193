"""Kinds of statutory tables and meanings of their columns: the data of ``statements.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from attrs import frozen

from disclosure_parser.catalogue.codes import Domain


@frozen(kw_only=True)
class StatementKind:
    """A kind of table: how its title, header and rows are told, and what its rows hold.

    ``domain`` is the list of its codes where the header does not say another, ``funds`` whose
    money it shows, ``flow`` its side of the budget, ``lanes`` whether lists stand side by side,
    ``compatible`` the families whose headers do not contradict its title.
    """

    id: str
    family: str
    title: re.Pattern[str]
    excluded: re.Pattern[str] | None
    header: re.Pattern[str]
    alone: tuple[re.Pattern[str], ...]
    rows: tuple[re.Pattern[str], ...]
    domain: Domain | None
    funds: str
    flow: str | None
    lanes: bool
    compatible: tuple[str, ...]

    def titled(self, core: str) -> bool:
        """Whether the core of a title names this kind."""
        return bool(self.title.search(core)) and not (
            self.excluded is not None and self.excluded.search(core)
        )


@frozen(kw_only=True)
class Meaning:
    """What a header word means for the figures under it."""

    id: str
    match: re.Pattern[str]
    excluded: re.Pattern[str] | None


@cache
def _raw() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads((files(__package__) / "statements.toml").read_text("utf-8"))


@cache
def statement_kinds() -> tuple[StatementKind, ...]:
    """All kinds in the order in which they are tried."""
    return tuple(
        StatementKind(
            id=str(entry["id"]),
            family=str(entry["family"]),
            title=re.compile(str(entry["title"])),
            excluded=_optional(entry, "not"),
            header=re.compile(str(entry["header"])),
            alone=_patterns(entry, "alone"),
            rows=_patterns(entry, "rows"),
            domain=Domain(str(entry["domain"])) if "domain" in entry else None,
            funds=str(entry.get("funds", "")),
            flow=str(entry["flow"]) if "flow" in entry else None,
            lanes=bool(entry.get("lanes", False)),
            compatible=_strings(entry, "compatible"),
        )
        for entry in _raw()["kind"]
    )


@cache
def meanings() -> tuple[Meaning, ...]:
    """All meanings of header words in the order in which they are tried."""
    return tuple(
        Meaning(
            id=str(entry["id"]),
            match=re.compile(str(entry["match"])),
            excluded=_optional(entry, "not"),
        )
        for entry in _raw()["meaning"]
    )


def _optional(entry: dict[str, object], key: str) -> re.Pattern[str] | None:
    return re.compile(str(entry[key])) if key in entry else None


def _patterns(entry: dict[str, object], key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in _strings(entry, key))


def _strings(entry: dict[str, object], key: str) -> tuple[str, ...]:
    found = entry.get(key, [])
    assert isinstance(found, list)
    return tuple(str(each) for each in found)
