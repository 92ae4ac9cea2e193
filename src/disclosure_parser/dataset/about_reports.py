"""The tables about reports and files: what there is, and how it was read."""

from __future__ import annotations

from disclosure_parser.catalogue.codes.divisions import Level as GovernmentLevel
from disclosure_parser.checks.model import Level, Outcome
from disclosure_parser.dataset.columns import (
    OF_REPORT,
    OF_SECTION,
    REPORT,
    SECTION,
    anchored,
    numbered,
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
from disclosure_parser.document import Severity
from disclosure_parser.identity import ReportKind, Scope
from disclosure_parser.language.values import Phase, Unit

KIND = text("kind", "报告种类：预算、决算", "kind: budget or final accounts", values=ReportKind)
SCOPE = text(
    "scope",
    "口径：部门（含下属单位）、单位、本级、政府、全域",
    "whose figures: department with its units, one unit, own level, government, whole region",
    role=Role.SCOPE,
    values=Scope,
)
FAMILY = text("family", "模板族", "template family the report looks like")
FORMAT = text("format", "文件格式（按内容判断）", "format, told by content")

REPORTS = Table(
    name="reports",
    zh="报告：每份不同内容一行",
    en="one row for each different content that gave a report",
    primary_key=("report",),
    columns=(
        REPORT,
        text("source", "解析时的文件名", "the file under whose name it was parsed", required=True),
        FORMAT,
        text(
            "status",
            "complete 完整，partial 部分内容未能读取",
            "complete, or partial: a part of the source could not be read",
            required=True,
            values=("complete", "partial"),
        ),
        text("agency", "机构名称（去掉口径词）", "agency, without scope words", role=Role.ENTITY),
        text("unit_code", "预算单位编码", "local code of the agency", role=Role.ENTITY_CODE),
        integer("fiscal_year", "财政年度", "fiscal year", role=Role.FISCAL_YEAR),
        KIND,
        SCOPE,
        text("title", "标题原文", "title as printed"),
        text("level", "政府级次（按名称）", "level of government by name", values=GovernmentLevel),
        text("division", "行政区划代码", "code of the division", role=Role.DIVISION),
        text("division_name", "行政区划名称", "name of the division"),
        text(
            "division_candidates",
            "名称不能确定区划时的可能代码，以空格分隔",
            "where the name fits several divisions: their codes, separated by spaces",
        ),
        text("division_basis", "级次与区划的依据", "what in the name decided"),
        FAMILY,
        integer("sections", "章节数", "number of sections", required=True),
        integer("records", "章节记录数", "number of records", required=True),
        integer("statements", "报表数", "number of statements", required=True),
        integer("facts", "数据事实数", "number of facts", required=True),
        integer("diagnostics", "诊断数", "number of diagnostics", required=True),
        integer(
            "unread", "未能读取的部分数", "number of parts that could not be read", required=True
        ),
        integer(
            "findings",
            "勾稽发现数；未勾稽为空",
            "number of findings; null where nothing was checked",
        ),
    ),
)

FILES = Table(
    name="files",
    zh="文件账目：每个输入文件（含压缩包成员）一行",
    en="the account: one row for every input file and every member of an archive",
    primary_key=("file",),
    foreign_keys=(OF_REPORT,),
    columns=(
        text(
            "file",
            "文件名；压缩包成员为 a.zip!/b.pdf",
            "name; a.zip!/b.pdf for a member",
            role=Role.KEY,
            required=True,
        ),
        text(
            "status",
            "complete 完整，partial 部分，failed 失败，skipped 未解析",
            "complete, partial, failed (no report) or skipped (no document)",
            required=True,
            values=("complete", "partial", "failed", "skipped"),
        ),
        text("report", "报告标识；无报告为空", "the report; null for none"),
        text("sha256", "内容的 SHA-256；无法读取为空", "of the content; null if it was not read"),
        integer("size", "字节数", "bytes", required=True),
        text(
            "duplicate_of",
            "内容相同、以其名解析的文件",
            "the file with the same content that was parsed",
        ),
        text(
            "joined_because",
            "与其他文件合为一份报告的理由；单独成报告为空",
            "why it is one report with other files; null where it is a report alone",
        ),
        FORMAT,
        KIND,
        integer("fiscal_year", "财政年度", "fiscal year", role=Role.FISCAL_YEAR),
        text("agency", "机构名称", "agency", role=Role.ENTITY),
        SCOPE,
        FAMILY,
        text("error", "错误类别", "class of the error"),
        text("error_code", "错误代码", "stable code of the error"),
        text("error_message", "错误说明", "what was wrong"),
        text("error_place", "错误位置（源文件或代码）", "where: in the source, or in the code"),
    ),
)

SECTIONS = Table(
    name="sections",
    zh="章节树",
    en="the section tree",
    primary_key=("report", "section"),
    foreign_keys=(OF_REPORT, ForeignKey(columns=("report", "parent"), table="sections")),
    columns=(
        REPORT,
        text("section", "章节标识（树中路径）", "path in the tree", role=Role.KEY, required=True),
        text("parent", "上级章节", "the section above"),
        integer("position", "阅读顺序，从1起", "running number in reading order", required=True),
        integer("depth", "层级，从1起", "level in the tree, from 1", required=True),
        text("number", "印刷编号", "printed number"),
        text("title", "印刷标题", "printed title"),
        text("kind", "章节种类", "kind in the catalogue; null for an unknown one"),
        text("basis", "种类依据", "how the kind was decided"),
        integer("ordinal", "编号的数值", "value of the number"),
        text(
            "text",
            "本章节（不含下级、表格）的文字",
            "its own paragraphs, without tables and children",
        ),
        *anchored("标题", "the heading"),
    ),
)

TABLES = Table(
    name="tables",
    zh="报告中的表：每张一行，含空表",
    en="one row for each table of a report, empty ones too",
    primary_key=("report", "statement"),
    foreign_keys=(OF_REPORT, OF_SECTION),
    columns=(
        REPORT,
        numbered("statement", "表", "running number of the table"),
        text("kind", "报表种类；未知为空", "kind in the catalogue; null for an unknown one"),
        text("basis", "种类依据", "what it was recognised by"),
        text("title", "表题", "title as printed"),
        text("label", "表号（公开01表）", "label (公开01表)"),
        text("agency", "编制单位原文", "agency as printed", role=Role.ENTITY),
        text("agency_code", "单位编码", "code of the agency", role=Role.ENTITY_CODE),
        text("period", "期间原文", "period as printed"),
        text("unit", "金额单位", "unit of money", role=Role.UNIT, values=Unit),
        text("phase", "阶段", "phase of its columns", role=Role.PHASE, values=Phase),
        integer("year", "年度", "year of its columns", role=Role.FISCAL_YEAR),
        text("funds", "资金范围", "whose money, null where the table does not limit it"),
        boolean("empty", "没有数值", "no value is printed"),
        text("declared_empty", "说明为空表的原文", "the sentence that says that it is empty"),
        text("doubts", "疑点，以“；”分隔", "contradictions, separated by ；"),
        integer(
            "row_count", "行数（并列栏分别计）", "number of rows, those of each lane", required=True
        ),
        integer("column_count", "列数", "number of columns", required=True),
        integer("table_block", "文档块号", "block of the document", required=True),
        SECTION,
        text("place", "位置", "where it is printed", role=Role.PLACE),
    ),
)

FINDINGS = Table(
    name="findings",
    zh="勾稽发现（用 --check 时）",
    en="what reconciliation found, where checks were asked for",
    primary_key=("report", "finding"),
    foreign_keys=(OF_REPORT,),
    columns=(
        REPORT,
        text(
            "finding", "发现标识（稳定）", "stable id of the finding", role=Role.KEY, required=True
        ),
        text("rule", "规则", "rule", required=True),
        text("level", "级别", "how serious it is", required=True, values=Level),
        text("outcome", "结果", "outcome", required=True, values=Outcome),
        text("formula", "勾稽关系", "the identity with the names of its operands"),
        text("message_zh", "说明（中文）", "what is wrong, in Chinese"),
        text("message_en", "说明（英文）", "what is wrong, in English"),
        text("reason_zh", "级别降低的原因（中文）", "why the level was lowered, in Chinese"),
        text("reason_en", "级别降低的原因（英文）", "why the level was lowered, in English"),
        text("difference", "左减右（十进制原值）", "left minus right, written in full"),
        text("tolerance", "舍入可解释的差额", "what rounding explains, written in full"),
        text("unit", "差额单位：元、%", "unit of the difference: 元 or %", role=Role.UNIT),
        text("printed", "所涉原文", "the printed words that it speaks of", role=Role.TEXT),
        text("section", "所在章节标识", "id of the section"),
        integer("table_block", "所在表的文档块号", "block of the table"),
        *anchored("所涉内容", "what it speaks of"),
    ),
)

OPERANDS = Table(
    name="operands",
    zh="勾稽发现两边的数字",
    en="the printed figures on both sides of a finding",
    primary_key=("report", "finding", "operand"),
    foreign_keys=(
        OF_REPORT,
        ForeignKey(columns=("report", "finding"), table="findings"),
    ),
    columns=(
        REPORT,
        text("finding", "发现标识", "id of the finding", role=Role.KEY, required=True),
        numbered("operand", "操作数", "running number of the operand"),
        text("side", "左边或右边", "side of the identity", required=True, values=("left", "right")),
        text("name", "名称", "what it is"),
        text("text", "原文", "printed text", role=Role.TEXT),
        decimal("value", "数值：金额为元，比率为百分数", "value: 元 for money, percent for ratios"),
        text("doubt", "疑点", "why its reading is not sure"),
        *anchored("数字", "it"),
    ),
)

DIAGNOSTICS = Table(
    name="diagnostics",
    zh="诊断：未读或不确定之处",
    en="what was not read or is not sure",
    primary_key=("report", "diagnostic"),
    foreign_keys=(OF_REPORT,),
    columns=(
        REPORT,
        numbered("diagnostic", "诊断", "running number of the diagnostic"),
        text("code", "代码（稳定）", "stable code", required=True),
        text("severity", "严重程度", "how serious it is", required=True, values=Severity),
        text("message", "说明", "words for people", required=True),
        *anchored("所涉内容", "what it speaks of"),
    ),
)
