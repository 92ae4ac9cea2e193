"""The phrases around figures: direction of change, comparison base, phase, reason, purpose.

All patterns run on folded text. Each reader returns what the words say and where; it never
guesses what they leave out.
"""

from __future__ import annotations

import re

from attrs import frozen

from disclosure_parser.language.values import BaseKind, Direction, Operator, Phase

_INCREASE = (
    "增加|(?<![稳促保])增长|上升|提高|增支|增收|调增|上涨|上调|增多|增幅|增"
    "|高于|大于|多于|超过|超出"
)
_DECREASE = (
    "减少|下降|降低|压减|核减|减支|减收|压缩|缩减|调减|降幅|减幅|削减|下调|核降|低于|小于|少于|减"
)
#: 增减 says that it changed, not which way.
_EITHER = "增减"
_VERB = f"{_EITHER}|{_INCREASE}|{_DECREASE}"
_MORE = {"多", "高", "追加"}
#: A change verb directly before its number, possibly with both directions left from a template.
CHANGE_BEFORE = re.compile(
    rf"(?<!不)(?P<verb>{_VERB})(?P<other>\((?:{_VERB})\)|/(?:{_VERB}))?"
    r"(?:幅度|幅|额|数|金额)?(?:了|约|为|达到|达|到|各)*$"
)
#: ``本年数小于上年预算数29.65万元``: the comparison stands between the verb and the number.
COMPARED_BEFORE = re.compile(
    r"(?P<verb>大于|高于|多于|超过|小于|低于|少于)(?P<base>(?:上年|上一年|去年|20\d\d年|年初|预算)[^,。;]{0,12}?)$"
)
#: A change verb somewhere in a clause that has no number of its own.
#: ``比上年多1.5万元``, ``比上年少支出1.5万元``: directions only behind a base.
MORE_OR_LESS = re.compile(
    r"[较比](?P<base>[^,。;]{2,16}?)(?P<verb>[多少高低])(?:支出|收入|安排|花|用)?了?$"
)
#: ``增加到9万元``, ``降至3万元``: the figure is the new level, not the change.
LEVEL_BEFORE = re.compile(
    rf"(?:(?:{_VERB})(?:了)?(?:至|到|达到|达|为)|[降增减升提]至|降为|升到|[^,。;]至)$"
)
#: ``减少额为5万元`` is a change all the same.
CHANGE_NOUN = re.compile(rf"(?:{_VERB})(?:幅度|幅|额|数|金额)(?:了|约|为|达到|达|到|各)*$")
#: ``压减会议费5万元``: the verb stands before the name of what changes.
VERB_FIRST = re.compile(
    r"(?P<verb>压减|压缩|减少|增加|核减|削减|调减|调增|追加|缩减)(?:了|的)?(?P<name>[^\W\d_].+)"
)
#: A change verb somewhere in a clause that has no number of its own.
CHANGE_WORD = re.compile(rf"(?<!不)(?P<verb>{_VERB})(?P<other>\((?:{_VERB})\)|/(?:{_VERB}))?")
UNCHANGED = re.compile(
    r"(?:基本)?持平|(?:无|没有|未发生|未有|未)(?:任何)?(?:增减)?(?:变化|变动|增减)|(?:保持)?不变"
    r"|(?:数?额?)(?:一致|相同|相等|相当)|等于上年"
)

_PERIOD = r"\"?十[一二三四五六]五\"?"
_YEAR = (
    rf"(?:{_PERIOD}(?:时期|期间)?"
    r"|20\d\d年(?:度)?|上年度?|上一年度?|去年(?:度)?|前一年度?|上一度|往年)"
)
#: Words of a header that make its figures those of the year before; what a year begins with
#: (期初数) is what the one before has ended with.
LAST_YEAR = re.compile(
    r"(?:上年|去年|上一年)度?(?=预算|决算|执行|数|实际|完成|年初|调整|全年|$)|期初"
)
_BASE = re.compile(
    rf"(?P<cue>与|较|比|同|跟|和|[等小大低高少多]于)(?P<what>(?P<year>{_YEAR})(?:[^,。;:()]|\([^)]{{0,8}}\)){{0,24}}?)"
    rf"(?P<end>相比较?|比较|对比|相较|(?={_VERB}|(?:基本)?持平|无|没有|未|保持|一致|相同|相等|数?一致|相|[,。;)]|\d|$))"
)
_SAME_YEAR_BASE = re.compile(
    r"(?P<cue>与|较|比|同|跟|为|占|完成)?(?P<what>(?:年初|全年|调整|年度)?预算(?:数|安排数)?|年初(?:预算)?)"
    r"(?=相比|持平|一致|相同|的|增|减|下降|上升|无|[,。;)]|$)"
)
_YEAR_ON_YEAR = re.compile(r"同比|环比")


