"""The published tables: which columns each has, of which type and unit, and in which order it is kept."""

from dataclasses import dataclass, field
from io import BytesIO

import pandas as pd

STATUSES = ("estimate", "provisional", "definitive")
CONFIDENCES = ("verified", "single-source", "unconfirmed")
NATION = r"[A-Z]{3}"
MARKET = r"[A-Z]{3}|TOTAL"


@dataclass(frozen=True)
class Field:
    """One column. type is a Data Package type; a pattern must fit the whole cell.

    sources marks a cell of source keys joined by ";", each of which stands in the sources table.
    """

    name: str
    type: str
    description: str
    unit: str = ""
    required: bool = True
    enum: tuple[str, ...] = ()
    minimum: int | None = None
    pattern: str = ""
    sources: bool = False


@dataclass(frozen=True)
class Table:
    """One published table: key makes a row unique (empty: the whole row), order sorts it."""

    name: str
    fields: tuple[Field, ...]
    order: tuple[str, ...]
    key: tuple[str, ...] = ()
    may_be_empty: bool = False
    columns: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(one.name for one in self.fields))


MONTH = Field("month", "yearmonth", "Month of arrival", unit="month")
DESTINATION = Field("destination", "string", "Country visited, ISO 3166-1 alpha-3", enum=("JPN", "KOR"))
ORIGIN = Field(
    "origin", "string", "Nationality, ISO 3166-1 alpha-3, or TOTAL for all markets", pattern=MARKET
)
VISITORS = Field(
    "visitors",
    "integer",
    "Visitor arrivals; one person entering twice counts twice",
    unit="persons",
    minimum=0,
)
STATUS = Field("status", "string", "How firm the figure is", enum=STATUSES)
SOURCE = Field("source", "string", "Source key, see sources.csv; several are joined by ;", sources=True)
CONFIDENCE = Field(
    "confidence",
    "string",
    "verified: official page or two sources that agree; single-source: one source; unconfirmed: not found in "
    "a source, keep apart",
    enum=CONFIDENCES,
)

PERSONS = Field("persons", "integer", "Count of the kind named", unit="persons", minimum=0)
PRECISION = Field("value_precision", "string", "exact, rounded_<unit>, approximate or lower_bound")
NOTES = Field("notes", "string", "Notes", required=False)


def _carried(name: str, description: str) -> Field:
    said = f"{description}; empty where no number was published"
    return Field(name, "integer", said, unit="persons", required=False, minimum=0)


