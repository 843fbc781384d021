"""Any text is shown letter by letter; only the app's own marks are marks."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from crossings.language import Language, markup
from crossings.plain_text import shown
from tests.hostile import WORDS

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN = {"paragraph_open", "paragraph_close", "inline", "text", "softbreak", "hardbreak"}
OWN = PLAIN | {"strong_open", "strong_close", "code_inline", "em_open"} - {"em_open"}


def _tokens(text: str) -> list[Any]:
    every = PARSER.parse(text)
    return every + [child for token in every for child in token.children or []]


def _visible(text: str) -> str:
    """Return what is read, without blanks and the invisible joiner."""
    read = "".join(
        "\n" if token.type == "softbreak" else token.content
        for token in _tokens(text)
        if token.type in ("text", "softbreak")
    )
    return "".join(read.replace(markup.JOINER, "").split())


@given(
    st.text(
        alphabet=st.sampled_from("ab1 \n\t\\`*_[](){}<>#+-.!|~$&;:@/=\"'가あ\u202e\x00\ud800"), max_size=40
    )
)
@example("- ![x](http://h/i.png)")
@example("1. a\n2) b\n# c\n> d\n--- \n| a | b |\n|---|---|")
def test_any_text_is_shown_as_it_is(text: str) -> None:
    written = markup.escaped(text)
    assert {token.type for token in _tokens(written)} <= PLAIN
    assert _visible(written) == "".join(shown(text).replace(markup.JOINER, "").split())


@pytest.mark.parametrize("word", WORDS)
def test_a_sentence_keeps_only_the_apps_own_marks(word: str) -> None:
    said = markup.sentence(f"**{markup.literal(word)}**, `code` and {markup.literal(word)}")
    kinds = {token.type for token in _tokens(said)}
    assert kinds <= OWN
    assert {"strong_open", "code_inline"} <= kinds


@pytest.mark.parametrize("word", WORDS)
def test_a_forgotten_word_makes_neither_link_nor_picture(word: str) -> None:
    kinds = {token.type for token in _tokens(markup.sentence(f"### {word}\n\n- {word}"))}
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "table_open", "s_open", "fence"}


@pytest.mark.parametrize("word", WORDS)
def test_words_come_back_in_files(word: str) -> None:
    assert markup.plain(f"**{markup.literal(word)}**") == " ".join(shown(word).split())


def test_the_apps_own_marks_stay() -> None:
    said = "### **1,012만 명** from `a_b`\n\n- **one** line\n- 10–20"
    assert markup.sentence(said) == said
    assert markup.sentence(markup.sentence("a_b *c")) == markup.sentence("a_b *c")


def test_links_and_colours_are_made_on_purpose() -> None:
    made = markup.joined(
        " · ", ["a [x](http://h)", markup.link("a]b", "https://h/(x) y"), markup.coloured("late")]
    )
    kinds = [token.type for token in _tokens(made)]
    assert kinds.count("link_open") == 1
    assert ":orange[late]" in made
    assert markup.link("x", "javascript:alert(1)") == "x"
    said = Language("en")("Source: {publishers}.", publishers=markup.link("JNTO", "https://h"))
    assert said == "Source: [JNTO](https://h)."
    assert isinstance(said, markup.Marked)
