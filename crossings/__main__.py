"""The pages' answers from the command line: python -m crossings milestone|scenario|hall|worth|brief|verify ..."""

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from crossings.console import survive_any_code_page
from crossings.errors import N_, CrossingsError, system_fault, unforeseen
from crossings.formats import BY_FORMAT, DOCUMENTS, OPEN_DOCUMENTS, PAPER_CHOICES
from crossings.language import LANGUAGES, Language
from crossings.language.language import ENGLISH, asked_language
from crossings.plain_text import entered
from crossings.questions.worth.command import add_worth
from crossings.tables import flows
from crossings.tables.flows import Flow
from crossings.tables.months import MONTH_PATTERN, year_of
from crossings.tables.totals import FIRST_MARK
from crossings.whole import replace_file

if TYPE_CHECKING:
    from crossings.export.briefing import Filing
    from crossings.models.scenario.settings import Settings
    from crossings.questions.milestone.question import ExchangeCode

DRAWN = ("pdf", "zip")
FX_CODES: Mapping[str, "ExchangeCode"] = {"off": "off", "fixed": "fixed", "random-walk": "walk"}


class FileUnreadable(CrossingsError):
    """A file named on the command line cannot be read."""


class FileUnwritable(CrossingsError):
    """A file named on the command line cannot be written."""


class NotAMonth(CrossingsError):
    """A month was not written as YYYY-MM."""


def month(text: str) -> pd.Period:
    """Return a month from YYYY-MM. Raises NotAMonth."""
    if not re.fullmatch(MONTH_PATTERN, text):
        raise NotAMonth(N_("{text} is not a month. Write it as YYYY-MM, for example 2026-08."), text=text)
    return pd.Period(text, "M")


def _print_milestone(arguments: argparse.Namespace, language: Language) -> None:
    from crossings.models.forecast.exchange import CODES
    from crossings.models.forecast.exchange import as_json as exchange_json
    from crossings.models.forecast.milestone import as_json
    from crossings.models.models import Models
    from crossings.questions import registry
    from crossings.questions.base import Mark, plain
    from crossings.questions.milestone.question import MilestoneQuestion

    models = Models(flows.load())
    as_of = month(arguments.as_of) if arguments.as_of else models.last_month
    flow, year, mark = arguments.flow, arguments.year, Mark(arguments.mark)
    code = FX_CODES[arguments.fx]
    if arguments.format == "json":
        path = CODES.get(code)
        record = as_json(models.milestone(flow=flow, year=year, mark=mark, as_of=as_of, exchange=path))
        effect = models.projection(as_of, exchange=path).exchange
        _print_json(record if effect is None else record | {"exchange": exchange_json(effect)})
        return
    answer = registry.view(MilestoneQuestion(flow, year, mark, as_of, fx=code), models, language)
    switched = answer.paragraphs if code != "off" else ()
    for sentence in (answer.headline, *switched[:1], *answer.notes, answer.method[0]):
        print(plain(sentence))


def _print_json(record: object) -> None:
    print(json.dumps(record, ensure_ascii=False, indent=2))


def _settings(arguments: argparse.Namespace) -> "Settings":
    from crossings.models.scenario.settings import from_preset, settings_from_json

    return settings_from_json(_bytes(arguments.file)) if arguments.file else from_preset(arguments.preset)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise FileUnreadable(
            N_("The file {name} cannot be read ({fault}). Check its name and folder."),
            name=path,
            fault=system_fault(fault),
        ) from fault


def _print_unconstrained(arguments: argparse.Namespace) -> None:
    from crossings.models.scenario.model import unconstrained
    from crossings.models.scenario.results import interval_plain, levers_plain

    settings = _settings(arguments)
    uplift = unconstrained(settings, priors=arguments.priors)
    record = {
        "flows": {flow.value: {"uplift_percent": interval_plain(one)} for flow, one in uplift.items()},
        "levers": levers_plain(settings),
        "name": settings.name,
        "priors": arguments.priors,
        "unconstrained": True,
        "units": {"uplift_percent": "per cent"},
    }
    _print_json(record)


