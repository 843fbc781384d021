"""The commands of the refresh: refresh, status, add, remove."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from crossings.errors import N_, CrossingsError
from crossings.formats import DOCUMENTS
from crossings.language import strip
from crossings.language.language import LANGUAGES, Language
from crossings.tables.flows import read_table
from etl import own, report, written
from etl.publishers import SOURCES
from etl.releases import today
from etl.report import FAILED, NOTHING_NEW, SKIPPED, SourceReport
from etl.sources.kto_api import PROFILE
from etl.sources.record import Source
from etl.tables import STATUSES

BAR = 24
# Faults of the connection: for the offices' figures there are other ways.
NOT_REACHED = frozenset({"Refused", "Unreachable", "TooLarge", "TooSlow"})
NAMED = 8


def register(commands: Any, language: Language) -> None:
    """Add the commands to the parser of `python -m etl`."""
    renew = commands.add_parser("refresh", help=language("fetch the newest official figures"))
    renew.add_argument("--source", action="append", default=[], metavar="NAME", help=", ".join(SOURCES))
    renew.add_argument("--dry-run", action="store_true", help=language("fetch and check without writing"))
    renew.set_defaults(run=_refresh)
    listed = commands.add_parser(
        "sources", help=language("sources of a refresh, when they are published and which keys they need")
    )
    listed.set_defaults(run=_sources)
    state = commands.add_parser(
        "status", help=language("state of the figures and dates of the next releases")
    )
    state.set_defaults(run=_status)
    put = commands.add_parser(
        "add", help=language("enter a figure by hand until the official one is published")
    )
    take = commands.add_parser("remove", help=language("remove a figure entered by hand"))
    for one in (put, take):
        one.add_argument("month", help=language("month, as 2026-09"))
        one.add_argument(
            "--origin", required=True, help=language("nationality: ISO alpha-3 code or TOTAL, as KOR")
        )
        one.add_argument("--destination", required=True, choices=own.DESTINATIONS)
    put.add_argument(
        "--visitors", required=True, help=language("number of persons, as 723400, 723,400 or 91.2만")
    )
    put.add_argument("--source", default="", help=language("source of the figure; required"))
    put.add_argument(
        "--status",
        choices=STATUSES,
        default=own.DEFAULT_STATUS,
        help=language("status of the figure according to its source"),
    )
    put.add_argument(
        "--seen", default="", metavar="DAY", help=language("day it was read, as 2026-10-21; default: today")
    )
    put.add_argument("--note", default="", help=language("remark"))
    put.add_argument(
        "--yes", action="store_true", help=language("enter it although it is far from the expected range")
    )
    put.set_defaults(run=_add)
    take.set_defaults(run=_remove)
    day = _release_day_parser(commands, language)
    for one in (renew, listed, day, state, put, take):
        one.add_argument("--format", choices=["text", "json"], default="text")


def _release_day_parser(commands: Any, language: Language) -> Any:
    day = commands.add_parser(
        "release-day",
        help=language(
            "refresh, check, and make the files and e-mail texts of the month when figures are new"
        ),
    )
    day.add_argument("--out", type=Path, required=True, help=language("folder of the files and of the log"))
    languages, formats = _listed(LANGUAGES), _listed(DOCUMENTS)
    day.add_argument(
        "--lang",
        dest="languages",
        type=languages,
        default=tuple(LANGUAGES),
        metavar="LIST",
        help=language("languages, as ko,ja,en"),
    )
    day.add_argument(
        "--files",
        type=formats,
        default=("pptx", "docx", "hwpx"),
        metavar="LIST",
        help=language("formats, as pptx,docx,hwpx"),
    )
    day.add_argument(
        "--watch",
        action="store_true",
        help=language("keep asking from the expected time until the figures are published"),
    )
    day.add_argument(
        "--every",
        type=float,
        default=10,
        metavar="MINUTES",
        help=language("minutes between two attempts; at least 5"),
    )
    day.set_defaults(run=_release_day)
    return day


def _refresh(options: argparse.Namespace, language: Language) -> int:
    from etl.refresh import refresh

    bar = _bar if sys.stderr.isatty() else None
    done = refresh(tuple(options.source), dry_run=options.dry_run, progress=bar)
    if options.format == "json":
        print(json.dumps(_said_record(done.record(), done.sources, language), ensure_ascii=False, indent=1))
        return int(done.failed)
    for part in done.sources:
        print("\n".join(said(part, language)))
    if done.dry_run:
        print(language(N_("Dry run: nothing was written.")))
    elif done.changed:
        print(language(N_("Updated: {files}"), files=language.in_a_list(done.changed)))
    else:
        print(language(N_("Nothing has changed; no table was written.")))
    return int(done.failed)


def _said_record(
    record: dict[str, Any], parts: tuple[SourceReport, ...], language: Language
) -> dict[str, Any]:
    for one, part in zip(record["sources"], parts, strict=True):
        one["said"] = said(part, language)
    return record


def said(part: SourceReport, language: Language, *, name: str = "") -> list[str]:
    """Return what to say of one source of a refresh, in the reader's language. name: what to call it, its key else."""
    name = name or part.source
    sentence = language(part.message, **language.readable(part.values)) if part.message else ""
    if part.state == FAILED:
        told = language(
            N_("{source} failed; its figures are unchanged: {reason}"), source=name, reason=sentence
        )
        known = SOURCES.get(part.source)
        if known is None or not known.office or part.error not in NOT_REACHED:
            return [told]
        instead = language(
            N_("Until then, the office's Excel file can be uploaded, or the figure entered by hand.")
        )
        return [language.in_a_row([told, instead])]
    if part.state == SKIPPED:
        return [language(N_("{source} skipped: {reason}"), source=name, reason=sentence)]
    counts = part.counts()
    lines = [language(N_("{source}: nothing new."), source=name)]
    if part.state != NOTHING_NEW:
        lines = [
            language(
                N_("{source}: {new} new, {revised} revised, {firmer} moved to a firmer status."),
                source=name,
                new=language.number(counts.get("new", 0)),
                revised=language.number(counts.get("revised", 0)),
                firmer=language.number(counts.get("firmer", 0)),
            )
        ]
    return lines + _worth_a_look(part, language, name)


