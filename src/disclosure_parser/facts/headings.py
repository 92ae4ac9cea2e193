"""What the words beside a table figure say: measure, unit, phase, year, base."""

from __future__ import annotations

import re
from functools import lru_cache

from attrs import frozen

from disclosure_parser.document import fold_text
from disclosure_parser.facts.model import Measure
from disclosure_parser.language.phrases import LAST_YEAR, find_base, find_phase, same_year_kind
from disclosure_parser.language.units import find_unit_declaration
from disclosure_parser.language.values import BaseKind, Phase

_RATES = (
    (
        Measure.COMPLETION,
        re.compile(r"完成率|执行率|完成.{0,6}%|(?:为|占|完成)(?:年初|调整|全年)?预算.{0,3}%"),
    ),
    (
        Measure.CHANGE_PERCENT,
        re.compile(r"(?:增|减|增减|增长|变动|同比)[^>]{0,6}(?:%|率|比例|幅度)|增幅|±%"),
    ),
    (Measure.SHARE, re.compile(r"占比|比重|占[^>]{1,16}(?:%|比例)|^比例$|>比例$")),
    (Measure.PERCENT, re.compile(r"%|百分比|比率|比例|[^费汇税]率(?:\(|$|>)")),
)
_SCORE = re.compile(r"(?:分值|权重|得分)(?!率)|评分$|评价分数")
_RESULT = re.compile(r"完成(?:指标)?值|实际(?:指标)?值")
_TARGET = re.compile(r"指标值|目标值|^值$|>值$")
#: Not 单价50万元以上设备, which is a kind of thing.
_PRICE = re.compile(r"单价(?!\d)")
_CHANGE = re.compile(r"增减额|增减变[化动]|增减(?:\(|$|>)|增加额|减少额|比上年增减|增减数")
_COUNTED = (
    r"[^\W\d_]{0,3}(?:个|人|人次|人/次|辆|台|套|批次?|次|团|户|家|所|栋|幢|亩|件|项|公里|公顷)"
    r"|台[、/]?件?[、/]?套|个[、/]人|平方米|平米|㎡|m2|万平方米"
)
_UNIT = re.compile(rf"\((?:单位:)?(?!不?含)(?P<unit>{_COUNTED})\)")
_QUANTITY = re.compile(
    r"数量(?:\(|$|>)|单价\d[^>]*设备|人[员]?数|面积|辆数|台数|件数|批次数?$|人次数?$|保有量|团组数|个数|编制数|户数"
)
_MONEY = re.compile(
    r"金额|[预决]算数?|收入|支出|经费|拨款|资金|结余|结转|价值|原值|净值|余额|限额|总价|元|费(?:用|>|$)"
)
#: Titles of tables that report what became of a budget.
_EXECUTED = re.compile(r"决算.{0,8}表|(?:执行|完成)情况")
_YEAR = re.compile(r"(20\d\d)年")
_BASE_PHASES = {
    BaseKind.PRIOR_BUDGET: Phase.APPROVED,
    BaseKind.PRIOR_OPENING_BUDGET: Phase.APPROVED,
    BaseKind.PRIOR_ADJUSTED_BUDGET: Phase.ADJUSTED,
    BaseKind.PRIOR_EXECUTION: Phase.EXECUTED,
    BaseKind.PRIOR_FINAL: Phase.EXECUTED,
    BaseKind.OPENING_BUDGET: Phase.APPROVED,
    BaseKind.ADJUSTED_BUDGET: Phase.ADJUSTED,
    BaseKind.BUDGET: Phase.APPROVED,
}


@frozen
class Words:
    """What a header path, a row label or a title says of the figures under it.

    ``measure`` is ``None`` where the words leave it open, ``unit`` the unit of a quantity.
    """

    measure: Measure | None
    unit: str
    money: bool
    phase: Phase | None
    year: int | None
    base: BaseKind | None
    base_year: int | None


@lru_cache(maxsize=4096)
def read_words(texts: tuple[str, ...], fiscal_year: int | None) -> Words:
    """What the words of a header path say, the lowest level first."""
    levels = [fold_text(text) for text in texts]
    path = ">".join(levels)
    measure, unit = _measure(path)
    phase = year = None
    for level in reversed(levels):
        phase = phase or find_phase(re.sub(r"\([^()]*\)$", "", level))[0]
        year = year or _year(level, fiscal_year)
    if phase is None and _EXECUTED.search(path):
        phase = Phase.EXECUTED
    base = base_year = None
    if measure in {Measure.CHANGE, Measure.CHANGE_PERCENT}:
        found = find_base(path, 0, len(path))
        if found is not None:
            base, base_year = found.kind, found.year
            if base_year is None and fiscal_year is not None and base.value.startswith("prior"):
                base_year = fiscal_year - 1
        phase = year = None
    elif measure is Measure.COMPLETION:
        base, phase, year = same_year_kind(path), None, None
    return Words(
        measure=measure,
        unit=unit,
        money=bool(_MONEY.search(path)) or find_unit_declaration(path) is not None,
        phase=phase,
        year=year,
        base=base,
        base_year=base_year,
    )


def of_base(base: BaseKind, year: int | None, own: int | None) -> tuple[int | None, Phase | None]:
    """Year and phase of a figure that is itself a base (较上年预算2.08万元减少), by its kind.

    ``year`` is the printed one, ``own`` that of the figure it is compared with.
    """
    if year is None and own is not None:
        year = own - 1 if base.value.startswith("prior") else own
    return year, _BASE_PHASES.get(base)


def is_counted(unit: str) -> bool:
    """Whether words after a number are a unit of percentages or of things counted."""
    return re.fullmatch(rf"[%‰]|{_COUNTED}", fold_text(unit)) is not None


def _measure(path: str) -> tuple[Measure | None, str]:
    if _SCORE.search(path):
        # 执行率分值: a score, no rate.
        return Measure.SCORE, ""
    for measure, pattern in _RATES:
        if pattern.search(path):
            return measure, "%"
    if _RESULT.search(path):
        return Measure.RESULT, ""
    if _TARGET.search(path):
        return Measure.TARGET, ""
    if _PRICE.search(path):
        return Measure.UNIT_PRICE, ""
    if _CHANGE.search(path):
        return Measure.CHANGE, ""
    unit = _UNIT.search(path)
    if unit or _QUANTITY.search(path):
        return Measure.QUANTITY, unit["unit"] if unit else ""
    return None, ""


def _year(level: str, fiscal_year: int | None) -> int | None:
    printed = _YEAR.search(level)
    if printed:
        return int(printed.group(1))
    if LAST_YEAR.search(level) and fiscal_year is not None:
        return fiscal_year - 1
    return None
