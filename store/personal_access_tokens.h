// The table of personal access tokens: their metadata, not the tokens themselves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/due.h"
#include "store/numbers.h"
#include "store/sqlite.h"
#include "store/string_list.h"

namespace workmail::store {

struct PersonalAccessToken {
  PersonalAccessTokenNumber number{};
  OrganizationNumber organization{};
  EntityNumber user{};
  std::string user_id;  // read only
  std::string id;
  std::string name;
  StringList scopes;
  Time created_at{};
  std::optional<Time> last_used_at;
  Time expires_at{};
};

class PersonalAccessTokens {
 public:
  PersonalAccessTokens(Connection& connection, Due& due);

  void add(const PersonalAccessToken& token);
  auto find(PersonalAccessTokenNumber number) -> std::optional<PersonalAccessToken>;
  auto find(OrganizationNumber organization, std::string_view id) -> std::optional<PersonalAccessToken>;
  // The tokens of one user, or of all users.
  auto list(OrganizationNumber organization, std::optional<EntityNumber> user, PersonalAccessTokenNumber after,
            std::int64_t limit) -> std::vector<PersonalAccessToken>;
  void set_used(PersonalAccessTokenNumber number, Time at);
  void remove(PersonalAccessTokenNumber number);
  void remove_all(EntityNumber user);

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
