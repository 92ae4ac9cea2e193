"""Editions of the procurement catalogue 政府采购品目分类目录.

The same string means different things in the editions of 2013 and 2022 (A02010104 is 台式计算机,
then 服务器), so the edition is told before the code is looked up: by length, then by name, then by
year; and what only the year says is not sure.
"""

from __future__ import annotations

import re
from enum import StrEnum

from attrs import frozen

from disclosure_parser.catalogue.codes.entries import (
    CodeEntry,
    Domain,
    code_list,
    name_key,
)
from disclosure_parser.document.folding import fold_text


class Edition(StrEnum):
    """An edition of the catalogue by its year."""

    E2013 = "2013"
    E2022 = "2022"


@frozen(kw_only=True)
class EditionGuess:
    """Which edition a code is of, why, and its entry there.

    ``edition`` is ``None`` where neither length nor name nor year tells. ``basis`` is ``length``,
    ``name``, ``year`` or ``""``. ``entry`` is ``None`` where the list holds no such code (the
    list of 2013 is not complete).
    """

    edition: Edition | None
    basis: str
    entry: CodeEntry | None = None

    @property
    def sure(self) -> bool:
        """Whether the code or its name tells the edition."""
        return self.basis in {"length", "name"}


#: The edition of 2022 (财库〔2022〕31号) is used in budgets since 2023; both in that of 2023.
_FIRST_YEAR = 2023
_FULL = re.compile(r"[ABC]\d{8}")
_CODE = re.compile(r"[ABC]\d{0,10}")


def guess_edition(code: str, name: str | None = None, year: int | None = None) -> EditionGuess:
    """The edition of a printed code, by its length, its printed name and the fiscal year."""
    code = fold_text(code).upper()
    if not _CODE.fullmatch(code):
        return EditionGuess(edition=None, basis="")
    entries = {e.edition: e for e in code_list(Domain.PROCUREMENT).history(code)}
    old, new = entries.get(Edition.E2013), entries.get(Edition.E2022)
    if len(code) > 1 and not _FULL.fullmatch(code):
        return EditionGuess(edition=Edition.E2013, basis="length", entry=old)
    if name is not None:
        agree = [
            (edition, entry)
            for edition, entry in ((Edition.E2013, old), (Edition.E2022, new))
            if entry is not None and name_key(entry.name) == name_key(name)
        ]
        if len(agree) == 1:
            return EditionGuess(edition=agree[0][0], basis="name", entry=agree[0][1])
    if year is not None and year != _FIRST_YEAR:
        edition = Edition.E2013 if year < _FIRST_YEAR else Edition.E2022
        return EditionGuess(edition=edition, basis="year", entry=entries.get(edition))
    return EditionGuess(edition=None, basis="")
