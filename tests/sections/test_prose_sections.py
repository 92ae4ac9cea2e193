"""Sections of prose: each extractor on a small document, and each silent where it should be."""

from __future__ import annotations

import pytest

from disclosure_parser.language.values import BaseKind, Direction, ValueState
from disclosure_parser.sections.duties import Duties, WorkPlan
from disclosure_parser.sections.finances import RevenueExpenditure
from disclosure_parser.sections.glossary import Glossary
from disclosure_parser.sections.narrative import Narrative
from disclosure_parser.sections.operating_funds import OperatingFunds
from disclosure_parser.sections.organisation import Organisation
from disclosure_parser.sections.other import OtherMatters, StatementKind
from disclosure_parser.sections.three_public import ThreePublic
from tests.sections.support import document, money, report

OTHER = ("九、其他需说明的事项", "本部门没有其他需要说明的事项。")


def test_duties_are_an_introduction_and_a_list() -> None:
    found = report(
        "一、部门职责",
        "根据规定，青溪县水务局的主要职责是：",
        "（一）负责全县水资源管理。",
        "（二）负责供水工程建设。",
        "工程验收按规定办理。",
        *OTHER,
    ).get(Duties)
    assert found is not None
    assert [q.text for q in found.introduction] == ["根据规定，青溪县水务局的主要职责是："]
    assert [(d.number, d.ordinal, d.text.text) for d in found.duties] == [
        ("（一）", 1, "负责全县水资源管理。"),
        ("（二）", 2, "负责供水工程建设。"),
    ]
    assert [q.text for q in found.duties[1].more] == ["工程验收按规定办理。"]
    assert found.lines == ()


def test_the_work_plan_is_read_apart_from_the_duties() -> None:
    found = report("一、年度主要工作任务", "（一）新建供水站3座。", "（二）检修管网12公里。").get(
        WorkPlan
    )
    assert found is not None
    assert [t.text.text for t in found.tasks] == ["新建供水站3座。", "检修管网12公里。"]


def test_no_duties_without_a_section_of_them() -> None:
    assert report("一、机构设置", "内设机构3个，职责明确。").get(Duties) is None


def test_organisation_reads_units_and_counts() -> None:
    found = report(
        "一、机构设置",
        "内设机构3个，下设事业单位2家。",
        [
            ["单位名称", "单位性质", "单位规格", "经费保障形式"],
            ["青溪县水务局机关", "行政", "正科级", "财政拨款"],
            ["青溪县供水站", "事业", "", "财政性资金定额或定项补助"],
        ],
    ).get(Organisation)
    assert found is not None
    assert [u.name.text for u in found.units] == ["青溪县水务局机关", "青溪县供水站"]
    first, second = found.units
    assert first.nature is not None
    assert first.nature.text == "行政"
    assert second.rank is None
    assert [str(x.quantity.number) for x in found.lines if x.quantity] == ["3", "2"]


def test_a_table_without_names_gives_no_units() -> None:
    found = report("一、机构设置", "如下。", [["年份", "金额"], ["2031", "5"]]).get(Organisation)
    assert found is not None
    assert found.units == ()


FINANCES = (
    "二、部门预算安排的总体情况",
    "1、收入说明",
    "2031年收入预算350.25万元，其中：一般公共预算收入300万元，其他收入50.25万元。",
    "2、支出说明",
    "2031年支出预算350.25万元，其中：基本支出250.25万元，包括人员经费200万元和公用经费50.25万元；"
    "项目支出100万元。",
    "3、比上年增减情况",
    "2031年预算较上年增加20.5万元，其中：基本支出增加5.5万元，项目支出增加15万元，"
    "主要原因是新增供水项目。",
)


def test_finances() -> None:
    found = report(*FINANCES, *OTHER).get(RevenueExpenditure)
    assert found is not None
    assert money(found.revenue) == money(found.expenditure) == "350.25万元"
    assert [(s.concept, money(s)) for s in found.sources] == [
        ("revenue.general_budget", "300万元"),
        ("revenue.other", "50.25万元"),
    ]
    parts = (found.basic, found.personnel, found.public, found.project)
    assert [money(p) for p in parts] == ["250.25万元", "200万元", "50.25万元", "100万元"]
    assert found.change is not None
    assert found.change.amount is None
    change = found.change.change
    assert change is not None
    assert (money(change.amount), change.direction) == ("20.5万元", Direction.INCREASE)
    assert (change.base, change.base_year) == (BaseKind.PRIOR_YEAR, 2030)
    assert found.basic is not None
    assert [money(c.amount) for c in found.basic.changes] == ["5.5万元"]
    assert found.others == ()


