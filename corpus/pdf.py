"""The PDF form of a corpus report: LibreOffice prints the Word form."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path

#: What LibreOffice writes anew each time, and the fixed bytes that take its place.
_VOLATILE = (
    (re.compile(rb"(/CreationDate\(D:)\d{14}[^)]*\)"), None),
    (re.compile(rb"/ID \[ ?<([0-9A-F]+)>\s*<([0-9A-F]+)> ?\]"), b"0"),
    (re.compile(rb"/DocChecksum /([0-9A-F]+)"), b"0"),
)


def convert(word: bytes) -> bytes:
    """The Word file as PDF, with the same bytes for the same input and LibreOffice.

    Raises:
        RuntimeError: LibreOffice is not installed or did not make the file.
    """
    office = shutil.which("soffice")
    if office is None:
        raise RuntimeError("the PDF files need LibreOffice (soffice)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "report.docx"
        source.write_bytes(word)
        profile = f"-env:UserInstallation=file://{folder / 'profile'}"
        subprocess.run(
            [office, profile, "--headless", "--convert-to", "pdf", "--outdir", name, str(source)],
            check=True,
            capture_output=True,
            timeout=600,
        )
        result = folder / "report.pdf"
        if not result.exists():
            raise RuntimeError("LibreOffice made no PDF")
        return _settled(result.read_bytes())


def _settled(data: bytes) -> bytes:
    """The PDF without the time it was made; lengths stay, since offsets depend on them."""
    for pattern, filler in _VOLATILE:
        data = pattern.sub(partial(_replaced, filler), data)
    return data


def _replaced(filler: bytes | None, match: re.Match[bytes]) -> bytes:
    whole = match.group()
    if filler is None:
        return match.group(1) + b"20240101000000" + whole[len(match.group(1)) + 14 :]
    for group in match.groups():
        whole = whole.replace(group, filler * len(group))
    return whole
