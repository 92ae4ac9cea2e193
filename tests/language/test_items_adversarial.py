"""A wrong figure given as sure is the worst bug: sentences that invite one.

Each sentence is read into the statements it may surely make: ``=`` an item's amount, ``+`` and
``-`` the amount of a change. Doubtful figures are not sure, figures of a comparison base are not
the item's own. What must not be said is checked too, so that a case is not only a picture of what
the reader happens to do.
"""

from __future__ import annotations

import pytest

from disclosure_parser.language.values import BaseKind, Direction
from tests.language.support import items

_SIGN = {Direction.INCREASE: "+", Direction.DECREASE: "-", Direction.NONE: "0", None: "?"}


def _sure(text: str) -> set[str]:
    """What a text surely states of money, outside reasons, uses and bases."""
    said = set()
    for item in items(text):
        if item.within:
            continue
        for phased in item.amounts:
            own = phased.base is None
            if own and phased.amount.number is not None and not phased.amount.doubt:
                said.add(f"{item.name}={phased.amount.number}")
        for change in item.changes:
            amount = change.amount
            if amount is None or amount.number is None or change.doubt or amount.doubt:
                continue
            said.add(f"{item.name}{_SIGN[change.direction]}{amount.number}")
    return said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # Two subjects in a sentence, the other one's number nearer.
        (
            "会议费3万元，培训费2万元，较上年减少1万元。",
            {"会议费=3", "培训费=2", "培训费-1"},
        ),
        (
            "收入预算100万元较上年增加9万元，支出预算98万元较上年减少7万元。",
            {"收入=100", "收入+9", "支出=98", "支出-7"},
        ),
        # Years, codes and dates beside amounts.
        ("2031年会议费2031万元。", {"会议费=2031"}),
        ("会议费（30215）5万元。", {"会议费(30215)=5"}),
        # Joint amounts.
        ("会议费和培训费共计12.75万元。", {"会议费和培训费共计=12.75"}),
        ("会议费、培训费合计12.75万元。", {"会议费、培训费合计=12.75"}),
        # Bounds, ranges, approximations are figures of no sure item.
        ("会议费不超过30万元。", set()),
        ("会议费控制在20万元以内。", set()),
        ("会议费5-8万元。", set()),
        ("会议费约5万元。", set()),
        ("会议费近5万元。", set()),
        ("会议费5万余元。", set()),
        ("单价20万元以上设备3台，会议费5万元。", {"会议费=5"}),
        # Broken numbers.
        ("会议费12 34.56万元。", set()),
        ("会议费1,23.4万元。", set()),
        ("会议费.5万元。", set()),
        ("会议费1.2.3万元。", set()),
        # Signs and directions against each other.
        ("会议费3万元，较上年减少-5万元。", {"会议费=3"}),
        ("会议费3万元，较上年增加（减少）1万元。", {"会议费=3"}),
        # Foreign money and rates.
        ("会议费5万美元。", set()),
        ("会议费标准500元/人。", set()),
    ],
)
def test_sure_statements(text: str, said: set[str]) -> None:
    assert _sure(text) == said


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("2030年末结转2万元，2031年安排会议费3万元。", {"会议费=2"}),
        ("财预〔2031〕3号下达会议费5万元。", {"会议费=3"}),
        (
            "会议费12万元，其中：场租5万元（含押金1万元），较上年减少2万元。",
            {"会议费=5", "会议费=1"},
        ),
        ("会议费3万元；较上年减少1万元的培训费2万元。", {"会议费-1"}),
        # From … to …: the new level is no change, the old one no amount of the year.
        (
            "会议费由8.6万元增加到9.9万元。",
            {"会议费由=8.6", "会议费由+9.9", "会议费+9.9", "会议费=8.6"},
        ),
        ("会议费从20万元减少到15万元，减少5万元。", {"会议费从-15", "会议费-15", "会议费从=20"}),
        (
            "会议费由上年的20万元减少为15万元。",
            {"会议费由上年的-15", "会议费-15", "会议费由上年的=20"},
        ),
        ("会议费3万元，较上年增长到9万元。", {"会议费+9"}),
        # Lists of three with two numbers.
        ("甲类、乙类、丙类分别为1.5、2.5万元。", {"甲类=1.5", "乙类=2.5", "乙类=1.5", "丙类=2.5"}),
        (
            "货物、工程、服务分别为1.5万元、2.5万元。",
            {"货物=1.5", "工程=2.5", "工程=1.5", "服务=2.5"},
        ),
        # Respective changes are no amounts.
        (
            "收入决算为100万元，支出决算为90万元，结转10万元，较上年分别增加1万元、2万元、3万元。",
            {"结转=2", "结转=3", "收入=90"},
        ),
        # The base's own figure.
        ("会议费较上年2.08万元减少0.5万元。", {"会议费较上年=2.08", "会议费=2.08"}),
        ("会议费3万元，较2030年的2万元增加1万元。", {"较2030年的=2", "较2030年的+1"}),
        ("会议费2031年预算3万元比2030年预算2万元增加1万元。", {"预算=3", "预算=2", "预算+1"}),
        # 多 and 少 after a base are directions.
        ("会议费比上年预算数多1.5万元。", {"会议费比上年预算数多=1.5", "会议费=1.5"}),
        ("会议费比上年少支出1.5万元。", {"会议费比上年少支出=1.5", "会议费=1.5"}),
        ("会议费减少（下降5%）0.5万元。", {"会议费减少=0.5", "会议费=0.5"}),
        ("增加5万元至15万元。", {"至=15"}),
        ("收入由2030年的90万元增长至2031年的100万元。", {"收入=90", "收入+100"}),
        (
            "机关运行经费45万元，其中：办公费5万元，印刷费2万元，比上年增加3万元。",
            {"印刷费+3"},
        ),
    ],
)
def test_never_said_as_sure(text: str, never: set[str]) -> None:
    assert not _sure(text) & never


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("会议费由8.6万元增加到9.9万元。", {"会议费=9.9"}),
        ("会议费从3万元压减至2万元，压减1万元。", {"会议费=2", "会议费-1"}),
        (
            "2031年收入100万元，较2030年90万元增加10万元，其中：拨款80万元，较2030年75万元增加5万元。",
            {"收入=100", "收入+10", "拨款=80", "拨款+5"},
        ),
        (
            "会议费3万元，比2030年执行数增加1万元，比2030年预算数减少2万元。",
            {"会议费=3", "会议费+1", "会议费-2"},
        ),
        ("会议费从20万元减少到15万元，减少5万元。", {"会议费=15", "会议费-5"}),
        ("会议费由上年的20万元减少为15万元。", {"会议费=15"}),
        ("会议费较上年2.08万元减少0.5万元。", {"会议费-0.5"}),
        ("会议费比上年预算数多1.5万元。", {"会议费+1.5"}),
        ("会议费比上年少支出1.5万元。", {"会议费-1.5"}),
        (
            "收入决算为100万元，支出决算为90万元，结转10万元，较上年分别增加1万元、2万元、3万元。",
            {"收入=100", "支出=90", "结转=10", "收入+1", "支出+2", "结转+3"},
        ),
        ("甲类、乙类、丙类分别为1.5、2.5万元。", set()),
    ],
)
def test_levels_bases_and_lists_are_told_apart(text: str, said: set[str]) -> None:
    assert _sure(text) == said


