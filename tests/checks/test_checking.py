"""What a check says of reports as wholes: levels, reasons, ids, completeness."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from disclosure_parser import parse
from disclosure_parser.checks import CheckReport, Level, Outcome, Presence, check, messages, rules
from disclosure_parser.checks.registry import FAMILIES, pair_rule, rule
from disclosure_parser.errors import CatalogueError
from tests.checks.building import NINE, accounts, expenditure, overall, three
from tests.checks.support import Grid, checked, grid, outcomes, report
from tests.conftest import CORPUS, corpus_reports, real_reports

ROOT = Path(__file__).parents[2]
CLEAN = [path for path in corpus_reports() if path.parent.name != "slips"]


@cache
def _checked(path: Path) -> CheckReport:
    return check(parse(path))


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", CLEAN, ids=_name)
def test_clean_reports_have_no_errors(path: Path) -> None:
    assert [f.result.formula for f in _checked(path).of_level(Level.ERROR)] == []


@pytest.mark.parametrize("path", corpus_reports(), ids=_name)
def test_no_rule_is_skipped_and_none_fails(path: Path) -> None:
    result = _checked(path)
    assert {r.rule for r in result.ledger} == {rule.id for rule in rules()}
    unjudged = (Outcome.NOT_APPLICABLE, Outcome.NOT_EVALUABLE)
    assert all(r.reason is not None for r in result.ledger if r.outcome in unjudged)
    assert not [r for r in result.ledger if r.reason is not None and r.reason.code == "rule_failed"]


@pytest.mark.parametrize("name", ["final-accounts", "slips", "three-lane-budget"])
def test_ids_do_not_depend_on_the_format(name: str) -> None:
    """Of what both forms print; the note about a missing place may differ."""
    forms = [p for p in corpus_reports() if p.parent.name == name]
    ids = [{f.id for f in _checked(p).findings if f.level is not Level.NOTE} for p in forms]
    assert all(other == ids[0] for other in ids[1:])


def test_ids_are_unique() -> None:
    findings = check(parse(CORPUS / "slips" / "report.docx")).findings
    assert len({finding.id for finding in findings}) == len(findings)


def test_a_doubtful_reading_is_no_error() -> None:
    """The unit of the second figure is taken from the sentence: its reading is doubted."""
    text = "支出预算100.00万元，其中：基本支出60.00万元，项目支出45万。"
    for finding in checked(*overall(text)).findings:
        if any(operand.doubt for operand in finding.result.operands):
            assert finding.level is Level.NOTE
            assert finding.result.reason is not None
            assert finding.result.reason.code == "doubtful"


def test_blank_is_not_zero() -> None:
    """A row of which no part is printed is not compared."""
    blank = checked(expenditure("201 | 一般公共服务支出 | 10.00 | |")).of_rule("T01")
    assert [r.outcome for r in blank] == [Outcome.NOT_APPLICABLE]


def test_what_was_not_read_is_no_error() -> None:
    rows = ("201 | 一般公共服务支出 | 10.00 | 6.00 | 见附件", "202 | 外交支出 | 3.00 | 2.00 | 1.00")
    unread, read = checked(expenditure(*rows)).of_rule("T01")
    assert (unread.outcome, read.outcome) == (Outcome.NOT_EVALUABLE, Outcome.OK)
    assert unread.reason is not None
    assert "见附件" in unread.reason.zh


def test_a_table_most_of_which_is_open_is_doubted() -> None:
    rows = [f"20{n} | 某支出 | 10.00 | 6.00 | 9.00" for n in range(1, 6)]
    levels = {f.level for f in checked(expenditure(*rows)).findings if f.rule == "T01"}
    assert levels == {Level.WARNING}


def test_a_wrong_unit_is_called_one() -> None:
    table = expenditure(
        "201 | 一般公共服务支出 | 100000 | 100000 |", "合计 | < | 100000 | 100000 |"
    )
    (finding,) = (
        f for f in checked(*overall("本年支出合计100000元。"), table).findings if f.rule == "X01"
    )
    assert finding.level is Level.WARNING
    assert finding.result.reason is not None
    assert finding.result.reason.code == "power_of_ten"


def test_rounding_is_no_finding() -> None:
    """12.3 + 45.6 = 58.0 within (n + 1) · u / 2 = 0.15; not 58.2."""
    near = checked(*overall("支出预算58.0万元，其中：基本支出12.3万元，项目支出45.6万元。"))
    far = checked(*overall("支出预算58.2万元，其中：基本支出12.3万元，项目支出45.6万元。"))
    assert [r.outcome for r in near.of_rule("N03")] == [Outcome.ROUNDING]
    assert [r.outcome for r in far.of_rule("N03")] == [Outcome.MISMATCH]


def test_other_bases_are_not_mixed() -> None:
    """A change against last year's execution does not add up with one against its budget."""
    text = (
        "“三公”经费预算6.00万元，比上年预算增加1.00万元。其中：因公出国（境）费1.00万元，与上年持平；"
        "公务用车购置及运行维护费3.00万元，比上年预算执行数增加9.00万元；公务接待费2.00万元，与上年持平。"
    )
    assert [r.outcome for r in checked(*three(text)).of_rule("N08")] == [Outcome.NOT_EVALUABLE]


