"""Names of the elements and attributes of WordprocessingML that the reader knows.

The transitional namespaces; the package module turns the strict ones into these.
"""

from __future__ import annotations

_OFFICE = "http://schemas.openxmlformats.org"
_W = f"{{{_OFFICE}/wordprocessingml/2006/main}}"
_M = f"{{{_OFFICE}/officeDocument/2006/math}}"
_R = f"{{{_OFFICE}/officeDocument/2006/relationships}}"
_A = f"{{{_OFFICE}/drawingml/2006/main}}"
_C = f"{{{_OFFICE}/drawingml/2006/chart}}"
_DGM = f"{{{_OFFICE}/drawingml/2006/diagram}}"
_PIC = f"{{{_OFFICE}/drawingml/2006/picture}}"
_MC = f"{{{_OFFICE}/markup-compatibility/2006}}"
_VML = "{urn:schemas-microsoft-com:vml}"
_OLE = "{urn:schemas-microsoft-com:office:office}"


def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return _W + name


def m(name: str) -> str:
    """The qualified name of an Office Math element."""
    return _M + name


VAL = w("val")
R_ID = _R + "id"
R_DATA = _R + "dm"

PARAGRAPH = w("p")
PARAGRAPH_PROPERTIES = w("pPr")
RUN = w("r")
RUN_PROPERTIES = w("rPr")
TEXT = w("t")
DELETED_TEXT = w("delText")
TABLE = w("tbl")
ROW = w("tr")
CELL = w("tc")
SDT = w("sdt")
SECTION = w("sectPr")
FIELD_CHAR = w("fldChar")
TEXT_BOX = w("txbxContent")
ALT_CHUNK = w("altChunk")

ALTERNATE = _MC + "AlternateContent"
CHOICE = _MC + "Choice"
FALLBACK = _MC + "Fallback"

MATH = m("oMath")
MATH_TEXT = m("t")

DRAWING_TEXT = _A + "t"
CHART = _C + "chart"
CHART_VALUE = _C + "v"
DIAGRAM = _DGM + "relIds"
PICTURE = _PIC + "pic"
VML_PICTURE = _VML + "imagedata"
VML_TEXT_PATH = _VML + "textpath"
EMBEDDED_OBJECT = _OLE + "OLEObject"
