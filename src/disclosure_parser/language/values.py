"""Values as printed: amounts, quantities, changes.

Numbers are :class:`decimal.Decimal` with the printed decimals kept (``4.00`` is not ``4``).
Blank, dash, 无 and 0 are four different states.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from disclosure_parser.document import Anchor, Quote


class ValueState(StrEnum):
    """What is printed where a value is expected."""

    NUMBER = "number"
    #: Nothing is printed.
    BLANK = "blank"
    #: A dash: ``-``, ``—``, ``——``, ``--``.
    DASH = "dash"
    #: A word for none: 无, 空, 空表, 无此项.
    NIL = "nil"
    #: Words that are not a number (``文字描述``, ``XX``).
    TEXT = "text"


class Unit(StrEnum):
    """Monetary units 金额单位."""

    YUAN = "元"
    THOUSAND = "千元"
    TEN_THOUSAND = "万元"
    MILLION = "百万元"
    HUNDRED_MILLION = "亿元"

    @property
    def factor(self) -> int:
        """How many 元 one unit is."""
        return _FACTORS[self]


_FACTORS = {
    Unit.YUAN: 1,
    Unit.THOUSAND: 1_000,
    Unit.TEN_THOUSAND: 10_000,
    Unit.MILLION: 1_000_000,
    Unit.HUNDRED_MILLION: 100_000_000,
}


class UnitOrigin(StrEnum):
    """Where the unit of a number is declared."""

    #: Printed with the number.
    BESIDE = "beside"
    #: In the label of the table row.
    LABEL = "label"
    #: In the header of the table column.
    HEADER = "header"
    #: In the caption of the table (单位：万元).
    CAPTION = "caption"
    #: With another number of the same sentence (各是4125.49，4143.91万元).
    SENTENCE = "sentence"


class Direction(StrEnum):
    """Direction of a change 增减方向."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NONE = "none"


class Phase(StrEnum):
    """Phase of the budget cycle a figure belongs to."""

    #: 预算, 年初预算.
    APPROVED = "approved"
    #: 全年预算, 调整预算.
    ADJUSTED = "adjusted"
    #: 决算, 执行数.
    EXECUTED = "executed"


class BaseKind(StrEnum):
    """What a change is measured against 比较基数."""

    #: 上年预算(数), 2019年预算.
    PRIOR_BUDGET = "prior_budget"
    #: 上年年初预算.
    PRIOR_OPENING_BUDGET = "prior_opening_budget"
    #: 上年全年预算, 上年调整预算.
    PRIOR_ADJUSTED_BUDGET = "prior_adjusted_budget"
    #: 上年预算执行数.
    PRIOR_EXECUTION = "prior_execution"
    #: 上年决算(数).
    PRIOR_FINAL = "prior_final"
    #: 上年, without saying which of its figures.
    PRIOR_YEAR = "prior_year"
    #: An earlier planning period: 较“十三五”期间.
    EARLIER_PERIOD = "earlier_period"
    #: 年初预算 of the same year.
    OPENING_BUDGET = "opening_budget"
    #: 全年预算, 调整预算 of the same year.
    ADJUSTED_BUDGET = "adjusted_budget"
    #: 预算数 of the same year, without saying which.
    BUDGET = "budget"


class Operator(StrEnum):
    """Comparison operators of performance targets 指标值符号."""

    GE = ">="
    GT = ">"
    LE = "<="
    LT = "<"
    EQ = "="
    #: 文字描述 / 定性: the target is words.
    TEXT = "text"


@frozen(kw_only=True)
class Amount:
    """An amount of money 金额 as printed.

    ``text`` is the printed number with its unit if that stands beside it; ``number`` the printed
    number; ``yuan`` the value in 元 (``None`` without a number or without a known unit).
    ``doubt`` says why a reading is not sure; a sure reading has none.
    """

    state: ValueState
    text: str
    anchor: Anchor
    number: Decimal | None = None
    unit: Unit | None = None
    unit_origin: UnitOrigin | None = None
    yuan: Decimal | None = None
    doubt: str | None = None

    @property
    def decimals(self) -> int | None:
        """The number of printed decimals."""
        return decimals_of(self.number)


@frozen(kw_only=True)
class Quantity:
    """A number that is not money: count, percentage, score, area.

    ``number`` is the value (``1.2万`` is 12000), ``unit`` the printed unit text (``辆``, ``%``).
    Of a range (``2-3个``) ``number`` is the lower and ``upper`` the upper end.
    """

    state: ValueState
    text: str
    anchor: Anchor
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    doubt: str | None = None

    @property
    def decimals(self) -> int | None:
        """The number of decimals of the value."""
        return decimals_of(self.number)


@frozen(kw_only=True)
class Change:
    """A change against another figure 增减变化.

    ``amount`` and ``percent`` are printed magnitudes (usually without sign); ``direction`` comes
    from the words. ``base_year`` is set where a year is printed or follows from 上年.
    """

    direction: Direction | None
    anchor: Anchor
    amount: Amount | None = None
    percent: Quantity | None = None
    base: BaseKind | None = None
    base_year: int | None = None
    base_text: Quote | None = None
    reason: Quote | None = None
    doubt: str | None = None


def decimals_of(number: Decimal | None) -> int | None:
    """Decimals of a number as it was written; ``None`` for none."""
    if number is None:
        return None
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else None


def in_yuan(number: Decimal | None, unit: Unit | None) -> Decimal | None:
    """A number of units in 元, exact."""
    if number is None or unit is None:
        return None
    return number * unit.factor
