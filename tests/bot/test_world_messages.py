"""What the bot sends, edits and deletes, and what Telegram says when it must not."""

from __future__ import annotations

from typing import Any

import pytest

from bot.demo.world import World
from bot.demo.world_faults import DOCUMENTED
from tests.support.world import ANN, BEN, Moment, done, fresh_world, refusal

ROW = [{"text": "Yes", "callback_data": "1:yes"}]
KEYS = {"inline_keyboard": [ROW]}


@pytest.fixture
def moment() -> Moment:
    return Moment()


def test_a_message_stands_in_the_chat_as_it_was_meant() -> None:
    world = fresh_world()
    sent = done(
        world.call(
            "sendMessage",
            {
                "chat_id": ANN,
                "text": " <b>Hi</b> &lt;3 ",
                "parse_mode": "HTML",
                "reply_markup": KEYS,
            },
        )
    )
    assert sent["text"] == "Hi <3"
    assert sent["entities"] == [{"offset": 0, "length": 2, "type": "bold"}]
    bubble = world.chat(ANN)[-1]
    assert (bubble["html"], bubble["from_bot"], bubble["edited"]) == (
        "<b>Hi</b> &lt;3",
        True,
        False,
    )
    assert bubble["reply_markup"] == KEYS
    assert world.violations == []


def test_parameters_may_come_as_text_like_in_a_form() -> None:
    world = fresh_world()
    keys = '{"inline_keyboard":[[{"text":"Yes","callback_data":"1:yes"}]]}'
    params = {"chat_id": str(ANN), "text": "5", "protect_content": "true", "reply_markup": keys}
    assert done(world.call("sendMessage", params))["reply_markup"] == KEYS


