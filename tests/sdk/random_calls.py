"""Calls at random, of every operation that changes something in one organization, made up from the service model. The
members come from few values, so that calls meet each other's results often enough."""

import botocore.exceptions

MADE = {"UserId": "user", "GroupId": "group", "ResourceId": "resource", "ImpersonationRoleId": "role", "JobId": "job",
        "MobileDeviceAccessRuleId": "device_rule", "ApplicationArn": "application"}  # fmt: skip
ENTITIES = ("user", "group", "resource")
CHANGES = ("Create", "Put", "Update", "Register", "Associate", "Start", "Tag")
REMOVALS = ("Delete", "Deregister", "Disassociate", "Cancel", "Untag", "ResetPassword")
# Operations that are not about the organization, or would delete it.
LEFT_OUT = {"CreateOrganization", "DeleteOrganization"}
# Operations that create objects for others.
OFTEN = {"CreateUser": 14, "CreateGroup": 4, "CreateResource": 4, "RegisterToWorkMail": 40, "CreateAlias": 8,
         "AssociateMemberToGroup": 8, "AssociateDelegateToResource": 6, "PutMailboxPermissions": 10,
         "RegisterMailDomain": 3, "StartMailboxExportJob": 4}  # fmt: skip


class RandomCalls:
    def __init__(self, client, random, organization, alias):
        self.client = client
        self.random = random
        self.model = client.meta.service_model
        self.made = {kind: [] for kind in MADE.values()}
        self.succeeded = set()
        self.domains = [f"{alias}.awsapps.com", "one.example", "Two.example"]
        self.fixed = {"OrganizationId": organization}
        self.operations = [
            name
            for name in self.model.operation_names
            if name.startswith(CHANGES + REMOVALS) and name not in LEFT_OUT
            for _ in range(OFTEN.get(name, 2 if name.startswith(CHANGES) else 1))
        ]
        arn = f"arn:aws:workmail:us-east-1:000000000000:organization/{organization}"
        self.few = {
            "Name": ["ann", "Bob", "cat", "DAN", "eve", "Eve", "fay", "r1", "R1"],
            "Role": ["USER", "USER", "REMOTE_USER"],
            "Password": ["Passw0rd!"],
            "ResourceARN": [arn],
            "Key": ["team", "Team", "stage"],
            "TagKeys": ["team", "stage"],
            "DeviceId": ["d1", "D1", "d2"],
            "IpRanges": ["10.0.0.0/8"],
            "NotIpRanges": ["10.0.0.0/8"],
            "Actions": ["EWS", "IMAP"],
            "NotActions": ["SMTP"],
            "ImpersonationRuleId": ["one", "One", "two"],
            "IdentityProviderUserId": ["00000000-0000-0000-0000-000000000001"],
            "IdentityProviderIdentityStoreId": ["d-0123456789"],
            "RoleArn": ["arn:aws:iam::123456789012:role/path/name"],
            "KmsKeyArn": ["arn:aws:kms:us-east-1:123456789012:key/k"],
            "LogGroupArn": [f"arn:aws:logs:us-east-1:123456789012:log-group:/{alias}/mail:*"],
            "LambdaArn": ["arn:aws:lambda:us-east-1:123456789012:function:acme-free-busy"],
            "InstanceArn": ["arn:aws:sso:::instance/ssoins-0123456789abcdef"],
            "EwsEndpoint": ["https://ews.acme.example/EWS"],
            "EwsUsername": ["ann", "ann@one.example"],
            "S3BucketName": ["acme-bucket"],
            "S3Prefix": ["acme/exports"],
            "Period": [30],
            "LifetimeInDays": [7],
            "MailboxQuota": [1, 100, 51200],
        }

    def run(self, count):
        for _ in range(count):
            self.one()

    def one(self):
        name = self.random.choice(self.operations)
        members = self.value("", self.model.operation_model(name).input_shape)
        if members is None:
            return
        try:
            answer = self.client._make_api_call(name, members)
        except botocore.exceptions.ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400, error
            return
        self.succeeded.add(name)
        for member, kind in MADE.items():
            if member in answer:
                self.made[kind].append(answer[member])

    def value(self, name, shape):
        """A value of the shape; None if there is nothing yet to refer to."""
        if name in self.fixed:
            return self.fixed[name]
        if shape.type_name == "structure":
            return self.structure(shape)
        if shape.type_name == "list":
            elements = [self.value(name, shape.member) for _ in range(self.random.choice((1, 1, 2)))]
            return [one for i, one in enumerate(elements) if one is not None and one not in elements[:i]]
        if name in self.few:
            return self.random.choice(self.few[name])
        if shape.type_name == "boolean":
            return self.random.random() < 0.5
        if shape.type_name == "string":
            return self.text(name, shape)
        return None

    def structure(self, shape):
        members = {}
        for name, member in shape.members.items():
            if name not in shape.required_members and self.random.random() < 0.4:
                continue
            value = self.value(name, member)
            if value is not None:
                members[name] = value
            elif name in shape.required_members:
                return None
        return members

    def text(self, name, shape):
        if shape.enum:
            return self.random.choice(shape.enum)
        if name == "ClientToken":
            return f"token-{self.random.random()}"
        if name in MADE:
            return self.any_of(self.made[MADE[name]])
        if name in ("EntityId", "MemberId", "GranteeId"):
            return self.any_of([one for kind in ENTITIES for one in self.made[kind]])
        if name in ("TargetUsers", "NotTargetUsers", "UserIds", "NotUserIds"):
            return self.any_of(self.made["user"])
        if name in ("ImpersonationRoleIds", "NotImpersonationRoleIds"):
            return self.any_of(self.made["role"])
        if name in ("Email", "Alias"):
            address = f"{self.random.choice('abcdefgh')}@{self.random.choice(self.domains)}"
            return self.random.choice((address, address, address.upper()))
        if "Device" in name:
            return self.random.choice(("iPad", "Other"))
        if name == "DomainName":
            return self.random.choice(self.domains + ["partner.example"])
        return self.random.choice(("", "some text", 'é 😀 \\ "', "<b>"))

    def any_of(self, elements):
        return self.random.choice(elements) if elements else None
