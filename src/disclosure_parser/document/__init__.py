"""The format-neutral document model 文档模型: blocks, cells with spans, anchors, folding."""

from disclosure_parser.document.anchor import Anchor, Fragment, Place, Quote
from disclosure_parser.document.folding import Folded, fold, fold_text
from disclosure_parser.document.model import (
    Block,
    Cell,
    Diagnostic,
    Document,
    Paragraph,
    Part,
    Role,
    Severity,
    Source,
    Style,
    Table,
)

__all__ = [
    "Anchor",
    "Block",
    "Cell",
    "Diagnostic",
    "Document",
    "Folded",
    "Fragment",
    "Paragraph",
    "Part",
    "Place",
    "Quote",
    "Role",
    "Severity",
    "Source",
    "Style",
    "Table",
    "fold",
    "fold_text",
]
