"""Every operation, at least once: `furnish` leaves an organization with something of everything, `clear` takes it
away."""

from botocore import xform_name

PASSWORD = "Pa55word!of-alice"
NEXT_PASSWORD = "N3xt!password-of-alice"
EWS_PASSWORD = "ews-password-of-the-reader"
NEXT_EWS_PASSWORD = "next-ews-password-of-the-reader"

INSTANCE = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
KEY = "arn:aws:kms:us-east-1:000000000000:key/one"
ROLE = "arn:aws:iam::000000000000:role/mail"
LOG_GROUP = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/workmail/events:*"
LAMBDA = "arn:aws:lambda:us-east-1:000000000000:function:availability"
EWS = {"EwsEndpoint": "https://ews.example.test/EWS.asmx", "EwsUsername": "reader", "EwsPassword": EWS_PASSWORD}


class Tour:
    """The client of the calls, and the identifiers that they returned."""

    def __init__(self, client, server):
        self.client = client
        self.server = server
        self.secrets = [PASSWORD, NEXT_PASSWORD, EWS_PASSWORD, NEXT_EWS_PASSWORD]

    def __call__(self, operation, **members):
        """Makes a call about the organization, if it is of those that are about one."""
        if "OrganizationId" in self.client.meta.service_model.operation_model(operation).input_shape.members:
            members = {"OrganizationId": self.organization, **members}
        return getattr(self.client, xform_name(operation))(**members)

    def furnish(self):
        self.create_organization()
        self.create_entities()
        self.fill_mailboxes()
        self.write_rules()
        self.configure()

    def create_organization(self):
        self.organization = self.client.create_organization(Alias="acme")["OrganizationId"]
        self.arn = self("DescribeOrganization")["ARN"]
        self("ListOrganizations")
        self("TagResource", ResourceARN=self.arn, Tags=[{"Key": "team", "Value": "blue"}, {"Key": "old", "Value": ""}])
        self("UntagResource", ResourceARN=self.arn, TagKeys=["old"])
        self("ListTagsForResource", ResourceARN=self.arn)
        for name in ("acme.test", "other.test"):
            self("RegisterMailDomain", DomainName=name)
        self("UpdateDefaultMailDomain", DomainName="acme.test")
        self("GetMailDomain", DomainName="acme.test")
        self("ListMailDomains")

    def create_entities(self):
        self.alice = self("CreateUser", Name="alice", DisplayName="Alice", Password=PASSWORD)["UserId"]
        self.bob = self("CreateUser", Name="bob", DisplayName="Bob")["UserId"]
        self.everyone = self("CreateGroup", Name="everyone")["GroupId"]
        self.room = self("CreateResource", Name="room", Type="ROOM", Description="With a view")["ResourceId"]
        named = (("alice", self.alice), ("bob", self.bob), ("everyone", self.everyone), ("room", self.room))
        for name, entity in named:
            self("RegisterToWorkMail", EntityId=entity, Email=f"{name}@acme.test")
        self("ResetPassword", UserId=self.alice, Password=NEXT_PASSWORD)
        self("UpdateUser", UserId=self.alice, FirstName="Alice", City="Oxford")
        self("UpdateGroup", GroupId=self.everyone, HiddenFromGlobalAddressList=True)
        self("UpdateResource", ResourceId=self.room, BookingOptions={"AutoAcceptRequests": True})
        self("CreateAlias", EntityId=self.alice, Alias="al@acme.test")
        self("UpdatePrimaryEmailAddress", EntityId=self.bob, Email="robert@acme.test")
        for member in (self.alice, self.bob):
            self("AssociateMemberToGroup", GroupId=self.everyone, MemberId=member)
            self("AssociateDelegateToResource", ResourceId=self.room, EntityId=member)
        self("DisassociateMemberFromGroup", GroupId=self.everyone, MemberId=self.bob)
        self("DisassociateDelegateFromResource", ResourceId=self.room, EntityId=self.bob)
        self("DescribeUser", UserId=self.alice)
        self("DescribeGroup", GroupId=self.everyone)
        self("DescribeResource", ResourceId=self.room)
        self("DescribeEntity", Email="al@acme.test")
        self("ListAliases", EntityId=self.alice)
        self("ListGroupMembers", GroupId=self.everyone)
        self("ListGroupsForEntity", EntityId=self.alice)
        self("ListResourceDelegates", ResourceId=self.room)
        self.leave_behind()
        for operation in ("ListUsers", "ListGroups", "ListResources"):
            self(operation)

    def leave_behind(self):
        """One of each kind in state DELETED, and a mailbox that waits for its user."""
        gone = self("CreateUser", Name="gone", DisplayName="Gone")["UserId"]
        self("DeleteUser", UserId=gone)
        self("DeleteGroup", GroupId=self("CreateGroup", Name="gone")["GroupId"])
        self("DeleteResource", ResourceId=self("CreateResource", Name="gone", Type="EQUIPMENT")["ResourceId"])
        self.carol = self("CreateUser", Name="carol", DisplayName="Carol")["UserId"]
        self("RegisterToWorkMail", EntityId=self.carol, Email="carol@acme.test")
        self("DeregisterFromWorkMail", EntityId=self.carol)

    def fill_mailboxes(self):
        self("UpdateMailboxQuota", UserId=self.alice, MailboxQuota=1024)
        self.server.simulate("mailboxUsed", userId=self.alice, megabytes=12.5)
        self("GetMailboxDetails", UserId=self.alice)
        for grantee in (self.bob, self.everyone):
            self("PutMailboxPermissions", EntityId=self.alice, GranteeId=grantee, PermissionValues=["SEND_AS"])
        self("DeleteMailboxPermissions", EntityId=self.alice, GranteeId=self.everyone)
        self("ListMailboxPermissions", EntityId=self.alice)
        export = {"RoleArn": ROLE, "KmsKeyArn": KEY, "S3BucketName": "archive", "S3Prefix": "mail"}
        job = self("StartMailboxExportJob", EntityId=self.alice, Description="Leaving", **export)["JobId"]
        self("CancelMailboxExportJob", JobId=job)
        self("DescribeMailboxExportJob", JobId=job)
        self("ListMailboxExportJobs")
        made = self.server.simulate("personalAccessTokenCreated", userId=self.alice, name="phone", scopes=["imap"])
        self.token = made["id"]
        self.secrets.append(made["token"])
        self.server.simulate("personalAccessTokenUsed", personalAccessTokenId=self.token)
        self("GetPersonalAccessTokenMetadata", PersonalAccessTokenId=self.token)
        self("ListPersonalAccessTokens", UserId=self.alice)

    def write_rules(self):
        allow = {"ImpersonationRuleId": "one", "Name": "First", "Effect": "ALLOW", "TargetUsers": [self.alice]}
        role = {"Name": "calendar", "Type": "FULL_ACCESS", "Rules": [allow]}
        self.role = self("CreateImpersonationRole", **role)["ImpersonationRoleId"]
        self("UpdateImpersonationRole", ImpersonationRoleId=self.role, **role, Description="Calendar")
        self("GetImpersonationRole", ImpersonationRoleId=self.role)
        self("GetImpersonationRoleEffect", ImpersonationRoleId=self.role, TargetUser=self.alice)
        self("ListImpersonationRoles")
        self.secrets.append(self("AssumeImpersonationRole", ImpersonationRoleId=self.role)["Token"])

        whom = {"UserIds": [self.alice], "NotImpersonationRoleIds": [self.role]}
        self("PutAccessControlRule", Name="outside", Effect="DENY", Description="From outside", Actions=["EWS"], **whom)
        self("ListAccessControlRules")
        self("GetAccessControlEffect", IpAddress="192.0.2.1", Action="EWS", UserId=self.alice)

        phones = {"Name": "no phones", "Effect": "DENY", "DeviceTypes": ["phone"]}
        self.rule = self("CreateMobileDeviceAccessRule", **phones)["MobileDeviceAccessRuleId"]
        self("UpdateMobileDeviceAccessRule", MobileDeviceAccessRuleId=self.rule, **phones, Description="At work")
        self("ListMobileDeviceAccessRules")
        self("GetMobileDeviceAccessEffect", DeviceType="phone")
        self("PutMobileDeviceAccessOverride", UserId=self.alice, DeviceId="A1", Effect="ALLOW", Description="The boss")
        self("GetMobileDeviceAccessOverride", UserId=self.alice, DeviceId="A1")
        self("ListMobileDeviceAccessOverrides")

    def configure(self):
        self("CreateAvailabilityConfiguration", DomainName="ews.test", EwsProvider=EWS)
        self("CreateAvailabilityConfiguration", DomainName="lambda.test", LambdaProvider={"LambdaArn": LAMBDA})
        next_ews = {**EWS, "EwsPassword": NEXT_EWS_PASSWORD}
        self("UpdateAvailabilityConfiguration", DomainName="ews.test", EwsProvider=next_ews)
        self("TestAvailabilityConfiguration", EwsProvider=next_ews)
        self("ListAvailabilityConfigurations")

        folders = [{"Name": "INBOX", "Action": "DELETE", "Period": 30}]
        self("PutRetentionPolicy", Name="keep", Description="A month", FolderConfigurations=folders)
        self.policy = self("GetDefaultRetentionPolicy")["Id"]
        self("PutEmailMonitoringConfiguration", LogGroupArn=LOG_GROUP, RoleArn=ROLE)
        self("DescribeEmailMonitoringConfiguration")
        self("PutInboundDmarcSettings", Enforced=False)
        self("DescribeInboundDmarcSettings")

        made = self("CreateIdentityCenterApplication", Name="mail", InstanceArn=INSTANCE)
        self.application = made["ApplicationArn"]
        self(
            "PutIdentityProviderConfiguration",
            AuthenticationMode="IDENTITY_PROVIDER_AND_DIRECTORY",
            IdentityCenterConfiguration={"InstanceArn": INSTANCE, "ApplicationArn": self.application},
            PersonalAccessTokenConfiguration={"Status": "ACTIVE", "LifetimeInDays": 90},
        )
        self("DescribeIdentityProviderConfiguration")

    def clear(self):
        self("DeletePersonalAccessToken", PersonalAccessTokenId=self.token)
        self("DeleteIdentityProviderConfiguration")
        self("DeleteIdentityCenterApplication", ApplicationArn=self.application)
        self("DeleteEmailMonitoringConfiguration")
        self("DeleteRetentionPolicy", Id=self.policy)
        self("DeleteAvailabilityConfiguration", DomainName="ews.test")
        self("DeleteMobileDeviceAccessOverride", UserId=self.alice, DeviceId="A1")
        self("DeleteMobileDeviceAccessRule", MobileDeviceAccessRuleId=self.rule)
        self("DeleteAccessControlRule", Name="outside")
        self("DeleteImpersonationRole", ImpersonationRoleId=self.role)
        self("DeleteAlias", EntityId=self.alice, Alias="al@acme.test")
        self("DeregisterMailDomain", DomainName="other.test")
        self("DeleteOrganization", DeleteDirectory=True, ForceDelete=True)
        self("DescribeOrganization")
