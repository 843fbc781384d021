"""A refresh brings the newest figures in, or leaves the tables byte for byte and says why."""

import gzip
import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from crossings.language.language import Language
from crossings.tables import flows
from etl import refresh as refreshing
from etl import report
from etl.check import check
from etl.commands import said
from etl.errors import Busy
from etl.publish import sole_writer
from etl.refresh import UnknownSource, refresh
from etl.report import FAILED, FINE, NOTHING_NEW, SKIPPED, SourceReport, kept
from etl.sources.record import months_to_ask
from tests.etl import server, small, workbooks
from tests.etl.server import BOOK, PAGE, RATES, Publisher, Reply, gives, in_turn, leads_to

PROJECT = Path(__file__).resolve().parents[2]
SEPTEMBER = 2 + 9 * 2 - 1
SUM = 2 + 25


def healthy() -> dict[str, Reply]:
    return {PAGE: gives(server.page()), BOOK: gives(small.after()), RATES: gives(small.rates())}


def only(*sources: str) -> SourceReport:
    done = refresh(sources)
    assert len(done.sources) == 1
    return done.sources[0]


def value(folder: Path, month: str, origin: str, destination: str) -> tuple[int, str, str]:
    rows = pd.read_csv(folder / "visitors.csv")
    row = rows[
        (rows["month"] == month) & (rows["origin"] == origin) & (rows["destination"] == destination)
    ].iloc[0]
    return int(row["visitors"]), str(row["status"]), str(row["source"])


def test_new_and_revised_figures_come_in_with_source_status_and_dates(
    data: Path, publisher: Publisher
) -> None:
    publisher.routes = healthy()
    done = refresh(("jnto", "ecb"))
    assert [part.state for part in done.sources] == [FINE, FINE]
    assert value(data, "2026-09", "KOR", "JPN") == (302_700, "estimate", "jnto_20261021")
    assert value(data, "2026-07", "KOR", "JPN") == (302_670, "provisional", "jnto_20261021")
    vintages = pd.read_csv(data / "vintages.csv")
    koreans = vintages[(vintages["origin"] == "KOR") & (vintages["month"] == "2026-07")]
    assert koreans[["visitors", "status", "published"]].to_numpy().tolist() == [
        [302_700, "estimate", "2026-09-16"],
        [302_670, "provisional", "2026-10-21"],
    ]
    releases = pd.read_csv(data / "releases.csv")
    assert releases[releases["office"] == "JNTO"][["data_month", "date", "state"]].to_numpy().tolist() == [
        ["2026-09", "2026-10-21", "published"],
        ["2026-10", "2026-11-18", "expected"],
        ["2026-11", "2026-12-16", "expected"],
    ]
    assert check(data) == []
    assert pd.read_csv(data / "exchange_rates.csv")["month"].max() == "2026-10"


def test_a_second_refresh_finds_nothing_new_and_rewrites_no_file(data: Path, publisher: Publisher) -> None:
    publisher.routes = healthy()
    refresh(("jnto", "ecb"))
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in [data, *data.iterdir()]}
    loaded = flows.load()
    done = refresh(("jnto", "ecb"))
    assert [part.state for part in done.sources] == [NOTHING_NEW, NOTHING_NEW]
    assert flows.load() is loaded
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in before} == before


def test_a_dry_run_says_what_it_would_do(data: Path, publisher: Publisher) -> None:
    publisher.routes = healthy()
    before = small.contents(data)
    done = refresh(("jnto",), dry_run=True)
    assert done.sources[0].counts()["new"] == 39
    assert small.contents(data) == before
    assert refresh(("jnto",)).sources[0].state == FINE


def grows(book: openpyxl.Workbook) -> None:
    book["2026"].insert_cols(3)
    book["2026"]["C4"] = "備考"


def renames_sheet(book: openpyxl.Workbook) -> None:
    book["2026"].title = "最新"


@pytest.mark.parametrize("edit", [grows, renames_sheet])
def test_harmless_changes_of_layout(data: Path, publisher: Publisher, edit: workbooks.Edit) -> None:
    publisher.routes = {**healthy(), BOOK: gives(small.after(edit=edit))}
    assert only("jnto").counts() == {"new": 39, "revised": 28}


