"""The journeys the gallery walks: what a person does, in the order of a real visit.

Data only. A step is a text that is typed; `> Label` presses the newest button of that English label, whatever language
it is shown in; `+ 24` lets so many hours pass. Steps of `before` are walked and not pictured.
"""

from __future__ import annotations

from dataclasses import dataclass

HEART = "I think I am having a heart attack right now"
DIE = "I want to kill myself"
QUESTION = "Could you tell me what I need to bring to my appointment?"
IN_WORDS = {
    "es": {
        "in 5 days": "en 5 días",
        "hello": "hola",
        "English": "Inglés",
        HEART: "Creo que me está dando un infarto ahora mismo",
        DIE: "Quiero matarme",
        QUESTION: "¿Me puede decir qué tengo que llevar a mi cita?",
    }
}
"""What is typed in another language, where the words matter."""

THREE_ANSWERS = (
    "/start prepare",
    "> Remember",
    "> A treatment was proposed",
    "> No date",
    "Germany",
)
PLAN = (*THREE_ANSWERS, "> Make my plan now")


@dataclass(frozen=True, slots=True)
class Journey:
    """A way through the program that is looked at as one."""

    title: str
    steps: tuple[str, ...]
    before: tuple[str, ...] = ()


JOURNEYS = (
    Journey("Arriving and the menu", ("/start", "> ⋯ More", "> Help", "/about", "/language")),
    Journey(
        "Hard news",
        ("> I just got hard news", "> One thing for today", "> Who can be with me?", "> Back to hard news",
         "> How long is it safe to wait?", "> How do we know?"),
        ("/start",),
    ),
    Journey(
        "Worries",
        ("> Something worries me", "> Remember", "> My doctor may be upset", "> I cannot pay", "> Done", "> Partly",
         "> My next worry", "> Yes", "> I decided not to ask"),
        ("/start",),
    ),
    Journey(
        "Reading",
        ("> Read or ask", "> The basics", "> What is it good for?", "> How do we know?", "> Back to the topic",
         "> What can I do now?"),
        ("/start",),
    ),
    Journey(
        "Reading: the other groups",
        ("> Is it good for me?", "> When is it useful?", "> How do we know?", "/start read", "> How do I do it?",
         "> How do I tell my doctor?", "> What can I do now?", "/start read", "> Records and money",
         "> Which records do I need?", "/start read", "> Worries"),
        ("/start read",),
    ),
    Journey(
        "Preparing, with a date that is near",
        ("/start prepare", "> Remember", "> An operation is planned", "in 5 days", "> Yes", "> Go on", "Germany"),
    ),
    Journey("Getting worse in hospital", ("> In hospital, and getting worse",), ("/start prepare", "> Remember")),
    Journey("Details and summary", ("> Ask me more first", *("> Skip",) * 10), THREE_ANSWERS),
    Journey("The plan", ("> Make my plan now", *("> Show more",) * 9), THREE_ANSWERS),
    Journey(
        "The plan as a file and in large letters",
        ("> As a file", "> In my language only", "> Back to my plan", "> Show my doctor", "> English"),
        PLAN,
    ),
    Journey(
        "Rehearsing",
        ("> Rehearse", "> My doctor agrees", "> If my doctor hesitates", "> If my doctor is annoyed"),
        PLAN,
    ),
    Journey(
        "Options",
        ("/start options", "Germany", "> Remember", "> Cancer", "> Public system or public insurance", "> Show more",
         "> This is wrong"),
    ),
    Journey("My rights", ("/start my_rights",), ("/start options", "Germany")),
    Journey(
        "A question to staff",
        ("/person", "> Write to our staff", QUESTION, "> Send"),
        ("/start options", "Germany"),
    ),
    Journey("A reminder", ("> What else?", "> Remind me", "> In 3 days", "+ 96", "> Show"), PLAN),
    Journey("Coming back", ("+ 72", "hello"), THREE_ANSWERS),
    Journey("Privacy, a copy, deleting", ("/privacy", "/export", "/delete", "> Yes, delete everything"), THREE_ANSWERS),
    Journey("An emergency", (HEART, "> This is not an emergency"), ("/start options", "Germany")),
    Journey("An emergency, country unknown", (HEART,), ("/start",)),
    Journey("Thoughts of suicide", (DIE, "> Continue when I am ready"), ("/start options", "Germany")),
)  # fmt: skip
