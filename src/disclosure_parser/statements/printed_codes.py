"""Codes of rows: from their cells or from the start of the name, and what the code lists say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from attrs import evolve

from disclosure_parser.catalogue import codes
from disclosure_parser.catalogue.codes import Agreement, CodeList, Domain
from disclosure_parser.catalogue.codes.entries import name_key
from disclosure_parser.document import Quote, fold_text
from disclosure_parser.statements.hierarchy import LaneState
from disclosure_parser.statements.model import Lane, PrintedCode, Row

_CODE = re.compile(r"[A-Z]?\d{2,11}")
_LEADING_CODE = re.compile(
    r"[\[(]?(?P<code>[1-9]\d{2}(?:\d{2}){0,3})[\])]?[-—_:、.]?(?=[^\W\d_])(?!年|月|元|万|个|类|人(?:次|员|$))"
)
_LEVELS = {3: "类", 5: "款", 7: "项", 9: "目"}
#: Lists whose codes stand in statements.
_DOMAINS = (Domain.FUNCTIONAL, Domain.ECONOMIC, Domain.GOVERNMENT_ECONOMIC, Domain.REVENUE)


def is_code(folded: str, *, first: bool) -> bool:
    """Whether a cell of a code column holds a code or, beside the first cell, a part of one."""
    return bool(_CODE.fullmatch(folded)) or (not first and len(folded) == 1 and folded.isdigit())


def leading_code(name: Quote, state: LaneState) -> PrintedCode | None:
    """The code in front of a name (2010601行政运行), if a list holds it."""
    match = _LEADING_CODE.match(fold_text(name.text))
    if match is None:
        return None
    code = match["code"]
    start = name.text.find(code)
    if start < 0 or not any(codes.of_domain(d).history(code) for d in _DOMAINS):
        return None
    state.code = code
    start += name.anchor.start
    quote = Quote(text=code, anchor=name.anchor.at(start, start + len(code)))
    return PrintedCode(code=code, parts=(quote,), domain=Domain.FUNCTIONAL)


def read_code(
    parts: Sequence[tuple[int, Quote]], state: LaneState, name: Quote | None = None
) -> PrintedCode:
    """The code of a row from its cells, each with its place among the code columns.

    In a single column a level may be printed without those above it (208, below it 05): it is
    completed where a list holds the whole code with the row's name.
    """
    printed_parts = [fold_text(quote.text) for _, quote in parts]
    texts = [text.zfill(2) for text in printed_parts]
    doubt = None
    if len(texts) == 1 and (len(texts[0]) > 2 or parts[0][0] == 0):
        code = texts[0]
        if len(code) < 3:
            whole = _completed(code, state.code, name)
            doubt = "completed from the rows above" if whole else "not a whole code"
            code = whole or code
    elif len(texts[0]) == 3 and all(len(text) == 2 for text in texts[1:]):
        code = "".join(texts)
    elif len(texts) > 1 and all(more.startswith(less) for less, more in pairwise(texts)):
        code = texts[-1]
    else:
        kept = state.code[: 3 + 2 * (parts[0][0] - 1)] if parts[0][0] else ""
        code = kept + "".join(texts)
        doubt = "completed from the rows above" if kept else "parts that do not fit together"
    if texts != printed_parts:
        doubt = doubt or "a part of one digit, read with a zero before it"
    if doubt != "parts that do not fit together" and len(code) > 2:
        state.code = code
    return PrintedCode(
        code=code,
        parts=tuple(quote for _, quote in parts),
        domain=Domain.FUNCTIONAL,
        doubt=doubt,
    )


def _completed(part: str, above: str, name: Quote | None) -> str:
    """The code that ends with ``part`` below the code above and has a name in a list."""
    if name is None:
        return ""
    key = name_key(name.text)
    for length in (3, 5):
        code = above[:length] + part
        if len(above) >= length and any(
            name_key(entry.name) == key
            for domain in _DOMAINS
            for entry in codes.of_domain(domain).history(code)
        ):
            return code
    return ""


def look_up(rows: Sequence[Row], lanes: Sequence[Lane], year: int | None) -> tuple[Row, ...]:
    """The rows with the list that the codes of each lane belong to, and what it says of them."""
    domains = {
        lane.index: _lane_domain(lane, [r for r in rows if r.lane == lane.index], year)
        for lane in lanes
    }
    found = []
    for row in rows:
        domain = domains[row.lane]
        if row.code is not None and domain is not None:
            row = evolve(row, code=_looked_up(row.code, row.name, domain, year))
        found.append(row)
    return tuple(found)


def _lane_domain(lane: Lane, rows: Sequence[Row], year: int | None) -> Domain | None:
    """The domain that the table says, unless the names of the codes say another."""
    coded = [(row.code.code, row.name) for row in rows if row.code is not None]
    if not coded:
        return lane.domain
    candidates = sorted(_DOMAINS, key=lambda d: d is not lane.domain)
    if any(code[0].isalpha() for code, _ in coded):
        return Domain.PROCUREMENT
    scores = {d: _agreeing(codes.of_domain(d, year), coded) for d in candidates}
    best = max(candidates, key=lambda d: scores[d])
    if lane.domain is not None and 2 * scores[best] <= len(coded):
        return lane.domain
    return best


def _agreeing(listed: CodeList, coded: Iterable[tuple[str, Quote | None]]) -> int:
    good = {Agreement.SAME, Agreement.VARIANT, Agreement.OTHER_YEAR}
    return sum(1 for code, name in coded if name and listed.agreement(code, name.text) in good)


def _looked_up(
    code: PrintedCode, name: Quote | None, domain: Domain, year: int | None
) -> PrintedCode:
    if domain is Domain.PROCUREMENT:
        guess = codes.guess_edition(code.code, name.text if name else None, year)
        entry = guess.entry
        agreement = Agreement.UNKNOWN
        if entry is not None and name is not None:
            same = codes.procurement(guess.edition).find(name.text)
            agreement = Agreement.SAME if entry in same else Agreement.DIFFERENT
        return evolve(
            code,
            domain=domain,
            official=entry.name if entry is not None else None,
            edition=guess.edition.value if guess.edition is not None else None,
            agreement=agreement,
        )
    listed = codes.of_domain(domain, year)
    entry = listed.get(code.code)
    printed = name.text if name is not None else ""
    if name is not None and code.parts[0].anchor.column == name.anchor.column:
        printed = _LEADING_CODE.sub("", fold_text(printed))
    agreement = listed.agreement(code.code, printed)
    if year is None and agreement is Agreement.OTHER_YEAR:
        # No year tells which name was in force: the one that is printed was.
        named = [e for e in listed.history(code.code) if name_key(e.name) == name_key(printed)]
        if named:
            entry, agreement = named[-1], Agreement.SAME
    return evolve(
        code,
        domain=domain,
        level=_LEVELS.get(len(code.code), ""),
        official=entry.name if entry is not None else None,
        edition=entry.edition if entry is not None else None,
        agreement=agreement,
    )
