"""Files that do harm: an extractor for workers that looks for a marker in the report.

Workers import this module (``preload``); it registers an extractor that suits nothing but acts on
what stands in the text: ``毒物 segfault`` and so on.
"""

from __future__ import annotations

import ctypes
import os
import re
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

from disclosure_parser import register
from disclosure_parser.batch.sinks import Entry
from disclosure_parser.document import Paragraph
from disclosure_parser.outline.model import Section
from disclosure_parser.report import Report
from disclosure_parser.sections.context import Context
from disclosure_parser.sections.model import Record
from disclosure_parser.sections.narrative import NARRATIVE

MARK = re.compile(r"毒物 ([a-z]+)(?: (\S+))?")


def poisoned(what: str, nonce: object = "") -> bytes:
    """A report that does harm when it is parsed; ``nonce`` makes it another content."""
    return f"毒物 {what}\n{nonce}号档案馆2024年部门预算\n一、收支总体情况\n无。\n".encode()


def act(what: str, argument: str | None) -> None:
    """Do the harm."""
    if what == "segfault":
        ctypes.string_at(0)
    elif what == "abort":
        ctypes.CDLL(None).abort()
    elif what == "hang":
        # In C, and with the interpreter's lock held: no thread or signal handler could end it.
        re.match(r"(a|a)*c", "a" * 60 + "b")
    elif what == "exit":
        os._exit(7)
    elif what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "native":
        # What a C++ library does that is given no memory.
        while ctypes.CDLL(None).malloc(ctypes.c_size_t(2**24)):
            pass
        ctypes.CDLL(None).abort()
    elif what == "raise":
        # An exception that comes out of C.
        int("9" * 5000)
    elif what == "garbage":
        # A process that has lost its mind writes over its own pipe.
        for descriptor in range(3, 32):
            try:
                os.write(descriptor, b"\xff" * 64)
            except OSError:
                continue
        os._exit(0)
    elif what == "once" and argument is not None:
        # Harmful the first time only.
        try:
            Path(argument).touch(exist_ok=False)
        except FileExistsError:
            return
        ctypes.string_at(0)


def text_of(document_blocks: object) -> str:
    """The text of the first paragraph."""
    first = document_blocks[0] if isinstance(document_blocks, tuple) and document_blocks else None
    return first.text if isinstance(first, Paragraph) else ""


@frozen
class Poison:
    """An extractor that suits nothing."""

    name: str = "poison"
    record: type[Record] = NARRATIVE.record
    absorbs: frozenset[str] = frozenset()

    def suits(self, section: Section, context: Context) -> float:  # noqa: ARG002
        """Act on the marker."""
        match = MARK.match(text_of(context.document.blocks))
        if match is not None:
            act(match[1], match[2])
        return 0.0

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record | None:
        """Never asked."""
        raise NotImplementedError


@frozen
class Greedy:
    """A sink that takes memory without end, or raises, for reports that say so."""

    name: str = "greedy"

    def encode(self, report: Report) -> bytes:
        """Act on the marker."""
        text = text_of(report.document.blocks)
        if "毒物 memory" in text:
            taken = []
            while True:
                taken.append(bytearray(2**24))
        if "毒物 sink" in text:
            raise LookupError("this sink cannot")
        return b""

    def write(
        self,
        folder: Path,  # noqa: ARG002
        payloads: Iterable[bytes],  # noqa: ARG002
        account: Iterable[Entry],  # noqa: ARG002
    ) -> Iterator[Path]:
        """Nothing."""
        return iter(())


register(Poison())
