//! Tests of workmail-local with the AWS SDK for Rust. Here is what they share: clients that find the server by their
//! environment, and its control plane.

mod answers;
mod every_operation;
mod life;
mod message_flow;
mod retries;

use aws_config::BehaviorVersion;
use aws_sdk_workmail::config::Credentials;
use aws_sdk_workmail::error::SdkError;
use aws_sdk_workmail::operation::create_user::CreateUserError;
use aws_sdk_workmail::operation::describe_user::DescribeUserOutput;
use aws_sdk_workmail::operation::register_to_work_mail::RegisterToWorkMailError;
use aws_sdk_workmail::Client;
use serde_json::{json, Value};
use std::hash::{BuildHasher, RandomState};

/// An Active organization with a client whose account is its own, so that it sees nothing of the other tests.
struct Organization {
    client: Client,
    message_flow: aws_sdk_workmailmessageflow::Client,
    account: String,
    id: String,
}

impl Organization {
    async fn create() -> Self {
        let account = (100_000_000_000 + RandomState::new().hash_one(0) % 900_000_000_000).to_string();
        let settings = aws_config::defaults(BehaviorVersion::latest())
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .credentials_provider(Credentials::new(&account, "anything", None, None, "test"))
            .load()
            .await;
        let client = Client::new(&settings);
        let message_flow = aws_sdk_workmailmessageflow::Client::new(&settings);
        // Aliases are unique among all accounts.
        let created = client.create_organization().alias(format!("acme-{account}")).send().await.unwrap();
        let id = created.organization_id.unwrap();
        Self { client, message_flow, account, id }
    }

    async fn create_user(&self, name: &str) -> Result<String, SdkError<CreateUserError>> {
        let call = self.client.create_user().organization_id(&self.id).name(name).display_name(name);
        Ok(call.send().await?.user_id.unwrap())
    }

    async fn register_domain(&self, name: &str) {
        self.client.register_mail_domain().organization_id(&self.id).domain_name(name).send().await.unwrap();
    }

    async fn register(&self, entity: &str, email: &str) -> Result<(), SdkError<RegisterToWorkMailError>> {
        let call = self.client.register_to_work_mail().organization_id(&self.id).entity_id(entity).email(email);
        call.send().await.map(|_| ())
    }

    async fn describe_user(&self, user: &str) -> DescribeUserOutput {
        self.client.describe_user().organization_id(&self.id).user_id(user).send().await.unwrap()
    }
}

fn control_url(path: &str) -> String {
    format!("{}/_workmail/{path}", std::env::var("WORKMAIL_URL").unwrap())
}

fn post(path: &str, body: Value) -> Value {
    ureq::post(control_url(path)).send_json(body).unwrap().body_mut().read_json().unwrap()
}

fn put(path: &str, body: Value) -> Value {
    ureq::put(control_url(path)).send_json(body).unwrap().body_mut().read_json().unwrap()
}

/// Lets a message go through the mail flow and returns its id.
fn send_message(organization: &str, message: &str) -> String {
    let path = format!("organizations/{organization}/messages");
    let sent: Value = ureq::post(control_url(&path)).send(message).unwrap().body_mut().read_json().unwrap();
    sent["messageId"].as_str().unwrap().to_owned()
}

/// Moves the clock and returns what happened meanwhile.
fn advance(by: &str) -> Vec<String> {
    let answer = post("clock/advance", json!({ "by": by }));
    let happened = answer["happened"].as_array().unwrap();
    happened.iter().map(|event| event["what"].as_str().unwrap().to_owned()).collect()
}

/// The attempts of an operation by an account, the oldest first.
fn attempts(account: &str, operation: &str) -> Vec<Value> {
    let path = format!("requests?operation={operation}&account={account}");
    let journal: Value = ureq::get(control_url(&path)).call().unwrap().body_mut().read_json().unwrap();
    journal["requests"].as_array().unwrap().clone()
}
