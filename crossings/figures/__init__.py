"""Figures as the pages and files show them: numbers, chart, words and sources put together."""
