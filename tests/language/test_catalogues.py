"""The catalogues of all languages but English are complete, current and keep every placeholder."""

from collections import Counter

import pytest

from tests.language import catalogues

CODES = catalogues.TRANSLATED


@pytest.fixture(scope="module")
def sources() -> dict[catalogues.Key, str]:
    return catalogues.extracted()


def said(code: str) -> dict[catalogues.Key, tuple[str, ...]]:
    rows: dict[catalogues.Key, tuple[str, ...]] = {}
    for _, message in catalogues.entries(code):
        key = catalogues.key_of(message)
        texts = message.string if isinstance(message.string, (list, tuple)) else (message.string or "",)
        rows[key] = tuple(texts)
    return rows


def test_sources_are_found(sources: dict[catalogues.Key, str]) -> None:
    assert len(sources) > 50


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_missing(code: str, sources: dict[catalogues.Key, str]) -> None:
    have = said(code)
    missing = {key: place for key, place in sources.items() if not all(have.get(key, ("",)))}
    assert not missing


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_stale_or_unsure(code: str, sources: dict[catalogues.Key, str]) -> None:
    assert not [key for key in said(code) if key not in sources]
    assert not [message.id for _, message in catalogues.entries(code) if message.fuzzy]


@pytest.mark.parametrize("code", CODES)
def test_each_entry_stands_once(code: str) -> None:
    counted = Counter(catalogues.key_of(message) for _, message in catalogues.entries(code))
    assert not [key for key, count in counted.items() if count > 1]


@pytest.mark.parametrize("code", CODES)
def test_placeholders_agree(code: str) -> None:
    for key, strings in said(code).items():
        wanted = [set(catalogues.places(source)) for source in ((key,) if isinstance(key, str) else key)]
        for text in strings:
            assert set(catalogues.places(text)) in wanted, (code, key, text)
