"""`python -m bot.discord` runs the bot."""

from __future__ import annotations

import sys

if __name__ == "__main__":  # the library's process imports this module again, under another name
    from bot.discord.run import run_bot
    from retrieval.errors import UserError
    from retrieval.settings import load_settings

    try:
        sys.exit(run_bot(load_settings()))
    except UserError as error:
        sys.exit(str(error))