@frozen
class Base:
    """A comparison base: its kind, the printed year if any, its folded interval."""

    kind: BaseKind
    year: int | None
    start: int
    end: int


def direction_of(verb: str) -> Direction | None:
    """The direction that a change verb says; ``None`` for 增减, which says none."""
    if verb == _EITHER:
        return None
    more = verb in _MORE or re.fullmatch(_INCREASE, verb)
    return Direction.INCREASE if more else Direction.DECREASE


def find_base(text: str, start: int, end: int) -> Base | None:
    """The last comparison base that a clause names (较上年预算, 与2023年度相比, 同比)."""
    found: re.Match[str] | None = None
    for match in _BASE.finditer(text, start, end):
        found = match
    if found is not None:
        # 较 before a year is a comparison; 与 or 同 needs a word of comparison after it.
        printed = re.search(r"20\d\d", found["year"])
        year = int(printed.group()) if printed else None
        kind = prior_kind(found["what"])
        if re.match(_PERIOD, found["year"]):
            kind = BaseKind.EARLIER_PERIOD
        return Base(kind, year, found.start(), found.end())
    on_year = _YEAR_ON_YEAR.search(text, start, end)
    if on_year:
        return Base(BaseKind.PRIOR_YEAR, None, on_year.start(), on_year.end())
    same_year = _SAME_YEAR_BASE.search(text, start, end)
    if same_year and same_year["cue"]:
        kind = same_year_kind(same_year["what"])
        return Base(kind, None, same_year.start(), same_year.end())
    return None


def prior_kind(what: str) -> BaseKind:
    if re.search(r"执行数?|完成数?", what):
        return BaseKind.PRIOR_EXECUTION
    if "决算" in what:
        return BaseKind.PRIOR_FINAL
    if "全年预算" in what or "调整" in what:
        return BaseKind.PRIOR_ADJUSTED_BUDGET
    if "年初预算" in what:
        return BaseKind.PRIOR_OPENING_BUDGET
    if "预算" in what:
        return BaseKind.PRIOR_BUDGET
    return BaseKind.PRIOR_YEAR


def same_year_kind(what: str) -> BaseKind:
    """The kind of a base of the same year: 年初预算, 全年预算/调整预算, or just 预算."""
    if "年初" in what:
        return BaseKind.OPENING_BUDGET
    if "全年" in what or "调整" in what:
        return BaseKind.ADJUSTED_BUDGET
    return BaseKind.BUDGET


# 预算 in 一般公共预算 or 政府性基金预算 names the budget; it says no phase.
_OWN_BUDGET = (
    r"年初预算(?:安排)?数?|年度预算数?|(?<!一般公共)(?<!公共财政)(?<!基金)(?<!资本经营)(?<!资本)"
    r"总?预算(?:安排)?数?"
)
_PHASES = (
    (Phase.ADJUSTED, "全年预算(?:安排)?数?|调整(?:后)?预算数?|预算调整数"),
    (Phase.EXECUTED, "(?:当年)?预算执行数?|决算数?|执行数|实际(?=支出)|(?:实际)?完成数?|^执行"),
    (Phase.APPROVED, _OWN_BUDGET),
)
_PHASE_TAIL = tuple(
    (phase, re.compile(rf"(?:{words})(?P<flow>支出|收入)?(?:总额|总?金额|额|资金|数)*$"))
    for phase, words in _PHASES
)


