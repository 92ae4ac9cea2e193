"""Rows are records: lanes, codes, levels, totals, parts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure_parser.catalogue.codes import Agreement, Domain
from disclosure_parser.language.values import ValueState
from disclosure_parser.statements import (
    Flow,
    ProcurementStatement,
    Row,
    RowRole,
    Statement,
    TwoSided,
)
from tests.statements.tables import read_one


def names(rows: tuple[Row, ...]) -> list[str]:
    return [row.name.text if row.name else "" for row in rows]


def number(statement: Statement, row: Row, meaning: str = "total") -> Decimal | None:
    amount = statement.amount(row, meaning)
    return amount.number if amount is not None else None


def codes_of(statement: Statement) -> list[str]:
    return [row.code.code if row.code else "" for row in statement.rows]


def test_two_lanes_are_two_lists() -> None:
    statement = read_one(
        "收支总表",
        """
收入 | < | 支出 | <
项目 | 预算数 | 项目 | 预算数
一、财政拨款收入 | 10.00 | 一、教育支出 | 12.00
1.一般公共预算 | 10.00 | 二、住房保障支出 | 1.00
二、事业收入 | 3.00 | |
收入总计 | 13.00 | 支出总计 | 13.00
""",
    )
    assert isinstance(statement, TwoSided)
    assert names(statement.revenue) == [
        "一、财政拨款收入",
        "1.一般公共预算",
        "二、事业收入",
        "收入总计",
    ]
    assert names(statement.expenditure) == ["一、教育支出", "二、住房保障支出", "支出总计"]
    nested = statement.find("revenue.general_budget")[0]
    assert nested.parent is not None
    assert statement.rows[nested.parent].name == statement.revenue[0].name
    assert statement.expenditure[0].implied == "205"
    total = statement.total_row(1)
    assert total is not None
    assert number(statement, total) == Decimal("13.00")


def test_three_lanes_share_a_total_whose_label_reaches_over() -> None:
    statement = read_one(
        "收支预算总表",
        """
收入 | < | 支出 | < | < | <
项目名称 | 金额 | 功能分类 | < | 支出用途 | <
^ | ^ | 功能科目名称 | 金额 | 项目名称 | 金额
一、财政拨款 | 10.00 | 一、教育支出 | 10.00 | 一、基本支出 | 7.00
二、其他资金 | | 二、外交支出 | | 二、项目支出 | 3.00
收入合计 | 10.00 | 支出合计 | < | < | 10.00
""",
    )
    assert [lane.flow for lane in statement.lanes] == [
        Flow.REVENUE,
        Flow.EXPENDITURE,
        Flow.EXPENDITURE,
    ]
    assert [lane.basis for lane in statement.lanes] == ["收入", "功能分类", "支出用途"]
    for lane in range(3):
        total = statement.total_row(lane)
        assert total is not None
        assert number(statement, total) == Decimal("10.00")


@pytest.mark.parametrize(
    "cells",
    [
        ("201 | | ", "201 | 06 | ", "201 | 06 | 01"),
        ("201 | | ", " | 20106 | ", " | | 2010601"),
        ("201 | | ", " | 06 | ", " | | 01"),
        ("201 | | ", "201 | 6 | ", "201 | 6 | 1"),
    ],
)
def test_codes_in_three_columns_are_one_code(cells: tuple[str, ...]) -> None:
    header = "科目编码 | < | < | 科目名称 | 合计\n类 | 款 | 项 | ^ | ^\n"
    printed = ("一般公共服务支出", "财政事务", "行政运行")
    body = "".join(f"{c} | {name} | 1.00\n" for c, name in zip(cells, printed, strict=True))
    statement = read_one("支出总表", header + body)
    assert codes_of(statement) == ["201", "20106", "2010601"]
    assert [row.code.level for row in statement.rows if row.code] == ["类", "款", "项"]
    assert [row.parent for row in statement.rows] == [None, 0, 1]
    assert all(number(statement, row) == Decimal("1.00") for row in statement.rows)
    assert all(row.code.agreement is Agreement.SAME for row in statement.rows if row.code)


def test_a_joined_code_and_a_code_before_the_name() -> None:
    joined = read_one("支出总表", "科目编码 | 科目名称 | 合计\n2010601 | 行政运行 | 1.00\n")
    leading = read_one("支出总表", "项目 | 合计\n2010601行政运行 | 1.00\n合计 | 1.00\n")
    assert codes_of(joined) == ["2010601"]
    assert codes_of(leading) == ["2010601", ""]
    assert leading.rows[0].code is not None
    assert leading.rows[0].code.official == "行政运行"


def test_a_level_printed_alone_is_completed_where_the_whole_code_has_its_name() -> None:
    statement = read_one(
        "部门支出总表",
        """
