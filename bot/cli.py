"""The command `onrecord`."""

from __future__ import annotations

import errno
import io
import logging
import os
import sqlite3
import sys
from pathlib import Path
from typing import NoReturn

import click

from bot.commands import asking, dating, doctor, evaluating, looking, quoting, running, store, web
from bot.commands.shared import FAILED
from retrieval.errors import OnRecordError, UserError
from retrieval.settings import load_settings

_OURS = 70  # EX_SOFTWARE of sysexits.h
_FULL = (errno.ENOSPC, errno.EDQUOT)
_DAMAGED = ("malformed", "not a database")


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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # one that cannot write “ shows its number
            stream.reconfigure(errors="backslashreplace")
    try:
        logging.basicConfig(level=load_settings().log_level, format="%(levelname)s %(name)s: %(message)s")
        cli(standalone_mode=False)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("Stopped. What was stored by now stays.", err=True)
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
    except (OSError, sqlite3.Error, UnicodeDecodeError) as error:
        said = _said(error)
        if said is None:
            _apologize()
        click.echo(said, err=True)
        sys.exit(FAILED)
    except OnRecordError as error:
        logging.getLogger(__name__).debug("failed", exc_info=True)
        click.echo(str(error), err=True)
        sys.exit(FAILED)
    except Exception:  # noqa: BLE001 - the last resort
        _apologize()


def _said(error: Exception) -> str | None:
    """What to do about a disk or a file that is not as it should be; None where the fault may be ours."""
    if (isinstance(error, OSError) and error.errno in _FULL) or "disk is full" in str(error):
        return "The disk is full: make room, and run this again."
    if isinstance(error, sqlite3.DatabaseError) and any(sign in str(error) for sign in _DAMAGED):
        return (
            f"The catalogue is damaged ({error}): move the store away, and make it anew from a backup with"
            " `onrecord backup FILE --restore`, or from the articles with `onrecord add`."
        )
    if isinstance(error, UnicodeDecodeError) and Path(".env").is_file():
        try:
            Path(".env").read_text(encoding="utf-8")
        except UnicodeDecodeError:
            return f"{Path('.env').resolve()} is not UTF-8: save it as UTF-8."
    return None


def _apologize() -> NoReturn:
    logging.getLogger(__name__).exception("OnRecord failed")
    click.echo("OnRecord itself failed, and the lines above say where.", err=True)
    sys.exit(_OURS)


if __name__ == "__main__":
    main()
