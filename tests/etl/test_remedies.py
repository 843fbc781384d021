"""What a message tells the user to do is tried: after it, the figures are in."""

from pathlib import Path

import pytest

from crossings.errors import CrossingsError
from crossings.tables.flows import read_table
from etl import own, upload
from etl.refresh import bring_in, refresh
from etl.report import FAILED, FINE, SourceReport
from etl.written import UnknownCharacters
from tests.etl import small
from tests.etl.server import BOOK, DOWNLOAD, FRONT_PAGE, PAGE, Publisher, front_page, gives, page

DAY = "2026-10-22"
HEADER = "month,origin,destination,visitors,source\n"


def sentence(part: SourceReport) -> str:
    assert part.state == FAILED
    return part.message.format(**part.values)


def newest(origin: str, destination: str) -> str:
    rows = read_table("visitors")
    return str(rows[(rows["origin"] == origin) & (rows["destination"] == destination)]["month"].max())


def upload_korea() -> None:
    found = upload.read(small.korea_book(), name="2026년 9월 한국관광통계.xlsx").release
    assert found is not None
    assert bring_in(found).sources[0].state == FINE


def test_where_the_data_lab_names_no_workbook_the_uploaded_one_helps(
    data: Path, publisher: Publisher
) -> None:
    publisher.routes = {FRONT_PAGE: gives("<html></html>")}
    assert "upload it" in sentence(refresh(("datalab",)).sources[0])
    upload_korea()
    assert newest("JPN", "KOR") == "2026-09"


@pytest.mark.parametrize("code", ["11", "21", "31", "50"])
def test_where_kosis_refuses_the_workbook_helps(
    data: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setenv("CROSSINGS_KOSIS_KEY", "key")
    publisher.routes = {"/openapi/Param/statisticsParameterData.do": gives(f'{{err:"{code}",errMsg:"x"}}')}
    assert "KTO's Excel file" in sentence(refresh(("kosis",)).sources[0])
    upload_korea()
    assert newest("JPN", "KOR") == "2026-09"


def test_without_a_key_the_workbook_and_the_typed_figure_help(data: Path, publisher: Publisher) -> None:
    said = sentence(refresh(("kto",)).sources[0])
    assert "upload the official Excel file or enter the figure by hand" in said
    row = own.OwnRow("2026-09", "JPN", "KOR", 201_000, "KTO press release")
    own.add_all([row], day=DAY, official=read_table("visitors"))
    assert own.read()["visitors"].tolist() == ["201000"]
    upload_korea()
    assert own.in_use(read_table("visitors")).empty


@pytest.mark.parametrize(
    ("text", "instead"),
    [("순위,국적\n1,중국\n", small.korea_book()), ("JNTO,Visitor Arrivals\n1,2\n", small.after())],
)
def test_the_file_that_is_named_instead_is_taken(data: Path, text: str, instead: bytes) -> None:
    with pytest.raises(upload.OtherLayout):
        upload.read(text.encode(), name="other.csv")
    found = upload.read(instead, name="instead.xlsx").release
    assert found is not None
    assert bring_in(found).sources[0].state == FINE


def test_a_file_saved_again_as_utf_8_is_read() -> None:
    text = HEADER + "2026-09,KOR,JPN,302700,발표\n"
    with pytest.raises(UnknownCharacters, match="CSV UTF-8"):
        upload.read(text.encode().replace("발".encode(), b"\xff\xfe\xfd"), name="own.csv")
    assert upload.read(text.encode("utf-8-sig"), name="own.csv").rows[0].source == "발표"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("2026-09,KOR,JPN,302700,a\n2026-09,KOR,JPN,302800,b\n", "2026-09,KOR,JPN,302700,a\n"),
        ("2026-09,KOR,JPN,30만 이상,a\n", "2026-09,KOR,JPN,30만 2700명,a\n"),
        ("2026-13,KOR,JPN,302700,a\n", "2026-09,KOR,JPN,302700,a\n"),
        ("2026-10,KOR,JPN,302700,a\n", "2026-09,KOR,JPN,302700,a\n2026-10,KOR,JPN,302700,a\n"),
        ("2026-09,Korea,China,302700,a\n", "2026-09,Korea,Japan,302700,a\n"),
    ],
)
def test_a_table_corrected_as_told_is_taken(data: Path, wrong: str, right: str) -> None:
    official = read_table("visitors")
    with pytest.raises(CrossingsError):
        upload.keep(upload.read((HEADER + wrong).encode(), name="own.csv"), official=official, day=DAY)
    assert own.read().empty
    upload.keep(upload.read((HEADER + right).encode(), name="own.csv"), official=official, day=DAY)
    assert own.read()["visitors"].iloc[0] == "302700"


def test_a_damaged_own_file_corrected_and_loaded_again_is_back(data: Path) -> None:
    own.path().parent.mkdir(parents=True, exist_ok=True)
    own.path().write_text(HEADER + "2026-09,KOR,JPN,30270O,a\n")
    assert own.read().empty
    (damaged,) = own.put_aside()
    corrected = damaged.read_text().replace("30270O", "302700")
    upload.keep(upload.read(corrected.encode(), name=damaged.name), official=read_table("visitors"), day=DAY)
    assert own.read()["visitors"].tolist() == ["302700"]


def test_a_refresh_tried_again_later_goes_through(data: Path, publisher: Publisher) -> None:
    publisher.routes = {PAGE: gives(page()), BOOK: gives(b"", status=503)}
    assert "Try again later" in sentence(refresh(("jnto",)).sources[0])
    publisher.routes = {PAGE: gives(page()), BOOK: gives(small.after())}
    assert refresh(("jnto",)).sources[0].state == FINE


def test_figures_to_korea_come_without_any_key(data: Path, publisher: Publisher) -> None:
    publisher.routes = {
        FRONT_PAGE: gives(front_page(("2026년 9월", "a.xlsx"))),
        DOWNLOAD: gives(small.korea_book()),
    }
    assert refresh(("datalab",)).sources[0].state == FINE
    assert newest("JPN", "KOR") == "2026-09"
