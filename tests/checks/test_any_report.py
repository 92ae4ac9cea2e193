"""Any report can be checked, however little sense it makes.

A rule that fails on rows that point nowhere says so in the ledger, and costs only itself.
"""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from disclosure_parser.checks import check, check_across, rules
from disclosure_parser.report import Report
from tests.export.strategies import of


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(of(Report), of(Report))
def test_any_report_is_checked_and_twice_alike(one: Report, other: Report) -> None:
    result = check(one)
    assert {r.rule for r in result.ledger} == {rule.id for rule in rules()}
    assert check(one) == result
    assert check_across((one, other)) == check_across((one, other))
