"""What is no question to the articles."""

import pytest

from retrieval.search.small_talk import is_small_talk, without_greeting


@pytest.mark.parametrize(
    "text",
    [
        "hi",
        "Hello there!",
        "thanks, you're great",
        "good morning everyone",
        "what can you do?",
        "Who are you?",
        "help",
        "how do you work?",
        "are you a bot?",
        "what is this bot about",
        "thank you so much!",
        "which articles do you have?",
        "ok cool",
        "tell me a joke",
        "what can I ask you?",
        "lol",
    ],
)
def test_greetings_thanks_and_questions_about_the_bot_are_small_talk(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "hi, when did the harbour open?",
        "how does the ferry work",
        "who is the mayor",
        "do you know when the pier opens?",
        "what is the load test",
        "thanks, and who won?",
        "what can the council do",
        "who made the boat?",
        "Okay, what about tolls?",
        "great fire of Lowmouth",
        "is the good bot race on?",
    ],
)
def test_questions_for_the_articles_are_not(text: str) -> None:
    assert not is_small_talk(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("hi, when did it open?", "when did it open?"),
        ("hello", "hello"),
        ("when did it open?", "when did it open?"),
        ("Hey there! who won", "who won"),
    ],
)
def test_a_greeting_before_a_question_is_not_searched_for(text: str, rest: str) -> None:
    assert without_greeting(text) == rest
