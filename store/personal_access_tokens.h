// The table of personal access tokens: what is known of each, not the token itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/due.h"
#include "store/lines.h"
#include "store/sqlite.h"

namespace workmail::store {

struct PersonalAccessToken {
  std::int64_t number = 0;
  std::int64_t organization = 0;
  std::int64_t user = 0;
  std::string user_id;  // read only
  std::string id;
  std::string name;
  Lines scopes;
  Time created_at{};
  std::optional<Time> last_used_at;
  Time expires_at{};
};

class PersonalAccessTokens {
 public:
  PersonalAccessTokens(Connection& connection, Due& due);

  void add(const PersonalAccessToken& token);
  auto find(std::int64_t number) -> std::optional<PersonalAccessToken>;
  auto find(std::int64_t organization, std::string_view id) -> std::optional<PersonalAccessToken>;
  // Of one user, a number, or of all.
  auto list(std::int64_t organization, std::optional<std::int64_t> user, std::int64_t after, std::int64_t limit)
      -> std::vector<PersonalAccessToken>;
  void set_used(std::int64_t number, Time at);
  void remove(std::int64_t number);
  void remove_all(std::int64_t user);

 private:
  Due& due_;
  Statement insert_;
  Statement find_;
  Statement find_by_id_;
  Statement list_;
  Statement list_of_user_;
  Statement set_used_;
  Statement remove_;
  Statement remove_all_;
};

}  // namespace workmail::store
