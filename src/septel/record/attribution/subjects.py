"""The subject of a verb: the noun phrase before it, found by walking left over what may stand between.

No list of names is needed: a phrase ends at a stop, a conjunction, a finite verb or a preposition that
can't be part of it. What the phrase means is another question (`people.sense`).
"""

from __future__ import annotations

from dataclasses import replace

from septel.record.attribution.tokens import (
    ADVERBIAL,
    ASIDE_OPENS,
    WHO,
    PhraseToken,
    Subject,
    SubjectKind,
    is_proper,
    tokens,
)
from septel.record.layout import BLANK, Prose
from septel.record.model import is_nation
from septel.record.people import NounKind, function_words, noun_kind

_PRONOUNS = {
    kind.value.upper().removeprefix("THE "): kind
    for kind in SubjectKind
    if kind not in (SubjectKind.PHRASE, SubjectKind.ELIDED, SubjectKind.NOBODY)
} | {"SHE": SubjectKind.HE}
TIME_WORDS = function_words("time")
_SKIPPED = function_words("skipped")
_NOT_ADVERBS = function_words("no adverb")
_STOPS = function_words("stop")
_PREPOSITIONS = function_words("preposition")
"""Words that end a noun phrase, unless they join two nouns."""
_JOINING = function_words("joining")
_DETERMINERS = function_words("determiner")
_OWNING = frozenset({"A", "AN", "THE", "ITS", "HIS", "HER", "THEIR", "MY", "OUR", "YOUR"})
"""Behind these a form in -ED is an adjective."""
_MARKS_SPELLED = frozenset({"QUOTE", "UNQUOTE"})
_IN_ADVERBS = function_words("behind in")
_WINDOW = 40
_FINITE = frozenset(
    {"WAS", "WERE", "IS", "ARE", "HAD", "HAS", "HAVE", "WOULD", "WILL", "COULD", "MAY", "DID"}
)
_BE = function_words("relative verb")
_LONGEST = 12
"""Words that a noun phrase may have."""


