"""What the results of a batch depend on besides the content of a file."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import disclosure_parser
from disclosure_parser.batch.model import Settings

_GROUP = "disclosure_parser.extractors"
_LIBRARIES = {"lxml", "pdfminer-six", "pypdfium2"}


def parser_version(settings: Settings) -> str:
    """The version of the parser for a journal: its number and a digest.

    The digest covers the source of the package (so that a changed checkout is another version), the
    libraries that read files, packages with extractors, and the options that change what a
    report becomes. Time and memory limits are not part of it: raise them and ``--retry-failed``.
    """
    options = (
        settings.preload,
        settings.sinks,
        settings.limits,
    )
    digest = hashlib.sha256(f"{_installed()}{options!r}".encode())
    return f"{disclosure_parser.__version__}+{digest.hexdigest()[:12]}"


@cache
def _installed() -> str:
    digest = hashlib.sha256()
    root = Path(disclosure_parser.__file__).parent
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".toml", ".tsv"):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    others = set()
    for found in distributions():
        name = (found.name or "").lower().replace("_", "-").replace(".", "-")
        extends = any(point.group == _GROUP for point in found.entry_points)
        if name in _LIBRARIES or extends:
            others.add(f"{name}={found.version}")
    return digest.hexdigest() + repr(sorted(others))
