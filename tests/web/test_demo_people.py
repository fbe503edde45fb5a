"""Several people on one page, the panel of faults, pictures and typing, in a real browser."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import expect

from bot.demo.world import World
from tests.web.nothing_behind import NothingBehind
from tests.web.screen import IN_A_BROWSER, PHONE, PICTURE, USER, Client

pytestmark = IN_A_BROWSER


async def adds(client: Client, language: str) -> None:
    """Add a person whose app speaks a language."""
    await client.page.get_by_role("button", name="Add a person").click()
    await client.page.get_by_role("menuitem", name=language).click()


async def test_two_people_chat_side_by_side_each_in_their_own_language(client: Client) -> None:
    page = client.page
    await client.starts()
    await adds(client, "العربية")
    second = page.get_by_role("region", name="Person 2")
    await expect(second).to_have_attribute("dir", "rtl")
    await second.get_by_role("button", name="ابدأ").press("Enter")
    await expect(second.get_by_role("article").last).to_contain_text("Welcome")
    await client.says("only mine")
    await expect(client.bubbles.last).to_contain_text("You said: only mine")
    await expect(second.get_by_role("article")).to_have_count(2)
    await expect(page.locator("#phone-1")).to_be_in_viewport(ratio=1)
    await expect(second).to_be_in_viewport(ratio=1)


async def test_a_third_person_takes_the_place_of_the_one_not_looked_at(
    client: Client, world: World
) -> None:
    page = client.page
    await client.starts()
    await adds(client, "Español")
    await adds(client, "Deutsch")
    await expect(page.locator("#phone-3")).to_be_visible()
    await expect(page.locator("#phone-1")).to_be_hidden()
    world.call("sendMessage", {"chat_id": USER, "text": "Are you there?"})
    tab = page.get_by_role("button", name="Person 1, 1 new")
    await expect(tab).to_have_attribute("aria-pressed", "false")
    await tab.press("Enter")
    await expect(page.locator("#phone-1")).to_be_visible()
    await expect(client.box).to_be_focused()
    await expect(client.bubbles.last).to_be_in_viewport(ratio=1)
    await expect(page.locator("#phone-2")).to_be_hidden()
    await page.reload()
    await expect(page.get_by_role("button", name="Person 3")).to_be_visible()


async def test_on_a_phone_there_is_one_at_a_time_and_nothing_is_cut_off(client: Client) -> None:
    page = client.page
    await page.set_viewport_size(PHONE)
    await client.starts()
    for language in ("Español", "हिन्दी", "Русский"):
        await adds(client, language)
    await expect(page.locator("#phone-4")).to_be_visible()
    await expect(page.get_by_role("button", name="Person 4")).to_be_in_viewport(ratio=1)
    assert await page.locator(".phone:visible").count() == 1
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    await page.get_by_role("button", name="Person 1").click()
    await expect(client.box).to_be_visible()
    assert await client.box.evaluate("(e) => e.offsetHeight") == 40


async def test_typing_is_a_line_that_goes_with_the_next_message(
    client: Client, world: World
) -> None:
    line = client.page.locator("#typing-1")
    await client.starts()
    await expect(line).to_be_hidden()
    world.call("sendChatAction", {"chat_id": USER, "action": "upload_document"})
    await expect(line).to_have_text("typing…")
    world.call("sendMessage", {"chat_id": USER, "text": "Here it is"})
    await expect(line).to_be_hidden()


async def test_a_picture_is_shown_and_a_paper_can_be_saved(client: Client, world: World) -> None:
    page = client.page
    await client.starts()
    photo = {"photo": ("card.png", PICTURE)}
    world.call("sendPhoto", {"chat_id": USER, "caption": "To hold up"}, photo)
    image = client.bubbles.last.locator("img")
    await expect(image).to_be_visible()
    assert await image.evaluate("(e) => e.decode().then(() => e.naturalWidth)") == 1
    await expect(client.bubbles.last).to_contain_text("To hold up")
    world.call("sendDocument", {"chat_id": USER}, {"document": ("notes.pdf", b"%PDF-1.7")})
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Save notes.pdf").click()
    assert (await download.value).suggested_filename == "notes.pdf"


async def test_a_chat_is_saved_as_a_test_or_it_is_said_why_not(
    client: Client, behind: NothingBehind
) -> None:
    page = client.page
    save = page.get_by_role("button", name="Save as test")
    await save.click()
    await expect(page.get_by_role("dialog")).to_contain_text("Nothing was said yet.")
    assert all("409" in said for said in client.complaints)
    client.complaints.clear()
    await page.keyboard.press("Enter")
    behind.stories[USER] = "Client: en\n\nPatient: hello\n"
    async with page.expect_download() as download:
        await save.click()
    saved = await download.value
    assert saved.suggested_filename == "person-1.chat"
    assert held_by(await saved.path()) == behind.stories[USER]


def held_by(path: Path) -> str:
    """The text of a file."""
    return path.read_text("utf-8")


async def test_faults_are_let_happen_by_hand_and_told(client: Client, world: World) -> None:
    page = client.page
    await client.starts()
    world.inbox.clear()  # the echo hears them without asking
    await page.get_by_role("button", name="Faults").press("Enter")
    panel = page.get_by_role("complementary", name="Faults")
    now = panel.get_by_role("status")
    await expect(now).to_have_text("Nothing is wrong now.")
    await panel.get_by_label("the next").fill("4")
    await panel.get_by_role("button", name="Refuse with 429").click()
    await expect(now).to_have_text("4 refusals to come")
    await panel.get_by_role("switch", name="arrives late").press("Space")
    await expect(panel.get_by_role("switch", name="arrives late")).to_be_checked()
    assert world.faults.late_updates
    await panel.get_by_role("button", name="+1 day").click()
    await expect(now).to_contain_text("the clock is 1 day ahead")
    await expect(page.locator("#log-1 .day")).not_to_have_text("Today")
    await panel.get_by_role("button", name="Block bot (Person 1)").click()
    await expect(page.get_by_role("button", name="UNBLOCK BOT", exact=True)).to_be_visible()
    await panel.get_by_role("button", name="Unblock bot (Person 1)").click()
    await page.get_by_role("button", name="Inspect").click()
    await expect(panel).to_be_hidden()
