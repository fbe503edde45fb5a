"""Telegram: updates in, Bot API calls out, the profile people see before they press Start.

The library reads its own switch when it makes an error object, so it is set here, before anything of it is used:
waiting times come as `timedelta`, and no deprecation warning is raised in the middle of a refusal.
"""

import os

os.environ["PTB_TIMEDELTA"] = "true"