def find_phase(label: str) -> tuple[Phase | None, str]:
    """The budget phase that ends a label, and the label without its phase words.

    ``公务接待费支出决算`` gives executed and ``公务接待费支出``; ``会议费预算支出`` gives approved
    and ``会议费支出``; a label without a phase comes back as it is.
    """
    best: Phase | None = None
    name, first = label, len(label)
    for phase, pattern in _PHASE_TAIL:
        match = pattern.search(label)
        if match and match.start() < first:
            best, first = phase, match.start()
            name = label[:first] + (match["flow"] or "")
    return best, name


REASON = re.compile(
    r"(?P<subject>[^,。;:]{0,40}?)的?"
    r"(?:主要原因(?:说明)?(?:是由于|是因为|是|为|系|:|在于|有)?|主要(?:是由于|是因为|是因|由于|因为|系|是)(?!用于|包括|指|从事|负责)"
    r"|(?<![的主要])原因(?:是由于|是因为|是|为|:|在于)|(?<=,)(?:是因为|因为|由于|是由于|系因|系|主要为)"
    r"|(?:增减|增加|减少|变动|变化|增长|下降|差异(?:较大)?)(?:的)?原因(?:主要)?(?:是|为|:|(?=,一是))?)[:,]?"
)
#: No reason opens without one of these; they are found much sooner than that there is none.
REASON_WORDS = re.compile("因|由于|主要")
#: A change of each of the items before: ``较上年分别增加10万元、20万元``.
RESPECTIVE_CHANGE = re.compile(
    rf"(?:分别|依次)(?:[较比与][^,。;]{{1,14}}?)?(?P<verb>{_VERB})(?:了|约|为)?$"
)
#: A share of each of the items before: ``占比分别为10%、20%``, ``分别占80%和20%``.
RESPECTIVE_SHARE = re.compile(
    r"(?:占(?P<of>[^,。;]{0,20}?)的?(?:比重|比例|比)?(?:分别|依次)(?:为|达|是)?|(?:分别|依次)占(?P<whole>[^,。;]*?)的?)$"
)
REASON_CUE = re.compile(r"主要(?:原因|为)|(?:主要)?原因(?:是|为|:)|主要(?:是由于|是因为|由于|因为)")
PURPOSE_CUE = re.compile(r"主要(?:是)?用于|(?:安排)?用于")
#: Not the 用于 of a name: 彩票公益金安排的支出（款）用于体育事业的彩票公益金支出（项）.
PURPOSE = re.compile(r"(?:主要)?(?:是)?(?:用于(?![^,。;\d]{2,30}\([款项]\))|安排用于|用以)[:,]?")
ENUMERATED = re.compile(r"(?:[一二三四五六]是|第[一二三四]|[(][一二三123][)]|[123][.、])")

_OPERATOR_BEFORE = (
    (Operator.GE, re.compile(r"(?:不少于|不低于|不小于|至少|≥|>=|大于等于|达到)$")),
    (Operator.LE, re.compile(r"(?:不超过|不高于|不多于|不大于|≤|<=|小于等于|控制在)$")),
    (Operator.GT, re.compile(r"(?:超过|大于|高于|多于|>)$")),
    (Operator.LT, re.compile(r"(?:小于|低于|少于|<)$")),
)
_OPERATOR_AFTER = (
    (Operator.GE, re.compile(r"(?:及)?以上")),
    (Operator.LE, re.compile(r"(?:及)?(?:以下|以内)")),
)
_LONGEST_OF = 16
_OPERATOR_OF = re.compile(r"(?P<words>不[少低小高多大]于|不超过|至少)[^,。;、\d]{2,12}的$")


def find_operator(text: str, start: int, end: int) -> Operator | None:
    """The comparison words directly before (不少于) or after (以上) a number at [start, end)."""
    for operator, pattern in _OPERATOR_BEFORE:
        if pattern.search(text, max(0, start - 5), start):
            return operator
    for operator, pattern in _OPERATOR_AFTER:
        if pattern.match(text, end):
            return operator
    # 不低于年度预算的50%
    of = _OPERATOR_OF.search(text, max(0, start - _LONGEST_OF), start)
    return find_operator(text, of.end("words"), of.end("words")) if of is not None else None
