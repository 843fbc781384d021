"""Typst in a process of its own, which takes with it, when it ends, all that typst remembers between two papers.

Run by `crossings.export.typeset`. In: lines of JSON, each a paper (template, fonts, record, wanted). Out: for each a
line with the bytes of every file that it became, then the files.
"""

import json
import sys

NOT_INSTALLED = 3


def main() -> int:
    """Set what comes in until nothing more comes; NOT_INSTALLED where typst is missing or damaged."""
    try:
        import typst
    except ImportError:
        return NOT_INSTALLED
    for line in sys.stdin.buffer:
        paper = json.loads(line)
        made = typst.compile(
            paper["template"].encode(),
            font_paths=[paper["fonts"]],
            ignore_system_fonts=True,
            sys_inputs={"briefing": paper["record"]},
            **paper["wanted"],
        )
        files = made if isinstance(made, list) else [made]
        sys.stdout.buffer.write(json.dumps([len(file) for file in files]).encode() + b"\n" + b"".join(files))
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