class SubjectFinder:
    """Finds the subjects of the verbs of one sentence."""

    def __init__(
        self, prose: Prose, start: int, end: int, names: frozenset[str], guessed: frozenset[int] = frozenset()
    ) -> None:
        self._prose = prose
        self._start = start
        self._names = names
        self._guessed = guessed
        """Where names begin that were recognised through noise, whatever the reading has there."""
        self._tokens = tokens(prose, start, end)
        self._mixed = not prose.in_capitals

    def before(self, verb_start: int) -> tuple[Subject | None, str]:
        """The subject of the verb that begins here, and the words between them.

        Returns:
            None where the verb can have none here: an infinitive that nothing governs, a reduced clause.
        """
        at = self._index(verb_start) - 1
        at = self._skip(at)
        gap_at = self._tokens[at].end if at >= 0 else self._start
        gap = self._prose.plain[gap_at:verb_start]
        gap = gap[max(gap.rfind(mark) for mark in ",)—–") + 1 :]  # what stands in an aside is no auxiliary
        subject = self._before_relative(at) or self._phrase_ending(at, verb_start)
        if subject is not None and subject.kind is SubjectKind.ELIDED and subject.after == ",":
            subject = self._opened_by_name(at) or subject
        elif subject is not None and subject.kind is SubjectKind.PHRASE and subject.after == ",":
            first = self._prose.plain[subject.start : subject.end].split()[0]
            opened = self._index(subject.start) - 1
            if noun_kind(first) is NounKind.BODY:
                # MIRANDA, DIRECTOR OF PETROLEUM, MINISTRY OF ENERGY, TOLD: where he serves
                subject = self._opened_by_name(opened) or subject
            elif self._is_titled(opened - 1) and self._mixed and self._text(subject).isupper():
                subject = self._made(0, opened - 1, "")  # THE CHAIRMAN, CFEP, STATED
        return subject, gap

    def _text(self, subject: Subject) -> str:
        return self._prose.text[subject.start : subject.end]

    def _is_titled(self, at: int) -> bool:
        """Whether a word that ends the first phrase of a sentence names an office: THE CHAIRMAN, CFEP."""
        return 0 <= at <= 3 and noun_kind(self._tokens[at].word) is NounKind.PERSON

    def _opened_by_name(self, at: int) -> Subject | None:
        """A name that opens the sentence, with what its bearer is behind it: MIRANDA, DIRECTOR, TOLD."""
        comma = next((i for i in range(at) if self._tokens[i].word == ","), None)
        if comma is None or not 0 < comma <= 5:
            return None
        name = self._tokens[:comma]
        if name[-1].word not in self._names and not (
            comma > 1 and all(is_proper(t.word, self._prose.text[t.start]) for t in name)
        ):
            return None
        for token in self._tokens[comma + 1 : at]:
            word = token.word
            done = word.endswith("ED") and noun_kind(word) is None and word not in self._names
            if word in _FINITE or done or word in (";", ":", "“", '"', "THAT"):
                return None
        return self._made(0, comma - 1, "")

    def _before_relative(self, at: int) -> Subject | None:
        """Whom a clause with WHO is about, where the verb comes after it: ARCE WHO WAS PRESENT NOTED."""
        for i in range(at, max(0, at - 20), -1):
            word = self._tokens[i].word
            if not word[0].isalnum() and word not in ("'", "’"):
                return None
            if word == "WHO" and i < at:
                inside = [t.word for t in self._tokens[i + 1 : at + 1]]
                if any(w in _BE or w.endswith("ED") for w in inside):
                    return self._phrase_ending(i - 1, self._tokens[i].start)
                return None
        return None

    def agent(self, after: int) -> Subject | None:
        """The phrase after BY: who did what the passive verb before it says."""
        at = self._index(after)
        if at >= len(self._tokens) or self._tokens[at].word != "BY":
            return None
        return self._forward(at, "BY")

    def following(self, after: int) -> Subject | None:
        """The phrase that begins behind a place: whom ACCORDING TO names."""
        at = self._index(after)
        return self._forward(at - 1, "") if at < len(self._tokens) else None

    def _forward(self, at: int, after: str) -> Subject | None:
        """The phrase behind a word."""
        last = at
        for i in range(at + 1, min(len(self._tokens), at + 1 + _LONGEST)):
            word = self._tokens[i].word
            if (
                not word[0].isalnum()
                or word in _STOPS
                or (word in _PREPOSITIONS and word not in ("OF", "AT", "IN"))
            ):
                break
            last = i
        return self._made(at + 1, last, after) if last > at else None

    def opening(self, length: int = _LONGEST) -> Subject | None:
        """The phrase with which a sentence opens, adverbs left out: what the sentence is likely about."""
        for i, token in enumerate(self._tokens[:length]):
            if self._adverb(token) or not token.word[0].isalnum():
                continue
            if token.word in _PRONOUNS:
                return self._made(i, i, "")
            last = i - 1
            for j in range(i, min(len(self._tokens), i + _LONGEST)):
                word = self._tokens[j].word
                if not word[0].isalnum() or word in _STOPS or word in _PREPOSITIONS:
                    break
                if last >= i and self._may_be_verb(self._tokens[j], self._tokens[last]):
                    break
                last = j
            return self._made(i, last, "") if last >= i else None
        return None

    def _may_be_verb(self, token: PhraseToken, before: PhraseToken) -> bool:
        """Whether a word behind a name is likely its verb: in lower case, or in -ED among capitals."""
        if self._mixed:
            return self._prose.text[token.start].islower() and self._prose.text[before.start].isupper()
        return token.word.endswith("ED") and token.word not in self._names

    def _index(self, offset: int) -> int:
        return next((i for i, t in enumerate(self._tokens) if t.start >= offset), len(self._tokens))

    def _adverb(self, token: PhraseToken) -> bool:
        word = token.word
        if word in _SKIPPED:
            return True
        lower = self._prose.text[token.start].islower()
        if word.endswith("LY") and word not in self._names and word not in _NOT_ADVERBS:
            return lower or not self._mixed or token.start == self._start or len(word) > 8
        return word.isdigit() and len(word) < 3

    def _skip(self, at: int) -> int:
        """Over adverbs, auxiliaries, dates and what stands between commas, to the end of the subject."""
        commas = 0
        while at >= 0:
            word = self._tokens[at].word
            end = self._tokens[at].end
            begun = max(self._start, end - _WINDOW)
            phrase = ADVERBIAL.search(self._prose.plain[begun:end])
            if phrase is not None and begun + phrase.start() > self._tokens[0].start:
                at = self._index(begun + phrase.start()) - 1
                continue
            if self._tokens[at].start in self._guessed:
                break
            if self._adverb(self._tokens[at]) or (word in TIME_WORDS and word not in ("MAY", "MARCH")):
                at -= 1
            elif word == "ALL" and self._word(at - 1) == "OF" and self._word(at - 2) in ("FIRST", "ABOVE"):
                at -= 3
            elif word in _IN_ADVERBS and at and self._tokens[at - 1].word == "IN":
                at -= 2
            elif word == ")":
                opened = next((i for i in range(at, -1, -1) if self._tokens[i].word == "("), None)
                if opened is None:
                    return at
                at = opened - 1
            elif word in (",", "—", "–", "/") and commas < 2:
                opened = self._aside(at)
                if opened is None:
                    # telegraphic: NAJIB SHAYBANI DIRECTOR OF AFFAIRS, DELIVERED
                    bare = word == "," and not commas and at and self._opens_sentence(at - 1)
                    return at - 1 if bare else at
                if opened and self._appositive(opened, at):
                    return at - 1  # AMBASSADOR TO ARGENTINA, WALDO CERRUTO, STATED
                at, commas = opened - 1, commas + 1
            else:
                break
        return at

    def _appositive(self, opened: int, closed: int) -> bool:
        """Whether a name stands between commas behind what its bearer is."""
        before, words = self._tokens[opened - 1].word, self._tokens[opened + 1 : closed]
        text = self._prose.plain[self._tokens[opened].end : self._tokens[closed].start]
        named = 0 < len(words) <= 3 and not ASIDE_OPENS.match(text) and not self._adverb(words[-1])
        what = is_nation(before) or noun_kind(before) is NounKind.PERSON
        upper = all(self._prose.text[t.start].isupper() for t in words)
        if named and upper and self._mixed and self._prose.text[self._tokens[opened - 1].start].islower():
            # LEADING FIGURE IN THE MOVEMENT, JASSIM AL-QITAMI, INFORMED
            what = what or all(is_proper(t.word, self._prose.text[t.start]) for t in words)
        return named and what and upper

    def _opens_sentence(self, at: int) -> bool:
        """Whether the phrase that ends here, and nothing else, opens the sentence."""
        word = self._tokens[at].word
        if word in _STOPS or word in _PREPOSITIONS or not word[0].isalnum() or self._adverb(self._tokens[at]):
            return False
        return self._begin(at) == 0 and (at > 0 or word in self._names)

    def _aside(self, at: int) -> int | None:
        """Where an aside that ends here begins: `MACDONALD, WHO HAD BEEN THERE, SAID`."""
        mark, depth = self._tokens[at].word, 0
        for i in range(at - 1, max(-1, at - 30), -1):
            word = self._tokens[i].word
            if word == mark and not depth:
                text = self._prose.plain[self._tokens[i].end : self._tokens[at].start]
                if not i or self._tokens[i - 1].word in TIME_WORDS:
                    return None
                return i if len(text.split()) <= 2 or ASIDE_OPENS.match(text) else None
            if word == "WHO" and i and mark == ",":
                return i - 1 if self._tokens[i - 1].word == "," else i
            if word == ")" or (word == "(" and depth):
                depth += 1 if word == ")" else -1
            elif word in (";", ":", "“", "”", '"', "("):
                return None
        return None

    def _phrase_ending(self, at: int, verb_start: int) -> Subject | None:
        elided = Subject(start=verb_start, end=verb_start, kind=SubjectKind.ELIDED)
        if at < 0:
            return elided
        word = self._tokens[at].word
        if self._tokens[at].start in self._guessed:
            return self._made(at, at, self._word(at - 1))
        if word in ("AND", "BUT", "OR", ",", ";", "—", "–", "-", ":", "(", "“", "”", '"', "/"):
            return Subject(start=verb_start, end=verb_start, kind=SubjectKind.ELIDED, after=word)
        if word == "WHO":
            end = at - 2 if self._word(at - 1) == "," else at - 1
            found = self._phrase_ending(end, verb_start) if end >= 0 else None
            return (
                replace(found, after=WHO) if found is not None and found.kind is SubjectKind.PHRASE else found
            )
        if word in _PRONOUNS:
            begin = at - 1 if at and self._tokens[at - 1].word == "THE" else at
            subject = self._made(begin, at, self._word(begin - 1))
            return self._with_joined(subject, begin)
        if word in _STOPS or word in _PREPOSITIONS or not word[0].isalnum():
            if word == BLANK:
                return self._made(at, at, self._word(at - 1))
            return None
        if word in _OWNING:
            return None  # ITS DETAILED OBSERVATIONS: no verb
        begin = self._begin(at)
        if begin > at:
            return None
        subject = self._made(begin, at, self._word(begin - 1))
        return self._with_joined(subject, begin)

    def _word(self, index: int) -> str:
        return self._tokens[index].word if index >= 0 else ""

    def _begin(self, at: int) -> int:
        """Where the phrase that ends at this word begins."""
        begin = at
        for i in range(at - 1, max(-1, at - _LONGEST), -1):
            token = self._tokens[i]
            word = token.word
            if word == "US" and self._is_adjective(i, begin):
                begin = i
                continue
            if self._is_name(begin) and self._is_plain(i):
                break  # AT LAST NATO meeting HAROLD
            if word in _STOPS or not (word[0].isalnum()) or (self._adverb(token) and word not in ("FIRST",)):
                break
            if word == "UNDER" and self._tokens[i + 1].word.startswith("SECRETAR"):
                begin = i
                continue
            if word in _PREPOSITIONS or word == "OF":
                if not self._joins(i, begin):
                    break
                continue
            begin = i
            if word in _DETERMINERS and not (i and self._tokens[i - 1].word in ("OF", "ALL", "BOTH")):
                break
        return self._after_preposition(self._after_time(begin, at), at)

    def _is_name(self, i: int) -> bool:
        return self._mixed and self._tokens[i].word in self._names

    def _is_plain(self, i: int) -> bool:
        """Whether a word is written small and is nobody's title."""
        token = self._tokens[i]
        plain = self._prose.text[token.start].islower() and noun_kind(token.word) is not NounKind.PERSON
        return plain and token.word not in _DETERMINERS

    def _after_preposition(self, begin: int, at: int) -> int:
        """AT OUTSET PRIME MINISTER: telegraphic, the small word belongs to the preposition before it."""
        if not self._mixed or begin >= at or self._word(begin - 1) not in _PREPOSITIONS:
            return begin
        first, second = (self._prose.text[self._tokens[i].start] for i in (begin, begin + 1))
        bare = self._tokens[begin].word not in _DETERMINERS and noun_kind(self._tokens[begin].word) is None
        return begin + 1 if bare and first.islower() and second.isupper() else begin

    def _is_adjective(self, i: int, begin: int) -> bool:
        """Whether US names the nation before a noun: US DELEGATION, not TOLD US SMITH."""
        before = self._tokens[i - 1].word if i else ""
        spoken_to = before in ("TOLD", "GAVE", "INFORMED", "ASKED", "ASSURED", "SHOWED", "WITH", "TO", "FOR")
        if self._tokens[begin].word in ("SIDE", "DELEGATION", "POSITION"):
            return not spoken_to
        kind = noun_kind(self._tokens[begin].word)
        return not spoken_to and kind in (NounKind.BODY, NounKind.PERSON, NounKind.DOCUMENT)

    def _after_time(self, begin: int, at: int) -> int:
        while begin < at and (self._tokens[begin].word in TIME_WORDS or self._tokens[begin].word.isdigit()):
            begin += 1
        return begin

    def _joins(self, i: int, begin: int) -> bool:
        """Whether a preposition ties two nouns: MINISTER OF DEFENCE, not IN PARIS SMITH."""
        word = self._tokens[i].word
        if word not in _JOINING or i == 0:
            return False
        left = self._tokens[i - 1]
        if word == "OF" and left.word in self._names and is_nation(self._tokens[begin].word):
            return True  # AMBASSADOR SHARAF OF JORDAN
        if word == "OF" and left.word in self._names and self._is_body(begin):
            return True  # MR. ROSSITER OF THE DEPARTMENT OF AGRICULTURE
        if left.word in self._names or self._tokens[begin].word in self._names:
            return False
        if word == "OF":
            return left.word not in _STOPS and left.word not in _PREPOSITIONS
        titled = noun_kind(left.word) in (NounKind.PERSON, NounKind.BODY)
        return titled or (word in ("DE", "DEL") and self._tokens[begin].word not in _DETERMINERS)

    def _is_body(self, begin: int) -> bool:
        at = begin + (self._tokens[begin].word == "THE")
        return at < len(self._tokens) and noun_kind(self._tokens[at].word) is NounKind.BODY

    def _with_joined(self, subject: Subject, begin: int) -> Subject:
        """With the first of two subjects: SMITH AND I, BOTH HE AND THE UNDER SECRETARY."""
        if begin < 2 or self._tokens[begin - 1].word not in ("AND", "OR"):
            return subject
        end = begin - 2
        word = self._tokens[end].word
        ours = word == "US" and is_nation(self._tokens[begin].word)  # US AND BRAZILIAN DELEGATIONS
        ends = word in _STOPS or word in _PREPOSITIONS or not word[0].isalnum()
        if ends and not ours and word not in _PRONOUNS:
            return subject
        first_begin = end if ours or word in _PRONOUNS else self._begin(end)
        before = self._word(first_begin - 1)
        opens = before in ("", ",", ";", "BOTH", "WHEN", "THAT", "AFTER", "AS", "WHILE", "(", "—")
        if not opens or self._has_verb(first_begin, end):
            return subject
        first = self._made(first_begin, end, before)
        return Subject(start=first.start, end=subject.end, kind=subject.kind, joined=first, after=before)

    def _has_verb(self, begin: int, end: int) -> bool:
        words = {token.word for token in self._tokens[begin : end + 1]} - self._names
        return any(w.endswith("ED") and noun_kind(w) is None and not is_nation(w) for w in words)

    def _made(self, begin: int, end: int, after: str) -> Subject:
        while end > begin and self._tokens[end].word in _MARKS_SPELLED:
            end -= 1
        last = self._tokens[end].word
        kind = _PRONOUNS.get(last, SubjectKind.PHRASE)
        return Subject(start=self._tokens[begin].start, end=self._tokens[end].end, kind=kind, after=after)
