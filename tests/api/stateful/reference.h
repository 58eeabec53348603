// The expected responses: the rules of organizations, mail domains, users, groups and resources as a small model with
// plain vectors. An independent implementation without code of api/. It supports only valid inputs, returns lists as
// one page, and takes identifiers and DNS records from the service.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <rapidjson/document.h>

namespace workmail::test::stateful {

// Milliseconds since 1970.
using Moment = std::int64_t;
constexpr Moment kHour = 3'600'000;
constexpr Moment kThirtyDays = 30 * 24 * kHour;

struct Mailbox {
  Moment provisioned;
  std::optional<Moment> deprovisioned;
  int quota = 51200;
  bool gone = false;  // purged: only its dates are left
};

struct Entity {
  char kind;  // User, Group, Resource
  std::string id;
  std::string name;
  std::string state = "DISABLED";
  std::string primary;
  std::vector<std::string> addresses;  // including the primary one, in the order of creation
  std::optional<Moment> enabled;
  std::optional<Moment> disabled;
  std::optional<Moment> deleted;
  std::optional<Mailbox> mailbox;
  std::vector<std::string> members;                                        // of a group; delegates of a resource
  std::vector<std::pair<std::string, std::set<std::string>>> permissions;  // by grantee, to this mailbox
  std::string role;
  std::string display_name;
  std::string city;
  bool hidden = false;
  std::string type;
  std::string description;
  bool accepts = true;
  bool declines_recurring = false;
  bool declines_conflicting = true;
};

struct Domain {
  std::string name;
  bool is_test;
  bool verified;
};

struct Organization {
  std::string account;
  std::string region;
  std::string id;
  std::string alias;
  std::string state = "Active";
  Moment completed;
  std::string default_domain;
  std::vector<Domain> domains;
  std::vector<Entity> entities;
};

struct Reply {
  std::string error;  // the code; empty for a success
  std::string json;
};

class Reference {
 public:
  // A deliberate bug, to test the test: addresses stay in use when their entity is deregistered.
  enum class Rules { Right, AddressesAreNeverFree };

  Reference(Moment now, bool domains_become_verified, Rules rules = Rules::Right)
      : now_(now), domains_become_verified_(domains_become_verified), rules_(rules) {}

  // `made` is the identifier that the service returned for a new object.
  auto call(const std::string& account, const std::string& region, const std::string& operation,
            const rapidjson::Value& in, const std::string& made) -> Reply;
  void advance(Moment by) { now_ += by; }
  void reset_account(std::string_view account);

  [[nodiscard]] auto now() const -> Moment { return now_; }
  [[nodiscard]] auto organizations() const -> const std::vector<Organization>& { return organizations_; }

 private:
  friend struct Call;
  void let_time_pass();

  Moment now_;
  bool domains_become_verified_;
  Rules rules_;
  std::vector<Organization> organizations_;
};

}  // namespace workmail::test::stateful
