"""Field codes that Word leaves in extracted text (``TC … \\f A \\l 1``, ``PAGEREF _Toc1 \\h``)."""

from __future__ import annotations

import re

# Every pattern needs a mark that no sentence has: a switch behind a backslash, a bookmark, a
# quoted address. Bounds, and no going back, keep
# the time linear.
_SWITCH = r"\s{0,4}\\[a-z*#@!](?:\s{0,4}(?:\"[^\"\n]{0,200}\"|[A-Z0-9](?![\w.])|MERGEFORMAT))?"
_FIELD = re.compile(
    rf"""\x13?\s?\b(?:
        (?:TC|XE)\s{{1,4}}(?:"[^"\n]{{0,200}}"|[^\\\n]{{0,200}}+)(?:{_SWITCH}){{1,8}}\s?
      | (?:TOC)(?:{_SWITCH}){{1,12}}\s?
      | (?:SEQ|REF|NOTEREF|STYLEREF|PAGE|NUMPAGES|SECTIONPAGES|DATE|TIME|INCLUDEPICTURE|LINK|EMBED)
        (?:[ ][^\\\n\x13-\x15]{{0,120}}+)?(?:{_SWITCH}){{1,8}}\s?
    )[\x14\x15]?
    | \x13?\bPAGEREF\s{{1,4}}\w{{1,64}}(?:\s{{1,4}}\\?[hp]\b){{0,2}}[ ]?[\x14\x15]?
    | \x13?\bHYPERLINK(?:\s{{1,4}}\\[a-z]){{0,3}}\s{{1,4}}"[^"\n]{{0,2000}}"
      (?:\s{{1,4}}\\[a-z](?:\s{{1,4}}"[^"\n]{{0,200}}")?){{0,4}}[ ]?[\x14\x15]?
    """,
    re.VERBOSE,
)


def may_have_fields(text: str) -> bool:
    """Whether a text can hold a field code at all; cheap."""
    return "\\" in text or "PAGEREF" in text or "HYPERLINK" in text


def field_spans(text: str) -> list[tuple[int, int]]:
    """The intervals of the field codes in a text, in order."""
    return [match.span() for match in _FIELD.finditer(text)]
