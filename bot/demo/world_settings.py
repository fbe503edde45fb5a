"""The methods that change how the bot presents itself.

Decides nothing beyond telling `world_profile` and those who listen; limits and language codes are checked before.
"""

from __future__ import annotations

from bot.demo.spec import Files
from bot.demo.world_methods import method
from bot.demo.world_people import Json
from bot.demo.world_state import WorldState


@method("setMyCommands")
def set_my_commands(world: WorldState, params: Json, _files: Files) -> bool:
    """The command list of a scope and language."""
    world.profile.set_commands(params.get("scope"), _language(params), params["commands"])
    world.publish("commands")
    return True


@method("deleteMyCommands")
def delete_my_commands(world: WorldState, params: Json, _files: Files) -> bool:
    """Forget the command list of a scope and language."""
    world.profile.delete_commands(params.get("scope"), _language(params))
    world.publish("commands")
    return True


@method("getMyCommands")
def get_my_commands(world: WorldState, params: Json, _files: Files) -> list[Json]:
    """The command list of exactly that scope and language."""
    return world.profile.commands(params.get("scope"), _language(params))


@method("setMyName")
def set_my_name(world: WorldState, params: Json, _files: Files) -> bool:
    """The bot's name in a language."""
    return _set(world, world.profile.names, params, "name")


@method("getMyName")
def get_my_name(world: WorldState, params: Json, _files: Files) -> Json:
    """The bot's name in a language."""
    return {"name": world.profile.names.get(_language(params)) or world.bot["first_name"]}


@method("setMyDescription")
def set_my_description(world: WorldState, params: Json, _files: Files) -> bool:
    """What an empty chat shows."""
    return _set(world, world.profile.descriptions, params, "description")


@method("getMyDescription")
def get_my_description(world: WorldState, params: Json, _files: Files) -> Json:
    """What an empty chat shows."""
    return {"description": world.profile.descriptions.get(_language(params), "")}


@method("setMyShortDescription")
def set_my_short_description(world: WorldState, params: Json, _files: Files) -> bool:
    """What the bot's profile shows."""
    return _set(world, world.profile.short_descriptions, params, "short_description")


@method("getMyShortDescription")
def get_my_short_description(world: WorldState, params: Json, _files: Files) -> Json:
    """What the bot's profile shows."""
    return {"short_description": world.profile.short_descriptions.get(_language(params), "")}


@method("setChatMenuButton")
def set_chat_menu_button(world: WorldState, params: Json, _files: Files) -> bool:
    """The button beside the text field, of one chat or of all."""
    world.profile.buttons[params.get("chat_id")] = params.get("menu_button", {"type": "default"})
    world.publish("commands")
    return True


@method("getChatMenuButton")
def get_chat_menu_button(world: WorldState, params: Json, _files: Files) -> Json:
    """The button beside the text field, of one chat or of all."""
    return world.profile.button(params.get("chat_id"))


def _language(params: Json) -> str:
    language: str = params.get("language_code", "")
    return language


def _set(world: WorldState, texts: dict[str, str], params: Json, name: str) -> bool:
    texts[_language(params)] = params.get(name, "")
    world.publish("commands")
    return True
