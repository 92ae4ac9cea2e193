"""The columns of a panel."""

from __future__ import annotations

from disclosure_parser.dataset.about_reports import KIND, SCOPE
from disclosure_parser.dataset.bodies import Join
from disclosure_parser.dataset.model import Column, ColumnType, Role, Table, decimal, integer, text
from disclosure_parser.language.values import Phase, ValueState

PANEL = Table(
    name="panel",
    zh="面板：一个概念，机构×年度",
    en="one concept, agencies over years",
    primary_key=("agency", "scope", "year", "kind", "phase", "unit"),
    columns=(
        text("agency", "机构（最近一年的名称）", "agency, by its newest name", role=Role.ENTITY),
        text("printed_agency", "该年报告中的名称", "its name in the report of the year"),
        SCOPE,
        text("division", "行政区划代码", "code of the division", role=Role.DIVISION),
        text("unit_code", "预算单位编码", "local code", role=Role.ENTITY_CODE),
        text("joined_by", "与同一机构其他年度连接的依据", "how it was joined", values=Join),
        integer("year", "年度", "fiscal year", role=Role.FISCAL_YEAR),
        KIND,
        text("phase", "阶段", "phase", role=Role.PHASE, values=Phase),
        decimal(
            "value", "该年报告中的数（金额为元）", "figure of the year's own report (money in 元)"
        ),
        text("unit", "单位", "unit: 元 for money", role=Role.UNIT),
        text("state", "印刷状态", "what is printed", role=Role.STATE, values=ValueState),
        text("text", "原文", "printed text", role=Role.TEXT),
        text("doubt", "疑点", "why the reading is not sure"),
        text(
            "conflict",
            "该年报告中互相矛盾的数",
            "figures of the year's reports that differ: no value",
        ),
        text("report", "报告标识", "the report it is printed in"),
        integer("fact", "事实序号", "the fact it is"),
        text("source", "文件名", "the file"),
        text("place", "位置", "where it is printed", role=Role.PLACE),
        decimal("later_value", "其后报告所述该年的数", "what a later report says of the year"),
        text(
            "later_basis",
            "printed 印刷的上年数，change 由本年数减增减额",
            "printed, or this year's less its change",
            values=("printed", "change"),
        ),
        text("later_state", "印刷状态", "what is printed", values=ValueState),
        text("later_text", "原文", "printed text"),
        text("later_doubt", "疑点", "why the reading is not sure"),
        text("later_conflict", "其后报告中互相矛盾的数", "figures of later reports that differ"),
        text("later_report", "报告标识", "the later report"),
        integer("later_fact", "事实序号", "the fact it is"),
        text("later_source", "文件名", "its file"),
        text("later_place", "位置", "where it is printed"),
        decimal("difference", "其后所述减该年报告", "later figure less that of the year's report"),
        Column(
            name="restated",
            type=ColumnType.BOOLEAN,
            zh="差额超出舍入；无从比较或读数存疑为空",
            en="they differ by more than rounding; null with nothing to compare, or in doubt",
        ),
    ),
)
