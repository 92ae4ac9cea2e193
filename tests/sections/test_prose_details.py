"""What sentences and bare paragraphs of a section say of each other."""

from __future__ import annotations

import pytest

from disclosure_parser.language.values import BaseKind, Operator, Phase, ValueState
from disclosure_parser.sections.finances import RevenueExpenditure
from tests.sections.support import report


def test_a_class_on_a_line_of_its_own_is_that_of_the_items_below() -> None:
    found = report(
        "五、一般公共预算支出情况说明",
        "2031年一般公共预算支出100万元。",
        "（一）公共安全支出（类）",
        "1．检察（款）行政运行（项）支出60万元，与上年相比增加2万元。",
        "2．检察（款）检察监督（项）支出10万元。",
        "（二）卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）支出5万元。",
        "3．住房改革支出（款）住房公积金（项）支出25万元。",
    )
    rows = {fact.text: fact.row for fact in found.facts()}
    assert rows["60万元"] == rows["2万元"] == ("公共安全支出", "检察", "行政运行")
    assert rows["10万元"] == ("公共安全支出", "检察", "检察监督")
    assert rows["5万元"] == ("卫生健康支出", "行政事业单位医疗", "行政单位医疗")
    # The class of the item before is not said to be that of this one.
    assert rows["25万元"] == ("住房改革支出", "住房公积金")
    record = found.get(RevenueExpenditure)
    assert record is not None
    place = record.classified[0].classification
    assert place is not None
    assert place.class_name is not None
    assert place.class_name.anchor.block == record.classified[0].label.anchor.block - 1


def test_a_bare_amount_is_the_whole_of_the_list_one_level_below() -> None:
    found = report(
        "六、一般公共预算基本支出情况说明",
        "2031年一般公共预算基本支出100万元，其中：",
        "（一）人员经费70万元",
        "1、工资福利支出（类）60万元",
        "（1）基本工资（款）支出45万元。用于发放职工工资。",
        "（2）奖励金（款）支出15万元。",
        "2、对个人和家庭的补助支出（类）10万元",
        "（二）公用经费30万元",
        "商品和服务支出（类）30万元",
        "（1）办公费（款）支出30万元。",
        "（三）其他费用1万元。其中培训费0.5万元。",
    )
    lines = {f.text: (f.label, f.concept, f.whole) for f in found.facts() if f.yuan is not None}
    basic, personnel = "expenditure.basic_general_budget", "expenditure.personnel"
    assert lines["70万元"][1:] == (personnel, basic)
    assert lines["60万元"][1:] == ("expenditure.economic_class", personnel)
    assert lines["45万元"][2] == lines["15万元"][2] == "expenditure.economic_class"
    assert lines["15万元"][1] == "expenditure.economic_group"
    assert lines["10万元"][2] == personnel
    assert lines["1万元"][2] == basic


@pytest.mark.parametrize(
    "words", ["无。", "本表数为零。", "本年度未安排预算。", "此项不涉及。", "本表为空。"]
)
def test_a_section_that_only_says_none_is_about_its_heading(words: str) -> None:
    found = report("七、政府性基金支出预算表情况说明", words)
    (fact,) = found.facts()
    assert fact.state is ValueState.NIL
    assert (fact.concept, fact.label) == (
        "expenditure.government_fund",
        "政府性基金支出预算表情况说明",
    )


def test_words_that_say_more_than_none_are_not_about_the_heading() -> None:
    found = report("七、政府性基金支出预算表情况说明", "本年度无重大变化。", "无法安排。")
    assert not found.facts()


def test_a_whole_named_before_semicolons_is_that_of_all_parts_that_add_up_to_it() -> None:
    text = (
        "财政拨款支出预算100万元。财政拨款支出预算中，一般公共预算拨款支出预算60万元；"
        "政府性基金拨款支出预算{}万元；国有资本经营预算拨款支出预算10万元。"
    )
    for amount, whole in (("30", "expenditure.fiscal_appropriation"), ("31", "")):
        facts = report("四、财政拨款收支情况", text.format(amount)).facts()
        wholes = {f.concept: f.whole for f in facts}
        assert wholes["expenditure.general_budget"] == "expenditure.fiscal_appropriation"
        assert wholes["expenditure.government_fund"] == whole
        assert wholes["expenditure.state_capital"] == whole


