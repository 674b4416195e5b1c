"""Choosing between what was read into a place and what stands there.

An unknown word of letters is a name as often as it is misread, and a stop may be dirt. Where the search reads
a word otherwise than it stands, a logistic model weighs both: how sure the search was, what the token looks
like, which of the two is a known word, how far apart they are, and how noisy the page is. It is fitted where
the truth is known, on the places where one of the two was right.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from rapidfuzz.distance import Levenshtein

from septel.restore.confidence.weights import WeighedFeatures
from septel.restore.engine_output import Support
from septel.restore.tokens import TokenClass

_MARKS = ".,:;!?\"'()[]{}*/-=+"
LEAST = 1e-4
"""Shares of probability below this are not told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedChange:
    """A place that was read otherwise than it stands.

    Attributes:
        guess, before: what was read, and what stands there.
        posterior: the guess's share of the probability of all readings that survived the search.
        standing: the share of what stands; 0 when the search did not keep it.
        known, known_before: how common each is (binary logarithm of its count), None when unknown.
        look: what that which stands looks like.
        rate, document: the error rates of the line and of the document.
        mixed: whether the document is in both cases.
        repeated: whether what stands is an unknown word that the document has more than once.
        first, last: whether the place begins or ends its line, where dirt is.
        support: what engines saw for the guess; weighed apart (`septel.restore.confidence.engine_features`).
    """

    guess: str
    before: str
    posterior: float
    standing: float
    known: int | None
    known_before: int | None
    look: TokenClass
    rate: float
    document: float
    mixed: bool
    repeated: bool
    first: bool
    last: bool
    support: Support | None = None

    def features(self) -> tuple[float, ...]:
        """The numbers that the model weighs, in the order of `FEATURES`."""
        posterior = min(max(self.posterior, LEAST), 1 - LEAST)
        odds = log(posterior / (1 - posterior))
        stands = log(max(self.standing, LEAST))
        noise = log(self.document + 0.005)
        seen, read = letters(self.before), letters(self.guess)
        marks = seen.upper() == read.upper()
        apart = Levenshtein.distance(self.before.upper(), self.guess.upper())
        lead = marks and _leading(self.before) != _leading(self.guess)
        trail = marks and _leading(self.before[::-1]) != _leading(self.guess[::-1])
        dropped = len(self.guess) < len(self.before)
        added = len(self.guess) > len(self.before)
        looks = [float(self.look is one) for one in LOOKS]
        return (
            odds,
            stands,
            odds * noise,
            noise,
            log(self.rate + 0.005),
            *looks,
            *(look * noise for look in looks),
            float(self.known is not None),
            (self.known or 0) / 10,
            float(self.known_before is not None),
            (self.known_before or 0) / 10,
            float(marks),
            float(marks and self.before.upper() == self.guess.upper()),
            float(lead and dropped),
            float(lead and dropped and self.first),
            float(lead and added),
            float(trail and dropped),
            float(trail and dropped and self.last),
            float(trail and added),
            float(trail and added and self.last),
            float(trail and not dropped and not added),
            float(seen == read and " " in self.before),
            float(apart),
            apart / max(len(self.before), 1),
            min(len(seen), 12) / 10,
            float(any(map(str.isdigit, self.before))),
            float(any(map(str.isdigit, self.guess))),
            float(self.mixed),
            float(self.mixed) * noise,
            float(self.repeated),
            float(" " in self.before),
            float(len(read) < len(seen)),
            float(len(read) > len(seen)),
            float(self.first),
            float(self.last),
        )


LOOKS = tuple(TokenClass)
FEATURES = (
    "posterior",
    "standing",
    "posterior_noise",
    "document",
    "line",
    *(f"look_{one.name.lower()}" for one in LOOKS),
    *(f"look_{one.name.lower()}_noise" for one in LOOKS),
    "known",
    "common",
    "known_before",
    "common_before",
    "marks",
    "case",
    "lead_dropped",
    "lead_dropped_first",
    "lead_added",
    "trail_dropped",
    "trail_dropped_last",
    "trail_added",
    "trail_added_last",
    "trail_changed",
    "joined",
    "distance",
    "distance_share",
    "length",
    "figures_before",
    "figures",
    "mixed",
    "mixed_noise",
    "repeated",
    "blank",
    "shorter",
    "longer",
    "first",
    "last",
)


class ChangeModel(WeighedFeatures):
    """The fitted model."""

    __slots__ = ()
    names = FEATURES
    what = "the model that chooses readings"

    def odds(self, choice: ProposedChange) -> float:
        """The logarithm of the odds that the guess is right, given that one of the two is."""
        return self.odds_of(choice.features())


def _leading(token: str) -> str:
    """The marks that a token begins with."""
    core = token.lstrip(_MARKS)
    return token[: len(token) - len(core)]


def letters(token: str) -> str:
    """The letters and figures of a token."""
    return "".join(filter(str.isalnum, token))
