"""What sentences and bare paragraphs of a section say of each other."""

from __future__ import annotations

import pytest

from disclosure_parser.language.values import Operator, Phase, ValueState
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
