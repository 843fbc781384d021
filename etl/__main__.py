"""`python -m etl`: build the published tables, check them, keep them up to date.

Exit codes: 0 done, 1 a named fault or a failed check, 2 a wrong command line, 130 broken off by the user.
"""

import argparse
import json
import locale
import sys
from pathlib import Path

from crossings.console import survive_any_code_page
from crossings.errors import N_, unforeseen
from crossings.language.language import LANGUAGES, Language, asked_language
from crossings.tables.flows import data_folder
from etl import commands as refreshing
from etl import own
from etl.check import SHOWN, Finding, check

MOST_JOBS = 256
BROKEN_OFF = 130


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    survive_any_code_page()
    spoken = asked_language(arguments, system_language())
    options = _parser(spoken).parse_args(arguments)
    language = Language(options.lang) if options.lang else spoken
    try:
        return int(options.run(options, language))
    except Exception as raised:  # one that nobody foresaw is logged under its number
        fault = unforeseen(raised)
        if getattr(options, "format", "text") == "json":
            print(
                json.dumps(
                    {"error": type(fault).__name__, "sentence": language.error(fault)}, ensure_ascii=False
                )
            )
        print(language.error(fault), file=sys.stderr)
        if isinstance(fault, own.Unlikely):
            print(language(N_("To enter it anyway, repeat the command with --yes.")), file=sys.stderr)
        print(language(N_("The published tables were not changed.")), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(language(N_("Interrupted. The published tables are unaffected.")), file=sys.stderr)
        return BROKEN_OFF


def system_language() -> str:
    """Return the language of the system where it is one of ours, else English."""
    code = (locale.getlocale()[0] or "en")[:2].lower()
    return code if code in LANGUAGES else "en"


def _parser(language: Language) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m etl", description=language("official figures in, published tables out")
    )
    parser.add_argument(
        "--lang",
        choices=sorted(LANGUAGES),
        help=language("language of the messages and of this help; default: that of the system"),
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    build = commands.add_parser("build", help=language("make the published tables from data/inputs"))
    build.add_argument(
        "--inputs", type=Path, help=language("folder of inputs; default: CROSSINGS_INPUTS, or data/inputs")
    )
    build.set_defaults(run=_build)
    verify = commands.add_parser("check", help=language("check the published tables"))
    verify.add_argument("--format", choices=["text", "json"], default="text")
    verify.set_defaults(run=_check)
    refreshing.register(commands, language)
    record = commands.add_parser(
        "backtest", help=language("calculate the forecast record; continues where it was stopped")
    )
    record.add_argument(
        "--jobs", type=_count, default=1, help=language("processes on this computer; default: 1")
    )
    record.add_argument(
        "--scheduler", metavar="ADDRESS", help=language("address of a Dask cluster to use instead")
    )
    record.add_argument(
        "--work", type=Path, help=language("folder of finished parts; default: .backtest beside data")
    )
    record.set_defaults(run=_backtest)
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_JOBS:
        raise argparse.ArgumentTypeError(f"not a number from 1 to {MOST_JOBS}: {text[:20]}")
    return int(text)


def _build(options: argparse.Namespace, language: Language) -> int:
    from etl.build import build

    changed = build(options.inputs)
    print(
        language(N_("Updated: {files}"), files=language.in_a_list(changed))
        if changed
        else language(N_("Nothing has changed; no table was written."))
    )
    return 0


def _backtest(options: argparse.Namespace, language: Language) -> int:
    from etl.backtest import publish_record

    changed = publish_record(jobs=options.jobs, scheduler=options.scheduler, work=options.work)
    print(
        language(N_("Updated: {files}"), files=language.in_a_list(changed))
        if changed
        else language(N_("Nothing has changed; no table was written."))
    )
    return 0


def _check(options: argparse.Namespace, language: Language) -> int:
    findings = check(data_folder())
    if options.format == "json":
        rows = [{"table": one.table, "where": one.where, "sentence": said(one, language)} for one in findings]
        print(json.dumps({"passed": not findings, "findings": rows}, ensure_ascii=False, indent=1))
        return int(bool(findings))
    for finding in findings[:SHOWN]:
        print(said(finding, language))
    if findings:
        print(language(N_("Failed checks: {count}"), count=language.number(len(findings))))
        return 1
    print(language(N_("All checks passed.")))
    return 0


def said(finding: Finding, language: Language) -> str:
    """Return a finding's sentence in the reader's language."""
    return language(finding.message, **language.readable(finding.filled()))


if __name__ == "__main__":
    sys.exit(main())
