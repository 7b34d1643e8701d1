"""What a question asks for, by its form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.asked_for import AskedFor, asked_for

FORMS = {
    AskedFor.NUMBER: """
        how many people came to the fair?
        How many of the lorries were too heavy
        how often does the ferry run?
        what was the turnout?
        turnout in the first round?
        what percentage voted against it
        what share of members agreed
        population of Lowmouth
        final vote count for the winner?
        What is the number of the dead?
        result of the vote on the quay
        what was the final score?
        by how many votes did she win
        what's the death toll?
    """,
    AskedFor.AMOUNT: """
        how much does a ticket cost?
        How much money was stolen
        what does a ticket cost
        what will the toll be?
        what is the new fare
        daily strike pay?
        toll for motorcycles?
        ferry price for pedestrians?
        How much did the repair cost the town
        how expensive was the new roof?
        What's his salary?
        how much was the fine
        what was the price of the painting
        what did the company charge for it
        fine for late returns
    """,
    AskedFor.MEASURE: """
        how big is the park?
        how far is it to Lowmouth
        How fast was the wind
        how tall is the tower?
        size of the biggest crack?
        speed limit on the quay?
        what is the length of the pier
        how deep is the harbour
        what was the temperature in the hall?
    """,
    AskedFor.EXTENT: """
        how long is the pier?
        how long was the queue
        How long are the tunnels?
    """,
    AskedFor.AGE: """
        how old is the mayor?
        what age was the victim
        at what age did she retire?
        age of the winner
    """,
    AskedFor.DURATION: """
        how long did the strike last?
        for how long was the road shut
        how many weeks was it closed?
        how long has she been in the chair
        How much time do they have?
        how much notice did they give
        how long until the harbour opens?
        how long after the fire did it reopen
    """,
    AskedFor.DAY: """
        when did the harbour close?
        When's the hearing?
        what day is the vote
        on what date did it open?
        which year was the pier built
        what time does the fair begin?
        in which month was the theft
        since when has it been shut
        date of the trial?
        the day the boat sank
        how soon will it reopen?
    """,
    AskedFor.PERSON: """
        Who was sent off?
        Who was Orrin's captain?
        who was jailed
        who has been chosen
        who were rescued?
        who is being sued by the town?
        who was first elected in May?
        who won the race?
        Who said that the quay was unsafe
        whose boat sank?
        who's in charge of the harbour
        by whom was it written?
        which player scored
        what politician resigned?
        to whom was the letter sent
    """,
    AskedFor.BODY: """
        which company makes the bolts?
        what organisation does she work for
        Which union called the strike?
        which party won
        what newspaper printed it first?
        which court heard the case
    """,
    AskedFor.PLACE: """
        where was the boat found?
        which country won the cup
        what town is the cannery in
        in which city will it be held?
        capital of the province
        where's the exhibition
        which islands were flooded?
    """,
    AskedFor.NAME: """
        name of the ship?
        what is the ship called
        what's the name of her dog
        what was the boat named?
        which film won the prize
        what book did he write
        which bombers were sent
    """,
    AskedFor.POST: """
        what is Ines Calder's job?
        what's Calder's position?
        what post did she hold before
        what does Calder do for a living?
    """,
    AskedFor.REASON: """
        why did the harbour close?
        how come it took so long
        for what reason was he dismissed?
        what caused the fire
        what led to the strike?
        What is the reason for the delay
        what reason did they give?
        reason for the closure
        what prompted the inquiry
    """,
    AskedFor.MANNER: """
        how did the thieves get in?
        how was the boat raised
        in what way was it repaired
        how can the quay be saved?
    """,
    AskedFor.LIST: """
        which two boats sank?
        what are the demands of the union?
        who were the three candidates
        what were Calder's promises?
        names of the winners
        what else was stolen?
    """,
    AskedFor.DEFINITION: """
        what is skerry?
        what is the Harbour Run
        what was the Marigold?
        who is Ines Calder?
        what does RNLI stand for?
        who was Pieter Vang
        define laytime
    """,
    AskedFor.POSITION: """
        what does the mayor think of the plan?
        how does she feel about the cut
        what was Calder's view on the toll?
        where does the union stand on pensions
        how did the council react?
        does Calder support the plan
        what is her opinion of the strike?
    """,
    AskedFor.WORDS: """
        what did Calder say about the quay?
        what has the union said
        What did the mayor tell the council?
        what does she claim
        how did Calder describe the storm?
        what else did she say
        What did she say when the boat was found?
    """,
    AskedFor.YES_NO: """
        did the boat sink?
        is the harbour open
        Will the fair take place?
        has anybody been arrested
        are they related?
        can I bring a dog
        isn't the pier closed?
        was there a recount
        do I need a ticket for the fair
    """,
    AskedFor.ANYTHING: """
        what happened to the boat?
        is the pier open or closed?
        news from Lowmouth
        what did the union do next
        tell me about the storm
        what became of the harbour master
    """,
}
CASES = [(line.strip(), kind) for kind, lines in FORMS.items() for line in lines.strip().splitlines()]


def test_there_are_at_least_150_question_forms() -> None:
    assert len({question for question, _ in CASES}) >= 150


@pytest.mark.parametrize(("question", "kind"), CASES)
def test_a_question_asks_for_what_its_form_says(question: str, kind: AskedFor) -> None:
    assert asked_for(question).kind is kind


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("how long is the pier?", "is the pier?"),
        ("name of the ship?", "the ship?"),
        ("How many boats sank?", "boats sank?"),
        ("what day of the week was the vote", "was the vote"),
    ],
)
def test_words_that_only_say_what_is_asked_for_do_not_tell_what_it_is_about(question: str, about: str) -> None:
    assert asked_for(question).about.endswith(about)
    assert not {"how", "many", "long", "name"} & set(asked_for(question).about.split())


@given(st.text(max_size=300))
def test_any_text_asks_for_something(text: str) -> None:
    assert asked_for(text).kind in AskedFor