科目编码 | 科目名称 | 合计
208 | 社会保障和就业支出 | 9.00
05 | 行政事业单位养老支出 | 9.00
2080505 | 机关事业单位基本养老保险缴费支出 | 9.00
03 | 某项不在目录的支出 | 1.00
""",
        year=2024,
    )
    codes = [row.code for row in statement.rows if row.code is not None]
    assert [code.code for code in codes] == ["208", "20805", "2080505", "03"]
    assert [code.doubt for code in codes] == [
        None,
        "completed from the rows above",
        None,
        "not a whole code",
    ]


def test_a_year_before_the_name_is_no_code() -> None:
    statement = read_one("支出总表", "项目 | 合计\n2024年新增支出 | 1.00\n20个单位支出 | 1.00\n")
    assert codes_of(statement) == ["", ""]


def test_the_domain_comes_from_the_table() -> None:
    statement = read_one(
        "基本支出表",
        """
科目编码 | 科目名称 | 金额
301 | 工资福利支出 | 3.00
30101 | 基本工资 | 3.00
""",
    )
    assert {row.code.domain for row in statement.rows if row.code} == {Domain.ECONOMIC}


@pytest.mark.parametrize(
    ("year", "name", "agreement"),
    [
        (2017, "住房公积金", Agreement.SAME),
        (2024, "住房公积金", Agreement.OTHER_YEAR),
        (2024, "代缴社会保险费", Agreement.SAME),
        (2024, "差旅费", Agreement.DIFFERENT),
    ],
)
def test_names_are_compared_for_the_year(year: int, name: str, agreement: Agreement) -> None:
    statement = read_one(
        "基本支出表", f"科目编码 | 科目名称 | 金额\n30311 | {name} | 3.00\n", year=year
    )
    assert statement.rows[0].code is not None
    assert statement.rows[0].code.agreement is agreement


@pytest.mark.parametrize("first", [True, False])
def test_totals_stand_at_the_top_or_at_the_bottom(first: bool) -> None:
    total, item = "合 计 | < | 12.00\n", "205 | 教育支出 | 12.00\n"
    statement = read_one(
        "支出决算表", "科目编码 | 科目名称 | 金额\n" + (total + item if first else item + total)
    )
    found = statement.total_row()
    assert found is not None
    assert found.name is not None
    assert found.name.text == "合 计"
    assert found.concept == "expenditure.current"


def test_parts_are_no_siblings() -> None:
    statement = read_one(
        "收支总表",
        """
收入 | < | 支出 | <
项目 | 预算数 | 项目 | 预算数
一、财政拨款 | 10.00 | 一、教育支出 | 12.00
其中：政府性基金预算财政拨款 | 4.00 | |
二、其他收入 | 2.00 | |
本年收入合计 | 12.00 | 本年支出合计 | 12.00
年初结转和结余 | 3.00 | 年末结转和结余 | 3.00
一、一般公共预算财政拨款 | 2.00 | |
二、政府性基金预算财政拨款 | 1.00 | |
总计 | 15.00 | 总计 | 15.00
""",
    )
    revenue = [row for row in statement.rows if row.lane == 0]
    assert [row.role for row in revenue] == [
        RowRole.ITEM,
        RowRole.SUBSET,
        RowRole.ITEM,
        RowRole.SUBTOTAL,
        RowRole.ITEM,
        RowRole.SUBSET,
        RowRole.SUBSET,
        RowRole.TOTAL,
    ]
    opening = statement.rows.index(revenue[4])
    assert [row.parent for row in revenue[5:7]] == [opening, opening]


def test_stepped_names_keep_their_group() -> None:
    statement = read_one(
        "收入预算总表",
        """
