"""Writes a telegram in its published JSON form."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from enum import Enum
from typing import Any, cast

from septel.telegram.model import Distribution, Layer, Telegram
from septel.telegram.output.schema import VERSION, TelegramJson
from septel.text import Confidence, Locus

_AS_IT_IS = frozenset({str, int, bool, float, type(None)})
_OTHERWISE = frozenset({"source_id", "owners", "catalogue"})
"""Fields of a telegram that have another name or form in the schema."""

_KNOWN: dict[type, tuple[str, ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    """The fields of a record; none for what is none."""
    names = _KNOWN.get(kind)
    if names is None:
        record = dataclasses.is_dataclass(kind)
        names = _KNOWN[kind] = tuple(f.name for f in dataclasses.fields(kind)) if record else ()
    return names


def _plain(value: object) -> Any:
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is tuple or kind is list:
        return [_plain(one) for one in cast("Sequence[object]", value)]
    if kind is Locus:
        return str(value)
    if isinstance(value, Confidence):
        return value.probability
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Distribution):
        return {
            "kind": value.kind,
            "offices": [{"office": office, "copies": copies} for office, copies in value.offices],
            "total": value.total,
            "sums": value.sums,
            "locus": str(value.locus),
        }
    if isinstance(value, Telegram):
        return _tree(value)
    names = _names(kind)
    if not names:
        return value
    # Most are texts and numbers: a telegram has thousands.
    return {name: one if type(one := getattr(value, name)) in _AS_IT_IS else _plain(one) for name in names}


def to_json(telegram: Telegram, *, checked: bool = True) -> dict[str, Any]:
    """The telegram by the published schema (docs/schema/telegram.schema.json).

    Args:
        telegram: the tree.
        checked: whether the result is held against the schema once more; a long run over millions leaves
            it out.
    """
    if not checked:
        return _tree(telegram)
    return TelegramJson.model_validate(_tree(telegram)).model_dump(mode="json")


def _tree(telegram: Telegram) -> dict[str, Any]:
    data = {name: _plain(getattr(telegram, name)) for name in _names(Telegram) if name not in _OTHERWISE}
    data["source"] = telegram.source_id
    layers = {layer: layer.value for layer in Layer}
    data["places"] = [
        {"line": line, "layer": layers[layer], "part": part}
        for line, (layer, part) in enumerate(telegram.owners, 1)
    ]
    data["version"] = VERSION
    data["catalogue"] = dict(telegram.catalogue)
    return data
