// Verifies the signature of a request as AWS does: whether it is present, by a known key, recent, and correct.
// server/identity/sigv4 computes signatures.
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

// The names of the services in signatures.
inline constexpr std::string_view kWorkMailService = "workmail";
inline constexpr std::string_view kMessageFlowService = "workmailmessageflow";

class Signatures {
 public:
  explicit Signatures(const std::vector<Credential>& credentials);

  // The error that AWS returns for a request that is not signed correctly for the service; nothing if it is. `now` is
  // real time, which clients use to sign.
  [[nodiscard]] auto error_of(const Request& request, Time now, std::string_view service = kWorkMailService) const
      -> std::optional<api::FrameworkError>;

  // The account of the key; empty if the file has none, and for an unknown key.
  [[nodiscard]] auto account_of(std::string_view access_key_id) const -> std::string_view;

 private:
  void check(const Request& request, Time now, std::string_view service) const;
  [[nodiscard]] auto find(std::string_view access_key_id) const -> const Credential*;

  std::map<std::string, Credential, std::less<>> credentials_;
};

}  // namespace workmail::server
