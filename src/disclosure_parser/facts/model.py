"""The fact: one printed figure with everything that is known of it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from disclosure_parser.document import Anchor
from disclosure_parser.identity import Scope
from disclosure_parser.language.values import BaseKind, Direction, Operator, Phase, ValueState


class Measure(StrEnum):
    """What a figure measures of its concept 度量."""

    #: An amount of money 金额.
    AMOUNT = "amount"
    #: The amount of a change 增减额; ``direction`` says which way.
    CHANGE = "change"
    #: The percentage of a change 增减率.
    CHANGE_PERCENT = "change_percent"
    #: A share of a whole 占比.
    SHARE = "share"
    #: A completion rate 完成率 against a budget figure.
    COMPLETION = "completion"
    #: Any other percentage.
    PERCENT = "percent"
    #: A number of people, things or events 数量 that the text counts.
    COUNT = "count"
    #: A number in a table that is no money: pieces, square metres, people.
    QUANTITY = "quantity"
    #: The price of one piece 单价.
    UNIT_PRICE = "unit_price"
    #: The target of a performance indicator 指标值.
    TARGET = "target"
    #: The value of a performance indicator that was reached 实际完成值.
    RESULT = "result"
    #: A weight or score 分值、权重、得分.
    SCORE = "score"


@frozen(kw_only=True)
class Fact:
    """A printed figure.

    What it is of: ``concept`` is the catalogue's id (``""`` when unknown) and ``concept_name``
    its Chinese name; ``label`` the printed words that name the figure and ``whole`` the concept
    or name of the thing it is a part of (其中). ``entity`` is the agency, ``scope`` 部门, 单位,
    本级 or, of a government's report, 全市 and 市本级 apart (政府 where nothing tells which),
    ``year`` the fiscal year of the figure (not of the report), ``phase`` the phase of the budget
    cycle. A base is what a change, share or completion is measured against:
    ``base``, ``base_year`` and ``base_text`` as printed. ``reason`` is the printed reason of a
    change.

    What is printed: ``state``, ``number`` as printed (Decimal with its decimals), ``upper`` the
    upper end where a range is printed (2-3次, ``number`` is the lower), ``unit`` as
    printed or declared (``万元``, ``%``, ``辆``), ``yuan`` the value in 元 (``None`` for what is no
    money or has no known unit), ``operator`` of a target, ``text`` the printed characters, and
    ``anchor`` where they stand. ``doubt`` says why a reading is not sure.

    Where it stands: ``section`` (the innermost) and ``record`` (class of the record that holds it,
    ``""`` for a figure of a table that no record reads); for tables ``table`` (block index),
    ``table_title``, ``row`` (labels of the row, outermost first), ``column`` (header path, top
    first) and ``code`` with ``code_edition`` where a code list is known. For items of a
    classification in prose ``row`` holds the printed names of 类, 款 and 项, and ``code`` the
    printed code. ``within`` is ``reason`` or ``purpose`` where the figure explains another one.
    """

    measure: Measure
    state: ValueState
    text: str
    anchor: Anchor
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    yuan: Decimal | None = None
    operator: Operator | None = None
    concept: str = ""
    concept_name: str = ""
    label: str = ""
    whole: str = ""
    entity: str | None = None
    scope: Scope | None = None
    year: int | None = None
    phase: Phase | None = None
    direction: Direction | None = None
    base: BaseKind | None = None
    base_year: int | None = None
    base_text: str = ""
    reason: str = ""
    code: str = ""
    code_edition: str = ""
    section: str = ""
    record: str = ""
    table: int | None = None
    table_title: str = ""
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    within: str = ""
    doubt: str | None = None
