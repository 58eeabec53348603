// A complete program, with endpoint, keys and region, that lists organizations in each language of server/clients.md.

// Shell variables, which SDKs and tools read as settings.
const variables = (endpoint, key, region) => `export AWS_ENDPOINT_URL_WORKMAIL=${endpoint}
export AWS_ENDPOINT_URL_WORKMAILMESSAGEFLOW=${endpoint}
export AWS_ACCESS_KEY_ID=${key} AWS_SECRET_ACCESS_KEY=test
export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`;

export const snippets = (endpoint, key, region) => ({
  'Environment variables': variables(endpoint, key, region),
  'AWS CLI': `AWS_ACCESS_KEY_ID=${key} AWS_SECRET_ACCESS_KEY=test \\
  aws workmail list-organizations --endpoint-url ${endpoint} --region ${region}`,
  '~/.aws/config': `[profile workmail-local]
region = ${region}
aws_access_key_id = ${key}
aws_secret_access_key = test
services = workmail-local

[services workmail-local]
workmail =
  endpoint_url = ${endpoint}`,
  curl: `curl ${endpoint} -H 'X-Amz-Target: WorkMailService.ListOrganizations' -d '{}' \\
  -H 'Authorization: AWS4-HMAC-SHA256 Credential=${key}/20260101/${region}/workmail/aws4_request, SignedHeaders=host, Signature=0'`,
  Python: `import boto3

workmail = boto3.client("workmail", endpoint_url="${endpoint}", region_name="${region}",
                        aws_access_key_id="${key}", aws_secret_access_key="test")
print(workmail.list_organizations()["OrganizationSummaries"])`,
  'JavaScript v3': `import { WorkMail } from "@aws-sdk/client-workmail";

const workmail = new WorkMail({
  endpoint: "${endpoint}", region: "${region}",
  credentials: { accessKeyId: "${key}", secretAccessKey: "test" },
});
console.log((await workmail.listOrganizations({})).OrganizationSummaries);`,
  'Go v2': `package main

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/workmail"
)

func main() {
	client := workmail.New(workmail.Options{
		BaseEndpoint: aws.String("${endpoint}"), Region: "${region}",
		Credentials: credentials.NewStaticCredentialsProvider("${key}", "test", ""),
	})
	output, err := client.ListOrganizations(context.Background(), &workmail.ListOrganizationsInput{})
	fmt.Println(output, err)
}`,
  'Java v2': `import java.net.URI;
import software.amazon.awssdk.auth.credentials.*;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.workmail.WorkMailClient;

class Main {
  public static void main(String[] arguments) {
    WorkMailClient workmail = WorkMailClient.builder()
        .endpointOverride(URI.create("${endpoint}")).region(Region.of("${region}"))
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("${key}", "test")))
        .build();
    System.out.println(workmail.listOrganizations(request -> {}));
  }
}`,
  Rust: `use aws_sdk_workmail::config::{BehaviorVersion, Credentials, Region};

#[tokio::main]
async fn main() {
    let config = aws_config::defaults(BehaviorVersion::latest())
        .endpoint_url("${endpoint}").region(Region::new("${region}"))
        .credentials_provider(Credentials::new("${key}", "test", None, None, "local"))
        .load().await;
    println!("{:?}", aws_sdk_workmail::Client::new(&config).list_organizations().send().await);
}`,
  '.NET': `using Amazon.Runtime;
using Amazon.WorkMail;
using Amazon.WorkMail.Model;

var workmail = new AmazonWorkMailClient(new BasicAWSCredentials("${key}", "test"),
    new AmazonWorkMailConfig { ServiceURL = "${endpoint}", AuthenticationRegion = "${region}" });
var response = await workmail.ListOrganizationsAsync(new ListOrganizationsRequest());
Console.WriteLine(response.OrganizationSummaries?.Count ?? 0);`,
  PHP: `<?php
require 'vendor/autoload.php';

$workmail = new Aws\\WorkMail\\WorkMailClient([
    'version' => '2017-10-01', 'region' => '${region}', 'endpoint' => '${endpoint}',
    'credentials' => ['key' => '${key}', 'secret' => 'test'],
]);
print_r($workmail->listOrganizations()['OrganizationSummaries']);`,
  Ruby: `require "aws-sdk-workmail"

workmail = Aws::WorkMail::Client.new(endpoint: "${endpoint}", region: "${region}",
                                     credentials: Aws::Credentials.new("${key}", "test"))
p workmail.list_organizations.organization_summaries`,
  'C++': `#include <aws/core/Aws.h>
#include <aws/core/auth/AWSCredentials.h>
#include <aws/workmail/WorkMailClient.h>
#include <aws/workmail/model/ListOrganizationsRequest.h>
#include <iostream>

int main() {
  Aws::SDKOptions options;
  Aws::InitAPI(options);
  {
    Aws::WorkMail::WorkMailClientConfiguration config;
    config.region = "${region}";
    config.endpointOverride = "${endpoint}";
    Aws::WorkMail::WorkMailClient workmail(Aws::Auth::AWSCredentials("${key}", "test"),
        Aws::MakeShared<Aws::WorkMail::WorkMailEndpointProvider>("local"), config);
    const auto outcome = workmail.ListOrganizations({});
    std::cout << outcome.GetResult().GetOrganizationSummaries().size() << "\\n";
  }
  Aws::ShutdownAPI(options);
}`,
  Terraform: `provider "aws" {
  region                      = "${region}"
  access_key                  = "${key}"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true

  endpoints {
    workmail = "${endpoint}"
  }
}`,
  CDK: `import { handler } from "../lib/create-organization";

Object.assign(process.env, {
  AWS_ENDPOINT_URL_WORKMAIL: "${endpoint}", AWS_REGION: "${region}",
  AWS_ACCESS_KEY_ID: "${key}", AWS_SECRET_ACCESS_KEY: "test",
});
await handler({ RequestType: "Create", ResourceProperties: { Alias: "acme" } });`,
});
