"""Sections with tables: procurement, state assets, performance."""

from __future__ import annotations

from decimal import Decimal

from disclosure_parser.language.values import Operator, Unit, ValueState
from disclosure_parser.sections.performance import Performance
from disclosure_parser.sections.procurement import Procurement, RowKind
from disclosure_parser.sections.state_assets import StateAssets
from tests.sections.support import Rows, money, report

PURCHASES: Rows = [
    [
        "政府采购项目来源",
        "",
        "采购物品名称",
        "目录序号",
        "计量单位",
        "数量",
        "单价",
        "政府采购金额",
        "",
    ],
    ["项目名称", "预算资金", "", "", "", "", "", "合计", "一般公共预算拨款"],
    ["合计", "", "", "", "", "", "", "12.6", "12.6"],
    ["供水监测", "30", "台式计算机", "A02010105", "台", "12", "0.5", "6", "6"],
    ["供水监测", "30", "水质分析仪", "A02100499", "套", "3", "2.2", "6.6", "6.6"],
]


def test_procurement() -> None:
    found = report(
        "五、政府采购预算情况",
        "2031年安排政府采购预算12.6万元，其中：货物10万元，工程0万元，服务2.6万元。",
        "单位：万元",
        PURCHASES,
    ).get(Procurement)
    assert found is not None
    parts = (found.total, found.goods, found.works, found.services)
    assert [money(p) for p in parts] == ["12.6万元", "10万元", "0万元", "2.6万元"]
    (table,) = found.tables
    assert table.unit is Unit.TEN_THOUSAND
    assert [r.kind for r in table.rows] == [RowKind.TOTAL, RowKind.ITEM, RowKind.ITEM]
    total, computers, _ = table.rows
    assert money(total.amount) == "12.6万元"
    assert total.item is None
    assert computers.item is not None
    assert computers.item.text == "台式计算机"
    assert computers.code is not None
    assert computers.code.text == "A02010105"
    assert computers.measure_unit is not None
    assert computers.measure_unit.text == "台"
    assert computers.quantity is not None
    assert computers.quantity.number == Decimal(12)
    values = (computers.project_budget, computers.unit_price, computers.amount)
    assert [money(v) for v in values] == ["30万元", "0.5万元", "6万元"]
    assert [(f.fund, money(f.amount)) for f in computers.funds] == [
        ("revenue.general_budget", "6万元")
    ]


def test_a_procurement_section_without_purchases() -> None:
    found = report(
        "五、政府采购预算情况", "2031年未安排政府采购预算。", [["年份", "备注"], ["2031", "无"]]
    ).get(Procurement)
    assert found is not None
    assert found.tables == ()
    assert found.total is None or found.total.amounts[0].amount.state is ValueState.NIL


def test_small_businesses_are_no_total() -> None:
    found = report(
        "五、政府采购支出情况",
        "政府采购支出总额120万元。授予中小企业合同金额100万元，占政府采购支出总额的83.3%，"
        "其中：授予小微企业合同金额60万元，占授予中小企业合同金额的60%。",
    ).get(Procurement)
    assert found is not None
    assert money(found.total) == "120万元"
    assert [money(x) for x in found.small_business] == ["100万元", "60万元"]


ASSETS: Rows = [
    ["项目", "数量", "价值（金额单位：万元）"],
    ["资产总额", "——", "1250.6"],
    ["1、房屋（平方米）", "2,400.5", "800"],
    ["其中：办公用房（平方米）", "1,200", "500"],
    ["2、车辆（台、辆）", "5", "100"],
    ["3、其他固定资产", "", "350.6"],
]


def test_state_assets() -> None:
    found = report(
        "六、国有资产信息", "截至2030年12月31日，固定资产总额1,250.6万元，车辆5辆。", ASSETS
    ).get(StateAssets)
    assert found is not None
    assert found.date is not None
    assert found.date.text == "截至2030年12月31日"
    assert money(found.fixed) == "1250.6万元"
    assert found.vehicles is not None
    assert found.vehicles.quantity is not None
    assert found.vehicles.quantity.number == 5
    (table,) = found.tables
    assert [(r.name, r.unit, r.part_of) for r in table.rows] == [
        ("资产总额", "", None),
        ("房屋", "平方米", None),
        ("办公用房", "平方米", 1),
        ("车辆", "台、辆", None),
        ("其他固定资产", "", None),
    ]
    assert [money(r.value) for r in table.rows] == [
        "1250.6万元",
        "800万元",
        "500万元",
        "100万元",
        "350.6万元",
    ]
    states = [r.quantity.state for r in table.rows if r.quantity is not None]
    assert states[0] is ValueState.DASH
    assert states[-1] is ValueState.BLANK


