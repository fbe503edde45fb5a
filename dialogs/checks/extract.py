"""Every sentence for people -> the translators' template, `locales/messages.pot`.

Decides what is a sentence to translate: texts of flow files and of the directory, and `Line("context", "sentence")` in
our modules. Extractors that Babel calls (its keywords, tags and options mean nothing to them), and a command that
refreshes the template and every `.po` file. The output depends on the texts alone: no dates, versions, line numbers.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import generate_po

from dialogs.catalogs import DOMAIN, FULL, SAFETY_CONTEXTS, SAFETY_ONLY, SOURCE, read
from dialogs.checks.wording import LABEL_LIMIT, is_label
from dialogs.engine.load import texts_of

CHECKOUT = Path(__file__).parent.parent.parent
LOCALES = Path("locales")
TEMPLATE = LOCALES / "messages.pot"
MAPPING = LOCALES / "babel.cfg"
COMMAND = "python -m dialogs.checks.extract"

HEADER = """\
# The sentences of the second-opinion assistant.
# Translators: docs/translating.md says how; docs/glossary.md names the words to use."""

PROJECT = "second-opinion-assistant"

CHURN = ('"POT-Creation-Date:', '"Generated-By:', '"Report-Msgid-Bugs-To:')
"""Header lines that change although no sentence did."""

Extracted = tuple[int, str, tuple[str, ...], list[str]]
"""What Babel expects: line, function, its arguments, comments for translators."""


def flows(fileobj: IO[bytes], *_: object, **__: object) -> Iterator[Extracted]:
    """The sentences of a flow file."""
    for text in texts_of(fileobj.read().decode(), Path(fileobj.name).name):
        yield text.line, "pgettext", (text.context, text.msgid), notes(text.context)


def directory(fileobj: IO[bytes], *_: object, **__: object) -> Iterator[Extracted]:
    """The sentences of one file of the directory."""
    from dialogs.directory import rights
    from dialogs.directory.card import texts
    from dialogs.directory.records import RIGHTS, load_directory

    name = Path(fileobj.name).name
    if name == RIGHTS:
        for line, context, msgid in rights.texts(load_directory().rights):
            yield line, "pgettext", (context, msgid), notes(context)
    for file, line, context, msgid in texts(load_directory()):
        if file == name:
            yield line, "pgettext", (context, msgid), notes(context)


def evidence(fileobj: IO[bytes], *_: object, **__: object) -> Iterator[Extracted]:
    """The names of sources that are told in words."""
    from dialogs.evidence import read_evidence

    found = read_evidence(fileobj.read().decode(), Path(fileobj.name).name)
    for each in found.values():
        for line in (each.name, each.cite) if each.described else ():
            yield 1, "pgettext", (line.context, line.msgid), notes(line.context)


def sheet(fileobj: IO[bytes], *_: object, **__: object) -> Iterator[Extracted]:
    """The sentences of the plan."""
    from dialogs.plan.sheet import lines_of, read_sheet

    for line in lines_of(read_sheet(fileobj.read().decode(), Path(fileobj.name).name)):
        yield 1, "pgettext", (line.context, line.msgid), notes(line.context)


def leads(fileobj: IO[bytes], *_: object, **__: object) -> Iterator[Extracted]:
    """The buttons of the table of leads."""
    from dialogs.leads import labels, read_leads

    for line in labels(read_leads(fileobj.read().decode(), Path(fileobj.name).name, [])):
        yield 1, "pgettext", (line.context, line.msgid), notes(line.context)


def phrases(fileobj: IO[bytes], *_: object, **__: object) -> Iterator[Extracted]:
    """The fixed sentences of the directory, which stand in a table."""
    from dialogs.directory.phrases import sentences

    words = (node for node in ast.walk(ast.parse(fileobj.read())) if isinstance(node, ast.Constant))
    rows = {node.value: node.lineno for node in words}
    for line in sentences():
        yield rows[line.msgid], "pgettext", (line.context, line.msgid), notes(line.context)


def lines(fileobj: IO[bytes], *_: object, **__: object) -> Iterator[Extracted]:
    """The sentences a module writes as `Line("context", "sentence", …)`; words put together at run time are none."""
    calls = (node for node in ast.walk(ast.parse(fileobj.read())) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        context, msgid, plural = _line_words(call)
        if context and msgid and plural:
            yield call.lineno, "npgettext", (context, msgid, plural), notes(context)
        elif context and msgid:
            yield call.lineno, "pgettext", (context, msgid), notes(context)


def notes(context: str) -> list[str]:
    """What a translator cannot see from the sentence."""
    return [f"Button: at most {LABEL_LIMIT} characters."] if is_label(context) else []


def template(root: Path) -> Catalog:
    """All sentences of the checkout at `root`, each with its files and lines, in the order they are written."""
    mapping = StringIO((root / MAPPING).read_text(encoding="utf-8"))
    methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    catalog = _new(None)
    for file, line, msgid, comments, context in extract_from_dir(root, methods, options):
        catalog.add(msgid, locations=[(file, line)], auto_comments=comments, context=context)
    return catalog


def for_locale(sentences: Catalog, locale: str) -> Catalog:
    """The sentences a locale needs: all, or the safety texts alone."""
    if locale not in SAFETY_ONLY:
        return sentences
    needed = _new(None)
    for message in sentences:
        if message.id and (message.context or "").startswith(SAFETY_CONTEXTS):
            needed.add(
                message.id,
                locations=message.locations,
                auto_comments=message.auto_comments,
                context=message.context,
            )
    return needed


def po_text(catalog: Catalog) -> str:
    """A catalog as the text of its file."""
    for message in catalog:
        message.flags.discard("python-format")  # "50% of people" is none
    rows = "".join(generate_po(catalog, width=0, include_lineno=False)).splitlines(keepends=True)
    return "".join(row for row in rows if not row.startswith(CHURN))


def refresh(root: Path) -> list[Path]:
    """Write the template and bring every `.po` file up to date with it; the files written.

    A sentence that changed loses its translation (kept at the end of the file for the translator): nothing is guessed.
    """
    sentences = template(root)
    texts = {root / TEMPLATE: po_text(sentences)}
    folders = {path.parts[-3] for path in (root / LOCALES).glob(f"*/{DOMAIN.as_posix()}")}
    for locale in sorted(folders.union(FULL, SAFETY_ONLY) - {SOURCE}):
        path = root / LOCALES / locale / DOMAIN
        catalog = read(path) if path.exists() else _new(locale)
        catalog.update(for_locale(sentences, locale), no_fuzzy_matching=True)
        texts[path] = po_text(catalog)
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(texts)


def _new(locale: str | None) -> Catalog:
    return Catalog(locale=locale, header_comment=HEADER, project=PROJECT, version="1", fuzzy=False)


def _line_words(call: ast.Call) -> list[str | None]:
    """Context, msgid and plural of a call of `Line`, as far as they are literal."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    if name != "Line":
        return [None, None, None]
    given = dict(zip(("context", "msgid", "params", "plural"), call.args, strict=False))
    given |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    return [_literal(given.get(field)) for field in ("context", "msgid", "plural")]


def _literal(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


if __name__ == "__main__":
    for written in refresh(CHECKOUT):
        sys.stdout.write(f"{written.relative_to(CHECKOUT).as_posix()}\n")
