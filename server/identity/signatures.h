// Judges the signature of a request as AWS does: whether there is one, of a known key, of now, and right. What a
// signature is made of, server/sigv4 knows.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/wire/error.h"
#include "server/http/request.h"
#include "server/identity/credentials.h"
#include "store/time.h"

namespace workmail::server {

class Signatures {
 public:
  explicit Signatures(const std::vector<Credential>& credentials);

  // What AWS answers to a request that is not signed well. `now` is real time, by which clients sign.
  [[nodiscard]] auto refusal(const Request& request, Time now) const -> std::optional<api::FrameworkError>;

  // Of the key's entry; empty when it names none, and for an unknown key.
  [[nodiscard]] auto account_of(std::string_view access_key_id) const -> std::string_view;

 private:
  void check(const Request& request, Time now) const;
  [[nodiscard]] auto find(std::string_view access_key_id) const -> const Credential*;

  std::map<std::string, Credential, std::less<>> credentials_;
};

}  // namespace workmail::server
