#!/usr/bin/env python3
"""The rules of this code that a machine can check; each is one function below, with its reason.

Prints every violation as path:line: message and ends with 1 if there are any.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("store", "api", "server", "tests")
LONGEST_FILE = 450

# Longer files, with the reason.
LONGER = {"tests/sdk/test_every_operation.py": "a few lines for each of the 92 operations"}


class Source:
    """One file: its text, and for C++ the same without comments (positions and lines stay)."""

    def __init__(self, name, text):
        self.name = name
        self.folder = name.split("/")[0]
        self.suffix = pathlib.PurePath(name).suffix
        self.text = text
        self.lines = text.splitlines()
        self.code = re.sub(r"(?<!:)//[^\n]*", lambda comment: " " * len(comment[0]), text)

    def is_program(self):
        return self.folder in ("store", "api", "server")

    def line_of(self, position):
        return self.code.count("\n", 0, position) + 1

    def find(self, pattern):
        """Numbers of the lines that have the pattern outside comments."""
        return [number for number, line in enumerate(self.code.splitlines(), 1) if re.search(pattern, line)]


# A file includes of its own room and of those before it.
ROOMS = (
    "store api/wire api/call api/rules api/mail api/handlers api api/seed"
    " server/process server/emulator server/http server/identity server/mail server/console server/control server"
).split()


def rooms(source):
    """Dependence runs one way: what comes later in ROOMS may include what comes before."""
    room = str(pathlib.PurePath(source.name).parent)
    if room == "api/model" or not source.is_program():
        return
    if source.suffix in (".cc", ".h") and room not in ROOMS:
        yield 1, f"{room}/ is not among the rooms of tests/style/check.py"
        return
    for number, line in enumerate(source.lines, 1):
        included = re.match(r'#include ["<]([^">]+)', line)
        if not included:
            continue
        other = str(pathlib.PurePath(included[1]).parent)
        if other in ROOMS and ROOMS.index(other) > ROOMS.index(room):
            yield number, f"{room}/ must not include {included[1]}"
        if source.folder == "store" and included[1].startswith("generated/workmail/"):
            yield number, f"store/ must not include {included[1]}"
        if source.folder != "server" and re.match(r"boost/|sodium|ares|spdlog/|CLI/", included[1]):
            yield number, f"only server/ includes {included[1]}"
        if source.folder != "store" and included[1] == "sqlite3.h":
            yield number, "only store/ knows SQLite"


def clocks(source):
    """Time is injected, so that a test can move it."""
    if not source.is_program() or re.match(r"api/call/clock\.|server/process/real_time\.", source.name):
        return
    for number in source.find(r"system_clock::now|\btime\((nullptr|NULL|0)\)|clock_gettime|gettimeofday|utc_clock::now"):
        yield number, "asks the time; only api/call/clock and server/process/real_time do"


def sql_in_store(source):
    """Tables are known to store/ alone."""
    if source.folder not in ("api", "server"):
        return
    pattern = r'"\s*(SELECT .* FROM |INSERT (OR \w+ )?INTO |UPDATE \w+ SET |DELETE FROM |CREATE (TABLE|INDEX)|PRAGMA )'
    for number in source.find(pattern):
        yield number, "SQL outside store/"


LITERAL = r'"(?:[^"\\\n]|\\.)*"'
LITERALS = re.compile(rf"{LITERAL}(?:\s*{LITERAL})*")
CONSTANT = re.compile(rf"constexpr auto (k\w+) =\s*sql\(\s*((?:{LITERAL}|[^;\"])*)\);")


def literals(source):
    """The texts of a file with their positions: adjacent literals are one, and so is all that sql(…) joins."""
    constants = {}
    for constant in CONSTANT.finditer(source.code):
        parts = re.findall(rf"{LITERAL}|\bk[A-Z]\w*\b", constant[2])
        constants[constant[1]] = "".join(part[1:-1] if part[0] == '"' else constants.get(part, "") for part in parts)
        if re.search(rf"[({{]connection_?,\s*{constant[1]}\b", source.code):  # else it is a part of others
            yield constant.start(2), constants[constant[1]]
    code = CONSTANT.sub(lambda constant: re.sub(r"[^\n]", " ", constant[0]), source.code)
    for run in LITERALS.finditer(code):
        yield run.start(), "".join(part[1:-1] for part in re.findall(LITERAL, run[0]))


def ordered_lists(source):
    """A list without ORDER BY is in whatever order SQLite finds convenient; OFFSET skips rows that change."""
    if source.folder != "store":
        return
    for position, sql in literals(source):
        if re.search(r"\bOFFSET\b", sql):
            yield source.line_of(position), "OFFSET; page by the last row's number"
        if not re.match(r"(SELECT|WITH)\b", sql) or "ORDER BY" in sql:
            continue
        if not reads_one_row(source, position, sql):
            yield source.line_of(position), "a list without ORDER BY: " + sql[:90]


def reads_one_row(source, position, sql):
    """One row by its form, or because nothing in the file reads all rows of its statements."""
    if re.search(r"\bLIMIT 1$", sql) or re.match(r"SELECT (count|max|min|coalesce|total|exists)\b ?\(", sql, re.I):
        return True
    statements = statements_of(source.code, source.code[:position])
    return bool(statements) and not any(reads_all_rows(source.code, statement) for statement in statements)


def statements_of(code, before):
    """The names of the statements that are made of a literal: directly, or through a constant."""
    direct = re.search(r"(\w+)[({](?:store\.)?connection_?,\s*$", before)
    if direct:
        return {direct[1]}
    constant = re.search(r"constexpr (?:const char\*|auto) (k\w+) =\s*(?:sql\(\s*)?$", before)
    return set(re.findall(rf"(\w+)[({{]connection_?, {constant[1]}\b", code)) if constant else set()


def reads_all_rows(code, statement):
    """statement.all(…), handing it to a function that does, or auto rows = statement(…); while (rows.step())."""
    return re.search(rf"\b{statement}\.all\(|\b(page|list)\({statement}\b|= {statement}\([^;]*\);\s*while \(", code)


def headers(source):
    """A header says what it is for before anything else, and is included once."""
    if source.suffix != ".h":
        return
    if not source.text.startswith("//"):
        yield 1, "a header begins with a comment: what it is for, and what it does not do"
    if "\n#pragma once\n" not in source.text:
        yield 1, "#pragma once is missing"


def lengths(source):
    """A file is one idea."""
    if len(source.lines) > LONGEST_FILE and source.name not in LONGER:
        yield LONGEST_FILE + 1, f"{len(source.lines)} lines; {LONGEST_FILE} are the most"


def assumptions(source):
    """What AWS does and what this program does otherwise are found by one search each."""
    if not source.is_program():
        return
    for number, line in enumerate(source.lines, 1):
        comment = re.search(r"//\s*(.*)", line)
        if comment is None:
            continue
        text = comment[1]
        if re.match(r"(aws|Aws|AMAZON|Amazon)\s*:|AWS\s*(-|–)\s|AWS :|AWS:\S", text):
            yield number, "write // AWS: …"
        if re.match(r"(emulator|EMULATOR)\s*:|Emulator:\S", text):
            yield number, "write // Emulator: …"
        if re.search(r"\[[AIDO]\]", text):
            yield number, "tags of the specification do not belong here; write // AWS: undocumented; assumed …"
        if re.search(r"\bguess(es)?\b", text):
            yield number, "write // AWS: undocumented; assumed …"
        if re.search(r"\b(is|are) assumed\b|\bundocumented\b", text) and not in_aws_comment(source.lines, number):
            yield number, "an assumption about AWS begins with // AWS:"


def in_aws_comment(lines, number):
    """Whether the comment that line `number` belongs to has begun with // AWS: or // Emulator:."""
    for line in reversed(lines[:number]):
        if re.search(r"//.*\b(AWS|Emulator): ", line):
            return True
        if not re.match(r"\s*//", line):
            return False
    return False


