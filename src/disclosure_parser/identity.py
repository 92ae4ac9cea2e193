"""Identity of a report: whose it is, for which year, budget or final accounts, which scope.

Title page, captions, headings and the announcing sentence are asked, never the file name. Each
says something with a weight; the heaviest value wins, and what disagrees with it is said in
diagnostics (``identity.year_conflict``, ``identity.agency_conflict``). What nothing tells is
``None`` and ``identity.unknown`` says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

from attrs import frozen

from disclosure_parser.document import (
    Anchor,
    Diagnostic,
    Document,
    Paragraph,
    Quote,
    Role,
    fold,
    fold_text,
)
from disclosure_parser.identity_years import (
    CAPTION_WEIGHT,
    HEADING_WEIGHT,
    LABEL_WEIGHT,
    SENTENCE_WEIGHT,
    SUBJECT,
    TITLE_WEIGHT,
    YEAR,
    YEARS,
    Evidence,
    year_conflicts,
    years_of_text,
    years_of_title,
)
from disclosure_parser.language.numbering import read_mark
from disclosure_parser.language.passage import Passage
from disclosure_parser.outline.model import Section, TableView


class ReportKind(StrEnum):
    """Kind of report."""

    #: 预算.
    BUDGET = "budget"
    #: 决算.
    FINAL = "final"


class Scope(StrEnum):
    """Whose figures the report holds 口径."""

    #: 部门: the department with its subordinate units.
    DEPARTMENT = "department"
    #: 单位: one budget unit.
    UNIT = "unit"
    #: 本级: the department's own office.
    OWN_LEVEL = "own_level"
    #: 政府: a government's budget as a whole.
    GOVERNMENT = "government"
    #: 全省, 全市, 全县 …: all levels of a region together.
    REGION = "region"


@frozen(kw_only=True)
class Identity:
    """Identity of a report. Fields that the report does not tell are ``None``.

    ``agency`` is the name as printed, folded and without scope words (（本级）); for a government
    budget it is the region. ``agency_quote`` and ``title`` say where they stand; ``unit_code`` is
    the local code of the agency (预算单位编码).
    """

    agency: str | None = None
    agency_quote: Quote | None = None
    unit_code: str | None = None
    fiscal_year: int | None = None
    kind: ReportKind | None = None
    scope: Scope | None = None
    title: Quote | None = None


_TITLE_LINES = 12
_TITLE_LENGTH = 70
#: Sentences looked at for an announcement, and for years.
_SENTENCES = 60

_NAME = r"[^:。,;《》\d]{2,40}?"
_LABELLED = re.compile(
    r"(?:(?:预算)?主管部门|(?:编制|预算|公开|填报|填表)(?:部门|单位)|(?:部门|单位)(?:名称)?|部门\(单位\))"
    r"(?:\(公章\))?:(?P<agency>(?!(?:人民币)?[百千万亿]{0,2}元)[^:,。;]{3,40}?)"
    r"(?=$|单位:|金额|填报|(?:19|20)\d\d年|预算年度|部门负责人|联系|编制日期|日期)"
)
_BEFORE_YEAR = re.compile(rf"(?:关于)?+(?P<agency>{_NAME})(?:关于)?{YEAR}")
_AFTER_YEAR = re.compile(
    rf"(?:关于)?{YEAR}(?P<agency>{_NAME})"
    r"(?=\(?(?:部门|单位|本级|本部)?\)?(?:汇总|综合)?(?:收支)?"
    r"(?:一般公共|政府性基金|国有资本经营|社会保险基金|总)?(?:预算|决算))"
)
#: A title without a year: ``青溪县水务局部门预算``.
_WITHOUT_YEAR = re.compile(
    rf"(?:关于)?+(?P<agency>{_NAME}(?:局|委|厅|院|所|中心|办公室|会|校|学|队|馆|部|署|站|街道|镇|乡))"
    r"(?=\(?(?:部门|单位|本级|本部)\)?(?:汇总|综合)?(?:收支)?(?:预算|决算))"
)
_GENERIC = re.compile(r"(?:本|我|全|各)?(?:部门|单位|学校|机关|区级|市级|省级|县级)(?:\(.*\))?")
#: 项目支出绩效目标表（2031年度）: the title of a table, no agency's.
_OF_A_TABLE = re.compile(r"表\(?$")
_ANNOUNCED = re.compile(
    rf"(?:现将|现就|将|经|提交|提请审[议查]|审[议查])(?P<agency>[^,。;:\d]{{3,40}}?)"
    rf"{YEAR}(?:部门|单位)?(?:预算|决算)"
)
_OVERVIEW = re.compile(r"^(?P<agency>[^,。;:]{4,40}?)(?:基本)?概[况括]$")
_REGION = re.compile(
    r"(?:关于)?(?P<region>[\u4e00-\u9fff]{2,12}?(?:省|市|县|区|州|盟|旗))(?:省|市|县|区|州)?(?:本?级)?"
)
#: Whose a government's budget is; a line before the year may also name who reports it.
_REGIONAL = re.compile("(?:[省市县区州盟旗镇乡]|街道|政府|管委会|管理委员会)(?:本?级)?$")
_GOVERNMENT = re.compile(
    r"(?<!汇)总预算|预算执行情况|预算草案|(?:省|市|县|区|州|本)级(?:一般公共|政府性基金|国有资本|社会保险|预算|决算)"
    r"|政府(?:预算|决算|债务)|^[^。]{0,20}(?:一般公共预算|政府性基金预算|国有资本经营预算)(?:收入|支出|\"|三公|预算)"
)
_DEPARTMENTAL = re.compile(r"(?:部门|单位)(?:汇总|综合)?(?:收支)?(?:预算|决算)")
_SCOPE_WORDS = re.compile(r"\((?:部门|本级|本部|汇总|单位|机关)\)$|(?<=.{4})(?:部门|单位|本级)$")
_OWN_LEVEL = re.compile(r"\((?:本级|本部|机关)\)|本级(?:单位)?(?:预算|决算)|(?<=.{4})本级$")
_CODE = re.compile(r"^[\[(]?\d{3,}[\])]?[-—_]?")


def identify(
    document: Document,
    front: Iterable[int],
    sections: tuple[Section, ...],
    views: tuple[TableView, ...],
) -> tuple[Identity, tuple[Diagnostic, ...]]:
    """The identity of a report and what about it does not agree."""
    lines = _title_lines(document, front, sections)
    joined = "".join(line.text for line in lines)
    headings = tuple(_headings(document, sections))
    mentions = tuple(_sentences(document))
    years = [*years_of_title(lines), *years_of_text(headings, views, mentions)]
    year = _heaviest(years)
    government = _is_government(joined)
    agencies = list(_agencies(lines, headings, views, mentions, government=government))
    agency = _heaviest(agencies)
    kind = _kind(joined or "".join(passage.text for passage in headings))
    title = next((line for line in lines if SUBJECT.search(line.text)), None)
    identity = Identity(
        agency=_bare(agency.value) if agency else None,
        agency_quote=agency.quote if agency else None,
        unit_code=next((view.agency_code for view in views if view.agency_code), None),
        fiscal_year=int(year.value) if year else None,
        kind=kind,
        scope=_scope(joined, agency, government=government),
        title=title.quote(0, len(title.text)) if title else None,
    )
    unknown = [
        Diagnostic(
            code="identity.unknown",
            message=f"the report does not tell its {name.replace('_', ' ')}",
        )
        for name in ("agency", "fiscal_year", "kind")
        if getattr(identity, name) is None
    ]
    return identity, (
        *year_conflicts(years, year, government=government),
        *_agency_conflicts(agencies, agency),
        *unknown,
    )


# -- places ------------------------------------------------------------------------------------


def _title_lines(
    document: Document, front: Iterable[int], sections: tuple[Section, ...]
) -> list[Passage]:
    """The lines of the title page: short paragraphs before the text begins.

    A report without a title page may have its title as first heading.
    """
    lines: list[Passage] = []
    for index in front:
        block = document.blocks[index]
        if not isinstance(block, Paragraph) or block.role is not Role.TEXT:
            continue
        passage = _passage(index, block)
        if not passage.text:
            continue
        too_long = len(passage.text) > _TITLE_LENGTH or passage.text.endswith(("。", ";"))
        if too_long or len(lines) >= _TITLE_LINES:
            break
        lines.append(passage)
    if not any(SUBJECT.search(line.text) for line in lines) and sections:
        lines.extend(list(_headings(document, sections))[:1])
    return lines


def _headings(document: Document, sections: tuple[Section, ...]) -> Iterator[Passage]:
    """The titles of all sections, without their numbering marks."""
    for section in (section for root in sections for section in root.walk()):
        heading = section.heading
        if heading is None:
            continue
        printed = document.text_of(heading)
        folded = fold(printed)
        mark = read_mark(folded.text)
        start = folded.origin[mark.end] if mark is not None else 0
        yield Passage(fold(printed[start:]), heading.at(heading.start + start, heading.end))


def _sentences(document: Document) -> Iterator[Passage]:
    """The first paragraphs of the text."""
    for count, (index, block) in enumerate(document.paragraphs()):
        if count >= _SENTENCES:
            return
        yield _passage(index, block)


def _passage(index: int, block: Paragraph) -> Passage:
    return Passage.of(block.text, Anchor(block=index, start=0, end=len(block.text)))


# -- evidence ----------------------------------------------------------------------------------


def _agencies(
    lines: list[Passage],
    headings: Iterable[Passage],
    views: Iterable[TableView],
    sentences: Iterable[Passage],
    *,
    government: bool,
) -> Iterator[Evidence]:
    for line in lines:
        match = _LABELLED.search(line.text)
        if match:
            yield Evidence(match["agency"], line.quote(*match.span("agency")), LABEL_WEIGHT)
    yield from _title_agency(lines, government=government)
    for heading in headings:
        match = _OVERVIEW.search(heading.text)
        if match and len(match["agency"]) > 4:
            quote = heading.quote(*match.span("agency"))
            yield Evidence(match["agency"], quote, HEADING_WEIGHT)
    for view in views:
        if view.agency is not None:
            name = _CODE.sub("", fold_text(view.agency.text).rpartition(":")[2])
            if name:
                yield Evidence(name, view.agency, CAPTION_WEIGHT)
    for sentence in sentences:
        match = _ANNOUNCED.search(sentence.text)
        if match:
            yield Evidence(match["agency"], sentence.quote(*match.span("agency")), SENTENCE_WEIGHT)


def _title_agency(lines: list[Passage], *, government: bool) -> Iterator[Evidence]:
    """The agency that the title names before or after the year, from whichever line it begins."""
    for position in range(len(lines)):
        text = "".join(line.text for line in lines[position:])
        code = _CODE.match(text)
        start = code.end() if code is not None and not YEARS.match(text) else 0
        for pattern in (_BEFORE_YEAR, _AFTER_YEAR, _WITHOUT_YEAR):
            match = pattern.match(text, start)
            if match is None or SUBJECT.search(match["agency"]):
                continue
            if _GENERIC.fullmatch(match["agency"]) or _OF_A_TABLE.search(match["agency"]):
                continue
            name = match["agency"]
            if government and not _REGIONAL.search(name):
                continue
            region = _REGION.fullmatch(name)
            if region is not None and not government:
                # ``上海市普陀区2024年区级部门预算`` names where, not whose.
                continue
            if region is not None:
                name = region["region"]
            quote = _quote_in(lines, name)
            if quote is not None:
                yield Evidence(name, quote, TITLE_WEIGHT)
                return


def _quote_in(lines: list[Passage], name: str) -> Quote | None:
    """Where a name stands in the title lines; one that runs over lines, where it begins."""
    for line in lines:
        position = line.text.find(name)
        if position >= 0:
            return line.quote(position, position + len(name))
    return next(
        (line.quote(0, len(line.text)) for line in lines if name.startswith(line.text)), None
    )


# -- decisions ---------------------------------------------------------------------------------


def _heaviest(found: list[Evidence]) -> Evidence | None:
    """The value with the most weight in all, as printed where it counts most."""
    if not found:
        return None
    weights: Counter[str] = Counter()
    for entry in found:
        weights[_bare(entry.value)] += entry.weight
    # Of two equal ones the first printed: a Counter keeps the order of insertion.
    best = max(weights, key=lambda value: weights[value])
    return max((e for e in found if _bare(e.value) == best), key=lambda e: e.weight)


def _bare(name: str) -> str:
    """A name without the words for its scope."""
    return _SCOPE_WORDS.sub("", name) or name


def _agency_conflicts(found: list[Evidence], chosen: Evidence | None) -> Iterator[Diagnostic]:
    """Other agencies named where the report's own should stand."""
    if chosen is None:
        return
    name = _bare(chosen.value)
    said: set[str] = set()
    for entry in found:
        other = _bare(entry.value)
        if other in said or _REGION.fullmatch(other) or other in name or name in other:
            continue
        said.add(other)
        yield Diagnostic(
            code="identity.agency_conflict",
            message=f"{entry.quote.text!r} names another agency than {chosen.quote.text!r}",
            anchor=entry.quote.anchor,
        )


