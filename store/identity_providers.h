// The tables of Identity Center: applications, which belong to an account, and the identity provider configuration of
// an organization.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/sqlite.h"

namespace workmail::store {

struct IdentityCenterApplication {
  std::string account;
  std::string region;
  std::string arn;
  std::string name;
  std::string instance_arn;
};

struct IdentityProviderConfiguration {
  std::string authentication_mode;
  std::string instance_arn;
  std::string application_arn;
  std::string token_status;  // ACTIVE, INACTIVE
  std::optional<int> token_lifetime_in_days;
};

class IdentityProviders {
 public:
  explicit IdentityProviders(Connection& connection);

  void add_application(const IdentityCenterApplication& application);
  auto find_application(std::string_view account, std::string_view region, std::string_view arn)
      -> std::optional<IdentityCenterApplication>;
  // Of every account and region, in the order of creation.
  auto applications() -> std::vector<IdentityCenterApplication>;
  // No effect when there is none.
  void remove_application(std::string_view account, std::string_view region, std::string_view arn);
  void remove_account(std::string_view account);

  void put(std::int64_t organization, const IdentityProviderConfiguration& configuration);
  auto find(std::int64_t organization) -> std::optional<IdentityProviderConfiguration>;
  void remove(std::int64_t organization);

 private:
  Statement insert_application_;
  Statement find_application_;
  Statement applications_;
  Statement remove_application_;
  Statement remove_account_;
  Statement put_;
  Statement find_;
  Statement remove_;
};

}  // namespace workmail::store
