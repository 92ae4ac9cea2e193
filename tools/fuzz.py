"""Damage the files of the corpus in many ways and see that only our own errors come out.

::

    python tools/fuzz.py --seconds 60
    python tools/fuzz.py --seconds 36000 --seed 7 --keep out/fuzz FILE…

Every input runs in a worker process, as in a batch: an input that crashes or hangs it, or takes
more memory than allowed, is found as surely as one that raises. What is found is kept. An
``InternalError`` is one of our own errors, but tells of a defect, so it is found too, and so is a
section or table that failed. The inputs follow from the seed. Exit code 1 if anything was found.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from disclosure_parser.batch import Settings
from disclosure_parser.batch.model import Item, Parsed
from disclosure_parser.batch.pool import Event, Pool
from disclosure_parser.batch.tasks import Parse

ROOT = Path(__file__).parent.parent
#: Codes that tell of a defect of ours; the others tell of the input.
_DEFECTS = ("internal", "section.failed", "statements.failed")
_INTERESTING = (0, 1, 0x7F, 0x80, 0xFF)
_TOKENS = (
    *(b"%PDF-1.7", b"endobj", b"stream", b"<<", b">>", b"obj", b"/Length 999999999", b"/Kids"),
    *(b"PK\x03\x04", b"PK\x05\x06", b"\xff\xfe", b"\xef\xbb\xbf", b"<w:tbl>", b"</w:tc>", b"&#x0;"),
    *(b'w:val="999999999"', "万元".encode(), "一、".encode(), b"\t" * 50, b"9" * 400, b"\x00"),
)


def damaged(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """Bytes with a few of their places changed; in half of the zips, those of a member."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        return _member_damaged(data, chance, others)
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20, 100))):
        chance.choice(_WAYS)(out, chance, others)
    return bytes(out)


def _member_damaged(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
        names = source.namelist()
        chosen = chance.choice(names)
        for name in names:
            content = source.read(name)
            if name == chosen:
                if chance.random() < 0.05:
                    continue
                changed = bytearray(content)
                for _ in range(chance.choice((1, 2, 5, 20))):
                    chance.choice(_WAYS)(changed, chance, others)
                content = bytes(changed)
            made.writestr(name, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _place(out: bytearray, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(out) + 1)
    return start, min(len(out), start + int(2 ** chance.uniform(0, 12)))


def _flip(out: bytearray, chance: random.Random, _: list[bytes]) -> None:
    if out:
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)


def _set(out: bytearray, chance: random.Random, _: list[bytes]) -> None:
    if out:
        out[chance.randrange(len(out))] = chance.choice(_INTERESTING)


def _cut(out: bytearray, chance: random.Random, _: list[bytes]) -> None:
    start, end = _place(out, chance)
    del out[start:end]


def _end(out: bytearray, chance: random.Random, _: list[bytes]) -> None:
    if chance.random() < 0.1:
        del out[chance.randrange(len(out) + 1) :]


def _double(out: bytearray, chance: random.Random, _: list[bytes]) -> None:
    start, end = _place(out, chance)
    out[start:start] = out[start:end] * chance.choice((1, 1, 2, 50))


def _splice(out: bytearray, chance: random.Random, others: list[bytes]) -> None:
    other = chance.choice(others)
    start, _ = _place(out, chance)
    begin = chance.randrange(len(other) + 1)
    out[start:start] = other[begin : begin + chance.randrange(2000)]


def _token(out: bytearray, chance: random.Random, _: list[bytes]) -> None:
    start, _end_unused = _place(out, chance)
    out[start:start] = chance.choice(_TOKENS)


def _digits(out: bytearray, chance: random.Random, _: list[bytes]) -> None:
    places = [n for n, byte in enumerate(out[:200_000]) if 0x30 <= byte <= 0x39]
    if places:
        out[chance.choice(places)] = chance.choice(b"0123456789-.")


_WAYS: tuple[Callable[[bytearray, random.Random, list[bytes]], None], ...] = (
    _flip, _set, _cut, _end, _double, _splice, _token, _digits,
)  # fmt: skip


def inputs(
    seeds: list[tuple[str, bytes]], options: argparse.Namespace, made: dict[str, bytes]
) -> Iterator[Parse]:
    """Tasks until the time is over; their bytes are kept in ``made`` until they are done."""
    until = time.monotonic() + options.seconds
    others = [data for _, data in seeds]
    for number in range(options.count):
        if time.monotonic() > until:
            return
        chance = random.Random(f"{options.seed} {number}")
        name, original = chance.choice(seeds)
        data = damaged(original, chance, others)
        label = f"{options.seed}-{number}-{name}"
        item = Item(path=b"", label=label, sha256=hashlib.sha256(data).hexdigest())
        made[label] = data
        yield Parse(item=item, data=data)


def finding(event: Event) -> str | None:
    """What is wrong with what came out, ``None`` if nothing is."""
    if event.failure is not None:
        place = f" at {event.failure.place}" if event.failure.place else ""
        return f"{event.failure.code}: {event.failure.message}{place}"
    parsed = event.message
    failure = parsed.failure if isinstance(parsed, Parsed) else None
    if failure is not None and failure.code in _DEFECTS:
        return f"{failure.code}: {failure.message}"
    return None


def main() -> int:
    """Run until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="files to damage [the corpus]")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--count", type=int, default=10**9, help="inputs at most")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=60.0)
    parser.add_argument("--keep", type=Path, default=ROOT / "out" / "fuzz")
    options = parser.parse_args()
    files = options.files or sorted((ROOT / "corpus").glob("*/report*.*"))
    seeds = [(path.name, path.read_bytes()) for path in files]
    settings = Settings(workers=options.workers, timeout=options.timeout, sinks=())
    counts: Counter[str] = Counter()
    found: Counter[str] = Counter()
    made: dict[str, bytes] = {}
    with Pool(settings) as pool:
        for event in pool.run(inputs(seeds, options, made)):
            label = event.task.item.label
            wrong = finding(event)
            if wrong is not None:
                found[wrong.split(":")[0]] += 1
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / label).write_bytes(made[label])
                print(f"{label}: {wrong}", flush=True)
            if isinstance(event.message, Parsed):
                failure = event.message.failure
                counts[failure.code if failure else "complete"] += 1
            if event.done or event.failure is not None:
                made.pop(label, None)
    print(f"{sum(counts.values())} inputs:", dict(counts.most_common()))
    print("found:", dict(found) or "nothing")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
