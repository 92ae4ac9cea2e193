"""The child side: a nursery that forks workers, and what a worker does.

The nursery imports the parser once and has one thread, so forking it is safe and takes
milliseconds: a worker that is lost costs the batch no start-up. When the batch's process ends,
however it ends, its socket closes; the nursery then kills its workers and ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import gc
import os
import resource
import signal
import socket
import sys
import time

from disclosure_parser.batch import wire
from disclosure_parser.batch.model import Settings

FORK, REAP = b"F", b"R"
#: What a worker says: a message of its task, the end of the task, or that it has no more memory.
PART, DONE, MEMORY = "part", "done", "memory"
#: Seconds within which a worker whose socket has closed must have ended.
_GRACE = 2.0
_PR_SET_PDEATHSIG = 1


def main(descriptor: int) -> None:
    """Run the nursery on its socket. The settings come first, then requests, one at a time."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=descriptor)
    # When the other side is gone the batch has ended: nothing is left to do or to say.
    with contextlib.suppress(EOFError, OSError):
        try:
            settings = _prepared(control)
        except (EOFError, OSError):
            raise
        except Exception as error:  # a module or a sink of anybody's
            wire.send(control, f"{type(error).__name__}: {error}")
            return
        wire.send(control, "")
        _nurse(control, settings)


def _prepared(control: socket.socket) -> Settings:
    """Take the settings and prepare what workers need."""
    settings: Settings = wire.receive(control)
    from disclosure_parser.batch.tasks import warm

    warm(settings)
    gc.collect()
    gc.freeze()
    return settings


def _nurse(control: socket.socket, settings: Settings) -> None:
    alive: set[int] = set()
    try:
        while True:
            request, descriptors, _, _ = socket.recv_fds(control, 64, 2)
            if request == FORK and len(descriptors) == 2:
                pid = os.fork()
                if pid == 0:
                    control.close()
                    _worker(socket.socket(fileno=descriptors[0]), descriptors[1], settings)
                for one in descriptors:
                    os.close(one)
                alive.add(pid)
                control.sendall(b"%16d" % pid)
            elif request.startswith(REAP):
                pid = int(request[1:])
                control.sendall(b"%16d" % _reap(pid))
                alive.discard(pid)
            else:
                return
    finally:
        for pid in alive:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _reap(pid: int) -> int:
    """The exit code of a worker: its signal, negative, or what it returned."""
    deadline = time.monotonic() + _GRACE
    while time.monotonic() < deadline:
        try:
            done, status = os.waitpid(pid, os.WNOHANG)
        except ChildProcessError:
            return 0
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _worker(sock: socket.socket, log: int, settings: Settings) -> None:
    """Perform tasks until the other side is gone. Does not return."""
    try:
        _prepare(log, settings)
        from disclosure_parser.batch.tasks import Performer

        performer = Performer(settings)
        while True:
            task = wire.receive(sock)
            try:
                for message in performer.perform(task):
                    wire.send(sock, (PART, message))
            except MemoryError:
                task = message = None
                wire.send(sock, (MEMORY, None))
                break
            wire.send(sock, (DONE, None))
            task = message = None
    except (EOFError, OSError):
        pass  # the batch has no more use for this worker
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)
    finally:
        os._exit(0)


def _prepare(log: int, settings: Settings) -> None:
    # Whatever kills the batch kills the nursery's socket, and then this; belt and braces.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.dup2(log, 2)
    faulthandler.enable(file=2, all_threads=False)
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_AS, settings.memory)


def _bound(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(kind, (value, value))
    except (ValueError, OSError):
        # macOS knows these limits but does not always take them; there the timeout must do.
        if sys.platform == "linux":
            raise
