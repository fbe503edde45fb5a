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
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
keys = typer.Typer(no_args_is_help=True)
app.add_typer(keys, name="keys", help="Keys that encrypt what is kept.")
questions = typer.Typer(invoke_without_command=True)
app.add_typer(questions, name="questions", help="Read what people ask staff, and answer.")
By = Annotated[str, typer.Option(help="Who you are, for the other readers.")]
Which = Annotated[str, typer.Argument(metavar="ID", help="The beginning of a question's id.")]


@contextmanager
def _one_clear_line() -> Iterator[None]:
    from bot.desk import RefusedError
    from bot.settings import SettingsError

    try:
        yield
    except (SettingsError, RefusedError) as error:
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
def reports() -> None:
    """List the records of the directory that people called wrong, and how often."""
    from bot.settings import read_storage_settings

    with _one_clear_line():
        settings = read_storage_settings()
        from bot.reports import reported, told
        from bot.storage.engine import open_engine

        for line in told(reported(open_engine(settings.database_url))):
            typer.echo(line)


@keys.command("new")
def new_keys() -> None:
    """Print fresh keys, as lines for the environment."""
    from bot.privacy.vault import new_keys as fresh

    data_key, lookup_key = fresh()
    typer.echo(f"BOT_DATA_KEYS={data_key}")
    typer.echo(f"BOT_LOOKUP_KEY={lookup_key}")


@questions.callback()
def show_questions(context: typer.Context) -> None:
    """List what waits for staff: id, language, age, and the words without names."""
    if context.invoked_subcommand is None:
        with _one_clear_line():
            from bot.questions import open_desk, show_waiting

            with open_desk() as desk:
                show_waiting(desk, typer.echo)


@questions.command("answer")
def answer_question(question: Which, by: By) -> None:
    """Answer one, in the terminal. It may be done while the program runs."""
    with _one_clear_line():
        from bot.questions import open_desk, write_answer

        with open_desk() as desk:
            write_answer(desk, question, by, typer.echo, input)


@questions.command("approve")
def approve_question(question: Which, by: By) -> None:
    """Let an answer out that another person wrote, where a safety card was shown."""
    with _one_clear_line():
        from bot.questions import approve_answer, open_desk

        with open_desk() as desk:
            approve_answer(desk, question, by, typer.echo, input)


@keys.callback()
def _keys() -> None:
    """Keys that encrypt what is kept."""
