"""The C functions of PDFium that are called once a character or object.

No types of arguments are declared, since converting by them costs more than the calls do:
**pointers must be given as** ``c_void_p`` **or** ``byref``, never as numbers; numbers become C
``int``, which is what every other argument is. The interpreter's lock is kept over the call,
which also keeps threads out of PDFium.
"""

from __future__ import annotations

from ctypes import PYFUNCTYPE, c_double, c_int, c_uint, c_void_p, cast
from typing import Any

import pypdfium2.raw as pdfium


def _call(function: Any, result: Any = c_int) -> Any:
    return PYFUNCTYPE(result)(cast(function, c_void_p).value or 0)


char_code = _call(pdfium.FPDFText_GetUnicode, c_uint)
char_object = _call(pdfium.FPDFText_GetTextObject, c_void_p)
char_box = _call(pdfium.FPDFText_GetLooseCharBox)
char_origin = _call(pdfium.FPDFText_GetCharOrigin)
char_matrix = _call(pdfium.FPDFText_GetMatrix)
char_size = _call(pdfium.FPDFText_GetFontSize, c_double)
char_generated = _call(pdfium.FPDFText_IsGenerated)
char_unmapped = _call(pdfium.FPDFText_HasUnicodeMapError)
object_font = _call(pdfium.FPDFTextObj_GetFont, c_void_p)
font_embedded = _call(pdfium.FPDFFont_GetIsEmbedded)
object_mode = _call(pdfium.FPDFTextObj_GetTextRenderMode)
page_object = _call(pdfium.FPDFPage_GetObject, c_void_p)
object_type = _call(pdfium.FPDFPageObj_GetType)
object_bounds = _call(pdfium.FPDFPageObj_GetBounds)
object_matrix = _call(pdfium.FPDFPageObj_GetMatrix)
form_count = _call(pdfium.FPDFFormObj_CountObjects)
form_object = _call(pdfium.FPDFFormObj_GetObject, c_void_p)
path_mode = _call(pdfium.FPDFPath_GetDrawMode)
path_count = _call(pdfium.FPDFPath_CountSegments)
path_step = _call(pdfium.FPDFPath_GetPathSegment, c_void_p)
step_kind = _call(pdfium.FPDFPathSegment_GetType)
step_point = _call(pdfium.FPDFPathSegment_GetPoint)
step_closes = _call(pdfium.FPDFPathSegment_GetClose)
