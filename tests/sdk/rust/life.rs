//! The whole life of an organization and of what is in it.

use crate::{advance, Organization};
use aws_sdk_workmail::operation::get_mailbox_details::{GetMailboxDetailsError, GetMailboxDetailsOutput};
use aws_sdk_workmail::types::{DnsRecordVerificationStatus, EntityState, MemberType, ResourceType};
use aws_sdk_workmail::{error::SdkError, Client};

struct Life {
    organization: Organization,
    client: Client,
    id: String,
}

impl Life {
    async fn state(&self) -> String {
        self.client.describe_organization().organization_id(&self.id).send().await.unwrap().state.unwrap()
    }

    async fn add_a_domain(&self) {
        self.organization.register_domain("acme.test").await;
        let domain = "acme.test";
        self.client.update_default_mail_domain().organization_id(&self.id).domain_name(domain).send().await.unwrap();
        let described = self.client.get_mail_domain().organization_id(&self.id).domain_name(domain).send().await;
        let described = described.unwrap();
        assert_eq!(described.ownership_verification_status, Some(DnsRecordVerificationStatus::Verified));
        assert!(described.is_default);
        let listed = self.client.list_mail_domains().organization_id(&self.id).send().await.unwrap();
        assert_eq!(listed.mail_domains().len(), 2);
    }

    async fn create_a_group(&self) -> String {
        let created = self.client.create_group().organization_id(&self.id).name("all").send().await;
        created.unwrap().group_id.unwrap()
    }

    async fn create_a_resource(&self) -> String {
        let create = self.client.create_resource().organization_id(&self.id).name("room").r#type(ResourceType::Room);
        create.send().await.unwrap().resource_id.unwrap()
    }

    async fn register(&self, entity: &str, email: &str) {
        self.organization.register(entity, email).await.unwrap();
        let found = self.client.describe_entity().organization_id(&self.id).email(email).send().await.unwrap();
        assert_eq!(found.entity_id(), Some(entity));
    }

    async fn add_an_alias(&self, user: &str) {
        let alias = self.client.create_alias().organization_id(&self.id).entity_id(user).alias("al@acme.test");
        alias.send().await.unwrap();
        let listed = self.client.list_aliases().organization_id(&self.id).entity_id(user).send().await.unwrap();
        assert_eq!(listed.aliases(), ["alice@acme.test", "al@acme.test"]);
    }

    async fn add_a_member(&self, group: &str, user: &str) {
        let associate = self.client.associate_member_to_group().organization_id(&self.id);
        associate.group_id(group).member_id(user).send().await.unwrap();
        let listed = self.client.list_group_members().organization_id(&self.id).group_id(group).send().await.unwrap();
        let [member] = listed.members() else { panic!("{listed:?}") };
        assert_eq!((member.id(), member.r#type()), (Some(user), Some(&MemberType::User)));
    }

    async fn add_a_delegate(&self, resource: &str, user: &str) {
        let associate = self.client.associate_delegate_to_resource().organization_id(&self.id);
        associate.resource_id(resource).entity_id(user).send().await.unwrap();
        let list = self.client.list_resource_delegates().organization_id(&self.id).resource_id(resource);
        let listed = list.send().await.unwrap();
        let [delegate] = listed.delegates() else { panic!("{listed:?}") };
        assert_eq!(delegate.id(), user);
    }

    async fn list_and_describe(&self, group: &str, resource: &str) {
        let users = self.client.list_users().organization_id(&self.id).send().await.unwrap();
        let emails: Vec<&str> = users.users().iter().map(|user| user.email().unwrap()).collect();
        assert_eq!(emails, ["alice@acme.test", "bob@acme.test"]);
        let groups = self.client.list_groups().organization_id(&self.id).send().await.unwrap();
        assert_eq!(groups.groups()[0].email(), Some("all@acme.test"));
        let resources = self.client.list_resources().organization_id(&self.id).send().await.unwrap();
        assert_eq!(resources.resources()[0].r#type(), Some(&ResourceType::Room));
        let described = self.client.describe_group().organization_id(&self.id).group_id(group).send().await.unwrap();
        assert_eq!(described.state(), Some(&EntityState::Enabled));
        let describe = self.client.describe_resource().organization_id(&self.id).resource_id(resource);
        let booking = describe.send().await.unwrap().booking_options.unwrap();
        assert!(booking.auto_accept_requests && booking.auto_decline_conflicting_requests);
        assert!(!booking.auto_decline_recurring_requests);
    }

    async fn deregister(&self, user: &str) {
        self.client.deregister_from_work_mail().organization_id(&self.id).entity_id(user).send().await.unwrap();
    }

    async fn mailbox(&self, user: &str) -> Result<GetMailboxDetailsOutput, SdkError<GetMailboxDetailsError>> {
        self.client.get_mailbox_details().organization_id(&self.id).user_id(user).send().await
    }

    async fn keep_the_mailbox_for_30_days(&self, user: &str) {
        let provisioned = self.organization.describe_user(user).await.mailbox_provisioned_date;
        assert!(provisioned.is_some());
        self.deregister(user).await;
        assert!(advance("P29D").is_empty());
        self.register(user, "alice@acme.test").await;
        assert_eq!(self.organization.describe_user(user).await.mailbox_provisioned_date, provisioned);
        assert_eq!(self.mailbox(user).await.unwrap().mailbox_quota, Some(51200));

        self.deregister(user).await;
        assert_eq!(advance("P31D"), ["the mailbox of alice is deleted"]);
        assert!(self.mailbox(user).await.unwrap_err().into_service_error().is_entity_not_found_exception());
    }

    async fn delete(&self, user: &str) {
        self.client.delete_user().organization_id(&self.id).user_id(user).send().await.unwrap();
        assert_eq!(self.organization.describe_user(user).await.state, Some(EntityState::Deleted));
        let delete = self.client.delete_organization().organization_id(&self.id);
        delete.delete_directory(true).force_delete(true).send().await.unwrap();
        assert_eq!(self.state().await, "Deleted");
        let refused = self.client.list_users().organization_id(&self.id).send().await.unwrap_err();
        let refused = refused.into_service_error();
        assert!(refused.is_organization_state_exception());
        let message = format!("Organization {} is not Active, state: Deleted", self.id);
        assert_eq!(refused.meta().message(), Some(message.as_str()));
    }
}

#[tokio::test]
async fn an_organization_lives_from_its_creation_to_its_deletion() {
    let organization = Organization::create().await;
    let life = Life { client: organization.client.clone(), id: organization.id.clone(), organization };
    assert_eq!(life.state().await, "Active");
    life.add_a_domain().await;

    let alice = life.organization.create_user("alice").await.unwrap();
    let bob = life.organization.create_user("bob").await.unwrap();
    let group = life.create_a_group().await;
    let resource = life.create_a_resource().await;
    assert_eq!(life.organization.describe_user(&alice).await.state, Some(EntityState::Disabled));
    life.register(&alice, "alice@acme.test").await;
    life.register(&bob, "bob@acme.test").await;
    life.register(&group, "all@acme.test").await;
    life.register(&resource, "room@acme.test").await;

    life.add_an_alias(&alice).await;
    life.add_a_member(&group, &alice).await;
    life.add_a_delegate(&resource, &alice).await;
    life.list_and_describe(&group, &resource).await;
    life.keep_the_mailbox_for_30_days(&alice).await;
    life.delete(&alice).await;
}
