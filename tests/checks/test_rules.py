"""Every rule with a report that it passes, one that it fails, one that it does not apply to."""

from __future__ import annotations

import pytest

from disclosure_parser.checks import Outcome, rules
from tests.checks import examples_narrative, examples_tables, examples_words
from tests.checks.examples_words import ALWAYS
from tests.checks.support import checked, outcomes
from tests.checks.test_across import PAIRS

EXAMPLES = {
    **examples_narrative.EXAMPLES,
    **examples_tables.EXAMPLES,
    **examples_words.EXAMPLES,
}


def test_every_rule_is_registered_and_has_examples() -> None:
    known = {rule.id for rule in rules() if rule.pair is None}
    assert known == set(EXAMPLES)
    assert {rule.id for rule in rules() if rule.pair is not None} == set(PAIRS)


def test_every_rule_is_documented() -> None:
    for rule in rules():
        assert rule.title, rule.id
        assert rule.english, rule.id
        assert "Source:" in rule.doc, f"{rule.id} names no source"
        assert any(sign in rule.doc for sign in "=≤≥⇒⊆<"), f"{rule.id} states no formula"


@pytest.mark.parametrize("rule", EXAMPLES)
def test_passes(rule: str) -> None:
    example = EXAMPLES[rule]
    found = outcomes(checked(*example.passes, title=example.title), rule)
    assert {Outcome.OK, Outcome.ROUNDING} & set(found), found
    assert Outcome.MISMATCH not in found


@pytest.mark.parametrize("rule", EXAMPLES)
def test_fails(rule: str) -> None:
    example = EXAMPLES[rule]
    found = checked(*example.fails, title=example.failing_title or example.title)
    assert Outcome.MISMATCH in outcomes(found, rule), found.of_rule(rule)
    assert rule in {finding.rule for finding in found.findings}


@pytest.mark.parametrize("rule", [rule for rule in EXAMPLES if rule not in ALWAYS])
def test_does_not_apply(rule: str) -> None:
    example = EXAMPLES[rule]
    title = example.silent_title or example.title
    found = checked(*example.silent, title=title).of_rule(rule)
    assert [result.outcome for result in found] == [Outcome.NOT_APPLICABLE], found
    assert found[0].reason is not None
