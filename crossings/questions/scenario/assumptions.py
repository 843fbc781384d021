"""The document of assumptions: every lever and parameter with range, grades and sources, as Markdown."""

from collections.abc import Iterator

from crossings.language.evidence import impact_word, quality_word
from crossings.language.language import Language
from crossings.models.scenario.describe import AssumptionSaid, assumptions
from crossings.models.scenario.levers import PRIOR_SETS, Lever, PriorSet, levers, sources

SET_NAMES: dict[PriorSet, str] = {"note": "First assumptions", "evidence": "Evidence found"}


def document() -> str:
    """Return docs/assumptions.md, in English; made by `python -m crossings assumptions`."""
    english = Language("en")
    return "\n".join(
        [
            "# Assumptions of the scenario model",
            "",
            "Made from the records in `crossings/models/scenario/*.toml` by `python -m crossings assumptions`; edit those,",
            "not this page. Quality says how good the evidence is, impact how much the result hangs on it.",
            "",
            "## Levers",
            "",
            *_levers(english),
            "",
            *[line for name in PRIOR_SETS for line in _parameters(name, english)],
            "## Sources",
            "",
            *[f"- `{one.key}`: {one.title}{_tail(one.address, one.date)}" for one in sources().values()],
            "",
        ]
    )


def _tail(address: str, date: str) -> str:
    return "".join(f", {part}" for part in (date, address) if part)


def _levers(language: Language) -> Iterator[str]:
    yield "| lever | what it is | unit, range | directions | in the baseline | quality | impact | sources |"
    yield "|---|---|---|---|---|---|---|---|"
    for lever in levers().values():
        yield _lever(lever, language)


def _lever(lever: Lever, language: Language) -> str:
    cells = (
        f"`{lever.key}` {lever.label}",
        " ".join(text for text in (lever.sentence, lever.baseline, lever.caveat) if text),
        "switch" if lever.is_switch else f"{lever.unit}, {lever.minimum:g} to {lever.maximum:g}",
        ", ".join(flow.value for flow in lever.directions),
        lever.in_baseline,
        quality_word(lever.quality, language),
        impact_word(lever.impact, language),
        ", ".join(lever.sources),
    )
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _parameters(name: PriorSet, language: Language) -> Iterator[str]:
    yield f"## Parameters: {SET_NAMES[name]} (`{name}`)"
    yield ""
    yield "| parameter | unit | 5th percentile | median | 95th percentile | quality | impact | sources |"
    yield "|---|---|---|---|---|---|---|---|"
    for one in assumptions(name):
        yield _parameter(one, language)
    yield ""


def _parameter(one: AssumptionSaid, language: Language) -> str:
    cells = (
        one.label,
        one.unit,
        *(f"{value:.3g}" for value in (one.low, one.median, one.high)),
        quality_word(one.quality, language),
        impact_word(one.impact, language),
        "; ".join(one.sources),
    )
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
