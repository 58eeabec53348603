"""Identity Center."""

from question import question


def cannot(id, text, operations, assumed):
    question(id, text, operations=operations, assumed=assumed, unaskable="needs an instance of IAM Identity Center")


cannot(
    "Q-application-deleted",
    "Does an organization keep an application that is deleted, alone or with another organization?",
    ["DeleteIdentityCenterApplication", "DeleteOrganization"],
    "yes, and it cannot be configured with it again",
)
cannot(
    "Q-tokens-without-provider",
    "Does an organization without an identity provider configuration allow personal access tokens?",
    ["ListPersonalAccessTokens", "PutIdentityProviderConfiguration"],
    "yes, for 365 days",
)