项目名称 | < | 金额
收入总计 | < | 12.00
一般公共预算资金 | 小计 | 12.00
^ | 公共财政拨款资金 | 12.00
其他资金 | 小计 |
^ | 事业收入 |
""",
    )
    rows = statement.rows
    assert [row.role for row in rows] == [
        RowRole.TOTAL,
        RowRole.SUBTOTAL,
        RowRole.ITEM,
        RowRole.SUBTOTAL,
        RowRole.ITEM,
    ]
    assert [row.parent for row in rows] == [None, None, 1, None, 3]
    assert rows[1].concept == "revenue.general_budget"


def test_levels_of_a_stepped_list_are_subtotals() -> None:
    statement = read_one(
        "政府采购支出预算表",
        """
采购品目大类 | 专项名称 | 经济科目 | 采购物品名称 | 采购组织形式 | 总计
合计 | | | | | 12.00
一、货物A | | | | | 12.00
 | 装备费 | 办公设备购置 | | | 12.00
 | | | 台式计算机 | 集中采购 | 8.00
 | | | 打印机 | 集中采购 | 4.00
""",
    )
    roles = [row.role for row in statement.rows]
    assert roles == [RowRole.TOTAL, RowRole.SUBTOTAL, RowRole.SUBTOTAL, RowRole.ITEM, RowRole.ITEM]
    assert [row.parent for row in statement.rows] == [None, None, 1, 2, 2]
    assert [row.concept for row in statement.rows[:2]] == ["procurement.total", "procurement.goods"]


def test_blank_dash_nil_and_zero_stay_four_things() -> None:
    statement = read_one(
        "支出总表",
        "科目名称 | 合计\n甲支出 | 0.00\n乙支出 |\n丙支出 | —\n丁支出 | 无\n戊支出 | 见说明\n",
    )
    states = [row.values[0].state for row in statement.rows]
    assert states == [
        ValueState.NUMBER,
        ValueState.BLANK,
        ValueState.DASH,
        ValueState.NIL,
        ValueState.TEXT,
    ]


def test_running_numbers_are_no_values() -> None:
    statement = read_one(
        "收入支出决算总表",
        """
收入 | < | < | 支出 | < | <
项目 | 行次 | 决算数 | 项目 | 行次 | 决算数
栏次 | | 1 | 栏次 | | 2
一、财政拨款收入 | 1 | 12.00 | 一、教育支出 | 2 | 12.00
总计 | 3 | 12.00 | 总计 | 4 | 12.00
""",
    )
    printed = {v.amount.text for row in statement.rows for v in row.values if v.amount}
    assert printed == {"12.00"}
    assert [row.serial.text for row in statement.rows if row.serial] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("note", "empty", "declared", "doubts"),
    [
        ("注：本部门没有政府性基金预算支出，本表为空表。", True, True, 0),
        ("注：本部门无政府性基金安排的支出。", True, True, 0),
        ("注：本表反映政府性基金预算支出情况。", True, False, 0),
    ],
)
def test_an_empty_table_and_the_sentence_that_says_so(
    note: str, empty: bool, declared: bool, doubts: int
) -> None:
    statement = read_one(
        "政府性基金预算支出表", "科目编码 | 科目名称 | 合计\n合计 | < |\n | |\n", note
    )
    assert statement.empty is empty
    assert (statement.declared_empty is not None) is declared
    assert len(statement.doubts) == doubts


def test_a_filled_table_that_is_called_empty_is_said() -> None:
    statement = read_one(
        "政府性基金预算支出表",
        "科目编码 | 科目名称 | 合计\n212 | 城乡社区支出 | 3.00\n",
        "注：本表为空表。",
    )
    assert not statement.empty
    assert "空表" in statement.doubts[0]


def test_rows_set_deeper_are_parts_of_the_numbered_row() -> None:
    statement = read_one(
        "一般公共预算收入表",
        """
