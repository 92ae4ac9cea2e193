"""The contents list as a plan: which titles are headings, and how they stand in each other."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from disclosure_parser.language.numbering import MarkFamily
from disclosure_parser.outline.contents import Entry
from disclosure_parser.outline.lines import Form, Line

#: Lines of a contents list that are used, and lines with one number or one title among them.
_MOST = 2000
_ALIKE = 40


@frozen
class Plan:
    """The entries of a contents list with the entry that each stands under (``None`` at the top).

    A contents list is short and in order, so the forms of its numbers alone tell its levels.
    """

    entries: tuple[Entry, ...]
    above: tuple[int | None, ...]
    places: dict[str, list[int]]
    numbers: dict[tuple[MarkFamily, int], list[int]]

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Plan:
        """The plan that the entries of a contents list make."""
        above: list[int | None] = []
        open_entries: list[int] = []
        places: dict[str, list[int]] = {}
        numbers: dict[tuple[MarkFamily, int], list[int]] = {}
        for index, entry in enumerate(entries[:_MOST]):
            families = [entries[i].family for i in open_entries]
            if entry.family in families:
                del open_entries[families.index(entry.family) :]
            elif entry.family is MarkFamily.PART or entry.family is None:
                open_entries.clear()
            above.append(open_entries[-1] if open_entries else None)
            open_entries.append(index)
            same = places.setdefault(entry.key, [])
            if len(same) < _ALIKE:
                same.append(index)
            if entry.family is not None and entry.ordinal is not None:
                alike = numbers.setdefault((entry.family, entry.ordinal), [])
                if len(alike) < _ALIKE:
                    alike.append(index)
        return cls(tuple(entries), tuple(above), places, numbers)

    def find(self, line: Line, after: int) -> int | None:
        """The entry that a line of the text is the heading of; ``after`` is the last one found."""
        if not self.entries or not line.titled:
            return None
        key = line.key
        found = [i for i in self.places.get(key, ()) if self._fits(self.entries[i], line)]
        if not found and line.mark is not None and len(key) > 3:
            found = [
                i
                for i in self.numbers.get((line.mark.family, line.mark.ordinal), ())
                if len(other := self.entries[i].key) > 3
                and (other.startswith(key) or key.startswith(other))
            ]
        if line.form is not Form.TITLE and line.mark is None:
            return None
        return next((i for i in found if i > after), found[0] if found else None)

    def _fits(self, entry: Entry, line: Line) -> bool:
        """Whether the marks allow it: a mark may be missing on one side, not differ."""
        if line.mark is None or entry.family is None:
            return True
        return (entry.family, entry.ordinal) == (line.family, line.mark.ordinal)
