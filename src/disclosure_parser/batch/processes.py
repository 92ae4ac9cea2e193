"""The parent side of the processes: the nursery, and one worker."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from typing import Any

from disclosure_parser.batch import wire
from disclosure_parser.batch.model import BatchError, Settings
from disclosure_parser.batch.worker import DONE, FORK, MEMORY, REAP

#: What the nursery is started with. ``-P`` and the parent's path: a folder of reports that is the
#: working directory must never be a place that modules are imported from.
_CODE = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from disclosure_parser.batch.worker import main; main(int(sys.argv[1]))"
)
_STARTS = 3
_LOG_BYTES = 64 * 2**10


class LostWorkerError(Exception):
    """A worker ended, or was ended, in the middle of a task.

    ``code`` is ``crash``, ``timeout`` or ``memory``; ``killed`` says that something else than us
    killed it, which is what the system does when it runs out of memory.
    """

    def __init__(self, code: str, message: str, place: str | None, *, killed: bool) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.place = place
        self.killed = killed


class Nursery:
    """Starts workers. Started anew if it is lost itself."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def worker(self) -> Worker:
        """A new worker.

        Raises:
            BatchError: none can be started.
        """
        reason = ""
        for _ in range(_STARTS):
            try:
                return self._fork()
            except (OSError, EOFError, ValueError) as error:
                reason = f"{type(error).__name__}: {error}"
                self.close()
        raise BatchError(f"no worker process can be started: {reason}")

    def reap(self, pid: int) -> int | None:
        """The exit code of a worker; ``None`` if the nursery is gone and nobody can tell."""
        if self._control is None:
            return None
        try:
            return self._ask(REAP + b"%d" % pid)
        except (OSError, EOFError, ValueError):
            self.close()
            return None

    def close(self) -> None:
        """End the nursery and with it all its workers."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def _fork(self) -> Worker:
        if self._control is None:
            self._start()
        ours, theirs = socket.socketpair()
        log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
        try:
            with theirs:
                assert self._control is not None
                socket.send_fds(self._control, [FORK], [theirs.fileno(), log.fileno()])
                pid = int(self._received())
        except BaseException:
            ours.close()
            log.close()
            raise
        return Worker(self, pid, ours, log, self._settings.timeout)

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _CODE, str(theirs.fileno()), *sys.path],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._control = ours
        wire.send(ours, self._settings)
        refused = wire.receive(ours)
        if refused:
            raise BatchError(f"the workers cannot be prepared: {refused}")

    def _ask(self, request: bytes) -> int:
        assert self._control is not None
        self._control.sendall(request)
        return int(self._received())

    def _received(self) -> bytes:
        assert self._control is not None
        data = b""
        while len(data) < 16:
            part = self._control.recv(16 - len(data))
            if not part:
                raise EOFError("the nursery is gone")
            data += part
        return data


class Worker:
    """A worker process with at most one task at a time."""

    def __init__(
        self, nursery: Nursery, pid: int, sock: socket.socket, log: Any, timeout: float
    ) -> None:
        self._nursery = nursery
        self._pid = pid
        self._sock = sock
        self._log = log
        self._timeout = timeout
        self._inbox = wire.Inbox()
        self._sock.settimeout(timeout)
        self.deadline = float("inf")
        self.served = 0

    def fileno(self) -> int:
        """For a selector: readable when something came."""
        return self._sock.fileno()

    def give(self, task: Any) -> None:
        """Give it a task.

        Raises:
            LostWorkerError: it is no longer there.
        """
        self.deadline = time.monotonic() + self._timeout
        self.served += 1
        try:
            wire.send(self._sock, task)
        except OSError as error:
            raise self._lost(error) from error

    def take(self) -> tuple[list[Any], bool]:
        """What has come: messages, and whether the task is done. Call when readable.

        Raises:
            LostWorkerError: it ended instead.
        """
        try:
            data = self._sock.recv(2**20)
            if not data:
                raise self._lost(EOFError("it ended"))
            found = self._inbox.take(data)
        except (OSError, wire.BrokenMessageError) as error:
            raise self._lost(error) from error
        messages: list[Any] = []
        for kind, message in found:
            if kind == MEMORY:
                self.end()
                raise LostWorkerError("memory", "the memory limit was reached", None, killed=False)
            if kind == DONE:
                self.deadline = float("inf")
                return messages, True
            messages.append(message)
            self.deadline = time.monotonic() + self._timeout
        return messages, False

    def expired(self) -> LostWorkerError:
        """End it, for it has taken too long."""
        self.end()
        return LostWorkerError("timeout", f"not done after {self._timeout:g} s", None, killed=False)

    def call(self, task: Any) -> Any:
        """Give it a task that has one message, and wait for that.

        Raises:
            LostWorkerError: it ended or took too long.
        """
        self.give(task)
        answer = None
        while True:
            self._sock.settimeout(max(0.001, self.deadline - time.monotonic()))
            if time.monotonic() >= self.deadline:
                raise self.expired()
            try:
                messages, done = self.take()
            except LostWorkerError as error:
                if time.monotonic() >= self.deadline:
                    raise self.expired() from error
                raise
            answer = messages[-1] if messages else answer
            if done:
                return answer

    def end(self) -> None:
        """Kill it."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        self._sock.close()
        self._log.close()
        self._nursery.reap(self._pid)

    def _lost(self, error: Exception) -> LostWorkerError:
        """How it ended: its exit code, and where in the code if it could still say."""
        self._sock.close()
        code = self._nursery.reap(self._pid)
        with self._log:
            place, last = _told(self._log)
        if code is None:
            return LostWorkerError(
                "crash", "the worker was lost with its nursery", None, killed=True
            )
        if code < 0:
            name = _signal_name(-code)
            ours = -code == signal.SIGKILL
            message = f"the worker process died of {name}"
            if ours:
                message += " (killed, perhaps because the machine ran out of memory)"
            return LostWorkerError("crash", message, place, killed=ours)
        told = f": {last or error}"
        if "MemoryError" in last or "bad_alloc" in last:
            return LostWorkerError(
                "memory", f"the memory limit was reached{told}", place, killed=False
            )
        message = f"the worker process ended with code {code}{told}"
        return LostWorkerError("crash", message, place, killed=False)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _told(log: Any) -> tuple[str | None, str]:
    """Of what a worker wrote as it died: the innermost line of code, and the last line."""
    log.seek(0, 2)
    log.seek(max(0, log.tell() - _LOG_BYTES))
    lines = log.read().decode("utf-8", "replace").splitlines()
    place = None
    for line in lines:
        text = line.strip()
        if text.startswith('File "') and ", line " in text:
            path, _, rest = text[6:].partition('", line ')
            number, _, name = rest.partition(" in ")
            inner = path.replace("\\", "/").split("/")[-2:]
            place = f"{'/'.join(inner)}:{number}" + (f" in {name}" if name else "")
            break
    return place, (lines[-1].strip()[:300] if lines else "")
