"""Recognition against the text layer: pages of PDFs as pictures, read, and compared with the PDF.

Run it by hand; nothing is asserted::

    python -m tests.benchmarks.bench_ocr [--pages N] [--rough] [FOLDER | FILE …]

From every PDF it takes up to N pages, spread over the file, renders them (``--rough``: at 150 dpi,
askew, with noise, as JPEG of low quality) and prints what share of characters, of cells (place and
text) and of figures is right, how many wrong figures are not marked as doubtful, and the
processor seconds a page.
"""

from __future__ import annotations

import argparse
import io
import re
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from corpus.scan import pictures

from disclosure_parser import Report, parse
from disclosure_parser.document import Table, fold_text
from disclosure_parser.readers import ocr

_LEADERS = re.compile(r"[.·…]{3,}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("places", nargs="*", type=Path, default=[Path("corpus")])
    parser.add_argument("--pages", "--rounds", type=int, default=2, help="pages of a file")
    parser.add_argument("--rough", action="store_true")
    options = parser.parse_args(arguments)
    paths = [p for place in options.places for p in _pdfs(place)]
    if not ocr.installed() or not paths:
        print("OCR: nothing measured")
        return 0
    right: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    wrong = unmarked = pages = 0
    seconds = 0.0
    for path in paths:
        some = _some(path, options.pages)
        if some is None:
            continue
        printed = parse(some)
        picture = _pictures(some, rough=options.rough)
        began = time.process_time()
        read = parse(picture)
        seconds += time.process_time() - began
        pages += len(read.document.recognised)
        for name, of in _MEASURES.items():
            one, two = of(printed), of(read)
            right[name] += (one & two).total()
            all_of[name] += one.total()
        known = _figures(printed)
        for fact in read.facts():
            if (fact.measure, fact.yuan or fact.number) not in known:
                wrong += 1
                unmarked += fact.doubt is None
    print(f"OCR, pages: {pages} of {len(paths)} files")
    for name in _MEASURES:
        share = 100 * right[name] / max(all_of[name], 1)
        print(f"OCR, {name} right: {share:.2f} % of {all_of[name]}")
    print(f"OCR, figures that are not printed: {wrong}, of these not marked: {unmarked}")
    print(f"OCR: {seconds / max(pages, 1):.1f} s a page")
    return 0


def _pdfs(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(place.rglob("*.pdf"))


def _some(path: Path, count: int) -> bytes | None:
    """Up to ``count`` pages of a PDF that have text, as a PDF."""
    source = pypdfium2.PdfDocument(path)
    texts = [n for n in range(len(source)) if source[n].get_textpage().count_chars() > 100]
    if not texts:
        return None
    chosen = sorted({texts[round(i)] for i in np.linspace(0, len(texts) - 1, count)})
    made = pypdfium2.PdfDocument.new()
    made.import_pages(source, chosen)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def _pictures(pdf: bytes, *, rough: bool) -> bytes:
    options: dict[str, Any] = {"resolution": 150} if rough else {"resolution": 200}
    made = pictures(pdf) if rough else pictures(pdf, dpi=200, skew=0.0, noise=0.0)
    data = io.BytesIO()
    made[0].save(
        data,
        "PDF",
        save_all=True,
        append_images=made[1:],
        quality=50 if rough else 95,
        **options,
    )
    return data.getvalue()


def _characters(report: Report) -> Counter[object]:
    texts = (
        text
        for block in report.document.blocks
        for text in (
            [cell.text for cell in block.cells] if isinstance(block, Table) else [block.text]
        )
    )
    # The dots that lead to a page number are no text.
    plain = (_LEADERS.sub("", fold_text(text)) for text in texts)
    return Counter(char for text in plain for char in text if not char.isspace())


def _cells(report: Report) -> Counter[object]:
    return Counter(
        (number, cell.row, cell.column, "".join(fold_text(cell.text).split()))
        for number, (_, table) in enumerate(report.document.tables())
        for cell in table.cells
    )


def _figures(report: Report) -> Counter[object]:
    return Counter((fact.measure, fact.yuan or fact.number) for fact in report.facts())


_MEASURES = {"characters": _characters, "cells": _cells, "figures": _figures}


if __name__ == "__main__":
    raise SystemExit(main())
