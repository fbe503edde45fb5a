"""Words that nobody else uses, and a search for them in every byte a program has written.

Decides in which encodings a word may hide, and opens what is sealed. `planted` is a canary somebody puts there on
purpose, so that a search that finds nothing has been seen to find something.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, select

from bot.privacy.vault import Vault
from bot.storage.log import open_shown, open_text
from bot.storage.log_tables import TURN
from bot.storage.notes import open_note
from bot.storage.review_tables import NOTE
from bot.storage.tables import CONVERSATION, OUTBOX, QUESTION

CANARIES = {
    "name": "Zyxwina Quokkaberg",
    "phone": "+49 151 2345 6789",
    "e-mail": "zyxwina.q@quokka-mail.example",
    "id": "QK-774-20913-X",
    "address": "Kanarienweg 93b, 54321 Quokkastadt",
    "Cyrillic name": "Зюкворина Кволкабергова",
    "Cyrillic phone": "8 (916) 234-77-90",
    "Arabic name": "زيكوينا القوقابرغي",
    "Arabic phone": "٠٥٥٢٣٤٧٧٩١",
    "Devanagari name": "ज़िक्विना क्वोक्काबर्ग",
    "Devanagari id": "७७४२ ०९१३ ५५६१",
    "Han name": "诸葛鸚鹉娜",
    "Han address": "夸卡市金丝雀路93号",
}
SENTENCES = {
    "name": "my name is {} and I have a question",
    "phone": "call me at {}",
    "e-mail": "write to {} please",
    "id": "my insurance number is {}",
    "address": "I live at {}",
    "Cyrillic name": "меня зовут {}, у меня вопрос",
    "Cyrillic phone": "мой телефон {}",
    "Arabic name": "اسمي {} وعندي سؤال",
    "Arabic phone": "رقمي {}",
    "Devanagari name": "मेरा नाम {} है",
    "Devanagari id": "मेरा आधार {} है",
    "Han name": "我叫{}，想问一下",
    "Han address": "我住在{}",
}


def sentences() -> list[str]:
    """What people might write, each with a canary."""
    return [SENTENCES[kind].format(canary) for kind, canary in CANARIES.items()]


def found_in(content: bytes, canaries: Iterable[str] = CANARIES.values()) -> list[str]:
    """The canaries, or parts of them, that stand in some bytes, in any encoding people have met."""
    return [canary for canary in canaries if any(form in content for form in forms(canary))]


def forms(canary: str) -> Iterator[bytes]:
    """A canary and each of its longer parts, as they would stand in a file."""
    for part in {canary, canary.casefold(), *(word for word in canary.split() if len(word) > 5)}:
        yield part.encode()
        yield part.encode("utf-16-le")
        yield part.encode("utf-16-be")
        yield part.encode().hex().encode()
        yield json.dumps(part)[1:-1].encode()
        yield quote(part).encode()
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + part.encode())
            yield coded[4 if shift else 0 : -4]


def written(folder: Path) -> bytes:
    """Every byte of every file in a folder: the database, its write-ahead log, whatever else is there."""
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def opened(connection: Connection, vault: Vault) -> bytes:
    """Everything that is sealed in the database, opened."""
    states = connection.execute(select(CONVERSATION.c.id, CONVERSATION.c.state)).all()
    payloads = connection.execute(select(OUTBOX.c.id, OUTBOX.c.payload)).all()
    questions = connection.execute(select(QUESTION.c.id, QUESTION.c.text, QUESTION.c.answer)).all()
    turns = connection.execute(select(TURN)).all()
    notes = connection.execute(select(NOTE.c.id, NOTE.c.text)).all()
    return b"\0".join(
        [
            *(vault.open("conversation", row, state) for row, state in states if state),
            *(vault.open("outbox", str(row), payload) for row, payload in payloads if payload),
            *(vault.open("question", row, text) for row, text, _ in questions),
            *(vault.open("question.answer", row, answer) for row, _, answer in questions if answer),
            *(
                open_text(vault, row.ref, row.number, row.text).encode()
                for row in turns
                if row.text
            ),
            *(open_note(vault, row, text).encode() for row, text in notes),
            *(open_shown(vault, row.ref, row.number, row.shown) for row in turns if row.shown),
        ]
    )
