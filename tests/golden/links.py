"""Links and saved files: what an address opens, and what the page then writes."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.golden import screen
from tests.golden.commands import HALLS, PRESETS
from tests.golden.opening import State, offered, opened
from tests.golden.pages import OWN_LEVERS
from tests.golden.reduced import plain

SAW = "both_2027_17000000_evidence_2028_151000_60000_390000_40000_15000_100000_0.41_0.43"
LEVERS = {
    "levers of one's own": {"levers": OWN_LEVERS, "name": "Ours"},
    "typed numbers": {
        "levers": "lanes~1~c0.123_departure-tax~1234.5_exchange-rate~10",
        "name": "簡素化 2027",
    },
    "other figures": {"levers": "visa~1_paperless~1", "data": "2025-06", "model": "1.0/1.0", "saw": SAW},
    "other question": {"levers": "e-gates~1~r24", "flow": "JPN-KOR", "mark": "4.5", "scenario_year": "2028"},
    "unreadable": {"levers": "no-such-lever~1"},
}
COLLECTED = (
    (
        "milestone",
        "milestone-fan",
        State(query={"as_of": "2024-07", "mark": "8", "flow": "KOR-JPN", "year": "2024"}),
    ),
    ("milestone", "milestone-curve", State(query={"shocks": "on", "mark": "15"})),
    ("overview", "overview-cumulative", State(query={"mark": "12", "years": "2018-2026"})),
    ("scenario", "scenario-flows", State(query={"levers": OWN_LEVERS, "name": "Ours"})),
    ("scenario", "scenario-tornado", State(query={"preset": "full-package", "priors": "note"})),
    ("border", "border-waits", State(query={"hall": "incheon-t1"}, values={"hall-incheon-t1-lane": 4})),
    ("history", "history-without", State(query={"event": "earthquake-2011", "flow": "KOR-JPN"})),
    ("abroad", "abroad-map", State(query={"country": "ISR", "counted": "2"})),
)


def scenario(query: dict[str, str]) -> dict[str, Any]:
    """Return what a scenario's address opens, the link that the page offers and the file it saves."""
    with offered() as files:
        app = opened("scenario", "en", State(query=query, folds=("save-and-load",)))
    links = [block.value for block in app.code if "lang=en" in str(block.value)]
    return {
        "answer": screen.page(app)["answer"],
        "address": {key: plain(value) for key, value in app.query_params.items()},
        "link": [
            {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()} for link in links
        ],
        "file": plain(json.loads(files["scenario.json"])),
        "errors": [fault.value for fault in app.error],
    }


def hall(key: str) -> dict[str, Any]:
    """Return what the address of a hall opens."""
    app = opened("border", "en", State(query={"hall": key}, folds=()))
    found = screen.page(app)
    return {name: found.get(name) for name in ("answer", "metrics", "address")}


def collected(own: Path) -> list[Any]:
    """Return the list of figures collected from pages in different states; own: the folder of the user's own files."""
    path = own / "briefing.json"
    path.unlink(missing_ok=True)
    for page, figure, state in COLLECTED:
        pressed = State(query=state.query, values=state.values, press=f"collect-{figure}")
        opened(page, "en", pressed)
    found = json.loads(path.read_bytes())
    path.unlink()
    return list(found["items"])


def with_states(items: list[Any]) -> list[Any]:
    """Return collected figures with the JSON texts in their states read, numbers rounded."""
    return [
        plain({**item, "state": {key: _read(text) for key, text in item["state"].items()}}) for item in items
    ]


def _read(text: str) -> Any:
    return json.loads(text) if text.startswith(("{", "[")) else text


def every(own: Path) -> dict[str, Any]:
    """Return what links open and write."""
    asked = {preset: {"preset": preset} for preset in PRESETS} | LEVERS
    return {
        "scenarios": {name: scenario(query) for name, query in asked.items()},
        "halls": {key: hall(key) for key in HALLS},
        "collected": with_states(collected(own)),
    }
