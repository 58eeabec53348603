// The table of organizations. A deleted organization keeps its row, but nothing that refers to it.
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

enum class OrganizationState {
  Requested,
  Creating,
  Validating,
  Active,
  Failed,
  Impaired,
  Inactive,
  Deleting,
  Deleted,
};
template <>
inline constexpr std::array<std::string_view, 9> kWords<OrganizationState>{
    "Requested", "Creating", "Validating", "Active", "Failed", "Impaired", "Inactive", "Deleting", "Deleted"};

// The columns of an organization that every operation needs.
struct OrganizationHead {
  OrganizationNumber number{};
  std::string id;
  OrganizationState state = OrganizationState::Requested;
  bool interoperability = false;
};

struct Organization {
  OrganizationNumber number{};
  std::string id;
  std::string account;
  std::string region;
  std::string alias;
  OrganizationState state = OrganizationState::Requested;
  std::optional<std::string> error_message;
  std::string directory_id;
  bool directory_kept = false;  // after deletion, the directory is available to a new organization
  bool interoperability = false;
  std::optional<std::string> kms_key_arn;
  std::string default_domain;
  bool dmarc_enforced = true;
  std::optional<Time> completed_at;
  std::optional<Time> next_state_at;
};

class Organizations {
 public:
  Organizations(Connection& connection, Due& due);

  // `organization.number` is ignored; the new one is returned.
  auto add(const Organization& organization) -> OrganizationNumber;
  auto head(std::string_view account, std::string_view region, std::string_view id) -> std::optional<OrganizationHead>;
  auto find(OrganizationNumber number) -> std::optional<Organization>;
  // Searches all accounts and regions: ids are unique.
  auto find_by_id(std::string_view id) -> std::optional<Organization>;
  auto list(std::string_view account, std::string_view region, OrganizationNumber after, std::int64_t limit)
      -> std::vector<Organization>;

  // All organizations of all accounts and regions, in the order of creation.
  auto all() -> std::vector<Organization>;
  // The first organization after the row `after` with this account, region and id; an empty text matches any.
  auto next(OrganizationNumber after, std::string_view account, std::string_view region, std::string_view id)
      -> std::optional<Organization>;

  // Whether an organization that is not Deleted has this alias, in any account and region.
  auto alias_in_use(std::string_view alias) -> bool;
  // Whether such an organization has this directory, in any account and region.
  auto directory_in_use(std::string_view directory_id) -> bool;
  // The organization of the account and region that has the directory or, after its deletion, has kept it.
  auto find_by_directory(std::string_view account, std::string_view region, std::string_view directory_id)
      -> std::optional<Organization>;
  // Whether an organization that has or had the directory is or was interoperable.
  auto directory_interoperable(std::string_view account, std::string_view region, std::string_view directory_id)
      -> bool;
  // Organizations of the account and region that are not Deleted.
  auto count(std::string_view account, std::string_view region) -> std::int64_t;

  void set_state(OrganizationNumber number, OrganizationState state, std::optional<Time> next_state_at);
  void set_error_message(OrganizationNumber number, const std::optional<std::string>& message);
  void set_completed(OrganizationNumber number, Time at);
  void set_directory_kept(OrganizationNumber number, bool kept);
  void set_default_domain(OrganizationNumber number, std::string_view domain);
  void set_dmarc_enforced(OrganizationNumber number, bool enforced);
  // Removes everything in the organization, but not the organization itself.
  void clear(OrganizationNumber number);
  void remove(OrganizationNumber number);
  // Removes every organization of an account.
  void remove_account(std::string_view account);

  // After the database was replaced: no head is known. When changes are taken back, it finds out itself.
  void forget() { latest_.reset(); }

 private:
  // The answer to head() that was given last: most calls name the same organization as the one before.
  struct Latest {
    std::string account;
    std::string region;
    OrganizationHead head;
    std::uint64_t rollbacks;  // of the connection, when it was read
  };
  auto insert(const Organization& organization, std::optional<OrganizationNumber> number) -> OrganizationNumber;

  Connection& connection_;
  Due& due_;
  std::optional<Latest> latest_;
  Statement insert_;
  Statement head_;
  Statement find_;
  Statement find_by_id_;
  Statement list_;
  Statement all_;
  Statement next_;
  Statement alias_in_use_;
  Statement directory_in_use_;
  Statement find_by_directory_;
  Statement directory_interoperable_;
  Statement count_;
  Statement set_state_;
  Statement set_error_message_;
  Statement set_completed_;
  Statement set_directory_kept_;
  Statement set_default_domain_;
  Statement set_dmarc_enforced_;
  Statement remove_;
  Statement remove_account_;
};

}  // namespace workmail::store
