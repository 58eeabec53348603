// The table of answered client tokens.
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

  // Expired ones are not found.
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
