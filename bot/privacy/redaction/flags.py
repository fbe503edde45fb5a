"""What the frozen list says of a word, as bits beside the language bits of `tongues`.

A language bit means: an ordinary word of that language, not chiefly a name.
"""

from bot.privacy.redaction.tongues import TONGUES

_FREE = len(TONGUES)
FIRST = 1 << _FREE
SURNAME = 1 << (_FREE + 1)
CITY = 1 << (_FREE + 2)
TOWN = 1 << (_FREE + 3)
CLINICAL = 1 << (_FREE + 4)
COUNTRY = 1 << (_FREE + 5)
NAME = FIRST | SURNAME
PLACE = CITY | TOWN
COMMON = 1 << (_FREE + 7)  # among the few thousand commonest words of a language
STARTS = 1 << (_FREE + 6)  # a place name of several words begins with it
