"""Web pages 网页: HTML, and the web archives (.mht) that browsers and office programs save.

The page is parsed by lxml; nothing on it is fetched, run or followed. What is not the report
(navigation, print buttons, the foot of the site) is kept as blocks of another role. A page that
only wraps attachments says so, with the links.
"""

from __future__ import annotations

from disclosure_parser.document import Document
from disclosure_parser.readers.base import Input


def read_html(source: Input) -> Document:
    """Read a web page.

    Raises:
        EmptyDocumentError: the page prints nothing.
        LimitExceededError: more tags, characters, cells or nested tables than the limits allow.
        CorruptDocumentError: nothing in it can be parsed.
    """
    from disclosure_parser.readers.html.reader import read_page

    return read_page(source)


def read_mht(source: Input) -> Document:
    """Read a web archive (MHT): the pages in it, in their order.

    Raises:
        CorruptDocumentError: there is no page in it.
        EmptyDocumentError: the pages print nothing.
        LimitExceededError: as for :func:`read_html`.
    """
    from disclosure_parser.readers.html.mht import read_archive

    return read_archive(source)
