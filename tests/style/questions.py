#!/usr/bin/env python3
"""Checks that the code, tests/questions and api/operations.md know the same questions: each comment that something is
assumed names its questions, each question has a comment, and the page is generated from the questions.

Prints every violation and ends with 1 if there are any. With --write it writes the section of the page."""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "api/operations.md"
BEGIN, END = "<!-- generated: tests/style/questions.py --write -->\n", "<!-- end of what is generated -->\n"
ID = re.compile(r"\bQ-[a-z0-9]+(?:-[a-z0-9]+)*")

sys.path.append(str(ROOT / "tests/questions"))

from question import all_questions, by_topic  # noqa: E402


def comments(text):
    """Each comment with the number of its first line; lines that follow each other are one."""
    comment = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        code, slashes, words = line.partition("// ")
        if comment and (code.strip() or not slashes):
            yield begin, "\n".join(comment)
            comment = []
        if slashes:
            begin = begin if comment else number
            comment.append(words)


def sources():
    for folder in ("store", "api", "server"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".cc", ".h") and "model" not in path.parts:
                yield path.relative_to(ROOT), path.read_text()


def check_comments(files, known):
    named = set()
    for name, text in files:
        for number, comment in comments(text):
            ids = ID.findall(comment)
            if not ids and re.search(r"\bassumed\b", comment):
                yield f"{name}:{number}: which question of tests/questions is this? End it with its ID in parentheses"
            named.update(ids)
            for each in sorted(set(ids) - known):
                yield f"{name}:{number}: there is no question {each}"
    for each in sorted(known - named):
        yield f"tests/questions: no comment in the code assumes what {each} asks"


def section(topics):
    """What the page has of the questions: a table for each topic."""
    lines = [BEGIN]
    for title, questions in topics.items():
        lines.append(f"\n**{title}**\n\n| question | assumed | can be asked | ID |\n| --- | --- | --- | --- |\n")
        lines += [f"| {each.text} | {each.in_words} | {each.can_be_asked} | `{each.id}` |\n" for each in questions]
    return "".join([*lines, "\n", END])


def check_page(page, topics, known):
    for each in sorted(set(ID.findall(page)) - known):
        yield f"api/operations.md: there is no question {each}"
    if section(topics) not in page:
        yield "api/operations.md: its questions are not those of tests/questions; run tests/style/questions.py --write"


def write(page, topics):
    before, _, rest = page.partition(BEGIN)
    return before + section(topics) + rest.partition(END)[2]


def check_operations(questions):
    models = [json.loads(path.read_text()) for path in (ROOT / "api/model").glob("workmail*.json")]
    names = {name for model in models for name in model["operations"]}
    for question in questions:
        for operation in question.operations:
            if operation not in names and not re.match(r"(and )?every ", operation):
                yield f"tests/questions: {question.id} names {operation}, which is no operation"


def main(*arguments):
    known, topics = set(all_questions()), by_topic()
    if "--write" in arguments:
        PAGE.write_text(write(PAGE.read_text(), topics))
    violations = [
        *check_comments(sources(), known),
        *check_operations(all_questions().values()),
        *check_page(PAGE.read_text(), topics, known),
    ]
    print(*violations, sep="\n", end="\n" if violations else "")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
