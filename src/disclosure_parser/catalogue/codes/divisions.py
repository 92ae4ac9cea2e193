"""Administrative divisions 行政区划 by year, and where an agency stands by its name."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from attrs import frozen

from disclosure_parser.catalogue.codes.entries import CodeEntry, CodeList, Domain, code_list
from disclosure_parser.document.folding import fold_text


class Level(StrEnum):
    """Level of government 预算级次."""

    #: 中央.
    CENTRAL = "central"
    #: 省、自治区、直辖市.
    PROVINCE = "province"
    #: 地级市、自治州、地区、盟.
    CITY = "city"
    #: 县、县级市、市辖区、旗.
    COUNTY = "county"
    #: 乡、镇、街道.
    TOWNSHIP = "township"


@frozen(kw_only=True)
class Whereabouts:
    """Where an agency stands, as far as its name tells.

    ``level`` is ``None`` where the name does not tell it. ``division`` is the lowest division
    that the name holds; ``candidates`` are the divisions it may be where the name fits several
    (普陀区). ``basis`` says what in the name decided.
    """

    level: Level | None
    division: CodeEntry | None = None
    candidates: tuple[CodeEntry, ...] = ()
    basis: str = ""


_PSEUDO = re.compile(r"^(?:市辖区|县|市)$|直辖.*行政区划$")
_MUNICIPALITIES = ("11", "12", "31", "50")
_ETHNIC = re.compile(
    r"(?:(?:壮|回|藏|羌|彝|苗|侗|傣|白|满|瑶|畲|黎|佤|水|土|怒|蒙古|土家|布依|朝鲜|哈尼|景颇|傈僳|拉祜|纳西"
    r"|独龙|普米|布朗|仫佬|毛南|仡佬|撒拉|保安|东乡|裕固|锡伯|鄂温克|鄂伦春|达斡尔|各)族|维吾尔|哈萨克"
    r"|柯尔克孜|塔吉克|(?<!内)蒙古)+(?=自治)"
)
_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|省|市|县|区|州|盟|旗)$")
_SUFFIX_NEXT = re.compile(r"[省市县区州盟旗]|地区")
_TOWNSHIP = re.compile(
    r"[\u4e00-\u9fff]{1,8}?(?:街道|(?:民族)?乡|镇|苏木)"
    r"(?=办事处|人民政府|政府|党|委|人大|财政|卫生院|中心|机关|本级|综合|便民|社区|[(]|$)"
)
_STREET = re.compile(r"[\u4e00-\u9fff]{1,8}?街道")
_CENTRAL = re.compile(
    r"中华人民共和国|中央|全国|国务院|国家(?!级)|最高人民|教育部|财政部|科学技术部|科技部|公安部|民政部|司法部|外交部"
    r"|自然资源部|生态环境部|住房和城乡建设部|交通运输部|水利部|农业农村部|商务部|文化和旅游部"
    r"|人力资源和社会保障部|工业和信息化部|退役军人事务部|应急管理部|海关总署|审计署"
)
_PARTY = re.compile(
    r"^(?:\[?\d+\]?)?(?:中国共产党|中共|共青团|中国共产主义青年团|民革|民盟|民建|民进|农工党|九三学社)?"
)
_ZONE = re.compile(
    r"(?:开发|高新|保税|示范|试验|园|管理|风景|工业|新|度假|合作|矿|垦)区|工业园|管委会"
)


@lru_cache(maxsize=32)
def divisions(year: int | None = None) -> CodeList:
    """行政区划 in force in a year (GB/T 2260 with later changes); all of them for ``None``."""
    return code_list(Domain.DIVISION).in_year(year)


def division_level(code: str) -> Level:
    """The level of a division code; counties run directly by a province are counties."""
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if code.endswith("00") else Level.COUNTY


@lru_cache(maxsize=32)
def _index(year: int | None) -> dict[str, tuple[CodeEntry, ...]]:
    """Divisions by full name, and by the name without ethnic words (红河州, 景谷县)."""
    found: dict[str, list[CodeEntry]] = {}
    for entry in divisions(year):
        if _PSEUDO.search(entry.name):
            continue
        for name in _names((entry,)):
            # 区 and 市 alone, or one character with it, name anything.
            if len(name) >= 2:
                found.setdefault(name, []).append(entry)
    return {name: tuple(entries) for name, entries in found.items()}


@lru_cache(maxsize=32)
def _provinces(year: int | None) -> dict[str, CodeEntry]:
    short = {}
    for entry in divisions(year):
        if entry.code.endswith("0000"):
            name = _SUFFIX.sub("", _ETHNIC.sub("", entry.name))
            short[name] = entry
    return short


def whereabouts(agency: str, year: int | None = None) -> Whereabouts:
    """Level and division of an agency by its name 河北省张家口市科学技术协会.

    Names of divisions in force in ``year`` count, else those of any year.
    """
    name = _PARTY.sub("", fold_text(agency))
    central = _CENTRAL.match(name)
    if central:
        return Whereabouts(level=Level.CENTRAL, basis=f"name: {central[0]}")
    chain, rest = _chain(name, year)
    if not chain and year is not None:
        chain, rest = _chain(name, None)
    if not chain:
        township = _TOWNSHIP.match(name) or _STREET.match(name)
        if township:
            return Whereabouts(level=Level.TOWNSHIP, basis=f"name: {township[0]}")
        return Whereabouts(level=None)
    last = chain[-1]
    division = last[0] if len(last) == 1 else None
    candidates = last if len(last) > 1 else ()
    levels = {division_level(entry.code) for entry in last}
    basis = "name: " + "".join(step[0].name for step in chain)
    township = _TOWNSHIP.match(rest) or _STREET.match(rest)
    if township:
        return Whereabouts(
            level=Level.TOWNSHIP,
            division=division,
            candidates=candidates,
            basis=f"{basis}{township[0]}",
        )
    # A zone is run by the division named, at a level that its name does not tell; and a province's
    # short name stands in names of any level (吉林大学).
    untold = _ZONE.search(rest[:12]) or not name.startswith(_names(chain[0]))
    level = levels.pop() if len(levels) == 1 and not untold else None
    return Whereabouts(level=level, division=division, candidates=candidates, basis=basis)


def _names(entries: tuple[CodeEntry, ...]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for entry in entries:
        plain = _ETHNIC.sub("", entry.name)
        names |= dict.fromkeys((entry.name, plain, re.sub("自治(?=[州县旗])", "", plain)))
    return tuple(names)


def _chain(name: str, year: int | None) -> tuple[list[tuple[CodeEntry, ...]], str]:
    """The divisions named at the start, each inside the one before, and the rest of the name."""
    index = _index(year)
    chain: list[tuple[CodeEntry, ...]] = []
    rest = name
    while rest:
        step = _step(rest, index, chain[-1] if chain else (), year)
        if step is None:
            break
        chain.append(step[0])
        rest = rest[step[1] :]
    # 河北省普陀区 fits nothing; a later step that settles an earlier one does (长安区 in 西安市).
    for position in range(len(chain) - 1, 0, -1):
        above = tuple(e for e in chain[position - 1] if any(_inside(c, e) for c in chain[position]))
        chain[position - 1] = above or chain[position - 1]
    return chain, rest


def _step(
    rest: str,
    index: dict[str, tuple[CodeEntry, ...]],
    above: tuple[CodeEntry, ...],
    year: int | None,
) -> tuple[tuple[CodeEntry, ...], int] | None:
    for length in range(min(len(rest), 15), 1, -1):
        found = index.get(rest[:length], ())
        if above:
            found = tuple(e for e in found if any(_inside(e, a) for a in above))
        if found:
            return found, length
    if not above:
        for short, entry in _provinces(year).items():
            if rest.startswith(short) and not _SUFFIX_NEXT.match(rest, len(short)):
                return (entry,), len(short)
    return None


def _inside(entry: CodeEntry, above: CodeEntry) -> bool:
    if above.code.endswith("0000"):
        return entry.code[:2] == above.code[:2] and entry.code != above.code
    return above.code.endswith("00") and entry.code[:4] == above.code[:4] and entry != above
