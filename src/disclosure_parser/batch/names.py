"""Names of files and members as text: UTF-8, else GB 18030 (as Chinese Windows packs them)."""

from __future__ import annotations

import re

# C0 and C1 controls and the bidirectional overrides, which make a name look like another one.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def text_of_name(raw: bytes) -> str:
    """A name as text for people: never a control character, never half a surrogate pair.

    It is a label only. No file is ever opened or made by it, so that ``..`` in it climbs nowhere.
    """
    text = raw.decode("ascii", "backslashreplace")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    return _UNSEEN.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
