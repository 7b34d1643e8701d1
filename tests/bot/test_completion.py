"""Names while somebody types, from a list that is not asked for each time."""

from __future__ import annotations

from collections.abc import Mapping

from bot.completion import Completion


async def test_names_are_asked_for_once_for_a_place_as_long_as_it_is_among_the_last_that_typed() -> None:
    asked: list[str] = []

    async def names(collections: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
        asked.extend(collections)
        return {f"Calder of {collections[0]}": ()}

    completion = Completion(names)
    for _ in range(2):
        assert await completion.matching(("one",), "calder", ask=True) == ["Calder of one"]
    assert asked == ["one"]
    for n in range(60):
        assert await completion.matching((f"server-{n}",), "c", ask=True) == [f"Calder of server-{n}"]
    await completion.matching(("one",), "calder", ask=True)
    assert asked.count("one") == 2
    await completion.close()
