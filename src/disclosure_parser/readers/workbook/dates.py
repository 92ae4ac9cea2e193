"""Dates and times of day in a workbook: days since an epoch, printed by a format."""

from __future__ import annotations

from datetime import datetime, timedelta

#: A format's pieces: their kinds and characters.
Tokens = tuple[tuple[str, str], ...]
#: Day 0 of the two calendars. The first counts a 29 February 1900 that never was.
_EPOCH = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_LEAP_DAY = 60
_LAST = 2_958_466
_MONTHS = "January February March April May June July August September October November December"
_WEEKDAYS = "一二三四五六日"
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


def date_text(serial: float, tokens: Tokens, *, epoch_1904: bool) -> str | None:
    """A serial number as a date format prints it; ``None`` for one that is no date."""
    if not 0 <= serial < _LAST:
        return None
    moment = _moment(serial, epoch_1904=epoch_1904)
    half = any(kind == "ampm" for kind, _ in tokens)
    chinese = any(kind == "chinese" for kind, _ in tokens)
    pieces: list[str] = []
    for index, (kind, piece) in enumerate(tokens):
        if kind == "date":
            minutes = piece.startswith("m") and len(piece) < 3 and _of_time(tokens, index)
            text = _minute(moment, piece) if minutes else _part(moment, piece, half=half)
            pieces.append(text.translate(_DIGITS) if chinese else text)
        elif kind == "elapsed":
            unit = {"h": 24, "m": 1_440, "s": 86_400}[piece[0]]
            pieces.append(str(int(serial * unit + 1e-6)).zfill(len(piece)))
        elif kind == "ampm":
            words = piece.split("/")
            pieces.append(words[moment.hour >= 12])
        elif kind == "text" or (kind == "mark" and piece in "/.,"):
            pieces.append(piece)
    return "".join(pieces).strip()


def _moment(serial: float, *, epoch_1904: bool) -> datetime:
    # To whole milliseconds: a fraction of a day is no exact time.
    days, rest = divmod(round(serial * 86_400_000), 86_400_000)
    if epoch_1904:
        return _EPOCH_1904 + timedelta(days=days, milliseconds=rest)
    return _EPOCH + timedelta(days=days + (days < _LEAP_DAY), milliseconds=rest)


def _of_time(tokens: Tokens, index: int) -> bool:
    """Whether an ``m`` means minutes: behind hours or before seconds."""
    before = [p for k, p in tokens[:index] if k in ("date", "elapsed")]
    after = [p for k, p in tokens[index + 1 :] if k == "date"]
    return bool(before and before[-1][0] == "h") or bool(after and after[0][0] == "s")


def _minute(moment: datetime, piece: str) -> str:
    return str(moment.minute).zfill(len(piece))


def _part(moment: datetime, piece: str, *, half: bool) -> str:
    letter, width = piece[0], len(piece)
    if letter in "ye":
        return f"{moment.year % 100:02d}" if letter == "y" and width < 3 else str(moment.year)
    if letter == "m":
        if width > 2:
            name = _MONTHS.split()[moment.month - 1]
            return name if width == 4 else name[:1] if width == 5 else name[:3]
        return str(moment.month).zfill(width)
    if letter == "d":
        if width > 2:
            return moment.strftime("%A" if width > 3 else "%a")
        return str(moment.day).zfill(width)
    if letter == "h":
        hour = moment.hour % 12 or 12 if half else moment.hour
        return str(hour).zfill(min(width, 2))
    if letter == "s":
        whole, _, fraction = piece.partition(".")
        decimals = f".{moment.microsecond:06d}"[: len(fraction) + 1] if fraction else ""
        return str(moment.second).zfill(len(whole)) + decimals
    if letter == "a":
        return ("星期" if width > 3 else "周") + _WEEKDAYS[moment.weekday()]
    return ""
