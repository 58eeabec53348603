// The tables of Identity Center: applications, which belong to an account, and the identity provider configuration of
// an organization.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

struct IdentityCenterApplication {
  std::string account;
  std::string region;
  std::string arn;
  std::string name;
  std::string instance_arn;
};

enum class TokenStatus { Active, Inactive };
template <>
inline constexpr std::array<std::string_view, 2> kWords<TokenStatus>{"ACTIVE", "INACTIVE"};

struct IdentityProviderConfiguration {
  std::string authentication_mode;
  std::string instance_arn;
  std::string application_arn;
  TokenStatus token_status = TokenStatus::Active;
  std::optional<int> token_lifetime_in_days;
};

class IdentityProviders {
 public:
  explicit IdentityProviders(Connection& connection);

  void add_application(const IdentityCenterApplication& application);
  auto find_application(std::string_view account, std::string_view region, std::string_view arn)
      -> std::optional<IdentityCenterApplication>;
  // All applications of all accounts and regions, in the order of creation.
  auto applications() -> std::vector<IdentityCenterApplication>;
  // No effect if the row does not exist.
  void remove_application(std::string_view account, std::string_view region, std::string_view arn);
  void remove_account(std::string_view account);

  void put(OrganizationNumber organization, const IdentityProviderConfiguration& configuration);
  auto find(OrganizationNumber organization) -> std::optional<IdentityProviderConfiguration>;
  void remove(OrganizationNumber organization);

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
