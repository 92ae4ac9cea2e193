"""Messages between the processes of a batch: a length, then a pickle, over a socket pair."""

from __future__ import annotations

import pickle
import socket
import struct
from typing import Any

_LENGTH = struct.Struct(">Q")
#: No message is longer; a length beyond it comes from a process that has lost its mind.
LONGEST = 2**31


class BrokenMessageError(Exception):
    """What came is no message."""


def send(sock: socket.socket, message: Any) -> None:
    """Send a message.

    Raises:
        OSError: the other side is gone, or does not take it within the socket's timeout.
    """
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    if len(data) < 2**16:
        sock.sendall(_LENGTH.pack(len(data)) + data)
    else:
        sock.sendall(_LENGTH.pack(len(data)))
        sock.sendall(data)


def receive(sock: socket.socket) -> Any:
    """Wait for a message.

    Raises:
        EOFError: the other side is gone.
    """
    length = _LENGTH.unpack(_exactly(sock, _LENGTH.size))[0]
    return pickle.loads(_exactly(sock, length))


def _exactly(sock: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = sock.recv(min(size - len(data), 2**20))
        if not part:
            raise EOFError("the other process is gone")
        data += part
    return bytes(data)


class Inbox:
    """The messages of a process whose bytes come when they come; never waits for one."""

    def __init__(self) -> None:
        self._data = bytearray()

    def take(self, data: bytes) -> list[Any]:
        """The messages that these bytes complete.

        Raises:
            BrokenMessageError: they are no messages.
        """
        self._data += data
        found = []
        while len(self._data) >= _LENGTH.size:
            length = _LENGTH.unpack_from(self._data)[0]
            if length > LONGEST:
                raise BrokenMessageError(f"a message of {length} bytes")
            end = _LENGTH.size + length
            if len(self._data) < end:
                break
            try:
                found.append(pickle.loads(bytes(self._data[_LENGTH.size : end])))
            except Exception as error:  # a pickle of a broken process raises anything
                raise BrokenMessageError(f"{type(error).__name__}: {error}") from error
            del self._data[:end]
        return found
