"""What a reader gets and the bounds it keeps."""

from __future__ import annotations

import hashlib

from attrs import frozen

from disclosure_parser.document import Source


@frozen(kw_only=True)
class Limits:
    """Bounds on what a reader opens; beyond them a :class:`LimitExceededError` is raised.

    The defaults hold the largest published disclosures several times over.
    """

    #: Bytes of the source.
    source_bytes: int = 256 * 2**20
    #: Bytes of one unpacked archive member, and of all together.
    member_bytes: int = 128 * 2**20
    unpacked_bytes: int = 512 * 2**20
    #: Unpacked bytes per packed byte of a member above which it is taken for a bomb.
    ratio: int = 400
    #: Characters of text; cells of all tables; paragraphs of plain text; pages; nesting of tables
    #: or XML elements.
    characters: int = 20_000_000
    cells: int = 500_000
    paragraphs: int = 500_000
    pages: int = 5_000
    depth: int = 64
    #: Whether pictures of pages are recognised where the extra ``ocr`` is installed (some seconds
    #: a page), of how many pages, and of how many pixels a picture.
    ocr: bool = True
    ocr_pages: int = 300
    pixels: int = 100_000_000


@frozen(kw_only=True)
class Input:
    """The bytes of a source with the name it was given under (a path or ``<bytes>``)."""

    data: bytes
    name: str
    limits: Limits

    def describe(
        self, format_name: str, *, pages: int | None = None, encoding: str | None = None
    ) -> Source:
        """The :class:`Source` of a document read from these bytes."""
        return Source(
            name=self.name,
            format=format_name,
            sha256=hashlib.sha256(self.data).hexdigest(),
            size=len(self.data),
            pages=pages,
            encoding=encoding,
        )
