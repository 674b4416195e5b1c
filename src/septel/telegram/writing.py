"""Writes a telegram in its published JSON form."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import Any

from septel.telegram.fields import Distribution, Place, Telegram
from septel.telegram.schema import VERSION, TelegramJson
from septel.text import Confidence, Locus


def _plain(value: object) -> Any:
    if isinstance(value, Locus):
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
    if isinstance(value, Place):
        return {"line": value.line, "layer": value.layer.value, "part": value.part}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value


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
    data = {
        f.name: _plain(getattr(telegram, f.name))
        for f in dataclasses.fields(telegram)
        if f.name != "catalogue"
    }
    data["source"] = data.pop("source_id")
    data["version"] = VERSION
    data["catalogue"] = dict(telegram.catalogue)
    return data
