"""Evidence: what a file said, word for word, and what made it readable."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise

from septel.text.span import Locus, Span

ID_LENGTH = 12  # hexadecimal digits; 48 bits keep a million sources apart (collision odds under 1 in 500)


def digest_of(*parts: bytes) -> str:
    """SHA-256 over the parts, each preceded by its length so that no two lists of parts look alike."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(len(part).to_bytes(8, "big"))
        sha.update(part)
    return sha.hexdigest()


def line_spans(text: str) -> tuple[Span, ...]:
    """One span per line of a text, without its line end; a final line end opens no further line."""
    starts = line_starts(text)
    spans = [Span(start, after - 1) for start, after in pairwise(starts)]
    if starts:
        spans.append(Span(starts[-1], len(text) - text.endswith("\n")))
    return tuple(spans)


def line_starts(text: str) -> tuple[int, ...]:
    """Where each line of a text begins, as `line_spans` has it, at a tenth of the cost."""
    if not text:
        return ()
    starts = tuple(accumulate([len(line) + 1 for line in text.split("\n")], initial=0))
    return starts[: -2 if text.endswith("\n") else -1]


def line_of(text: str, starts: tuple[int, ...], number: int) -> Span:
    """The span of one line by its number from one.

    Raises:
        IndexError: there is no such line.
    """
    start = starts[number - 1 if number > 0 else len(starts)]
    if number < len(starts):
        return Span(start, starts[number] - 1)
    return Span(start, len(text) - text.endswith("\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What made a layer: the tool, its version, its model's digest and its settings.

    Two runs with equal steps over equal input give equal output; cache keys hold the whole step.
    """

    tool: str
    version: str
    model: str | None = None
    settings: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, tool: str, version: str, *, model: str | None = None, **settings: object) -> Step:
        """A step with its settings in a fixed order."""
        pairs = tuple(sorted((name, str(value)) for name, value in settings.items()))
        return cls(tool=tool, version=version, model=model, settings=pairs)

    @property
    def key(self) -> str:
        """A digest of the whole step."""
        flat = [self.tool, self.version, self.model or "", *(f"{n}={v}" for n, v in self.settings)]
        return digest_of(*(part.encode() for part in flat))[:ID_LENGTH]

    def to_json(self) -> dict[str, object]:
        """The step as a person would read it."""
        return {
            "tool": self.tool,
            "version": self.version,
            "model": self.model,
            "settings": dict(self.settings),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Step:
        """Read back what `to_json` wrote."""
        settings = data.get("settings") or {}
        if not isinstance(settings, Mapping):
            raise ValueError("the settings of a step are a table of names and values")
        model = data.get("model")
        return cls(
            tool=str(data["tool"]),
            version=str(data["version"]),
            model=None if model is None else str(model),
            settings=tuple(sorted((str(n), str(v)) for n, v in settings.items())),
        )


@dataclass(frozen=True, kw_only=True)
class Source:
    """A text as evidence: it never changes; everything else is a layer over it.

    Attributes:
        name: what the reader calls it, usually the file's name.
        digest: SHA-256 of the bytes of the file that it came from, in hexadecimal.
        text: the decoded text, with line feeds at line ends. Pages follow each other; a page break is not
            a character of the text but a boundary in `pages`.
        pages: one span per page, in order, covering the text without gaps.
        step: the engine that read the text from an image, or None when the file itself held it.
    """

    name: str
    digest: str
    text: str
    pages: tuple[Span, ...] = field(default=())
    step: Step | None = None

    def __post_init__(self) -> None:
        """Check that the pages cover the text.

        Raises:
            ValueError: pages overlap, leave a gap, or run past the end.
        """
        if not self.pages:
            object.__setattr__(self, "pages", (Span(0, len(self.text)),))
        expected = 0
        for page in self.pages:
            if page.start != expected:
                raise ValueError(f"page {page} does not begin where the one before ended ({expected})")
            expected = page.end
        if expected != len(self.text):
            raise ValueError(f"the pages end at {expected}, the text at {len(self.text)}")

    @classmethod
    def of_text(cls, text: str, *, name: str = "text") -> Source:
        """A source of one page from a text that no file holds."""
        return cls(name=name, digest=hashlib.sha256(text.encode()).hexdigest(), text=text)

    @cached_property
    def id(self) -> str:
        """A short name that follows from the bytes, the reading step and the text alone."""
        step = self.step.key if self.step else ""
        return digest_of(self.digest.encode(), step.encode(), self.text.encode())[:ID_LENGTH]

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """One span per line, without its line end; a final line end opens no further line."""
        return line_spans(self.text)

    @cached_property
    def line_texts(self) -> tuple[str, ...]:
        """Each line as it came, without its line end."""
        return tuple(self.text.split("\n")[: self.line_count])

    @cached_property
    def line_pages(self) -> tuple[int, ...]:
        """The number, from one, of the page on which each line begins."""
        return tuple(self.page_at(start) for start in self.line_begins)

    def lines_within(self, span: Span) -> tuple[int, int]:
        """The first line that a stretch touches, from nought, and the first one behind the stretch."""
        starts = self.line_begins
        first = bisect_right(starts, span.start) - 1
        if first == len(starts) - 1 and starts and span.start > len(self.text) - self.text.endswith("\n"):
            first += 1
        return max(first, 0), bisect_left(starts, span.end)

    def line(self, number: int) -> Span:
        """One line's span, by its number from one; that of all lines need not be made for it.

        Raises:
            IndexError: there is no such line.
        """
        return line_of(self.text, self.line_begins, number)

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        return len(self.line_begins)

    @cached_property
    def line_begins(self) -> tuple[int, ...]:
        """Where each line begins."""
        return line_starts(self.text)

    @cached_property
    def _page_starts(self) -> tuple[int, ...]:
        return tuple(page.start for page in self.pages)

    def locus(self, span: Span) -> Locus:
        """The span as a locus in this source.

        Raises:
            ValueError: the span runs past the end of the text.
        """
        if span.end > len(self.text):
            raise ValueError(f"{span} lies outside a text of {len(self.text)} characters")
        return Locus(self.id, span)

    def line_at(self, offset: int) -> int:
        """The number, from one, of the line that holds `offset` (a line end belongs to its line)."""
        return max(1, bisect_right(self.line_begins, offset))

    def page_at(self, offset: int) -> int:
        """The number, from one, of the page that holds `offset`."""
        return max(1, bisect_right(self._page_starts, offset))
