"""Duties 部门职责 and work plan 年度主要工作任务: an introduction and numbered paragraphs."""

from __future__ import annotations

from attrs import frozen

from disclosure_parser.document import Quote
from disclosure_parser.outline.model import Section
from disclosure_parser.sections.base import ByKind
from disclosure_parser.sections.context import Context
from disclosure_parser.sections.model import Line, Record, TextItem


@frozen(kw_only=True)
class Duties(Record):
    """The agency's duties 主要职责: what stands before the list, and the numbered duties."""

    introduction: tuple[Quote, ...] = ()
    duties: tuple[TextItem, ...] = ()
    lines: tuple[Line, ...] = ()


@frozen(kw_only=True)
class WorkPlan(Record):
    """The year's main tasks 年度主要工作任务及目标."""

    introduction: tuple[Quote, ...] = ()
    tasks: tuple[TextItem, ...] = ()
    lines: tuple[Line, ...] = ()


@frozen(kw_only=True)
class DutiesExtractor(ByKind):
    """Reads sections of kind ``duties``."""

    record: type[Record] = Duties

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record:
        introduction, duties = context.text_items(sections)
        return Duties(
            section=sections[0].id,
            found_by=self.found_by(sections[0]),
            introduction=tuple(introduction),
            duties=tuple(duties),
            lines=tuple(context.lines(sections)),
        )


@frozen(kw_only=True)
class WorkPlanExtractor(ByKind):
    """Reads sections of kind ``work_plan``."""

    record: type[Record] = WorkPlan

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record:
        introduction, tasks = context.text_items(sections)
        return WorkPlan(
            section=sections[0].id,
            found_by=self.found_by(sections[0]),
            introduction=tuple(introduction),
            tasks=tuple(tasks),
            lines=tuple(context.lines(sections)),
        )


DUTIES = DutiesExtractor(name="duties", kinds=frozenset({"duties"}))
WORK_PLAN = WorkPlanExtractor(name="work_plan", kinds=frozenset({"work_plan"}))
