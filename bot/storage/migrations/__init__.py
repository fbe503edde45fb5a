"""The database's history: what `bot.storage.migrate` runs."""
