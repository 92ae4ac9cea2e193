"""The recogniser: characters with boxes and confidence, from the pixels of a page.

RapidOCR with ONNX Runtime; its models lie in the wheel, nothing is fetched.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from disclosure_parser.readers.ocr.pixels import Pixels, quarter_turned

#: Threads of a recogniser: more of them do little for one page.
_THREADS = 2
#: Share of text that stands upright on its side in a page that lies on its side, and how much
#: higher than wide a box of such text is.
_SIDEWAYS = 0.6
_HIGH = 1.5
#: Mean confidence below which a page may stand on its head.
_POOR = 0.8


class Glyph(NamedTuple):
    """A recognised character: its box in pixels, the bottom and top of its line, confidence."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    score: float


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    threads = min(_THREADS, os.cpu_count() or 1)
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def recognise(pixels: Pixels) -> tuple[list[Glyph], int]:
    """The characters of a page, and by how many quarter turns clockwise it had to be turned.

    The boxes are those of the page turned so.
    """
    result = _run(pixels)
    turned: tuple[int, ...] = ()
    if _lies(result):
        turned = (1, 3)
    elif _confidence(result) < _POOR:
        turned = (2,)
    found = [(result, 0), *((_run(quarter_turned(pixels, turns)), turns) for turns in turned)]
    best, turns = max(found, key=lambda pair: _confidence(pair[0]))
    return _glyphs(best), turns


def _run(pixels: Pixels) -> Any:
    # The model that tells text upside down takes short numbers for such (9 becomes 6).
    return _engine()(pixels, use_cls=False, return_word_box=True, return_single_char_box=True)


def _lies(result: Any) -> bool:
    """Whether the text of a page stands on its side."""
    if result.boxes is None or not len(result.boxes):
        return False
    corners = np.asarray(result.boxes)
    spans = corners.max(axis=1) - corners.min(axis=1)
    lengths = np.array([len(text) for text in result.txts])
    long = lengths > 1
    if not long.any():
        return False
    high = spans[:, 1] > _HIGH * spans[:, 0]
    return bool(lengths[long & high].sum() > _SIDEWAYS * lengths[long].sum())


def _confidence(result: Any) -> float:
    if not result.scores:
        return 0.0
    weights = [len(text) for text in result.txts]
    total = sum(float(s) * w for s, w in zip(result.scores, weights, strict=True))
    return total / max(sum(weights), 1)


def _glyphs(result: Any) -> list[Glyph]:
    found: list[Glyph] = []
    if result.boxes is None:
        return found
    for line in result.word_results or ():
        if not line:
            continue
        boxes = [np.asarray(box, dtype=float) for _, _, box in line]
        top = float(min(box[:, 1].min() for box in boxes))
        bottom = float(max(box[:, 1].max() for box in boxes))
        for (text, score, _), box in zip(line, boxes, strict=True):
            found.append(
                Glyph(
                    text=str(text),
                    x0=float(box[:, 0].min()),
                    x1=float(box[:, 0].max()),
                    top=top,
                    bottom=bottom,
                    score=float(score),
                )
            )
    return found
