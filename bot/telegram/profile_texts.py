"""What people read of the assistant before they press Start, and beside each command.

Decides these texts and nothing else; they are plain text, within Telegram's limits. `profile` publishes them.
"""

from __future__ import annotations

from dialogs.engine.lines import Line

NAME = Line("profile.name", "Second Opinion Guide")

SHORT_DESCRIPTION = Line(
    "profile.short_description",
    "About medical second opinions: what they are, worries, and where to go. Not medical advice.",
)

DESCRIPTION = Line(
    "profile.description",
    "What a medical second opinion is, what may worry you about asking for one, where you can go and "
    "who may pay.\n\n"
    "General information. I am not a doctor, I am a program, and nobody watches this chat. "
    "In an emergency, call your local emergency number.\n\n"
    "Press Start.",
)

COMMANDS: tuple[tuple[str, Line], ...] = (
    ("start", Line("profile.command.start", "Start, or come back to the beginning")),
    ("menu", Line("profile.command.menu", "All topics")),
    ("language", Line("profile.command.language", "Change the language")),
    ("privacy", Line("profile.command.privacy", "What is kept about you")),
    ("delete", Line("profile.command.delete", "Delete what is kept about you")),
    ("export", Line("profile.command.export", "Get what is kept about you as a file")),
    ("help", Line("profile.command.help", "How this works")),
)
