"""Updates wait until they are confirmed or too old, and acts of people become the right updates."""

from __future__ import annotations

import pytest

from bot.demo.world import World
from bot.demo.world_people import ChatKind
from bot.demo.world_refusals import WEBHOOK_ACTIVE
from tests.support.world import ANN, BEN, Moment, done, fresh_world, refusal


def ids(updates: list[dict[str, object]]) -> list[object]:
    return [one["update_id"] for one in updates]


def test_updates_are_handed_out_again_until_confirmed() -> None:
    world = fresh_world()
    first, second = (world.says(ANN, text)["update_id"] for text in ("a", "b"))
    assert ids(world.updates(None)) == ids(world.updates(0, 100)) == [first, second]
    assert ids(world.updates(first, 1)) == [first]
    assert ids(world.updates(first + 1)) == [second]
    assert ids(world.updates(None)) == [second]
    assert world.updates(second + 1) == []


def test_a_negative_offset_keeps_the_newest_and_forgets_the_rest() -> None:
    world = fresh_world()
    newest = [world.says(ANN, text)["update_id"] for text in "abc"][-1]
    assert ids(world.updates(-1)) == [newest]
    assert ids(world.updates(None)) == [newest]
    assert ids(world.updates(-5)) == [newest]


def test_texts_wait_a_day_and_presses_150_seconds() -> None:
    moment = Moment()
    world = fresh_world(moment)
    text = world.says(ANN, "a")["update_id"]
    press = world.taps(ANN, 1, "x")["update_id"]
    assert ids(world.updates(None)) == [text, press]
    moment.wait(150)
    assert ids(world.updates(None)) == [text]
    moment.wait(86_400)
    assert world.updates(None) == []


def test_only_wanted_kinds_are_kept_and_the_wish_sticks() -> None:
    world = fresh_world()
    done(world.call("getUpdates", {"allowed_updates": ["message"]}))
    world.taps(ANN, 1, "x")
    text = world.says(ANN, "a")["update_id"]
    assert ids(world.updates(None)) == [text]
    assert done(world.call("getWebhookInfo", {}))["allowed_updates"] == ["message"]
    world.updates(None, allowed=[])
    world.taps(ANN, 1, "x")
    assert len(world.updates(None)) == 2


def test_commands_are_marked_in_utf16_units() -> None:
    world = fresh_world()
    said = world.says(ANN, "😀 /help@second_opinion_demo_bot a/b")["message"]
    assert said["entities"] == [{"type": "bot_command", "offset": 3, "length": 29}]
    assert said["from"] == {"id": ANN, "is_bot": False, "first_name": "Ann", "language_code": "es"}
    assert "entities" not in world.says(ANN, "no/command")["message"]
    assert "entities" not in world.says(ANN, "/start", entities=[])["message"]


@pytest.mark.parametrize(
    "kind", ["voice", "photo", "video", "document", "location", "contact", "sticker"]
)
def test_people_send_more_than_text(kind: str) -> None:
    world = fresh_world()
    sent = world.sends(ANN, kind, caption="look")["message"]  # type: ignore[arg-type]
    assert kind in sent
    assert sent["caption"] == "look"


def test_an_edit_of_theirs_arrives_as_one() -> None:
    moment = Moment()
    world = fresh_world(moment)
    said = world.says(ANN, "helo")["message"]
    moment.wait(3)
    edited = world.edits(ANN, said["message_id"], "hello")["edited_message"]
    assert (edited["text"], edited["edit_date"] - said["date"]) == ("hello", 3)
    with pytest.raises(LookupError):
        world.edits(ANN, 999, "x")


def test_a_press_on_a_message_that_is_gone_still_arrives() -> None:
    world = fresh_world()
    query = world.taps(ANN, 999, "made up")["callback_query"]
    assert (query["data"], query["message"]["date"]) == ("made up", 0)


def test_blocking_and_coming_back_are_told() -> None:
    world = fresh_world()
    change = world.blocks(ANN)["my_chat_member"]
    assert change["new_chat_member"]["status"] == "kicked"
    assert world.person_view(ANN)["blocked"]
    world.says(ANN, "/start")
    back, text = world.updates(None)[1:]
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert text["message"]["text"] == "/start"
    assert not world.person_view(ANN)["blocked"]


