// The table of client tokens and the responses that they got.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/sqlite.h"

namespace workmail::store {

struct ClientTokenKey {
  std::string_view account;
  std::string_view region;
  std::string_view operation;
  std::string_view token;
};

struct ClientToken {
  std::string parameters;
  std::string answer;
};

class ClientTokens {
 public:
  explicit ClientTokens(Connection& connection);

  // Does not find expired tokens.
  auto find(const ClientTokenKey& key, Time now) -> std::optional<ClientToken>;
  void add(const ClientTokenKey& key, std::string_view parameters, std::string_view answer, Time forgotten_at);
  void forget_until(Time now);
  void remove_account(std::string_view account);

 private:
  Statement find_;
  Statement insert_;
  Statement forget_;
  Statement remove_account_;
};

}  // namespace workmail::store
