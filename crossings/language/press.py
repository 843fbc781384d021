"""Newspapers, agencies and offices that the tables of events and of people abroad cite, in the reader's language."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from crossings.errors import N_
from crossings.language.language import Language
from crossings.tables.citations import Citation

HOSTS = Path(__file__).with_name("press.toml")
NAMES = (
    N_("Kyodo"),
    N_("Yomiuri"),
    N_("Jiji"),
    N_("Yonhap"),
    N_("Mainichi"),
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
    N_("Asahi"),
    N_("Kyunghyang"),
    N_("Reuters"),
    N_("Toitsu Nippo"),
    N_("Donga"),
    N_("Asiae"),
    N_("Seoul Shinmun"),
    N_("Kyushu District Transport Bureau, Japan"),
    N_("Korean air information portal (MOLIT)"),
    N_("Busan Metropolitan City"),
    N_("House of Councillors, Japan"),
    N_("Airline notice, airline not named in the copy"),
)
UNNAMED = {"none": N_("No published source")}


@lru_cache(maxsize=1)
def hosts() -> Mapping[str, str]:
    """Return the English names of newspapers and sites by the host of their pages."""
    return tomllib.loads(HOSTS.read_text("utf-8"))


def messages() -> list[str]:
    """Return the names, which stand in a data file, for the catalogues."""
    return sorted(set(hosts().values()))


def press(name: str, language: Language) -> str:
    """Return a newspaper, agency or office in the reader's language; a site by its host, an unknown one by its name."""
    if name in UNNAMED:
        return language(UNNAMED[name])
    host, path, _ = name.partition("/")
    known = hosts().get(name) or hosts().get(host)
    if known is not None:
        return language(known)
    if path and "." in host and " " not in host:
        return host
    return language(name) if name in NAMES else name


def publisher(name: str, language: Language) -> str:
    """Return a publisher in the reader's language; one without an entry and a site's address keep their own name."""
    if "; " in name:
        return language.in_a_list([publisher(part, language) for part in name.split("; ")])
    known = language(name)  # marked for the catalogues where the source's record stands
    return known if known != name else press(name, language)


def publishers(names: Iterable[str], language: Language) -> list[str]:
    """Return the publishers of a table in the reader's language, each once, without what stands for none."""
    return list(dict.fromkeys(publisher(name, language) for name in names if name not in UNNAMED))


def source_name(source: Citation, language: Language) -> str:
    """Return a source's publisher in the reader's language, and that it was read in a copy where it was."""
    name = publisher(source.publisher, language)
    return language("{publisher} (as quoted elsewhere)", publisher=name) if source.copied else name