TABLES = {
    table.name: table
    for table in (
        Table(
            "visitors",
            (MONTH, ORIGIN, DESTINATION, VISITORS, STATUS, SOURCE),
            order=("destination", "origin", "month"),
            key=("month", "origin", "destination"),
        ),
        Table(
            "vintages",
            (
                MONTH,
                ORIGIN,
                DESTINATION,
                VISITORS,
                STATUS,
                Field(
                    "published",
                    "string",
                    "Day the value was published, or its month where only that is known; compared as text, "
                    "so a month stands before each of its days",
                    unit="day or month",
                    pattern=r"\d{4}-\d{2}(-\d{2})?",
                ),
                SOURCE,
                Field(
                    "dated",
                    "string",
                    "How the date is known. release: the release day was seen; seen: a file of that day "
                    "holds the value, so it was published by then; rule: the publisher's stated rhythm",
                    enum=("release", "seen", "rule"),
                ),
            ),
            order=("destination", "origin", "month", "published"),
            key=("month", "origin", "destination", "published", "visitors", "status"),
            may_be_empty=True,
        ),
        Table(
            "entries",
            (
                Field("date_start", "date", "First day of the period", unit="day"),
                Field("date_end", "date", "Last day of the period", unit="day"),
                Field(
                    "country",
                    "string",
                    "Country whose offices counted, ISO 3166-1 alpha-3",
                    enum=("JPN", "KOR"),
                ),
                Field(
                    "place",
                    "string",
                    "ALL for the whole country, an IATA code, or a label (JP or KR plus three letters for "
                    "seaports, KYU, 7AP, KAC, BUS, OTHER for groups)",
                ),
                Field("place_name", "string", "Name of the airport, seaport or region"),
                Field("place_kind", "string", "country, airport, seaport, region or another kind of place"),
                Field(
                    "nationality", "string", "Nationality, ISO 3166-1 alpha-3, or ALL", pattern=r"[A-Z]{3}"
                ),
                Field("count_kind", "string", "What is counted; kinds are not comparable with each other"),
                Field(
                    "persons",
                    "integer",
                    "Count of the kind named, empty where only a share or change was printed",
                    unit="persons",
                    required=False,
                    minimum=0,
                ),
                Field("share_percent", "number", "Printed share", unit="percent", required=False),
                Field(
                    "change_percent",
                    "number",
                    "Printed change on change_base",
                    unit="percent",
                    required=False,
                ),
                Field("change_base", "string", "Period the change is measured against", required=False),
                Field("value_precision", "string", "exact, rounded_<unit> or approximate"),
                Field("notes", "string", "Notes", required=False),
                SOURCE,
                CONFIDENCE,
            ),
            order=("country", "place", "nationality", "count_kind", "date_start", "date_end"),
            key=("date_start", "date_end", "country", "place", "nationality", "count_kind", "source"),
        ),
        Table(
            "events",
            (
                Field("date", "date", "First day of the event", unit="day"),
                Field("end_date", "date", "Last day", unit="day", required=False),
                Field("date_confidence", "string", "How sure the date is", enum=CONFIDENCES),
                Field("event", "string", "What happened"),
                Field("direction_affected", "string", "Direction of travel affected"),
                Field("effect", "string", "What followed; not proof of cause", required=False),
                Field(
                    "effect_month",
                    "string",
                    "Month or year of the effect figure",
                    pattern=r"\d{4}(-\d{2})?",
                    unit="month or year",
                ),
                Field(
                    "visitors",
                    "integer",
                    "Visitors in the effect month or year",
                    unit="persons",
                    required=False,
                    minimum=0,
                ),
                Field(
                    "visitors_change_percent",
                    "number",
                    "Change on the same period a year earlier",
                    unit="percent",
                    required=False,
                ),
                SOURCE,
                CONFIDENCE,
            ),
            order=("date", "effect_month", "event", "direction_affected"),
        ),
        Table(
            "measures",
            (
                Field("date", "date", "First day in force, or day of the announcement", unit="day"),
                Field("end_date", "date", "Last day in force", unit="day", required=False),
                Field(
                    "country",
                    "string",
                    "Country or countries whose rule it is",
                    enum=("JPN", "KOR", "JPN+KOR"),
                ),
                Field("category", "string", "Kind of measure"),
                Field(
                    "status",
                    "string",
                    "implemented, piloted, announced, extended, suspended, reopened, resumed, discussed or "
                    "ended",
                ),
                Field("description", "string", "What changed"),
                SOURCE,
                CONFIDENCE,
            ),
            order=("date", "country", "category", "description"),
        ),
        Table(
            "exchange_rates",
            (
                Field("month", "yearmonth", "Calendar month", unit="month"),
                Field(
                    "krw_per_jpy",
                    "number",
                    "Won per yen: mean over the days with both euro reference rates of their ratio",
                    unit="KRW per JPY",
                ),
                Field("days", "integer", "Days the mean is taken over", unit="days", minimum=1),
                Field(
                    "complete", "string", "no while the month has working days to come", enum=("yes", "no")
                ),
                SOURCE,
            ),
            order=("month",),
            key=("month",),
        ),
        Table(
            "air_supply",
            (
                Field("month", "yearmonth", "Calendar month", unit="month"),
                Field(
                    "flights",
                    "integer",
                    "Flights of both directions, all-cargo aircraft among them",
                    unit="flights",
                    minimum=0,
                ),
                Field(
                    "passengers",
                    "integer",
                    "Revenue and transfer passengers of both directions",
                    unit="passengers",
                    required=False,
                    minimum=0,
                ),
                SOURCE,
            ),
            order=("month",),
            key=("month",),
        ),
        Table(
            "statements",
            (
                Field("date", "date", "Day it was said or printed", unit="day"),
                Field("speaker", "string", "Who said or printed it"),
                Field("statement", "string", "What was said, in our words"),
                Field("persons", "integer", "Visitors spoken of", unit="persons", minimum=0),
                Field(
                    "kind",
                    "string",
                    "target, result of a year that was over, forecast of one that was not, or framing of a policy",
                    enum=("target", "result", "forecast", "framing"),
                ),
                Field(
                    "flow",
                    "string",
                    "Visitors spoken of: both ways, or origin and destination",
                    enum=("both", "KOR-JPN", "JPN-KOR"),
                ),
                Field(
                    "year",
                    "string",
                    "Calendar year spoken of, empty where none was named",
                    unit="year",
                    required=False,
                    pattern=r"\d{4}",
                ),
                Field("counted", "string", "Count the number rests on, as far as stated"),
                SOURCE,
                CONFIDENCE,
            ),
            order=("date", "speaker"),
            key=("date", "speaker", "persons"),
        ),
        Table(
            "summits",
            (
                Field("date", "date", "Day of the meeting", unit="day"),
                Field("series", "string", "The two leaders, by family name"),
                Field("number_in_series", "integer", "Number of their meeting", unit="meetings", minimum=1),
                Field("korea_leader", "string", "President of the Republic of Korea"),
                Field("japan_leader", "string", "Prime Minister of Japan"),
                Field("city", "string", "City"),
                Field("country", "string", "Country, ISO 3166-1 alpha-3", pattern=NATION),
                Field("occasion", "string", "Visit or conference"),
                Field(
                    "shuttle",
                    "string",
                    "yes for a visit of one leader to the other's country for its own sake",
                    enum=("yes", "no"),
                ),
                Field("notes", "string", "Notes", required=False),
                SOURCE,
                CONFIDENCE,
            ),
            order=("date",),
            key=("date",),
        ),
        Table(
            "residents",
            (
                Field("date", "date", "Day counted, or last day of the year counted", unit="day"),
                Field("host", "string", "Country where they are, ISO 3166-1 alpha-3", enum=("JPN", "KOR")),
                Field(
                    "nationality",
                    "string",
                    "Nationality, ISO 3166-1 alpha-3, or ALL",
                    enum=("JPN", "KOR", "ALL"),
                ),
                Field("group", "string", "residents, students, working holiday or overstayers"),
                Field("category", "string", "What is counted; categories are not comparable with each other"),
                PERSONS,
                PRECISION,
                NOTES,
                SOURCE,
                CONFIDENCE,
            ),
            order=("host", "nationality", "group", "category", "date"),
            key=("date", "host", "nationality", "group", "category"),
        ),
        Table(
            "working_holiday_quota",
            (
                Field("date", "date", "Day from which the quota holds", unit="day"),
                Field("visas_each_way", "integer", "Quota of each country", unit="visas a year", minimum=0),
                NOTES,
                SOURCE,
                CONFIDENCE,
            ),
            order=("date",),
            key=("date",),
        ),
        Table(
            "nationals_abroad",
            (
                Field("date", "date", "Reference day", unit="day"),
                Field("nationality", "string", "Whose nationals, ISO 3166-1 alpha-3", enum=("JPN", "KOR")),
                Field(
                    "country",
                    "string",
                    "Country where they are, ISO 3166-1 alpha-3; WLD for the world; empty for another region",
                    required=False,
                    pattern=NATION,
                ),
                Field("region", "string", "Name of the region counted", required=False),
                Field("measure", "string", "Who is counted; measures are never added up or compared"),
                PERSONS,
                PRECISION,
                NOTES,
                SOURCE,
                CONFIDENCE,
            ),
            order=("nationality", "measure", "country", "region", "date"),
        ),
        Table(
            "joint_evacuations",
            (
                Field(
                    "date",
                    "date",
                    "Day of the departure, or of the report where only that is known",
                    unit="day",
                ),
                Field("crisis", "string", "Crisis"),
                Field("origin", "string", "Country left, ISO 3166-1 alpha-3", pattern=NATION),
                Field(
                    "carrier", "string", "Country that arranged the transport", enum=("JPN", "KOR", "KOR+JPN")
                ),
                Field("transport", "string", "Transport"),
                _carried("koreans_carried", "Korean nationals carried"),
                _carried("japanese_carried", "Japanese nationals carried"),
                _carried("others_carried", "Others carried"),
                Field(
                    "joint",
                    "string",
                    "yes where one country carried nationals of the other; no: separate, kept for comparison",
                    enum=("yes", "no"),
                ),
                NOTES,
                SOURCE,
                CONFIDENCE,
            ),
            order=("date", "origin", "carrier", "transport"),
            key=("date", "origin", "carrier", "transport"),
        ),
        Table(
            "memorandum",
            (
                Field(
                    "item",
                    "integer",
                    "Number of the area in the release, empty for what it leaves out",
                    unit="areas",
                    required=False,
                    minimum=1,
                ),
                Field("area", "string", "Area of cooperation, or what was said of the rest"),
                Field("in_release", "string", "yes where a published release names it", enum=("yes", "no")),
                NOTES,
                SOURCE,
                CONFIDENCE,
            ),
            order=("item", "area"),
            key=("area",),
        ),
        Table(
            "releases",
            (
                Field("office", "string", "Publishing office", enum=("JNTO", "KTO")),
                Field("data_month", "yearmonth", "Month the release adds", unit="month"),
                Field("date", "date", "Day of the release", unit="day"),
                Field(
                    "state",
                    "string",
                    "published: the release is out; expected: its day is worked out",
                    enum=("published", "expected"),
                ),
                Field(
                    "basis",
                    "string",
                    "seen: the day was seen; rule: the office's rhythm (JNTO third Wednesday of the "
                    "following month; KTO end of the following month)",
                    enum=("seen", "rule"),
                ),
                SOURCE,
            ),
            order=("office", "data_month"),
            key=("office", "data_month"),
        ),
        Table(
            "published_totals",
            (
                Field("first_month", "yearmonth", "First month summed", unit="month"),
                Field("last_month", "yearmonth", "Last month summed", unit="month"),
                ORIGIN,
                DESTINATION,
                Field("visitors", "integer", "Total as the office published it", unit="persons", minimum=0),
                Field("published", "date", "Day of the release or copy the total was read from", unit="day"),
                SOURCE,
            ),
            order=("destination", "origin", "first_month", "last_month"),
            key=("first_month", "last_month", "origin", "destination"),
        ),
        Table(
            "ages",
            (
                MONTH,
                Field("origin", "string", "Nationality, ISO 3166-1 alpha-3", enum=("JPN",)),
                Field("destination", "string", "Country visited, ISO 3166-1 alpha-3", enum=("KOR",)),
                Field("sex", "string", "all, female, male or crew"),
                Field("age", "string", "Age band as printed, or all"),
                VISITORS,
                SOURCE,
            ),
            order=("month", "sex", "age"),
            key=("month", "sex", "age"),
            may_be_empty=True,
        ),
        Table(
            "corrections",
            (
                Field("month", "yearmonth", "Month whose published figure is wrong", unit="month"),
                Field(
                    "series",
                    "string",
                    "Origin and destination, as KOR-JPN",
                    pattern=r"([A-Z]{3}|TOTAL)-(JPN|KOR)",
                ),
                Field("expected", "integer", "The wrong value as published", unit="persons", minimum=0),
                Field("right", "integer", "The right value", unit="persons", minimum=0),
                Field("reason", "string", "Why it is wrong"),
                SOURCE,
            ),
            order=("series", "month"),
            key=("month", "series"),
            may_be_empty=True,
        ),
        Table(
            "sources",
            (
                Field("key", "string", "Key used in the source columns", pattern=r"[a-z0-9_\-]+"),
                Field("publisher", "string", "Who published the figure first"),
                Field("description", "string", "What it is"),
                Field("address", "string", "The publisher's own address", required=False),
                Field(
                    "published",
                    "string",
                    "Date of publication as far as known",
                    unit="day, month or year",
                    required=False,
                ),
                Field("retrieved", "date", "Day it was read", unit="day", required=False),
                Field("terms", "string", "Terms of use as stated"),
                Field(
                    "seen_in_copy",
                    "string",
                    "yes where the original was not read but a copy or a report of it",
                    enum=("yes", "no"),
                ),
                Field("copy_address", "string", "Where the copy was", required=False),
            ),
            order=("key",),
            key=("key",),
        ),
    )
}

