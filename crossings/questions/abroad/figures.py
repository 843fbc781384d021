"""The figures of the Abroad page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from crossings.drawing.drawing import Chart
from crossings.drawing.globe import WORLD, Window, around
from crossings.language import Language
from crossings.language.labels import certainty
from crossings.questions.abroad import charts as drawn
from crossings.questions.abroad import sentences as words
from crossings.questions.base import Figure
from crossings.questions.figure_context import KeyFigure, NativeChart, guessed, guessed_office
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
        body: Callable[..., Chart],
        frame: pd.DataFrame,
        rows: Sequence[Count | Evacuation],
        native: NativeChart | None = None,
        drawn_on: str = "",
    ) -> Figure:
        """Return a figure of some rows with their sources and the newest of their days.

        drawn_on: a sentence on the source of what the picture is drawn on, besides the rows.
        """
        newest = max((one.day for one in rows), default=None)
        source = words.source_line([one.source for one in rows], self.known, self.language)
        return Figure(
            key=key,
            title=title,
            takeaway=takeaway,
            draw=body,
            table=guessed(frame, native, self.language),
            office=guessed_office(native, self.language),
            source=self.language.in_a_row([source, drawn_on]),
            as_of="" if newest is None else self.language("Newest: {day}.", day=self.language.day(newest)),
            status=words.status_line([one.confidence for one in rows], self.language),
            language=self.language,
            versions={"data": self.digest},
        )


def key_figures(known: Abroad, language: Language) -> list[KeyFigure]:
    """Return residents each way and what each side carried of the other's nationals."""
    here, over = words.residents_now(known)
    operations = abroad.joint(known)
    korea, japan = (abroad.carried(operations, by=side) for side in abroad.SIDES)
    return [
        KeyFigure(language("Koreans in Japan"), language.people(here.persons), language.day(here.day)),
        KeyFigure(language("Japanese in Korea"), language.people(over.persons), language.day(over.day)),
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


def third_countries(setting: Setting, *, kind: str, country: str, near: bool = False) -> Figure:
    """Return the newest counts of one kind on the map, with the joint operations.

    near: whether the map shows only the chosen country's region.
    """
    language = setting.language
    every = [one for one in abroad.latest(setting.known.nationals) if one.kind == kind]
    placed = [one for one in abroad.latest(abroad.third(setting.known)) if one.kind == kind]
    operations = abroad.joint(setting.known)
    largest = placed[0]
    return setting.figure(
        key="abroad-map",
        title=language("Nationals in third countries, and joint operations"),
        takeaway=language(
            "{kind}: largest figure {country}, {count} ({day}).",
            kind=words.kind(kind, language),
            country=words.where(largest, language),
            count=words.persons(largest, language),
            day=language.day(largest.day),
        ),
        body=partial(
            drawn.third_countries,
            _map_rows(placed, language),
            _operation_places(operations, language),
            _home(language),
            chosen=_place(country, language),
            window=region_window(country) if near else WORLD,
            language=language,
        ),
        frame=counts_table(every, language),
        rows=every,
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


def _map_rows(counts: Sequence[Count], language: Language) -> pd.DataFrame:
    places = abroad.places()
    rows = [
        (
            one.where,
            words.country_name(one.where, language),
            places[one.where].longitude,
            places[one.where].latitude,
            one.persons,
            one.nationality,
        )
        for one in counts
        if one.where in places
    ]
    return pd.DataFrame(rows, columns=["country", "name", "longitude", "latitude", "persons", "side"])


def _operation_places(operations: Sequence[Evacuation], language: Language) -> pd.DataFrame:
    places = abroad.places()
    named = list(dict.fromkeys(one.country for one in operations if one.country in places))
    rows = [
        (
            code,
            words.country_name(code, language),
            places[code].longitude,
            places[code].latitude,
            len(abroad.there(operations, code)),
        )
        for code in named
    ]
    return pd.DataFrame(rows, columns=["country", "name", "longitude", "latitude", "count"])


def _home(language: Language) -> pd.DataFrame:
    rows = [
        (words.side(code, language), place.longitude, place.latitude)
        for code, place in ((code, abroad.places()[code]) for code in abroad.SIDES)
    ]
    return pd.DataFrame(rows, columns=["name", "longitude", "latitude"])


def counts_table(counts: Sequence[Count], language: Language) -> pd.DataFrame:
    """Return counts as a table: whose, where, who is counted, persons as printed, day, certainty, remark."""
    sides = {"KOR": language("Koreans"), "JPN": language("Japanese")}
    return pd.DataFrame(
        {
            language("Nationals"): [sides[one.nationality] for one in counts],
            language("Country or region"): [words.where(one, language) for one in counts],
            language("Who is counted"): [words.kind(one.kind, language) for one in counts],
            language("Persons"): [words.persons(one, language) for one in counts],
            language("Date"): [language.day(one.day) for one in counts],
            language("Figure is"): [certainty(one.confidence, language) for one in counts],
            language("Remark"): [words.remark(one, language) for one in counts],
        }
    )


def in_country(known: Abroad, country: str, language: Language) -> pd.DataFrame:
    """Return the newest counts of every kind in one country, Koreans first."""
    table = counts_table(abroad.newest_in(known, country), language)
    told = [language("Remark")] if table[language("Remark")].any() else []
    return table[
        [
            language("Nationals"),
            language("Who is counted"),
            language("Persons"),
            language("Date"),
            language("Figure is"),
            *told,
        ]
    ]


def operations_near(known: Abroad, country: str, language: Language) -> pd.DataFrame:
    """Return the joint operations out of one country, then those out of the rest of its region."""
    every = abroad.joint(known)
    table = operations_table([*abroad.there(every, country), *abroad.in_region(every, country)], language)
    names = ("Date", "Country left", "Arranged by", "Means of transport", "Koreans", "Japanese", "Others")
    return table[[language(name) for name in names]]


def carried(setting: Setting) -> Figure:
    """Return the joint operations with the persons carried."""
    language = setting.language
    operations = abroad.joint(setting.known)
    rows = pd.DataFrame(
        {
            "label": [words.short_label(one, language) for one in operations],
            "koreans": [one.koreans for one in operations],
            "japanese": [one.japanese for one in operations],
            "others": [one.others for one in operations],
        }
    )
    korea, japan = (abroad.carried(operations, by=side) for side in abroad.SIDES)
    return setting.figure(
        key="abroad-carried",
        title=language("Joint operations: who was carried, by whom"),
        takeaway=language.in_a_row(
            [
                language(
                    "As far as published, Korea carried {japanese} Japanese and Japan {koreans} Koreans; transport that "
                    "both arranged together is not in these two numbers.",
                    japanese=language.people(korea.persons),
                    koreans=language.people(japan.persons),
                ),
                language("Each row names the country left, the month and who arranged the transport."),
            ]
        ),
        body=partial(drawn.carried_bars, rows, language=language),
        frame=operations_table(operations, language),
        rows=operations,
    )


def operations_table(operations: Sequence[Evacuation], language: Language) -> pd.DataFrame:
    """Return operations as a table, numbers not published named as such."""
    return pd.DataFrame(
        {
            language("Date"): [language.day(one.day) for one in operations],
            language("Crisis"): [language(one.crisis) for one in operations],
            language("Country left"): [words.country_name(one.country, language) for one in operations],
            language("Arranged by"): [words.carriers(one, language) for one in operations],
            language("Means of transport"): [language(one.transport) for one in operations],
            language("Koreans"): [words.number(one.koreans, language) for one in operations],
            language("Japanese"): [words.number(one.japanese, language) for one in operations],
            language("Others"): [words.number(one.others, language) for one in operations],
            language("Figure is"): [certainty(one.confidence, language) for one in operations],
            language("Remark"): [language(one.notes) if one.notes else "" for one in operations],
        }
    )


def separate(known: Abroad, language: Language) -> pd.DataFrame:
    """Return the operations in which each country moved its own nationals, kept for comparison."""
    return operations_table([one for one in reversed(known.evacuations) if not one.joint], language)


def residents(setting: Setting) -> Figure:
    """Return Koreans in Japan and Japanese in Korea, by date."""
    return _dated(
        setting,
        RESIDENTS,
        key="abroad-residents",
        title=setting.language("Koreans in Japan, Japanese in Korea"),
        takeaway=setting.language("The counts differ in who is counted: compare only dots of one kind."),
    )


def students(setting: Setting) -> Figure:
    """Return students each way, by date."""
    return _dated(
        setting,
        STUDENTS,
        key="abroad-students",
        title=setting.language("Students each way"),
        takeaway=setting.language(
            "Few years were found; students sent by their universities are a year's flow, mostly short courses."
        ),
    )


def working_holiday(setting: Setting) -> Figure:
    """Return working-holiday visas issued each way, below the quota."""
    language = setting.language
    last = setting.known.quotas[-1]
    quota = pd.DataFrame(
        {
            "day": [one.day for one in setting.known.quotas],
            "persons": [one.visas for one in setting.known.quotas],
            "name": language("quota of each country"),
        }
    )
    return _dated(
        setting,
        WORKING_HOLIDAY,
        key="abroad-working-holiday",
        title=language("Working-holiday visas issued each way, and the quota"),
        takeaway=language(
            "The quota of each country has been {count} a year since {month}.",
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
    rows: list[Count] = []
    parts = []
    for where, side, kind, ring in wanted:
        counts = abroad.series(setting.known.residents, where=where, nationality=side, kind=kind)
        rows += counts
        parts.append(
            pd.DataFrame(
                {
                    "day": [one.day for one in counts],
                    "persons": [one.persons for one in counts],
                    "name": series_name(side, kind, language),
                    "side": side,
                    "ring": ring,
                    "run": abroad.runs(counts),
                }
            )
        )
    frame = pd.concat(parts, ignore_index=True)
    return setting.figure(
        key=key,
        title=title,
        takeaway=takeaway,
        body=partial(drawn.dated_counts, frame, quota=quota, language=language),
        frame=counts_table(rows, language),
        rows=rows,
    )


def series_name(side: str, kind: str, language: Language) -> str:
    """Return a series' name in the key above a chart."""
    if kind == abroad.SENT_TO_KOREA:
        return language("Japanese sent by their universities, fiscal 2018")
    if kind in NAMED_IN_KIND:
        return words.kind(kind, language)
    who = language("Koreans") if side == "KOR" else language("Japanese")
    return language("{who}: {kind}", who=who, kind=language(kind))


def areas(known: Abroad, language: Language) -> pd.DataFrame:
    """Return the areas of the memorandum: those named in a release, the rest as unpublished."""
    unnamed = abroad.AREAS_STATED - len(known.areas)
    named = [language(area) for area in known.areas]
    return pd.DataFrame(
        {
            language("Area"): [language.number(place + 1) for place in range(len(named) + unnamed)],
            language("What it covers"): named + [language("not published")] * unnamed,
        }
    )
