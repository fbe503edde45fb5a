"""One parcel, carried to Telegram.

Decides which Bot API calls a parcel needs: a new message, an edit in place, deletions, a document,
a picture. One of several calls
remembers in memory how far it came, so that a retry does not say things twice. What a refused call means for the
parcel is decided by `delivery`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.documents.papers import Papers
from bot.storage.outbox import Parcel, ParcelKind, Sent
from bot.telegram.bubbles import Bubble, Renders, bubble
from bot.telegram.refusals import Kind, refusal
from dialogs.engine.lines import Line, Message

DELETE_AT_ONCE = 100
LATE = 300
"""Seconds after which a safety card is late."""
YOU_WROTE = Line("safety.you_wrote", "<i>You wrote this at {time}.</i>")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
NextCall = Callable[[int], Awaitable[None]]
"""Waits until one more call to a chat may start."""


class Exports(Protocol):
    """Knows everything kept about a conversation."""

    def export(self, conversation: str) -> bytes:
        """It, as JSON."""
        ...


def in_time(parcel: Parcel, now: int) -> Parcel:
    """The parcel; a safety card that comes late says what it answers, so that nobody takes it for news."""
    written = parcel.written_at
    if written is None or parcel.message is None or now - written <= LATE:
        return parcel
    late = replace(YOU_WROTE, params={"time": datetime.fromtimestamp(written, UTC)})
    message = parcel.message._replace(lines=(late, *parcel.message.lines))
    return replace(parcel, message=message)


class Courier:
    """Carries parcels. Raises what the library raises; the first call of a parcel is already paced."""

    def __init__(self, bot: Bot, renderer: Renders, exports: Exports, next_call: NextCall) -> None:
        self._bot, self._renderer, self._exports = bot, renderer, exports
        self._next_call = next_call
        self._papers = Papers(renderer)
        self._under_way: dict[int, list[int]] = {}

    async def carry(self, parcel: Parcel, now: int) -> Sent:
        """Send the parcel; the mark that says so."""
        match parcel.kind:
            case ParcelKind.MESSAGE if parcel.message and not parcel.message.lines:
                return Sent(parcel.id, await self._without_buttons(parcel), now)
            case ParcelKind.MESSAGE:
                *also, newest = await self._message(in_time(parcel, now))
                return Sent(parcel.id, newest, now, tuple(also))
            case ParcelKind.DELETE:
                await self._delete(parcel.chat, parcel.telegram_ids)
                return Sent(parcel.id, None, now)
            case ParcelKind.EXPORT:
                content = await asyncio.to_thread(self._exports.export, parcel.conversation)
                return Sent(parcel.id, await self._document(parcel.chat, content, "json", now), now)
            case ParcelKind.PLAN:
                content = await self._made(parcel, ChatAction.UPLOAD_DOCUMENT)
                return Sent(parcel.id, await self._document(parcel.chat, content, "pdf", now), now)
            case ParcelKind.SIGN:
                content = await self._made(parcel, ChatAction.UPLOAD_PHOTO)
                return Sent(parcel.id, await self._picture(parcel.chat, content), now)

    def forget(self, parcel: int) -> None:
        """The parcel will not come again: drop what is remembered of it."""
        self._under_way.pop(parcel, None)

    async def _message(self, parcel: Parcel) -> list[int]:
        message: Message = parcel.message or Message(0, ())
        shown = bubble(message, parcel.locale, self._renderer)
        if parcel.bubble is not None and len(shown.pieces) == 1:
            if await self._edited(parcel.chat, parcel.bubble, shown):
                return [parcel.bubble]
            await self._next_call(parcel.chat)
        return await self._pieces(parcel, shown)

    async def _without_buttons(self, parcel: Parcel) -> int | None:
        """Take the buttons of a bubble away, where there is one; its id."""
        if parcel.bubble is not None:
            try:
                await self._bot.edit_message_reply_markup(
                    chat_id=parcel.chat, message_id=parcel.bubble
                )
            except BadRequest as error:
                if refusal(error).kind not in (Kind.GONE, Kind.SAME):
                    raise
        return parcel.bubble

    async def _edited(self, chat: int, message_id: int, shown: Bubble) -> bool:
        """Whether the message says this now. False: it is no longer there."""
        try:
            await self._bot.edit_message_text(
                shown.pieces[0],
                chat_id=chat,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=shown.keyboard,
            )
        except BadRequest as error:
            kind = refusal(error).kind
            if kind is Kind.GONE:
                return False
            if kind is not Kind.SAME:
                raise
        return True

    async def _pieces(self, parcel: Parcel, shown: Bubble) -> list[int]:
        ids = self._under_way.get(parcel.id, [])
        last = len(shown.pieces) - 1
        for at in range(len(ids), last + 1):
            keyboard = shown.keyboard if at == last else None
            ids.append(await self._send(parcel.chat, shown.pieces[at], keyboard))
            if at != last:
                self._under_way[parcel.id] = ids
                await self._next_call(parcel.chat)
        return ids

    async def _send(self, chat: int, text: str, keyboard: InlineKeyboardMarkup | None) -> int:
        sent = await self._bot.send_message(
            chat,
            text,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard,
        )
        return sent.message_id

    async def _delete(self, chat: int, ids: Sequence[int]) -> None:
        """Best effort: what is too old, or deleted already, stays as it is."""
        for start in range(0, len(ids), DELETE_AT_ONCE):
            batch = list(ids[start : start + DELETE_AT_ONCE])
            if start:
                await self._next_call(chat)
            try:
                await self._bot.delete_messages(chat, batch)
            except BadRequest as error:
                if refusal(error).kind is Kind.UNREACHABLE:
                    raise
                await self._delete_each(chat, batch)

    async def _delete_each(self, chat: int, ids: Sequence[int]) -> None:
        for message_id in ids:
            await self._next_call(chat)
            try:
                await self._bot.delete_message(chat, message_id)
            except BadRequest:
                continue  # one that cannot be deleted must not keep the others

    async def _made(self, parcel: Parcel, meanwhile: ChatAction) -> bytes:
        """The plan's file or the sign's picture, while Telegram shows that it is on its way."""
        with suppress(TelegramError):  # nobody misses it, and it must not keep the file
            await self._bot.send_chat_action(parcel.chat, meanwhile)
        papers, locale = self._papers, parcel.locale
        if parcel.plan is not None:
            return await asyncio.to_thread(papers.plan, parcel.plan, locale, parcel.beside)
        if parcel.sign is not None:
            return await asyncio.to_thread(papers.sign, parcel.sign, locale)
        raise EmptyParcelError

    async def _document(self, chat: int, content: bytes, ending: str, now: int) -> int:
        day = datetime.fromtimestamp(now, UTC).date()
        sent = await self._bot.send_document(
            chat,
            content,
            filename=f"notes-{day}.{ending}",  # says nothing about what it is, on a lock screen
            disable_content_type_detection=True,
        )
        return sent.message_id

    async def _picture(self, chat: int, content: bytes) -> int:
        sent = await self._bot.send_photo(chat, content, filename="notes.png")
        return sent.message_id


class EmptyParcelError(RuntimeError):
    """A parcel that holds nothing to make a file of."""