@pytest.mark.parametrize(
    "routes",
    [
        {BOOK: in_turn(gives(b"", status=500), gives(small.after))},
        {BOOK: in_turn(gives(b"", status=429, Retry_After="0"), gives(small.after))},
        {PAGE: in_turn(server.resets, gives(server.page()))},
        *(
            {PAGE: leads_to("/moved", status=status), "/moved": gives(server.page())}
            for status in (301, 302, 303, 307, 308)
        ),
        {PAGE: server.packed(server.page()), BOOK: server.packed(small.after())},
        {PAGE: gives(server.page().encode("cp932"))},
        {PAGE: gives(server.page("https://www.jnto.go.jp" + BOOK))},
        {
            PAGE: gives(server.page("20261021_1615-5.xlsx")),
            PAGE + "20261021_1615-5.xlsx": gives(small.after),
        },
        {PAGE: gives("<html>under construction</html>")},
        {PAGE: gives(b"gone", status=404)},
        {PAGE: gives(server.page(text="Arrivals"))},
        {BOOK: server.at("Fri, 31 Dec 9999 23:59:59 GMT", gives(small.after))},
    ],
)
def test_ways_around_small_faults(data: Path, publisher: Publisher, routes: dict[str, Reply]) -> None:
    publisher.routes = {**healthy(), **routes}
    part = only("jnto")
    assert part.state == FINE, (part.error, part.values)


def test_the_older_address_is_tried_last(data: Path, publisher: Publisher) -> None:
    old = "/statistics/data/since2003_visitor_arrivals_September_2026.xlsx"
    publisher.routes = {PAGE: gives("<html></html>"), old: gives(small.after())}
    assert only("jnto").state == FINE


def lose_month(book: openpyxl.Workbook) -> None:
    for row in range(5, 60):
        book["2026"].cell(row, 2 + 5 * 2 - 1).value = None


def zeros(book: openpyxl.Workbook) -> None:
    for row in range(5, 60):
        if isinstance(book["2026"].cell(row, SEPTEMBER).value, int):
            book["2026"].cell(row, SEPTEMBER).value = 0
        if book["2026"].cell(row, 1).value != "累計":
            book["2026"].cell(row, SUM).value = None


def times(factor: int) -> workbooks.Edit:
    """Return an edit that multiplies the newest month throughout, sums included."""

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["2026"]
        for row in range(5, 60):
            count, total = sheet.cell(row, SEPTEMBER).value, sheet.cell(row, SUM).value
            if isinstance(count, int) and isinstance(total, int):
                sheet.cell(row, SEPTEMBER).value = count * factor
                sheet.cell(row, SUM).value = total + count * (factor - 1)

    return edit


def rewrite_history(book: openpyxl.Workbook) -> None:
    sheet = book["2025"]
    for row in (5, 7):
        first, total = sheet.cell(row, 3).value, sheet.cell(row, SUM).value
        assert isinstance(first, int)
        assert isinstance(total, int)
        sheet.cell(row, 3).value, sheet.cell(row, SUM).value = first + 150_000, total + 150_000


def wrong_sum(book: openpyxl.Workbook) -> None:
    book["2026"].cell(7, SUM).value = 5


def renamed(book: openpyxl.Workbook) -> None:
    book["2026"].cell(7, 1).value = "大韓民国"


def a_thousandth(book: openpyxl.Workbook) -> None:
    sheet = book["2026"]
    for row in range(5, 60):
        count, total = sheet.cell(row, SEPTEMBER).value, sheet.cell(row, SUM).value
        if isinstance(count, int) and isinstance(total, int):
            sheet.cell(row, SEPTEMBER).value = count // 1000
            sheet.cell(row, SUM).value = total - count + count // 1000


def lose_months_between(book: openpyxl.Workbook) -> None:
    """Take July away, so that the file ends with what the sheet calls August."""
    for row in range(5, 60):
        book["2026"].cell(row, 2 + 7 * 2 - 1).value = None


def rename_everything(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        sheet.title = f"S{sheet.title}x"
        sheet["A1"] = "訪日外客数"


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * 260_000_000)
    return out.getvalue()


