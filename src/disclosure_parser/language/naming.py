"""Labels and names: the part of a clause that names a figure, and what it names.

A label is a printed interval; a name is the label without years, agency words, phase words and
connectives, so that ``2024年度公务接待费支出决算`` and ``公务接待费`` can be told to be one thing.
"""

from __future__ import annotations

import re

from attrs import frozen

from disclosure_parser.language.phrases import find_phase
from disclosure_parser.language.values import Phase

_LABEL_HEAD = re.compile(
    r"^(?:(?:其中|另外?|此外|同时|以及|包括|[共现]有|列明|含)[:,]?|[和并及与]"
    # A list mark inside a passage: ``…；二、培训费2万元``, ``二是补发工资5万元``.
    r"|[一二三四五六七八九十]{1,2}[、是](?=\D{2})|\(\d{1,2}\)|\d{1,2}[、.](?=[^\W\d_]))+(?=.)"
)
#: How figures were made comparable: no name of a thing.
_SCOPE_WORDS = re.compile(r"按?(?:同|可比)口径")
_LABEL_TAIL = re.compile(
    r"(?:共计|合计|总计|累计)?(?:[均各]?[为是]|[:约共达近]|达到|预计|大约|将近|接近|控制在|[由从]"
    r"|(?:预算)?安排了?|核定|不(?:少|低|小|高|多|大)于|不超过|至少)+$|各$"
)
# ``某某局2024年度收入合计``: what stands before the year is the agency.
_YEAR_WITHIN = re.compile(r"^.*?(?P<year>20\d\d)年(?:度)?(?=[^\W\d_]{2})")
_YEAR_HEAD = re.compile(
    r"^(?:在|截至|截止)?(?P<year>20\d\d)年(?:度)?(?:末|底|\d{1,2}月(?:\d{1,2}日)?(?:[起止末底])?)?,?"
)
_YEAR_TAIL = re.compile(r"^(?P<thing>\D{2,}?)(?P<year>20\d\d)年(?:度)?$")
#: An average is no figure of the thing itself: 人均接待费, 平均每辆.
AVERAGE = re.compile(r"[人生车户床师校]均|平均每|每(?=[人辆户台张]$)")
#: What names a thing of the budget, unlike the name of an agency.
_THING = re.compile(r"(?:费|支出|收入|经费|资金|拨款|预算|\(\d{2,7}\)|\([类款项]\))[\"”]?$")
_TIME_HEAD = re.compile(r"^(?:本年度?|当年|全年|本年度)(?=预算|决算|执行|支出预算|$)")
_QUALIFIER = re.compile(
    "一般公共|公共财政|基金|国有资本|财政|拨款|基本|项目|人员|公用|本年|当年|上年|其他|小微|中小|国内|外|货物|工程|服务"
)
# What is left of a label that names no thing: the figures are of the current item.
PHASE_WORDS = {"", "本年", "当年", "本年数", "预算数", "决算数", "数", "金额", "总额", "全年"}
_FLOWS = {"收入", "支出", "收支"}
_AGENCY_HEAD = re.compile(
    r"^(?:我|本|全)(?:部门|单位|校|局|委|办|市|区|县|省)(?:(?:共|汇总)?安排)?|^安排"
)


@frozen
class Name:
    """What a label names. ``generic`` says that it names nothing by itself (``支出决算``)."""

    text: str
    year: int | None
    phase: Phase | None
    generic: bool


def label_within(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a folded clause before a figure that names it, connectives left out."""
    while start < end and text[start] in " ,、;:。)":
        start += 1
    head = _LABEL_HEAD.match(text[start:end])
    if head and head.end() < end - start:
        start += head.end()
    scope = _SCOPE_WORDS.match(text, start, end)
    if scope:
        start = scope.end()
    tail = _LABEL_TAIL.search(text, start, end)
    if tail and tail.start() > start:
        end = tail.start()
    while end > start and text[end - 1] in " :,(":
        end -= 1
    return start, end


def read_name(text: str, start: int, end: int) -> Name:
    """The name of a label."""
    text = text[start:end]
    year = None
    head = _YEAR_HEAD.match(text) or _YEAR_WITHIN.match(text)
    if head:
        year = int(head["year"])
        before = text[: head.start("year")]
        # ``会议费2024年预算``, ``“进修及培训”2024年预算``: the thing, and no agency.
        thing = _THING.search(before) or before.endswith(('"', "”"))
        text = (before if thing else "") + text[head.end() :]
    elif tail := _YEAR_TAIL.match(text):
        year, text = int(tail["year"]), tail["thing"]
    phase, core = find_phase(text)
    core = _AGENCY_HEAD.sub("", _TIME_HEAD.sub("", core))
    if core == "涉及":
        # ``涉及预算金额``: what is named is the amount, not its phase.
        core = text
    # ``支出决算`` after ``年初预算`` speaks of the same item; ``支出预算`` names one.
    generic = core in PHASE_WORDS or (core in _FLOWS and phase is Phase.EXECUTED)
    return Name(core or text, year, phase, generic)


def leading_year(text: str) -> int | None:
    """The year that a clause begins with (``2024年，``)."""
    match = _YEAR_HEAD.match(text)
    return int(match["year"]) if match else None


def same_thing(name: str, other: str) -> bool:
    """Whether two names mean one item of a passage: equal, or one the end of the other."""
    if len(name) < 2 or len(other) < 2:
        return name == other
    a, b = sorted((bare_name(name), bare_name(other)), key=len)
    if a == b:
        return True
    # The longer may carry the agency's name in front, but not a word that makes it another thing.
    return len(a) >= 4 and b.endswith(a) and not _QUALIFIER.search(b[: -len(a)])


def bare_name(name: str) -> str:
    """A name without quotation marks and without the flow words that end it."""
    return re.sub(r"(?:支出|收入|总计|合计|预算|决算|各)+$|\"", "", name) or name
