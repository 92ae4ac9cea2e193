"""The tables of figures: facts, statements, indicators, procurement, assets."""

from __future__ import annotations

from disclosure_parser.catalogue.codes.entries import Agreement, Domain
from disclosure_parser.dataset.columns import (
    OF_REPORT,
    OF_SECTION,
    REPORT,
    SECTION,
    anchored,
    money,
    numbered,
    quantity,
    state,
)
from disclosure_parser.dataset.model import (
    ForeignKey,
    Role,
    Table,
    boolean,
    decimal,
    integer,
    text,
)
from disclosure_parser.facts.model import Measure
from disclosure_parser.identity import Scope
from disclosure_parser.language.values import BaseKind, Direction, Operator, Phase
from disclosure_parser.statements.model import ColumnRole, Flow, RowRole

_YEAR = integer("year", "数字所属年度", "fiscal year of the figure", role=Role.FISCAL_YEAR)
_PHASE = text(
    "phase",
    "阶段：预算、调整预算、决算",
    "phase: approved budget, adjusted budget, executed",
    role=Role.PHASE,
    values=Phase,
)
_FLOW = text("flow", "收支方向", "revenue or expenditure", role=Role.DIRECTION, values=Flow)
_CONCEPT = text("concept", "概念标识", "id of the concept; null if unknown", role=Role.CONCEPT)
_NUMBER = decimal("number", "印刷数字", "number as printed", role=Role.NUMBER)
_DECIMALS = integer("decimals", "印刷的小数位数", "decimals as printed (4.00 has two)")
_UPPER = decimal("upper", "范围的上限", "upper end of a range", role=Role.NUMBER)
_UNIT = text("unit", "单位（印刷或声明）", "unit as printed or declared", role=Role.UNIT)
_FACTOR = integer(
    "factor", "一单位合多少元；非金额为空", "元 in one unit; null if no money", role=Role.FACTOR
)
_YUAN = decimal("yuan", "金额（元）", "value in 元", role=Role.VALUE)
_TEXT = text("text", "原文", "printed text", role=Role.TEXT)
_CODE = text("code", "科目或品目编码", "code of a classification", role=Role.CLASSIFICATION)
_DOMAIN = text(
    "code_domain",
    "编码所属的分类",
    "the list the code belongs to",
    role=Role.CLASSIFICATION_LIST,
    values=Domain,
)
_EDITION = text(
    "code_edition", "分类版本", "edition of that list", role=Role.CLASSIFICATION_EDITION
)
_DOUBT = text("doubt", "疑点：为何读数不确定", "why a reading is not sure")
_BLOCK = integer("table_block", "所在表的文档块号", "block of the table it stands in")
_GRID_ROW = integer("grid_row", "表内行号，从0起", "grid row in the table, from 0")
_ORIGIN = text(
    "origin",
    "来自文字或表格",
    "printed in text or in a table",
    required=True,
    values=("text", "table"),
)

FACTS = Table(
    name="facts",
    zh="数据事实：每个印刷数字一行",
    en="one row for each printed figure",
    primary_key=("report", "fact"),
    foreign_keys=(OF_REPORT, OF_SECTION),
    columns=(
        REPORT,
        numbered("fact", "事实", "running number of the fact"),
        text("entity", "机构", "agency", role=Role.ENTITY),
        text("scope", "口径", "whose figures", role=Role.SCOPE, values=Scope),
        _YEAR,
        _PHASE,
        _FLOW,
        _CONCEPT,
        text("concept_name", "概念中文名", "Chinese name of the concept"),
        text("label", "命名该数字的印刷文字", "printed words that name the figure"),
        text("whole", "所属整体（其中）", "concept or name of what it is a part of"),
        text(
            "measure", "度量", "what is measured", role=Role.MEASURE, required=True, values=Measure
        ),
        text("direction", "增减方向", "direction of a change", values=Direction),
        text("base", "比较基数", "what a change is measured against", values=BaseKind),
        integer("base_year", "基数年度", "year of the base"),
        text("base_text", "基数原文", "base as printed"),
        text("reason", "增减原因原文", "printed reason of a change"),
        text("operator", "比较符号（指标值）", "operator of a target", values=Operator),
        state("state", "", "as value", required=True),
        _NUMBER,
        _DECIMALS,
        _UPPER,
        _UNIT,
        _FACTOR,
        _YUAN,
        _TEXT,
        _CODE,
        _DOMAIN,
        _EDITION,
        SECTION,
        text("record", "所属记录类", "class of the record that holds it"),
        _BLOCK,
        text("table_title", "表题", "title of the table"),
        text("row_path", "行标签，由外到内以“ › ”连接", "labels of the row, outermost first"),
        text("column_path", "列标题，由上到下以“ › ”连接", "header of the column, top first"),
        text(
            "within",
            "位于原因或用途说明之内",
            "reason or purpose: it explains another figure",
            values=("reason", "purpose"),
        ),
        _DOUBT,
        *anchored("数字", "it"),
    ),
)