def test_a_list_of_shares_goes_to_its_items() -> None:
    found = items("会议费1万元、培训费2万元，占比分别为10%、20%。")
    sure = [(i.name, str(s.value.number)) for i in found for s in i.shares if not s.value.doubt]
    assert set(sure) <= {("会议费", "10"), ("培训费", "20")}
    assert not [i for i in found if i.quantity is not None]


def test_equipment_is_no_part_of_the_vehicles() -> None:
    found = items(
        "车辆5辆，其中：一般公务用车3辆、执法执勤用车2辆；单价50万元以上通用设备1台（套）。"
    )
    assert found[-1].parent is None


def test_the_base_s_own_figure_is_kept_with_its_base() -> None:
    (found,) = items("会议费3万元，较2030年预算的2万元增加1万元。")
    own, base = found.amounts
    assert (str(own.amount.number), own.base) == ("3", None)
    assert (str(base.amount.number), base.base) == ("2", BaseKind.PRIOR_BUDGET)
    assert base.year == 2030


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲单位支出500万元，乙单位支出300万元，分别增长5%和3%。", {"分别", "和"}),
        ("运行费支出62.09万元，完成全年预算84.82万元的73.2%。", {"的", "完成"}),
        ("一、会议费3万元；二、培训费2万元。", {"二、培训费"}),
        ("会议费3万元、比上年增加1万元。", {"比上年"}),
        ("基本支出80万元，项目支出20万元，分别占80%和20%。", {"分别", "和"}),
        ("基本支出80万元，项目支出20万元，分别较上年增加5万元和减少3万元。", {"分别"}),
        ("会议费全年预算3万元，执行2.9万元，执行率96.7%。", {"执行"}),
    ],
)
def test_connectives_are_no_items(text: str, names: set[str]) -> None:
    assert not {i.name for i in items(text)} & names


