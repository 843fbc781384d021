"""KTO's data lab: the workbook of every month so far, named on the front page; no key is needed.

The page lists what was published as YYYY년 M월 한국관광통계 공표; the link to its file is near the title.
"""

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urljoin, urlsplit

from crossings.errors import N_
from etl import releases
from etl.errors import AnswerChanged
from etl.net import KOREAN, Answer, Client, Refused, Service, bases, text_of
from etl.sources import kto
from etl.sources.record import Outcome, Round, Source, merged, watched

PAGE = "https://datalab.visitkorea.or.kr/datalab/portal/main/getMainForm.do"
SERVICE = Service("datalab", PAGE, "CROSSINGS_DATALAB_URL")
TITLE = re.compile(r"(20\d{2})\s*년\s*(\d{1,2})\s*월\s*한국관광통계\s*공표")
LINK = re.compile(r"""/common/board/Download\.do[^"'<>\s?]*\?[^"'<>\s]+""")
MARKS = re.compile(r"</?(?:strong|b|em|span|i|font)\b[^>]*>", re.IGNORECASE)
NEAR = 6_000


def find_link(page: str) -> str | None:
    """Return the address of the newest month's workbook on the page, None where none is named."""
    listed = sorted(_listed(html.unescape(MARKS.sub("", page))))
    return listed[-1][1] if listed else None


def _listed(page: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield each month's title with the link to a workbook that follows it most closely, else stands before it."""
    links = [(found.start(), found[0]) for found in LINK.finditer(page) if _is_book(found[0])]
    for title in TITLE.finditer(page):
        near = [(at - title.start(), link) for at, link in links if abs(at - title.start()) <= NEAR]
        after = [link for distance, link in near if distance > 0]
        before = [link for distance, link in near if distance <= 0]
        chosen = after[:1] or before[-1:]
        if chosen:
            yield (int(title[1]), int(title[2])), chosen[0]


def _is_book(link: str) -> bool:
    names = parse_qs(urlsplit(link).query).get("streFileNm", [""])
    return names[0].lower().endswith((".xlsx", ".xls"))


def fetch(client: Client) -> Answer:
    """Return the newest workbook. Raises what the connection raises, and AnswerChanged where the page names none."""
    page = _page(client)
    link = find_link(text_of(page.content, name="KTO", charsets=KOREAN))
    if link is None:
        raise AnswerChanged(
            N_(
                "The front page of KTO's data lab does not link to a file “한국관광통계 공표”. Download the "
                "newest one from {address} and upload it."
            ),
            address="datalab.visitkorea.or.kr",
        )
    parts = urlsplit(urljoin(page.address, link))
    return client.get(
        urljoin(page.address, parts.path), {name: values[0] for name, values in parse_qs(parts.query).items()}
    )


def _page(client: Client) -> Answer:
    refusals: list[Refused] = []
    for address in bases(SERVICE):
        try:
            return client.get(address)
        except Refused as fault:
            refusals.append(fault)
    raise refusals[0]


def bring(turn: Round, asked: list[str]) -> Outcome:
    """Bring every month of the newest workbook into the tables, unless it is the one that was read last."""
    answer = fetch(watched(SERVICE, asked))
    if turn.same_as_last(answer.content):
        return Outcome(turn.frames, [], asked)
    read = kto.parse(answer.content, name="KTO.xlsx")
    day, dated = releases.dated("KTO", str(read.rows["month"].max()), answer.day)
    return merged(turn.frames, kto.release(read, address=PAGE, published=day.isoformat(), dated=dated), asked)


SOURCE = Source(
    name="datalab",
    service=SERVICE,
    title=N_("KTO data lab"),
    publisher=kto.PUBLISHER,
    terms=kto.TERMS,
    covers=N_("visitors to Korea by nationality and month, from KTO's Excel file"),
    released=kto.RELEASED,
    bring=bring,
    office="KTO",
)
