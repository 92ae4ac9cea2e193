"""Items of prose: labels, amounts by phase, parts of a whole, shares, counts, uses."""

from __future__ import annotations

import pytest

from disclosure_parser.document import fold_text
from disclosure_parser.language.values import BaseKind, Phase, Unit, UnitOrigin, ValueState
from tests.language.support import item, items, money


def _tree(text: str) -> list[tuple[str, list[str], str]]:
    """Name, amounts and the name of the whole of every item."""
    found = items(text)
    return [(i.name, money(i), found[i.parent].name if i.parent is not None else "") for i in found]


def test_a_total_with_its_sources() -> None:
    assert _tree(
        "本年收入合计450.18万元，其中：财政拨款收入400万元，占88.86%；其他收入50.18万元，占11.14%。"
    ) == [
        ("本年收入合计", ["450.18万元"], ""),
        ("财政拨款收入", ["400万元"], "本年收入合计"),
        ("其他收入", ["50.18万元"], "本年收入合计"),
    ]


def test_parts_in_the_next_sentence() -> None:
    assert _tree("收入总计350.25万元。包括：一般公共预算拨款300万元，事业收入50.25万元。") == [
        ("收入总计", ["350.25万元"], ""),
        ("一般公共预算拨款", ["300万元"], "收入总计"),
        ("事业收入", ["50.25万元"], "收入总计"),
    ]


def test_nested_parentheses_nest_items() -> None:
    assert _tree(
        "基本支出80万元（其中：人员经费60万元（含工资40万元），公用经费20万元），项目支出20万元。"
    ) == [
        ("基本支出", ["80万元"], ""),
        ("人员经费", ["60万元"], "基本支出"),
        ("工资", ["40万元"], "人员经费"),
        ("公用经费", ["20万元"], "基本支出"),
        ("项目支出", ["20万元"], ""),
    ]


def test_a_parenthesis_belongs_to_the_part_before_it() -> None:
    assert _tree(
        "预算支出12万元，其中：出国费2万元，用车费9万元（其中：购置费0万元），接待费1万元。"
    )[1:] == [
        ("出国费", ["2万元"], "支出"),
        ("用车费", ["9万元"], "支出"),
        ("购置费", ["0万元"], "用车费"),
        ("接待费", ["1万元"], "支出"),
    ]


def test_a_sentence_ends_what_qizhong_opened() -> None:
    tree = _tree("收入100万元，其中：拨款90万元。支出100万元，其中：基本支出70万元。")
    assert [whole for _, _, whole in tree] == ["", "收入", "", "支出"]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("收、支总计各是825.49，843.91万元。", [("收", "825.49万元"), ("支总计", "843.91万元")]),
        (
            "收入、支出分别为825.49万元和843.91万元。",
            [("收入", "825.49万元"), ("支出", "843.91万元")],
        ),
        (
            "货物、工程和服务分别为5万元、4万元和3万元。",
            [("货物", "5万元"), ("工程", "4万元"), ("服务", "3万元")],
        ),
        (
            "货物、工程、服务分别为5、4、3万元。",
            [("货物", "5万元"), ("工程", "4万元"), ("服务", "3万元")],
        ),
    ],
)
def test_respective_lists(text: str, pairs: list[tuple[str, str]]) -> None:
    assert [(i.name, *money(i)) for i in items(text)] == pairs


def test_the_unit_of_a_list_is_of_the_sentence() -> None:
    first, second = items("收、支总计各是825.49，843.91万元。")
    assert first.amount is not None
    assert second.amount is not None
    assert first.amount.unit_origin is UnitOrigin.SENTENCE
    assert second.amount.unit_origin is UnitOrigin.BESIDE
    assert first.amount.text == "825.49"


def test_amounts_by_phase() -> None:
    found = item(
        "会议费年初预算3万元，调整预算2.5万元，支出决算2.4万元，完成年初预算的80%，"
        "完成调整预算的96%。",
        "会议费",
    )
    assert [(a.phase, str(a.amount.number)) for a in found.amounts] == [
        (Phase.APPROVED, "3"),
        (Phase.ADJUSTED, "2.5"),
        (Phase.EXECUTED, "2.4"),
    ]
    assert [(str(c.value.number), c.base) for c in found.completions] == [
        ("80", BaseKind.OPENING_BUDGET),
        ("96", BaseKind.ADJUSTED_BUDGET),
    ]
    executed = found.of_phase(Phase.EXECUTED, Phase.APPROVED)
    assert executed is not None
    assert str(executed.amount.number) == "2.4"


