// The table of mail domains.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/due.h"
#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

enum class VerificationStatus { Pending, Verified, Failed };
template <>
inline constexpr std::array<std::string_view, 3> kWords<VerificationStatus>{"PENDING", "VERIFIED", "FAILED"};

struct Domain {
  DomainNumber number{};
  OrganizationNumber organization{};
  std::string name;  // lower case
  bool is_test = false;
  std::optional<std::string> hosted_zone_id;
  VerificationStatus ownership = VerificationStatus::Pending;
  VerificationStatus dkim = VerificationStatus::Pending;
  std::optional<Time> verified_at;  // when a pending domain is verified automatically
};

class Domains {
 public:
  Domains(Connection& connection, Due& due);

  auto add(const Domain& domain) -> DomainNumber;
  auto find(OrganizationNumber organization, std::string_view name) -> std::optional<Domain>;
  auto find(DomainNumber number) -> std::optional<Domain>;
  auto list(OrganizationNumber organization, DomainNumber after, std::int64_t limit) -> std::vector<Domain>;
  auto count(OrganizationNumber organization) -> std::int64_t;
  // Whether another organization of the account and region, which is not Deleted, has the domain.
  auto registered_elsewhere(std::string_view account, std::string_view region, OrganizationNumber organization,
                            std::string_view name) -> bool;
  // Whether this is the test domain of an organization that is not Deleted.
  auto is_test_domain(std::string_view name) -> bool;
  // Whether an address of this domain exists.
  auto in_use(DomainNumber number) -> bool;
  // If a time is given, the domain is verified automatically at that time.
  void set_status(DomainNumber number, VerificationStatus ownership, VerificationStatus dkim,
                  std::optional<Time> verified_at = std::nullopt);
  void remove(DomainNumber number);

 private:
  Connection& connection_;
  Due& due_;
  Statement insert_;
  Statement find_by_name_;
  Statement find_;
  Statement list_;
  Statement count_;
  Statement registered_elsewhere_;
  Statement is_test_domain_;
  Statement in_use_;
  Statement set_status_;
  Statement remove_;
};

}  // namespace workmail::store
