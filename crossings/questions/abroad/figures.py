"""The figures and tables of the Abroad page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from crossings.drawing.drawing import Chart
from crossings.drawing.globe import WORLD, Window, around
from crossings.language import Language
from crossings.language.labels import certainty
from crossings.questions.abroad import charts
from crossings.questions.abroad import sentences as words
from crossings.questions.base import Column, Figure, KeyFigure, Table, table
from crossings.tables import abroad
from crossings.tables.abroad import Abroad, Count, Evacuation

Series = tuple[str, str, str, bool]
RESIDENTS: tuple[Series, ...] = (
    ("JPN", "KOR", abroad.RESIDENTS_IN_JAPAN, False),
    ("JPN", "KOR", abroad.REGISTERED_IN_JAPAN, True),
    ("KOR", "JPN", abroad.RESIDENTS_IN_KOREA, False),
    ("KOR", "JPN", abroad.PRESENT_IN_KOREA, True),
)
STUDENTS: tuple[Series, ...] = (
    ("JPN", "KOR", abroad.STUDENTS_IN_JAPAN, False),
    ("KOR", "JPN", abroad.STUDENTS_IN_KOREA, False),
    ("KOR", "JPN", abroad.SENT_TO_KOREA, True),
)
WORKING_HOLIDAY: tuple[Series, ...] = (
    ("JPN", "KOR", abroad.VISAS_TO_KOREANS, False),
    ("KOR", "JPN", abroad.VISAS_TO_JAPANESE, False),
    ("KOR", "JPN", abroad.HOLDING_H1, True),
)
NAMED_IN_KIND = (
    abroad.RESIDENTS_IN_KOREA,
    abroad.VISAS_TO_KOREANS,
    abroad.VISAS_TO_JAPANESE,
    abroad.HOLDING_H1,
)


@dataclass(frozen=True)
class Setting:
    """What is on record, for one reader; digest: of the published data."""

    known: Abroad
    language: Language
    digest: str

    def figure(
        self,
        *,
        key: str,
        title: str,
        takeaway: str,
        draw: Callable[..., Chart],
        table: Table,
        records: Sequence[Count | Evacuation],
        drawn_on: str = "",
    ) -> Figure:
        """Return a figure of some records with their sources and the newest of their days.

        drawn_on: a sentence on the source of what the picture is drawn on, besides the records.
        """
        newest = max((record.day for record in records), default=None)
        source = words.source_line([record.source for record in records], self.known, self.language)
        return Figure(
            key=key,
            title=title,
            takeaway=takeaway,
            draw=draw,
            table=table,
            source=self.language.in_a_row([source, drawn_on]),
            as_of=""
            if newest is None
            else self.language("Latest figure: {day}.", day=self.language.day(newest)),
            status=words.status_line([record.confidence for record in records], self.language),
            language=self.language,
            versions={"data": self.digest},
        )


def key_figures(known: Abroad, language: Language) -> list[KeyFigure]:
    """Return residents each way and what each side carried of the other's nationals."""
    in_japan, in_korea = words.residents_now(known)
    operations = abroad.joint(known)
    korea, japan = (abroad.carried(operations, by=side) for side in abroad.SIDES)
    rows = [
        KeyFigure(
            language("Koreans in Japan"), language.people(in_japan.persons), language.day(in_japan.day)
        ),
        KeyFigure(
            language("Japanese in Korea"), language.people(in_korea.persons), language.day(in_korea.day)
        ),
        KeyFigure(
            language("Japanese carried by Korea"),
            language.people(korea.persons),
            words.carried_comparison(korea, language),
        ),
        KeyFigure(
            language("Koreans carried by Japan"),
            language.people(japan.persons),
            words.carried_comparison(japan, language),
        ),
    ]
    if words.sides(language) == abroad.SIDES:
        return rows
    return [rows[place] for place in (1, 0, 3, 2)]


