"""Where OnRecord stands: `python -m tests.benchmarks` runs all that one table holds, a subcommand one part of it."""

from __future__ import annotations

import click


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Measure OnRecord beside its peers, and as it grows."""
    if context.invoked_subcommand is None:
        context.invoke(peers)


@main.command()
@click.option("-n", "count", default=1_000, help="How many articles.")
@click.option("--only", "names", multiple=True, help="Only this one; may be repeated.")
def peers(count: int, names: tuple[str, ...]) -> None:
    """Reading and finding beside LangChain, LlamaIndex, txtai and Haystack."""
    from tests.benchmarks.peers.beside import compare

    compare(count, names)


if __name__ == "__main__":
    main()
