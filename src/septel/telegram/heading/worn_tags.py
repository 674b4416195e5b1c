"""Codes of TAGS on a bad copy, by the list of TAGS and the country of the sender."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from septel.lexicon import Lexicon, shapes

_SPECKS = " .,;:'’‘“”\"*-=°·•~"


def mended_tags(tags: tuple[str, ...], lexicon: Lexicon, country: str | None = None) -> tuple[str, ...]:
    """Codes of a bad copy: specks are left out, and of an unknown code the one that it can only be stands.

    A code of four signs is one of the list when just one of the list has its shapes, or differs from it in
    one sign that is no letter. A code of no list that is one sign from the sender's own country is that.
    """
    found: list[str] = []
    for tag in tags:
        if tag.startswith("("):
            found.append(tag)
            continue
        words = [word.strip(_SPECKS) for word in tag.split()]
        code = " ".join(word for word in words if any(c.isalpha() for c in word))
        if len(code) > 1:
            found.append(_mended_tag(code, lexicon, country))
    return tuple(found)


def _mended_tag(tag: str, lexicon: Lexicon, country: str | None) -> str:
    own = country is not None and len(tag) in (len(country), len(country) + 1) and tag not in lexicon.tags
    if own and country and Levenshtein.distance(tag, country) == 1:
        return country
    if len(tag) != 4 or tag in lexicon.tags or (tag.isalpha() and tag.isupper()):
        return tag
    codes = [code for code in lexicon.tags if len(code) == 4]
    same = [code for code in codes if shapes(code) == shapes(tag)]
    one = sum(not c.isalpha() for c in tag) == 1
    near = same or [
        code
        for code in codes
        if one and all(a == b or not a.isalpha() for a, b in zip(tag, code, strict=True))
    ]
    return near[0] if len(near) == 1 else tag


def tags_with_a_lost_letter(tags: tuple[str, ...], lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """What the codes may be when one of them lost a letter: `EFI`, EFIN or EFIS.

    None is chosen: codes of three letters that no list has are typed too (`MAR`, `BUD`).
    """
    found: list[tuple[str, ...]] = []
    for at, tag in enumerate(tags):
        if len(tag) == 3 and tag.isalpha() and tag not in lexicon.tags:
            found += [(*tags[:at], whole, *tags[at + 1 :]) for whole in _whole(tag, lexicon)]
    return tuple(found)


def _whole(tag: str, lexicon: Lexicon) -> list[str]:
    """The codes of four letters that a code of three is without one of them."""
    codes = (code for code in lexicon.tags if len(code) == 4)
    return [code for code in codes if any(code[:at] + code[at + 1 :] == tag for at in range(4))]
