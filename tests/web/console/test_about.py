"""About: what the program says of itself."""

from __future__ import annotations

from pathlib import Path

from bot.storage.record_checks import note_check
from bot.storage.staff import Role
from bot.web.console.about import MAY, all_texts, languages, version
from bot.web.console.permission import Permission
from bot.web.console.vendored import vendored
from dialogs.kept_for import PERIODS
from tests.support.office import Office, book


async def test_it_names_version_flows_and_records(office: Office) -> None:
    page = await (await office.signed_in(Role.VIEWER)).see("/about")
    assert f"Version {version()}" in page
    assert book().revision in page
    assert (
        f"{len(book().directory.records)} services and aid programmes; no check by staff yet"
        in page
    )


async def test_it_tells_when_the_directory_was_last_checked(office: Office) -> None:
    with office.engine.begin() as connection:
        note_check(connection, "a", "", "", 1_790_000_000)
        note_check(connection, "b", "", "", 1_780_000_000)
    page = await (await office.signed_in(Role.VIEWER)).see("/about")
    assert "last check by staff 2026-09-21 14:13 UTC" in page


async def test_it_shows_every_period(office: Office) -> None:
    page = await (await office.signed_in(Role.VIEWER)).see("/about")
    for kind, period in PERIODS.items():
        assert f"{kind} " in page
        assert f" {period.of(90)} " in page
    assert "What staff may read, if you said yes: 90 days" in page


def test_languages_are_told_with_what_they_have() -> None:
    found = {each.locale: each for each in languages(book().catalogs)}
    assert found["en"].texts == found["es"].texts == all_texts()
    assert found["es"].offered
    assert found["es"].kept
    assert 0 < found["ar"].texts < all_texts()
    assert not found["ar"].offered
    assert not found["ar"].kept


def test_every_permission_is_told() -> None:
    assert set(MAY) == set(Permission)


def test_what_browsers_get_of_others_is_told() -> None:
    served = Path("bot/web/static/vendor")
    names = {file.name for file in served.glob("*.min.*")}
    assert len(vendored()) == len(names)
    assert [each.name for each in vendored()] == ["htmx", "Pico CSS"]
    assert [each.licence for each in vendored()] == ["0BSD", "MIT"]
