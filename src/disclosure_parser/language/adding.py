"""Whether the parts that a sentence has told add up to their whole: then what follows is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure_parser.language.drafts import Draft, Scope, Workspace

#: What opens the parts of the item before.
NESTING = re.compile(r"^(?:其中|(?:其中|主要)?包括)[:,]?")
#: One part that is all of its whole is no list.
_SEVERAL = 2


def parts_are_whole(work: Workspace, scope: Scope) -> bool:
    """Whether the parts of the innermost whole that is open add up to it."""
    whole = scope.wholes[-1]
    return _add_up(work, whole, [draft for draft in work.drafts if draft.parent == whole])


def added_up(work: Workspace, scope: Scope, end: int) -> bool:
    """Whether the parts read so far are the whole: what comes next is no part of it.

    ``基本支出6万元，其中：A 5万元、B 1万元；项目支出4万元``. Where semicolons stand between
    the parts, another part may be nothing (公务用车购置费0万元).
    """
    if not scope.wholes or scope.listed or scope.parted == scope.wholes[-1]:
        return False
    name = work.drafts[scope.wholes[-1]].name
    # 收支总预算 has two lists of parts, each of which adds up.
    if NESTING.match(work.text[end:]) or "收支" in name:
        return False
    sentence = work.text[end:].partition("。")[0].partition(";")[0]
    if f"占{name}" in sentence:
        # Another part by other lights: 授予中小企业合同金额3万元，占政府采购支出总额的75%.
        return False
    return parts_are_whole(work, scope)


def close_named(work: Workspace, scope: Scope) -> None:
    """``在本年支出中，A 5万元；B 4万元。``: the whole that the sentence names is that of the
    parts behind semicolons as well, if they add up to it."""
    if scope.named is None:
        return
    whole, first = scope.named
    scope.named = None
    parts = [
        draft
        for draft in work.drafts[first:]
        if draft.parent in {whole, scope.parent} and draft.within == scope.within
    ]
    own = work.drafts[whole].size
    # Nothing is the sum of any number of nothings.
    if own is not None and own[1] and _add_up(work, whole, parts):
        for draft in parts:
            draft.parent = whole


def _add_up(work: Workspace, whole: int, parts: Sequence[Draft]) -> bool:
    own = work.drafts[whole].size
    if own is None or len(parts) < _SEVERAL:
        return False
    sizes = [draft.size for draft in parts]
    known = [size[1] for size in sizes if size is not None and size[0] == own[0]]
    return len(known) == len(parts) and sum(known) == own[1]
