"""What a paragraph holds, collected run by run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from disclosure_parser.document import Role
from disclosure_parser.errors import LimitExceededError
from disclosure_parser.readers.docx.styles import Form, Look

if TYPE_CHECKING:
    from lxml import etree

    from disclosure_parser.readers.base import Limits


class Meter:
    """Counts the characters of a document against the limit."""

    def __init__(self, limits: Limits) -> None:
        self._limit = limits.characters
        self._count = 0

    def add(self, count: int) -> None:
        """Count characters.

        Raises:
            LimitExceededError: there are more than the limits allow.
        """
        self._count += count
        if self._count > self._limit:
            raise LimitExceededError(f"more than {self._limit} characters of text")


class Line:
    """What a paragraph holds, collected run by run.

    ``apart`` holds what is not printed in the line (deleted, hidden, field codes, …), neighbours
    of a kind together; ``boxes`` the contents of text boxes; ``charts`` and ``diagrams`` the
    relationship ids of drawings that stand in parts of their own.
    """

    __slots__ = (
        "_bold", "_break", "_last", "_sizes", "apart", "boxes", "charts", "diagrams", "form",
        "in_contents", "length", "objects", "pictures", "printed",
    )  # fmt: skip

    def __init__(self, form: Form) -> None:
        self.form = form
        self.printed: list[str] = []
        self.apart: list[tuple[Role, list[str]]] = []
        self.boxes: list[tuple[Iterable[etree._Element], Role]] = []
        self.charts: list[str] = []
        self.diagrams: list[str] = []
        self.pictures = 0
        self.objects = 0
        self.in_contents = 0
        self.length = 0
        self._bold = 0
        self._sizes: dict[float | None, int] = {}
        self._break = False
        self._last = Role.TEXT

    def add(self, text: str, role: Role) -> None:
        """Add characters that are printed in the line, or belong to another role."""
        if role is Role.TEXT:
            if self._break and self.printed:
                self.printed.append("\n")
            self._break = False
            self.printed.append(text)
        elif role is self._last:
            self.apart[-1][1].append(text)
        else:
            self.apart.append((role, [text]))
        self._last = role

    def part(self) -> None:
        """Begin a new piece with the next characters that are not printed."""
        self._last = Role.TEXT

    def page_break(self) -> None:
        """A page or column ends here: a line end, where text stands on both sides."""
        self._break = True

    def weigh(self, count: int, look: Look, in_contents: bool) -> None:
        """Note how printed characters look."""
        self.length += count
        if look.bold:
            self._bold += count
        if in_contents:
            self.in_contents += count
        self._sizes[look.size] = self._sizes.get(look.size, 0) + count

    @property
    def bold(self) -> bool:
        """Whether all printed characters are bold."""
        return 0 < self.length == self._bold

    @property
    def size(self) -> float | None:
        """The size of most of the printed characters, in points."""
        if not self._sizes:
            return self.form.look.size
        return max(self._sizes, key=lambda size: self._sizes[size])
