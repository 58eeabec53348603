//! The content of messages, by the client of Message Flow.

use crate::{send_message, Organization};
use aws_sdk_workmailmessageflow::operation::get_raw_message_content::GetRawMessageContentError;
use aws_sdk_workmailmessageflow::operation::put_raw_message_content::PutRawMessageContentError;
use aws_sdk_workmailmessageflow::types::{RawMessageContent, S3Reference};

const MESSAGE: &str = "From: bob@example.com\r\nTo: alice@acme.test\r\nSubject: Lunch\r\n\r\nAt noon?\r\n";

/// The messages go with their organization: otherwise other tests would see them disappear when they move the clock.
async fn delete(organization: &Organization) {
    let call = organization.client.delete_organization().organization_id(&organization.id).delete_directory(true);
    call.send().await.unwrap();
}

#[tokio::test]
async fn the_content_of_a_message_is_as_it_was_sent() {
    let organization = Organization::create().await;
    let message = send_message(&organization.id, MESSAGE);
    let answer = organization.message_flow.get_raw_message_content().message_id(message).send().await.unwrap();
    assert_eq!(answer.message_content.collect().await.unwrap().into_bytes(), MESSAGE);
    delete(&organization).await;
}

#[tokio::test]
async fn a_message_that_is_not_there_is_a_resource_not_found_exception() {
    let Organization { message_flow, .. } = Organization::create().await;
    let call = message_flow.get_raw_message_content().message_id("nothing").send().await;
    match call.unwrap_err().into_service_error() {
        GetRawMessageContentError::ResourceNotFoundException(exception) => {
            assert_eq!(exception.message(), Some("Message nothing not found"));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn content_that_cannot_be_fetched_is_an_invalid_content_location() {
    let organization = Organization::create().await;
    let place = S3Reference::builder().bucket("mail").key("new").build().unwrap();
    let content = RawMessageContent::builder().s3_reference(place).build();
    let message = send_message(&organization.id, MESSAGE);
    let call = organization.message_flow.put_raw_message_content().message_id(message).content(content);
    let error = call.send().await.unwrap_err().into_service_error();
    assert!(matches!(error, PutRawMessageContentError::InvalidContentLocation(_)), "{error:?}");
    delete(&organization).await;
}
