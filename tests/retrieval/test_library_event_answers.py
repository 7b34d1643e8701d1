"""What happened when, asked of a library in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.reading.given import Given
from tests.judges import Preferring

pytestmark = pytest.mark.model


@pytest.fixture
def library(lowmouth: Library) -> Library:
    return lowmouth


@pytest.mark.parametrize(
    "question",
    ["What happened on 2 March 2026?", "what happened last week?", "what is scheduled?", "a timeline of the quay",
     "what was due to happen in March?", "what happened before 1950?"],
)  # fmt: skip
def test_an_answer_is_dated_article_text_in_order_of_time(library: Library, question: str) -> None:
    answer = library.ask(question)
    assert not answer.abstained
    assert any(note.startswith("Understood as: events") for note in answer.notes)
    cited = {c.n: c for c in answer.citations}
    for sentence in answer.sentences:
        (n,) = sentence.citations
        dated, _, text = sentence.text.partition("] ")
        assert dated.startswith("[")
        assert text == cited[n].text
        _, article = library.article(cited[n].article.id)
        assert article.text[cited[n].start : cited[n].end] == cited[n].text


def test_what_is_asked_ahead_is_answered_with_plans(library: Library) -> None:
    answer = library.ask("What comes next?")
    assert [s.text.split("]")[0] for s in answer.sentences] == ["[18 March 2026*, scheduled"]


def test_nothing_dated_then_is_an_answer_with_the_nearest(library: Library) -> None:
    answer = library.ask("What happened in 1970?")
    assert answer.abstained
    assert answer.reason == (
        "Nothing in the articles is dated then; the nearest before is of 1911 [1] and the nearest after is of"
        " 2 March 2026 [2]."
    )
    assert len(answer.nearest) == 2


def test_before_a_happening_is_before_its_day(library: Library) -> None:
    answer = library.ask("What happened before the harbour board meeting on repairs?")
    assert any("Counted from 18 March 2026" in note for note in answer.notes)
    assert all("18 March" not in s.text.split("]")[0] for s in answer.sentences)


def test_a_comparison_states_both_dates_and_then_the_conclusion(library: Library) -> None:
    answer = library.ask("Which came first, the harbour board meeting or the cracks found by divers?")
    first, second = answer.sentences
    assert first.text.startswith("[2 March 2026*]")
    assert second.text.startswith("[18 March 2026*, scheduled]")
    assert second.text.endswith("[so as planned, this is later, by 16 days]")


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("When did divers find cracks in the wall?", "[2 March 2026*] "),
        ("When was the quay built?", "[1911] The quay was built in 1911"),
        ("When will the harbour board meet?", "[18 March 2026*, scheduled] The harbour board will meet"),
    ],
)
def test_when_something_happened_is_answered_with_its_day_and_sources(
    library: Library, question: str, start: str
) -> None:
    answer = library.ask(question)
    assert answer.sentences[0].text.startswith(start)
    assert answer.citations[0].n in answer.sentences[0].citations


MOVED = (
    "---\ntitle: Harbour board puts off its meeting\nsource: Ingle Radio\npublished: 2026-03-12\n---\n"
    "The meeting of the Lowmouth harbour board on repairs has been pushed back to March 25 because two are ill, "
    "the board said on Wednesday.\n"
)


def test_a_plan_that_a_later_article_moves_is_shown_with_the_new_day(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    library.add([write("in/moved.md", MOVED)])
    plans = {e.when.value: e.revised_by for e in library.events(on="18 March 2026").events}
    assert plans["2026-03-18"] is not None
    assert plans["2026-03-18"].when.value == "2026-03-25"


def test_the_new_day_is_answered_before_the_one_it_replaces(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    library.add([write("in/moved.md", MOVED)])
    answer = library.ask("When will the harbour board meet?")
    new, old = (sentence.text for sentence in answer.sentences)
    assert new.startswith("[25 March 2026*, scheduled] The meeting")
    assert old.startswith("[18 March 2026*, scheduled, later given as 25 March 2026] ")
    assert [s.citations for s in answer.sentences] == [(1,), (2,)]


def test_of_two_happenings_the_one_that_is_dated_is_told(library: Library) -> None:
    answer = library.ask("How long after divers found cracks in the wall did the queen sneeze?")
    assert answer.sentences[0].text.startswith("[2 March 2026*] ")
    assert any("No date was found for “the queen sneeze”" in note for note in answer.notes)


def test_what_happened_is_over(library: Library) -> None:
    library._today = lambda: date(2026, 3, 10)
    told = library.ask("What has happened since 1 March 2026?")
    assert "[2 March 2026*]" in told.text
    assert "scheduled" not in told.text


def test_other_questions_are_left_to_the_passages(library: Library) -> None:
    assert not any("Understood as" in n for n in library.ask("Who found cracks in the quay wall?").notes)
    assert not any("Understood as" in n for n in library.ask("What happened to the quay?").notes)


def test_the_day_of_a_vote_is_not_the_day_of_what_was_voted_for(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    text = "Orrin council voted on March 3 to close its two pools. The pools will close on September 30."
    library.add([write("in/pools.md", f"---\ntitle: Orrin pools\npublished: 2026-03-05\n---\n{text}\n")])
    answer = library.ask("When will the pools close in Orrin?")
    assert "30 September 2026" in answer.sentences[0].text
    assert "3 March" not in answer.text
    assert "3 March 2026" in library.ask("When did Orrin council vote to close its pools?").sentences[0].text


def test_the_news_is_what_the_newest_articles_tell(library: Library, write: Callable[[str, str], Path]) -> None:
    for name, day, told in (("old", "01-05", "shut on January 4"), ("new", "02-05", "opened on February 4")):
        article = f"---\ntitle: The Orrin lido\npublished: 2026-{day}\n---\nThe Orrin lido {told}.\n"
        library.add([write(f"in/{name}.md", article)])
    latest = library.ask("What's the latest on the Orrin lido?")
    assert "opened on February 4" in latest.text
    assert "January" not in latest.text
    news = library.ask("What's the news?")
    assert {c.article.published_on for c in news.citations} <= {date(2026, 3, 4), date(2026, 3, 5)}


def test_what_happened_to_a_thing_is_told_only_of_that_thing(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    text = "Orrin council will sell the Aldham building. Its leader said he would resign in May 2027 over the vote."
    library.add([write("in/sale.md", f"---\ntitle: Orrin vote\npublished: 2026-03-05\n---\n{text}\n")])
    assert "resign" not in library.ask("What will happen to the Aldham building?").text


def test_what_happened_to_something_with_a_name_is_told_in_order_of_time(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    for day, told in (("06", "The barge Ondine was raised on May 5."), ("03", "The barge Ondine sank on May 2.")):
        library.add([write(f"in/ondine{day}.md", f"---\ntitle: Ondine\npublished: 2026-05-{day}\n---\n{told}\n")])
    first, last = library.ask("What happened to the Ondine?").sentences
    assert "sank" in first.text
    assert "raised" in last.text


def test_the_day_on_which_another_resigned_is_no_answer(library: Library, write: Callable[[str, str], Path]) -> None:
    text = (
        "Ada Lind has led Orrin since 2020. Per Holm, her deputy, resigned on May 2. Holm resigned on May 2 over a "
        "loan that Lind had known of.\n\nShe resigned on May 9."
    )
    library.add([write("in/lind.md", f"---\ntitle: Ada Lind goes\npublished: 2026-05-10\n---\n{text}\n")])
    answer = library.ask("When did Ada Lind resign?").text
    assert "9 May 2026" in answer
    assert "2 May" not in answer


def test_of_two_dates_in_a_sentence_the_one_beside_what_is_asked_counts(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    text = (
        "---\ntitle: Lowmouth in the cup\npublished: 2026-03-01\n---\nLowmouth won on Saturday.\n\n"
        "In the final on 19 March the club will meet the winners of Sunday's other semi-final, Ingle or Brack.\n"
    )
    library.add([write("in/cup.md", text)])
    assert library.ask("When is the final?").text.startswith("[19 March 2026")


def test_the_day_of_what_belongs_to_a_thing_is_not_its_own(library: Library, write: Callable[[str, str], Path]) -> None:
    text = (
        "The fair in Tarn will be held on the market square on June 14, the town said. It comes after a wet spring.\n\n"
        "Tickets for the fair in Tarn were released on May 30, and half of them were gone within the hour.\n"
    )
    library.add([write("fair.txt", text)], given=Given(title="Tarn prepares", published=date(2026, 6, 3)))
    answer = library.ask("When is the fair in Tarn?")
    assert "June 14" in answer.sentences[0].text
    assert "May 30" not in answer.sentences[0].text


def test_what_is_slated_for_a_day_is_on_that_day(library: Library, write: Callable[[str, str], Path]) -> None:
    text = "Ann Roe was heard on Thursday. Her case is slated for trial in October, the court in Tarn said.\n"
    library.add([write("case.txt", text)], given=Given(title="The Roe case", published=date(2026, 6, 5)))
    assert "October" in library.ask("When is the trial in the Roe case?").sentences[0].text


def test_the_day_on_which_something_was_confirmed_to_a_paper_is_not_that_of_the_thing(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    text = (
        "Alba Lines confirmed to The Tarn Post on Tuesday that the night boat will come back.\n\n"
        "The night boat will be back in Tarn by July 10, its timetable says.\n"
    )
    library.add([write("boat.txt", text)], given=Given(title="Boat", published=date(2026, 6, 3)))
    answer = library.ask("When is the night boat coming back?")
    assert "July 10" in answer.sentences[0].text


def test_the_years_of_which_somebody_was_a_star_are_not_those_of_the_death(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    story = "Ada Lind, a leading lady in the 1960s best known for her songs, has died. Lind died on Sunday in Ulm.\n"
    library.add([write("lind.md", f"---\ntitle: Ada Lind\npublished: 2026-03-04\n---\n{story}")])
    shown = library.ask("When did Ada Lind die?").sentences
    assert shown
    assert all("196" not in sentence.text.split("]")[0] for sentence in shown)


def test_the_day_of_what_belongs_to_a_thing_is_not_that_of_the_thing(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    told = (
        "The last mill on the sound will grind its final sack in December.\n\n"
        "The mill's whistle, sounded at noon since 1932, will fall silent.\n"
    )
    library.add([write("mill.txt", told)], given=Given(title="Last mill on Orrin Sound to close"))
    answer = library.ask("when will the mill on Orrin Sound close?")
    assert "1932" not in " ".join(s.text for s in answer.sentences)


def test_the_day_of_an_announcement_is_not_that_of_what_it_announces(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    told = "Pump room to reopen after eleven years\n\nThe pump room will open its doors again on 14 November.\n"
    library.add([write("pump.txt", told)], given=Given(published=date(2026, 11, 3)))
    answer = library.ask("When does the pump room reopen?")
    assert not any("3 November" in s.text.split("]")[0] for s in answer.sentences)


def test_the_day_on_which_something_is_remembered_is_not_that_of_the_thing(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    text = "On Sunday Marl marked the storming of its customs house.\n\nOn 14 July 1789 a mob stormed the house.\n"
    library.add([write("marl.txt", text)], given=Given(title="Marl remembers", published=date(2026, 7, 14)))
    answer = library.ask("When was the customs house in Marl stormed?")
    assert answer.sentences
    assert not any(s.text.startswith("[12 July 2026") for s in answer.sentences)


def test_so_many_days_after_something_is_not_its_day(library: Library, write: Callable[[str, str], Path]) -> None:
    text = "The Alba hit the quay in Marl on 17 January, eleven days after its annual inspection, and lay there.\n"
    library.add([write("alba.txt", text)], given=Given(title="Alba cleared", published=date(2026, 8, 12)))
    answer = library.ask("When was the Alba inspected?")
    assert not any(s.text.startswith("[17 January") for s in answer.sentences)
    answer = library.ask("When did the Alba hit the quay?")
    assert answer.sentences[0].text.startswith("[17 January 2026")


def test_what_is_not_done_until_a_year_is_not_of_another(library: Library, write: Callable[[str, str], Path]) -> None:
    text = "In 1963 Ann Roe joined the Alm Institute, which did not allow women aboard its ships until 1971.\n"
    library.add([write("alm.txt", text)], given=Given(title="Ann Roe", published=date(2026, 9, 2)))
    answer = library.ask("When were women allowed aboard the Alm Institute's ships?")
    assert not any(s.text.startswith("[1963") for s in answer.sentences)


def test_what_others_did_is_not_the_day_of_it(library: Library, write: Callable[[str, str], Path]) -> None:
    text = "Marl has had a big team only since the Arden Falcons came to Marl in 2017.\n"
    library.add([write("kites.txt", text)], given=Given(title="Kites parade in Marl", published=date(2026, 9, 2)))
    answer = library.ask("What year did the Kites come to Marl?")
    assert not any(s.text.startswith("[2017") for s in answer.sentences)
    answer = library.ask("What year did the Falcons come to Marl?")
    assert answer.sentences[0].text.startswith("[2017]")


def test_who_does_it_to_something_is_no_other_than_asked_about(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    text = "Ada Lind reopened the Morrin Bridge on 3 May 2026 in front of a crowd.\n"
    library.add([write("bridge.txt", text)], given=Given(title="Open again", published=date(2026, 5, 4)))
    answer = library.ask("When did the Morrin Bridge reopen?")
    assert answer.sentences[0].text.startswith("[3 May 2026]")


def test_what_began_years_ago_is_nothing_to_come(library: Library, write: Callable[[str, str], Path]) -> None:
    text = "The mail of Marl has posted losses in every year since 2007.\n"
    library.add([write("mail.txt", text)], given=Given(title="Is the post broke?", published=date(2026, 9, 2)))
    answer = library.ask("When will the post go broke?")
    assert not any("since 2007]" in s.text for s in answer.sentences)


def test_what_goes_on_until_a_day_says_until(library: Library, write: Callable[[str, str], Path]) -> None:
    text = "All ferries to Marl were cancelled until Friday.\n"
    library.add([write("marl.txt", text)], given=Given(title="Storm in Marl", published=date(2026, 1, 22)))
    answer = library.ask("When were the ferries to Marl cancelled?")
    assert answer.sentences[0].text.startswith("[until 23 January 2026*]")


def test_the_day_of_a_review_is_not_that_on_which_something_comes_out(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    text = "“The Tin Whale” mixes old jokes with new ones and makes a mess of both.\n\nIt comes out on 10 June.\n"
    library.add(
        [write("whale.txt", text)], given=Given(title="The Tin Whale comes out flat", published=date(2026, 6, 8))
    )
    answer = library.ask("when does the tin whale come out")
    assert not any("published 8 June" in s.text for s in answer.sentences)


def test_the_day_of_a_husbands_death_is_not_hers(library: Library, write: Callable[[str, str], Path]) -> None:
    text = (
        "Marta Lind, who mapped the sea floor, died on Sunday at her home in Marl. She was 92.\n\n"
        "Dr Lind married Olof Sand, an engineer, in 1958. He died in 2003. She retired in 1999.\n"
    )
    library.add([write("lind.txt", text)], given=Given(title="Marta Lind dies", published=date(2026, 9, 2)))
    assert library.ask("When did Marta Lind die?").sentences[0].text.startswith("[30 August 2026")
    assert not any("2003" in s.text for s in library.ask("When did Dr Lind die?").sentences)


def test_a_day_whose_sentence_the_judge_holds_for_no_answer_is_not_given(
    library: Library, write: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (
        "Brindle Toys came back in 2021, when Harrow Stores agreed to sell toys on its website and opened shops within"
        " shops. The shops will open beginning in late July through October 15th.\n"
    )
    library.add([write("toys.txt", told)], given=Given(title="Brindle Toys", published=date(2026, 9, 2)))
    question = "By what date should all the Brindle Toys shops in Harrow Stores be open?"
    assert any(sentence.text.startswith("[2021]") for sentence in library.ask(question).sentences)
    monkeypatch.setattr(library._parts.pipeline.events, "_judge", Preferring("October"))
    assert not any(sentence.text.startswith("[2021]") for sentence in library.ask(question).sentences)
