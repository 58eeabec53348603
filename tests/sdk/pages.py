"""The commands on the pages, and the output that the pages show for them.

A page's blocks are those that are indented by four spaces, or fenced. A comment of HTML before a block names what cannot
be seen in it:

    <!-- not run: REASON -->                          the next block
    <!-- not run until the next heading: REASON -->   all blocks up to there
    <!-- run instead: COMMAND -->                     for the first command of the next block
    <!-- file: PATH -->                               the next block is this file of the reader

An indented block with lines that begin with "$ " has commands, each with its output; without any, every line is a
command, or, when the paragraph before the block is "prints", the output of the block before it."""

import re
from dataclasses import dataclass, field

MARK = re.compile(r"<!-- (not run|not run until the next heading|run instead|file): (.+?) -->")


@dataclass
class Block:
    line: int  # of its first line, from 1
    language: str  # of a fence; empty for an indented block
    lines: list
    mark: tuple = ("", "")  # its kind and its text
    prints: bool = False  # whether it is the output of the block before

    @property
    def commands(self):
        """Each command of an indented block with the place of its output: its first line here, and the line behind it."""
        starts = [i for i, line in enumerate(self.lines) if line.startswith("$ ")]
        if not starts:
            return [(line, i + 1, i + 1) for i, line in enumerate(self.lines) if line]
        ends = starts[1:] + [len(self.lines)]
        return [(self.lines[start][2:], start + 1, end) for start, end in zip(starts, ends)]

    @property
    def compares(self):
        """Whether the output of its commands is in it."""
        return any(line.startswith("$ ") for line in self.lines)


def blocks_of(text):
    """The blocks of a page, in order."""
    lines = text.splitlines()
    mark, region, paragraph = ("", ""), ("", ""), ""
    i = 0
    while i < len(lines):
        line = lines[i]
        begin = i
        if found := MARK.fullmatch(line):
            if found[1].endswith("heading"):
                region = ("not run", found[2])
            else:
                mark = (found[1], found[2])
            i += 1
            continue
        if line.startswith("```"):
            end = lines.index("```", i + 1)
            block = Block(begin + 2, line[3:], lines[i + 1 : end])
            i = end + 1
        elif line.startswith("    ") and not paragraph_goes_on(lines, i):
            while i < len(lines) and (lines[i].startswith("    ") or (not lines[i] and next_is_indented(lines, i))):
                i += 1
            block = Block(begin + 1, "", [each[4:] for each in lines[begin:i]], prints=paragraph == "prints")
        else:
            if line.startswith("#"):
                region = ("", "")
            if line:
                paragraph = line
            i += 1
            continue
        block.mark = mark if mark[0] else region
        mark = ("", "")
        yield block
    assert not mark[0], f"the mark {mark} is before no block"


def paragraph_goes_on(lines, i):
    return i > 0 and lines[i - 1] != "" and not MARK.fullmatch(lines[i - 1])


def next_is_indented(lines, i):
    rest = (line for line in lines[i:] if line)
    return next(rest, "").startswith("    ")


# Values that differ from run to run. Sequential identifiers do not.
SAME_ID = r"(?:m-|r-)?0{8}-?0000-?7000-?8000-?[0-9a-f]{12}"
TOKENS = {
    "id": r"(?:m-|r-)[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z",
    "epoch": r"\b\d{10}\.\d{1,6}\b",
    "figure": r'(?<="milliseconds": )[\d.]+|(?<="bytes":)\d+|(?<="uptimeSeconds":)\d+',
    "address": r"127\.0\.0\.1|(?<=\")::1(?=\")",
    "rest": r"…",
}
TOKEN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in TOKENS.items()))


@dataclass
class Comparison:
    """Compares outputs with those on the page, and maps the page's identifiers to those of this run."""

    ids: dict = field(default_factory=dict)  # those of the page to those of this run

    def pattern(self, expected):
        text, place, kinds = "", 0, []
        for token in TOKEN.finditer(expected):
            kind = token.lastgroup
            text += re.escape(expected[place : token.start()])
            place = token.end()
            same = kind == "id" and re.fullmatch(SAME_ID, token[0])
            text += re.escape(token[0]) if same else r"[^\"\n]*" if kind == "rest" else f"({TOKENS[kind]})"
            if not same and kind != "rest":
                kinds.append((kind, token[0]))
        return re.compile(text + re.escape(expected[place:])), kinds

    def matches(self, expected, actual, is_now=lambda time: True):
        """`is_now`: whether a time that differs from the page's is one of the real clock."""
        pattern, kinds = self.pattern(expected)
        found = pattern.fullmatch(actual)
        if not found:
            return False
        for (kind, shown), is_ in zip(kinds, found.groups()):
            if kind == "id" and self.ids.setdefault(shown, is_) != is_:
                return False
            if kind == "time" and shown != is_ and not is_now(is_):
                return False
        return True

    def translated(self, text):
        """A text of the page with the identifiers of this run."""
        for shown, is_ in self.ids.items():
            text = text.replace(shown, is_)
        return text
