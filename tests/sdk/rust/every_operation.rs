//! Every operation succeeds; those of life.rs are called here too.

use crate::{control_url, post, Organization};
use aws_sdk_workmail::types::*;
use serde_json::{json, Value};
use std::collections::BTreeSet;

/// Makes a call about the organization, which must succeed.
macro_rules! call {
    ($organization:ident.$operation:ident $(, $member:ident = $value:expr)*) => {
        $organization.client.$operation().organization_id(&$organization.id)$(.$member($value))*.send().await.unwrap()
    };
}

const ROLE: &str = "arn:aws:iam::000000000000:role/mail";
const INSTANCE: &str = "arn:aws:sso:::instance/ssoins-0123456789abcdef";

/// The entities of the organization that the calls are about.
struct Entities {
    alice: String,
    bob: String,
    everyone: String,
    room: String,
}

async fn tags_and_domains(o: &Organization) {
    let arn = call!(o.describe_organization).arn.unwrap();
    let tag = Tag::builder().key("team").value("blue").build().unwrap();
    o.client.tag_resource().resource_arn(&arn).tags(tag.clone()).send().await.unwrap();
    let tagged = o.client.list_tags_for_resource().resource_arn(&arn).send().await.unwrap();
    assert_eq!(tagged.tags(), [tag]);
    o.client.untag_resource().resource_arn(&arn).tag_keys("team").send().await.unwrap();
    assert_eq!(o.client.list_organizations().send().await.unwrap().organization_summaries().len(), 1);

    call!(o.register_mail_domain, domain_name = "acme.test");
    call!(o.register_mail_domain, domain_name = "other.test");
    call!(o.update_default_mail_domain, domain_name = "acme.test");
    assert!(!call!(o.get_mail_domain, domain_name = "acme.test").records().is_empty());
    assert_eq!(call!(o.list_mail_domains).mail_domains().len(), 3);
    call!(o.deregister_mail_domain, domain_name = "other.test");
}

