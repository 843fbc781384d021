"""The command `worth`: what a scenario is worth and costs, or formulas on numbers of one's own."""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from crossings.language import Language
from crossings.tables.months import year_of

if TYPE_CHECKING:
    from crossings.questions.worth.question import WorthQuestion
    from crossings.questions.worth.view import WorthView

Read = Callable[[Path], bytes]


def add_worth(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    common: argparse.ArgumentParser,
    read: Read,
    language: Language,
) -> None:
    """Add the command to a parser's commands. read: returns a file's bytes or raises a named fault."""
    parser = commands.add_parser("worth", parents=[common], help=language("benefits and costs of a scenario"))
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--preset", help=language("a ready-made scenario, such as full-package"))
    chosen.add_argument("--file", type=Path, help=language("file of a scenario saved on the page"))
    chosen.add_argument(
        "--inputs",
        type=Path,
        help=language("numbers of your own as JSON (see docs/worth.md); the output is JSON"),
    )
    parser.add_argument("--quantities", type=Path, help=language("desks, hours and gates by country as JSON"))
    parser.add_argument(
        "--base-year", type=year_of, help=language("base year of the number of visitors (default: 2025)")
    )
    parser.add_argument(
        "--first-year", type=year_of, help=language("first of the five years (default: 2027)")
    )
    parser.add_argument("--won-per-yen", type=float, help=language("default: the scenario's median"))
    parser.add_argument("--priors", choices=["evidence", "note"])
    parser.set_defaults(run=lambda arguments, language: print_worth(arguments, language, read))


def print_worth(arguments: argparse.Namespace, language: Language, read: Read) -> None:
    """Print the answer as JSON or as lines of text."""
    if arguments.inputs:
        from crossings.models.worth.inputs import answers

        print(json.dumps(answers(read(arguments.inputs)), ensure_ascii=False, indent=2))
        return
    from crossings.models.models import Models
    from crossings.models.worth.results import as_json
    from crossings.questions.worth.view import view
    from crossings.tables import flows

    found = view(_question(arguments, read), Models(flows.load()), language)
    if arguments.format == "json":
        appraisal = found.appraisal
        plain = as_json(appraisal.answer, appraisal.drivers, appraisal.evidence)
        print(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    print("\n".join(_lines(found, language)))


def _question(arguments: argparse.Namespace, read: Read) -> "WorthQuestion":
    from crossings.models.scenario.settings import from_preset, settings_from_json
    from crossings.questions.worth.question import WorthQuestion

    settings = settings_from_json(read(arguments.file)) if arguments.file else from_preset(arguments.preset)
    typed = read(arguments.quantities).decode("utf-8-sig", "replace") if arguments.quantities else None
    given = {
        "base_year": arguments.base_year,
        "first_year": arguments.first_year,
        "won": arguments.won_per_yen,
        "priors": arguments.priors,
        "quantities": typed,
    }
    said = {key: str(value) for key, value in given.items() if value is not None}
    return replace(WorthQuestion.read({**dict(settings.worth), **said}), settings=settings)


def _lines(found: "WorthView", language: Language) -> Iterator[str]:
    """Yield the page's answer line by line, as plain text: both books, ratios, what drives it, grades, what is left out."""
    books, remarks = found.tables["books"].texts(), found.remarks
    yield found.headline.replace("**", "")
    yield from found.notes
    yield from (
        language.named(
            row,
            language.in_clauses([f"{books.columns[1]} {korea}", f"{books.columns[2]} {japan}", evidence]),
        )
        for row, korea, japan, evidence in books.values
    )
    yield from found.paragraphs
    yield from filter(
        None, (remarks[key] for key in ("break-even", "ratios", "drivers", "grades", "left-out"))
    )
