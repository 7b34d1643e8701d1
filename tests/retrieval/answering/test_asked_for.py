"""What a question asks for, by its form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.asked_for import AskedFor, asked_for
from retrieval.search.understanding import understand

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
        hows many people came
        how many went in the end
        any idea how many people came
        do we know how many boats sank
        tell me how many were hurt
        whats the turnout
        whats the final score
        what was the majority in the end
        roughly how many jobs are going
        how high was the turnout?
        how low is unemployment in the county
        can you tell me how many voted
        so how many seats did they get
        anyone know what percentage voted
        how many times did they meet
    """,
    AskedFor.AMOUNT: """
        how much does a ticket cost?
        how high is the fuel tax?
        How big was the fine?
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
        how much was it
        whats the fare
        any idea how much it cost
        what did they pay for it
        how much are tickets
        do we know how much they paid
        tell me what the ticket costs
        hows much does it cost
        how much they want
        what's the damage bill
        whats the price of a ticket now
        how much did he get paid
        what would it cost to mend
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
        whats the size of the park
        any idea how far it is
        how big was it
        hows tall is it
        tell me how deep it is
        do you know how high the wall is
    """,
    AskedFor.EXTENT: """
        how long is the pier?
        how long was the queue
        How long are the tunnels?
        any idea how long the pier is
        how long is it
    """,
    AskedFor.AGE: """
        how old is the mayor?
        what age was the victim
        at what age did she retire?
        age of the winner
        how old was she
        whats her age
        any idea how old he is
        tell me how old the mayor is
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
        how long will it be shut
        any idea how long it will take
        how long did it take them
        do we know how long the strike will last
        how long have they been at it
        how many days was it shut for
        how long till it opens again
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
        when is it
        whens the vote
        any idea when it opens
        do we know when it reopens
        tell me when the hearing is
        when's it on
        when was that
        what time does it start
        what day is it on
        when do they vote
        since when
        whats the date of the trial
        anyone know when the ferry goes again
        do you know what day the hearing is
        remind me when the fair is
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
        whos the mayor
        who's the captain of the ferry
        do we know who did it
        tell me who won
        any idea who owns it
        who is the new head of the school
        who did it
        who was it
        who got the job
        whos in charge now
        can you tell me who was arrested
        whose idea was it
        who won then
        who's behind the plan
        anyone know who wrote it
        remind me who found the ring
        i want to know who shut the pool
    """,
    AskedFor.BODY: """
        which company makes the bolts?
        what organisation does she work for
        Which union called the strike?
        which party won
        what newspaper printed it first?
        which court heard the case
        which company is it
        any idea which firm built it
        what company does he work for
        tell me which party won
    """,
    AskedFor.PLACE: """
        where was the boat found?
        which country won the cup
        what town is the cannery in
        in which city will it be held?
        capital of the province
        where's the exhibition
        which islands were flooded?
        wheres the fair
        where is it
        any idea where they found it
        do we know where he is now
        tell me where the boat sank
        where did it happen
        whereabouts was it found
        what town was that in
        whats the capital of the county
        where are they meeting
    """,
    AskedFor.NAME: """
        name of the ship?
        what is the ship called
        what's the name of her dog
        what was the boat named?
        which film won the prize
        what book did he write
        which bombers were sent
        whats it called
        whats the name of the boat
        what is the name of the dog
        any idea what the ship is called
        what was it called again
        tell me the name of the ship
        what do they call the boat
        name the ship
    """,
    AskedFor.POST: """
        what is Ines Calder's job?
        what's Calder's position?
        what post did she hold before
        what does Calder do for a living?
        whats his job
        what does she do for a living
        whats her role
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
        why
        how come
        how come its shut
        why is it shut
        whys the pool shut
        any idea why they left
        do we know why it sank
        tell me why they are on strike
        what made them strike
        what for
        whats the reason for the strike
        why on earth did they sell it
        what was the cause of the fire
        why not
        what's behind the strike
        whats the cause
    """,
    AskedFor.MANNER: """
        how did the thieves get in?
        how was the boat raised
        in what way was it repaired
        how can the quay be saved?
        how did they do it
        hows it done
        any idea how they got in
        do we know how it happened
        tell me how they got out
        how does it work
        how do i get a ticket
    """,
    AskedFor.LIST: """
        which two boats sank?
        what are the demands of the union?
        who were the three candidates
        what were Calder's promises?
        names of the winners
        what else was stolen?
        who are the candidates
        what were the demands
        which ones were shut
        list the winners
        what are the names of the dead
        who all was there
        who else was there
        name the three candidates
        what else did they take
    """,
    AskedFor.DEFINITION: """
        what is skerry?
        what is the Harbour Run
        what was the Marigold?
        who is Ines Calder?
        what does RNLI stand for?
        who was Pieter Vang
        define laytime
        whats a coxswain
        who is ines calder
        whos ines calder
        what is skerry exactly
        whats the harbour run
        who even is calder
        what does laytime mean
        who or what is skerry
        tell me what skerry is
    """,
    AskedFor.POSITION: """
        what does the mayor think of the plan?
        how does she feel about the cut
        what was Calder's view on the toll?
        where does the union stand on pensions
        how did the council react?
        does Calder support the plan
        what is her opinion of the strike?
        what does she think
        whats her view on it
        how do the residents feel about it
        where does he stand on it
        whats calder's take on it
        does the mayor back the plan
    """,
    AskedFor.WORDS: """
        what did Calder say about the quay?
        what has the union said
        What did the mayor tell the council?
        what does she claim
        how did Calder describe the storm?
        what else did she say
        What did she say when the boat was found?
        whatd she say
        what did he say to that
        what was her answer
        what did calder reply
        what did the mayor have to say
        what do they say about it
        any idea what he said
        tell me what calder said
        what did he tell them
        what did the union answer
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
        is the union against the plan
        do they like the plan
        is it open
        did they win
        was it her
        so did it sink
        is there a date yet
        has it reopened yet
        didnt they close it
        isnt it shut
        is it true that the pool is shut
        do we know if anyone was hurt
        any idea if its open
        was she ever found
        any chance it reopens
        tell me if he was charged
        were there any survivors
        wasnt he fined
        anyone hurt
    """,
    AskedFor.ANYTHING: """
        what happened to the boat?
        is the pier open or closed?
        news from Lowmouth
        what did the union do next
        tell me about the storm
        what became of the harbour master
        hows the strike going
        what happened
        whats going on
        whats up with the ferry
        whats new
        what happened next
        tell me more
        tell me about it
        anything on the ferry
        what about the boat
        whats the story with the pier
    """,
}
CASES = [(line.strip(), kind) for kind, lines in FORMS.items() for line in lines.strip().splitlines()]


def test_there_are_at_least_150_question_forms() -> None:
    assert len({question for question, _ in CASES}) >= 150


def test_no_form_stands_under_two_kinds() -> None:
    assert len({question for question, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("question", "kind"), CASES)
def test_a_question_asks_for_what_its_form_says(question: str, kind: AskedFor) -> None:
    assert asked_for(understand(question).text).kind is kind


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
