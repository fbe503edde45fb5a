"""Every page of the console that can be reached by links and forms, as one member of staff sees it.

Decides what is followed: links below the console, forms that fetch something, and the few forms that give a download.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

import httpx

from bot.web.console.parts import PREFIX
from tests.support.office import Client

MOST_OF_A_KIND = 30
"""Addresses that begin alike: records of the directory, states of flows, conversations by other filters."""
LEFT_ALONE = ("/sign-out", "/static/")


@dataclass
class Form:
    """A form as it stands on a page."""

    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: unescape(value or "") for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            self.forms.append(Form(given.get("method", "get").lower(), given.get("action", "")))
        elif tag == "option" and self._select and self.forms:
            self._offer(given)
        elif tag == "select" and self.forms and "name" in given:
            self._select = given["name"]
        elif tag in {"input", "textarea", "button"} and self.forms and "name" in given:
            self.forms[-1].fields[given["name"]] = given.get("value", "")

    def _offer(self, option: dict[str, str]) -> None:
        """The first option stands, or the one that is selected. One without a value is worth its words."""
        fields = self.forms[-1].fields
        if "value" in option and (self._select not in fields or "selected" in option):
            fields[self._select] = option["value"]


async def crawled(client: Client, *, posting: tuple[str, ...] = ()) -> dict[str, httpx.Response]:
    """What each address answers. Forms whose action ends with one of `posting` are sent as they stand."""
    found: dict[str, httpx.Response] = {}
    waiting, kinds = deque([f"{PREFIX}/"]), Counter[tuple[str, int, bool]]()
    while waiting:
        address = waiting.popleft()
        kinds[_kind(address)] += address not in found
        if address in found or kinds[_kind(address)] > MOST_OF_A_KIND:
            continue
        found[address] = answer = await client.http.get(address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        page = Page(answer.text)
        waiting += _followed(address, page)
        for form in page.forms:
            if form.method == "post" and form.action.endswith(posting) and posting:
                name = f"POST {form.action}"
                found[name] = await client.post(form.action.removeprefix(PREFIX), form.fields)
    return found


def _kind(address: str) -> tuple[str, int, bool]:
    parts = urlsplit(address).path.removeprefix(PREFIX).strip("/").split("/")
    return parts[0], len(parts), "?" in address


def _followed(address: str, page: Page) -> Iterator[str]:
    fetched = [form for form in page.forms if form.method == "get"]
    forms = [f"{form.action}?{urlencode(form.fields)}" for form in fetched]
    for link in [*page.links, *forms]:
        whole = urldefrag(urljoin(address, link)).url
        path = urlsplit(whole).path
        ours = not urlsplit(whole).netloc and path.startswith(f"{PREFIX}/")
        if ours and not path.removeprefix(PREFIX).startswith(LEFT_ALONE):
            yield whole
