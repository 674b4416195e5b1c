"""Which part of the telegram each line of the source belongs to, from the tree that the archive keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from septel.archive.model.holding import Holding
from septel.telegram import TelegramJson


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


def _places(holding: Holding) -> Iterator[tuple[int, str, str]]:
    """Line, layer and part of each entry; none of one in a form that this version does not know."""
    kept = holding.telegram.get("places")
    for place in kept if isinstance(kept, list) else ():
        match place:
            case {"line": int(line), "layer": str(layer), "part": str(part)}:
                yield line, layer, part


def parts_of(holding: Holding, tree: TelegramJson | None) -> tuple[LinePart, ...]:
    """One part per line of the source, in order."""
    count = len(holding.source.lines)
    if tree is None:
        return (LinePart(layer="", name="", section=0),) * count
    places = {line: (layer, part) for line, layer, part in _places(holding)}
    # Neighbouring lines mostly share a part, and of those that do each gets the same one.
    made: dict[tuple[tuple[str, str], int], LinePart] = {}
    parts: list[LinePart] = []
    section = 0
    for number in range(1, count + 1):
        while section + 1 < len(tree.sections) and tree.sections[section + 1].lines[0] <= number:
            section += 1
        place = places.get(number, ("", ""))
        part = made.get((place, section))
        if part is None:
            part = made[place, section] = LinePart(layer=place[0], name=place[1], section=section)
        parts.append(part)
    return tuple(parts)
