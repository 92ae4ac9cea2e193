"""The years that a report names: in its title, headings, tables and first sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import frozen

from disclosure_parser.document import Diagnostic, Quote, Severity, fold_text
from disclosure_parser.language.passage import Passage
from disclosure_parser.outline.model import TableView


@frozen
class Evidence:
    """A value that a place of the report says, and how much that place counts."""

    value: str
    quote: Quote
    weight: int


# How much each place counts. The title decides; the sum of captions can outvote a slip in it
# only where the title itself says nothing.
TITLE_WEIGHT = 60
LABEL_WEIGHT = 80
_TITLE_DATE = 15
SENTENCE_WEIGHT = 8
HEADING_WEIGHT = 4
CAPTION_WEIGHT = 3
_MENTION_WEIGHT = 1

YEAR = r"(?P<year>(?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2})年(?:度)?"
_CHINESE_YEAR = str.maketrans("〇零○一二三四五六七八九", "000123456789")
YEARS = re.compile(YEAR)
SUBJECT = re.compile(r"预算|决算|三公\"?经费|收支")
_DATE = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月")
_DRAFT = re.compile(r"[^年]{0,24}草案")
_BUDGET_YEAR = re.compile(rf"{YEAR}(?=[^。;,]{{0,24}}?(?:预算|决算))")
_COMPARED = re.compile(r"(?:较|比|与|同|于|对比|相比|上年|截至|截止|和|及)$")


def _year(match: re.Match[str]) -> str:
    """The matched year in Arabic digits."""
    return match["year"].translate(_CHINESE_YEAR)


def years_of_title(lines: list[Passage]) -> Iterator[Evidence]:
    for position, line in enumerate(lines):
        following = "".join(other.text for other in lines[position:])
        subject = SUBJECT.search(line.text) is not None
        for match in YEARS.finditer(line.text):
            if _DATE.match(line.text, match.end()):
                # The day of publication.
                continue
            weight = TITLE_WEIGHT if subject else _TITLE_DATE
            if _DRAFT.match(following, match.end()):
                # ``2025年预算执行情况与2026年预算草案``: the draft is what the report is for.
                weight *= 2
            yield Evidence(_year(match), line.quote(*match.span()), weight)


def years_of_text(
    headings: Iterable[Passage], views: Iterable[TableView], mentions: Iterable[Passage]
) -> Iterator[Evidence]:
    for heading in headings:
        match = YEARS.search(heading.text)
        if match and SUBJECT.search(heading.text):
            yield Evidence(_year(match), heading.quote(*match.span()), HEADING_WEIGHT)
    for view in views:
        match = YEARS.search(fold_text(view.title.text)) if view.title is not None else None
        if match and view.title is not None:
            yield Evidence(_year(match), view.title, HEADING_WEIGHT)
    for sentence in mentions:
        for match in _BUDGET_YEAR.finditer(sentence.text):
            if not _COMPARED.search(sentence.text[: match.start()]):
                yield Evidence(_year(match), sentence.quote(*match.span()), _MENTION_WEIGHT)


def year_conflicts(
    found: list[Evidence], chosen: Evidence | None, *, government: bool
) -> Iterator[Diagnostic]:
    """Years of titles and headings that differ from the report's.

    A title that names two years has both by right: that is said once, as a note. A government's
    report on the execution of one year and the draft of the next speaks of both throughout.
    """
    if chosen is None:
        return
    titled = {entry.value for entry in found if entry.weight >= TITLE_WEIGHT}
    said: set[str] = set()
    for entry in found:
        if entry.value == chosen.value or entry.weight < HEADING_WEIGHT:
            continue
        if government and int(entry.value) == int(chosen.value) - 1:
            continue
        if entry.value in titled:
            if entry.value in said:
                continue
            said.add(entry.value)
        yield Diagnostic(
            code="identity.year_conflict",
            message=f"{entry.quote.text!r} is printed in a report for {chosen.value}",
            severity=Severity.NOTE if entry.value in titled else Severity.WARNING,
            anchor=entry.quote.anchor,
        )
