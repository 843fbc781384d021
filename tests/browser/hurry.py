"""A reader in a hurry: random clicks and keys on a page's controls, faster than the page can follow."""

import contextlib
import json
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page

from crossings.errors import unforeseen
from crossings.language import LANGUAGES, Language
from tests.browser.tab import Tab

WEIGHTS = {
    "fold": 4,
    "popover": 5,
    "slider": 6,
    "switch": 4,
    "select": 6,
    "number": 4,
    "choice": 3,
    "radio": 2,
    "text": 1,
    "many": 2,
    "day": 1,
    "grid": 1,
    "file": 1,
    "submit": 1,
    "save": 1,
    "button": 1,
    "chart": 1,
    "language": 1,
}
FILES: tuple[tuple[str, bytes], ...] = (
    ("scenario.json", b'{"version": 1, "levers": {"lanes": 1}}'),
    ("flights.csv", b"minute,passengers,group\n600,150,partner\n"),
    ("figures.csv", b"month,origin,destination,visitors\n2026-09,KOR,JPN,723400\n"),
    ("junk.xlsx", b"\x00\xff\x00"),
)
LONGEST_PAUSE_MS = 150
PAUSE_FREE_SHARE = 0.6
SETTLED_EVERY = 60
LAST_ACTIONS_TOLD = 25
MOST_OPTIONS_DOWN = 6
TYPED = {
    "number": ["0", "0.3", "1", "5", "12"],
    "text": ["a", "name", "2"],
    "day": ["2026/09/01", "a"],
    "grid": ["5", "a"],
}

# Tells of every block of an error the moment it appears: a fast next run would take it away again.
WATCH = """sentences => {
    const noted = new WeakSet();
    const note = () => {
        for (const block of document.querySelectorAll('[data-testid=stException], [data-testid=stAlertContentError]')) {
            const told = block.innerText;
            const fault = block.matches('[data-testid=stException]') || sentences.some(one => told.includes(one));
            if (fault && !noted.has(block)) { noted.add(block); window.tellFault(told); }
        }
    };
    new MutationObserver(note).observe(document, {childList: true, subtree: true, characterData: true});
}"""

# Chooses a control by its kind, brings it into view and returns where to click; what leaves the page is left alone.
FIND = """([page, weights, left_out, kind_share, control_share, inside_share, x_share, y_share]) => {
    if (location.pathname !== page) return {kind: 'left', name: location.pathname, x: 0, y: 0, place: 0};
    const selectors = {
        fold: 'summary',
        popover: '[data-testid=stPopoverButton]',
        slider: '[data-testid=stSlider]',
        switch: '[data-testid=stCheckbox] label',
        select: '[data-testid=stSelectbox] input, [data-testid=stSelectbox] [role=combobox]',
        number: '[data-testid=stNumberInput] input',
        choice: '[data-testid=stButtonGroup] button',
        radio: '[data-testid=stRadio] label',
        text: '[data-testid=stTextInput] input, [data-testid=stTextArea] textarea',
        many: '[data-testid=stMultiSelect] input',
        day: '[data-testid=stDateInput] input',
        grid: '[data-testid=stDataFrame] canvas',
        file: '[data-testid=stFileUploaderDropzone]',
        submit: '[data-testid=stFormSubmitButton] button',
        save: '[data-testid=stDownloadButton] button',
        button: '[data-testid=stButton] button',
        chart: '[data-testid=chart]',
        language: '.st-key-language_choice button',
    };
    const body = document.querySelector('[data-testid=stPopoverBody]');
    const main = document.querySelector('[data-testid=stMain]');
    const open = body && inside_share < 0.6;
    const found = {};
    for (const [kind, selector] of Object.entries(selectors)) {
        const root = kind === 'language' ? document : open ? body : main;
        if (!root || (open && kind === 'language')) continue;
        const all = [...root.querySelectorAll(selector)].filter(control => {
            const box = control.getBoundingClientRect();
            return box.width > 0 && box.height > 0 && !control.disabled
                && (kind === 'language' || !control.closest('.st-key-language_choice'))
                && !left_out.some(words => control.innerText && control.innerText.includes(words));
        });
        if (all.length) found[kind] = all;
    }
    const kinds = Object.keys(found);
    if (!kinds.length) return null;
    let share = kind_share * kinds.reduce((sum, kind) => sum + weights[kind], 0);
    let kind = kinds[0];
    for (const candidate of kinds) { kind = candidate; share -= weights[candidate]; if (share < 0) break; }
    const control = found[kind][Math.floor(control_share * found[kind].length)];
    control.scrollIntoView({block: 'center', behavior: 'instant'});
    const box = control.getBoundingClientRect();
    const across = ['slider', 'grid'].includes(kind) ? 0.05 + 0.9 * x_share : 0.5;
    const down = kind === 'grid' ? y_share : 0.5;
    const thumb = kind === 'slider' ? control.querySelector('[role=slider]')?.getBoundingClientRect() : null;
    const name = control.getAttribute('aria-label') || control.innerText || '';
    return {
        kind, name: name.slice(0, 60).replace(/\\s+/g, ' '),
        place: [...document.querySelectorAll(selectors[kind])].indexOf(control),
        x: box.left + box.width * across,
        y: thumb ? thumb.top + thumb.height / 2 : box.top + box.height * down,
    };
}"""