def _worth_a_look(part: SourceReport, language: Language, name: str) -> list[str]:
    """Return what a source flagged, and what was left out of it."""
    lines = []
    flagged = [
        f"{language.month_of(change.month)} {change.origin}→{change.destination}"
        for change in part.changes
        if change.kind in ("weaker", "withdrawn", "corrected")
    ]
    unread = [label for label in part.unread if label != PROFILE]
    if flagged or unread:
        lines.append(
            language(
                N_("{source}: please check: {items}"),
                source=name,
                items=language.in_a_list([*flagged[:NAMED], *unread[:NAMED]]),
            )
        )
    if PROFILE in part.unread:
        lines.append(
            language(
                N_(
                    "{source}: visitors by sex and age could not be fetched this time; everything else was "
                    "updated."
                ),
                source=name,
            )
        )
    left_out = sorted({change.origin for change in part.changes if change.kind == "gap"})
    if left_out:
        more = "…" if len(left_out) > NAMED else ""
        lines.append(
            language(
                N_("{source}: not taken because earlier months are missing ({count} nationalities): {items}"),
                source=name,
                count=language.number(len(left_out)),
                items=language.in_a_list(left_out[:NAMED]) + more,
            )
        )
    return lines


def _bar(name: str, share: float) -> None:
    filled = round(share * BAR)
    end = "\n" if share >= 1 else ""
    print(f"\r[{'#' * filled}{'.' * (BAR - filled)}] {name:6}", end=end, file=sys.stderr, flush=True)


def _listed(allowed: Iterable[str]) -> Callable[[str], tuple[str, ...]]:
    """Return a reader of a list of names joined by commas."""
    known = tuple(allowed)

    def names(text: str) -> tuple[str, ...]:
        given = tuple(dict.fromkeys(text.split(",")))
        if not set(given) <= set(known):
            raise argparse.ArgumentTypeError(f"not of {', '.join(known)}: {text[:40]}")
        return given

    return names


def _release_day(options: argparse.Namespace, language: Language) -> int:
    from etl import release_day

    def ask() -> release_day.Day:
        begun = time.monotonic()
        try:
            return release_day.run(options.out, languages=options.languages, formats=options.files)
        except CrossingsError as fault:
            print(language.error(fault), file=sys.stderr)
            return release_day.failed(options.out, fault, seconds=time.monotonic() - begun)

    day = release_day.watch(ask, every_minutes=options.every) if options.watch else ask()
    if options.format == "json":
        print(json.dumps({**asdict(day), "folder": str(day.folder or "")}, ensure_ascii=False, indent=1))
        return day.exit_code
    if day.outcome == release_day.NEW:
        print(
            language(
                N_("New files in {folder}: {files}"), folder=day.folder, files=language.in_a_list(day.files)
            )
        )
    elif day.outcome == release_day.NOTHING_NEW:
        print(
            language(
                N_("No new figures; the files of the current figures are in {folder}."), folder=day.folder
            )
        )
    for reason in day.reasons:
        print(reason, file=sys.stderr)
    return day.exit_code


