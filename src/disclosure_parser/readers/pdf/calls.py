"""The C functions of PDFium that are called once a character or object.

They take and give plain numbers: the checked wrappers cost more than the calls. The
interpreter's lock is kept over the call, which also keeps threads out of PDFium.
"""

from __future__ import annotations

from ctypes import PYFUNCTYPE, c_double, c_int, c_uint, c_void_p, cast
from typing import Any

import pypdfium2.raw as pdfium


def _prototype(function: Any, *kinds: Any) -> Any:
    return PYFUNCTYPE(*kinds)(cast(function, c_void_p).value or 0)


char_code = _prototype(pdfium.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
char_object = _prototype(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
char_box = _prototype(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
char_origin = _prototype(pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
char_matrix = _prototype(pdfium.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
char_size = _prototype(pdfium.FPDFText_GetFontSize, c_double, c_void_p, c_int)
char_generated = _prototype(pdfium.FPDFText_IsGenerated, c_int, c_void_p, c_int)
char_unmapped = _prototype(pdfium.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
object_font = _prototype(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
font_embedded = _prototype(pdfium.FPDFFont_GetIsEmbedded, c_int, c_void_p)
object_mode = _prototype(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
page_object = _prototype(pdfium.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
object_type = _prototype(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
object_bounds = _prototype(pdfium.FPDFPageObj_GetBounds, c_int, *[c_void_p] * 5)
object_matrix = _prototype(pdfium.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
form_count = _prototype(pdfium.FPDFFormObj_CountObjects, c_int, c_void_p)
form_object = _prototype(pdfium.FPDFFormObj_GetObject, c_void_p, c_void_p, c_int)
path_mode = _prototype(pdfium.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
path_count = _prototype(pdfium.FPDFPath_CountSegments, c_int, c_void_p)
path_step = _prototype(pdfium.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
step_kind = _prototype(pdfium.FPDFPathSegment_GetType, c_int, c_void_p)
step_point = _prototype(pdfium.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)
step_closes = _prototype(pdfium.FPDFPathSegment_GetClose, c_int, c_void_p)
