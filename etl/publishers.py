"""Every source of figures, in the order in which a refresh asks them."""

from types import MappingProxyType

from crossings.errors import N_
from etl.sources import datalab, ecb, estat, jnto, kosis, kto_api

IN_ORDER = (jnto.SOURCE, datalab.SOURCE, kto_api.SOURCE, kosis.SOURCE, estat.SOURCE, ecb.SOURCE)
SOURCES = MappingProxyType({source.name: source for source in IN_ORDER})
# What a report names besides sources: workbooks brought by hand, by how their keys begin, and the last step.
OTHER_TITLES = {
    "jnto_": N_("JNTO Excel file"),
    "kto_book_": N_("KTO Excel file"),
    "publish": N_("Updating the tables"),
}


def title(key: str) -> str:
    """Return what a reader calls a source or step that a report names, in English; an unknown one keeps its key."""
    if key in SOURCES:
        return SOURCES[key].title
    return next((name for start, name in OTHER_TITLES.items() if key.startswith(start)), key)


def asked_at(office: str) -> set[str]:
    """Return the names of the sources that bring an office's releases."""
    return {source.name for source in SOURCES.values() if source.office == office}
