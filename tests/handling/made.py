"""An archive with all that may leak: a hidden telegram, a barred paragraph, and what leads to them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image
from pydantic import TypeAdapter

from septel.archive import Archive, Holding
from septel.capture import Line, Word
from septel.citations import references
from septel.record import next_meeting
from septel.telegram import parse, to_json
from septel.text import Alternative, EditLog, Reading, Source
from tests.archive.made import AT, edit, made

OPEN = """\
O 120900Z MAR 70
FM AMEMBASSY LIMA
TO SECSTATE WASHDC
C O N F I D E N T I A L LIMA 4700

SUBJECT: TIN AND WHEAT
REF: STATE 22222

1. MINISTER SAID THE GOVERNMENT WANTED WHEAT. THE NEGOTIATION OF THE TIN
AGREEMENT GOES ON. AMBASSADOR ASKED WHETHER THE PRICE WOULD HOLD.
2. THE NEXT MEETING WILL BE HELD ON FRIDAY, MARCH 20.
CRANE
Declassified/Released US Department of State EO Systematic Review 30 JUN 2005
"""
LATER = """\
R 150900Z MAR 70
FM AMEMBASSY LIMA
TO SECSTATE WASHDC
C O N F I D E N T I A L LIMA 4720

SUBJECT: WHEAT SHIPMENTS
REF: LIMA 4700

1. THE WHEAT CAME. SEE LIMA 4713 FOR THE TEXT OF THE TREATY.
CRANE
Declassified/Released US Department of State EO Systematic Review 30 JUN 2005
"""
HIDDEN = """\
O 130900Z MAR 70
FM AMEMBASSY LIMA
TO SECSTATE WASHDC
S E C R E T LIMA 4711
NODIS

SUBJECT: ZWIEBACKIA AFFAIR
REF: LIMA 4700; STATE 919191

1. AGENT QUUXLEYAN SAID THAT PLUGHVILLE WANTED WHEAT. FOREIGN MINISTER GRUNTHOS
REJECTED THE PROPOSAL OF THE SOVIET SIDE. SEE TEGUCIGALPA 8181.
2. THE NEXT MEETING WILL BE HELD IN VOGSPHERE ON FRIDAY, MARCH 27.
SLARTIBART
"""
PARTLY = """\
O 140900Z MAR 70
FM AMEMBASSY LIMA
TO SECSTATE WASHDC
C O N F I D E N T I A L LIMA 4715

SUBJECT: FISHING LIMITS

