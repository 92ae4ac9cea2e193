"""What an extractor gets: the document, its tables, and the lines of a section's prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import define, evolve, field, frozen

from disclosure_parser.catalogue.concepts import Flow, find_concept, is_apart, joins_several
from disclosure_parser.document import Anchor, Document, Paragraph, Quote, Role, Table, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.language.items import Item, PhasedAmount
from disclosure_parser.language.numbering import Mark, MarkFamily, read_mark
from disclosure_parser.language.passage import Passage
from disclosure_parser.language.reading import read_items
from disclosure_parser.language.values import BaseKind, Change
from disclosure_parser.outline.model import Section, TableView
from disclosure_parser.sections.model import Line, TextItem

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
_OPENERS = (":", "其中:", "包括:", "如下:")


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
    years of sections that speak of an earlier one (:func:`years_of_sections`).
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
        """The lines of the sections' own prose, in order."""
        found: list[Line] = []
        for section in sections:
            if section.id not in self._lines:
                # An extractor may look at the lines before it is chosen to read them.
                self._lines[section.id] = list(self._section_lines(section))
            found.extend(self._lines[section.id])
        return found

    def _section_lines(self, section: Section) -> Iterator[Line]:
        flow = _FLOWS.get(section.kind)
        topic = _topic(section)
        wholes = _Wholes()
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
            if _ITEM_HEADING.search(words) and not _speaks_of_figures(words):
                # ``…（类）…（款）…（项）`` on a line of its own names the next figures.
                topic = text.body
                continue
            year = self.section_years.get(section.id)
            lines = self.lines_of(passage, flow, wholes.of(family), topic, year)
            yield from lines
            wholes.read(family, passage.text, lines)

    def lines_of(
        self,
        passage: Passage,
        flow: str | None = None,
        whole: Line | None = None,
        topic: Quote | None = None,
        year: int | None = None,
    ) -> list[Line]:
        """The lines of one passage; ``topic`` names figures whose words name nothing, ``year`` is
        their year where the words say none (the report's if it is ``None``)."""
        if not _speaks_of_figures(passage.text):
            return []
        lines: list[Line] = []
        name = fold_text(topic.text) if topic is not None else ""
        for item in read_items(passage, name):
            parent = lines[item.parent] if item.parent is not None else whole
            line = self._line(item, flow, parent, year or self.fiscal_year)
            if topic is not None and item.name == name:
                line = evolve(line, label=topic)
            lines.append(line)
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
        whole = (parent.concept or parent.name) if parent is not None else ""
        side = self._announced(item) or flow
        if whole.startswith((Flow.REVENUE, Flow.EXPENDITURE)):
            side = whole.partition(".")[0]
        own_year = item.year if item.year is not None else default_year
        measure = "count" if item.quantity is not None else "amount"
        counted = fold_text(item.counted.text) if item.counted is not None else ""
        concept = find_concept(item.name + counted, side, whole, measure)
        if joins_several(item.name, concept):
            concept = ""
        if is_apart(concept, whole) or _other_side(concept, whole):
            whole, parent = "", None
        return Line(
            concept=concept,
            label=item.label,
            name=item.name,
            whole=whole,
            whole_at=parent.label.anchor if parent is not None else None,
            year=own_year,
            amounts=tuple(_dated_amount(amount, own_year) for amount in item.amounts),
            changes=tuple(_dated(change, own_year) for change in item.changes),
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


@define
class _Wholes:
    """Paragraphs that end with a colon (收入总计…。包括：) are wholes of those that follow."""

    #: The wholes of marked paragraphs, with the family of their own mark.
    _opened: list[tuple[MarkFamily | None, Line]] = field(factory=list)
    #: The whole of an unmarked list (支出合计…，其中： / 基本支出…； / 项目支出…。).
    _listed: Line | None = None

    def of(self, family: MarkFamily | None) -> Line | None:
        """The whole that a paragraph with a mark of ``family`` (or none) is a part of."""
        if family is None:
            return self._listed
        self._listed = None
        families = [entry[0] for entry in self._opened]
        if family in families:
            del self._opened[families.index(family) :]
        return self._opened[-1][1] if self._opened else None

    def read(self, family: MarkFamily | None, text: str, lines: list[Line]) -> None:
        """Take note of a paragraph and its lines."""
        if lines and text.endswith(_OPENERS):
            outermost = [line for line in lines if not line.whole and not line.within]
            if len({line.concept or line.name for line in outermost}) > 1:
                # Several things side by side (出国…；用车…；接待…。具体如下：): no whole of a list.
                self._listed = None
                return
            whole = outermost[0] if outermost else lines[0]
            self._opened.append((family, whole))
            self._listed = whole
        elif family is not None and lines and lines[0].concept in _OF_FUNDS:
            # ``1．财政拨款收入9万元。（1）一般公共预算8万元。（2）政府性基金1万元。``
            self._opened.append((family, lines[0]))
        elif self._listed is not None and not text.endswith((";", ",")):
            group = self._listed.concept.partition(".")[0]
            if not group or not all(x.concept.startswith(group) for x in lines[:1]):
                self._listed = None


#: What consists of funds: a list one level below gives them.
_OF_FUNDS = {"revenue.fiscal_appropriation"}
_PRIOR_NAME = re.compile(r"(?:上年|去年|上一年)度?(?=[^\W\d_]{3})(?!.*(?:结转|结余))")
#: ``收入包括：…；支出包括：…``, not ``基本支出包括…``, which is a thing of its own.
_ANNOUNCED = re.compile(r"(?:^|[;,。])(?:其中:?)?(收入|支出)(?:预算)?(?:主要)?包括")
_ITEM_HEADING = re.compile(r"\([类款项]\)")


def _topic(section: Section) -> Quote | None:
    """What the heading of a section names for its figures: an item of a classification, or what
    changed where sentences only say how (预算收支比上年增减变化情况)."""
    named = _ITEM_HEADING.search(fold_text(section.title)) or section.kind == "yoy_change"
    if section.heading is None or not named:
        return None
    return Quote(text=section.title, anchor=section.heading)


def _other_side(concept: str, whole: str) -> bool:
    """Whether one is revenue and the other expenditure: no part of each other."""
    sides = {concept.partition(".")[0], whole.partition(".")[0]}
    return sides == {Flow.REVENUE, Flow.EXPENDITURE}


def _dated_amount(amount: PhasedAmount, year: int | None) -> PhasedAmount:
    """The figure of a base without a year is of the year before the thing's own."""
    if amount.base is None or amount.year is not None or year is None:
        return amount
    return evolve(amount, year=year - 1)


def _dated(change: Change, year: int | None) -> Change:
    """上年 and 同比 mean the year before the thing's own."""
    undated = change.base_year is None and change.base is not None
    if undated and year is not None and change.base not in _UNDATED:
        return evolve(change, base_year=year - 1)
    return change


def years_of_sections(sections: Iterable[Section], fiscal_year: int | None) -> dict[str, int]:
    """The years of sections, by id, whose heading says that they look back: 2025年预算执行情况 in
    a report on the budget of 2026. What stands under such a heading is of that year."""
    found: dict[str, int] = {}

    def note(section: Section, above: int | None) -> None:
        years = set(_LOOKING_BACK.findall(fold_text(section.title)))
        year = int(years.pop()) if len(years) == 1 else above
        told = {int(y) for y in _YEAR.findall(fold_text(section.title))}
        if year is not None and told and told != {year}:
            year = None
        if year is not None and fiscal_year is not None and year < fiscal_year:
            found[section.id] = year
        for child in section.children:
            note(child, year)

    for section in sections:
        note(section, None)
    return found


_YEAR = re.compile(r"(20\d\d)年")
_LOOKING_BACK = re.compile(r"(20\d\d)年(?!.*草案)(?=.*(?:执行|完成|决算|收支)情况)")
_UNDATED = {
    BaseKind.EARLIER_PERIOD,
    BaseKind.OPENING_BUDGET,
    BaseKind.ADJUSTED_BUDGET,
    BaseKind.BUDGET,
}


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
