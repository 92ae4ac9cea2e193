"""Whose figures a government's report prints: the region's, its own level's, a zone's."""

from __future__ import annotations

from disclosure_parser.identity import Scope
from disclosure_parser.parsing import parse_document
from disclosure_parser.report import Report
from tests.sections.support import document

TITLE = "关于青溪市2030年预算执行情况和2031年预算（草案）的报告"
BODY = (
    "一、2030年预算执行情况",
    "（一）全市预算执行情况",
    "全市一般公共预算收入完成90.5亿元。支出完成120.4亿元。市本级税收收入完成30.1亿元。",
    "（二）市本级预算执行情况",
    "一般公共预算收入完成40.2亿元。支持县级财力2.2亿元。",
    "（三）高新区预算执行情况",
    "一般公共预算收入完成9.3亿元。",
    "（四）重点工作",
    "争取债券资金7.7亿元。",
)


def _whose(report: Report) -> dict[str, tuple[str | None, Scope | None]]:
    return {fact.text: (fact.entity, fact.scope) for fact in report.facts()}


def test_the_levels_of_a_government_s_report_are_apart() -> None:
    assert _whose(parse_document(document(TITLE, *BODY))) == {
        "90.5亿元": ("青溪市", Scope.REGION),
        "120.4亿元": ("青溪市", Scope.REGION),
        "30.1亿元": ("青溪市", Scope.OWN_LEVEL),
        "40.2亿元": ("青溪市", Scope.OWN_LEVEL),
        "2.2亿元": ("青溪市", Scope.OWN_LEVEL),
        "9.3亿元": ("高新区", Scope.GOVERNMENT),
        "7.7亿元": ("青溪市", Scope.GOVERNMENT),
    }


def test_the_words_change_nothing_in_an_agency_s_report() -> None:
    report = parse_document(
        document(
            "青溪市水务局2031年部门预算",
            "一、市本级水库情况",
            "全市水库维修费9.5万元。",
        )
    )
    assert {scope for _, scope in _whose(report).values()} == {Scope.DEPARTMENT}
