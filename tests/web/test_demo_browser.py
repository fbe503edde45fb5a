"""The demo's page in a real browser: what a person sees and does."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from bot.demo.world import World
from tests.web.nothing_behind import NothingBehind
from tests.web.screen import DOTS, IN_A_BROWSER, PHONE, TALL, USER, Client

pytestmark = IN_A_BROWSER


async def test_a_chat_from_start_to_an_edit_in_place(client: Client) -> None:
    page = client.page
    await expect(page.get_by_text("I repeat what you say.")).to_be_visible()
    await expect(page.get_by_text("Nothing you write leaves it.")).to_be_visible()
    await expect(page.locator("#compose-1")).to_be_hidden()
    await client.starts()
    await expect(page.locator("#opening-1")).to_be_hidden()
    await expect(client.bubbles.last.locator("b")).to_have_text("Welcome")
    link = page.get_by_role("link", name="Read more")
    assert await link.get_attribute("href") == "https://example.org/more"
    await client.says("<img src=x onerror=alert(1)>\nsecond & third")
    await expect(client.bubbles).to_have_count(4)
    await expect(client.bubbles.last).to_contain_text("<img src=x onerror=alert(1)>")
    assert await page.locator("#log-1 img").count() == 0
    await client.button("Benefits").click()
    await expect(client.bubbles.last).to_contain_text("Benefits, in place")
    await expect(client.bubbles).to_have_count(4)
    await expect(client.bubbles.last).not_to_contain_text("edited")


async def test_answers_to_a_press_are_a_toast_or_an_alert(client: Client) -> None:
    await client.starts()
    await client.button("Tell me").click()
    await expect(client.page.get_by_role("status")).to_contain_text("A word in passing")
    await client.button("Warn me").click()
    dialog = client.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Please read this")
    await client.page.keyboard.press("Enter")
    await expect(dialog).to_be_hidden()
    await expect(client.page.locator(".waiting")).to_have_count(0)


async def test_a_tall_answer_is_read_from_its_top_and_what_follows_is_counted(
    client: Client, world: World
) -> None:
    page, arrow = client.page, client.page.get_by_role("button", name="Go to the newest message")
    await client.starts()
    for motion in ("reduce", "no-preference"):
        await page.emulate_media(reduced_motion=motion)
        await client.says("Tell me everything")
        await expect(client.bubbles.last).to_contain_text("You said: Tell me everything")
        await client.button("Tell me").click()
        world.call("sendMessage", {"chat_id": USER, "text": TALL, "reply_markup": DOTS})
        await expect(client.bubbles.last).to_contain_text("Line 80")
        await page.wait_for_function(_STANDS_AT_THE_TOP)
        await expect(arrow).to_be_visible()
        world.call("sendMessage", {"chat_id": USER, "text": "And one thing more"})
        await expect(page.locator("#unread-1")).to_have_text("1")
        await arrow.click()
        await expect(arrow).to_be_hidden()
        await expect(client.bubbles.last).to_be_in_viewport(ratio=1)


async def test_the_answer_to_a_press_is_seen_even_when_the_keys_went_below_the_edge(
    client: Client, world: World
) -> None:
    await client.starts()
    keys = [[{"text": f"Key {number}", "callback_data": "x"}] for number in range(1, 31)]
    markup = {"inline_keyboard": keys}
    world.call("sendMessage", {"chat_id": USER, "text": "Which?", "reply_markup": markup})
    await expect(client.button("Key 30")).not_to_be_in_viewport()
    await client.button("Key 2").click()
    world.call("sendMessage", {"chat_id": USER, "text": "A good choice"})
    await expect(client.bubbles.last).to_contain_text("A good choice")
    await expect(client.bubbles.last).to_be_in_viewport(ratio=1)


async def test_short_answers_are_followed_to_the_end(client: Client, world: World) -> None:
    await client.starts()
    for number in range(20):
        await client.says(f"Number {number}")
        await expect(client.bubbles.last).to_contain_text(f"You said: Number {number}")
        await expect(client.bubbles.last).to_be_in_viewport(ratio=1)
    world.call("sendMessage", {"chat_id": USER, "text": "one"})
    world.call("sendMessage", {"chat_id": USER, "text": "two"})
    await expect(client.bubbles.last).to_contain_text("two")
    await expect(client.bubbles.last).to_be_in_viewport(ratio=1)
    await expect(client.page.locator("#to-end-1")).to_be_hidden()


async def test_a_long_text_goes_as_several_messages_and_nothing_is_lost(
    client: Client, world: World
) -> None:
    await client.starts()
    text = " ".join(f"word{number}" for number in range(1_500))
    await client.says(text)
    await expect(client.page.locator("#log-1 .mine")).to_have_count(1 + 4)
    written = [message["text"] for message in world.chat(USER) if not message["from_bot"]][1:]
    assert max(map(len, written)) <= 4096
    assert " ".join(written) == text
    assert await client.page.evaluate(_CUT_SIGNS) == [4095, 4096, 8]


async def test_a_text_too_long_for_an_edit_is_kept_and_said_kindly(client: Client) -> None:
    await client.starts()
    await client.says("short")
    await expect(client.bubbles).to_have_count(4)
    await client.box.press("ArrowUp")
    long = "x" * 4_097
    await client.box.fill(long)
    await client.box.press("Enter")
    await expect(client.page.get_by_role("status")).to_contain_text("at most 4,096 characters")
    await expect(client.box).to_have_value(long)
    await expect(client.page.locator("#editing-1")).to_be_visible()


async def test_what_could_not_be_sent_comes_back(client: Client) -> None:
    await client.starts()
    await client.page.route("**/demo/act", lambda route: route.abort())
    await client.says("precious words")
    await expect(client.page.get_by_role("status")).to_contain_text("not running any more")
    await expect(client.box).to_have_value("precious words")
    assert all("Failed to load" in said for said in client.complaints)
    client.complaints.clear()


async def test_a_person_who_is_not_there_is_said(client: Client, address: str) -> None:
    page = client.page
    for nobody in ("100", "0", "x"):
        await page.goto(f"{address}/?person={nobody}")
        await expect(page.get_by_text("This page plays the people 1 to 99.")).to_be_visible()
    await page.get_by_role("link", name="Open person 1").click()
    await client.starts()


async def test_a_chat_emptied_by_a_restart_is_explained(
    client: Client, behind: NothingBehind
) -> None:
    page = client.page
    line = page.locator("#emptied-1")
    await expect(line).to_be_hidden()
    behind.kept.add(USER)
    await page.reload()
    await expect(line).to_contain_text("Your answers were kept; press Start.")
    await expect(page.locator("#wide-1")).to_have_accessible_description(await line.inner_text())
    await page.get_by_label("Language of the Telegram app").select_option("es")
    await expect(line).to_contain_text("Sus respuestas se conservaron; pulse Iniciar.")
    await page.get_by_role("button", name="INICIAR").click()
    await expect(client.bubbles.last).to_contain_text("Welcome")
    await expect(line).to_be_hidden()
    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitem", name="Clear chat").click()
    await expect(page.get_by_role("button", name="INICIAR")).to_be_visible()
    await expect(line).to_be_hidden()


async def test_rubbish_blocking_and_clearing(client: Client) -> None:
    page = client.page
    await client.starts()
    await page.get_by_role("button", name="Send something").click()
    await page.get_by_role("menuitem", name="Voice message").click()
    await expect(client.bubbles.last).to_contain_text("You said: something I cannot read")
    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitem", name="Block bot").click()
    await expect(page.get_by_role("button", name="UNBLOCK BOT", exact=True)).to_be_visible()
    await page.get_by_role("button", name="UNBLOCK BOT", exact=True).click()
    await expect(page.locator("#compose-1")).to_be_visible()
    await client.says("/export")
    await expect(page.get_by_role("link", name="Save mine.json")).to_be_visible()
    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitem", name="Clear chat").click()
    await expect(client.bubbles).to_have_count(0)
    await expect(page.get_by_role("button", name="START")).to_be_visible()


async def test_the_chat_is_still_there_after_a_reload(client: Client) -> None:
    await client.starts()
    await client.says("remember me")
    await expect(client.bubbles).to_have_count(4)
    await client.page.reload()
    await expect(client.bubbles).to_have_count(4)
    await expect(client.bubbles.last).to_contain_text("remember me")


async def test_the_app_speaks_the_language_of_its_person(client: Client) -> None:
    page = client.page
    language = page.get_by_label("Language of the Telegram app")
    await language.select_option("es")
    await expect(page.get_by_role("heading", name="Eco")).to_be_visible()
    await page.get_by_role("button", name="INICIAR").click()
    await expect(client.box).to_be_focused()
    assert await client.box.evaluate("(e) => e.offsetHeight") >= 40
    await language.select_option("ar")
    await expect(page.locator("#phone-1")).to_have_attribute("dir", "rtl")
    await page.locator("#text-1").fill("مرحبا 123")
    await page.keyboard.press("Enter")
    await expect(client.bubbles).to_have_count(4)
    paragraph = client.bubbles.nth(2).locator("p")
    assert await paragraph.evaluate("(e) => getComputedStyle(e).direction") == "rtl"


async def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Browser, address: str) -> None:
    context = await browser.new_context(viewport=PHONE, color_scheme="dark", has_touch=True)
    client = Client(await context.new_page())
    await client.page.goto(address)
    await client.starts()
    await client.says("https://example.org/" + "very-long-word" * 20)
    await expect(client.bubbles).to_have_count(4)
    assert await client.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert await client.page.evaluate("document.documentElement.dataset.theme") == "dark"
    await client.page.get_by_role("button", name="Inspect", exact=True).click()
    panel = client.page.get_by_role("complementary", name="Inspect")
    await expect(panel).to_be_visible()
    await client.page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    assert client.complaints == []
    await context.close()


_STANDS_AT_THE_TOP = """() => {
  const rows = [...document.querySelectorAll("#log-1 article")];
  const top = rows.at(-1).offsetTop - document.getElementById("scroll-1").scrollTop;
  return top >= 0 && top < 20;
}"""


_CUT_SIGNS = """async () => {
  const { parts } = await import("/static/parts.js");
  return parts("x".repeat(4095) + "🙂".repeat(2052)).map((part) => part.length);
}"""
