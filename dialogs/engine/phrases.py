"""The engine's own sentences: repair, kind lines, ticks and the standing row.

Decides their wording only. Everything else a person reads is written in the flow files.
"""

from __future__ import annotations

from dialogs.engine.lines import Line, Param
from dialogs.engine.said import Unreadable

STANDING = {
    "back": Line("button.back", "Back"),
    "skip": Line("button.skip", "Skip"),
    "dots": Line("button.dots", "⋯"),
    "why": Line("button.why", "Why do you ask?"),
    "menu": Line("button.menu", "Menu"),
    "person": Line("button.person", "A person"),
    "stop": Line("button.stop", "Stop and delete"),
    "language": Line("button.language", "Language"),
    "done": Line("button.done", "Done"),
    "next_page": Line("button.next_page", "Show more"),
    "prev_page": Line("button.prev_page", "Show the ones before"),
    "less": Line("button.less", "Close"),
}

STALE = Line("engine.stale", "That one is already answered or closed. Here is what is open now.")
STALE_NOTICE = Line("engine.stale_notice", "That question is closed. See the newest message.")
STRANDED = Line(
    "engine.stranded",
    "This part of the assistant has changed since you were here. Your answers are kept.",
)
EDITED = Line(
    "engine.edited",
    "I saw that you changed a message. I only read new ones. Please send it again if it matters.",
)
EXPORTED = Line("engine.exported", "A file with everything kept about this chat is on its way.")
APOLOGY = Line(
    "engine.apology",
    "Something went wrong on our side. It was not your fault. Your answers are kept.",
)
MISSED_CARD = Line(
    "engine.missed_card",
    "I could not understand that. Please use a button, or say it in other words.\n\n"
    "If someone is in danger, call your local emergency number now. If you feel you cannot go on, "
    'contact someone: <a href="https://findahelpline.com">find a crisis line</a>.',
)
MISSED_CARD_SECOND = Line(
    "engine.missed_card_second",
    "I still did not understand. You can ask, for example: “What does it cost?”, “How do I tell my doctor?” or “Can I "
    "do it by video?” Or tap a button.\n\n"
    "If someone is in danger, call your local emergency number now. If you feel you cannot go on, "
    'contact someone: <a href="https://findahelpline.com">find a crisis line</a>.',
)
MISSED_FIRST = Line(
    "engine.missed_first",
    "I could not understand that. If someone is in danger, call your local emergency number now.",
)
MISSED_SECOND = Line(
    "engine.missed_second",
    "I still did not understand. Please tap a button, or skip this one. You can also ask, for example: “What does it "
    "cost?” If someone is in danger, call your local emergency number now.",
)
DID_YOU_MEAN = Line(
    "engine.did_you_mean",
    "I am not sure what you mean. Is it one of these?\n\n"
    "If someone is in danger, call your local emergency number now. If you feel you cannot go on, "
    'contact someone: <a href="https://findahelpline.com">find a crisis line</a>.',
)
SIMPLER = Line(
    "engine.simpler",
    "Some words here are hard. You can read it slowly, one line at a time, or ask a person to explain it. Here it is "
    "again:",
)
NO_QUESTION = Line(
    "engine.no_question",
    "No question is open right now. You can tap a button, or ask me something in your own words.",
)
NO_ANSWERS = Line("engine.no_answers", "I have no answers of yours yet.")
WHICH_COUNTRY = Line("engine.which_country", "Which one do you mean?")
WAY_OUT = Line(
    "engine.way_out",
    "I am sorry, I do not understand. That is my fault, not yours. You can leave this here and go on "
    "another way.\n\nIf someone is in danger, call your local emergency number now. If you feel you "
    'cannot go on, contact someone: <a href="https://findahelpline.com">find a crisis line</a>.',
)
NOTHING_PICKED = Line("engine.nothing_picked", "Nothing is chosen yet. You can also skip.")
NOTHING_BEFORE = Line("engine.nothing_before", "There is nothing before this.")
NOTHING_TO_SKIP = Line("engine.nothing_to_skip", "There is nothing to skip here.")
NO_WHY = Line("engine.no_why", "This question helps to show what fits you. You can skip it.")
FREE_TEXT_NOT_KEPT = Line(
    "engine.free_text_not_kept",
    "I am sorry. I could not be sure that every name is out of this text. So I did not keep it, and I sent it to "
    "nobody.\n\nYou can try again with a few whole sentences, without names or numbers.",
)
CHILD_TEXT_NOT_KEPT = Line(
    "engine.child_text_not_kept",
    "I keep nothing that you write, and I sent it to nobody. Please show it to an adult you trust.",
)
ANSWER_HERE = Line("engine.answer_here", "An answer is here.")
REMINDER_HERE = Line("engine.reminder_here", "You asked for a reminder.")
SHOW = Line("button.show", "Show")
WELCOME_BACK = Line("engine.welcome_back", "Welcome back.")
NOT_KNOWING = Line("engine.not_knowing", "That is fine. We can leave it open.")
WORDS_KEPT = Line(
    "engine.words_kept",
    "Our staff can read these words later, with names removed, so that I learn them. Nobody answers them here.",
)
WORDS_NOT_KEPT = Line("engine.words_not_kept", "I have not kept what you wrote.")
SKIPPED = Line("engine.skipped", "— Skipped")
NOTED = Line("engine.noted", "✓ Noted")
ELSEWHERE = Line(
    "engine.elsewhere",
    "Hello. I only talk in a private chat, so that nobody else can read along. Please open a chat with me.",
)
UNREADABLE = {
    Unreadable.VOICE: Line(
        "engine.unreadable.voice", "I cannot listen to voice messages. It was not kept."
    ),
    Unreadable.PHOTO: Line(
        "engine.unreadable.photo", "I cannot look at photos. It was not read and not kept."
    ),
    Unreadable.VIDEO: Line("engine.unreadable.video", "I cannot watch videos. It was not kept."),
    Unreadable.DOCUMENT: Line(
        "engine.unreadable.document", "I do not open files. It was not read and not kept."
    ),
    Unreadable.LOCATION: Line(
        "engine.unreadable.location", "I do not need your location. It was not kept."
    ),
    Unreadable.CONTACT: Line(
        "engine.unreadable.contact", "I do not need a contact. It was not kept."
    ),
    Unreadable.STICKER: Line(
        "engine.unreadable.sticker", "Thank you for the sticker. I only read words."
    ),
    Unreadable.OTHER: Line(
        "engine.unreadable.other", "I cannot read this kind of message. It was not kept."
    ),
}
UNKNOWN_LANGUAGE = Line("engine.unknown_language", "I cannot read this language.")
TYPE_OR_TAP = Line("engine.type_or_tap", "Please type, or use the buttons.")


