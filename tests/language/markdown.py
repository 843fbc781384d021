"""What a reader sees of a Markdown sentence on a page."""

import re

from markdown_it import MarkdownIt

from crossings.language.markup import sentence

PARSER = MarkdownIt("commonmark")
DIRECTIVE = re.compile(r":(?:orange|red|green|blue|grey|gray|violet|small)\[(.*?)\]")


def visible(text: str) -> str:
    """Return the letters that are shown, with what Markdown did not understand left in."""
    inline = [token for token in PARSER.parse(DIRECTIVE.sub(r"\1", text)) if token.type == "inline"]
    children = [child for token in inline for child in token.children or []]
    return "".join(child.content for child in children if child.type in {"text", "code_inline"})


def faults(text: str) -> list[str]:
    """Return what would show wrong on a page: bold marks left as asterisks, or a stroke through a range.

    The pages' Markdown strikes through what stands between two single tildes; their door escapes each of them.
    """
    written = sentence(text)
    seen = visible(written)
    found = ["asterisks are shown"] if "*" in seen else []
    if len(re.findall(r"(?<!\\)~", written)) > 1:
        found.append("struck through")
    return found
