"""The years and months in which borders were closed to nearly everybody."""

import pandas as pd

# Nearly everybody stayed away from February 2020; borders were open again by the end of 2022.
FIRST_MONTH, LAST_MONTH = pd.Period("2020-02", "M"), pd.Period("2022-12", "M")
YEARS = range(2020, 2023)
# Visas were needed again; charts shade these months.
WITHOUT_WAIVER = (pd.Period("2020-03", "M"), pd.Period("2022-10", "M"))
