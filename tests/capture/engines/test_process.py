"""Engines' processes that several documents share."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from PIL import Image

from septel import capture
from septel.capture import EnginePool, Limits
from septel.capture.files import LONG
from septel.errors import EngineFailure, EngineTimeout
from tests.capture.made_engines import Hanging, Named


def page(folder: Path, name: str, size: tuple[int, int] = (60, 100)) -> Path:
    file = folder / name
    Image.new("L", size, 255).save(file)
    return file


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def text(file: Path, pool: EnginePool, engine: capture.Engine | None = None) -> str:
    return capture.read(file, engine=engine or Named(), pool=pool).source.text.strip()


def test_documents_share_a_process_until_the_pool_is_left(tmp_path: Path) -> None:
    with EnginePool(Limits(), 1) as pool:
        first, second = (text(page(tmp_path, name), pool) for name in ("one.png", "two.png"))
        assert first == second != str(os.getpid())
        assert alive(int(first))
        other = text(page(tmp_path, "one.png"), pool, Named(name="X"))
        assert other != f"X{first}"
        assert text(page(tmp_path, "one.png"), pool) == first
    assert not alive(int(first))
    assert not alive(int(other[1:]))


def test_a_document_of_its_own_leaves_no_process(tmp_path: Path) -> None:
    found = capture.read(page(tmp_path, "one.png"), engine=Named(), engines=1).source.text
    assert not alive(int(found))


def test_a_long_document_gives_its_processes_back(tmp_path: Path) -> None:
    frames = [Image.new("L", (60, 100), 255) for _ in range(LONG)]
    frames[0].save(tmp_path / "long.tif", save_all=True, append_images=frames[1:])
    with EnginePool(Limits(), 2) as pool:
        found = set(text(tmp_path / "long.tif", pool).split())
        assert not any(alive(int(one)) for one in found)
        assert alive(int(text(page(tmp_path, "one.png"), pool)))


@pytest.mark.parametrize(("size", "words"), [((100, 60), "crashed"), ((60, 60), "out of memory")])
def test_a_process_that_failed_is_not_given_the_next_document(
    tmp_path: Path, size: tuple[int, int], words: str
) -> None:
    with EnginePool(Limits(), 1) as pool:
        before = text(page(tmp_path, "one.png"), pool)
        with pytest.raises(EngineFailure, match=words):
            text(page(tmp_path, "bad.png", size), pool)
        after = text(page(tmp_path, "one.png"), pool)
        assert after != before
        assert not alive(int(before))
    assert not alive(int(after))


def test_a_process_that_ended_between_documents_is_replaced(tmp_path: Path) -> None:
    with EnginePool(Limits(), 1) as pool:
        before = int(text(page(tmp_path, "one.png"), pool))
        os.kill(before, 9)
        time.sleep(0.2)
        assert int(text(page(tmp_path, "one.png"), pool)) != before


def test_limits_of_time_hold_for_each_page_of_a_pool(tmp_path: Path) -> None:
    with EnginePool(Limits(page_seconds=0.5), 1) as pool:
        for name in ("one.png", "two.png"):
            with pytest.raises(EngineTimeout, match=rf"{name}, page 1.*more than 0\.5 seconds"):
                text(page(tmp_path, name), pool, Hanging())
        assert text(page(tmp_path, "three.png"), pool)


class Stopped(Exception):
    """What the caller of a run raises in the middle."""


def test_a_run_that_is_broken_off_leaves_the_pool_fit_for_the_next(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(4):
        page(pages, f"{number}.png", (60, 100 + number))

    def stop(share: float) -> None:
        raise Stopped

    with EnginePool(Limits(), 2) as pool:
        with pytest.raises(Stopped):
            capture.read(pages, engine=Named(), pool=pool, progress=stop)
        found = text(page(tmp_path, "one.png"), pool)
    assert not alive(int(found))