NOT_REVIEWED = Line(
    "engine.not_reviewed",
    "<i>Part of this is common sense that no clinician has reviewed yet. Information, not medical advice.</i>",
)


def noted(name: Line | None, answer: Param) -> Line:
    """An answer that was given in passing, or corrected, and where it can be changed."""
    if name is None:
        return Line("engine.noted_answer", "✓ I noted: {answer}.", {"answer": answer})
    return Line(
        "engine.noted_named", "✓ I noted. {name}: {answer}.", {"name": name, "answer": answer}
    )


def progress(place: int, count: int) -> Line:
    """How far an interview has come."""
    return Line("engine.progress", "<i>{place} of {all}</i>", {"place": place, "all": count})


def chosen(answer: Param) -> Line:
    """The tick under an answered question."""
    return Line("engine.chosen", "✓ {answer}", {"answer": answer})


def named_sources(names: tuple[Line, ...]) -> Line:
    """Whose work a card rests on; the whole reference is one tap away."""
    return Line(
        "engine.named_sources",
        "<i>Source: {sources}. Information, not medical advice.</i>",
        {"sources": names},
    )


def sources(cites: tuple[Line, ...], checked: Param) -> Line:
    """Where a card's facts come from: whole references, and as of which day their archived copies were read."""
    return Line(
        "engine.sources",
        "<i>Source: {sources}. Read in archived copies, as of {checked}. Information, not medical advice.</i>",
        {"sources": cites, "checked": checked},
    )