FLOW = Field(
    "flow", "string", "Visitors both ways, or origin and destination", enum=("both", "KOR-JPN", "JPN-KOR")
)
AS_OF = Field("as_of", "yearmonth", "Last month whose figures were known", unit="month")
YEAR = Field("year", "string", "Calendar year asked about", unit="year", pattern=r"\d{4}")
MONTHS_KNOWN = Field(
    "months_known",
    "integer",
    "Months of that year known at as_of; below 0 for a year still ahead",
    unit="months",
)
ERA = Field("era", "string", "Part of the record", enum=("before 2020", "pandemic", "since 2023"))


def _visitors(name: str, description: str) -> Field:
    return Field(name, "integer", description, unit="persons", minimum=0)


def _share(name: str, description: str) -> Field:
    return Field(name, "number", description, unit="share", minimum=0)


# Tables that are computed from the published ones, not built from inputs; absent until they are computed.
COMPUTED = {
    table.name: table
    for table in (
        Table(
            "track_record",
            (
                AS_OF,
                FLOW,
                YEAR,
                MONTHS_KNOWN,
                ERA,
                Field(
                    "reference",
                    "string",
                    "Last full year known then, 2020 to 2022 left out",
                    unit="year",
                    pattern=r"\d{4}",
                ),
                _visitors("actual", "Visitors that came, as published now"),
                _visitors("median", "Median of the projection"),
                _visitors("low_80", "Lower end of the 80 % interval"),
                _visitors("high_80", "Upper end of the 80 % interval"),
                _visitors("low_95", "Lower end of the 95 % interval"),
                _visitors("high_95", "Upper end of the 95 % interval"),
                _share("pit", "Share of the simulated years below what came"),
                _visitors("crps", "Continuous ranked probability score; less is better"),
                _visitors("last_year", "What last year's value says: the reference year's total"),
                _visitors("year_to_date", "The reference year's total times the growth of the months known"),
                Field("model_version", "string", "Version of the engine"),
            ),
            order=("as_of", "flow", "year"),
            key=("as_of", "flow", "year"),
        ),
        Table(
            "track_record_marks",
            (
                AS_OF,
                FLOW,
                YEAR,
                MONTHS_KNOWN,
                ERA,
                Field("ratio", "number", "Mark over the reference year's total", unit="ratio", minimum=0),
                _visitors("mark", "Mark asked about"),
                Field(
                    "settled",
                    "string",
                    "passed where the months known had passed the mark already",
                    required=False,
                    enum=("passed",),
                ),
                _share("probability", "Probability of passing, by the projection"),
                _share("last_year_probability", "The same by last year's value with its own past errors"),
                _share(
                    "year_to_date_probability", "The same by the year-to-date rule with its own past errors"
                ),
                Field(
                    "passed",
                    "integer",
                    "1 where the year passed the mark, else 0",
                    unit="yes or no",
                    minimum=0,
                ),
            ),
            order=("as_of", "flow", "year", "ratio"),
            key=("as_of", "flow", "year", "ratio"),
        ),
    )
}


def csv_bytes(frame: pd.DataFrame, table: Table) -> bytes:
    """Return a table as the committed CSV: its columns, its order, UTF-8, line feeds."""
    text = frame.loc[:, list(table.columns)].astype(str)
    return (
        text.sort_values(list(table.order), kind="stable").to_csv(index=False, lineterminator="\n").encode()
    )


def from_bytes(content: bytes) -> pd.DataFrame:
    """Return a CSV's cells as text, empty cells as empty text."""
    return pd.read_csv(BytesIO(content), dtype=str, keep_default_na=False)
