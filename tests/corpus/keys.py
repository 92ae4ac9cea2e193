"""The answer keys of the corpus: what a reader finds in ``source.txt``; see corpus/README.md."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import field, frozen
from cattrs import Converter
from corpus.build import ROOT, file_name, reports
from corpus.source import load


@frozen(kw_only=True)
class IdentityKey:
    """What the report says of itself."""

    agency: str
    fiscal_year: int
    kind: str
    scope: str = ""
    unit_code: str = ""


@frozen(kw_only=True)
class UnitKey:
    """A budget unit; the columns only where the report has a table of them."""

    name: str
    nature: str | None = None
    rank: str | None = None
    funding: str | None = None
    note: str | None = None


@frozen(kw_only=True)
class FigureKey:
    """A thing of the prose with the figures that the prose gives of it."""

    section: str
    concept: str
    measure: str = "amount"
    heading: bool = False
    of: str | None = None
    number: str | None = None
    unit: str | None = None
    unsure: bool = False
    change: str | None = None
    percent: str | None = None
    direction: str | None = None
    base: str | None = None
    reason: str | None = None
    purpose: str | None = None
    share: str | None = None
    budget: str | None = None
    budget_kind: str | None = None
    completion: str | None = None

    def __str__(self) -> str:
        given = {
            name: getattr(self, name)
            for name in self.__class__.__annotations__
            if getattr(self, name) not in (None, False, "amount")
        }
        return ", ".join(f"{name}={value}" for name, value in given.items())


@frozen(kw_only=True)
class NothingKey:
    """A thing that the report names without giving a number."""

    section: str
    concept: str


@frozen(kw_only=True)
class SlipKey:
    """A slip of the report, as printed; ``found`` is the rule or diagnostic that finds it."""

    kind: str
    text: str
    found: str | None = None


@frozen(kw_only=True)
class DutyGoalsKey:
    """A duty and the number of its goals."""

    duty: str
    goals: int


@frozen(kw_only=True)
class GoalQuantityKey:
    """A quantity that a goal names."""

    duty: str
    text: str
    number: str
    unit: str
    operator: str | None = None
    upper: str | None = None


@frozen(kw_only=True)
class ProjectKey:
    """A project with performance targets."""

    name: str
    goals: int
    indicators: int
    number: int | None = None


@frozen(kw_only=True)
class FundingKey:
    """An amount of a project's funding."""

    project: str
    label: str
    number: str
    unit: str


@frozen(kw_only=True)
class ExecutionKey:
    """The funding of a project in a form of self-evaluation; what is not named is not printed."""

    project: str
    label: str
    initial: str | None = None
    adjusted: str | None = None
    executed: str | None = None
    rate: str | None = None


@frozen(kw_only=True)
class IndicatorKey:
    """A performance indicator."""

    project: str
    path: tuple[str, str, str]
    description: str | None = None
    operator: str | None = None
    value: str | None = None
    number: str | None = None
    unit: str | None = None
    basis: str | None = None
    weight: str | None = None
    actual: str | None = None
    score: str | None = None
    remark: str | None = None


@frozen(kw_only=True)
class ProcurementKey:
    """A row of the procurement table; funds that are not named are not printed."""

    level: str
    total: str
    label: str | None = None
    budget: str | None = None
    item: str | None = None
    code: str | None = None
    economic: str | None = None
    method: str | None = None
    measure: str | None = None
    quantity: str | None = None
    price: str | None = None
    general: str | None = None
    fund: str | None = None
    special_account: str | None = None
    other: str | None = None


@frozen(kw_only=True)
class AssetKey:
    """A row of the asset table; quantity and value as printed."""

    label: str
    quantity: str
    value: str
    measure: str = ""
    of_which: bool = False


@frozen(kw_only=True)
class AssetsCaptionKey:
    """The caption of the asset table."""

    department: str
    as_of: str


@frozen(kw_only=True)
class CellKey:
    """A cell of a statutory table; ``row`` is a label or a code, empty for a table of one row."""

    table: str
    column: tuple[str, ...]
    value: str
    label: str | None = None
    row: str | None = None
    unit: str | None = None


@frozen(kw_only=True)
class GlossaryKey:
    terms: tuple[str, ...]


@frozen(kw_only=True)
class OtherKey:
    empty_tables: tuple[str, ...] = ()


@frozen(kw_only=True)
class Key:
    """The answer key of a report. Parts that a key leaves out are not tested."""

    identity: IdentityKey
    glossary: GlossaryKey
    outline: tuple[tuple[str, str, str], ...] = ()
    subsections: tuple[tuple[str, str, str], ...] = ()
    duties: int | None = None
    units: tuple[UnitKey, ...] = ()
    figures: tuple[FigureKey, ...] = ()
    without_number: tuple[NothingKey, ...] = ()
    absent: tuple[str, ...] = ()
    slips: tuple[SlipKey, ...] = ()
    speaking_rules: tuple[str, ...] = ()
    duty_goals: tuple[DutyGoalsKey, ...] = ()
    goal_quantities: tuple[GoalQuantityKey, ...] = ()
    projects: tuple[ProjectKey, ...] = ()
    funding: tuple[FundingKey, ...] = ()
    execution: tuple[ExecutionKey, ...] = ()
    indicators: tuple[IndicatorKey, ...] = ()
    procurement: tuple[ProcurementKey, ...] = ()
    assets: tuple[AssetKey, ...] = ()
    assets_caption: AssetsCaptionKey | None = None
    cells: tuple[CellKey, ...] = ()
    empty_tables: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    other: OtherKey = field(factory=OtherKey)


#: A misspelt field of a key is an error, not a test that never runs.
_CONVERTER = Converter(forbid_extra_keys=True)


def key_of(name: str) -> Key:
    """The answer key of a report of the corpus."""
    raw: dict[str, Any] = tomllib.loads((ROOT / name / "facts.toml").read_text("utf-8"))
    return _CONVERTER.structure(raw, Key)


def corpus_files() -> list[Path]:
    """Every rendered file of the corpus."""
    return [
        folder / file_name(form) for folder in reports() for form in sorted(load(folder).formats)
    ]


def number(text: str) -> Decimal:
    """A printed number without its separators; the printed decimals stay."""
    return Decimal(text.replace(",", ""))
