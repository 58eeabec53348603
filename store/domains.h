// The table of mail domains.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/due.h"
#include "store/sqlite.h"

namespace workmail::store {

struct Domain {
  std::int64_t number = 0;
  std::int64_t organization = 0;
  std::string name;  // lower case
  bool is_test = false;
  std::optional<std::string> hosted_zone_id;
  std::string ownership;            // PENDING, VERIFIED, FAILED
  std::string dkim;                 // the same words
  std::optional<Time> verified_at;  // when a pending domain becomes verified by itself
};

class Domains {
 public:
  Domains(Connection& connection, Due& due);

  auto add(const Domain& domain) -> std::int64_t;
  auto find(std::int64_t organization, std::string_view name) -> std::optional<Domain>;
  auto find(std::int64_t number) -> std::optional<Domain>;
  auto list(std::int64_t organization, std::int64_t after, std::int64_t limit) -> std::vector<Domain>;
  auto count(std::int64_t organization) -> std::int64_t;
  // Whether another organization of the account and region, which is not Deleted, has the domain.
  auto registered_elsewhere(std::string_view account, std::string_view region, std::int64_t organization,
                            std::string_view name) -> bool;
  // Whether it is the test domain of an organization that is not Deleted.
  auto is_test_domain(std::string_view name) -> bool;
  // Whether any address is in the domain.
  auto in_use(std::int64_t number) -> bool;
  // With a moment, the domain becomes verified by itself then.
  void set_status(std::int64_t number, std::string_view ownership, std::string_view dkim,
                  std::optional<Time> verified_at = std::nullopt);
  void remove(std::int64_t number);

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
