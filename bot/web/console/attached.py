"""Files that staff download.

Decides their names, which say what and when and nothing of any person, and that a browser saves them instead of showing
them. What is in them is decided by whoever makes them.
"""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi.responses import Response


def attached(what: str, now: int, ending: str) -> dict[str, str]:
    """The header that names a file, such as conversations-20261123-0605.csv."""
    when = datetime.fromtimestamp(now, UTC).strftime("%Y%m%d-%H%M")
    return {"Content-Disposition": f'attachment; filename="{what}-{when}.{ending}"'}


def text_file(text: str, headers: dict[str, str]) -> Response:
    """A plain text as a file."""
    return Response(text, media_type="text/plain; charset=utf-8", headers=headers)
