"""The method that sends a picture, and what the server wants to know of one.

Decides which pictures are taken: a PNG or JPEG that tells its measures, not too large, not too narrow. The real server
also makes smaller copies; here a photo has the one size it came in.
"""

from __future__ import annotations

from typing import Final

from bot.demo.spec import Files
from bot.demo.world_documents import uploaded
from bot.demo.world_messages import post
from bot.demo.world_methods import method
from bot.demo.world_people import Json
from bot.demo.world_refusals import bad_request
from bot.demo.world_state import WorldState
from bot.demo.world_texts import caption

_LIMIT: Final = 10 * 1024 * 1024
_SIDES: Final = 10_000
_RATIO: Final = 20
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
# Frame headers, which hold the measures; C4, C8 and CC are tables.
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@method("sendPhoto")
def send_photo(world: WorldState, params: Json, files: Files) -> Json:
    """A picture to a chat, with a caption."""
    fields = caption(params)
    world.reachable(params["chat_id"])
    kept = uploaded(world, "photo", params, files)
    width, height = _measures(kept.content)
    size: Json = {**kept.json, "width": width, "height": height}
    return post(world, params, {"photo": [size], **fields})


def _measures(content: bytes) -> tuple[int, int]:
    if len(content) > _LIMIT:
        raise bad_request("file is too big for a photo")
    found = _of_png(content) if content.startswith(_PNG) else _of_jpeg(content)
    if found is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    longer, shorter = max(found), min(found)
    if sum(found) > _SIDES or longer > _RATIO * shorter:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return found


def _of_png(content: bytes) -> tuple[int, int] | None:
    if len(content) < 24:
        return None
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _of_jpeg(content: bytes) -> tuple[int, int] | None:
    """Width and height, from the first frame header among the segments."""
    at = 2 if content.startswith(_JPEG) else len(content)
    while at + 9 <= len(content) and content[at] == 0xFF:
        if content[at + 1] in _FRAMES:
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(
                content[at + 5 : at + 7]
            )
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return None
