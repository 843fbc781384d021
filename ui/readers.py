"""Whose own figures, list and remarks these are: one person's on their computer, each reader's own on a shared server.

CROSSINGS_SHARED=1 switches shared mode on: a reader then changes nothing for others. What readers add is kept in a
folder of their own: for as long as the visit lasts, or, where sign-in is set up (Streamlit's own, by OpenID Connect),
for the person. Only keepers, named by e-mail in CROSSINGS_KEEPERS, bring official figures in from the page.
"""

import contextlib
import hashlib
import logging
import os
import secrets
import shutil
import time
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path

from crossings.language import Language
from crossings.tables import user_figures
from ui import screen as st

SHARED, KEEPERS = "CROSSINGS_SHARED", "CROSSINGS_KEEPERS"
ON = frozenset({"1", "true", "yes", "on"})
VISIT = "reader_visit"
VISIT_SECONDS = 24 * 3600
log = logging.getLogger(__name__)


def shared() -> bool:
    """Say whether several readers share this app."""
    return os.environ.get(SHARED, "").strip().lower() in ON


def person() -> str:
    """Return the e-mail address of the reader who is signed in, in lower case; empty where none is."""
    if not getattr(st.user, "is_logged_in", False):
        return ""
    verified = st.user.get("email_verified", True)
    return str(st.user.get("email") or "").strip().lower() if verified is not False else ""


def keeper() -> bool:
    """Say whether this reader may change the official figures: on one's own computer always, else the named keepers."""
    named = {name.strip().lower() for name in os.environ.get(KEEPERS, "").split(",")} - {""}
    return not shared() or person() in named


def enter() -> None:
    """Let this run read and write the reader's own figures and list; every run, fragment and callback begins with it."""
    user_figures.READER.set(_folder() if shared() else None)


def _folder() -> Path:
    home = user_figures.home() / "readers"
    with contextlib.suppress(OSError):  # where it cannot be made, keeping something says why
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if getattr(st.user, "is_logged_in", False):
        named = f"{st.user.get('iss', '')}|{st.user.get('sub', '')}"
        return home / f"person-{hashlib.sha256(named.encode()).hexdigest()[:32]}"
    visit = st.session_state.get(VISIT)
    if visit is None:
        visit = st.session_state[VISIT] = secrets.token_hex(16)
        _sweep(home)
    return home / f"visit-{visit}"


def _sweep(home: Path) -> None:
    """Take away what visits that ended a day ago left."""
    with contextlib.suppress(OSError):
        for folder in home.glob("visit-*"):
            newest = max(entry.stat().st_mtime for entry in [folder, *folder.iterdir()])
            if time.time() - newest > VISIT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def open_to_others(address: str | None) -> bool:
    """Say whether a server that listens at an address can be reached from other computers."""
    if address is None:
        return True
    if address.startswith("unix") or address == "localhost":
        return False
    try:
        return not ip_address(address).is_loopback
    except ValueError:
        return True


def warn(language: Language) -> None:
    """Warn, on the page and once in the log, where others can reach an app that is not shared."""
    address = st.get_option("server.address")
    if shared() or not open_to_others(address):
        return
    _log_once(str(address))
    st.warning(
        language(
            "This app can be reached from other computers, and anyone who reaches it can change figures and "
            "the list for all users. Start it with {setting} (docs/office-server.md), or for this computer "
            "only.",
            setting=f"{SHARED}=1",
        )
    )


@lru_cache(maxsize=1)
def _log_once(address: str) -> None:
    log.warning("Listening at %s without %s=1: every reader can change figures for all.", address, SHARED)


def kept_where(language: Language) -> str:
    """Return where a shared app keeps what this reader adds; empty on one's own computer."""
    if not shared():
        return ""
    if getattr(st.user, "is_logged_in", False):
        return language("What you add here is visible only to you and is kept for your next sign-in.")
    return language(
        "What you add here is visible only to you and lasts for this visit. Save it as a file to keep it."
    )
