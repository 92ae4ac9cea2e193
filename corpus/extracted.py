"""Text that an extractor makes of our Word files: ``python -m corpus.extracted REPORT …``.

Needs ``iscc-tika`` (Apache Tika, 117 MB), which nothing else does; the files are committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent
SOURCES = ("report.doc", "report.docx")


def main(names: list[str]) -> int:
    """Write the text of the named reports' Word files beside them."""
    from iscc_tika import Extractor

    for name in names:
        for source in SOURCES:
            path = ROOT / name / "formats" / source
            text, _ = Extractor().extract_file_to_string(str(path))
            target = path.with_name(f"report.extracted-{path.suffix[1:]}.txt")
            target.write_text(text, "utf-8")
            print(f"{name}/formats/{target.name}: {len(text)} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