def third_countries(setting: Setting, *, kind: str, country: str, near: bool = False) -> Figure:
    """Return the newest counts of one kind on the map, with the joint operations.

    near: whether the map shows only the chosen country's region.
    """
    language = setting.language
    counts = [count for count in abroad.latest(setting.known.nationals) if count.kind == kind]
    largest = next(count for count in abroad.latest(abroad.third(setting.known)) if count.kind == kind)
    shown = map_table(counts, language)
    return setting.figure(
        key="abroad-map",
        title=language("Nationals in third countries and joint evacuations"),
        takeaway=language(
            "{kind}: largest figure {country}, {count} ({day}).",
            kind=words.kind(kind, language),
            country=words.where(largest, language),
            count=words.persons(largest, language),
            day=language.day(largest.day),
        ),
        draw=partial(
            charts.third_countries,
            shown.frame.dropna(subset=["longitude"]),
            _operation_places(abroad.joint(setting.known), language),
            _home(language),
            chosen=_place(country, language),
            window=region_window(country) if near else WORLD,
            language=language,
        ),
        table=shown,
        records=counts,
        drawn_on=language("Coastlines: Natural Earth (public domain)."),
    )


def _place(country: str, language: Language) -> pd.DataFrame:
    place = abroad.places()[country]
    row = (country, words.country_name(country, language), place.longitude, place.latitude)
    return pd.DataFrame([row], columns=["country", "name", "longitude", "latitude"])


def region_window(country: str) -> Window:
    """Return the window round the places of a country's region."""
    places = abroad.places()
    region = places[country].region
    near = [
        place for place in places.values() if place.region == region and place.country not in abroad.SIDES
    ]
    return around((place.longitude, place.latitude) for place in (places[country], *near))


def _operation_places(operations: Sequence[Evacuation], language: Language) -> pd.DataFrame:
    places = abroad.places()
    codes = dict.fromkeys(operation.country for operation in operations if operation.country in places)
    rows = [
        (
            code,
            words.country_name(code, language),
            places[code].longitude,
            places[code].latitude,
            len(abroad.there(operations, code)),
        )
        for code in codes
    ]
    return pd.DataFrame(rows, columns=["country", "name", "longitude", "latitude", "count"])


def _home(language: Language) -> pd.DataFrame:
    rows = [
        (words.side(code, language), place.longitude, place.latitude)
        for code, place in ((code, abroad.places()[code]) for code in abroad.SIDES)
    ]
    return pd.DataFrame(rows, columns=["name", "longitude", "latitude"])


def counts_table(
    counts: Sequence[Count], language: Language, *for_chart: tuple[Column, Sequence[object]]
) -> Table:
    """Return counts: whose, where, who is counted, persons as printed, day, certainty, remark.

    for_chart: further columns. The persons as a number and the side (KOR or JPN) are there for charts.
    """
    sides = {"KOR": language("Koreans"), "JPN": language("Japanese")}
    return table(
        language,
        [
            (Column("nationals", language("Nationals")), [sides[count.nationality] for count in counts]),
            (
                Column("where", language("Country or region")),
                [words.where(count, language) for count in counts],
            ),
            (
                Column("kind", language("Who is counted")),
                [words.kind(count.kind, language) for count in counts],
            ),
            (
                Column("printed", language("Persons"), unit=language.conventions.person),
                [words.persons(count, language) for count in counts],
            ),
            (Column("day", language("Date"), "day"), [count.day for count in counts]),
            (
                Column("certainty", language("Certainty")),
                [certainty(count.confidence, language) for count in counts],
            ),
            (Column("remark", language("Remark")), [words.remark(count, language) for count in counts]),
            (
                Column("persons", language("Persons"), "persons", shown=False),
                [count.persons for count in counts],
            ),
            (Column("side", language("Nationals"), shown=False), [count.nationality for count in counts]),
            *for_chart,
        ],
    )


