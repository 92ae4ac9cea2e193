"""Performance 绩效: goals, goals per duty, safeguards, and indicator tables per project."""

from __future__ import annotations

import re

from attrs import evolve, frozen

from disclosure_parser.document import Quote, fold, fold_text
from disclosure_parser.language.passage import Passage
from disclosure_parser.outline.model import Section
from disclosure_parser.sections.base import ByKind
from disclosure_parser.sections.context import Context
from disclosure_parser.sections.indicators import (
    Funding,
    Goal,
    Indicator,
    Planned,
    Total,
    is_indicator_table,
)
from disclosure_parser.sections.model import Line, Record, TextItem
from disclosure_parser.sections.project_form import read_table


@frozen(kw_only=True)
class DutyGoal:
    """A goal of a duty 职责分项绩效目标 with the quantities it names (不少于10次)."""

    item: TextItem
    quantities: tuple[Line, ...] = ()


@frozen(kw_only=True)
class ProjectPerformance:
    """A project's performance targets 项目绩效目标 or self-evaluation 绩效自评.

    ``project`` is the name of the project without the form's title words; ``title`` what is
    printed for it (heading, table title or cell); ``code`` 项目编码; ``agency`` who carries it out
    实施单位, or else the department over it 主管部门; ``use`` what the money is for 资金用途 and
    ``plan`` when it is to be spent 资金支出计划.
    """

    project: str
    section: str
    blocks: tuple[int, ...]
    title: Quote | None = None
    code: Quote | None = None
    agency: Quote | None = None
    use: Quote | None = None
    plan: tuple[Planned, ...] = ()
    goals: tuple[Goal, ...] = ()
    funding: tuple[Funding, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    total: Total | None = None


@frozen(kw_only=True)
class Performance(Record):
    """Performance information 预算绩效信息.

    ``introduction`` is text before any list; ``goals`` 总体绩效目标; ``duty_goals`` 分项绩效目标;
    ``safeguards`` 保障措施; ``projects`` one entry per project; ``lines`` the figures of other
    prose, such as the number of projects with targets and their budget.
    """

    introduction: tuple[Quote, ...] = ()
    goals: tuple[TextItem, ...] = ()
    duty_goals: tuple[DutyGoal, ...] = ()
    safeguards: tuple[TextItem, ...] = ()
    projects: tuple[ProjectPerformance, ...] = ()
    lines: tuple[Line, ...] = ()


_FORM_WORDS = re.compile(
    r"(?:项目)?(?:支出)?(?:预算)?绩效(?:目标|信息|指标)?(?:申报|公开)?(?:表|情况)?$"
)
_ABSORBED = frozenset(
    {
        "performance",
        "performance_overall",
        "performance_goals",
        "performance_duties",
        "performance_safeguards",
        "performance_projects",
        "performance_project",
    }
)


@frozen(kw_only=True)
class PerformanceExtractor(ByKind):
    """Reads sections of the performance kinds with everything under them."""

    record: type[Record] = Performance

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record:
        goals: list[TextItem] = []
        duty_goals: list[DutyGoal] = []
        safeguards: list[TextItem] = []
        introduction: list[Quote] = []
        lines: list[Line] = []
        projects: list[ProjectPerformance] = []
        kinds = _inherited_kinds(sections)
        for section in sections:
            projects.extend(_projects(section, context))
            kind = kinds[section.id]
            if kind == "performance_duties":
                duty_goals.extend(_duty_goals(section, context))
                continue
            before, items = context.text_items([section])
            heading = _heading(section) if kind != section.kind else None
            items = [_under(item, heading) for item in items]
            before_items = [TextItem(number="", text=quote, heading=heading) for quote in before]
            if kind == "performance_goals":
                goals.extend(before_items + items)
            elif kind == "performance_safeguards":
                safeguards.extend(before_items + items)
            else:
                introduction.extend([*before, *(item.text for item in items)])
            lines.extend(context.lines([section]))
        return Performance(
            section=sections[0].id,
            found_by=self.found_by(sections[0]),
            introduction=tuple(introduction),
            goals=tuple(goals),
            duty_goals=tuple(duty_goals),
            safeguards=tuple(safeguards),
            projects=_joined(projects),
            lines=tuple(lines),
        )


def _inherited_kinds(sections: tuple[Section, ...]) -> dict[str, str]:
    """The kind of each section; one of unknown kind has that of the section it stands in."""
    kinds: dict[str, str] = {}
    for section in sections:
        above = kinds.get(section.id.rpartition(".")[0], "")
        kinds[section.id] = section.kind or above
    return kinds


def _heading(section: Section) -> Quote | None:
    if section.heading is None:
        return None
    return Quote(text=section.title, anchor=section.heading)


def _under(item: TextItem, heading: Quote | None) -> TextItem:
    return evolve(item, heading=heading) if heading is not None and item.heading is None else item


def _duty_goals(section: Section, context: Context) -> list[DutyGoal]:
    goals: list[DutyGoal] = []
    group = _heading(section)
    for text in context.texts(section):
        folded = text.passage.text
        if text.mark is not None and folded.endswith((":", "目标如下")):
            group = text.body
            continue
        item = TextItem(
            number=text.number,
            ordinal=text.mark.ordinal if text.mark else None,
            text=text.body,
            heading=group,
        )
        goals.append(DutyGoal(item=item, quantities=tuple(context.lines_of(text.passage))))
    return goals


def _projects(section: Section, context: Context) -> list[ProjectPerformance]:
    found = []
    for view in context.tables(section):
        if not is_indicator_table(view):
            continue
        table = read_table(view, context.grid(view.block))
        title = table.name or view.title or _heading(section)
        if table.name is None and section.kind == "performance_project":
            title = _heading(section) or title
        name = _FORM_WORDS.sub("", fold_text(title.text)) if title is not None else ""
        found.append(
            ProjectPerformance(
                project=name,
                section=section.id,
                blocks=(view.block,),
                title=title,
                code=table.code,
                agency=table.agency,
                use=table.use,
                plan=table.plan,
                goals=tuple(_with_quantities(goal, context) for goal in table.goals),
                funding=table.funding,
                indicators=table.indicators,
                total=table.total,
            )
        )
    return found


def _with_quantities(goal: Goal, context: Context) -> Goal:
    def figures(text: Quote | None) -> tuple[Line, ...]:
        return tuple(context.lines_of(Passage(fold(text.text), text.anchor))) if text else ()

    return evolve(goal, quantities=figures(goal.text), results=figures(goal.achieved))


def _joined(projects: list[ProjectPerformance]) -> tuple[ProjectPerformance, ...]:
    """A form that runs on in a second table of the same section is one project."""
    joined: list[ProjectPerformance] = []
    for project in projects:
        last = joined[-1] if joined else None
        goes_on = (
            last is not None
            and last.section == project.section
            and not project.goals
            and not project.funding
            and project.project in {"", last.project}
        )
        if goes_on and last is not None:
            joined[-1] = evolve(
                last,
                blocks=last.blocks + project.blocks,
                agency=last.agency or project.agency,
                indicators=last.indicators + project.indicators,
                total=last.total or project.total,
            )
        else:
            joined.append(project)
    return tuple(joined)


PERFORMANCE = PerformanceExtractor(name="performance", kinds=_ABSORBED, absorbs=_ABSORBED)
