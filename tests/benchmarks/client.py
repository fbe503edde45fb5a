"""Posting updates to a server process over loopback, many connections at once."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.served import PATH, SECRET

CONNECTIONS = 40
"""As many as Telegram opens unless told otherwise."""


@contextmanager
def server(kind: str, *arguments: str) -> Iterator[int]:
    """A server process that answers; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.benchmarks.served", kind, str(port), *arguments]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, cwd=root) as process:
        try:
            asyncio.run(_ready(port, process))
            yield port
        finally:
            process.terminate()


def ask(port: int, what: str) -> int:
    """CPU nanoseconds (`/cpu`) or bytes of memory (`/memory`) the server used so far."""
    return asyncio.run(_ask(port, what))


def post(port: int, updates: list[bytes]) -> None:
    """Post updates, each answered 200, over forty connections."""
    asyncio.run(_post(port, updates))


async def _ready(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionRefusedError:
            await asyncio.sleep(0.01)
            continue
        writer.close()
        return
    raise RuntimeError("the server process ended")


async def _ask(port: int, what: str) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {what} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
    answer = int(await _answer(reader))
    writer.close()
    return answer


async def _post(port: int, updates: list[bytes]) -> None:
    waiting = iter(updates)
    await asyncio.gather(*(_connection(port, waiting) for _ in range(CONNECTIONS)))


async def _connection(port: int, waiting: Iterator[bytes]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for update in waiting:
        head = (
            f"POST {PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            f"x-telegram-bot-api-secret-token: {SECRET}\r\ncontent-length: {len(update)}\r\n\r\n"
        )
        writer.write(head.encode() + update)
        await _answer(reader)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise RuntimeError(f"the server answered {head[:40]!r}")
    _, _, length = head.partition(b"content-length:")
    if length:
        return await reader.readexactly(int(length.split(b"\r\n")[0]))
    if b"chunked" in head:
        while await reader.readuntil(b"\r\n") != b"0\r\n":
            await reader.readuntil(b"\r\n")
        await reader.readuntil(b"\r\n")
    return b""