STATEMENTS = Table(
    name="statements",
    zh="报表（长表）：每行每格一行，含空白格；无格之行一行",
    en="the statements in long form: a row for each cell of a line, blank ones too (one for a line"
    " without cells)",
    primary_key=("report", "cell"),
    foreign_keys=(OF_REPORT, ForeignKey(columns=("report", "statement"), table="tables")),
    columns=(
        REPORT,
        numbered("cell", "格", "running number of the cell"),
        integer("statement", "表序号", "running number of the table", required=True),
        text("kind", "报表种类", "kind of the table; null for an unknown one"),
        text("funds", "资金范围", "whose money, null where the table does not limit it"),
        integer(
            "line", "行序号（表内，从1起）", "number of the row in the table, from 1", required=True
        ),
        integer("parent_line", "上级行序号", "row that this one is a part of"),
        text("line_role", "行的角色", "what the row is", required=True, values=RowRole),
        integer("lane", "并列栏序号，从0起", "list of those side by side, from 0", required=True),
        _FLOW,
        text("basis", "并列栏的分类依据", "what the rows of the lane are classified by"),
        text("name", "行名称原文", "name of the row as printed"),
        text("group_name", "左侧组名", "name of the group beside the row"),
        _CODE,
        _DOMAIN,
        _EDITION,
        text("code_level", "编码层级：类、款、项", "level of the code"),
        text("code_name", "编码的规范名称", "official name", role=Role.CLASSIFICATION_NAME),
        text(
            "code_agreement",
            "印刷名称与规范名称的关系",
            "how the printed name stands to it",
            values=Agreement,
        ),
        text("row_concept", "行名称的概念", "concept of the row's name"),
        text(
            "implied_code", "无编码时由类名推得的功能分类", "functional class that the name implies"
        ),
        _CONCEPT,
        text("whole", "所属整体", "concept that it is a part of"),
        _GRID_ROW,
        integer("grid_column", "表内列号，从0起", "grid column in the table, from 0"),
        text("column_role", "列的角色", "what stands in the column", values=ColumnRole),
        text("column_path", "列标题，由上到下以“ › ”连接", "header of the column, top first"),
        text("meaning", "列的含义", "meaning of the column"),
        boolean("subset", "列标题为其中项", "the header says 其中"),
        _PHASE,
        _YEAR,
        state("state", "", "in the cell", required=True),
        _NUMBER,
        _DECIMALS,
        _UPPER,
        _UNIT,
        _FACTOR,
        _YUAN,
        _TEXT,
        _DOUBT,
        *anchored("数字", "it"),
    ),
)

INDICATORS = Table(
    name="indicators",
    zh="绩效指标",
    en="performance indicators",
    primary_key=("report", "indicator"),
    foreign_keys=(OF_REPORT, OF_SECTION),
    columns=(
        REPORT,
        numbered("indicator", "指标", "running number of the indicator"),
        text("project", "项目名称", "project"),
        SECTION,
        integer("table_block", "所在表的文档块号", "block of the table", required=True),
        _GRID_ROW,
        text("level1", "一级指标", "first level"),
        text("level2", "二级指标", "second level"),
        text("level3", "三级指标", "third level: the indicator itself"),
        text("description", "指标说明", "description"),
        text("operator", "比较符号", "comparison", values=Operator),
        text("operator_text", "比较符号原文", "comparison as printed"),
        state("state", "指标值", "as target"),
        _NUMBER,
        _DECIMALS,
        _UPPER,
        text("unit", "指标值单位", "unit of the target", role=Role.UNIT),
        text("text", "指标值原文", "target as printed", role=Role.TEXT),
        text("unit_text", "单位（文字描述）原文", "unit or words for the target as printed"),
        text("basis", "指标值确定依据", "basis of the target"),
        *quantity("weight", "权重或分值", "weight: the highest score"),
        *quantity("actual", "实际完成值", "value reached (self-evaluation)"),
        *quantity("score", "得分", "score (self-evaluation)"),
        text("remark", "偏差原因分析及改进措施", "reasons of a difference as printed"),
        _DOUBT,
        *anchored("指标值（无则为指标）", "the target, or else the indicator,"),
    ),
)

