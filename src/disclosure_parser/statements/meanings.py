"""What a column means by its header words (``catalogue/statements.toml``)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure_parser.catalogue.statements import meanings

#: Header words that leave the meaning to the level above, or to the row.
_GENERIC = re.compile(
    r"(?:其中:)?(?:(?:合计|总计|小计|共计|金额|价值|数额|总额|数|统计数|总计金额|资金总额|预算资金|全口径)"
    r"|(?:20\d\d年|20\d\d|年初|期初|期末|本年|上年|去年|当年|全年|调整|调整后|安排|实际|年度|度|支出|收入|编制|采购)*"
    r"(?:预算|决算|执行|完成|安排)?(?:总)?(?:统计)?(?:数|额|金额|情况|安排|合计|总计)?)(?:\(.*\))?"
)
#: Headers over other headers, which say the side or the classification.
CONTAINER = re.compile(
    r"(?:本年|当年)?(?:收入|支出|收支)(?:预算|决算)?(?:数|总计|合计)?|财政拨款(?:收入|支出)"
    r"|.*预算(?:财政拨款)?(?:基本)?支出|(?:支出)?(?:功能|经济)分类|支出用途|资金来源|政府采购金额.*|项目"
    r"|财政拨款基本支出"
)
_CARRIED = re.compile(r"上年.{0,6}结[转余]|年初.{0,6}结[转余]|结转结余|以前年度.{0,4}结[转余]")


def column_meaning(path: Sequence[str]) -> tuple[str, bool]:
    """The meaning of a folded header path, and whether it says 其中."""
    subset = bool(path) and path[-1].startswith("其中")
    if len(path) > 1 and any(_CARRIED.search(level) for level in path[:-1]):
        # 上年结转结余 by fund: parts of what was carried over, not of this year's money.
        part, _ = column_meaning(path[-1:])
        whole = part in {"", "total"}
        return ("revenue.carryover" if whole else "carryover." + part.partition(".")[2]), subset
    generic = False
    for level in reversed(path):
        for meaning in meanings():
            if meaning.match.search(level) and not (
                meaning.excluded is not None and meaning.excluded.search(level)
            ):
                return meaning.id, subset
        if not (_GENERIC.fullmatch(level) or CONTAINER.fullmatch(level)):
            return "", subset
        generic = True
    return "total" if generic else "", subset