def test_an_item_of_the_function_classification() -> None:
    found = items(
        "教育支出（类）普通教育（款）小学教育（项）。年初预算为10万元，支出决算为9.5万元，"
        "完成年初预算的95%。"
    )
    assert [i.name for i in found] == ["教育支出(类)普通教育(款)小学教育(项)"]
    assert money(found[0]) == ["10万元", "9.5万元"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("小学教育（2050202）88.5万元。", "小学教育(2050202)"),
        ("“行政运行（项）”88.5万元。", '"行政运行(项)"'),
        ("（204类）司法（06款）行政运行（01项）88.5万元。", None),
    ],
)
def test_codes_beside_an_item_are_no_amounts(text: str, name: str | None) -> None:
    (found,) = items(text)
    assert money(found) == ["88.5万元"]
    assert name is None or found.name == name


def test_shares() -> None:
    found = item("项目支出12万元，占本年支出合计的35.5%。", "项目支出")
    (share,) = found.shares
    assert (str(share.value.number), share.of and share.of.text) == ("35.5", "本年支出合计")
    bare = item("办公费占比35.5%。", "办公费")
    assert [str(s.value.number) for s in bare.shares] == ["35.5"]
    assert bare.amounts == ()


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("因公出国（境）团组0个、0人次。", ["0个", "0人次"]),
        ("国内公务接待2批次、26人次。", ["2批次", "26人次"]),
        ("公务用车保有量为54辆，其中机要用车2辆。", ["54辆", "2辆"]),
        ("单价100万元（含）以上设备3台（套）。", ["3台(套)"]),
        ("本单位共有在职人员32人。", ["32人"]),
    ],
)
def test_counts(text: str, counts: list[str]) -> None:
    found = [i.quantity for i in items(text) if i.quantity is not None]
    assert [f"{q.number}{q.unit}" for q in found] == counts
    assert not any(i.amounts for i in items(text))


def test_an_amount_beside_counts() -> None:
    found = items("公务接待费1.2万元，接待15批次、120人次。")
    assert [money(i) for i in found if i.amounts] == [["1.2万元"]]
    assert [str(i.quantity.number) for i in found if i.quantity] == ["15", "120"]


@pytest.mark.parametrize(
    ("text", "state", "number"),
    [
        ("出国费0元。", ValueState.NUMBER, "0"),
        ("出国费0.00万元。", ValueState.NUMBER, "0.00"),
        ("出国费预算为0。", ValueState.NUMBER, "0"),
        ("出国费支出万元。", ValueState.BLANK, None),
        ("出国费XX万元。", ValueState.TEXT, None),
    ],
)
def test_zero_blank_and_placeholder_are_three_things(
    text: str, state: ValueState, number: str | None
) -> None:
    (found,) = items(text)
    (amount,) = (a.amount for a in found.amounts)
    assert amount.state is state
    assert (None if amount.number is None else str(amount.number)) == number
    assert (amount.yuan == 0) == (number is not None)


def test_a_thing_declared_to_be_none() -> None:
    (found,) = items("本部门无政府性基金预算支出。")
    assert "政府性基金预算支出" in found.name
    assert [a.amount.state for a in found.amounts] == [ValueState.NIL]
    assert found.amounts[0].amount.yuan is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("因公出国（境）费、公务用车购置费均无预算安排。", ["因公出国(境)费", "公务用车购置费"]),
        ("因公出国（境）费用未发生支出。", ["因公出国(境)费"]),
        (
            "本部门无政府性基金预算和国有资本经营预算拨款安排的支出。",
            ["政府性基金预算支出", "国有资本经营预算拨款安排的支出"],
        ),
        ("无政府性基金预算收入和支出。", ["政府性基金预算收入和支出"]),
        # A remark on the figures before it.
        ("公务接待费预算为0万元，年初未安排预算。", []),
    ],
)
def test_what_is_said_to_be_none(text: str, names: list[str]) -> None:
    found = [x for x in items(text) if x.amounts and x.amounts[0].amount.state is ValueState.NIL]
    assert [item.name for item in found] == names


@pytest.mark.parametrize("text", ["政府性基金预算：无。", "国有资本经营预算无此项支出。"])
def test_short_declarations_of_none(text: str) -> None:
    states = [a.amount.state for i in items(text) for a in i.amounts]
    assert states == [ValueState.NIL]


def test_a_use_is_no_statement() -> None:
    found = items("项目支出50万元，主要用于设备购置30万元，维修20万元。")
    assert found[0].purpose is not None
    assert found[0].purpose.text == "设备购置30万元，维修20万元"
    assert [(i.name, i.within) for i in found] == [
        ("项目支出", ""),
        ("设备购置", "purpose"),
        ("维修", "purpose"),
    ]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("收入1178.82 万 元。", "1178.82"),
        ("收入59,972.79 万\n元。", "59972.79"),
        ("收 入 １，１７８．８２ 万 元 。", "1178.82"),
        ("收入\u200b1178.82万元。", "1178.82"),
    ],
)
def test_amounts_broken_by_spaces(printed: str, number: str) -> None:
    (found,) = items(printed)
    assert (found.name, str(found.amounts[0].amount.number)) == ("收入", number)
    assert found.amounts[0].amount.unit is Unit.TEN_THOUSAND


