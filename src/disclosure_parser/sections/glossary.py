"""Glossary 名词解释: terms and their definitions."""

from __future__ import annotations

import re

from attrs import evolve, frozen

from disclosure_parser.document import Quote
from disclosure_parser.outline.model import Section
from disclosure_parser.sections.base import ByKind
from disclosure_parser.sections.context import Context, TextBlock
from disclosure_parser.sections.model import Record


@frozen(kw_only=True)
class Term:
    """A term 名词 and its printed definition; ``more`` are paragraphs that go on.

    ``name`` is the folded term without quotation marks; ``group`` the heading it stands under
    (收入科目, 教育支出).
    """

    number: str
    name: str
    term: Quote
    definition: Quote
    group: Quote | None = None
    more: tuple[Quote, ...] = ()


@frozen(kw_only=True)
class Glossary(Record):
    """The glossary 名词解释. ``other`` is text that defines nothing."""

    terms: tuple[Term, ...] = ()
    other: tuple[Quote, ...] = ()


# A term ends at a colon, or before 指/是指/反映; a definition follows.
_TERM = re.compile(
    r"【?(?P<term>\"?[^:。;]{1,40}?\"?)(?:】|:|(?:,)?(?=(?:是指|指(?![标导数引南定]|挥部)|系指|主要指|主要反映|反映)))\"?"
    r"(?P<definition>.{2,})",
    re.DOTALL,
)
_CONTACT = re.compile(r"(?:联系人|联系电话|电话|传真|邮箱|网址|地址|公开日期)$|^附[件表注录]?\d*$")


@frozen(kw_only=True)
class GlossaryExtractor(ByKind):
    """Reads sections of kind ``glossary``."""

    record: type[Record] = Glossary

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record:
        terms: list[Term] = []
        other: list[Quote] = []
        group: Quote | None = None
        for position, section in enumerate(sections):
            if position and section.heading is not None:
                group = Quote(text=section.title, anchor=section.heading)
            for text in context.texts(section):
                term = _term(text, group)
                if term is not None:
                    terms.append(term)
                elif text.mark is not None and len(text.passage.text) <= 30:
                    group = text.body
                elif text.mark is None and terms:
                    terms[-1] = evolve(terms[-1], more=(*terms[-1].more, text.body))
                else:
                    other.append(text.body)
        return Glossary(
            section=sections[0].id,
            found_by=self.found_by(sections[0]),
            terms=tuple(terms),
            other=tuple(other),
        )


def _term(text: TextBlock, group: Quote | None) -> Term | None:
    start = text.mark.end if text.mark else 0
    match = _TERM.match(text.passage.text, start)
    if match is None or _CONTACT.search(match["term"]):
        return None
    if text.mark is None and len(match["term"]) > 16:
        # Without a mark only a short beginning is a term; else the paragraph goes on the last.
        return None
    return Term(
        number=text.number,
        name=match["term"].replace('"', "").strip(),
        term=text.passage.quote(match.start("term"), match.end("term")),
        definition=text.passage.quote(match.start("definition"), match.end("definition")),
        group=group,
    )


GLOSSARY = GlossaryExtractor(name="glossary", kinds=frozenset({"glossary"}))
