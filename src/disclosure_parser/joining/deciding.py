"""Which files are one disclosure, and in which order they are read.

Precision first: what two files say of themselves must agree; what one does not say is no
contradiction, and for files that somebody has put together it is enough. Files that merely lie in
one folder need more: see :func:`reason_to_join`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure_parser.identity import Identity, Scope
from disclosure_parser.joining.profiles import Profile

_DIGITS = re.compile(r"(\d+)")
#: Words of file names that say which part of a disclosure a file is, not whose.
_PARTS = re.compile(
    r"附[件表]?\d*|情况?说明|文字(?:说明|部分)?|正文|公开|报?表格?|部门|单位|预算|决算|20\d\d年?度?|[\W\d_]"
)


def order(profiles: Sequence[Profile]) -> list[int]:
    """The positions of files in reading order: the narrative that says most, other narratives,
    tables; attachments by their number, then by name."""
    longest = max(range(len(profiles)), key=lambda i: profiles[i].prose, default=0)

    def key(position: int) -> tuple[object, ...]:
        one = profiles[position]
        main = position == longest and one.narrates
        annex = one.annex if one.annex is not None else 10**6
        return not main, not one.narrates, annex, _natural(one.name), position

    return sorted(range(len(profiles)), key=key)


def contradictions(one: Identity, other: Identity) -> list[str]:
    """What two files say differently of themselves, a line each; scope apart."""
    found = []
    if one.fiscal_year and other.fiscal_year and one.fiscal_year != other.fiscal_year:
        found.append(f"fiscal years {one.fiscal_year} and {other.fiscal_year}")
    if one.kind and other.kind and one.kind is not other.kind:
        found.append(f"{one.kind.value} and {other.kind.value}")
    if one.agency and other.agency and not same_agency(one.agency, other.agency):
        found.append(f"{one.agency} and {other.agency}")
    return found


def same_agency(one: str, other: str) -> bool:
    """Whether names are of one agency: equal, or one is the other without its region."""
    return one.endswith(other) or other.endswith(one)


def other_scope(one: Identity, other: Identity) -> bool:
    """Whether files hold figures of different scopes (部门 and 单位), which are never mixed."""
    return one.scope is not None and other.scope is not None and one.scope is not other.scope


def reason_to_join(narrative: Profile, tables: Profile) -> str | None:
    """Why a file of tables goes with a narrative of the same folder; ``None`` if it does not.

    Both must name the same agency and year and the same kind, or one of these is not told and the
    names of the files are alike but for words that say which part they are. The narrative must
    lack what the other has.
    """
    if not narrative.narrates or narrative.statements:
        return None
    if tables.narrates or not tables.statements:
        return None
    one, other = narrative.identity, tables.identity
    if contradictions(one, other) or other_scope(one, other):
        return None
    if Scope.GOVERNMENT in (one.scope, other.scope):
        # The reports of a government come in many parts, of which no two need belong together.
        return None
    what = "narrative without tables, tables without narrative"
    if one.agency and other.agency and one.fiscal_year and other.fiscal_year:
        return f"{what}; both of {one.agency}, {one.fiscal_year}"
    stem = name_of_whole(narrative.name)
    if one.fiscal_year and other.fiscal_year and stem and stem == name_of_whole(tables.name):
        return f"{what}; both of {one.fiscal_year}, file names alike but for their part"
    return None


def name_of_whole(name: str) -> str:
    """What a file's name says apart from which part of a disclosure it is."""
    return _PARTS.sub("", name.rpartition("/")[2].rpartition(".")[0])


def _natural(name: str) -> tuple[object, ...]:
    parts = _DIGITS.split(name)
    return tuple((1, int(part)) if part.isdigit() else (0, part) for part in parts)