def _sources(options: argparse.Namespace, language: Language) -> int:
    if options.format == "json":
        print(
            json.dumps([_source_record(source) for source in SOURCES.values()], ensure_ascii=False, indent=1)
        )
        return 0
    for source in SOURCES.values():
        lines = [
            language(
                N_("{name} ({title}): {covers}. Released {released}."),
                name=source.name,
                title=language(source.title),
                covers=language(source.covers),
                released=language(source.released),
            )
        ]
        if source.key:
            values = {"variable": source.key.variable, "place": source.key.place}
            lines.append(language(N_("Key: {variable}, free from {place}."), **values))
        print(language.gap.join(lines))
    return 0


def _source_record(source: Source) -> dict[str, str | None]:
    key = source.key.variable if source.key else None
    named = {name: getattr(source, name) for name in ("name", "office", "publisher", "covers", "released")}
    return {**named, "key": key}


def freshness() -> dict[str, Any]:
    """Return how fresh the figures are: by office the last release and the next due, added figures, last refresh."""
    visitors, releases = read_table("visitors"), read_table("releases")
    offices: dict[str, dict[str, Any]] = {}
    for row in releases.to_dict("records"):
        office = offices.setdefault(str(row["office"]), {"overdue": False})
        if row["state"] == "published":
            office |= {"data_month": row["data_month"], "published": row["date"], "basis": row["basis"]}
        elif "next" not in office:
            office |= {"next": row["date"], "next_month": row["data_month"], "overdue": row["date"] < today()}
    kept = report.kept()
    return {
        "offices": offices,
        "added": own.in_use(visitors).to_dict("records"),
        "given_way": [difference.__dict__ for difference in own.given_way(visitors)],
        "last_refresh": kept[-1]["started"] if kept else None,
    }


def _status(options: argparse.Namespace, language: Language) -> int:
    state = freshness()
    if options.format == "json":
        print(json.dumps(state, ensure_ascii=False, indent=1))
        return 0
    lines = [*_offices_said(state["offices"], language), *_damaged_said(language)]
    lines += [_added_said(row, language) for row in state["added"]]
    lines += [_replaced_said(row, language) for row in state["given_way"]]
    print("\n".join(lines))
    return 0


def _offices_said(offices: dict[str, dict[str, Any]], language: Language) -> list[str]:
    lines = []
    for office, release in offices.items():
        lines.append(
            language(
                N_("{office}: figures to {month}, published {day}; next due {next}."),
                office=office,
                month=_month(language, release["data_month"]),
                day=_about(release["published"], release["basis"], language),
                next=_about(release["next"], "rule", language),
            )
        )
        if release["overdue"]:
            overdue = N_("{office}: newer figures are overdue. Run: python -m etl refresh")
            lines.append(language(overdue, office=office))
    return lines


def _about(day: str, basis: str, language: Language) -> str:
    return strip.on_day(language.date_of(day), language, by_rule=basis == "rule")


def _damaged_said(language: Language) -> list[str]:
    message = N_(
        "The file of figures you entered was damaged and has been moved to {file}. Correct it and"
        " load it here, or delete it; everything else works without it."
    )
    return [language(message, file=damaged) for damaged in own.put_aside()]


def _added_said(row: dict[str, Any], language: Language) -> str:
    return language(
        N_("Entered by you: {month}, {origin} to {destination}, {visitors}."),
        month=_month(language, row["month"]),
        origin=row["origin"],
        destination=row["destination"],
        visitors=language.people(int(row["visitors"])),
    )


def _replaced_said(row: dict[str, Any], language: Language) -> str:
    return language(
        N_(
            "The official figure for {month}, {origin} to {destination}, is {official}; you had "
            "entered {added}."
        ),
        month=_month(language, row["month"]),
        origin=row["origin"],
        destination=row["destination"],
        official=language.people(row["official"]),
        added=language.people(row["added"]),
    )


def _month(language: Language, month: str) -> str:
    return language.month(pd.Period(month, "M"))


def _add(options: argparse.Namespace, language: Language) -> int:
    row = own.OwnRow(
        written.month(options.month),
        written.country(options.origin),
        options.destination,
        written.persons(options.visitors),
        source=options.source or options.note,
        status=options.status,
        seen=written.day(options.seen) if options.seen else "",
        note=options.note,
    )
    kept = own.add_all([row], day=today(), official=read_table("visitors"), confirmed=options.yes)
    if options.format == "json":
        print(json.dumps({"added": kept.to_dict("records"), "mark": own.MARK}, ensure_ascii=False, indent=1))
    else:
        print(_added_said({**asdict(row)}, language))
    return 0


def _remove(options: argparse.Namespace, language: Language) -> int:
    month, origin = written.month(options.month), written.country(options.origin)
    kept = own.remove(month, origin=origin, destination=options.destination)
    if options.format == "json":
        print(json.dumps({"added": kept.to_dict("records")}, ensure_ascii=False, indent=1))
    else:
        print(
            language(
                N_("Removed: {month}, {origin} to {destination}."),
                month=_month(language, month),
                origin=origin,
                destination=options.destination,
            )
        )
    return 0