def test_vehicle_costs_stand_for_their_sum() -> None:
    """公务用车购置费 and 公务用车运行维护费, without the sum of both."""
    text = (
        "“三公”经费预算{total}万元，比上年{way}0.50万元。其中：因公出国（境）费1.00万元，与上年持平；"
        "公务接待费2.00万元，比上年增加0.50万元；公务用车运行维护费3.00万元，比上年减少1.00万元；"
        "公务用车购置费0万元，与上年持平。"
    )
    right = checked(*three(text.format(total="6.00", way="减少")))
    wrong = checked(*three(text.format(total="8.00", way="增加")))
    alone = checked(
        *three(text.format(total="8.00", way="增加").replace("公务用车购置费0", "杂项0"))
    )
    for name in ("N06", "N08"):
        assert [r.outcome for r in right.of_rule(name)] == [Outcome.OK]
        assert [r.outcome for r in wrong.of_rule(name)] == [Outcome.MISMATCH]
        assert [r.outcome for r in alone.of_rule(name)] == [Outcome.NOT_EVALUABLE]


def test_a_table_of_all_money_proves_no_item_of_one_fund_wrong() -> None:
    """群众文化 of 一般公共预算 is less than in the table of all expenditure: other money, too."""
    table = expenditure(
        "20701 | 文化和旅游 | 668.30 | 668.30 |", "2070109 | 群众文化 | 668.30 | 668.30 |"
    )
    text = "1.文化和旅游（款）群众文化（项）{amount}万元。"
    heading = "三、一般公共预算支出情况"
    less = checked(heading, text.format(amount="648.30"), table)
    more = checked(heading, text.format(amount="688.30"), table)
    assert [r.outcome for r in less.of_rule("X04")] == [Outcome.NOT_EVALUABLE]
    assert [r.outcome for r in more.of_rule("X04")] == [Outcome.MISMATCH]


def test_a_thing_named_twice_in_a_section_has_one_figure() -> None:
    text = (
        "“三公”经费预算3.00万元，其中：公务接待费{first}万元。",
        "1.公务接待费预算2.00万元，其中：外事接待0.50万元。",
    )
    same = checked(*three(text[0].format(first="2.00")), text[1])
    other = checked(*three(text[0].format(first="2.50")), text[1])
    assert Outcome.MISMATCH not in [r.outcome for r in same.of_rule("N20")]
    assert Outcome.MISMATCH in [r.outcome for r in other.of_rule("N20")]
    assert {f.level for f in other.findings if f.rule == "N20"} == {Level.WARNING}


