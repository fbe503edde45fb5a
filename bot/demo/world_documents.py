"""The methods that send and find files.

Decides where a document comes from (uploaded with the call, or sent again by its id) and what is refused. It does not
decide how long files are kept.
"""

from __future__ import annotations

import mimetypes
from typing import Final

from bot.demo.spec import Files
from bot.demo.world_files import DOWNLOAD_LIMIT, Kept
from bot.demo.world_messages import post
from bot.demo.world_methods import method
from bot.demo.world_people import Json
from bot.demo.world_refusals import absent, bad_request
from bot.demo.world_state import WorldState
from bot.demo.world_texts import caption

_ATTACHED: Final = "attach://"


@method("sendDocument")
def send_document(world: WorldState, params: Json, files: Files) -> Json:
    """A file to a chat, with a caption."""
    fields = caption(params)
    world.reachable(params["chat_id"])
    kept = uploaded(world, "document", params, files)
    kind, _encoding = mimetypes.guess_type(kept.name)
    document: Json = {
        "file_name": kept.name,
        "mime_type": kind or "application/octet-stream",
        **kept.json,
    }
    return post(world, params, {"document": document, **fields})


@method("getFile")
def get_file(world: WorldState, params: Json, _files: Files) -> Json:
    """Where a file can be downloaded."""
    kept = world.files.by_id(params["file_id"])
    if kept is None:
        raise bad_request("invalid file_id")
    if len(kept.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**kept.json, "file_path": kept.path}


def uploaded(world: WorldState, kind: str, params: Json, files: Files) -> Kept:
    """The file a call brings in its parameter `kind`, or names by the id of one that is kept."""
    named: str = params.get(kind, "")
    part = named.removeprefix(_ATTACHED) if named.startswith(_ATTACHED) else kind
    if part in files:
        name, content = files[part]
        return world.files.add(name, content, kind)
    if named.startswith(_ATTACHED) or not named:
        raise absent(kind)
    kept = world.files.by_id(named)
    if kept is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return kept