async fn create_entities(o: &Organization) -> Entities {
    let entities = Entities {
        alice: o.create_user("alice").await.unwrap(),
        bob: o.create_user("bob").await.unwrap(),
        everyone: call!(o.create_group, name = "everyone").group_id.unwrap(),
        room: call!(o.create_resource, name = "room", r#type = ResourceType::Room).resource_id.unwrap(),
    };
    o.register(&entities.alice, "alice@acme.test").await.unwrap();
    o.register(&entities.bob, "bob@acme.test").await.unwrap();
    o.register(&entities.everyone, "everyone@acme.test").await.unwrap();
    o.register(&entities.room, "room@acme.test").await.unwrap();
    entities
}

async fn entities(o: &Organization, Entities { alice, bob, everyone, room }: &Entities) {
    call!(o.reset_password, user_id = alice, password = "N3xt!password-of-alice");
    call!(o.update_user, user_id = alice, city = "Oxford");
    assert_eq!(call!(o.describe_user, user_id = alice).city(), Some("Oxford"));
    call!(o.update_group, group_id = everyone, hidden_from_global_address_list = true);
    assert!(call!(o.describe_group, group_id = everyone).hidden_from_global_address_list);
    call!(o.update_resource, resource_id = room, description = "With a view");
    assert_eq!(call!(o.describe_resource, resource_id = room).description(), Some("With a view"));

    call!(o.create_alias, entity_id = alice, alias = "al@acme.test");
    call!(o.update_primary_email_address, entity_id = alice, email = "al@acme.test");
    assert_eq!(call!(o.list_aliases, entity_id = alice).aliases()[0], "al@acme.test");
    call!(o.delete_alias, entity_id = alice, alias = "alice@acme.test");
    assert_eq!(call!(o.describe_entity, email = "al@acme.test").r#type(), Some(&EntityType::User));

    call!(o.associate_member_to_group, group_id = everyone, member_id = bob);
    assert_eq!(call!(o.list_group_members, group_id = everyone).members().len(), 1);
    assert_eq!(call!(o.list_groups_for_entity, entity_id = bob).groups().len(), 1);
    call!(o.disassociate_member_from_group, group_id = everyone, member_id = bob);
    call!(o.associate_delegate_to_resource, resource_id = room, entity_id = bob);
    assert_eq!(call!(o.list_resource_delegates, resource_id = room).delegates().len(), 1);
    call!(o.disassociate_delegate_from_resource, resource_id = room, entity_id = bob);
    assert_eq!(call!(o.list_users).users().len(), 2);
    assert_eq!(call!(o.list_groups).groups().len(), 1);
    assert_eq!(call!(o.list_resources).resources().len(), 1);
}

async fn mailboxes(o: &Organization, Entities { alice, bob, .. }: &Entities) {
    call!(o.update_mailbox_quota, user_id = alice, mailbox_quota = 1024);
    post("simulate", json!({ "event": "mailboxUsed", "userId": alice, "megabytes": 12.5 }));
    let mailbox = call!(o.get_mailbox_details, user_id = alice);
    assert_eq!((mailbox.mailbox_quota, mailbox.mailbox_size), (Some(1024), 12.5));

    let send_as = PermissionType::SendAs;
    call!(o.put_mailbox_permissions, entity_id = alice, grantee_id = bob, permission_values = send_as.clone());
    let permissions = call!(o.list_mailbox_permissions, entity_id = alice).permissions.unwrap();
    assert_eq!(permissions[0].permission_values(), [send_as]);
    call!(o.delete_mailbox_permissions, entity_id = alice, grantee_id = bob);

    let export = o.client.start_mailbox_export_job().organization_id(&o.id).entity_id(alice).role_arn(ROLE);
    let export = export.kms_key_arn("arn:aws:kms:us-east-1:000000000000:key/one");
    let job = export.s3_bucket_name("archive").s3_prefix("mail").send().await.unwrap().job_id.unwrap();
    call!(o.cancel_mailbox_export_job, job_id = &job);
    assert!(call!(o.describe_mailbox_export_job, job_id = &job).end_time.is_some());
    assert_eq!(call!(o.list_mailbox_export_jobs).jobs().len(), 1);

    let token = json!({ "event": "personalAccessTokenCreated", "userId": alice, "name": "phone", "scopes": ["imap"] });
    let token = post("simulate", token)["id"].as_str().unwrap().to_owned();
    let metadata = call!(o.get_personal_access_token_metadata, personal_access_token_id = &token);
    assert_eq!(metadata.scopes(), ["imap"]);
    assert_eq!(call!(o.list_personal_access_tokens, user_id = alice).personal_access_token_summaries().len(), 1);
    call!(o.delete_personal_access_token, personal_access_token_id = &token);
}

async fn impersonation(o: &Organization, Entities { alice, .. }: &Entities) {
    let rule = ImpersonationRule::builder().impersonation_rule_id("one").effect(AccessEffect::Allow);
    let rule = rule.target_users(alice).build().unwrap();
    let kind = ImpersonationRoleType::FullAccess;
    let made = call!(o.create_impersonation_role, name = "calendar", r#type = kind.clone(), rules = rule.clone());
    let role = &made.impersonation_role_id.unwrap();
    let update = o.client.update_impersonation_role().organization_id(&o.id).impersonation_role_id(role);
    update.name("calendar").r#type(kind).rules(rule.clone()).send().await.unwrap();
    assert_eq!(call!(o.get_impersonation_role, impersonation_role_id = role).rules(), [rule]);
    let effect = call!(o.get_impersonation_role_effect, impersonation_role_id = role, target_user = alice);
    assert_eq!(effect.effect(), Some(&AccessEffect::Allow));
    assert_eq!(call!(o.list_impersonation_roles).roles().len(), 1);
    assert_eq!(call!(o.assume_impersonation_role, impersonation_role_id = role).expires_in(), Some(900));
    call!(o.delete_impersonation_role, impersonation_role_id = role);
}

async fn access(o: &Organization, Entities { alice, .. }: &Entities) {
    let deny = AccessControlRuleEffect::Deny;
    let name = "outside";
    call!(
        o.put_access_control_rule,
        name = name,
        effect = deny.clone(),
        description = "From outside",
        user_ids = alice
    );
    assert_eq!(call!(o.list_access_control_rules).rules()[1].user_ids(), [alice.as_str()]);
    let effect = call!(o.get_access_control_effect, ip_address = "192.0.2.1", action = "EWS", user_id = alice);
    assert_eq!((effect.effect(), effect.matched_rules()), (Some(&deny), &[name.to_owned()][..]));
    call!(o.delete_access_control_rule, name = name);

    let deny = MobileDeviceAccessRuleEffect::Deny;
    let create = o.client.create_mobile_device_access_rule().organization_id(&o.id).name("no phones");
    let created = create.effect(deny.clone()).device_types("phone").send().await.unwrap();
    let rule = &created.mobile_device_access_rule_id.unwrap();
    let update = o.client.update_mobile_device_access_rule().organization_id(&o.id).mobile_device_access_rule_id(rule);
    update.name("no phones").effect(deny.clone()).device_types("phone").send().await.unwrap();
    assert_eq!(call!(o.list_mobile_device_access_rules).rules()[1].device_types(), ["phone"]);
    assert_eq!(call!(o.get_mobile_device_access_effect, device_type = "phone").effect(), Some(&deny));
    call!(o.delete_mobile_device_access_rule, mobile_device_access_rule_id = rule);

    call!(o.put_mobile_device_access_override, user_id = alice, device_id = "A1", effect = deny.clone());
    let found = call!(o.get_mobile_device_access_override, user_id = alice, device_id = "A1");
    assert_eq!(found.effect(), Some(&deny));
    assert_eq!(call!(o.list_mobile_device_access_overrides).overrides().len(), 1);
    call!(o.delete_mobile_device_access_override, user_id = alice, device_id = "A1");
}

async fn availability_and_retention(o: &Organization) {
    let lambda = "arn:aws:lambda:us-east-1:000000000000:function:availability";
    let lambda = LambdaAvailabilityProvider::builder().lambda_arn(lambda).build().unwrap();
    let ews = EwsAvailabilityProvider::builder().ews_endpoint("https://ews.example.test/EWS.asmx");
    let ews = ews.ews_username("reader").ews_password("ews-password-of-the-reader").build().unwrap();
    let domain = "ews.test";
    call!(o.create_availability_configuration, domain_name = domain, lambda_provider = lambda);
    call!(o.update_availability_configuration, domain_name = domain, ews_provider = ews.clone());
    assert!(call!(o.test_availability_configuration, ews_provider = ews).test_passed);
    let listed = call!(o.list_availability_configurations);
    assert_eq!(listed.availability_configurations()[0].provider_type(), Some(&AvailabilityProviderType::Ews));
    call!(o.delete_availability_configuration, domain_name = domain);

    let folder = FolderConfiguration::builder().name(FolderName::Inbox).action(RetentionAction::Delete).period(30);
    let folder = folder.build().unwrap();
    call!(o.put_retention_policy, name = "keep", folder_configurations = folder.clone());
    let policy = call!(o.get_default_retention_policy);
    assert_eq!(policy.folder_configurations(), [folder]);
    call!(o.delete_retention_policy, id = policy.id().unwrap());
}

async fn configuration(o: &Organization) {
    let group = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/workmail/events:*";
    call!(o.put_email_monitoring_configuration, log_group_arn = group, role_arn = ROLE);
    assert_eq!(call!(o.describe_email_monitoring_configuration).log_group_arn(), Some(group));
    call!(o.delete_email_monitoring_configuration);
    call!(o.put_inbound_dmarc_settings, enforced = false);
    assert!(!call!(o.describe_inbound_dmarc_settings).enforced);

    let create = o.client.create_identity_center_application().name("mail").instance_arn(INSTANCE);
    let application = &create.send().await.unwrap().application_arn.unwrap();
    let center = IdentityCenterConfiguration::builder().instance_arn(INSTANCE).application_arn(application);
    let tokens = PersonalAccessTokenConfiguration::builder();
    let tokens = tokens.status(PersonalAccessTokenConfigurationStatus::Active).lifetime_in_days(90).build().unwrap();
    let put = o.client.put_identity_provider_configuration().organization_id(&o.id);
    let put = put.authentication_mode(IdentityProviderAuthenticationMode::IdentityProviderAndDirectory);
    let put = put.identity_center_configuration(center.build().unwrap());
    put.personal_access_token_configuration(tokens.clone()).send().await.unwrap();
    let described = call!(o.describe_identity_provider_configuration);
    assert_eq!(described.personal_access_token_configuration(), Some(&tokens));
    call!(o.delete_identity_provider_configuration);
    o.client.delete_identity_center_application().application_arn(application).send().await.unwrap();
}

async fn delete(o: &Organization, Entities { bob, everyone, room, .. }: &Entities) {
    for entity in [bob, everyone, room] {
        call!(o.deregister_from_work_mail, entity_id = entity);
    }
    call!(o.delete_user, user_id = bob);
    call!(o.delete_group, group_id = everyone);
    call!(o.delete_resource, resource_id = room);
    call!(o.delete_organization, delete_directory = true, force_delete = true);
}

fn names<'a>(values: &'a Value, member: &str) -> BTreeSet<&'a str> {
    values.as_array().unwrap().iter().filter_map(|value| value[member].as_str()).collect()
}

#[tokio::test]
async fn every_operation_succeeds() {
    let organization = Organization::create().await;
    tags_and_domains(&organization).await;
    let created = create_entities(&organization).await;
    entities(&organization, &created).await;
    mailboxes(&organization, &created).await;
    impersonation(&organization, &created).await;
    access(&organization, &created).await;
    availability_and_retention(&organization).await;
    configuration(&organization).await;
    delete(&organization, &created).await;

    let path = format!("requests?status=200&account={}", organization.account);
    let journal: Value = ureq::get(control_url(&path)).call().unwrap().body_mut().read_json().unwrap();
    let steps = std::fs::read_to_string(std::env::var("STEPS").unwrap()).unwrap();
    let steps: Value = serde_json::from_str(&steps).unwrap();
    assert_eq!(names(&journal["requests"], "operation"), names(&steps, "operation"));
}
