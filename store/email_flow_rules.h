// The table of email flow rules: what happens to messages that an organization sends or receives.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/numbers.h"
#include "store/sqlite.h"
#include "store/string_list.h"
#include "store/words.h"

namespace workmail::store {

enum class FlowDirection { Inbound, Outbound };
template <>
inline constexpr std::array<std::string_view, 2> kWords<FlowDirection>{"INBOUND", "OUTBOUND"};

enum class FlowAction { Drop, Bounce, MoveToJunk, Default, BypassSpamCheck, RouteToSmtpGateway, RunLambda };
template <>
inline constexpr std::array<std::string_view, 7> kWords<FlowAction>{
    "DROP", "BOUNCE", "MOVE_TO_JUNK", "DEFAULT", "BYPASS_SPAM_CHECK", "ROUTE_TO_SMTP_GATEWAY", "RUN_LAMBDA"};

struct EmailFlowRule {
  std::string name;
  FlowDirection direction = FlowDirection::Inbound;
  StringList sender_patterns;
  StringList destination_patterns;
  FlowAction action = FlowAction::Default;
  std::string lambda_arn;  // this and the next three: RUN_LAMBDA only
  bool synchronous = false;
  FlowAction fallback = FlowAction::Default;
  int rule_timeout_minutes = 0;
};

class EmailFlowRules {
 public:
  explicit EmailFlowRules(Connection& connection);

  // Adds the rule, or replaces the rule with this name, which keeps its position.
  void put(OrganizationNumber organization, const EmailFlowRule& rule);
  auto find(OrganizationNumber organization, std::string_view name) -> std::optional<EmailFlowRule>;
  // In the order of creation.
  auto list(OrganizationNumber organization) -> std::vector<EmailFlowRule>;
  auto count(OrganizationNumber organization) -> std::int64_t;
  void remove(OrganizationNumber organization, std::string_view name);

 private:
  Statement put_;
  Statement find_;
  Statement list_;
  Statement count_;
  Statement remove_;
};

}  // namespace workmail::store
