"""What the names of rows mean: concepts, classes of the functional classification, counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from disclosure_parser.catalogue import codes
from disclosure_parser.catalogue.concepts import find_concept
from disclosure_parser.document import fold_text
from disclosure_parser.statements.model import Flow

_COUNTER = (
    r"个|批次?|辆|人次?|次|台|套|台[、/(]套\)?|台、?件|台、辆|栋|平方米|㎡|家|户|件|名|亩|幢|处|册"
)
#: Names of rows that count things, with the unit where it is printed.
_COUNTED = re.compile(
    rf"\((?:单位:)?(?P<unit>{_COUNTER})\)$"
    r"|(?:团组|批次|人次|人数|保有量|购置量|购置数|数量)(?:数|总数)?(?P<alone>)$"
    # Named by the price of one piece: (二)单价100万元(含)以上设备(不含车辆).
    r"|单[价位]\d+万?元(?:\(含\))?以上的?(?:通用|专用|大型)?设备(?:\(不[含包][^()]*\))?$"
)
_MEASURING = re.compile(r"(?:计量|数量)?单位")
_WORTH = re.compile(r"价值|金额|原值|净值|账面|元\)")
#: Names of sources of an agency's money that are names of the classification as well.
_SOURCE = re.compile(r"^其他收入$|政府性基金|国有资本经营预算|上年结[转余]")
_TOTALS = {"revenue.total", "expenditure.total", "balance.total"}


def name_concept(
    label: str, flow: Flow | None, year: int | None, prefix: str = "", *, counted: bool = False
) -> str:
    """The concept of a folded name without its number, ``""`` where none is known.

    ``prefix`` is what the concept must begin with, where names are names of things; ``counted``
    says that the row's values are numbers of things (it may show in the name as well).
    """
    if prefix:
        # 一、货物A: the letter of the catalogue.
        label = label.rstrip("ABC")
    if flow is Flow.EXPENDITURE and not prefix and functional_class(label, year):
        return "expenditure.function_class"
    if flow is Flow.REVENUE and not _SOURCE.search(label) and revenue_item(label, year):
        # 政府住房基金收入, 国有资本经营收入: items of the general budget, no source of funds.
        return ""
    counted = counted or counted_unit(label) is not None
    measure = "count" if counted else "amount"
    concept = find_concept(label, flow.value if flow is not None else None, "", measure)
    # Names that only end like a total (…安排的支出) are none.
    return concept if concept not in _TOTALS and concept.startswith(prefix) else ""


def counted_unit(label: str) -> str | None:
    """The unit of what a row's name counts (保有量（辆）), ``""`` without one, else ``None``."""
    match = _COUNTED.search(label)
    return (match["unit"] or match["alone"] or "") if match is not None else None


def heads_units(path: Sequence[str]) -> bool:
    """Whether a column may be of units of measurement 计量单位; 单位 heads agencies as well."""
    return bool(path) and _MEASURING.fullmatch(fold_text(path[-1])) is not None


def is_counter(folded: str) -> bool:
    """Whether a cell is a unit that things are counted in, and no more."""
    return re.fullmatch(_COUNTER, folded) is not None


def says_worth(path: str) -> bool:
    """Whether a header path says that its figures are money, whatever the rows count."""
    return _WORTH.search(path) is not None


@lru_cache(maxsize=1024)
def revenue_item(label: str, year: int | None) -> bool:
    """Whether a name is that of an item 款 or below of the revenue classification."""
    return any(entry.level != "类" for entry in codes.revenue(year).find(label))


@lru_cache(maxsize=1024)
def functional_class(label: str, year: int | None) -> str:
    """The class 类 of the functional classification that a name is the name of."""
    listed = codes.functional(year)
    found = (entry for entry in listed.find(label) if entry.level == "类")
    return next((entry.code for entry in found), "")
