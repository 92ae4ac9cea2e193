"""A PDF as a scanner would give it: pictures of pages, a little askew, with noise, no text.

Run ``python -m corpus.scan REPORT …`` after the PDF was made. The same PDF gives the same pictures;
the committed files are those that a test reads.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

ROOT = Path(__file__).parent
#: Resolution, quality of the JPEG, degrees that the paper lies askew, noise of the sensor.
DPI, QUALITY, SKEW, NOISE = 150, 40, 0.4, 8.0


def pictures(
    pdf: bytes, *, dpi: int = DPI, skew: float = SKEW, noise: float = NOISE
) -> list[Image.Image]:
    """A grey picture of each page."""
    chance = np.random.default_rng(1)
    document = pypdfium2.PdfDocument(pdf)
    made = []
    for page in document:
        plain = page.render(scale=dpi / 72).to_pil().convert("L")
        turned = plain.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
        grey = np.asarray(turned, np.float64)
        grey = grey + chance.normal(0.0, noise, grey.shape)
        made.append(Image.fromarray(grey.clip(0, 255).astype(np.uint8)))
    return made


def scan(pdf: bytes) -> bytes:
    """The PDF of pictures."""
    first, *others = pictures(pdf)
    data = io.BytesIO()
    first.save(data, "PDF", save_all=True, append_images=others, resolution=DPI, quality=QUALITY)
    return data.getvalue()


def main(names: list[str]) -> int:
    """Scan the PDF of the named reports."""
    for name in names:
        folder = ROOT / name
        data = scan((folder / "report.pdf").read_bytes())
        (folder / "scan.pdf").write_bytes(data)
        print(f"{name}/scan.pdf: {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
