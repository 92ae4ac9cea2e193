"""Decoding of plain text whose encoding nothing declares.

Disclosures circulate as UTF-8, GB18030 (with its subset GBK), UTF-16 and, from mirrors that
convert to Traditional characters, Big5.
"""

from __future__ import annotations

import codecs
import re

from attrs import frozen

from disclosure_parser.document import Diagnostic, Place, Severity
from disclosure_parser.errors import UnsupportedFormatError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    # The mark of UTF-32 LE begins with that of UTF-16 LE.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Characters that any Chinese report is full of, simplified and traditional.
_COMMON = frozenset(
    "的年一二三四五六七和及是在预算部门支出收入财政资金经费项目单位工作管理机关事业情况说明基本"
    "公共一般拨款政府采购国有资产合计万元本不大中人上下月日與預門財項單位機關業況說購國產計萬"
    "與為會個對學這來時會過發後點經實動進務應設開關書長員體費額撥總報絕數織組級標"
)
_TRADITIONAL_SAMPLE = frozenset(
    "預門財項單機關業況說購國產計萬與為會個對學來時過發後經實動進務應設開費額撥總報數組級標"
)
#: Control characters that text holds: tab, line ends, and Word's cell and field marks.
_CONTROLS = re.compile(r"[\x00-\x06\x08\x0e-\x12\x16-\x19\x1b-\x1f\x7f]")
_SAMPLE = 20_000
_BAD_SHARE = 0.05
_MOST_NAMED = 20
_REPLACEMENT = "\ufffd"
_WIDE_PLAIN = re.compile(
    "[\t\r\n -~\u00a0-\u00ff\u2010-\u203f\u2460-\u24ff\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
)


@frozen(kw_only=True)
class Decoded:
    """The characters of a source, its encoding, and what could not be decoded."""

    text: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """Decode a text.

    Raises:
        UnsupportedFormatError: the bytes are no text in any known encoding.
    """
    text, encoding = _decode(data)
    controls = len(_CONTROLS.findall(text))
    bad = text.count(_REPLACEMENT)
    if bad + controls > max(3, _BAD_SHARE * len(text)) or bad + controls >= len(text):
        raise UnsupportedFormatError(
            f"{name}: binary data of no known format ({bad + controls} of {len(text)} "
            "characters are no text)"
        )
    diagnostics = [*_undecodable(text, bad)]
    if controls:
        diagnostics.append(_control_note(text, controls))
    return Decoded(text=text, encoding=encoding, diagnostics=tuple(diagnostics))


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    if b"\0" in data:
        wide = _wide(data)
        if wide is not None:
            return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    # In a text of another encoding hardly any run of high bytes is UTF-8; in a damaged UTF-8
    # text nearly all are.
    high = sum(1 for c in text[:_SAMPLE] if c > "\x7f")
    if text[:_SAMPLE].count(_REPLACEMENT) * 5 < high:
        return text, "utf-8"
    return _double_byte(data, text)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: the byte order in which nearly all characters are plain ones."""
    sample = data[: _SAMPLE // 2 * 2]
    sample = sample[: len(sample) // 2 * 2]
    best, found = 0.9, None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        share = len(_WIDE_PLAIN.findall(text)) / len(text) if text else 0.0
        if share > best:
            best, found = share, encoding
    return found


def _double_byte(data: bytes, utf8: str) -> tuple[str, str]:
    """GB18030, or Big5 where the text is clearly Traditional; UTF-8 if that damages less."""
    text = data.decode("gb18030", "replace")
    if _score(text) < 0.05 or _REPLACEMENT in text:
        big5 = data.decode("big5hkscs", "replace")
        if (
            big5.count(_REPLACEMENT) <= text.count(_REPLACEMENT) + 2
            and _score(big5) > 2 * _score(text)
            and any(c in _TRADITIONAL_SAMPLE for c in big5)
        ):
            return big5, "big5"
    if text.count(_REPLACEMENT) > utf8.count(_REPLACEMENT):
        return utf8, "utf-8"
    return text, "gb18030"


def _score(text: str) -> float:
    """The share of very common characters among the Chinese ones."""
    chinese = [c for c in text[:_SAMPLE] if "\u3400" <= c <= "\u9fff"]
    return sum(c in _COMMON for c in chinese) / len(chinese) if chinese else 0.0


def _undecodable(text: str, bad: int) -> list[Diagnostic]:
    """One diagnostic per line with undecodable bytes, the first lines by name."""
    found: list[Diagnostic] = []
    if not bad:
        return found
    lines = 0
    named = 0
    for number, line in enumerate(re.split("\r\n|\n|\r", text), start=1):
        count = line.count(_REPLACEMENT)
        if not count:
            continue
        lines += 1
        if lines <= _MOST_NAMED:
            named += count
            offset = line.index(_REPLACEMENT)
            found.append(
                Diagnostic(
                    code="text.undecodable",
                    message=f"line {number}, offset {offset}: {count} undecodable "
                    f"character{'s' if count > 1 else ''}, shown as U+FFFD",
                    severity=Severity.ERROR,
                    place=Place(line=number, offset=offset),
                )
            )
    if lines > _MOST_NAMED:
        found.append(
            Diagnostic(
                code="text.undecodable",
                message=f"{bad - named} more undecodable characters in "
                f"{lines - _MOST_NAMED} further lines",
                severity=Severity.ERROR,
            )
        )
    return found


def _control_note(text: str, controls: int) -> Diagnostic:
    match = _CONTROLS.search(text)
    before = text[: match.start()] if match else ""
    lines = re.split("\r\n|\n|\r", before)
    return Diagnostic(
        code="text.controls",
        message=f"{controls} control characters in the text, the first (U+"
        f"{ord(match.group()) if match else 0:04X}) in line {len(lines)}; kept",
        severity=Severity.WARNING,
        place=Place(line=len(lines), offset=len(lines[-1])),
    )
