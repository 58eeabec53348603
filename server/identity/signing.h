// Signs requests that this program sends, with AWS Signature Version 4.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/identity/credentials.h"
#include "server/identity/sigv4.h"
#include "store/time.h"

namespace workmail::server {

struct Signer {
  const Credential& credential;
  std::string_view region;
  std::string_view service;
  Time now;  // real time, which services check
};

// The headers that must be added to the request: X-Amz-Date, X-Amz-Security-Token if the key has a token, and
// Authorization. All headers of the request are signed.
auto signing_headers(sigv4::SignedRequest request, const Signer& signer)
    -> std::vector<std::pair<std::string, std::string>>;

}  // namespace workmail::server