FAULTS: dict[str, tuple[dict[str, Reply], str]] = {
    "time-out": ({PAGE: server.hangs}, "TooSlow"),
    "slow drip": ({BOOK: server.drips}, "TooSlow"),
    "slow headers": ({BOOK: server.drips_headers}, "TooSlow"),
    "reset": ({BOOK: server.resets}, "Unreachable"),
    "cut off": ({BOOK: server.breaks_off}, "Unreachable"),
    "404": ({BOOK: gives(b"gone", status=404)}, "Refused"),
    "nowhere": ({PAGE: gives(b"", status=404), BOOK: gives(b"", status=404)}, "Refused"),
    "429": ({BOOK: gives(b"", status=429, Retry_After="3600")}, "Refused"),
    "500": ({BOOK: gives(b"", status=500)}, "Refused"),
    "redirect loop": ({BOOK: leads_to(BOOK)}, "Unreachable"),
    "redirect to http": ({BOOK: leads_to("http://example.com/book.xlsx")}, "NotAllowed"),
    "redirect to another host": ({BOOK: leads_to("https://example.com/book.xlsx")}, "NotAllowed"),
    **{
        f"redirect {status} to another host": (
            {BOOK: leads_to("https://example.com/book.xlsx", status=status)},
            "NotAllowed",
        )
        for status in (301, 303, 307, 308)
    },
    "redirect to nowhere": ({BOOK: leads_to("")}, "Unreachable"),
    "redirect to what is no address": ({BOOK: leads_to("http://[::1/book.xlsx")}, "Unreachable"),
    "a wait beyond all numbers": ({BOOK: gives(b"", status=429, Retry_After="9" * 400)}, "Refused"),
    "a link that is no address": ({PAGE: gives(server.page("http://[::1/book.xlsx"))}, "WorkbookUnreadable"),
    "redirect to another port's http": ({BOOK: leads_to("http://192.0.2.1/book.xlsx")}, "NotAllowed"),
    "redirect to a file": ({BOOK: leads_to("file:///etc/hosts")}, "NotAllowed"),
    "link to another host": (
        {PAGE: gives(server.page("https://example.com/20261021_1615-5.xlsx"))},
        "NotAllowed",
    ),
    "truncated": ({BOOK: gives(lambda: small.after()[:-3000])}, "WorkbookUnreadable"),
    "page for book": ({BOOK: gives("<!DOCTYPE html><html>busy</html>")}, "WorkbookUnreadable"),
    "no character set": ({PAGE: gives(b"\xff\xff\x80" * 40), BOOK: gives(b"", status=404)}, "Refused"),
    "missing month": ({BOOK: gives(lambda: small.after(edit=lose_month))}, "LayoutChanged"),
    "zeros": ({BOOK: gives(lambda: small.after(edit=zeros))}, "LayoutChanged"),
    "ten times": ({BOOK: gives(lambda: small.after(edit=times(10)))}, "CheckFailed"),
    "thousand times": ({BOOK: gives(lambda: small.after(edit=times(1000)))}, "CheckFailed"),
    "a thousandth": ({BOOK: gives(lambda: small.after(edit=a_thousandth))}, "CheckFailed"),
    "a month lost between": ({BOOK: gives(lambda: small.after(edit=lose_months_between))}, "LayoutChanged"),
    "sheets and titles renamed": (
        {BOOK: gives(lambda: small.after(edit=rename_everything))},
        "LayoutChanged",
    ),
    "packed and cut off": (
        {BOOK: gives(lambda: gzip.compress(small.after())[:-4000], Content_Encoding="gzip")},
        "Unreachable",
    ),
    "packed bomb": (
        {BOOK: gives(lambda: gzip.compress(b" " * 60_000_000), Content_Encoding="gzip")},
        "TooLarge",
    ),
    "history rewritten": ({BOOK: gives(lambda: small.after(edit=rewrite_history))}, "RevisionTooLarge"),
    "wrong sum": ({BOOK: gives(lambda: small.after(edit=wrong_sum))}, "LayoutChanged"),
    "renamed": ({BOOK: gives(lambda: small.after(edit=renamed))}, "LayoutChanged"),
    "older book": ({BOOK: gives(lambda: workbooks.jnto(2024, 2026, months=5, estimates=2))}, "Withdrawn"),
    "2 GB told": ({BOOK: server.two_gigabytes}, "TooLarge"),
    "2 GB not told": ({BOOK: server.endless}, "TooLarge"),
    "zip bomb": ({BOOK: gives(bomb)}, "WorkbookUnreadable"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_leaves_the_tables_says_why_and_the_next_run_succeeds(
    data: Path, publisher: Publisher, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    routes, error = FAULTS[fault]
    before = small.contents(data)
    publisher.routes = {**healthy(), **routes}
    with monkeypatch.context() as hasty:
        if error == "TooSlow":
            hasty.setenv("CROSSINGS_TIMEOUT_SECONDS", "0.4")
        part = only("jnto")
    assert (part.state, part.error) == (FAILED, error), part.message.format(**part.values)
    assert small.contents(data) == before
    assert [
        path.name for path in data.parent.iterdir() if "next" in path.name or "journal" in path.name
    ] == []
    for code in ("ko", "ja"):
        (sentence,) = said(part, Language(code))
        assert sentence not in said(part, Language("en"))
        assert "{" not in sentence
    publisher.routes = healthy()
    assert only("jnto").state == FINE
    assert check(data) == []


def test_one_source_may_fail_and_the_others_come_in(data: Path, publisher: Publisher) -> None:
    publisher.routes = {**healthy(), BOOK: gives(b"", status=500)}
    done = refresh()
    assert {part.source: part.state for part in done.sources} == {
        "jnto": FAILED,
        "datalab": FAILED,
        "kto": SKIPPED,
        "kosis": SKIPPED,
        "estat": SKIPPED,
        "ecb": FINE,
    }
    assert done.failed
    assert set(done.changed) == {"exchange_rates.csv", "sources.csv", "datapackage.json"}
    assert "data.go.kr" in said(done.sources[2], Language("en"))[0]


@pytest.mark.parametrize(
    ("rates", "error"),
    [
        (small.rates("2026-05-29"), "RatesShrunk"),
        (small.rates(yen=80), "RatesShrunk"),
        (small.rates()[:500], "WorkbookUnreadable"),
        (small.rates(yen=1), "LayoutChanged"),
    ],
)
def test_rates_that_cannot_be_right(data: Path, publisher: Publisher, rates: bytes, error: str) -> None:
    before = small.contents(data)
    publisher.routes = {RATES: gives(rates)}
    assert only("ecb").error == error
    assert small.contents(data) == before


def test_links_to_other_files_are_neither_followed_nor_taken(data: Path, publisher: Publisher) -> None:
    """A cell that shows another file's figure counts with the figure it shows; the other file is not asked for."""
    linked = workbooks.linked(small.after(), to=f"{publisher.address}/secret.xlsx", sheet="2026", cell="C7")
    assert b"externalLink" in linked
    publisher.routes = {**healthy(), BOOK: gives(linked)}
    assert only("jnto").state == FINE
    assert not [asked for asked in publisher.asked if "secret" in asked]
    assert value(data, "2026-01", "KOR", "JPN")[0] == workbooks.count(2026, 1, "KOR")


def test_two_refreshes_at_once(data: Path, publisher: Publisher) -> None:
    """Two processes start together: one brings the figures in, the other is told to wait, and no third set comes out."""
    begun, told_to_wait = threading.Event(), threading.Event()

    def slowly(request: server.Request) -> None:
        begun.set()
        told_to_wait.wait(15)
        gives(small.after())(request)

    publisher.routes = {**healthy(), BOOK: slowly}
    command = [sys.executable, "-m", "etl", "--lang", "en", "refresh", "--source", "jnto", "--format", "json"]
    environment = {**os.environ, "CROSSINGS_TIMEOUT_SECONDS": "20"}
    with subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True) as first:
        assert begun.wait(60)
        second = subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
        )
        told_to_wait.set()
        assert first.stdout
        told = json.loads(first.stdout.read())
    assert second.returncode == 1
    assert json.loads(second.stdout)["error"] == "Busy"
    assert "Wait until it ends" in second.stderr
    assert (first.returncode, told["sources"][0]["state"]) == (0, FINE)
    assert check(data) == []
    publisher.routes = healthy()
    assert only("jnto").state == NOTHING_NEW


def test_a_second_writer_in_the_same_process(data: Path, publisher: Publisher) -> None:
    publisher.routes = healthy()
    with sole_writer(data), pytest.raises(Busy):
        refresh(("jnto",))
    assert refresh(("jnto",)).sources[0].state == FINE


def test_a_full_disk(data: Path, publisher: Publisher) -> None:
    if sys.platform == "win32":
        pytest.skip("file size limits are not on this system")
    publisher.routes = healthy()
    before = small.contents(data)
    code = (
        "import resource, signal, sys; from etl.__main__ import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (50000, 50000))\n"
        "sys.exit(main(['--lang', 'en', 'refresh', '--source', 'jnto']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert small.contents(data) == before
    (told,) = kept()
    assert (told["failed"], told["changed"]) == (True, [])
    assert "PublishFailed" in json.dumps(told)
    assert only("jnto").state == FINE


@pytest.mark.parametrize("today", ["1970-01-01", "2199-12-31"])
def test_a_wrong_clock(data: Path, publisher: Publisher, today: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "today", lambda: today)
    publisher.routes = healthy()
    assert [part.state for part in refresh(("jnto", "ecb")).sources] == [FINE, FINE]
    months = months_to_ask("2026-08", today)
    assert months[0] == "2026-02"
    assert months[-1] == ("2026-09" if today < "2000" else "2028-08")
    assert check(data) == []


@pytest.mark.parametrize(
    "clock", ["", "Thu, 01 Jan 1970 00:00:00 GMT", "Tue, 31 Dec 2199 00:00:00 GMT", "yesterday"]
)
def test_a_wrong_clock_at_the_publisher_dates_no_figure(data: Path, publisher: Publisher, clock: str) -> None:
    """A file without a day in its name is dated by the publisher's clock where that can be right, else by the rhythm."""
    link = "/files/since2003_visitor_arrivals.xlsx"
    publisher.routes = {PAGE: gives(server.page(link)), link: server.at(clock, gives(small.after()))}
    assert only("jnto").state == FINE
    _, _, source = value(data, "2026-09", "KOR", "JPN")
    days = pd.read_csv(data / "sources.csv").set_index("key")["published"]
    assert days[source] == "2026-10-21" if "GMT" in clock else days[source] >= "2026-10-21"
    publisher.routes = healthy()
    assert only("jnto").state in (FINE, NOTHING_NEW)
    assert check(data) == []


def test_tables_that_were_cut_short_are_filled_up_again(data: Path, publisher: Publisher) -> None:
    table = pd.read_csv(data / "visitors.csv", dtype=str)
    table[(table["destination"] == "KOR") | (table["month"] <= "2024-11")].to_csv(
        data / "visitors.csv", index=False
    )
    assert check(data) != []
    publisher.routes = healthy()
    assert only("jnto").state == FINE
    assert check(data) == []


def test_the_usual_proxy_is_used_for_other_hosts(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with server.publisher() as proxy:
        monkeypatch.setenv("CROSSINGS_JNTO_URL", "https://mirror.example/jnto/")
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        monkeypatch.setenv("NO_PROXY", "")
        assert only("jnto").error == "Unreachable"
        assert set(proxy.asked) == {"mirror.example:443"}


def test_a_source_that_is_not_ours(data: Path) -> None:
    with pytest.raises(UnknownSource, match="Choose from jnto, datalab, kto"):
        refresh(("tripadvisor",))


def test_every_run_leaves_a_report_also_beside_damaged_ones(data: Path, publisher: Publisher) -> None:
    report.folder().mkdir(parents=True)
    (report.folder() / report.FILE).write_bytes(b'\xff\xfe\n5\n{}\n{"started": 5}\n{"started": "once"}\n[[\n')
    publisher.routes = healthy()
    refresh(("jnto",))
    publisher.routes = {}
    refresh(("ecb",))
    first, second = kept()
    assert first["changed"]
    assert second["failed"]
    assert json.loads(json.dumps(first)) == first


def test_tables_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "own.csv"))
    with pytest.raises(refreshing.TablesMissing, match="python -m etl build"):
        refresh(("ecb",), folder=tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("https://mirror.example/jnto", True),
        ("http://127.0.0.1:9", True),
        ("http://localhost:9", True),
        ("http://mirror.example", False),
        ("ftp://mirror.example", False),
        ("mirror.example", False),
    ],
)
def test_addresses_that_may_be_set(address: str, fine: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    from etl.net import NotAllowed, bases
    from etl.sources.jnto import SERVICE

    monkeypatch.setenv("CROSSINGS_JNTO_URL", address)
    call: Callable[[], list[str]] = lambda: bases(SERVICE)  # noqa: E731
    if fine:
        assert call()[0].startswith(address)
    else:
        with pytest.raises(NotAllowed, match="CROSSINGS_JNTO_URL"):
            call()
