"""The published tables, typed: flows, months, releases, revisions, totals, the user's own figures."""