def test_assets_with_a_column_of_units() -> None:
    rows: Rows = [
        ["项目", "单位", "数量"],
        ["一、车辆", "辆", "5"],
        ["其中：机要通信用车", "辆", "2"],
        ["应急保障用车", "辆", "3"],
        ["二、资产总额", "万元", "812.34"],
    ]
    found = report("六、国有资产信息", rows).get(StateAssets)
    assert found is not None
    (table,) = found.tables
    assert [(r.name, r.unit, r.part_of) for r in table.rows] == [
        ("车辆", "辆", None),
        ("机要通信用车", "辆", 0),
        ("应急保障用车", "辆", 0),
        ("资产总额", "万元", None),
    ]
    assert table.rows[2].quantity is not None
    assert table.rows[2].quantity.number == 3
    assert table.rows[3].quantity is None
    assert money(table.rows[3].value) == "812.34万元"


def test_a_threshold_in_state_assets_is_no_value() -> None:
    found = report(
        "六、国有资产占用情况", "单价100万元以上设备0台（套），单价50万元以上通用设备2台（套）。"
    ).get(StateAssets)
    assert found is not None
    assert found.fixed is None
    counts = [str(x.quantity.number) for x in found.equipment if x.quantity is not None]
    assert counts == ["0", "2"]
    assert not any(x.amounts for x in (*found.equipment, *found.others))


def test_state_assets_without_a_table_of_assets() -> None:
    found = report("六、国有资产信息", "无新增资产。", [["年份", "备注"], ["2030", "无"]]).get(
        StateAssets
    )
    assert found is not None
    assert found.tables == ()


TARGETS: Rows = [
    ["一级指标", "二级指标", "三级指标", "绩效指标描述", "符号", "值", "单位（文字描述）"],
    ["产出指标", "数量指标", "新建供水站", "新建供水站数量", "≥", "3", "座"],
    ["", "质量指标", "水质合格率", "水质合格的比例", "≥", "95", "%"],
    ["效益指标", "社会效益", "群众用水", "群众用水情况", "文字描述", "", "明显改善"],
]


def test_performance_targets_with_columns_of_their_own() -> None:
    found = report(
        "五、预算绩效信息",
        "第一部分 部门整体绩效目标",
        "（一）总体绩效目标",
        "保障全县供水。",
        "第二部分 预算项目绩效目标",
        "1、供水监测项目绩效目标表",
        TARGETS,
    ).get(Performance)
    assert found is not None
    (project,) = found.projects
    assert "供水监测" in project.project
    first, second, third = project.indicators
    assert first.level1 is not None
    assert second.level1 is not None
    assert (first.level1.text, second.level1.text) == ("产出指标", "产出指标")
    assert third.level1 is not None
    assert third.level1.text == "效益指标"
    assert [i.operator for i in project.indicators] == [Operator.GE, Operator.GE, Operator.TEXT]
    assert first.value is not None
    assert first.value.number == Decimal(3)
    assert third.value is not None
    assert third.value.state is ValueState.BLANK
    assert third.unit_text is not None
    assert third.unit_text.text == "明显改善"


def test_performance_targets_in_one_cell() -> None:
    found = report(
        "五、预算绩效情况",
        "供水监测项目绩效目标表",
        [
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "新建供水站", "≥3座"],
            ["产出指标", "时效指标", "完成时间", "2031年12月底前"],
            ["满意度指标", "服务对象满意度", "群众满意度", "90%以上"],
        ],
    ).get(Performance)
    assert found is not None
    indicators = found.projects[0].indicators
    assert [(i.operator, i.value and i.value.number) for i in indicators] == [
        (Operator.GE, Decimal(3)),
        (None, None),
        (Operator.GE, Decimal(90)),
    ]
    assert indicators[1].value is not None
    assert indicators[1].value.text == "2031年12月底前"


def test_a_table_without_levels_of_indicators_is_no_project() -> None:
    found = report(
        "五、预算绩效信息", "绩效管理覆盖全部项目。", [["项目", "金额"], ["供水监测", "30"]]
    ).get(Performance)
    assert found is not None
    assert found.projects == ()