def test_completeness() -> None:
    found = {
        item.id: item.presence for item in checked(*NINE).disclosed if item.group == "statement"
    }
    assert found["summary"] is Presence.YES
    assert found["government_fund"] is Presence.DECLARED_NONE
    partial = {item.id: item.presence for item in checked(*NINE[:5]).disclosed}
    assert partial["basic"] is Presence.NO


def test_a_file_of_prose_is_not_asked_for_tables() -> None:
    statements = [
        i for i in checked(*overall("收入预算10.00万元。")).disclosed if i.group == "statement"
    ]
    assert {item.presence for item in statements} == {Presence.NOT_APPLICABLE}


def test_a_report_without_its_document_can_be_checked() -> None:
    from disclosure_parser import from_json, to_json

    written = to_json(report(*overall("收入总计10.00万元，支出总计12.00万元。")), document=False)
    found = from_json(written).check()
    assert {r.rule for r in found.ledger} == {rule.id for rule in rules()}


def test_check_is_linear() -> None:
    """Ten times the rows cost about ten times the time, not a hundred."""
    import time

    def spent(count: int) -> float:
        rows = [f"2010{n % 9 + 1}{n % 90 + 10} | 某科目 | 1.00 | 1.00 |" for n in range(count)]
        big = report(expenditure(*rows), expenditure(*rows, title="一般公共预算支出表"))
        taken = []
        for _ in range(3):  # the least: what else the machine does only adds to it
            begun = time.process_time()
            check(big)
            taken.append(time.process_time() - begun)
        return min(taken)

    spent(50)
    assert spent(1500) < 40 * max(spent(150), 0.01)


def test_messages_have_both_languages() -> None:
    for code, (zh, en) in messages._TEXTS.items():
        assert zh, code
        assert en, code
        assert not any("\u4e00" <= c <= "\u9fff" for c in en), code


def test_rules_must_be_documented_and_unique() -> None:
    with pytest.raises(CatalogueError, match="no docstring"):
        rule("U90", "无说明", "No docstring")(lambda subject, rule: iter(()))  # noqa: ARG005
    with pytest.raises(CatalogueError, match="two rules"):
        pair_rule("A01", "重复", "Twice")(lambda *_: iter(()))


def test_families_are_modules() -> None:
    assert {rule.family for rule in rules()} == set(FAMILIES)


def test_rule_page_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "make_rules.py"), "--check"], check=False
    )
    assert done.returncode == 0, "python tools/make_rules.py"


#: What a reader finds on the pages, too: (file, rule, one of its figures).
_REAL = [
    ("putuo-planning-2024-final.pdf", "X01", "5377.64万元"),
    ("putuo-planning-2024-final.pdf", "X01", "4896.98万元"),
    ("putuo-social-work-2024-final.pdf", "N13", "95.89%"),
    # A note says that a table of figures is empty, since the agency has none (p. 31).
    ("putuo-wanli-2024-budget.pdf", "X06", "无"),
]


@pytest.mark.real
@pytest.mark.parametrize(("name", "rule_id", "figure"), _REAL)
def test_real_errors_are_found(name: str, rule_id: str, figure: str) -> None:
    path = next((p for p in real_reports() if p.name == name), None)
    if path is None:
        pytest.skip("DISCLOSURE_REAL_CORPUS does not hold the report")
    found = check(parse(path)).of_level(Level.ERROR)
    assert any(f.rule == rule_id and figure in (o.text for o in f.result.left) for f in found), [
        (f.rule, [o.text for o in f.result.operands]) for f in found
    ]


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "warnings"),
    [
        ("putuo-commerce-2025-budget.pdf", []),
        ("putuo-commerce-unit-2025-budget.pdf", []),
        ("zhangjiakou-kexie-2020-budget.txt", []),
    ],
)
def test_clean_real_reports_have_no_errors(name: str, warnings: list[str]) -> None:
    path = next((p for p in real_reports() if p.name == name), None)
    if path is None:
        pytest.skip("DISCLOSURE_REAL_CORPUS and DISCLOSURE_SEED do not hold the report")
    result = check(parse(path))
    assert [f.result.formula for f in result.of_level(Level.ERROR)] == []
    assert [f.rule for f in result.of_level(Level.WARNING)] == warnings