def test_years_of_items() -> None:
    found = items("2031年收入15万元，支出14万元，2030年收入12万元。")
    years = [(i.name, i.amounts[0].year) for i in found]
    assert (years[0], years[-1]) == (("收入", 2031), ("收入", 2030))
    assert len(found) == 3


def test_assets() -> None:
    found = items("房屋12,345.67平方米，价值890.12万元；车辆5辆，价值100万元。")
    assert [money(i) for i in found if i.amounts] == [["890.12万元"], ["100万元"]]
    assert [str(i.quantity.number) for i in found if i.quantity] == ["12345.67", "5"]


@pytest.mark.parametrize(
    "text",
    [
        "本部门2031年度部门预算公开情况说明。",
        "根据财预〔2031〕15号文件要求，现将有关情况说明如下。",
        "采购限额标准为单价50万元以上的项目。",
        "十四五期间继续推进第三批试点。",
        "增减变化的原因说明。",
        "详见公开05表。",
        "",
        "。，；：",
    ],
)
def test_prose_without_figures_has_no_amounts(text: str) -> None:
    assert not [a for i in items(text) for a in i.amounts]
    assert not [i for i in items(text) if i.quantity is not None or i.shares or i.completions]


def test_the_mark_of_a_paragraph_is_not_in_its_name() -> None:
    (found,) = items("（一）会议费3万元。")
    assert found.name == "会议费"
    assert fold_text(found.label.text) == "会议费"


@pytest.mark.parametrize(
    ("parts", "parent"),
    [("A经费5万元、B经费1万元", None), ("A经费5万元、B经费0.5万元", "基本支出")],
)
def test_parts_that_add_up_close_their_whole(parts: str, parent: str | None) -> None:
    found = items(f"基本支出6万元，其中：{parts}；C经费4万元，占40%。")
    last = found[-1]
    assert last.name == "C经费"
    assert (found[last.parent].name if last.parent is not None else None) == parent


def test_counts_that_add_up_close_their_whole() -> None:
    found = items(
        "人员编制26人，其中行政编制0人、事业编制26人；实有人员23人，其中行政0人、事业23人。"
    )
    assert [(i.name, i.parent) for i in found] == [
        ("人员编制", None),
        ("行政编制", 0),
        ("事业编制", 0),
        ("实有人员", None),
        ("行政", 3),
        ("事业", 3),
    ]


def test_of_it_again_behind_parts_that_add_up_is_of_the_whole() -> None:
    found = items("采购总额6万元，其中：货物5万元、服务1万元；其中面向中小企业4万元，占66.67%。")
    assert (found[-1].name, found[-1].parent) == ("面向中小企业", 0)


def test_a_share_of_the_whole_is_part_of_it_though_the_others_add_up() -> None:
    found = items(
        "采购总额6万元，其中：货物5万元、服务1万元；授予小微企业4万元，占采购总额的66.67%。"
    )
    last = found[-1]
    assert last.name == "授予小微企业"
    assert last.parent == 0


def test_things_in_brackets_are_no_parts_of_a_score() -> None:
    found = items("绩效自评的项目39个，平均得分96.5分（其中，评级为优的项目38个；良的项目1个）。")
    assert [found[i.parent].name if i.parent is not None else None for i in found[2:]] == [
        "绩效自评的项目"
    ] * 2


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("用地面积约为4000.6平方米。", "approximate"),
        ("“十三五”期间，科研经费总量达到36.9亿元。", "of several years"),
        ("“十四五”期间建设规划获批，2024年科研经费36.9亿元。", None),
        ("十五个项目科研经费36.9亿元。", None),
    ],
)
def test_what_makes_a_figure_doubtful(text: str, doubt: str | None) -> None:
    last = items(text)[-1]
    value = last.quantity or last.amounts[0].amount
    assert value.doubt == doubt


def test_things_of_which_there_are_none() -> None:
    found = items("本部门无车辆，无单价100万元（含）以上设备。")
    assert [(i.name, i.quantity and i.quantity.state) for i in found] == [
        ("车辆", ValueState.NIL),
        ("单价100万元(含)以上设备", ValueState.NIL),
    ]
    assert (
        items("本部门无超编制车辆。")
        == items("无法统计车辆。")
        == items("本部门无需更新设备的，不填。")
        == ()
    )


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("未安排公务用车购置费预算。", Phase.APPROVED),
        ("年初无公务用车购置费预算。", Phase.APPROVED),
        ("无政府性基金预算支出。", None),
    ],
)
def test_what_was_not_planned_may_have_been_spent(text: str, phase: Phase | None) -> None:
    (found,) = items(text)
    assert [(a.amount.state, a.phase) for a in found.amounts] == [(ValueState.NIL, phase)]
