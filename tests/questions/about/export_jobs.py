"""Mailbox export and email monitoring."""

from question import question

NEEDS = "a bucket, a key and a role in your account that let WorkMail export to them"


def cannot(id, text, operations, assumed):
    question(id, text, operations=operations, assumed=assumed, unaskable=f"needs {NEEDS}")


question(
    "Q-monitoring-role",
    "Which role does email monitoring use that is configured without one?",
    operations=["PutEmailMonitoringConfiguration"],
    assumed="the service-linked role of WorkMail Events, `AWSServiceRoleForAmazonWorkMailEvents`",
    unaskable="needs a log group of your own",
)

cannot(
    "Q-export-path",
    "What is the name of the exported file?",
    ["DescribeMailboxExportJob"],
    "the prefix, the ID of the job, and .zip",
)
cannot(
    "Q-export-cancel-ended",
    "Is cancelling a job that has ended an error?",
    ["CancelMailboxExportJob"],
    "no, it stays as it is",
)
cannot(
    "Q-export-again",
    "Which error refuses a second export of a mailbox within 24 hours?",
    ["StartMailboxExportJob"],
    "`LimitExceededException`",
)
cannot(
    "Q-export-again-after-failure",
    "Do jobs count for the 24 hours that failed or were cancelled?",
    ["StartMailboxExportJob"],
    "no",
)
