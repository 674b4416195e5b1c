"""What became of the pages of a run: sums that add up, faults by stretches, layers told apart."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.archive import Archive
from septel.capture import Page, PageAccount, PageOutcome
from septel.capture.model.pages import LayerAgreement
from septel.cli.main import run
from septel.cli.shared.page_counts import faults_of, layer_shown, pages_shown
from septel.errors import EngineFailure, ExitCode, InputError, SeptelError
from septel.text import Span
from tests.capture.documents import printed, raw

Capsys = pytest.CaptureFixture[str]


def account(number: int, fault: SeptelError | None = None, *, blank: bool = False) -> PageAccount:
    outcome = PageOutcome.FAILED if fault else PageOutcome.BLANK if blank else PageOutcome.READ
    return PageAccount(number=number, outcome=outcome, fault=fault)


def damaged(number: int) -> SeptelError:
    return InputError("the page is damaged", where=f"a.pdf, page {number}", remedy="Look at it.")


@given(st.lists(st.sampled_from(PageOutcome), max_size=30))
def test_the_sum_adds_up(outcomes: list[PageOutcome]) -> None:
    accounts = [PageAccount(number=n, outcome=outcome) for n, outcome in enumerate(outcomes, 1)]
    total, *parts = map(int, re.findall(r"\d+", pages_shown(accounts)))
    assert total == sum(parts) == len(outcomes)
    assert parts == [outcomes.count(outcome) for outcome in PageOutcome]


def test_many_pages_with_one_fault_are_one_line() -> None:
    accounts = [
        account(1),
        *(account(n, damaged(n)) for n in range(2, 9)),
        account(9),
        account(10, damaged(10)),
    ]
    accounts.append(account(11, EngineFailure("the engine crashed", where="a.pdf, page 11")))
    assert list(map(str, faults_of("a.pdf", accounts))) == [
        "a.pdf, pages 2-8: the page is damaged. Look at it.",
        "a.pdf, page 10: the page is damaged. Look at it.",
        "a.pdf, page 11: the engine crashed",
    ]


@given(st.lists(st.booleans(), max_size=30))
def test_every_failed_page_is_in_one_line(failing: list[bool]) -> None:
    accounts = [account(n, damaged(n) if bad else None) for n, bad in enumerate(failing, 1)]
    named: list[int] = []
    for fault in faults_of("a.pdf", accounts):
        first, last = re.findall(r"pages? (\d+)(?:-(\d+))?", fault.where)[0]
        named += range(int(first), int(last or first) + 1)
    assert named == [n for n, bad in enumerate(failing, 1) if bad]


def test_layers_are_told_by_their_share() -> None:
    def page(number: int, *figures: int) -> Page:
        reading, layer, alike = figures
        agreement = LayerAgreement(reading=reading, layer=layer, alike=alike)
        return Page(number=number, span=Span(0, 0), lines=(), agreement=agreement)

    assert layer_shown([Page(number=1, span=Span(0, 0), lines=())]) is None
    assert layer_shown([page(4, 10, 10, 8)]) == "80% of words on 1 page"
    assert layer_shown([page(4, 10, 10, 8), page(7, 20, 0, 0)]) == (
        "40% of words on 2 pages; least on page 7 (0%)"
    )


def test_the_command_reconciles_its_pages(tmp_path: Path, capsys: Capsys) -> None:
    """The archive's own folder may lie within the folder that is read: it is no document."""
    printed(tmp_path / "made.pdf", "SUBJECT: SALT\n1. HE SPOKE OF REYKJAVIK.")
    raw(tmp_path / "few.pdf", b"<</Type/Pages/Kids[3 0 R]/Count 9>>")
    (tmp_path / "cable.txt").write_text("SUBJECT: MBFR\n\n\f1. SHE SPOKE.\n")
    command = ["read", str(tmp_path), "--archive", str(tmp_path / "archive"), "--quiet"]
    assert run(command) == ExitCode.FAULTS
    out, err = capsys.readouterr()
    assert "pages 1 = 1 read + 0 blank + 0 failed" in out
    assert "1 page made by a program: the text is the file's own" in out
    assert "3 documents: 2 read, 1 failed" in out
    assert "Pages of this run: 3 = 3 read + 0 blank + 0 failed" in out
    assert err.count("few.pdf") == 1
    with Archive.open(tmp_path / "archive") as kept:
        (holding,) = (kept.holding(str(row["id"])) for row in kept.holdings() if row["name"] == "made.pdf")
        assert holding.pages[0].origin.value == "printed"


def test_exports_of_pages_from_the_command(tmp_path: Path, capsys: Capsys) -> None:
    printed(tmp_path / "made.pdf", "SUBJECT: SALT\n1. HE SPOKE OF REYKJAVIK.")
    archive = ["--archive", str(tmp_path / "archive")]
    assert run(["read", str(tmp_path / "made.pdf"), *archive, "--json"]) == ExitCode.OK
    holding = json.loads(capsys.readouterr().out)["holding"]
    for name in ("pdf", "hocr", "alto"):
        assert run(["export", holding, "--as", name, "--to", str(tmp_path / "out"), *archive]) == ExitCode.OK
    endings = sorted(p.name.removeprefix(holding) for p in (tmp_path / "out").iterdir())
    assert endings == [".alto.xml", ".hocr", ".pdf"]
    (tmp_path / "cable.txt").write_text("SUBJECT: MBFR\n")
    run(["read", str(tmp_path / "cable.txt"), *archive, "--quiet"])
    capsys.readouterr()
    assert run(["export", "cable.txt", "--as", "pdf", *archive]) == ExitCode.USAGE
    assert "no page images" in capsys.readouterr().err
