"""The names of nationalities in the publishers' tables, as ISO 3166-1 alpha-3: read from nations.toml."""

import tomllib
from pathlib import Path

_LISTED = tomllib.loads(Path(__file__).with_name("nations.toml").read_text("utf-8"))
JNTO: dict[str, str] = _LISTED["jnto"]["names"]
JNTO_FIRST_YEAR: dict[str, int] = _LISTED["jnto"]["first_year"]
JNTO_GROUPS = frozenset(_LISTED["jnto"]["groups"])
KTO: dict[str, str] = _LISTED["kto"]["names"]
KTO_GROUPS = frozenset(_LISTED["kto"]["groups"])
KTO_CODES: dict[str, str] = _LISTED["kto"]["codes"]
KNOWN_ORIGINS = frozenset(origin for office in _LISTED.values() for origin in office["names"].values())
