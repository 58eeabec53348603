// The external services that mail flow calls, and the key for S3: the values of --lambda-endpoint, --s3-endpoint and
// --s3-credentials.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "server/identity/credentials.h"
#include "server/mail/http_endpoint.h"

namespace workmail::server {

struct MailFlowSettings {
  std::optional<HttpEndpoint> lambda_endpoint;  // unset: functions cannot be invoked
  std::optional<HttpEndpoint> s3_endpoint;      // unset: content cannot be replaced
  std::string s3_profile;                       // empty: uses the key below, which S3 emulators accept
  Credential s3_credential{.access_key_id = "test", .secret_access_key = "test"};
};

// Reads the key of the profile. AWS: from AWS_SHARED_CREDENTIALS_FILE, or else from ~/.aws/credentials. Throws
// UnusableCredentials.
auto with_credential(MailFlowSettings settings, const std::map<std::string, std::string>& environment)
    -> MailFlowSettings;

}  // namespace workmail::server