def _print_scenario(arguments: argparse.Namespace, language: Language) -> None:
    if arguments.unconstrained:
        _print_unconstrained(arguments)
        return
    from crossings.models.models import Models
    from crossings.models.scenario.results import as_json
    from crossings.questions import registry
    from crossings.questions.base import Mark, plain
    from crossings.questions.scenario.question import ScenarioQuestion

    models = Models(flows.load())
    as_of = month(arguments.as_of) if arguments.as_of else models.last_month
    question = ScenarioQuestion(
        flow=arguments.flow,
        year=arguments.year or as_of.year + 1,
        mark=Mark(arguments.mark),
        priors=arguments.priors,
        as_of=as_of,
        settings=_settings(arguments),
    )
    if arguments.format == "json":
        result = models.scenario(
            question.settings,
            flow=question.flow,
            year=question.year,
            mark=question.mark,
            priors=question.priors,
            as_of=as_of,
        )
        _print_json(as_json(result))
        return
    answer = registry.view(question, models, language)
    print(plain(answer.headline))
    print(plain(answer.answer.removeprefix(answer.headline).strip()))


def _print_hall(arguments: argparse.Namespace, language: Language) -> None:
    from crossings.models.queue.flights import flights_from_csv
    from crossings.models.queue.hall import run_hall
    from crossings.models.queue.presets import calibrated
    from crossings.models.queue.report import hall_question, hall_question_from_json, hall_report
    from crossings.questions.border import sentences as words

    if arguments.file:
        question = hall_question_from_json(_bytes(arguments.file).decode("utf-8", errors="replace"))
    else:
        flights = flights_from_csv(_bytes(arguments.flights)) if arguments.flights else None
        typed = {"desks": arguments.desks, "desk_seconds": arguments.seconds}
        question = hall_question(
            preset=arguments.preset,
            settings={key: value for key, value in typed.items() if value is not None},
            flights=flights,
        )
    if arguments.format == "json":
        _print_json(hall_report(question))
        return
    groups = run_hall(question.grown, question.settings).groups
    hall = calibrated(question.preset).hall if question.preset else None
    for line in words.waits_lines(groups, hall, language):
        print(line)


def _write_brief(arguments: argparse.Namespace, language: Language) -> None:
    from crossings.briefing import sentences as words
    from crossings.briefing.compose import Asked, compose, month_in_brief
    from crossings.briefing.draft import draft_of
    from crossings.export import documents
    from crossings.export.briefing import NO_FILING
    from crossings.models.models import Models

    models = Models(flows.load())
    if arguments.list:
        listed = draft_of(_bytes(arguments.list))
        filing = _filing(arguments, listed.filing)
        listed = replace(listed, paper=arguments.paper or listed.paper, filing=filing)
        briefing = compose(listed, models, Language(arguments.lang or listed.language or "en"))
    else:
        asked = Asked(flow=arguments.flow, year=arguments.year, mark=arguments.mark)
        filing = _filing(arguments, NO_FILING)
        paper = arguments.paper or BY_FORMAT
        briefing = month_in_brief(asked, models, language, paper=paper, filing=filing)
    out = arguments.out or Path(documents.file_name(briefing, arguments.format))
    template = _bytes(arguments.template) if arguments.template else None
    _replace(out, documents.make(arguments.format, briefing, template=template))
    print(out)
    letters = documents.left_out(briefing) if arguments.format in DRAWN else set()
    if letters:
        said = words.left_out(letters, language)
        print(said, file=sys.stderr)


