"""What a reader sees, taken from outside: pages, command line, links and files, compared with what was committed.

Nothing here imports the app's own modules: the golden files outlive any order of them. What is relied on is
app.py, pages/NAME.py, `python -m crossings`, the values of addresses and the keys of a few controls.

expected/: what is compared. `python -m tests.golden compare [NAME ...]` says what differs, `write` takes it anew.
saved/: files that a version before has made and that must keep opening. `save` makes them anew: only where
the numbers are meant to change, and before `write`.
"""
