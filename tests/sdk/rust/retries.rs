//! The attempts that the SDK makes automatically, as the journal lists them.

use crate::{attempts, post, Organization};
use serde_json::{json, Value};

/// Creates a user while the first attempt has this answer, and returns that attempt.
async fn create_with_fault(answer: Value) -> Value {
    let organization = Organization::create().await;
    let rule = post("faults", json!({ "match": { "operation": "CreateUser" }, "times": 1, "answer": answer }));
    let alice = organization.create_user("alice").await.unwrap();
    let listed = organization.client.list_users().organization_id(&organization.id).send().await.unwrap();
    let ids: Vec<&str> = listed.users().iter().map(|user| user.id().unwrap()).collect();
    assert_eq!(ids, [alice]);

    let attempts = attempts(&organization.account, "CreateUser");
    let [first, second] = &attempts[..] else { panic!("{attempts:?}") };
    assert_eq!(first["fault"], rule["id"]);
    assert!(rule["id"].is_string());
    assert_eq!((&second["fault"], &second["status"]), (&Value::Null, &json!(200)));
    assert!(first["invocation"].is_string());
    assert_eq!(first["invocation"], second["invocation"]);
    assert_eq!((&first["attempt"], &second["attempt"]), (&json!(1), &json!(2)));
    first.clone()
}

#[tokio::test]
async fn a_throttled_call_is_tried_again() {
    let first = create_with_fault(json!({ "error": "ThrottlingException" })).await;
    assert_eq!((&first["status"], &first["error"]), (&json!(400), &json!("ThrottlingException")));
}

#[tokio::test]
async fn a_call_that_is_answered_with_503_is_tried_again() {
    let first = create_with_fault(json!({ "error": "ServiceUnavailable", "status": 503 })).await;
    assert_eq!(first["status"], 503);
}

#[tokio::test]
async fn a_call_whose_connection_is_reset_is_tried_again() {
    let first = create_with_fault(json!({ "connection": "reset" })).await;
    assert_eq!(first["status"], 0);
}

#[tokio::test]
async fn the_sdk_fills_in_the_idempotency_token() {
    let organization = Organization::create().await;
    let attempts = attempts(&organization.account, "CreateOrganization");
    let [only] = &attempts[..] else { panic!("{attempts:?}") };
    assert!(!only["request"]["ClientToken"].as_str().unwrap().is_empty());
}

#[tokio::test]
async fn an_organization_whose_answer_is_lost_is_created_once() {
    let matching = json!({ "operation": "CreateOrganization" });
    let answer = json!({ "connection": "close" });
    post("faults", json!({ "match": matching, "times": 1, "phase": "after", "answer": answer }));
    let organization = Organization::create().await;

    let attempts = attempts(&organization.account, "CreateOrganization");
    let [first, second] = &attempts[..] else { panic!("{attempts:?}") };
    assert_eq!((&first["status"], &second["status"]), (&json!(0), &json!(200)));
    assert_eq!(first["request"]["ClientToken"], second["request"]["ClientToken"]);
    let listed = organization.client.list_organizations().send().await.unwrap();
    let [summary] = listed.organization_summaries() else { panic!("{listed:?}") };
    assert_eq!(summary.organization_id(), Some(organization.id.as_str()));
}
