"""Tasks as a reader does them, in a real browser: by keyboard, touch, without scripts; checked by axe."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next((one for one in map(shutil.which, ("chromium", "chromium-browser")) if one), None)
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
VENDOR = ROOT / "src" / "septel" / "room" / "static" / "vendor"
DEVELOPMENT = Path(os.environ.get("SEPTEL_SHARED", ROOT.parent / "shared"))
REAL = DEVELOPMENT / "seed" / "helsinki-1321.ocr.txt"
SCAN = DEVELOPMENT / "scans" / "jfk" / "104-10004-10156-p2.tif"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SAMPLE = "GENEVA-2417"
ROOMS = ("queue", "record", "requests", "conflicts", "keys", "read", "absent", "tokens", "graph", "collate")
RECORD = ("meetings", "matrix", "open?until=1971-12-31", "suggestions", "people")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
with_libraries = pytest.mark.skipif(not VENDOR.is_dir(), reason="scripts/web has not been run")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the sample, the real telegram and a real scan, as far as they are there."""
    folder = tmp_path_factory.mktemp("room") / "archive"
    files = [ROOT / "sample" / "pages", *(one for one in (REAL, SCAN) if one.exists())]
    for file in files:
        command = [sys.executable, "-m", "septel.cli", "read", str(file), "--archive", str(folder), "--quiet"]
        subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def room(folder: Path) -> Iterator[str]:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    command = [sys.executable, "-m", "septel.cli", "room", "--archive", str(folder)]
    with subprocess.Popen(
        [*command, "--port", str(port), "--by", "A. Reader"], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert b"reading room" in process.stdout.readline()
        address = f"http://127.0.0.1:{port}"
        for _ in range(100):
            try:
                urllib.request.urlopen(address, timeout=10).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
        process.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@contextmanager
def page_of(browser: Any, **settings: Any) -> Iterator[Any]:
    context = browser.new_context(**{"viewport": {"width": 1366, "height": 900}} | settings)
    page = context.new_page()
    page.set_default_timeout(30_000)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda line: faults.append(line.text) if "Security Policy" in line.text else None)
    yield page
    context.close()
    assert faults == []


def until(page: Any, expression: str) -> None:
    """Wait until an expression is true; the pages' policy forbids the way that Playwright has for it."""
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")


def asked(room: str, address: str) -> Any:
    with urllib.request.urlopen(room + address, timeout=60) as answer:
        return json.load(answer)


LINKED = (("meetings", "meeting"), ("matrix", "issue"), ("people", "person"))


def linked(room: str, page: str, kind: str) -> str:
    """The first address of a kind that a page of the record leads to."""
    with urllib.request.urlopen(room + page, timeout=60) as answer:
        found = re.search(rf'href="(/record/{kind}/[^"]+)"', answer.read().decode())
    assert found is not None
    return html.unescape(found[1])


class Keys:
    """Presses keys and counts them; typing is not counted."""

    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def tab_to(self, selector: str, most: int = 20) -> None:
        for _ in range(most):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"{selector} is more than {most} stops away")


