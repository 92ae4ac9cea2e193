"""Entries of the code lists, and how they are looked up."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from attrs import frozen

from disclosure_parser.document.folding import fold_text


class Domain(StrEnum):
    """Which list a code belongs to."""

    #: 支出功能分类 201 … 2010601.
    FUNCTIONAL = "functional"
    #: 部门预算支出经济分类 301 … 30101.
    ECONOMIC = "economic_department"
    #: 政府预算支出经济分类 501 … 50101.
    GOVERNMENT_ECONOMIC = "economic_government"
    #: 收入分类 101 … 103014801.
    REVENUE = "revenue"
    #: 政府采购品目 A02010104.
    PROCUREMENT = "procurement"
    #: 行政区划代码 130700.
    DIVISION = "divisions"


class Agreement(StrEnum):
    """How a printed name stands to the official name of its code."""

    #: The official name of the year.
    SAME = "same"
    #: A known local wording of it, or the name without a word like 支出 or （类）.
    VARIANT = "variant"
    #: The name of the code in other years.
    OTHER_YEAR = "other_year"
    #: Another name.
    DIFFERENT = "different"
    #: The code is not in the list.
    UNKNOWN = "unknown"


_LEVELS = {3: "类", 5: "款", 7: "项", 9: "目"}


@frozen(kw_only=True)
class CodeEntry:
    """An entry of a code list.

    ``valid_from`` and ``valid_to`` are fiscal years (``None`` where not known, or still in
    force). ``confidence`` is ``high`` where the entry was seen in an official print, ``medium``
    otherwise; ``source`` says where. ``variants`` are local wordings of the name.
    """

    domain: Domain
    code: str
    name: str
    edition: str
    valid_from: int | None = None
    valid_to: int | None = None
    confidence: str = "medium"
    source: str = ""
    variants: tuple[str, ...] = ()
    note: str = ""

    @property
    def level(self) -> str:
        """类, 款, 项 or 目; ``""`` where the list has no such levels."""
        if self.domain in {Domain.PROCUREMENT, Domain.DIVISION}:
            return ""
        return _LEVELS.get(len(self.code), "")

    @property
    def parent(self) -> str | None:
        """The code of the level above; ``None`` at the top."""
        return parent_code(self.domain, self.code)

    def in_force(self, year: int) -> bool:
        """Whether the entry was in force in a fiscal year, as far as is known."""
        return (self.valid_from is None or self.valid_from <= year) and (
            self.valid_to is None or year <= self.valid_to
        )


def parent_code(domain: Domain, code: str) -> str | None:
    """The code one level above; ``None`` at the top."""
    if domain is Domain.DIVISION:
        for keep in (4, 2):
            parent = code[:keep].ljust(6, "0")
            if parent != code and code[:keep].rstrip("0"):
                return parent
        return None
    if domain is Domain.PROCUREMENT:
        filled = len(code) == 9
        digits = code[1:].removesuffix("00")
        while filled and digits.endswith("00"):
            digits = digits.removesuffix("00")
        if not digits:
            return None
        digits = digits[:-2]
        return code[0] + (digits.ljust(8, "0") if filled and digits else digits)
    return code[:-2] if len(code) > 3 else None


class CodeList:
    """A code list: all its entries, or those of a year or an edition.

    Where a look-up by code finds nothing for the year, :meth:`history` still tells what the code
    means in others.
    """

    __slots__ = ("_all", "_by_code", "_by_name", "domain", "entries", "year")

    def __init__(
        self,
        domain: Domain,
        entries: Iterable[CodeEntry],
        *,
        year: int | None = None,
        everything: CodeList | None = None,
    ) -> None:
        self.domain = domain
        self.entries = tuple(entries)
        self.year = year
        self._all = everything or self
        self._by_code: dict[str, list[CodeEntry]] = {}
        for entry in self.entries:
            self._by_code.setdefault(entry.code, []).append(entry)
        self._by_name: dict[str, list[CodeEntry]] | None = None

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[CodeEntry]:
        return iter(self.entries)

    def in_year(self, year: int | None) -> CodeList:
        """The entries in force in a fiscal year; the list itself for ``None``."""
        if year is None:
            return self
        current = (entry for entry in self._all.entries if entry.in_force(year))
        return CodeList(self.domain, current, year=year, everything=self._all)

    def of_edition(self, edition: str | None) -> CodeList:
        """The entries of an edition; the list itself for ``None``."""
        if edition is None:
            return self
        chosen = (entry for entry in self._all.entries if entry.edition == edition)
        return CodeList(self.domain, chosen, everything=self._all)

    def get(self, code: str) -> CodeEntry | None:
        """The entry of a code: the latest, if the list holds several."""
        found = self._by_code.get(code)
        return max(found, key=lambda e: e.valid_from or 0) if found else None

    def history(self, code: str) -> tuple[CodeEntry, ...]:
        """All entries of a code, of whatever year or edition, the earliest first."""
        found = self._all._by_code.get(code, ())
        return tuple(sorted(found, key=lambda e: (e.valid_to or 9999, e.valid_from or 0)))

    def find(self, name: str) -> tuple[CodeEntry, ...]:
        """The entries of a name or a known variant of it; many codes share 行政运行."""
        if self._by_name is None:
            self._by_name = {}
            for entry in self.entries:
                for each in {name_key(n) for n in (entry.name, *entry.variants)}:
                    self._by_name.setdefault(each, []).append(entry)
        return tuple(self._by_name.get(name_key(name), ()))

    def children(self, code: str) -> tuple[CodeEntry, ...]:
        """The entries directly below a code."""
        return tuple(e for e in self.entries if e.parent == code and e.code != code)

    def near(self, text: str, limit: int = 5, within: str = "") -> tuple[CodeEntry, ...]:
        """The entries whose code or name comes closest to a code or name that is not in the list.

        ``within`` limits the search to codes that begin so.
        """
        pool = [e for e in self.entries if e.code.startswith(within)]
        folded = fold_text(text)
        if re.fullmatch(r"[A-Z]?\d+", folded):
            scored = [(_code_likeness(folded, e.code), e) for e in pool]
        else:
            scored = _by_likeness(name_key(text), pool)
        found = sorted((pair for pair in scored if pair[0] > 0), key=lambda p: (-p[0], p[1].code))
        return tuple(entry for _, entry in found[:limit])

    def agreement(self, code: str, name: str) -> Agreement:
        """How a printed name stands to the official name of its code."""
        entries = self.history(code)
        if not entries:
            return Agreement.UNKNOWN
        wanted = name_key(name)
        current = self.get(code)
        if current is not None:
            if wanted == name_key(current.name):
                return Agreement.SAME
            if wanted in {name_key(v) for v in current.variants} or _stem(wanted) == _stem(
                name_key(current.name)
            ):
                return Agreement.VARIANT
        if any(_stem(wanted) == _stem(name_key(n)) for e in entries for n in (e.name, *e.variants)):
            return Agreement.OTHER_YEAR
        return Agreement.DIFFERENT


_LEVEL_MARK = re.compile(
    r"\((?:类|款|项|目|[一二三四五六])\)$|^(?:其中:|[一二三四五六七八九十]+、)"
)
_PUNCTUATION = re.compile(r"[\s\"'()（）、,，·.。:：“”‘’《》-]")


@lru_cache(maxsize=32_768)
def name_key(name: str) -> str:
    """What two printings of a name share: no brackets, no punctuation, no level mark."""
    folded = fold_text(name)
    return _PUNCTUATION.sub("", _LEVEL_MARK.sub("", folded)) or folded


def _stem(key: str) -> str:
    """A name without the 支出 that classes are printed with or without."""
    stem = key.removesuffix("支出").removesuffix("等")
    return stem or key


def _code_likeness(wanted: str, code: str) -> float:
    """1 for one digit wrong or two swapped, less for a missing or an added digit, 0 otherwise."""
    if wanted == code or abs(len(wanted) - len(code)) > 1:
        return 0.0
    if len(wanted) == len(code):
        wrong = [i for i, (a, b) in enumerate(zip(wanted, code, strict=True)) if a != b]
        swapped = (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and wanted[wrong[0]] == code[wrong[1]]
            and wanted[wrong[1]] == code[wrong[0]]
        )
        # The later the digit, the closer the meaning.
        return 0.5 + wrong[0] / 20 if len(wrong) == 1 or swapped else 0.0
    longer, shorter = (wanted, code) if len(wanted) > len(code) else (code, wanted)
    return 0.4 if any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))) else 0.0


def _by_likeness(wanted: str, pool: list[CodeEntry]) -> list[tuple[float, CodeEntry]]:
    letters = set(wanted)
    found = []
    for entry in pool:
        best = 0.0
        for name in (entry.name, *entry.variants):
            key = name_key(name)
            # The costly comparison only where half of the characters are shared.
            if 2 * len(letters & set(key)) < max(len(letters), 2):
                continue
            best = max(best, difflib.SequenceMatcher(None, wanted, key).ratio())
        if best >= 0.6:
            found.append((best, entry))
    return found


@cache
def code_list(domain: Domain) -> CodeList:
    """The whole list of a domain, all years and editions."""
    folder = files(__package__) / "data"
    sources = dict(
        line.split("\t", 1) for line in (folder / "sources.tsv").read_text("utf-8").splitlines()[1:]
    )
    entries = []
    for line in (folder / f"{domain.value}.tsv").read_text("utf-8").splitlines()[1:]:
        code, name, edition, first, last, confidence, source, variants, note = line.split("\t")
        entries.append(
            CodeEntry(
                domain=domain,
                code=code,
                name=name,
                edition=edition,
                valid_from=int(first) if first else None,
                valid_to=int(last) if last else None,
                confidence=confidence,
                source=sources[source],
                variants=tuple(variants.split("|")) if variants else (),
                note=note,
            )
        )
    return CodeList(domain, entries)
