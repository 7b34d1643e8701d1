"""Answers written by a model: what is shown, cited, left out, and what comes when the model does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from retrieval.errors import ModelUnavailable, Stopped
from retrieval.schema import AnswerOrigin, Turn
from tests.retrieval.answering.scripted import FALSE, HARBOUR, TRUE, Scripted, reply

pytestmark = pytest.mark.model


def test_a_true_sentence_is_shown_with_the_words_that_bear_it_out(ask: Callable[..., Any]) -> None:
    answer = ask(Scripted(reply(TRUE)))
    assert answer.origin is AnswerOrigin.WRITTEN
    assert [s.text for s in answer.sentences] == [TRUE]
    assert answer.citations[0].text == "Mayor Ines Calder said the repair would cost 3 million crowns."
    assert all(HARBOUR[c.start : c.end] == c.text for c in answer.citations)
    assert {n for s in answer.sentences for n in s.citations} == {c.n for c in answer.citations}
    assert not answer.notes


def test_a_false_sentence_is_left_out_and_said_to_be(ask: Callable[..., Any]) -> None:
    answer = ask(Scripted(reply(TRUE, FALSE)))
    assert [s.text for s in answer.sentences] == [TRUE]
    assert "One sentence" in answer.notes[0]
    assert "number" in answer.notes[0]


def test_the_question_said_again_is_no_answer(ask: Callable[..., Any]) -> None:
    answer = ask(Scripted(reply("The repair of the quay will cost.")))
    assert answer.origin is AnswerOrigin.EXTRACTIVE
    assert "nothing that was not asked" in answer.left_out[0].reasons[0]


def test_a_false_sentence_is_repaired_once(ask: Callable[..., Any]) -> None:
    model = Scripted(reply(FALSE), reply(TRUE))
    answer = ask(model)
    assert [s.text for s in answer.sentences] == [TRUE]
    assert "5 million" in model.sent[1]
    assert len(model.sent) == 2


@pytest.mark.parametrize(
    "replies",
    [
        (ModelUnavailable("down"),),
        ("I am sorry, I cannot help with that.",),
        ('{"sentences": [{"te',),
        ("",),
        (reply(FALSE), reply(FALSE)),
        (reply(FALSE), ModelUnavailable("down")),
        (reply("Tom Rell accused the builder of using cheap concrete."),),
    ],
    ids=[
        "down",
        "refuses",
        "breaks off",
        "silent",
        "lies twice",
        "dies at the repair",
        "beside the point",
    ],
)
def test_without_a_usable_reply_the_articles_own_sentences_come_with_a_footnote(
    ask: Callable[..., Any], replies: tuple[Any, ...]
) -> None:
    answer = ask(Scripted(*replies))
    assert answer.origin is AnswerOrigin.EXTRACTIVE
    assert answer.sentences[0].text == (
        "3 million crowns. Mayor Ines Calder said the repair would cost 3 million crowns."
    )
    assert any("language model" in note for note in answer.notes)


@pytest.mark.parametrize("keys", [["p7"], []], ids=["wrong", "none"])
def test_a_sentence_without_a_valid_key_is_checked_against_all_passages(ask: Callable[..., Any], keys: Any) -> None:
    assert [s.text for s in ask(Scripted(reply(TRUE, keys=keys))).sentences] == [TRUE]
    lied = ask(Scripted(reply(FALSE, keys=keys)))
    assert "5 million" not in lied.text


@pytest.mark.parametrize(
    "wrapped",
    [
        "Here you are:\n```json\n{}\n```\nI hope that helps.",
        "<think>The cost {{is}} [1]</think>{}",
        "Sure! [1] {}",
    ],
)
def test_json_is_read_whatever_stands_around_it(ask: Callable[..., Any], wrapped: str) -> None:
    assert ask(Scripted(wrapped.replace("{}", reply(TRUE)))).origin is AnswerOrigin.WRITTEN


def test_what_is_whole_of_json_that_breaks_off_is_taken(ask: Callable[..., Any]) -> None:
    assert [s.text for s in ask(Scripted(reply(TRUE)[:-2] + ', {"text": "The ha')).sentences] == [TRUE]


def test_a_model_that_sees_no_answer_takes_none_away(ask: Callable[..., Any]) -> None:
    answer = ask(Scripted('{"sentences": []}'))
    assert "3 million crowns" in answer.text
    assert "saw no answer" in answer.notes[-1]


def test_an_answer_that_is_not_there_is_not_asked_of_the_model(ask: Callable[..., Any]) -> None:
    model = Scripted(reply(TRUE))
    assert ask(model, "Who won the chess tournament in Reykjavik?").abstained
    assert model.sent == []


def test_the_model_is_told_the_days_and_the_passages_between_a_boundary_nobody_can_guess(
    ask: Callable[..., Any],
) -> None:
    first, second = Scripted(reply(TRUE)), Scripted(reply(TRUE))
    ask(first)
    ask(second)
    assert "2026-03-04" in first.sent[0]
    assert str(date.today()) in first.sent[0]  # noqa: DTZ011
    last = [model.sent[0].split("\n[p1]")[-2].splitlines()[-1] for model in (first, second)]
    assert last[0] != last[1]
    assert all(line.startswith("--- ") and len(line) == 20 for line in last)


OWN = "Mayor Ines Calder said the repair would cost 3 million crowns."
CLOSED = "The harbour at Lowmouth closed on Monday [2 March 2026] after divers found cracks in the quay."


@pytest.mark.parametrize(
    ("lie", "own"),
    [
        ("Tom Rell closed the harbour at Lowmouth on Monday.", CLOSED),
        ("The harbour at Lowmouth closed on Monday instead of Sunday after divers found cracks in the quay.", CLOSED),
        ("The harbour at Lowmouth never closed after divers found cracks in the quay.", CLOSED),
        ('Calder said that she "cannot wait and will not pay".', None),
        (
            "Mayor Calder closed the harbour at Lowmouth roughly 40 minutes after divers found cracks in the quay.",
            CLOSED,
        ),
    ],
)
def test_the_sources_own_sentence_stands_in_the_place_of_a_false_one(
    ask: Callable[..., Any], lie: str, own: str | None
) -> None:
    answer = ask(Scripted(reply(TRUE, lie)))
    assert answer.origin is AnswerOrigin.WRITTEN
    assert answer.sentences[0].text == TRUE
    assert {s.text for s in answer.sentences[1:]} <= {own, '"We cannot wait," Calder told reporters.'}
    assert own is None or answer.left_out[0].instead == own


def test_where_nothing_is_borne_out_the_sentences_behind_it_are_shown_before_others(ask: Callable[..., Any]) -> None:
    lie = "Calder's deputy, Tom Rell, accused the divers of using cheap concrete for the repair of the quay."
    answer = ask(Scripted(reply(lie, "The harbour closed on Sunday after divers found cracks in the quay.")))
    assert CLOSED in [s.text for s in answer.sentences]
    assert answer.notes


def test_what_is_put_right_stands_in_its_own_place(ask: Callable[..., Any]) -> None:
    lie = "The harbour at Lowmouth closed on Sunday after divers found cracks in the quay."
    answer = ask(Scripted(reply(lie, TRUE)))
    assert [s.text for s in answer.sentences] == [CLOSED, TRUE]


def test_true_words_beside_the_point_are_not_said_to_be_false(ask: Callable[..., Any]) -> None:
    answer = ask(Scripted(reply("Tom Rell accused the builder of using cheap concrete.")))
    assert not answer.left_out
    assert "not on what was asked" in answer.notes[-1]


class Listening:
    """Keeps what it is told; wants nothing more once `enough` sentences came."""

    def __init__(self, enough: int = 99) -> None:
        self.told: list[tuple[Any, tuple[Any, ...]]] = []
        self.enough = enough

    def stage(self, stage: Any, count: int | None = None) -> None: ...

    def sentence(self, sentence: Any, citations: tuple[Any, ...]) -> None:
        self.told.append((sentence, citations))

    def stopped(self) -> bool:
        return len(self.told) >= self.enough


LOWMOUTH = "The harbour at Lowmouth closed on Monday."


def test_what_is_told_while_the_model_writes_keeps_its_words_and_numbers(ask: Callable[..., Any]) -> None:
    listener = Listening()
    script = reply(TRUE, "The repair will cost 5 million crowns.", LOWMOUTH, "“We cannot wait,” Calder said.")
    answer = ask(Scripted(script), listener=listener)
    assert [sentence for sentence, _ in listener.told] == list(answer.sentences)
    told = [c for _, citations in listener.told for c in citations]
    assert {c.n: (c.start, c.end) for c in told} == {c.n: (c.start, c.end) for c in answer.citations}
    assert len({c.n for c in told}) == len(told)


@pytest.mark.parametrize("written", [LOWMOUTH, "The harbour at Lowmouth closed on Monday [2 March 2026]."])
def test_a_day_is_shown_with_its_date(ask: Callable[..., Any], written: str) -> None:
    answer = ask(Scripted(reply(TRUE, written)))
    assert answer.sentences[1].text == "The harbour at Lowmouth closed on Monday [2 March 2026]."


def test_the_model_reads_the_date_of_a_day_and_the_sentence_that_it_missed(ask: Callable[..., Any]) -> None:
    model = Scripted(reply(FALSE))
    ask(model)
    assert "closed on Monday [2 March 2026]" in model.sent[0]
    assert (
        model.sent[1].rpartition(FALSE)[2].count("Mayor Ines Calder said the repair would cost 3 million crowns.") == 1
    )


TALK = Turn("What happened to the harbour at Lowmouth?", "The harbour at Lowmouth closed on Monday. [1]")


@pytest.mark.parametrize(
    ("question", "turns"),
    [
        ("What did the divers say about the quay?", ()),
        ("What did Tom Rell say about the weather?", ()),
        ("how much will the repair cost?", (TALK,)),
        ("who leads the town?", (TALK,)),
        ("what did she say about it?", (TALK,)),
    ],
)
def test_what_was_told_is_not_taken_back_and_written_once(
    ask: Callable[..., Any], question: str, turns: Sequence[Turn]
) -> None:
    listener, model = Listening(), Scripted(*[reply(TRUE)] * 3)
    answer = ask(model, question, listener=listener, turns=turns)
    assert [sentence for sentence, _ in listener.told] == list(answer.sentences)
    assert sum("boundary" in sent for sent in model.sent) <= 1


def test_the_asker_can_stop_it_while_the_model_writes(ask: Callable[..., Any]) -> None:
    model = Scripted(reply(TRUE, *[LOWMOUTH] * 50))
    listener = Listening(enough=1)
    with pytest.raises(Stopped):
        ask(model, listener=listener)
    assert [sentence.text for sentence, _ in listener.told] == [TRUE]
    assert model.told < len(reply(TRUE, *[LOWMOUTH] * 50)) // 2


def test_quoted_words_are_shown_in_the_articles_own_characters(ask: Callable[..., Any]) -> None:
    answer = ask(Scripted(reply(TRUE, "“We  cannot wait,” Calder said.")))
    assert answer.sentences[1].text == "“We cannot wait,” Calder said."
