// The table of access control rules: which clients may reach a mailbox, and from where.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/lines.h"
#include "store/sqlite.h"

namespace workmail::store {

struct AccessControlRule {
  std::int64_t number = 0;
  std::int64_t organization = 0;
  std::string name;
  std::string effect;  // ALLOW, DENY
  std::string description;
  // The conditions; an empty one is none.
  Lines ip_ranges;
  Lines not_ip_ranges;
  Lines actions;
  Lines not_actions;
  Lines user_ids;
  Lines not_user_ids;
  Lines impersonation_role_ids;
  Lines not_impersonation_role_ids;
  Time created_at;
  Time modified_at;
};

class AccessControlRules {
 public:
  explicit AccessControlRules(Connection& connection);

  // Adds the rule, or replaces the one of its name, which keeps its place in the list and when it was created.
  void put(const AccessControlRule& rule);
  auto list(std::int64_t organization) -> std::vector<AccessControlRule>;
  // No effect when there is none.
  void remove(std::int64_t organization, std::string_view name);

 private:
  Statement put_;
  Statement list_;
  Statement remove_;
};

}  // namespace workmail::store
