"""Functions and messages."""

from question import question


def cannot(id, text, assumed, why="needs a Lambda function behind an email flow rule, which is made in the console"):
    question(id, text, assumed=assumed, unaskable=why)


cannot(
    "Q-content-headers",
    "Which headers of new content are required, unique or immutable, and what are the texts of the errors?",
    "as `api/mail/content_checks.cc` lists",
)
cannot("Q-content-line-ends", "Do lines of new content that end with LF alone count as if they ended with CRLF?", "yes")
cannot("Q-answer-null", "Does null in the answer of a function mean that the member is absent?", "yes")
cannot("Q-answer-types", "Are the types of actions compared with their case?", "yes")
cannot("Q-answer-parameters", "Are parameters of other actions than BOUNCE ignored?", "yes")
cannot("Q-answer-boolean", "Is `\"true\"` as text a boolean?", "yes, because AWS's samples write it so")
cannot("Q-answer-two-actions", "Which of two actions for one recipient, or for all, counts?", "the first")
cannot(
    "Q-answer-tenth-action",
    "What happens to the actions behind the tenth?",
    "their recipients get the fallback; each entry counts, and must be valid",
)
cannot("Q-answer-recipients", "What happens to recipients behind the 500th, outbound?", "they get the fallback")
cannot("Q-event-no-subject", "Which subject has the event of a message without one?", "an empty one")
cannot("Q-event-subject-length", "In which unit is the subject cut at 256 characters?", "code points")
cannot("Q-function-arn", "Which ARNs of functions does an email flow rule take?", "those of an availability provider")
cannot(
    "Q-message-flow-source",
    "Which eventSource do CloudTrail records of the Message Flow API have?",
    "`workmailmessageflow.amazonaws.com`",
)