预算科目 | 预算数
一、税收收入 | 8.00
  增值税 | 5.00
  契税 | 3.00
二、非税收入 | 2.00
  国有资本经营收入 | 2.00
""",
    )
    assert [row.parent for row in statement.rows] == [None, 0, 0, None, 3]
    # An item of the revenue classification, not the budget of state capital.
    assert statement.rows[4].concept == ""


def test_counted_rows_are_no_money() -> None:
    statement = read_one(
        "“三公”经费支出决算表",
        "单位：万元",
        """
项目 | 统计数
“三公”经费支出合计 | 3.00
公务用车保有量（辆） | 4
国内公务接待批次（个） | 12
单价100万元（含）以上设备（不含车辆） | 2
""",
    )
    money, fleet, visits, machines = statement.rows
    assert money.values[0].amount is not None
    assert money.values[0].amount.yuan == Decimal("30000.00")
    for row, unit in ((fleet, "辆"), (visits, "个"), (machines, "")):
        value = row.values[0]
        assert value.amount is None
        assert value.quantity is not None
        assert value.quantity.unit == unit
    assert fleet.concept == "three_public.fleet"


def test_units_in_a_column_of_their_own_are_those_of_their_rows() -> None:
    statement = read_one(
        "机构运行信息表",
        "单位：元",
        """
项目 | 计量单位 | 行次 | 统计数
一、“三公”经费支出 | 万元 | 1 | 3.00
（一）公务用车保有量 | 辆 | 2 | 4
（二）会议费 | 局机关 | 3 | 5
""",
    )
    first, fleet, other = (row.values[0] for row in statement.rows)
    assert first.amount is not None
    assert first.amount.yuan == Decimal("30000.00")
    assert fleet.quantity is not None
    assert fleet.quantity.unit == "辆"
    # A name is no unit.
    assert other.amount is not None
    assert other.amount.yuan == Decimal(5)


def test_kinds_below_what_is_counted_are_counted_as_well() -> None:
    statement = read_one(
        "“三公”经费、机关运行经费支出表",
        "单位：万元",
        """
项目 | 决算数
一、“三公”经费支出 | 3.00
（一）因公出国（境）费 | 0.50
（二）公务用车购置及运行维护费 | 2.00
（三）公务接待费 | 0.50
二、相关统计数 | —
（一）车辆数合计（辆） | 15
1．机要通信用车 | 4
2．应急保障用车 | 11
三、机关运行经费 | 8.00
""",
    )
    values = {row.name.text: row.values[0] for row in statement.rows if row.name is not None}
    for name in ("（一）车辆数合计（辆）", "1．机要通信用车", "2．应急保障用车"):
        quantity = values[name].quantity
        assert quantity is not None, name
        assert quantity.unit == "辆"
    assert values["三、机关运行经费"].amount is not None


def test_a_class_goes_on_in_the_next_lane() -> None:
    statement = read_one(
        "一般公共预算财政拨款基本支出决算表",
        "单位：万元",
        """
人员经费 | < | < | 公用经费 | < | < | < | < | <
科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数
301 | 工资福利支出 | 9.00 | 302 | 商品和服务支出 | 5.00 | 30215 | 会议费 | 2.00
30101 | 基本工资 | 9.00 | 30201 | 办公费 | 3.00 | 310 | 资本性支出 | 1.00
""",
    )
    rows = {row.code.code: row for row in statement.rows if row.code is not None}
    whole = rows["30215"].parent
    assert whole is not None
    assert statement.rows[whole].code is not None
    assert statement.rows[whole] == rows["302"]
    assert rows["310"].parent is None


def test_what_things_are_counted_in_is_not_the_unit_of_their_price() -> None:
    statement = read_one(
        "新增资产配置预算表",
        "单位：万元",
        "资产名称 | 计量单位 | 数量 | 单价 | 金额\n计算机 | 台 | 4 | 0.50 | 2.00\n",
    )
    count, price, amount = statement.rows[0].values
    assert count.quantity is not None
    assert count.quantity.unit == "台"
    assert [v.amount and v.amount.yuan for v in (price, amount)] == [Decimal(5000), Decimal(20000)]


def test_project_names_that_begin_with_digits_have_no_code() -> None:
    statement = read_one("项目支出表", "项目名称 | 金额\n236中央高校教育教学改革专项 | 3.00\n")
    assert codes_of(statement) == [""]


def test_parts_of_what_was_carried_over_are_not_this_years_money() -> None:
    statement = read_one(
        "部门收入总表",
        """
