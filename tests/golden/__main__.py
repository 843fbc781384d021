"""python -m tests.golden write|compare [NAME ...]: take golden files anew, or say what differs; save: saved files anew."""

import argparse
import logging
import sys
import time

from tests.golden import compare, every, files, fixed


def main() -> int:
    """Write or compare the golden files whose names begin as asked; all where none is named."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("what", choices=["write", "compare", "save"])
    parser.add_argument("names", nargs="*", help="beginnings of names, such as pages/milestone or links")
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    with fixed.fixed() as own:
        if asked.what == "save":
            files.save(own)
            return 0
        return sum(
            _take(name, asked.what) for name in every.makers() if name.startswith(tuple(asked.names) or "")
        )


def _take(name: str, what: str) -> bool:
    began = time.monotonic()
    with fixed.no_own_files() as own:
        found = every.makers()[name](own)
    lines = compare.differences(name, found) if what == "compare" else []
    if what == "write":
        compare.write(name, found)
    print(
        f"{name}: {time.monotonic() - began:.1f} s{', ' + compare.report(lines) if lines else ''}", flush=True
    )
    return bool(lines)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
