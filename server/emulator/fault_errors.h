// The errors that a fault rule can answer a call with: those that the operation declares, and those that every
// operation shares because they come from a part of AWS before it. Their statuses and texts are AWS's, as far as known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/call/caller.h"
#include "api/call/operation.h"
#include "api/wire/error.h"
#include "api/wire/json.h"

namespace workmail::server {

// Those that any operation could answer.
auto known_errors() -> std::vector<std::string_view>;

auto can_answer(const api::Operation& operation, std::string_view code) -> bool;

// The error that the operation can answer, worded for this call.
auto error_for(const api::Operation& operation, std::string_view code, const api::Caller& caller,
               const api::Json& input) -> api::Error;

}  // namespace workmail::server
