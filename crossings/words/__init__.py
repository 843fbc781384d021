"""Words: the reader's language, its numbers and months, and the sentences built from them."""

from crossings.words.language import LANGUAGES, Language

__all__ = ["LANGUAGES", "Language"]
