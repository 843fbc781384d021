"""docs/assumptions.md is what the records say."""

from crossings.questions.scenario.assumptions import document
from tests.language.catalogues import PROJECT


def test_the_document_is_current() -> None:
    assert (PROJECT / "docs" / "assumptions.md").read_text(encoding="utf-8") == document()