def test_what_a_figure_mainly_is_is_no_reason() -> None:
    found = report(
        "五、财政拨款支出情况说明",
        "1．检察（款）事业运行（项）支出315万元，主要是检察官学院运行经费。",
        "2．检察（款）行政运行（项）支出60万元，比上年减少1万元，主要是厉行节约。",
    ).get(RevenueExpenditure)
    assert found is not None
    first, second = found.classified
    assert first.reason is None
    assert first.purpose is not None
    assert first.purpose.text == "检察官学院运行经费"
    assert second.explanation is not None


def test_the_plan_of_another_year_is_its_budget() -> None:
    found = report("三、支出情况", "2030年度部门支出预算安排为9万元，2031年度10万元。")
    first = found.facts()[0]
    assert (first.year, first.phase) == (2030, Phase.APPROVED)


def test_names_in_quotation_marks_are_no_counts() -> None:
    found = report("五、预算绩效情况", "建设“15分钟社区生活圈”3个，评为“优”的38个。")
    assert [str(f.number) for f in found.facts()] == ["3", "38"]


def test_a_bound_of_a_share_of_something() -> None:
    (fact,) = report("五、预算绩效情况", "支持青年的比例不低于年度预算的50%。").facts()
    assert (fact.operator, str(fact.number)) == (Operator.GE, "50")


AVERAGES = (
    ("公务接待费支出3.20万元，人均接待费78.05元，比上年减少1万元。", "人均接待费"),
    ("公务接待费支出3.20万元，人均78.05元，比上年减少1万元。", "人均"),
    ("公务接待费支出3.20万元，平均每人78.05元，比上年减少1万元。", "平均每人"),
)


@pytest.mark.parametrize(("text", "label"), AVERAGES)
def test_an_average_is_no_figure_of_the_thing_itself(text: str, label: str) -> None:
    facts = {f.text: f for f in report("四、“三公”经费情况", text).facts()}
    assert (facts["78.05元"].label, facts["78.05元"].concept) == (label, "")
    assert facts["1万元"].concept == "three_public.reception"


def test_a_budget_named_with_the_years_own_number_is_that_of_the_same_year() -> None:
    text = (
        "“公共安全支出”（类）2031年度决算40万元，比2031年年初预算减少2万元，比2030年度减少3万元。"
    )
    facts = {f.text: f for f in report("五、支出决算情况", text).facts()}
    assert facts["2万元"].base is BaseKind.OPENING_BUDGET
    assert facts["3万元"].base is BaseKind.PRIOR_YEAR
    assert facts["40万元"].row == ("公共安全支出",)


def test_the_figure_of_a_budget_that_a_change_is_measured_against_has_its_year() -> None:
    text = "公务接待费支出决算为9万元，比年初预算8万元增加1万元。"
    facts = {f.text: f for f in report("五、支出决算情况", text).facts()}
    assert (facts["8万元"].year, facts["8万元"].phase) == (2031, Phase.APPROVED)


def test_a_clause_that_names_only_the_year_is_of_that_year() -> None:
    text = (
        "2031年“三公”经费预算16万元。2030年“三公”经费执行数为15万元，"
        "2031年预算比2030年执行数增加1万元。"
    )
    facts = {f.text: f for f in report("四、“三公”经费情况", text).facts()}
    assert facts["1万元"].year == 2031
    assert facts["15万元"].year == 2030


def test_a_clause_that_says_what_a_thing_is_names_what_changed() -> None:
    text = (
        "本年收入合计100万元，其中：事业收入70万元；其他收入30万元。"
        "事业收入为课后服务收入，较上年决算数增加11万元。"
    )
    facts = {f.text: f for f in report("二、收入决算情况", text).facts()}
    assert facts["11万元"].concept == "revenue.business"


