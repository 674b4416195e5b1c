"""True lines from pages with transcripts."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from septel.capture.engines.typed.lines import HIGH
from septel.cli.train.engines import gauge
from septel.cli.train.reader import scans
from septel.errors import InputError, UsageError
from septel.synthesis.typescript import print_pages
from septel.synthesis.wear import degrade
from septel.training.typed_reader.lines import kept_lines
from septel.training.typed_reader.scanned_lines import ScannedPage, scanned_pages, to_learn_from
from septel.training.typed_reader.scans import SeenStrip, seen_strips, true_lines
from septel.training.typed_reader.transcripts import Transcript, truth_of

LINES = (
    "1. AMBASSADOR SAW FOREIGN MINISTER THIS MORNING AND WAS TOLD",
    "THAT THE DELEGATION WILL LEAVE FOR HELSINKI ON FRIDAY. IT IN-",
    "TENDS TO STAY FOR SIX WEEKS.",
    "2. NO FURTHER DETAILS ARE KNOWN HERE.",
)
PARAGRAPHS = (
    "1. AMBASSADOR SAW FOREIGN MINISTER THIS MORNING AND WAS TOLD THAT THE DELEGATION WILL LEAVE FOR "
    "HELSINKI ON FRIDAY. IT INTENDS TO STAY FOR SIX WEEKS.\n\n2. NO FURTHER DETAILS ARE KNOWN HERE."
)


def strip(text: str, cells: int | None = None) -> SeenStrip:
    wide = 40 + 16 * (cells or len(text))
    pixels = np.zeros((HIGH, wide // 4 * 4), np.uint8)
    pixels[8:24, 20 : wide - 20] = 200
    return SeenStrip(pixels, text, np.arange(len(text), dtype=np.float32) * 16 + 28)


def texts(strips: list[SeenStrip], transcript: str, agreed: str = "") -> list[str]:
    return [line.text for line in true_lines(strips, Transcript.of(transcript, agreed))]


def test_lines_of_a_paragraph_end_where_the_typist_ended_them() -> None:
    read = ["1. AMBASADOR SAW F0REIGN HINISTER TH1S MORNING AND WAS T0LD", *LINES[1:]]
    assert texts([strip(one) for one in read], PARAGRAPHS) == list(LINES)


def test_a_ruined_line_is_what_its_neighbours_leave() -> None:
    read = [LINES[0], "X;K:Q#", LINES[2], LINES[3]]
    ruined = strip(read[1], cells=61)
    whole = PARAGRAPHS.replace("INTENDS", "IT\nTENDS")
    found = texts([strip(LINES[0]), ruined, strip(LINES[2]), strip(LINES[3])], whole)
    assert found[1] == "THAT THE DELEGATION WILL LEAVE FOR HELSINKI ON FRIDAY. IT IT"
    assert found[2] == LINES[2]


def test_cells_beside_one_another_are_lines_of_their_own() -> None:
    cells = strip("IN 40O05 UN1TED FRUIT")
    cells.middles[9:] += 200
    wide = np.pad(cells.pixels, ((0, 0), (0, 200)))
    apart = SeenStrip(wide, cells.text, cells.middles)
    found = true_lines([apart], Transcript.of("UNITED FRUIT\n\nWAS TOLD\n\nIN 40005"))
    assert [line.text for line in found] == ["IN 40005", "UNITED FRUIT"]
    assert found[1].middles[0] < 60 and (np.diff(found[1].middles) > 0).all()
    # A cell whose words the transcript has twice could be either; with other words around it is not sure.
    assert not true_lines([apart], Transcript.of("THE UNITED FRUIT CO. AND IN 40005 TONS"))


def test_words_that_were_spaced_out_stay_so() -> None:
    spaced, whole = "D I A Z SAID THAT HE WOULD LEAVE HAVANA", "DIAZ SAID THAT HE WOULD LEAVE HAVANA"
    assert texts([strip(spaced), strip(LINES[0])], f"{whole}\n{LINES[0]}") == [spaced, LINES[0]]
    # Where it was read otherwise it can't be told which blanks were typed.
    assert texts([strip(spaced.replace("Z", "2")), strip(LINES[0])], f"{whole}\n{LINES[0]}") == [LINES[0]]


def test_dirt_between_lines_is_an_empty_line() -> None:
    read = [LINES[0], "_-;I", *LINES[1:]]
    assert texts([strip(one) for one in read], PARAGRAPHS) == [LINES[0], "", *LINES[1:]]


def test_words_that_two_transcripts_have_otherwise_are_not_learnt() -> None:
    words = PARAGRAPHS.replace(".", "").split()
    agreed = "".join("0" if word == "HELSINKI" else "1" for word in words)
    read = [strip(one) for one in (LINES[0], LINES[1].replace("HELSINKI", "HELSINGI"), *LINES[2:])]
    assert texts(read, PARAGRAPHS, agreed) == [LINES[0], *LINES[2:]]
    # What the engine has read as well is settled.
    assert LINES[1] in texts([strip(one) for one in LINES], PARAGRAPHS, agreed)


def test_a_line_with_more_on_it_than_the_transcript_has_there_is_left_out() -> None:
    read = [LINES[0], LINES[1], f"{LINES[2]} SECRET ARCHIVE", LINES[3]]
    assert LINES[2] not in texts([strip(one) for one in read], PARAGRAPHS)


def test_of_two_places_alike_none_is_chosen() -> None:
    assert texts([strip("THE MEETING OF MAY 3")], "THE MEETING OF MAY 4 ENDED THE MEETING OF MAY 5") == []


def test_the_truth_of_lines_is_told_line_for_line() -> None:
    read = ["SECRET XQ", "1. AMBASADOR SAW FOREIGN MINISTER THIS MORNING AND WAS TOLD", "%;-K", *LINES[1:3]]
    truth = truth_of(read, Transcript.of(f"{PARAGRAPHS}\n\nSECRET"))
    # A stamp stands at the transcript's end; dirt nowhere.
    assert truth == ["SECRET", LINES[0], "", *LINES[1:3]]


def test_marks_are_taken_as_they_were_read_where_words_are_the_same() -> None:
    read = "1, AMBASSADOR SAW FOREIGN MINISTEP; THIS MORNING AND WAS TOLD."
    (truth,) = truth_of([read], Transcript.of(PARAGRAPHS))
    assert truth == "1, AMBASSADOR SAW FOREIGN MINISTER THIS MORNING AND WAS TOLD."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scans")
    (folder / "pages").mkdir()
    with (folder / "pages.jsonl").open("w") as records:
        for number in range(4):
            page = next(iter(print_pages("\n".join(LINES), seed=number)))
            name = f"doc-{number}_p01.png"
            degrade(page.crop((0, 0, 1700, 500)), "photocopy", seed=number).save(folder / "pages" / name)
            row = {"id": f"doc-{number}", "page": 1, "image": name, "text": PARAGRAPHS, "fold": number % 4}
            records.write(json.dumps(row) + "\n")
        records.write(json.dumps({"id": "gone", "image": "gone.png", "text": "X"}) + "\n")
    return folder


def test_pages_that_measure_and_their_copies_are_left_out(folder: Path, tmp_path: Path) -> None:
    pages = list(scanned_pages(folder / "pages.jsonl", folder / "pages"))
    assert [page.document for page in pages] == [f"doc-{number}" for number in range(4)]
    copies = tmp_path / "copies.tsv"
    copies.write_text("one\tother\tshared\ndoc-3_p01.png\tdoc-0_p01.png\t0.9\n")

    def left(**how: object) -> list[str]:
        return [page.document for page in to_learn_from(pages, **{"without": (), "fold": None, **how})]  # type: ignore[arg-type]

    assert left(fold=0) == ["doc-1", "doc-2", "doc-3"]
    assert left(fold=0, without={"doc-2"}) == ["doc-1", "doc-3"]
    assert left(fold=0, copies=copies) == ["doc-1", "doc-2"]


def test_lines_of_scans_are_kept_for_the_reader(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "real"
    arguments = [
        str(folder / "pages.jsonl"),
        "--images",
        str(folder / "pages"),
        "--fold",
        "0",
        "--out",
        str(out),
    ]
    result = CliRunner().invoke(scans, arguments)
    assert result.exit_code == 0, result.output
    lines = [line for path in out.glob("*.npz") for line in kept_lines(path)]
    # Most are read right on such clean pages, and of those two in five are kept.
    assert len(lines) >= 3
    assert {line.text for line in lines} <= {*LINES, ""}
    assert all(len(line.middles) == len(line.text) for line in lines)


def test_a_gauge_needs_something_to_fit_on(folder: Path, tmp_path: Path) -> None:
    for arguments in ([], ["--scans", str(folder / "pages.jsonl")]):
        result = CliRunner().invoke(gauge, [*arguments, "--out", str(tmp_path)])
        assert isinstance(result.exception, UsageError)


def test_a_record_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "x"}\n')
    with pytest.raises(InputError, match="record 1"):
        list(scanned_pages(tmp_path / "bad.jsonl", tmp_path))


def test_strips_are_read_where_signs_stand() -> None:
    page = next(iter(print_pages("\n".join(LINES)))).crop((0, 0, 1700, 500))
    strips = seen_strips(degrade(page, "clean"))
    assert [one.text for one in strips] == list(LINES)
    assert all(len(one.middles) == len(one.text) and (np.diff(one.middles) > 0).all() for one in strips)


def test_a_page_needs_no_second_transcript() -> None:
    page = ScannedPage(document="d", image=Path("x"), text="A B", agreed="", fold=0)
    assert not Transcript.of(page.text, page.agreed).doubted.any()
