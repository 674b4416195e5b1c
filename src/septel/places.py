"""Addresses of files elsewhere: `s3://bucket/folder`, and whatever else fsspec opens (an optional extra).

A place is an address with a scheme; everything else is a path of this machine. Keys and end points come from
where each service keeps them (for S3: its usual files and variables, `AWS_ENDPOINT_URL` among them); none is
ever given on the command line or written down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from typing import Any

from septel.errors import InputError, MissingPart, StoreAway, StoreError, UsageError

_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_DATABASES = frozenset({"postgresql", "postgres", "ray"})


def is_place(name: str) -> bool:
    """Whether a name is the address of a file or folder elsewhere."""
    found = _SCHEME.match(name)
    return found is not None and found[1].lower() not in _DATABASES


@lru_cache(maxsize=16)
def _opener(scheme: str) -> Any:
    opened: Any = import_module("fsspec").filesystem(scheme, use_listings_cache=False)
    return opened


def file_system(place: str) -> Any:
    """The file system that opens a place; one for each process and scheme.

    Raises:
        MissingPart: what opens such places is not installed.
        UsageError: nothing is known to open them.
    """
    found = _SCHEME.match(place)
    scheme = found[1].lower() if found else "file"
    try:
        return _opener(scheme)
    except ImportError as why:
        remedy = "pip install 'septel[remote]'."
        raise MissingPart(f"what opens {scheme}:// is not installed", remedy=remedy) from why
    except ValueError as why:
        remedy = "Give a folder of this machine, or an address as s3://bucket/folder."
        raise UsageError(f"nothing is known to open {scheme}://", where=place, remedy=remedy) from why


def scheme_of(place: str) -> str:
    """The scheme with its colon and strokes; empty for a path."""
    found = _SCHEME.match(place)
    return found[0] if found else ""


@contextmanager
def reached(place: str, *, storing: bool) -> Iterator[None]:
    """The errors of foreign file systems as our own.

    Args:
        place: what is opened.
        storing: whether something of ours is kept there; else it is an input.

    Raises:
        StoreAway: the place can't be reached just now.
        StoreError: we may not write there, or there is no such bucket.
        InputError: an input is not there, or may not be read.
    """
    remedy = "Check the address, and the keys that this machine has for it."
    try:
        yield
    except (FileNotFoundError, PermissionError) as why:
        kind: type[StoreError | InputError] = StoreError if storing else InputError
        what = "there is nothing here" if isinstance(why, FileNotFoundError) else "this may not be opened"
        raise kind(what, where=place, remedy=remedy) from why
    except (StoreError, InputError):
        raise
    except Exception as why:
        # What services raise when they are away is of their libraries' own kinds.
        first = (str(why).splitlines() or [""])[0][:120]
        raise StoreAway(
            f"it can't be reached just now ({type(why).__name__}: {first})",
            where=place,
            remedy="Wait until it is there, then run again with --resume.",
        ) from why
