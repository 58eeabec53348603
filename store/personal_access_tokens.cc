#include "store/personal_access_tokens.h"

#include "store/sql_text.h"

namespace workmail::store {

namespace {

constexpr const char* kInsert =
    "INSERT INTO personal_access_token (organization, user, id, name, scopes, created_at, last_used_at, expires_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

constexpr auto kTokenColumns = sql(
    "personal_access_token.number, personal_access_token.organization, user, entity.id,"
    " personal_access_token.id, personal_access_token.name, NULLIF(scopes, ''), created_at, last_used_at, expires_at");

constexpr auto kFind = sql("SELECT ", kTokenColumns,
                           " FROM personal_access_token JOIN entity ON entity.number = user"
                           " WHERE personal_access_token.number = ?");

constexpr auto kFindById = sql("SELECT ", kTokenColumns,
                               " FROM personal_access_token JOIN entity ON entity.number = user"
                               " WHERE personal_access_token.organization = ? AND personal_access_token.id = ?");

constexpr auto kList =
    sql("SELECT ", kTokenColumns,
        " FROM personal_access_token INDEXED BY personal_access_token_list JOIN entity ON entity.number = user"
        " WHERE personal_access_token.organization = ? AND personal_access_token.number > ?"
        " ORDER BY personal_access_token.number LIMIT ?");

constexpr auto kListOfUser =
    sql("SELECT ", kTokenColumns,
        " FROM personal_access_token INDEXED BY personal_access_token_user JOIN entity ON entity.number = user"
        " WHERE user = ? AND personal_access_token.number > ? ORDER BY personal_access_token.number LIMIT ?");

auto read(Rows& row) -> PersonalAccessToken {
  return {.number = row.next<PersonalAccessTokenNumber>(),
          .organization = row.next<OrganizationNumber>(),
          .user = row.next<EntityNumber>(),
          .user_id = row.next<std::string>(),
          .id = row.next<std::string>(),
          .name = row.next<std::string>(),
          .scopes = split(row.next<std::optional<std::string>>()),
          .created_at = row.next<Time>(),
          .last_used_at = row.next<std::optional<Time>>(),
          .expires_at = row.next<Time>()};
}

}  // namespace

PersonalAccessTokens::PersonalAccessTokens(Connection& connection, Due& due)
    : due_(due),
      insert_(connection, kInsert),
      find_(connection, kFind),
      find_by_id_(connection, kFindById),
      list_(connection, kList),
      list_of_user_(connection, kListOfUser),
      set_used_(connection, "UPDATE personal_access_token SET last_used_at = ? WHERE number = ?"),
      remove_(connection, "DELETE FROM personal_access_token WHERE number = ?"),
      remove_all_(connection, "DELETE FROM personal_access_token WHERE user = ?") {}

void PersonalAccessTokens::add(const PersonalAccessToken& token) {
  insert_.run(token.organization, token.user, token.id, token.name, join(token.scopes).value_or(""), token.created_at,
              token.last_used_at, token.expires_at);
  due_.note(token.expires_at);
}

auto PersonalAccessTokens::find(PersonalAccessTokenNumber number) -> std::optional<PersonalAccessToken> {
  return find_.first(read, number);
}

auto PersonalAccessTokens::find(OrganizationNumber organization, std::string_view id)
    -> std::optional<PersonalAccessToken> {
  return find_by_id_.first(read, organization, id);
}

auto PersonalAccessTokens::list(OrganizationNumber organization, std::optional<EntityNumber> user,
                                PersonalAccessTokenNumber after, std::int64_t limit)
    -> std::vector<PersonalAccessToken> {
  if (user) return list_of_user_.all(read, *user, after, limit);
  return list_.all(read, organization, after, limit);
}

void PersonalAccessTokens::set_used(PersonalAccessTokenNumber number, Time at) {
  set_used_.run(at, number);
}

void PersonalAccessTokens::remove(PersonalAccessTokenNumber number) {
  remove_.run(number);
}

void PersonalAccessTokens::remove_all(EntityNumber user) {
  remove_all_.run(user);
}

}  // namespace workmail::store
