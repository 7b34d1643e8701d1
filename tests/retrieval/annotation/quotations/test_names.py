import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.annotation.quotations.cast import Cast
from retrieval.annotation.quotations.names import Gender, in_title_case, is_body, is_person_noun, names_in
from retrieval.annotation.sentences import paragraphs


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Yesterday Mara Lindqvist met Sen. Joao de Reis.", ["Mara Lindqvist", "Joao de Reis"]),
        ("The U.S. Deputy Secretary Mara Lindqvist left.", ["Mara Lindqvist"]),
        ("Ohio Gov. Mara Lindqvist left.", ["Mara Lindqvist"]),
        ("Mara J. Lindqvist Jr. left. Brandt stayed.", ["Mara J. Lindqvist Jr.", "Brandt"]),
        ("Lindqvist’s Harbour Office opened.", ["Lindqvist", "Harbour Office"]),
        ("The boats are Lindqvist’s. Brandt asked.", ["Lindqvist", "Brandt"]),
        ("The State Department and the Foreign Ministry", ["State Department", "Foreign Ministry"]),
        ("Hale-born Mara Lindqvist", ["Mara Lindqvist"]),
        ("He said it was on Monday.", []),
        ("Hollin & Reeve, the baker, sued AT&T.", ["Hollin & Reeve", "AT&T"]),
        ("Mr & Mrs Lindqvist left.", ["Lindqvist"]),
        ("I’ve met Lindqvist. We’ll see. He'd go. Don’t.", ["Lindqvist"]),
    ],
)
def test_names_are_found_without_titles_and_openers(text, names):
    assert [n.text for n in names_in(text)] == names


def test_bodies_persons_and_headlines_are_told_apart():
    assert is_body(("Harbour", "Ministry"))
    assert is_body(("FDA",))
    assert is_body(("Hollin", "&", "Reeve"))
    assert not is_body(("Mara", "Lindqvist"))
    assert is_person_noun("strategist")
    assert is_person_noun("spokeswoman")
    assert not is_person_noun("paper")
    assert in_title_case("Port Workers Win Long Fight Over Wages")
    assert not in_title_case("Port workers win their long fight over wages in Hale.")


def test_a_person_is_one_under_all_names_and_learns_a_gender_from_the_text():
    text = "Mara J. Lindqvist opened the mill and her brother closed it. Lindqvist, an engineer, left. Mara stayed."
    cast = Cast(text, paragraphs(text))
    (person,) = cast.persons()
    assert (person.name, person.gender) == ("Mara J. Lindqvist", Gender.FEMALE)
    assert [text[s.start : s.end] for s in cast.sightings] == ["Mara J. Lindqvist", "Lindqvist", "Mara"]


@given(st.text(alphabet="AaBb. '’-\nÉé", max_size=60))
def test_names_stand_where_they_say(text):
    for name in names_in(text):
        assert 0 <= name.start < name.end <= len(text)
        assert text[name.start : name.end].startswith(name.words[0][:1])
