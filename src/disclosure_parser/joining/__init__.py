"""Several files, one disclosure: narrative here, tables there, an archive for each agency.

``profiles`` says what is known of a file, ``deciding`` whether files belong together and in which
order, ``copies`` what is printed twice, ``merging`` makes one outline of several.
"""

from __future__ import annotations

from disclosure_parser.joining.disclosure import parse_disclosure

__all__ = ["parse_disclosure"]
