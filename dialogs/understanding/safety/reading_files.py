"""From `signs.yaml` and `xx.yaml` to lexicons, with every mistake an author can make found at its line.

Decides what a safety file must hold. The same sign may be put in any number of ways; a sign a language cannot put at
all is a mistake, because nobody would be found who means it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from dialogs.engine.strict_yaml import Twig, grow
from dialogs.mistakes import Mistake
from dialogs.understanding.safety.lexicon import GUARDS, Lexicon, Rule, Sign
from dialogs.understanding.safety.patterns import GAP, Line, Run, parse
from dialogs.understanding.safety.signal import Category, Level
from dialogs.understanding.safety.spelling import folded, plain, words_of
from dialogs.understanding.safety.terms import Terms

FOLDER = Path(__file__).parent
USUAL_DISTANCE = 4
"""Words that may stand between two concepts of a line, when the language does not say otherwise."""
FIELDS = (
    "language", "author", "reviewer", "usual_distance", "fold", "clitics", "false_friends", "concepts", "signs",
    "circumstances",
)  # fmt: skip


class BrokenLexicon(ValueError):
    """A safety file with mistakes; the message lists them with file, line and mend."""


@cache
def signs() -> Mapping[str, Sign]:
    """Every sign by its name. Raises BrokenLexicon."""
    mistakes: list[Mistake] = []
    tree = grow((FOLDER / "signs.yaml").read_text("utf-8"), "signs.yaml", mistakes)
    found = {
        name: Sign(
            name, Category(twig.fields["about"].text or ""), twig.fields["guards"].text or ""
        )
        for name, twig in tree.fields.items()
    }
    _refuse(mistakes)
    return found


def read_lexicon(language: str) -> Lexicon:
    """The lexicon of a language. Raises BrokenLexicon, and FileNotFoundError where there is none."""
    path = FOLDER / f"{language}.yaml"
    mistakes: list[Mistake] = []
    reader = FileReader(path.name, grow(path.read_text("utf-8"), path.name, mistakes), mistakes)
    made = reader.lexicon(language)
    _refuse(mistakes)
    return made


def _refuse(mistakes: Sequence[Mistake]) -> None:
    if mistakes:
        raise BrokenLexicon("\n".join(map(str, mistakes)))


class FileReader:
    """One file being read."""

    def __init__(self, file: str, tree: Twig, mistakes: list[Mistake]) -> None:
        self._file, self._tree, self._mistakes = file, tree.fields, mistakes
        self._names: dict[str, int] = {}
        self._usual_distance = USUAL_DISTANCE

    def lexicon(self, language: str) -> Lexicon:
        for name, twig in self._tree.items():
            if name not in FIELDS:
                self._wrong(twig, f"unknown field {name!r}", f"one of {', '.join(FIELDS)}")
        made = Lexicon(
            language=language,
            author=self._text("author"),
            reviewer=self._text("reviewer"),
            terms=Terms(self._list("clitics"), self._list("false_friends")),
            fold=tuple((a, b.text or "") for a, b in self._fields("fold").items()),
        )
        self._usual_distance = int(self._text("usual_distance") or USUAL_DISTANCE)
        self._concepts(made)
        self._signs(made)
        self._circumstances(made)
        return made

    def _concepts(self, made: Lexicon) -> None:
        for name, twig in self._fields("concepts").items():
            number = self._concept(name)
            for item in twig.items:
                self._define(made, number, item)

    def _circumstances(self, made: Lexicon) -> None:
        for name, twig in self._fields("circumstances").items():
            if name not in GUARDS:
                self._wrong(twig, f"unknown circumstance {name!r}", f"one of {', '.join(GUARDS)}")
            made.guards[name] = self._concept(f" {name}")
            for item in twig.items:
                self._define(made, made.guards[name], item)

    def _signs(self, made: Lexicon) -> None:
        known, written = signs(), self._fields("signs")
        for name, twig in written.items():
            if name not in known:
                self._wrong(twig, f"unknown sign {name!r}", "see signs.yaml for their names")
                continue
            for level, lines in twig.fields.items():
                if level not in set(Level):
                    self._wrong(lines, f"unknown level {level!r}", "now, check, soon or note")
                    continue
                for item in lines.items:
                    self._rule(made, known[name], Level(level), item)
        for name in known:
            if name not in written:
                self._mistakes.append(
                    Mistake(
                        self._file, 1, f"no line for the sign {name!r}", "say how people put it"
                    )
                )

    def _rule(self, made: Lexicon, sign: Sign, level: Level, item: Twig) -> None:
        try:
            line = parse(item.text or "")
        except ValueError as error:
            self._wrong(item, str(error), "see docs/safety.md")
            return
        parts = tuple(self._part(made, part, item) for part in line.parts)
        rule = Rule(sign, level, parts, line.firm, line.ordered, self._apart(line))
        made.rules.setdefault(parts[0], []).append(rule)

    def _part(self, made: Lexicon, part: str | Run, item: Twig) -> int:
        if isinstance(part, str):
            if part not in self._fields("concepts"):
                self._wrong(item, f"no concept <{part}>", "define it under concepts")
            return self._concept(part)
        number = self._concept(f'"{part.words}"')
        self._define(made, number, Twig(part.words, item.line))
        return number

    def _define(self, made: Lexicon, number: int, item: Twig) -> None:
        words = self._spelt(made, item.text or "")
        if not words or words[0] == "..." or words[-1] == "...":
            self._wrong(
                item, f"{item.text!r} holds no words, or begins or ends with a gap", "write words"
            )
            return
        terms = [-1 if word == "..." else made.terms.add(word) for word in words]
        made.patterns.add(terms, number)

    def _spelt(self, made: Lexicon, written: str) -> list[str]:
        """The words of a pattern as texts are spelt, its stars and gaps kept."""
        spelt: list[str] = []
        for word in written.split():
            if word == "...":
                spelt.append(word)
                continue
            parts = words_of(folded(plain(word.rstrip("*")), made.fold)).words
            spelt += [*parts[:-1], *(f"{part}{'*' * word.endswith('*')}" for part in parts[-1:])]
        return spelt

    def _concept(self, name: str) -> int:
        """The number of a concept, new or known."""
        return self._names.setdefault(name, len(self._names))

    def _apart(self, line: Line) -> int:
        if line.apart is not None:
            return line.apart
        return GAP if line.ordered else self._usual_distance

    def _wrong(self, twig: Twig, what: str, mend: str) -> None:
        self._mistakes.append(Mistake(self._file, twig.key_line or twig.line, what, mend))

    def _fields(self, name: str) -> dict[str, Twig]:
        return self._tree[name].fields if name in self._tree else {}

    def _list(self, name: str) -> list[str]:
        return [item.text or "" for item in self._tree[name].items] if name in self._tree else []

    def _text(self, name: str) -> str:
        return (self._tree[name].text or "") if name in self._tree else ""
