"""Sources by their keys: publisher and address, a copy's address where there is no other, unknown keys as they are."""

from pathlib import Path

import pytest

from crossings.tables.citations import Citation, citations, cited, copied_keys
from crossings.tables.flows import DataDamaged


def test_a_source_is_its_publisher_and_its_address_or_that_of_its_copy(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text(
        "key,publisher,description,address,copy_address,seen_in_copy\n"
        "a,JNTO,A table,https://a.example,https://copy.example,no\nb,KTO,,,https://b.example,yes\n"
    )
    known = citations(tmp_path)
    assert cited("a;b", known) == [
        Citation("JNTO", "https://a.example", description="A table"),
        Citation("KTO", "https://b.example", copied=True),
    ]
    assert copied_keys(tmp_path) == {"b"}


def test_a_damaged_list_of_sources_is_named_and_says_nothing_of_copies(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("key,publisher\na,JNTO\n")
    with pytest.raises(DataDamaged, match="address"):
        citations(tmp_path)
    assert copied_keys(tmp_path) == copied_keys(tmp_path / "absent") == frozenset()


def test_a_key_without_an_entry_stands_for_itself() -> None:
    assert cited("new;", {}) == [Citation("new", "")]


def test_every_published_source_names_its_publisher() -> None:
    assert all(citation.publisher for citation in citations().values())
