#!/usr/bin/env python3
"""What tests/style/questions.py finds, and what it lets pass."""

import unittest

import questions
from question import Question


def found(*code, known=("Q-one",)):
    return list(questions.check_comments([("api/x.cc", "\n".join(code))], set(known)))


class Questions(unittest.TestCase):
    def test_comment_with_its_question(self):
        self.assertEqual(found("int a;", "// AWS: the error", "// is assumed (Q-one).", "int b;"), [])
        self.assertEqual(found("int a;  // AWS: assumed (Q-one)", "int b;"), [])

    def test_comment_without_a_question(self):
        violations = found("// AWS: known (Q-one).", "int a;", "  // AWS: the error", "  // is assumed.")
        self.assertEqual([violation.split(": ")[0] for violation in violations], ["api/x.cc:3"])

    def test_comment_behind_code_is_one_of_its_own(self):
        self.assertEqual(len(found("int a;  // AWS: assumed (Q-one)", "int b;  // AWS: assumed")), 1)

    def test_unknown_question(self):
        self.assertEqual(found("// AWS: assumed (Q-one, Q-two)."), ["api/x.cc:1: there is no question Q-two"])

    def test_question_without_a_comment(self):
        self.assertEqual(
            found("// AWS: assumed (Q-one).", known=("Q-one", "Q-two")),
            ["tests/questions: no comment in the code assumes what Q-two asks"],
        )

    def test_operations(self):
        question = Question("Q-one", "Is it?", ("CreateUser", "and every other operation", "MakeUser"))
        self.assertEqual(
            list(questions.check_operations([question])),
            ["tests/questions: Q-one names MakeUser, which is no operation"],
        )

    def test_page(self):
        page = questions.write(f"before{questions.BEGIN}old{questions.END}after", {})
        self.assertEqual((page[:6], page[-5:]), ("before", "after"))
        self.assertEqual(list(questions.check_page(page + " Q-one", {}, {"Q-one"})), [])
        self.assertEqual(
            list(questions.check_page(page + " Q-two", {}, {"Q-one"})),
            ["api/operations.md: there is no question Q-two"],
        )
        self.assertEqual(len(list(questions.check_page("", {}, set()))), 1)


if __name__ == "__main__":
    unittest.main()
