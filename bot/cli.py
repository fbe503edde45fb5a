"""The commands of `python -m bot`.

Decides names and options; each command imports what it needs when it runs, so that none waits for the others'
libraries. A wrong setting is one line and exit code 2.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.staffing import Staffing

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
keys = typer.Typer(no_args_is_help=True)
app.add_typer(keys, name="keys", help="Keys that encrypt what is kept.")
staff = typer.Typer(no_args_is_help=True)
app.add_typer(staff, name="staff", help="Who may use the console.")
Name = Annotated[str, typer.Argument(help="As they sign in; capital letters do not matter.")]


@contextmanager
def _one_clear_line() -> Iterator[None]:
    from bot.not_done import NotDoneError
    from bot.settings import SettingsError

    try:
        yield
    except (SettingsError, NotDoneError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


@app.command()
def run() -> None:
    """Run the assistant on Telegram, by polling or webhook as the settings say."""
    from bot import logs
    from bot.settings import read_settings

    logs.set_up()
    with _one_clear_line():
        settings = read_settings()
        from bot.run import run_until_stopped

        asyncio.run(run_until_stopped(settings))


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    from bot.settings import read_storage_settings

    with _one_clear_line():
        settings = read_storage_settings()
        from bot.storage.migrate import upgrade

        upgrade(settings.database_url)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the page listens, on this machine only.")] = 8080,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
    data: Annotated[
        Path | None, typer.Option(help="Keep the chats in this directory.", file_okay=False)
    ] = None,
) -> None:
    """Chat with the assistant in a browser, without Telegram and without any setting."""
    from bot.demo.serve import run_demo

    with _one_clear_line():
        run_demo(port, open_browser=not no_open, data_dir=data)


@app.command()
def check() -> None:
    """Prove what can be proved about flows, translations and directory before anybody talks to them."""
    from bot.check import run as run_checks

    raise typer.Exit(run_checks())


@app.command("review-sheet")
def review_sheet(
    out: Annotated[
        Path | None, typer.Option(help="The file to write; without it, the screen.", dir_okay=False)
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Write CSV instead of HTML.")] = False,
) -> None:
    """Write what a clinician reads before release: safety lines, figures with sources, every text."""
    from bot.review_page import page, sheet_csv
    from bot.review_rows import rows
    from dialogs.book import load_book

    book = load_book()
    sheet = sheet_csv(rows(book)) if csv else page(rows(book), book.revision)
    if out is None:
        typer.echo(sheet, nl=False)
    else:
        out.write_text(sheet, encoding="utf-8", newline="")


@app.command()
def redact(
    locale: Annotated[str, typer.Option(help="The language of the lines, such as en.")] = "en",
) -> None:
    """Read lines, and show each as it would be kept. Nothing is stored."""
    from bot.privacy.redaction.try_lines import redact_lines

    redact_lines(sys.stdin, sys.stdout, locale)


@app.command()
def graph() -> None:
    """Print the states of all flows as a Mermaid graph."""
    from dialogs.book import load_book
    from dialogs.checks.graph import mermaid

    typer.echo(mermaid(load_book()))


@app.command()
def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would go.")] = False,
) -> None:
    """Remove what was kept long enough. It may be done while the program runs, which does it every hour."""
    from bot.settings import read_sealed_settings

    with _one_clear_line():
        from bot.keeping import keep_no_longer

        for line in keep_no_longer(read_sealed_settings(), dry_run=dry_run):
            typer.echo(line)


@keys.command("new")
def new_keys() -> None:
    """Print fresh keys, as lines for the environment."""
    from bot.privacy.vault import new_keys as fresh

    data_key, lookup_key = fresh()
    typer.echo(f"BOT_DATA_KEYS={data_key}")
    typer.echo(f"BOT_LOOKUP_KEY={lookup_key}")


@staff.command("add")
def add_staff(
    name: Name,
    role: Annotated[str, typer.Option(help="viewer, reviewer, lead or admin.")] = "viewer",
    locale: Annotated[str, typer.Option(help="The language they read in, such as en.")] = "en",
) -> None:
    """Add somebody, and print the link with which they choose a password. It works once, for a day."""
    with _staffing() as found:
        found.add(name, role, locale)


@staff.command("link")
def link_staff(name: Name) -> None:
    """Print a fresh link: it takes the place of password and app, and lets a disabled member in again."""
    with _staffing() as found:
        found.link(name)


@staff.command("list")
def list_staff() -> None:
    """List everybody: name, role, standing."""
    with _staffing() as found:
        found.list()


@staff.command("disable")
def disable_staff(name: Name) -> None:
    """Let somebody in no longer; their sessions end at once."""
    with _staffing() as found:
        found.disable(name)


@contextmanager
def _staffing() -> Iterator[Staffing]:
    from bot.settings import read_console_settings

    with _one_clear_line():
        settings = read_console_settings()
        from bot.staffing import open_staffing

        with open_staffing(settings, typer.echo) as found:
            yield found


@keys.callback()
def _keys() -> None:
    """Keys that encrypt what is kept."""