def map_table(counts: Sequence[Count], language: Language) -> Table:
    """Return counts with the places on the map of those in a single third country."""
    places = abroad.places()
    third = [places.get(count.where) if abroad.in_third_country(count) else None for count in counts]
    heading = language("Country or region")
    return counts_table(
        counts,
        language,
        (Column("country", heading, shown=False), [place and place.country for place in third]),
        (
            Column("name", heading, shown=False),
            [place and words.country_name(place.country, language) for place in third],
        ),
        (Column("longitude", heading, "number", shown=False), [place and place.longitude for place in third]),
        (Column("latitude", heading, "number", shown=False), [place and place.latitude for place in third]),
    )


def in_country(known: Abroad, country: str, language: Language) -> Table:
    """Return the newest counts of every kind in one country, Koreans first."""
    counts = counts_table(abroad.newest_in(known, country), language)
    remark = ["remark"] if counts.values("remark").any() else []
    return counts.select(["nationals", "kind", "printed", "day", "certainty", *remark])


def operations_near(known: Abroad, country: str, language: Language) -> Table:
    """Return the joint operations out of one country, then those out of the rest of its region."""
    joint = abroad.joint(known)
    near = operations_table([*abroad.there(joint, country), *abroad.in_region(joint, country)], language)
    return near.select(["day", "country", "carriers", "transport", "koreans", "japanese", "others"])


def carried(setting: Setting) -> Figure:
    """Return the joint operations with the persons carried."""
    language = setting.language
    operations = abroad.joint(setting.known)
    korea, japan = (abroad.carried(operations, by=side) for side in abroad.SIDES)
    shown = operations_table(operations, language)
    return setting.figure(
        key="abroad-carried",
        title=language("Joint evacuations: nationals carried, by country"),
        takeaway=language.in_a_row(
            [
                language(
                    "As far as published, the Korean side carried {japanese} Japanese and the Japanese side "
                    "{koreans} Koreans (private flights and transport only planned when reported included); "
                    "transport arranged jointly is not included.",
                    japanese=language.people(korea.persons),
                    koreans=language.people(japan.persons),
                ),
                language("Each row: country of departure, month, who arranged the transport."),
            ]
        ),
        draw=partial(charts.carried_bars, shown.frame, language=language),
        table=shown,
        records=operations,
    )


def operations_table(operations: Sequence[Evacuation], language: Language) -> Table:
    """Return operations, numbers not published named as such; the numbers themselves are there for the chart."""
    people = {
        "koreans": (language("Koreans"), [operation.koreans for operation in operations]),
        "japanese": (language("Japanese"), [operation.japanese for operation in operations]),
        "others": (language("Others"), [operation.others for operation in operations]),
    }
    return table(
        language,
        [
            *_operation_columns(operations, language),
            *(
                (
                    Column(key, heading, unit=language.person_unit),
                    [words.number(number, language) for number in numbers],
                )
                for key, (heading, numbers) in people.items()
            ),
            (
                Column("certainty", language("Certainty")),
                [certainty(operation.confidence, language) for operation in operations],
            ),
            (
                Column("remark", language("Remark")),
                [language(operation.notes) if operation.notes else "" for operation in operations],
            ),
            (
                Column("label", language("Country of departure"), shown=False),
                [words.short_label(operation, language) for operation in operations],
            ),
            *(
                (Column(f"{key}_carried", heading, "persons", shown=False), numbers)
                for key, (heading, numbers) in people.items()
            ),
        ],
    )


def _operation_columns(
    operations: Sequence[Evacuation], language: Language
) -> list[tuple[Column, Sequence[object]]]:
    return [
        (Column("day", language("Date"), "day"), [operation.day for operation in operations]),
        (Column("crisis", language("Crisis")), [language(operation.crisis) for operation in operations]),
        (
            Column("country", language("Country of departure")),
            [words.country_name(operation.country, language) for operation in operations],
        ),
        (
            Column("carriers", language("Arranged by")),
            [words.carriers(operation, language) for operation in operations],
        ),
        (
            Column("transport", language("Means of transport")),
            [language(operation.transport) for operation in operations],
        ),
    ]


