"""What of a page is the report, and what is the page around it 正文与网页框架.

The report is where sentences, numbered headings and tables of figures stand together: the lowest
element that holds nearly all of them, with its neighbours as long as these are not navigation or
the foot of a site. Names and classes of elements are not asked; every site has its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from disclosure_parser.document import Role
from disclosure_parser.readers.html.drafts import Draft, LineDraft, TableDraft

if TYPE_CHECKING:
    from lxml import etree

_SENTENCE = re.compile(r"[。；！？]")
_HEADING = re.compile(
    r"\s*(?:第[一二三四五六七八九十]{1,3}(?:部分|章|节)|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、]\s*[^\d\s])"
)
_FIGURE = re.compile(r"\d")
_DATE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
#: Lines that sites print around any article, whoever wrote it: a label with a colon, or words that
#: stand alone. A report may begin a line with the same words (打印机, 适老化改造) and go on.
_CHROME = re.compile(
    r"\W*(?:[您你]?(?:当前|现在|目前)?(?:所在)?的?位置\s*[:：]|首\s*页\s*(?:[>＞»|/\\-]|$)|"
    r"(?:发布(?:时间|日期|机构|人)|(?:信息|文章|稿件)?来源|作者|(?:责任)?编辑|主办(?:单位)?|承办(?:单位)?|"
    r"技术支持|分享(?:到|至)?|(?:浏览|访问|点击|阅读)(?:次数|量|数|率)?|字号|字体(?:大小)?|上一[篇条页]|"
    r"下一[篇条页]|索\s*引\s*号|信息索取号)\s*[:：]|"
    r"(?:打印(?:本页|此页|文章|文档)?|关闭(?:窗口|本页|此页)?|收藏(?:本页|本站)?|保存本页|二维码|"
    r"上一[篇条页]|下一[篇条页]|尾页|相关(?:阅读|链接|文章|文档|信息|附件|稿件)|推荐阅读|返回(?:顶部|首页)|"
    r"分享(?:到|至)?|网站(?:地图|声明|首页)|联系我们|无障碍(?:浏览|阅读|版)?|长者(?:模式|版|助手)|适老(?:模式|版)|"
    r"简体(?:中文|版)?|繁体(?:中文|版)?|繁體(?:中文|版)?|English|搜索|登录|注册|友情链接|设为首页|加入收藏|"
    rf"\W)+$|扫一扫.{{0,30}}$|{_DATE}\s*(?:$|[【\[|]|来源|作者|字体|字号|浏览|点击|阅读|访问|发布))",
    re.IGNORECASE,
)
#: Labels of the table in which a site files a document 信息公开目录.
_FILED = re.compile(
    r"(?:索\s*引\s*号|信息索取号|主题分类|主题词|组配分类|发文(?:机关|字号|日期)|发布(?:机构|日期|时间)|"
    r"成文日期|生成日期|公开(?:日期|方式|范围|责任部门)|(?:信息|文件)?名\s*称|文\s*号|有\s*效\s*性|"
    r"内容概述|体裁分类|服务对象)\s*[:：]?"
)
#: What only the foot of a site says, anywhere in a line.
_FOOT = re.compile(r"版权所有|ICP备|公网安备|网站标识码|copyright|位访(?:问者|客)", re.IGNORECASE)
_CHROME_LONGEST = 120
_FILING_LINES = 40
_SPACES = re.compile(r"\s+")
_TITLE_END = re.compile(r"[-_|—–－]+")
#: Sentences outside the main element: a disclaimer at the foot of the site is no report.
_REST = 0.03
_REST_CHARACTERS = 300
_SENTENCE_CHARACTERS = 20
_LEAST_TITLE = 5
_MOSTLY = 0.6
#: So few characters of sentences and tables are no report, only a word before an attachment.
_SHELL = 200


@frozen(kw_only=True)
class Reading:
    """The roles of the drafts; ``strong`` counts the characters that only a report has."""

    roles: list[Role]
    strong: int
    titled: bool

    def shell(self, *, attached: bool) -> bool:
        """Whether the page holds no report of its own; ``attached`` if it refers to files."""
        return self.strong < _SHELL if attached else not self.strong


def read_roles(drafts: Sequence[Draft], body: etree._Element, titles: Sequence[str]) -> Reading:
    """Tell the drafts of a page apart; ``titles`` are those that its head declares."""
    weights = [_weight(draft) for draft in drafts]
    strong = sum(weights)
    main = _main(drafts, weights, body)
    inside = dict.fromkeys(main.iter()) if main is not None else None
    roles: list[Role] = []
    for draft, weight in zip(drafts, weights, strict=True):
        if isinstance(draft, LineDraft) and draft.hidden:
            roles.append(Role.HIDDEN)
        elif inside is not None and draft.holder not in inside:
            roles.append(Role.FURNITURE)
        else:
            roles.append(Role.TEXT if weight or _neutral(draft) else Role.FURNITURE)
    titled = _give_title(drafts, roles, titles)
    return Reading(roles=roles, strong=strong, titled=titled)


def _weight(draft: Draft) -> int:
    """Characters of a draft that are surely the report's; 0 for one that may be anything."""
    if draft.aside:
        return 0
    if isinstance(draft, TableDraft):
        figures = sum(
            bool(_FIGURE.search(line.text)) for cell in draft.cells for line in cell.lines
        )
        length = draft.length
        data = draft.rows >= 2 and draft.columns >= 2 and figures >= 2 and not _is_filing(draft)
        return length if data and draft.linked < length * _MOSTLY else 0
    text = draft.text
    if draft.hidden or draft.linked > len(text) * _MOSTLY:
        return 0
    if _is_chrome(text):
        return 0
    if len(text) >= _SENTENCE_CHARACTERS and _SENTENCE.search(text):
        return len(text)
    return len(text) if _HEADING.match(text) else 0


