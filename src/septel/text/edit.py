"""One proposed or decided change of a source, with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from septel.text.source import Step
from septel.text.span import Span


class Ground(StrEnum):
    """On what an edit rests. A person's decision outranks all others."""

    CHANNEL = "channel"
    """The characters look like this: the noise explains the change without help from language."""
    LANGUAGE = "language"
    """The words around it ask for it."""
    HINT = "hint"
    """The form of a telegram asks for it: a repeated footer, a numbering, a closed list."""
    WITNESS = "witness"
    """Another copy or another engine reads it so; the detail cites it."""
    DECISION = "decision"
    """A person decided; the detail names who."""


SURE = 0.91
"""From this probability on, a word counts as sure, unless a reader chooses otherwise."""


class State(StrEnum):
    """How far a place of a reading can be trusted."""

    AS_IT_CAME = "as it came"
    """It stands as the source has it, and nothing speaks against it."""
    SURE = "sure"
    """It is read otherwise than it came, and most likely right."""
    DOUBTFUL = "doubtful"
    """It may be wrong."""
    UNREADABLE = "unreadable"
    """Nothing is claimed."""
    DECIDED = "decided"
    """A person decided it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why an edit was made: its ground, and the rule, hint, witness or person in words."""

    ground: Ground
    detail: str = ""

    def __str__(self) -> str:
        """For example `hint: paragraph 3 follows 2`."""
        return f"{self.ground.value}: {self.detail}" if self.detail else self.ground.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """A calibrated probability that a reading is right; without a calibration there is none.

    Attributes:
        probability: between zero and one.
        calibration: the name of the calibration that stands behind it, as the model card lists it.
    """

    probability: float
    calibration: str

    def __post_init__(self) -> None:
        """Refuse what is no probability or has nothing behind it."""
        if not 0.0 <= self.probability <= 1.0:
            raise ValueError(f"{self.probability} is not a probability")
        if not self.calibration:
            raise ValueError("a confidence names its calibration, or is absent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another text that may stand in the same place; its probability is None when not calibrated."""

    text: str
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A span of a source read otherwise than it stands, or a doubt about it.

    `before == after` is allowed and changes nothing: it then records how sure the reading of that
    span is and what else it may be. An edit never crosses a line end, so a reading has the lines of
    its source.

    Attributes:
        span: where, in the source.
        before: what the source has there; checked whenever the edit is applied.
        after: what it is read as; empty when the characters are noise.
        reason: on what the change rests.
        step: what made it.
        confidence: the calibrated probability that `after` is right, or None.
        alternatives: other readings, best first; the source's own characters are not among them
            unless a model proposed them.
        unreadable: nothing is claimed here; `after` is then empty and `extent` says how many characters
            seem to be missing, or None when not even that can be told.
        extent: see `unreadable`.
        state: whether the reading is shown as sure or doubtful, by who made the edit; None where it did not
            say (see `septel.text.state_of`).
    """

    span: Span
    before: str
    after: str
    reason: Reason
    step: Step
    confidence: Confidence | None = None
    alternatives: tuple[Alternative, ...] = ()
    unreadable: bool = False
    extent: int | None = None
    state: State | None = None

    def __post_init__(self) -> None:
        """Refuse an edit that can't be true of any source."""
        if len(self.before) != len(self.span):
            raise ValueError(f"{self.span} covers {len(self.span)} characters, {self.before!r} has others")
        if "\n" in self.before or "\n" in self.after:
            raise ValueError("an edit stays within its line")
        if self.unreadable and self.after:
            raise ValueError("an unreadable span claims no text")

    @property
    def changes(self) -> bool:
        """Whether the text reads otherwise for it."""
        return self.before != self.after

    def to_json(self) -> dict[str, object]:
        """The edit as one line of JSON that a person can read; absent things are left out."""
        data: dict[str, object] = {
            "span": [self.span.start, self.span.end],
            "before": self.before,
            "after": self.after,
            "ground": self.reason.ground.value,
            "detail": self.reason.detail,
            "step": self.step.to_json(),
        }
        if self.confidence:
            data["confidence"] = self.confidence.probability
            data["calibration"] = self.confidence.calibration
        if self.alternatives:
            data["alternatives"] = [[a.text, a.probability] for a in self.alternatives]
        if self.unreadable:
            data["unreadable"] = True
            data["extent"] = self.extent
        if self.state is not None:
            data["state"] = self.state.value
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Edit:
        """Read back what `to_json` wrote.

        Raises:
            ValueError: something is missing or of the wrong kind.
        """
        span, step = data["span"], data["step"]
        if not isinstance(span, Sequence) or len(span) != 2 or not isinstance(step, Mapping):
            raise ValueError("an edit has a span of two offsets and a step")
        probability, extent, state = data.get("confidence"), data.get("extent"), data.get("state")
        return cls(
            span=Span(int(span[0]), int(span[1])),
            before=str(data["before"]),
            after=str(data["after"]),
            reason=Reason(ground=Ground(str(data["ground"])), detail=str(data.get("detail", ""))),
            step=Step.from_json(step),
            confidence=None
            if not isinstance(probability, int | float)
            else Confidence(probability=float(probability), calibration=str(data["calibration"])),
            alternatives=_alternatives(data.get("alternatives", ())),
            unreadable=bool(data.get("unreadable", False)),
            extent=int(extent) if isinstance(extent, int) else None,
            state=None if state is None else State(str(state)),
        )


def _alternatives(data: object) -> tuple[Alternative, ...]:
    if not isinstance(data, Sequence):
        raise ValueError("alternatives are a list of texts with their probabilities")
    return tuple(Alternative(text=str(t), probability=None if p is None else float(p)) for t, p in data)