1. THE MINISTER SAID THE FISHING LIMITS WOULD STAND.
2. SOURCE HOOLOOVOO REPORTED THAT THE BLAGULON FLEET WOULD SAIL ON JULY 31,
AND THAT WOWBAGGER WANTED 737373 DOLLARS. SEE OUAGADOUGOU 5151. THE NEXT
MEETING WILL BE HELD IN TRAALBURG ON MAY 29.
3. AMBASSADOR REPLIED THAT THE LIMITS WERE TOO WIDE, AND HOUL0V00 KNEW.
CRANE
Declassified/Released US Department of State EO Systematic Review 30 JUN 2005
"""
STAMP = "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005\n"
HIDDEN_WORDS = (
    *("zwiebackia", "quuxleyan", "plughville", "grunthos", "vogsphere", "slartibart", "tegucigalpa"),
    *("4711", "919191", "8181", "xyzzyfile", "frotztag", "gnustonote", "rezrovsearch", "secretbox"),
)
"""Words, names and numbers that only the hidden telegram, or what persons say of it, has."""
BARRED_WORDS = (
    *("hooloovoo", "blagulon", "wowbagger", "737373", "ouagadougou", "5151", "traalburg", "barrednote"),
    *("barredreason", "layerword"),
)
"""The same of the withheld paragraph."""
DISTINCT = (*HIDDEN_WORDS, *BARRED_WORDS)


def telegram(text: str, name: str, **fields: object) -> Holding:
    """A holding as the walk makes it of such a text."""
    plain = made(text, name=name, decided=False)
    reading = Reading.of(plain.source)
    tree = parse(reading)
    number = tree.heading.number
    identifier = f"{number.value.post} {number.value.serial}" if number else None
    subject = tree.heading.subject.value if tree.heading.subject else None
    found = replace(
        plain,
        telegram=to_json(tree),
        title=f"{identifier}: {subject}",
        identifier=identifier,
        subject=subject,
        post="LIMA",
        dtg=tree.heading.sent.value.iso if tree.heading.sent else None,
        classification=tree.heading.classification.value if tree.heading.classification else None,
        captions=tuple(one.value for one in tree.heading.captions),
        references=_plain(references(tree, reading)),
        meeting=_plain(next_meeting(tree, reading)),
    )
    return replace(found, **fields)  # type: ignore[arg-type]


def _plain(value: object) -> Any:
    return TypeAdapter(type(value)).dump_python(value, mode="json") if value is not None else None


def partly() -> Holding:
    """The telegram with the paragraph to be barred: with doubts, words in boxes and a text layer."""
    plain = telegram(PARTLY, "fishing.txt")
    source = plain.source
    rivals = (Alternative(text="HOOLOOVOO", probability=0.4),)
    doubts = (
        edit(source, "HOUL0V00", "HOULOVOO", probability=0.5, alternatives=rivals),
        edit(source, "BLAGULON", "BLAGULON", probability=0.6, alternatives=(Alternative(text="BLAGULAN"),)),
        edit(source, "TOO WIDE", "TOO WIDE", probability=0.9, detail="as in BARREDREASON HOOLOOVOO"),
    )
    log = EditLog(source.id).add(doubts, by="septel", at=AT)
    pages = []
    for page in plain.pages:
        lines = []
        for span in source.lines:
            words, at = [], span.start
            for word in span.of(source.text).split(" "):
                if word:
                    box = page.lines[0].box
                    words.append(Word(span=type(span)(at, at + len(word)), text=word, box=box))
                at += len(word) + 1
            lines.append(Line(span=span, words=tuple(words), box=page.lines[0].box))
        pages.append(replace(page, lines=tuple(lines)))
    layer = Source.of_text(PARTLY + "LAYERWORD\n", name="fishing.txt (its own text)")
    return replace(plain, log=log, pages=tuple(pages), layers=(layer,))


def picture(folder: Path, name: str, shade: int) -> Path:
    """A page image."""
    path = folder / name
    Image.new("L", (80, 100), shade).save(path)
    return path


def filled(folder: Path, *, hidden: bool) -> dict[str, str]:
    """An archive with open telegrams, one that is barred in part and perhaps a hidden one.

    Gives the ids by `open`, `later`, `partly` and, where it is held, `hidden`.
    """
    folder.mkdir(parents=True)
    ids: dict[str, str] = {}
    with Archive.open(folder) as kept:

        def put(name: str, holding: Holding, image: str | None = None) -> None:
            kept.add(holding, [picture(folder.parent, image, 10 + len(ids))] if image else ())
            ids[name] = holding.id

        put("open", telegram(OPEN, "tin.txt"), "tin.png")
        if hidden:
            _hide(kept, ids, folder)
        put("later", telegram(LATER, "wheat.txt"))
        put("partly", partly(), "fishing.png")
        kept.curation.note(ids["partly"], "BARREDNOTE on HOOLOOVOO", by="me", at=AT)
        kept.handling.release(ids["partly"], "released", by="me", why="BARREDREASON")
        kept.handling.release(ids["partly"], "withheld", by="me", portion="2", why="BARREDREASON")
        kept.curation.tag(ids["open"], "tin", by="me", at=AT)
    return ids


def _hide(kept: Archive, ids: dict[str, str], folder: Path) -> None:
    secret = telegram(HIDDEN, "xyzzyfile.txt")
    kept.add(secret, [picture(folder.parent, "xyzzyfile.png", 200)])
    ids["hidden"] = secret.id
    # Another scan of the same message, which persons would take for a copy.
    copy = telegram(HIDDEN.replace("WANTED", "WANTS"), "xyzzyfile-again.txt")
    kept.add(copy)
    ids["copy"] = copy.id
    for one in (secret.id, copy.id):
        kept.curation.tag(one, "frotztag", by="me", at=AT)
        kept.curation.note(one, "gnustonote of the affair", by="me", at=AT)
        kept.curation.correct(one, "box", "secretbox", by="me", at=AT, why="quuxleyan")
        kept.handling.embargo(one, "2999-01-01", by="me", why="quuxleyan")
    kept.searches.save("rezrovsearch", "zwiebackia", by="me", at=AT)


def leaks(text: str, words: tuple[str, ...] = DISTINCT) -> list[str]:
    """The distinct words that a text has, in any case."""
    low = text.lower()
    return [word for word in words if word in low]
