"""The core of a heading's title: what is left without years, agency names and remarks.

Two reports print the same heading as ``部门预算情况说明``, ``某某局2021年度部门预算情况说明`` and
``关于2021年部门预算的情况说明（公开稿）``; the catalogue compares the core.
"""

from __future__ import annotations

import re
from functools import lru_cache

_YEAR = re.compile(
    r"(?:(?:19|20)\d\d|20[Xx×*]{2}|[Xx×*]{2,4}|[二两][〇零○O0一二三四五六七八九]{3})"
    r"(?:-(?:(?:19|20)\d\d))?年(?:度)?"
)
# 公开01表, 附表2-1, 表3: — a label printed in front of a table's title.
_LABEL = re.compile(
    r"(?:(?:部门|单位)?(?:预算|决算)?公开表?\d{1,2}(?:-\d{1,2})?表?|附?表(?:\d{1,2}(?:-\d{1,2})?|[一二三四五六七八九十]{1,3})"
    r"|GK\d{1,2}表?|财[决预]\d{2}(?:-\d)?表?)[:、.\s]*"
)
# A remark in brackets, or behind the dash of a table that comes in parts (基本支出表--公用经费).
_REMARK = re.compile(r"\((?:[^()]|\([^()]*\))*\)$|(?<=表)-{1,2}[^\d,。;:-]{2,16}$")
_QUOTES = str.maketrans("", "", "\"'《》【】〈〉")
_ORGANISATION = (
    r"委员会|办公厅|办公室|办事处|联合会|协会|学会|商会|总工会|工商联|妇联|残联|科协|文联|侨联|团委"
    r"|管理局|总局|分局|局|厅|人民政府|政府|检察院|法院|研究院|设计院|医院|学院|党校|书院|院|大学|学校"
    r"|中学|小学|幼儿园|研究所|派出所|事务所|所|中心|图书馆|博物馆|档案馆|文化馆|纪念馆|美术馆|馆|体育场"
    r"|支队|大队|总队|执法队|队|集团|公司|管委会|工委|党委|政法委|纪委|监委|委|组织部|宣传部|统战部"
    r"|工作部|部|处|室|站|台|社|街道|园区|开发区|新区|地区|镇|乡|村|县|区|市|省|州|旗|盟"
)
# What may follow the name of an agency; the name ends only there, so 会议费, 部门 and 政府采购
# are never cut.
_TOPIC = (
    r"(?:主要)?职(?:责|能)|职能|机构|概况|概括|基本|内设|人员|编制|预算|决算|收支|收入|支出|财政|一般公共"
    r"|政府性基金|国有|整体|绩效|项目|名词|三公|部门|单位|重点|工作|年度|公开|综合|报表|简介|其他|情况"
    r"|机关运行|政府采购|所属|本年|固定资产"
)
_AGENCY = re.compile(
    rf"(?:[^,。;:、表()]|\([^()]*\)){{2,40}}?(?:{_ORGANISATION})"
    rf"(?:\([^()]{{1,12}}\)|本级|机关|系统|及所属单位|及下属单位|\d{{0,4}})*(?:的)?(?={_TOPIC})"
)
_REGION = re.compile(
    r"^(?:全国|全省|全市|全县|全区|省级|省本级|市级|市本级|县级|县本级|区级|区本级|本级)"
)
_GENERIC = re.compile(
    r"^(?:关于|有关)?(?:本|我|该)?(?:区级|市级|省级|县级)?(?:预算单位|预算部门|部门|单位|学校|机关(?!运[行转]))?(?:的)?"
)
_ABOUT = re.compile(r"^(?:关于|有关|附)?(?:本|我|该)?(?:年度|年)?(?=.{2})")
_EDGE = " .。:;,、-—–·~"


@lru_cache(maxsize=4096)
def core(title: str) -> str:
    """The core of a folded title (see :mod:`disclosure_parser.document.folding`)."""
    title = title.translate(_QUOTES).strip(_EDGE)
    label = _LABEL.match(title)
    if label is not None and label.end() < len(title):
        title = title[label.end() :]
    for _ in range(2):
        remark = _REMARK.search(title)
        if remark is None or remark.start() < 2:
            break
        title = title[: remark.start()]
    title = _YEAR.sub("", title)
    title = _ABOUT.sub("", title, count=1)
    agency = _AGENCY.match(title)
    if agency is not None and len(title) - agency.end() >= 2:
        title = title[agency.end() :]
    return title.strip(_EDGE)


@lru_cache(maxsize=4096)
def bare_core(title: str) -> str:
    """A core without the words 部门, 单位 … in front, which templates use alike."""
    generic = _GENERIC.match(title)
    rest = title[generic.end() :] if generic is not None else title
    region = _REGION.match(rest)
    if region is not None:
        rest = rest[region.end() :]
    return rest if len(rest) >= 2 else title


def is_label(title: str) -> bool:
    """Whether a folded line is only the label of a table (``公开01表``)."""
    return len(title) <= 12 and _LABEL.fullmatch(title.strip(_EDGE)) is not None
