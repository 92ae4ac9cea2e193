"""Changes: direction, amount, percentage, base and its kind, reason."""

from __future__ import annotations

import pytest

from disclosure_parser.language.values import BaseKind, Change, Direction
from tests.language.support import item, items, short

UP, DOWN, SAME = Direction.INCREASE, Direction.DECREASE, Direction.NONE


def _change(text: str) -> Change:
    (change,) = (c for i in items(text) if not i.within for c in i.changes)
    return change


@pytest.mark.parametrize(
    ("words", "direction", "amount", "percent"),
    [
        ("增加1.5万元，增长12.5%", UP, "1.5万元", "12.5"),
        ("增长1.5万元", UP, "1.5万元", None),
        ("增加4.92%", UP, "", "4.92"),
        ("上升1.5万元，上升12.5%", UP, "1.5万元", "12.5"),
        ("增支1.5万元", UP, "1.5万元", None),
        ("提高12.5%", UP, "", "12.5"),
        ("减少1.5万元，下降12.5%", DOWN, "1.5万元", "12.5"),
        ("下降34万元，下降12%", DOWN, "34万元", "12"),
        ("降低12.5%", DOWN, "", "12.5"),
        ("压减1.5万元", DOWN, "1.5万元", None),
        ("减支1.5万元", DOWN, "1.5万元", None),
        ("增加了1.5万元，增幅为12.5%", UP, "1.5万元", "12.5"),
        ("减少1.5万元，降幅12.5%", DOWN, "1.5万元", "12.5"),
        ("减少1.5万元（下降12.5%）", DOWN, "1.5万元", "12.5"),
    ],
)
def test_directions(words: str, direction: Direction, amount: str, percent: str | None) -> None:
    change = _change(f"会议费8万元，较上年{words}。")
    assert change.direction is direction
    assert short(change.amount) == amount
    assert (change.percent and str(change.percent.number)) == percent
    assert change.base is BaseKind.PRIOR_YEAR
    assert change.doubt is None


@pytest.mark.parametrize(
    ("words", "kind", "year"),
    [
        ("较上年", BaseKind.PRIOR_YEAR, None),
        ("与上年相比", BaseKind.PRIOR_YEAR, None),
        ("与上年相比，", BaseKind.PRIOR_YEAR, None),
        ("同比", BaseKind.PRIOR_YEAR, None),
        ("比2030年", BaseKind.PRIOR_YEAR, 2030),
        ("比上年预算", BaseKind.PRIOR_BUDGET, None),
        ("比2030年预算数", BaseKind.PRIOR_BUDGET, 2030),
        ("比2030年预算执行数", BaseKind.PRIOR_EXECUTION, 2030),
        ("与2030年度决算数相比，", BaseKind.PRIOR_FINAL, 2030),
        ("与上年全年预算数相比，", BaseKind.PRIOR_ADJUSTED_BUDGET, None),
        ("比年初预算数", BaseKind.OPENING_BUDGET, None),
    ],
)
def test_bases(words: str, kind: BaseKind, year: int | None) -> None:
    change = _change(f"会议费8万元，{words}减少1.5万元。")
    assert (change.base, change.base_year) == (kind, year)
    assert change.base_text is not None
    assert short(change.amount) == "1.5万元"


def test_two_bases_in_one_sentence() -> None:
    found = item(
        "机关运行经费45万元，比年初预算数减少2万元，降低4%，比上年决算数增加1万元，增长2%。",
        "机关运行经费",
    )
    assert [(c.base, c.direction, short(c.amount)) for c in found.changes] == [
        (BaseKind.OPENING_BUDGET, DOWN, "2万元"),
        (BaseKind.PRIOR_FINAL, UP, "1万元"),
    ]
    assert [str(c.percent.number) for c in found.changes if c.percent] == ["4", "2"]


@pytest.mark.parametrize(
    "words",
    [
        "与上年持平",
        "与上年基本持平",
        "较上年无变化",
        "较上年无增减变化",
        "与2030年决算数一致",
        "比上年保持不变",
        "与上年预算数相同",
        "较上年未发生变化",
    ],
)
def test_no_change(words: str) -> None:
    change = _change(f"会议费8万元，{words}。")
    assert (change.direction, change.amount, change.percent) == (SAME, None, None)
    assert change.base is not None


def test_a_change_by_nothing() -> None:
    change = _change("会议费8万元，较上年减少0万元，下降0%。")
    assert change.amount is not None
    assert change.amount.yuan == 0


@pytest.mark.parametrize("words", ["增减1万元", "增减额1万元"])
def test_up_and_down_in_one_word_has_no_sure_direction(words: str) -> None:
    for found in items(f"会议费8万元，较上年{words}。"):
        for change in found.changes:
            assert change.direction is None or change.doubt


def test_template_residue_is_doubted() -> None:
    for text in (
        "会议费8万元，比上年预算增加（减少）0万元，增长（减少）0%。",
        "会议费8万元，比上年预算增加/减少2万元。",
    ):
        assert _change(text).doubt


def test_amount_and_percentage_against_each_other_are_doubted() -> None:
    assert _change("会议费8万元，较上年减少5万元，增长12%。").doubt


@pytest.mark.parametrize("words", ["减少-5万元", "增加-5万元"])
def test_a_sign_after_a_direction_is_doubted(words: str) -> None:
    change = _change(f"会议费8万元，较上年{words}。")
    assert change.doubt or (change.amount is not None and change.amount.doubt)


