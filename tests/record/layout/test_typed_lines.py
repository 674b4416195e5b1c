"""A document whose paragraphs a typist broke into lines is read as one that has a paragraph a line."""

from __future__ import annotations

import re
from textwrap import wrap

import pytest

from septel.record.layout import ReadingText, memorandum
from septel.text import Reading, Source
from tests.record.headed import TALK, read

PARAGRAPHS = (
    "The Secretary said that the two governments had to agree on a date for the next round of talks, since"
    " the delegations would otherwise leave Geneva without any result that could be shown to the Assembly.",
    "Ambassador Dobrynin replied that his government had no objection to a date in the autumn. He added that"
    " the place was of less importance, and that Moscow would accept Vienna as well as Helsinki. He"
    " wondered whether the United States had heard from the Finnish Government, which had been asked for"
    " rooms in the spring.",
    "Mr. Sisco asked whether the experts would meet before the delegations did. Dobrynin said that he"
    " thought so.",
)
BODY = "\n\n".join(PARAGRAPHS) + "\n"


def broken(text: str) -> str:
    return "\n".join("\n".join(wrap(line, 68)) for line in text.split("\n"))


def paragraphs(text: str) -> list[str]:
    return [b.prose.text for b in memorandum.read(ReadingText.of(Reading.of(Source.of_text(text)))).blocks]


@pytest.mark.parametrize("form", ["broken", "a blank line behind each", "indented, a blank line behind each"])
def test_lines_of_a_typescript_are_joined(form: str) -> None:
    typed = broken(BODY)
    if form.startswith("a blank"):
        typed = typed.replace("\n", "\n\n")
    elif form.startswith("indented"):
        typed = re.sub(r"(?:^|\n\n)(?=\S)", "\n     ", typed).strip("\n").replace("\n", "\n\n")
    assert paragraphs(TALK + typed) == list(PARAGRAPHS)


def test_no_sentence_runs_over_paragraphs() -> None:
    """With a paragraph a line, and a blank line behind each line that a typist wrote, the same is said."""

    def said(body: str) -> list[tuple[str, str | None]]:
        return [
            (" ".join(s.excerpt.words.split()), s.speaker.person.name if s.speaker.person else None)
            for s in read(body, TALK).statements
        ]

    assert said(broken(BODY).replace("\n", "\n\n")) == said(BODY)


def test_a_paragraph_a_line_stays_so() -> None:
    short = "\n\n".join(f"The Secretary said that point {n} was agreed." for n in "123456789")
    assert len(paragraphs(TALK + short)) == 9
