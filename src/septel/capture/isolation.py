"""An engine in a process of its own, so that its crash, hang or hunger is one failed page and no more."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from types import TracebackType

from PIL import Image

from septel.capture.engine import Engine, SeenLine, SeenWord
from septel.capture.limits import Limits
from septel.errors import EngineFailure, SeptelError

STARTING_SECONDS = 120.0


class Isolated:
    """Gives pages to an engine in another process; starts a new process after a failure.

    Use as a context: leaving it ends the process.
    """

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self.engine = engine
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Isolated:
        """Nothing is started before the first page."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self._stop()

    def read(self, image: Image.Image) -> Sequence[SeenLine]:
        """The lines on the image.

        Raises:
            EngineFailure: the engine crashed, took too long or too much memory, or answered nonsense.
        """
        try:
            pipe = self._started()
            pipe.send(image)
            if not pipe.poll(self.limits.page_seconds):
                raise EngineFailure(
                    f"the engine took more than {self.limits.page_seconds:g} seconds",
                    remedy="Raise the limit, or look at the page.",
                )
            answer = pipe.recv()
        except (EOFError, BrokenPipeError, ConnectionResetError) as why:
            code = self._stop()
            raise EngineFailure(
                f"the engine crashed (its process ended with {code})", remedy="Run `septel doctor`."
            ) from why
        except BaseException:
            self._stop()
            raise
        if isinstance(answer, SeptelError):
            raise answer
        return _checked(answer)

    def _started(self) -> Connection:
        if self._process is None or self._pipe is None or self._process.poll() is not None:
            near, far = Pipe()
            # A plain interpreter rather than multiprocessing's spawn: it does not run the caller's own
            # main module again, so it works from scripts, notebooks and standard input alike.
            code = f"from septel.capture.isolation import serve; serve({far.fileno()})"
            self._process = subprocess.Popen(
                [sys.executable, "-c", code], pass_fds=(far.fileno(),), stdin=subprocess.DEVNULL
            )
            far.close()
            self._pipe = near
            near.send((self.engine, self.limits.engine_bytes))
            # Starting up is not the page's time.
            if not near.poll(STARTING_SECONDS):
                self._stop()
                raise EngineFailure("the engine's process does not start", remedy="Run `septel doctor`.")
            near.recv()
        return self._pipe

    def _stop(self) -> int | None:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is None:
            return None
        try:
            process.wait(0.3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        return process.returncode


def serve(descriptor: int) -> None:
    """What the other process does: read pages for its parent until the parent leaves."""
    pipe = Connection(descriptor)
    engine, engine_bytes = pipe.recv()
    # What an engine prints is no part of the program's output.
    os.dup2(2, 1)
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


def _checked(answer: object) -> Sequence[SeenLine]:
    nonsense = EngineFailure("the engine answered something that is no page of words")
    if not isinstance(answer, Sequence) or isinstance(answer, str | bytes):
        raise nonsense
    for line in answer:
        if not isinstance(line, tuple) or not all(isinstance(word, SeenWord) for word in line):
            raise nonsense
        for word in line:
            if not isinstance(word.text, str) or "\n" in word.text or not word.text.isprintable():
                raise nonsense
    return answer
