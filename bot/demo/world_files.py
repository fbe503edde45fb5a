"""The files Telegram keeps: what was uploaded, by id and by path.

Decides ids, paths and the size limits of uploading and downloading. It does not decide what a message with a file looks
like.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from bot.demo.world_refusals import Refusal, bad_request

UPLOAD_LIMIT: Final = 50 * 1024 * 1024
DOWNLOAD_LIMIT: Final = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """One file. `path` is below the file address of the bot."""

    id: str
    unique_id: str
    name: str
    kind: str
    content: bytes
    path: str

    @property
    def json(self) -> dict[str, Any]:
        """The fields every kind of file has."""
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }


class FileShelf:
    """All files, kept as long as the world lasts."""

    def __init__(self) -> None:
        self._by_id: dict[str, Kept] = {}
        self._by_path: dict[str, Kept] = {}

    def add(self, name: str, content: bytes, kind: str) -> Kept:
        """Keep a file; refuses what the server would not take."""
        if not content:
            raise bad_request("file must be non-empty")
        if len(content) > UPLOAD_LIMIT:
            raise Refusal(413)
        number = len(self._by_id) + 1
        ending = name.rpartition(".")[2] if "." in name else "bin"
        kept = Kept(
            id=f"BQACAgIAAxkDAAI{number:06}",
            unique_id=f"AgAD{hashlib.sha256(content).hexdigest()[:12]}",
            name=name,
            kind=kind,
            content=content,
            path=f"{kind}s/file_{number}.{ending}",
        )
        self._by_id[kept.id] = self._by_path[kept.path] = kept
        return kept

    def by_id(self, file_id: str) -> Kept | None:
        """The file with that id."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> Kept | None:
        """The file that is downloaded from that path."""
        return self._by_path.get(path)
