// The table of access control rules: which clients may reach a mailbox, and from where.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/numbers.h"
#include "store/sqlite.h"
#include "store/string_list.h"

namespace workmail::store {

struct AccessControlRule {
  AccessControlRuleNumber number{};
  OrganizationNumber organization{};
  std::string name;
  std::string effect;  // ALLOW, DENY
  std::string description;
  // The conditions; an empty list is no condition.
  StringList ip_ranges;
  StringList not_ip_ranges;
  StringList actions;
  StringList not_actions;
  StringList user_ids;
  StringList not_user_ids;
  StringList impersonation_role_ids;
  StringList not_impersonation_role_ids;
  Time created_at;
  Time modified_at;
};

class AccessControlRules {
 public:
  explicit AccessControlRules(Connection& connection);

  // Adds the rule, or replaces the rule with this name, which keeps its position in the list and its creation date.
  void put(const AccessControlRule& rule);
  auto list(OrganizationNumber organization) -> std::vector<AccessControlRule>;
  // No effect if the rule does not exist.
  void remove(OrganizationNumber organization, std::string_view name);

 private:
  Statement put_;
  Statement list_;
  Statement remove_;
};

}  // namespace workmail::store