def test_a_section_on_finances_without_figures_gives_no_record() -> None:
    assert report("二、部门预算安排的总体情况", "按照规定编制。").get(RevenueExpenditure) is None


def test_operating_funds() -> None:
    found = report(
        "三、机关运行经费安排情况", "2031年机关运行经费50.25万元，主要用于办公费、水电费等支出。"
    ).get(OperatingFunds)
    assert found is not None
    assert found.total is not None
    assert money(found.total) == "50.25万元"
    assert found.total.purpose is not None
    assert found.total.purpose.text == "办公费、水电费等支出"
    assert found.total.year == 2031


def test_operating_funds_of_a_unit_that_has_none() -> None:
    found = report("三、机关运行经费安排情况", "本单位为事业单位，无机关运行经费。").get(
        OperatingFunds
    )
    assert found is not None
    assert found.total is not None
    assert found.total.amounts[0].amount.state is ValueState.NIL
    assert found.total.amounts[0].amount.yuan is None


def test_operating_funds_without_a_figure() -> None:
    found = report("三、机关运行经费安排情况", "按照规定安排。").get(OperatingFunds)
    assert found is not None
    assert (found.total, found.others) == (None, ())


THREE = (
    "四、财政拨款“三公”经费预算情况及增减变化原因",
    "2031年“三公”经费预算8.5万元，较上年减少1.5万元。其中：因公出国（境）费0万元，与上年持平；"
    "公务用车购置及运行费6万元，较上年减少1万元，主要原因是车辆减少（其中：公务用车购置费0万元，"
    "公务用车运行维护费6万元）；公务接待费2.5万元，较上年减少0.5万元，主要原因是接待减少。",
)


def test_three_public() -> None:
    found = report(*THREE).get(ThreePublic)
    assert found is not None
    lines = (
        found.total,
        found.overseas,
        found.vehicles,
        found.vehicle_purchase,
        found.vehicle_operation,
        found.reception,
    )
    assert [money(x) for x in lines] == ["8.5万元", "0万元", "6万元", "0万元", "6万元", "2.5万元"]
    assert found.reception is not None
    assert found.reception.explanation is not None
    assert found.reception.explanation.text == "接待减少"
    assert found.overseas is not None
    assert found.overseas.change is not None
    assert found.overseas.change.direction is Direction.NONE
    assert found.vehicle_purchase is not None
    assert found.vehicle_purchase.whole == "three_public.vehicles"
    assert (found.trips, found.fleet, found.others) == (None, None, ())


def test_counts_of_the_three_public_expenses() -> None:
    found = report(
        "四、“三公”经费情况",
        "因公出国（境）费0万元，出国团组0个、0人次。公务用车保有量4辆。",
        "公务接待费2.5万元，国内公务接待12批次、106人次。",
    ).get(ThreePublic)
    assert found is not None
    counts = (found.fleet, found.receptions, found.guests)
    assert [str(x.quantity.number) for x in counts if x and x.quantity] == ["4", "12", "106"]


@pytest.mark.parametrize(
    "text",
    [
        "会议费和培训费共计12.75万元。",
        "因公出国（境）费、公务接待费合计12.75万元。",
        "主要原因是压减公务接待费12.75万元。",
        "公务接待费不超过12.75万元。",
    ],
)
def test_no_line_takes_what_belongs_to_several(text: str) -> None:
    found = report("四、“三公”经费情况", "“三公”经费按规定安排。", text).get(ThreePublic)
    assert found is not None
    for line in (found.meetings, found.training, found.overseas, found.reception):
        amount = line.amount if line is not None else None
        assert amount is None or amount.number is None or amount.doubt


def test_glossary() -> None:
    found = report(
        "七、名词解释",
        "1.机关运行经费：指各部门的公用经费。",
        "包括办公费等。",
        "2.项目支出，是指为完成任务发生的支出。",
    ).get(Glossary)
    assert found is not None
    assert [(t.number, t.name, t.definition.text) for t in found.terms] == [
        ("1.", "机关运行经费", "指各部门的公用经费。"),
        ("2.", "项目支出", "是指为完成任务发生的支出。"),
    ]
    assert [q.text for q in found.terms[0].more] == ["包括办公费等。"]
    assert found.other == ()


def test_quotation_marks_inside_a_term() -> None:
    found = report("七、名词解释", "1.“三公”经费：指三项支出。").get(Glossary)
    assert found is not None
    assert [t.name for t in found.terms] in (["三公经费"], ['"三公"经费'])


def test_a_glossary_s_figures_are_no_lines() -> None:
    found = report("七、名词解释", "1.限额：指单价5万元的标准，共3项。")
    assert found.get(Glossary) is not None
    assert found.get(Narrative) is None


