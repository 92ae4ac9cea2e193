"""Kinds of statements whose columns look like those of another family."""

from __future__ import annotations

import pytest

from disclosure_parser.statements import BasicExpenditure, ProjectExpenditure, Statement
from tests.statements.tables import read_one

#: Salaries and running costs printed as projects, as 预算管理一体化 prints them.
AS_PROJECTS = """
单位名称 | 项目代码 | 项目名称 | 经济科目编码 | 经济科目名称 | 资金来源 | <
^ | ^ | ^ | ^ | ^ | 总计 | 一般公共预算
某局 | 532528210000000017001 | 人员工资 | 30101 | 基本工资 | 12.00 | 12.00
某局 | 532528210000000017002 | 人员工资 | 30102 | 津贴补贴 | 3.00 | 3.00
合计 | | | | | 15.00 | 15.00
"""


@pytest.mark.parametrize(
    ("title", "expected"),
    [("部门基本支出预算表", BasicExpenditure), ("部门项目支出预算表", ProjectExpenditure)],
)
def test_the_title_of_a_table_by_project_decides(title: str, expected: type[Statement]) -> None:
    assert type(read_one(title, "单位：万元", AS_PROJECTS)) is expected
