"""Paths and pictures of a page as PDFium gives them: rulings, filled boxes, curves, images."""

from __future__ import annotations

from collections.abc import Container
from ctypes import byref, c_float, c_int, c_void_p, cast
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from disclosure_parser.readers.pdf.calls import (
    form_count,
    form_object,
    object_bounds,
    object_matrix,
    object_type,
    page_object,
    path_count,
    path_mode,
    path_step,
    step_closes,
    step_kind,
    step_point,
)
from disclosure_parser.readers.pdf.frame import THIN, Drawn
from disclosure_parser.readers.pdf.page import Box, PageTooLargeError

# A printed page has a few thousand paths.
_MOST_PATHS = 200_000
_MOST_DEPTH = 12
# A path of up to this many steps that is thin as a whole is one ruling.
_PLAIN_PATH = 6
_TEXT, _PATH, _IMAGE, _FORM = (
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_FORM,
)
_MOVE, _CURVE = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_BEZIERTO

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def collect_paths(page: Any, drawn: Drawn, known: Container[int] = ()) -> list[int]:
    """Add the paths and pictures of a page to ``drawn``, in the coordinates of the file.

    ``known`` are text objects, as addresses; the others met on the way are returned.

    Raises:
        PageTooLargeError: more is painted on the page than any printed page holds.
    """
    return _Paths(drawn).collect(page, known)


class _Paths:
    """Collects the paths and pictures of a page, those inside forms included."""

    def __init__(self, drawn: Drawn) -> None:
        self.drawn = drawn
        self.seen = 0
        self.bounds = (c_float(), c_float(), c_float(), c_float())
        self.refs = tuple(byref(value) for value in self.bounds)
        self.fill, self.stroke = c_int(), c_int()
        self.modes = byref(self.fill), byref(self.stroke)
        self.x, self.y = c_float(), c_float()

    def collect(self, page: Any, known: Container[int]) -> list[int]:
        """All objects of a page but its text, which is given back."""
        texts: list[int] = []
        handle = cast(page, c_void_p)
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            address = page_object(handle, index)
            if address in known:
                continue
            item = c_void_p(address)
            kind = object_type(item)
            if kind == _TEXT:
                texts.append(address)
            else:
                self._object(item, kind, _IDENTITY, 0)
        return texts

    def _object(self, item: c_void_p, kind: int, matrix: Matrix, depth: int) -> None:
        if kind == _TEXT:
            return
        self.seen += 1
        if self.seen > _MOST_PATHS:
            raise PageTooLargeError(f"more than {_MOST_PATHS} paths on the page")
        if kind == _PATH:
            self._path(item, matrix)
        elif kind == _IMAGE:
            self.drawn.images.append(self._box(item, matrix))
        elif kind == _FORM and depth < _MOST_DEPTH:
            inner = _times(_matrix(item), matrix)
            for index in range(form_count(item)):
                part = c_void_p(form_object(item, index))
                self._object(part, object_type(part), inner, depth + 1)

    def _box(self, item: c_void_p, matrix: Matrix) -> Box:
        object_bounds(item, *self.refs)
        a, b, c, d = self.bounds
        left, bottom, right, top = a.value, b.value, c.value, d.value
        if matrix is _IDENTITY:
            return left, bottom, right, top
        points = [_apply(matrix, x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return min(xs), min(ys), max(xs), max(ys)

    def _path(self, item: c_void_p, matrix: Matrix) -> None:
        path_mode(item, *self.modes)
        filled, stroked = self.fill.value != 0, self.stroke.value != 0
        if not (filled or stroked):
            return
        box = self._box(item, matrix)
        steps = path_count(item)
        thin = min(box[2] - box[0], box[3] - box[1]) <= THIN
        if thin and steps <= _PLAIN_PATH:
            self.drawn.add_box(box, filled=filled, stroked=stroked)
            return
        self._steps(item, _times(_matrix(item), matrix), steps, filled=filled, stroked=stroked)

    def _steps(
        self, item: c_void_p, matrix: Matrix, steps: int, *, filled: bool, stroked: bool
    ) -> None:
        part: list[tuple[float, float]] = []
        curved = False
        x, y = byref(self.x), byref(self.y)
        for index in range(min(steps, _MOST_PATHS)):
            step = c_void_p(path_step(item, index))
            kind = step_kind(step)
            step_point(step, x, y)
            if kind == _MOVE:
                self._part(part, curved, filled=filled, stroked=stroked)
                part, curved = [], False
            curved = curved or kind == _CURVE
            part.append(_apply(matrix, self.x.value, self.y.value))
            if step_closes(step) and part:
                part.append(part[0])
        self._part(part, curved, filled=filled, stroked=stroked)

    def _part(
        self, part: list[tuple[float, float]], curved: bool, *, filled: bool, stroked: bool
    ) -> None:
        if len(part) < 2:
            return
        xs, ys = [p[0] for p in part], [p[1] for p in part]
        box = min(xs), min(ys), max(xs), max(ys)
        if curved:
            self.drawn.curves.append(box)
        elif min(box[2] - box[0], box[3] - box[1]) <= THIN:
            self.drawn.add_box(box, filled=filled, stroked=stroked)
        elif stroked:
            for (xa, ya), (xb, yb) in pairwise(part):
                self.drawn.add_line(xa, ya, xb, yb)
        elif len(part) <= _PLAIN_PATH:
            self.drawn.fills.append(box)


def _matrix(item: c_void_p) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    object_matrix(item, byref(matrix))
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    if outer is _IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