def test_other_matters() -> None:
    found = report(
        "八、其他需说明的事项",
        "本部门无国有资本经营预算支出，故本表为空表。",
        "本部门无政府性基金预算支出。",
        "以上数据以万元为单位。",
    ).get(OtherMatters)
    assert found is not None
    assert [s.kind for s in found.statements] == [
        StatementKind.EMPTY_TABLE,
        StatementKind.NONE,
        StatementKind.TEXT,
    ]
    assert [x.concept for s in found.statements for x in s.subjects] == [
        "expenditure.state_capital",
        "expenditure.government_fund",
    ]
    assert found.lines == ()


def test_a_section_nobody_knows_keeps_its_figures() -> None:
    found = report("八、青溪灌区的故事", "灌区投入12.5万元，惠及3个村。")
    narrative = found.get(Narrative)
    assert narrative is not None
    assert [money(x) for x in narrative.lines if x.amounts] == ["12.5万元"]


def test_every_line_is_printed_where_it_says() -> None:
    made = document("青溪县水务局2031年部门预算", *FINANCES, *THREE)
    found = report(*FINANCES, *THREE)
    for fact in found.facts():
        assert made.text_of(fact.anchor) == fact.text


def test_expenditure_by_classification() -> None:
    found = report(
        "二、一般公共预算支出情况",
        "2031年一般公共预算支出30万元，其中：农林水支出25万元，占83.3%；"
        "社会保障和就业支出5万元，占16.7%。",
        "1.农林水支出（类）水利（款）行政运行（项）25万元，主要用于工资发放。",
        *OTHER,
    ).get(RevenueExpenditure)
    assert found is not None
    amounts = sorted(money(x) for x in found.classified)
    assert amounts == ["25万元", "25万元", "5万元"]
    assert all(x.concept.startswith("expenditure.function") for x in found.classified)


def test_a_later_sentence_adds_to_an_earlier_line() -> None:
    found = report(
        "四、“三公”经费情况",
        "公务接待费2.5万元。",
        "公务接待费比2030年减少0.5万元，主要原因是接待减少。",
        "公务接待费3.5万元。",
    ).get(ThreePublic)
    assert found is not None
    assert found.reception is not None
    assert money(found.reception) == "2.5万元"
    assert [money(c.amount) for c in found.reception.changes] == ["0.5万元"]
    # Another amount of the same name is never joined in silence.
    assert [money(x) for x in found.others] == ["3.5万元"]


def test_groups_of_the_glossary() -> None:
    found = report(
        "七、名词解释",
        "本说明涉及以下名词。",
        "（一）收入科目",
        "1.财政拨款收入：指财政拨付的资金。",
        "（二）支出科目",
        "1.基本支出：指日常支出。",
    ).get(Glossary)
    assert found is not None
    groups = [t.group.text if t.group else "" for t in found.terms]
    assert [t.name for t in found.terms] == ["财政拨款收入", "基本支出"]
    assert groups == ["收入科目", "支出科目"]
    assert [q.text for q in found.other] == ["本说明涉及以下名词。"]


def test_totals_in_a_section_without_a_kind_are_revenue_and_expenditure() -> None:
    found = report(
        "一、部门职责",
        "负责全县供水。",
        "二、编报说明",
        "2031年收入预算100万元，支出预算90万元，年终结转结余10万元。",
        "三、灌区故事",
        "灌区收入水费12万户。",
    )
    (record,) = found.all(RevenueExpenditure)
    assert (money(record.revenue), money(record.expenditure)) == ("100万元", "90万元")
    assert [x.concept for x in (*record.uses, *record.others)] == ["expenditure.carry_forward"]


def test_what_stands_under_a_heading_that_looks_back_is_of_that_year() -> None:
    found = report(
        "一、2030年预算执行情况",
        "全县收入完成100万元，同比增长3%，支出合计90万元。",
        "二、2031年预算草案",
        "2031年收入预算110万元，比上年增长10%。",
    )
    years = {
        (fact.text, fact.year, fact.base_year)
        for fact in found.facts()
        if fact.record == "RevenueExpenditure"
    }
    assert years == {
        ("100万元", 2030, None),
        ("3%", 2030, 2029),
        ("90万元", 2030, None),
        ("110万元", 2031, None),
        ("10%", 2031, 2030),
    }


def test_the_upper_end_of_a_range_is_a_fact() -> None:
    found = report("五、预算绩效情况", "开展活动2-3次。")
    (fact,) = found.facts()
    assert (str(fact.number), str(fact.upper), fact.doubt) == ("2", "3", None)