def _is_government(joined: str) -> bool:
    title = YEARS.sub("", joined)
    return bool(_GOVERNMENT.search(title)) and not _DEPARTMENTAL.search(title)


def _kind(titles: str) -> ReportKind | None:
    """The kind that title or headings name; the words for both occur in either kind of report."""
    if re.search(r"(?:部门|单位)?决算(?:公开|报告|说明|$)|(?:部门|单位)决算", titles):
        return ReportKind.FINAL
    final, budget = titles.count("决算"), titles.count("预算")
    if not final and not budget:
        return None
    return ReportKind.FINAL if final > budget else ReportKind.BUDGET


def _scope(joined: str, agency: Evidence | None, *, government: bool) -> Scope | None:
    if government:
        return Scope.GOVERNMENT
    name = agency.value if agency is not None else ""
    if _OWN_LEVEL.search(joined + name):
        return Scope.OWN_LEVEL
    if re.search(r"部门(?:汇总|综合)?(?:收支)?(?:预算|决算)", joined):
        return Scope.DEPARTMENT
    if re.search(r"单位(?:汇总|综合)?(?:收支)?(?:预算|决算)", joined):
        return Scope.UNIT
    if re.search(r"主管部门:|编制部门:", joined):
        return Scope.DEPARTMENT
    return None