def send(world: World, **params: object) -> tuple[int, dict[str, Any]]:
    return world.call("sendMessage", {"chat_id": ANN, "text": "x", **params})


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "  \n"}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "<u>x", "parse_mode": "HTML"}, None),
        ({"parse_mode": "Fancy"}, "unsupported parse_mode"),
        ({"chat_id": 77}, "chat not found"),
        ({"chat_id": "@somebody"}, "chat not found"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"text": 5}, 'field "text" must be of type String'),
        ({"text": "\ud800"}, "strings must be encoded in UTF-8"),
        ({"protect_content": "maybe"}, 'field "protect_content" must be of type Boolean'),
        ({"reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ],
)
def test_what_the_server_refuses_is_refused(params: dict[str, Any], words: str | None) -> None:
    status, said = refusal(send(fresh_world(), **params))
    assert status == 400
    assert words is None or said == f"Bad Request: {words}"


def test_4096_units_after_parsing_are_not_too_long() -> None:
    done(send(fresh_world(), text=f"<b>{'x' * 4096}</b>", parse_mode="HTML"))


def button(**fields: object) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Yes", **fields}]]}


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (button(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (
            button(),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (button(text=" ", callback_data="x"), "inline keyboard button text must be non-empty"),
        (
            button(url="http://localhost/"),
            "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
        ({"inline_keyboard": [ROW * 101]}, "reply markup is too long"),
        (
            {"inline_keyboard": [[{"callback_data": "x"}]]},
            "can't parse InlineKeyboardButton: can't find field \"text\"",
        ),
        ([], None),
        ("nonsense", None),
    ],
)
def test_bad_keyboards_are_refused(markup: object, words: str | None) -> None:
    status, said = refusal(send(fresh_world(), reply_markup=markup))
    assert status == 400
    assert words is None or said == f"Bad Request: {words}"


def test_64_bytes_of_button_data_are_fine() -> None:
    done(send(fresh_world(), reply_markup=button(callback_data="é" * 32)))


def test_a_reply_keyboard_is_shown_beside_the_message() -> None:
    world = fresh_world()
    sent = done(send(world, reply_markup={"keyboard": [[{"text": "Menu"}]]}))
    assert "reply_markup" not in sent
    assert world.chat(ANN)[-1]["keyboard"] == {"keyboard": [[{"text": "Menu"}]]}


def test_nobody_is_written_to_who_did_not_start_or_has_gone() -> None:
    world = fresh_world()
    never = refusal(send(world, chat_id=BEN))
    assert never == (403, "Forbidden: bot can't initiate conversation with a user")
    world.blocks(ANN)
    assert refusal(send(world)) == (403, "Forbidden: bot was blocked by the user")
    world.unblocks(ANN)
    done(send(world))
    world.deletes_account(ANN)
    assert refusal(send(world)) == (403, "Forbidden: user is deactivated")


def test_an_edit_changes_text_and_drops_the_keyboard(moment: Moment) -> None:
    world = fresh_world(moment)
    number = done(send(world, reply_markup=KEYS))["message_id"]
    moment.wait(5)
    edited = done(
        world.call("editMessageText", {"chat_id": ANN, "message_id": number, "text": "y"})
    )
    assert edited["edit_date"] == edited["date"] + 5
    bubble = world.chat(ANN)[-1]
    assert (bubble["text"], bubble["edited"], "reply_markup" in bubble) == ("y", True, False)


def test_edits_that_cannot_be_are_refused() -> None:
    world = fresh_world()
    number = done(send(world, reply_markup=KEYS))["message_id"]
    theirs = world.says(ANN, "mine")["message"]["message_id"]

    def edit(**params: object) -> tuple[int, str]:
        wanted = {"chat_id": ANN, "message_id": number, "text": "x", **params}
        return refusal(world.call("editMessageText", wanted))

    assert edit(reply_markup=KEYS)[1].startswith("Bad Request: message is not modified: specified")
    assert edit(message_id=9_999) == (400, "Bad Request: message to edit not found")
    assert edit(message_id=theirs) == (400, "Bad Request: message can't be edited")
    assert edit(message_id=None) == (400, "Bad Request: message identifier is not specified")
    assert edit(inline_message_id="x") == (400, "Bad Request: MESSAGE_ID_INVALID")
    only_keys = {"chat_id": ANN, "message_id": number, "reply_markup": KEYS}
    assert "not modified" in refusal(world.call("editMessageReplyMarkup", only_keys))[1]
    assert world.chat(ANN)[-2]["reply_markup"] == KEYS


def test_a_keyboard_can_be_taken_away() -> None:
    world = fresh_world()
    number = done(send(world, reply_markup=KEYS))["message_id"]
    params = {"chat_id": ANN, "message_id": number}
    assert "reply_markup" not in done(world.call("editMessageReplyMarkup", params))
    assert world.chat(ANN)[-1]["text"] == "x"


def test_messages_are_deleted_only_while_young(moment: Moment) -> None:
    world = fresh_world(moment)
    first, second, third = (done(send(world))["message_id"] for _ in range(3))
    old = {"chat_id": ANN, "message_id": first}
    assert done(world.call("deleteMessage", old)) is True
    gone = refusal(world.call("deleteMessage", old))
    assert gone == (400, "Bad Request: message to delete not found")
    moment.wait(48 * 3600 + 1)
    late = refusal(world.call("deleteMessage", {"chat_id": ANN, "message_id": second}))
    assert late == (400, "Bad Request: message can't be deleted for everyone")
    young = done(send(world))["message_id"]
    numbers = [first, second, young, young]
    assert done(world.call("deleteMessages", {"chat_id": ANN, "message_ids": numbers})) is True
    assert [one["message_id"] for one in world.chat(ANN)[1:]] == [second, third]


def test_a_press_is_answered_for_150_seconds(moment: Moment) -> None:
    world = fresh_world(moment)
    number = done(send(world, reply_markup=KEYS))["message_id"]
    heard: list[dict[str, Any]] = []
    world.subscribe(heard.append)
    query = world.taps(ANN, number, "1:yes")["callback_query"]
    assert query["message"]["reply_markup"] == KEYS
    answer = {"callback_query_id": query["id"], "text": "ok"}
    done(world.call("answerCallbackQuery", answer))
    (shown,) = [one for one in heard if one["type"] == "callback_answer"]
    assert (shown["user_id"], shown["text"], shown["show_alert"]) == (ANN, "ok", False)
    moment.wait(150)
    assert refusal(world.call("answerCallbackQuery", answer)) == (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    too_long = {"callback_query_id": query["id"], "text": "x" * 201}
    assert refusal(world.call("answerCallbackQuery", too_long))[1].endswith("MESSAGE_TOO_LONG")


def test_documents_can_be_sent_and_fetched_and_sent_again() -> None:
    world = fresh_world()
    params = {"chat_id": ANN, "caption": "<i>Yours</i>", "parse_mode": "HTML"}
    files = {"document": ("plan.pdf", b"%PDF")}
    sent = done(world.call("sendDocument", params, files))
    assert sent["document"]["mime_type"] == "application/pdf"
    assert world.chat(ANN)[-1]["html"] == "<i>Yours</i>"
    file_id = sent["document"]["file_id"]
    path = done(world.call("getFile", {"file_id": file_id}))["file_path"]
    kept = world.files.by_path(path)
    assert kept is not None
    assert kept.content == b"%PDF"
    again = done(world.call("sendDocument", {"chat_id": ANN, "document": file_id}))
    assert again["document"]["file_id"] == file_id
    attached = {"chat_id": ANN, "document": "attach://part"}
    done(world.call("sendDocument", attached, {"part": ("a", b"x")}))
    assert world.violations == []


@pytest.mark.parametrize(
    ("params", "files", "words"),
    [
        ({}, {}, "Bad Request: there is no document in the request"),
        ({"document": "nope"}, {}, "Bad Request: wrong file identifier/HTTP URL specified"),
        ({}, {"document": ("a.txt", b"")}, "Bad Request: file must be non-empty"),
        (
            {"caption": "x" * 1025},
            {"document": ("a.txt", b"x")},
            "Bad Request: message caption is too long",
        ),
    ],
)
def test_documents_that_are_none_are_refused(
    params: dict[str, Any], files: dict[str, tuple[str, bytes]], words: str
) -> None:
    world = fresh_world()
    assert refusal(world.call("sendDocument", {"chat_id": ANN, **params}, files))[1] == words


def png(width: int, height: int) -> bytes:
    """The beginning of a PNG, which is all that tells its measures."""
    sides = width.to_bytes(4) + height.to_bytes(4)
    return b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + sides + b"\x08\x02\0\0\0"


def jpeg(width: int, height: int) -> bytes:
    """A JPEG up to its frame header, behind another segment."""
    frame = b"\xff\xc0\0\x11\x08" + height.to_bytes(2) + width.to_bytes(2)
    return b"\xff\xd8" + b"\xff\xe0\0\x04ab" + frame + b"\x03"


@pytest.mark.parametrize("picture", [png(90, 60), jpeg(90, 60)], ids=["png", "jpeg"])
def test_a_picture_is_sent_with_its_measures_and_can_be_sent_again(picture: bytes) -> None:
    world = fresh_world()
    params = {"chat_id": ANN, "caption": "<b>Look</b>", "parse_mode": "HTML"}
    sent = done(world.call("sendPhoto", params, {"photo": ("card.png", picture)}))
    (size,) = sent["photo"]
    assert (size["width"], size["height"], size["file_size"]) == (90, 60, len(picture))
    assert world.chat(ANN)[-1]["html"] == "<b>Look</b>"
    again = done(world.call("sendPhoto", {"chat_id": ANN, "photo": size["file_id"]}))
    assert again["photo"] == [size]
    assert world.violations == []


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "there is no photo in the request"),
        ({"photo": ("a.png", b"no picture at all")}, "IMAGE_PROCESS_FAILED"),
        ({"photo": ("a.png", png(90, 60)[:20])}, "IMAGE_PROCESS_FAILED"),
        ({"photo": ("a.jpg", jpeg(90, 60)[:9])}, "IMAGE_PROCESS_FAILED"),
        ({"photo": ("a.png", png(9_000, 2_000))}, "PHOTO_INVALID_DIMENSIONS"),
        ({"photo": ("a.png", png(2_100, 100))}, "PHOTO_INVALID_DIMENSIONS"),
        ({"photo": ("a.png", png(90, 60) + bytes(10_485_760))}, "file is too big for a photo"),
    ],
)
def test_pictures_that_are_none_are_refused(
    files: dict[str, tuple[str, bytes]], words: str
) -> None:
    world = fresh_world()
    answer = refusal(world.call("sendPhoto", {"chat_id": ANN}, files))
    assert answer == (400, f"Bad Request: {words}")


def test_typing_is_seen_and_only_real_actions_count() -> None:
    world = fresh_world()
    heard: list[dict[str, Any]] = []
    stop = world.subscribe(heard.append)
    done(world.call("sendChatAction", {"chat_id": ANN, "action": "typing"}))
    stop()
    assert [one["type"] for one in heard] == ["typing", "call"]
    wrong = {"chat_id": ANN, "action": "dancing"}
    assert "wrong parameter action" in refusal(world.call("sendChatAction", wrong))[1]
    assert len(heard) == 2


def test_the_documented_flood_limit_strikes_and_passes(moment: Moment) -> None:
    world = fresh_world(moment)
    world.flood.limits = DOCUMENTED
    answers = [send(world)[0] for _ in range(DOCUMENTED.chat_burst + 1)]
    assert answers == [200] * DOCUMENTED.chat_burst + [429]
    status, body = send(world)
    assert (status, body["description"]) == (429, "Too Many Requests: retry after 1")
    assert body["parameters"] == {"retry_after": 1}
    moment.wait(1)
    assert send(world)[0] == 200


def test_the_overall_flood_limit_counts_all_chats(moment: Moment) -> None:
    world = fresh_world(moment)
    world.flood.limits = DOCUMENTED
    people = range(1_000, 1_000 + DOCUMENTED.overall_burst + 1)
    for person in people:
        world.person(person, "P", None)
        world.says(person, "hi")
    assert [send(world, chat_id=person)[0] for person in people][-2:] == [200, 429]
