"""An engine that leaves a blank line behind every line leaves the paragraphs as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from septel.telegram import Telegram, parse
from septel.text import Reading, Source
from tests.telegram.samples import ELECTRONIC, TWO_SECTIONS


def divided(text: str) -> list[tuple[str, str]]:
    telegram: Telegram = parse(Reading.of(Source.of_text(text)))
    return [(p.path, " ".join(p.text.split())) for p in telegram.paragraphs]


@pytest.mark.parametrize("text", [ELECTRONIC, TWO_SECTIONS])
def test_doubled_line_ends_give_the_same_paragraphs(text: str) -> None:
    assert divided(text)
    assert divided(text.replace("\n", "\n\n")) == divided(text)


@pytest.mark.parametrize("text", [ELECTRONIC, TWO_SECTIONS])
def test_one_blank_line_behind_every_line_is_none(text: str) -> None:
    tight = re.sub(r"\n\s*\n+", "\n", text)
    assert divided(tight.replace("\n", "\n\n")) == divided(tight)


def test_doubled_released_telegrams_keep_their_paragraphs(shared: Path) -> None:
    for path in sorted((shared / "dev" / "aad").glob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace").replace("\f", "")
        whole = parse(Reading.of(Source.of_text(text)))
        doubled = parse(Reading.of(Source.of_text(text.replace("\n", "\n\n"))))
        for one, other in zip(_texts(whole), _texts(doubled), strict=True):
            assert one == other, path.stem


def _texts(telegram: Telegram) -> list[tuple[str, str]]:
    passages = ("summary", telegram.summary), ("opening", telegram.opening)
    held = [(name, " ".join(p.text.split())) for name, p in passages if p is not None]
    return held + [(p.path, " ".join(p.text.split())) for p in telegram.paragraphs]