def _is_filing(draft: TableDraft) -> bool:
    """Whether a table says how a site files the document: two labels of such a table or more."""
    texts = [line.text.strip() for cell in draft.cells for line in cell.lines]
    return len(texts) <= _FILING_LINES and sum(map(bool, map(_FILED.fullmatch, texts))) >= 2


def _is_chrome(text: str) -> bool:
    if len(text) > _CHROME_LONGEST:
        return False
    return bool(_FOOT.search(text)) or ("。" not in text and bool(_CHROME.match(text)))


def _neutral(draft: Draft) -> bool:
    """Whether nothing says that a draft is the page's and not the report's."""
    if draft.aside:
        return False
    if isinstance(draft, TableDraft):
        return draft.linked < max(draft.length, 1) * _MOSTLY and not _is_filing(draft)
    text = draft.text
    if not text:
        return True
    if _is_chrome(text):
        return False
    # Several links beside each other are a menu; one may be an attachment or a reference.
    return draft.linked < len(text) * _MOSTLY or len(text) > _SENTENCE_CHARACTERS


def _main(
    drafts: Sequence[Draft], weights: Sequence[int], body: etree._Element
) -> etree._Element | None:
    """The element that holds the report; ``None`` for a page without one."""
    held: dict[etree._Element, int] = {}
    lines = Counter(draft.holder for draft in drafts)
    for draft, weight in zip(drafts, weights, strict=True):
        if not weight:
            continue
        # An element with one line in it is that line, one with several is their page.
        alone = lines[draft.holder] == 1 and draft.holder is not body
        element = draft.holder.getparent() if alone else draft.holder
        while element is not None:
            held[element] = held.get(element, 0) + weight
            element = element.getparent() if element is not body else None
    total = held.get(body, 0)
    if not total:
        return None
    main = body
    while True:
        below = max(main, key=lambda child: held.get(child, 0), default=None)
        rest = total - (held.get(below, 0) if below is not None else 0)
        if below is None or rest > min(total * _REST, _REST_CHARACTERS):
            break
        main = below
    return _with_neighbours(main, drafts, body)


def _with_neighbours(
    main: etree._Element, drafts: Sequence[Draft], body: etree._Element
) -> etree._Element:
    """The highest element around ``main`` in which nothing but the report stands."""
    stray: set[etree._Element] = set()
    for draft in drafts:
        hidden = isinstance(draft, LineDraft) and draft.hidden
        if not hidden and not _neutral(draft):
            element: etree._Element | None = draft.holder
            while element is not None and element not in stray:
                stray.add(element)
                element = element.getparent()
    while main is not body:
        parent = main.getparent()
        if parent is None or any(child in stray for child in parent if child is not main):
            break
        main = parent
    return main


def _give_title(drafts: Sequence[Draft], roles: list[Role], titles: Sequence[str]) -> bool:
    """Take the line that says the page's title for text, wherever it stands; whether one does."""
    first = next((i for i, role in enumerate(roles) if role is Role.TEXT), len(roles))
    folded = [_SPACES.sub("", title) for title in titles]
    for index, draft in enumerate(drafts):
        if isinstance(draft, LineDraft) and roles[index] is Role.TEXT:
            if _says(draft.text, folded):
                return True
            if index > first + 20:
                break
    for index in range(min(first, len(drafts)) - 1, -1, -1):
        draft = drafts[index]
        if not isinstance(draft, LineDraft) or draft.hidden or roles[index] is Role.TEXT:
            continue
        if draft.linked < len(draft.text) * _MOSTLY and _says(draft.text, folded):
            roles[index] = Role.TEXT
            return True
    return False


def _says(text: str, titles: Sequence[str]) -> bool:
    """Whether a line is one of the titles, or the part of one before the site's name."""
    line = _SPACES.sub("", text)
    if len(line) < _LEAST_TITLE:
        return False
    return any(
        (len(title) >= _LEAST_TITLE and line.endswith(title))
        or (title.startswith(line) and _TITLE_END.match(title, len(line)))
        for title in titles
    )
