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
  // The conditions; an empty one is none.
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

  // Adds the rule, or replaces the one of its name, which keeps its place in the list and when it was created.
  void put(const AccessControlRule& rule);
  auto list(OrganizationNumber organization) -> std::vector<AccessControlRule>;
  // No effect when there is none.
  void remove(OrganizationNumber organization, std::string_view name);

 private:
  Statement put_;
  Statement list_;
  Statement remove_;
};

}  // namespace workmail::store
