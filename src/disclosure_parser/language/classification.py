"""Items of the budget classification 政府收支分类科目 in prose: …（类）…（款）…（项）, with codes.

Templates print the names of all three levels, of the inner ones below a heading that names the
class, or the code: “一般公共服务支出（类）群众团体事务（款）行政运行（项）”, 小学教育（2050202）.
"""

from __future__ import annotations

import re

from attrs import frozen

#: An interval of a folded text.
Interval = tuple[int, int]

_LEVEL = re.compile(r"\((?P<level>[类款项])\)")
_CODE = r"[23]\d{2}(?:\d{2}){0,2}"
_BRACKETED_CODE = re.compile(rf"\((?:科目编码:?)?(?P<code>{_CODE})\)")
_LEADING_CODE = re.compile(rf"\"?(?P<code>{_CODE})[-—:]?(?=[^\W\d_])")
#: What may stand between the name of one level and that of the next.
_BETWEEN = re.compile(r"[\"'“”‘’\s\-—,、:]*(?:支出(?=[^\W\d_]))?")
_QUOTES = re.compile(r"[\"'“”‘’\s]*")
_MARKS = "\"'“”‘’ "
#: Codes level by level: 一般公共服务支出（201）政府办公厅（室）及相关机构事务（03）行政运行（01）.
_NAMED = r"[^\d,。;:]{2,40}?"
_STEPPED = re.compile(
    rf"(?P<class_name>{_NAMED})\((?P<class>[23]\d{{2}})\)(?P<group_name>{_NAMED})\((?P<group>\d\d)\)"
    rf"(?:(?P<item_name>{_NAMED})\((?P<item>\d\d)\))?"
)
_BY_LENGTH = {3: "类", 5: "款", 7: "项"}
#: A code of three digits before a name may be a number of things; longer ones are no such.
_SURE = 5


@frozen(kw_only=True)
class Levels:
    """Where a folded text names class 类, group 款 and item 项, and the code that it prints."""

    names: dict[str, Interval]
    code: str = ""


def read_levels(text: str) -> Levels | None:
    """The levels of the classification that a folded label names; ``None`` if it names none."""
    if "(" not in text and not text[:1].isdigit():
        return None
    stepped = _STEPPED.search(text)
    if stepped is not None:
        return _of_steps(stepped)
    code = _BRACKETED_CODE.search(text)
    leading = _LEADING_CODE.match(text)
    if code is None and leading is not None:
        marked = _LEVEL.search(text) is not None
        code = leading if marked or len(leading["code"]) >= _SURE else None
    names: dict[str, Interval] = {}
    at = leading.end() if leading is not None and code is leading else 0
    for match in _LEVEL.finditer(text):
        between = (_BETWEEN if names else _QUOTES).match(text, at)
        start, end = between.end() if between is not None else at, match.start()
        while end > start and text[end - 1] in _MARKS:
            end -= 1
        if end > start and match["level"] not in names:
            names[match["level"]] = start, end
        at = match.end()
    if code is None and not names:
        return None
    if code is not None and not names:
        # 小学教育（2050202）, 2050202小学教育: the code says the level.
        first, last = (at, len(text)) if code is leading else (0, code.start())
        if text[first:last].strip():
            names[_BY_LENGTH[len(code["code"])]] = first, last
    return Levels(names=names, code=code["code"] if code is not None else "")


def _of_steps(match: re.Match[str]) -> Levels:
    names = {
        level: match.span(f"{group}_name")
        for level, group in (("类", "class"), ("款", "group"), ("项", "item"))
        if match[group] is not None
    }
    code = "".join(match[group] or "" for group in ("class", "group", "item"))
    return Levels(names=names, code=code)
