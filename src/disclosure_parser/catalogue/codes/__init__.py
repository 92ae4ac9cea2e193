"""Code lists 科目代码 as data, each entry with its edition and the years it was in force.

>>> from disclosure_parser.catalogue import codes
>>> codes.functional(2024).get("2010601").name
'行政运行'
>>> codes.economic_department(2017).get("30311").name
'住房公积金'

The lists are read from the package on first use and kept; a code belongs to the domain that its
table gives, never to the one that its digits suggest.
"""

from __future__ import annotations

from functools import lru_cache

from disclosure_parser.catalogue.codes.divisions import (
    Level,
    Whereabouts,
    divisions,
    whereabouts,
)
from disclosure_parser.catalogue.codes.entries import (
    Agreement,
    CodeEntry,
    CodeList,
    Domain,
    code_list,
)
from disclosure_parser.catalogue.codes.procurement import Edition, EditionGuess, guess_edition

__all__ = [
    "Agreement",
    "CodeEntry",
    "CodeList",
    "Domain",
    "Edition",
    "EditionGuess",
    "Level",
    "Whereabouts",
    "divisions",
    "economic_department",
    "economic_government",
    "functional",
    "guess_edition",
    "of_domain",
    "procurement",
    "revenue",
    "whereabouts",
]


def functional(year: int | None = None) -> CodeList:
    """支出功能分类科目 in force in a fiscal year; of all years for ``None``."""
    return of_domain(Domain.FUNCTIONAL, year)


def economic_department(year: int | None = None) -> CodeList:
    """部门预算支出经济分类科目 (301 …); some codes changed their meaning in 2018."""
    return of_domain(Domain.ECONOMIC, year)


def economic_government(year: int | None = None) -> CodeList:
    """政府预算支出经济分类科目 (501 …), in use since 2018."""
    return of_domain(Domain.GOVERNMENT_ECONOMIC, year)


def revenue(year: int | None = None) -> CodeList:
    """收入分类科目 (101 …)."""
    return of_domain(Domain.REVENUE, year)


@lru_cache(maxsize=32)
def procurement(edition: Edition | None = None) -> CodeList:
    """政府采购品目分类目录 of an edition; the one of 2013 is not complete here."""
    return code_list(Domain.PROCUREMENT).of_edition(edition.value if edition else None)


@lru_cache(maxsize=64)
def of_domain(domain: Domain, year: int | None = None) -> CodeList:
    """The list of a domain in force in a year; procurement codes of all editions for ``None``."""
    return divisions(year) if domain is Domain.DIVISION else code_list(domain).in_year(year)