def markers(source):
    """Work that is left to do is in the plan, not in the code."""
    if source.folder == "tests" and "/style/" in source.name:
        return
    for number, line in enumerate(source.lines, 1):
        if re.search(r"\b(TODO|FIXME|HACK)\b", line):
            yield number, "finish it or leave it out"


# Words that a reader has to translate, with the standard terms. These are wrong in every text.
WORDS_OF_CODE = {
    r"organis\w+|licence\w*|behaviour\w*|serialis\w+|colour\w*|neighbour\w*|optimis\w+|anonymis\w+|recognis\w+":
        "US spelling",
    r"mended|bent names?": "fixed; DNS rebinding",
    r"somebody|nobody|everybody|someone": "the client, the caller, users; or the passive",
    r"falls? due|fell due": "is scheduled",
    r"strikes?|struck": "trigger, triggered",
    r"passed over": "unknown; ignored",
    r"tells?|told|says?|said": "print, return, report, list, describe",
    r"is due|was due": "is scheduled",
    r"by (itself|themselves)": "automatically",
    r"on purpose": "deliberately; fault injection",
    r"happenings": "events",
    r"(is|are) silent": "undocumented behavior; idle",
    r"goes wrong": "fails; fault injection",
    r"people": "users, clients, readers",
}  # fmt: skip
WORDS_OF_TEXTS = WORDS_OF_CODE | {
    r"of (itself|themselves)": "automatically",
}
# In texts of code these are also names.
WORDS_OF_PAGES = WORDS_OF_TEXTS | {
    r"guess(es)?": "assumed",
    r"kills that lost|halved": "acknowledged writes lost or torn",
}
# Data of tests has any word: a user may be called nobody.
NAME_OF_TEST = re.compile(r"^(?:TEST(?:_F|_P)?\((\w+), (\w+)\)|\s*def (test_\w+))")


