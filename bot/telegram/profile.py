"""The profile on Telegram: commands, name and descriptions, in every language we ship.

Decides which texts go where, and sends only what differs, because Telegram limits these calls hard. A refusal leaves
the old text standing and a line in the log: the chat works without it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.logs import Journal
from bot.telegram.bubbles import Renders
from bot.telegram.profile_texts import COMMANDS, DESCRIPTION, NAME, SHORT_DESCRIPTION
from bot.telegram.refusals import refusal

SOURCE = "en"

_journal = Journal("profile")


@dataclass(frozen=True, slots=True)
class Profile:
    """The texts in one language. `code` is Telegram's two letters, or None for everybody else."""

    code: str | None
    commands: tuple[tuple[str, str], ...]
    name: str
    short_description: str
    description: str


def profiles(locales: Iterable[str], renderer: Renders) -> list[Profile]:
    """One profile for everybody, in English, and one per other language; of two locales of a language the first."""
    by_code: dict[str | None, str] = {None: SOURCE}
    for locale in locales:
        code = locale[:2].lower()
        if code != SOURCE:
            by_code.setdefault(code, locale)
    return [_profile(code, locale, renderer) for code, locale in by_code.items()]


def _profile(code: str | None, locale: str, renderer: Renders) -> Profile:
    return Profile(
        code=code,
        commands=tuple((name, renderer.label(line, locale)) for name, line in COMMANDS),
        name=renderer.label(NAME, locale),
        short_description=renderer.label(SHORT_DESCRIPTION, locale),
        description=renderer.plain(DESCRIPTION, locale),
    )


async def publish(bot: Bot, wanted: Iterable[Profile]) -> None:
    """Bring Telegram up to date with the profiles."""
    for profile in wanted:
        for name, step in (
            ("commands", _commands),
            ("name", _name),
            ("short_description", _short_description),
            ("description", _description),
        ):
            await _attempt(name, step, bot, profile)


async def _attempt(
    name: str, step: Callable[[Bot, Profile], Awaitable[None]], bot: Bot, profile: Profile
) -> None:
    try:
        await step(bot, profile)
    except TelegramError as error:
        why = refusal(error).code
        _journal.trouble("profile_refused", part=name, language=profile.code or "all", why=why)


async def _commands(bot: Bot, profile: Profile) -> None:
    standing = await bot.get_my_commands(language_code=profile.code)
    if tuple((one.command, one.description) for one in standing) != profile.commands:
        commands = [BotCommand(*one) for one in profile.commands]
        await bot.set_my_commands(commands, language_code=profile.code)


async def _name(bot: Bot, profile: Profile) -> None:
    if (await bot.get_my_name(profile.code)).name != profile.name:
        await bot.set_my_name(profile.name, profile.code)


async def _short_description(bot: Bot, profile: Profile) -> None:
    standing = await bot.get_my_short_description(profile.code)
    if standing.short_description != profile.short_description:
        await bot.set_my_short_description(profile.short_description, profile.code)


async def _description(bot: Bot, profile: Profile) -> None:
    if (await bot.get_my_description(profile.code)).description != profile.description:
        await bot.set_my_description(profile.description, profile.code)
