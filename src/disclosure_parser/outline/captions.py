"""Captions of tables 表头说明: what stands above a table or in its first rows.

A caption line holds nothing but caption items: the agency (编制部门：…, ``731 某某协会``), the
period (2024年度, 截止时间：…), the unit (单位：万元), the label (公开01表), the title (…表). A line
that says anything else is no caption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import field, frozen, mutable

from disclosure_parser.document import Block, Document, Paragraph, Quote, Role
from disclosure_parser.document.anchor import Anchor
from disclosure_parser.language.numbering import read_mark
from disclosure_parser.language.passage import Passage
from disclosure_parser.language.units import find_unit_declaration
from disclosure_parser.language.values import Unit

Span = tuple[int, int]

_MASK = "\0"
_LONGEST = 160
#: How many lines above a table are looked at.
_LINES_ABOVE = 8
_LINES_BELOW = 5

_DATE = r"20\d\d(?:年度?(?:\d{1,2}月(?:\d{1,2}日|末|底)?|末|底)?|[-./]\d{1,2}(?:[-./]\d{1,2})?)?"
_PERIOD = re.compile(
    rf"(?:(?:预算|决算|会计|所属|报告|编制|填报)?(?:年度|期间|日期|时间):|截[止至](?:时间|日期)?:?)"
    rf"(?P<value>{_DATE})|^\(?(?P<alone>{_DATE})\)?$|(?<=\0)\(?(?P<inside>{_DATE})\)?(?=\0|$)"
)
_NUMERAL = r"(?:\d{1,3}(?:-\d{1,2})?|[一二三四五六七八九十]{1,3})"
_LABEL = re.compile(
    rf"(?:(?:预算|决算|部门|单位)?公开(?:表{_NUMERAL}|{_NUMERAL}表)|财[决预]\d+(?:-\d+)?表"
    rf"|[预决]算\d\d+表|GK\d\d+表?|^(?:附?表|附件){_NUMERAL}(?![般年月])|附表{_NUMERAL}(?=\0|$))"
)
_AGENCY = re.compile(
    r"(?:(?:编制|填报|填表|编报|预算|公开|主管|申报|报送|汇总|执行|实施|项目)*(?:部门|单位)"
    r"(?:\((?:部门|单位)\))?(?:名称|全称)?(?:\((?:公章|盖章|签章|章)\))?|部门及代码)"
    rf":(?P<value>[^{_MASK}:]*)"
)
# 部门：某某局 2024年度 单位：万元: the spaces between them are folded away.
_YEAR_BEHIND = re.compile(
    rf"(?<=[^{_MASK}\d_-])(?P<value>20\d\d年度?(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?)(?=[{_MASK}]|$)"
)
_UNIT_CODE = re.compile(r"(?:预算)?(?:部门|单位)(?:代码|编码):(?P<code>\d{3,12})")
_OTHER = re.compile(
    rf"(?:制表人?|填表人|负责人|联系人|审核人?|联系电话|币种|监督索引号|金额):?[^{_MASK}:]{{0,16}}"
    r"|第\d+页|共\d+页|\(?(?:均|四舍五入|保留|小数)[^()\0]{0,12}(?:位小数|位)\)?"
    # An amount a head is in no unit of money.
    r"|(?:金额)?单位:[^\0:]{0,3}元/[^\W\d_]{1,2}"
)
#: The unit of a table of things: 单位：辆, 计量单位：人、台.
_COUNTED = r"(?:人次?|辆|台|套|台套|个|件|名|户|家|次|批次?|平方米)"
_COUNTED_UNIT = re.compile(
    rf"(?:计量|数量)?单位:(?P<value>{_COUNTED}(?:[、/,及和]?{_COUNTED})*)(?=\0|$|[)])"
)
_PIECE = re.compile(rf"[^{_MASK}]+")
_EDGE = " :、,.;|_-—─·*~\t\n"
_CODE = re.compile(r"[\[(【]?(?P<code>\d{3,9})[\])】]?[-—_:]?(?=[^\W\d_])(?!年)")
_ORGANISATION = re.compile(
    r"[^\W\d_].{1,38}(?:局|委|委员会|厅|院|所|中心|站|办公室|办|办事处|协会|联合会|商会|学会|队|馆"
    r"|校|学校|大学|学院|幼儿园|医院|部|署|室|政府|街道|镇|乡|法院|检察院|集团|公司|联社|会|团|社"
    r"|台|处|本级|本部|机关|系统)(?:\((?:本级|机关|本部|汇总|部门|单位)\))?"
)
#: Too short or too general to be the name of an agency.
_NO_AGENCY = re.compile(r"平方[公千]?米|立方米|.{0,2}|.*[/、].*")
_SENTENCE = re.compile(r"[。;!?,]|[见如下上本该此]表")
# What is behind 表 tells one of several tables apart: 基本支出表--公用经费, 收入表(分科目).
_TABLE_TITLE = re.compile(r".*表(?:格)?(?:-{1,2}[^\d。;-]{2,16})?(?:[(\[【].{0,24}[)\]】])?")
_NO_TITLE = re.compile(
    r"^(?:注|备注|说明|附注)(?:\d|:|$)|代表(?:\(|$)|^.{0,2}$|^表格?$|\d(?:万|亿)?元"
)
_HEADING_TITLE = re.compile(r".{2,}(?:情况|预算|决算|目标|清单|名单|明细|一览|统计|汇总|安排)")
_WORDS = re.compile(r"[^\W\d_]{2}")
NOTE = re.compile(
    r"\(?(?:注|备注|说明|附注)\d{0,2}\)?[:、.]|注\d|(?:[本此该]表(?:为|系|无|没有)|空表$|无数据$)"
)
_NUMBERED_NOTE = re.compile(r"(?:^|:)\(?(?P<number>\d)[).、]")


@frozen(kw_only=True)
class CaptionLine:
    """The items of one caption line, as folded intervals."""

    title: Span | None = None
    label: Span | None = None
    agency: Span | None = None
    code: str | None = None
    period: Span | None = None
    units: tuple[tuple[Unit, int, int], ...] = ()
    #: The unit of a table of things (单位：辆).
    counted: Span | None = None
    #: ``单位：`` whose unit stands in the next cell, or an agency label without its name.
    open_key: bool = False

    @property
    def firm(self) -> bool:
        """Whether the line holds an item that only captions hold (not just a title)."""
        items = (self.label, self.agency, self.code, self.period, self.units, self.counted)
        return any(items) or self.open_key


@mutable(kw_only=True)
class Captions:
    """What the captions of one table say, the nearest line first."""

    title: Quote | None = None
    label: Quote | None = None
    agency: Quote | None = None
    code: str | None = None
    period: Quote | None = None
    units: list[tuple[Unit, Quote]] = field(factory=list)
    counted: Quote | None = None

    def add(self, line: CaptionLine, passage: Passage) -> None:
        """Take the items of a line that are not known yet."""
        if line.label and self.label is None:
            self.label = passage.quote(*line.label)
        if line.agency and self.agency is None:
            self.agency = passage.quote(*line.agency)
            self.code = line.code or self.code
        elif line.code and self.code is None:
            self.code = line.code
        if line.period and self.period is None:
            self.period = passage.quote(*line.period)
        if self.title is None or not self.units:
            # Above the title only what is missing is taken: the line may be another table's.
            self.units.extend((unit, passage.quote(start, end)) for unit, start, end in line.units)
            if line.counted and self.counted is None:
                self.counted = passage.quote(*line.counted)
        if line.title and self.title is None:
            self.title = passage.quote(*line.title)

    @property
    def unit(self) -> tuple[Unit | None, Quote | None]:
        """The declared unit. Two that contradict each other declare none; the first is quoted."""
        if not self.units:
            return None, None
        unit, quote = self.units[0]
        return (unit if all(other is unit for other, _ in self.units) else None), quote

    def fill(self, other: Captions) -> None:
        """Take what ``other``, which stands farther from the table, says on what is not known."""
        self.title = self.title or other.title
        self.label = self.label or other.label
        self.period = self.period or other.period
        if self.agency is None:
            self.agency, self.code = other.agency, other.code
        if not self.units and self.counted is None:
            self.units, self.counted = other.units, other.counted


def read_caption(text: str) -> CaptionLine | None:
    """The caption items of a folded line; ``None`` for a line that is not a caption."""
    if not text or len(text) > _LONGEST:
        return None
    masked = text
    units: list[tuple[Unit, int, int]] = []
    while (found := find_unit_declaration(masked)) is not None:
        units.append(found)
        masked = _masked(masked, found[1], found[2])
    label = period = agency = counted = None
    code = None
    open_key = False
    if match := _COUNTED_UNIT.search(masked):
        counted = match.span("value")
        masked = _masked(masked, *match.span())
    if match := _LABEL.search(masked):
        label = match.span()
        masked = _masked(masked, *label)
    if match := _PERIOD.search(masked):
        period = match.span(match.lastgroup or 0)
        masked = _masked(masked, *match.span())
    if match := _UNIT_CODE.search(masked):
        code = match["code"]
        masked = _masked(masked, *match.span())
    if period is None and _AGENCY.search(masked) and (match := _YEAR_BEHIND.search(masked)):
        period = match.span("value")
        masked = _masked(masked, *match.span())
    if match := _AGENCY.search(masked):
        agency, printed = _agency(text, *match.span("value"))
        code = printed or code
        if agency is None and text[slice(*match.span("value"))].strip(_EDGE):
            return None
        open_key = agency is None
        masked = _masked(masked, *match.span())
    while match := _OTHER.search(masked):
        masked = _masked(masked, *match.span())
    line = CaptionLine(
        label=label,
        agency=agency,
        code=code,
        period=period,
        units=tuple(units),
        counted=counted,
        open_key=open_key,
    )
    return _with_rest(line, text, masked)


def _with_rest(line: CaptionLine, text: str, masked: str) -> CaptionLine | None:
    """A line with what is left of it: its title, an agency printed without a key, or nothing."""
    title, agency, code = None, line.agency, line.code
    for piece in _PIECE.finditer(masked):
        start, end = _edged(text, *piece.span())
        if end - start < 2 and not _WORDS.search(text, start, end):
            continue
        found = title_in(text, start, end)
        if found is not None and title is None:
            title = found
            continue
        if agency is None and line.firm:
            agency, code = _named(text, start, end)
            if agency is not None:
                continue
        return None
    return CaptionLine(
        title=title,
        label=line.label,
        agency=agency,
        code=code,
        period=line.period,
        units=line.units,
        counted=line.counted,
        open_key=line.open_key and agency is None,
    )


def title_in(text: str, start: int, end: int) -> Span | None:
    """The title of a table that a folded interval is, without its numbering mark."""
    if end - start > 80 or _SENTENCE.search(text, start, end):
        return None
    mark = read_mark(text, start)
    first = mark.end if mark is not None and mark.end < end else start
    first, end = _edged(text, first, end)
    words = text[first:end]
    if ":" in words or _NO_TITLE.search(words) or not _TABLE_TITLE.fullmatch(words):
        return None
    return first, end


def heading_in(text: str, paragraph: Paragraph) -> Span | None:
    """The title that a heading without the word 表 gives a table directly below it."""
    if len(text) > 40 or _SENTENCE.search(text) or ":" in text or _NO_TITLE.search(text):
        return None
    mark = read_mark(text)
    style = paragraph.style
    if not (mark or style.outline_level or style.centred or _HEADING_TITLE.fullmatch(text)):
        return None
    start, end = _edged(text, mark.end if mark else 0, len(text))
    return (start, end) if len(_WORDS.findall(text, start, end)) > 1 else None


def agency_in(text: str) -> tuple[Span | None, str | None]:
    """The agency that a folded text names and nothing else, with its code."""
    return _named(text, *_edged(text, 0, len(text)))


def captions_above(document: Document, index: int) -> Captions:
    """What the lines directly above a table say, up to the first line that is no caption."""
    captions = Captions()
    for paragraph, passage in _lines_above(document, index):
        text = passage.text
        if not _WORDS.search(text) and not any(c.isdigit() for c in text):
            continue
        if NOTE.match(text):
            break
        line = read_caption(text)
        if line is None or (line.title and captions.title):
            if captions.title is None and (heading := heading_in(text, paragraph)):
                captions.title = passage.quote(*heading)
            break
        captions.add(line, passage)
    return captions


def caption_below(document: Document, index: int) -> Captions:
    """What a caption line at the foot of a table says, where it is the last thing on its page.

    A line above the next table of the page would be that table's.
    """
    captions = Captions()
    texts = [
        block
        for block in range(index + 1, min(index + 1 + _LINES_BELOW, len(document.blocks)))
        if not isinstance(paragraph := document.blocks[block], Paragraph)
        or paragraph.role is Role.TEXT
    ]
    page = _page(document.blocks[index], last=True)
    if page is None or not texts or (len(texts) > 1 and _page(document.blocks[texts[1]]) == page):
        return captions
    foot = document.blocks[texts[0]]
    if not isinstance(foot, Paragraph) or _page(foot) != page:
        return captions
    text = foot.text
    passage = Passage.of(text, Anchor(block=texts[0], start=0, end=len(text)))
    line = read_caption(passage.text)
    if line is not None and line.title is None and line.firm:
        captions.add(line, passage)
    return captions


def _page(block: Block, *, last: bool = False) -> int | None:
    """The page that a block begins or ends on, where the format has pages."""
    if isinstance(block, Paragraph):
        fragments = block.fragments
    else:
        fragments = tuple(f for cell in block.cells for f in cell.fragments)
    return fragments[-1 if last else 0].place.page if fragments else None


def notes_below(document: Document, index: int) -> tuple[Quote, ...]:
    """The notes printed directly below a table: 注：…, 说明：…, and the numbered ones after."""
    notes: list[Quote] = []
    number = 0
    opened = False
    for block in range(index + 1, len(document.blocks)):
        paragraph = document.blocks[block]
        if not isinstance(paragraph, Paragraph):
            break
        if paragraph.role is not Role.TEXT:
            continue
        text = paragraph.text
        passage = Passage.of(text, Anchor(block=block, start=0, end=len(text)))
        if not passage.text:
            continue
        numbered = _NUMBERED_NOTE.search(passage.text)
        following = numbered is not None and number > 0 and int(numbered["number"]) == number + 1
        if NOTE.match(passage.text) or following:
            number = int(numbered["number"]) if numbered else 0
            notes.append(passage.quote(0, len(passage.text)))
            opened = False
        elif opened or not notes or not passage.text.endswith(":"):
            break
        else:
            # 没有收支的，…在本表下方作下述说明： and then the note: a line of the template.
            opened = True
    return tuple(notes)


def _lines_above(document: Document, index: int) -> Iterator[tuple[Paragraph, Passage]]:
    """The text lines above a block up to the next table, the nearest first."""
    seen = 0
    for block in range(index - 1, -1, -1):
        paragraph = document.blocks[block]
        if not isinstance(paragraph, Paragraph) or seen >= _LINES_ABOVE:
            return
        if paragraph.role is not Role.TEXT:
            if paragraph.role is Role.CONTENTS:
                return
            continue
        text = paragraph.text
        end = len(text)
        while end > 0:
            start = text.rfind("\n", 0, end) + 1
            passage = Passage.of(text, Anchor(block=block, start=start, end=end))
            if passage.text:
                seen += 1
                yield paragraph, passage
            end = start - 1


def _agency(text: str, start: int, end: int) -> tuple[Span | None, str | None]:
    """The agency behind a key (编制部门：), with the code printed before its name."""
    start, end = _edged(text, start, end)
    code = _CODE.match(text, start, end)
    if code is not None:
        start, end = _edged(text, code.end(), end)
    name = text[start:end]
    if _NO_AGENCY.fullmatch(name) or len(name) > 60 or _SENTENCE.search(name):
        return None, None
    return (start, end), code["code"] if code else None


def _named(text: str, start: int, end: int) -> tuple[Span | None, str | None]:
    """The agency that stands without a key: a code and a name, or the name of an organisation."""
    code = _CODE.match(text, start, end)
    if code is not None:
        return _agency(text, start, end)
    if _ORGANISATION.fullmatch(text, start, end) and not _SENTENCE.search(text, start, end):
        return (start, end), None
    return None, None


def _edged(text: str, start: int, end: int) -> Span:
    """An interval without the punctuation at its edges, brackets around all of it included."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if end - start > 1 and text[start] + text[end - 1] in {"()", "[]", "【】", "《》"}:
        inner = text[start + 1 : end - 1]
        if not any(c in "()[]【】《》" for c in inner):
            return _edged(text, start + 1, end - 1)
    return start, end


def _masked(text: str, start: int, end: int) -> str:
    return text[:start] + _MASK * (end - start) + text[end:]
