"""Render every corpus report into its formats and write the manifest.

Run ``python -m corpus.build`` from the project's root, with the names of reports to build only
those. PDF files need LibreOffice and the Noto CJK fonts; the built files are committed, so
nothing else does.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from corpus import parts, pdf, textforms, word
from corpus.source import Report, load

ROOT = Path(__file__).parent
MANIFEST = ROOT / "manifest.json"


def reports() -> list[Path]:
    """The folders of the reports, by name."""
    return sorted(path.parent for path in ROOT.glob("*/source.txt"))


def file_name(form: str) -> str:
    """The file a format is written to (``report.a.txt``, ``report.docx``)."""
    return f"report.{form}.txt" if len(form) == 1 else f"report.{form}"


def render(report: Report, form: str) -> bytes:
    """One format of a report. Only ``pdf`` needs LibreOffice."""
    if form == "docx":
        return word.render(report)
    if form == "pdf":
        return pdf.convert(word.render(report, printed=True))
    text = textforms.render(report, form)
    if report.settings.get("line_ends") == "crlf":
        text = text.replace("\n", "\r\n")
    return text.encode(report.settings.get("encoding", "utf-8"))


def digest(data: bytes) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()


def main(names: list[str]) -> int:
    """Build the named reports, or all."""
    manifest = json.loads(MANIFEST.read_text("utf-8")) if MANIFEST.exists() else {}
    for folder in reports():
        if names and folder.name not in names:
            continue
        report = load(folder)
        entry = {"source.txt": digest((folder / "source.txt").read_bytes())}
        for form in report.formats:
            data = render(report, form)
            (folder / file_name(form)).write_bytes(data)
            entry[file_name(form)] = digest(data)
            print(f"{folder.name}/{file_name(form)}: {len(data)} bytes")
        if "parts" in report.settings:
            (folder / "parts").mkdir(exist_ok=True)
            for name, data in parts.render(report).items():
                (folder / "parts" / name).write_bytes(data)
                entry[f"parts/{name}"] = digest(data)
        manifest[folder.name] = entry
    kept = {folder.name: manifest[folder.name] for folder in reports()}
    MANIFEST.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