FORM: Rows = [
    ["项目名称", "供水监测", "", "实施单位", "青溪县供水站"],
    ["项目资金（万元）", "年度资金总额：", "30.50", "其中：财政拨款", "28"],
    ["", "上年结转", "2.50", "其他资金", "—"],
    ["年度总体目标", "目标1", "完成监测点建设3处，水质合格率达到95%。", "", ""],
    ["一级指标", "二级指标", "三级指标", "指标值", "分值"],
    ["产出指标", "数量指标", "监测点", "≥3处", "20"],
    ["", "质量指标", "合格率", "≥95%", "30"],
    ["", "", "报告份数", "2-3份", "10"],
]


def test_a_project_form_with_funding_and_goals() -> None:
    found = report("五、预算绩效情况", "项目支出绩效目标表", FORM).get(Performance)
    assert found is not None
    (project,) = found.projects
    assert project.project == "供水监测"
    assert [(f.label.text, money(f.amount)) for f in project.funding] == [
        ("年度资金总额：", "30.50万元"),
        ("其中：财政拨款", "28万元"),
        ("上年结转", "2.50万元"),
        ("其他资金", "dash"),
    ]
    (goal,) = project.goals
    assert goal.text.text == "完成监测点建设3处，水质合格率达到95%。"
    assert goal.label is not None
    assert goal.label.text == "目标1"
    first, second, third = project.indicators
    assert third.level2 is not None
    assert second.level2 is not None
    assert third.level2.text == second.level2.text == "质量指标"
    assert first.value is not None
    assert first.weight is not None
    assert (first.value.number, first.weight.number) == (Decimal(3), Decimal(20))
    # A range is no number.
    assert third.value is not None
    assert (third.value.state, third.value.number) == (ValueState.TEXT, None)


PLANNED: Rows = [
    ["项目名称", "校舍加固", "项目编码", "13070024P0012", "", "", ""],
    ["预算规模及资金用途", "预算数", "860.00", "其中：财政资金", "800.00", "其他资金", "60.00"],
    ["", "用于12所学校的校舍加固改造。", "", "", "", "", ""],
    ["资金支出计划（%）", "3月底", "6月底", "", "9月底", "", "12月底"],
    ["", "20", "50%", "", "80", "", ""],
    ["绩效目标", "1.加固校舍12处。", "", "", "", "", ""],
    ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据", ""],
    ["产出指标", "数量指标", "加固校舍", "加固的校舍", "≥12处", "实施方案", ""],
]


def test_a_form_with_a_plan_of_spending() -> None:
    found = report("五、预算绩效情况", "单位：万元", "项目绩效目标表", PLANNED).get(Performance)
    assert found is not None
    (project,) = found.projects
    assert project.code is not None
    assert project.code.text == "13070024P0012"
    assert project.use is not None
    assert project.use.text == "用于12所学校的校舍加固改造。"
    assert [(f.label.text, f.amount and f.amount.text) for f in project.funding] == [
        ("预算数", "860.00"),
        ("其中：财政资金", "800.00"),
        ("其他资金", "60.00"),
    ]
    # The last day has no share printed.
    assert [(p.label.text, p.share.number, p.share.unit) for p in project.plan] == [
        ("3月底", Decimal(20), "%"),
        ("6月底", Decimal(50), "%"),
        ("9月底", Decimal(80), "%"),
    ]
    assert [goal.text.text for goal in project.goals] == ["1.加固校舍12处。"]


SELF_EVALUATION: Rows = [
    ["项目名称", "供水监测", "", "", "", "", "", ""],
    ["主管部门", "青溪县水利局", "", "", "实施单位", "青溪县供水站", "", ""],
    ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    ["", "年度资金总额", "30.00", "32.00", "31.20", "10", "97.50%", "9.75"],
    ["", "其中：财政拨款", "30.00", "32.00", "31.20", "－", "97.50%", "－"],
    ["", "其他资金", "", "", "", "－", "", "－"],
    ["年度总体目标", "预期目标", "", "", "实际完成情况", "", "", ""],
    ["", "建监测点3处，开展检测40次。", "", "", "建成监测点4处，开展检测38次。", "", "", ""],
    [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ],
    ["产出指标", "数量指标", "监测点", "≥3处", "4处", "50", "50", ""],
    ["", "", "检测次数", "≥40次", "38次", "40", "38", "设备检修"],
    ["总分", "总分", "总分", "总分", "总分", "100", "97.75", ""],
]


