"""Packed models unpacked once for each user; from then on their arrays are mapped into memory.

Unpacking the models takes seconds; mapping what was unpacked takes milliseconds, and all processes that map
it share the memory. The unpacked files lie in the user's cache folder (`SEPTEL_CACHE`, or the system's place
for such folders) and may be deleted at any time. Where it can't be written, each process unpacks for itself.

File format: `HEAD`, the length of the header (eight bytes, little endian), the header (JSON: the model's
digest, the digest of the arrays, their size, and by name each array's type, length and place), then the
arrays, each at a multiple of `ALIGNED` bytes. A file is written beside its place and moved there whole, so
that it is never half there.

The digest of a model file is remembered by the file's size, times and number (`known`): a file that was
changed or replaced is read again.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HEAD = b"septel arrays 1\n"
ALIGNED = 64
SETTLED = 2.0
"""Seconds after which a file that was written is taken to stay as it is until its times say otherwise."""

Arrays = Mapping[str, NDArray[Any]]


def cache_folder() -> Path | None:
    """The user's cache folder, made if need be; None where there is none that is ours to write."""
    folder = os.environ.get("SEPTEL_CACHE")
    try:
        if not folder:
            from platformdirs import user_cache_path

            folder = str(user_cache_path("septel", appauthor=False))
        place = Path(folder)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = place.stat().st_uid
    except OSError:
        return None
    # What another user can write must not become code's data.
    return place if not hasattr(os, "getuid") or owner == os.getuid() else None


def known(files: Sequence[Path], digest: Callable[[], str]) -> str:
    """The digest of files, reckoned only when one of them is not as it was when that was done last.

    Args:
        files: the files; they exist.
        digest: reckons it.
    """
    folder = cache_folder()
    if folder is None:
        return digest()
    states = [[s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino] for s in (file.stat() for file in files)]
    name = hashlib.sha256("\0".join(str(file.resolve()) for file in files).encode()).hexdigest()[:24]
    place = folder / f"{name}.digest.json"
    with suppress(OSError, ValueError, TypeError):
        kept = json.loads(place.read_text(encoding="utf-8"))
        if kept["states"] == states:
            return str(kept["digest"])
    found = digest()
    if max(max(state[1:3]) for state in states) > (time.time() - SETTLED) * 1e9:
        # It may still be written to within the same tick of the clock.
        return found
    with suppress(OSError):
        put(place, json.dumps({"digest": found, "states": states}).encode())
    return found


def unpacked(form: str, digest: str, unpack: Callable[[], Arrays]) -> Arrays:
    """The arrays of a model: mapped if they were unpacked before, else unpacked and kept.

    Args:
        form: what they are, with the version of their layout.
        digest: of the model that they are unpacked from.
        unpack: unpacks them.
    """
    folder = cache_folder()
    if folder is None:
        return unpack()
    place = folder / f"{form}-{digest[:24]}.arrays"
    found = _mapped(place, digest)
    if found is None:
        made = unpack()
        try:
            put(place, *_blocks(made, digest))
        except OSError:
            return made
        # Mapped at once, so that this process too shares them, and the private ones are freed.
        found = _mapped(place, digest) or made
    return found


def whole(file: Path) -> bool:
    """Whether the arrays of an unpacked file still have the digest that they were written with."""
    try:
        data = file.read_bytes()
        header, start = _header(data)
        return hashlib.sha256(data[start:]).hexdigest() == str(header["arrays_digest"])
    except (OSError, ValueError, KeyError):
        return False


def _mapped(place: Path, digest: str) -> Arrays | None:
    """The arrays of a file; None where it is not there, or not of this model, or not whole."""
    try:
        with place.open("rb") as file:
            # Private and writable: nothing writes, and compiled code is the same for all arrays.
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        header, start = _header(data)
        if header["digest"] != digest or header["size"] != len(data) - start:
            return None
        return {
            name: np.frombuffer(data, np.dtype(kind), count, start + at)
            for name, (kind, count, at) in header["arrays"].items()
        }
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _header(data: bytes | mmap.mmap) -> tuple[dict[str, Any], int]:
    """The header of a file, and where its arrays begin."""
    if data[: len(HEAD)] != HEAD:
        raise ValueError("no unpacked model")
    length = int.from_bytes(data[len(HEAD) : len(HEAD) + 8], "little")
    start = len(HEAD) + 8 + length
    header: dict[str, Any] = json.loads(data[len(HEAD) + 8 : start])
    return header, start + -start % ALIGNED


def _blocks(arrays: Arrays, digest: str) -> list[bytes]:
    """What is written for some arrays, in order."""
    sha, places, body, at = hashlib.sha256(), {}, [], 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array).tobytes()
        data += bytes(-len(data) % ALIGNED)
        places[name] = [array.dtype.str, len(array), at]
        at += len(data)
        sha.update(data)
        body.append(data)
    header = json.dumps(
        {"digest": digest, "arrays_digest": sha.hexdigest(), "size": at, "arrays": places}
    ).encode()
    start = len(HEAD) + 8 + len(header)
    return [HEAD, len(header).to_bytes(8, "little"), header, bytes(-start % ALIGNED), *body]


def put(place: Path, *blocks: bytes) -> None:
    """Write a file so that it is there whole or not at all, whoever else writes it."""
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            for block in blocks:
                file.write(block)
        Path(name).replace(place)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
