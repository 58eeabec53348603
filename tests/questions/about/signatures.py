"""Signatures."""

from question import question

RAW = "needs requests that boto3 does not make"


def cannot(id, text, assumed):
    question(id, text, operations=["every operation"], assumed=assumed, unaskable=RAW)


cannot("Q-unknown-operation-first", "Is an unknown operation reported before a wrong signature?", "yes")
cannot(
    "Q-signature-order",
    "In which order are the parts of a signature checked?",
    "the header, the date, the signed headers, the access key, the scope, the signature",
)
cannot("Q-signature-region-text", "How does the text of the error name a wrong region?", "as it names a wrong service")
cannot(
    "Q-signature-unsigned-text",
    "What is the text of the error for an x-amz-* header that is not signed?",
    "as that for Host",
)
cannot("Q-unsigned-body", "Does WorkMail accept bodies that are not part of the signature?", "yes")
cannot(
    "Q-signature-algorithm-text",
    "What is the text of the error for an unknown algorithm?",
    "it names the known one",
)
