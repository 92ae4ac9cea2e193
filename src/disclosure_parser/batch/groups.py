"""Which files of a batch are one disclosure, by what their summaries say.

Only files of one folder or of one archive are put together, and only narrative without tables and
tables without narrative (``joining.deciding`` has the rules). Where two narratives or two sets of
rules could claim a file, it stays alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from posixpath import dirname
from typing import Any

from attrs import frozen

from disclosure_parser.batch.model import Item
from disclosure_parser.identity import Identity, ReportKind, Scope
from disclosure_parser.joining.deciding import contradictions, name_of_whole, reason_to_join
from disclosure_parser.joining.merging import hash_of_all
from disclosure_parser.joining.profiles import Profile


@frozen(kw_only=True)
class Group:
    """Files that are one disclosure, in the order of the list, and why they are thought so."""

    members: tuple[Item, ...]
    reason: str

    @property
    def item(self) -> Item:
        """What stands for them: the first file's place, all names, the disclosure's hash."""
        first = self.members[0]
        return Item(
            path=first.path,
            member=first.member,
            label=" + ".join(member.label for member in self.members),
            size=sum(member.size for member in self.members),
            sha256=hash_of_all(member.sha256 or "" for member in self.members),
        )


@frozen
class _File:
    item: Item
    profile: Profile


def groups_of(files: Iterable[tuple[Item, dict[str, Any]]]) -> Iterator[Group]:
    """The groups among files with the summaries of their reports, in the order of the list.

    Only what may be part of a group is kept in memory, a folder at a time.
    """
    for (archive, _), inside in groupby(files, key=_place):
        candidates = [
            _File(item, profile)
            for item, summary in inside
            if (profile := _profile(item, summary)).narrates != bool(profile.statements)
        ]
        if len(candidates) > 1:
            yield from _whole_archive(candidates) if archive else _pairs(candidates)


def _place(file: tuple[Item, dict[str, Any]]) -> tuple[bool, str]:
    """The folder of a file, or the archive that it is in."""
    item = file[0]
    if item.member:
        return True, item.label.rpartition("!/")[0]
    return False, dirname(item.label)


def _profile(item: Item, summary: dict[str, Any]) -> Profile:
    kind, scope = summary.get("kind"), summary.get("scope")
    return Profile(
        name=item.label,
        identity=Identity(
            agency=summary.get("agency"),
            fiscal_year=summary.get("fiscal_year"),
            kind=ReportKind(kind) if kind else None,
            scope=Scope(scope) if scope else None,
        ),
        prose=summary.get("prose", 0),
        statements=summary.get("statutory", 0),
    )


def _whole_archive(files: list[_File]) -> Iterator[Group]:
    """An archive of one agency: one narrative and tables that do not contradict it."""
    narratives = [file for file in files if file.profile.narrates]
    if len(narratives) == 1 and narratives[0].profile.identity.scope is not Scope.GOVERNMENT:
        one = narratives[0].profile.identity
        if not any(contradictions(one, file.profile.identity) for file in files):
            yield Group(
                members=tuple(file.item for file in files),
                reason="one archive: a narrative without tables, tables without narrative,"
                " nothing that contradicts",
            )
            return
    yield from _pairs(files)


def _pairs(files: list[_File]) -> Iterator[Group]:
    """The tables that one narrative claims, and no other does."""
    claims: dict[int, list[tuple[int, str]]] = defaultdict(list)
    narratives: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for position, file in enumerate(files):
        if file.profile.narrates:
            for key in _keys(file.profile):
                narratives[key].append(position)
    for position, file in enumerate(files):
        if file.profile.narrates:
            continue
        found = {
            narrative: reason
            for key in _keys(file.profile)
            for narrative in narratives[key]
            if (reason := reason_to_join(files[narrative].profile, file.profile)) is not None
        }
        if len(found) == 1:
            ((narrative, reason),) = found.items()
            claims[narrative].append((position, reason))
    for narrative, tables in sorted(claims.items()):
        members = sorted([narrative, *(position for position, _ in tables)])
        reasons = dict.fromkeys(reason for _, reason in tables)
        yield Group(
            members=tuple(files[position].item for position in members), reason="; ".join(reasons)
        )


def _keys(profile: Profile) -> Iterator[tuple[object, ...]]:
    """What files that belong together have in common, so that not each is held to each."""
    identity = profile.identity
    if identity.agency:
        # 中共某市委办公室 and 某市委办公室 end alike.
        yield "agency", identity.fiscal_year, identity.agency[-3:]
    yield "name", identity.fiscal_year, name_of_whole(profile.name)
