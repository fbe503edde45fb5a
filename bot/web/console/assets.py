"""Style sheets, scripts and pictures of the console, under addresses that change with their content.

Decides which files are served: those that are there at the start, and nothing else. Browsers may keep them for ever.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter
from fastapi import Path as InPath
from fastapi.responses import Response

from bot.web.console.parts import PREFIX
from bot.web.console.refusals import NotFound
from bot.web.console.work import Open

FOLDER: Final = Path(__file__).parents[1] / "static"
KINDS: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
FOR_EVER: Final = "public, max-age=31536000, immutable"

router = APIRouter()


class Assets:
    """The files, read once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        paths = sorted(path for path in folder.rglob("*") if path.suffix in KINDS)
        self._files = {path.name: path.read_bytes() for path in paths}
        self._hashes = {name: _hash(content) for name, content in self._files.items()}

    def address(self, name: str) -> str:
        """Where a file is served. Raises KeyError for one that does not exist."""
        return f"{PREFIX}/static/{self._hashes[name]}/{name}"

    def read(self, hash_: str, name: str) -> bytes | None:
        """The file, when it still has that content."""
        return self._files[name] if self._hashes.get(name) == hash_ else None


@router.get("/static/{hash_}/{name}", response_class=Response)
def asset(
    work: Open,
    hash_: Annotated[str, InPath(max_length=64)],
    name: Annotated[str, InPath(max_length=64)],
) -> Response:
    """A file."""
    assets: Assets = work.request.app.state.assets
    content = assets.read(hash_, name)
    if content is None:
        raise NotFound
    kind = KINDS[Path(name).suffix]
    return Response(content, media_type=kind, headers={"Cache-Control": FOR_EVER})


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
