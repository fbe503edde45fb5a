"""Any call gets a well-formed answer, faults strike when told, and the documentation is kept."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.spec import bot_api
from bot.demo.world import World
from bot.demo.world_faults import SENDS
from bot.demo.world_methods import METHODS
from bot.demo.world_refusals import LostAnswer
from tests.support.world import ANN, Moment, done, fresh_world, refusal

HELLO = {"chat_id": ANN, "text": "hello"}


def test_every_method_carried_out_is_documented() -> None:
    assert set(METHODS) <= set(bot_api().names.values())
    assert {"getMe", "sendMessage", "setMyCommands", "setWebhook", "getUpdates"} <= set(METHODS)


@pytest.mark.parametrize("method", ["sendPoll", "makeCoffee", ""])
def test_what_is_not_carried_out_is_refused_loudly(method: str) -> None:
    world = fresh_world()
    assert refusal(world.call(method, {})) == (404, "Not Found: method not found")
    assert len(world.violations) == 1


def test_method_names_have_no_case() -> None:
    assert done(fresh_world().call("GETME", {}))["username"] == "second_opinion_demo_bot"


def test_calls_are_remembered_with_their_verdict() -> None:
    world = World(Moment(), stopwatch=Moment())
    world.person(ANN, "Ann", None)
    world.says(ANN, "/start")
    done(world.call("sendMessage", {**HELLO, "mood": "good"}))
    last = world.calls[-1]
    assert last["verdict"] == 'sendMessage has no parameter "mood"' == world.violations[0]
    assert (last["method"], last["status"], last["at"], last["ms"]) == (
        "sendMessage",
        200,
        Moment().now,
        0.0,
    )
    refusal(world.call("sendMessage", {"chat_id": 9, "text": "x"}))
    assert world.calls[-1]["verdict"] == "ok", (
        "a refusal nobody could foresee breaks no documentation"
    )


def test_limits_of_getupdates_are_clamped_but_noted() -> None:
    world = fresh_world()
    assert done(world.call("getUpdates", {"limit": 500})) == []
    assert world.violations == ['getUpdates: "limit" is outside 1..100']


def test_an_unnamed_file_is_noted() -> None:
    world = fresh_world()
    done(world.call("sendMessage", HELLO, {"extra": ("a", b"x")}))
    assert world.violations == ['sendMessage was sent a file "extra" that no parameter names']


def test_unknown_fields_deep_inside_are_noted() -> None:
    world = fresh_world()
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "x", "colour": "red"}]]}
    done(world.call("sendMessage", {**HELLO, "reply_markup": markup}))
    assert world.violations == ['InlineKeyboardButton has no field "colour"']


def test_planned_refusals_strike_once_and_only_their_aim() -> None:
    world = fresh_world()
    world.faults.next_429(7, "sendMessage")
    world.faults.next_5xx(2)
    done(world.call("getUpdates", {}))
    assert world.call("sendMessage", HELLO)[1]["parameters"] == {"retry_after": 7}
    assert refusal(world.call("getMe", {})) == (500, "Internal Server Error")
    assert refusal(world.call("sendMessage", HELLO))[0] == 500
    done(world.call("sendMessage", HELLO))
    world.faults.next_refusal(400, "PEER_FLOOD")
    assert refusal(world.call("sendMessage", HELLO)) == (400, "Bad Request: PEER_FLOOD")
    assert len(world.chat(ANN)) == 2


def test_the_next_sends_can_be_refused_whatever_they_send() -> None:
    world = fresh_world()
    world.faults.next_429(2, SENDS, times=2)
    done(world.call("getMe", {}))
    assert refusal(world.call("sendMessage", HELLO))[0] == 429
    document = {"document": ("a.txt", b"x")}
    assert refusal(world.call("sendDocument", {"chat_id": ANN}, document))[0] == 429
    done(world.call("sendMessage", HELLO))
    assert world.faults.view["planned"] == 0


def test_a_lost_answer_hides_work_that_was_done() -> None:
    world = fresh_world()
    world.faults.lose_answer()
    with pytest.raises(LostAnswer):
        world.call("sendMessage", HELLO)
    assert world.chat(ANN)[-1]["text"] == "hello"
    assert world.calls[-1]["status"] == 200
    done(world.call("sendMessage", HELLO))


def test_commands_are_kept_per_scope_and_language_and_shown_by_precedence() -> None:
    world = fresh_world()

    def commands(name: str, **params: object) -> None:
        wanted = {"commands": [{"command": name, "description": "d"}], **params}
        done(world.call("setMyCommands", wanted))

    def seen() -> str:
        (shown,) = world.person_view(ANN)["bot"]["commands"]
        return str(shown["command"])

    commands("plain")
    assert seen() == "plain"
    commands("spanish", language_code="es")
    assert seen() == "spanish"
    commands("private", scope={"type": "all_private_chats"})
    assert seen() == "private"
    commands("ann", scope='{"type":"chat","chat_id":501}')
    assert seen() == "ann"
    done(world.call("deleteMyCommands", {"scope": {"type": "chat", "chat_id": ANN}}))
    assert seen() == "private"
    listed = done(world.call("getMyCommands", {"language_code": "es"}))
    assert listed == [{"command": "spanish", "description": "d"}]
    assert done(world.call("getMyCommands", {"language_code": "pt"})) == []


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"commands": [{"command": "Menú", "description": "d"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "menu", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "m", "description": "d"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "language_code": "pt-br"}, "invalid language code specified"),
        ({}, 'parameter "commands" is required'),
    ],
)
def test_bad_commands_are_refused(params: dict[str, Any], words: str) -> None:
    assert refusal(fresh_world().call("setMyCommands", params)) == (400, f"Bad Request: {words}")


def test_profile_texts_are_kept_per_language_and_limited() -> None:
    world = fresh_world()
    for method, name, limit in (
        ("Name", "name", 64),
        ("Description", "description", 512),
        ("ShortDescription", "short_description", 120),
    ):
        done(world.call(f"setMy{method}", {name: "Todo", "language_code": "es"}))
        assert done(world.call(f"getMy{method}", {"language_code": "es"})) == {name: "Todo"}
        assert world.person_view(ANN)["bot"][name] == "Todo"
        assert refusal(world.call(f"setMy{method}", {name: "x" * (limit + 1)}))[0] == 400
    button = {"type": "commands"}
    done(world.call("setChatMenuButton", {"menu_button": button}))
    assert done(world.call("getChatMenuButton", {"chat_id": ANN})) == button


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(["", "<b>", "HTML", "attach://document", "501", '{"inline_keyboard":[[]]}']),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["inline_keyboard", "text", "callback_data", "type", "command", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A method we carry out, with documented parameters holding anything."""
    method = draw(st.sampled_from(sorted(METHODS)))
    names = [*bot_api().parameters(method), "unheard_of"]
    params = draw(st.dictionaries(st.sampled_from(names), _VALUES, max_size=5))
    if draw(st.booleans()) and "chat_id" in names:
        params["chat_id"] = ANN
    return method, params


@settings(max_examples=200, deadline=None)
@given(st.lists(calls(), max_size=3), st.booleans())
def test_any_call_is_answered_in_the_form_of_the_bot_api(
    wanted: list[tuple[str, dict[str, Any]]], with_file: bool
) -> None:
    json_able: list[bytes] = []
    world = fresh_world()
    world.subscribe(lambda event: json_able.append(orjson.dumps(event)))
    for method, params in wanted:
        status, body = world.call(method, params, {"document": ("a", b"x")} if with_file else None)
        orjson.dumps(body)
        assert body["ok"] is (status == 200)
        assert set(body) <= {"ok", "result", "error_code", "description", "parameters"}
        if status != 200:
            assert body["error_code"] == status
            assert body["description"]


def test_a_very_deep_value_is_refused_not_a_crash() -> None:
    deep: Any = "x"
    for _ in range(5_000):
        deep = {"type": "bold", "text": deep}
    world = fresh_world()
    rich = {"blocks": [{"type": "paragraph", "text": deep}]}
    params = {"chat_id": ANN, "message_id": 1, "rich_message": rich}
    assert refusal(world.call("editMessageText", params))[0] == 400
