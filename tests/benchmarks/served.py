"""A web server in a process of its own, so that its CPU time and memory are its own.

`python -m tests.benchmarks.served floor` answers 200 and does nothing; `… ours PATH` is the program's
webhook over the database at PATH. `/cpu` and `/memory` tell what the process used so far.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import uvicorn

from tests.benchmarks.floors import no_op_app

PATH = "/hook"
SECRET = "benchmark"
PAGE = 4096


def main(kind: str, port: int, database: str = "") -> None:
    """Serve until killed."""
    app = measured(no_op_app if kind == "floor" else ours(Path(database)))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", loop="asyncio", lifespan="off")


def measured(app: Any) -> Any:  # noqa: ANN401 - raw ASGI
    """`app`, and what the process used."""

    async def serve(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - raw ASGI
        if scope["path"] == "/cpu":
            body = str(time.process_time_ns())
        elif scope["path"] == "/memory":
            body = str(resident())
        else:
            await app(scope, receive, send)
            return
        head = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": body.encode()})

    return serve


def resident() -> int:
    """Bytes of memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


def ours(database: Path) -> Any:  # noqa: ANN401 - any ASGI application
    """The program's own webhook, turns and storage."""
    from pydantic import SecretStr
    from starlette.applications import Starlette

    import bot.run  # noqa: F401 - what a real start loads
    from bot.backstage import settle_memory
    from bot.telegram.inbound import Update
    from bot.web.webhook import Webhook
    from dialogs.book import load_book
    from tests.benchmarks.bench_house import BenchHouse

    house = BenchHouse(database, load_book())
    settle_memory()

    async def receive(updates: Sequence[Update]) -> None:
        await asyncio.wrap_future(house.intake.receive(updates))

    return Starlette(routes=[Webhook(PATH, SecretStr(SECRET), receive).route])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
