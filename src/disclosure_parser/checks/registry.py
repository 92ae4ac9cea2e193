"""The registry of rules. A rule is a decorated function over a report that yields results.

The docstring of the function is the rule's documentation: the identity as a formula, its source
and the templates in which it holds; ``docs/rules.md`` is generated from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import getdoc

from attrs import frozen

from disclosure_parser.checks.model import Level, Result
from disclosure_parser.checks.subject import Subject
from disclosure_parser.errors import CatalogueError

RuleBody = Callable[[Subject, "Rule"], Iterator[Result]]

#: The families of rules, one module each.
FAMILIES = (
    "narrative",
    "narrative_ratios",
    "within_tables",
    "between_tables",
    "narrative_tables",
    "parts",
    "identity",
    "codes",
    "disclosure",
    "residue",
)


@frozen
class Rule:
    """A rule: id (``N06``), Chinese title, family, level of its findings, body."""

    id: str
    title: str
    family: str
    level: Level
    body: RuleBody

    @property
    def doc(self) -> str:
        """Formula, source and scope of the rule."""
        return getdoc(self.body) or ""

    def apply(self, subject: Subject) -> Iterator[Result]:
        """The results of the rule on a report."""
        return self.body(subject, self)


_rules: dict[str, Rule] = {}


def rule(id: str, title: str, *, level: Level = Level.ERROR) -> Callable[[RuleBody], RuleBody]:
    """Register a function as a rule of its module's family.

    Raises:
        CatalogueError: the id is taken, or the function has no docstring.
    """

    def register(body: RuleBody) -> RuleBody:
        if id in _rules:
            raise CatalogueError(f"two rules with the id {id}")
        if not getdoc(body):
            raise CatalogueError(f"rule {id} has no docstring to document it")
        family = body.__module__.rpartition(".")[2]
        _rules[id] = Rule(id, title, family, level, body)
        return body

    return register


def rules() -> tuple[Rule, ...]:
    """All rules, family by family, in the order of their ids."""
    for family in FAMILIES:
        import_module(f"disclosure_parser.checks.{family}")
    return tuple(sorted(_rules.values(), key=lambda r: (FAMILIES.index(r.family), r.id)))
