"""Groups of columns that several tables have."""

from __future__ import annotations

from disclosure_parser.dataset.model import Column, ForeignKey, Role, decimal, integer, text
from disclosure_parser.language.values import ValueState

#: The report a row is of.
REPORT = text(
    "report",
    "报告标识：源文件内容的 SHA-256",
    "identifies the report: SHA-256 of the source's content",
    role=Role.KEY,
    required=True,
)
OF_REPORT = ForeignKey(columns=("report",), table="reports")
SECTION = text("section", "所在章节标识", "id of the section it stands in")
OF_SECTION = ForeignKey(columns=("report", "section"), table="sections")


def numbered(name: str, zh: str, en: str) -> Column:
    """The second half of a key: a running number in the report, from 1."""
    return integer(
        name, f"{zh}序号（报告内，从1起）", f"{en}, from 1", role=Role.KEY, required=True
    )


def anchored(zh: str, en: str) -> tuple[Column, ...]:
    """Where something is printed: for people, and as an anchor into the document."""
    return (
        text(
            "place",
            f"{zh}的位置（页、行……）",
            f"where {en} is printed: page, line …",
            role=Role.PLACE,
        ),
        integer(
            "anchor_block", "锚点：文档块号", "anchor: block of the document", role=Role.ANCHOR
        ),
        integer("anchor_start", "锚点：起始字符", "anchor: first character", role=Role.ANCHOR),
        integer("anchor_end", "锚点：末尾字符之后", "anchor: after the last one", role=Role.ANCHOR),
        integer("anchor_row", "锚点：单元格行", "anchor: row of the cell", role=Role.ANCHOR),
        integer("anchor_column", "锚点：单元格列", "anchor: column of the cell", role=Role.ANCHOR),
    )


def state(name: str, zh: str, en: str, *, required: bool = False) -> Column:
    """number, blank, dash, nil or text."""
    return text(
        name,
        f"{zh}印刷状态：数字、空白、横线、“无”、文字",
        f"what is printed {en}: a number, nothing, a dash, a word for none (无), or words",
        role=Role.STATE,
        required=required,
        values=ValueState,
    )


def money(name: str, zh: str, en: str) -> tuple[Column, ...]:
    """An amount: state, printed number, unit, value in 元, printed text."""
    return (
        state(f"{name}_state", zh, f"as {en}"),
        decimal(
            f"{name}_number", f"{zh}（印刷数字）", f"{en}: number as printed", role=Role.NUMBER
        ),
        text(f"{name}_unit", f"{zh}单位", f"{en}: unit", role=Role.UNIT),
        decimal(f"{name}_yuan", f"{zh}（元）", f"{en} in 元", role=Role.VALUE),
        text(f"{name}_text", f"{zh}原文", f"{en}: printed text", role=Role.TEXT),
    )


def quantity(name: str, zh: str, en: str) -> tuple[Column, ...]:
    """A number that is no money: state, number, unit, printed text."""
    return (
        state(f"{name}_state", zh, f"as {en}"),
        decimal(f"{name}_number", f"{zh}（数值）", f"{en}: number", role=Role.NUMBER),
        text(f"{name}_unit", f"{zh}单位", f"{en}: unit", role=Role.UNIT),
        text(f"{name}_text", f"{zh}原文", f"{en}: printed text", role=Role.TEXT),
    )
