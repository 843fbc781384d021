"""Newspapers, agencies and offices that the tables of events and of people abroad cite, in the reader's language."""

from crossings.errors import N_
from crossings.language.language import Language
from crossings.tables.citations import Citation

NAMES = (
    N_("Kyodo"),
    N_("Yomiuri"),
    N_("Jiji"),
    N_("Yonhap"),
    N_("Mainichi"),
    N_("CNA"),
    N_("Newsis"),
    N_("EFE"),
    N_("Search Korea"),
    N_("Newspaper text"),
    N_("Embassy of Japan in Korea"),
    N_("Money Today"),
    N_("Nikkan Sports"),
    N_("Joongang"),
    N_("Japan Customs and Immigration Services Agency"),
    N_("Press, publisher not named in the copy"),
    N_("Consulate-General of Japan in Sao Paulo"),
    N_("Yonhap Japanese"),
    N_("Joongang Japanese"),
    N_("Presidential office text"),
    N_("Traicy"),
    N_("Chosun"),
    N_("MK"),
    N_("Sankei"),
    N_("National Institute of Population and Social Security Research, Japan"),
    N_("Hankyoreh Japanese"),
)
UNNAMED = {"none": N_("No source in print")}


def press(name: str, language: Language) -> str:
    """Return a newspaper, agency or office in the reader's language; a site by its host, an unknown one by its name."""
    if name in UNNAMED:
        return language(UNNAMED[name])
    host, path, _ = name.partition("/")
    if path and "." in host and " " not in host:
        return host
    return language(name) if name in NAMES else name


def publisher(name: str, language: Language) -> str:
    """Return a publisher in the reader's language; one without an entry and a site's address keep their own name."""
    if "; " in name:
        return "; ".join(publisher(part, language) for part in name.split("; "))
    known = language(name)  # marked for the catalogues where the source's record stands
    return known if known != name else press(name, language)


def source_name(source: Citation, language: Language) -> str:
    """Return a source's publisher in the reader's language, and that it was read in a copy where it was."""
    name = publisher(source.publisher, language)
    return language("{publisher} (as quoted elsewhere)", publisher=name) if source.copied else name
