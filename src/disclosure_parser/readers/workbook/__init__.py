"""Workbooks 工作簿: ``.xlsx`` with nothing but the library, ``.xls`` with the extra ``xls``.

Both give sheets of printed cells, which are laid out in the same way: what stands above, between
and below the tables of a sheet becomes paragraphs, hidden sheets, rows and columns become blocks
of their own role. A number is printed as its format prints it (``1,234.50``, ``12.3%``, ``-`` for
a zero), from the shortest decimal that names the stored number and never from its binary tail;
see :mod:`~disclosure_parser.readers.workbook.formats`. Formulas are not calculated: the result
that the file holds is what is printed. No macro is run and no link is followed.

``.xlsx`` is read here and not by python-calamine or openpyxl: the first gives numbers without
their formats and does not tell hidden rows, the second opens an archive before it can be bounded.
"""

from __future__ import annotations

from disclosure_parser.document import Document
from disclosure_parser.readers.base import Input


def read_xlsx(source: Input) -> Document:
    """Read a workbook in the zip format (.xlsx, .xlsm, newer .et).

    Raises:
        CorruptDocumentError: not a zip, a damaged one, or no workbook in it.
        EncryptedDocumentError: the workbook needs a password.
        EmptyDocumentError: no cell of it holds anything.
        LimitExceededError: more bytes, characters or cells than the limits allow.
        UnsupportedFormatError: a binary workbook (.xlsb).
    """
    from disclosure_parser.readers.workbook.layout import document_of
    from disclosure_parser.readers.workbook.xlsx import Workbook

    workbook = Workbook(source)
    return document_of(source, "xlsx", workbook.sheets(), workbook.log)


def read_xls(source: Input) -> Document:
    """Read a legacy workbook (.xls, .et).

    Raises:
        CorruptDocumentError: the workbook is damaged.
        EncryptedDocumentError: the workbook needs a password.
        EmptyDocumentError: no cell of it holds anything.
        LimitExceededError: more characters or cells than the limits allow.
    """
    from disclosure_parser.readers.workbook.layout import document_of
    from disclosure_parser.readers.workbook.xls import read_book

    sheets, log = read_book(source)
    return document_of(source, "xls", sheets, log)


def read_xml_workbook(source: Input) -> Document:
    """Read a workbook that is one XML file (Excel 2003 XML).

    Raises:
        CorruptDocumentError: the XML is damaged, or declares a document type.
        EmptyDocumentError: no cell of it holds anything.
        LimitExceededError: more tags, characters or cells than the limits allow.
    """
    from disclosure_parser.readers.workbook.layout import document_of
    from disclosure_parser.readers.workbook.xml2003 import XmlWorkbook

    workbook = XmlWorkbook(source)
    return document_of(source, "xml-workbook", workbook.sheets(), workbook.log)
