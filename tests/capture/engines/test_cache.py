"""What an engine read is kept page by page: a run that is killed goes on, no page read twice or lost."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Dictionary
from PIL import Image

from septel import capture
from septel.capture import PageOutcome, ReadingCache, RecognisedWord, reading_key
from septel.errors import StoreError, StoreFull
from septel.text import Step
from tests.capture.documents import image_of, scans
from tests.capture.made_engines import STEP, WORD, Failing, Numbering
from tests.conftest import ROOT

PAGES = 30


def read_pages(log: Path) -> Counter[int]:
    return Counter(map(int, log.read_text().split())) if log.exists() else Counter()


def kept_pages(folder: Path) -> int:
    return len(list(folder.rglob("*.json.gz")))


CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from septel import capture
from tests.capture.made_engines import Numbering
engine = Numbering(log={log!r}, seconds=0.03)
capture.read(Path({file!r}), engine=engine, readings=capture.KeptReadings(Path({kept!r})), engines=2)
"""


def test_a_run_that_is_killed_goes_on(tmp_path: Path) -> None:
    """`kill -9` in the middle, then the rest. Only pages at hand when it fell are begun again."""
    file, log, kept = scans(tmp_path / "scan.pdf", PAGES), tmp_path / "log", tmp_path / "readings"
    child = CHILD.format(root=str(ROOT), log=str(log), file=str(file), kept=str(kept))
    process = subprocess.Popen([sys.executable, "-c", child])
    limit = time.monotonic() + 120
    while kept_pages(kept) < PAGES // 3 and time.monotonic() < limit:
        assert process.poll() is None, "the child ended by itself"
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    time.sleep(0.3)
    before, done = read_pages(log), kept_pages(kept)
    assert PAGES // 3 <= done < PAGES
    taken = capture.read(file, engine=Numbering(log=str(log)), readings=ReadingCache(kept), engines=1)
    assert taken.source.text == "".join(f"PAGE{n}\n" for n in range(1, PAGES + 1))
    assert taken.totals == {PageOutcome.READ: PAGES, PageOutcome.BLANK: 0, PageOutcome.FAILED: 0}
    assert sum(account.kept for account in taken.accounts) == done
    # In this run, each page was either taken as kept or read once.
    assert sum((read_pages(log) - before).values()) == PAGES - done
    assert set(read_pages(log)) == set(range(1, PAGES + 1))
    # Over both runs only the pages in the two engines' hands were begun again.
    assert sum(read_pages(log).values()) <= PAGES + 2
    again = capture.read(file, engine=Numbering(log=str(log)), readings=ReadingCache(kept))
    assert again.source == taken.source
    assert all(account.kept for account in again.accounts)


def test_a_reading_is_known_by_its_image_and_engine() -> None:
    image = Image.new("L", (6, 4), 255)
    key = reading_key(image, STEP)
    assert key == reading_key(image.copy(), Step.of("test engine", "1"))
    others = {
        reading_key(Image.new("L", (4, 6), 255), STEP),
        reading_key(Image.new("L", (6, 4), 254), STEP),
        reading_key(image, Step.of("test engine", "2")),
        reading_key(image, Step.of("test engine", "1", mode=6)),
    }
    assert len({key, *others}) == 5


def test_readings_are_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    kept = ReadingCache(tmp_path / "readings")
    lines = ((WORD, RecognisedWord(text="Ω", box=WORD.box, confidence=None)),)
    key = "ab" * 32
    assert kept.get(key) is None
    kept.put(key, lines)
    kept.put("cd" * 32, ())
    assert kept.get(key) == lines
    assert kept.get("cd" * 32) == ()
    assert kept_pages(tmp_path / "readings") == len(list((tmp_path / "readings").rglob("*.*"))) == 2
    whole = kept.path(key).read_bytes()
    for damaged in (b"", whole[: len(whole) // 2], b"rubbish", whole[:-6] + b"\x00" + whole[-5:]):
        kept.path(key).write_bytes(damaged)
        assert kept.get(key) is None


def test_pages_that_fail_are_tried_again(tmp_path: Path) -> None:
    file, kept = scans(tmp_path / "scan.pdf", 2), ReadingCache(tmp_path / "readings")
    for _ in range(2):
        taken = capture.read(file, engine=Failing(), readings=kept, engines=1)
        assert [a.outcome for a in taken.accounts] == [PageOutcome.FAILED, PageOutcome.READ]
    assert [a.kept for a in taken.accounts] == [False, True]


def test_a_folder_that_cannot_be_written_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "readings").write_text("in the way")
    file, engine = scans(tmp_path / "scan.pdf", 2), Numbering(log=str(tmp_path / "log"))
    with pytest.raises(StoreError, match="can't be kept"):
        capture.read(file, engine=engine, readings=ReadingCache(tmp_path / "readings"), engines=1)


def test_a_full_disk_is_said_to_be_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    kept = ReadingCache(tmp_path / "readings")
    with pytest.raises(StoreFull, match="--resume"):
        kept.put("ab" * 32, ((WORD,),))
    assert kept.get("ab" * 32) is None
    assert not list((tmp_path / "readings").rglob("*arriving*"))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="tells what is held on Linux only")
def test_what_was_read_of_a_long_pdf_is_let_go(tmp_path: Path) -> None:
    """Pages of half a megabyte of JPEG each: the library that opens them would keep all of it."""
    noise = np.random.default_rng(1).integers(0, 255, (900, 900), np.uint8)
    with pikepdf.new() as document:
        for number in range(90):
            page = document.add_blank_page(page_size=(340, 440))
            image = Image.fromarray(np.roll(noise, number, axis=1))
            page.Resources = Dictionary(XObject=Dictionary(Im=image_of(document, image)))
            page.Contents = document.make_stream(b"q 340 0 0 440 0 0 cm /Im Do Q ")
        document.save(tmp_path / "long.pdf")
    assert (tmp_path / "long.pdf").stat().st_size > 40_000_000
    # Not the most that was ever held: a new process starts with what its parent held.
    child = f"""
from pathlib import Path
from septel.capture import Limits
from septel.capture.formats.pdf import pdf_pages
def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4
for sheet in pdf_pages(Path({str(tmp_path / "long.pdf")!r}), Limits()):
    assert sheet.image is not None
    if sheet.number == 30:
        first = held()
print(held() - first)
"""
    out = subprocess.run([sys.executable, "-c", child], capture_output=True, text=True, check=True).stdout
    assert int(out) < 10_000, "kilobytes, where 60 pages would take 30,000"


def test_memory_does_not_grow_with_pages(tmp_path: Path) -> None:
    """Pages of a megapixel are never in memory together."""
    child = f"""
import resource, sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from septel.capture.formats.page_sources import PdfProcess
from septel.capture import Limits
first = None
with PdfProcess(Path({str(scans(tmp_path / "long.pdf", 100, size=(850, 1100)))!r}), Limits()) as opened:
    for sheet in opened.sheets():
        assert sheet.image is not None
        if sheet.number == 20:
            first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
inner = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - first, inner)
"""
    out = subprocess.run([sys.executable, "-c", child], capture_output=True, text=True, check=True).stdout
    grown, inner = map(int, out.split())
    assert grown < 25_000, "kilobytes, where 80 pages would take 75,000"
    assert inner < 400_000
