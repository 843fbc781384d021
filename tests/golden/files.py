"""Briefings as files: the trace in each format, and files made by an earlier version, which must keep opening."""

import base64
import io
import json
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader

from tests.golden import commands, links
from tests.golden.opening import State, offered, opened
from tests.golden.reduced import digest, plain, rows

FORMS = ("docx", "hwpx", "pdf", "pptx", "xlsx", "zip")
FOLDER = Path(__file__).resolve().parent / "saved"
LIST, SCENARIO, HALL, FLIGHTS = (
    FOLDER / name for name in ("list.json", "scenario.json", "hall.json", "flights.csv")
)
ASKED = {
    "month": "brief --lang ko --mark 15000000",
    "list": f"brief --lang ja --list {commands.SAVED}/list.json",
}
FLIGHT_ROWS = """minute,passengers,group,spread_minutes
480,180,partner,12
485,160,other,12
540,320,partner,20
545,90,other,10
1020,210,partner,15
1030,140,other,15
"""


def trace(data: bytes) -> Any:
    """Return the record of figures inside a file of any format. Raises AssertionError where there is none."""
    if data.startswith(b"%PDF"):
        return json.loads(PdfReader(io.BytesIO(data)).attachments["crossings.json"][0])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        if "metadata.json" in names:
            return json.loads(package.read("metadata.json"))["trace"]
        if "Contents/content.hpf" in names:
            found = re.search(
                r'"crossings-trace"[^>]*>([^<]+)<', package.read("Contents/content.hpf").decode()
            )
            return _unpacked(found[1] if found else "")
        for name in names:
            if name.startswith("customXml/") and "crossings" in name:
                return _unpacked((ElementTree.fromstring(package.read(name)).text or "").strip())
    raise AssertionError("no trace")


def _unpacked(text: str) -> Any:
    return json.loads(zlib.decompress(base64.b64decode(text)))


def reduced(record: Any) -> Any:
    """Return a trace with its numbers rounded, long tables reduced, and JSON texts in states read."""
    items = [{name: value for name, value in item.items() if name != "values"} for item in record["items"]]
    found = plain({**record, "items": links.with_states(items)})
    for item, told in zip(record["items"], found["items"], strict=True):
        columns = plain(item.get("values") or [])
        told["values"] = [
            rows([str(place)], [[cell] for cell in column]) for place, column in enumerate(columns)
        ]
    return found


def made(question: str, form: str, folder: Path) -> bytes:
    """Return a briefing as a file made now by the command line. Raises AssertionError where that fails."""
    out = folder / f"{question}.{form}"
    found = commands.run(ASKED[question], "--format", form, "--out", str(out))
    assert (found["code"], found["out"].strip()) == (0, str(out)), found
    return out.read_bytes()


def traces(folder: Path) -> dict[str, Any]:
    """Return the trace of each briefing: whole from the ZIP, and whether each format holds the same."""
    found: dict[str, Any] = {}
    for question in ASKED:
        held = {form: trace(made(question, form, folder)) for form in FORMS}
        names = zipfile.ZipFile(folder / f"{question}.zip").namelist()
        found[question] = {
            "trace": reduced(held["zip"]),
            "formats": {form: digest(reduced(held[form])) == digest(reduced(held["zip"])) for form in FORMS},
            "files in the ZIP": sorted(names),
            "verified": commands.answered(f"verify {folder / question}.zip"),
        }
    return found


def still_open(own: Path) -> dict[str, Any]:
    """Return what the app makes of the files in tests/golden/saved; own: the folder of the user's own files."""
    found: dict[str, Any] = {
        path.name: commands.answered(f"verify {commands.SAVED}/{path.name}")
        for path in sorted(FOLDER.iterdir())
        if path.suffix.removeprefix(".") in FORMS
    }
    (own / "briefing.json").write_bytes(LIST.read_bytes())
    with offered() as files:
        opened("briefing", "en", State())
    found["list.json"] = links.with_states(json.loads(files["briefing.json"])["items"])
    (own / "briefing.json").unlink()
    for command in (commands.OWN_SCENARIO, f"hall --file {commands.SAVED}/hall.json"):
        found[command] = commands.answered(command)
    return found


def save(own: Path) -> None:
    """Write the files in tests/golden/saved with the present version."""
    FOLDER.mkdir(exist_ok=True)
    with offered() as files:
        opened("scenario", "en", State(query=links.LEVERS["levers of one's own"]))
    SCENARIO.write_bytes(files["scenario.json"])
    FLIGHTS.write_text(FLIGHT_ROWS, encoding="utf-8")
    items = links.collected(own)
    items[2] |= {"title": "A title of one's own", "note": "A remark"}
    LIST.write_text(json.dumps(_listed(items), ensure_ascii=False, indent=1), encoding="utf-8")
    HALL.write_text(next(x["state"]["settings"] for x in items if x["page"] == "border"), encoding="utf-8")
    for form in FORMS:
        (FOLDER / f"month.{form}").write_bytes(made("month", form, own))
    (FOLDER / "list.xlsx").write_bytes(made("list", "xlsx", own))


def _listed(items: list[Any]) -> dict[str, Any]:
    return {
        "crossings_briefing": 1,
        "title": "Eight figures",
        "language": "ja",
        "paper": "a4",
        "items": items,
    }
