"""The Sources View: how fresh the figures are on a day, their tables and sources, and what new figures moved."""

from dataclasses import replace
from datetime import date

import pytest

from crossings.language import LANGUAGES, Language
from crossings.models.models import Models
from crossings.questions.base import FIRST_MARK
from crossings.questions.sources.question import SourcesQuestion
from crossings.questions.sources.view import view
from crossings.tables import flows
from crossings.tables.flows import Published

MODELS = Models(flows.load())
SEPTEMBER = SourcesQuestion(date(2026, 9, 20))


def shortened(published: Published, *, origins: tuple[str, ...]) -> Published:
    """Return the figures as they were before August 2026 was published for some directions."""
    rows = published.visitors
    newest = (rows["month"].astype(str) == "2026-08") & rows["origin"].isin(origins)
    return Published(rows[~newest], published.vintages, "shortened " + " ".join(origins))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_published_table_has_its_sources_and_what_it_counts(code: str) -> None:
    seen = view(SEPTEMBER, MODELS, Language(code))
    assert len(seen.tables["published"]) == len(seen.published)
    for name, origin in seen.published.items():
        assert len(seen.tables[f"origins-{name}"]) == len(origin.origins)
        assert seen.remarks[name]


def test_a_day_is_asked_for_and_changes_the_answer() -> None:
    late = SourcesQuestion(date(2026, 11, 2))
    in_vain = SourcesQuestion(date(2026, 11, 2), refreshed=date(2026, 11, 2))
    answers = [view(question, MODELS, Language("en")).answer for question in (SEPTEMBER, late, in_vain)]
    assert len(set(answers)) == 3
    assert SourcesQuestion.read(in_vain.state()) == in_vain


def test_nothing_that_can_be_collected() -> None:
    assert not view(SEPTEMBER, MODELS, Language("en")).figures


def test_what_new_figures_moved_is_said_with_its_causes() -> None:
    before = shortened(MODELS.published, origins=("KOR", "JPN"))
    seen = view(SEPTEMBER, MODELS, Language("en"))
    effect = seen.effect(before, mark=FIRST_MARK)
    assert "central forecast" in effect.sentence
    assert effect.changes is not None
    assert list(effect.changes.values("cause"))[-1] == "Together"
    assert seen.waiting(before) == ""


def test_figures_that_changed_nothing_leave_the_projection_as_it_was() -> None:
    same = replace(MODELS.published, digest="same")
    effect = view(SEPTEMBER, MODELS, Language("en")).effect(same, mark=FIRST_MARK)
    assert effect.changes is None
    assert effect.sentence == "No change in the forecast for 2026."


def test_a_month_of_one_direction_waits_for_the_other() -> None:
    before = shortened(MODELS.published, origins=("KOR", "JPN"))
    now = Models(shortened(MODELS.published, origins=("JPN",)))
    said = view(SEPTEMBER, now, Language("en")).waiting(before)
    assert said.startswith("August 2026: available for Koreans visiting Japan, missing for Japanese")
