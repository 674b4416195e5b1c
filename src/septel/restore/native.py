"""The restorer's inner loops as machine code, compiled once for each user and machine, then loaded.

Loading numba and what it knows takes longer than restoring a page. So the code that it makes of the modules
of `septel.restore.compiled` is kept in the user's cache folder (`septel.restore.unpacked`), and a process
that finds it there links it with llvmlite alone. The file's name holds a digest of the modules' text, of the
versions of numba and llvmlite, and of the processor; where the folder can't be written, each process
compiles for itself.

File format: what the loop takes (see `KERNEL` of its module) and the SHA-256 of the code, on one line; then
the code, an object file.

A loop gets numbers and arrays; of an array only its address is handed over, so its type and order are
checked here. It allocates nothing, raises nothing and knows nothing of Python: the interpreter is free while
it runs.
"""

from __future__ import annotations

import ctypes
import hashlib
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from septel.restore.unpacked import cache_folder, put

_NUMBERS = {"i8": ctypes.c_int64, "f4": ctypes.c_float}
_LOOPS = "septel.restore.compiled"
"""Where the loops' modules are."""
_ENTRY = "septel_loop"
_LOCK = Lock()
_KEPT_ALIVE: list[object] = []
"""Linked code; it must last as long as the process."""


class FixedArray:
    """An array that loops are given again and again: its type, order and address are looked up once.

    Args:
        array: lasts as long as this.
    """

    __slots__ = ("address", "array", "kind")

    def __init__(self, array: NDArray[Any]) -> None:
        self.array = array
        self.kind = f"{array.dtype.str[1:]}*" if array.flags.c_contiguous else "in another order"
        self.address = int(array.ctypes.data)

    def __reduce__(self) -> tuple[type[FixedArray], tuple[NDArray[Any]]]:
        """In another process the array lies elsewhere."""
        return FixedArray, (self.array,)


class _Loop:
    """One loop, linked when it is called first."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.kinds: tuple[str, ...] = ()
        self.call: Callable[..., int] | None = None

    def __call__(self, *given: Any) -> int:
        """Run the loop on numbers and arrays.

        Raises:
            TypeError: an array is not of the type, or not in the order, that the loop takes.
        """
        call = self.call or self._linked()
        if len(given) != len(self.kinds):
            raise TypeError(f"{self.name} takes {len(self.kinds)} values, not {len(given)}")
        ready = []
        for kind, value in zip(self.kinds, given, strict=True):
            if type(value) is FixedArray:
                if value.kind != kind:
                    raise TypeError(f"{self.name} takes {kind}, not {value.kind}")
                ready.append(value.address)
            elif kind[-1] == "*":
                if value.dtype.str[1:] != kind[:-1] or not value.flags.c_contiguous:
                    raise TypeError(f"{self.name} takes {kind}, not {value.dtype} in {value.flags}")
                ready.append(value.ctypes.data)
            else:
                ready.append(value)
        value, fault = ctypes.c_int64(), ctypes.c_void_p()
        if call(ctypes.byref(value), ctypes.byref(fault), *ready):
            raise RuntimeError(f"the loop {self.name} failed")
        return value.value

    def _linked(self) -> Callable[..., int]:
        with _LOCK:
            if self.call is None:
                kinds, code = _code(self.name)
                types: list[Any] = [ctypes.c_void_p if kind[-1] == "*" else _NUMBERS[kind] for kind in kinds]
                self.kinds = kinds
                # What numba compiles gives its value through the first pointer, and a status.
                function = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, *types)
                self.call = function(_address(code))
            return self.call


forward = _Loop("forward")
backward = _Loop("backward")
fill = _Loop("fill")
expand = _Loop("expand")
cut = _Loop("cut")
surprisal = _Loop("surprisal")
fit = _Loop("fit")


def _code(name: str) -> tuple[tuple[str, ...], bytes]:
    """What a loop takes, and its machine code: kept, or compiled now."""
    folder = cache_folder()
    place = folder / f"{name}-{_digest(name)}.code" if folder else None
    if place is not None:
        with suppress(OSError, ValueError):
            head, _, rest = place.read_bytes().partition(b"\n")
            kinds, sha = head.decode("ascii").rsplit(" ", 1)
            if hashlib.sha256(rest).hexdigest() == sha:
                return tuple(kinds.split()), rest
    found, code = _compiled(name)
    if place is not None:
        head = f"{' '.join(found)} {hashlib.sha256(code).hexdigest()}\n".encode("ascii")
        with suppress(OSError):
            put(place, head, code)
    return found, code


def _digest(name: str) -> str:
    """Of all that the code of a loop follows from."""
    return hashlib.sha256(name.encode() + _common()).hexdigest()[:24]


@cache
def _common() -> bytes:
    """What the code of the loops follows from: their text with its constants, versions, the processor."""
    llvm = _llvm()
    machine = (llvm.get_host_cpu_name(), _features(), llvm.get_process_triple(), sys.version)
    words = (version("numba"), version("llvmlite"), np.__version__, *machine)
    texts = [file.read_bytes() for file in sorted(Path(str(files(_LOOPS))).glob("*.py"))]
    return b"\0".join((Path(__file__).read_bytes(), *texts, *(word.encode() for word in words)))


@cache
def _llvm() -> Any:
    from llvmlite import binding  # type: ignore[import-untyped]

    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    return binding


def _features() -> str:
    return str(_llvm().get_host_cpu_features().flatten())


def _machine() -> Any:
    llvm = _llvm()
    target = llvm.Target.from_triple(llvm.get_process_triple())
    return target.create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=_features(),
        opt=3,
        reloc="default",
        codemodel="jitdefault",
        jit=True,
    )


def _compiled(name: str) -> tuple[tuple[str, ...], bytes]:
    """What a loop takes, and its machine code, by numba."""
    from importlib import import_module

    import numba

    # Its published types know neither pointers nor the two options for code without Python.
    njit: Any = numba.njit
    types: Any = numba.types
    module = import_module(f"{_LOOPS}.{name}")
    named = {"i1": types.int8, "i4": types.int32, "i8": types.int64, "u1": types.uint8, "u4": types.uint32}
    named |= {"u8": types.uint64, "f4": types.float32, "f8": types.float64}
    takes = [types.CPointer(named[k[:-1]]) if k[-1] == "*" else named[k] for k in module.KERNEL]
    bare = njit(types.int64(*takes), no_cpython_wrapper=True, no_cfunc_wrapper=True, error_model="numpy")
    (made,) = bare(module.kernel).overloads.values()
    llvm = _llvm()
    code = llvm.parse_assembly(made.library.get_llvm_str())
    for function in code.functions:
        if function.name == made.fndesc.llvm_func_name:
            function.name = _ENTRY
            function.linkage = "external"
        elif not function.is_declaration:
            function.linkage = "internal"
    # What numba adds to handle errors and to count references goes: the loop does neither.
    passes = llvm.create_new_module_pass_manager()
    passes.add_global_dead_code_eliminate_pass()
    machine = _machine()
    passes.run(code, llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options()))
    return tuple(module.KERNEL), machine.emit_object(code)


def _address(code: bytes) -> int:
    """Where the machine code of a loop begins, once it is linked."""
    llvm = _llvm()
    # What frees an array whose references are counted: no array here is.
    llvm.add_symbol("NRT_MemInfo_call_dtor", ctypes.cast(ctypes.CDLL(None).abort, ctypes.c_void_p).value)
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _machine())
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    _KEPT_ALIVE.append(engine)
    return int(engine.get_function_address(_ENTRY))
