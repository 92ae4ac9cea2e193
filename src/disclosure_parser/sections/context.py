"""What an extractor gets: the document, its tables, and the lines of a section's prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import define, evolve, field, frozen

from disclosure_parser.catalogue.concepts import Flow, find_concept, is_apart, joins_several
from disclosure_parser.document import Anchor, Document, Paragraph, Quote, Role, Table, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.language.items import Item
from disclosure_parser.language.naming import AVERAGE
from disclosure_parser.language.numbering import Mark, MarkFamily, read_mark
from disclosure_parser.language.passage import Passage
from disclosure_parser.language.reading import read_items
from disclosure_parser.language.values import Phase
from disclosure_parser.outline.model import Section, TableView
from disclosure_parser.sections.classifying import (
    Headings,
    classification_of,
    classified,
    is_heading,
)
from disclosure_parser.sections.funds import of_section
from disclosure_parser.sections.model import Classification, Line, TextItem
from disclosure_parser.sections.none import declared_none
from disclosure_parser.sections.wholes import Wholes
from disclosure_parser.sections.years import dated_amount, dated_change

#: The side of the budget that a section's kind says, where labels do not say it themselves.
_FLOWS = {
    "revenue": Flow.REVENUE,
    "expenditure": Flow.EXPENDITURE,
    "general_budget": Flow.EXPENDITURE,
    "basic_expenditure": Flow.EXPENDITURE,
    "fiscal_appropriation": Flow.EXPENDITURE,
    "government_fund": Flow.EXPENDITURE,
    "state_capital": Flow.EXPENDITURE,
}


@frozen
class TextBlock:
    """A paragraph of a section: its passage (without the heading's words) and its mark."""

    block: int
    passage: Passage
    mark: Mark | None

    @property
    def body(self) -> Quote:
        """The printed text after the mark."""
        start = self.mark.end if self.mark else 0
        return self.passage.quote(start, len(self.passage.text))

    @property
    def number(self) -> str:
        """The mark as printed."""
        return self.passage.quote(0, self.mark.end).text if self.mark else ""


@define
class Context:
    """The report under construction, as extractors see it.

    ``fiscal_year`` is ``None`` where the identity could not be told; ``section_years`` holds the
    years of sections that speak of an earlier one.
    """

    document: Document
    views: dict[int, TableView]
    fiscal_year: int | None = None
    section_years: dict[str, int] = field(factory=dict)
    _lines: dict[str, list[Line]] = field(factory=dict, init=False)
    _grids: dict[int, Grid] = field(factory=dict, init=False)

    def table(self, block: int) -> Table | None:
        """The table at a block index, if it is one."""
        candidate = self.document.blocks[block]
        return candidate if isinstance(candidate, Table) else None

    def grid(self, block: int) -> Grid:
        """The dense grid of a table block."""
        if block not in self._grids:
            table = self.document.blocks[block]
            assert isinstance(table, Table)
            self._grids[block] = Grid(table)
        return self._grids[block]

    def texts(self, section: Section) -> Iterator[TextBlock]:
        """The section's own paragraphs (not its children's), in order."""
        for index in section.blocks:
            block = self.document.blocks[index]
            if not isinstance(block, Paragraph) or block.role is not Role.TEXT:
                continue
            start = 0
            if section.heading is not None and section.heading.block == index:
                start = section.heading.end
            passage = Passage.of(block.text, Anchor(block=index, start=start, end=len(block.text)))
            if passage.text:
                yield TextBlock(index, passage, read_mark(passage.text))

    def tables(self, section: Section) -> Iterator[TableView]:
        """The views of the section's own tables, in order."""
        for index in section.blocks:
            if index in self.views:
                yield self.views[index]

    def lines(self, sections: Iterable[Section]) -> list[Line]:
        """The lines of the sections' own prose, in order; a subsection of unknown kind is of the
        kind of the first section."""
        found: list[Line] = []
        kind = ""
        for section in sections:
            kind = kind or section.kind
            if section.id not in self._lines:
                # An extractor may look at the lines before it is chosen to read them.
                self._lines[section.id] = self._section_lines(section, section.kind or kind)
            found.extend(self._lines[section.id])
        return found

    def _section_lines(self, section: Section, kind: str) -> list[Line]:
        flow = _FLOWS.get(kind)
        topic = _topic(section)
        wholes, headings = Wholes(), Headings()
        found: list[Line] = []
        last: list[Line] = []
        for text in self.texts(section):
            passage = text.passage
            if passage.base.start:
                # The words of a run-in heading name the figures that follow (收入总计 9万元).
                printed = self.document.blocks[text.block]
                assert isinstance(printed, Paragraph)
                start = section.heading.start if section.heading is not None else 0
                passage = Passage.of(
                    printed.text, Anchor(block=text.block, start=start, end=passage.base.end)
                )
            family = text.mark.family if text.mark else None
            words = passage.text[text.mark.end if text.mark else 0 :]
            if _ITEM_HEADING.search(words) and (is_heading(words) or not _speaks_of_figures(words)):
                # ``…（类）…（款）…（项）`` on a line of its own names the next figures.
                topic = text.body
                headings.read(family, topic)
                continue
            year = self.section_years.get(section.id)
            none = declared_none(passage, section, year or self.fiscal_year)
            if none is not None and not found:
                found.append(none)
                continue
            told = _explain(found, passage)
            if told and not any(c.isdigit() for c in passage.text):
                continue
            before = None
            if (topic is None or kind in _SIDES) and _COMPARED.match(passage.text):
                # A paragraph that begins 与上年相比 goes on about the one before it.
                before = next((line for line in last if not line.whole), None)
            named = before.label if before is not None else topic
            lines = self.lines_of(
                passage,
                flow,
                wholes.of(family),
                named,
                year,
                is_thing=kind != "yoy_change",
                kind=kind,
                title=fold_text(section.title),
                above=headings.of(family),
            )
            if before is not None:
                lines = [_about(line, before) for line in lines]
            found.extend(lines)
            last = lines or last
            wholes.read(family, passage.text, lines)
        return found

    def lines_of(
        self,
        passage: Passage,
        flow: str | None = None,
        whole: Line | None = None,
        topic: Quote | None = None,
        year: int | None = None,
        *,
        is_thing: bool = True,
        kind: str = "",
        title: str = "",
        above: Classification | None = None,
    ) -> list[Line]:
        """The lines of one passage; ``topic`` names figures whose words name nothing (a thing, or
        what changed), ``year`` is their year where the words say none (the report's if it is
        ``None``), ``kind`` and folded ``title`` are the section's, ``above`` is the item of the
        classification that the passage stands under."""
        if not _speaks_of_figures(passage.text):
            return []
        lines: list[Line] = []
        name = fold_text(topic.text) if topic is not None else ""
        for item in read_items(passage, name, is_thing=is_thing):
            parent = lines[item.parent] if item.parent is not None else whole
            line = self._line(item, flow, parent, year or self.fiscal_year)
            line = of_section(line, kind, title)
            if topic is not None and item.name == name != fold_text(item.label.text):
                line = evolve(line, label=topic)
            # ``“教育支出”（类）9万元，其中：“普通教育”（款）8万元``
            inner = parent.classification if parent is not None else None
            place = classification_of(line.label, inner or above)
            lines.append(classified(line, place) if place is not None else line)
        return lines

    def _line(
        self, item: Item, flow: str | None, parent: Line | None, default_year: int | None
    ) -> Line:
        prior = _PRIOR_NAME.match(item.name)
        if prior is not None and default_year is not None:
            # ``上年公务接待费3万元``: the thing is 公务接待费, its year the one before.
            year = default_year - 1
            amounts = tuple(evolve(a, year=a.year or year) for a in item.amounts)
            item = evolve(item, name=item.name[prior.end() :], year=year, amounts=amounts)
        whole = _named(parent) if parent is not None else ""
        side = self._announced(item) or flow
        if whole.startswith((Flow.REVENUE, Flow.EXPENDITURE)):
            side = whole.partition(".")[0]
        own_year = item.year if item.year is not None else default_year
        measure = "count" if item.quantity is not None else "amount"
        counted = fold_text(item.counted.text) if item.counted is not None else ""
        concept = find_concept(item.name + counted, side, whole, measure)
        if joins_several(item.name, concept) or AVERAGE.search(item.name):
            concept = ""
        counted_money = item.quantity is not None and not item.amounts
        if counted_money and (concept.startswith(_MONEY) or concept == "three_public.total"):
            # ``单位资金保障3人``: a count of people is no amount of revenue.
            concept = ""
        if is_apart(concept, whole) or _other_side(concept, whole):
            whole, parent = "", None
        done = any(amount.phase is Phase.EXECUTED for amount in item.amounts)
        return Line(
            concept=concept,
            label=item.label,
            name=item.name,
            whole=whole,
            whole_at=parent.label.anchor if parent is not None else None,
            year=own_year,
            amounts=tuple(dated_amount(a, own_year, executed=done) for a in item.amounts),
            changes=tuple(dated_change(c, own_year, executed=done) for c in item.changes),
            shares=item.shares,
            completions=item.completions,
            quantity=item.quantity,
            counted=item.counted,
            operator=item.operator,
            purpose=item.purpose,
            reason=item.reason,
            within=item.within,
        )

    def _announced(self, item: Item) -> Flow | None:
        """The side of the budget that the sentence has announced before an item (收入包括：…)."""
        block = self.document.blocks[item.label.anchor.block]
        if not isinstance(block, Paragraph) or "包括" not in block.text:
            return None
        before = fold_text(block.text[: item.label.anchor.start]).rpartition("。")[2]
        said = _ANNOUNCED.findall(before)
        return (Flow.REVENUE if said[-1] == "收入" else Flow.EXPENDITURE) if said else None

    def text_items(self, sections: Iterable[Section]) -> tuple[list[Quote], list[TextItem]]:
        """The sections' prose as an introduction and a list of marked paragraphs.

        Paragraphs without a mark after the first marked one go on the item before them. A
        section's own heading is the heading of its items, if it is not the first section.
        """
        introduction: list[Quote] = []
        items: list[TextItem] = []
        families: list[MarkFamily] = []
        for position, section in enumerate(sections):
            heading = None
            if position and section.heading is not None:
                heading = Quote(text=section.title, anchor=section.heading)
                families = []
            for text in self.texts(section):
                if text.mark is None:
                    if items and items[-1].heading == heading:
                        items[-1] = evolve(items[-1], more=(*items[-1].more, text.body))
                    elif heading is None:
                        introduction.append(text.body)
                    else:
                        items.append(TextItem(number="", text=text.body, heading=heading))
                    continue
                if text.mark.family not in families:
                    families.append(text.mark.family)
                level = families.index(text.mark.family)
                del families[level + 1 :]
                items.append(
                    TextItem(
                        number=text.number,
                        ordinal=text.mark.ordinal,
                        text=text.body,
                        level=level,
                        heading=heading,
                    )
                )
        return introduction, items


_PRIOR_NAME = re.compile(r"(?:上年|去年|上一年)度?(?=[^\W\d_]{3})(?!.*(?:结转|结余))")
#: ``收入包括：…；支出包括：…``, not ``基本支出包括…``, which is a thing of its own.
_ANNOUNCED = re.compile(r"(?:^|[;,。])(?:其中:?)?(收入|支出)(?:预算)?(?:主要)?包括")
_ITEM_HEADING = re.compile(r"\([类款项]\)")


#: Concepts that are sums of money, whatever else their names may count.
_MONEY = ("revenue.", "expenditure.", "balance.", "operating_funds.")
_COMPARED = re.compile(r"(?:与|较|比)(?:20\d\d年|上年|去年)(?!.{0,12}(?:收入|支出|经费))")
#: A paragraph that is nothing but the reason of the change before it.
_REASON_ALONE = re.compile(
    r"(?:(?:增减|增加|减少|变动|变化|增长|下降)(?:变动|变化)?的?)?(?:主要)?原因(?:分析|说明)?(?:是|为)?:"
)


def _named(line: Line) -> str:
    """What a line is called as a whole: its concept, or its name with what it counts."""
    counted = fold_text(line.counted.text) if line.counted is not None else ""
    return line.concept or line.name + counted


def _about(line: Line, before: Line) -> Line:
    """A line that is named by the paragraph before is of the thing named there."""
    if line.label != before.label:
        return line
    return evolve(line, name=before.name, concept=before.concept)


def _explain(found: list[Line], passage: Passage) -> bool:
    """Give the last change that has no reason the one that a paragraph of its own prints."""
    line = found[-1] if found else None
    change = line.changes[-1] if line is not None and line.changes else None
    cue = _REASON_ALONE.match(passage.text)
    if cue is None or line is None or change is None or change.reason is not None:
        return False
    reason = passage.quote(cue.end(), len(passage.text.rstrip("。")))
    found[-1] = evolve(line, changes=(*line.changes[:-1], evolve(change, reason=reason)))
    return True


#: Kinds of sections that speak of one thing, which their sentences need not name again
#: (收入预算 / 2031年年初预算数9万元).
_SIDES = ("revenue", "expenditure", "yoy_change")
#: Concepts whose headings name what the figures below are of.
_NAMING = ("three_public.", "operating_funds.", "outlays.")


def _topic(section: Section) -> Quote | None:
    """What the heading of a section names for its figures: an item of a classification or of the
    “三公” expenses (（一）因公出国（境）费 / 2031年预算安排2万元。), or what changed where
    sentences only say how (预算收支比上年增减变化情况)."""
    title = fold_text(section.title)
    named = (
        _ITEM_HEADING.search(title)
        or section.kind in _SIDES
        or find_concept(title).startswith(_NAMING)
    )
    if section.heading is None or not named:
        return None
    return Quote(text=section.title, anchor=section.heading)


def _other_side(concept: str, whole: str) -> bool:
    """Whether one is revenue and the other expenditure: no part of each other."""
    sides = {concept.partition(".")[0], whole.partition(".")[0]}
    return sides == {Flow.REVENUE, Flow.EXPENDITURE}


def _speaks_of_figures(text: str) -> bool:
    """A cheap look before the real reading: no digits and no declaration, no figures."""
    return any(c.isdigit() for c in text) or any(word in text for word in _FIGURE_WORDS)


_FIGURE_WORDS = (
    "无",
    "没有",
    "持平",
    "万元",
    "不变",
    "一致",
    "家",
    "未安排",
    "不涉及",
    "百分之",
    "原因",
)
