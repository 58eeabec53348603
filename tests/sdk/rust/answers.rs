//! What the SDK makes of answers: pages, exceptions, times.

use crate::{put, Organization};
use aws_sdk_workmail::operation::create_user::CreateUserError;
use aws_sdk_workmail::operation::describe_user::DescribeUserError;
use aws_sdk_workmail::operation::list_users::ListUsersError;
use aws_sdk_workmail::operation::register_to_work_mail::RegisterToWorkMailError;
use aws_sdk_workmail::primitives::{DateTime, DateTimeFormat};
use serde_json::json;

/// The message of an exception, which must be of this kind.
macro_rules! refused {
    ($call:expr, $exception:path) => {
        match $call.unwrap_err().into_service_error() {
            $exception(exception) => exception.message().unwrap().to_owned(),
            other => panic!("{other:?}"),
        }
    };
}

#[tokio::test]
async fn the_paginator_goes_through_25_users_in_pages_of_10() {
    let organization = Organization::create().await;
    let names: Vec<String> = (0..25).map(|number| format!("user-{number}")).collect();
    for name in &names {
        organization.create_user(name).await.unwrap();
    }
    let list = organization.client.list_users().organization_id(&organization.id);
    let mut paginator = list.into_paginator().page_size(10).send();
    let mut sizes = Vec::new();
    let mut listed = Vec::new();
    while let Some(page) = paginator.next().await {
        let users = page.unwrap().users.unwrap();
        sizes.push(users.len());
        listed.extend(users.into_iter().map(|user| user.name.unwrap()));
    }
    assert_eq!(sizes, [10, 10, 5]);
    assert_eq!(listed, names);
}

#[tokio::test]
async fn an_entity_that_is_not_there_is_an_entity_not_found_exception() {
    let Organization { client, id, .. } = Organization::create().await;
    let call = client.describe_user().organization_id(&id).user_id("nobody").send().await;
    let message = refused!(call, DescribeUserError::EntityNotFoundException);
    assert_eq!(message, format!("Entity nobody not found in organization {id}"));
}

#[tokio::test]
async fn a_name_that_is_taken_is_a_name_availability_exception() {
    let organization = Organization::create().await;
    organization.create_user("alice").await.unwrap();
    let message = refused!(organization.create_user("Alice").await, CreateUserError::NameAvailabilityException);
    assert_eq!(message, "Name Alice is not available");
}

#[tokio::test]
async fn an_address_that_is_taken_is_an_email_address_in_use_exception() {
    let organization = Organization::create().await;
    organization.register_domain("acme.test").await;
    let alice = organization.create_user("alice").await.unwrap();
    let bob = organization.create_user("bob").await.unwrap();
    organization.register(&alice, "alice@acme.test").await.unwrap();
    let call = organization.register(&bob, "alice@acme.test").await;
    let message = refused!(call, RegisterToWorkMailError::EmailAddressInUseException);
    assert_eq!(message, "Email address alice@acme.test is already in use");
}

#[tokio::test]
async fn a_value_that_the_model_refuses_is_an_invalid_parameter_exception() {
    let Organization { client, id, .. } = Organization::create().await;
    let call = client.list_users().organization_id(&id).max_results(101).send().await;
    let message = refused!(call, ListUsersError::InvalidParameterException);
    let expected = "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: \
                    Member must have value less than or equal to 100";
    assert_eq!(message, expected);
}

#[tokio::test]
async fn a_time_is_a_date_time_of_the_right_instant() {
    let organization = Organization::create().await;
    organization.register_domain("acme.test").await;
    let alice = organization.create_user("alice").await.unwrap();
    let instant = "2040-02-29T23:59:59.250Z";
    put("clock", json!({ "now": instant, "frozen": true }));
    organization.register(&alice, "alice@acme.test").await.unwrap();
    let enabled: DateTime = organization.describe_user(&alice).await.enabled_date.unwrap();
    assert_eq!(enabled, DateTime::from_str(instant, DateTimeFormat::DateTime).unwrap());
}