def test_a_later_year_holds_for_the_rest_of_its_sentence() -> None:
    found = items(
        "截至2030年12月31日，共有车辆5辆。2031年安排购置车辆1辆，安排购置设备2台。设备共9台。"
    )
    assert [item.year for item in found] == [2030, 2031, 2031, 2030]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # What a general sentence allots is not a second amount of the thing before it.
        (
            "卫生健康支出67.6万元。安排1.3万元支持供水事业。",
            {"卫生健康支出=67.6", "支持供水事业=1.3"},
        ),
        (
            "债券资金109.1万元，其中安排45.6万元用于6个项目建设，安排25万元用于补充财力。",
            {"债券资金=109.1", "用于6个项目建设=45.6", "用于补充财力=25"},
        ),
        (
            "安排水费193万元，其中180万元用于灌区；13万元用于供水站。",
            {"水费=193", "用于灌区=180", "用于供水站=13"},
        ),
        ("利润1,000万元（含1,000万元）以上不足5,000万元的部分，按15%比例上缴。", set()),
        ("收入完成153.9万元，为预算数的103.6%，增收8.2万元。", {"收入=153.9", "收入+8.2"}),
        ("压减低效无效资金，严禁无预算、超预算支出行为。", set()),
        ("无会议费支出的部门，作下述说明：会议费5万元。", {"会议费=5"}),
        ("会议费超14万元，培训费3万元左右。", set()),
        ("债务余额限额287.03万元。", {"债务余额限额=287.03"}),
    ],
)
def test_words_of_general_reports(text: str, said: set[str]) -> None:
    assert _sure(text) == said


def test_a_completion_said_as_of_the_budget_joins_its_item() -> None:
    (found,) = items("收入完成153.9万元，为预算数的103.6%，较“十三五”期间增收8.2万元。")
    (completion,) = found.completions
    assert (str(completion.value.number), completion.base) == ("103.6", BaseKind.BUDGET)
    (change,) = found.changes
    assert change.base is BaseKind.EARLIER_PERIOD


def test_a_list_of_reasons_runs_over_full_stops() -> None:
    (found, _) = items("收入减少3万元，主要原因：一是补助减少。二是水费减少。支出5万元。")
    (change,) = found.changes
    assert change.reason is not None
    assert change.reason.text == "一是补助减少。二是水费减少"


def test_what_differs_from_the_year_before_is_explained_without_a_figure() -> None:
    first, second = items(
        "其他收入5万元，与上年比较差异较大的原因是债务减少。教育支出与上年比较发生较大差异的原因，"
        "一是活动增加，二是人员增加。"
    )
    assert [i.reason.text if i.reason else None for i in (first, second)] == [
        "债务减少",
        "一是活动增加，二是人员增加",
    ]


def test_both_directions_are_no_direction() -> None:
    (found,) = items("会议费支出决算5万元，决算数大于（小于）预算数的主要原因是会议变化。")
    assert [change.direction for change in found.changes] == [None]


def test_forms_of_other_provinces() -> None:
    # The sum after a long subject is the subject's.
    (funds,) = items("本部门维持机关运行而开支的机关运行经费，合计432.40万元，较上年增加12万元。")
    assert funds.name.endswith("机关运行经费")
    # A percentage in brackets behind a change is that of the change.
    (cost,) = items("会议费3万元，较上年减少0.20万元（1.33%），主要原因是压减。")
    (change,) = cost.changes
    assert change.percent is not None
    assert (str(change.percent.number), change.reason is not None) == ("1.33", True)
    # One amount of several things.
    found = items("经营支出、上缴上级支出、对附属单位补助支出均为0.00万元。")
    assert [i.name for i in found] == ["经营支出", "上缴上级支出", "对附属单位补助支出"]
    # A share of things that are counted in the same breath.
    share, counted = items("支出决算5万元，占本年预算项目6个的100%。")
    assert [str(s.value.number) for s in share.shares] == ["100"]
    assert counted.quantity is not None
    assert (counted.name, str(counted.quantity.number)) == ("预算项目", "6")
    # A remark on a rate is no figure.
    (trips,) = items("出国费0万元，比上年增长0%（基数为0，不可比）。")
    assert [str(a.amount.number) for a in trips.amounts] == ["0"]


def test_lists_of_changes_go_to_the_items_that_they_name() -> None:
    found = items(
        "收入总计900万元，支出总计900万元，结余分配1万元。"
        "收、支总计较2030年分别增加86万元、87万元，分别增长10.35%、10.45%。"
    )
    changes = [
        (i.name, str(c.amount and c.amount.number), str(c.percent and c.percent.number))
        for i in found
        for c in i.changes
    ]
    assert changes == [("收入总计", "86", "10.35"), ("支出总计", "87", "10.45")]
    assert [len(i.amounts) for i in found] == [1, 1, 1]


def test_a_use_ends_where_the_thing_is_spoken_of_again() -> None:
    (first,) = items("教育支出78.60万元，主要用于社保缴费，与上年预算数相比增加1.10万元。")
    assert first.purpose is not None
    assert first.purpose.text == "社保缴费"
    assert [str(c.amount and c.amount.number) for c in first.changes] == ["1.10"]
    (second,) = items("缴费支出52.40万元，主要是养老支出，完成年初预算的100%。")
    assert [str(c.value.number) for c in second.completions] == ["100"]


def test_counts_in_a_list_are_counts() -> None:
    found = items("公务用车购置数及保有量分别为0辆、4辆，国内接待批次、人数分别为22批次、174人。")
    said = [(i.name, i.quantity and i.quantity.text) for i in found]
    assert said == [
        ("公务用车购置数", "0辆"),
        ("保有量", "4辆"),
        ("国内接待批次", "22批次"),
        ("人数", "174人"),
    ]