单位代码 | 单位名称 | 合计 | 本年收入 | < | 上年结转结余 | <
^ | ^ | ^ | 小计 | 一般公共预算 | 小计 | 一般公共预算
201001 | 某某局 | 5.00 | 4.00 | 4.00 | 1.00 | 1.00
""",
    )
    assert [column.meaning for column in statement.columns[2:]] == [
        "total",
        "revenue.current",
        "revenue.general_budget",
        "revenue.carryover",
        "carryover.general_budget",
    ]
    assert statement.rows[0].code is None


STEPPED = """
采购品目大类 | 专项名称 | 经济科目 | 采购物品名称 | 采购组织形式 | 总计
合计 | | | | | 31.00
一、货物A | | | | | 15.00
 | 装备费 | 办公设备购置 | | | 12.00
 | | | 台式计算机 | 集中采购 | 8.00
 | | | 打印机 | 集中采购 | 4.00
 | | 专用设备购置 | | | 3.00
 | | | 显微镜 | 分散采购 | 3.00
三、服务C | | | | | 16.00
 | 运行费 | 租赁费 | | | 16.00
 | | | 租赁服务 | 集中采购 | 16.00
"""


def test_a_project_beside_its_first_item_is_that_of_all_and_has_no_amount() -> None:
    statement = read_one("政府采购支出预算表", STEPPED)
    told = [
        (
            row.group.text if row.group else "",
            row.name.text if row.name else "",
            row.role,
            row.parent,
        )
        for row in statement.rows
    ]
    item, subtotal = RowRole.ITEM, RowRole.SUBTOTAL
    assert told == [
        ("", "合计", RowRole.TOTAL, None),
        ("", "一、货物A", subtotal, None),
        ("装备费", "办公设备购置", subtotal, 1),
        ("装备费", "台式计算机", item, 2),
        ("装备费", "打印机", item, 2),
        ("装备费", "专用设备购置", subtotal, 1),
        ("装备费", "显微镜", item, 5),
        ("", "三、服务C", subtotal, None),
        ("运行费", "租赁费", subtotal, 7),
        ("运行费", "租赁服务", item, 8),
    ]
    assert isinstance(statement, ProcurementStatement)
    assert statement.table is not None
    assert [
        tuple(
            quote.text if quote else "" for quote in (row.category, row.source_project, row.label)
        )
        for row in statement.table.rows
    ] == [
        ("", "", "合计"),
        ("一、货物A", "", "一、货物A"),
        ("一、货物A", "装备费", ""),
        ("一、货物A", "装备费", "台式计算机"),
        ("一、货物A", "装备费", "打印机"),
        ("一、货物A", "装备费", "专用设备购置"),
        ("一、货物A", "装备费", "显微镜"),
        ("三、服务C", "", "三、服务C"),
        ("三、服务C", "运行费", ""),
        ("三、服务C", "运行费", "租赁服务"),
    ]


def test_a_flat_list_goes_on_with_the_project_above() -> None:
    statement = read_one(
        "政府采购预算表",
        """
项目名称 | 采购方式 | 采购物品名称 | 金额
甲项目 | 集中采购 | 打印机 | 4.00
 | | 复印纸 | 1.00
