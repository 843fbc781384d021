"""Numbers in words with the grade of the evidence behind them, so that no sentence can leave it out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from crossings.errors import N_
from crossings.language import Language
from crossings.models.worth.parameters import Grade
from crossings.questions.base import NOTHING

LEAST_SHARED = 2
VALUES_SHOWN = N_("Evidence of the values shown: all {grade}.")


@dataclass(frozen=True)
class Stated:
    """A number, or a phrase with numbers, in words.

    alone: without grades. graded: with the grade after each number. grades: of the numbers, in their order.
    """

    alone: str
    graded: str
    grades: tuple[Grade, ...] = ()

    @property
    def bold(self) -> "Stated":
        """The same in Markdown's bold letters, the grade outside them."""
        more = self.graded.removeprefix(self.alone)
        return replace(self, alone=f"**{self.alone}**", graded=f"**{self.alone}**{more}")


def stated(amount: str, grade: Grade | None, language: Language, *, ends: str = "") -> Stated:
    """Return a number in words. ends: its range, empty where there is none."""
    if grade is None or amount == NOTHING:
        alone = language.remarked(amount, ends)
        return Stated(alone, alone)
    tag = grade_tag(grade, language)
    graded = language.remarked(amount, language.in_clauses([ends, tag]))
    return Stated(language.remarked(amount, ends), graded, (grade,))


def phrase(language: Language, message: str, /, **parts: object) -> Stated:
    """Return a message of the catalogue with its parts, stated numbers and others."""
    numbers = {name: part for name, part in parts.items() if isinstance(part, Stated)}
    return Stated(
        language(message, **{**parts, **{name: one.alone for name, one in numbers.items()}}),
        language(message, **{**parts, **{name: one.graded for name, one in numbers.items()}}),
        tuple(grade for one in numbers.values() for grade in one.grades),
    )


def listed(items: Iterable[Stated], language: Language) -> Stated:
    """Return stated numbers as a short list."""
    every = list(items)
    return Stated(
        language.in_a_list([one.alone for one in every]),
        language.in_a_list([one.graded for one in every]),
        tuple(grade for one in every for grade in one.grades),
    )


def said(language: Language, *sentences: Stated | str) -> str:
    """Return sentences in a row; the numbers of one that share a grade name it once before its stop, others each."""
    return language.in_a_row([one if isinstance(one, str) else _graded(one, language) for one in sentences])


def _graded(sentence: Stated, language: Language) -> str:
    if len(sentence.grades) < LEAST_SHARED or len(set(sentence.grades)) > 1:
        return sentence.graded
    shared = language("all {grade}", grade=grade_tag(sentence.grades[0], language))
    stop = sentence.alone[-1:] if sentence.alone.endswith((".", "。")) else ""
    return language.remarked(sentence.alone.removesuffix(stop), shared) + stop


def rows_graded(
    labels: Iterable[str], grades: Iterable[Grade | None], language: Language, all_of: str = VALUES_SHOWN
) -> tuple[list[str], str]:
    """Return the labels of a chart's rows, and the grade that they share: empty where each label carries its own.

    all_of: the message that names the grade shared.
    """
    pairs = list(zip(labels, grades, strict=True))
    known = {grade for _, grade in pairs if grade}
    if len(known) == 1:
        shared = language(all_of, grade=grade_cell(known.pop(), language))
        return [label for label, _ in pairs], shared
    return [stated(label, grade, language).graded for label, grade in pairs], ""


def grade_tag(grade: Grade, language: Language) -> str:
    """Return a grade as it stands in brackets after a number."""
    tags: Mapping[Grade, str] = {
        "good": language.pgettext("evidence behind a number", "good"),
        "fair": language.pgettext("evidence behind a number", "fair"),
        "weak": language.pgettext("evidence behind a number", "weak"),
        "typed": language.pgettext("evidence behind a number", "weak, typed by the reader"),
    }
    return tags[grade]


def grade_cell(grade: Grade | None, language: Language) -> str:
    """Return a grade in few letters, for a column whose heading says that it is one; a dash where there is none."""
    cells: Mapping[Grade | None, str] = {
        "good": language.pgettext("grade of evidence", "good"),
        "fair": language.pgettext("grade of evidence", "fair"),
        "weak": language.pgettext("grade of evidence", "weak"),
        "typed": language.pgettext("grade of evidence", "weak, typed by the reader"),
    }
    return cells.get(grade, NOTHING)
