// The tables of retention policies, at most one for each organization, and of their folders.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

struct RetentionFolder {
  std::string name;
  std::string action;
  std::optional<int> period;  // days
};

struct RetentionPolicy {
  std::string id;
  std::string name;
  std::optional<std::string> description;
  std::vector<RetentionFolder> folders;
};

class RetentionPolicies {
 public:
  explicit RetentionPolicies(Connection& connection);

  // Replaces the organization's policy, if it has one.
  void put(OrganizationNumber organization, const RetentionPolicy& policy);
  auto find(OrganizationNumber organization) -> std::optional<RetentionPolicy>;
  // No effect if the organization's policy has another id.
  void remove(OrganizationNumber organization, std::string_view id);

 private:
  Statement remove_any_;
  Statement insert_;
  Statement insert_folder_;
  Statement find_;
  Statement folders_;
  Statement remove_;
};

}  // namespace workmail::store