乙项目 | 分散采购 | 空调 | 2.00
合计 | | | 7.00
""",
    )
    groups = [row.group.text if row.group else "" for row in statement.rows]
    assert groups == ["甲项目", "甲项目", "乙项目", ""]
    assert [row.parent for row in statement.rows] == [None] * 4
    # The method of purchase is no level above the thing.
    assert [[o.text.text for o in row.others] for row in statement.rows] == [
        ["集中采购"],
        [],
        ["分散采购"],
        [],
    ]


def test_a_project_with_a_sum_of_its_own_is_the_parent() -> None:
    statement = read_one(
        "政府采购预算表",
        """
项目名称 | 采购物品名称 | 金额
甲项目 | | 5.00
 | 打印机 | 4.00
 | 复印纸 | 1.00
乙项目 | | 2.00
 | 空调 | 2.00
""",
    )
    assert [row.parent for row in statement.rows] == [None, 0, 0, None, 3]
    assert [row.group for row in statement.rows] == [None] * 5


def test_what_describes_a_thing_does_not_go_down() -> None:
    statement = read_one(
        "新增资产配置表",
        """
是否进口 | 资产名称 | 数量 | 金额
是 | 显微镜 | 1 | 4.00
 | 打印机 | 2 | 1.00
""",
    )
    assert [row.group for row in statement.rows] == [None, None]


def test_rows_set_deeper_below_a_sum_are_no_parts_of_what_is_above_it() -> None:
    statement = read_one(
        "部门收入总表",
        """
项目 | 决算数
一、财政拨款收入 | 8.00
二、其他收入 | 2.00
  捐赠收入 | 2.00
本年收入合计 | 10.00
  上年结转和结余 | 3.00
合计 | 13.00
""",
    )
    assert [row.parent for row in statement.rows] == [None, None, 1, None, None, None]


def test_the_form_of_operating_information_has_two_lanes() -> None:
    """公开10: “三公” on the left, operating funds, assets and procurement on the right."""
    statement = read_one(
        "机构运行信息表",
        """
项目 | 行次 | 预算数 | 统计数 | 项目 | 行次 | 统计数
栏次 | | 1 | 2 | 栏次 | | 3
一、“三公”经费支出 | 1 | — | — | 二、机关运行经费 | 9 | 6.00
（一）支出合计 | 2 | 4.60 | 3.60 | 四、政府采购支出信息 | 10 | —
1.因公出国（境）费 | 3 | 1.10 | 0.62 | （一）政府采购支出合计 | 11 | 11.85
2.公务用车购置及运行维护费 | 4 | 3.50 | 2.98 | 1.政府采购货物支出 | 12 | 11.85
3.公务接待费 | 5 | 0.00 | 0.00 | （二）政府采购授予中小企业合同金额 | 13 | 8.00
""",
        year=2024,
    )
    right = [row for row in statement.rows if row.lane == 1]
    assert [row.concept for row in right] == [
        "operating_funds.total",
        "procurement.total",
        "procurement.total",
        "procurement.goods",
        "procurement.small_business",
    ]
    left = [row for row in statement.rows if row.lane == 0]
    assert [row.concept for row in left[2:]] == [
        "three_public.overseas",
        "three_public.vehicles",
        "three_public.reception",
    ]


def test_a_total_in_the_middle_of_two_lanes_is_that_of_the_figure_behind_it() -> None:
    statement = read_one(
        "一般公共预算财政拨款基本支出决算表",
        """
人员经费 | < | < | 公用经费 | < | < | < | < | <
科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数
30101 | 基本工资 | 5.00 | 30201 | 办公费 | 2.00 | 31002 | 办公设备购置 | 1.00
30102 | 津贴补贴 | 4.00 | 30202 | 印刷费 | 1.00 | 31003 | 专用设备购置 | 1.00
 | 人员经费合计 | 9.00 |  |  | 公用经费合计 |  |  | 5.00
""",
    )
    totals = {
        r.values[0].amount.text: r for r in statement.rows[-3:] if r.values and r.values[0].amount
    }
    assert totals["9.00"].name is not None
    assert totals["9.00"].name.text == "人员经费合计"
    assert totals["5.00"].name is not None
    assert totals["5.00"].name.text == "公用经费合计"
    assert totals["5.00"].concept == "expenditure.public"
