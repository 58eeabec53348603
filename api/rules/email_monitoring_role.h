// The default role of email monitoring.
#pragma once

#include <string>
#include <string_view>

namespace workmail::api {

// AWS: name and principal are documented (administrator guide, service-linked roles), the path follows from them.
// That it is the one used is assumed (Q-monitoring-role).
inline auto service_linked_role(std::string_view account) -> std::string {
  return "arn:aws:iam::" + std::string(account) +
         ":role/aws-service-role/events.workmail.amazonaws.com/AWSServiceRoleForAmazonWorkMailEvents";
}

}  // namespace workmail::api