def test_in_a_group_the_bot_hears_only_what_calls_it() -> None:
    world = fresh_world()
    added = world.adds_to_group(BEN, -100, title="Family")["my_chat_member"]
    assert added["chat"] == {"id": -100, "type": "supergroup", "title": "Family"}
    assert world.says_in_group(BEN, -100, "hello all") is None
    called = world.says_in_group(BEN, -100, "/start")
    assert called is not None
    assert called["message"]["chat"]["type"] == "supergroup"
    done(world.call("sendMessage", {"chat_id": -100, "text": "Please write to me alone"}))
    world.removes_from_group(BEN, -100)
    gone = refusal(world.call("sendMessage", {"chat_id": -100, "text": "x"}))
    assert gone == (403, "Forbidden: bot is not a member of the supergroup chat")


def test_a_channel_post_is_one() -> None:
    world = fresh_world()
    world.adds_to_group(BEN, -200, ChatKind.CHANNEL, "News")
    post = world.says_in_group(BEN, -200, "news")
    assert post is not None
    assert "from" not in post["channel_post"]


def test_strangers_do_nothing_before_they_are_introduced() -> None:
    world = fresh_world()
    with pytest.raises(LookupError, match="person"):
        world.says(999, "hi")
    world.deletes_account(ANN)
    with pytest.raises(LookupError):
        world.says(ANN, "hi")


def test_a_changed_client_language_shows_in_the_next_update() -> None:
    world = fresh_world()
    world.person(ANN, "Anna", None)
    assert world.says(ANN, "a")["message"]["from"] == {
        "id": ANN,
        "is_bot": False,
        "first_name": "Anna",
    }


def hook(world: World, url: str, **params: object) -> tuple[int, dict[str, object]]:
    return world.call("setWebhook", {"url": url, **params})


def test_a_webhook_and_asking_exclude_each_other() -> None:
    world = fresh_world()
    done(hook(world, "https://x.org/hook", secret_token="s-1", max_connections=7))
    assert refusal(world.call("getUpdates", {})) == (
        409,
        f"Conflict: {WEBHOOK_ACTIVE}",
    )
    world.says(ANN, "a")
    info = done(world.call("getWebhookInfo", {}))
    assert (info["url"], info["max_connections"], info["pending_update_count"]) == (
        "https://x.org/hook",
        7,
        1,
    )
    done(world.call("deleteWebhook", {}))
    assert len(done(world.call("getUpdates", {}))) == 1
    done(world.call("setWebhook", {"url": "", "drop_pending_updates": True}))
    assert done(world.call("getUpdates", {})) == []


@pytest.mark.parametrize("url", ["http://x.org/", "ftp://127.0.0.1/", "nonsense", "http://[x"])
def test_webhooks_need_https_beyond_this_machine(url: str) -> None:
    status, words = refusal(hook(fresh_world(), url))
    assert status == 400
    assert words.startswith("Bad Request: bad webhook: ")


def test_a_secret_has_an_alphabet() -> None:
    words = refusal(hook(fresh_world(), "http://127.0.0.1:1/", secret_token="ñ"))[1]
    assert words == "Bad Request: secret token contains unallowed characters"


def test_updates_that_are_held_back_arrive_late_and_in_order() -> None:
    world = fresh_world()
    woken: list[int] = []
    world.on_news(lambda: woken.append(1))
    world.faults.late_updates = True
    held = [world.says(ANN, text)["update_id"] for text in "ab"]
    assert world.updates(None) == []
    assert world.inbox.lanes() == []
    assert not world.inbox.ready
    assert world.faults.view["waiting"] == 2
    before = len(woken)
    world.faults.late_updates = False
    assert len(woken) == before + 1
    assert ids(world.updates(None)) == held


def test_updates_can_be_doubled_and_turned_around() -> None:
    world = fresh_world()
    first, second = (world.says(ANN, text)["update_id"] for text in "ab")
    world.faults.duplicate_updates = True
    assert ids(world.updates(None)) == [first, first, second, second]
    world.faults.duplicate_updates = False
    world.faults.reorder = True
    assert ids(world.updates(None)) == [second, first]
    assert world.faults.view["reorder"] is True
