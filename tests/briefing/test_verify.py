"""A saved briefing checked against today's figures: the same, others, and files that carry no record."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest

from crossings.briefing import sentences as words
from crossings.briefing.compose import compose
from crossings.briefing.draft import Draft, Item
from crossings.briefing.verify import compared, verify
from crossings.export import documents, open_document, reading, trace
from crossings.export.briefing import Briefing, Part
from crossings.export.open_document import ProgramMissing
from crossings.export.reading import Edit, Piece
from crossings.export.trace import TraceAbsent
from crossings.formats import DOCUMENTS, OPEN_DOCUMENTS
from crossings.language import Language
from tests import office
from tests.briefing import collected, tampering
from tests.export import briefings
from tests.export.test_office_chart import charts

ENGLISH = Language("en")


@lru_cache(maxsize=1)
def briefing() -> Briefing:
    items = (Item(collected.milestone(), "milestone-fan"), Item(collected.border(), "border-waits"))
    made = compose(Draft(items=items), collected.models(), Language("ko"), today=date(2026, 11, 26))
    intervals = replace(briefings.fan("ko"), office=charts()["points"])
    return replace(made, parts=(*made.parts, Part(intervals)))


@pytest.mark.parametrize("form", DOCUMENTS)
def test_every_format_is_read_back_and_gives_the_same_numbers(form: str) -> None:
    found = verify(written(form), collected.models(), ENGLISH)
    assert found.same
    assert [one.changed for one in found.figures] == [0, 0]
    assert all(one.numbers > 5 for one in found.figures)
    assert (found.data_month, found.model_version) == (found.data_month_now, found.model_version_now)


@lru_cache(maxsize=9)
def written(form: str) -> bytes:
    return documents.make(form, briefing())


def edits(data: bytes) -> list[Edit]:
    """Return how a file differs from its own record; the figures themselves are not made anew."""
    before = [Piece(*row) for row in json.loads(trace.read(data))["reading"]]
    return reading.edits(before, reading.pieces(data))


@pytest.mark.parametrize("form", DOCUMENTS)
def test_an_untouched_file_is_unchanged_however_it_is_packed(form: str) -> None:
    assert verify(written(form), collected.models(), ENGLISH).edits == ()
    for seed in range(10):
        assert edits(tampering.saved_again(form, written(form), seed)) == [], seed


@pytest.mark.parametrize("form", DOCUMENTS)
def test_a_spoiled_place_is_named(form: str) -> None:
    """Words, numbers, cells, charts and pictures; with all formats over a hundred files."""
    spoiled = [one for seed in range(5) for one in tampering.spoiled(form, written(form), seed)]
    assert len(spoiled) >= 10
    for what, data in spoiled:
        found = edits(data)
        assert found, (form, what)
        assert len(found) <= 3, (form, what, found)
        assert all(words.edit_place(edit, ENGLISH) for edit in found)


@pytest.mark.parametrize("form", ["pptx", "docx", "xlsx", "hwpx", "zip", "pdf"])
def test_what_is_spoiled_where_one_looks_last_is_named(form: str) -> None:
    for what, data in tampering.otherwise_spoiled(form, written(form)):
        found = edits(data)
        assert found, (form, what)
        assert len(found) <= 2, (form, what, found)
        assert all(words.edit_place(edit, ENGLISH) for edit in found)


def test_a_record_of_an_earlier_version_is_compared_with_what_it_knows() -> None:
    record = json.loads(trace.read(written("pptx")))
    known = [Piece(*row) for row in record["reading"] if row[0] not in reading.LATER]
    assert len(known) < len(record["reading"])
    again = list(reversed(reading.pieces(written("pptx"))))
    assert reading.edits(known, again, version=1) == []


@pytest.mark.parametrize("form", ["pptx", "docx", "xlsx"])
def test_a_file_saved_again_by_another_program_is_not_called_edited(form: str) -> None:
    (again,) = office.turned({f"file.{form}": written(form)}, form).values()
    assert again != written(form)
    assert edits(again) == []
    for what, data in tampering.spoiled(form, again, 1):
        assert edits(data), (form, what)


@pytest.mark.parametrize("form", OPEN_DOCUMENTS)
def test_an_open_document_is_read_back_and_its_spoiled_text_named(form: str) -> None:
    office.program()
    data = written(form)
    (again,) = office.turned({f"file.{form}": data}, form).values()
    assert edits(again) == []
    assert zipfile.ZipFile(io.BytesIO(data)).namelist()[0] == "mimetype"
    assert verify(data, collected.models(), ENGLISH).edits == ()
    for saved in (data, again):
        every = (*tampering.spoiled(form, saved, 1), *tampering.otherwise_spoiled(form, saved))
        for what, other in every:
            assert edits(other), (form, what)


def test_without_libreoffice_an_open_document_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(ProgramMissing):
        open_document.turned(b"", "odt", "{}")


def test_a_changed_number_is_found_and_its_size_told() -> None:
    record = json.loads(briefing().trace)
    record["items"][0]["values"][1][-1] *= 1.02
    record["data_version"] = "000000000000"
    made = documents.make("docx", replace(briefing(), trace=json.dumps(record)))
    found = verify(made, collected.models(), ENGLISH)
    assert not found.same
    assert (found.figures[0].changed, found.figures[1].changed) == (1, 0)
    assert found.figures[0].largest_change == pytest.approx(0.02 / 1.02, rel=1e-3)
    assert found.data_version != found.data_version_now


def test_a_figure_that_can_no_longer_be_made_is_named() -> None:
    record = json.loads(briefing().trace)
    record["items"][1]["state"]["hall"] = "moon"
    found = verify(trace_in_zip(json.dumps(record)), collected.models(), ENGLISH)
    assert not found.same
    assert "moon" in str(found.figures[1].fault)


def test_a_record_whose_language_is_none_is_read_in_english() -> None:
    record = json.loads(briefing().trace) | {"language": ["ko"], "items": []}
    assert verify(trace_in_zip(json.dumps(record)), collected.models(), ENGLISH).same


def trace_in_zip(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(trace.METADATA, json.dumps({"trace": json.loads(text)}))
    return out.getvalue()


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(trace.METADATA, b"0" * (trace.LARGEST_TRACE + 1))
    return out.getvalue()


OTHER_FILES: dict[str, Callable[[], bytes]] = {
    "empty": bytes,
    "junk": lambda: b"junk",
    "no PDF": lambda: b"%PDF-1.7 no",
    "no package": lambda: b"PK\x03\x04 broken",
    "bomb": _bomb,
    "a list": lambda: trace_in_zip("[]"),
    "items that are none": lambda: trace_in_zip('{"items": [1]}'),
    "no JSON": lambda: documents.make("docx", replace(briefing(), trace="not json")),
}


@pytest.mark.parametrize("name", OTHER_FILES)
def test_other_files_are_refused_by_name(name: str) -> None:
    with pytest.raises(TraceAbsent):
        verify(OTHER_FILES[name](), collected.models(), ENGLISH)


def test_numbers_are_compared_to_a_millionth_and_gaps_with_gaps() -> None:
    changed, largest = compared([[1.0, None]], [[1.0 + 1e-9, None]])
    assert changed == 0
    assert largest == pytest.approx(0, abs=1e-8)
    assert compared([[1.0, None]], [[1.0, 2.0]]) == (1, 1.0)
    assert compared([[1.0]], [[1.0], [2.0]]) == (2, None)
