// The errors that a fault rule can return: those that the operation declares, and those that any operation can return
// because AWS checks them before the operation. Statuses and texts are AWS's, as far as known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/call/caller.h"
#include "api/call/operation.h"
#include "api/wire/error.h"
#include "api/wire/json.h"

namespace workmail::server {

// The errors that any operation can return.
auto known_errors() -> std::vector<std::string_view>;

auto can_answer(const api::Operation& operation, std::string_view code) -> bool;

// The error of the operation, with a text for this call.
auto error_for(const api::Operation& operation, std::string_view code, const api::Caller& caller,
               const api::Json& input) -> api::Error;

}  // namespace workmail::server
