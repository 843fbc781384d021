"""The list of collected figures: adding, moving, rewording, its file, and files that are none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossings.briefing.draft import MOST_ITEMS, Draft, DraftFull, DraftUnreadable, Item, ItemGone, draft_of
from crossings.formats import A4, PAPERS
from crossings.plain_text import TextRefused, shown
from crossings.questions.base import QuestionUnreadable
from crossings.questions.registry import QUESTIONS, SavedQuestion

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30).map(shown)
ITEMS = st.builds(
    Item,
    st.builds(SavedQuestion, st.sampled_from(QUESTIONS), st.dictionaries(TEXT, TEXT, max_size=4)),
    TEXT,
    TEXT,
    TEXT,
)


def _draft(items: list[Item], title: str, paper: str) -> Draft:
    made = Draft(title=title, language="ko", paper=paper)
    for item in items:
        made = made.added(item)
    return made


DRAFTS = st.builds(_draft, st.lists(ITEMS, max_size=6), TEXT, st.sampled_from(PAPERS))


@given(DRAFTS)
def test_a_list_comes_back_from_its_file(draft: Draft) -> None:
    assert draft_of(draft.as_json()) == draft
    assert draft_of(draft.as_json().encode()) == draft


@given(DRAFTS, st.integers(0, 5), st.sampled_from([-1, 1]))
def test_moving_keeps_every_figure(draft: Draft, place: int, by: int) -> None:
    if place < len(draft.items):
        moved = draft.moved(place, by)
        assert sorted(map(repr, moved.items)) == sorted(map(repr, draft.items))
        assert moved.items[min(max(place + by, 0), len(draft.items) - 1)] == draft.items[place]


def test_the_same_figure_stands_once_and_another_state_is_another_figure() -> None:
    one = Item(SavedQuestion("milestone", {"mark": "15"}), "milestone-fan")
    other = Item(SavedQuestion("milestone", {"mark": "16"}), "milestone-fan")
    draft = Draft().added(one).added(one).added(other)
    assert draft.items == (one, other)
    assert draft.reworded(0, title="T", note="n").items[0].title == "T"
    assert draft.added(Item(one.asked, one.figure, title="x")).items == (one, other)
    assert draft.without(0).items == (other,)
    with pytest.raises(ItemGone):
        draft.without(0).at(one, Draft.without)


def test_a_full_list_says_so() -> None:
    draft = Draft(items=tuple(Item(SavedQuestion("overview", {"n": str(i)}), "x") for i in range(MOST_ITEMS)))
    with pytest.raises(DraftFull):
        draft.added(Item(SavedQuestion("overview", {}), "x"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"junk",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"crossings_briefing": 2, "items": []}',
        b'{"crossings_briefing": 1, "items": {}}',
        b'{"crossings_briefing": 1, "items": [1]}',
        b'{"crossings_briefing": 1, "items": [], "title": 5}',
        b"[" * 200_000,
        b"x" * 9_000_000,
        json.dumps(
            {"crossings_briefing": 1, "items": [{"page": "overview", "state": {}, "figure": 3}]}
        ).encode(),
    ],
)
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(DraftUnreadable):
        draft_of(data)


@pytest.mark.parametrize("value", [[], {}, [["ko"]], 5, None, "zz"])
def test_a_language_or_paper_that_is_none_is_left_out(value: object) -> None:
    plain = {"crossings_briefing": 1, "items": [], "language": value, "paper": value, "filing": value}
    assert draft_of(json.dumps(plain)) == Draft(paper=A4)


def test_a_state_that_no_file_can_hold_is_refused() -> None:
    row = {"page": "overview", "state": {"\ud800": "x"}, "figure": "x"}
    with pytest.raises(QuestionUnreadable):
        draft_of(json.dumps({"crossings_briefing": 1, "items": [row]}))


def test_an_unknown_page_is_refused_by_name() -> None:
    row = {"page": "moon", "state": {}, "figure": "x"}
    with pytest.raises(QuestionUnreadable):
        draft_of(json.dumps({"crossings_briefing": 1, "items": [row]}))


@pytest.mark.parametrize(
    ("words", "said"), [("T" * 401, "title: 401 characters; at most 400"), ("\ud800", "damaged characters")]
)
def test_words_that_would_be_cut_are_refused_and_never_shortened_silently(words: str, said: str) -> None:
    one = Draft().added(Item(SavedQuestion("milestone", {}), "milestone-fan"))
    for draft in (Draft(title=words), one.reworded(0, title=words, note="")):
        with pytest.raises(TextRefused, match=said):
            draft_of(draft.as_json().encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass"))
