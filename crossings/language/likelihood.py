"""One printed scale of likelihood words, and how a probability is said."""

from crossings.errors import N_
from crossings.language.language import Language

SCALE = (
    (99, N_("almost certain")),
    (90, N_("very likely")),
    (60, N_("likely")),
    (41, N_("about even")),
    (11, N_("unlikely")),
    (2, N_("very unlikely")),
    (0, N_("almost impossible")),
)


def likelihood(percent: float, language: Language) -> str:
    """Return the word of the printed scale for a probability in per cent."""
    return language(next(word for least, word in SCALE if percent >= least))


def outlook(percent: float, language: Language) -> str:
    """Return the scale's word as the predicate of a sentence: the total is "likely to" do something."""
    word = next(word for least, word in SCALE if percent >= least)
    return {
        "almost certain": language.pgettext("predicate", "almost certain to"),
        "very likely": language.pgettext("predicate", "very likely to"),
        "likely": language.pgettext("predicate", "likely to"),
        "about even": language.pgettext("predicate", "about as likely as not to"),
        "unlikely": language.pgettext("predicate", "unlikely to"),
        "very unlikely": language.pgettext("predicate", "very unlikely to"),
        "almost impossible": language.pgettext("predicate", "almost certain not to"),
    }[word]


def scale_rows(language: Language) -> list[tuple[str, str]]:
    """Return the printed scale: the range in per cent and its word, most likely first."""
    rows, upper = [], 100
    for least, word in SCALE:
        span = f"{least}{language.conventions.span}{upper}" if upper > least else str(least)
        rows.append((span, language(word)))
        upper = least - 1
    return rows


def whole_percents(shares: list[float]) -> list[int]:
    """Return shares of a whole as whole per cents that add up as the shares do (largest remainders)."""
    exact = [share * 100 for share in shares]
    rounded = [int(value + 1e-9) for value in exact]
    missing = int(sum(exact) + 0.5) - sum(rounded)
    by_remainder = sorted(range(len(exact)), key=lambda place: rounded[place] - exact[place])
    for place in by_remainder[: max(missing, 0)]:
        rounded[place] += 1
    return rounded


def whole_percent(percent: float, language: Language) -> str:
    """Return a probability in whole per cent as it is said: 48%; what lies beyond 1 or 99 as under or over it."""
    if 0 < percent < 1:
        return language("under {percent}", percent=language.percent(0.01, digits=0))
    if 99 < percent < 100:
        return language("over {percent}", percent=language.percent(0.99, digits=0))
    return language.percent(percent / 100, digits=0)
