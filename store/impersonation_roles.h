// The tables of impersonation roles and their rules: the mailboxes that a client may access with a role.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/numbers.h"
#include "store/sqlite.h"
#include "store/string_list.h"

namespace workmail::store {

struct ImpersonationRole {
  ImpersonationRoleNumber number{};
  OrganizationNumber organization{};
  std::string id;
  std::string name;
  std::string type;  // FULL_ACCESS, READ_ONLY
  std::optional<std::string> description;
  Time created_at;
  Time modified_at;
};

struct ImpersonationRule {
  std::string id;
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::string effect;  // ALLOW, DENY
  // Ids of users; an empty list is no condition.
  StringList target_users;
  StringList not_target_users;
};

class ImpersonationRoles {
 public:
  explicit ImpersonationRoles(Connection& connection);

  // Returns the number of the new role, which has no rules.
  auto add(const ImpersonationRole& role) -> ImpersonationRoleNumber;
  auto find(OrganizationNumber organization, std::string_view id) -> std::optional<ImpersonationRole>;
  // Names are case-insensitive.
  auto find_by_name(OrganizationNumber organization, std::string_view name) -> std::optional<ImpersonationRole>;
  auto list(OrganizationNumber organization, ImpersonationRoleNumber after, std::int64_t limit)
      -> std::vector<ImpersonationRole>;
  auto count(OrganizationNumber organization) -> std::int64_t;
  // Replaces name, type, description and modified_at.
  void set(const ImpersonationRole& role);
  // No effect if the role does not exist.
  void remove(OrganizationNumber organization, std::string_view id);

  // The rules of a role, in the order in which they were given.
  auto rules(ImpersonationRoleNumber role) -> std::vector<ImpersonationRule>;
  void set_rules(ImpersonationRoleNumber role, const std::vector<ImpersonationRule>& rules);

 private:
  Connection& connection_;
  Statement insert_;
  Statement find_;
  Statement find_by_name_;
  Statement list_;
  Statement count_;
  Statement set_;
  Statement remove_;
  Statement rules_;
  Statement insert_rule_;
  Statement remove_rules_;
};

}  // namespace workmail::store
