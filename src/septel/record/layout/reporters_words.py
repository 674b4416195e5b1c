"""Patterns of labels at the head of a transcript's lines, and of words that are plainly the reporter's."""

from __future__ import annotations

import re
from collections.abc import Iterable

OURS = re.compile(
    r"\b(?:WE|EMBASSY|EMB|POST|MISSION) (?:ALSO |STILL |DO NOT |WOULD |WILL |HAVE )*(?:BELIEVES?"
    r"|THINKS?|FEELS?|EXPECTS?|NOTES?"
    r"|UNDERSTANDS?|RECOMMENDS?|DOUBTS?|HOPES?|KNOWS?|ASSUMES?|CONSIDERS?|ADVISE|REPORT|CONTINUE"
    r"|SUSPECTS?|ESTIMATES?)\b"
    r"|^\W*(?:THE |THIS )?(?:EMBASSY|EMB|POST|MISSION|CONSULATE) (?:IS|HAS|WILL|WOULD|CONTINUES|PLANS|DOES"
    r"|MAY|REMAINS|INTENDS|ALSO) "
)
EDITORS = re.compile(
    r"\bCENTRAL FILES\b|\bNATIONAL ARCHIVES\b|\bPRESIDENTIAL MATERIALS\b"
    r"|\b(?:JOHNSON|KENNEDY|EISENHOWER|TRUMAN) LIBRARY\b|\bIBID\b"
    r"|\bFOR (?:\w+ )?TEXTS? OF\b[^;]*\bSEE\b|\bEDITORIAL NOTE\b"
    r"|\bELLIPS[EI]S (?:IS|ARE) IN\b|\bFOREIGN RELATIONS, 19\d\d"
)
"""Words of an edition about its copy."""
TO_OFFICE = re.compile(
    r"\W*(?:IN VIEW [^,.;]{3,50}?,? |ACCORDINGLY,? |THEREFORE,? )?"
    r"(?:AS DEPARTMENT|AS DEPT|DEPARTMENT|DEPT|EMBASSY|REFTELS?|SEPTELS?|RECOMMEND|SUGGEST|PLEASE"
    r"|REQUEST|BELIEVE|CONSIDER|WOULD APPRECIATE|ACTION REQUESTED)\b"
)
TO_HIM = re.compile(
    r"\W*(?:ALSO |THEN |AGAIN )?(?:GAVE|TOLD|SHOWED|HANDED|ASSURED|THANKED|ASKED"
    r"|READ|OFFERED|LEFT|REMINDED|URGED) (?:HIM|HER|THEM)\b"
)
"""What who reports did to the one who speaks: GAVE HIM SUBSTANCE OF THE TELEGRAM."""
HOPES = re.compile(
    r"\b(?:HOPE|URGE|SUGGEST|RECOMMEND|APPRECIATE|REQUEST|TRUST) (?:THAT )?(?:THE )?(?:DEPARTMENT|DEPT)\b"
    r"|\bYOU (?:MAY|SHOULD|ARE AUTHORIZED|MIGHT)(?: \w+LY| ALSO)? (?:WISH |TO )?(?:SUGGEST|TELL|INFORM"
    r"|SAY|ASK|STATE|EXPLAIN|MAKE"
    r"|POINT|EXPRESS|EMPHASIZE|STRESS|CONVEY|INDICATE|DELIVER)\b"
    r"|\bI (?:SHOULD|WOULD) (?:MUCH |GREATLY |ALSO )?(?:APPRECIATE (?:EARLY|YOUR|THE|IT)|BE GRATEFUL)\b"
)
POINTS_FOLLOW = re.compile(
    r"\bMADE (?:THE |THESE |A NUMBER OF |SEVERAL )?(?:FOLLOWING )?(?:\w+ )?"
    r"(?:POINTS?|COMMENTS?|REMARKS?|OBSERVATIONS?)\W*$"
)
"""HE MADE FOLLOWING POINTS. announces words, and tells none."""
WRITTEN = re.compile(
    r"\W*(?:[A-Z][\w.]* ){0,3}[A-Z][\w-]+['’]S "
    r"(?:(?:EARLIER|RECENT|LATEST|LAST) )?(?:LETTER|MEMORANDUM|MESSAGE"
    r"|REPORT|TELEGRAM|CABLE|NOTE)\b|"
    r"\W*(?:THE |A |THIS |HIS |THEIR )?(?:LETTER|PETITION|LEAFLET|PAMPHLET|MANIFESTO|BANNER|EDITORIAL"
    r"|ARTICLE)S?\b[^.;,]{0,80}\b(?:RELATED|STATED|SAID|DECLARED|ASKED|DEMANDED|CHARGED|CLAIMED|CALLED)\b"
)
"""A writing that speaks."""
MANNER = re.compile(
    r"\W*(?:BUT |AND )?(?:HE|SHE) (?:\w+LY )?(?:DEMONSTRATED|SHOWED|DISPLAYED|SEEMED|APPEARED|LOOKED|SMILED"
    r"|LAUGHED|PAUSED|DREW BACK|(?:THEN |SOON )?(?:LEFT|DEPARTED|WITHDREW|ENTERED)\b|KEPT (?:ON )?\w+ING"
    r"|GAVE THE IMPRESSION|EVINCED|NODDED|WAS (?:\w+ ){0,2}"
    r"(?:CORDIAL|FRIENDLY|RELAXED|SERIOUS|EMOTIONAL|CALM|NERVOUS|PLEASANT)\b)"
    r"|\W*(?:BUT |AND )?IT WAS (?:QUITE |FAIRLY |\w+LY )?(?:OBVIOUS|CLEAR|EVIDENT|APPARENT|PLAIN)"
    r"(?: FROM [^,.]{3,40})?"
    r" THAT (?:HE|SHE)\b"
    r"|\W*(?:BUT |AND )?(?:HE|SHE|[A-Z][A-Z'-]+) DID NOT (?:\w+LY )?(?:SPECIFY|ELABORATE|REPLY|COMMENT"
    r"|MENTION|RESPOND|INDICATE|DISCUSS|REFER|EXPLAIN|SAY|OFFER|ENLARGE|EXPAND)\b"
    r"|[^.]{0,80}\bSEPARATE (?:MEMORAND(?:UM|A)|MEMCONS?|TELEGRAMS?|REPORTS?|CABLES?"
    r"|MESSAGES?|DESPATCH(?:ES)?)\b"
    r"|\W*ONE (?:INTERESTING|AMUSING|CURIOUS) "
    r"|\W*(?:HOWEVER,? |BUT )?NO (?:\w+ ){1,5}?(?:WAS|WERE) (?:MADE|RAISED|MENTIONED|DISCUSSED|OFFERED"
    r"|GIVEN|PUT FORWARD)\b"
    r"|\W*THERE (?:WAS|WERE) NO (?:MENTION|DISCUSSION|DISSENT|OBJECTIONS?)\b"
    r"|\W*(?:THESE|THEY|THE POINTS) (?:WERE|ARE) (?:\w+LY )?AS FOLLOWS\W*$"
    r"|\W*(?:ALL OF )?THE (?:FOREGOING|ABOVE) (?:TRANSPIRED|TOOK PLACE|OCCURRED)\b"
    r"|\W*THIS (?:SEEMED|SEEMS|APPEARED|APPEARS) TO (?:REINFORCE|CONFIRM|INDICATE|SUGGEST|REFLECT|BEAR"
    r"|SHOW)\b"
    r"|\W*COP(?:Y|IES) OF (?:A |THE )?LETTER\b"
    r"|\W*THIS (?:SUGGESTION|PROPOSAL|VIEW) WAS NOT (?:QUESTIONED|DISPUTED|OPPOSED)\b"
)
"""How somebody was, or what was not said: the reporter's."""

