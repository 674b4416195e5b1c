"""Engines that fail in every way that an engine can."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from PIL import Image

from septel.capture import Box, RecognisedLine, RecognisedWord
from septel.text import Step
from tests.capture.documents import number_of

STEP = Step.of("test engine", "1")
WORD = RecognisedWord(text="EXDIS", box=Box(left=1, top=2, right=3, bottom=4), confidence=90.0)


@dataclass(frozen=True)
class Kind:
    """Reads EXDIS from every page."""

    step: Step = STEP

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        return ((WORD,),)


@dataclass(frozen=True)
class Crashing(Kind):
    """Takes its process down on pages wider than they are tall."""

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        if image.width > image.height:
            os._exit(139)
        return ((WORD,),)


@dataclass(frozen=True)
class Hanging(Kind):
    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        time.sleep(60)
        return ()


@dataclass(frozen=True)
class Raising(Kind):
    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        raise RuntimeError("no idea what this is")


@dataclass(frozen=True)
class Greedy(Kind):
    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        raise MemoryError


@dataclass(frozen=True)
class Babbling(Kind):
    """Answers words with control characters."""

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        return ((RecognisedWord(text="\x00\x1b[2J", box=WORD.box, confidence=1.0),),)


@dataclass(frozen=True)
class Nonsensical(Kind):
    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        return cast(Sequence[RecognisedLine], 42)


@dataclass(frozen=True)
class Wordless(Kind):
    """Finds no words on pages of one width."""

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        return () if image.width == 150 else ((WORD,),)


@dataclass(frozen=True)
class Unlikely(Kind):
    """Is sure of a word to the degree of no number."""

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        return ((RecognisedWord(text="EXDIS", box=WORD.box, confidence=float("nan")),),)


@dataclass(frozen=True)
class Complaining(Kind):
    """Says why before it dies."""

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        os.write(2, b"out of glyphs\n")
        os._exit(3)


@dataclass(frozen=True)
class Failing(Kind):
    """Fails on the first of the numbered pages (tests/capture/documents.py)."""

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        if number_of(image) == 1:
            raise RuntimeError("the first page is beyond me")
        return ((WORD,),)


@dataclass(frozen=True)
class Numbering(Kind):
    """Reads the number of a page, and writes into a file that it did."""

    log: str = ""
    seconds: float = 0.0

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        time.sleep(self.seconds)
        number = number_of(image)
        with Path(self.log).open("a") as out:
            out.write(f"{number}\n")
        return ((replace(WORD, text=f"PAGE{number}"),),)


@dataclass(frozen=True)
class Named(Kind):
    """Reads its process's number; ends it on pages wider than they are tall, fails on squares."""

    name: str = ""

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        if image.width > image.height:
            os._exit(139)
        if image.width == image.height:
            raise MemoryError
        return ((replace(WORD, text=f"{self.name}{os.getpid()}"),),)
