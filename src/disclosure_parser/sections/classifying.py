"""The place of lines in the budget classification 科目: their words, what they stand under."""

from __future__ import annotations

import re

from attrs import define, evolve, field

from disclosure_parser.document import Quote, fold
from disclosure_parser.language.classification import read_levels
from disclosure_parser.language.numbering import MarkFamily
from disclosure_parser.language.passage import Passage
from disclosure_parser.sections.model import Classification, Line

_FIELDS = {"类": "class_name", "款": "group_name", "项": "item_name"}
_LEVELS = {3: "class", 5: "group", 7: "item"}
_FIGURE = re.compile(r"\d(?![^()]*\))")
#: A line that is nothing but the name of a level, and no sentence.
_ALONE = re.compile(r"[^,;。:]{2,60}\([类款项]\)\"?(?:支出)?[。:]?")


def classification_of(label: Quote, above: Classification | None = None) -> Classification | None:
    """The place that a printed label names, completed by what it stands under."""
    passage = Passage(fold(label.text), label.anchor)
    found = read_levels(passage.text)
    if found is None:
        return None
    names = {_FIELDS[level]: passage.quote(*span) for level, span in found.names.items()}
    own = Classification(code=found.code, **names)
    if above is None or not names or own.class_name is not None:
        return own
    if own.group_name is not None:
        return evolve(own, class_name=above.class_name)
    return evolve(own, class_name=above.class_name, group_name=above.group_name)


def classified(line: Line, place: Classification) -> Line:
    """A line with its place; a printed code tells the concept where the words do not."""
    concept = line.concept
    if not concept and place.code:
        kind = "economic" if place.code.startswith("3") else "function"
        concept = f"expenditure.{kind}_{_LEVELS[len(place.code)]}"
    return evolve(line, classification=place, concept=concept)


def is_heading(text: str) -> bool:
    """Whether a folded paragraph names a level of the classification and says no more."""
    return _ALONE.fullmatch(text) is not None and not _FIGURE.search(text)


@define
class Headings:
    """The paragraphs that name the class or group of the items below: （一）公共安全支出（类）."""

    _open: list[tuple[MarkFamily | None, Classification]] = field(factory=list)

    def of(self, family: MarkFamily | None) -> Classification | None:
        """What a paragraph with a mark of ``family`` (or none) stands under."""
        if family is not None:
            # The next number of the headings' own make ends them.
            self._close(family)
        return self._open[-1][1] if self._open else None

    def read(self, family: MarkFamily | None, label: Quote) -> None:
        """Take note of a heading."""
        self._close(family)
        found = classification_of(label, self._open[-1][1] if self._open else None)
        if found is not None:
            self._open.append((family, found))

    def _close(self, family: MarkFamily | None) -> None:
        families = [entry[0] for entry in self._open]
        if family in families:
            del self._open[families.index(family) :]