def _filing(arguments: argparse.Namespace, kept: "Filing") -> "Filing":
    """Return what an office writes on a paper: what was given here, else what the list holds."""
    from crossings.briefing.draft import LONGEST_TITLE

    names = ("department", "contact", "classification", "number")
    given = {
        name: entered(getattr(arguments, name), most=LONGEST_TITLE, name=f"--{name}")
        for name in names
        if getattr(arguments, name)
    }
    full, hashes = kept.full and not arguments.short, kept.hashes and not arguments.without_versions
    every = kept.every_assumption or arguments.all_assumptions
    return replace(kept, **given, full=full, hashes=hashes, every_assumption=every)


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises FileUnwritable."""
    try:
        path.parent.stat()  # a folder that is not there is a slip, not one to be made
        replace_file(path, data)
    except OSError as fault:
        raise FileUnwritable(
            N_("The file {name} cannot be written ({fault}). Choose another folder."),
            name=path,
            fault=system_fault(fault),
        ) from fault


def _print_verified(arguments: argparse.Namespace, language: Language) -> int:
    from crossings.briefing import sentences as words
    from crossings.briefing.verify import verify
    from crossings.models.models import Models

    found = verify(_bytes(arguments.file), Models(flows.load()), language)
    if arguments.format == "json":
        _print_json(asdict(found) | {"same": found.same, "edited": found.edited})
        return 0 if found.same and not found.edited else 1
    print(words.plain(words.contents(found.edits, language)))
    for row in words.edit_rows(found.edits, language):
        print("  " + language.in_clauses([language.named(*cell) for cell in row.items()]))
    print(words.plain(words.verdict(found.same, len(found.figures), found.context, language)))
    for row in words.check_rows(found.figures, language):
        print("  " + language.in_clauses([language.named(*cell) for cell in row.items()]))
    return 0 if found.same and not found.edited else 1


def _print_assumptions(arguments: argparse.Namespace, language: Language) -> None:
    from crossings.questions.scenario.assumptions import document

    print(document(), end="")


def _print_words(arguments: argparse.Namespace, language: Language) -> None:
    from crossings import wordbook
    from crossings.models.models import Models

    models = Models(flows.load())
    if not arguments.write:
        print(wordbook.book(models, language.code), end="")
        return
    for code in wordbook.WRITTEN:
        out = wordbook.place(code)
        _replace(out, wordbook.book(models, code).encode())
        print(out)


def _add_form(brief: argparse.ArgumentParser, language: Language) -> None:
    """Add what an office writes on a paper, how much it holds, and its own template."""
    for name, said in (
        ("--department", language("office in the head of the document")),
        ("--contact", language("contact in the head of the document")),
        ("--classification", language("classification in the head of the document")),
        ("--number", language("document number in the head of the document")),
    ):
        brief.add_argument(name, default="", help=said)
    brief.add_argument("--short", action="store_true", help=language("without annex"))
    said = language("all assumptions on slides, not only the first page of them")
    brief.add_argument("--all-assumptions", action="store_true", help=said)
    brief.add_argument(
        "--without-versions",
        action="store_true",
        help=language("without printed version numbers; the file's properties hold them"),
    )
    brief.add_argument(
        "--template", type=Path, help=language("own template (POTX, PPTX, DOTX or DOCX) for slides or memo")
    )


def _add_milestone(commands: Any, common: argparse.ArgumentParser, language: Language) -> None:
    mark = commands.add_parser(
        "milestone", parents=[common], help=language("probability that a year reaches a threshold")
    )
    mark.add_argument("--flow", type=Flow, choices=list(Flow), default=Flow.BOTH)
    mark.add_argument("--year", type=year_of, required=True)
    mark.add_argument("--mark", type=int, default=FIRST_MARK, help=language("threshold, visitors"))
    mark.add_argument("--as-of", help=language("as-of month YYYY-MM: figures up to this month are used"))
    mark.add_argument(
        "--fx",
        choices=list(FX_CODES),
        default="off",
        help=language(
            "exchange rate as an explanatory variable: off (main forecast), fixed at the last published value, "
            "or a random walk"
        ),
    )
    mark.set_defaults(run=_print_milestone)


def _add_scenario(commands: Any, common: argparse.ArgumentParser, language: Language) -> None:
    what_if = commands.add_parser(
        "scenario", parents=[common], help=language("effect of changed procedures on visitors")
    )
    chosen = what_if.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--file", type=Path, help=language("file of a scenario saved on the page"))
    chosen.add_argument("--preset", help=language("a ready-made scenario, such as full-package"))
    what_if.add_argument("--flow", type=Flow, choices=list(Flow), default=Flow.BOTH)
    what_if.add_argument(
        "--year", type=year_of, help=language("year of the answer; default: the year after the as-of month")
    )
    what_if.add_argument("--mark", type=int, default=15_000_000, help=language("threshold, visitors"))
    what_if.add_argument("--as-of", help=language("as-of month YYYY-MM: figures up to this month are used"))
    what_if.add_argument("--priors", choices=["evidence", "note"], default="evidence")
    what_if.add_argument(
        "--unconstrained",
        action="store_true",
        help=language("full effect before limits of seats and queues (JSON)"),
    )
    what_if.set_defaults(run=_print_scenario)


def _add_hall(commands: Any, common: argparse.ArgumentParser, language: Language) -> None:
    hall = commands.add_parser(
        "hall", parents=[common], help=language("waiting times in an immigration hall")
    )
    hall.add_argument("--preset", help=language("a hall, such as haneda-t3"))
    hall.add_argument("--file", type=Path, help=language("file with the settings of a hall (JSON)"))
    hall.add_argument(
        "--flights",
        type=Path,
        help=language("flight table (CSV) with the columns minute,passengers,group,spread_minutes"),
    )
    hall.add_argument("--desks", type=float)
    hall.add_argument("--seconds", type=float, help=language("seconds at a desk per passenger"))
    hall.set_defaults(run=_print_hall)


def _add_brief(commands: Any, language: Language) -> None:
    brief = commands.add_parser(
        "brief", help=language("monthly summary, or a saved list of figures, as a file")
    )
    brief.add_argument("--format", choices=(*DOCUMENTS, *OPEN_DOCUMENTS), default="pptx")
    brief.add_argument(
        "--lang", choices=list(LANGUAGES), help=language("language of the file; default: the list's, else en")
    )
    brief.add_argument(
        "--out", type=Path, help=language("name of the file; default: the title, in this folder")
    )
    brief.add_argument("--flow", type=Flow, choices=list(Flow), default=Flow.BOTH)
    brief.add_argument("--year", type=year_of, help=language("default: the year of the last month"))
    brief.add_argument(
        "--mark", type=int, help=language("threshold, visitors; default: the next one still open")
    )
    brief.add_argument("--paper", choices=PAPER_CHOICES, help=language("default: the list's, else by-format"))
    brief.add_argument("--list", type=Path, help=language("list of figures saved on the briefing page"))
    _add_form(brief, language)
    brief.set_defaults(run=_write_brief)


def _parser(language: Language) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m crossings", description=language("answers of the pages from the command line")
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--format", choices=["json", "text"], default="text")
    common.add_argument(
        "--lang",
        choices=list(LANGUAGES),
        default="en",
        help=language("language of the text output and of this help"),
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for add in (_add_milestone, _add_scenario, _add_hall):
        add(commands, common, language)
    add_worth(commands, common, _bytes, language)
    _add_brief(commands, language)
    check = commands.add_parser(
        "verify",
        parents=[common],
        help=language("compare the numbers of a saved briefing with current figures and models"),
    )
    check.add_argument(
        "file", type=Path, help=language("PPTX, DOCX, HWPX, XLSX, PDF, ZIP, ODT, ODP or ODS made by this app")
    )
    check.set_defaults(run=_print_verified)
    every = commands.add_parser("assumptions", help=language("document of assumptions (Markdown)"))
    every.set_defaults(run=_print_assumptions, lang="en")
    words = commands.add_parser(
        "words",
        parents=[common],
        help=language("every sentence of a language with examples, to be read through"),
    )
    words.add_argument(
        "--write", action="store_true", help=language("write the Korean and the Japanese book to docs")
    )
    words.set_defaults(run=_print_words)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; a named fault is said on standard error and returned as 2, other numbers in verify as 1."""
    survive_any_code_page()
    arguments = _parser(asked_language(argv, ENGLISH)).parse_args(argv)
    language = Language(arguments.lang or "en")
    try:
        code: int | None = arguments.run(arguments, language)
    except Exception as fault:  # one that nobody foresaw is logged under its number
        print(language.error(unforeseen(fault)), file=sys.stderr)
        return 2
    return code or 0


if __name__ == "__main__":
    sys.exit(main())