def test_a_form_of_self_evaluation() -> None:
    found = report("九、预算绩效情况", "项目支出绩效自评表", SELF_EVALUATION)
    performance = found.get(Performance)
    assert performance is not None
    (project,) = performance.projects
    assert project.agency is not None
    assert project.agency.text == "青溪县供水站"
    (goal,) = project.goals
    assert goal.text.text == "建监测点3处，开展检测40次。"
    assert goal.achieved is not None
    assert goal.achieved.text == "建成监测点4处，开展检测38次。"
    whole, _, other = project.funding
    assert [money(x) for x in (whole.initial, whole.adjusted, whole.executed) if x] == [
        "30.00万元",
        "32.00万元",
        "31.20万元",
    ]
    assert whole.execution_rate is not None
    assert (whole.execution_rate.number, whole.execution_rate.unit) == (Decimal("97.50"), "%")
    assert other.initial is not None
    assert other.initial.state is ValueState.BLANK
    assert [
        (i.value and i.value.number, i.actual and i.actual.number) for i in project.indicators
    ] == [
        (Decimal(3), Decimal(4)),
        (Decimal(40), Decimal(38)),
    ]
    assert [i.score and i.score.number for i in project.indicators] == [Decimal(50), Decimal(38)]
    assert [i.remark and i.remark.text for i in project.indicators] == [None, "设备检修"]
    assert project.total is not None
    assert project.total.score is not None
    assert project.total.score.number == Decimal("97.75")
    facts = {(f.measure.value, f.phase and f.phase.value, f.text) for f in found.facts()}
    assert {
        ("amount", "approved", "30.00"),
        ("amount", "adjusted", "32.00"),
        ("amount", "executed", "31.20"),
        ("completion", "executed", "97.50%"),
        ("target", None, "≥40次"),
        ("result", None, "38次"),
    } <= facts


def test_targets_are_no_self_evaluation() -> None:
    found = report("五、预算绩效情况", "项目支出绩效目标表", FORM).get(Performance)
    assert found is not None
    (project,) = found.projects
    assert project.total is None
    assert not any(i.actual or i.score or i.remark for i in project.indicators)
    assert not any(f.initial or f.executed or f.execution_rate for f in project.funding)


def test_funding_with_its_amount_in_one_cell() -> None:
    form: Rows = [
        ["项目名称", "供水监测", "", "", ""],
        ["项目资金（万元）", "资金总额：30.50", "其中：财政拨款 28", "其他资金", "2.50"],
        ["一级指标", "二级指标", "三级指标", "指标值", "分值"],
        ["产出指标", "数量指标", "监测点", "≥3处", "20"],
    ]
    found = report("五、预算绩效情况", "项目支出绩效目标表", form).get(Performance)
    assert found is not None
    assert [(f.label.text, money(f.amount)) for f in found.projects[0].funding] == [
        ("资金总额", "30.50万元"),
        ("其中：财政拨款", "28万元"),
        ("其他资金", "2.50万元"),
    ]


def test_goals_per_duty_and_safeguards() -> None:
    found = report(
        "五、预算绩效信息",
        "第一部分 部门整体绩效目标",
        "（一）总体绩效目标",
        "保障全县供水。",
        "（二）分项绩效目标",
        "1.水资源管理",
        "绩效目标：巡查不少于10次。",
        "（三）工作保障措施",
        "1.加强制度建设。",
        "六、名词解释",
        "1.项目支出：指完成任务的支出。",
    ).get(Performance)
    assert found is not None
    assert [g.text.text for g in found.goals] == ["保障全县供水。"]
    assert [s.text.text for s in found.safeguards] == ["加强制度建设。"]
    quantities = [q for goal in found.duty_goals for q in goal.quantities]
    assert [(str(q.quantity.number), q.operator) for q in quantities if q.quantity] == [
        ("10", Operator.GE)
    ]


def test_assets_owned_and_assets_to_be_bought_are_told_apart() -> None:
    found = report(
        "五、国有资产占有使用情况",
        "截至2030年12月31日，共有车辆7辆，其中：应急保障用车2辆、其他用车5辆；"
        "单价100万元以上设备3台（套）。",
        "2031年安排购置车辆1辆，其中：其他用车1辆；安排购置单价100万元以上设备0台（套）。",
    ).get(StateAssets)
    assert found is not None
    assert [str(x.quantity.number) for x in found.vehicle_kinds if x.quantity] == ["2", "5"]
    assert [x.concept for x in found.equipment] == ["assets.equipment"]
    assert [(x.concept, str(x.quantity.number)) for x in found.purchases if x.quantity] == [
        ("three_public.vehicle_purchase", "1"),
        ("three_public.vehicle_purchase", "1"),
        ("assets.equipment_purchase", "0"),
    ]