@dataclass
class Reader:
    """Someone who acts on a page at random, without waiting for it; the seed decides what is drawn."""

    tab: Tab
    random: Random
    left_out: Sequence[str] = ()
    done: int = 0
    last: deque[str] = field(default_factory=lambda: deque(maxlen=LAST_ACTIONS_TOLD))
    faults: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def watch(self) -> None:
        """Begin to note error blocks; call it before the page is open."""
        sentences = [Language(code).error(unforeseen(KeyError()))[:20] for code in LANGUAGES]
        self.tab.page.expose_function("tellFault", self._met)
        self.tab.page.add_init_script(f"({WATCH})({json.dumps(sentences)})")

    def _met(self, fault: str) -> None:
        self.faults.append(fault)

    def act(self, path: str) -> None:
        """Do one thing on the page of a path, or go back to it; then pause for a moment or not at all."""
        random, page = self.random, self.tab.page
        shares = [random.random() for _ in range(5)]
        target: dict[str, Any] | None = page.evaluate(FIND, [path, WEIGHTS, list(self.left_out), *shares])
        pause = 0.0 if random.random() < PAUSE_FREE_SHARE else random.random() * LONGEST_PAUSE_MS
        if target is None:
            page.wait_for_timeout(50)
            return
        kind = str(target["kind"])
        self.kinds[kind] += 1
        self.last.append(f"{kind} {target['name']!r}, then {pause:.0f} ms")
        if kind == "left":
            page.go_back()
            self.tab.settle()
            return
        if kind == "file":
            self._give(page, int(target["place"]))
        else:
            page.mouse.click(target["x"], target["y"])
            self._keys(page, kind)
        self.done += 1
        if pause:
            page.wait_for_timeout(pause)
        if self.done % SETTLED_EVERY == 0:
            self.tab.settle()

    def _give(self, page: Page, place: int) -> None:
        """Give a file to a place for files."""
        name, content = self.random.choice(FILES)
        given = page.get_by_test_id("stFileUploaderDropzone").nth(place).locator("input[type=file]")
        with contextlib.suppress(Error):  # its fold was closed meanwhile
            given.set_input_files(
                {"name": name, "mimeType": "application/octet-stream", "buffer": content}, timeout=500
            )

    def _keys(self, page: Page, kind: str) -> None:
        """Press the keys that follow the click on a control."""
        random = self.random
        if kind == "slider":
            for _ in range(random.randrange(3)):
                page.keyboard.press(random.choice(["ArrowLeft", "ArrowRight"]))
        elif kind in ("select", "many"):
            for _ in range(random.randint(0, MOST_OPTIONS_DOWN)):
                page.keyboard.press(random.choice(["ArrowDown", "ArrowDown", "ArrowUp"]))
            page.keyboard.press(random.choice(["Enter", "Enter", "Enter", "Escape"]))
        elif kind in TYPED:
            page.keyboard.press("Control+A")
            page.keyboard.type(random.choice(TYPED[kind]))
            page.keyboard.press(random.choice(["Enter", "Tab"]))


def hurried(
    tab: Tab, address: str, page: str, *, actions: int, seed: int, left_out: Sequence[str] = ()
) -> Reader:
    """Open a page and act on it so many times; ends early at the first error block."""
    reader = Reader(tab, Random(seed), left_out)
    reader.watch()
    tab.open(address, page, lang="en")
    path = urlsplit(tab.page.url).path
    while reader.done < actions and not reader.faults:
        reader.act(path)
    return reader
