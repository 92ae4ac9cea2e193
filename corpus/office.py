"""Formats that LibreOffice makes of others: legacy Word (.doc, .wps) and Excel (.xls)."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path


def convert(data: bytes, suffix: str, target: str) -> bytes:
    """A file of one suffix as one of another (``.docx`` as ``doc``).

    Raises:
        OSError, subprocess.SubprocessError: LibreOffice is not there, or failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"report{suffix}"
        source.write_bytes(data)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                target,
                "--outdir",
                folder,
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return source.with_suffix(f".{target.partition(':')[0]}").read_bytes()
