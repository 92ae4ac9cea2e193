"""What the examples of rules are written with: sections and tables of a small report."""

from __future__ import annotations

from attrs import frozen

from tests.checks.support import BUDGET, Grid, grid

Blocks = tuple[str | Grid, ...]

#: A report that most rules say nothing of.
SILENT: Blocks = ("一、部门职责", "（一）贯彻执行有关法律法规。", "（二）组织实施调查。")


@frozen(kw_only=True)
class Example:
    """What a rule passes, what it fails, and what it does not apply to."""

    passes: Blocks
    fails: Blocks
    silent: Blocks = SILENT
    title: str = BUDGET
    #: Titles of the failing and of the silent report where they are what matters.
    failing_title: str = ""
    silent_title: str = ""


def overall(text: str) -> Blocks:
    """The section of totals."""
    return ("一、部门预算收支总体情况", text)


def three(text: str) -> Blocks:
    """The section of the three public expenses."""
    return ("四、“三公”经费预算情况", text)


def accounts(text: str) -> Blocks:
    """The section of expenditure in final accounts."""
    return ("五、一般公共预算财政拨款支出决算情况说明", text)


_HEAD = "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出"


def expenditure(*rows: str, title: str = "支出总表") -> Grid:
    """支出总表, or another table of its form."""
    return grid(title, _HEAD, *rows)


SUMMARY_HEAD = ("收入 | < | 支出 | <", "项目 | 预算数 | 项目 | 预算数")


def summary(*rows: str) -> Grid:
    """收支总表."""
    return grid("收支总表", *SUMMARY_HEAD, *rows)


_FISCAL_HEAD = (
    "收入 | < | 支出 | < | < | < | <",
    "项目 | 决算数 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款 | "
    "国有资本经营预算财政拨款",
)


def fiscal(*rows: str) -> Grid:
    """财政拨款收入支出决算总表 (公开04)."""
    return grid("财政拨款收入支出决算总表", *_FISCAL_HEAD, *rows)


_FUND_HEAD = (
    "项目 | < | 年初结转和结余 | 本年收入 | 本年支出 | < | < | 年末结转和结余",
    "科目编码 | 科目名称 | ^ | ^ | 合计 | 基本支出 | 项目支出 | ^",
)


def fund(*rows: str) -> Grid:
    """政府性基金 of final accounts (公开08)."""
    return grid("政府性基金预算财政拨款收入支出决算表", *_FUND_HEAD, *rows)


_BASIC_HEAD = "科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费"


def basic(*rows: str) -> Grid:
    """一般公共预算基本支出表."""
    return grid("一般公共预算基本支出表", _BASIC_HEAD, *rows)


_PUBLIC_HEAD = (
    "合计 | 因公出国（境）费 | 公务用车购置及运行维护费 | < | < | 公务接待费",
    "^ | ^ | 小计 | 公务用车购置费 | 公务用车运行维护费 | ^",
)


def public(row: str) -> Grid:
    """“三公”经费支出表."""
    return grid("“三公”经费支出表", *_PUBLIC_HEAD, row)


_BUY_HEAD = (
    "政府采购项目来源 | < | 采购物品名称 | 政府采购目录序号 | 计量单位 | 数量 | 单价 | "
    "政府采购金额（当年部门预算安排资金） | < | <",
    "项目名称 | 预算资金 | ^ | ^ | ^ | ^ | ^ | 合计 | 一般公共预算拨款 | 其他来源收入",
)


def buying(*rows: str) -> Grid:
    """政府采购预算表."""
    return grid("部门政府采购预算", *_BUY_HEAD, *rows)


def evaluation(total: str = "总分 | < | < | < | < | 100 | 92.4 |", rate: str = "99.00%") -> Grid:
    """项目支出绩效自评表."""
    return grid(
        "项目支出绩效自评表",
        "项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分",
        f"^ | 年度资金总额 | 20.00 | 20.00 | 19.80 | 10 | {rate} | 9.9",
        "^ | 其中：财政拨款 | 20.00 | 20.00 | 19.80 | － | 99.00% | －",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析",
        "产出指标 | 数量指标 | 调查次数 | ≥4次 | 5次 | 50 | 50 |",
        "效益指标 | 社会效益 | 数据采用率 | ≥90% | 85% | 40 | 32.5 | 采用单位减少",
        total,
        unit="",
    )


NINE = (
    summary(
        "一、一般公共预算拨款收入 | 10.00 | 一、一般公共服务支出 | 10.00",
        "收入总计 | 10.00 | 支出总计 | 10.00",
    ),
    grid(
        "收入总表",
        "科目编码 | 科目名称 | 合计 | 财政拨款收入 | 其他收入",
        "201 | 一般公共服务支出 | 10.00 | 10.00 |",
        "合计 | < | 10.00 | 10.00 |",
    ),
    expenditure("201 | 一般公共服务支出 | 10.00 | 10.00 |", "合计 | < | 10.00 | 10.00 |"),
    grid(
        "财政拨款收支总表",
        *SUMMARY_HEAD,
        "一、一般公共预算拨款 | 10.00 | 一、一般公共服务支出 | 10.00",
        "收入总计 | 10.00 | 支出总计 | 10.00",
    ),
    expenditure(
        "201 | 一般公共服务支出 | 10.00 | 10.00 |",
        "合计 | < | 10.00 | 10.00 |",
        title="一般公共预算支出表",
    ),
    basic("301 | 工资福利支出 | 10.00 | 10.00 |", "合计 | < | 10.00 | 10.00 |"),
    public("3.00 | 0.00 | 2.00 | 0.00 | 2.00 | 1.00"),
    grid("政府性基金预算支出表", _HEAD, "合计 | < |  |  |"),
    "注：本部门无政府性基金预算支出，本表为空表。",
    grid("国有资本经营预算支出表", _HEAD, "合计 | < |  |  |"),
    "注：本部门无国有资本经营预算支出，本表为空表。",
)