def test_names_that_begin_with_a_word_for_use() -> None:
    text = "其他支出（类）彩票公益金安排的支出（款）用于体育事业的彩票公益金支出（项）85万元。"
    (fact,) = report("八、政府性基金支出情况", text).facts()
    assert fact.row[-1] == "用于体育事业的彩票公益金支出"
    assert fact.within == ""


def test_codes_printed_level_by_level() -> None:
    text = "一般公共服务支出（201）政府办公厅（室）及相关机构事务（03）行政运行（01）60万元。"
    (fact,) = report("五、一般公共预算支出情况", text).facts()
    assert (fact.code, fact.concept) == ("2010301", "expenditure.function_item")


def test_expenditure_in_a_sentence_on_a_fund_is_the_funds() -> None:
    text = "政府性基金预算财政拨款收入20万元，支出21万元。"
    facts = {f.text: f for f in report("八、政府性基金预算收支情况", text).facts()}
    assert facts["21万元"].concept == "expenditure.government_fund"


def test_a_change_against_last_year_behind_a_reason_is_of_the_thing() -> None:
    text = (
        "公务接待费支出决算1.5万元，完成预算的75%，决算数小于预算数的主要原因是严格接待标准，"
        "与上年相比减少0.4万元，下降21.05%。"
    )
    facts = {f.text: f for f in report("七、“三公”经费支出决算情况", text).facts()}
    for printed in ("0.4万元", "21.05%"):
        assert facts[printed].concept == "three_public.reception"
        assert facts[printed].base is BaseKind.PRIOR_YEAR
        assert facts[printed].within == ""
    # What is told before the reason is not told again: the reason's own figures stay its own.
    text = "公务接待费1.5万元，比上年减少0.4万元，主要原因是批次减少，较上年减少0.3万元。"
    facts = {f.text: f for f in report("七、“三公”经费支出决算情况", text).facts()}
    assert facts["0.3万元"].within == "reason"


@pytest.mark.parametrize("joint", ["", "，"])
def test_the_figure_of_the_base_between_the_words_of_comparison(joint: str) -> None:
    text = f"公务接待费2031年预算2.5万元，与2030年年初预算数2万元相比{joint}增加0.5万元。"
    facts = {f.text: f for f in report("七、“三公”经费预算情况", text).facts()}
    assert facts["0.5万元"].concept == facts["2万元"].concept == "three_public.reception"
    assert facts["0.5万元"].base is BaseKind.PRIOR_OPENING_BUDGET
    assert (facts["0.5万元"].base_year, facts["2万元"].year) == (2030, 2030)


def test_what_is_compared_behind_parts_that_add_up_is_their_whole() -> None:
    text = (
        "公务用车运行维护费2031年预算9万元，其中：加油5万元，维修3万元，其他1万元，"
        "与2030年预算数8万元相比增加1.2万元。"
    )
    facts = {f.text: f for f in report("七、“三公”经费预算情况", text).facts()}
    concept = "three_public.vehicle_operation"
    assert facts["8万元"].concept == facts["1.2万元"].concept == concept
    # Parts that leave some of the whole: the last one is compared.
    text = text.replace("9万元", "10万元")
    facts = {f.text: f for f in report("七、“三公”经费预算情况", text).facts()}
    assert facts["1.2万元"].concept != concept


def test_small_business_by_kind_of_purchase_is_no_part_told_before() -> None:
    text = (
        "授予中小企业合同金额240万元，占政府采购支出总额的80%。"
        "货物采购授予中小企业合同金额占货物支出金额的90%。"
    )
    facts = {f.text: f.label for f in report("十、政府采购支出情况", text).facts()}
    assert facts["90%"] == "货物采购授予中小企业合同金额"
    assert facts["80%"] == "授予中小企业合同金额"


def test_a_quoted_name_before_the_year_is_the_thing() -> None:
    text = "“进修及培训”2031年预算12万元，比2030年年初预算数增加2万元。"
    facts = {f.text: f for f in report("五、一般公共预算支出情况", text).facts()}
    assert facts["12万元"].concept == facts["2万元"].concept == ""
    assert facts["2万元"].base is BaseKind.PRIOR_OPENING_BUDGET