def separate(known: Abroad, language: Language) -> Table:
    """Return the operations in which each country moved its own nationals, kept for comparison."""
    return operations_table(
        [operation for operation in reversed(known.evacuations) if not operation.joint], language
    )


def residents(setting: Setting) -> Figure:
    """Return Koreans in Japan and Japanese in Korea, by date."""
    return _dated(
        setting,
        RESIDENTS,
        key="abroad-residents",
        title=setting.language("Koreans in Japan, Japanese in Korea"),
        takeaway=setting.language("Definitions differ by count: compare only dots of one kind."),
    )


def students(setting: Setting) -> Figure:
    """Return students each way, by date."""
    return _dated(
        setting,
        STUDENTS,
        key="abroad-students",
        title=setting.language("Students in both directions"),
        takeaway=setting.language(
            "Data exist for few years. Students sent by their universities are counted per year, mostly on "
            "short courses."
        ),
    )


def working_holiday(setting: Setting) -> Figure:
    """Return working-holiday visas issued each way, below the quota."""
    language = setting.language
    last = setting.known.quotas[-1]
    quota = pd.DataFrame(
        {
            "day": [step.day for step in setting.known.quotas],
            "persons": [step.visas for step in setting.known.quotas],
            "name": language("annual quota of each country"),
        }
    )
    return _dated(
        setting,
        WORKING_HOLIDAY,
        key="abroad-working-holiday",
        title=language("Working-holiday visas issued in both directions, and the quota"),
        takeaway=language(
            "The annual quota of each country has been {count} since {month}.",
            count=language.people(last.visas),
            month=language.month(pd.Period(last.day, "M")),
        ),
        quota=quota,
    )


def _dated(
    setting: Setting,
    wanted: Sequence[Series],
    *,
    key: str,
    title: str,
    takeaway: str,
    quota: pd.DataFrame | None = None,
) -> Figure:
    language = setting.language
    counts, shown = dated_table(setting, wanted)
    return setting.figure(
        key=key,
        title=title,
        takeaway=takeaway,
        draw=partial(charts.dated_counts, shown.frame, quota=quota, language=language),
        table=shown,
        records=counts,
    )


def dated_table(setting: Setting, wanted: Sequence[Series]) -> tuple[list[Count], Table]:
    """Return the counts of some series, and their table with what a chart needs of each series."""
    counts: list[Count] = []
    names, rings, runs = list[str](), list[bool](), list[str]()
    for where, side, kind, ring in wanted:
        series = abroad.series(setting.known.residents, where=where, nationality=side, kind=kind)
        counts += series
        names += [series_name(side, kind, setting.language)] * len(series)
        rings += [ring] * len(series)
        runs += [str(run) for run in abroad.runs(series)]
    heading = setting.language("Who is counted")
    return counts, counts_table(
        counts,
        setting.language,
        (Column("name", heading, shown=False), names),
        (Column("ring", heading, shown=False), rings),
        (Column("run", heading, shown=False), runs),
    )


def series_name(side: str, kind: str, language: Language) -> str:
    """Return a series' name in the key above a chart."""
    if kind == abroad.SENT_TO_KOREA:
        return language("Japanese sent by their universities, fiscal 2018")
    if kind in NAMED_IN_KIND:
        return words.kind(kind, language)
    who = language("Koreans") if side == "KOR" else language("Japanese")
    return language("{who}: {kind}", who=who, kind=language(kind))


def areas(known: Abroad, language: Language) -> Table:
    """Return the areas of the memorandum that a release names."""
    covered = [language(area) for area in known.areas]
    return table(
        language,
        [
            (Column("area", language("Area"), "count"), range(1, len(covered) + 1)),
            (Column("covers", language("Area of cooperation")), covered),
        ],
    )
