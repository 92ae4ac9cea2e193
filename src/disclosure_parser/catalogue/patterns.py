"""Regular expressions of the catalogue: the package's own, and those of users' files.

A user's expression may take exponential time on some title; it is compiled with the ``regex``
library, whose searches can be given a time limit, so that it cannot hold up a parse. That library
also knows ``\\p{Han}``. The package's own expressions are known to be harmless, and ``re`` is
loaded anyway.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from disclosure_parser.errors import CatalogueError

if TYPE_CHECKING:
    import regex

#: Seconds that one search may take; titles are short, and an ordinary search takes microseconds.
_LIMIT = 1.0


class Pattern(Protocol):
    """What a catalogue's expression can do."""

    @property
    def pattern(self) -> str:
        """The expression as written."""
        ...

    def search(self, string: str, /) -> object | None:
        """A match anywhere in the text, ``None`` if there is none."""
        ...


@frozen
class BoundedPattern:
    """A user's expression: a search that takes too long is an error that names its place."""

    place: str
    expression: regex.Pattern[str]

    @property
    def pattern(self) -> str:
        """The expression as written."""
        return str(self.expression.pattern)

    def search(self, string: str, /) -> object | None:
        """A match anywhere in the text.

        Raises:
            CatalogueError: the search took longer than a second.
        """
        try:
            return self.expression.search(string, timeout=_LIMIT)
        except TimeoutError as error:
            raise CatalogueError(
                f"{self.place}: the expression takes too long on {string[:40]!r}"
            ) from error


def own_pattern(place: str, text: str) -> Pattern:
    """An expression of the package's own files."""
    try:
        return re.compile(text)
    except re.error as error:
        raise CatalogueError(f"{place}: not a regular expression: {error}") from error


def users_pattern(place: str, text: str) -> Pattern:
    """An expression of a user's file."""
    import regex

    try:
        return BoundedPattern(place, regex.compile(text))
    except regex.error as error:
        raise CatalogueError(f"{place}: not a regular expression: {error}") from error
