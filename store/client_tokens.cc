#include "store/client_tokens.h"

namespace workmail::store {

namespace {

constexpr const char* kFind =
    "SELECT parameters, answer FROM client_token"
    " WHERE account = ? AND region = ? AND operation = ? AND token = ? AND forgotten_at > ?";

constexpr const char* kInsert =
    "INSERT INTO client_token (account, region, operation, token, parameters, answer, forgotten_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)";

}  // namespace

ClientTokens::ClientTokens(Connection& connection)
    : find_(connection, kFind),
      insert_(connection, kInsert),
      forget_(connection, "DELETE FROM client_token WHERE forgotten_at <= ?"),
      remove_account_(connection, "DELETE FROM client_token WHERE account = ?") {}

auto ClientTokens::find(const ClientTokenKey& key, Time now) -> std::optional<ClientToken> {
  return find_.first(
      [](Rows& row) {
        return ClientToken{row.next<std::string>(), row.next<std::string>()};
      },
      key.account, key.region, key.operation, key.token, now);
}

void ClientTokens::add(const ClientTokenKey& key, std::string_view parameters, std::string_view answer,
                       Time forgotten_at) {
  insert_.run(key.account, key.region, key.operation, key.token, parameters, answer, forgotten_at);
}

void ClientTokens::forget_until(Time now) {
  forget_.run(now);
}

void ClientTokens::remove_account(std::string_view account) {
  remove_account_.run(account);
}

}  // namespace workmail::store
