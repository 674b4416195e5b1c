"""Fits the models of confidence on documents whose statements were marked, or judged by eye."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from septel.measure.record.gold import gold_records, match, names_speaker
from septel.measure.record.logistic import fit
from septel.measure.record.statement_gold import (
    MarkedDocument,
    judged_acts,
    judged_statements,
    marked_documents,
    names,
    stance_of,
)
from septel.record import record_of, statements_made
from septel.record.statements import Trust, Weights, act_features_of, features_of, paired
from septel.text import Reading, Source

PENALTY = 3.0
MARKED = 3.0
"""Weight of a statement of a document with every statement marked."""
JUDGED = 1.5
"""Weight of a statement judged by eye, of documents drawn by a seed: they tell how rules do on the next."""
RUN = 12
"""Statements of one document that weigh as much as all of it: what is wrong comes in runs."""
OF_TALKS = 1.0
"""Weight of the speaker of a statement of the arms talks."""
FRESH_ACT = 2.0
"""Weight of an act judged by eye in documents that no rule of acts was made on."""
ACT_OPTIMISM = 0.3
"""By how much, in log odds, acts are less often right on documents that no rule was made on."""
ACT_PENALTY = 10.0
ACT_FROM = 0.6
"""An act less likely than this is not told."""
SHOW = 0.5
NAME_FROM = 0.88

Reader = Callable[[Path], Reading]


@dataclass(frozen=True, slots=True)
class Example:
    """A statement from which the models learn.

    Attributes:
        features: what speaks for and against its speaker.
        said: whether somebody said it.
        right: whether the named speaker did; None where that can't be told.
        weight: how much it counts for the speaker; nothing where only its act is known.
        act: what speaks for and against its act.
        act_right: whether its stance was told rightly; None where that is not known.
        act_weight: how much it counts for the act.
    """

    features: frozenset[str]
    said: bool
    right: bool | None
    weight: float
    act: frozenset[str] = frozenset()
    act_right: bool | None = None
    act_weight: float = 1.0


def examples_of(document: MarkedDocument, reading: Reading) -> list[Example]:
    """Each statement before anything is held back: what speaks for it, and whether it is right."""
    found: list[Example] = []
    for made, kind in statements_made(reading):
        met = document.met(made.statement)
        person = made.statement.speaker.person
        right = names(person, document.statements[met]) if met is not None and person is not None else None
        acts = act_features_of(made.statement, made.saying, kind)
        stance = None if met is None else stance_of(document.statements[met].act) is made.statement.stance
        found.append(Example(features_of(made.saying, kind), met is not None, right, MARKED, acts, stance))
    return found


def judged_examples(kept: Callable[[str], bool] = lambda _: True) -> list[Example]:
    """Statements and acts of other documents, judged by eye: there rules do as they will on the next.

    Args:
        kept: whether the statements of a document are taken.
    """
    judged = [j for j in judged_statements() if kept(j.document)]
    count = Counter(j.document for j in judged)
    speakers = [
        Example(paired(j.features), j.said, j.right, JUDGED * min(1.0, RUN / count[j.document]))
        for j in judged
    ]
    return speakers + [
        Example(frozenset(), True, None, 0.0, j.features, j.right, j.weight * (FRESH_ACT if j.fresh else 1))
        for j in judged_acts()
    ]


def talks_examples(folder: Path) -> list[Example]:
    """Speakers and acts of the principal statements of the arms talks, where they lie beside the folder."""
    beside = folder.resolve().parent.parent
    if not (beside / "dev" / "frus").is_dir():
        return []
    found: list[Example] = []
    for gold in gold_records(beside):
        reading = Reading.of(Source.of_text(gold.text, name=gold.name))
        made = {m.statement.id: (m, kind) for m, kind in statements_made(reading)}
        shown = record_of(None, reading, trust=Trust.nothing_asked())
        for one in match(gold, shown):
            if one.statement is None or one.statement.id not in made:
                continue
            item, kind = made[one.statement.id]
            right = one.gold.stance == item.statement.stance.value
            acts = act_features_of(item.statement, item.saying, kind)
            named = item.statement.speaker.person is not None
            speaker = names_speaker(item.statement, one.gold) if named else None
            features = features_of(item.saying, kind)
            found.append(Example(features, True, speaker, OF_TALKS if named else 0.0, acts, right))
    return found


def fitted(examples: Sequence[Example], *, name: str = "left out") -> Trust:
    """The models of confidence, fitted on examples."""
    acts = [(e.act, e.act_right, e.act_weight) for e in examples if e.act_right is not None]
    act = fit(acts, penalty=ACT_PENALTY)
    return Trust(
        name=name,
        said=fit([(e.features, e.said, e.weight) for e in examples if e.weight], penalty=PENALTY),
        speaker=fit(
            [(e.features, e.right, e.weight) for e in examples if e.right is not None],
            penalty=PENALTY,
        ),
        act=Weights(bias=act.bias - ACT_OPTIMISM, weights=act.weights),
        show=SHOW,
        name_from=NAME_FROM,
        act_from=ACT_FROM,
    )


def fit_trust(folder: Path, *, read: Reader, name: str) -> Trust:
    """The models of confidence fitted on all documents of a folder, to be shipped."""
    documents = marked_documents(folder)
    examples = [e for d in documents for e in examples_of(d, read(d.path))]
    return fitted([*examples, *talks_examples(folder), *judged_examples()], name=name)


def trust_json(trust: Trust, source: str) -> dict[str, object]:
    """The models as the shipped file holds them."""

    def model(weights: Weights) -> dict[str, object]:
        return {"bias": weights.bias, "weights": dict(sorted(weights.weights.items()))}

    return {
        "name": trust.name,
        "source": source,
        "show": trust.show,
        "name_from": trust.name_from,
        "act_from": trust.act_from,
        "said": model(trust.said),
        "speaker": model(trust.speaker),
        "act": model(trust.act),
    }
