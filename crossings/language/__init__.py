"""Words: the reader's language, its numbers and months, and the sentences built from them."""

from crossings.language.language import LANGUAGES, Language

__all__ = ["LANGUAGES", "Language"]
