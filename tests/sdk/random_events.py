"""Events outside the API, at random, for the tests that compare states."""

from workmail_server import Refused


class RandomEvents:
    """What happens outside the API: the only way to tokens, failed jobs and the sizes of mailboxes."""

    def __init__(self, server, random, organization, calls):
        self.server, self.random, self.organization, self.calls = server, random, organization, calls
        self.tokens = []
        self.happened = set()

    def happen(self, count):
        for _ in range(count):
            self.one()

    def one(self):
        event = self.random.choice((
            "mailboxUsed", "mailboxUsed", "personalAccessTokenCreated", "personalAccessTokenCreated",
            "personalAccessTokenUsed", "identityCenterLogin", "exportJobCompleted", "exportJobFailed", "domainVerified",
            "domainFailed", "domainPending",
        ))  # fmt: skip
        members = self.members(event)
        if None in members.values():
            return  # there is none yet
        try:
            answer = self.server.simulate(event, **members)
        except Refused as refused:
            assert refused.status in (404, 422), refused  # it has no mailbox, or is gone
            return
        self.happened.add(event)
        self.tokens += [answer["id"]] if "id" in answer else []

    def members(self, event):
        if event.startswith("domain"):
            verification = self.random.choice(({}, {"verification": "dkim"}, {"verification": "ownership"}))
            domain = self.random.choice(self.calls.domains).lower()
            return {"organizationId": self.organization, "domain": domain, **verification}
        if event.startswith("exportJob"):
            failed = {"reason": "some text"} if event == "exportJobFailed" else {}
            return {"jobId": self.calls.any_of(self.calls.made["job"]), **failed}
        if event == "personalAccessTokenUsed":
            return {"personalAccessTokenId": self.calls.any_of(self.tokens)}
        # The latest ones most likely still exist.
        user = {"userId": self.calls.any_of(self.calls.made["user"][-4:])}
        return user | {
            "mailboxUsed": {"megabytes": self.random.random() * 9},
            "personalAccessTokenCreated": {"name": "some text", "scopes": ["EWS", "IMAP"][: self.random.choice((1, 2))]},
            "identityCenterLogin": {
                "identityProviderUserId": "00000000-0000-0000-0000-00000000000" + self.random.choice("12"),
                "identityProviderIdentityStoreId": "d-0123456789",
            },
        }[event]
