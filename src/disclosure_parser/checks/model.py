"""What a check says: outcomes, operands, results, findings and the ledger of all rules."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from disclosure_parser.document import Anchor

#: Name and version of the JSON form.
CHECK_SCHEMA = "disclosure-check/1"


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
class Message:
    """A sentence for people in Chinese and English; ``code`` is its stable name."""

    code: str
    zh: str
    en: str

    def text(self, language: str = "zh") -> str:
        """The sentence in a language (``zh`` or ``en``)."""
        return self.en if language == "en" else self.zh

    def __str__(self) -> str:
        return self.zh


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
    lowered where an operand is doubtful. ``message`` says what is wrong, ``reason`` why the rule
    does not apply, could not be told, or why the level was lowered; ``printed`` are the printed
    words that a rule without operands speaks of.
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
    message: Message | None = None
    reason: Message | None = None
    printed: str = ""
    section: str = ""
    table: int | None = None
    #: Where it is printed, for rules without operands.
    anchor: Anchor | None = None
    #: Which document of several ``anchor`` belongs to.
    report: int = 0

    @property
    def operands(self) -> tuple[Operand, ...]:
        """All operands, left side first."""
        return self.left + self.right


@frozen(kw_only=True)
class Finding:
    """A mismatch, or something that should not be printed as it is.

    ``id`` is stable: the same report gives the same id, whatever else is found. ``places`` say
    where the operands are printed (``p. 3``), in their order; for a finding without operands,
    where its words are.
    """

    id: str
    result: Result
    places: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The id of the rule."""
        return self.result.rule

    @property
    def level(self) -> Level:
        """The level of the finding."""
        return self.result.level


class Presence(StrEnum):
    """Whether a required item is disclosed 公开情况."""

    #: It is there.
    YES = "yes"
    #: It is there and says that there is none 空表并有说明.
    DECLARED_NONE = "declared_none"
    #: It is there, without figures and without a word why.
    EMPTY = "empty"
    #: It was not found.
    NO = "no"
    #: The report gives no occasion for it, or the file is only a part of the disclosure.
    NOT_APPLICABLE = "not_applicable"


@frozen(kw_only=True)
class Disclosed:
    """A required item of the disclosure and whether the report has it.

    ``group`` is ``section``, ``statement``, ``detail`` or ``reason``; ``id`` is stable, ``zh`` and
    ``en`` are its name; ``anchor`` is where it was found first.
    """

    group: str
    id: str
    zh: str
    en: str
    presence: Presence
    anchor: Anchor | None = None


@frozen(kw_only=True)
class CheckReport:
    """The result of checking a report: findings, and the ledger of every rule.

    The ledger has at least one result for each registered rule, so that nothing is skipped
    without a word. ``disclosed`` says which of the required items the report discloses; it is
    empty for the rules across reports.
    """

    findings: tuple[Finding, ...]
    ledger: tuple[Result, ...]
    disclosed: tuple[Disclosed, ...] = ()
    schema: str = CHECK_SCHEMA

    @property
    def counts(self) -> dict[str, int]:
        """How many results each outcome has."""
        return dict(sorted(Counter(result.outcome.value for result in self.ledger).items()))

    def of_rule(self, rule: str) -> tuple[Result, ...]:
        """The results of a rule."""
        return tuple(result for result in self.ledger if result.rule == rule)

    def of_level(self, level: Level) -> tuple[Finding, ...]:
        """The findings of a level."""
        return tuple(finding for finding in self.findings if finding.level is level)
