"""An engine in a process of its own, so that its crash, hang or hunger is one failed page and no more.

Starting such a process takes about a second. Those of an `EnginePool` outlive the document that they were
started for, so that a run over many small documents starts them once.
"""

from __future__ import annotations

import ctypes
import math
import os
import pickle
import resource
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import TYPE_CHECKING

from septel.capture.engines.registry import Engine
from septel.capture.model import Box, Character, Limits, RecognisedLine, RecognisedWord
from septel.errors import EngineFailure, EngineTimeout, SeptelError
from septel.own_process import OwnProcess

if TYPE_CHECKING:
    from PIL import Image

STARTING_SECONDS = 120.0
GRACE_SECONDS = 0.3
M_MMAP_THRESHOLD, M_TRIM_THRESHOLD = -3, -1
"""Of glibc's `mallopt`: from which size a block is the system's own, and how much free memory is kept."""
LARGEST_KEPT, MOST_KEPT = 32 << 20, 256 << 20
MOST_ENGINES = 4
"""How many engines work side by side at most; each takes some 200 MB."""


class EngineProcess:
    """Gives pages to an engine in another process; starts a new process after a failure.

    Use as a context: leaving it ends the process.
    """

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self.engine = engine
        self.limits = limits
        self._process: OwnProcess | None = None

    def __enter__(self) -> EngineProcess:
        """Nothing is started before the first page."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self.stop()

    def read(self, image: Image.Image) -> Sequence[RecognisedLine]:
        """The lines on the image.

        Raises:
            EngineTimeout: the engine took too long.
            EngineFailure: it crashed, took too much memory, or answered nonsense.
        """
        try:
            pipe = self._started()
            pipe.send(image)
            if not pipe.poll(self.limits.page_seconds):
                raise EngineTimeout(
                    f"the engine took more than {self.limits.page_seconds:g} seconds",
                    remedy="Raise the limit, or look at the page.",
                )
            answer = pipe.recv()
        except (EOFError, OSError) as why:
            code, words = self.stop()
            said = f", saying: {words}" if words else ""
            raise EngineFailure(
                f"the engine crashed (its process ended with {code}{said})", remedy="Run `septel doctor`."
            ) from why
        except (
            pickle.UnpicklingError,
            AttributeError,
            ImportError,
            IndexError,
            ValueError,
            TypeError,
        ) as why:
            self.stop()
            raise _nonsense() from why
        except BaseException:
            self.stop()
            raise
        if isinstance(answer, SeptelError):
            # What an engine that failed still holds (memory, above all) is not left to the next page.
            self.stop()
            raise answer
        return _checked(answer)

    def _started(self) -> Connection:
        if self._process is None or not self._process.runs:
            self.stop()
            self._process = OwnProcess(__name__)
            pipe = self._process.pipe
            pipe.send((self.engine, self.limits.engine_bytes))
            # Starting up is not the page's time.
            if not pipe.poll(STARTING_SECONDS):
                self.stop()
                raise EngineFailure("the engine's process does not start", remedy="Run `septel doctor`.")
            pipe.recv()
        return self._process.pipe

    def stop(self) -> tuple[int | None, str]:
        """End the process; its exit status, and the last line that it wrote to its standard error.

        The next page starts another one.
        """
        process, self._process = self._process, None
        return process.end(GRACE_SECONDS) if process is not None else (None, "")


class EnginePool:
    """Engines' processes for a whole run, to be shared by its documents one after the other.

    Use as a context: leaving it ends the processes. None is started before its first page.

    Args:
        limits: of time and memory for each page; the usual ones unless given.
        engines: how many pages are read at once; as many as there are processors (four at most) unless given.
    """

    def __init__(self, limits: Limits | None = None, engines: int | None = None) -> None:
        self.limits = limits or Limits()
        self.engines = engines or min(_processors(), MOST_ENGINES)
        self._started: list[tuple[EngineProcess, ...]] = []

    def __enter__(self) -> EnginePool:
        """The pool, empty."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all processes."""
        for processes in self._started:
            for one in processes:
                one.stop()

    def of(self, engine: Engine) -> tuple[EngineProcess, ...]:
        """The processes of an engine: those of earlier documents, if an equal engine read them."""
        for processes in self._started:
            if processes[0].engine == engine:
                return processes
        processes = tuple(EngineProcess(engine, self.limits) for _ in range(self.engines))
        self._started.append(processes)
        return processes


def _processors() -> int:
    """How many processors this process may use; macOS knows only how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _keep_freed_memory() -> None:
    """Tell glibc's allocator to keep what is freed, where there is one; others do as they like.

    Arrays as large as pages come and go by the hundred. Given back and asked for anew each time, their memory
    is cleared by the system each time, which takes 3% of the time of reading; kept, it takes 35 MB more.
    """
    with suppress(AttributeError, OSError, TypeError):
        allocator = ctypes.CDLL(None)
        for parameter, size in ((M_MMAP_THRESHOLD, LARGEST_KEPT), (M_TRIM_THRESHOLD, MOST_KEPT)):
            allocator.mallopt(parameter, size)


def serve(descriptor: int) -> None:
    """What the other process does: read pages for its parent until the parent leaves."""
    pipe = Connection(descriptor)
    engine, engine_bytes = pipe.recv()
    # What an engine prints is no part of the program's output.
    os.dup2(2, 1)
    _keep_freed_memory()
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (engine_bytes, engine_bytes))
    pipe.send("ready")
    while True:
        try:
            image = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        answer: object
        try:
            answer = engine.read(image)
        except SeptelError as fault:
            answer = fault
        except MemoryError:
            answer = EngineFailure(
                "the engine ran out of memory", remedy="Raise the limit or scale the page."
            )
        except Exception as why:  # noqa: BLE001  (an engine is foreign code: whatever it raises is its failure)
            answer = EngineFailure(f"the engine failed ({type(why).__name__}: {why})")
        pipe.send(answer)


def _nonsense() -> EngineFailure:
    return EngineFailure("the engine answered something that is no page of words")


def _checked(answer: object) -> Sequence[RecognisedLine]:
    if not isinstance(answer, Sequence) or isinstance(answer, str | bytes):
        raise _nonsense()
    for line in answer:
        if not isinstance(line, tuple) or not line or not all(_is_word(word) for word in line):
            raise _nonsense()
    return answer


def _is_word(word: object) -> bool:
    if (
        not isinstance(word, RecognisedWord)
        or not isinstance(word.text, str)
        or not isinstance(word.box, Box)
    ):
        return False
    sure = word.confidence
    return (
        bool(word.text.strip())
        and word.text.isprintable()
        and (sure is None or _is_figure(sure))
        and isinstance(word.characters, tuple)
        and len(word.characters) in (0, len(word.text))
        and all(_is_character(one) for one in word.characters)
    )


def _is_character(one: object) -> bool:
    return (
        isinstance(one, Character)
        and _is_figure(one.confidence)
        and isinstance(one.others, tuple)
        and all(isinstance(text, str) and _is_figure(figure) for text, figure in one.others)
    )


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)
