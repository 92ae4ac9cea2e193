"""The registry of rules. A rule is a decorated function over a report that yields results.

The docstring of the function is the rule's documentation: the identity as a formula, its source
and the templates in which it holds; ``docs/rules.md`` is generated from it. A rule across reports
is a function over an ordered pair of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import getdoc
from typing import Any

from attrs import frozen

from disclosure_parser.checks.model import Level, Result
from disclosure_parser.checks.subject import Subject
from disclosure_parser.errors import CatalogueError

RuleBody = Callable[[Subject, "Rule"], Iterator[Result]]
#: The two reports, the rule, and which of the given reports the two are.
PairBody = Callable[[Subject, Subject, "Rule", tuple[int, int]], Iterator[Result]]

#: The families of rules, one module each, with their names.
FAMILIES = {
    "narrative": ("文字内部", "Within the narrative: wholes and parts"),
    "narrative_ratios": ("文字内部比率", "Within the narrative: shares and rates"),
    "narrative_budgets": ("文字内部预决算", "Within the narrative: final against budget"),
    "narrative_changes": ("文字内部增减", "Within the narrative: changes"),
    "narrative_items": ("文字内部分项", "Within the narrative: items and their total"),
    "narrative_reasons": ("文字内部原因", "Within the narrative: reasons"),
    "counts": ("数量", "Counts of things"),
    "within_tables": ("表内", "Within a table"),
    "within_balances": ("表内经济分类与结转", "Within a table: economic classes, carry-over"),
    "within_lists": ("采购与绩效表内", "Within procurement and performance tables"),
    "between_tables": ("表间", "Between tables"),
    "narrative_tables": ("文表之间", "Narrative against tables"),
    "parts": ("部分与整体", "Part against whole across statements"),
    "identity": ("身份一致", "Year, agency, unit and kind"),
    "codes": ("科目编码", "Codes and names"),
    "disclosure": ("公开内容", "What has to be disclosed"),
    "residue": ("模板残留", "Residue of the template"),
    "across": ("跨报告", "Across reports"),
}


@frozen
class Rule:
    """A rule: id (``N06``), title in Chinese and English, family, level of its findings.

    ``body`` judges one report, ``pair`` two of several; a rule has one of them.
    """

    id: str
    title: str
    english: str
    family: str
    level: Level
    body: RuleBody | None = None
    pair: PairBody | None = None

    @property
    def doc(self) -> str:
        """Formula, source and scope of the rule."""
        return getdoc(self.body or self.pair) or ""

    def name(self, language: str = "zh") -> str:
        """The title in a language (``zh`` or ``en``)."""
        return self.english if language == "en" else self.title

    def apply(self, subject: Subject) -> Iterator[Result]:
        """The results of the rule on a report; none for a rule across reports."""
        return self.body(subject, self) if self.body is not None else iter(())

    def apply_pair(
        self, first: Subject, second: Subject, reports: tuple[int, int]
    ) -> Iterator[Result]:
        """The results of a rule across reports on two of them."""
        return self.pair(first, second, self, reports) if self.pair is not None else iter(())


_rules: dict[str, Rule] = {}


def rule(
    id: str, title: str, english: str, *, level: Level = Level.ERROR
) -> Callable[[RuleBody], RuleBody]:
    """Register a function as a rule of its module's family.

    Raises:
        CatalogueError: the id is taken, or the function has no docstring.
    """

    def register(body: RuleBody) -> RuleBody:
        _add(Rule(id, title, english, _family(body), level, body=body))
        return body

    return register


def pair_rule(
    id: str, title: str, english: str, *, level: Level = Level.ERROR
) -> Callable[[PairBody], PairBody]:
    """Register a function as a rule over an ordered pair of reports.

    Raises:
        CatalogueError: the id is taken, or the function has no docstring.
    """

    def register(body: PairBody) -> PairBody:
        _add(Rule(id, title, english, _family(body), level, pair=body))
        return body

    return register


def forget_rule(id: str) -> None:
    """Take a rule back; one that is not registered is none."""
    _rules.pop(id, None)


def _add(rule: Rule) -> None:
    if rule.id in _rules:
        raise CatalogueError(f"two rules with the id {rule.id}")
    if not rule.doc:
        raise CatalogueError(f"rule {rule.id} has no docstring to document it")
    _rules[rule.id] = rule


def _family(body: Callable[..., Any]) -> str:
    return body.__module__.rpartition(".")[2]


def rules() -> tuple[Rule, ...]:
    """All rules, family by family, in the order of their ids."""
    for family in FAMILIES:
        import_module(f"disclosure_parser.checks.{family}")
    # Rules of other packages belong to families of their own, behind ours.
    order = {family: place for place, family in enumerate(FAMILIES)}
    last = len(order)
    return tuple(sorted(_rules.values(), key=lambda r: (order.get(r.family, last), r.id)))