@with_libraries
def test_a_reader_s_hour_by_keyboard(room: str, browser: Any) -> None:
    """Search, open, correct three words (one of them everywhere), note, copy a citation: at most 60 keys."""
    with page_of(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(room)
        keys = Keys(page)
        keys.tab_to("#q")
        page.keyboard.type("soviet statement")
        keys.press("Enter")
        page.wait_for_selector(".hits")
        keys.press("Tab", "Enter")  # skip to what was found
        keys.tab_to(".hits h2 a")
        keys.press("Enter")
        page.wait_for_selector("#sides")
        holding = page.get_attribute("#sides", "data-at").split("/")[-1]
        before = len(asked(room, f"/api/telegrams/{holding}/log")["entries"])
        keys.tab_to("#sides a.edit")

        def told(number: int) -> None:
            shown = f"document.querySelector('.card .told')?.textContent.includes('Entry {number}:')"
            until(page, shown)

        keys.press("a")
        told(before + 1)
        keys.press("n", "u")
        told(before + 2)
        keys.press("n", "e")
        page.wait_for_selector(".card input[name=text]:focus")
        page.keyboard.type("SEMENOV")
        keys.press("Enter")
        told(before + 3)
        keys.press("g")
        page.wait_for_selector("h1:has-text('The same elsewhere')")
        page.go_back()
        page.wait_for_selector("#sides")
        entries = asked(room, f"/api/telegrams/{holding}/log")["entries"]
        assert len(entries) == before + 3
        assert [one["by"] for one in entries[before:]] == ["A. Reader"] * 3
        assert entries[-1]["after"] == "SEMENOV"
        page.goto(f"{room}/telegram/{holding}#notes")
        keys.count += 2
        keys.tab_to("#note-text")
        page.keyboard.type("compare the film")
        keys.press("Tab", "Enter")
        page.wait_for_selector(".notes >> text=compare the film")
        keys.tab_to("a[data-copy]", most=30)
        keys.press("Enter")
        until(page, "document.querySelector('#copied').textContent === 'Copied.'")
        assert "Septel" in page.evaluate("navigator.clipboard.readText()")
        assert keys.count <= 60, keys.count


@with_libraries
def test_the_facsimile_follows_the_text(room: str, browser: Any) -> None:
    with page_of(browser) as page:
        page.goto(f"{room}/telegram/{SAMPLE}")
        page.wait_for_selector(".openseadragon-canvas canvas")
        first = page.locator("#sides a.doubtful").first
        first.focus()
        page.wait_for_selector(".viewer .word-box")
        page.keyboard.press("ArrowDown")
        assert page.locator(".row.here").count() == 1
        page.wait_for_selector(".viewer .line-box")
        page.locator("#thumbs a").nth(2).click()
        until(page, "document.querySelector('#viewer-page').textContent.startsWith('Page 3')")


@with_libraries
def test_a_plain_word_opens_by_a_click(room: str, browser: Any) -> None:
    with page_of(browser) as page:
        page.goto(f"{room}/telegram/{SAMPLE}")
        at = page.evaluate(
            """() => { const cells = [...document.querySelectorAll('.read')];
            const cell = cells.find(c => c.textContent.includes('COURTESY'));
            const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT); let node;
            while ((node = walk.nextNode()) && !node.data.includes('COURTESY'));
            cell.scrollIntoView({block: 'center', behavior: 'instant'});
            const range = document.createRange(); const i = node.data.indexOf('COURTESY');
            range.setStart(node, i); range.setEnd(node, i + 8); const b = range.getBoundingClientRect();
            return [b.x + b.width / 2, b.y + b.height / 2]; }"""
        )
        page.mouse.click(*at)
        page.wait_for_selector(".card:not([hidden]) .rows")
        assert "COURTESY" in page.inner_text(".card .rows")
        page.keyboard.press("Escape")
        assert page.locator("#card").is_hidden()


def test_by_touch_on_a_phone(room: str, browser: Any) -> None:
    settings = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with page_of(browser, **settings) as page:
        page.goto(f"{room}/telegram/{SAMPLE}")
        page.locator("#sides a.doubtful").nth(3).tap()
        page.wait_for_selector(".place button[value=source]")
        page.locator(".place button[value=source]").first.tap()
        page.wait_for_selector("text=/Entry \\d+/")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_everything_goes_without_scripts(room: str, browser: Any) -> None:
    with page_of(browser, java_script_enabled=False) as page:
        page.goto(f"{room}/telegram/{SAMPLE}")
        page.locator("#sides a.doubtful").nth(5).click()
        place = page.locator(".place").get_attribute("data-place")
        page.locator(".place input[name=text]").fill("WITHOUT")
        page.get_by_role("button", name="Decide").click()
        assert page.locator(".place").get_attribute("data-place") == place
        assert "WITHOUT" in page.inner_text(".rows")
        page.get_by_role("button", name="Undo entry").first.click()
        assert "WITHOUT" not in page.inner_text(".rows")


def test_two_persons_at_once(room: str, browser: Any) -> None:
    with page_of(browser) as first, page_of(browser) as second:
        for page in (first, second):
            page.goto(f"{room}/telegram/{SAMPLE}")
            page.goto(room + page.locator("#sides a.doubtful").nth(8).get_attribute("href"))
        for page, word in ((first, "ONE"), (second, "TWO")):
            page.locator(".place input[name=text]").fill(word)
            page.get_by_role("button", name="Decide").click()
        second.wait_for_selector("[role=alert] >> text=since you looked")
        assert "ONE" in second.inner_text("[role=alert]")


@with_libraries
def test_the_queue_by_single_keys(room: str, browser: Any) -> None:
    with page_of(browser) as page:
        page.goto(f"{room}/telegram/{SAMPLE}/queue")
        page.locator(".queued").first.focus()
        page.keyboard.press("a")
        page.wait_for_selector(".queued .told")
        until(page, "document.activeElement === document.querySelectorAll('.queued')[1]")
        page.keyboard.press("s")
        until(page, "document.querySelectorAll('.queued .told').length === 2")


@pytest.fixture
def bare(folder: Path) -> Iterator[str]:
    """A room where `scripts/web` has not been run, in this process."""
    import threading

    import uvicorn

    from septel.archive import Archive
    from septel.room.application import app

    with Archive.open(folder, create=False) as archive, pytest.MonkeyPatch.context() as patch:
        patch.setattr("septel.room.site._vendor", lambda: False)
        room = app(archive, by="A. Reader")
        server = uvicorn.Server(uvicorn.Config(room, port=0, log_level="warning"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        thread.join()


STANDING = "document.querySelectorAll('.queued .told').length"


@pytest.mark.parametrize("kind", ["room", "bare"])
def test_z_takes_back_the_last_decision_of_the_queue(
    kind: str, browser: Any, request: pytest.FixtureRequest
) -> None:
    address = request.getfixturevalue(kind)
    with page_of(browser) as page:
        if kind == "room":
            page.on("console", lambda line: pytest.fail(line.text) if "NoTarget" in line.text else None)
        page.goto(f"{address}/queue")
        page.locator(".queued").nth(5).focus()
        page.keyboard.press("z")  # nothing was decided yet
        page.keyboard.press("u")
        until(page, "document.activeElement === document.querySelectorAll('.queued')[6]")
        page.keyboard.press("u")
        until(page, f"{STANDING} === 2")
        for place in (6, 5):
            page.keyboard.press("z")
            told = f"document.querySelectorAll('.queued')[{place}].querySelector('.told').textContent"
            until(page, f"{told}.includes('no longer counts')")
            until(page, f"document.activeElement === document.querySelectorAll('.queued')[{place}]")


@pytest.mark.parametrize("kind", ["room", "bare"])
def test_z_in_a_telegram_takes_back_one_s_own_decisions_and_no_machine_s_edit(
    kind: str, browser: Any, request: pytest.FixtureRequest
) -> None:
    address = request.getfixturevalue(kind)
    with page_of(browser) as page:
        page.goto(f"{address}/telegram/{SAMPLE}?view=source")
        holding = page.get_attribute("#sides", "data-at").split("/")[-1]

        def entries() -> list[dict[str, Any]]:
            found: list[dict[str, Any]] = asked(address, f"/api/telegrams/{holding}/log")["entries"]
            return found

        before = len(entries())
        page.locator("#sides a.doubtful").first.focus()
        for number, key in enumerate("usu", start=1):
            page.keyboard.press(key)
            until(
                page, f"!!document.querySelector('.card .told')?.textContent.includes('{before + number}:')"
            )
            page.keyboard.press("n")
        for _ in range(5):  # two more than there are decisions
            page.keyboard.press("z")
        until(page, f"!!document.querySelector('.card .told')?.textContent.includes('Entry {before + 1} no')")
        page.wait_for_timeout(500)
        undone = [one["undoes"] for one in entries()[before:] if one.get("undoes")]
        assert undone == [before + 3, before + 2, before + 1]


@pytest.mark.parametrize("address", [f"telegram/{SAMPLE}?view=source", "queue", f"telegram/{SAMPLE}/queue"])
def test_the_link_that_skips_leads_to_where_keys_count(room: str, browser: Any, address: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{room}/{address}")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('a.skip')")
        page.keyboard.press("Enter")
        queue = "queue" in address
        first = ".queued" if queue else "#sides a.doubtful, #sides a.unreadable"
        at = f"[...document.querySelectorAll('{first}')].indexOf(document.activeElement)"
        assert page.evaluate(at) == 0
        page.keyboard.press("j" if queue else "n")
        assert page.evaluate(at) == 1
        assert page.url.partition("#")[0] == f"{room}/{address}"


def test_without_scripts_the_link_that_skips_leads_to_the_text(room: str, browser: Any) -> None:
    with page_of(browser, java_script_enabled=False) as page:
        for address, within in ((f"telegram/{SAMPLE}?view=source", "#sides a.edit"), ("queue", "#queue *")):
            page.goto(f"{room}/{address}")
            for key in ("Tab", "Enter", "Tab"):
                page.keyboard.press(key)
            assert page.locator(f"{within}:focus").count() == 1


def test_a_decision_without_libraries_keeps_its_place(bare: str, browser: Any) -> None:
    with page_of(browser) as page:
        page.goto(f"{bare}/queue")
        place = page.locator(".queued a").first.get_attribute("href")
        page.goto(f"{bare}{place.partition('/at/')[0]}?view=source")
        mark = page.locator("#sides a.doubtful").first
        address, line = mark.get_attribute("href"), mark.evaluate("e => e.closest('.row').id")
        mark.focus()
        page.keyboard.press("u")
        until(page, "!!document.querySelector('#card .told[role=status]')")
        until(page, "document.activeElement.id === 'card'")
        assert page.locator(f"#{line} a.edit[href='{address}']").get_attribute("class") == "edit unreadable"
        page.keyboard.press("z")
        until(page, "document.querySelector('#card .told').textContent.includes('no longer counts')")
        page.keyboard.press("Escape")
        until(page, f"document.activeElement.getAttribute('href') === '{address}'")
        assert page.url.endswith("view=source")


def test_the_facsimile_without_libraries_is_as_wide_as_its_column(bare: str, browser: Any) -> None:
    with page_of(browser) as page:
        page.goto(bare)
        place = page.locator("main table a", has_text="GENEVA 2417").last.get_attribute("href")
        page.goto(f"{bare}{place}?view=facsimile")
        image = page.locator(".facsimile .sheets img").first
        column = page.locator("section.facsimile")
        assert image.bounding_box()["width"] > 0.95 * column.bounding_box()["width"] > 300
        until(page, "document.querySelector('.sheets img').naturalWidth > 1000")


@pytest.mark.parametrize("width", [320, 360])
def test_phones_scroll_no_page_sideways(room: str, browser: Any, width: int) -> None:
    overflow = """() => { const wide = document.documentElement.clientWidth;
      const cells = [...document.querySelectorAll(".stack td, .stack th")];
      return [document.documentElement.scrollWidth - wide, ...cells
        .filter((one) => one.getBoundingClientRect().right > wide + 1).map((one) => one.textContent)]; }"""
    with page_of(browser, viewport={"width": width, "height": 740}) as page:
        for address in (
            "/",
            "/search?q=talks",
            "/record/open",
            "/record/people",
            "/record/meetings",
            "/queue",
        ):
            page.goto(f"{room}{address}")
            assert page.evaluate(overflow) == [0], address


def test_copying_gives_clean_text(room: str, browser: Any) -> None:
    with page_of(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"{room}/telegram/{SAMPLE}")
        page.evaluate(
            """() => { const rows = [...document.querySelectorAll('.row[data-start]')];
            const range = document.createRange(); range.setStartBefore(rows[0]); range.setEndAfter(rows[9]);
            getSelection().removeAllRanges(); getSelection().addRange(range);
            document.execCommand('copy'); }"""
        )
        text = page.evaluate("navigator.clipboard.readText()")
        assert len(text.split("\n")) == 10
        assert text.startswith("PAGE 01 OF")
        assert "?" not in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.skipif(not AXE.exists(), reason="scripts/web has not been run")
def test_nothing_stands_in_anybody_s_way(room: str, browser: Any, scheme: str) -> None:
    rows = asked(room, "/api/telegrams")["telegrams"]
    sample = next(row["id"] for row in rows if row["identifier"] == "GENEVA 2417")
    addresses = ["/", "/search?q=soviet", *(f"/{one}" for one in ROOMS)]
    addresses += [f"/telegram/{row['id']}" for row in rows]
    addresses += [f"/record/{one}" for one in RECORD]
    addresses += [linked(room, f"/record/{one}", kind) for one, kind in LINKED]
    addresses += [f"/collate?first={sample}&second={rows[-1]['id']}", f"/graph?of={sample}"]
    tails = ["?view=reading", "/page/1", "/log", "/record", "/references", "/fields", "/queue", "/at/0-4"]
    tails += ["/copies", "/add?first=30&last=32"]
    addresses += [f"/telegram/{sample}{tail}" for tail in tails]
    found: list[str] = []
    for width in (1366, 390):
        settings = {"color_scheme": scheme, "bypass_csp": True, "reduced_motion": "reduce"}
        with page_of(browser, viewport={"width": width, "height": 800}, **settings) as page:
            for address in addresses:
                page.goto(room + address)
                page.evaluate(AXE.read_text())
                result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
                found += [
                    f"{address} at {width}: {one['id']} {one['nodes'][0]['html'][:120]}"
                    for one in result["violations"]
                    if one["impact"] in ("serious", "critical")
                ]
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    found.append(f"{address} at {width}: scrolls sideways")
    assert not found, "\n".join(found)


def test_pages_are_light(room: str) -> None:
    rows = asked(room, "/api/telegrams")["telegrams"]
    first, last = rows[0]["id"], rows[-1]["id"]
    addresses = [f"/telegram/{row['id']}" for row in rows]
    addresses += ["/record", *(f"/record/{one}" for one in RECORD), "/graph"]
    addresses += [linked(room, f"/record/{one}", kind) for one, kind in LINKED]
    addresses += [f"/collate?first={first}&second={last}", f"/telegram/{first}/copies"]
    for address in addresses:
        with urllib.request.urlopen(room + address, timeout=60) as answer:
            assert len(answer.read()) <= 300_000, address


@with_libraries
def test_selected_words_become_a_statement(room: str, browser: Any) -> None:
    with page_of(browser) as page:
        page.goto(f"{room}/telegram/{SAMPLE}")
        words = page.evaluate(
            """() => { const cells = [...document.querySelectorAll('.row.text .read, .row .read')];
            const cell = cells.find(c => c.textContent.includes('COURTESY'));
            cell.scrollIntoView({block: 'center', behavior: 'instant'});
            const range = document.createRange(); range.selectNodeContents(cell);
            getSelection().removeAllRanges(); getSelection().addRange(range);
            return cell.closest('.row').querySelector('a.no').getAttribute('href').split('/at/')[1]; }"""
        )
        page.wait_for_selector("#add-selected:not([hidden])")
        page.locator("#add-selected").click()
        page.wait_for_selector(".card:not([hidden]) .adding")
        assert page.locator(".adding input[name=place]").get_attribute("value") == words
        page.locator("#add-side").fill("US")
        page.locator("#add-act").select_option("states")
        page.get_by_role("button", name="Add it").click()
        page.wait_for_selector("h1:has-text('Record of')")
        assert page.locator(".person:has-text('added')").count() == 1


def test_the_record_by_keyboard(room: str, browser: Any) -> None:
    """From the front page to what a side said on an issue in a line of a telegram: few keys."""
    with page_of(browser) as page:
        page.goto(f"{room}/record/matrix")
        keys = Keys(page)
        keys.press("Tab", "Enter")  # to the text
        keys.tab_to(".matrix a.stance", most=24)
        keys.press("Enter")
        page.wait_for_selector("#sides .row.here")
        assert keys.count <= 26


def test_the_record_without_scripts(room: str, browser: Any) -> None:
    with page_of(browser, java_script_enabled=False) as page:
        page.goto(f"{room}/record/open")
        page.locator("#open-until").fill("1950-01-01")
        page.get_by_role("button", name="Show").click()
        assert "as of 1950-01-01" in page.inner_text("h1")
        page.goto(f"{room}/telegram/{SAMPLE}/record")
        page.locator("input[name=first]").fill("12")
        page.get_by_role("button", name="Go on").click()
        assert page.locator(".adding").count() == 1


def test_the_record_by_touch_on_a_phone(room: str, browser: Any) -> None:
    """From the record to a meeting, to the line that proves a statement of it."""
    settings = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with page_of(browser, **settings) as page:
        page.goto(f"{room}/record")
        page.get_by_role("link", name="Meetings", exact=True).tap()
        page.locator("a[href*='/record/meeting/']").first.tap()
        page.wait_for_selector("h2:has-text('Who took part')")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator(".course a.where, p a.where").first.tap()
        page.wait_for_selector("#sides")
        assert re.search(r"#l\d+$", page.url)
