"""Published reports: their sections by number and kind. Nothing of their text stands here."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from disclosure_parser import outline
from disclosure_parser.catalogue import load
from disclosure_parser.outline import Outline
from disclosure_parser.readers import Limits, read_document

pytestmark = pytest.mark.real

NARRATIVE = [
    "overall",
    "revenue",
    "expenditure",
    "fiscal_appropriation",
    "general_budget",
    "basic_expenditure",
    "three_public",
    "government_fund",
    "state_capital",
    "performance",
    "other",
]
FINAL = ["overview", "tables", "narrative", "glossary"]
SHANGHAI = ["duties", "organisation", "glossary", "basis", "tables", "other"]


def folder(name: str) -> Path:
    value = os.environ.get(name)
    if not value:
        pytest.skip(f"{name} does not name a folder of published reports")
    return Path(value)


@cache
def outline_of(path: Path) -> Outline:
    return outline.build(read_document(path, limits=Limits()), load())


def real(name: str) -> Outline:
    path = folder("DISCLOSURE_REAL_CORPUS") / name
    if not path.exists():
        pytest.skip(f"{name} is not there")
    return outline_of(path)


@pytest.fixture
def seed() -> Outline:
    return outline_of(next(iter(sorted(folder("DISCLOSURE_SEED").glob("*.txt")))))


def kinds(found: Outline) -> list[str]:
    return [section.kind for section in found.sections]


def test_the_sections_of_the_sample(seed: Outline) -> None:
    assert kinds(seed) == [
        "overview",
        "overall",
        "operating_funds",
        "three_public",
        "performance",
        "procurement",
        "state_assets",
        "glossary",
        "other",
    ]
    assert seed.family == "hebei"
    assert [[child.kind for child in section.children] for section in seed.sections[:2]] == [
        ["duties", "organisation"],
        ["revenue", "expenditure", "yoy_change"],
    ]
    overall, projects = seed.sections[4].children
    assert (overall.kind, projects.kind) == ("performance_overall", "performance_projects")
    assert [child.kind for child in overall.children] == [
        "performance_goals",
        "performance_duties",
        "performance_safeguards",
    ]
    assert len(seed.front) == 3


def test_the_projects_of_the_sample(seed: Outline) -> None:
    projects = seed.sections[4].children[1].children
    assert [project.ordinal for project in projects] == [1, 2, 3, 4, 5, 6]
    views = {view.block: view for view in seed.views}
    assert all(len(p.blocks) == 1 and p.blocks[0] in views for p in projects)
    # The third heading stands behind its table, the first inside.
    assert projects[2].heading is not None
    assert projects[2].blocks[0] < projects[2].heading.block
    assert projects[0].heading is not None
    assert projects[0].heading.row == 0
    assert [d.code for d in seed.diagnostics] == ["outline.table_before_heading"]


@pytest.mark.parametrize(
    "name",
    [
        "shanghai/putuo-planning-2024-final.pdf",
        "shanghai/putuo-social-work-2024-final.pdf",
        "shanghai/final-accounts-blank-form-2024.pdf",
    ],
)
def test_final_accounts(name: str) -> None:
    found = real(name)
    assert kinds(found) == FINAL
    assert found.family == "national"
    tables = found.sections[1].children
    assert [child.kind for child in tables] == ["statement"] * 9
    assert [child.kind for child in found.sections[2].children] == NARRATIVE
    assert [child.kind for child in found.sections[2].children[-1].children] == [
        "operating_funds",
        "procurement",
        "state_assets",
    ]
    assert not found.diagnostics
    views = {view.block: view for view in found.views}
    for section in tables:
        titles = [views[block].title for block in section.blocks if block in views]
        assert [title is not None for title in titles] == [True]


@pytest.mark.parametrize(
    ("name", "projects"),
    [
        ("shanghai/putuo-commerce-2025-budget.pdf", 4),
        ("shanghai/putuo-commerce-unit-2025-budget.pdf", 0),
        ("shanghai/putuo-wanli-2024-budget.pdf", 1),
        ("shanghai/putuo-welfare-home-2024-budget.pdf", 0),
    ],
)
def test_district_budgets(name: str, projects: int) -> None:
    found = real(name)
    assert kinds(found) == SHANGHAI + ["project_text"] * projects
    assert found.family == "shanghai"
    assert len(found.sections[4].children) == 9
    assert [child.kind for child in found.sections[5].children] == [
        "three_public",
        "operating_funds",
        "procurement",
        "performance",
        "state_assets",
    ]
    assert all(len(section.children) == 7 for section in found.sections[6:])
    # The last table is in 万元 although the others are in 元.
    assert [str(view.unit) for view in found.views[-9:]] == ["元"] * 8 + ["万元"]


@pytest.mark.parametrize(
    ("name", "narrative"),
    [
        ("jiangsu/procuratorate-2019-budget.pdf", 14),
        ("jiangsu/party-office-2018-budget-text.pdf", 13),
        ("jiangsu/cppcc-2017-budget-text.pdf", 12),
    ],
)
def test_provincial_budgets(name: str, narrative: int) -> None:
    found = real(name)
    assert kinds(found) == FINAL
    assert found.family == "jiangsu"
    assert [child.ordinal for child in found.sections[2].children] == list(range(1, narrative + 1))
    assert [child.kind for child in found.sections[2].children[0].children] == [
        "revenue",
        "expenditure",
    ]
    assert not found.diagnostics


def test_a_university_with_its_projects() -> None:
    found = real("swu/swu-2024-budget.pdf")
    assert kinds(found) == [*FINAL, "performance_projects"]
    assert found.family == "central-university"
    projects = found.sections[4].children
    assert [project.ordinal for project in projects] == list(range(1, 27))
    assert {project.kind for project in projects} == {"performance_project"}
    assert not found.diagnostics


def test_a_government_budget_report() -> None:
    found = real("hebei/chengde-2025-budget-report.docx")
    assert kinds(found) == ["budget_execution", "budget_draft", "government_policy", "tables"]
    assert [len(section.children) for section in found.sections] == [4, 5, 0, 0]
    assert not found.diagnostics


def test_tables_published_apart() -> None:
    found = real("jiangsu/party-office-2018-budget-tables.pdf")
    assert kinds(found) == ["statement"] * 12
    assert not any(section.children for section in found.sections)
    assert len(found.views) == 12
