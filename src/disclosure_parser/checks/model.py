"""What a check says: outcomes, operands, results, findings and the ledger of all rules."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from attrs import field, frozen

from disclosure_parser.document import Anchor


class Outcome(StrEnum):
    """The outcome of a rule on one set of operands 勾稽结果."""

    #: The identity holds to the last printed digit.
    OK = "ok"
    #: It holds within what rounding of the printed figures explains 尾差.
    ROUNDING = "rounding"
    #: It does not hold.
    MISMATCH = "mismatch"
    #: The report has nothing that the rule speaks of.
    NOT_APPLICABLE = "not_applicable"
    #: An operand is missing, doubtful or was not read; ``reason`` says which.
    NOT_EVALUABLE = "not_evaluable"


class Level(StrEnum):
    """How serious a finding is 级别."""

    #: The report contradicts itself 错误.
    ERROR = "error"
    #: A careful reader would ask about it 疑点.
    WARNING = "warning"
    #: Worth knowing 提示.
    NOTE = "note"


@frozen(kw_only=True)
class Operand:
    """A printed figure on one side of an identity.

    ``value`` is in 元 for money, in percent for ratios, else a plain number; ``step`` is one unit
    of its last printed digit in the same measure. ``doubt`` says why its reading is not sure.
    """

    name: str
    text: str
    value: Decimal
    step: Decimal
    anchor: Anchor | None = None
    doubt: str | None = None
    #: Which document of several the anchor belongs to (index in the order of the reports).
    report: int = 0


@frozen(kw_only=True)
class Result:
    """One application of a rule.

    ``formula`` states the identity with the names of its operands; ``difference`` is left minus
    right and ``tolerance`` what rounding explains, both in the measure of ``unit`` (``元``, ``%``
    or ``""``). ``level`` is the level of the finding if the outcome is a mismatch, already
    lowered where an operand is doubtful.
    """

    rule: str
    outcome: Outcome
    level: Level
    formula: str = ""
    left: tuple[Operand, ...] = ()
    right: tuple[Operand, ...] = ()
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    unit: str = ""
    message: str = ""
    reason: str = ""
    section: str = ""
    table: int | None = None
    #: Where it is printed, for rules without operands.
    anchor: Anchor | None = None

    @property
    def operands(self) -> tuple[Operand, ...]:
        """All operands, left side first."""
        return self.left + self.right


@frozen(kw_only=True)
class Finding:
    """A mismatch, or something that should not be printed as it is.

    ``id`` is stable: the same report gives the same id, whatever else is found.
    """

    id: str
    result: Result

    @property
    def rule(self) -> str:
        """The id of the rule."""
        return self.result.rule

    @property
    def level(self) -> Level:
        """The level of the finding."""
        return self.result.level


@frozen(kw_only=True)
class CheckReport:
    """The result of checking a report: findings, and the ledger of every rule.

    The ledger has at least one result for each registered rule, so that nothing is skipped
    without a word.
    """

    findings: tuple[Finding, ...]
    ledger: tuple[Result, ...]
    counts: dict[str, int] = field(factory=dict)

    def of_level(self, level: Level) -> tuple[Finding, ...]:
        """The findings of a level."""
        return tuple(finding for finding in self.findings if finding.level is level)
