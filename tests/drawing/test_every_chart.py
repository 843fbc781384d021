"""Every chart, in every language and at two widths: it draws, fits, speaks one language and hides no label."""

import re
from itertools import combinations

import pytest

from crossings.drawing import theme
from crossings.export.outlines import missing_letters
from crossings.language import LANGUAGES, Language
from tests.drawing.gallery import NAMES, gallery
from tests.drawing.pictures import Text, drawn, size, texts

NARROW, WIDE = 420, 860
LATIN = re.compile(r"[A-Za-z]{2,}")
CROSSING_IS_FINE = {"reliability"}


@pytest.fixture(scope="module")
def pictures() -> dict[tuple[str, str, int], tuple[list[Text], tuple[float, float]]]:
    return {}


def seen(
    pictures: dict[tuple[str, str, int], tuple[list[Text], tuple[float, float]]],
    name: str,
    code: str,
    width: int,
) -> tuple[list[Text], tuple[float, float]]:
    key = (name, code, width)
    if key not in pictures:
        root = drawn(gallery(Language(code))[name](width=width))
        pictures[key] = texts(root), size(root)
    return pictures[key]


CASES = [(name, code, NARROW) for name in NAMES for code in LANGUAGES] + [
    (name, "ko", WIDE) for name in NAMES
]


@pytest.mark.parametrize(("name", "code", "width"), CASES)
def test_a_chart_fits_its_size_and_nothing_is_cut(name: str, code: str, width: int, pictures: dict) -> None:  # type: ignore[type-arg]
    found, (wide, high) = seen(pictures, name, code, width)
    assert found
    assert (wide, high > 100) == (width, True)
    outside = [t for t in found if t.left < -1 or t.right > wide + 1 or t.top < -1 or t.bottom > high + 1]
    assert not outside


@pytest.mark.parametrize(("name", "code", "width"), CASES)
def test_no_two_texts_overlap(name: str, code: str, width: int, pictures: dict) -> None:  # type: ignore[type-arg]
    found, _ = seen(pictures, name, code, width)
    if name in CROSSING_IS_FINE:
        found = [text for text in found if not re.fullmatch(r"[\d,.]+", text.said)]
    hits = [(a.said, b.said) for a, b in combinations(found, 2) if a.overlaps(b)]
    assert not hits


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", ["ko", "ja"])
def test_no_english_is_left(name: str, code: str, pictures: dict) -> None:  # type: ignore[type-arg]
    found, _ = seen(pictures, name, code, NARROW)
    assert not [text.said for text in found if LATIN.search(text.said)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", list(LANGUAGES))
def test_the_shipped_font_draws_every_letter(name: str, code: str, pictures: dict) -> None:  # type: ignore[type-arg]
    found, _ = seen(pictures, name, code, NARROW)
    assert not missing_letters("".join(text.said for text in found))


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_fills_its_container_in_our_look(name: str) -> None:
    spec = gallery(Language("en"))[name]().to_dict()
    assert spec["width"] == "container"
    assert spec["config"] == theme.config()
    assert "title" not in spec
    assert not [t for t in re.findall(r'"title": "([^"]*)"', str(spec)) if not t]


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_does_not_change_the_frame_it_is_given(name: str) -> None:
    chart = gallery(Language("ko"))[name]
    assert chart(width=500).to_dict() == chart(width=500).to_dict()
