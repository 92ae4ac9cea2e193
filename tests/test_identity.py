"""Identity: whose report, for which year, budget or final accounts, which scope."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_parser.document import Diagnostic
from disclosure_parser.identity import Identity, ReportKind, Scope
from disclosure_parser.parsing import parse_document
from tests.sections.support import Rows, document

BUDGET, FINAL = ReportKind.BUDGET, ReportKind.FINAL
DEPARTMENT, UNIT, OWN = Scope.DEPARTMENT, Scope.UNIT, Scope.OWN_LEVEL

BODY = (
    "一、部门概况",
    "负责供水。",
    "二、收支情况",
    "收入12.5万元。",
    "三、名词解释",
    "1.收入：指全部收入。",
)


def _identify(
    *front: str, body: tuple[str | Rows, ...] = BODY
) -> tuple[Identity, list[Diagnostic]]:
    report = parse_document(document(*front, *body))
    said = [d for d in report.diagnostics if d.code.startswith("identity.")]
    return report.identity, said


@pytest.mark.parametrize(
    ("front", "agency", "year", "kind", "scope"),
    [
        (["青溪县水务局2031年部门预算"], "青溪县水务局", 2031, BUDGET, DEPARTMENT),
        (["青溪县水务局2031年度部门决算"], "青溪县水务局", 2031, FINAL, DEPARTMENT),
        (["青溪县水务局", "2031年度部门预算"], "青溪县水务局", 2031, BUDGET, DEPARTMENT),
        (["青溪县水务局 2031 年度", "部门决算"], "青溪县水务局", 2031, FINAL, DEPARTMENT),
        (
            ["青溪县规划和自然", "资源局", "2031 年度部门决算"],
            "青溪县规划和自然资源局",
            2031,
            FINAL,
            DEPARTMENT,
        ),
        (
            ["中共青溪县委", "组织部 2031 年度", "部门决算"],
            "中共青溪县委组织部",
            2031,
            FINAL,
            DEPARTMENT,
        ),
        (["2031年度青溪县水务局部门决算"], "青溪县水务局", 2031, FINAL, DEPARTMENT),
        (["2031年青溪县水务局预算公开"], "青溪县水务局", 2031, BUDGET, None),
        (
            ["青溪市云山区2031年区级部门预算", "预算主管部门：青溪市云山区水务局"],
            "青溪市云山区水务局",
            2031,
            BUDGET,
            DEPARTMENT,
        ),
        (
            ["青溪市云山区2031年区级单位预算", "预算单位：青溪市云山区供水站"],
            "青溪市云山区供水站",
            2031,
            BUDGET,
            UNIT,
        ),
        (
            ["青溪省2031年度", "省级部门预算公开报表", "部 门:青溪省水利厅", "青溪省财政厅印制"],
            "青溪省水利厅",
            2031,
            BUDGET,
            DEPARTMENT,
        ),
        (["青溪市云山区供水站2031年单位预算"], "青溪市云山区供水站", 2031, BUDGET, UNIT),
        (["青溪县水务局（本级）2031年度单位决算公开"], "青溪县水务局", 2031, FINAL, OWN),
        (["青溪县水务局本级2031年部门预算"], "青溪县水务局", 2031, BUDGET, OWN),
        (["青溪大学", "2031年度部门预算", "2031年4月"], "青溪大学", 2031, BUDGET, DEPARTMENT),
        # The day of publication is not the year of the accounts.
        (["青溪大学2031年度部门决算", "2032年8月"], "青溪大学", 2031, FINAL, DEPARTMENT),
        (["关于青溪县水务局2031年部门预算公开的说明"], "青溪县水务局", 2031, BUDGET, DEPARTMENT),
        (["青溪县水务局关于2031年部门预算公开的说明"], "青溪县水务局", 2031, BUDGET, DEPARTMENT),
        (
            ["附件1", "青溪县水务局2031年部门预算信息公开情况说明"],
            "青溪县水务局",
            2031,
            BUDGET,
            DEPARTMENT,
        ),
        (
            ["关于青溪市2030年预算执行情况", "与2031年预算草案的报告"],
            "青溪市",
            2031,
            BUDGET,
            Scope.GOVERNMENT,
        ),
        (
            ["关于2031年青溪省省级一般公共预算", "收入预算的说明"],
            "青溪省",
            2031,
            BUDGET,
            Scope.GOVERNMENT,
        ),
    ],
)
def test_front_pages(
    front: list[str], agency: str, year: int, kind: ReportKind, scope: Scope | None
) -> None:
    found, said = _identify(*front)
    assert (found.agency, found.fiscal_year) == (agency, year)
    assert (found.kind, found.scope) == (kind, scope)
    assert not [d for d in said if d.code == "identity.unknown"]
    assert found.title is not None
    assert found.title.text in front


@pytest.mark.parametrize(
    ("front", "agency", "year"),
    [
        (["二〇三一年度青溪县水务局部门预算"], "青溪县水务局", 2031),
        (["（2031年度）", "青溪县水务局部门预算"], "青溪县水务局", 2031),
        (["320601青溪县水务局2031年部门预算"], "青溪县水务局", 2031),
    ],
)
def test_years_and_codes_of_front_pages(front: list[str], agency: str, year: int) -> None:
    found, _ = _identify(*front)
    assert (found.agency, found.fiscal_year) == (agency, year)


def test_what_nothing_tells_is_none_and_said() -> None:
    found, said = _identify(
        "青溪县水务工作总结", body=("一、工作情况", "负责供水。", "二、问题", "无。")
    )
    assert (found.agency, found.fiscal_year, found.kind, found.scope) == (None, None, None, None)
    assert [d.code for d in said] == ["identity.unknown"] * 3


def test_a_title_without_an_agency_names_none() -> None:
    found, _ = _identify("2031年部门预算")
    assert (found.agency, found.fiscal_year) == (None, 2031)


@pytest.mark.parametrize("date", ["2032年7月", "二〇三二年七月"])
def test_the_day_of_publication_contradicts_nothing(date: str) -> None:
    found, said = _identify("青溪县水务局2031年度部门决算", date)
    assert (found.fiscal_year, said) == (2031, [])


def test_a_consolidated_budget_is_no_government_s() -> None:
    found, _ = _identify("青溪县水务局2031年汇总预算")
    assert found.scope is not Scope.GOVERNMENT


def test_who_reports_a_government_s_budget_is_not_whose_it_is() -> None:
    found, _ = _identify(
        "市财政局局长在市第九届人民代表大会上报告",
        "2030年预算执行情况和2031年预算（草案）",
        body=("市财政局向大会提交青溪市2030年预算执行情况的报告。", *BODY),
    )
    assert (found.agency, found.scope) == ("青溪市", Scope.GOVERNMENT)


def test_the_quotes_stand_in_the_report() -> None:
    made = document("关于青溪县水务局", "２０３１年度部门预算的说明", *BODY)
    found = parse_document(made).identity
    for quote in (found.agency_quote, found.title):
        assert quote is not None
        assert made.text_of(quote.anchor) == quote.text
    assert (found.agency, found.fiscal_year) == ("青溪县水务局", 2031)


def test_a_heading_of_another_year_is_said() -> None:
    body = ("一、青溪县水务局2030年部门预算概况", "负责供水。", *BODY[2:])
    found, said = _identify("青溪县水务局2031年部门预算", body=body)
    assert found.fiscal_year == 2031
    assert [d.code for d in said] == ["identity.year_conflict"]
    assert "2030" in said[0].message


def test_a_comparison_with_last_year_is_no_conflict() -> None:
    body = (
        "一、收支情况",
        "收入12.5万元，比2030年预算增加1万元，与2029年决算相比减少2万元。",
        *BODY[2:],
    )
    found, said = _identify("青溪县水务局2031年部门预算", body=body)
    assert found.fiscal_year == 2031
    assert said == []


def test_a_caption_of_another_agency_is_said() -> None:
    rows: Rows = [
        ["收支总表", "", "", ""],
        ["编制部门：云山县林业局", "", "", "单位：万元"],
        ["项目", "预算数", "项目", "预算数"],
        ["一、财政拨款", "12.5", "一、农林水支出", "12.5"],
        ["收入总计", "12.5", "支出总计", "12.5"],
    ]
    body = ("一、部门概况", "负责供水。", "二、部门预算表", rows, *BODY[4:])
    found, said = _identify("青溪县水务局2031年部门预算", body=body)
    assert found.agency == "青溪县水务局"
    assert "identity.agency_conflict" in [d.code for d in said]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(
    st.lists(
        st.text(
            alphabet=st.sampled_from(
                "青溪县水务局2031年度部门单位预算决算公开（本级）关于的说明：政府总\n 1"
            ),
            max_size=20,
        ),
        max_size=4,
    )
)
def test_any_front_page_can_be_read(front: list[str]) -> None:
    made = document(*front, *BODY)
    found = parse_document(made).identity
    assert found.agency is None or found.agency
    assert found.fiscal_year is None or 1900 <= found.fiscal_year < 2100


def test_a_report_on_one_year_and_the_draft_of_the_next_speaks_of_both() -> None:
    found, said = _identify(
        "关于青溪县2030年预算执行情况和2031年预算草案的报告",
        body=("一、2030年预算执行情况", "收入完成3万元。", "二、2031年预算草案", "收入5万元。"),
    )
    assert (found.fiscal_year, found.scope) == (2031, Scope.GOVERNMENT)
    assert not said
