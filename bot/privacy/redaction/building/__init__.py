"""Making the frozen lists. Run by an author, never by the program: `python -m bot.privacy.redaction.build`."""
