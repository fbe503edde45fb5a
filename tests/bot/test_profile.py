"""The profile people see before they press Start."""

from __future__ import annotations

import pytest
from telegram.error import TimedOut

from bot.i18n import Renderer
from bot.telegram.profile import Profile, profiles, publish
from bot.telegram.profile_texts import COMMANDS
from dialogs.book import LOCALES
from dialogs.catalogs import Catalogs
from tests.support.said import PlainRenderer
from tests.support.wire import Wire, bot_over, ok, refused


def english() -> Profile:
    (profile,) = profiles(["en"], PlainRenderer())
    return profile


def test_everybody_gets_english_and_each_other_language_its_own() -> None:
    codes = [one.code for one in profiles(["en", "es", "pt_BR", "pt_PT", "ar"], PlainRenderer())]
    assert codes == [None, "es", "pt", "ar"]


def test_the_texts_keep_telegrams_limits_in_every_language_we_ship() -> None:
    catalogs = Catalogs.load(LOCALES)
    for profile in profiles(catalogs.shipped, Renderer(catalogs)):
        assert 1 <= len(profile.name) <= 64
        assert 1 <= len(profile.short_description) <= 120
        assert 1 <= len(profile.description) <= 512
        for name, description in profile.commands:
            assert name.islower()
            assert len(name) <= 32
            assert 1 <= len(description) <= 256


def test_the_commands_are_those_people_are_told_of() -> None:
    names = [name for name, _ in COMMANDS]
    assert names == ["start", "menu", "language", "privacy", "delete", "export", "help"]


def test_the_description_keeps_its_paragraphs() -> None:
    assert "\n\n" in english().description


async def test_a_new_bot_gets_everything() -> None:
    wire = Wire()
    wire.answers("getMyName", ok({"name": "old"}))
    wire.answers("getMyShortDescription", ok({"short_description": ""}))
    wire.answers("getMyDescription", ok({"description": ""}))
    await publish(bot_over(wire), [english()])
    (commands,) = wire.made("setMyCommands")
    assert [each["command"] for each in commands["commands"]] == [name for name, _ in COMMANDS]
    assert "language_code" not in commands
    assert wire.made("setMyName")[0]["name"] == english().name
    assert wire.made("setMyShortDescription")
    assert wire.made("setMyDescription")


async def test_what_stands_already_is_not_sent_again() -> None:
    wire, profile = Wire(), english()
    standing = [{"command": name, "description": text} for name, text in profile.commands]
    wire.answers("getMyCommands", ok(standing))
    wire.answers("getMyName", ok({"name": profile.name}))
    wire.answers("getMyShortDescription", ok({"short_description": profile.short_description}))
    wire.answers("getMyDescription", ok({"description": profile.description}))
    await publish(bot_over(wire), [profile])
    assert [call.method for call in wire.calls if call.method.startswith("set")] == []


async def test_a_refusal_leaves_the_rest_to_be_done(caplog: pytest.LogCaptureFixture) -> None:
    wire = Wire()
    wire.answers("getMyCommands", TimedOut())
    wire.answers("getMyName", ok({"name": "old"}))
    wire.answers("setMyName", refused(429, "Too Many Requests", retry_after=86_000))
    wire.answers("getMyShortDescription", ok({"short_description": ""}))
    wire.answers("getMyDescription", ok({"description": ""}))
    await publish(bot_over(wire), [english()])
    assert wire.made("setMyShortDescription")
    assert wire.made("setMyDescription")
    assert "part=commands language=all why=TimedOut" in caplog.text
    assert "part=name language=all why=flood" in caplog.text
