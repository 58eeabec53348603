#!/usr/bin/env python3
"""What tests/style/check.py finds, and what it lets pass."""

import unittest

import check


def found(name, text):
    return [violation.split(": ", 1) for violation in check.violations(check.Source(name, text))]


def header(code):
    return f"// What it is for.\n#pragma once\n{code}\n"


STATEMENT = 'X::X(Connection& connection) : list_(connection, "SELECT id FROM user{end}") {{}}\nauto y = list_{use};\n'


class Check(unittest.TestCase):
    def refuses(self, name, text, line=1):
        self.assertEqual([place for place, _ in found(name, text)], [f"{name}:{line}"], found(name, text))

    def accepts(self, name, text):
        self.assertEqual(found(name, text), [])

    def test_layers(self):
        self.refuses("store/users.cc", '#include "api/wire/error.h"\n')
        self.refuses("store/users.cc", '\n#include "generated/workmail/shapes.h"\n', line=2)
        self.refuses("api/service.cc", '#include "server/http/reply.h"\n')
        self.refuses("api/rules/user_rules.cc", '#include "api/service.h"\n')
        self.refuses("server/http/reply.cc", '#include "server/router.h"\n')
        self.refuses("server/attic/reply.cc", "\n", line=1)
        self.refuses("api/service.cc", "#include <boost/asio.hpp>\n")
        self.refuses("api/service.cc", "#include <sqlite3.h>\n")
        self.accepts("api/service.cc", '#include "store/store.h"\n#include "generated/workmail/shapes.h"\n')
        self.accepts("server/http/reply.cc", '#include "server/process/log.h"\n#include "api/service.h"\n#include <boost/asio.hpp>\n')

    def test_clocks(self):
        self.refuses("api/handlers/users.cc", "auto now = std::chrono::system_clock::now();\n")
        self.refuses("server/process/log.cc", "time(nullptr);\n")
        self.accepts("api/call/clock.cc", "auto now = std::chrono::system_clock::now();\n")
        self.accepts("server/process/log.cc", "// not system_clock::now\n")

    def test_sql(self):
        self.refuses("api/scheduled_events.cc", 'run("DELETE FROM user");\n')
        self.refuses("server/process/log.cc", 'run("SELECT id FROM user");\n')
        self.accepts("api/scheduled_events.cc", 'text("SELECTED members");\n')

    def test_lists(self):
        self.refuses("store/users.cc", STATEMENT.format(end=" WHERE id = ?", use=".all(read)"))
        self.refuses("store/users.cc", STATEMENT.format(end=" LIMIT ? OFFSET ?", use=".first(read)"))
        self.accepts("store/users.cc", STATEMENT.format(end=" ORDER BY number", use=".all(read)"))
        self.accepts("store/users.cc", STATEMENT.format(end=" WHERE id = ?", use=".first(read)"))

    def test_lists_from_constants(self):
        text = ('// A comment.\nconstexpr auto kColumns = sql("id, name");\nconstexpr auto kList = sql(\n    "SELECT ", kColumns,\n'
                '    " FROM user{end}");\nX::X() : list_(connection, kList) {{}}\nauto y = list_.all(read);\n')
        self.refuses("store/users.cc", text.format(end=""), line=4)
        self.accepts("store/users.cc", text.format(end=" ORDER BY number"))
        text = text.replace("auto kList = sql(\n    ", "const char* kList =\n    ").replace('"SELECT ", kColumns,', '"SELECT id"')
        self.refuses("store/users.cc", text.replace('");\nX', '";\nX').format(end=""), line=4)

    def test_headers(self):
        self.refuses("store/users.h", "\n#pragma once\nint x;\n")
        self.refuses("store/users.h", "// What it is for.\nint x;\n")
        self.accepts("store/users.h", header("int x;"))

    def test_lengths(self):
        self.refuses("api/long.cc", "int x;\n" * 451, line=451)
        self.accepts("api/long.cc", "int x;\n" * 450)

    def test_assumptions(self):
        self.refuses("api/users.cc", "// AWS: it is 100, a guess.\n")
        self.refuses("api/users.cc", "// That it is 100 is assumed.\n")
        self.refuses("api/users.cc", "// aws: it is 100.\n")
        self.refuses("api/users.cc", "// AWS: it is 100 [A].\n")
        self.accepts("api/users.cc", "// AWS: that it is 100\n// is assumed.\n")
        self.accepts("api/users.cc", "// AWS: undocumented; assumed to be 100.\n")

    def test_markers(self):
        self.refuses("api/users.cc", "// TODO: finish\n")

    def test_words_of_pages(self):
        self.refuses("README.md", "# Faults\n\nA fault strikes once.\n", line=3)
        self.refuses("server/clients.md", "The log says so.\n")
        self.refuses("docker/python.md", "A domain is verified by itself.\n")
        self.accepts("README.md", "The counter `struck`.\n\n    $ curl strikes\n\n```js\nsomebody\n```\n<!-- nobody says -->\n")
        self.accepts("README.md", "A link to [a page](somebody/told.md).\n")
        self.refuses("README.md", "```\nsomebody\n```\n\nNobody.\n", line=5)

    def test_words_of_the_console(self):
        self.refuses("server/console/clock.js", "html`<h2>What falls due next</h2>`;\n")
        self.refuses("server/console/index.html", "<p>The organisations</p>\n")
        self.accepts("server/console/faults.js", "// Nobody.\nreturn rule.struck;\n")

    def test_words_of_the_help(self):
        self.refuses("server/options.cc", '// Help.\n{"domains", "X",\n "become verified "\n "by themselves"},\n', line=3)
        self.accepts("server/options.cc", "// Unless somebody wants it.\n")

    def test_us_spelling(self):
        self.refuses("server/process/log.cc", "// Its behaviour.\n")
        self.accepts("server/process/log.cc", "// Its behavior, which no client sees.\n")
        self.refuses("server/process/log.cc", "// A fault strikes.\n")
        self.refuses("store/time.cc", "// Nobody sees it.\n")
        self.accepts("tests/api/names_test.cc", 'call("OrganisationId");\n')

    def test_words_of_code(self):
        self.refuses("server/router.cc", "// The log tells why.\n")
        self.refuses("server/router.cc", 'throw Error("The page says no.");\n')
        self.accepts("server/router.cc", "// The log reports why.\n")

    def test_words_of_tests(self):
        self.refuses("tests/api/users_test.cc", "TEST_F(Users, TellWhoTheyAre) {\n")
        self.refuses("tests/api/users_test.cc", "int x;\n// What falls due.\n", line=2)
        self.refuses("tests/sdk/test_users.py", "def test_a_user_says_who_it_is(client):\n")
        self.refuses("tests/sdk/test_users.py", '    """It happens by itself."""\n')
        self.accepts("tests/api/users_test.cc", 'user("nobody");  // or "somebody"\nexpect_told();\n')
        self.accepts("tests/sdk/test_users.py", 'name = "nobody"\n')


if __name__ == "__main__":
    unittest.main()
