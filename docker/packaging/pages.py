#!/usr/bin/env python3
"""Writes the manual page and the completions of bash, zsh and fish, from what the program prints as its help.

    pages.py --program PATH --version 0.2.0 --output FOLDER

The table of options in server/options.cc is the one source: the help prints it, and these pages follow the help.
"""

import argparse
import os
import re
import subprocess
from datetime import datetime, timezone
from pathlib import Path

NAME = "workmail-local"
OPTION = re.compile(r"^  (?:(-\w),)?(--[a-z-]+)(?: (\S+))?(?:\s+(\S.*))?$")
COMMAND = re.compile(r"^  ([a-z]+) +(\S.*)$")


class Help:
    """The options and commands of the program, in the order of its help."""

    def __init__(self, program):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("WORKMAIL_")}
        done = subprocess.run([program, "--help"], check=True, capture_output=True, text=True, env=environment)
        self.options, self.commands = [], []
        section = ""
        for line in done.stdout.splitlines():
            if line and not line.startswith(" "):
                section = line.rstrip(":")
            elif section == "Options" and (found := OPTION.match(line)):
                short, flag, value, text = found.groups()
                self.options.append([short or "", flag, value or "", text or ""])
            elif section == "Options" and line.strip():
                self.options[-1][3] = f"{self.options[-1][3]} {line.strip()}".strip()
            elif section == "Subcommands" and (found := COMMAND.match(line)):
                self.commands.append(found.groups())
        if not self.options or not self.commands:
            raise SystemExit(f"The help of {program} has another form than {Path(__file__).name} reads")


def words_of(value):
    """The values to choose from: text|json|off."""
    return value.split("|") if "|" in value else []


def takes_file(value):
    return value in ("FILE", "PATH")


def roff(text):
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(['.])", r"\\&\1", escaped)


def manual(found, version):
    date = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", 0)), timezone.utc).strftime("%Y-%m-%d")
    lines = [
        f'.TH WORKMAIL\\-LOCAL 1 "{date}" "{NAME} {version}" "User Commands"',
        ".SH NAME",
        f"{roff(NAME)} \\- local emulator of the Amazon WorkMail API",
        ".SH SYNOPSIS",
        f".B {roff(NAME)}",
        "[\\fIOPTIONS\\fR] [\\fICOMMAND\\fR]",
        ".SH DESCRIPTION",
        "Without a command, runs the server. It answers the Amazon WorkMail API at POST / and its control plane under",
        "/_workmail. Any AWS SDK finds it by the variable",
        ".B AWS_ENDPOINT_URL_WORKMAIL.",
        ".SH OPTIONS",
    ]
    for short, flag, value, text in found.options:
        names = ", ".join(f"\\fB{roff(name)}\\fR" for name in (short, flag) if name)
        lines += [".TP", names + (f" \\fI{roff(value)}\\fR" if value else ""), roff(text)]
    lines += [".SH COMMANDS"]
    for command, text in found.commands:
        lines += [".TP", f"\\fB{command}\\fR", roff(text)]
    lines += [
        ".SH ENVIRONMENT",
        "Each option has a variable, named in parentheses above. An option on the command line wins.",
        ".SH EXIT STATUS",
        "0 after a stop by a signal, 1 when the server cannot start or continue, 2 for an invalid option or value.",
        ".SH SEE ALSO",
        "The console, at http://127.0.0.1:9675/_workmail/ while the server runs.",
    ]
    return "\n".join(lines) + "\n"


def bash(found):
    flags = " ".join(name for short, flag, _, _ in found.options for name in (short, flag) if name)
    cases = ""
    for _, flag, value, _ in found.options:
        if words_of(value):
            cases += f'    {flag}) COMPREPLY=($(compgen -W "{" ".join(words_of(value))}" -- "$current")) ;;\n'
        elif takes_file(value):
            cases += f'    {flag}) COMPREPLY=($(compgen -f -- "$current")) ;;\n'
        elif value:
            cases += f"    {flag}) COMPREPLY=() ;;\n"
    commands = " ".join(command for command, _ in found.commands)
    return f"""# Completion of {NAME} for bash.
_workmail_local() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD - 1]}}"
  case "$previous" in
{cases}    *) COMPREPLY=($(compgen -W "{flags} {commands}" -- "$current")) ;;
  esac
}}
complete -o default -F _workmail_local {NAME}
"""


def zsh_quoted(text):
    return re.sub(r"([\[\]:'])", lambda found: "'\\''" if found[1] == "'" else "\\" + found[1], text)


def zsh_action(value):
    if words_of(value):
        return f":value:({' '.join(words_of(value))})"
    if takes_file(value):
        return f":{value}:_files"
    return f":{zsh_quoted(value)}:" if value else ""


def zsh(found):
    lines = [f"#compdef {NAME}", f"# Completion of {NAME} for zsh.", "_arguments \\"]
    for short, flag, value, text in found.options:
        for name in (short, flag):
            if name:
                lines.append(f"  '{name}[{zsh_quoted(text)}]{zsh_action(value)}' \\")
    commands = " ".join(f'{command}\\:"{text}"'.replace("'", "'\\''") for command, text in found.commands)
    return "\n".join([*lines, f"  '1:command:(({commands}))'"]) + "\n"


def fish_quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def fish(found):
    lines = [f"# Completion of {NAME} for fish."]
    for short, flag, value, text in found.options:
        line = f"complete -c {NAME} -l {flag[2:]}" + (f" -s {short[1:]}" if short else "")
        if words_of(value):
            line += f" -x -a {fish_quoted(' '.join(words_of(value)))}"
        elif takes_file(value):
            line += " -r -F"
        elif value:
            line += " -x"
        lines.append(f"{line} -d {fish_quoted(text)}")
    for command, text in found.commands:
        lines.append(f"complete -c {NAME} -n __fish_use_subcommand -f -a {command} -d {fish_quoted(text)}")
    return "\n".join(lines) + "\n"


def pages_of(program, version):
    """The pages by the path below a prefix at which they are installed."""
    found = Help(program)
    return {
        "share/man/man1/workmail-local.1": manual(found, version),
        "share/bash-completion/completions/workmail-local": bash(found),
        "share/zsh/site-functions/_workmail-local": zsh(found),
        "share/fish/vendor_completions.d/workmail-local.fish": fish(found),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help="one that runs on this machine")
    parser.add_argument("--version", required=True)
    parser.add_argument("--output", required=True, type=Path)
    arguments = parser.parse_args()
    for name, text in pages_of(arguments.program, arguments.version).items():
        path = arguments.output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


if __name__ == "__main__":
    main()