def without_code(page):
    """The prose of a page; lines stay."""
    page = re.sub(r"^```.*?^```$|<!--.*?-->", lambda code: "\n" * code[0].count("\n"), page, flags=re.MULTILINE | re.DOTALL)
    page = re.sub(r"^(    ).*$", "", page, flags=re.MULTILINE)
    return re.sub(r"`[^`\n]*`|\]\([^)\n]*\)", "", page)


def texts_of_console(source):
    """What is left of a script of the console without comments and members of objects; lines stay."""
    return re.sub(r"\.\w+", "", source.code)


def texts_of_options(source):
    """The help and the messages, one literal a line."""
    lines = [""] * (source.code.count("\n") + 1)
    for position, text in literals(source):
        lines[source.line_of(position) - 1] += text
    return "\n".join(lines)


def texts_of_test(source):
    """The comments and the names of tests, a word apart from the other; lines stay."""
    lines = []
    for line in source.lines:
        found = NAME_OF_TEST.match(line)
        comment = re.search(r"(?<!:)//.*" if source.suffix in (".h", ".cc") else r"#.*|\"\"\".*", line)
        name = " ".join(part for part in found.groups() if part) if found else ""
        text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ") + " "
        text += comment[0].replace('"""', "") if comment else ""
        lines.append(re.sub(r"`[^`]*`|\"[^\"]*\"", "", text))
    return "\n".join(lines)


def words(source):
    """Pages, help and console are in standard terms, and everything in US spelling."""
    if source.suffix == ".md":
        text, refused = without_code(source.text), WORDS_OF_PAGES
    elif source.name.startswith("server/console/") and source.suffix in (".js", ".html"):
        text, refused = texts_of_console(source), WORDS_OF_TEXTS
    elif source.name == "server/options.cc":
        text, refused = texts_of_options(source), WORDS_OF_TEXTS
    elif source.is_program() and source.suffix in (".h", ".cc"):
        text, refused = source.text, WORDS_OF_CODE
    elif source.folder == "tests" and source.suffix in (".h", ".cc", ".py") and "/style/" not in source.name:
        text, refused = texts_of_test(source), WORDS_OF_CODE
    else:
        return
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, better in refused.items():
            for found in re.finditer(rf"\b({pattern})\b", line, re.IGNORECASE):
                yield number, f"“{found[0]}”: {better}"


RULES = (lengths, markers, words)
CPP_RULES = (rooms, clocks, sql_in_store, ordered_lists, headers, assumptions)


def violations(source):
    for rule in RULES + (CPP_RULES if source.suffix in (".h", ".cc") else ()):
        for number, message in rule(source):
            yield f"{source.name}:{number}: {message}"


def sources():
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".h", ".cc", ".py", ".md", ".js", ".html") and path.is_file():
                yield read(path)
    for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docker").rglob("*.md")]):
        yield read(path)


def read(path):
    return Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def main():
    found = [violation for source in sources() for violation in violations(source)]
    for violation in found:
        print(violation)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
