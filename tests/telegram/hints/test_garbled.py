"""Telegrams of bad copies: closed lists, sequences and repetitions decide, and nothing is invented."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from septel.telegram import Telegram, hints_of, parse
from septel.telegram.body.label_candidates import candidate
from septel.telegram.body.labels import decide
from septel.text import Edit, Ground, Reading, Reason, Source, Span, Step
from tests.telegram.samples import GARBLED, TWO_SECTIONS

LONDON = "FM AMEMBASSY LONDON\nTO SECSTATE WASHDC\nCONFIDENTIAL LONDON 3516\n\n1. TEXT OF IT.\nSMITH\n"


@pytest.fixture(scope="module")
def garbled() -> Telegram:
    return parse(Reading.of(Source.of_text(GARBLED)))


def test_closed_lists_are_read_through_the_noise(garbled: Telegram) -> None:
    heading = garbled.heading
    caption = heading.captions[0]
    assert caption.basis
    assert {caption.value, *caption.alternatives} == {"EXDIS", "NODIS"}  # one copy alone can't tell
    assert heading.classification and heading.classification.value == "SECRET"
    assert heading.subject and "NOV 25 SESSION" in heading.subject.value
    assert heading.number and heading.number.value.post == "HELSINKI"


def test_a_number_with_look_alikes_is_read_as_figures(garbled: Telegram) -> None:
    (series,) = garbled.heading.series
    assert (series.value.series, series.value.number) == ("SALTO", "021")


def test_two_possible_figures_both_stay() -> None:
    parsed = parse(Reading.of(Source.of_text(GARBLED.replace("0 2I", "0 2S"))))
    (series,) = parsed.heading.series
    assert {series.value.number, *(a.number for a in series.alternatives)} == {"025", "028"}


def test_labels_follow_their_neighbours(garbled: Telegram) -> None:
    assert [p.path for p in garbled.paragraphs] == ["1", "2", "2.A", "2.B", "2.C", "3", "4"]


def test_stamp_and_footer_are_not_text(garbled: Telegram) -> None:
    assert [m.value for m in garbled.releases] == ["UNCLASSIFIED"]
    assert len(garbled.footers) == 1


def test_hints_are_closed_sets_over_spans_of_the_source(garbled: Telegram) -> None:
    reading = Reading.of(Source.of_text(GARBLED))
    hints = hints_of(garbled, reading)
    told = {hint.span.of(GARBLED): hint.options for hint in hints}
    assert set(told["-~DIS'"]) == {"EXDIS", "NODIS"}
    assert told["ijNClASSlf IED"] == ("UNCLASSIFIED",)
    assert any(options == ("B.",) for options in told.values())
    for hint in hints:
        assert hint.options
        assert "\n" not in hint.span.of(GARBLED)
    for one, other in itertools.pairwise(hints):
        assert one.span.end <= other.span.start


def test_a_clean_telegram_asks_for_no_hint() -> None:
    reading = Reading.of(Source.of_text(TWO_SECTIONS))
    hints = hints_of(parse(reading), reading)
    assert [h for h in hints if h.options != (h.span.of(TWO_SECTIONS),)] == []


def test_garbage_labels_take_the_cheapest_run() -> None:
    texts = ["1. ONE", "~~ SECOND", ",; THIRD", "4. FOURTH"]
    found = [candidate(t, i, before="END.", apart=True, gap=True, noisy=True) for i, t in enumerate(texts)]
    assert [label.path for label in decide([c for c in found if c])] == [("1",), ("2",), ("3",), ("4",)]


def test_initials_within_a_sentence_are_no_label() -> None:
    text = "UNCLAS PARIS 12\n\n1. WE MET THE MINISTER AND MR.\nA. PEREZ OF HIS OFFICE.\n\n2. NEXT.\nSMITH\n"
    assert [p.path for p in parse(Reading.of(Source.of_text(text))).paragraphs] == ["1", "2"]


def seed(shared: Path) -> Reading:
    return Reading.of(Source.of_text((shared / "seed" / "helsinki-1321.ocr.txt").read_text(encoding="utf-8")))


def test_the_real_telegram_as_the_poor_engine_read_it(shared: Path) -> None:
    parsed = parse(seed(shared))
    heading = parsed.heading
    assert heading.classification and heading.classification.value == "SECRET"
    assert heading.number and (heading.number.value.post, heading.number.value.serial) == ("HELSINKI", 1321)
    assert [c.value for c in heading.captions] == ["EXDIS"]
    (series,) = heading.series
    assert series.value.series == "SALTO"
    assert {series.value.number, *(a.number for a in series.alternatives)} == {"015", "018"}
    assert heading.sent is None and heading.mrn is None and heading.tags is None
    assert [(s.n, s.of) for s in parsed.sections] == [(1, 2), (2, 2)]
    letters = [f"3.{c}" for c in "ABCDEFGHIJK"]
    assert [p.path for p in parsed.paragraphs] == ["1", "2", "3", *letters, "4", "5", "6", "7", "8", "9"]
    assert parsed.comment and parsed.comment.paragraph == "6" and not parsed.comment.closed
    assert parsed.summary and parsed.summary.closed
    assert parsed.signature and parsed.signature.value == "SMITH"
    # A third stamp ran into a line of text, and stays there: no mark is taken out of a sentence.
    assert len({m.raw for m in parsed.releases}) == 2
    assert all(m.value == "UNCLASSIFIED" for m in parsed.releases)


def test_the_real_telegrams_hints_cover_its_labels(shared: Path) -> None:
    reading = seed(shared)
    options = {o for hint in hints_of(parse(reading), reading) for o in hint.options}
    assert {"3.", "A.", "K.", "7.", "END OF SUMMARY.", "EXDIS", "SALTO 015", "SALTO 018"} <= options
    assert "S E C R E T SECTION 2 OF 2 HELSINKI 1321" in options


@pytest.mark.parametrize(
    ("seen", "meant"), [("END SUMVARY.", "END SUMMARY."), ("END 0F SUMVARY.", "END OF SUMMARY.")]
)
def test_a_garbled_end_of_a_summary_keeps_the_drafters_form(seen: str, meant: str) -> None:
    lines = [
        "FM AMEMBASSY HELSINKI",
        "TO SECSTATE WASHDC",
        "C O N F I D E N T I A L HELSINKI 1321",
        "SUBJ: THE FIRST SESSION",
        "SUMMARY: BOTH SIDES STATED WHAT THEY HAD COME FOR, AND A SECOND",
        f"MEETING WAS AGREED ON. {seen}",
        "1. THE SOVIET SIDE SPOKE FIRST.",
        "2. OUR SIDE SPOKE SECOND.",
    ]
    reading = Reading.of(Source.of_text("\n".join(lines) + "\n"))
    options = [hint.options for hint in hints_of(parse(reading), reading)]
    assert (meant,) in options


def test_a_country_on_the_tags_line_stands_as_it_is_read() -> None:
    lines = [
        "FM AMEMBASSY LA PA2",
        "T0 SECSTATE WASHDC 2310",
        "UNCLAS LA PAZ 0l2S",
        "E.0. ll652: N/A",
        "TAGS: EMIN. BL",
        "SUBJ; TIN",
        "l. THE MINISTER SP0KE FIRST AND ASKED F0R AN ANSWER.",
    ]
    reading = Reading.of(Source.of_text("\n".join(lines) + "\n"))
    options = [hint.options for hint in hints_of(parse(reading), reading)]
    assert ("BL",) in options and ("EMIN",) in options


@pytest.mark.parametrize(
    ("routing", "word", "told"),
    [
        ("PP RUEHCR", "", "PRIORITY"),
        ("RR RUE!ILIA", "", "ROUTINE"),
        ("PP RUEHCR", " IMMEDIATE", "IMMEDIATE"),
        ("PRRUEHCR", "", None),
    ],
)
def test_a_routing_line_tells_the_precedence_where_no_address_does(
    routing: str, word: str, told: str | None
) -> None:
    lines = [
        routing,
        "DE RUDTER 3516 1271020",
        "FM AMEMBASSY LONDON",
        f"TO SECSTATE WASHDC{word} 802",
        "INFO AMEMBASSY PARIS",
        "CONFIDENTIAL LONDON 3516",
        "1. THE MINISTER SPOKE FIRST.",
    ]
    heading = parse(Reading.of(Source.of_text("\n".join(lines) + "\n"))).heading
    assert [one.precedence for one in heading.addressees] == [told, None]


def test_spans_of_hints_lie_in_the_source(shared: Path) -> None:
    reading = seed(shared)
    whole = Span(0, len(reading.source.text))
    assert all(whole.covers(hint.span) for hint in hints_of(parse(reading), reading))


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("R 0710122 MAY 69", "1969-05-07T10:12Z"),
        ("P O5I42OZ JUN 71", "1971-06-05T14:20Z"),
        ("R 071012Z MAY 69", "1969-05-07T10:12Z"),
    ],
)
def test_a_date_time_group_is_read_through_look_alikes(line: str, iso: str) -> None:
    text = f"{line}\n{LONDON}"
    sent = parse(Reading.of(Source.of_text(text))).heading.sent
    assert sent is not None
    assert sent.value.iso == iso


def test_a_group_that_may_be_two_times_is_none() -> None:
    text = f"R 07I0SSZ MAY 69\n{LONDON}"
    assert parse(Reading.of(Source.of_text(text))).heading.sent is None


def test_a_figure_that_the_restorer_chose_keeps_its_rival() -> None:
    source = Source.of_text(GARBLED.replace("0 2I", "0 2S"))
    seen = "SAL'lfO 0 2S"
    at = source.text.index(seen)
    edit = Edit(
        span=Span(at, at + len(seen)),
        before=seen,
        after="SALTO 025",
        reason=Reason(ground=Ground.LANGUAGE),
        step=Step.of("test", "1"),
    )
    (series,) = parse(Reading.of(source, [edit])).heading.series
    assert series.value.number == "025"
    assert [other.number for other in series.alternatives] == ["028"]


def test_a_label_that_the_restorer_took_for_noise_is_read_from_the_source() -> None:
    source = Source.of_text(GARBLED)
    at = source.text.index("~• SEMENOV")
    edit = Edit(
        span=Span(at, at + 3),
        before="~• ",
        after="",
        reason=Reason(ground=Ground.CHANNEL),
        step=Step.of("test", "1"),
    )
    parsed = parse(Reading.of(source, [edit]))
    second = parsed.paragraph("2")
    assert second is not None
    assert second.label.locus.span.of(source.text) == "~•"
    assert second.text.startswith("SEMENOV")


SPECKED = """\
PAGE 01 OF 02 GENEVA 02417 01 OF 02 1419102
45 .
ACTION SS-25 ;
. INFO OCT-01 ADP-00 /026 WwW.
rrr rece cree ceree 073316"
P 141830Z MAY 71. .
FM USDEL TRADE CONFERENCE GENEVA
TO SECSTATE WASHRC PRIORITY 4410 ar
INFO AMEMBASSY MOSCOW ;
USMISSION NATO . . .
CONFiv ENT IAL SECTION 1 OF 2 GENEVA 2417
EXDIS \u00b0
TRATO 022 . oo ,
SUBJECT:. TRADE TALKS: MAY 14 PLENARY
. e .
1. HARGROVE OPENED THE MEETING. \u2018 -
* 2. IN HIS FIRST COMMENTS HE SAID THAT HE HAD LISTENED.
A. THE FIRST POINT.
\u2018B. THE SECOND POINT.
*s. HE WENT ON TO SAY WHAT HE HAD SAID. \u00b0
4. THE MEETING ENDED.
CONFIDENTIAL PIBAL SECTION OF 2 GENEVA 2417. \u2014
EXDIS :. , :
TRATO 022 _ . i
5. THE NEXT IS ON MAY 18. ;
HARGROVE , 8
UNCLASSIFIED |
"""


def test_specks_of_a_modern_engine_hide_no_form() -> None:
    parsed = parse(Reading.of(Source.of_text(SPECKED)))
    heading = parsed.heading
    assert heading.mrn == "1971GENEVA02417"
    assert heading.classification and heading.classification.value == "CONFIDENTIAL"
    assert [c.value for c in heading.captions] == ["EXDIS"]
    assert [(s.value.series, s.value.number) for s in heading.series] == [("TRATO", "022")]
    assert [a.station.post for a in heading.addressees] == ["STATE", "MOSCOW", "NATO"]
    assert [(s.n, s.of) for s in parsed.sections] == [(1, 2), (2, 2)]
    assert [p.path for p in parsed.paragraphs] == ["1", "2", "2.A", "2.B", "3", "4", "5"]
    assert parsed.signature and parsed.signature.value == "HARGROVE"
    assert [m.value for m in parsed.releases] == ["UNCLASSIFIED"]


def test_a_line_that_the_reading_gives_up_still_shows_its_form() -> None:
    source = Source.of_text(GARBLED)
    step = Step.of("test", "1")
    edits = []
    for seen in ("-~DIS'", "SAL'lfO 0 2I", "ijNClASSlf IED"):
        at = source.text.index(seen)
        reason = Reason(ground=Ground.CHANNEL)
        span = Span(at, at + len(seen))
        edits.append(Edit(span=span, before=seen, after="", reason=reason, step=step, unreadable=True))
    parsed = parse(Reading.of(source, edits))
    assert [s.value.number for s in parsed.heading.series] == ["021"]
    assert parsed.heading.captions
    assert [m.value for m in parsed.releases] == ["UNCLASSIFIED"]


def test_a_persons_decision_outranks_what_the_page_shows() -> None:
    source = Source.of_text(GARBLED)
    at = source.text.index("-~DIS'")
    reason = Reason(ground=Ground.DECISION, detail="an archivist")
    edit = Edit(
        span=Span(at, at + 6), before="-~DIS'", after="NODIS", reason=reason, step=Step.of("test", "1")
    )
    (caption,) = parse(Reading.of(source, [edit])).heading.captions
    assert (caption.value, caption.basis) == ("NODIS", "")


def _paths(*texts: str) -> list[str]:
    found = [candidate(t, i, before="END.", apart=True, gap=True, noisy=False) for i, t in enumerate(texts)]
    return [".".join(label.path) for label in decide([c for c in found if c])]


def test_a_list_that_begins_again_at_one_lies_within_its_paragraph() -> None:
    assert _paths("1. THE", "2. THE", "1. FIRST", "2. SECOND", "3. THIRD", "1. NEW", "2. NEW") == [
        *("1", "2", "2.1", "2.2", "3", "3.1", "3.2")
    ]
    assert _paths("1. A", "2. B", "3. C", "4. D", "1. E", "A. F", "B. G", "2. H", "5. I") == [
        *("1", "2", "3", "4", "4.1", "4.1.A", "4.1.B", "4.2", "5")
    ]


def test_a_lone_number_between_its_neighbours_lost_a_figure_and_a_list_did_not() -> None:
    numbers = [f"{n}. THE" for n in range(1, 11)]
    assert _paths(*numbers, "1. THE", "12. THE")[-2:] == ["11", "12"]
    assert _paths(*numbers, "1. CLARK", "2. WALTERS", "3. CRAIGO")[-3:] == ["10.1", "10.2", "10.3"]


def test_numbers_within_letters_begin_again_with_each() -> None:
    assert _paths("A. ONE", "1. X", "2. X", "B. TWO", "1. X", "2. X", "C. THREE", "1. X") == [
        *("A", "A.1", "A.2", "B", "B.1", "B.2", "C", "C.1")
    ]
    assert _paths("A. REF", "B. REF", "1. X", "2. X", "3. X") == ["A", "B", "1", "2", "3"]


DEPARTMENT = "REPRODUCTION FROM THIS COPY IS PROHIBITED UNLESS UNCLASSIFIED"
AGENCY = "REPRODUCTION BY OTHER THAN THE ISSUING OFFICE IS PROHIBITED"


@pytest.mark.parametrize(
    "foot, known, hinted",
    [
        ("REPRODUCTIQN FR0M THIS COPY IS PROHIBITED UNLESS UNCLASSIF1ED", DEPARTMENT, True),
        ("REPRODUCTIQN FR0M THIS COPY IS PROHIBITED UNLESS UNCLASSIF1ED NUMBER 14 OF 20", DEPARTMENT, False),
        ("REPRODUCTIQN BY QTHER THAN THE ISSUING 0FFICE IS PROHIBITED", AGENCY, False),
    ],
)
def test_no_footer_is_made_of_another_or_of_what_stands_beside_it(
    foot: str, known: str, hinted: bool
) -> None:
    text = f"{GARBLED}{foot}\n"
    reading = Reading.of(Source.of_text(text))
    parsed = parse(reading)
    assert [mark.value for mark in parsed.footers if mark.raw == foot] == [known]
    told = {hint.span.of(text): hint.options for hint in hints_of(parsed, reading)}
    assert told.get(foot) == ((known,) if hinted else None)
