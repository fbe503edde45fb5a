"""What goes out as a file: everything that was chosen, nothing that was not, and never without a trace."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

import pytest
from sqlalchemy import insert

from bot.storage import visits
from bot.storage.hanging import OF_A_REF
from bot.storage.review_tables import NOTE, VERDICT
from bot.storage.staff import Role
from bot.web.console import export_files, exports
from tests.support.listed import Shelf
from tests.support.logged import told
from tests.support.office import NOW, Client, Office, words_of

CSV, JSONL = "/exports/conversations.csv", "/exports/conversations.jsonl"
WALK = (
    "/start",
    "[Something worries me]",
    "my name is Zyxwina Quokkaberg and my doctor may be angry",
)


async def table(client: Client, query: str = "") -> list[dict[str, str]]:
    """The table, read as a program reads it."""
    answer = await client.post(f"{CSV}{query}")
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def objects(client: Client, query: str = "") -> list[dict[str, Any]]:
    """The lines, read."""
    answer = await client.post(f"{JSONL}{query}")
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def review(office: Office, ref: str) -> None:
    """Two reviewers, a label and a note, all with something odd in them."""
    lead, second = office.colleague(Role.LEAD).member, office.colleague(Role.REVIEWER).member
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        shelf.reviewed(ref, "follow_up")
        shelf.label("l1", "=HYPERLINK(1)", ref)
        answers = {"clear": "yes", "safe": "yes", "finished": "no", "language": ""}
        rows = [
            {"ref": ref, "staff": lead.id, "at": NOW, **answers},
            {"ref": ref, "staff": second.id, "at": NOW + 1, **answers | {"safe": "no"}},
        ]
        connection.execute(insert(VERDICT), rows)
        sealed = office.vault.seal("note", "n1", "“طبيب” =1+1\nsecond line".encode())
        note = {"id": "n1", "ref": ref, "at": NOW, "staff": lead.id, "text": sealed}
        connection.execute(insert(NOTE).values(note))


def traces(office: Office) -> list[tuple[str, str]]:
    """What was exported, by the trail."""
    return [(each.subject, each.detail) for each in office.trail() if each.action == "exported"]


async def test_the_table_tells_each_conversation_in_one_row(office: Office) -> None:
    ref = told(office, *WALK, at=NOW - 100)
    review(office, ref)
    (row,) = await table(await office.signed_in(Role.LEAD))

    assert tuple(row) == export_files.COLUMNS
    told_of = {
        "reference": ref, "began": "2026-11-18T11:05:00Z", "language": "en", "turns": "3",
        "switched_language": "no", "kept_texts": "1", "status": "follow_up", "notes": "1",
        "labels": "'=HYPERLINK(1)", "reviewers": "Lead|Reviewer", "clear": "yes|yes",
        "safe": "yes|no", "finished": "no|no", "right_language": "|", "agreement_percent": "67",
    }  # fmt: skip
    assert row | told_of == row


async def test_the_table_holds_nothing_anybody_wrote(office: Office) -> None:
    ref = told(office, *WALK)
    review(office, ref)
    answer = await (await office.signed_in(Role.LEAD)).post(CSV)
    for word in ("angry", "doctor", "second line", "Quokkaberg"):
        assert word not in answer.text


async def test_everything_of_a_conversation_stands_on_its_line(office: Office) -> None:
    ref = told(office, *WALK, at=NOW - 100)
    review(office, ref)
    (found,) = await objects(await office.signed_in(Role.LEAD))

    assert [turn["act"] for turn in found["turns"]] == ["command", "tapped", "typed"]
    assert found["turns"][2]["text"].endswith("my doctor may be angry")
    assert found["turns"][2]["at"].endswith("Z")
    assert found["turns"][0]["text"] is None
    assert "Quokkaberg" not in json.dumps(found)
    assert found["labels"] == ["=HYPERLINK(1)"]
    assert found["notes"] == [
        {"at": "2026-11-18T11:06:40Z", "by": "Lead", "text": "“طبيب” =1+1\nsecond line"}
    ]
    assert [(each["by"], each["safe"], each["right_language"]) for each in found["verdicts"]] == [
        ("Lead", "yes", None), ("Reviewer", "no", None),
    ]  # fmt: skip
    assert (found["reference"], found["status"], found["agreement_percent"]) == (
        ref, "follow_up", 67,
    )  # fmt: skip


@pytest.mark.parametrize("path", [CSV, JSONL])
async def test_a_file_is_saved_and_never_shown_or_kept_by_the_browser(
    office: Office, path: str
) -> None:
    told(office, "/start")
    answer = await (await office.signed_in(Role.LEAD)).post(path)
    ending = path.rpartition(".")[2]
    name = f'attachment; filename="conversations-20261118-1107.{ending}"'

    assert answer.headers["content-disposition"] == name
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"].partition(";")[0] in {"text/csv", "application/jsonl"}


async def test_only_what_was_chosen_goes_out(office: Office) -> None:
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        arabic, danger = shelf.visit(locale="ar"), shelf.visit(signal="body.now")
        shelf.visit()
    client = await office.signed_in(Role.LEAD)

    assert [each["reference"] for each in await table(client, "?language=ar")] == [arabic]
    assert [each["reference"] for each in await objects(client, "?danger=any")] == [danger]
    assert len(await objects(client)) == 3
    assert "1 conversation." in await client.see("/exports?language=ar")
    assert traces(office) == [
        ("conversations.csv", "1 language=ar"),
        ("conversations.jsonl", "1 danger=any"),
        ("conversations.jsonl", "3"),
    ]


async def test_searched_words_are_neither_used_nor_written_down(office: Office) -> None:
    told(office, "/start")
    client = await office.signed_in(Role.LEAD)
    answer = await client.post(f"{CSV}?q=zyxwina")
    page = await client.get("/exports?q=zyxwina")

    assert answer.status_code == 422
    assert "they were left out" in words_of(page.text)
    assert 'action="/console/exports/conversations.csv"' in page.text
    assert "zyxwina" not in str(office.trail())


async def test_a_trace_is_left_even_when_the_file_is_never_read(office: Office) -> None:
    told(office, "/start")
    await (await office.signed_in(Role.LEAD)).post(CSV)
    assert traces(office) == [("conversations.csv", "1")]


async def test_too_many_at_once_are_refused(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST", 2)
    monkeypatch.setattr(visits, "COUNTED", 2)
    client = await office.signed_in(Role.LEAD)
    with office.engine.begin() as connection:
        for _ in range(2):
            Shelf(connection).visit()
    assert len(await table(client)) == 2
    with office.engine.begin() as connection:
        Shelf(connection).visit()

    assert (await client.post(JSONL)).status_code == 422
    assert "at most 2 conversations" in await client.see("/exports")
    assert len(traces(office)) == 1


async def test_nothing_to_export_says_so(office: Office) -> None:
    client = await office.signed_in(Role.LEAD)
    assert (await client.post(CSV)).status_code == 422
    assert "There is nothing to export." in await client.see("/exports")
    assert traces(office) == []


async def test_a_member_exports_so_often_within_an_hour(office: Office) -> None:
    told(office, "/start")
    client, other = await office.signed_in(Role.LEAD), await office.signed_in(Role.ADMIN)
    await client.get("/directory/to-mend")
    for number in range(exports.OFTEN):
        answer = await client.post(CSV if number % 2 else JSONL)
        assert answer.status_code == 200
    refused = await client.post(CSV)

    assert refused.status_code == 429
    assert "20 exports within an hour" in words_of(refused.text)
    assert (await other.post(CSV)).status_code == 200
    office.clock.advance(exports.HOUR)
    again = await office.signed_in(Role.LEAD)
    assert (await again.post(CSV)).status_code == 200


async def test_more_than_one_slice_goes_out_whole_and_in_order(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_files, "AT_ONCE", 3)
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        refs = [shelf.visit(last_at=NOW - age) for age in range(10)]
    client = await office.signed_in(Role.LEAD)

    assert [row["reference"] for row in await table(client)] == refs
    assert [each["reference"] for each in await objects(client)] == refs


def test_who_leaves_while_a_file_is_written_is_not_in_the_rest_of_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_files, "AT_ONCE", 1)
    first, second, third = (told(office, *WALK) for _ in range(3))
    lines = export_files.as_jsonl(office.parts, [first, second, third])
    begun = next(lines)
    with office.engine.begin() as connection:
        for table_ in OF_A_REF:
            connection.execute(table_.delete().where(table_.c.ref == second))
    whole = (begun + b"".join(lines)).decode()

    assert [json.loads(line)["reference"] for line in whole.splitlines()] == [first, third]


def test_what_cannot_be_opened_is_left_empty(office: Office) -> None:
    ref = told(office, *WALK)
    review(office, ref)
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE turn SET text = x'00'")
        connection.exec_driver_sql("UPDATE note SET text = x'00'")
    found = json.loads(b"".join(export_files.as_jsonl(office.parts, [ref])))

    assert [turn["text"] for turn in found["turns"]] == [None] * 3
    assert [note["text"] for note in found["notes"]] == [None]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER])
async def test_others_export_nothing(office: Office, role: Role) -> None:
    told(office, *WALK)
    client = await office.signed_in(role)
    for answer in (await client.get("/exports"), await client.post(CSV), await client.post(JSONL)):
        assert answer.status_code == 403
        assert "angry" not in answer.text
    assert "Export these" not in await client.see("/conversations")
    assert traces(office) == []


async def test_the_list_leads_to_the_export_of_what_it_shows(office: Office) -> None:
    told(office, "/start")
    page = (await (await office.signed_in(Role.LEAD)).get("/conversations?language=en")).text
    assert '<a href="/console/exports?language=en">Export these</a>' in page


@pytest.mark.parametrize(
    "query", ["?language=xx", "?turns_min=x", "?nonsense=1", "?from=2026-99-99"]
)
async def test_filters_that_cannot_be_are_refused(office: Office, query: str) -> None:
    client = await office.signed_in(Role.LEAD)
    answers = [await client.get(f"/exports{query}"), await client.post(f"{CSV}{query}")]
    assert [answer.status_code for answer in answers] == [422, 422]
