"""A reader in a hurry: random clicks and keys on a page's controls, faster than the page can follow."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from playwright.sync_api import Page

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
    "button": 1,
    "chart": 1,
    "language": 1,
}
LONGEST_PAUSE_MS = 250
PAUSE_FREE_SHARE = 0.5
SETTLED_EVERY = 60
LAST_ACTIONS_TOLD = 25
MOST_OPTIONS_DOWN = 6

# Notes every block of an error the moment it appears: a fast next run would take it away again.
WATCH = """sentences => {
    window.faultsSeen = [];
    const note = () => {
        for (const block of document.querySelectorAll('[data-testid=stException]'))
            if (!block.noted) { block.noted = true; window.faultsSeen.push(block.innerText); }
        for (const block of document.querySelectorAll('[data-testid=stAlertContentError]')) {
            const told = block.innerText;
            if (!block.noted && sentences.some(sentence => told.includes(sentence))) {
                block.noted = true; window.faultsSeen.push(told);
            }
        }
    };
    new MutationObserver(note).observe(document.body, {childList: true, subtree: true, characterData: true});
}"""

# Chooses a control by its kind, brings it into view and returns where to click; what leaves the page is left alone.
FIND = """([weights, left_out, kind_share, control_share, inside_share, x_share]) => {
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
    const across = kind === 'slider' ? 0.05 + 0.9 * x_share : 0.5;
    const thumb = kind === 'slider' ? control.querySelector('[role=slider]')?.getBoundingClientRect() : null;
    const name = control.getAttribute('aria-label') || control.innerText || '';
    return {
        kind, name: name.slice(0, 60).replace(/\\s+/g, ' '),
        x: box.left + box.width * across,
        y: thumb ? thumb.top + thumb.height / 2 : box.top + box.height / 2,
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

    def watch(self) -> None:
        """Begin to note error blocks; call it once the page is open."""
        sentences = [Language(code).error(unforeseen(KeyError()))[:20] for code in LANGUAGES]
        self.tab.page.evaluate(WATCH, sentences)

    def faults(self) -> list[str]:
        """Return every error block that appeared since the watch began."""
        return list(self.tab.page.evaluate("() => window.faultsSeen"))

    def act(self) -> None:
        """Do one thing on the page, then pause for a moment or not at all."""
        random, page = self.random, self.tab.page
        shares = [random.random() for _ in range(4)]
        target: dict[str, Any] | None = page.evaluate(FIND, [WEIGHTS, list(self.left_out), *shares])
        pause = 0.0 if random.random() < PAUSE_FREE_SHARE else random.random() * LONGEST_PAUSE_MS
        if target is None:
            page.wait_for_timeout(50)
            return
        self.last.append(f"{target['kind']} {target['name']!r}, then {pause:.0f} ms")
        page.mouse.click(target["x"], target["y"])
        self._keys(page, str(target["kind"]))
        self.done += 1
        if pause:
            page.wait_for_timeout(pause)
        if self.done % SETTLED_EVERY == 0:
            self.tab.settle()

    def _keys(self, page: Page, kind: str) -> None:
        """Press the keys that follow the click on a control."""
        random = self.random
        if kind == "slider":
            for _ in range(random.randrange(3)):
                page.keyboard.press(random.choice(["ArrowLeft", "ArrowRight"]))
        elif kind == "select":
            for _ in range(random.randint(0, MOST_OPTIONS_DOWN)):
                page.keyboard.press(random.choice(["ArrowDown", "ArrowDown", "ArrowUp"]))
            page.keyboard.press(random.choice(["Enter", "Enter", "Enter", "Escape"]))
        elif kind == "number":
            page.keyboard.press("Control+A")
            page.keyboard.type(random.choice(["0", "0.3", "1", "5", "12"]))
            page.keyboard.press(random.choice(["Enter", "Tab"]))
        elif kind == "text":
            page.keyboard.press("Control+A")
            page.keyboard.type(random.choice(["a", "name", "2"]))
            page.keyboard.press("Tab")


def hurried(tab: Tab, *, actions: int, seed: int, left_out: Sequence[str] = ()) -> Reader:
    """Act on an open page so many times; ends early at the first error block."""
    reader = Reader(tab, Random(seed), left_out)
    reader.watch()
    while reader.done < actions and not (reader.done % 10 == 0 and reader.faults()):
        reader.act()
    return reader
