// Whose request it is, by its Authorization header. Only reads the header; server/identity/signatures verifies the
// signature where that is wanted.
#pragma once

#include <string_view>

#include "api/call/caller.h"
#include "api/call/settings.h"

namespace workmail::server {

// Twelve digits.
auto is_account(std::string_view text) -> bool;

// What may stand in an ARN as a region, whether AWS has it or not.
auto is_region(std::string_view text) -> bool;

// The texts live as long as the header and the settings.
struct Identity {
  std::string_view access_key_id;  // empty without a header
  api::Caller caller;
  std::string_view service;  // empty without a header that names one
};

// Emulator: an access key id of twelve digits is the account, any other belongs to the account of the settings; the
// region is the credential scope's. A header without them is no error: the settings are used.
auto identify(std::string_view authorization, const api::Settings& settings) -> Identity;

}  // namespace workmail::server