LABEL = re.compile(
    r"(?P<who>[A-Z]{1,2}|(?:[A-Z]{2,5} (?=[A-Z][a-z]+ [A-Z]))?"
    r"(?:The |[A-Z][a-z]{1,6}\. (?:[A-Z]\. )*|Secretary |Ambassador |President "
    r"|Minister |General |Admiral |Colonel |Senator |Governor |Director |Under |Deputy )?"
    r"[A-Z][\w'’-]*[a-z](?: [A-Z][\w'’-]*[a-z])?)"
    r"\s?:\s+(?=\S)"
)
DASHED = re.compile(r"(?P<who>[A-Z]{1,2})\s?[—–:-]\s?(?=[A-Z“\"’'.…])")
"""H—I THINK NOT: of telephone talks."""
BESIDE = re.compile(r"(?P<who>[A-Z][\w'’-]{2,}) \([^)]{2,40}\): (?=[“\"])")
"""MALLEY (RADIO TUNIS): "FELICITATIONS": a name with what it is, and its words."""
NO_LABELS = frozenset(
    {
        "ANSWER", "QUESTION", "NOTE", "COMMENT", "COMMENTS", "SUBJECT", "SUMMARY", "REMARKS", "CONCLUSION",
        "CONCLUSIONS", "REFERENCE", "REF", "FACTS", "DISCUSSION", "RECOMMENDATION", "RECOMMENDATIONS",
        "PARTICIPANTS", "PRESENT", "PLACE", "DATE", "TIME", "ACTION", "BACKGROUND", "PROBLEM", "ISSUE",
        "DECISION",
    }
)  # fmt: skip
"""What stands before a colon and names nobody."""
LABELS = 4
"""Labelled paragraphs that make a document a transcript."""
_INITIALS = re.compile(r"(?P<who>[A-Z]{2,3})\s?:\s+(?=\S)")
"""LBJ: HELLO? of talks by telephone."""
_NAMED_DASHED = re.compile(
    r"(?P<who>(?:(?:The|Mr\.|Mrs\.|Dr\.|General|Admiral|Colonel|Ambassador|Secretary|President|Minister) )?"
    r"[A-Z][\w'’]{2,})\s?[—–-]\s?(?=[A-Z“\"])"
)
"""LANSDALE—YES: a name and a dash before the words."""


def labels_of(texts: Iterable[str]) -> tuple[re.Pattern[str], int]:
    """The pattern of the labels at the head of a document's paragraphs, and how many have one.

    A name and a dash may as well head a topic (DENMARK—THE SITUATION): they are labels only where they come
    again and stand before most paragraphs, and so are initials of three letters.
    """
    lines = tuple(texts)
    plain = sum(1 for line in lines if LABEL.match(line))
    dashed = sum(1 for line in lines if DASHED.match(line))
    for pattern, share in ((_NAMED_DASHED, 0.5), (_INITIALS, 0.5)):
        found = [m.group("who") for line in lines if (m := pattern.match(line))]
        again = [who for who in set(found) if found.count(who) > 1]
        several = len(set(found)) > 1 and len(found) > max(2, plain, dashed)
        if again and several and len(set(found)) * 2 <= len(found) + 1 and len(found) >= share * len(lines):
            return pattern, len(found)
    return (DASHED if dashed >= LABELS else LABEL), max(dashed, plain)


def is_briefing(texts: Iterable[str]) -> bool:
    """Whether lines are headed Q and A, for questions and answers of the press: these are no names."""
    lines = tuple(texts)
    return all(sum(line.startswith(f"{one}: ") for line in lines) > 1 for one in "QA")