PROCUREMENT = Table(
    name="procurement",
    zh="政府采购：文字中的总额与采购表各行",
    en="government procurement: stated totals, and the rows of the tables",
    primary_key=("report", "procurement"),
    foreign_keys=(OF_REPORT, OF_SECTION),
    columns=(
        REPORT,
        numbered("procurement", "采购", "running number of the row"),
        _ORIGIN,
        text(
            "row_kind",
            "stated 文字所述，item 明细，subtotal 小计，total 合计；不可跨类相加",
            "stated in text; item, subtotal or total of a table: never add across kinds",
            required=True,
            values=("stated", "item", "subtotal", "total"),
        ),
        _CONCEPT,
        SECTION,
        _BLOCK,
        _GRID_ROW,
        text("label", "标签原文", "printed label"),
        text("source_project", "采购项目来源", "project that it is bought for"),
        *money(
            "project_budget",
            "项目预算资金（各行重复，不可相加）",
            "budget of the project (repeats)",
        ),
        text("category", "采购类别", "category"),
        text("economic_item", "经济科目", "economic item"),
        text("item", "采购物品", "what is bought"),
        text("code", "政府采购目录编码", "catalogue code", role=Role.CLASSIFICATION),
        text("method", "采购方式", "method"),
        text("measure_unit", "计量单位", "unit of the quantity"),
        *quantity("quantity", "数量", "quantity"),
        *money("unit_price", "单价", "price of one"),
        _PHASE,
        _YEAR,
        *money("amount", "采购金额", "amount"),
        _DOUBT,
        *anchored("金额（无则为标签）", "the amount, or else the label,"),
    ),
)

PROCUREMENT_FUNDS = Table(
    name="procurement_funds",
    zh="采购金额的资金来源",
    en="which fund pays what part of a procurement",
    primary_key=("report", "fund"),
    foreign_keys=(
        OF_REPORT,
        ForeignKey(columns=("report", "procurement"), table="procurement"),
    ),
    columns=(
        REPORT,
        numbered("fund", "资金", "running number of the part"),
        integer("procurement", "采购序号", "the row of procurement", required=True),
        text("concept", "资金来源（概念标识）", "concept of the fund", role=Role.CONCEPT),
        text("label", "列标题原文", "header as printed"),
        *money("amount", "金额", "amount"),
        _DOUBT,
        *anchored("金额", "it"),
    ),
)

ASSETS = Table(
    name="assets",
    zh="国有资产：文字中的数字与资产表各行",
    en="state assets: what the text states, and the rows of the tables",
    primary_key=("report", "asset"),
    foreign_keys=(OF_REPORT, OF_SECTION),
    columns=(
        REPORT,
        numbered("asset", "资产", "running number of the row"),
        _ORIGIN,
        text(
            "asset_role",
            "row 资产表行，其余为文字：固定资产、车辆、其中车辆、设备、拟购置、其他",
            "row of a table; in text: fixed assets, vehicles, kinds of them, equipment, purchases",
            required=True,
            values=("row", "fixed", "vehicles", "vehicle_kind", "equipment", "purchase", "other"),
        ),
        _CONCEPT,
        SECTION,
        _BLOCK,
        _GRID_ROW,
        text("date", "截止日期原文", "day that it stands for, as printed"),
        text("label", "标签原文", "printed label"),
        text("name", "名称", "name, without number, 其中 and unit"),
        integer("part_of", "所属行的资产序号；不可相加", "row that contains it: never add both"),
        text("whole", "所属整体（文字）", "what it is a part of, in text"),
        *quantity("quantity", "数量", "quantity"),
        *money("value", "价值", "value"),
        _DOUBT,
        *anchored("标签", "the label"),
    ),
)
