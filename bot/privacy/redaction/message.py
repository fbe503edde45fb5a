"""A message as all layers see it: its words, what the lists say of them, and where cues stand.

Decides which languages count here and what an inflected word is a form of. Finds nothing itself.
"""

from bot.privacy.redaction import flags as mark
from bot.privacy.redaction.frozen import Frozen, frozen
from bot.privacy.redaction.phrases import Cues
from bot.privacy.redaction.tongues import ALL, BIT, spoken
from bot.privacy.redaction.words import Word, words_of

_FROM_STEMS = mark.NAME | mark.PLACE | mark.CLINICAL | mark.COUNTRY
_STEMMED = ("pl", "tr", "de")
_SENTENCE_ENDS = frozenset('.!?\n:;•*)"')
_MOST_WORDS_OF_A_PLACE = 4
_MOST_INFLECTED = 2
_FEW = 3
_MOSTLY = 0.7
_OF_DISEASE = frozenset(("de", "di", "d", "von", "of", "da", "do", "del"))


class Message:
    """One window of a normalised text. Everything about a word is asked by its index."""

    __slots__ = ("_frozen", "cues", "flags", "mask", "shouted", "text", "title_case", "words")

    def __init__(self, text: str, locale: str | None) -> None:
        self._frozen: Frozen = frozen()
        self.text = text
        self.words: list[Word] = words_of(text)
        direct = [
            self._frozen.lexicon.flags(word.key) if word.kind != "number" else 0
            for word in self.words
        ]
        self.mask = spoken(
            [flag for flag, word in zip(direct, self.words, strict=True) if word.kind == "word"],
            locale,
        )
        languages = [language for language in _STEMMED if self.mask & BIT[language]]
        self.flags = [
            flag
            if flag & self.mask & ALL or word.kind != "word"
            else flag | self._of_stems(word.key, languages)
            for flag, word in zip(direct, self.words, strict=True)
        ]
        self.cues: list[Cues] = [
            {} if len(word.key) == 1 and self.glued(place) else cues
            for place, (word, cues) in enumerate(
                zip(self.words, self._frozen.phrases.cues(self.words, self.mask), strict=True)
            )
        ]
        letters = [word for word in self.words if word.kind == "word" and len(word.key) > 1]
        upper = sum(text[word.start : word.end].isupper() for word in letters)
        self.shouted = len(letters) > _FEW and upper > _MOSTLY * len(letters)
        self.title_case = len(letters) > _FEW and sum(w.capital for w in letters) > _MOSTLY * len(
            letters
        )
        self._veto_diseases()

    def _veto_diseases(self) -> None:
        """ "болезнь Шейермана", "Wegener disease": the name beside is an eponym."""
        for place, cues in enumerate(self.cues):
            if (
                "disease_before" in cues
                and place > 0
                and self.words[place].gap in (" ", "-")
                and not self.stop(place - 1)
            ):
                self.flags[place - 1] |= mark.CLINICAL
                if place > 1 and self.words[place - 1].gap == "-":
                    self.flags[place - 2] |= mark.CLINICAL
            after = cues.get("disease_after", 0)
            while (
                0 < after < len(self.words)
                and self.words[after].key in _OF_DISEASE
                and self.words[after].gap == " "
            ):
                after += 1
            if (
                0 < after < len(self.words)
                and self.words[after].gap in (" ", "'", "-")
                and not self.stop(after)
            ):
                self.flags[after] |= mark.CLINICAL
                if after + 1 < len(self.words) and self.words[after + 1].gap == "-":
                    self.flags[after + 1] |= mark.CLINICAL

    def _of_stems(self, key: str, languages: list[str]) -> int:
        found = 0
        for stem in self._frozen.endings.stems(key, languages):
            flag = self._frozen.lexicon.flags(stem)
            if flag & _FROM_STEMS and not flag & self.mask & ALL:
                found |= flag & _FROM_STEMS
        return found

    def place_flags(self, place: int) -> tuple[int, int]:
        """The end and flags of the longest known name of several words that begins here."""
        if not self.flags[place] & mark.STARTS:
            return place, 0
        for size in range(min(_MOST_WORDS_OF_A_PLACE, len(self.words) - place), 1, -1):
            words = self.words[place : place + size]
            if all(word.gap in (" ", "-", "'", ". ", " - ") for word in words[1:]):
                flag = self._frozen.lexicon.flags(" ".join(word.key for word in words))
                if not flag & (mark.PLACE | mark.COUNTRY) and size <= _MOST_INFLECTED:
                    flag = self._inflected(words)
                if flag & (mark.PLACE | mark.COUNTRY):
                    return place + size, flag
        return place, 0

    def _inflected(self, words: list[Word]) -> int:
        """Франківську, Франківська …: only the last word of a place is tried."""
        before = " ".join(word.key for word in words[:-1])
        for stem in self._frozen.endings.stems(words[-1].key, ()):
            flag = self._frozen.lexicon.flags(f"{before} {stem}")
            if flag & mark.PLACE:
                return flag
        return 0

    def look_up(self, key: str) -> int:
        return self._frozen.lexicon.flags(key)

    def by_character(self, kind: str) -> list[str]:
        return self._frozen.phrases.by_character.get(kind, [])

    def is_word(self, place: int) -> bool:
        return 0 <= place < len(self.words) and self.words[place].kind == "word"

    def has(self, place: int, flag: int) -> bool:
        return bool(self.flags[place] & flag)

    def ordinary(self, place: int) -> bool:
        """An ordinary word of a language that counts here."""
        return bool(self.flags[place] & self.mask & ALL)

    def known(self, place: int) -> bool:
        """Known to any list at all."""
        return bool(self.flags[place])

    def clinical(self, place: int) -> bool:
        return bool(self.flags[place] & mark.CLINICAL)

    def stop(self, place: int) -> bool:
        return self._frozen.phrases.is_in("stop", self.words[place].key, self.mask)

    def among(self, kind: str, place: int) -> bool:
        return 0 <= place < len(self.words) and self._frozen.phrases.is_in(
            kind, self.words[place].key, self.mask
        )

    def cased(self, place: int) -> bool:
        """Whether the script of a word has capitals at all."""
        return self.words[place].key < "\u0590"

    def capital(self, place: int) -> bool:
        """A capital that says something: not in a shouted text."""
        return self.words[place].capital and not self.shouted

    def begins_sentence(self, place: int) -> bool:
        gap = self.words[place].gap
        return place == 0 or not _SENTENCE_ENDS.isdisjoint(gap)

    def glued(self, place: int) -> bool:
        """Part of a word with digits in it, as in 3andy."""
        before = place > 0 and not self.words[place].gap and self.words[place - 1].kind == "number"
        return before or (
            place + 1 < len(self.words)
            and not self.words[place + 1].gap
            and self.words[place + 1].kind == "number"
        )

    def speaks(self, language: str) -> bool:
        return bool(self.mask & BIT[language])

    def nouns_have_capitals(self) -> bool:
        """German: a capital says nothing there, unless no word of German was recognised."""
        return bool(self.mask & BIT["de"])