def test_grid_support_merges() -> None:
    """The helper of these tests builds spans as they are written."""
    table = report(grid("支出总表", "a | <", "b | c")).document.blocks[-1]
    assert [(c.text, c.column_span) for c in table.cells] == [("a", 2), ("b", 1), ("c", 1)]  # type: ignore[union-attr]


def test_a_lost_row_is_a_question() -> None:
    """20102 is not there: all columns of 201 fall short alike. One wrong figure does not do so."""
    rows = (
        "201 | 一般公共服务支出 | 15.00 | 10.00 | 5.00",
        "20101 | 人大事务 | 10.00 | 7.00 | 3.00",
    )
    (lost,) = (f for f in checked(expenditure(*rows)).findings if f.result.left[0].text == "15.00")
    assert (lost.rule, lost.level) == ("T03", Level.WARNING)
    wrong = checked(expenditure(rows[0], "20101 | 人大事务 | 10.00 | 10.00 | 5.00"))
    assert Level.ERROR in {f.level for f in wrong.findings if f.rule == "T03"}


def test_rows_of_a_lower_level_are_not_added_twice() -> None:
    """Nothing says that the second row is a part of the first; the total does."""
    rows = (
        "一、事业收入 | 10.00",
        "二、教育收费 | 4.00",
        "三、其他收入 | 5.00",
        "收入合计 | 15.00",
    )
    table = grid("收入预算总表", "项目 | 预算数", *rows)
    assert not [f for f in checked(table).findings if f.rule == "T02"]


def test_tables_of_several_entities_are_not_compared() -> None:
    other = grid(
        "收支总表",
        "收入 | < | 支出 | <",
        "项目 | 预算数 | 项目 | 预算数",
        "一、一般公共预算拨款收入 | 70.00 | 一、一般公共服务支出 | 70.00",
        "收入总计 | 70.00 | 支出总计 | 70.00",
    )
    result = checked(NINE[0], NINE[2], other)
    assert not result.of_level(Level.ERROR)
    (told,) = result.of_rule("Z01")
    assert told.reason is not None
    assert told.reason.code == "several_entities"


def test_the_budget_of_a_rate_may_be_either_of_two() -> None:
    text = (
        "“三公”经费支出年初预算为100.00万元，调整预算为80.00万元，支出决算为60.00万元，"
        "完成预算的60%。"
    )
    result = checked(*three(text), title="东江省统计局2024年度部门决算")
    assert not result.of_level(Level.ERROR)


def test_parts_without_a_phase_are_those_of_the_report_s_own() -> None:
    text = (
        "2023年度一般公共预算财政拨款支出年初预算为880.00万元，支出决算为900.00万元，"
        "完成年初预算的102.27%。其中：基本支出600.00万元，项目支出300.00万元。"
    )
    found = checked(*accounts(text), title="云川县水利局2023年度部门决算")
    assert not [f for f in found.findings if f.rule.startswith("N0")]


def test_two_lists_of_one_total_are_not_added_up() -> None:
    text = (
        "支出预算100.00万元，其中：社会保障和就业支出（类）40.00万元，农林水支出（类）60.00万元。"
        "支出预算100.00万元，其中：工资福利支出70.00万元，商品和服务支出30.00万元。"
    )
    assert "N01" not in {f.rule for f in checked(*overall(text)).findings}