def test_funds_listed_below_the_appropriation_are_parts_of_it() -> None:
    found = report(
        "二、收入预算情况说明",
        "2031年收入预算总计110万元，包括：",
        "1．财政拨款收入预算总计100万元，与上年相比增加5万元。",
        "（1）一般公共预算收入预算90万元。",
        "（2）政府性基金收入预算10万元。",
        "2．其他收入预算总计10万元。",
    ).get(RevenueExpenditure)
    assert found is not None
    assert {(x.concept, x.whole) for x in found.sources} == {
        ("revenue.fiscal_appropriation", "revenue.total"),
        ("revenue.general_budget", "revenue.fiscal_appropriation"),
        ("revenue.government_fund", "revenue.fiscal_appropriation"),
        ("revenue.other", "revenue.total"),
    }


def test_terms_in_brackets_and_words_that_only_look_like_definitions() -> None:
    found = report(
        "五、名词解释",
        "1.指标调剂收入：指调剂用地指标的收入。",
        "2.灌区指导价：是指供水价格。",
        "3.【零基预算】以零为基数编制的预算。",
        "附件：2031年部门预算表",
    ).get(Glossary)
    assert found is not None
    assert [term.name for term in found.terms] == ["指标调剂收入", "灌区指导价", "零基预算"]


def test_a_heading_names_the_figure_of_a_section_about_one_side() -> None:
    found = report(
        "二、收支情况",
        "（一）收入预算",
        "2031年年初预算数110万元，其中：事业收入60万元，其他收入50万元。收入较2030年增加10万元。",
        "（二）支出预算",
        "2031年年初预算数110万元，其中：教育支出110万元。",
    )
    finances = found.get(RevenueExpenditure)
    assert finances is not None
    assert finances.revenue is not None
    assert finances.expenditure is not None
    assert (money(finances.revenue), money(finances.expenditure)) == ("110万元", "110万元")
    assert {line.whole for line in finances.sources} == {"revenue.total"}


def test_a_joint_change_is_of_both_sides() -> None:
    found = report(
        "一、收支情况",
        "2031年收入总计110万元，支出总计110万元。与上年相比，收支总计各增加10万元，增长10%。",
    )
    finances = found.get(RevenueExpenditure)
    assert finances is not None
    assert finances.balance is not None
    assert finances.balance.change is not None
    for side in (finances.revenue, finances.expenditure):
        assert side is not None
        assert side.changes == ()
    (result,) = found.check().of_rule("N12")
    assert result.outcome.value == "ok"


def test_a_reason_against_the_budget_is_none_of_the_change_against_last_year() -> None:
    found = report(
        "四、“三公”经费决算情况",
        "“三公”经费支出预算8.6万元，支出决算7.1万元，比2030年决算数增加0.1万元。"
        "决算数小于预算数的主要原因是厉行节约。",
    )
    three = found.get(ThreePublic)
    assert three is not None
    assert three.total is not None
    last_year, budget = three.total.changes
    assert last_year.reason is None
    assert budget.base is BaseKind.BUDGET
    assert budget.reason is not None
    assert budget.reason.text == "厉行节约"


def test_paragraphs_that_go_on_about_the_one_before() -> None:
    found = report(
        "二、收入预算情况",
        "2031年收入预算110万元。",
        "与上年对比增加10万元，增长10%，主要原因是水费增加。",
        "三、“三公”经费预算情况",
        "“三公”经费2万元，较上年减少1万元。",
        "减少原因：压减接待。",
    )
    finances, three = found.get(RevenueExpenditure), found.get(ThreePublic)
    assert finances is not None
    assert three is not None
    for line, amount, reason in (
        (finances.revenue, "110万元", "水费增加"),
        (three.total, "2万元", "压减接待"),
    ):
        assert line is not None
        assert money(line) == amount
        assert line.change is not None
        assert line.change.reason is not None
        assert line.change.reason.text == reason


def test_a_heading_names_the_figures_below_it() -> None:
    found = report(
        "三、“三公”经费预算情况",
        "（一）因公出国（境）经费",
        "2031年预算安排0.00万元，与上年持平。",
        "（二）公务接待费",
        "2031年预算安排1.20万元。比上年减少0.30万元，降低20.00%。",
    ).get(ThreePublic)
    assert found is not None
    assert (money(found.overseas), money(found.reception)) == ("0.00万元", "1.20万元")
    assert found.reception is not None
    assert [str(c.percent and c.percent.number) for c in found.reception.changes] == ["20.00"]


def test_people_are_no_money() -> None:
    found = report("一、部门概况", "财政全供养120人，单位资金保障3人。")
    assert {fact.concept for fact in found.facts()} == {""}
