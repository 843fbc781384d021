"""Sources by their keys: publisher and address, a copy's address where there is no other, unknown keys as they are."""

from pathlib import Path

from crossings.tables.citations import Citation, citations, cited


def test_a_source_is_its_publisher_and_its_address_or_that_of_its_copy(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text(
        "key,publisher,address,copy_address\na,JNTO,https://a.example,https://copy.example\nb,KTO,,https://b.example\n"
    )
    known = citations(tmp_path)
    assert cited("a;b", known) == [
        Citation("JNTO", "https://a.example"),
        Citation("KTO", "https://b.example"),
    ]


def test_a_key_without_an_entry_stands_for_itself() -> None:
    assert cited("new;", {}) == [Citation("new", "")]


def test_every_published_source_names_its_publisher() -> None:
    assert all(citation.publisher for citation in citations().values())
