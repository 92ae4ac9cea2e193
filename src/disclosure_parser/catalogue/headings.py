"""Section kinds 章节类型 and how a title is recognised as one of them.

The wording is data (``headings.toml`` and the TOML files of template families); this module only
applies it. See the package's docstring for the keys.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from attrs import field, frozen

from disclosure_parser.catalogue.patterns import Pattern
from disclosure_parser.catalogue.titles import bare_core

#: What a title that is an alias word by word weighs over one that suits a pattern.
_ALIAS = 100.0
_PARENT = 3.0
#: What a title loses that is an alias only without 部门, 单位 … in front.
_BARE = 4.0


@frozen(kw_only=True)
class SectionKind:
    """A kind of section. The attributes are the keys of the TOML table ``kinds.<id>``."""

    id: str
    label: str
    part: bool = False
    leaf: bool = False
    closed: bool = False
    repeats: bool = False
    child: str = ""
    parents: frozenset[str] = frozenset()
    under: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()
    aliases: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    run_in: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    excluded: tuple[Pattern, ...] = ()
    first: tuple[Pattern, ...] = ()
    weight: float = 5.0


@frozen(kw_only=True)
class Match:
    """A kind that a title suits: how well, and why."""

    kind: SectionKind
    score: float
    basis: str

    @property
    def exact(self) -> bool:
        """Whether the whole title is an alias of the kind."""
        return self.score >= _ALIAS


@frozen(kw_only=True)
class TemplateFamily:
    """A template family 模板: how its reports are built.

    ``top`` is the mark family of the top sections (``一、``, ``第一部分``; ``""`` for none or any),
    ``sections`` their kinds in order, ``titles`` patterns of which each must suit some heading
    or table title of the report.
    """

    name: str
    label: str
    top: str = ""
    sections: tuple[str, ...] = ()
    titles: tuple[Pattern, ...] = ()

    def likeness(self, top: str, kinds: Sequence[str], titles: Sequence[str]) -> float:
        """How much a report looks like this family, from 0 to 1.

        Args:
            top: mark family of most top sections.
            kinds: kinds of the top sections, in reading order.
            titles: folded titles of all sections and tables.
        """
        if self.top and self.top != top:
            return 0.0
        if not all(any(p.search(title) for title in titles) for p in self.titles):
            return 0.0
        if not self.sections:
            return 1.0 if self.titles else 0.0
        common = _common(self.sections, list(dict.fromkeys(k for k in kinds if k)))
        # A family that asks for more is the closer description of two that suit equally.
        return common / len(self.sections) - (0.0 if self.titles else 0.01)


@frozen(kw_only=True)
class Catalogue:
    """The section kinds in the order in which they are tried, and the template families."""

    kinds: dict[str, SectionKind]
    families: tuple[TemplateFamily, ...] = ()
    endings: re.Pattern[str]
    verbs: re.Pattern[str]
    _found: dict[tuple[str, str, frozenset[str]], Match | None] = field(
        factory=dict, init=False, eq=False, repr=False
    )

    def kind(self, kind: str) -> SectionKind | None:
        """The kind of an id, ``None`` if the catalogue has none."""
        return self.kinds.get(kind)

    def match(
        self, core: str, parent: str = "", before: frozenset[str] = frozenset()
    ) -> Match | None:
        """The kind that the core of a title suits best, ``None`` if it suits none.

        Args:
            core: what :func:`disclosure_parser.catalogue.titles.core` gives for the title.
            parent: kind of the nearest section above whose kind is known.
            before: kinds of the sections before it under the same parent.
        """
        key = (core, parent, before)
        if key not in self._found:
            if len(self._found) > 20_000:
                self._found.clear()
            self._found[key] = self._match(*key)
        return self._found[key]

    def _match(self, core: str, parent: str, before: frozenset[str]) -> Match | None:
        bare = bare_core(core)
        ended = self.endings.search(core) is not None
        best: Match | None = None
        for kind in self.kinds.values():
            if kind.under and parent not in kind.under:
                continue
            score, basis = _suits(kind, core, bare, ended, parent, before)
            if score and parent and parent in kind.parents:
                score += _PARENT
                basis += f", under {parent}"
            if score and (best is None or score > best.score):
                best = Match(kind=kind, score=score, basis=basis)
        return best

    def by_content(self, text: str, parent: str = "") -> Match | None:
        """The kind that the first words of a section (folded) tell."""
        for kind in self.kinds.values():
            if kind.under and parent not in kind.under:
                continue
            for pattern in kind.first:
                if pattern.search(text):
                    return Match(kind=kind, score=1.0, basis="first words")
        return None

    @cached_property
    def followed(self) -> frozenset[str]:
        """The kinds that tell something about the sections after them."""
        return frozenset().union(*(kind.after for kind in self.kinds.values()))

    @property
    def run_in_titles(self) -> tuple[str, ...]:
        """The titles that run straight into their sentence (收入预算总计24.5万元)."""
        return tuple(title for kind in self.kinds.values() for title in kind.run_in)

    def family(self, top: str, kinds: Sequence[str], titles: Sequence[str]) -> str:
        """The name of the template family that a report looks like, ``""`` for none."""
        best, likeness = "", 0.6
        for family in self.families:
            found = family.likeness(top, kinds, titles)
            if found >= likeness:
                best, likeness = family.name, found
        return best


def _suits(
    kind: SectionKind, core: str, bare: str, ended: bool, parent: str, before: frozenset[str]
) -> tuple[float, str]:
    if core in kind.aliases or core in kind.run_in:
        return _ALIAS + kind.weight, "title"
    if bare in kind.aliases:
        return _ALIAS + kind.weight - _BARE, "title"
    if (core in kind.weak or bare in kind.weak) and (parent in kind.parents or before & kind.after):
        return _ALIAS / 2 + kind.weight, "title in its place"
    if ended and not any(pattern.search(core) for pattern in kind.excluded):
        for pattern in kind.patterns:
            if pattern.search(core) or pattern.search(bare):
                return kind.weight, f"words of the title ({pattern.pattern})"
    return 0.0, ""


def _common(wanted: Sequence[str], found: Sequence[str]) -> int:
    """The length of the longest common subsequence of two short lists."""
    row = [0] * (len(found) + 1)
    for want in wanted:
        last = 0
        for index, have in enumerate(found, start=1):
            above = row[index]
            row[index] = last + 1 if want == have else max(above, row[index - 1])
            last = above
    return row[-1]
