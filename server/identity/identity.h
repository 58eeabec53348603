// Determines the caller of a request from its Authorization header. Only parses the header; server/identity/signatures
// verifies signatures, if they are required.
#pragma once

#include <string_view>

#include "api/call/caller.h"
#include "api/call/settings.h"

namespace workmail::server {

// Twelve digits.
auto is_account(std::string_view text) -> bool;

// A region that is valid in an ARN, even if AWS does not have it.
auto is_region(std::string_view text) -> bool;

// The texts are views into the header and the settings.
struct Identity {
  std::string_view access_key_id;  // empty without a header
  api::Caller caller;
  std::string_view service;  // empty if the header has none
};

// Emulator: an access key id of twelve digits is the account, any other belongs to the account of the settings; the
// region is the credential scope's. If the header has none, the settings are used.
auto identify(std::string_view authorization, const api::Settings& settings) -> Identity;

}  // namespace workmail::server
