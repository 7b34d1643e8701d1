"""Common nouns for persons."""

from __future__ import annotations

from retrieval.annotation.quotations.names import is_person_noun, title_words

# Common nouns that end as those for persons do ("-er", "-or", "-ant", "-ee", "-ian", "-ist"), and name things.
_THINGS = frozenset(
    """tower water river letter number order power weather winter summer container computer tanker trailer boiler
    sewer reactor tractor motor elevator error harbor corridor poster charter counter border shelter scooter
    helicopter chapter matter offer cover dinner quarter register ladder gutter bumper filter freezer
    transformer cooker meter barometer transmitter banner theater timber paper chamber center printer router
    cylinder crater glacier barrier frontier layer fiber fever cancer tumor fertilizer sticker sweater hammer
    burner heater radiator generator escalator incinerator refrigerator monitor sensor detector factor sector
    mirror tremor rumor labor color flavor odor armor anchor vapor floor plant restaurant grant elephant
    covenant pollutant hydrant coffee degree guarantee jubilee marquee median meridian checklist shortlist
    disaster trigger danger hunger thunder lumber powder destroyer cruiser trawler liner freighter
    steamer scanner conveyor projector processor compressor indicator calculator simulator ventilator""".split()  # noqa: SIM905
)


def is_somebody(noun: str) -> bool:
    """Whether a common noun is for a person: not a tower, nor a river."""
    return is_person_noun(noun) and noun.casefold() not in _THINGS


def is_post(noun: str) -> bool:
    """Whether a common noun is for a person by what he or she does, or is to another, and for nothing else."""
    lists = title_words()
    return noun.casefold() in lists.persons | lists.kin | lists.titles - lists.modifiers