def test_a_fund_s_column_in_a_table_of_basic_expenditure_is_no_total_of_the_fund() -> None:
    found = checked(
        grid(
            "一般公共预算支出表",
            "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出",
            "| 合计 | 100.00 | 60.00 | 40.00",
        ),
        grid(
            "基本支出表",
            "科目编码 | 科目名称 | 合计 | 一般公共预算 | 政府性基金",
            "| 合计 | 60.00 | 60.00 |",
        ),
    )
    assert not [f for f in found.findings if f.rule == "Z01"]


def test_a_column_of_percentages_is_compared() -> None:
    """Percentages stand in a column of quantities, beside one of amounts."""
    table = grid(
        "一般公共预算支出表",
        "科目名称 | 2023年执行数 | 2024年预算数 | 增减额 | 增减%",
        "一般公共服务支出 | 30.00 | 36.00 | 6.00 | {}",
    )
    right, wrong = (evolve(table, rows=(table.rows[0], table.rows[1].format(p))) for p in (20, 25))
    assert Outcome.MISMATCH not in outcomes(checked(right), "T12")
    assert Outcome.MISMATCH in outcomes(checked(wrong), "T12")


def test_what_is_declared_of_the_three_expenses_holds_for_each() -> None:
    table = grid(
        "“三公”经费支出表",
        "合计 | 因公出国（境）费 | 公务用车购置费 | 公务用车运行费 | 公务接待费",
        " | | | | ",
        "说明：本部门无“三公”经费支出，故本表无数据。 | < | < | < | <",
    )
    others = [part for part in NINE if isinstance(part, Grid) and "三公" not in part.title]
    found = {(d.group, d.id): d.presence for d in checked(*others, table).disclosed}
    assert found["statement", "three_public"] is Presence.DECLARED_NONE
    assert found["detail", "three_public.reception"] is Presence.DECLARED_NONE


def test_the_sides_may_explain_the_change_of_both() -> None:
    text = (
        "收入、支出预算总计100.00万元，与上年相比收、支预算总计各增加10.00万元。其中：",
        ("（一）收入预算总计100.00万元，与上年相比增加10.00万元。主要原因是增加人员。"),
    )
    for lines, presence in ((text, Presence.YES), (text[:1], Presence.NO)):
        found = checked("一、部门预算收支总体情况", *lines).disclosed
        assert {d.id: d.presence for d in found if d.group == "reason"}["balance"] is presence


def test_a_part_behind_parts_that_add_up_is_one_by_other_lights() -> None:
    text = (
        "收入预算100.00万元，其中：本年收入90.00万元、上年结转10.00万元。其中：医疗收入60.00万元。"
    )
    assert Outcome.MISMATCH not in outcomes(checked(*overall(text)), "N01")


def test_an_item_that_is_said_twice_is_added_once() -> None:
    item = "“教育支出（类）普通教育（款）小学教育（项）”60.00万元。"
    blocks = (
        "三、一般公共预算支出情况",
        "一般公共预算支出70.00万元。",
        f"1.{item}",
        f"2.{item}",
        "3.“教育支出（类）普通教育（款）初中教育（项）”10.00万元。",
    )
    assert Outcome.MISMATCH not in outcomes(checked(*blocks), "N17")


def test_names_of_projects_beside_codes_are_not_those_of_the_codes() -> None:
    table = grid(
        "项目支出表",
        "科目编码 | 项目名称 | 金额",
        "2050202 | 校舍维修 | 5.00",
        "2050202 | 信息化建设 | 3.00",
    )
    found = checked(table)
    for name in ("C01", "C02"):
        assert Outcome.MISMATCH not in outcomes(found, name)


def test_a_change_behind_parts_may_be_that_of_their_whole() -> None:
    text = (
        "项目支出预算412.50万元，其中本年拨款300.00万元，上年结转112.50万元，"
        "比上年增加32.50万元，增长8.6%。"
    )
    assert Outcome.MISMATCH not in outcomes(checked(*overall(text)), "N12")
