"""Email flow rules."""

from question import question


def cannot(id, text, assumed, why="email flow rules are made in the console, and need mail"):
    question(id, text, assumed=assumed, unaskable=why)


cannot(
    "Q-flow-fallback",
    "Which actions can be a fallback?",
    "every action of a rule in that direction, but RUN_LAMBDA",
)
cannot(
    "Q-flow-restrictive",
    "Which of two outbound actions is the more restrictive?",
    "as inbound, with ROUTE_TO_SMTP_GATEWAY before RUN_LAMBDA",
)
cannot(
    "Q-flow-specificity",
    "Which of two patterns is the more specific?",
    "an address, a domain, `*.domain` (the longer one first), `*`",
)
cannot(
    "Q-flow-sender-first",
    "How do the patterns of senders and of recipients combine?",
    "the sender's decide first, in both directions",
)
cannot("Q-flow-star", "Does `*` match an address that is missing, or has no domain?", "yes")
cannot("Q-flow-pattern-counts", "Do the patterns of a rule that do not match make it more specific?", "no")
cannot("Q-flow-equal-rules", "Which of two equal rules applies?", "the first")
cannot(
    "Q-flow-outbound-headers",
    "Which of Sender and From counts outbound?",
    "the one that matches more specifically",
)
cannot(
    "Q-flow-inbound-from",
    "When is From matched inbound?",
    "when no rule matches Sender and the recipient together",
)
cannot(
    "Q-flow-rule-name",
    "What form do the names of email flow rules have?",
    "1 to 64 characters, without control characters",
)
cannot("Q-flow-pattern-limit", "How many patterns can a rule have?", "100 of senders, and as many of destinations")
cannot("Q-flow-synchronous", "Can rules that are not synchronous have a fallback and a time-out?", "no")
cannot("Q-flow-country", "Can a pattern mean all domains of a country, as in `*.de`?", "yes")
cannot(
    "Q-flow-internal",
    "Does mail inside an organization meet rules of both directions?",
    "yes, outbound, then inbound",
)
cannot(
    "Q-flow-disabled-group",
    "Does mail reach members through a group in a group that is not registered?",
    "no",
    why="needs mail; the API sends none",
)
