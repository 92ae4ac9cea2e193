"""Names and codes of the budget classification in labels."""

from __future__ import annotations

import pytest

from disclosure_parser.document import fold_text
from disclosure_parser.language.classification import read_levels


@pytest.mark.parametrize(
    ("label", "names", "code"),
    [
        (
            "“一般公共服务支出（类）群众团体事务（款）行政运行（项）”",
            {"类": "一般公共服务支出", "款": "群众团体事务", "项": "行政运行"},
            "",
        ),
        ("检察（款）检察监督(项)支出", {"款": "检察", "项": "检察监督"}, ""),
        ("维修（护）费（款）支出", {"款": "维修(护)费"}, ""),
        ("教育支出（类）支出", {"类": "教育支出"}, ""),
        ("教育（类）支出普通教育（款）", {"类": "教育", "款": "普通教育"}, ""),
        ("小学教育（2050202）", {"项": "小学教育"}, "2050202"),
        ("2050202小学教育", {"项": "小学教育"}, "2050202"),
        ("20502普通教育（款）", {"款": "普通教育"}, "20502"),
        (
            "一般公共服务支出（201）政府办公厅（室）及相关机构事务（03）行政运行（01）",
            {"类": "一般公共服务支出", "款": "政府办公厅(室)及相关机构事务", "项": "行政运行"},
            "2010301",
        ),
        ("“公共安全支出”（类）“检察”（款）", {"类": "公共安全支出", "款": "检察"}, ""),
        ("教育支出（类）（205）", {"类": "教育支出"}, "205"),
    ],
)
def test_levels(label: str, names: dict[str, str], code: str) -> None:
    text = fold_text(label)
    found = read_levels(text)
    assert found is not None
    assert {level: text[slice(*span)] for level, span in found.names.items()} == names
    assert found.code == code


@pytest.mark.parametrize(
    "label",
    [
        "公务接待费",
        "（项）",
        "299人次",
        "车辆（辆）",
        "2024年预算（草案）",
        "单价50万元（含）以上设备",
    ],
)
def test_no_levels(label: str) -> None:
    assert read_levels(fold_text(label)) is None
