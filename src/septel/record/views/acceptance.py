"""Whether who accepts something accepts what another proposed: the same thing, and not its opposite."""

from __future__ import annotations

import re

from septel.record.model import Polarity, Statement

_WORD = re.compile(r"[A-Z]{4,}")
_ANNOUNCED = re.compile(r"\b(?:FOLLOWING|AS FOLLOWS|THESE|SEVERAL|CERTAIN)\b[^:]{0,60}:")
"""Opens a list: what stands behind it describes (FOLLOWING CHANGES: (A) DOCUMENT CALLED FOR MEETINGS)."""
_UNDOES = re.compile(
    r"\b(?:DELET|OMI(?:T|SSION)|REMOV|DROP|WITHDR[AE]W|ABANDON|ABOLISH|REJECT|POSTPON|DEFER|CANCEL|REPEAL|STRIK"
    r"|END(?:ING|ED)? |TERMINAT|SUSPEN|REFRAIN|AGAINST|OPPOS|CHANGES?\b|AMEND|REPLAC|INSTEAD OF)"
)
"""Asks for a thing to be undone or to be another."""
_MEANS_IT = re.compile(
    r"\b(?:PROPOSALS?|SUGGESTIONS?|RECOMMENDATIONS?|REQUESTS?|OFFERS?|IDEA|FORMULA|THIS|THAT|THESE|SUCH|IT|SO)\b"
)
_COMMON = frozenset(
    _WORD.findall(
        "THAT THIS THESE THOSE WITH FROM HAVE BEEN WERE WOULD COULD SHOULD WILL SHALL MIGHT MUST THEIR THEY"
        " THEM WHICH WHAT WHEN WHERE ALSO ONLY MORE THAN THEN THERE ABOUT INTO UPON SUCH SAME SOME OTHER"
        " OTHERS BOTH EACH EVERY BEFORE AFTER PROPOSAL PROPOSALS PROPOSED SUGGESTION SUGGESTED RECOMMENDATION"
        " REQUEST REQUESTS OFFER IDEA FORMULA ACCEPT ACCEPTED AGREE AGREED FOLLOWING CHANGES DELEGATION SIDE"
        " GOVERNMENT PREPARED WILLING READY"
    )
)
_SHARE = 0.4
"""Part of the rarer words of the shorter statement that both must have."""
_SHARED = 3
"""So many of them at least, where the shorter has so many."""
_FEW = 3
"""Words that one who accepts THIS PROPOSAL has besides."""


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:6] for word in _WORD.findall(words.upper()) if word not in _COMMON)


def asked_for(proposal: Statement) -> frozenset[str]:
    """The stems of what a proposal asks for; a list that it only announces is none of it."""
    words = proposal.content.words.upper()
    listed = _ANNOUNCED.search(words)
    return _stems(words[: listed.start()] if listed else words)


def accepts(acceptance: Statement, proposal: Statement, *, at_once: bool = False) -> bool:
    """Whether what somebody accepts is what another proposed, as far as their words tell.

    Args:
        acceptance: what one accepts.
        proposal: what another proposed before.
        at_once: whether nothing is said between them.
    """
    theirs, ours = acceptance.content.words.upper(), proposal.content.words.upper()
    denied = acceptance.polarity is not proposal.polarity and Polarity.NEGATIVE in (
        acceptance.polarity,
        proposal.polarity,
    )
    if denied or bool(_UNDOES.search(theirs)) is not bool(_UNDOES.search(ours)):
        # who only says that he agrees, or THE PROPOSAL, has no words of his own that could be opposed
        return not denied and (at_once or acceptance.answers == proposal.id) and not _stems(theirs)
    held, asked = _stems(theirs), asked_for(proposal)
    if acceptance.answers == proposal.id and len(held) <= _FEW and _MEANS_IT.search(theirs):
        return True
    if at_once and len(held) <= 1:
        return True  # I AGREED WITH HIM, DOBRYNIN AGREED
    least = min(len(held), len(asked))
    shared = len(held & asked)
    return least > 0 and shared >= min(_SHARED, least) and shared >= _SHARE * least
