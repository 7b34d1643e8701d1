"""The command `onrecord`."""

from __future__ import annotations

import logging
import os
import sys

import click

from bot.commands import asking, dating, doctor, evaluating, looking, quoting, running, store, web
from bot.commands.shared import FAILED
from retrieval.errors import OnRecordError, UserError
from retrieval.settings import load_settings

_OURS = 70  # EX_SOFTWARE of sysexits.h


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord")
def cli() -> None:
    """Ask a collection of articles, and see where every word of the answer stands."""


for _command in (
    *(asking.ask, asking.chat, asking.search),
    *(quoting.quotes, quoting.speakers, quoting.verify, quoting.annotate),
    *(dating.events, dating.timeline),
    *(looking.articles, looking.show),
    *(evaluating.evaluate,),
    *(store.init, store.add, store.remove, store.status, store.backup, store.reindex),
    *(web.refresh, web.watch, web.unwatch, web.feeds, web.poll),
    *(doctor.doctor, running.bot, running.settings),
):
    cli.add_command(_command)


def main() -> None:
    """Run a command; what the user caused is one sentence, what we caused a traceback and an apology."""
    try:
        logging.basicConfig(level=load_settings().log_level, format="%(levelname)s %(name)s: %(message)s")
        cli(standalone_mode=False)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except UserError as error:
        click.echo(str(error), err=True)
        sys.exit(FAILED)
    except BrokenPipeError:
        # The reader of our output left; say nothing more to it, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except OnRecordError as error:
        logging.getLogger(__name__).debug("failed", exc_info=True)
        click.echo(str(error), err=True)
        sys.exit(FAILED)
    except Exception:
        logging.getLogger(__name__).exception("OnRecord failed")
        click.echo("OnRecord itself failed, and the lines above say where. What was stored is safe.", err=True)
        sys.exit(_OURS)


if __name__ == "__main__":
    main()
