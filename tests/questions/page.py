"""The answers as a page."""

import json

from verdicts import DIFFERS, NOT_ANSWERED, NOT_ASKED, SAME

TITLES = {
    DIFFERS: "AWS answers otherwise",
    SAME: "AWS answers as the emulator",
    NOT_ANSWERED: "No answer",
    NOT_ASKED: "Not asked",
}


def shown(answer):
    text = json.dumps(answer, ensure_ascii=False) if not isinstance(answer, str) else answer
    return "`" + text.replace("`", "'").replace("|", "\\|") + "`"


def page(document):
    verdicts = document["answers"]
    numbers = ", ".join(f"{sum(each['verdict'] == kind for each in verdicts)} {kind}" for kind in TITLES)
    lines = [f"# Answers of AWS, {document['region']}, {document['time'][:10]}", "", f"{len(verdicts)} questions: {numbers}.", ""]
    for kind, title in TITLES.items():
        chosen = [each for each in verdicts if each["verdict"] == kind]
        if not chosen:
            continue
        lines += [f"## {title}", ""]
        for each in chosen:
            lines.append(f"- **{each['id']}**: {each['question']}")
            if kind in (SAME, DIFFERS):
                lines.append(f"  - AWS: {shown(each['aws'])}")
            if kind == DIFFERS:
                lines.append(f"  - the emulator: {shown(each['emulator'])}")
            if each.get("reason"):
                lines.append(f"  - {each['reason']}")
        lines.append("")
    return "\n".join(lines)
