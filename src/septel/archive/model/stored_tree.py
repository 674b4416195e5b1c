"""Which part of the telegram each line of the source belongs to, from the tree that the archive keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from pydantic import ValidationError

from septel.archive.model.holding import Holding
from septel.telegram import TelegramJson, doubted_fields, marked_reference
from septel.text import Span

_SHOWN = ("title", "identifier", "post", "dtg", "subject", "classification")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePart:
    """Where a line went.

    Attributes:
        layer: who put it on the page, as the published schema names the layers; empty when there is no tree.
        name: the part of the tree that owns it: a paragraph's path, `summary`, `subject`, `footer`...
        section: index, from zero, of the transmitted section that holds it.
    """

    layer: str
    name: str
    section: int


_latest: tuple[Mapping[str, object], TelegramJson | None] | None = None


def tree_of(holding: Holding) -> TelegramJson | None:
    """The telegram's tree; None when it was kept in a form that this version does not know.

    The one that was asked for last is kept: a deposit or a site asks for it several times over. It has no
    `places`: those are an entry for each line, half the work of reading it; `parts_of` takes them as kept.
    """
    global _latest
    kept = _latest
    if kept is not None and kept[0] is holding.telegram:
        return kept[1]
    try:
        tree = TelegramJson.model_validate({**holding.telegram, "places": []})
    except ValidationError:
        tree = None
    _latest = (holding.telegram, tree)
    return tree


def doubted_of(holding: Holding) -> dict[str, str]:
    """The fields of a heading that are doubtful, as views show them (`septel.telegram.doubted_fields`).

    What a person corrected stands.
    """
    tree = tree_of(holding)
    if tree is None:
        return {}
    corrected = {one.field for one in holding.corrected}
    values = {name: getattr(holding, name) for name in _SHOWN if name not in corrected}
    found = doubted_fields(tree.heading, holding.reading, values)
    return {name: shown for name, shown in found.items() if name not in corrected}


def shown_field(holding: Holding, name: str) -> str:
    """A field of the heading as views show it: `identifier`, `post`, `dtg`, `subject`, `title` and so on."""
    return doubted_of(holding).get(name) or getattr(holding, name) or ""


def shown_reference(holding: Holding, value: str, place: Span | None) -> str:
    """What a telegram refers to, as views show it: `value` is its name, `place` where it stands."""
    if place is None:
        return value
    tree = tree_of(holding)
    return marked_reference(tree.heading if tree else None, value, place, holding.reading)


def _places(holding: Holding) -> dict[int, tuple[str, str]]:
    """Layer and part of each line; none of one in a form that this version does not know."""
    kept = holding.telegram.get("places")
    places: dict[int, tuple[str, str]] = {}
    for place in kept if isinstance(kept, list) else ():
        if isinstance(place, dict):
            line, layer, part = place.get("line"), place.get("layer"), place.get("part")
            if isinstance(line, int) and isinstance(layer, str) and isinstance(part, str):
                places[line] = layer, part
    return places


def parts_of(holding: Holding, tree: TelegramJson | None) -> tuple[LinePart, ...]:
    """One part per line of the source, in order."""
    count = len(holding.source.lines)
    if tree is None:
        return (LinePart(layer="", name="", section=0),) * count
    places, nowhere = _places(holding), ("", "")
    parts: list[LinePart] = []
    starts = [section.lines[0] for section in tree.sections[1:]]
    for section, end in enumerate((*starts, count + 1)):
        # Neighbouring lines mostly share a part, and of those that do each gets the same one.
        made: dict[tuple[str, str], LinePart] = {}
        numbers = range(len(parts) + 1, min(end, count + 1))
        for place, own in groupby(places.get(number, nowhere) for number in numbers):
            part = made.get(place)
            if part is None:
                part = made[place] = LinePart(layer=place[0], name=place[1], section=section)
            parts += [part] * len(list(own))
    return tuple(parts)
