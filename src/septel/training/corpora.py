"""Reading corpora for training: telegrams first, then the prose that lies in the same folders.

A corpus folder holds any of the files of `CORPORA`, LZMA-compressed. Documents of before 1946 are left out:
their English and their business are another age's. One document in twenty is held out by the digest of its
id: no model sees it, so that clean text that is new to them can be measured (`septel measure restore frus`).
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from septel.errors import InputError
from septel.restore.compiled import SIZE
from septel.restore.language import BREAK, LETTERS, WORD, encode

CORPORA = {
    "frus_documents.jsonl.xz": "Foreign Relations of the United States, documents 1946-80 (public domain)",
    "frus_teletype.jsonl.xz": "the same, telegrams printed as received, 1969-76 (public domain)",
    "dfat_cablegrams.txt.xz": "Australian cablegrams 1937-83 (CC BY, DFAT)",
    "jfk_doctly_caps.txt.xz": "cables of the JFK release, in capitals (CC BY 4.0, doctly.ai)",
    "jfk_doctly_mixed.txt.xz": "memoranda and forms of the JFK release, in both cases (CC BY 4.0, doctly.ai)",
}
WEIGHTS = {
    "telegram": 2,
    "message": 2,
    "memcon": 1,
    "memo": 1,
    "airgram": 1,
    "despatch": 1,
    "letter": 1,
    "estimate": 1,
    "other": 1,
}
"""How often a document of each kind is counted; kinds that are not here are left out."""
TELETYPE_WEIGHT = 4
FIRST_YEAR = "1946"
SHORTEST = 40
"""Characters; shorter pieces are headings and page numbers."""
COMMON = 4
"""How often a word must occur to be in the vocabulary."""
MIXED, MIXED_SHARE = "jfk_doctly_mixed.txt.xz", 2
"""Of memoranda and forms in both cases, which are many and not proofread, one line in so many is read."""
HELD = 20
"""One document in so many is held out of all models."""


def held_out(identifier: str) -> bool:
    """Whether a document of *Foreign Relations* is kept from all models, by its id (`frus1969-76v32/d40`)."""
    return _share(identifier, HELD)


def _share(text: str, part: int) -> bool:
    """Whether a text is one of so many, by its digest."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % part == 0


def documents(folder: Path) -> Iterator[tuple[str, int]]:
    """The texts of a corpus folder, each with its weight.

    Raises:
        InputError: the folder holds none of the corpora.
    """
    present = [name for name in CORPORA if (folder / name).is_file()]
    if not present:
        raise InputError(
            "the folder holds no corpus", where=str(folder), remedy=f"Put one of {', '.join(CORPORA)} there."
        )
    for name in present:
        with lzma.open(folder / name, "rt", encoding="utf-8") as opened:
            if name == "frus_documents.jsonl.xz":
                for line in opened:
                    data = json.loads(line)
                    weight = WEIGHTS.get(data["kind"], 0)
                    year = str(data.get("date", ""))[:4]
                    if weight and not (year and year < FIRST_YEAR) and not held_out(data["id"]):
                        yield "\n".join(block[1] for block in data["body"]), weight
            elif name == "frus_teletype.jsonl.xz":
                for line in opened:
                    data = json.loads(line)
                    if not held_out(data["id"]):
                        yield data["text"], TELETYPE_WEIGHT
            else:
                if name == MIXED:
                    yield "\n".join(line for line in opened if _share(line, MIXED_SHARE)), 1
                    continue
                for piece in opened.read().split("\n\n"):
                    yield piece, 1


def corpus(folder: Path) -> NDArray[np.uint8]:
    """A whole corpus folder as codes, each document as often as it weighs, with breaks between them."""
    parts: list[NDArray[np.uint8]] = []
    gap = np.array([BREAK], np.uint8)
    for text, weight in documents(folder):
        plain = " ".join(text.split())
        if len(plain) > SHORTEST:
            codes = encode(plain)
            for _ in range(weight):
                parts += (gap, codes)
    return np.concatenate(parts)


def write_vocabulary(codes: NDArray[np.uint8], path: Path) -> int:
    """Write the words of a corpus with the binary logarithms of their counts, and give their number."""
    letters = np.full(SIZE, ord("_"), np.uint8)
    letters[BREAK] = ord(" ")
    for code, letter in enumerate(LETTERS, 1):
        letters[code] = ord(letter)
    counts: Counter[str] = Counter()
    step = 20_000_000
    for start in range(0, len(codes), step):
        counts.update(WORD.findall(letters[codes[start : start + step]].tobytes().decode("ascii")))
    words = {word: n for word, n in counts.items() if n >= COMMON and len(word) < 25}
    lines = (f"{word}\t{min(15, int(np.log2(n)))}" for word, n in sorted(words.items()))
    path.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9))
    return len(words)
