"""Where OnRecord stands: `python -m tests.benchmarks` measures all, a subcommand one part of it."""

from __future__ import annotations

from pathlib import Path

import click


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Measure OnRecord beside its peers, as it grows, and from a cold start. Without a command: all three."""
    if context.invoked_subcommand is None:
        for command in (peers, growth, start):
            context.invoke(command)


@main.command()
@click.option("-n", "count", default=1_000, help="How many articles.")
@click.option("--only", "names", multiple=True, help="Only this one; may be repeated.")
def peers(count: int = 1_000, names: tuple[str, ...] = ()) -> None:
    """Reading and finding beside LangChain, LlamaIndex, txtai and Haystack."""
    from tests.benchmarks.peers.beside import compare

    compare(count, names)


@main.command()
@click.option("-n", "sizes", multiple=True, type=int, default=(1_000, 10_000), help="How many articles; repeatable.")
@click.option("--plot", type=click.Path(path_type=Path), help="Draw the costs into this PNG.")
def growth(sizes: tuple[int, ...] = (1_000, 10_000), plot: Path | None = None) -> None:
    """Questions, disk and memory at several sizes (100,000 take an hour and 15 GB of disk)."""
    from tests.benchmarks.growth import grow

    grow(sizes, plot)


@main.command()
def start() -> None:
    """The commands from a cold start."""
    from tests.benchmarks import starting

    starting.start()


if __name__ == "__main__":
    main()
