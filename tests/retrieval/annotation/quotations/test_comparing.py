import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.annotation.quotations.comparing import DiffOp, MatchKind, compare

SAID = [
    "We will rebuild the bridge before the winter comes.",
    "Taxes will not go up for anybody in this town.",
    "The wells were “independent of any U.S. mining interest.”",
]


@pytest.mark.parametrize(
    ("claim", "kind", "candidates"),
    [
        ("We will rebuild the bridge before the winter comes.", MatchKind.EXACT, (0,)),
        ("we will  rebuild\nthe BRIDGE", MatchKind.EXACT, (0,)),
        ('"independent of any US mining interest"', MatchKind.EXACT, (2,)),
        ("We will rebuild [it] before the winter comes", MatchKind.EXACT, (0,)),
        ("We will rebuild the bridge … winter comes", MatchKind.EXACT, (0,)),
        ("We will rebuild the bridge after the winter comes", MatchKind.NEAR, (0,)),
        ("Taxes will go up for anybody in this town", MatchKind.NEAR, (1,)),
        ("Taxes will … go up for anybody in this town", MatchKind.NEAR, (1,)),
        ("We will rebuild the bridge and taxes will not go up for anybody", MatchKind.STITCHED, (0, 1)),
    ],
)
def test_a_claim_is_exact_near_or_stitched(claim, kind, candidates):
    best = compare(claim, SAID)[0]
    assert (best.kind, best.candidates) == (kind, candidates)


@pytest.mark.parametrize("claim", ["Nobody expected rain in the desert", "winter town", "", "…", "[sic]"])
def test_what_nobody_said_is_not_found(claim):
    assert compare(claim, SAID) == []


def test_what_differs_is_shown_word_by_word():
    (match,) = compare("independent of any mining interest", SAID)
    assert [(part.op, part.text) for part in match.diff] == [
        (DiffOp.SAME, "independent of any"),
        (DiffOp.MISSING, "U.S."),
        (DiffOp.SAME, "mining interest"),
    ]


def test_a_swapped_word_shows_both_words():
    match = compare("Taxes will not go up for everybody in this town", SAID)[0]
    assert (DiffOp.MISSING, "anybody") in [(p.op, p.text) for p in match.diff]
    assert (DiffOp.ADDED, "everybody") in [(p.op, p.text) for p in match.diff]


def test_one_source_with_the_whole_claim_is_never_called_stitched():
    assert all(m.kind is not MatchKind.STITCHED for m in compare(SAID[1], [*SAID, "Taxes will not go up."]))


def test_the_best_match_comes_first():
    assert [
        m.candidates for m in compare("the bridge is closed", ["the bridge is not closed", "The bridge is closed."])
    ] == [
        (1,),
        (0,),
    ]


words = st.lists(st.sampled_from(["a", "b", "c", "not", "U.S.", "…", "[x]", "don't", "“d”"]), max_size=12).map(" ".join)


@given(words, st.lists(words, max_size=4))
def test_matches_are_scored_and_point_at_candidates(claim, candidates):
    for match in compare(claim, candidates):
        assert 0 < match.score <= 1
        assert match.candidates
        assert all(0 <= i < len(candidates) for i in match.candidates)
        assert (match.kind is MatchKind.EXACT) == (match.score == 1)
        assert match.diff


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_no_text_is_too_strange_to_compare(claim, candidates):
    compare(claim, candidates)
