"""Names of countries and territories as the two administrations write them."""

from crossings.language.language import Language


def country(code: str, language: Language) -> str:
    """Return a territory's name by its ISO 3166-1 alpha-2 code; an unknown code stays.

    Where the reader's administration writes another name than the Unicode locale data, that name is given.
    """
    official = {
        "CD": language("Democratic Republic of the Congo"),
        "CG": language("Republic of the Congo"),
        "PS": language("Palestine"),
        "AU": language("Australia"),
        "GB": language("United Kingdom"),
        "HK": language("Hong Kong"),
        "JP": language("Japan"),
        "KR": language("Korea"),
        "MM": language("Myanmar"),
        "MO": language("Macao"),
        "US": language("United States"),
        "ZA": language("South Africa"),
    }
    return official.get(code) or str(language.locale.territories.get(code, code))
