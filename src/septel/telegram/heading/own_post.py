"""Posts through a clerk's slip or a misread letter, and what the sender's own post tells of other fields."""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from septel.lexicon import Lexicon, Post
from septel.telegram.model import Addressee, Field, Number, Station

_LEAST = 5
"""A post's name of fewer letters is like too many others."""
_KINDS = ("AMEMBASSY", "AMCONSUL", "USMISSION")


def only_post(name: str, lexicon: Lexicon) -> Post | None:
    """The post whose name is one letter from a misread one; None where none or two are."""
    near = [one for one in lexicon.near_posts(name) if one.distance <= 1 and one.length >= _LEAST]
    return near[0].entry if len(near) == 1 else None


def typed_post(name: str, lexicon: Lexicon) -> Post | None:
    """The post that a clean name means, through one wrong letter of the kind of post or of its town."""
    post = lexicon.post(name)
    kind, _, town = name.partition(" ")
    if post is not None or not town or not any(Levenshtein.distance(kind, one) <= 1 for one in _KINDS):
        return post
    return lexicon.post(town) or only_post(town, lexicon)


def with_post(number: Field[Number] | None, sender: Field[Station] | None) -> Field[Number] | None:
    """The number with the sender's post where its own line names none, as on the Department's old form."""
    if number is None or number.value.post is not None or sender is None:
        return number
    return replace(number, value=replace(number.value, post=sender.value.post or sender.value.name))


def others_than(addressees: tuple[Addressee, ...], number: Field[Number] | None) -> tuple[Addressee, ...]:
    """The addressees without a class line taken for one: the sender with the telegram's own number."""
    if number is None or number.value.post is None:
        return addressees
    own = number.value.post, str(number.value.serial)
    return tuple(one for one in addressees if (one.station.post, (one.number or "").lstrip("0")) != own)


def own_country(number: Field[Number] | None, lexicon: Lexicon) -> str | None:
    """The TAGS code of the country that the sending post lies in: most of its telegrams bear it."""
    post = lexicon.post(number.value.post) if number and number.value.post else None
    return lexicon.country_codes.get(post.territory) if post else None