def test_parts_change_against_the_base_of_their_whole() -> None:
    text = (
        "三公经费12万元，较上年预算减少3万元，"
        "其中：接待费2万元，减少1万元；用车费10万元，减少2万元。"
    )
    for name, amount in (("接待费", "1万元"), ("用车费", "2万元")):
        (change,) = item(text, name).changes
        assert (short(change.amount), change.base) == (amount, BaseKind.PRIOR_BUDGET)


def test_several_items_in_one_sentence_keep_their_changes() -> None:
    text = "会议费3万元，比上年增加1万元，增长50%；培训费2万元，比上年减少0.5万元，下降20%。"
    meeting, training = item(text, "会议费"), item(text, "培训费")
    assert [(c.direction, short(c.amount)) for c in meeting.changes] == [(UP, "1万元")]
    assert [(c.direction, short(c.amount)) for c in training.changes] == [(DOWN, "0.5万元")]


def test_items_without_commas_between_amount_and_change() -> None:
    text = "基本支出100万元比上年增加10万元，项目支出200万元比上年减少20万元。"
    assert [short(c.amount) for c in item(text, "基本支出").changes] == ["10万元"]
    assert [short(c.amount) for c in item(text, "项目支出").changes] == ["20万元"]


def test_a_joint_change_of_a_joint_total() -> None:
    text = "收入支出总计100万元。与2030年度决算数相比，收、支总计各减少5万元，下降4.8%。"
    (found,) = items(text)
    (change,) = found.changes
    assert (short(change.amount), change.base, change.base_year) == (
        "5万元",
        BaseKind.PRIOR_FINAL,
        2030,
    )


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("主要原因是压缩接待批次。", "压缩接待批次"),
        ("主要原因：压缩接待批次。", "压缩接待批次"),
        ("主要是由于压缩接待批次。", "压缩接待批次"),
        ("主要是压缩接待批次，人员减少。", "压缩接待批次，人员减少"),
        ("减少原因是压缩接待批次。", "压缩接待批次"),
        ("原因是压缩接待批次。", "压缩接待批次"),
        (
            "主要原因是一是压缩接待；二是人员减少；三是调标。",
            "一是压缩接待；二是人员减少；三是调标",
        ),
        ("主要是按要求核减10%。", "按要求核减10%"),
    ],
)
def test_reasons(words: str, reason: str) -> None:
    change = _change(f"公务接待费8万元，较上年减少1.5万元，{words}")
    assert change.reason is not None
    assert change.reason.text == reason
    assert short(change.amount) == "1.5万元"


def test_figures_inside_a_reason_explain_and_do_not_state() -> None:
    text = (
        "收入100万元，比上年增加10万元，主要原因是：一是工资增加6万元；二是项目增加4万元。"
        "支出98万元。"
    )
    stated = [i for i in items(text) if not i.within]
    assert [i.name for i in stated] == ["收入", "支出"]
    assert [short(c.amount) for c in stated[0].changes] == ["10万元"]
    assert [short(i.amount) for i in stated] == ["100万元", "98万元"]
    inner = [short(c.amount) for i in items(text) if i.within == "reason" for c in i.changes]
    assert inner == ["6万元", "4万元"]


def test_the_reason_for_a_difference_to_the_budget() -> None:
    found = items(
        "会议费支出决算为3.5万元，完成年初预算的87.5%，决算数小于预算数的主要原因是会议减少。"
    )
    (change,) = found[0].changes
    assert (change.direction, change.base, change.amount) == (DOWN, BaseKind.BUDGET, None)
    assert change.reason is not None
    assert change.reason.text == "会议减少"


def test_an_empty_reason_stays_empty() -> None:
    change = _change("公务接待费8万元，较上年减少1.5万元，主要原因是。")
    assert change.reason is None or change.reason.text == ""


def test_a_verb_in_a_name_is_no_change() -> None:
    for text in ("稳增长专项资金5万元。", "促增长资金5万元。"):
        (found,) = items(text)
        assert found.changes == () or found.changes[0].doubt


def test_one_base_for_the_changes_of_a_sentence() -> None:
    first, second = items(
        "与2023年度相比，收入总计增加20.15万元，增长4.03%；支出总计减少18.00万元，下降3.34%。"
    )
    assert (first.name, second.name) == ("收入总计", "支出总计")
    assert [c.base for c in (*first.changes, *second.changes)] == [BaseKind.PRIOR_YEAR] * 2


def test_a_change_of_the_same_scope_is_of_the_thing_before() -> None:
    (found,) = items("公务接待费预算7.70万元，同口径比上年8.50万元减少0.80万元。")
    assert [a.amount.text for a in found.amounts] == ["7.70万元", "8.50万元"]
    assert [c.amount.text for c in found.changes if c.amount] == ["0.80万元"]


def test_a_change_behind_what_a_thing_mainly_includes_is_of_the_thing() -> None:
    found = items("运行经费9万元，主要包括办公费4万元、其他费用5万元。较2024年增加2万元。")
    assert [(i.name, len(i.changes), i.parent) for i in found] == [
        ("运行经费", 1, None),
        ("办公费", 0, 0),
        ("其他费用", 0, 0),
    ]


def test_a_completion_rate_behind_its_budget_with_thousands() -> None:
    (found,) = items("支出决算5,890.96万元，完成年初预算5,612.90万元的104.95%。")
    assert [c.value.text for c in found.completions] == ["104.95%"]
